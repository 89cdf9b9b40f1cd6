/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * What glibc calls when nsswitch.conf names portroll in its line for services. Answers as its own
 * files module gives them from a services file: names and protocols compare exactly, aliases find
 * their line, no protocol means any. Texts are copied into the caller's buffer; errno stays as it
 * was, *ret_errno is ERANGE when the buffer is too small (NSS_STATUS_TRYAGAIN), else ENOENT where
 * there is no answer. Any number of threads; nothing is allocated for a call.
 */

#include "portroll.h"

#include <netdb.h>
#include <nss.h>

PORTROLL_API enum nss_status _nss_portroll_getservbyname_r(const char *name, const char *protocol,
							   struct servent *ret, char *buffer,
							   size_t size, int *ret_errno);

/* The port in network byte order; an int with more bits set than a port has is found nowhere. */
PORTROLL_API enum nss_status _nss_portroll_getservbyport_r(int port, const char *protocol,
							   struct servent *ret, char *buffer,
							   size_t size, int *ret_errno);

/* The whole registry: begin again, next line, end. */
PORTROLL_API enum nss_status _nss_portroll_setservent(int stay_open);
PORTROLL_API enum nss_status _nss_portroll_getservent_r(struct servent *ret, char *buffer,
							size_t size, int *ret_errno);
PORTROLL_API enum nss_status _nss_portroll_endservent(void);

/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The walk over all lines that setservent(), getservent() and endservent() share in a process: by
 * port, at each port tcp, udp, sctp, dccp, all out of one snapshot. Any number of threads may take
 * lines at once, each line goes to one of them.
 */

#include "nss/line.h"

/* Begins again from the start of the current snapshot. False: there is no snapshot. */
bool enumeration_start(void);

/* The next line; begins when nobody has. NSS_STATUS_NOTFOUND at the end, NSS_STATUS_UNAVAIL without
 * a snapshot; NSS_STATUS_TRYAGAIN when the room is too small: the line comes again. */
enum nss_status enumeration_next(struct servent *ret, struct line_room room);

/* Lets go of its snapshot. */
void enumeration_end(void);

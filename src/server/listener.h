/* SPDX-License-Identifier: MIT */
#pragma once

/* The listening socket. */

#include "base/error.h"

#define LISTENER_URL_MAX 80U

struct listener {
	int socket;
	uint16_t port;
	char url[LISTENER_URL_MAX]; /* http://127.0.0.1:8080/ */
};

/* Listens on ADDRESS:PORT, [ADDRESS]:PORT, or PORT of 127.0.0.1. A port that is taken, or not
 * allowed, is PORTROLL_ESYSTEM with its number; other text is PORTROLL_EINVAL. */
PORTROLL_MUST_CHECK int listener_open(struct listener *ret, const char *text,
				      struct portroll_error *err);

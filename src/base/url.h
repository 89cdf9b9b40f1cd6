/* SPDX-License-Identifier: MIT */
#pragma once

/* URLs as they may be stored and shown. */

#include "base/arena.h"

/* The text without the user part of a URL (RFC 3986 section 3.2.1), which may hold a password. A
 * copy in the arena where one was taken out, else the text itself; empty when there is no memory
 * (the arena has failed then). */
struct portroll_str url_without_user(struct portroll_str url, struct arena *a);

/* The host of a URL, without user part, port and brackets; empty: there is none. */
struct portroll_str url_host(struct portroll_str url);

/* Is its host this machine: localhost, 127.0.0.0/8, ::1? A server there needs no TLS. */
bool url_is_loopback(struct portroll_str url);

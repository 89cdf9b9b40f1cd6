/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A deadline for every connection, and a thread that shuts down those past it. The slot of a
 * connection is taken before its first byte and given back before its socket is closed, so that a
 * number is never shut down that has become somebody else's.
 */

#include "base/error.h"

struct reaper;
struct reaper_slot;

/* `limit`: connections at once. Starts the thread. */
PORTROLL_MUST_CHECK int reaper_start(struct reaper **ret, size_t limit, int64_t (*now_ms)(void),
				     struct portroll_error *err);
/* Ends the thread. NULL is fine. */
void reaper_stop(struct reaper *reaper);

/* A connection begins; NULL when there is no slot left, and then it is shut down at once. */
struct reaper_slot *reaper_watch(struct reaper *reaper, int socket, unsigned allowed_ms);
void reaper_forget(struct reaper *reaper, struct reaper_slot *slot);

/* Gives the connection that much time from now. `busy`: an answer is under way. */
void reaper_allow(struct reaper *reaper, struct reaper_slot *slot, unsigned allowed_ms, bool busy);

/* Shuts down all connections without an answer under way and waits for the others, at most `ms`. */
void reaper_drain(struct reaper *reaper, unsigned ms);

/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * What a program writes to people and pipes: standard output through a buffer, messages to standard
 * error. No stdio, no locale: the output is UTF-8. Everything a program needs to know of its
 * surroundings is found once by out_init() in its main function and handed down.
 */

#include "base/buf.h"

struct out {
	struct buf buf; /* standard output; points back to this struct: do not move it */
	int descriptor;
	int sys_errno; /* why writing failed; 0: it did not */
	bool is_terminal;
	bool colour;         /* a terminal, NO_COLOR not set, or as told */
	unsigned width;      /* columns to fill; 0: neither a terminal nor COLUMNS, no limit */
	const char *program; /* for messages: portroll */
	bool quiet, verbose;
	bool messages_terminal; /* is standard error a terminal? for progress */
};

/* `colour`: auto, always, never, or NULL (auto). Reads NO_COLOR, COLUMNS, TERM and the terminal. */
void out_init(struct out *ret, const char *program, const char *colour);

/* What a handler of SIGBUS says: somebody cut a file short that was mapped. */
void out_say_cut_map(void);

/* Writes what is held. Returns 0 or the exit code EXIT_ERROR after telling why (a full disk); a
 * closed pipe is no error but ends quietly. */
int out_finish(struct out *o);

/* One message on standard error: "portroll: sentence". Control characters are made harmless. */
void out_message(const struct out *o, const char *format, ...) PRINTF(2, 3);

/* The message of an error, with file (may be NULL), line and column:
 * "portroll: FILE:LINE:COLUMN: sentence". Returns the exit code for errors. */
int out_error(const struct out *o, const char *file, const struct portroll_error *err);

/* Text for a terminal: control characters (C0, DEL, C1) and turns of direction shown as \xNN, LF
 * kept if asked. To a file or pipe the bytes go as they are. */
void out_text(struct out *o, struct portroll_str text, bool keep_lines);

enum colour {
	COLOUR_NONE,  /* as the terminal has it: ends a coloured part */
	COLOUR_NAME,  /* service names */
	COLOUR_GOOD,  /* Assigned */
	COLOUR_WARN,  /* Reserved */
	COLOUR_FREE,  /* Unassigned */
	COLOUR_FAINT, /* explanations */
	COLOUR_HEADING,
	COLOUR_COUNT
};

/* The columns that out_text() takes for a text without line feeds. */
size_t out_text_width(const struct out *o, struct portroll_str text);

/* Begin of a coloured part; COLOUR_NONE ends it. Nothing without colour. */
void out_colour(struct out *o, enum colour colour);

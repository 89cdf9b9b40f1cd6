/* SPDX-License-Identifier: MIT */
#pragma once

/* Where a word stands in a record. */

#include "snapshot/ground.h"
#include "snapshot/needle.h"

/* The best place counts; the sum over all words ranks. */
enum place {
	PLACE_NAME, /* the whole name, or a port that the record covers */
	PLACE_NAME_BEGIN,
	PLACE_NAME_PART,
	PLACE_DESCRIPTION,
	PLACE_REST,
	PLACE_NOWHERE
};

struct found {
	enum place place;
	size_t at; /* first, in the name or the description */
};

/* Cells that were looked at last: neighbours often have the same. */
#define REST_CELLS 5
struct rest_seen {
	uint32_t cells[REST_CELLS];
	bool hits[REST_CELLS];
	uint32_t people_first, people_count;
	bool people_hit;
};

struct word {
	struct needle needle;
	bool is_port;
	uint16_t port;
	bool known; /* was it looked for in the texts at hand? */
	struct found found;
	struct rest_seen seen;
};

/* The name and the description of a record. */
struct texts {
	uint32_t name_at, description_at;
	struct portroll_str name, description;
};

void word_init(struct word *ret, struct portroll_str text);

/* False: damaged. */
bool texts_of(const struct ground *g, const unsigned char *row, struct texts *ret);

struct found place_in_texts(const struct ground *g, const struct word *w,
			    const struct texts *texts);

/* Does it stand there, in the name or the description, only as a part of longer words? */
bool is_only_part(const struct ground *g, const struct word *w, const struct texts *texts,
		  struct found found);

/* Does the record cover the port that the word is, and say something of it? */
bool place_in_ports(const struct ground *g, const struct word *w, const unsigned char *row);

/* Is it in another cell, or in the id, name or organisation of a person? */
bool place_in_rest(const struct ground *g, struct word *w, const unsigned char *row);

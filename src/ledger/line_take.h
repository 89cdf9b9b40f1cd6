/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Reading values out of canonical JSON: each object is a table of its members, each member a
 * function that takes a value and fills a place.
 */

#include "base/error.h"
#include "ledger/tree.h"
#include "registry/roll.h"

#include <jansson.h>

struct line_reader {
	struct arena *arena;
	struct portroll_error *err;
	struct portroll_str member; /* whose value is being read; empty: the whole */
};

typedef int line_take_fn(struct line_reader *x, json_t *value, void *place);

struct line_member {
	struct portroll_str name;
	line_take_fn *take;
	size_t offset; /* of the place in the struct that is filled */
	bool is_needed;
};

#define LINE_MEMBERS_MAX 32

struct line_members {
	const struct line_member *items;
	size_t count; /* at most LINE_MEMBERS_MAX */
};

/* PORTROLL_ESYNTAX: "member 'port': expected ..." */
int line_expected(struct line_reader *x, const char *what);

/* The text of a value, empty unless it is one; a view that lives as long as the value. */
struct portroll_str line_text_of(const json_t *value);

/* Each member by its function; others are refused, and needed ones that are not there. */
int line_take_object(struct line_reader *x, json_t *value, struct line_members members,
		     void *place);

/* What the items of an array are taken by, and the array that they make, in the arena. */
struct line_items {
	line_take_fn *take;
	size_t size; /* of an item */
	void *items;
	size_t count;
};

int line_take_items(struct line_reader *x, json_t *value, struct line_items *items);

/* Into a struct portroll_str, struct date ... as the names say; numbers from 0 on. */
line_take_fn line_take_text, line_take_date, line_take_u16, line_take_u32, line_take_hash,
	line_take_texts, line_take_rich, line_take_xrefs, line_take_persons, line_take_extras;

/* Into the port of a struct record, into its transport, and the id of a person: not empty. */
line_take_fn line_take_port, line_take_transport, line_take_id;

/* A member that is there only to say yes. */
line_take_fn line_take_true;

/* A member that is read elsewhere. */
line_take_fn line_pass_over;

/* A list of texts; what has such a member. */
struct line_texts {
	const struct portroll_str *items;
	size_t count;
};

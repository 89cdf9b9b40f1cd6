/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * What the parts of the JSON reader share. json_read.c drives jansson over a document or its lines;
 * json_object.c walks an object by a table of its members, so that an unknown one is refused with
 * its path; json_place.c finds its place; json_model.c has the tables; json_text.c reads texts,
 * runs and references.
 */

#include "formats/list.h"
#include "registry/registry.h"

/* jansson and base/json.h have functions of the same names; the reader calls none of these. */
#define json_object jansson_object
#define json_array  jansson_array
#define json_null   jansson_null
#include <jansson.h>
#undef json_object
#undef json_array
#undef json_null

#define JSON_PATH_MAX 16

/* A step of the path to the value at hand: a member, or an item of an array. */
struct json_step {
	const char *key; /* NULL: an item */
	size_t index;
};

struct json_reader {
	struct registry *reg;
	struct arena *arena; /* of the registry */
	struct portroll_error *err;
	struct portroll_str text; /* the document, or a line of NDJSON */
	uint32_t line;            /* where it begins, from 1 */
	struct json_step path[JSON_PATH_MAX];
	size_t depth;
};

/* Takes a value into its place: a member of the struct that the object fills. */
typedef int json_take_fn(struct json_reader *x, json_t *value, void *place);

struct json_member {
	const char *key;
	json_take_fn *take;
	size_t offset; /* of the place */
};

struct json_members {
	const struct json_member *items;
	size_t count;
};

/* Fills `target` from an object; what is no member of the table is an error with its path. */
PORTROLL_MUST_CHECK int json_take_object(struct json_reader *x, json_t *value,
					 struct json_members members, void *target);

/* Calls `take` for each item, with a new zeroed item of the list as its place. */
PORTROLL_MUST_CHECK int json_take_items(struct json_reader *x, json_t *value, json_take_fn *take,
					struct list *items);

/* Offset of the value at hand in x->text; 0 when its path is spelled with escapes. */
size_t json_offset(const struct json_reader *x);

/* Sets the error at the value at hand: "PATH: FOUND, expected EXPECTED". */
int json_expected(struct json_reader *x, const json_t *found, const char *expected);

/* What a place holds: struct portroll_str, date, uint32_t, bool ... */
json_take_fn json_take_text, json_take_date, json_take_number, json_take_bool, json_take_extras;

/* struct richtext: a member of plain text, and the one of runs that counts instead. */
json_take_fn json_take_plain, json_take_runs;

/* struct xref_list: ids of persons, references to them, references. */
json_take_fn json_take_persons, json_take_xrefs;

/* struct record, struct person, struct footnote, struct header: the whole object. */
json_take_fn json_take_record, json_take_person, json_take_footnote, json_take_header;

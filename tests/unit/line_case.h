/* SPDX-License-Identifier: MIT */
#pragma once

/* The things that lines are made of, written and read in one way. */

#include "ledger/line.h"

#include <jansson.h>

#include "ledger/canonical_read.h"
#include "registry/change.h"
#include "test.h"

/* Each thing that lines are made of: writing one as a value, reading one, and are two equal? */
struct kind {
	const char *name;
	void (*put)(struct canonical *c, const void *thing);
	int (*read)(void *ret, json_t *value, struct arena *a, struct portroll_error *err);
	bool (*equal)(const void *a, const void *b);
};

union thing {
	struct record record;
	struct header header;
	struct footnote footnote;
	struct person person;
	struct copy copy;
};

static inline void put_record(struct canonical *c, const void *thing)
{
	line_put_record(c, thing);
}

static inline int read_record(void *ret, json_t *value, struct arena *a, struct portroll_error *err)
{
	return line_read_record(ret, value, a, err);
}

static inline bool equal_records(const void *a, const void *b)
{
	const struct record *x = a, *y = b;
	return record_equal(x, y) && x->copy == y->copy;
}

static inline void put_header(struct canonical *c, const void *thing)
{
	line_put_header(c, thing);
}

static inline int read_header(void *ret, json_t *value, struct arena *a, struct portroll_error *err)
{
	return line_read_header(ret, value, a, err);
}

static inline bool equal_headers(const void *a, const void *b)
{
	return header_equal(a, b);
}

static inline void put_footnote(struct canonical *c, const void *thing)
{
	line_put_footnote(c, thing);
}

static inline int read_footnote(void *ret, json_t *value, struct arena *a,
				struct portroll_error *err)
{
	return line_read_footnote(ret, value, a, err);
}

static inline bool equal_footnotes(const void *a, const void *b)
{
	return footnote_equal(a, b);
}

static inline void put_person(struct canonical *c, const void *thing)
{
	line_put_person_content(c, thing);
}

static inline int read_person(void *ret, json_t *value, struct arena *a, struct portroll_error *err)
{
	return line_read_person_content(ret, value, a, err);
}

static inline bool equal_people(const void *a, const void *b)
{
	return person_equal(a, b);
}

static inline void put_copy(struct canonical *c, const void *thing)
{
	line_put_copy(c, thing);
}

static inline int read_copy(void *ret, json_t *value, struct arena *a, struct portroll_error *err)
{
	return line_read_copy(ret, value, a, err);
}

static inline bool equal_copies(const void *a, const void *b)
{
	const struct copy *x = a, *y = b;
	return str_equal(x->origin, y->origin) && str_equal(x->format, y->format) &&
	       str_equal(x->etag, y->etag) && str_equal(x->licence, y->licence) &&
	       date_equal(x->dated, y->dated) && x->partial == y->partial &&
	       memcmp(x->sha256, y->sha256, SHA256_SIZE) == 0 && x->record_count == y->record_count;
}

static const struct kind records = {"record", put_record, read_record, equal_records};
static const struct kind headers = {"header", put_header, read_header, equal_headers};
static const struct kind footnotes = {"footnote", put_footnote, read_footnote, equal_footnotes};
static const struct kind people = {"person", put_person, read_person, equal_people};
static const struct kind copies = {"copy", put_copy, read_copy, equal_copies};

static inline void write_line(struct buf *line, const struct kind *kind, const void *thing)
{
	struct canonical c = canonical_init(line);
	canonical_object(&c);
	canonical_name(&c, str_from(kind->name));
	kind->put(&c, thing);
	canonical_end(&c);
}

/* The code of the first that fails. */
static inline int read_line(void *ret, const struct kind *kind, struct portroll_str line,
			    struct arena *a, struct portroll_error *err)
{
	CLEANUP(json_decrefp)
	json_t *value = NULL;
	int r = canonical_read(&value, line, err);
	return r < 0 ? r : kind->read(ret, json_object_get(value, kind->name), a, err);
}

/* What is written is read as it was, and written again the same. */
static inline void check_line(const struct kind *kind, const void *thing)
{
	CLEANUP(buf_done) struct buf line = BUF_INIT(1U << 20), same = BUF_INIT(1U << 20);
	struct arena a = ARENA_INIT;
	struct portroll_error err = {0};
	union thing again;
	write_line(&line, kind, thing);
	assert_int_equal(line.failed, PORTROLL_OK);
	if (read_line(&again, kind, buf_str(&line), &a, &err) < 0)
		fail_msg("%.*s: %s", PORTROLL_STR_ARG(buf_str(&line)), err.text);
	if (!kind->equal(thing, &again))
		fail_msg("%.*s", PORTROLL_STR_ARG(buf_str(&line)));
	write_line(&same, kind, &again);
	assert_true(str_equal(buf_str(&line), buf_str(&same)));
	arena_done(&a);
}

/* SPDX-License-Identifier: MIT */
#pragma once

/* An effect on a small registry that is given as rows of IANA's CSV, and what comes of it. */

#include "procedure/effect.h"
#include "read_case.h"

#define CSV_HEADER                                                                                 \
	"Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration "   \
	"Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment "      \
	"Notes\r\n"

struct effect_case {
	struct arena arena;
	struct registry *before;
	struct effect_result result;
	struct portroll_error err;
	int code;
};

static inline struct date day(const char *text)
{
	struct date date = {0};
	if (text)
		assert_int_equal(date_parse(&date, str_from(text)), PORTROLL_OK);
	return date;
}

/* The registry as rows, with a line feed after each and nothing of the header. */
static inline struct portroll_str rows_of(const struct registry *reg, struct arena *a)
{
	struct buf out = BUF_INIT(8 << 20);
	csv_write(&out, reg, &(struct write_options){0}, NULL);
	struct buf rows = BUF_INIT(8 << 20);
	struct portroll_str text = buf_str(&out);
	for (size_t i = sizeof(CSV_HEADER) - 1; i < text.len; i++)
		if (text.ptr[i] != '\r')
			buf_putc(&rows, text.ptr[i]);
	struct portroll_str kept = buf_keep(&rows, a);
	buf_done(&out);
	buf_done(&rows);
	return kept;
}

static inline void effect_begin(struct effect_case *c, const char *rows)
{
	struct read_result result;
	*c = (struct effect_case){.arena = ARENA_INIT};
	struct buf text = BUF_INIT(1 << 20);
	buf_puts(&text, CSV_HEADER);
	buf_puts(&text, rows);
	struct portroll_str kept = buf_keep(&text, &c->arena);
	buf_done(&text);
	c->before = registry_new(&c->arena);
	if (format_read(&result, c->before, kept, STR("csv"), &c->err) < 0)
		fail_msg("%s", c->err.text);
}

/* What the document asks for, done to `reg` on that day. */
struct effect_asked {
	const char *document;
	const char *today, *registered; /* NULL: 2026-01-05, and the same */
	const char *granted;            /* NULL: none */
	const struct policy *policy;    /* NULL: RFC 6335's */
	bool expires, deprecates;       /* not what it asks for, but its end */
};

static inline struct request *request_of(const struct effect_asked *asked, struct arena *a)
{
	struct document *d = arena_alloc(a, sizeof(*d));
	struct request *q = arena_alloc(a, sizeof(*q));
	struct portroll_error err = {0};
	const struct policy *policy = asked->policy ? asked->policy : &policy_rfc6335;
	assert_true(d && q);
	if (document_read(d, str_from(asked->document), a, &err) < 0)
		fail_msg("%s: line %u: %s", asked->document, err.line, err.text);
	assert_int_equal(request_read(q, d, policy_has_pool, policy, a), PORTROLL_OK);
	return q;
}

static inline void effect_on(struct effect_case *c, const struct registry *reg,
			     const struct effect_asked *asked)
{
	struct port_index *index = arena_alloc(&c->arena, sizeof(*index));
	assert_int_equal(port_index_build(index, reg, &c->arena), PORTROLL_OK);
	struct evidence none = {0};
	struct effect e = {
		.registry = reg,
		.index = index,
		.request = request_of(asked, &c->arena),
		.evidence = &none,
		.policy = asked->policy ? asked->policy : &policy_rfc6335,
		.today = day(asked->today ? asked->today : "2026-01-05"),
		.registered = day(asked->registered),
		.case_id = STR("R-1"),
	};
	if (asked->granted) {
		assert_int_equal(range_parse(&e.granted, str_from(asked->granted)), PORTROLL_OK);
		e.has_granted = true;
	}
	c->err = (struct portroll_error){0};
	c->code = asked->expires || asked->deprecates
			  ? effect_expire(&c->result, &e, asked->deprecates, &c->arena, &c->err)
			  : effect_apply(&c->result, &e, &c->arena, &c->err);
}

static inline void effect_done(struct effect_case *c)
{
	arena_done(&c->arena);
}

/* A row of a table: before, what is asked, and after with its summary, or the words of the refusal.
 */
struct effect_row_case {
	const char *fact, *before;
	struct effect_asked asked;
	const char *after, *summary;
	int code;
	const char *refusal;
};

static inline bool is_as_expected(const struct effect_case *c, const struct effect_row_case *row,
				  struct arena *a)
{
	if (c->code != row->code) {
		print_error("%s: %d: %s\n", row->fact, c->code, c->err.text);
		return false;
	}
	if (c->code < 0) {
		bool ok = strstr(c->err.text, row->refusal) != NULL;
		if (!ok)
			print_error("%s: '%s', expected '%s'\n", row->fact, c->err.text,
				    row->refusal);
		return ok;
	}
	struct portroll_str at_fault, rows = rows_of(c->result.registry, a);
	struct portroll_error err = {0};
	bool same = str_equal(rows, str_from(row->after));
	bool told = !row->summary || str_equal(c->result.summary, str_from(row->summary));
	bool whole = registry_check(c->result.registry, &at_fault, &err) == PORTROLL_OK;
	if (!same || !told || !whole)
		print_error("%s: %s\n%.*s[%.*s]\nexpected\n%s[%s]\n", row->fact, err.text,
			    PORTROLL_STR_ARG(rows), PORTROLL_STR_ARG(c->result.summary), row->after,
			    row->summary ? row->summary : "");
	return same && told && whole;
}

static inline void check_effects(const struct effect_row_case *rows, size_t count)
{
	size_t wrong = 0;
	for (size_t i = 0; i < count; i++) {
		struct effect_case c;
		effect_begin(&c, rows[i].before);
		effect_on(&c, c.before, &rows[i].asked);
		wrong += !is_as_expected(&c, &rows[i], &c.arena);
		effect_done(&c);
	}
	assert_int_equal(wrong, 0);
}

/* SPDX-License-Identifier: MIT */
#pragma once

/* What the tests of the snapshot share: a roll of several sources that has something of
 * everything, and compiling into memory. */

#include "base/macros.h"
#include "snapshot_mode.h"
#include "write_case.h"

struct snapshot_case {
	struct arena arena;
	struct roll *roll;
	struct buf out;
	struct portroll_snapshot *snapshot;
};

static inline struct xref person_of(const char *id)
{
	return (struct xref){.type = XREF_PERSON, .data = str_from(id)};
}

static inline struct xref_list list_of(struct arena *a, const struct xref *items, size_t count)
{
	struct xref *copy = arena_array(a, count, sizeof(*copy));
	assert_non_null(copy);
	memcpy(copy, items, count * sizeof(*copy));
	return (struct xref_list){copy, count};
}

static inline struct richtext runs_of(struct arena *a, const struct run *runs, size_t count)
{
	struct run *copy = arena_array(a, count, sizeof(*copy));
	assert_non_null(copy);
	memcpy(copy, runs, count * sizeof(*copy));
	return (struct richtext){copy, count};
}

static inline void case_add(struct registry *reg, const char *name, struct range port,
			    uint8_t transport, const char *description)
{
	struct record r = {
		.name = str_from(name),
		.port = port,
		.has_port = true,
		.transport = transport,
		.description = richtext_plain(reg->arena, str_from(description)),
	};
	assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
}

/* Rows as IANA has them, and one record that holds every kind of thing. */
static inline struct registry *case_iana(struct arena *a)
{
	struct registry *reg = registry_new(a);
	assert_non_null(reg);
	static const struct portroll_str uris[] = {
		{"mailto:jane&example.com", 23},
		{"http://example.com/", 19},
	};
	struct extra extra = {STR("rank"), STR("7"), false};
	struct extra *kept = arena_alloc(a, sizeof(extra));
	*kept = extra;
	struct person people[] = {
		{.id = STR("Jane_Example"),
		 .name = STR("Jane Ex\xc3\xa4mple"),
		 .uris = uris,
		 .uri_count = 1,
		 .updated = {2024, 2, 29}},
		{.id = STR("Example_Org"),
		 .org = STR("Example Organisation"),
		 .uris = uris,
		 .uri_count = 2,
		 .updated = {2024, 3, 0},
		 .extras = {kept, 1}},
		{.id = STR("Example_Org_2")},
	};
	for (size_t i = 0; i < ARRAY_LEN(people); i++)
		assert_int_equal(registry_add_person(reg, &people[i]), PORTROLL_OK);
	case_add(reg, "", (struct range){0, 0}, PORTROLL_TCP, "Reserved");
	case_add(reg, "http", (struct range){80, 80}, PORTROLL_TCP, "World Wide Web HTTP");
	case_add(reg, "www", (struct range){80, 80}, PORTROLL_TCP, "World Wide Web HTTP");
	case_add(reg, "HTTP", (struct range){80, 80}, PORTROLL_UDP, "World Wide Web HTTP");
	case_add(reg, "", (struct range){100, 300}, PORTROLL_ANY, "Unassigned");
	case_add(reg, "satvid-datalnk", (struct range){3367, 3371}, PORTROLL_TCP,
		 "Satellite Video Data Link");
	const struct xref organisation = person_of("Example_Org");
	const struct xref section = {.type = XREF_RFC,
				     .data = STR("rfc6335"),
				     .fragment_kind = FRAGMENT_SECTION,
				     .fragment = STR("8.1")};
	const struct run runs[] = {
		{.kind = RUN_TEXT, .text = STR("  some \n   text with ")},
		{.kind = RUN_XREF, .xref = list_of(a, &section, 1).items},
		{.kind = RUN_BREAK},
		{.kind = RUN_PARAGRAPH_BEGIN},
		{.kind = RUN_XREF, .xref = list_of(a, &organisation, 1).items},
		{.kind = RUN_PARAGRAPH_END},
	};
	const struct xref contacts[] = {person_of("Jane_Example"), person_of("Example_Org_2")};
	const struct xref assignee[] = {person_of("Example_Org")};
	const struct xref references[] = {
		{.type = XREF_RFC, .data = STR("rfc793")},
		{.type = XREF_TEXT, .text = STR("A Book")},
		{.type = XREF_URI,
		 .data = STR("http://example.com/x"),
		 .text = STR("here"),
		 .last_updated = STR("2024-01-01"),
		 .extras = {kept, 1}},
		{.type = XREF_NOTE, .data = STR("1")},
	};
	struct record all = {
		.name = STR("everything"),
		.port = {4000, 4001},
		.has_port = true,
		.transport = PORTROLL_DCCP,
		.service_code = 1145656131,
		.has_service_code = true,
		.has_assignee = true,
		.copy = 1,
		.registered = {2001, 5, 0},
		.modified = {2024, 12, 31},
		.description = runs_of(a, runs, ARRAY_LEN(runs)),
		.note = runs_of(a, runs, 2),
		.unauthorized = STR(" on port 4002 "),
		.contacts = list_of(a, contacts, ARRAY_LEN(contacts)),
		.assignee = list_of(a, assignee, ARRAY_LEN(assignee)),
		.references = list_of(a, references, ARRAY_LEN(references)),
		.extras = {kept, 1},
	};
	assert_int_equal(registry_add(reg, &all), PORTROLL_OK);
	struct record plain = {.name = STR("portless"),
			       .port = {7, 9},
			       .service_code = 3,
			       .contacts = list_of(a, contacts, 1),
			       .references = list_of(a, references, 2)};
	assert_int_equal(registry_add(reg, &plain), PORTROLL_OK);
	struct footnote footnote = {1, runs_of(a, runs, 1)};
	struct footnote *footnotes = arena_alloc(a, sizeof(footnote));
	*footnotes = footnote;
	reg->footnotes = footnotes;
	reg->footnote_count = 1;
	struct note *notes = arena_array(a, 2, sizeof(*notes));
	notes[0] = (struct note){STR("Request an Assignment"), runs_of(a, runs, 6)};
	notes[1] = (struct note){STR(""), {NULL, 0}};
	reg->header = (struct header){
		.id = STR("service-names-port-numbers"),
		.title = STR("Service Names"),
		.created = {2000, 0, 0},
		.updated = {2025, 10, 22},
		.registration_rule = STR("rule"),
		.expert = STR("TCP/UDP: A; B\nSCTP: C"),
		.description = runs_of(a, runs, 3),
		.categories = uris,
		.category_count = 2,
		.notes = notes,
		.note_count = 2,
		.references = list_of(a, references, 4),
		.extras = {kept, 1},
	};
	return reg;
}

static inline void case_insert(struct roll *roll, const char *name, uint8_t coverage,
			       struct registry *reg)
{
	struct source source = {.name = str_from(name), .coverage = coverage, .registry = reg};
	assert_int_equal(roll_insert(roll, roll->source_count, &source, NULL), PORTROLL_OK);
}

/* An organisation's own registry, IANA's from two copies, a partial one, and names in use. */
static inline struct roll *case_roll(struct arena *a)
{
	struct roll *roll = roll_new(a);
	assert_non_null(roll);
	struct registry *own = registry_new(a), *part = registry_new(a), *names = registry_new(a);
	case_add(own, "intranet", (struct range){80, 80}, PORTROLL_TCP, "Our own");
	case_add(own, "ours", (struct range){9100, 9100}, PORTROLL_SCTP, "Our own");
	case_add(part, "http-part", (struct range){80, 80}, PORTROLL_TCP, "In a page");
	case_add(part, "", (struct range){81, 81}, PORTROLL_TCP, "Reserved");
	case_add(names, "www", (struct range){80, 80}, PORTROLL_TCP, "");
	case_add(names, "", (struct range){80, 80}, PORTROLL_TCP, "unknown");
	case_add(names, "in-use-with-a-long-name", (struct range){60000, 60000}, PORTROLL_TCP, "");
	case_insert(roll, "own", COVERAGE_COMPLETE, own);
	roll->sources[0].kind = SOURCE_MANAGED;
	case_insert(roll, "iana", COVERAGE_COMPLETE, case_iana(a));
	struct copy *copies = arena_array(a, 2, sizeof(*copies));
	copies[0] = (struct copy){.origin = STR("first.xml"),
				  .format = STR("xml"),
				  .etag = STR("\"etag\""),
				  .dated = {2025, 10, 22},
				  .sha256 = {1, 2, 255},
				  .record_count = 7};
	copies[1] = (struct copy){.origin = STR("page.txt"),
				  .format = STR("page"),
				  .licence = STR("CC0"),
				  .dated = {2025, 10, 0},
				  .partial = true,
				  .record_count = 1};
	roll->sources[1].copies = copies;
	roll->sources[1].copy_count = 2;
	case_insert(roll, "part", COVERAGE_PARTIAL, part);
	case_insert(roll, "names", COVERAGE_NAMES, names);
	return roll;
}

static inline struct roll *case_roll_of(struct arena *a, struct registry *reg)
{
	struct roll *roll = roll_new(a);
	assert_non_null(roll);
	case_insert(roll, "iana", COVERAGE_COMPLETE, reg);
	return roll;
}

static inline void case_compile(struct buf *out, const struct roll *roll)
{
	struct portroll_error err = {0};
	*out = BUF_INIT((size_t)1 << 30);
	if (snapshot_compile(out, roll, &err) < 0)
		fail_msg("compile: %s", err.text);
}

static inline struct portroll_snapshot *case_open(const struct buf *out, enum snapshot_mode mode)
{
	struct portroll_error err = {0};
	struct portroll_snapshot *s = NULL;
	if (snapshot_open(&s, buf_str(out), mode, &err) < 0)
		fail_msg("open: %s", err.text);
	return s;
}

static inline void snapshot_case_begin(struct snapshot_case *c)
{
	*c = (struct snapshot_case){0};
	c->roll = case_roll(&c->arena);
	case_compile(&c->out, c->roll);
	c->snapshot = case_open(&c->out, SNAPSHOT_FULL);
}

static inline void snapshot_case_end(struct snapshot_case *c)
{
	portroll_close(c->snapshot);
	buf_done(&c->out);
	arena_done(&c->arena);
}

/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A registry of the size of IANA's that has each thing a registry can hold, in every combination
 * that its cycles of different lengths make. It stands in where IANA's own files are not there.
 */

#include "registry/registry.h"
#include "test.h"

#define GENERATED_COUNT  14500
#define GENERATED_PEOPLE 97

#define TEXT(literal)                                                                              \
	{                                                                                          \
		"" literal, sizeof(literal) - 1                                                    \
	}

static const struct portroll_str generated_uris[] = {TEXT("mailto:a&example.com"),
						     TEXT("http://example.com/?a=1&b=<2>")};

static const struct extra generated_extras[] = {
	{TEXT("colour"), TEXT("\"blue\" & <green>\n"), false},
	{TEXT("element"), TEXT(" text & more "), true},
};

static const struct xref generated_references[] = {
	{.type = XREF_RFC, .data = TEXT("rfc6335")},
	{.type = XREF_RFC,
	 .data = TEXT("rfc8765"),
	 .fragment_kind = FRAGMENT_SECTION,
	 .fragment = TEXT("6.1")},
	{.type = XREF_RFC, .data = TEXT("rfc8126"), .text = TEXT("the procedures")},
	{.type = XREF_DRAFT, .data = TEXT("draft-ietf-example-04")},
	{.type = XREF_URI, .data = TEXT("http://example.com/a,b?c=\"d\"&e")},
	{.type = XREF_URI, .data = TEXT("http://example.com/"), .text = TEXT("TR-352")},
	{.type = XREF_RFC_ERRATA, .data = TEXT("4711")},
	{.type = XREF_REGISTRY, .data = TEXT("protocol-numbers")},
	{.type = XREF_NOTE, .data = TEXT("1")},
	{.type = XREF_UNICODE, .data = TEXT("ucd15.0.0")},
	{.type = XREF_TEXT, .text = TEXT("ISO/IEC 13818-6")},
};

static const struct xref generated_rfc = {.type = XREF_RFC, .data = TEXT("rfc6335")};
static const struct run generated_runs[] = {
	{.kind = RUN_TEXT, .text = TEXT("Old words, \"quoted\" \xc3\xa9 <user>")},
	{.kind = RUN_BREAK},
	{.kind = RUN_BREAK},
	{.kind = RUN_TEXT, .text = TEXT("\nIANA assigned\n      more, see ")},
	{.kind = RUN_XREF, .xref = &generated_rfc},
	{.kind = RUN_TEXT, .text = TEXT(" \n   & the rest")},
	{.kind = RUN_PARAGRAPH_BEGIN},
	{.kind = RUN_TEXT, .text = TEXT("a=\t1")},
	{.kind = RUN_PARAGRAPH_END},
};

static const struct portroll_str generated_texts[] = {
	TEXT("Satellite Video Data Link"),
	TEXT("\n  starts with a line feed"),
	TEXT("with, comma"),
	TEXT("with \"quotes\""),
	TEXT("two\nlines"),
	TEXT("inherent \nin a long description that no line of a services file can hold, because "
	     "it goes on and on until nobody reads it any more"),
	TEXT(""),
};

static inline struct portroll_str generated_text(struct arena *a, const char *format, size_t number)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(64);
	buf_puts(&text, format);
	buf_put_num(&text, number);
	return arena_str(a, buf_str(&text));
}

/* Three records in a row share a name; some have none, some one that no services file can hold. */
static inline struct portroll_str generated_name(struct arena *a, size_t i)
{
	if (i % 5 == 0)
		return STR("");
	if (i % 89 == 1)
		return generated_text(a, "odd/", i);
	if (i % 83 == 2)
		return generated_text(a, "longer-than-any-reader-of-musl-can-take-", i);
	return generated_text(a, "service-", i / 3);
}

static inline struct xref_list generated_persons(struct arena *a, size_t first, size_t count)
{
	struct xref *items = arena_array(a, count, sizeof(*items));
	for (size_t i = 0; items && i < count; i++)
		items[i] = (struct xref){
			.type = XREF_PERSON,
			.data = generated_text(a, "Person_", (first + i) % GENERATED_PEOPLE),
		};
	return (struct xref_list){items, count};
}

static inline struct richtext generated_rich(struct arena *a, size_t i)
{
	if (i % 11 == 0)
		return (struct richtext){generated_runs, i % 2 ? ARRAY_LEN(generated_runs) : 6};
	return richtext_plain(a, generated_texts[i % ARRAY_LEN(generated_texts)]);
}

static inline struct record generated_record(struct arena *a, size_t i)
{
	static const struct date dates[] = {{0}, {1992, 7, 0}, {2025, 2, 13}};
	struct record r = {
		.name = generated_name(a, i),
		.has_port = i < GENERATED_COUNT - 1000,
		.transport = (uint8_t)(i % 7 == 0 ? PORTROLL_ANY : i % 3 + 1),
		.registered = dates[i % 3],
		.modified = dates[i % 4 % 3],
		.description = generated_rich(a, i),
		.note = generated_rich(a, i / 3),
		.unauthorized = i % 13 ? STR("") : generated_texts[i % ARRAY_LEN(generated_texts)],
		.contacts = generated_persons(a, i, i % 4 % 3),
		.has_assignee = i % 17 == 0,
		.has_service_code = i % 19 == 0,
		.references = {generated_references + i % 8, i % 23 % 4},
	};
	if (r.has_port)
		r.port.first = (uint16_t)(1 + i / 3);
	if (r.has_port)
		r.port.last = (uint16_t)(r.port.first + (i % 151 ? 0 : 4));
	if (r.has_assignee)
		r.assignee = generated_persons(a, i + i % 2, i % 4 % 3);
	if (r.has_service_code)
		r.service_code = UINT32_MAX - (uint32_t)i;
	if (i % 29 == 0)
		r.extras = (struct extra_list){generated_extras, ARRAY_LEN(generated_extras)};
	return r;
}

static inline void generated_header(struct header *h)
{
	static const struct portroll_str categories[] = {TEXT("One & two"), TEXT("Three")};
	static const struct run pre[] = {
		{.kind = RUN_TEXT, .text = TEXT("\nAs written  \n\n    in ")},
		{.kind = RUN_XREF, .xref = &generated_rfc},
		{.kind = RUN_TEXT, .text = TEXT(".\n\n")},
	};
	static const struct note notes[] = {{.text = {pre, ARRAY_LEN(pre)}},
					    {.title = TEXT("Ask \"us\""), .text = {pre, 2}}};
	*h = (struct header){
		.id = TEXT("example-numbers"),
		.title = TEXT("Numbers & Names of Example Services"),
		.created = {2024, 1, 31},
		.updated = {2026, 8, 17},
		.registration_rule = TEXT("Expert Review"),
		.expert = TEXT("TCP: A and B\nSCTP: C"),
		.description = {generated_runs, ARRAY_LEN(generated_runs)},
		.categories = categories,
		.category_count = ARRAY_LEN(categories),
		.notes = notes,
		.note_count = ARRAY_LEN(notes),
		.references = {generated_references, 2},
		.extras = {generated_extras, ARRAY_LEN(generated_extras)},
	};
}

static inline void generated_people(struct registry *reg)
{
	static const struct date dates[] = {{0}, {2005, 1, 0}, {2023, 11, 7}};
	for (size_t i = 0; i < GENERATED_PEOPLE; i++) {
		struct person p = {
			.id = generated_text(reg->arena, "Person_", i),
			.name = i % 3 ? generated_text(reg->arena, "Person ", i) : STR(""),
			.org = i % 5 ? STR("") : STR("Example & Sons"),
			.uris = generated_uris,
			.uri_count = i % 3,
			.updated = dates[i % 3],
		};
		if (i % 31 == 0)
			p.extras = (struct extra_list){generated_extras, 2};
		assert_int_equal(registry_add_person(reg, &p), PORTROLL_OK);
	}
}

/* With `count` records; every reference leads somewhere. */
static inline struct registry *generated_registry(struct arena *a, size_t count)
{
	static const struct run text[] = {
		{.kind = RUN_TEXT, .text = TEXT("Only for\nexperiments.")}};
	static const struct footnote footnotes[] = {{1, {text, 1}}};
	struct registry *reg = registry_new(a);
	assert_non_null(reg);
	generated_header(&reg->header);
	for (size_t i = 0; i < count; i++) {
		struct record r = generated_record(a, i);
		assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
	}
	generated_people(reg);
	reg->footnotes = footnotes;
	reg->footnote_count = ARRAY_LEN(footnotes);
	assert_false(a->failed);
	return reg;
}

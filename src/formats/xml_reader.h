/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * What the parts of the XML reader share: xml_read.c drives expat over the grammar of
 * xml_grammar.c, whose rows name the functions that turn elements into records: xml_header.c,
 * xml_record.c, xml_xref.c, with xml_take.c below them.
 */

#include "formats/list.h"
#include "registry/registry.h"

#include <expat.h>

#define XML_NAMESPACE "http://www.iana.org/assignments"

/* What may stand inside an element. */
enum xml_level {
	LEVEL_DOCUMENT,
	LEVEL_REGISTRY,
	LEVEL_RECORD,
	LEVEL_ASSIGNEE,
	LEVEL_PEOPLE,
	LEVEL_PERSON,
	LEVEL_RICH,
	LEVEL_PARAGRAPH,
	LEVEL_TEXT,  /* characters only */
	LEVEL_EMPTY, /* nothing */
	LEVEL_COUNT
};

struct xml_reader;

/* One row of the grammar: an element where it may stand. */
struct xml_element {
	struct portroll_str name;
	uint8_t level; /* enum xml_level: of its content */
	bool repeats;
	/* Takes the attributes (name, value, ... NULL); NULL: there may be none. */
	int (*begin)(struct xml_reader *x, const char **attributes);
	/* Takes the content; may be NULL. */
	int (*end)(struct xml_reader *x);
};

struct xml_children {
	const struct xml_element *elements;
	size_t count;
	bool keeps_unknown; /* an unknown element with text becomes an extra */
};

/* By level. */
extern const struct xml_children xml_grammar[LEVEL_COUNT];

/* The row for an unknown element that is kept, inside a registry and inside anything else. */
extern const struct xml_element xml_unknown_in_header, xml_unknown_in_item;

struct xml_frame {
	const struct xml_element *element;
	uint32_t seen; /* a bit for each row of its children */
};

/* The grammar is no deeper: registry, record, note, paragraph, xref. */
#define XML_DEPTH_MAX 6

struct xml_reader {
	XML_Parser parser;
	struct registry *reg;
	struct arena *arena; /* of the registry */
	struct portroll_error *err;
	int code;
	bool has_references; /* the file writes characters as &#...; */
	struct xml_frame frames[XML_DEPTH_MAX];
	size_t depth;
	struct buf text;                  /* of the element at hand */
	struct portroll_str element_name; /* of the element that begins */
	const char *unknown_name;         /* of the unknown element at hand, in the arena */
	/* What is being read. A record and a person are never open at the same time. */
	struct record record;
	bool has_description;
	struct person person;
	struct note note;
	struct footnote footnote;
	struct xref xref;
	struct list runs, contacts, assignee, references, uris, extras, xref_extras;
	struct list categories, notes, footnotes, header_references, header_extras;
};

/* Sets the error at the place where the parser is. Returns the code. */
int xml_fail(struct xml_reader *x, int code, const char *format, ...) PRINTF(3, 4);

/* Ends a run of plain text inside rich text. */
int xml_end_run(struct xml_reader *x);

/* The characters of the element: as written, or without white space at the ends. */
int xml_take_text(struct xml_reader *x, struct portroll_str *ret);
int xml_take_trimmed(struct xml_reader *x, struct portroll_str *ret);

/* The date in an attribute; the date in the element, none when that is empty. */
int xml_take_date(struct xml_reader *x, struct date *ret, struct portroll_str text);
int xml_take_date_text(struct xml_reader *x, struct date *ret);

int xml_take_attribute(struct xml_reader *x, struct portroll_str *ret, const char *value);
int xml_add_extra(struct xml_reader *x, struct list *extras, const char *name, const char *value);
struct extra_list xml_take_extras(struct list *extras);
struct xref_list xml_take_xrefs(struct list *xrefs);
struct richtext xml_take_runs(struct xml_reader *x);

/* A new run; NULL when there is no memory. */
struct run *xml_add_run(struct xml_reader *x, enum run_kind kind);

/* The functions of the grammar. */
int xml_begin_registry(struct xml_reader *x, const char **attributes);
int xml_end_registry(struct xml_reader *x);
int xml_begin_record(struct xml_reader *x, const char **attributes);
int xml_end_record(struct xml_reader *x);
int xml_begin_person(struct xml_reader *x, const char **attributes);
int xml_end_person(struct xml_reader *x);
int xml_begin_header_note(struct xml_reader *x, const char **attributes);
int xml_end_header_note(struct xml_reader *x);
int xml_begin_footnote(struct xml_reader *x, const char **attributes);
int xml_end_footnote(struct xml_reader *x);
int xml_begin_xref(struct xml_reader *x, const char **attributes);
int xml_end_record_xref(struct xml_reader *x);
int xml_end_assignee_xref(struct xml_reader *x);
int xml_end_header_xref(struct xml_reader *x);
int xml_end_rich_xref(struct xml_reader *x);
int xml_begin_assignee(struct xml_reader *x, const char **attributes);
int xml_begin_paragraph(struct xml_reader *x, const char **attributes);
int xml_end_paragraph(struct xml_reader *x);
int xml_end_break(struct xml_reader *x);
int xml_begin_unknown(struct xml_reader *x, const char **attributes);
int xml_end_unknown_in_header(struct xml_reader *x);
int xml_end_unknown_in_item(struct xml_reader *x);

int xml_end_title(struct xml_reader *x);
int xml_end_created(struct xml_reader *x);
int xml_end_registry_updated(struct xml_reader *x);
int xml_end_registration_rule(struct xml_reader *x);
int xml_end_expert(struct xml_reader *x);
int xml_end_category(struct xml_reader *x);
int xml_end_header_description(struct xml_reader *x);

int xml_end_name(struct xml_reader *x);
int xml_end_protocol(struct xml_reader *x);
int xml_end_number(struct xml_reader *x);
int xml_end_service_code(struct xml_reader *x);
int xml_end_unauthorized(struct xml_reader *x);
int xml_end_description(struct xml_reader *x);
int xml_end_note(struct xml_reader *x);

int xml_end_person_name(struct xml_reader *x);
int xml_end_org(struct xml_reader *x);
int xml_end_uri(struct xml_reader *x);
int xml_end_person_updated(struct xml_reader *x);

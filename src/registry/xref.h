/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A reference as IANA's XML has it: to a person, an RFC, a draft, a URI, a footnote ... with its
 * own text or a part of the document. A list of them keeps the order of the document.
 */

#include "base/arena.h"
#include "base/buf.h"

enum xref_type {
	XREF_PERSON,
	XREF_RFC,
	XREF_DRAFT,
	XREF_URI,
	XREF_RFC_ERRATA,
	XREF_REGISTRY,
	XREF_NOTE,
	XREF_UNICODE,
	XREF_TEXT,
	XREF_TYPE_COUNT
};

/* The part of a document that the reference points to. */
enum xref_fragment {
	FRAGMENT_NONE,
	FRAGMENT_SECTION,
	FRAGMENT_PAGE,
	FRAGMENT_APPENDIX,
	FRAGMENT_TABLE,
	FRAGMENT_FIGURE,
	FRAGMENT_ANCHOR,
	FRAGMENT_COUNT
};

/* Something a reader met that the model has no field for: kept, so that nothing is lost. */
struct extra {
	struct portroll_str name, value;
	bool is_element; /* an element with text in the XML, else an attribute */
};

struct extra_list {
	const struct extra *items;
	size_t count;
};

struct xref {
	uint8_t type;                     /* enum xref_type */
	uint8_t fragment_kind;            /* enum xref_fragment */
	struct portroll_str data;         /* empty for type text */
	struct portroll_str text;         /* own text, as written; empty: none */
	struct portroll_str fragment;     /* 4.3 */
	struct portroll_str last_updated; /* the lastupdated attribute, as written */
	struct extra_list extras;
};

struct xref_list {
	const struct xref *items;
	size_t count;
};

extern const char *const xref_type_names[XREF_TYPE_COUNT];    /* as in XML: rfc-errata */
extern const char *const xref_fragment_names[FRAGMENT_COUNT]; /* as in XML: section */

/* Reads a type or fragment name; PORTROLL_ESYNTAX when it is none. */
PORTROLL_MUST_CHECK int xref_type_parse(uint8_t *ret, struct portroll_str text);

/* The label with its brackets, as all of IANA's forms show it: [RFC6335], [TR-352]. */
void xref_put_label(struct buf *out, const struct xref *x);

/* All labels, nothing between. */
void xref_put_labels(struct buf *out, struct xref_list list);

/* The link of IANA's page, without the fragment for own anchors (person: #id); nothing for text. */
void xref_put_link(struct buf *out, const struct xref *x);

/* Reads what xref_put_label() wrote, without the brackets, by the rules for IANA's CSV: RFC 6335
 * shapes to rfc, draft-... to draft, a number to note, scheme: to uri, else text. The views point
 * into `label` or the arena. */
struct xref xref_from_label(struct arena *a, struct portroll_str label);

bool xref_equal(const struct xref *a, const struct xref *b);
bool xref_list_equal(struct xref_list a, struct xref_list b);
bool extra_list_equal(struct extra_list a, struct extra_list b);

/* The value of a kept extra, or the empty view. */
struct portroll_str extra_value(struct extra_list list, struct portroll_str name);

/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The twelve columns of the registry, described once. Formats, search, pages, tables and the
 * comparison are driven by this table; nothing else lists the columns.
 */

#include "registry/record.h"

enum field_id {
	FIELD_NAME,
	FIELD_PORT,
	FIELD_TRANSPORT,
	FIELD_DESCRIPTION,
	FIELD_ASSIGNEE,
	FIELD_CONTACT,
	FIELD_REGISTERED,
	FIELD_MODIFIED,
	FIELD_REFERENCE,
	FIELD_SERVICE_CODE,
	FIELD_UNAUTHORIZED,
	FIELD_NOTES,
	FIELD_COUNT
};

struct field {
	const char *key;        /* in JSON and for sorting: name, port, transport ... */
	const char *title;      /* IANA's column title */
	const char *title_2018; /* what the column was called until 2018, or NULL */
	bool searched;          /* IANA's search looks here: all columns but the two dates */
	bool centred;           /* in IANA's page and text */
	/* Appends the cell, not yet folded. */
	void (*put)(struct buf *out, const struct record *r);
	/* The rich text behind the cell, or NULL when it is plain. */
	struct richtext (*rich)(const struct record *r);
};

extern const struct field fields[FIELD_COUNT];

/* Appends the cell as in IANA's CSV before quoting: folded and trimmed. `out` must not drain. */
void field_put(struct buf *out, enum field_id field, const struct record *r);

/* SPDX-License-Identifier: MIT */
#pragma once

/* The loss report: what a form cannot hold, counted and named while it is written. */

#include "base/arena.h"
#include "base/json.h"
#include "registry/record.h"

enum loss_kind {
	LOSS_RECORDS,    /* left out whole: no port, or no name */
	LOSS_NAMES,      /* one that cannot stand in the form, one too many, or one at ports that
			  * only a source below gives it */
	LOSS_PORTS,      /* of a name that has several: readers that keep the last find another */
	LOSS_RANGES,     /* a range cut to its first port, or left out */
	LOSS_TRANSPORTS, /* a transport the form does not know, or none stated */
	LOSS_COLUMNS,    /* cells with content that the form has no column for */
	LOSS_TEXTS,      /* altered: runs, references' types, white space */
	LOSS_PEOPLE,
	LOSS_HEADER, /* title, notes, experts, footnotes */
	LOSS_KIND_COUNT
};

extern const char *const loss_kind_names[LOSS_KIND_COUNT];

struct loss_item {
	uint8_t kind;
	struct portroll_str subject; /* mysql 3306/tcp, or a person's id */
	const char *what;            /* static: "has no port" */
};

struct loss {
	struct arena *arena; /* for items; NULL: only counted */
	size_t counts[LOSS_KIND_COUNT];
	struct loss_item *items;
	size_t item_count, item_capacity;
};

/* Count one loss; `loss` may be NULL. `what` is static text. */
void loss_of_record(struct loss *loss, enum loss_kind kind, const struct record *r,
		    const char *what);
void loss_of(struct loss *loss, enum loss_kind kind, struct portroll_str subject, const char *what);

bool loss_any(const struct loss *loss);

/* One line without a line feed: "services cannot hold: 1,055 records, 12 names ...". */
void loss_put_line(struct buf *out, const struct loss *loss, const char *format);

/* Every item, a line each. */
void loss_put_items(struct buf *out, const struct loss *loss);

/* {"format":..., "counts":{...}, "items":[{"kind","subject","what"}]} */
void loss_put_json(struct json *j, const struct loss *loss, const char *format);

/* SPDX-License-Identifier: MIT */
#pragma once

/* Tellings for people and for programs. */

#include "base/json.h"
#include "registry/tell.h"
#include "terminal/out.h"

struct tellings_style {
	unsigned indent;
	size_t most;             /* lines; 0: all */
	struct portroll_str all; /* where they are all told */
	bool patch;              /* each field, old and new, below its line */
};

/* A line each, the most telling first. */
void tellings_put(struct out *o, const struct telling_list *list,
		  const struct tellings_style *style);

/* One, with its fields where the style wants them. */
void tellings_put_one(struct out *o, const struct telling_list *list, const struct telling *t,
		      const struct tellings_style *style);

/* The members "counts" and "tellings" of an object (doc/JSON.md). */
void tellings_put_json(struct json *j, const struct telling_list *list);

/* One as an object. */
void tellings_put_json_one(struct json *j, const struct telling_list *list,
			   const struct telling *t);

/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A streaming JSON writer: commas and indentation are its business, text is escaped, output is
 * UTF-8. Compact (one line) or indented by two blanks.
 */

#include "base/buf.h"

#define JSON_DEPTH_MAX 64

struct json {
	struct buf *out;
	bool indented;
	unsigned depth;           /* deeper than JSON_DEPTH_MAX is PORTROLL_ELIMIT */
	bool any[JSON_DEPTH_MAX]; /* has the level an item already? */
	bool after_key;
};

struct json json_init(struct buf *out, bool indented);

void json_object(struct json *j);     /* { */
void json_object_end(struct json *j); /* } */
void json_array(struct json *j);      /* [ */
void json_array_end(struct json *j);  /* ] */

void json_key(struct json *j, const char *key);
void json_str(struct json *j, struct portroll_str text);
void json_num(struct json *j, uint64_t value);
void json_millionths(struct json *j, uint32_t value); /* 484143: 0.484143 */
void json_bool(struct json *j, bool value);
void json_null(struct json *j);

/* Key and value at once; an empty text gives no member at all. */
void json_member(struct json *j, const char *key, struct portroll_str text);

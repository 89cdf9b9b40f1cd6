/* SPDX-License-Identifier: MIT */
#include "cli/sources_json.h"

static void put_date(struct json *j, const char *key, struct date date)
{
	char text[DATE_TEXT_MAX];
	json_member(j, key, (struct portroll_str){text, date_format(text, date)});
}

static void put_copy(struct json *j, const struct copy *copy)
{
	json_object(j);
	json_member(j, "origin", copy->origin);
	json_member(j, "format", copy->format);
	put_date(j, "dated", copy->dated);
	json_key(j, "partial");
	json_bool(j, copy->partial);
	json_object_end(j);
}

void sources_put_json(struct json *j, const struct reader *r)
{
	json_key(j, "sources");
	json_array(j);
	for (size_t i = 0; i < r->source_count; i++) {
		const struct source *source = &r->sources[i];
		json_object(j);
		json_member(j, "name", source->name);
		json_member(j, "coverage", str_from(coverage_names[source->coverage]));
		put_date(j, "dated", source_date(source));
		json_key(j, "copies");
		json_array(j);
		for (size_t k = 0; k < source->copy_count; k++)
			put_copy(j, &source->copies[k]);
		json_array_end(j);
		json_object_end(j);
	}
	json_array_end(j);
}

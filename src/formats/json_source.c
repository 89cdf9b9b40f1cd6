/* SPDX-License-Identifier: MIT */
#include "formats/json_source.h"

#include "base/num.h"

/* By enum coverage, as --coverage takes them. */
static const char *const coverage_keys[] = {"complete", "partial", "names"};

static void put_date(struct json *j, struct date date)
{
	char text[DATE_TEXT_MAX];
	struct portroll_str written = {text, date_format(text, date)};
	json_key(j, "dated");
	if (written.len)
		json_str(j, written);
	else
		json_null(j);
}

static void put_sha256(struct json *j, const uint8_t digest[static SHA256_SIZE])
{
	char text[2 * SHA256_SIZE];
	num_format_hex(text, digest, SHA256_SIZE);
	json_member(j, "sha256", (struct portroll_str){text, sizeof(text)});
}

static void put_copy(struct json *j, const struct copy *copy)
{
	json_object(j);
	json_member(j, "origin", copy_origin_shown(copy));
	json_member(j, "format", copy->format);
	put_date(j, copy->dated);
	json_key(j, "partial");
	json_bool(j, copy->partial);
	json_key(j, "records");
	json_num(j, copy->record_count);
	put_sha256(j, copy->sha256);
	json_member(j, "etag", copy->etag);
	json_member(j, "licence", copy->licence);
	json_object_end(j);
}

void json_put_source(struct json *j, const struct source *source)
{
	json_object(j);
	json_member(j, "name", source->name);
	json_member(j, "kind", source->kind == SOURCE_MANAGED ? STR("managed") : STR("mirrored"));
	json_member(j, "coverage", str_from(coverage_keys[source->coverage]));
	put_date(j, source_date(source));
	if (source->registry) {
		json_key(j, "records");
		json_num(j, source->registry->record_count);
		json_key(j, "people");
		json_num(j, source->registry->person_count);
	}
	json_key(j, "copies");
	json_array(j);
	for (size_t i = 0; i < source->copy_count; i++)
		put_copy(j, &source->copies[i]);
	json_array_end(j);
	json_object_end(j);
}

void json_put_sources(struct json *j, const struct source *sources, size_t count)
{
	json_key(j, "sources");
	json_array(j);
	for (size_t i = 0; i < count; i++)
		json_put_source(j, &sources[i]);
	json_array_end(j);
}

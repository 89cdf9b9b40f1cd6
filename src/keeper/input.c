/* SPDX-License-Identifier: MIT */
#include "keeper/input.h"

#include <string.h>

#include "base/url.h"
#include "base/utf8.h"
#include "keeper/digest.h"

const char *input_name(const char *path)
{
	return strcmp(path, "-") == 0 ? "standard input" : path;
}

static struct date date_of(const struct registry *reg, struct date told)
{
	if (reg->header.updated.year)
		return reg->header.updated;
	return told.year ? told : registry_newest_date(reg);
}

static int parse(struct read_result *ret, struct input *input, struct portroll_str bytes,
		 const struct input_request *request, struct portroll_error *err)
{
	int r = format_read(ret, input->registry, bytes, request->form, err);
	if (r < 0)
		return r;
	if (input->registry->record_count == 0)
		return error_set(err, PORTROLL_ESYNTAX, "no record of the registry is in it");
	input->format = ret->format;
	return PORTROLL_OK;
}

#define REPLACEMENT 0xfffdU /* U+FFFD */

/* File names and the tags of servers are bytes; what is kept of them is text. */
static struct portroll_str as_text(struct portroll_str bytes, struct arena *a)
{
	if (utf8_find_invalid(bytes) == SIZE_MAX && utf8_find_control(bytes) == SIZE_MAX)
		return bytes;
	struct portroll_str rest = bytes;
	CLEANUP(buf_done) struct buf text = BUF_INIT(4 * bytes.len + 1);
	while (rest.len) {
		char character[4];
		uint32_t code = utf8_next(&rest);
		bool is_text = code >= ' ' && (code < 0x7f || code > 0x9f) && code != UTF8_INVALID;
		size_t len = utf8_encode(character, is_text ? code : REPLACEMENT);
		buf_put(&text, (struct portroll_str){character, len});
	}
	return arena_str(a, buf_str(&text));
}

int input_read(struct input *ret, const struct input_request *request, struct arena *a,
	       struct portroll_error *err)
{
	struct portroll_str bytes;
	struct read_result result = {0};
	int r = file_read(&ret->file, request->path, INPUT_MAX, err);
	if (r < 0)
		return r;
	r = gunzip(&bytes, ret->file.bytes, a, err);
	if (r < 0)
		return r;
	ret->registry = registry_new(a);
	if (!ret->registry)
		return error_memory(err);
	struct digest digest;
	uint8_t sha256[SHA256_SIZE];
	digest_begin(&digest, bytes);
	r = parse(&result, ret, bytes, request, err);
	digest_end(&digest, sha256);
	if (r < 0)
		return r;
	if (result.is_copied)
		file_release(&ret->file);
	struct portroll_str origin = request->origin;
	if (origin.len == 0)
		origin = str_from(input_name(request->path));
	ret->copy = (struct copy){
		.origin = as_text(url_without_user(origin, a), a),
		.format = str_from(ret->format->name),
		.etag = as_text(request->etag, a),
		.licence = result.licence,
		.dated = date_of(ret->registry, request->dated),
		.record_count = (uint32_t)ret->registry->record_count,
	};
	/* What a ledger has is given away. */
	ret->copy.origin = copy_origin_shown(&ret->copy);
	ret->date_is_told = ret->registry->header.updated.year || request->dated.year;
	memcpy(ret->copy.sha256, sha256, sizeof(sha256));
	return a->failed ? error_memory(err) : PORTROLL_OK;
}

void input_release(struct input *input)
{
	file_release(&input->file);
	*input = (struct input){0};
}

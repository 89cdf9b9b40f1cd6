/* SPDX-License-Identifier: MIT */
#include "server/request.h"

#include "base/macros.h"
#include "base/num.h"
#include "server/percent.h"

static unsigned refuse(const char **ret_why, unsigned status, const char *why)
{
	*ret_why = why;
	return status;
}

/* A token of RFC 9110 section 5.6.2. */
static bool is_token(struct portroll_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (!is_alpha(c) && !is_digit(c) &&
		    str_find_char(STR("!#$%&'*+-.^_`|~"), c) == SIZE_MAX)
			return false;
	}
	return text.len > 0;
}

static bool is_field_value(struct portroll_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.ptr[i];
		if ((byte < 0x20 && byte != '\t') || byte == 0x7f)
			return false;
	}
	return true;
}

static unsigned read_method(struct request *ret, struct portroll_str name, const char **ret_why)
{
	static const struct {
		const char *name;
		uint8_t method;
	} methods[] = {
		{"GET", METHOD_GET},     {"HEAD", METHOD_HEAD}, {"OPTIONS", METHOD_OPTIONS},
		{"POST", METHOD_OTHER},  {"PUT", METHOD_OTHER}, {"DELETE", METHOD_OTHER},
		{"PATCH", METHOD_OTHER},
	};
	for (size_t i = 0; i < ARRAY_LEN(methods); i++) {
		if (str_equal(name, str_from(methods[i].name))) {
			ret->method = methods[i].method;
			return 0;
		}
	}
	if (!is_token(name))
		return refuse(ret_why, 400, "the method is not a word");
	return refuse(ret_why, 501, "this server does not know the method");
}

/* The field of that name, or the empty view. */
static struct portroll_str find_field(const struct wire *wire, struct portroll_str name)
{
	for (size_t i = 0; i < wire->field_count; i++) {
		if (str_equal_fold(wire->fields[i].name, name))
			return wire->fields[i].value;
	}
	return STR_NONE;
}

static size_t count_field(const struct wire *wire, struct portroll_str name)
{
	size_t count = 0;
	for (size_t i = 0; i < wire->field_count; i++)
		count += str_equal_fold(wire->fields[i].name, name);
	return count;
}

static unsigned check_fields(const struct wire *wire, const char **ret_why)
{
	/* These stand once (RFC 9110 section 5.3); who sends two means two things by it. */
	static const char *const single[] = {
		"host",         "content-length", "transfer-encoding",
		"content-type", "authorization",  "origin",
		"expect",       "range",          "if-modified-since",
	};
	size_t size = 0;
	if (wire->field_count > REQUEST_FIELD_MAX)
		return refuse(ret_why, 431, "a request has at most 64 header fields");
	for (size_t i = 0; i < wire->field_count; i++) {
		const struct header_field *field = &wire->fields[i];
		size += field->name.len + field->value.len + 4;
		if (!is_token(field->name))
			return refuse(ret_why, 400, "the name of a header field is not a word");
		if (!is_field_value(field->value))
			return refuse(ret_why, 400, "a header field holds a control character");
	}
	if (size > REQUEST_FIELDS_SIZE)
		return refuse(ret_why, 431, "the header fields are longer than 16 KiB");
	for (size_t i = 0; i < ARRAY_LEN(single); i++) {
		if (count_field(wire, str_from(single[i])) > 1)
			return refuse(ret_why, 400, "a header field is repeated that stands once");
	}
	return 0;
}

static unsigned check_host(const struct wire *wire, const char **ret_why)
{
	if (count_field(wire, STR("host")) == 0)
		return str_equal(wire->version, STR("HTTP/1.0"))
			       ? 0
			       : refuse(ret_why, 400, "the Host field is missing");
	struct portroll_str host = find_field(wire, STR("host"));
	for (size_t i = 0; i < host.len; i++) {
		char c = host.ptr[i];
		if (!is_alpha(c) && !is_digit(c) && str_find_char(STR("-._~:[]%"), c) == SIZE_MAX)
			return refuse(ret_why, 400, "the Host field is not a host and a port");
	}
	return 0;
}

/* Where the body ends must be said once and in one way (RFC 9112 section 6.3). */
static unsigned check_body(struct request *ret, const struct wire *wire, const char **ret_why)
{
	bool has_length = count_field(wire, STR("content-length")) > 0;
	bool is_coded = count_field(wire, STR("transfer-encoding")) > 0;
	if (has_length && is_coded)
		return refuse(ret_why, 400,
			      "Content-Length and Transfer-Encoding exclude each other");
	if (is_coded && !str_equal_fold(find_field(wire, STR("transfer-encoding")), STR("chunked")))
		return refuse(ret_why, 501, "the only transfer coding is chunked");
	uint64_t length = 0;
	int r = has_length ? num_parse(&length, find_field(wire, STR("content-length")),
				       REQUEST_BODY_MAX)
			   : PORTROLL_OK;
	if (r == PORTROLL_ELIMIT)
		return refuse(ret_why, 413, "the body is longer than 64 KiB");
	if (r < 0)
		return refuse(ret_why, 400, "Content-Length is not a number");
	ret->has_body = is_coded || length > 0;
	return 0;
}

/* Is a part of the segment, which may have escaped slashes, a step in a tree of folders? */
static bool climbs(struct portroll_str segment)
{
	struct portroll_str part;
	while (str_cut(&segment, '/', &part)) {
		if (str_equal(part, STR(".")) || str_equal(part, STR("..")))
			return true;
	}
	return false;
}

static unsigned read_path(struct request *ret, struct arena *a, const char **ret_why)
{
	if (ret->path.len == 0 || ret->path.ptr[0] != '/')
		return refuse(ret_why, 400, "the target of a request is a path");
	struct portroll_str rest = str_part(ret->path, 1, SIZE_MAX), segment;
	while (rest.len > 0 && str_cut(&rest, '/', &segment)) {
		if (ret->segment_count == REQUEST_SEGMENT_MAX)
			return refuse(ret_why, 404, "there is no such page");
		struct portroll_str *decoded = &ret->segments[ret->segment_count];
		int r = percent_decode(decoded, segment, false, a);
		if (r == PORTROLL_ENOMEM)
			return refuse(ret_why, 500, "there is no memory left");
		if (r < 0)
			return refuse(ret_why, 400, "the path is not clean, percent-encoded UTF-8");
		if (climbs(*decoded))
			return refuse(ret_why, 400, "a path does not climb");
		ret->segment_count++;
	}
	return 0;
}

static unsigned read_query(struct request *ret, struct portroll_str query, struct arena *a,
			   const char **ret_why)
{
	struct portroll_str pair;
	while (query.len > 0 && str_cut(&query, '&', &pair)) {
		if (pair.len == 0)
			continue;
		struct portroll_str value = pair, name = STR_NONE;
		(void)str_cut(&value, '=', &name);
		if (ret->argument_count == REQUEST_ARGUMENT_MAX)
			return refuse(ret_why, 400, "the query has more than 16 arguments");
		struct argument argument;
		if (percent_decode(&argument.name, name, true, a) < 0 ||
		    percent_decode(&argument.value, value, true, a) < 0)
			return refuse(ret_why, 400,
				      "the query is not clean, percent-encoded UTF-8");
		for (size_t i = 0; i < ret->argument_count; i++) {
			if (str_equal(ret->arguments[i].name, argument.name))
				return refuse(ret_why, 400, "an argument of the query is repeated");
		}
		ret->arguments[ret->argument_count++] = argument;
	}
	return 0;
}

unsigned request_read(struct request *ret, const struct wire *wire, struct arena *a,
		      const char **ret_why)
{
	*ret = (struct request){.method = METHOD_GET};
	unsigned status = 0;
	if (wire->target.len > REQUEST_TARGET_MAX)
		status = refuse(ret_why, 414, "the address is longer than 8 KiB");
	if (status == 0)
		status = check_fields(wire, ret_why);
	if (status != 0)
		return status;
	ret->accept = find_field(wire, STR("accept"));
	ret->accept_encoding = find_field(wire, STR("accept-encoding"));
	ret->if_none_match = find_field(wire, STR("if-none-match"));
	size_t mark = str_find_char(wire->target, '?');
	ret->path = str_part(wire->target, 0, mark);
	status = read_method(ret, wire->method, ret_why);
	if (status == 0)
		status = check_host(wire, ret_why);
	if (status == 0)
		status = check_body(ret, wire, ret_why);
	if (status == 0)
		status = read_path(ret, a, ret_why);
	if (status == 0 && mark != SIZE_MAX)
		status = read_query(ret, str_part(wire->target, mark + 1, SIZE_MAX), a, ret_why);
	return status;
}

struct portroll_str request_argument(const struct request *req, struct portroll_str name)
{
	for (size_t i = 0; i < req->argument_count; i++) {
		if (str_equal(req->arguments[i].name, name))
			return req->arguments[i].value;
	}
	return STR_NONE;
}

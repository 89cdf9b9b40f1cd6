/* SPDX-License-Identifier: MIT */

/*
 * Everything of ours between the wire and the answer: guard, decoding, routing, searching, writing.
 * The input is a request as it is typed: METHOD TARGET VERSION, then NAME: VALUE lines.
 */

#include <stdlib.h>

#include "server/routes.h"

#define FIELDS_MAX 80

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void add(struct registry *reg, const char *name, uint16_t port, const char *description)
{
	struct record r = {
		.name = str_from(name),
		.port = {port, port},
		.has_port = port != 0,
		.transport = port % 2 ? PORTROLL_TCP : PORTROLL_UDP,
		.description = richtext_plain(reg->arena, str_from(description)),
	};
	if (registry_add(reg, &r) < 0)
		abort();
}

/* A site of a few records, some of them markup; it lives as long as the program. */
static struct site *make_site(void)
{
	static struct arena arena;
	static struct buf out = {.limit = 1U << 24};
	struct roll *roll = roll_new(&arena);
	struct registry *reg = registry_new(&arena);
	add(reg, "mysql", 3306, "MySQL");
	add(reg, "914c/g", 211, "Terminal");
	add(reg, "<x>", 666, "<script>\"'&");
	add(reg, "portless", 0, "No port");
	struct source source = {.name = STR("iana"), .registry = reg};
	struct portroll_snapshot *snapshot;
	struct site *site;
	if (roll_insert(roll, 0, &source, NULL) < 0 || snapshot_compile(&out, roll, NULL) < 0 ||
	    portroll_open_bytes(&snapshot, out.ptr, out.len, NULL) < 0 ||
	    site_new(&site, snapshot, NULL, NULL) < 0)
		abort();
	return site;
}

/* A page of HTML that holds what only a record or a request could have put there. */
static void check_page(const struct response *res)
{
	struct portroll_str body = response_bytes(res);
	bool is_html = res->media_type && str_starts(str_from(res->media_type), STR("text/html"));
	if (is_html && str_find(body, STR("<script")) != SIZE_MAX)
		abort();
	if (res->status >= 400 && body.len == 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct site *site;
	if (!site)
		site = make_site();
	struct arena arena = ARENA_INIT;
	struct header_field fields[FIELDS_MAX];
	struct wire wire = {.fields = fields};
	struct portroll_str rest = {(const char *)bytes, size}, first = STR_NONE, line;
	(void)str_cut(&rest, '\n', &first);
	if (!str_cut(&first, ' ', &wire.method) || !str_cut(&first, ' ', &wire.target))
		return 0;
	wire.version = first;
	while (wire.field_count < FIELDS_MAX && str_cut(&rest, '\n', &line)) {
		struct header_field *field = &fields[wire.field_count++];
		(void)str_cut(&line, ':', &field->name);
		field->value = str_trim(line);
	}
	struct response res;
	answer_request(site, &wire, &arena, &res);
	check_page(&res);
	response_done(&res);
	arena_done(&arena);
	return 0;
}

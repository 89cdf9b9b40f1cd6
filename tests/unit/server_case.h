/* SPDX-License-Identifier: MIT */
#pragma once

/* What the tests of the server share: a site of a small roll, and asking it without a socket. */

#include "server/routes.h"
#include "snapshot_case.h"

struct server_case {
	struct arena arena;
	struct buf bytes; /* of the snapshot */
	struct site *site;
	struct response res; /* the last answer */
};

/* The roll of snapshot_case.h, and names that are markup. */
static inline void server_begin(struct server_case *c)
{
	*c = (struct server_case){.arena = ARENA_INIT, .res = RESPONSE_INIT};
	struct roll *roll = case_roll(&c->arena);
	case_add(roll->sources[1].registry, "<x>", (struct range){666, 666}, PORTROLL_TCP,
		 "<script>alert(\"1\")</script>");
	case_add(roll->sources[1].registry, "914c-g", (struct range){211, 211}, PORTROLL_TCP,
		 "Texas Instruments 914C/G Terminal");
	const struct record alias = {
		.name = STR("914c/g"),
		.port = {211, 211},
		.has_port = true,
		.transport = PORTROLL_TCP,
		.description = richtext_plain(&c->arena, STR("Texas Instruments 914C/G Terminal")),
		.note = richtext_plain(&c->arena, STR("This entry is an alias to \"914c-g\".")),
	};
	assert_int_equal(registry_add(roll->sources[1].registry, &alias), PORTROLL_OK);
	case_add(roll->sources[3].registry, "914C-G", (struct range){211, 211}, PORTROLL_TCP, "TI");
	static const struct extra frequency = {{"frequency", 9}, {"0.25", 4}, false};
	const struct record scanned = {
		.name = STR("scanned"),
		.port = {9200, 9200},
		.has_port = true,
		.transport = PORTROLL_TCP,
		.extras = {&frequency, 1},
	};
	assert_int_equal(registry_add(roll->sources[3].registry, &scanned), PORTROLL_OK);
	static const struct copy bound = {
		.origin = {"nmap-services", 13}, .format = {"nmap", 4}, .licence = {"NPSL", 4}};
	roll->sources[3].copies = &bound;
	roll->sources[3].copy_count = 1;
	case_compile(&c->bytes, roll);
	struct portroll_error err = {0};
	if (site_new(&c->site, case_open(&c->bytes, SNAPSHOT_FULL), NULL, &err) < 0)
		fail_msg("site: %s", err.text);
}

static inline void server_end(struct server_case *c)
{
	response_done(&c->res);
	site_release(c->site);
	buf_done(&c->bytes);
	arena_done(&c->arena);
}

/* Asks with a Host field and one more, if given. */
static inline const struct response *ask(struct server_case *c, const char *method,
					 const char *target, const char *name, const char *value)
{
	struct header_field fields[] = {{STR("Host"), STR("localhost:8080")},
					{str_from(name), str_from(value)}};
	const struct wire wire = {.method = str_from(method),
				  .target = str_from(target),
				  .version = STR("HTTP/1.1"),
				  .fields = fields,
				  .field_count = name ? 2 : 1};
	response_done(&c->res);
	answer_request(c->site, &wire, &c->arena, &c->res);
	return &c->res;
}

static inline const struct response *get(struct server_case *c, const char *target)
{
	return ask(c, "GET", target, NULL, NULL);
}

static inline const char *header_of(const struct response *res, const char *name)
{
	for (size_t i = 0; i < res->header_count; i++) {
		if (strcmp(res->headers[i].name, name) == 0)
			return res->headers[i].value;
	}
	return "";
}

static inline bool body_has(const struct response *res, const char *part)
{
	return str_find(response_bytes(res), str_from(part)) != SIZE_MAX;
}

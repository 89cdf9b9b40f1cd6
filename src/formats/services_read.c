/* SPDX-License-Identifier: MIT */
#include "formats/read.h"

#include "formats/cells.h"
#include "formats/service_lines.h"

/*
 * services(5), and the form of Wireshark that names several protocols: NAME PORT/tcp/udp ALIASES
 * # COMMENT. Each line gives, for each protocol, a record of the name and one of each alias, all
 * with the comment as description.
 *
 * Files for other protocol families than the Internet's list these too: Debian has four services of
 * AppleTalk's ddp. They have no place among the ports of the registry; the name is kept without a
 * port, and what stood there as the extra "port" (1/ddp).
 */

static const char *const foreign_protocols[] = {
	"ddp",     /* AppleTalk, in Debian's file */
	"udplite", /* RFC 3828: has the ports of UDP, never records of its own */
	"divert",  /* FreeBSD's divert sockets */
};

static bool is_foreign(struct portroll_str protocol)
{
	for (size_t i = 0; i < ARRAY_LEN(foreign_protocols); i++)
		if (str_equal(protocol, str_from(foreign_protocols[i])))
			return true;
	return false;
}

bool services_probe(struct portroll_str head)
{
	struct service_line line;
	return service_line_first(head, &line);
}

/* A record for the name and one for each alias. */
static int add_names(struct registry *reg, const struct service_line *line, struct record *r)
{
	struct portroll_str aliases = line->words;
	r->name = line->name;
	do {
		if (registry_add(reg, r) < 0)
			return PORTROLL_ENOMEM;
	} while (str_word(&aliases, &r->name));
	return PORTROLL_OK;
}

static int add_foreign(struct registry *reg, const struct service_line *line, struct record *r)
{
	struct extra *extra = arena_alloc(reg->arena, sizeof(*extra));
	if (!extra)
		return PORTROLL_ENOMEM;
	*extra = (struct extra){.name = STR("port"), .value = line->port};
	r->extras = (struct extra_list){extra, 1};
	return add_names(reg, line, r);
}

static int take_line(struct registry *reg, struct service_lines *lines,
		     const struct service_line *line)
{
	struct record record = {.description = richtext_plain(reg->arena, line->comment)};
	struct portroll_str protocols, protocol;
	int r = service_port(&record.port, &protocols, lines, line);
	if (r < 0)
		return r;
	if (is_foreign(protocols)) {
		record.port = (struct range){0};
		return add_foreign(reg, line, &record);
	}
	record.has_port = true;
	bool seen[TRANSPORT_COUNT + 1] = {false};
	while (r == PORTROLL_OK && str_cut(&protocols, '/', &protocol)) {
		if (transport_cell(&record.transport, protocol) < 0)
			return service_fail(lines, protocol, "protocol", "tcp, udp, sctp or dccp");
		if (seen[record.transport])
			return service_fail(lines, protocol, "protocol", "each only once");
		seen[record.transport] = true;
		r = add_names(reg, line, &record);
	}
	return r;
}

int services_read(struct registry *ret, struct portroll_str input, struct portroll_error *err)
{
	struct service_lines lines = SERVICE_LINES_INIT(input, err);
	struct service_line line;
	int r;
	while ((r = service_line_next(&lines, &line)) == 1) {
		r = take_line(ret, &lines, &line);
		if (r == PORTROLL_ENOMEM || ret->arena->failed)
			return error_memory(err);
		if (r < 0)
			return r;
	}
	return r;
}

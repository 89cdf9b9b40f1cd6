/* SPDX-License-Identifier: MIT */
#include "formats/service_claims.h"

#include <stdlib.h>
#include <string.h>

#include "base/num.h"

#define COLUMN_PORT    16
#define COLUMN_ALIASES 28

/* NAME PORT/PROTOCOL ALIASES... # COMMENT */
struct parts {
	struct portroll_str name, protocol, aliases;
	struct portroll_str comment; /* with its #, or empty */
	uint16_t port;
};

static bool split(struct parts *ret, struct portroll_str line)
{
	struct portroll_str port;
	size_t hash = str_find_char(line, '#');
	struct portroll_str words = str_part(line, 0, hash);
	*ret = (struct parts){.comment = str_part(line, hash, line.len)};
	if (!str_word(&words, &ret->name) || !str_word(&words, &port))
		return false;
	size_t slash = str_find_char(port, '/');
	uint64_t number;
	if (slash == SIZE_MAX || num_parse(&number, str_part(port, 0, slash), UINT16_MAX) < 0)
		return false;
	ret->port = (uint16_t)number;
	ret->protocol = str_part(port, slash + 1, port.len);
	ret->aliases = words;
	return true;
}

static int add_claim(struct service_claims *c, const struct service_claim *claim)
{
	if (c->count == c->capacity) {
		size_t larger = c->capacity ? c->capacity * 2 : 512;
		struct service_claim *grown =
			arena_grow(&c->arena, c->by_port, c->count, larger, sizeof(*c->by_port));
		if (!grown)
			return PORTROLL_ENOMEM;
		c->by_port = grown;
		c->capacity = larger;
	}
	c->by_port[c->count++] = *claim;
	return PORTROLL_OK;
}

/* Wireshark's form names several protocols: 53/tcp/udp. An alias claims its name only, whatever the
 * protocol, so once for the line. */
static int add_line(struct service_claims *c, const struct parts *line)
{
	struct portroll_str protocols = line->protocol, aliases = line->aliases, protocol, name;
	while (str_cut(&protocols, '/', &protocol)) {
		struct service_claim claim = {line->name, protocol, line->port, true};
		if (add_claim(c, &claim) < 0)
			return PORTROLL_ENOMEM;
	}
	while (str_word(&aliases, &name)) {
		struct service_claim claim = {name, line->protocol, line->port, false};
		if (add_claim(c, &claim) < 0)
			return PORTROLL_ENOMEM;
	}
	return PORTROLL_OK;
}

int service_claims_add(struct service_claims *c, struct portroll_str text)
{
	struct portroll_str line;
	struct parts parts;
	while (str_cut(&text, '\n', &line))
		if (split(&parts, line) && add_line(c, &parts) < 0)
			return PORTROLL_ENOMEM;
	return PORTROLL_OK;
}

static int compare_ports(const void *a, const void *b)
{
	const struct service_claim *x = a, *y = b;
	if (x->port != y->port)
		return x->port < y->port ? -1 : 1;
	int order = str_compare(x->protocol, y->protocol);
	return order ? order : (int)y->is_canonical - (int)x->is_canonical;
}

static int compare_names(const void *a, const void *b)
{
	const struct service_claim *x = a, *y = b;
	return str_compare(x->name, y->name);
}

int service_claims_sort(struct service_claims *c)
{
	c->by_name = arena_array(&c->arena, c->count, sizeof(*c->by_name));
	if (!c->by_name)
		return PORTROLL_ENOMEM;
	if (c->count == 0)
		return PORTROLL_OK;
	memcpy(c->by_name, c->by_port, c->count * sizeof(*c->by_name));
	qsort(c->by_port, c->count, sizeof(*c->by_port), compare_ports);
	qsort(c->by_name, c->count, sizeof(*c->by_name), compare_names);
	return PORTROLL_OK;
}

/* The first claim of the port and protocol, a canonical name; NULL: there is none. */
static const struct service_claim *find_port(const struct service_claims *c,
					     const struct parts *line)
{
	const struct service_claim wanted = {
		.protocol = line->protocol, .port = line->port, .is_canonical = true};
	if (c->count == 0)
		return NULL;
	return bsearch(&wanted, c->by_port, c->count, sizeof(wanted), compare_ports);
}

/* Is the name claimed for another port, whatever the protocol? */
static bool is_elsewhere(const struct service_claims *c, struct portroll_str name, uint16_t port)
{
	size_t low = 0, high = c->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (str_compare(c->by_name[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < c->count && str_equal(c->by_name[low].name, name); low++)
		if (c->by_name[low].port != port)
			return true;
	return false;
}

static void put_name(struct buf *out, size_t from, const struct parts *line,
		     struct portroll_str name)
{
	size_t column = out->len - from;
	if (column == 0) {
		buf_put(out, name);
		buf_fill(out, ' ', name.len < COLUMN_PORT ? COLUMN_PORT - name.len : 1);
		buf_put_num(out, line->port);
		buf_putc(out, '/');
		buf_put(out, line->protocol);
		return;
	}
	buf_fill(out, ' ', column < COLUMN_ALIASES ? COLUMN_ALIASES - column : 1);
	buf_put(out, name);
}

/* The line without the names that are elsewhere; nothing when none is left. */
static void put_rest(struct buf *out, struct service_filtered *ret, const struct service_claims *c,
		     const struct parts *line)
{
	struct portroll_str name = line->name, aliases = line->aliases;
	size_t from = out->len;
	do {
		if (is_elsewhere(c, name, line->port))
			ret->names++;
		else
			put_name(out, from, line, name);
	} while (str_word(&aliases, &name));
	if (out->len == from)
		return;
	if (line->comment.len) {
		size_t column = out->len - from;
		buf_fill(out, ' ', column < COLUMN_ALIASES ? COLUMN_ALIASES - column : 1);
		buf_put(out, line->comment);
	}
	buf_putc(out, '\n');
	ret->kept++;
}

void service_claims_filter(struct buf *out, struct service_filtered *ret,
			   const struct service_claims *c, struct portroll_str ours)
{
	struct portroll_str text;
	struct parts line;
	*ret = (struct service_filtered){0};
	while (str_cut(&ours, '\n', &text)) {
		bool is_line = split(&line, text);
		const struct service_claim *theirs = is_line ? find_port(c, &line) : NULL;
		if (theirs) {
			ret->ports++;
			ret->renamed += !str_equal(theirs->name, line.name);
		} else if (is_line) {
			put_rest(out, ret, c, &line);
		} else if (text.len) {
			buf_put(out, text);
			buf_putc(out, '\n');
		}
	}
}

void service_claims_done(struct service_claims *c)
{
	arena_done(&c->arena);
}

/* SPDX-License-Identifier: MIT */
#include "nss/line.h"

#include <arpa/inet.h>
#include <string.h>

#define ALIASES_FEW 16 /* so many are compared without looking for the name's records */

static bool is_letter(unsigned char c)
{
	return (c | 0x20U) - 'a' < 26U;
}

/* services(5) has no way to write a blank or a '#' in a name, and a name of digits is a port. */
static bool name_can_stand(struct portroll_str name)
{
	bool letter = false;
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.ptr[i];
		if (c <= '#' && (c == '\0' || c == ' ' || c == '#' || (c >= '\t' && c <= '\r')))
			return false;
		letter |= is_letter(c);
	}
	return letter;
}

/* A record that states no transport is an old assignment for TCP and UDP (RFC 6335 section 8.1.1
 * has the four). */
static bool has_transport(const struct portroll_brief *r, uint8_t transport)
{
	bool both = transport == PORTROLL_TCP || transport == PORTROLL_UDP;
	return r->transport == transport || (r->transport == PORTROLL_ANY && both);
}

/* The array of aliases grows from the front, the texts from the end, until they meet. */
struct line_writer {
	char **aliases;
	size_t alias_count;
	char *front, *end;
	char *name;
};

static struct line_writer writer_of(struct line_room room)
{
	const size_t align = _Alignof(char *);
	size_t skip = (align - (uintptr_t)room.start % align) % align;
	struct line_writer w = {.front = room.start, .end = room.start};
	if (room.size < skip + sizeof(char *))
		return w;
	w.aliases = (char **)(void *)(room.start + skip);
	w.front = room.start + skip + sizeof(char *);
	w.end = room.start + room.size;
	return w;
}

static size_t room_left(const struct line_writer *w)
{
	return (size_t)(w->end - w->front);
}

static char *put_text(struct line_writer *w, struct portroll_str text)
{
	if (room_left(w) <= text.len)
		return NULL;
	w->end -= text.len + 1;
	memcpy(w->end, text.ptr, text.len);
	w->end[text.len] = '\0';
	return w->end;
}

static bool put_alias(struct line_writer *w, struct portroll_str text)
{
	if (room_left(w) < sizeof(char *))
		return false;
	w->front += sizeof(char *);
	char *alias = put_text(w, text);
	if (alias)
		w->aliases[w->alias_count++] = alias;
	return alias;
}

static bool is_text(const char *put, struct portroll_str name)
{
	return strncmp(put, name.ptr, name.len) == 0 && put[name.len] == '\0';
}

static bool put_name(struct line_writer *w, struct portroll_str name)
{
	if (!w->name)
		return (w->name = put_text(w, name));
	return put_alias(w, name);
}

static bool is_named(const struct portroll_brief *r, struct portroll_str name)
{
	return r->name.len == name.len && memcmp(r->name.ptr, name.ptr, name.len) == 0;
}

static unsigned rank_of(const struct portroll_brief *r)
{
	if (r->flags & PORTROLL_RECORD_ALIAS)
		return 2;
	return r->flags & PORTROLL_RECORD_DUPLICATE ? 1 : 0;
}

/* Of two records that have a name: doc/SNAPSHOT.md, the order of the list of a port. */
static bool is_listed_before(const struct portroll_brief *a, const struct portroll_brief *b)
{
	if (a->source != b->source)
		return a->source < b->source;
	unsigned rank_a = rank_of(a), rank_b = rank_of(b);
	return rank_a < rank_b || (rank_a == rank_b && a->id < b->id);
}

static bool is_in_place(const struct portroll_brief *r, struct line_place place)
{
	return r->has_port && r->port_first <= place.port && place.port <= r->port_last &&
	       has_transport(r, place.transport);
}

/* In a long line, either the other names before or the other records of this name may be many:
 * both are walked at once, and the shorter one ends it. */
static bool is_repeated(const struct line_writer *w, const struct portroll_snapshot *s,
			const struct portroll_brief *r, struct line_place place)
{
	if (is_text(w->name, r->name))
		return true;
	struct portroll_iter it = {.snapshot = s};
	for (size_t i = 0; i < w->alias_count; i++) {
		if (is_text(w->aliases[i], r->name))
			return true;
		if (i < ALIASES_FEW)
			continue;
		if (i == ALIASES_FEW)
			it = portroll_by_name(s, r->name, place.transport);
		struct portroll_brief other;
		if (!portroll_next_brief(&it, &other))
			return false;
		if (is_named(&other, r->name) && is_in_place(&other, place) &&
		    is_listed_before(&other, r))
			return true;
	}
	return false;
}

/* A name that a source gives to ports of a transport is not given to others by those below it. */
static bool is_elsewhere(const struct portroll_snapshot *s, const struct portroll_brief *here,
			 uint8_t transport)
{
	struct portroll_iter it = portroll_by_name(s, here->name, transport);
	for (struct portroll_brief r; portroll_next_brief(&it, &r);)
		if (r.has_port && has_transport(&r, transport) && is_named(&r, here->name))
			return r.source != here->source;
	return false;
}

static bool is_put(const struct line_writer *w, const struct portroll_snapshot *s,
		   const struct portroll_brief *r, struct line_place place)
{
	return has_transport(r, place.transport) && name_can_stand(r->name) &&
	       !(w->name && is_repeated(w, s, r, place)) &&
	       !(r->source && is_elsewhere(s, r, place.transport));
}

enum nss_status line_put(struct servent *ret, struct line_room room,
			 const struct portroll_snapshot *s, struct line_place place)
{
	struct line_writer w = writer_of(room);
	struct portroll_iter it = portroll_by_port(s, place.port, place.transport);
	for (struct portroll_brief r; portroll_next_brief(&it, &r);)
		if (is_put(&w, s, &r, place) && !put_name(&w, r.name))
			return NSS_STATUS_TRYAGAIN;
	if (!w.name)
		return NSS_STATUS_NOTFOUND;
	const char *transport = portroll_transport_name(place.transport);
	char *protocol = put_text(&w, (struct portroll_str){transport, strlen(transport)});
	if (!protocol)
		return NSS_STATUS_TRYAGAIN;
	w.aliases[w.alias_count] = NULL;
	*ret = (struct servent){
		.s_name = w.name,
		.s_aliases = w.aliases,
		.s_port = htons(place.port),
		.s_proto = protocol,
	};
	return NSS_STATUS_SUCCESS;
}

static uint8_t first_transport(const struct portroll_brief *r, uint8_t wanted)
{
	if (wanted)
		return has_transport(r, wanted) ? wanted : PORTROLL_ANY;
	return r->transport ? r->transport : PORTROLL_TCP;
}

static bool comes_before(struct line_place a, struct line_place b)
{
	return a.port < b.port || (a.port == b.port && a.transport < b.transport);
}

bool line_find(struct line_place *ret, const struct portroll_snapshot *s, struct portroll_str name,
	       uint8_t transport)
{
	if (!name_can_stand(name))
		return false;
	struct line_place best = {.transport = PORTROLL_ANY};
	uint32_t source = 0;
	struct portroll_iter it = portroll_by_name(s, name, transport);
	for (struct portroll_brief r; portroll_next_brief(&it, &r);) {
		struct line_place place = {r.port_first, first_transport(&r, transport)};
		if (!r.has_port || !place.transport || !is_named(&r, name))
			continue;
		if (best.transport && (r.source != source || !comes_before(place, best)))
			continue;
		best = place;
		source = r.source;
	}
	*ret = best;
	return best.transport;
}

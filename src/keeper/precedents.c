/* SPDX-License-Identifier: MIT */
#include "keeper/precedents.h"

#include "formats/write.h"
#include "registry/tell.h"

enum {
	SIMILAR_MAX = 8,
	HELD_MAX = 12, /* records of one assignee */
	NEAR_MAX = 3,  /* services below a port, and above */
	COVERING_MAX = 8,
};

#define DESCRIPTION_SHOWN 60 /* bytes; not within a character */

static struct portroll_str cut_description(struct portroll_str text)
{
	size_t end = DESCRIPTION_SHOWN;
	while (end < text.len && end > 0 && ((unsigned char)text.ptr[end] & 0xc0) == 0x80)
		end--;
	return str_part(text, 0, end);
}

static void put_record(struct out *o, const struct record *r)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(4096);
	telling_put_record(&text, r);
	buf_puts(&o->buf, "  ");
	out_text(o, buf_str(&text), false);
	buf_puts(&o->buf, "  ");
	CLEANUP(buf_done) struct buf description = BUF_INIT(1U << 20);
	richtext_put_csv(&description, r->description);
	write_squeeze(&description);
	out_colour(o, COLOUR_FAINT);
	out_text(o, cut_description(buf_str(&description)), false);
	buf_puts(&o->buf, description.len > DESCRIPTION_SHOWN ? " ..." : "");
	out_colour(o, COLOUR_NONE);
	buf_putc(&o->buf, '\n');
}

struct portroll_str precedents_name(const struct request *q)
{
	return q->proposed_name.len ? q->proposed_name : q->name;
}

static void put_similar(struct out *o, const struct request *q, const struct portroll_snapshot *s)
{
	struct portroll_str names[SIMILAR_MAX], name = precedents_name(q);
	size_t count = name.len ? snapshot_suggest(s, name, names, SIMILAR_MAX) : 0;
	const char *before = "similar names\n  ";
	for (size_t i = 0; i < count; i++) {
		if (str_equal_fold(names[i], name))
			continue;
		buf_puts(&o->buf, before);
		out_text(o, names[i], false);
		before = ", ";
	}
	if (before[0] == ',')
		buf_putc(&o->buf, '\n');
}

/* The services nearest to a port, in a direction. */
static void put_near(struct out *o, const struct rule_world *world, uint16_t port, int step)
{
	uint32_t last = UINT32_MAX;
	int put = 0;
	for (int at = port + step; at > 0 && at < (int)PORT_COUNT && put < NEAR_MAX; at += step) {
		uint32_t found[1];
		for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
			if (!port_records(world->index, (uint16_t)at, t, found, 1) ||
			    found[0] == last || world->registry->records[found[0]]->name.len == 0)
				continue;
			last = found[0];
			put_record(o, world->registry->records[last]);
			put++;
			break;
		}
	}
}

static void put_ports(struct out *o, const struct rule_world *world, const struct request *q)
{
	if (q->wanted != WANTED_NUMBER || q->port_count == 0)
		return;
	uint16_t port = q->ports[0].first;
	uint32_t last = UINT32_MAX;
	buf_puts(&o->buf, "there now\n");
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		uint32_t found[COVERING_MAX];
		size_t count = port_records(world->index, port, t, found, COVERING_MAX);
		for (size_t i = 0; i < count && i < COVERING_MAX; i++) {
			if (found[i] == last)
				continue;
			last = found[i];
			put_record(o, world->registry->records[last]);
		}
	}
	buf_puts(&o->buf, "near ports\n");
	put_near(o, world, port, -1);
	put_near(o, world, port, 1);
}

/* The people of the registry that are meant, by id or by name. */
static bool is_meant(const struct person *person, const struct party *party)
{
	if (party->id.len)
		return str_equal(person->id, party->id);
	struct portroll_str name = party->name;
	return name.len &&
	       (str_equal_fold(person->name, name) || str_equal_fold(person->org, name));
}

static bool has_person(struct xref_list list, struct portroll_str id)
{
	for (size_t i = 0; i < list.count; i++)
		if (str_equal(list.items[i].data, id))
			return true;
	return false;
}

static void put_held(struct out *o, const struct registry *reg, const struct party *party)
{
	size_t put = 0, count = 0;
	for (size_t p = 0; p < reg->person_count; p++) {
		if (!is_meant(reg->people[p], party))
			continue;
		for (size_t i = 0; i < reg->record_count; i++) {
			const struct record *r = reg->records[i];
			if (!has_person(record_assignee(r), reg->people[p]->id))
				continue;
			if (count++ == 0)
				buf_puts(&o->buf, "the same assignee has\n");
			if (put++ < HELD_MAX)
				put_record(o, r);
		}
	}
	if (count > HELD_MAX)
		buf_printf(&o->buf, "  and %zu more\n", count - HELD_MAX);
}

void precedents_put(struct out *o, const struct rule_world *world, const struct request *q,
		    const struct portroll_snapshot *s)
{
	put_similar(o, q, s);
	put_ports(o, world, q);
	put_held(o, world->registry, &q->assignee);
}

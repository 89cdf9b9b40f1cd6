/* SPDX-License-Identifier: MIT */
#include "formats/service_order.h"

#include <stdlib.h>

#define ROUNDS_MAX 64

/* Names in a row that are equal: of one transport, or of all. */
struct name_run {
	const struct service_name *names;
	size_t count;
};

struct sorting {
	struct service_order *order;
	uint32_t *edges; /* ports that must stand before another, by that one */
	uint32_t *stack;
	uint32_t *sorted; /* ports in order */
	uint32_t *places; /* of each port in `sorted` */
	size_t count;     /* that are sorted */
};

void service_order_port(struct service_order *o, uint32_t number, size_t from)
{
	if (o->port_count == o->port_capacity) {
		size_t larger = o->port_capacity ? o->port_capacity * 2 : 1024;
		struct service_port *grown =
			arena_grow(&o->arena, o->ports, o->port_count, larger, sizeof(*o->ports));
		if (!grown)
			return;
		o->ports = grown;
		o->port_capacity = larger;
	}
	o->ports[o->port_count++] = (struct service_port){.number = number, .from = from};
}

void service_order_name(struct service_order *o, const struct record *r, uint8_t transport,
			uint16_t source)
{
	if (o->name_count == o->name_capacity) {
		size_t larger = o->name_capacity ? o->name_capacity * 2 : 4096;
		struct service_name *grown =
			arena_grow(&o->arena, o->names, o->name_count, larger, sizeof(*o->names));
		if (!grown)
			return;
		o->names = grown;
		o->name_capacity = larger;
	}
	if (o->arena.failed)
		return;
	o->names[o->name_count++] = (struct service_name){
		.record = r,
		.source = source,
		.port = (uint32_t)o->port_count - 1,
		.transport = transport,
	};
}

static int compare_names(const void *a, const void *b)
{
	const struct service_name *x = a, *y = b;
	int order = str_compare(x->record->name, y->record->name);
	if (order)
		return order;
	if (x->transport != y->transport)
		return x->transport < y->transport ? -1 : 1;
	if (x->source != y->source)
		return x->source < y->source ? -1 : 1;
	return x->port < y->port ? -1 : x->port > y->port;
}

/* Takes the next names that are equal, with `transport` too. False at the end. */
static bool next_run(struct name_run *rest, bool transport, struct name_run *ret)
{
	if (rest->count == 0)
		return false;
	const struct service_name *first = rest->names;
	size_t count = 1;
	while (count < rest->count && str_equal(first[count].record->name, first->record->name) &&
	       (!transport || first[count].transport == first->transport))
		count++;
	*ret = (struct name_run){first, count};
	*rest = (struct name_run){first + count, rest->count - count};
	return true;
}

/* The lowest port of the first source that has the name, its lowest transport. */
static const struct service_name *first_name(const struct name_run *run)
{
	const struct service_name *first = run->names;
	for (size_t i = 1; i < run->count; i++) {
		const struct service_name *name = &run->names[i];
		if (name->source < first->source ||
		    (name->source == first->source && name->port < first->port))
			first = name;
	}
	return first;
}

static void add_edges(struct sorting *s, const struct name_run *run)
{
	uint32_t first = first_name(run)->port;
	for (size_t i = 0; i < run->count; i++) {
		struct service_port *port = &s->order->ports[run->names[i].port];
		if (run->names[i].port == first)
			continue;
		if (s->edges)
			s->edges[port->edges_next] = first;
		port->edges_next++;
	}
}

/* Without room for edges they are only counted. */
static void walk_edges(struct sorting *s)
{
	struct name_run rest = {s->order->names, s->order->name_count}, same, of_transport;
	while (next_run(&rest, false, &same)) {
		add_edges(s, &same);
		while (next_run(&same, true, &of_transport))
			add_edges(s, &of_transport);
	}
}

static int make_edges(struct sorting *s)
{
	struct service_order *o = s->order;
	uint32_t total = 0;
	walk_edges(s);
	for (size_t i = 0; i < o->port_count; i++) {
		struct service_port *port = &o->ports[i];
		uint32_t count = port->edges_next;
		port->edges_from = port->edges_next = total;
		total += count;
	}
	s->edges = arena_array(&o->arena, total, sizeof(*s->edges));
	if (!s->edges)
		return PORTROLL_ENOMEM;
	walk_edges(s);
	return PORTROLL_OK;
}

/* The port behind all that must stand before it. Where two must each stand before the other, one
 * of them does not. */
static void sort_port(struct sorting *s, uint32_t wanted)
{
	struct service_port *ports = s->order->ports;
	size_t depth = 0;
	if (ports[wanted].is_begun)
		return;
	s->stack[depth++] = wanted;
	ports[wanted].is_begun = true;
	while (depth) {
		struct service_port *port = &ports[s->stack[depth - 1]];
		if (port->edges_next == port->edges_from) {
			s->places[s->stack[depth - 1]] = (uint32_t)s->count;
			s->sorted[s->count++] = s->stack[--depth];
			continue;
		}
		uint32_t before = s->edges[port->edges_from++];
		if (ports[before].is_begun)
			continue;
		ports[before].is_begun = true;
		s->stack[depth++] = before;
	}
}

static int sort_ports(struct sorting *s)
{
	struct service_order *o = s->order;
	qsort(o->names, o->name_count, sizeof(*o->names), compare_names);
	s->stack = arena_array(&o->arena, o->port_count, sizeof(*s->stack));
	s->sorted = arena_array(&o->arena, o->port_count, sizeof(*s->sorted));
	s->places = arena_array(&o->arena, o->port_count, sizeof(*s->places));
	if (o->arena.failed || make_edges(s) < 0)
		return PORTROLL_ENOMEM;
	for (uint32_t i = 0; i < o->port_count; i++)
		sort_port(s, i);
	return PORTROLL_OK;
}

/* Where the names of a run stand: the first line and the last. */
struct ends {
	const struct service_name *top, *bottom;
};

/* Those that come again do so in the opposite order. */
static size_t last_place(const struct sorting *s, uint32_t port)
{
	size_t place = s->places[port];
	return s->order->ports[port].is_again ? 2 * s->count - place : place;
}

static struct ends find_ends(const struct sorting *s, const struct name_run *run)
{
	struct ends ends = {run->names, run->names};
	for (size_t i = 1; i < run->count; i++) {
		const struct service_name *name = &run->names[i];
		if (s->places[name->port] < s->places[ends.top->port])
			ends.top = name;
		if (last_place(s, name->port) > last_place(s, ends.bottom->port))
			ends.bottom = name;
	}
	return ends;
}

static void tell(const struct sorting *s, struct loss *loss, enum loss_kind kind,
		 const struct service_name *name, const char *what)
{
	struct record subject = *name->record;
	subject.transport = name->transport;
	subject.port.first = subject.port.last = (uint16_t)s->order->ports[name->port].number;
	loss_of_record(loss, kind, &subject, what);
}

static void count_transport(const struct sorting *s, const struct name_run *run, struct loss *loss)
{
	const struct service_name *wanted = first_name(run);
	struct ends ends = find_ends(s, run);
	if (ends.top->port != wanted->port)
		tell(s, loss, LOSS_PORTS, wanted, "has another port in an earlier line");
	if (ends.bottom->port != wanted->port)
		tell(s, loss, LOSS_PORTS, wanted, "has another port in a later line");
}

/* Readers that are told no transport stop at the first line, or, as Go does, keep the last line of
 * tcp, else of udp and so on. */
static void count_any(const struct sorting *s, const struct name_run *run, struct loss *loss)
{
	struct service_name wanted = *first_name(run);
	struct name_run rest = *run, lowest;
	struct ends ends = find_ends(s, run);
	(void)next_run(&rest, true, &lowest);
	if (ends.top->port == wanted.port && ends.top->transport != wanted.transport)
		tell(s, loss, LOSS_TRANSPORTS, &wanted,
		     "has another transport in an earlier line, where none is asked for");
	wanted.transport = PORTROLL_ANY;
	if (ends.top->port != wanted.port)
		tell(s, loss, LOSS_PORTS, &wanted,
		     "has another port in an earlier line, where no transport is asked for");
	if (find_ends(s, &lowest).bottom->port != wanted.port)
		tell(s, loss, LOSS_PORTS, &wanted,
		     "has another port in a later line, where no transport is asked for");
}

static void count_names(const struct sorting *s, struct loss *loss)
{
	struct name_run rest = {s->order->names, s->order->name_count}, same, of_transport;
	while (loss && next_run(&rest, false, &same)) {
		size_t before = loss->counts[LOSS_PORTS];
		count_any(s, &same, loss);
		while (next_run(&same, true, &of_transport))
			count_transport(s, &of_transport, loss);
		s->order->several += loss->counts[LOSS_PORTS] > before;
	}
}

/* True when a port was found that is to come again. */
static bool mark_again(struct sorting *s)
{
	struct name_run rest = {s->order->names, s->order->name_count}, run;
	bool found = false;
	while (next_run(&rest, true, &run)) {
		struct service_port *wanted = &s->order->ports[first_name(&run)->port];
		if (wanted->is_again || find_ends(s, &run).bottom->port == first_name(&run)->port)
			continue;
		wanted->is_again = found = true;
	}
	return found;
}

static void put_port(struct buf *out, const struct service_order *o, uint32_t at,
		     struct portroll_str text)
{
	bool is_last = at + 1 == o->port_count;
	buf_put(out, str_part(text, o->ports[at].from, is_last ? text.len : o->ports[at + 1].from));
}

/* A port that comes again can be the last of its other names, which then do too; what no end is
 * found for is counted. */
static void put_again(struct buf *out, struct sorting *s, struct portroll_str text)
{
	int rounds = 0;
	while (rounds < ROUNDS_MAX && mark_again(s))
		rounds++;
	if (rounds == 0)
		return;
	buf_puts(out, "# Again, for readers that keep the last line with a name\n");
	for (size_t i = s->count; i-- > 0;)
		if (s->order->ports[s->sorted[i]].is_again)
			put_port(out, s->order, s->sorted[i], text);
}

int service_order_put(struct buf *out, struct service_order *o, struct portroll_str text,
		      struct loss *loss)
{
	struct sorting s = {.order = o};
	if (o->arena.failed || sort_ports(&s) < 0)
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < s.count; i++)
		put_port(out, o, s.sorted[i], text);
	if (o->repeats)
		put_again(out, &s, text);
	count_names(&s, loss);
	return PORTROLL_OK;
}

void service_order_done(struct service_order *o)
{
	arena_done(&o->arena);
}

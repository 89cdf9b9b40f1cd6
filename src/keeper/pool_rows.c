/* SPDX-License-Identifier: MIT */
#include "keeper/pool_rows.h"

#include "base/str.h"
#include "registry/row.h"

struct rows {
	struct registry *registry;
	const struct policy *policy;
	struct arena *arena;
	const uint8_t *is_taken; /* by port: other records cover it */
	uint32_t port;           /* where the next run is looked for */
};

static bool is_bare(const struct record *r)
{
	return r->has_port && r->transport == PORTROLL_ANY && !r->name.len &&
	       row_kind_of(r, NULL) == ROW_UNASSIGNED;
}

/* The lowest one from that port on: pools stand as they were written, in any order. */
static bool find_run(struct range *ret, const struct rows *w, uint32_t from)
{
	const struct policy *p = w->policy;
	uint32_t best = PORT_COUNT;
	for (size_t i = 0; i < p->pool_count; i++) {
		for (size_t k = 0; k < p->pools[i].port_count; k++) {
			struct range range = p->pools[i].ports[k];
			uint32_t first = range.first > from ? range.first : from;
			while (first <= range.last && w->is_taken[first])
				first++;
			uint32_t last = first;
			if (first > range.last || first >= best)
				continue;
			while (last < range.last && !w->is_taken[last + 1])
				last++;
			*ret = (struct range){(uint16_t)first, (uint16_t)last};
			best = first;
		}
	}
	return best < PORT_COUNT;
}

/* Adds the runs that begin below that port. */
static int add_runs(struct rows *w, uint32_t below)
{
	struct range run;
	while (find_run(&run, w, w->port) && run.first < below) {
		const struct record row = {
			.port = run,
			.has_port = true,
			.description = richtext_plain(w->arena, STR("Unassigned")),
		};
		if (registry_add(w->registry, &row) < 0)
			return PORTROLL_ENOMEM;
		w->port = (uint32_t)run.last + 1;
	}
	return PORTROLL_OK;
}

static int add_records(struct rows *w, const struct registry *old)
{
	for (size_t i = 0; old && i < old->record_count; i++) {
		const struct record *r = old->records[i];
		if (is_bare(r))
			continue;
		int code = add_runs(w, r->has_port ? r->port.first : PORT_COUNT);
		if (code == PORTROLL_OK)
			code = registry_add(w->registry, r);
		if (code < 0)
			return code;
		registry_set_change(w->registry, w->registry->record_count - 1, r->change);
	}
	return add_runs(w, PORT_COUNT);
}

static int add_rest(struct registry *reg, const struct registry *old)
{
	for (size_t i = 0; i < old->person_count; i++)
		if (registry_add_person(reg, old->people[i]) < 0)
			return PORTROLL_ENOMEM;
	reg->footnotes = old->footnotes;
	reg->footnote_count = old->footnote_count;
	return PORTROLL_OK;
}

static const uint8_t *find_taken(const struct registry *old, struct arena *a)
{
	uint8_t *taken = arena_alloc(a, PORT_COUNT);
	for (size_t i = 0; taken && old && i < old->record_count; i++) {
		const struct record *r = old->records[i];
		if (!r->has_port || is_bare(r))
			continue;
		for (uint32_t port = r->port.first; port <= r->port.last; port++)
			taken[port] = 1;
	}
	return taken;
}

/* RFC 6335 section 9: rule X12. */
static const struct run disclaimer = {
	.kind = RUN_TEXT,
	.text = STR_INIT("An assigned port is no proof of what the traffic on it is."),
};
static const struct note notes[] = {{.text = {&disclaimer, 1}}};

static struct header new_header(const struct policy *p, struct date today)
{
	return (struct header){
		.id = p->source, .created = today, .notes = notes, .note_count = ARRAY_LEN(notes)};
}

struct registry *pool_rows(const struct registry *old, const struct policy *p, struct date today,
			   struct arena *a)
{
	struct rows rows = {registry_new(a), p, a, find_taken(old, a), 0};
	struct registry *reg = rows.registry;
	if (!reg || !rows.is_taken)
		return NULL;
	reg->header = old ? old->header : new_header(p, today);
	if (str_equal(reg->header.id, p->source))
		reg->header.title = p->title;
	reg->header.updated = today;
	if (add_records(&rows, old) < 0 || (old && add_rest(reg, old) < 0))
		return NULL;
	return reg;
}

static bool is_outside(const struct record *r, const struct policy *p)
{
	for (uint32_t port = r->port.first; port <= r->port.last; port++)
		if (!policy_pool_of(p, (uint16_t)port, r->transport))
			return true;
	return false;
}

static void put_record(struct buf *out, const struct record *r)
{
	char text[RANGE_TEXT_MAX];
	size_t len = range_format(text, r->port);
	buf_put(out, r->name);
	buf_puts(out, r->name.len ? " " : "");
	buf_put(out, (struct portroll_str){text, len});
	buf_puts(out, r->transport == PORTROLL_ANY ? "" : "/");
	buf_put(out, transport_name(r->transport));
	buf_putc(out, '\n');
}

size_t pool_put_outside(struct buf *out, const struct registry *reg, const struct policy *p,
			size_t max)
{
	size_t count = 0;
	for (size_t i = 0; p->pool_count && i < reg->record_count; i++) {
		const struct record *r = reg->records[i];
		if (!r->has_port || row_kind_of(r, NULL) != ROW_ASSIGNED || !is_outside(r, p))
			continue;
		if (count++ < max)
			put_record(out, r);
	}
	return count;
}

/* SPDX-License-Identifier: MIT */
#include "keeper/log_life.h"

#include "keeper/log_moment.h"

struct life {
	struct keeper *k;
	const struct log_filter *filter;
	struct tell_thing thing;
	struct portroll_str *names; /* of the thing, in all its time */
	size_t name_count, name_capacity;
	bool is_new;      /* a name was found in this reading of the ledger */
	size_t count;     /* changes that were put */
	bool is_filtered; /* others were passed over */
	struct json json;
};

int log_thing_parse(struct tell_thing *ret, struct portroll_str *ret_name, struct portroll_str word,
		    struct portroll_error *err)
{
	struct tell_thing thing = {0};
	struct portroll_str what = word;
	for (size_t i = word.len; i-- > 0 && what.len == word.len;) {
		uint8_t transport;
		if (word.ptr[i] != '/')
			continue;
		if (transport_parse(&transport, str_part(word, i + 1, word.len)) < 0)
			break;
		thing.transport = transport;
		what = str_part(word, 0, i);
	}
	int r = range_parse(&thing.port, what);
	thing.has_port = r == PORTROLL_OK;
	if (r < 0 && r != PORTROLL_ESYNTAX)
		return error_set(err, PORTROLL_EINVAL, "'%.*s': %s",
				 PORTROLL_STR_ARG(str_part(word, 0, 80)), range_error_text(r));
	*ret = thing;
	*ret_name = what;
	return PORTROLL_OK;
}

static int add_name(struct life *life, struct portroll_str name)
{
	for (size_t i = 0; i < life->name_count; i++)
		if (str_equal(life->names[i], name))
			return PORTROLL_OK;
	if (life->name_count == life->name_capacity) {
		size_t capacity = life->name_capacity ? life->name_capacity * 2 : 8;
		struct portroll_str *grown = arena_grow(&life->k->arena, life->names,
							life->name_count, capacity, sizeof(*grown));
		if (!grown)
			return error_memory(&life->k->err);
		life->names = grown;
		life->name_capacity = capacity;
	}
	life->names[life->name_count++] = arena_str(&life->k->arena, name);
	life->thing.names = life->names;
	life->thing.name_count = life->name_count;
	life->is_new = true;
	return life->k->arena.failed ? error_memory(&life->k->err) : PORTROLL_OK;
}

/* The names before and after, where the part gives the thing another one. */
static bool is_renamed(const struct life *life, const struct telling *t,
		       const struct telling_part *part, struct portroll_str names[static 2])
{
	const struct tell_thing *thing = &life->thing;
	if (part->role != ROLE_SUBJECT)
		return false;
	if (t->kind == TELL_RENAME) {
		names[0] = part->old->name;
		names[1] = part->new->name;
		return tell_thing_is_record(thing, part->old) ||
		       tell_thing_is_record(thing, part->new);
	}
	if (t->kind == TELL_PERSON_ID) {
		names[0] = part->old_person->id;
		names[1] = part->new_person->id;
		return tell_thing_is_person(thing, part->old_person) ||
		       tell_thing_is_person(thing, part->new_person);
	}
	return false;
}

/* A service and a person keep their lives under another name. */
static int follow(struct life *life, const struct telling *t)
{
	struct portroll_str names[2];
	int r = PORTROLL_OK;
	for (size_t i = 0; i < t->part_count && r == PORTROLL_OK; i++)
		for (int side = 0; side < 2 && r == PORTROLL_OK; side++)
			if (is_renamed(life, t, &t->parts[i], names))
				r = add_name(life, names[side]);
	return r;
}

static int find_names(void *context, const struct fold_event *e)
{
	struct life *life = context;
	struct arena scratch = ARENA_INIT;
	struct telling_list told;
	int r = log_tell(&told, e, &scratch);
	if (r < 0)
		(void)error_memory(&life->k->err);
	for (size_t i = 0; r == PORTROLL_OK && i < told.count; i++)
		r = follow(life, &told.items[i]);
	arena_done(&scratch);
	return r;
}

static int gather_told(struct log_moment *m, struct life *life, struct arena *scratch)
{
	struct telling *items = arena_array(scratch, m->told.count, sizeof(*items));
	size_t count = 0;
	if (!items)
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < m->told.count; i++) {
		bool is_about;
		if (tell_narrow(&items[count], &is_about, &m->told.items[i], &life->thing,
				scratch) < 0)
			return PORTROLL_ENOMEM;
		count += is_about;
	}
	m->told.items = items;
	m->told.count = count;
	return PORTROLL_OK;
}

/* What is there of the thing when a source comes or goes. */
static int gather_whole(struct log_moment *m, struct life *life, const struct registry *reg,
			struct arena *scratch)
{
	const struct tell_thing *thing = &life->thing;
	m->records = arena_array(scratch, reg->record_count, sizeof(*m->records));
	m->people = arena_array(scratch, reg->person_count, sizeof(*m->people));
	if (!m->records || !m->people)
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < reg->person_count; i++)
		if (tell_thing_is_person(thing, reg->people[i]))
			m->people[m->person_count++] = reg->people[i];
	for (size_t i = 0; i < reg->record_count; i++)
		if (tell_thing_is_record(thing, reg->records[i]) ||
		    tell_thing_is_named(thing, reg->records[i]))
			m->records[m->record_count++] = reg->records[i];
	return PORTROLL_OK;
}

static int gather(struct log_moment *m, struct life *life, struct arena *scratch)
{
	const struct fold_event *e = m->event;
	int r = log_tell(&m->told, e, scratch);
	if (r == PORTROLL_OK)
		r = gather_told(m, life, scratch);
	if (r == PORTROLL_OK && (e->before != NULL) != (e->after != NULL))
		r = gather_whole(m, life, (e->after ? e->after : e->before)->registry, scratch);
	return r < 0 ? error_memory(&life->k->err) : r;
}

static int watch(void *context, const struct fold_event *e)
{
	struct life *life = context;
	struct keeper *k = life->k;
	struct arena scratch = ARENA_INIT;
	struct log_moment m = {.event = e};
	if (!log_filter_passes(life->filter, e->about)) {
		life->is_filtered = true;
		return PORTROLL_OK;
	}
	int r = gather(&m, life, &scratch);
	if (r == PORTROLL_OK && (m.told.count || m.record_count || m.person_count)) {
		life->count++;
		if (keeper_has(k, OPTION_JSON))
			log_moment_put_json(&life->json, &m);
		else
			log_moment_put(&k->out, &m, keeper_has(k, OPTION_PATCH));
	}
	arena_done(&scratch);
	return r;
}

/* Until no other name is found: names that were left long ago lead to others. */
static int find_all_names(struct life *life, struct log_history *h, struct portroll_str name)
{
	int r = add_name(life, name);
	while (r == PORTROLL_OK && life->is_new) {
		life->is_new = false;
		r = log_history_each(h, life->k, h->size, find_names, life);
	}
	return r;
}

static void begin_json(struct life *life)
{
	life->json = json_init(&life->k->out.buf, true);
	json_object(&life->json);
	json_member(&life->json, "schema", STR("portroll-log/1"));
	json_key(&life->json, "names");
	json_array(&life->json);
	for (size_t i = 0; i < life->name_count; i++)
		json_str(&life->json, life->names[i]);
	json_array_end(&life->json);
	json_key(&life->json, "changes");
	json_array(&life->json);
}

static void end_json(struct life *life)
{
	json_array_end(&life->json);
	json_object_end(&life->json);
	buf_putc(&life->k->out.buf, '\n');
}

int log_life(struct keeper *k, struct log_history *h, struct portroll_str word,
	     const struct log_filter *filter)
{
	struct life life = {.k = k, .filter = filter};
	struct portroll_str name;
	int r = log_thing_parse(&life.thing, &name, word, &k->err);
	if (r == PORTROLL_OK && !life.thing.has_port)
		r = find_all_names(&life, h, name);
	if (r < 0)
		return r;
	bool json = keeper_has(k, OPTION_JSON);
	if (json)
		begin_json(&life);
	r = log_history_each(h, k, h->size, watch, &life);
	if (r < 0)
		return r;
	if (json)
		end_json(&life);
	if (life.count == 0 && !k->out.quiet)
		out_message(&k->out, "the ledger tells nothing of %.*s%s", PORTROLL_STR_ARG(word),
			    life.is_filtered ? " in the changes that were asked for" : "");
	return life.count ? EXIT_YES : EXIT_NO;
}

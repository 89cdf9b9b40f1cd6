/* SPDX-License-Identifier: MIT */
#include "keeper/check_all.h"

#include "formats/json_record.h"

#include "base/json.h"
#include "keeper/place.h"
#include "procedure/rule_subject.h"
#include "registry/roll.h"

#define SHOWN 3 /* of each rule */

/* What was found in one source; the findings come rule by rule. */
struct checked {
	const struct source *source;
	struct finding_list found;
};

static int check_source(struct checked *ret, struct keeper *k, const struct source *source)
{
	struct port_index index;
	*ret = (struct checked){.source = source};
	int r = port_index_build(&index, source->registry, &k->arena);
	if (r == PORTROLL_OK)
		r = rules_check_records(&ret->found, source->registry, &index, date_of_time(k->now),
					&k->arena);
	if (r == PORTROLL_ELIMIT)
		return error_set(&k->err, r,
				 "source %.*s: its records cover too many ports, again and again",
				 PORTROLL_STR_ARG(source->name));
	return r < 0 ? error_memory(&k->err) : r;
}

/* The findings of the rule that begins at `from` end before this. */
static size_t end_of_rule(const struct finding_list *found, size_t from)
{
	size_t end = from;
	while (end < found->count && found->items[end].rule == found->items[from].rule)
		end++;
	return end;
}

static size_t count_rules(const struct finding_list *found)
{
	size_t count = 0;
	for (size_t i = 0; i < found->count; i = end_of_rule(found, i))
		count++;
	return count;
}

/* ---- for people ---- */

static void put_number(struct buf *out, size_t number, const char *what)
{
	buf_put_grouped(out, number);
	buf_printf(out, " %s%s", what, number == 1 ? "" : "s");
}

static void put_heading(struct out *out, const struct checked *c)
{
	char date[DATE_TEXT_MAX];
	const struct registry *reg = c->source->registry;
	out_colour(out, COLOUR_HEADING);
	out_text(out, c->source->name, false);
	out_colour(out, COLOUR_NONE);
	if (date_format(date, reg->header.updated))
		buf_printf(&out->buf, ", updated %s", date);
	buf_puts(&out->buf, ": ");
	put_number(&out->buf, reg->record_count, "record");
	buf_puts(&out->buf, ", ");
	put_number(&out->buf, c->found.count, "finding");
	if (c->found.count) {
		buf_puts(&out->buf, " of ");
		put_number(&out->buf, count_rules(&c->found), "rule");
	}
	buf_putc(&out->buf, '\n');
}

/* http 80/tcp; Reserved 9986/udp where there is no name. */
static void put_record(struct out *out, const struct record *r)
{
	struct portroll_str cell;
	char ports[RANGE_TEXT_MAX];
	if (r->name.len)
		out_text(out, shown(r->name), false);
	else if (richtext_is_plain(r->description, &cell) && cell.len)
		out_text(out, shown(str_trim(cell)), false);
	else
		buf_puts(&out->buf, "no name");
	if (r->has_port) {
		(void)range_format(ports, r->port);
		buf_printf(&out->buf, " %s", ports);
	}
	if (r->transport != PORTROLL_ANY)
		buf_printf(&out->buf, "%s%s", r->has_port ? "/" : " ",
			   transports[r->transport].name);
}

static void put_finding(struct out *out, const struct checked *c, const struct finding *f)
{
	buf_puts(&out->buf, "    ");
	if (f->record == NO_RECORD)
		buf_puts(&out->buf, "the registry");
	else
		put_record(out, c->source->registry->records[f->record]);
	buf_puts(&out->buf, ": ");
	out_text(out, f->detail, false);
	buf_putc(&out->buf, '\n');
}

static void put_rule(struct out *out, const struct checked *c, size_t from, size_t to)
{
	const struct rule *rule = c->found.items[from].rule;
	size_t shown = out->verbose || to - from <= SHOWN ? to : from + SHOWN;
	buf_printf(&out->buf, "\n%s %s (%s): ", rule->id, rule_level_name(rule->level),
		   rule->origin);
	put_number(&out->buf, to - from, "finding");
	buf_printf(&out->buf, "\n  %s\n", rule->sentence);
	for (size_t i = from; i < shown; i++)
		put_finding(out, c, &c->found.items[i]);
	if (shown == to)
		return;
	buf_puts(&out->buf, "    and ");
	buf_put_grouped(&out->buf, to - shown);
	buf_puts(&out->buf, " more; --verbose shows them\n");
}

static void put_text(struct out *out, const struct checked *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct checked *c = &items[i];
		buf_puts(&out->buf, i ? "\n" : "");
		put_heading(out, c);
		for (size_t from = 0, to; from < c->found.count; from = to) {
			to = end_of_rule(&c->found, from);
			put_rule(out, c, from, to);
		}
	}
}

/* ---- as JSON ---- */

static void json_finding(struct json *j, const struct checked *c, const struct finding *f)
{
	json_object(j);
	if (f->record != NO_RECORD)
		json_put_record_key(j, c->source->registry->records[f->record]);
	json_member(j, "detail", f->detail);
	json_object_end(j);
}

static void json_rule(struct json *j, const struct checked *c, size_t from, size_t to)
{
	const struct rule *rule = c->found.items[from].rule;
	json_object(j);
	json_member(j, "rule", str_from(rule->id));
	json_member(j, "level", str_from(rule_level_name(rule->level)));
	json_member(j, "origin", str_from(rule->origin));
	json_member(j, "sentence", str_from(rule->sentence));
	json_key(j, "count");
	json_num(j, to - from);
	json_key(j, "findings");
	json_array(j);
	for (size_t i = from; i < to; i++)
		json_finding(j, c, &c->found.items[i]);
	json_array_end(j);
	json_object_end(j);
}

static void json_source(struct json *j, const struct checked *c)
{
	char date[DATE_TEXT_MAX];
	size_t len = date_format(date, c->source->registry->header.updated);
	json_object(j);
	json_member(j, "source", c->source->name);
	json_member(j, "updated", (struct portroll_str){date, len});
	json_key(j, "records");
	json_num(j, c->source->registry->record_count);
	json_key(j, "count");
	json_num(j, c->found.count);
	json_key(j, "rules");
	json_array(j);
	for (size_t from = 0, to; from < c->found.count; from = to) {
		to = end_of_rule(&c->found, from);
		json_rule(j, c, from, to);
	}
	json_array_end(j);
	json_object_end(j);
}

static void put_json(struct buf *out, const struct checked *items, size_t count)
{
	struct json j = json_init(out, true);
	json_object(&j);
	json_member(&j, "schema", STR("portroll-check-all/1"));
	json_key(&j, "sources");
	json_array(&j);
	for (size_t i = 0; i < count; i++)
		json_source(&j, &items[i]);
	json_array_end(&j);
	json_object_end(&j);
	buf_putc(out, '\n');
}

/* ---- all ---- */

/* Which sources: the one that is named, else all that are complete. */
static int choose(bool *ret_chosen, struct keeper *k, const struct roll *roll)
{
	struct portroll_str name = keeper_option(k, OPTION_SOURCE);
	size_t named, count = 0;
	if (name.ptr) {
		int r = place_existing(&named, roll, name, &k->err);
		if (r == PORTROLL_OK)
			ret_chosen[named] = true;
		return r;
	}
	for (size_t i = 0; i < roll->source_count; i++) {
		ret_chosen[i] = roll->sources[i].coverage == COVERAGE_COMPLETE;
		count += ret_chosen[i];
	}
	return count ? PORTROLL_OK
		     : error_set(&k->err, PORTROLL_EINVAL,
				 "no source of the roll is a complete registry; import one, or "
				 "name one with --source");
}

static int check_roll(struct keeper *k, const struct roll *roll)
{
	struct checked *items = arena_array(&k->arena, roll->source_count + 1, sizeof(*items));
	bool *chosen = arena_array(&k->arena, roll->source_count + 1, sizeof(*chosen));
	size_t count = 0, found = 0;
	if (!items || !chosen)
		return error_memory(&k->err);
	int r = choose(chosen, k, roll);
	for (size_t i = 0; r == PORTROLL_OK && i < roll->source_count; i++) {
		if (!chosen[i])
			continue;
		r = check_source(&items[count], k, &roll->sources[i]);
		found += items[count++].found.count;
	}
	if (r < 0)
		return r;
	if (keeper_has(k, OPTION_JSON))
		put_json(&k->out.buf, items, count);
	else
		put_text(&k->out, items, count);
	return found ? EXIT_NO : EXIT_YES;
}

int check_all(struct keeper *k)
{
	struct portroll_snapshot *snapshot = NULL;
	struct roll *roll;
	int r = keeper_open_snapshot(&snapshot, k);
	if (r == PORTROLL_OK)
		r = snapshot_read_roll(&roll, snapshot, &k->arena, &k->err);
	if (r == PORTROLL_OK)
		r = check_roll(k, roll);
	portroll_close(snapshot);
	return r < 0 ? keeper_failed(k) : r;
}

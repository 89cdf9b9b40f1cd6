/* SPDX-License-Identifier: MIT */

/* The loss report against the truth: what was written is read again and compared. */

#include "generated.h"
#include "registry/fields.h"
#include "write_case.h"

/* The registries that the tests try: NULL is the generated one. */
static const struct {
	const char *shared, *path, *form;
} inputs[] = {
	{NULL, NULL, NULL},
	{NULL, DEBIAN_CSV, "csv"},
	{NULL, SHIPPED_PAGE, "page"},
	{"iana-2025-10-22.xml", NULL, "xml"},
	{"iana-2026-08-17.xml", NULL, "xml"},
};

static bool open_input(struct write_case *c, size_t i)
{
	*c = (struct write_case){0};
	if (inputs[i].shared)
		return case_shared(c, inputs[i].shared, inputs[i].form);
	if (!inputs[i].path)
		c->reg = generated_registry(&c->arena, GENERATED_COUNT);
	else if (file_exists(inputs[i].path))
		case_file(c, inputs[i].path, inputs[i].form);
	return c->reg;
}

/* Writes the registry and reads it again. */
static void write_and_read(struct write_case *ret, const struct registry *reg, const char *form,
			   const struct write_options *o, struct loss *loss)
{
	*loss = (struct loss){0};
	*ret = (struct write_case){0};
	struct buf out = case_write(reg, format_find(str_from(form))->write, o, loss);
	struct portroll_str kept = arena_str(&ret->arena, buf_str(&out));
	case_read(ret, kept, form);
	buf_done(&out);
}

static const struct person *find_person(const struct registry *reg, struct portroll_str id)
{
	for (size_t i = 0; i < reg->person_count; i++)
		if (str_equal(reg->people[i]->id, id))
			return reg->people[i];
	return NULL;
}

static size_t count_lost_people(const struct registry *a, const struct registry *b)
{
	size_t count = 0;
	for (size_t i = 0; i < a->person_count; i++) {
		const struct person *again = find_person(b, a->people[i]->id);
		count += !again || !person_equal(a->people[i], again);
	}
	return count;
}

static size_t count_altered_texts(const struct record *a, const struct record *b)
{
	return (size_t)!richtext_equal(a->description, b->description) +
	       !richtext_equal(a->note, b->note) + !str_equal(a->unauthorized, b->unauthorized) +
	       !xref_list_equal(a->references, b->references);
}

static void csv_tells_what_it_cannot_hold(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(inputs); i++) {
		struct write_case c, again;
		struct loss loss;
		size_t texts = 0, columns = 0;
		if (!open_input(&c, i))
			continue;
		write_and_read(&again, c.reg, "csv", NULL, &loss);
		assert_int_equal(c.reg->record_count, again.reg->record_count);
		for (size_t r = 0; r < c.reg->record_count; r++) {
			const struct record *a = c.reg->records[r], *b = again.reg->records[r];
			texts += count_altered_texts(a, b);
			columns += a->has_assignee != b->has_assignee;
			columns += a->extras.count - b->extras.count;
			assert_true(xref_list_equal(record_assignee(a), record_assignee(b)));
			assert_true(xref_list_equal(a->contacts, b->contacts));
		}
		assert_int_equal(loss.counts[LOSS_TEXTS], texts);
		assert_int_equal(loss.counts[LOSS_COLUMNS], columns);
		assert_int_equal(loss.counts[LOSS_PEOPLE], count_lost_people(c.reg, again.reg));
		assert_int_equal(loss.counts[LOSS_RECORDS] + loss.counts[LOSS_NAMES] +
					 loss.counts[LOSS_RANGES] + loss.counts[LOSS_TRANSPORTS],
				 0);
		case_done(&again);
		case_done(&c);
	}
}

/* What the comparison of a line form counts. */
struct comparison {
	const struct registry *again;
	size_t first_at[PORT_COUNT + 1]; /* records of a port: from first_at[port] on */
	bool *claimed;                   /* by a record before */
	size_t lost, ranges, transports, columns, texts;
};

static void index_ports(struct comparison *c)
{
	size_t next = 0;
	for (uint32_t port = 0; port < PORT_COUNT; port++) {
		c->first_at[port] = next;
		while (next < c->again->record_count && c->again->records[next]->port.first == port)
			next++;
	}
	c->first_at[PORT_COUNT] = next;
	assert_int_equal(next, c->again->record_count);
}

/* Looks for the record under one transport; SIZE_MAX: it is not there. */
static size_t find_again(const struct comparison *c, const struct record *r, uint8_t transport)
{
	for (size_t i = c->first_at[r->port.first]; i < c->first_at[r->port.first + 1]; i++)
		if (c->again->records[i]->transport == transport &&
		    str_equal(c->again->records[i]->name, r->name))
			return i;
	return SIZE_MAX;
}

static size_t count_cells(const struct record *r)
{
	CLEANUP(buf_done) struct buf cell = BUF_INIT((size_t)1 << 20);
	size_t count = 0;
	for (enum field_id f = FIELD_ASSIGNEE; f < FIELD_COUNT; f++) {
		buf_clear(&cell);
		field_put(&cell, f, r);
		count += cell.len != 0;
	}
	return count;
}

static void compare_record(struct comparison *c, const struct record *r, const char *kept_extra)
{
	bool any = r->transport == PORTROLL_ANY, is_new = false, is_altered = false,
	     is_lost = false;
	for (uint8_t t = PORTROLL_TCP; r->has_port && t <= TRANSPORT_COUNT; t++) {
		if (any ? t > PORTROLL_UDP : t != r->transport)
			continue;
		size_t at = find_again(c, r, t);
		is_lost = is_lost || at == SIZE_MAX;
		if (at == SIZE_MAX || c->claimed[at])
			continue;
		c->claimed[at] = is_new = true;
		if (!richtext_equal(r->description, c->again->records[at]->description))
			is_altered = true;
	}
	if (is_lost || !is_new) {
		c->lost++;
		return;
	}
	c->ranges += r->port.first != r->port.last;
	c->transports += any;
	c->texts += is_altered;
	c->columns += count_cells(r);
	for (size_t i = 0; i < r->extras.count; i++)
		c->columns += !str_equal(r->extras.items[i].name, str_from(kept_extra));
}

/* Names that stand under one transport at several ports, and those of which a reader that keeps the
 * last line of tcp, else of udp, finds another port than the lowest. */
static size_t count_several(const struct comparison *c, const char *form)
{
	size_t count = 0;
	for (size_t i = 0; i < c->again->record_count; i++) {
		const struct record *r = c->again->records[i], *last = r, *lowest = r;
		bool is_first = true, is_first_name = true, is_only = true;
		for (size_t at = 0; at < c->again->record_count; at++) {
			const struct record *other = c->again->records[at];
			if (!str_equal(other->name, r->name))
				continue;
			is_first_name = is_first_name && at >= i;
			if (other->transport < last->transport ||
			    (other->transport == last->transport && at > i))
				last = other;
			if (other->port.first < lowest->port.first)
				lowest = other;
			if (other->transport != r->transport)
				continue;
			is_first = is_first && at >= i;
			is_only = is_only && other->port.first == r->port.first;
		}
		count += is_first && !is_only;
		count += is_first_name && last->port.first != lowest->port.first;
	}
	return str_equal(str_from(form), STR("services")) ? count : 0;
}

static void check_lines(const char *form, const char *kept_extra, const struct write_options *o)
{
	for (size_t i = 0; i < ARRAY_LEN(inputs); i++) {
		struct write_case c, again;
		struct loss loss;
		static struct comparison counted;
		if (!open_input(&c, i))
			continue;
		write_and_read(&again, c.reg, form, o, &loss);
		counted = (struct comparison){.again = again.reg};
		counted.claimed = arena_array(&again.arena, again.reg->record_count + 1, 1);
		assert_non_null(counted.claimed);
		index_ports(&counted);
		for (size_t r = 0; r < c.reg->record_count; r++)
			compare_record(&counted, c.reg->records[r], kept_extra);
		assert_int_equal(loss.counts[LOSS_RECORDS] + loss.counts[LOSS_NAMES], counted.lost);
		assert_int_equal(loss.counts[LOSS_RANGES], counted.ranges);
		assert_int_equal(loss.counts[LOSS_PORTS], count_several(&counted, form));
		assert_int_equal(loss.counts[LOSS_TRANSPORTS], counted.transports);
		assert_int_equal(loss.counts[LOSS_TEXTS], counted.texts);
		assert_int_equal(loss.counts[LOSS_COLUMNS], counted.columns);
		assert_int_equal(loss.counts[LOSS_PEOPLE], c.reg->person_count);
		for (size_t r = 0; r < again.reg->record_count; r++)
			assert_true(counted.claimed[r]);
		case_done(&again);
		case_done(&c);
	}
}

static void services_tells_what_it_cannot_hold(void **state)
{
	(void)state;
	check_lines("services", NULL, NULL);
}

static void nmap_tells_what_it_cannot_hold(void **state)
{
	(void)state;
	check_lines("nmap", "frequency", NULL);
}

static void expanded_ranges_are_not_reported(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry *reg = registry_new(&a);
	struct loss loss;
	struct write_case again;
	const struct write_options o = {.expand_ranges = true};
	const struct record r = {.name = STR("satvid-datalnk"),
				 .has_port = true,
				 .port = {3367, 3371},
				 .transport = PORTROLL_TCP};
	assert_non_null(reg);
	assert_int_equal(registry_add(reg, &r), 0);
	write_and_read(&again, reg, "services", &o, &loss);
	assert_int_equal(again.reg->record_count, 5);
	assert_int_equal(again.reg->records[4]->port.last, 3371);
	assert_int_equal(loss.counts[LOSS_RANGES], 0);
	assert_int_equal(loss.counts[LOSS_PORTS], 2);
	loss.counts[LOSS_PORTS] = 0;
	assert_false(loss_any(&loss));
	case_done(&again);
	arena_done(&a);
}

static void a_loss_is_one_line_its_items_and_json(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct loss loss = {.arena = &a};
	struct buf out = BUF_INIT(4096);
	const struct record r = {.name = STR("mysql"),
				 .has_port = true,
				 .port = {3306, 3306},
				 .transport = PORTROLL_TCP};
	const struct record portless = {.name = STR("ssh")};
	loss_of_record(&loss, LOSS_NAMES, &r, "has no room in its line");
	for (size_t i = 0; i < 1055; i++)
		loss_of_record(&loss, LOSS_RECORDS, &portless, "has no port");
	loss.item_count = 2;
	loss_put_line(&out, &loss, "services");
	assert_text(buf_str(&out), "services cannot hold: 1,055 records, 1 name");
	buf_clear(&out);
	loss_put_items(&out, &loss);
	assert_text(buf_str(&out),
		    "names: mysql 3306/tcp has no room in its line\nrecords: ssh has no port\n");
	buf_clear(&out);
	struct json j = json_init(&out, false);
	loss_put_json(&j, &loss, "services");
	assert_text(buf_str(&out),
		    "{\"format\":\"services\",\"counts\":{\"records\":1055,\"names\":1,\"ports\":0,"
		    "\"ranges\":0,"
		    "\"transports\":0,\"columns\":0,\"texts\":0,\"people\":0,\"header\":0},"
		    "\"items\":[{\"kind\":\"names\",\"subject\":\"mysql 3306/tcp\","
		    "\"what\":\"has no room in its line\"},"
		    "{\"kind\":\"records\",\"subject\":\"ssh\",\"what\":\"has no port\"}]}");
	buf_done(&out);
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csv_tells_what_it_cannot_hold),
		cmocka_unit_test(services_tells_what_it_cannot_hold),
		cmocka_unit_test(nmap_tells_what_it_cannot_hold),
		cmocka_unit_test(expanded_ranges_are_not_reported),
		cmocka_unit_test(a_loss_is_one_line_its_items_and_json),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

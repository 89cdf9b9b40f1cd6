/* SPDX-License-Identifier: MIT */
#include "ledger/line.h"

#include "generated.h"
#include "ledger_case.h"
#include "line_case.h"
#include "random.h"

static void a_generated_registry_comes_back(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	const struct registry *reg = generated_registry(&a, GENERATED_COUNT);
	for (size_t i = 0; i < reg->record_count; i++)
		check_line(&records, reg->records[i]);
	for (size_t i = 0; i < reg->person_count; i++)
		check_line(&people, reg->people[i]);
	for (size_t i = 0; i < reg->footnote_count; i++)
		check_line(&footnotes, &reg->footnotes[i]);
	check_line(&headers, &reg->header);
	arena_done(&a);
}

/* Things with everything that the model lets them have, likely or not. */
struct odd {
	struct random random;
	struct arena arena;
};

static struct portroll_str odd_text(struct odd *o)
{
	static const char *const pieces[] = {"",         "a",   "B",           "\"",
					     "\\",       "\n",  "\t",          " ",
					     "\xc3\xa4", "/",   "&",           "\xf0\x9f\x98\x82",
					     "null",     "[{,", "\xe2\x80\xa8"};
	CLEANUP(buf_done) struct buf text = BUF_INIT(1000);
	for (size_t i = random_below(&o->random, 5); i-- > 0;)
		buf_puts(&text, pieces[random_below(&o->random, ARRAY_LEN(pieces))]);
	if (random_below(&o->random, 9) == 0)
		buf_fill(&text, 'x', random_below(&o->random, 70));
	return arena_str(&o->arena, buf_str(&text));
}

static struct date odd_date(struct odd *o)
{
	static const struct date dates[] = {{0}, {1988, 0, 0}, {2014, 7, 0}, {2024, 2, 29}};
	return dates[random_below(&o->random, ARRAY_LEN(dates))];
}

static struct extra_list odd_extras(struct odd *o)
{
	struct extra_list list = {.count = random_below(&o->random, 4) / 2};
	struct extra *items = arena_array(&o->arena, list.count, sizeof(*items));
	for (size_t i = 0; i < list.count; i++)
		items[i] = (struct extra){odd_text(o), odd_text(o), random_below(&o->random, 2)};
	list.items = items;
	return list;
}

static struct xref odd_xref(struct odd *o, uint8_t type)
{
	struct xref x = {.type = type, .data = odd_text(o)};
	if (random_below(&o->random, 2))
		return x;
	x.text = odd_text(o);
	x.fragment_kind = (uint8_t)random_below(&o->random, FRAGMENT_COUNT);
	if (x.fragment_kind != FRAGMENT_NONE)
		x.fragment = odd_text(o);
	x.last_updated = odd_text(o);
	x.extras = odd_extras(o);
	return x;
}

static struct xref_list odd_xrefs(struct odd *o, bool are_persons)
{
	struct xref_list list = {.count = random_below(&o->random, 3)};
	struct xref *items = arena_array(&o->arena, list.count, sizeof(*items));
	for (size_t i = 0; i < list.count; i++) {
		uint8_t any = (uint8_t)random_below(&o->random, XREF_TYPE_COUNT);
		items[i] = odd_xref(o, are_persons ? XREF_PERSON : any);
	}
	list.items = items;
	return list;
}

static struct richtext odd_rich(struct odd *o)
{
	size_t count = random_below(&o->random, 4);
	struct run *runs = arena_array(&o->arena, count + 1, sizeof(*runs));
	bool inside = false;
	for (size_t i = 0; i < count; i++) {
		uint8_t kind = (uint8_t)random_below(&o->random, RUN_PARAGRAPH_END);
		struct xref *x = arena_alloc(&o->arena, sizeof(*x));
		if (kind == RUN_PARAGRAPH_BEGIN && inside)
			kind = RUN_PARAGRAPH_END;
		inside = kind == RUN_PARAGRAPH_BEGIN || (inside && kind != RUN_PARAGRAPH_END);
		*x = odd_xref(o, XREF_RFC);
		runs[i].kind = kind;
		if (kind == RUN_TEXT)
			runs[i].text = odd_text(o);
		else if (kind == RUN_XREF)
			runs[i].xref = x;
	}
	if (inside)
		runs[count++].kind = RUN_PARAGRAPH_END;
	return (struct richtext){runs, count};
}

static struct portroll_str *odd_texts(struct odd *o, size_t *ret_count)
{
	*ret_count = random_below(&o->random, 3);
	struct portroll_str *texts = arena_array(&o->arena, *ret_count, sizeof(*texts));
	for (size_t i = 0; i < *ret_count; i++)
		texts[i] = odd_text(o);
	return texts;
}

static void check_odd_record(struct odd *o)
{
	struct record r = {
		.name = odd_text(o),
		.transport = (uint8_t)random_below(&o->random, TRANSPORT_COUNT + 1),
		.has_port = random_below(&o->random, 2),
		.has_service_code = random_below(&o->random, 2),
		.has_assignee = random_below(&o->random, 2),
		.copy = (uint16_t)random_below(&o->random, 3),
		.registered = odd_date(o),
		.modified = odd_date(o),
		.description = odd_rich(o),
		.note = odd_rich(o),
		.unauthorized = odd_text(o),
		.contacts = odd_xrefs(o, true),
		.references = odd_xrefs(o, false),
		.extras = odd_extras(o),
	};
	if (r.has_port)
		r.port = (struct range){0, (uint16_t)(random_below(&o->random, 2) * 65535)};
	if (r.has_service_code)
		r.service_code = random_below(&o->random, 2) ? UINT32_MAX : 0;
	if (r.has_assignee)
		r.assignee = odd_xrefs(o, true);
	check_line(&records, &r);
}

static void check_odd_header(struct odd *o)
{
	struct header h = {
		.id = odd_text(o),
		.title = odd_text(o),
		.created = odd_date(o),
		.updated = odd_date(o),
		.registration_rule = odd_text(o),
		.expert = odd_text(o),
		.description = odd_rich(o),
		.references = odd_xrefs(o, false),
		.extras = odd_extras(o),
	};
	struct note notes[] = {{odd_text(o), odd_rich(o)}, {odd_text(o), odd_rich(o)}};
	h.categories = odd_texts(o, &h.category_count);
	h.notes = notes;
	h.note_count = random_below(&o->random, 3);
	check_line(&headers, &h);
}

static void check_odd_others(struct odd *o)
{
	struct footnote note = {random_below(&o->random, 3) * 2147483647, odd_rich(o)};
	struct person p = {.id = STR("a"), .name = odd_text(o), .org = odd_text(o)};
	struct copy copy = {
		.origin = odd_text(o),
		.format = odd_text(o),
		.etag = odd_text(o),
		.licence = odd_text(o),
		.dated = odd_date(o),
		.partial = random_below(&o->random, 2),
		.record_count = random_below(&o->random, 2) ? UINT32_MAX : 0,
	};
	for (size_t i = 0; i < SHA256_SIZE; i++)
		copy.sha256[i] = (uint8_t)random_below(&o->random, 256);
	p.uris = odd_texts(o, &p.uri_count);
	p.updated = odd_date(o);
	p.extras = odd_extras(o);
	check_line(&footnotes, &note);
	check_line(&people, &p);
	check_line(&copies, &copy);
}

static void whatever_the_model_can_hold_comes_back(void **state)
{
	(void)state;
	struct odd o;
	for_rounds(&o.random, 3000)
	{
		o.arena = ARENA_INIT;
		check_odd_record(&o);
		check_odd_header(&o);
		check_odd_others(&o);
		assert_false(o.arena.failed);
		arena_done(&o.arena);
	}
}

static void a_person_of_an_entry_is_id_and_commitment(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf line = BUF_INIT(1000);
	struct arena a = ARENA_INIT;
	struct tree_hash commitment = tree_hash_empty(), again;
	struct portroll_str id;
	struct canonical c = canonical_init(&line);
	line_put_person(&c, STR("IESG"), &commitment);
	assert_text(buf_str(&line),
		    "{\"commitment\":\"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\",\"id\":"
		    "\"IESG\"}");
	CLEANUP(json_decrefp)
	json_t *value = NULL;
	assert_int_equal(canonical_read(&value, buf_str(&line), NULL), PORTROLL_OK);
	assert_int_equal(line_read_person(&id, &again, value, &a, NULL), PORTROLL_OK);
	assert_text(id, "IESG");
	assert_true(tree_hash_equal(&commitment, &again));
	arena_done(&a);
}

/* SHA-256 of 32 bytes of zero and {"id":"IESG"}, by sha256sum. */
static void a_commitment_is_the_hash_of_salt_and_content(void **state)
{
	(void)state;
	static const uint8_t salt[SALT_SIZE];
	static const uint8_t other_salt[SALT_SIZE] = {1};
	struct portroll_str body = STR("{\"id\":\"IESG\"}");
	struct person_content content = {
		.commitment = commitment_of(salt, body),
		.salt = {(const char *)salt, SALT_SIZE},
		.body = body,
	};
	assert_hash(&content.commitment,
		    "f4feff64f9f1ca130e57aaddf1cc6f867be3924424488e0dbadfa9276af53965");
	assert_true(person_content_holds(&content));
	content.salt.ptr = (const char *)other_salt;
	assert_false(person_content_holds(&content));
	content.salt.ptr = (const char *)salt;
	content.body = STR("{\"id\":\"IAB\"}");
	assert_false(person_content_holds(&content));
	content.salt = content.body = STR("");
	assert_false(person_content_holds(&content));
}

static int read_and_write(void *context)
{
	struct arena a = ARENA_INIT;
	CLEANUP(buf_done) struct buf line = BUF_INIT(10000);
	union thing thing;
	int r = read_line(&thing, &records, str_from(context), &a, NULL);
	if (r == PORTROLL_OK)
		write_line(&line, &records, &thing);
	arena_done(&a);
	return r < 0 ? r : line.failed;
}

static void it_survives_any_failing_allocation(void **state)
{
	(void)state;
	char line[] = "{\"record\":{\"assignee\":[\"a\"],\"description\":\"b\",\"extras\":[[\"c\","
		      "\"d\"]],\"name\":\"e\",\"note\":[{\"data\":\"f\",\"type\":\"rfc\"}]}}";
	assert_true(oom_sweep(read_and_write, line) > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_generated_registry_comes_back),
		cmocka_unit_test(whatever_the_model_can_hold_comes_back),
		cmocka_unit_test(a_person_of_an_entry_is_id_and_commitment),
		cmocka_unit_test(a_commitment_is_the_hash_of_salt_and_content),
		cmocka_unit_test(it_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

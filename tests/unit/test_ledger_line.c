/* SPDX-License-Identifier: MIT */
#include "ledger/line.h"

#include <jansson.h>

#include "generated.h"
#include "ledger/canonical_read.h"
#include "registry/change.h"

/* The line of a value, as one object. */
#define WRITE(out, name, put, ...)                                                                 \
	do {                                                                                       \
		struct canonical c_ = canonical_init(out);                                         \
		buf_clear(out);                                                                    \
		canonical_object(&c_);                                                             \
		canonical_name(&c_, STR(name));                                                    \
		put(&c_, __VA_ARGS__);                                                             \
		canonical_end(&c_);                                                                \
	} while (0)

/* Reads the line as canonical JSON and takes its one member. */
static json_t *parse(const struct buf *line, const char *name)
{
	json_t *value = NULL;
	struct portroll_error err = {0};
	if (canonical_read(&value, buf_str(line), &err) < 0)
		fail_msg("%.*s: %s", PORTROLL_STR_ARG(buf_str(line)), err.text);
	assert_non_null(json_object_get(value, name));
	return value;
}

static void check_record(const struct record *r, struct buf *line)
{
	struct arena a = ARENA_INIT;
	struct record again;
	struct portroll_error err = {0};
	WRITE(line, "record", line_put_record, r);
	assert_int_equal(line->failed, PORTROLL_OK);
	json_t *value = parse(line, "record");
	if (line_read_record(&again, json_object_get(value, "record"), &a, &err) < 0)
		fail_msg("%.*s: %s", PORTROLL_STR_ARG(buf_str(line)), err.text);
	if (!record_equal(r, &again) || r->copy != again.copy)
		fail_msg("%.*s", PORTROLL_STR_ARG(buf_str(line)));
	json_decref(value);
	arena_done(&a);
}

static bool footnote_same(const struct footnote *a, const struct footnote *b)
{
	return a->anchor == b->anchor && richtext_equal(a->text, b->text);
}

static void check_registry(const struct registry *reg)
{
	CLEANUP(buf_done) struct buf line = BUF_INIT(1U << 20);
	struct arena a = ARENA_INIT;
	struct header header;
	for (size_t i = 0; i < reg->record_count; i++)
		check_record(reg->records[i], &line);
	for (size_t i = 0; i < reg->person_count; i++) {
		struct person again;
		WRITE(&line, "person", line_put_person_content, reg->people[i]);
		json_t *value = parse(&line, "person");
		assert_int_equal(line_read_person_content(&again, json_object_get(value, "person"),
							  &a, NULL),
				 PORTROLL_OK);
		assert_true(person_equal(&again, reg->people[i]));
		json_decref(value);
	}
	for (size_t i = 0; i < reg->footnote_count; i++) {
		struct footnote again;
		WRITE(&line, "footnote", line_put_footnote, &reg->footnotes[i]);
		json_t *value = parse(&line, "footnote");
		assert_int_equal(
			line_read_footnote(&again, json_object_get(value, "footnote"), &a, NULL),
			PORTROLL_OK);
		assert_true(footnote_same(&again, &reg->footnotes[i]));
		json_decref(value);
	}
	WRITE(&line, "header", line_put_header, &reg->header);
	json_t *value = parse(&line, "header");
	assert_int_equal(line_read_header(&header, json_object_get(value, "header"), &a, NULL),
			 PORTROLL_OK);
	assert_true(header_equal(&header, &reg->header));
	json_decref(value);
	arena_done(&a);
}

static void a_generated_registry_comes_back(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	check_registry(generated_registry(&a, GENERATED_COUNT));
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_generated_registry_comes_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

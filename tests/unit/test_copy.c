/* SPDX-License-Identifier: MIT */
#include "registry/copy.h"

#include "generated.h"
#include "registry/change.h"

static void assert_texts_apart(const struct record *a, const struct record *b)
{
	for (size_t i = 0; i < a->description.count; i++)
		assert_true(a->description.runs[i].kind != RUN_TEXT ||
			    a->description.runs[i].text.ptr != b->description.runs[i].text.ptr);
	for (size_t i = 0; i < a->references.count; i++)
		assert_true(a->references.items[i].data.ptr != b->references.items[i].data.ptr ||
			    a->references.items[i].data.len == 0);
	for (size_t i = 0; i < a->extras.count; i++)
		assert_true(a->extras.items[i].value.ptr != b->extras.items[i].value.ptr);
}

/* Everything a registry can hold, copied; then what it was copied from goes. */
static void copies_have_texts_of_their_own(void **state)
{
	(void)state;
	struct arena from = ARENA_INIT, to = ARENA_INIT, again = ARENA_INIT;
	struct registry *reg = generated_registry(&from, 500),
			*kept = generated_registry(&again, 500);
	struct registry *copy = registry_new(&to);
	struct footnote *footnotes = arena_array(&to, reg->footnote_count, sizeof(*footnotes));
	copy->header = header_copy(&reg->header, &to);
	for (size_t i = 0; i < reg->record_count; i++)
		assert_int_equal(registry_add(copy, record_copy(reg->records[i], &to)),
				 PORTROLL_OK);
	for (size_t i = 0; i < reg->person_count; i++)
		assert_int_equal(registry_add_person(copy, person_copy(reg->people[i], &to)),
				 PORTROLL_OK);
	for (size_t i = 0; i < reg->footnote_count; i++)
		footnotes[i] = footnote_copy(&reg->footnotes[i], &to);
	copy->footnotes = footnotes;
	copy->footnote_count = reg->footnote_count;
	assert_true(registry_equal(copy, reg, NULL, NULL));
	for (size_t i = 0; i < reg->record_count; i++)
		assert_texts_apart(copy->records[i], reg->records[i]);
	arena_done(&from);
	assert_true(registry_equal(copy, kept, NULL, NULL));
	arena_done(&to);
	arena_done(&again);
}

static int copy_some(void *context)
{
	const struct registry *reg = context;
	struct arena a = ARENA_INIT;
	(void)header_copy(&reg->header, &a);
	for (size_t i = 0; i < 40; i++)
		(void)record_copy(reg->records[i], &a);
	(void)person_copy(reg->people[0], &a);
	int r = a.failed ? PORTROLL_ENOMEM : PORTROLL_OK;
	arena_done(&a);
	return r;
}

static void copying_survives_any_failing_allocation(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	oom_sweep(copy_some, generated_registry(&a, 50));
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(copies_have_texts_of_their_own),
		cmocka_unit_test(copying_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "keeper/local_part.h"

#include "test.h"

static const char *const befores[] = {"", "own 1/tcp\n", "own 1/tcp", "\n", "# BEGIN\n# END\n"};

static void what_is_put_in_is_found_and_taken_out(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(befores); i++) {
		struct buf file = BUF_INIT(4096), again = BUF_INIT(4096);
		struct local_part part = {.before = str_from(befores[i])};
		local_part_put(&file, &part, STR("a 2/tcp\nb 3/tcp\n"));
		assert_int_equal(local_part_find(&part, buf_str(&file), NULL), PORTROLL_OK);
		assert_true(part.has_part);
		assert_true(part.is_as_written);
		assert_text(part.ours, "a 2/tcp\nb 3/tcp\n");
		assert_text(part.after, "");
		assert_true(local_part_is_around(&part, str_from(befores[i])));
		assert_false(local_part_is_around(&part, STR("other")));
		local_part_put(&again, &part, part.ours);
		assert_true(str_equal(buf_str(&file), buf_str(&again)));
		buf_done(&file);
		buf_done(&again);
	}
}

static void lines_behind_our_part_stay_there(void **state)
{
	(void)state;
	struct buf file = BUF_INIT(4096), again = BUF_INIT(4096);
	struct local_part part = {.before = STR("own 1/tcp\n")};
	local_part_put(&file, &part, STR("a 2/tcp\n"));
	buf_puts(&file, "behind 4/tcp");
	assert_int_equal(local_part_find(&part, buf_str(&file), NULL), PORTROLL_OK);
	assert_text(part.after, "behind 4/tcp");
	assert_false(local_part_is_around(&part, STR("own 1/tcp\n")));
	local_part_put(&again, &part, STR(""));
	assert_int_equal(local_part_find(&part, buf_str(&again), NULL), PORTROLL_OK);
	assert_text(part.before, "own 1/tcp\n");
	assert_text(part.ours, "");
	assert_text(part.after, "behind 4/tcp");
	buf_done(&file);
	buf_done(&again);
}

static void an_edit_within_our_part_is_noticed(void **state)
{
	(void)state;
	struct buf file = BUF_INIT(4096);
	struct local_part part = {.before = STR("own 1/tcp\n")};
	local_part_put(&file, &part, STR("a 2/tcp\n"));
	for (size_t i = 0; i < file.len; i++) {
		struct local_part edited;
		char kept = file.ptr[i];
		file.ptr[i] = kept == 'a' ? 'b' : 'a';
		int r = local_part_find(&edited, buf_str(&file), NULL);
		bool is_same = r == PORTROLL_OK && edited.has_part && edited.is_as_written;
		if (is_same)
			assert_text(edited.ours, "a 2/tcp\n");
		file.ptr[i] = kept;
	}
	buf_done(&file);
}

static void comments_without_the_other_are_refused_with_their_line(void **state)
{
	(void)state;
	static const struct {
		const char *file;
		uint32_t line;
	} cases[] = {
		{"a\n# BEGIN portroll publish\nb\n", 2},
		{"# END portroll publish", 1},
		{"# BEGIN portroll publish\n\n# BEGIN portroll publish\n# END portroll publish\n",
		 3},
		{"# BEGIN portroll publish\n# END portroll publish\n# END portroll publish\n", 3},
		{"# BEGIN portroll publish\n# END portroll publish\n\n# BEGIN portroll publish", 4},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct local_part part;
		struct portroll_error err = {0};
		assert_int_equal(local_part_find(&part, str_from(cases[i].file), &err),
				 PORTROLL_ESYNTAX);
		assert_int_equal(err.line, cases[i].line);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_put_in_is_found_and_taken_out),
		cmocka_unit_test(lines_behind_our_part_stay_there),
		cmocka_unit_test(an_edit_within_our_part_is_noticed),
		cmocka_unit_test(comments_without_the_other_are_refused_with_their_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

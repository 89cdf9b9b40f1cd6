/* SPDX-License-Identifier: MIT */
#include "base/macros.h"
#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const size_t sizes[] = {
	1, 4096, MEMORY_LARGE - 1, MEMORY_LARGE, MEMORY_LARGE + 1, 3 * MEMORY_LARGE - 7};

static void pieces_of_any_size_are_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		char *piece = memory_new(sizes[i]);
		assert_non_null(piece);
		memset(piece, 'x', sizes[i]);
		assert_int_equal(piece[sizes[i] - 1], 'x');
		memory_free(piece, sizes[i]);
	}
	memory_free(NULL, 0);
	memory_free(NULL, MEMORY_LARGE);
}

static void a_piece_keeps_its_beginning_when_it_changes_size(void **state)
{
	(void)state;
	for (size_t from = 0; from < ARRAY_LEN(sizes); from++) {
		for (size_t to = 0; to < ARRAY_LEN(sizes); to++) {
			size_t len = sizes[from] < sizes[to] ? sizes[from] : sizes[to];
			char *piece = memory_new(sizes[from]);
			assert_non_null(piece);
			memset(piece, 'y', sizes[from]);
			piece = memory_grow(piece, sizes[from], len, sizes[to]);
			assert_non_null(piece);
			assert_int_equal(piece[0], 'y');
			assert_int_equal(piece[len - 1], 'y');
			memory_free(piece, sizes[to]);
		}
	}
}

static void what_no_machine_has_is_refused(void **state)
{
	(void)state;
	assert_null(memory_new(SIZE_MAX));
	assert_null(memory_new(SIZE_MAX - MEMORY_LARGE));
	char *piece = memory_new(10);
	assert_null(memory_grow(piece, 10, 10, SIZE_MAX));
	memory_free(piece, 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_of_any_size_are_whole),
		cmocka_unit_test(a_piece_keeps_its_beginning_when_it_changes_size),
		cmocka_unit_test(what_no_machine_has_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

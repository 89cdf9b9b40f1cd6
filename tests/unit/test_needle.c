/* SPDX-License-Identifier: MIT */
#include "snapshot/needle.h"

#include "random.h"

/* Letters, and the bytes that are next to them and a case bit away. */
static const struct portroll_str alphabet = STR_INIT("aAbBzZ@`[{09 -\xc3\xe3\x81\xa1\x80\x7f");
static const struct portroll_str few = STR_INIT("aAb");

#define TEXT_MAX 80

struct needle_case {
	struct random random;
	char *memory; /* as long as its text and the room behind it */
	struct portroll_str text, word;
	size_t room;
	char word_space[TEXT_MAX];
};

static void random_case(struct needle_case *c)
{
	struct portroll_str letters = random_below(&c->random, 2) ? alphabet : few;
	size_t text_len = random_below(&c->random, TEXT_MAX);
	size_t word_len = 1 + random_below(&c->random, random_below(&c->random, 8) ? 4 : 40);
	c->room = text_len + random_below(&c->random, 2 * NEEDLE_REACH);
	c->memory = malloc(c->room ? c->room : 1);
	assert_non_null(c->memory);
	memset(c->memory, 'a', c->room);
	c->text = random_text(&c->random, c->memory, text_len, letters);
	c->word = random_text(&c->random, c->word_space, word_len, letters);
	if (word_len <= text_len && random_below(&c->random, 2))
		memcpy(c->word_space,
		       c->memory + random_below(&c->random, (uint32_t)(text_len - word_len + 1)),
		       word_len);
}

static void vectors_find_what_the_definition_finds(void **state)
{
	(void)state;
	struct needle_case c = {0};
	for_rounds(&c.random, 20000)
	{
		struct needle n;
		random_case(&c);
		needle_init(&n, c.word);
		for (size_t from = 0; from <= c.text.len; from++)
			check(&c.random, needle_find(&n, c.text, c.room, from) ==
						 needle_find_plain(&n, c.text, from));
		check(&c.random, needle_find_plain(&n, c.text, 0) == str_find_fold(c.text, c.word));
		free(c.memory);
	}
}

static void every_byte_is_equal_to_its_other_case_only(void **state)
{
	(void)state;
	char text[1 + NEEDLE_REACH] = {0};
	for (int a = 0; a < 256; a++) {
		for (int b = 0; b < 256; b++) {
			char byte = (char)b;
			struct needle n;
			text[0] = (char)a;
			needle_init(&n, (struct portroll_str){&byte, 1});
			size_t at =
				needle_find(&n, (struct portroll_str){text, 1}, sizeof(text), 0);
			assert_int_equal(at == 0, fold_char(text[0]) == fold_char(byte));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors_find_what_the_definition_finds),
		cmocka_unit_test(every_byte_is_equal_to_its_other_case_only),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

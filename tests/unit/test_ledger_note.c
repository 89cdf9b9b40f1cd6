/* SPDX-License-Identifier: MIT */
#include "ledger/note.h"

#include "ledger_case.h"

#include <sodium.h>

#define ORIGIN       "registry.example/ports"
#define DASH         "\xe2\x80\x94 "
#define VKEY         ORIGIN "+f9c9c0d6+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
#define TEXT_OF_FIVE ORIGIN "\n5\n2lpnovlXyabix72LRN7Vtb2i4uaFgaaCdr/a7Df69EM=\n"
#define SIGNED                                                                                     \
	DASH ORIGIN " +cnA1vNf4600MidKiruUDJ39uOM8gUj+cE/z9+GrEQoL9TNC3EfZt++e42xOyFySrWqYzMS411"  \
		    "wKgUcKN3bD6CkhSQM=\n"
#define NOTE TEXT_OF_FIVE "\n" SIGNED

static struct note_signer signer_of(const char *name, uint8_t first)
{
	struct note_signer signer;
	uint8_t seed[NOTE_SEED_SIZE];
	for (size_t i = 0; i < sizeof(seed); i++)
		seed[i] = (uint8_t)(first + i);
	assert_int_equal(note_signer_from_seed(&signer, str_from(name), seed, NULL), PORTROLL_OK);
	return signer;
}

static void put_private(struct buf *out)
{
	struct note_signer signer = signer_of(ORIGIN, 0);
	note_signer_put(out, &signer);
}

static void keys_are_written_as_known(void **state)
{
	(void)state;
	struct note_signer signer = signer_of(ORIGIN, 0);
	CLEANUP(buf_done) struct buf out = BUF_INIT(1000);
	note_key_put(&out, &signer.key);
	assert_text(buf_str(&out), VKEY);
	assert_int_equal(signer.key.id, 0xf9c9c0d6);
	buf_clear(&out);
	note_signer_put(&out, &signer);
	assert_text(buf_str(&out),
		    "PRIVATE+KEY+" ORIGIN "+f9c9c0d6+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f");
}

static void keys_are_read_as_written(void **state)
{
	(void)state;
	struct note_signer signer = signer_of(ORIGIN, 0), again;
	struct note_key key;
	assert_int_equal(note_key_parse(&key, STR(VKEY), NULL), PORTROLL_OK);
	assert_text(key.name, ORIGIN);
	assert_int_equal(key.id, signer.key.id);
	assert_memory_equal(key.public_key, signer.key.public_key, NOTE_PUBLIC_SIZE);
	CLEANUP(buf_done) struct buf text = BUF_INIT(1000);
	put_private(&text);
	assert_int_equal(note_signer_parse(&again, buf_str(&text), NULL), PORTROLL_OK);
	assert_memory_equal(again.secret, signer.secret, NOTE_SECRET_SIZE);
	assert_int_equal(again.key.id, signer.key.id);
}

static void keys_of_another_form_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text, *says;
	} cases[] = {
		{"", "a name"},
		{ORIGIN, "an id"},
		{"+f9c9c0d6+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4", "a name"},
		{"a name+f9c9c0d6+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4", "a name"},
		{ORIGIN "+f9c9c0d6", "33 bytes"},
		{ORIGIN "+F9C9C0D6+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4", "an id"},
		{ORIGIN "+f9c9c0d+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4", "an id"},
		{ORIGIN "+0f9c9c0d6+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4", "an id"},
		{ORIGIN "+f9c9c0d7+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4", "the id"},
		{"registry.example/port+f9c9c0d6+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
		 "the id"},
		{ORIGIN "+f9c9c0d6+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG", "33 bytes"},
		{VKEY "AAAA", "33 bytes"},
		{VKEY "\n", "33 bytes"},
		{ORIGIN "+f9c9c0d6+BAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4", "type is 1"},
		{"PRIVATE+KEY+" VKEY, "an id"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct note_key key;
		struct portroll_error err = {0};
		assert_int_equal(note_key_parse(&key, str_from(cases[i].text), &err),
				 PORTROLL_ESYNTAX);
		if (!strstr(err.text, cases[i].says))
			fail_msg("%s: %s", cases[i].text, err.text);
	}
}

static void no_error_shows_a_private_key(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf text = BUF_INIT(1000);
	put_private(&text);
	struct portroll_str all = buf_str(&text);
	struct note_signer signer;
	for (size_t i = 0; i < all.len; i++) {
		char old = text.ptr[i];
		struct portroll_error err = {0};
		text.ptr[i] = old == '*' ? '+' : '*';
		assert_int_equal(note_signer_parse(&signer, all, &err), PORTROLL_ESYNTAX);
		assert_null(strstr(err.text, "AQABAgME"));
		text.ptr[i] = old;
		assert_int_equal(note_signer_parse(&signer, str_part(all, 0, i), NULL),
				 PORTROLL_ESYNTAX);
	}
	uint8_t seed[NOTE_SEED_SIZE] = {0};
	assert_int_equal(note_signer_from_seed(&signer, STR("a b"), seed, NULL), PORTROLL_EINVAL);
}

static void names_have_no_blanks_of_unicode_and_no_controls(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		bool ok;
	} cases[] = {
		{ORIGIN, true},
		{"m\xc3\xbcnster.example", true},
		{"", false},
		{"a+b", false},
		{"a b", false},
		{"a\tb", false},
		{"a\nb", false},
		{"a\xc2\xa0"
		 "b",
		 false},
		{"a\xc2\x85", false},
		{"a\x7f", false},
		{"a\xc2\x80", false},
		{"a\xc2\x9b"
		 "31m",
		 false},
		{"a\xc2\xa1", true},
		{"\xe2\x80\x83", false},
		{"\xe3\x80\x80", false},
		{"a\xff", false},
		{"\xe2\x80\xa8", false},
		{"\xe2\x80\x94", true},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (note_name_ok(str_from(cases[i].name)) != cases[i].ok)
			fail_msg("'%s'", cases[i].name);
}

static void the_known_note_is_written_and_verified(void **state)
{
	(void)state;
	struct note_signer signer = signer_of(ORIGIN, 0);
	CLEANUP(buf_done) struct buf out = BUF_INIT(1000);
	assert_int_equal(note_sign(&out, STR(TEXT_OF_FIVE), &signer, 1, NULL), PORTROLL_OK);
	assert_text(buf_str(&out), NOTE);
	struct signed_note note;
	assert_int_equal(note_parse(&note, STR(NOTE), NULL), PORTROLL_OK);
	assert_text(note.text, TEXT_OF_FIVE);
	assert_int_equal(note.count, 1);
	assert_int_equal(note_verify(&note, (struct note_keys){&signer.key, 1}, NULL), PORTROLL_OK);
}

static int verify(struct portroll_str bytes, struct note_keys keys)
{
	struct signed_note note;
	int r = note_parse(&note, bytes, NULL);
	return r < 0 ? r : note_verify(&note, keys, NULL);
}

static void no_bit_of_a_note_can_change(void **state)
{
	(void)state;
	struct note_signer signer = signer_of(ORIGIN, 0);
	char bytes[] = NOTE;
	struct portroll_str note = {bytes, sizeof(bytes) - 1};
	for (size_t i = 0; i < note.len * 8; i++) {
		bytes[i / 8] = (char)(bytes[i / 8] ^ 1 << i % 8);
		if (verify(note, (struct note_keys){&signer.key, 1}) == PORTROLL_OK)
			fail_msg("bit %zu", i);
		bytes[i / 8] = (char)(bytes[i / 8] ^ 1 << i % 8);
	}
	for (size_t len = 0; len < note.len; len++)
		assert_int_not_equal(
			verify(str_part(note, 0, len), (struct note_keys){&signer.key, 1}),
			PORTROLL_OK);
	assert_int_equal(verify(note, (struct note_keys){&signer.key, 1}), PORTROLL_OK);
}

static void known_keys_must_be_right_and_others_are_ignored(void **state)
{
	(void)state;
	struct note_signer first = signer_of(ORIGIN, 0), second = signer_of(ORIGIN, 1);
	struct note_signer witness = signer_of("witness.example", 0), liar = first;
	struct note_key both[] = {first.key, second.key};
	struct note_keys one = {both, 1}, two = {both, 2}, none = {both, 0};
	struct note_key other = witness.key;
	memcpy(liar.secret, second.secret, NOTE_SECRET_SIZE); /* another key under this id */
	struct note_signer pairs[][2] = {{first, second},
					 {witness, first},
					 {first, liar},
					 {witness, liar},
					 {witness, witness}};
	static const int alone[] = {PORTROLL_OK, PORTROLL_OK, PORTROLL_ECORRUPT, PORTROLL_ECORRUPT,
				    PORTROLL_ECORRUPT};
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		CLEANUP(buf_done) struct buf out = BUF_INIT(4000);
		assert_int_equal(note_sign(&out, STR("a\n\nb\n"), pairs[i], 2, NULL), PORTROLL_OK);
		assert_int_equal(verify(buf_str(&out), one), alone[i]);
		assert_int_equal(verify(buf_str(&out), two), alone[i]);
		assert_int_equal(verify(buf_str(&out), none), PORTROLL_ECORRUPT);
	}
	other.id = first.key.id; /* the id alone, or the name alone, make no known key */
	assert_int_equal(verify(STR(NOTE), (struct note_keys){&other, 1}), PORTROLL_ECORRUPT);
	assert_int_equal(verify(STR(NOTE), (struct note_keys){&second.key, 1}), PORTROLL_ECORRUPT);
}

static void notes_of_another_form_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		uint32_t line;
		const char *says;
	} cases[] = {
		{"", 1, "no blank line"},
		{"\n", 1, "no blank line"},
		{"a\n" SIGNED, 1, "no blank line"},
		{"a\n\n", 3, "the text ends"},
		{"a\n\n" SIGNED "\n", 5, "the text ends"},
		{"a\n\n" SIGNED "b", 4, "the text ends"},
		{"a\n\n" SIGNED "b\n", 4, "a signature"},
		{"a\n\n- " ORIGIN " AAAAAAAA\n", 3, "a signature"},
		{"a\n\n" DASH ORIGIN "\n", 3, "the base64"},
		{"a\n\n" DASH " AAAAAAAA\n", 3, "a signature"},
		{"a\n\n" DASH "a+b AAAAAAAA\n", 3, "a signature"},
		{"a\n\n" DASH ORIGIN "  AAAAAAAA\n", 3, "the base64"},
		{"a\n\n" DASH ORIGIN " AAAAAA==\n", 3, "the base64"},
		{"a\n\n" DASH ORIGIN " AAAAAAB=\n", 3, "the base64"},
		{"a\n\n" DASH ORIGIN " AAAAAAA\n", 3, "the base64"},
		{"a\n\n" DASH ORIGIN " AAAAAAAA \n", 3, "the base64"},
		{"a\r\n\n" SIGNED, 1, "byte 0x0d"},
		{"a\nb\tc\n\n" SIGNED, 2, "byte 0x09"},
		{"a\n\xff\n\n" SIGNED, 2, "byte 0xff"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct signed_note note;
		struct portroll_error err = {0};
		assert_int_equal(note_parse(&note, str_from(cases[i].bytes), &err),
				 PORTROLL_ESYNTAX);
		if (!strstr(err.text, cases[i].says) || err.line != cases[i].line)
			fail_msg("%zu: line %u: %s", i, err.line, err.text);
	}
}

static void the_text_ends_at_the_last_blank_line(void **state)
{
	(void)state;
	struct signed_note note;
	static const char bytes[] = "a\n\n" SIGNED "\n" SIGNED SIGNED;
	assert_int_equal(note_parse(&note, str_from(bytes), NULL), PORTROLL_OK);
	assert_text(note.text, "a\n\n" SIGNED);
	assert_int_equal(note.count, 2);
}

static void a_note_has_bounds(void **state)
{
	(void)state;
	struct signed_note note;
	CLEANUP(buf_done) struct buf many = BUF_INIT(2 * NOTE_SIZE_MAX);
	buf_puts(&many, "a\n\n");
	for (size_t i = 0; i < NOTE_SIGNATURES_MAX; i++)
		buf_puts(&many, DASH "witness.example AAAAAAA=\n");
	assert_int_equal(note_parse(&note, buf_str(&many), NULL), PORTROLL_OK);
	assert_int_equal(note.count, NOTE_SIGNATURES_MAX);
	buf_puts(&many, SIGNED);
	assert_int_equal(note_parse(&note, buf_str(&many), NULL), PORTROLL_ELIMIT);
	buf_clear(&many);
	buf_fill(&many, 'a', NOTE_SIZE_MAX - sizeof("\n\n" SIGNED) + 1);
	buf_puts(&many, "\n\n" SIGNED);
	assert_int_equal(note_parse(&note, buf_str(&many), NULL), PORTROLL_OK);
	buf_putc(&many, 'a');
	assert_int_equal(note_parse(&note, buf_str(&many), NULL), PORTROLL_ELIMIT);
}

static void only_lines_of_text_are_signed(void **state)
{
	(void)state;
	struct note_signer signer = signer_of(ORIGIN, 0);
	static const char *const texts[] = {"", "a", "a\t\n", "\xff\n", "a\r\n"};
	CLEANUP(buf_done) struct buf out = BUF_INIT(1000);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		assert_int_equal(note_sign(&out, str_from(texts[i]), &signer, 1, NULL),
				 PORTROLL_EINVAL);
	assert_int_equal(note_sign(&out, STR("a\n"), &signer, 0, NULL), PORTROLL_EINVAL);
	assert_int_equal(out.len, 0);
}

static int sign_it(void *context)
{
	CLEANUP(buf_done) struct buf out = BUF_INIT(1000);
	int r = note_sign(&out, STR("a\n"), context, 1, NULL);
	return r < 0 ? r : out.failed;
}

static void signing_survives_any_failing_allocation(void **state)
{
	(void)state;
	struct note_signer signer = signer_of(ORIGIN, 0);
	assert_true(oom_sweep(sign_it, &signer) > 0);
}

static int start(void **state)
{
	(void)state;
	return sodium_init() < 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_written_as_known),
		cmocka_unit_test(keys_are_read_as_written),
		cmocka_unit_test(keys_of_another_form_are_refused),
		cmocka_unit_test(no_error_shows_a_private_key),
		cmocka_unit_test(names_have_no_blanks_of_unicode_and_no_controls),
		cmocka_unit_test(the_known_note_is_written_and_verified),
		cmocka_unit_test(no_bit_of_a_note_can_change),
		cmocka_unit_test(known_keys_must_be_right_and_others_are_ignored),
		cmocka_unit_test(notes_of_another_form_are_refused),
		cmocka_unit_test(the_text_ends_at_the_last_blank_line),
		cmocka_unit_test(a_note_has_bounds),
		cmocka_unit_test(only_lines_of_text_are_signed),
		cmocka_unit_test(signing_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}

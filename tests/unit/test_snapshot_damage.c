/* SPDX-License-Identifier: MIT */
#include "random.h"
#include "snapshot_case.h"
#include "snapshot_exercise.h"

#define BIT_STEP       (IS_SANITIZED ? 5 : 1)
#define TRANSCRIPT_MAX ((size_t)64 << 20)

/* All is asked at every so many-th bit, which in time is all 8 places in a byte; a little of every
 * kind at each. */
#define BITS_PER_ALL 11

/* What to ask, and what the undamaged snapshot says. */
struct question {
	void (*ask)(struct buf *out, const struct portroll_snapshot *s);
	struct buf good;
};

/* A snapshot in memory of its own, as long as it is, so that a read behind it is found. */
struct bytes_case {
	struct arena arena;
	char *bytes;
	size_t size;
	struct question all, little;
};

static void ask_little(struct buf *out, const struct portroll_snapshot *s)
{
	struct portroll_record r;
	struct portroll_hit hits[2];
	buf_put_num(out, portroll_find_port(s, 80, PORTROLL_TCP));
	buf_put_num(out, portroll_state(s, 60000, PORTROLL_DCCP).reason);
	if (portroll_get(s, portroll_find_name(s, STR("HTTP")), &r))
		buf_put(out, r.description);
	buf_put_num(out, portroll_search(s, STR("we"), PORTROLL_SEARCH_NAMES, hits, 2));
	exercise_walk(out, portroll_by_port(s, 3370, PORTROLL_TCP));
}

static void questions_begin(struct bytes_case *c, const struct portroll_snapshot *s)
{
	c->all = (struct question){exercise, BUF_INIT(TRANSCRIPT_MAX)};
	c->little = (struct question){ask_little, BUF_INIT(TRANSCRIPT_MAX)};
	c->all.ask(&c->all.good, s);
	c->little.ask(&c->little.good, s);
	assert_false(portroll_damaged(s));
}

static void questions_end(struct bytes_case *c)
{
	buf_done(&c->all.good);
	buf_done(&c->little.good);
}

static void bytes_begin(struct bytes_case *c)
{
	*c = (struct bytes_case){0};
	struct buf out;
	case_compile(&out, case_roll(&c->arena));
	c->size = out.len;
	c->bytes = malloc(c->size);
	assert_non_null(c->bytes);
	memcpy(c->bytes, out.ptr, c->size);
	struct portroll_snapshot *s = case_open(&out, SNAPSHOT_TOUCHED);
	questions_begin(c, s);
	portroll_close(s);
	buf_done(&out);
}

static void bytes_end(struct bytes_case *c)
{
	questions_end(c);
	free(c->bytes);
	arena_done(&c->arena);
}

static int open_it(struct portroll_snapshot **ret, const struct bytes_case *c,
		   enum snapshot_mode mode)
{
	return snapshot_open(ret, (struct portroll_str){c->bytes, c->size}, mode, NULL);
}

/* Opened, a damaged snapshot must say that it is damaged or answer as the good one. */
static void assert_honest(const struct bytes_case *c, const struct question *q, struct buf *said,
			  size_t bit)
{
	struct portroll_snapshot *s;
	if (open_it(&s, c, SNAPSHOT_TOUCHED) < 0)
		return;
	buf_clear(said);
	q->ask(said, s);
	if (!portroll_damaged(s) && !str_equal(buf_str(said), buf_str(&q->good)))
		fail_msg("bit %zu: another answer and no word of damage", bit);
	portroll_close(s);
}

static void no_flipped_bit_passes_the_full_check(void **state)
{
	(void)state;
	struct bytes_case c;
	bytes_begin(&c);
	for (size_t bit = 0; bit < c.size * 8; bit += BIT_STEP) {
		struct portroll_snapshot *s;
		c.bytes[bit / 8] = (char)(c.bytes[bit / 8] ^ 1 << bit % 8);
		int r = open_it(&s, &c, SNAPSHOT_FULL);
		c.bytes[bit / 8] = (char)(c.bytes[bit / 8] ^ 1 << bit % 8);
		if (r != (bit / 32 == HEADER_VERSION / 4 ? PORTROLL_EVERSION : PORTROLL_ECORRUPT))
			fail_msg("bit %zu: code %d", bit, r);
	}
	bytes_end(&c);
}

static void no_flipped_bit_alters_an_answer_in_silence(void **state)
{
	(void)state;
	struct bytes_case c;
	struct buf said = BUF_INIT(TRANSCRIPT_MAX);
	bytes_begin(&c);
	for (size_t bit = 0; bit < c.size * 8; bit += BIT_STEP) {
		c.bytes[bit / 8] = (char)(c.bytes[bit / 8] ^ 1 << bit % 8);
		assert_honest(&c, bit % BITS_PER_ALL ? &c.little : &c.all, &said, bit);
		c.bytes[bit / 8] = (char)(c.bytes[bit / 8] ^ 1 << bit % 8);
	}
	buf_done(&said);
	bytes_end(&c);
}

static void a_file_that_was_cut_is_refused_at_every_length(void **state)
{
	(void)state;
	struct bytes_case c;
	bytes_begin(&c);
	for (size_t size = 0; size < c.size; size++) {
		struct portroll_snapshot *s;
		char *cut = malloc(size + 1);
		assert_non_null(cut);
		memcpy(cut, c.bytes, size);
		char *end = realloc(cut, size ? size : 1);
		assert_non_null(end);
		for (enum snapshot_mode mode = SNAPSHOT_FULL; mode <= SNAPSHOT_TOUCHED; mode++)
			assert_int_equal(
				snapshot_open(&s, (struct portroll_str){end, size}, mode, NULL),
				PORTROLL_ECORRUPT);
		free(end);
	}
	bytes_end(&c);
}

/* Bytes that were altered on purpose, with checksums that fit them: no crash, and what the full
 * check let through is never found to be damaged later. */
static void forged_bytes_never_lead_a_reader_astray(void **state)
{
	(void)state;
	struct bytes_case c;
	struct buf said = BUF_INIT(TRANSCRIPT_MAX);
	bytes_begin(&c);
	struct random random;
	for_rounds(&random, 20000 / BIT_STEP)
	{
		size_t at = HEADER_SECTION_COUNT +
			    random_below(&random, (uint32_t)c.size - HEADER_SECTION_COUNT);
		char before = c.bytes[at];
		c.bytes[at] = (char)random_next(&random);
		seal(c.bytes, c.size);
		struct portroll_snapshot *s;
		for (enum snapshot_mode mode = SNAPSHOT_FULL; mode <= SNAPSHOT_TOUCHED; mode++) {
			if (open_it(&s, &c, mode) < 0)
				continue;
			buf_clear(&said);
			exercise(&said, s);
			check(&random, mode == SNAPSHOT_TOUCHED || !portroll_damaged(s));
			portroll_close(s);
		}
		c.bytes[at] = before;
	}
	seal(c.bytes, c.size);
	buf_done(&said);
	bytes_end(&c);
}

/* Documents that share their records would make one search look at each many times over. */
static void documents_that_share_records_are_damage(void **state)
{
	(void)state;
	struct bytes_case c;
	struct portroll_snapshot *s;
	struct portroll_hit hit;
	bytes_begin(&c);
	const char *row = c.bytes + HEADER_SIZE + SECTION_DOCUMENTS * SECTION_ROW_SIZE;
	const char *records = c.bytes + HEADER_SIZE + SECTION_RECORDS * SECTION_ROW_SIZE;
	char *documents = c.bytes + load_u32(row + SECTION_OFFSET);
	uint32_t count = load_u32(row + SECTION_COUNT_AT);
	assert_in_range(count, 2, UINT32_MAX);
	for (size_t i = 0; i < count; i++) {
		store_u32(documents + i * DOCUMENT_SIZE + DOCUMENT_LIST, 0);
		store_u32(documents + i * DOCUMENT_SIZE + DOCUMENT_COUNT,
			  load_u32(records + SECTION_COUNT_AT));
	}
	seal(c.bytes, c.size);
	assert_int_equal(open_it(&s, &c, SNAPSHOT_FULL), PORTROLL_ECORRUPT);
	assert_int_equal(open_it(&s, &c, SNAPSHOT_TOUCHED), PORTROLL_OK);
	struct portroll_record first;
	assert_true(portroll_get(s, 0, &first));
	assert_int_equal(
		portroll_search(s, str_part(first.name, 0, 1), PORTROLL_SEARCH_NAMES, &hit, 1), 0);
	assert_true(portroll_damaged(s));
	portroll_close(s);
	bytes_end(&c);
}

static void kind_and_version_are_told_apart_from_damage(void **state)
{
	(void)state;
	struct bytes_case c;
	bytes_begin(&c);
	struct portroll_snapshot *s;
	struct portroll_error err = {0};
	struct portroll_str bytes = {c.bytes, c.size};
	store_u32(c.bytes + HEADER_VERSION, 7);
	assert_int_equal(snapshot_open(&s, bytes, SNAPSHOT_TOUCHED, &err), PORTROLL_EVERSION);
	assert_non_null(strstr(err.text, "version 7"));
	store_u32(c.bytes + HEADER_VERSION, SNAPSHOT_VERSION);
	c.bytes[0] = 'p';
	err = (struct portroll_error){0};
	assert_int_equal(snapshot_open(&s, bytes, SNAPSHOT_TOUCHED, &err), PORTROLL_ECORRUPT);
	assert_non_null(strstr(err.text, "is not a snapshot"));
	err = (struct portroll_error){0};
	assert_int_equal(portroll_open(&s, "/nowhere/snapshot", &err), PORTROLL_ESYSTEM);
	assert_non_null(strstr(err.text, "/nowhere/snapshot"));
	bytes_end(&c);
}

/* A flipped bit anywhere in a snapshot of full size. */
static void random_bits_of_iana_are_found(void **state)
{
	(void)state;
	struct write_case w;
	if (!case_shared(&w, "iana-2026-08-17.xml", "xml")) {
		case_done(&w);
		skip();
	}
	struct buf out, said = BUF_INIT(TRANSCRIPT_MAX);
	case_compile(&out, case_roll_of(&w.arena, w.reg));
	struct bytes_case c = {.bytes = out.ptr, .size = out.len};
	struct portroll_snapshot *s = case_open(&out, SNAPSHOT_TOUCHED);
	questions_begin(&c, s);
	portroll_close(s);
	struct random random;
	for_rounds(&random, 200)
	{
		uint32_t at = random_below(&random, (uint32_t)out.len),
			 bit = random_below(&random, 8);
		c.bytes[at] = (char)(c.bytes[at] ^ 1 << bit);
		int r = open_it(&s, &c, SNAPSHOT_FULL);
		check(&random, r == PORTROLL_ECORRUPT || r == PORTROLL_EVERSION);
		assert_honest(&c, &c.all, &said, (size_t)at * 8 + bit);
		c.bytes[at] = (char)(c.bytes[at] ^ 1 << bit);
	}
	buf_done(&said);
	questions_end(&c);
	buf_done(&out);
	case_done(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_flipped_bit_passes_the_full_check),
		cmocka_unit_test(no_flipped_bit_alters_an_answer_in_silence),
		cmocka_unit_test(a_file_that_was_cut_is_refused_at_every_length),
		cmocka_unit_test(forged_bytes_never_lead_a_reader_astray),
		cmocka_unit_test(documents_that_share_records_are_damage),
		cmocka_unit_test(kind_and_version_are_told_apart_from_damage),
		cmocka_unit_test(random_bits_of_iana_are_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

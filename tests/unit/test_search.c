/* SPDX-License-Identifier: MIT */
#include "random.h"
#include "search_naive.h"
#include "snapshot_exercise.h"

#define RECORD_MAX 40
#define MANY       70000

#define WORD_STEP (IS_SANITIZED ? 7 : 1) /* of IANA's words */

struct search_case {
	struct random random;
	struct arena arena;
	struct roll *roll;
	struct buf out;
	struct portroll_snapshot *snapshot;
	struct naive_hit expected[ROLL_SOURCE_MAX + 4 * RECORD_MAX];
	struct portroll_hit got[ROLL_SOURCE_MAX + 4 * RECORD_MAX];
};

static struct portroll_str some_text(struct search_case *c, uint32_t max)
{
	static const char *const letters[] = {"a", "b", "A", "B", "1", " ", "-", ".", "\xc3\xa4"};
	struct buf text = BUF_INIT(1U << 10);
	for (uint32_t left = random_below(&c->random, max + 1); left > 0; left--)
		buf_puts(&text, letters[random_below(&c->random, ARRAY_LEN(letters))]);
	struct portroll_str kept = arena_str(&c->arena, str_trim(buf_str(&text)));
	buf_done(&text);
	return kept;
}

static struct xref_list some_people(struct search_case *c)
{
	struct xref *people = arena_array(&c->arena, 2, sizeof(*people));
	assert_non_null(people);
	for (size_t i = 0; i < 2; i++)
		people[i] = (struct xref){.type = XREF_PERSON,
					  .data = random_below(&c->random, 2) ? STR("Ab_1")
									      : STR("Bb_2")};
	return (struct xref_list){people, random_below(&c->random, 3)};
}

static struct portroll_str some_frequency(struct search_case *c)
{
	static const struct portroll_str shares[] = {STR_INIT("0.5"), STR_INIT("0.000001"),
						     STR_INIT("0.484143")};
	return shares[random_below(&c->random, ARRAY_LEN(shares))];
}

static void add_record(struct search_case *c, struct registry *reg)
{
	uint16_t first = (uint16_t)random_below(&c->random, 13);
	struct record r = {
		.has_port = random_below(&c->random, 4) > 0,
		.port = {first, (uint16_t)(first + random_below(&c->random, 3))},
		.transport = (uint8_t)random_below(&c->random, TRANSPORT_COUNT + 1),
		.name = some_text(c, 5),
		.description = richtext_plain(&c->arena, some_text(c, 30)),
		.note = richtext_plain(&c->arena, some_text(c, 4)),
		.unauthorized = some_text(c, random_below(&c->random, 4) ? 0 : 4),
		.contacts = some_people(c),
	};
	struct extra *frequency = arena_alloc(&c->arena, sizeof(*frequency));
	assert_non_null(frequency);
	*frequency = (struct extra){STR("frequency"), some_frequency(c), false};
	r.extras = (struct extra_list){frequency, random_below(&c->random, 3) == 0};
	r.has_assignee = random_below(&c->random, 2) > 0;
	if (r.has_assignee)
		r.assignee = some_people(c);
	for (uint32_t i = 0; i <= random_below(&c->random, 2); i++, r.transport = i % 2 + 1)
		assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
}

static struct registry *some_registry(struct search_case *c)
{
	struct registry *reg = registry_new(&c->arena);
	assert_non_null(reg);
	struct person people[] = {{.id = STR("Ab_1"), .name = some_text(c, 5)},
				  {.id = STR("Bb_2"), .org = some_text(c, 5)}};
	for (size_t i = 0; i < ARRAY_LEN(people); i++)
		assert_int_equal(registry_add_person(reg, &people[i]), PORTROLL_OK);
	uint32_t records = random_below(&c->random, RECORD_MAX / 2);
	for (uint32_t i = 0; i < records; i++)
		add_record(c, reg);
	return reg;
}

static void search_begin(struct search_case *c)
{
	static const char *const names[] = {"own", "iana", "debian", "nmap"};
	c->arena = ARENA_INIT;
	c->roll = roll_new(&c->arena);
	assert_non_null(c->roll);
	uint32_t sources = 1 + random_below(&c->random, ARRAY_LEN(names));
	for (uint32_t i = 0; i < sources; i++)
		case_insert(c->roll, names[i],
			    (uint8_t)random_below(&c->random, COVERAGE_NAMES + 1),
			    some_registry(c));
	case_compile(&c->out, c->roll);
	c->snapshot =
		case_open(&c->out, random_below(&c->random, 2) ? SNAPSHOT_FULL : SNAPSHOT_TOUCHED);
}

static void search_end(struct search_case *c)
{
	portroll_close(c->snapshot);
	buf_done(&c->out);
	arena_done(&c->arena);
}

/* One to three words, of letters that the records have; some are numbers. */
static struct portroll_str some_words(struct search_case *c)
{
	struct buf words = BUF_INIT(1U << 10);
	for (uint32_t left = 1 + random_below(&c->random, 3); left > 0; left--) {
		if (random_below(&c->random, 4) == 0)
			buf_put_num(&words, random_below(&c->random, 15));
		else
			buf_put(&words, some_text(c, random_below(&c->random, 4) ? 3 : 8));
		buf_putc(&words, ' ');
	}
	struct portroll_str text = arena_str(&c->arena, buf_str(&words));
	buf_done(&words);
	return text;
}

static void assert_search(struct search_case *c, struct portroll_str words, uint32_t flags)
{
	struct naive n = {c->roll, c->snapshot, BUF_INIT(1U << 20), flags & PORTROLL_SEARCH_NAMES};
	size_t count = str_trim(words).len ? naive_search(&n, words, c->expected) : 0;
	size_t max = random_below(&c->random, 2) ? random_below(&c->random, 8) : count;
	size_t got = portroll_search(c->snapshot, words, flags, c->got, max);
	if (got != count)
		fail_msg("PORTROLL_SEED=%llu: '%.*s', flags %u: %zu instead of %zu",
			 (unsigned long long)c->random.seed, PORTROLL_STR_ARG(words), flags, got,
			 count);
	for (size_t i = 0; i < count && i < max; i++)
		if (c->got[i].record != c->expected[i].id)
			fail_msg("PORTROLL_SEED=%llu: '%.*s', flags %u, max %zu: hit %zu is %u, "
				 "not %u",
				 (unsigned long long)c->random.seed, PORTROLL_STR_ARG(words), flags,
				 max, i, c->got[i].record, c->expected[i].id);
	buf_done(&n.cell);
}

static void small_registries_are_searched_as_defined(void **state)
{
	(void)state;
	static struct search_case c;
	for_rounds(&c.random, 400)
	{
		search_begin(&c);
		for (size_t i = 0; i < 20; i++) {
			struct portroll_str words = some_words(&c);
			assert_search(&c, words, 0);
			assert_search(&c, words, PORTROLL_SEARCH_NAMES);
		}
		search_end(&c);
	}
}

static const struct word_row {
	const char *fact;
	struct portroll_str words;
	size_t all, names;
} rows[] = {
	{"no word", STR_INIT(""), 0, 0},
	{"blanks only", STR_INIT(" \t\r\n"), 0, 0},
	{"a part of names", STR_INIT("TTP"), 4, 4},
	{"bytes above 127 in a person's name", STR_INIT("ex\xc3\xa4m"), 2, 0},
	{"bytes that are not UTF-8", STR_INIT("\xff\xfe"), 0, 0},
	{"NUL in a word", STR_INIT("ht\0tp"), 0, 0},
	{"NUL alone", STR_INIT("\0"), 0, 0},
	{"a port of a range", STR_INIT("3370"), 1, 1},
	{"a port and a word", STR_INIT("3370 video"), 1, 1},
	{"a transport is no name", STR_INIT("sctp"), 1, 0},
	{"a port that is too large", STR_INIT("65536"), 0, 0},
	{"an edge of a word, a hyphen", STR_INIT("-d"), 1, 1},
};

static void odd_words_have_their_answers(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	struct portroll_hit hits[4];
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t all = portroll_search(c.snapshot, rows[i].words, 0, hits, 4);
		size_t names =
			portroll_search(c.snapshot, rows[i].words, PORTROLL_SEARCH_NAMES, hits, 4);
		if (all != rows[i].all || names != rows[i].names)
			fail_msg("%s: %zu and %zu", rows[i].fact, all, names);
	}
	snapshot_case_end(&c);
}

static void long_and_many_words_are_no_danger(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	struct buf words = BUF_INIT(1U << 20);
	buf_fill(&words, 'h', 10000);
	for (uint32_t flags = 0; flags <= PORTROLL_SEARCH_NAMES; flags++)
		assert_int_equal(portroll_search(c.snapshot, buf_str(&words), flags, NULL, 0), 0);
	buf_clear(&words);
	for (size_t i = 0; i < PORTROLL_SEARCH_WORDS_MAX; i++)
		buf_puts(&words, "http ");
	assert_int_equal(portroll_search(c.snapshot, buf_str(&words), 0, NULL, 0), 4);
	assert_int_equal(
		portroll_search(c.snapshot, buf_str(&words), PORTROLL_SEARCH_NAMES, NULL, 0), 4);
	buf_puts(&words, "http");
	assert_int_equal(portroll_search(c.snapshot, buf_str(&words), 0, NULL, 0), 0);
	buf_done(&words);
	snapshot_case_end(&c);
}

/* Short words are looked for in a set of bits, which is not for any number of documents. */
static void a_roll_of_very_many_names_is_searched_too(void **state)
{
	(void)state;
	static const char *const words[] = {"4", "65", "b7", "a65535", "6599"};
	struct arena a = ARENA_INIT;
	struct buf out;
	struct registry *reg = registry_new(&a);
	assert_non_null(reg);
	size_t expected[ARRAY_LEN(words)] = {0};
	for (uint32_t i = 0; i < MANY; i++) {
		char name[32];
		(void)snprintf(name, sizeof(name), "%c%u", i % 2 ? 'a' : 'B', i);
		struct record r = {.name = arena_str(&a, str_from(name))};
		assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
		for (size_t k = 0; k < ARRAY_LEN(words); k++)
			expected[k] += str_find_fold(r.name, str_from(words[k])) != SIZE_MAX;
	}
	case_compile(&out, case_roll_of(&a, reg));
	struct portroll_snapshot *s = case_open(&out, SNAPSHOT_FULL);
	for (size_t k = 0; k < ARRAY_LEN(words); k++)
		assert_int_equal(
			portroll_search(s, str_from(words[k]), PORTROLL_SEARCH_NAMES, NULL, 0),
			expected[k]);
	portroll_close(s);
	buf_done(&out);
	arena_done(&a);
}

/* Any bytes in the index, with checksums that fit: the full check refuses them or the search
 * stays inside, and says only what it has seen. */
static void a_hostile_index_is_safe(void **state)
{
	(void)state;
	struct snapshot_case c;
	struct random random = {0};
	snapshot_case_begin(&c);
	char *bytes = malloc(c.out.len);
	assert_non_null(bytes);
	for_rounds(&random, 1000)
	{
		static const char *const words[] = {"http", "ht", "t", "80", "e v", "world wide"};
		memcpy(bytes, c.out.ptr, c.out.len);
		const char *row = bytes + HEADER_SIZE +
				  (SECTION_DOCUMENTS + random_below(&random, 5)) * SECTION_ROW_SIZE;
		uint32_t size = load_u32(row + SECTION_SIZE_AT);
		for (uint32_t left = 1 + random_below(&random, 4); left > 0; left--)
			bytes[load_u32(row + SECTION_OFFSET) + random_below(&random, size)] ^=
				(char)(1 << random_below(&random, 8));
		seal(bytes, c.out.len);
		for (enum snapshot_mode mode = SNAPSHOT_FULL; mode <= SNAPSHOT_TOUCHED; mode++) {
			struct portroll_snapshot *s;
			struct portroll_hit hits[8];
			if (snapshot_open(&s, (struct portroll_str){bytes, c.out.len}, mode, NULL))
				continue;
			for (size_t i = 0; i < ARRAY_LEN(words); i++) {
				struct arena a = ARENA_INIT;
				struct id_array all;
				(void)portroll_search(s, str_from(words[i]), PORTROLL_SEARCH_NAMES,
						      hits, ARRAY_LEN(hits));
				if (snapshot_search(&all, s, str_from(words[i]),
						    PORTROLL_SEARCH_NAMES, &a) == PORTROLL_OK)
					check(&random, all.count <= portroll_record_count(s));
				arena_done(&a);
			}
			check(&random, mode == SNAPSHOT_TOUCHED || !portroll_damaged(s));
			portroll_close(s);
		}
	}
	free(bytes);
	snapshot_case_end(&c);
}

/* All of IANA's names and descriptions in small letters, and where each record's begin. */
struct iana_case {
	struct write_case file;
	struct buf out, text;
	struct portroll_snapshot *snapshot;
	size_t count;
	size_t *begins;
	struct portroll_hit *hits;
	uint32_t *round; /* a record was expected in this round last */
};

static bool iana_begin(struct iana_case *c)
{
	*c = (struct iana_case){.text = BUF_INIT(1U << 24)};
	if (!case_shared(&c->file, "iana-2026-02-13.xml", "xml"))
		return false;
	struct arena *a = &c->file.arena;
	case_compile(&c->out, case_roll_of(a, c->file.reg));
	c->snapshot = case_open(&c->out, SNAPSHOT_FULL);
	c->count = portroll_record_count(c->snapshot);
	c->begins = arena_array(a, c->count + 1, sizeof(*c->begins));
	c->hits = arena_array(a, c->count, sizeof(*c->hits));
	c->round = arena_array(a, c->count, sizeof(*c->round));
	for (uint32_t i = 0; i < c->count; i++) {
		struct portroll_record r;
		assert_true(portroll_get(c->snapshot, i, &r));
		c->begins[i] = c->text.len;
		buf_put(&c->text, r.name);
		buf_putc(&c->text, '\n');
		buf_put(&c->text, r.description);
		buf_putc(&c->text, '\n');
	}
	c->begins[c->count] = c->text.len;
	for (size_t i = 0; i < c->text.len; i++)
		c->text.ptr[i] = fold_char(c->text.ptr[i]);
	return true;
}

static void iana_end(struct iana_case *c)
{
	portroll_close(c->snapshot);
	buf_done(&c->out);
	buf_done(&c->text);
	case_done(&c->file);
}

/* The records that hold the word or cover it as a port are marked; returns how many. */
static size_t expect_word(struct iana_case *c, struct portroll_str word, uint32_t round)
{
	struct portroll_str all = buf_str(&c->text);
	size_t count = 0, from = 0;
	for (uint32_t i = 0; i < c->count; from = c->begins[++i]) {
		size_t at = str_find(str_part(all, from, all.len), word);
		if (at == SIZE_MAX)
			break;
		while (c->begins[i + 1] <= from + at)
			i++;
		c->round[i] = round;
		count++;
	}
	uint64_t port;
	if (num_parse(&port, word, UINT16_MAX) < 0)
		return count;
	for (uint32_t i = 0; i < c->count; i++) {
		const struct record *r = c->file.reg->records[i];
		if (r->has_port && r->port.first <= port && port <= r->port.last &&
		    c->round[i] != round) {
			c->round[i] = round;
			count++;
		}
	}
	return count;
}

static int by_text(const void *a, const void *b)
{
	return str_compare(*(const struct portroll_str *)a, *(const struct portroll_str *)b);
}

/* Runs of letters and digits, each once. */
static size_t distinct_words(struct iana_case *c, struct portroll_str **ret)
{
	struct portroll_str *words =
		arena_array(&c->file.arena, c->text.len / 2 + 1, sizeof(*words));
	assert_non_null(words);
	size_t count = 0, distinct = 0;
	for (size_t at = 0, end; at < c->text.len; at = end + 1) {
		for (end = at; end < c->text.len; end++)
			if (!is_alpha(c->text.ptr[end]) && !is_digit(c->text.ptr[end]))
				break;
		if (end > at)
			words[count++] = str_part(buf_str(&c->text), at, end);
	}
	qsort(words, count, sizeof(*words), by_text);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || !str_equal(words[i], words[distinct - 1]))
			words[distinct++] = words[i];
	*ret = words;
	return distinct;
}

static void iana_words_are_found_where_they_stand(void **state)
{
	(void)state;
	struct iana_case c;
	if (!iana_begin(&c)) {
		case_done(&c.file);
		skip();
	}
	struct portroll_str *words;
	size_t count = distinct_words(&c, &words);
	assert_true(count > 9000);
	for (uint32_t i = 0; i < count; i += WORD_STEP) {
		size_t expected = expect_word(&c, words[i], i + 1);
		size_t got = portroll_search(c.snapshot, words[i], PORTROLL_SEARCH_NAMES, c.hits,
					     c.count);
		if (got != expected)
			fail_msg("'%.*s': %zu instead of %zu", PORTROLL_STR_ARG(words[i]), got,
				 expected);
		for (size_t k = 0; k < got; k++)
			if (c.round[c.hits[k].record] != i + 1)
				fail_msg("'%.*s': record %u", PORTROLL_STR_ARG(words[i]),
					 c.hits[k].record);
	}
	iana_end(&c);
}

/* In the order of the definition, with all columns and without. */
static void iana_hits_are_ranked_as_defined(void **state)
{
	(void)state;
	static const char *const words[] = {"http",      "80",       "a",       "service", "zz",
					    "cisco sys", "Reserved", "tcp 443", "system"};
	struct iana_case c;
	if (!iana_begin(&c)) {
		case_done(&c.file);
		skip();
	}
	struct naive n = {case_roll_of(&c.file.arena, c.file.reg), c.snapshot, BUF_INIT(1U << 20),
			  false};
	struct naive_hit *expected = arena_array(&c.file.arena, c.count, sizeof(*expected));
	for (size_t i = 0; i < 2 * ARRAY_LEN(words); i++) {
		struct portroll_str word = str_from(words[i / 2]);
		n.names = i % 2;
		size_t count = naive_search(&n, word, expected);
		size_t got = portroll_search(c.snapshot, word, n.names ? PORTROLL_SEARCH_NAMES : 0,
					     c.hits, 20);
		assert_int_equal(got, count);
		for (size_t k = 0; k < count && k < 20; k++)
			assert_int_equal(c.hits[k].record, expected[k].id);
	}
	buf_done(&n.cell);
	iana_end(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_registries_are_searched_as_defined),
		cmocka_unit_test(odd_words_have_their_answers),
		cmocka_unit_test(long_and_many_words_are_no_danger),
		cmocka_unit_test(a_roll_of_very_many_names_is_searched_too),
		cmocka_unit_test(a_hostile_index_is_safe),
		cmocka_unit_test(iana_words_are_found_where_they_stand),
		cmocka_unit_test(iana_hits_are_ranked_as_defined),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

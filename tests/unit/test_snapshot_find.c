/* SPDX-License-Identifier: MIT */
#include "random.h"
#include "snapshot_case.h"

#include "snapshot/name_table.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* As a hash of names gives it. */
#define SEED UINT64_C(0x9e3779b97f4a7c15)

static struct registry *registry_of_names(struct arena *a, const struct portroll_str *names,
					  size_t count)
{
	struct registry *reg = registry_new(a);
	assert_non_null(reg);
	for (size_t i = 0; i < count; i++) {
		struct record r = {.name = names[i],
				   .port = {(uint16_t)(i + 1), (uint16_t)(i + 1)},
				   .has_port = true,
				   .transport = PORTROLL_TCP};
		assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
	}
	return reg;
}

static const enum snapshot_mode modes[] = {SNAPSHOT_FULL, SNAPSHOT_TOUCHED};

/* A snapshot of names alone, in both modes. */
struct names_case {
	struct arena arena;
	struct buf out;
	struct portroll_snapshot *snapshots[2];
};

static void names_begin(struct names_case *c, const struct portroll_str *names, size_t count)
{
	*c = (struct names_case){0};
	case_compile(&c->out, case_roll_of(&c->arena, registry_of_names(&c->arena, names, count)));
	for (size_t i = 0; i < ARRAY_LEN(modes); i++)
		c->snapshots[i] = case_open(&c->out, modes[i]);
}

static void names_end(struct names_case *c)
{
	for (size_t i = 0; i < ARRAY_LEN(modes); i++) {
		assert_false(portroll_damaged(c->snapshots[i]));
		portroll_close(c->snapshots[i]);
	}
	buf_done(&c->out);
	arena_done(&c->arena);
}

static void assert_found(const struct names_case *c, struct portroll_str name, uint32_t id)
{
	for (size_t i = 0; i < ARRAY_LEN(modes); i++)
		if (portroll_find_name(c->snapshots[i], name) != id)
			fail_msg("'%.*s' is not %u in mode %zu", PORTROLL_STR_ARG(name), id, i);
}

static const struct portroll_str odd_names[] = {
	STR_INIT("a"),
	STR_INIT("A-Z"),
	STR_INIT("exactly-fifteen"),
	STR_INIT("exactly-sixteen-"),
	STR_INIT("exactly-sixteen+"),
	STR_INIT("a-name-that-is-much-longer-than-those-of-iana"),
	STR_INIT("nul\0inside"),
	STR_INIT("nul"),
	STR_INIT("nul\0"),
	STR_INIT("caf\xc3\xa9"),
	STR_INIT("@[`{"),
};

static void names_are_found_in_any_case(void **state)
{
	(void)state;
	struct names_case c;
	names_begin(&c, odd_names, ARRAY_LEN(odd_names));
	for (uint32_t i = 0; i < ARRAY_LEN(odd_names); i++)
		assert_found(&c, odd_names[i], i);
	assert_found(&c, STR("a-z"), 1);
	assert_found(&c, STR("EXACTLY-fifteen"), 2);
	assert_found(&c, STR("exactly-SIXTEEN-"), 3);
	assert_found(&c, STR("A-NAME-that-is-much-longer-than-those-of-iana"), 5);
	assert_found(&c, STR("CAF\xc3\xa9"), 9);
	names_end(&c);
}

static void what_is_no_name_is_not_found(void **state)
{
	(void)state;
	static const struct portroll_str misses[] = {
		STR_INIT(""),
		{NULL, 0},
		STR_INIT("b"),
		STR_INIT("a\0"),
		STR_INIT("nul\0\0"),
		STR_INIT("exactly-sixteen"),
		STR_INIT("exactly-sixteen*"),
		STR_INIT("`{@["),
		STR_INIT("caf\xc3\x89"),
		STR_INIT("\xff\xff\xff"),
		STR_INIT("a-name-that-is-much-longer-than-those-of-ianb"),
		STR_INIT("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
	};
	static char long_name[10000];
	memset(long_name, 'a', sizeof(long_name));
	struct names_case c;
	names_begin(&c, odd_names, ARRAY_LEN(odd_names));
	for (size_t i = 0; i < ARRAY_LEN(misses); i++)
		assert_found(&c, misses[i], PORTROLL_NONE);
	for (size_t len = 2; len < sizeof(long_name); len += 1 + len / 8)
		assert_found(&c, (struct portroll_str){long_name, len}, PORTROLL_NONE);
	names_end(&c);
}

/* The name is read with the bytes behind it, but never those of a page that is not there. */
static void a_name_at_the_end_of_memory_is_read_to_its_end(void **state)
{
	(void)state;
	static const char text[] = "abcdefghijklmnopqrst";
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *map =
		mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(map, MAP_FAILED);
	assert_int_equal(mprotect(map + page, page, PROT_NONE), 0);
	struct portroll_str names[20];
	for (size_t len = 1; len <= ARRAY_LEN(names); len++)
		names[len - 1] = (struct portroll_str){text, len};
	struct names_case c;
	names_begin(&c, names, ARRAY_LEN(names));
	for (size_t len = 1; len <= ARRAY_LEN(names); len++) {
		for (size_t behind = 0; behind < 20; behind++) {
			char *at = map + page - behind - len;
			memset(map + page - 64, 'x', 64);
			memcpy(at, text, len);
			assert_found(&c, (struct portroll_str){at, len}, (uint32_t)len - 1);
		}
	}
	names_end(&c);
	assert_int_equal(munmap(map, 2 * page), 0);
}

static void none_and_one_name_are_tables_too(void **state)
{
	(void)state;
	static const struct portroll_str one = STR_INIT("one");
	for (size_t count = 0; count <= 1; count++) {
		struct names_case c;
		names_begin(&c, &one, count);
		assert_found(&c, one, count ? 0 : PORTROLL_NONE);
		assert_found(&c, STR(""), PORTROLL_NONE);
		assert_found(&c, STR("two"), PORTROLL_NONE);
		names_end(&c);
	}
}

static void all_records_of_a_name_are_in_its_list(void **state)
{
	(void)state;
	static const struct portroll_str names[] = {
		STR_INIT("x"),
		STR_INIT("X"),
		STR_INIT("y"),
		STR_INIT("x"),
		STR_INIT("a-longer-name-than-15"),
		STR_INIT("y"),
		STR_INIT("A-longer-name-than-15"),
	};
	static const struct {
		struct portroll_str name;
		uint32_t ids[4], count;
	} lists[] = {
		{STR_INIT("x"), {0, 1, 3}, 3},
		{STR_INIT("y"), {2, 5}, 2},
		{STR_INIT("a-longer-name-than-15"), {4, 6}, 2},
	};
	struct names_case c;
	names_begin(&c, names, ARRAY_LEN(names));
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		for (size_t mode = 0; mode < ARRAY_LEN(modes); mode++) {
			const struct portroll_snapshot *s = c.snapshots[mode];
			struct record_list list = snapshot_by_name(s, lists[i].name);
			assert_int_equal(list.count, lists[i].count);
			for (uint32_t at = 0; at < list.count; at++)
				assert_int_equal(snapshot_list_at(s, list, at), lists[i].ids[at]);
		}
	}
	names_end(&c);
}

static void every_key_has_a_slot_of_its_own(void **state)
{
	(void)state;
	static const uint32_t counts[] = {0, 1, 2, 3, 5, 100, 7327, 100000};
	struct random random = {0};
	for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
		struct arena a = ARENA_INIT;
		struct name_table table;
		struct name_key *keys = arena_array(&a, counts[i], sizeof(*keys));
		bool *taken = NULL;
		for (uint32_t k = 0; k < counts[i]; k++)
			keys[k] = (struct name_key){k, random_next(&random)};
		assert_int_equal(name_table_build(&table, keys, counts[i], SEED, &a), PORTROLL_OK);
		taken = arena_array(&a, table.slot_count, sizeof(*taken));
		for (uint32_t k = 0; k < counts[i]; k++) {
			uint64_t hash = name_hash(keys[k], name_seeds(table.seed));
			uint32_t bucket = name_bucket(hash, table.bucket_count);
			uint32_t slot =
				name_slot(hash, table.displacements[bucket], table.slot_count);
			assert_true(slot < table.slot_count && !taken[slot]);
			assert_int_equal(table.slots[slot], k + 1);
			taken[slot] = true;
		}
		arena_done(&a);
	}
}

static void equal_keys_have_no_table(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct name_table table;
	const struct name_key keys[2] = {{1, 2}, {1, 2}};
	assert_int_equal(name_table_build(&table, keys, 2, SEED, &a), PORTROLL_ELIMIT);
	arena_done(&a);
}

static void the_first_record_of_a_port_is_that_of_its_answer(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	struct portroll_snapshot *touched = case_open(&c.out, SNAPSHOT_TOUCHED);
	for (uint32_t place = 0; place < 4 * PORT_COUNT; place++) {
		uint16_t port = (uint16_t)(place % PORT_COUNT);
		uint8_t transport = (uint8_t)(1 + place / PORT_COUNT);
		struct answer answer = snapshot_answer(touched, port, transport);
		uint32_t first = snapshot_list_at(touched, answer.records, 0);
		assert_int_equal(portroll_find_port(c.snapshot, port, transport), first);
		assert_int_equal(portroll_find_port(touched, port, transport), first);
	}
	static const uint32_t none[] = {0, 5, 256, 257, UINT32_MAX};
	for (size_t i = 0; i < ARRAY_LEN(none); i++) {
		assert_int_equal(portroll_find_port(c.snapshot, 80, none[i]), PORTROLL_NONE);
		assert_int_equal(portroll_find_port(touched, 80, none[i]), PORTROLL_NONE);
	}
	assert_false(portroll_damaged(touched));
	portroll_close(touched);
	snapshot_case_end(&c);
}

/* As another user there is nothing to refuse: that one's file is his own affair. */
static void root_refuses_what_everybody_may_write(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	char path[] = "/tmp/portroll-test-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(file_drain(&fd, buf_str(&c.out)), PORTROLL_OK);
	assert_int_equal(fchmod(fd, 0646), 0);
	int want = geteuid() == 0 ? PORTROLL_ESYSTEM : PORTROLL_OK;
	for (int touched = 0; touched <= 1; touched++) {
		struct portroll_error err = {0};
		struct portroll_snapshot *s = NULL;
		int r = touched ? portroll_open_touched(&s, path, &err)
				: portroll_open(&s, path, &err);
		assert_int_equal(r, want);
		assert_true(r == PORTROLL_OK || strstr(err.text, "chmod o-w"));
		portroll_close(s);
		s = NULL;
		assert_int_equal(fchmod(fd, 0664), 0);
		assert_int_equal(touched ? portroll_open_touched(&s, path, NULL)
					 : portroll_open(&s, path, NULL),
				 PORTROLL_OK);
		portroll_close(s);
		assert_int_equal(fchmod(fd, 0646), 0);
	}
	assert_int_equal(close(fd), 0);
	assert_int_equal(unlink(path), 0);
	snapshot_case_end(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_found_in_any_case),
		cmocka_unit_test(what_is_no_name_is_not_found),
		cmocka_unit_test(a_name_at_the_end_of_memory_is_read_to_its_end),
		cmocka_unit_test(none_and_one_name_are_tables_too),
		cmocka_unit_test(all_records_of_a_name_are_in_its_list),
		cmocka_unit_test(every_key_has_a_slot_of_its_own),
		cmocka_unit_test(equal_keys_have_no_table),
		cmocka_unit_test(the_first_record_of_a_port_is_that_of_its_answer),
		cmocka_unit_test(root_refuses_what_everybody_may_write),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

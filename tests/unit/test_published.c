/* SPDX-License-Identifier: MIT */
#include "ledger/published.h"

#include "ledger_folder.h"

#include <ftw.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/num.h"

#define ENTRIES 300

static struct ledger_folder f;

/* One by one at the end, so that there are tiles of several sizes. */
static int make(void **state)
{
	(void)state;
	struct ledger *l;
	make_fast_ledger_folder(&f);
	int r = ledger_init(&f.options, STR(""), STR(ORIGIN), NULL);
	grow_ledger_at_once(&f, ENTRIES - 22);
	grow_ledger(&f, 19);
	assert_int_equal(ledger_open(&l, &f.options, NULL), PORTROLL_OK);
	assert_int_equal(commit_person(l, "Example_One"), PORTROLL_OK);
	assert_int_equal(commit_person(l, "Example_Two"), PORTROLL_OK);
	struct proposal proposal = told(ledger_tree(l), "another key");
	assert_int_equal(ledger_rotate_key(l, &proposal.about, NULL), PORTROLL_OK);
	ledger_close(l);
	return r;
}

static int remove_it(void **state)
{
	(void)state;
	remove_ledger_folder(&f);
	return 0;
}

/* Told of each file below ledger/. */
struct flips {
	size_t count, step;
};
static struct flips flips;

static void flip(FILE *file, long at, int bit)
{
	assert_int_equal(fseek(file, at, SEEK_SET), 0);
	int byte = fgetc(file);
	assert_int_equal(fseek(file, at, SEEK_SET), 0);
	assert_true(fputc(byte ^ 1 << bit, file) != EOF);
	assert_int_equal(fflush(file), 0);
}

static int flip_bits(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)at;
	if (type != FTW_F)
		return 0;
	FILE *file = fopen(path, "r+");
	assert_non_null(file);
	size_t step = st->st_size > 2000 ? flips.step * 8 : flips.step;
	for (long i = 0; i < st->st_size; i += (long)step) {
		uint64_t size;
		int bit = (int)(flips.count++ % 8);
		flip(file, i, bit);
		if (check_published(&f, &size, NULL) == PORTROLL_OK)
			fail_msg("%s: bit %d of byte %ld", path, bit, i);
		flip(file, i, bit);
	}
	(void)fclose(file);
	return 0;
}

static void each_flipped_bit_is_found(void **state)
{
	(void)state;
	assert_published(&f, ENTRIES);
	flips = (struct flips){.step = 13};
	assert_int_equal(nftw(f.published, flip_bits, 16, FTW_PHYS), 0);
	print_message("%zu flips\n", flips.count);
	assert_true(flips.count > 1000);
	assert_published(&f, ENTRIES);
}

/* A file that ends before its time, or goes on. */
static int cut_and_grow(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)at;
	uint64_t size;
	if (type != FTW_F || st->st_size == 0)
		return 0;
	FILE *file = fopen(path, "a");
	assert_non_null(file);
	assert_true(fputc('x', file) != EOF);
	(void)fclose(file);
	if (check_published(&f, &size, NULL) == PORTROLL_OK)
		fail_msg("%s: one byte more", path);
	struct file_bytes bytes;
	assert_int_equal(file_load(&bytes, path, 1 << 20, NULL), PORTROLL_OK);
	size_t len = (size_t)st->st_size;
	assert_int_equal(truncate(path, (off_t)len - 1), 0);
	if (check_published(&f, &size, NULL) == PORTROLL_OK)
		fail_msg("%s: one byte less", path);
	assert_int_equal(file_replace(path, str_part(bytes.bytes, 0, len), 0644, NULL), 0);
	file_release(&bytes);
	return 0;
}

static void each_byte_too_many_and_too_few_is_found(void **state)
{
	(void)state;
	assert_int_equal(nftw(f.published, cut_and_grow, 16, FTW_PHYS), 0);
	assert_published(&f, ENTRIES);
}

struct expected {
	uint64_t next;
	struct tree tree;
};

static int add(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	(void)err;
	struct expected *e = context;
	assert_int_equal(entry->index, e->next++);
	assert_int_equal(entry->topic.len, 0);
	return tree_append(&e->tree, &entry->leaf);
}

static void entries_and_trees_of_each_size_are_given(void **state)
{
	(void)state;
	static const uint64_t sizes[] = {0, 1, 2, 3, 255, 256, 257, 278, 299, 300};
	struct published *p;
	assert_int_equal(published_open(&p, f.published, NULL), PORTROLL_OK);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct expected e = {0};
		struct tree tree;
		struct proof proof;
		assert_int_equal(
			published_each(p, (struct entry_range){0, sizes[i]}, add, &e, NULL),
			PORTROLL_OK);
		assert_int_equal(e.next, sizes[i]);
		assert_int_equal(published_tree(&tree, p, sizes[i], NULL), PORTROLL_OK);
		struct tree_head head = tree_head(&e.tree), given = tree_head(&tree);
		assert_true(tree_hash_equal(&head.root, &given.root));
		assert_int_equal(
			proof_of_consistency(&proof, published_reader(p), sizes[i], ENTRIES, NULL),
			PORTROLL_OK);
		assert_true(proof_continues(&proof, &head, &published_checkpoint(p)->head));
	}
	struct expected e = {.next = 250};
	assert_int_equal(published_each(p, (struct entry_range){250, 260}, add, &e, NULL), 0);
	assert_int_equal(e.next, 260);
	assert_int_equal(published_each(p, (struct entry_range){0, 301}, add, &e, NULL),
			 PORTROLL_EINVAL);
	published_close(p);
}

/* A writer has gone on and removed what this reader knew. */
static void a_reader_goes_on_while_a_writer_does(void **state)
{
	(void)state;
	struct published *p;
	struct expected e = {0};
	assert_int_equal(published_open(&p, f.published, NULL), PORTROLL_OK);
	grow_ledger(&f, 20);
	assert_int_equal(published_each(p, (struct entry_range){0, ENTRIES}, add, &e, NULL), 0);
	assert_int_equal(published_check(p, NULL), PORTROLL_OK);
	grow_ledger_at_once(&f, 300);
	assert_int_equal(published_check(p, NULL), PORTROLL_OK);
	published_close(p);
	assert_published(&f, ENTRIES + 320);
}

static void who_was_altered_is_as_if_erased(void **state)
{
	(void)state;
	struct file_bytes file;
	char bytes[1000];
	const char *path = beside(&f, "roll/ledger/people");
	assert_int_equal(file_load(&file, path, sizeof(bytes), NULL), PORTROLL_OK);
	size_t len = file.bytes.len, at = str_find(file.bytes, STR("One"));
	memcpy(bytes, file.bytes.ptr, len);
	file_release(&file);
	bytes[at] = 'X';
	assert_int_equal(file_replace(path, (struct portroll_str){bytes, len}, 0644, NULL), 0);
	struct published *p;
	struct person_contents people;
	struct tree_hash one = person_commitment("Example_One"),
			 two = person_commitment("Example_Two"), nobody = {{0}};
	assert_int_equal(published_open(&p, f.published, NULL), PORTROLL_OK);
	assert_int_equal(published_people(&people, p, NULL), PORTROLL_OK);
	assert_int_equal(people.find(people.context, &one)->body.len, 0);
	assert_true(str_equal(people.find(people.context, &two)->body, person_body("Example_Two")));
	assert_null(people.find(people.context, &nobody));
	published_close(p);
}

static void a_people_file_of_anything_is_read(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"",
		"\n",
		"\n\n\n",
		"{}\n",
		"{\"commitment\":\"",
		"{\"commitment\":\"AAAA\",\"person\":{},\"salt\":\"AAAA\"}\n",
		"{\"commitment\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\",\"person\":,"
		"\"salt\":"
		"\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}\n",
	};
	struct tree_hash zeros = {{0}};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct published *p;
		struct person_contents people;
		assert_int_equal(file_replace(beside(&f, "roll/ledger/people"), str_from(texts[i]),
					      0644, NULL),
				 PORTROLL_OK);
		assert_int_equal(published_open(&p, f.published, NULL), PORTROLL_OK);
		assert_int_equal(published_people(&people, p, NULL), PORTROLL_OK);
		const struct person_content *found = people.find(people.context, &zeros);
		assert_true(!found || found->body.len == 0);
		assert_int_equal(published_check(p, NULL) == PORTROLL_OK, texts[i][0] == '\0');
		published_close(p);
	}
}

/* Bytes of address space that this process has. */
static uint64_t space(void)
{
	struct file_bytes file;
	struct portroll_str rest, pages;
	uint64_t count;
	assert_int_equal(file_read(&file, "/proc/self/statm", 1000, NULL), PORTROLL_OK);
	rest = file.bytes;
	assert_true(str_word(&rest, &pages));
	assert_int_equal(num_parse(&count, pages, INT64_MAX >> 12), PORTROLL_OK);
	file_release(&file);
	return count << 12;
}

static void blank_lines_of_people_need_no_room_for_people(void **state)
{
	(void)state;
	struct rlimit before, small;
	struct published *p;
	struct person_contents people;
	static char blank[32 << 20];
	memset(blank, '\n', sizeof(blank));
	assert_int_equal(file_replace(beside(&f, "roll/ledger/people"),
				      (struct portroll_str){blank, sizeof(blank)}, 0644, NULL),
			 PORTROLL_OK);
	assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
	small = before;
	small.rlim_cur = space() + ((rlim_t)256 << 20);
	assert_int_equal(published_open(&p, f.published, NULL), PORTROLL_OK);
	assert_int_equal(setrlimit(RLIMIT_AS, &small), 0);
	int r = published_people(&people, p, NULL);
	assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
	assert_int_equal(r, PORTROLL_OK);
	published_close(p);
}

static int read_all(void *context)
{
	(void)context;
	struct published *p;
	struct expected e = {0};
	struct person_contents people;
	int r = published_open(&p, f.published, NULL);
	if (r < 0)
		return r;
	r = published_each(p, (struct entry_range){0, ENTRIES}, add, &e, NULL);
	if (r == PORTROLL_OK)
		r = published_people(&people, p, NULL);
	if (r == PORTROLL_OK)
		r = published_check(p, NULL);
	published_close(p);
	return r;
}

static void reading_survives_any_failing_allocation(void **state)
{
	(void)state;
	oom_sweep(read_all, NULL);
}

int main(void)
{
#define LEDGER_TEST(test) cmocka_unit_test_setup_teardown(test, make, remove_it)
	const struct CMUnitTest tests[] = {
		LEDGER_TEST(each_flipped_bit_is_found),
		LEDGER_TEST(each_byte_too_many_and_too_few_is_found),
		LEDGER_TEST(entries_and_trees_of_each_size_are_given),
		LEDGER_TEST(a_reader_goes_on_while_a_writer_does),
		LEDGER_TEST(who_was_altered_is_as_if_erased),
		LEDGER_TEST(a_people_file_of_anything_is_read),
		LEDGER_TEST(blank_lines_of_people_need_no_room_for_people),
		LEDGER_TEST(reading_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

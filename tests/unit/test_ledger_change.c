/* SPDX-License-Identifier: MIT */
/* Another key, another origin, a person who is forgotten. */
#include "ledger/ledger.h"

#include <unistd.h>

#include "ledger/key_file.h"
#include "ledger_folder.h"

static struct ledger_folder f;

static int make(void **state)
{
	(void)state;
	make_fast_ledger_folder(&f);
	int r = ledger_init(&f.options, STR(""), STR(ORIGIN), NULL);
	grow_ledger(&f, 5);
	return r;
}

static int remove_it(void **state)
{
	(void)state;
	remove_ledger_folder(&f);
	return 0;
}

static void load(struct file_bytes *ret, const char *name)
{
	assert_int_equal(file_load(ret, beside(&f, name), NOTE_SIZE_MAX, NULL), PORTROLL_OK);
}

static size_t count_lines(const char *name)
{
	struct file_bytes file;
	size_t count = 0;
	load(&file, name);
	for (size_t i = 0; i < file.bytes.len; i++)
		count += file.bytes.ptr[i] == '\n';
	file_release(&file);
	return count;
}

static int rotate(void)
{
	struct ledger *l;
	assert_int_equal(ledger_open(&l, &f.options, NULL), PORTROLL_OK);
	struct proposal proposal = told(ledger_tree(l), "another key");
	int r = ledger_rotate_key(l, &proposal.about, NULL);
	ledger_close(l);
	return r;
}

static int look_for_vkey(void *context, const struct stored_entry *entry,
			 struct portroll_error *err)
{
	struct arena a = ARENA_INIT;
	struct changeset about;
	struct file_bytes keys;
	int r = changeset_read_about(&about, entry->body, &a, err);
	load(&keys, "roll/ledger/key");
	bool *found = context;
	*found = r == PORTROLL_OK && about.vkey.len && str_starts(keys.bytes, about.vkey);
	file_release(&keys);
	arena_done(&a);
	return r;
}

static void assert_last_change_names_the_key(uint64_t size)
{
	struct published *p;
	bool found = false;
	assert_int_equal(published_open(&p, f.published, NULL), PORTROLL_OK);
	assert_int_equal(published_each(p, (struct entry_range){size - 1, size}, look_for_vkey,
					&found, NULL),
			 PORTROLL_OK);
	assert_true(found);
	published_close(p);
}

static int open_with(const struct note_key *key)
{
	struct file_bytes note;
	struct checkpoint checkpoint;
	load(&note, "roll/ledger/checkpoint");
	int r = checkpoint_open(&checkpoint, note.bytes, (struct note_keys){key, 1}, NULL);
	file_release(&note);
	return r;
}

static void a_new_key_signs_beside_all_before_it(void **state)
{
	(void)state;
	struct file_bytes old;
	struct note_key key;
	load(&old, "roll/ledger/key");
	assert_int_equal(note_key_parse(&key, str_part(old.bytes, 0, old.bytes.len - 1), NULL), 0);
	for (size_t keys = 2; keys <= KEYS_MAX; keys++) {
		assert_int_equal(rotate(), PORTROLL_OK);
		assert_int_equal(count_lines("roll/ledger/key"), keys);
		assert_int_equal(open_with(&key), PORTROLL_OK);
	}
	assert_published(&f, 5 + KEYS_MAX - 1);
	assert_last_change_names_the_key(5 + KEYS_MAX - 1);
	file_release(&old);
}

static void of_too_many_keys_the_oldest_goes(void **state)
{
	(void)state;
	struct file_bytes old;
	struct note_key key;
	load(&old, "roll/ledger/key");
	assert_int_equal(note_key_parse(&key, str_part(old.bytes, 0, old.bytes.len - 1), NULL), 0);
	for (size_t i = 0; i < KEYS_MAX; i++)
		assert_int_equal(rotate(), PORTROLL_OK);
	assert_int_equal(open_with(&key), PORTROLL_ECORRUPT);
	assert_int_equal(count_lines("roll/ledger/key"), KEYS_MAX);
	grow_ledger(&f, 1);
	assert_published(&f, 5 + KEYS_MAX + 1);
	file_release(&old);
}

static void the_key_before_is_refused_after_a_rotation(void **state)
{
	(void)state;
	copy_tree(beside(&f, "roll/key"), beside(&f, "old"));
	assert_int_equal(rotate(), PORTROLL_OK);
	grow_ledger(&f, 1);
	assert_int_equal(rename(beside(&f, "old"), beside(&f, "roll/key")), 0);
	assert_refused(&f, PORTROLL_EINVAL, "is not the key that the ledger names since @6");
}

static int fork_it(struct portroll_error *err)
{
	struct tree none = {0};
	struct proposal proposal = told(&none, "the disk was lost");
	return ledger_fork(&f.options, &proposal.about, err);
}

static int look_for_reason(void *context, const struct stored_entry *entry,
			   struct portroll_error *err)
{
	struct arena a = ARENA_INIT;
	struct changeset about;
	int r = changeset_read_about(&about, entry->body, &a, err);
	assert_int_equal(r, PORTROLL_OK);
	assert_text(about.kind, "fork");
	if (!str_starts(about.reason, str_from(context)))
		fail_msg("'%.*s'", PORTROLL_STR_ARG(about.reason));
	arena_done(&a);
	return r;
}

static void a_fork_goes_on_from_what_is_there(void **state)
{
	(void)state;
	static char reason[] = "the disk was lost\n" ORIGIN "\n7\n";
	struct published *p;
	copy_tree(beside(&f, "roll/ledger.db"), beside(&f, "older"));
	grow_ledger(&f, 2);
	assert_int_equal(rename(beside(&f, "older"), beside(&f, "roll/ledger.db")), 0);
	assert_int_equal(try_open(&f, NULL), PORTROLL_ECORRUPT);
	assert_int_equal(fork_it(NULL), PORTROLL_OK);
	assert_published(&f, 6);
	assert_last_change_names_the_key(6);
	assert_int_equal(published_open(&p, f.published, NULL), PORTROLL_OK);
	assert_text(published_checkpoint(p)->origin, ORIGIN "/2");
	assert_int_equal(
		published_each(p, (struct entry_range){5, 6}, look_for_reason, reason, NULL),
		PORTROLL_OK);
	published_close(p);
	grow_ledger(&f, 1);
	assert_int_equal(fork_it(NULL), PORTROLL_OK);
	assert_int_equal(published_open(&p, f.published, NULL), PORTROLL_OK);
	assert_text(published_checkpoint(p)->origin, ORIGIN "/3");
	published_close(p);
	assert_published(&f, 8);
}

static int verify_former(void *context, const char *name, struct portroll_error *err)
{
	(void)err;
	size_t *count = context;
	struct file_bytes note, keys;
	struct note_key key;
	struct checkpoint checkpoint;
	char path[256];
	struct portroll_str file = str_from(name);
	if (!str_ends(file, STR(".checkpoint")))
		return PORTROLL_OK;
	(void)snprintf(path, sizeof(path), "roll/ledger/former/%s", name);
	load(&note, path);
	(void)snprintf(path, sizeof(path), "roll/ledger/former/%.32s.key", name);
	load(&keys, path);
	assert_int_equal(note_key_parse(&key, str_part(keys.bytes, 0, keys.bytes.len - 1), NULL),
			 0);
	assert_int_equal(
		checkpoint_open(&checkpoint, note.bytes, (struct note_keys){&key, 1}, NULL),
		PORTROLL_OK);
	assert_int_equal(checkpoint.head.size, 5);
	file_release(&note);
	file_release(&keys);
	++*count;
	return PORTROLL_OK;
}

static void what_was_signed_before_a_fork_stays(void **state)
{
	(void)state;
	size_t count = 0;
	assert_int_equal(fork_it(NULL), PORTROLL_OK);
	assert_int_equal(
		file_each_name(beside(&f, "roll/ledger/former"), verify_former, &count, NULL),
		PORTROLL_OK);
	assert_int_equal(count, 1);
}

/* Is the content among what is published? */
static bool is_published(const char *id)
{
	struct published *p;
	struct person_contents contents;
	struct tree_hash commitment = person_commitment(id);
	assert_int_equal(published_open(&p, f.published, NULL), PORTROLL_OK);
	assert_int_equal(published_people(&contents, p, NULL), PORTROLL_OK);
	const struct person_content *found = contents.find(contents.context, &commitment);
	bool is_there = found && str_equal(found->body, person_body(id));
	published_close(p);
	return is_there;
}

/* Are the bytes anywhere below the folder? */
static bool is_anywhere(const char *text)
{
	char command[512];
	(void)snprintf(command, sizeof(command), "grep -rqa '%s' %s", text, f.roll);
	return system(command) == 0;
}

static void who_is_forgotten_is_nowhere(void **state)
{
	(void)state;
	struct ledger *l;
	uint64_t count = 0;
	assert_int_equal(ledger_open(&l, &f.options, NULL), PORTROLL_OK);
	assert_int_equal(commit_person(l, "Example_One"), PORTROLL_OK);
	assert_int_equal(commit_person(l, "Example_Two"), PORTROLL_OK);
	assert_int_equal(file_make_folder(beside(&f, "roll/ledger/states"), NULL), PORTROLL_OK);
	assert_int_equal(file_replace(beside(&f, "roll/ledger/states/6"), STR("x"), 0644, NULL), 0);
	assert_true(is_published("Example_One") && is_published("Example_Two"));
	assert_true(is_anywhere("\"id\":\"Example_One\""));
	assert_int_equal(ledger_redact(&count, l, STR("Example_One"), NULL), PORTROLL_OK);
	assert_int_equal(count, 1);
	assert_false(file_exists(beside(&f, "roll/ledger/people")));
	assert_int_equal(ledger_publish_people(l, NULL), PORTROLL_OK);
	assert_false(is_published("Example_One"));
	assert_true(is_published("Example_Two"));
	assert_false(is_anywhere("\"id\":\"Example_One\""));
	assert_false(file_exists(beside(&f, "roll/ledger/states")));
	assert_int_equal(ledger_redact(&count, l, STR("Nobody"), NULL), PORTROLL_OK);
	assert_int_equal(count, 0);
	assert_int_equal(ledger_publish_people(l, NULL), PORTROLL_OK);
	ledger_close(l);
	assert_published(&f, 7);
	grow_ledger(&f, 1);
	assert_published(&f, 8);
}

int main(void)
{
#define LEDGER_TEST(test) cmocka_unit_test_setup_teardown(test, make, remove_it)
	const struct CMUnitTest tests[] = {
		LEDGER_TEST(a_new_key_signs_beside_all_before_it),
		LEDGER_TEST(of_too_many_keys_the_oldest_goes),
		LEDGER_TEST(the_key_before_is_refused_after_a_rotation),
		LEDGER_TEST(a_fork_goes_on_from_what_is_there),
		LEDGER_TEST(what_was_signed_before_a_fork_stays),
		LEDGER_TEST(who_is_forgotten_is_nowhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

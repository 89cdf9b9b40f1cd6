/* SPDX-License-Identifier: MIT */
#include "ledger_scenarios.h"

#include <unistd.h>

#define PERSON   "Example_Person"
#define SNAPSHOT "a compiled roll"

static int with_ledger(const struct ledger_folder *f, struct promises *promises,
		       int (*work)(struct ledger *l, struct promises *promises))
{
	struct ledger *l;
	int r = ledger_open(&l, &f->options, NULL);
	if (r < 0)
		return r;
	r = work(l, promises);
	if (promises->size < ledger_tree(l)->size)
		promises->size = ledger_tree(l)->size;
	ledger_close(l);
	return r;
}

static int add_person(struct ledger *l, struct promises *promises)
{
	(void)promises;
	return commit_person(l, PERSON);
}

static int add_papers(struct ledger *l, struct promises *promises)
{
	int r = PORTROLL_OK;
	for (uint64_t version = 0; version < 2 && r == PORTROLL_OK; version++) {
		r = commit_paper(l, version, NULL);
		promises->size = ledger_tree(l)->size;
	}
	return r;
}

static int commit_some(struct ledger *l, struct promises *promises)
{
	int r = PORTROLL_OK;
	for (int i = 0; i < 2 && r == PORTROLL_OK; i++) {
		char reason[32];
		(void)snprintf(reason, sizeof(reason), "scenario %llu",
			       (unsigned long long)ledger_tree(l)->size);
		r = commit_told(l, reason, NULL);
		promises->size = ledger_tree(l)->size;
	}
	return r;
}

static int rotate(struct ledger *l, struct promises *promises)
{
	(void)promises;
	struct proposal proposal = told(ledger_tree(l), "another key");
	return ledger_rotate_key(l, &proposal.about, NULL);
}

static int redact(struct ledger *l, struct promises *promises)
{
	uint64_t count;
	int r = ledger_redact(&count, l, STR(PERSON), NULL);
	if (r == PORTROLL_OK)
		r = ledger_publish_people(l, NULL);
	promises->is_forgotten = r == PORTROLL_OK;
	return r;
}

static int run_init(const struct ledger_folder *f, struct promises *promises)
{
	(void)promises;
	return ledger_init(&f->options, STR(""), STR(ORIGIN), NULL);
}

static int run_begin(const struct ledger_folder *f, struct promises *promises)
{
	struct ledger *l;
	int r = ledger_begin(&l, &f->options, STR(ORIGIN), NULL);
	if (r < 0)
		return r;
	r = commit_some(l, promises);
	promises->size = ledger_tree(l)->size;
	ledger_close(l);
	return r;
}

static int run_append(const struct ledger_folder *f, struct promises *promises)
{
	return with_ledger(f, promises, commit_some);
}

static int run_person(const struct ledger_folder *f, struct promises *promises)
{
	return with_ledger(f, promises, add_person);
}

static int run_papers(const struct ledger_folder *f, struct promises *promises)
{
	return with_ledger(f, promises, add_papers);
}

static int run_rotate(const struct ledger_folder *f, struct promises *promises)
{
	return with_ledger(f, promises, rotate);
}

static int run_redact(const struct ledger_folder *f, struct promises *promises)
{
	return with_ledger(f, promises, redact);
}

static int run_fork(const struct ledger_folder *f, struct promises *promises)
{
	(void)promises;
	struct tree none = {0};
	struct proposal proposal = told(&none, "begin anew");
	return ledger_fork(&f->options, &proposal.about, NULL);
}

/* What is published was lost, and is made again. */
static int run_publish(const struct ledger_folder *f, struct promises *promises)
{
	char tiles[160], checkpoint[160];
	(void)snprintf(tiles, sizeof(tiles), "%s/tile", f->published);
	(void)snprintf(checkpoint, sizeof(checkpoint), "%s/checkpoint", f->published);
	(void)unlink(checkpoint);
	int r = file_remove_tree(tiles, NULL);
	struct ledger *l;
	if (r == PORTROLL_OK)
		r = ledger_open(&l, &f->options, NULL);
	if (r < 0)
		return r;
	promises->size = ledger_tree(l)->size;
	ledger_close(l);
	return r;
}

static int run_snapshot(const struct ledger_folder *f, struct promises *promises)
{
	(void)promises;
	char path[160];
	(void)snprintf(path, sizeof(path), "%s/snapshot", f->roll);
	return file_replace(path, STR(SNAPSHOT), 0644, NULL);
}

static int run_backup(const struct ledger_folder *f, struct promises *promises)
{
	struct ledger *l;
	int r = ledger_open(&l, &f->options, NULL);
	if (r < 0)
		return r;
	char path[128];
	(void)snprintf(path, sizeof(path), "%s/backup", f->top);
	r = ledger_backup(l, path, NULL);
	promises->is_backed_up = r == PORTROLL_OK;
	ledger_close(l);
	return r;
}

const struct scenario scenarios[] = {
	{"init", 0, run_init},
	{"begin", 0, run_begin},
	{"append", 5, run_append},
	{"append over a full tile", 255, run_append},
	{"append with a person", 5, run_person},
	{"append with a paper", 5, run_papers},
	{"redact", 5, run_redact},
	{"rotate", 5, run_rotate},
	{"fork", 5, run_fork},
	{"publish", 5, run_publish},
	{"snapshot", 5, run_snapshot},
	{"back up", 5, run_backup},
};
const size_t scenario_count = ARRAY_LEN(scenarios);

void prepare_scenario(const struct ledger_folder *f, const struct scenario *scenario)
{
	struct promises ignored = {0};
	if (scenario->entries == 0)
		return;
	assert_int_equal(ledger_init(&f->options, STR(""), STR(ORIGIN), NULL), PORTROLL_OK);
	grow_ledger_at_once(f, scenario->entries - 1);
	assert_int_equal(run_person(f, &ignored), PORTROLL_OK);
	assert_int_equal(file_replace(beside(f, "roll/snapshot"), STR("before"), 0644, NULL),
			 PORTROLL_OK);
}

struct tree_head seen_head(const struct ledger_folder *f)
{
	struct file_bytes file;
	struct signed_note note;
	struct checkpoint checkpoint = {0};
	if (file_load(&file, beside(f, "roll/ledger/checkpoint"), NOTE_SIZE_MAX, NULL) < 0)
		return checkpoint.head;
	assert_int_equal(note_parse(&note, file.bytes, NULL), PORTROLL_OK);
	assert_int_equal(checkpoint_parse(&checkpoint, note.text, NULL), PORTROLL_OK);
	file_release(&file);
	return checkpoint.head;
}

static int find_content(void *context, const struct stored_person *person,
			struct portroll_error *err)
{
	(void)err;
	bool *found = context;
	*found = *found || person->content.body.len;
	return PORTROLL_OK;
}

/* Who is forgotten in the store is forgotten in what is published. */
static void check_person(const struct ledger_folder *f, struct ledger *l,
			 const struct promises *promises)
{
	struct store *store;
	struct published *p;
	struct person_contents contents;
	struct tree_hash commitment = person_commitment(PERSON);
	bool is_stored = false;
	const struct store_ops *ops = ledger_store(&store, l);
	assert_int_equal(ops->people(store, STR(""), find_content, &is_stored, NULL), PORTROLL_OK);
	assert_int_equal(published_open(&p, f->published, NULL), PORTROLL_OK);
	assert_int_equal(published_people(&contents, p, NULL), PORTROLL_OK);
	bool is_published = contents.find(contents.context, &commitment) != NULL;
	assert_int_equal(is_stored, is_published);
	assert_false(promises->is_forgotten && is_stored);
	published_close(p);
}

static int count_with_paper(void *context, const struct stored_entry *entry,
			    struct portroll_error *err)
{
	(void)err;
	uint64_t *count = context;
	*count += str_find(entry->body, STR("with its paper")) != SIZE_MAX;
	return PORTROLL_OK;
}

/* Each change that brought it is there with it. */
static void check_papers(struct ledger *l)
{
	uint64_t count = 0;
	assert_int_equal(ledger_each(l, 0, count_with_paper, &count, NULL), PORTROLL_OK);
	assert_int_equal(paper_version(l), count);
}

/* A file that is replaced is the old one or the new one. */
static void check_snapshot(const struct ledger_folder *f)
{
	struct file_bytes file;
	if (file_load(&file, beside(f, "roll/snapshot"), 100, NULL) < 0)
		return;
	assert_true(str_equal(file.bytes, STR("before")) || str_equal(file.bytes, STR(SNAPSHOT)));
	file_release(&file);
	file_remove_stale(f->roll, "snapshot");
}

static void check_backup(const struct ledger_folder *f, const struct promises *promises)
{
	struct ledger_options elsewhere = f->options;
	const char *path = beside(f, "backup");
	if (!file_exists(path)) {
		assert_false(promises->is_backed_up);
		assert_int_equal(file_remove_tree(beside(f, "backup.portroll-backup"), NULL), 0);
		return;
	}
	assert_int_equal(file_remove_tree(beside(f, "backup.portroll-backup"), NULL), 0);
	elsewhere.folder = beside(f, "restored");
	assert_int_equal(ledger_restore(&elsewhere, &(struct restoring){.path = path}, NULL),
			 PORTROLL_OK);
	assert_int_equal(file_remove_tree(elsewhere.folder, NULL), PORTROLL_OK);
}

static void check_seen(const struct ledger_folder *f, const struct tree_head *seen)
{
	struct published *p;
	struct tree tree;
	assert_int_equal(published_open(&p, f->published, NULL), PORTROLL_OK);
	assert_int_equal(published_tree(&tree, p, seen->size, NULL), PORTROLL_OK);
	struct tree_head head = tree_head(&tree);
	assert_true(seen->size == 0 || tree_hash_equal(&head.root, &seen->root));
	published_close(p);
}

void check_recovery(const struct ledger_folder *f, const struct promises *promises,
		    const struct tree_head *seen)
{
	struct ledger *l;
	struct portroll_error err = {0};
	if (!ledger_exists(f->roll) && ledger_init(&f->options, STR(""), STR(ORIGIN), &err) < 0)
		fail_msg("%s", err.text);
	if (ledger_open(&l, &f->options, &err) < 0)
		fail_msg("%s", err.text);
	uint64_t size = ledger_tree(l)->size;
	assert_true(size >= promises->size);
	check_snapshot(f);
	check_backup(f, promises);
	check_person(f, l, promises);
	check_papers(l);
	assert_published(f, size);
	check_seen(f, seen);
	assert_int_equal(commit_told(l, "go on", NULL), PORTROLL_OK);
	ledger_close(l);
	assert_published(f, size + 1);
}

/* SPDX-License-Identifier: MIT */
#include "ledger_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void counted_random(void *bytes, size_t len)
{
	static unsigned char next;
	next++;
	memset(bytes, next, len);
}

static void make_in(struct ledger_folder *ret, const char *parent)
{
	assert_true(sodium_init() >= 0);
	*ret = (struct ledger_folder){0};
	(void)snprintf(ret->top, sizeof(ret->top), "%s/portroll-ledger-XXXXXX", parent);
	assert_non_null(mkdtemp(ret->top));
	(void)snprintf(ret->roll, sizeof(ret->roll), "%s/roll", ret->top);
	(void)snprintf(ret->published, sizeof(ret->published), "%s/ledger", ret->roll);
	(void)snprintf(ret->witness, sizeof(ret->witness), "%s/witness", ret->top);
	ret->options = (struct ledger_options){ret->roll, ret->witness, counted_random};
}

void make_ledger_folder(struct ledger_folder *ret)
{
	make_in(ret, "/tmp");
}

void make_fast_ledger_folder(struct ledger_folder *ret)
{
	make_in(ret, access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
}

void remove_ledger_folder(const struct ledger_folder *f)
{
	assert_int_equal(file_remove_tree(f->top, NULL), PORTROLL_OK);
}

const char *beside(const struct ledger_folder *f, const char *name)
{
	static char paths[4][256];
	static unsigned next;
	char *path = paths[next++ % 4];
	(void)snprintf(path, sizeof(paths[0]), "%s/%s", f->top, name);
	return path;
}

struct proposal told(const struct tree *base, const char *reason)
{
	struct proposal proposal = {.about = {.author = STR("root"),
					      .time = 1795418400,
					      .kind = STR("correct"),
					      .reason = str_from(reason),
					      .effective = {2026, 11, 23},
					      .base = tree_head(base)}};
	return proposal;
}

int commit_told(struct ledger *l, const char *reason, struct portroll_error *err)
{
	struct proposal proposal = told(ledger_tree(l), reason);
	struct commit commit = {.proposals = &proposal, .count = 1};
	return ledger_commit(l, &commit, NULL, err);
}

int commit_long(struct ledger *l, size_t len, unsigned number)
{
	char reason[4096];
	assert_true(len >= 16 && len < sizeof(reason));
	memset(reason, 'x', len);
	reason[len] = '\0';
	(void)snprintf(reason, 16, "%010u", number);
	reason[10] = ' ';
	return commit_told(l, reason, NULL);
}

static const uint8_t salt[SALT_SIZE] = {7};

struct portroll_str person_body(const char *id)
{
	static char body[128];
	int len = snprintf(body, sizeof(body), "{\"id\":\"%s\",\"name\":\"Example Person\"}", id);
	return (struct portroll_str){body, (size_t)len};
}

struct tree_hash person_commitment(const char *id)
{
	return commitment_of(salt, person_body(id));
}

int commit_person(struct ledger *l, const char *id)
{
	struct stored_person person = {
		.content = {.commitment = person_commitment(id),
			    .salt = {(const char *)salt, sizeof(salt)},
			    .body = person_body(id)},
		.source = STR("iana"),
		.id = str_from(id),
	};
	struct proposal proposal = told(ledger_tree(l), id);
	struct commit commit = {
		.proposals = &proposal, .count = 1, .people = &person, .person_count = 1};
	return ledger_commit(l, &commit, NULL, NULL);
}

int commit_paper(struct ledger *l, uint64_t version, struct portroll_error *err)
{
	const struct stored_paper paper = {STR("request"), STR("R-1"), version,
					   STR("{\"number\":1}")};
	struct proposal proposal = told(ledger_tree(l), "with its paper");
	struct commit commit = {
		.proposals = &proposal, .count = 1, .papers = &paper, .paper_count = 1};
	return ledger_commit(l, &commit, NULL, err);
}

static int take_paper(void *context, const struct stored_paper *paper, struct portroll_error *err)
{
	(void)err;
	*(uint64_t *)context = paper->version;
	return PORTROLL_OK;
}

uint64_t paper_version(struct ledger *l)
{
	struct store *store;
	uint64_t version = 0;
	const struct store_ops *ops = ledger_store(&store, l);
	struct paper_name name = {STR("request"), STR("R-1")};
	assert_int_equal(ops->papers(store, name, take_paper, &version, NULL), PORTROLL_OK);
	return version;
}

void grow_ledger(const struct ledger_folder *f, unsigned count)
{
	struct ledger *l;
	struct portroll_error err = {0};
	if (ledger_open(&l, &f->options, &err) < 0)
		fail_msg("%s", err.text);
	for (unsigned i = 0; i < count; i++) {
		char reason[32];
		(void)snprintf(reason, sizeof(reason), "change %llu",
			       (unsigned long long)ledger_tree(l)->size + 1);
		if (commit_told(l, reason, &err) < 0)
			fail_msg("%s", err.text);
	}
	ledger_close(l);
}

void grow_ledger_at_once(const struct ledger_folder *f, unsigned count)
{
	struct ledger *l;
	struct proposal *proposals = calloc(count, sizeof(*proposals));
	char(*reasons)[32] = calloc(count, sizeof(*reasons));
	assert_int_equal(ledger_open(&l, &f->options, NULL), PORTROLL_OK);
	assert_true(proposals && reasons);
	for (unsigned i = 0; i < count; i++) {
		(void)snprintf(reasons[i], sizeof(reasons[i]), "change %llu",
			       (unsigned long long)ledger_tree(l)->size + i + 1);
		proposals[i] = told(ledger_tree(l), reasons[i]);
	}
	struct commit commit = {.proposals = proposals, .count = count};
	assert_int_equal(ledger_commit(l, &commit, NULL, NULL), PORTROLL_OK);
	ledger_close(l);
	free(proposals);
	free(reasons);
}

int check_published(const struct ledger_folder *f, uint64_t *ret_size, struct portroll_error *err)
{
	struct published *p;
	int r = published_open(&p, f->published, err);
	if (r < 0)
		return r;
	*ret_size = published_checkpoint(p)->head.size;
	r = published_check(p, err);
	published_close(p);
	return r;
}

static int look_for_temporary(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	if (strstr(path + at->base, ".portroll-"))
		fail_msg("%s is left", path);
	return 0;
}

void assert_published(const struct ledger_folder *f, uint64_t size)
{
	struct portroll_error err = {0};
	uint64_t found = 0;
	if (check_published(f, &found, &err) < 0)
		fail_msg("%s", err.text);
	assert_int_equal(found, size);
	assert_int_equal(nftw(f->top, look_for_temporary, 16, FTW_PHYS), 0);
}

static void copy_file(const char *from, const char *to, mode_t mode)
{
	struct file_bytes file;
	assert_int_equal(file_load(&file, from, SIZE_MAX / 2, NULL), PORTROLL_OK);
	assert_int_equal(file_replace(to, file.bytes, mode, NULL), PORTROLL_OK);
	file_release(&file);
}

void copy_tree(const char *from, const char *to)
{
	struct stat st;
	assert_int_equal(lstat(from, &st), 0);
	if (!S_ISDIR(st.st_mode)) {
		copy_file(from, to, st.st_mode & 07777);
		return;
	}
	assert_int_equal(mkdir(to, 0755), 0);
	DIR *entries = opendir(from);
	assert_non_null(entries);
	const struct dirent *entry;
	while ((entry = readdir(entries))) {
		char below[2][512];
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		(void)snprintf(below[0], sizeof(below[0]), "%.250s/%.250s", from, entry->d_name);
		(void)snprintf(below[1], sizeof(below[1]), "%.250s/%.250s", to, entry->d_name);
		copy_tree(below[0], below[1]);
	}
	(void)closedir(entries);
}

int try_open(const struct ledger_folder *f, struct portroll_error *err)
{
	struct ledger *l;
	int r = ledger_open(&l, &f->options, err);
	if (r == PORTROLL_OK)
		ledger_close(l);
	return r;
}

void assert_refused(const struct ledger_folder *f, int code, const char *words)
{
	struct portroll_error err = {0};
	assert_int_equal(try_open(f, &err), code);
	if (!strstr(err.text, words))
		fail_msg("'%s' has not the words '%s'", err.text, words);
}

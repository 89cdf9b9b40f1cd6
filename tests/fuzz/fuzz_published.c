/* SPDX-License-Identifier: MIT */
#include "base/file.h"
#include "ledger/bundle.h"
#include "ledger/published.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* What somebody may have put in the place of one published file; the first byte says which. What is
 * read of it is what the checkpoint proves, or nothing is. */

#define ENTRIES 3
#define ORIGIN  "registry.example/ports"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char *const names[] = {"people", "tile/entries/000.p/3", "tile/0/000.p/3",
				    "checkpoint", "key"};

static char folder[64];

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void put(const char *name, struct portroll_str bytes)
{
	char path[128];
	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	must(file_replace(path, bytes, 0644, NULL) == PORTROLL_OK);
}

static struct portroll_str entry_of(uint64_t index)
{
	static const char texts[ENTRIES][2] = {"1", "2", "3"};
	return str_from(texts[index]);
}

static void put_ledger(void)
{
	static const uint8_t seed[NOTE_SEED_SIZE] = {1};
	CLEANUP(buf_done) struct buf bundle = BUF_INIT(1000);
	CLEANUP(buf_done) struct buf hashes = BUF_INIT(1000);
	CLEANUP(buf_done) struct buf note = BUF_INIT(1000);
	CLEANUP(buf_done) struct buf key = BUF_INIT(1000);
	struct note_signer signer;
	struct tree tree = {0};
	for (uint64_t i = 0; i < ENTRIES; i++) {
		struct tree_hash leaf = tree_hash_leaf(entry_of(i));
		must(bundle_put(&bundle, entry_of(i)) == 0 && tree_append(&tree, &leaf) == 0);
		buf_put(&hashes, (struct portroll_str){(const char *)leaf.bytes, TREE_HASH_SIZE});
	}
	must(note_signer_from_seed(&signer, STR(ORIGIN), seed, NULL) == PORTROLL_OK);
	struct checkpoint checkpoint = {STR(ORIGIN), tree_head(&tree)};
	must(checkpoint_sign(&note, &checkpoint, &signer, 1, NULL) == PORTROLL_OK);
	note_key_put(&key, &signer.key);
	buf_putc(&key, '\n');
	const struct portroll_str files[] = {STR(""), buf_str(&bundle), buf_str(&hashes),
					     buf_str(&note), buf_str(&key)};
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		put(names[i], files[i]);
}

static void remove_ledger(void)
{
	must(file_remove_tree(folder, NULL) == PORTROLL_OK);
}

static void make_ledger(void)
{
	char path[128];
	const char *parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
	(void)snprintf(folder, sizeof(folder), "%s/portroll-fuzz-XXXXXX", parent);
	must(sodium_init() >= 0 && mkdtemp(folder) && atexit(remove_ledger) == 0);
	(void)snprintf(path, sizeof(path), "%s/tile/entries/000.p", folder);
	must(file_make_folder(path, NULL) == PORTROLL_OK);
	(void)snprintf(path, sizeof(path), "%s/tile/0/000.p", folder);
	must(file_make_folder(path, NULL) == PORTROLL_OK);
}

static int check_entry(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	(void)context;
	(void)err;
	must(entry->index < ENTRIES && str_equal(entry->body, entry_of(entry->index)));
	return PORTROLL_OK;
}

static void read_all(struct published *p)
{
	struct person_contents people;
	struct tree_hash nobody = {{0}};
	struct portroll_error err = {0};
	struct entry_range all = {0, published_checkpoint(p)->head.size};
	(void)!published_each(p, all, check_entry, NULL, NULL);
	if (published_people(&people, p, NULL) == PORTROLL_OK) {
		const struct person_content *found = people.find(people.context, &nobody);
		must(!found || found->body.len == 0);
	}
	must(published_check(p, &err) == err.code);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	if (size == 0)
		return 0;
	if (!folder[0])
		make_ledger();
	put_ledger();
	put(names[bytes[0] % ARRAY_LEN(names)],
	    (struct portroll_str){(const char *)bytes + 1, size - 1});
	struct published *p;
	struct portroll_error err = {0};
	if (published_open(&p, folder, &err) == PORTROLL_OK) {
		read_all(p);
		published_close(p);
	} else {
		must(err.code < 0 && err.text[0]);
	}
	return 0;
}

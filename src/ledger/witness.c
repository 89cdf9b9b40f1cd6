/* SPDX-License-Identifier: MIT */
#include "ledger/witness.h"

#include <nettle/sha2.h>

#include "base/file.h"
#include "ledger/ledger_paths.h"

#define NAME_SIZE 16
#define SUFFIX    ".checkpoint"

char *witness_path(const char *folder, const struct note_key *key, struct arena *a)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(NOTE_SIZE_MAX);
	char name[2 * NAME_SIZE + sizeof(SUFFIX) - 1];
	uint8_t digest[NAME_SIZE];
	struct sha256_ctx state;
	note_key_put(&text, key);
	if (text.failed)
		return NULL;
	sha256_init(&state);
	sha256_update(&state, text.len, (const uint8_t *)text.ptr);
	sha256_digest(&state, sizeof(digest), digest);
	for (size_t i = 0; i < sizeof(digest); i++) {
		name[2 * i] = "0123456789abcdef"[digest[i] >> 4];
		name[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
	}
	for (size_t i = 0; i < sizeof(SUFFIX) - 1; i++)
		name[sizeof(digest) * 2 + i] = SUFFIX[i];
	return path_in(a, folder, (struct portroll_str){name, sizeof(name)});
}

int witness_read(struct checkpoint *ret, const char *path, const struct note_key *key,
		 struct arena *a, struct portroll_error *err)
{
	struct file_bytes file;
	struct portroll_error own = {0};
	*ret = (struct checkpoint){0};
	if (!file_exists(path))
		return PORTROLL_OK;
	int r = file_load(&file, path, NOTE_SIZE_MAX, err);
	if (r < 0)
		return r;
	struct checkpoint checkpoint;
	r = checkpoint_open(&checkpoint, file.bytes, (struct note_keys){key, 1}, &own);
	if (r < 0)
		r = error_set(err, r, "%s: %s", path, own.text);
	if (r == PORTROLL_OK) {
		checkpoint.origin = arena_str(a, checkpoint.origin);
		r = a->failed ? error_memory(err) : PORTROLL_OK;
	}
	file_release(&file);
	if (r == PORTROLL_OK)
		*ret = checkpoint;
	return r;
}

int witness_keep(const char *path, const struct note_key *key, const struct checkpoint *checkpoint,
		 struct portroll_str note, struct portroll_error *err)
{
	struct arena a = ARENA_INIT;
	struct checkpoint kept;
	int r = witness_read(&kept, path, key, &a, err);
	bool is_there = r == PORTROLL_OK && kept.origin.len;
	arena_done(&a);
	if (r < 0 || (is_there && kept.head.size > checkpoint->head.size))
		return r;
	bool is_same = is_there && kept.head.size == checkpoint->head.size;
	if (is_same && !tree_hash_equal(&kept.head.root, &checkpoint->head.root))
		return error_set(err, PORTROLL_ECORRUPT,
				 "%s: another ledger of %llu entries was signed with this key",
				 path, (unsigned long long)kept.head.size);
	/* The same one again too: the folder may not have been synced when it was written. */
	return file_replace(path, note, 0600, err);
}

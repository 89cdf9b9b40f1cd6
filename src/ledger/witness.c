/* SPDX-License-Identifier: MIT */
#include "ledger/witness.h"

#include <nettle/sha2.h>

#include "base/num.h"
#include "base/path.h"
#include "ledger/ledger_paths.h"

#define NAME_SIZE 16

char *key_path(const char *folder, const struct note_key *key, struct arena *a)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(NOTE_SIZE_MAX);
	char name[2 * NAME_SIZE + 1] = {0};
	uint8_t digest[NAME_SIZE];
	struct sha256_ctx state;
	note_key_put(&text, key);
	if (text.failed)
		return NULL;
	sha256_init(&state);
	sha256_update(&state, text.len, (const uint8_t *)text.ptr);
	sha256_digest(&state, sizeof(digest), digest);
	num_format_hex(name, digest, sizeof(digest));
	return path_join(folder, name, a);
}

int witness_of(struct witness *ret, const char *folder, const struct note_key *key, struct arena *a)
{
	*ret = (struct witness){0};
	const char *path = key_path(folder, key, a);
	for (unsigned i = 0; path && i < WITNESS_FILES; i++) {
		CLEANUP(buf_done) struct buf name = BUF_INIT(64U << 10);
		buf_printf(&name, "%s.checkpoint%u", path, i + 1);
		ret->paths[i] = name.failed ? NULL : arena_cstr(a, buf_str(&name));
		path = ret->paths[i] ? path : NULL;
	}
	return path ? PORTROLL_OK : PORTROLL_ENOMEM;
}

int checkpoint_load(struct checkpoint *ret, const char *path, const struct note_key *key,
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

static int check_pair(const struct checkpoint *a, const struct checkpoint *b, const char *path,
		      struct portroll_error *err)
{
	bool differ = a->origin.len && b->origin.len && a->head.size == b->head.size &&
		      !tree_hash_equal(&a->head.root, &b->head.root);
	return differ ? error_set(err, PORTROLL_ECORRUPT,
				  "%s: two ledgers of %llu entries were signed with one key", path,
				  (unsigned long long)a->head.size)
		      : PORTROLL_OK;
}

/* One file may be torn, by a crash while it was written; then the other is the last one. */
int witness_read(struct witness *w, const struct note_key *key, struct arena *a,
		 struct portroll_error *err)
{
	struct checkpoint found[WITNESS_FILES];
	struct portroll_error first = {0};
	unsigned torn = 0;
	for (unsigned i = 0; i < WITNESS_FILES; i++) {
		struct portroll_error own = {0};
		int r = checkpoint_load(&found[i], w->paths[i], key, a, &own);
		bool is_torn = r == PORTROLL_ESYNTAX || r == PORTROLL_ECORRUPT;
		if (r < 0 && !is_torn)
			return error_set(err, r, "%s", own.text);
		torn += is_torn;
		if (is_torn && !first.code)
			first = own;
	}
	if (torn == WITNESS_FILES)
		return error_set(err, PORTROLL_ECORRUPT, "%s", first.text);
	int r = check_pair(&found[0], &found[1], w->paths[0], err);
	if (r < 0)
		return r;
	unsigned last = found[1].origin.len &&
			(!found[0].origin.len || found[1].head.size > found[0].head.size);
	w->checkpoint = found[last];
	w->next = found[last].origin.len ? !last : 0;
	return PORTROLL_OK;
}

int witness_allows(bool *ret, const struct witness *w, const struct tree_head *head,
		   struct portroll_error *err)
{
	const struct tree_head *known = &w->checkpoint.head;
	bool is_known = w->checkpoint.origin.len;
	if (is_known && known->size == head->size && !tree_hash_equal(&known->root, &head->root))
		return error_set(err, PORTROLL_ECORRUPT,
				 "%s: another ledger of %llu entries was signed with this key",
				 w->paths[!w->next], (unsigned long long)head->size);
	*ret = !is_known || known->size <= head->size;
	return PORTROLL_OK;
}

int witness_write(const struct witness *w, struct file_batch *batch, struct portroll_str note,
		  struct portroll_error *err)
{
	return file_batch_overwrite(batch, w->paths[w->next], note, 0600, err);
}

void witness_stands(struct witness *w, const struct checkpoint *checkpoint)
{
	w->checkpoint = *checkpoint;
	w->next = !w->next;
}

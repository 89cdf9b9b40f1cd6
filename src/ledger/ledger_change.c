/* SPDX-License-Identifier: MIT */
/* Another key, and another origin. */

#include "ledger/ledger.h"

#include "base/num.h"
#include "ledger/ledger_keys.h"

/* Commits a changeset that names the key in FOLDER/key.next, which signs from then on. */
static int change_key(struct ledger *l, const struct changeset *about, const struct signers *next,
		      struct portroll_error *err)
{
	struct proposal proposal = {.about = *about};
	proposal.about.source = STR("");
	proposal.about.base = tree_head(&l->tree);
	proposal.about.vkey = key_text(&next->items[0].key, &l->arena);
	if (proposal.about.vkey.len == 0)
		return error_memory(err);
	struct commit commit = {.proposals = &proposal, .count = 1};
	int r = ledger_append(l, &commit, NULL, err);
	if (r == PORTROLL_OK)
		r = next_key_finish(l, err);
	if (r == PORTROLL_OK)
		r = ledger_load_keys(l, err);
	return r == PORTROLL_OK ? ledger_keep_keys(l, err) : r;
}

int ledger_rotate_key(struct ledger *l, const struct changeset *about, struct portroll_error *err)
{
	CLEANUP(signers_wipe) struct signers next = {0};
	struct changeset named = *about;
	named.kind = STR("key");
	int r = next_key_make(&next, l, l->origin, err);
	if (r == PORTROLL_OK)
		r = change_key(l, &named, &next, err);
	return r == PORTROLL_OK ? ledger_publish(l, &(struct edition){.tree = l->tree}, err) : r;
}

/* The origin before, and the next number: NAME, NAME/2, NAME/3 ... */
static struct portroll_str next_origin(struct ledger *l)
{
	struct portroll_str name = l->origin;
	uint64_t number = 1;
	size_t slash = name.len;
	while (slash && name.ptr[slash - 1] != '/')
		slash--;
	if (slash && num_parse(&number, str_part(name, slash, name.len), UINT32_MAX) == 0 &&
	    number > 1)
		name = str_part(name, 0, slash - 1);
	else
		number = 1;
	CLEANUP(buf_done) struct buf next = BUF_INIT(NOTE_SIZE_MAX);
	buf_printf(&next, "%.*s/%llu", PORTROLL_STR_ARG(name), (unsigned long long)number + 1);
	return next.failed ? STR("") : arena_str(&l->arena, buf_str(&next));
}

/* The last checkpoint of the old origin, and the file it is in. */
struct signed_head {
	struct checkpoint checkpoint;
	const char *path;
};

/* The later one of what is given and what lies there; what is damaged is passed over. */
static int take_later(struct signed_head *later, const char *path, const struct note_key *key,
		      struct arena *a)
{
	struct checkpoint checkpoint;
	int r = checkpoint_load(&checkpoint, path, key, a, NULL);
	bool is_later = r == PORTROLL_OK && checkpoint.origin.len &&
			(!later->path || checkpoint.head.size > later->checkpoint.head.size);
	if (is_later)
		*later = (struct signed_head){checkpoint, path};
	return r == PORTROLL_ENOMEM ? r : PORTROLL_OK;
}

static int find_last_signed(struct signed_head *ret, struct ledger *l, struct portroll_error *err)
{
	*ret = (struct signed_head){0};
	for (size_t i = 0; i < l->keys.count; i++) {
		const struct note_key *key = &l->keys.items[i];
		struct witness w;
		int r = witness_of(&w, l->witness, key, &l->arena);
		if (r == PORTROLL_OK)
			r = take_later(ret, l->paths.checkpoint, key, &l->arena);
		for (unsigned file = 0; file < WITNESS_FILES && r == PORTROLL_OK; file++)
			r = take_later(ret, w.paths[file], key, &l->arena);
		if (r < 0)
			return error_memory(err);
	}
	return PORTROLL_OK;
}

/* Keeps that checkpoint and the keys of its origin, under the name that the witness has. */
static int keep_former(struct ledger *l, const struct signed_head *last, struct portroll_error *err)
{
	struct file_bytes note;
	struct file_batch batch = {.temporary = l->paths.temporary, .top = l->paths.folder};
	CLEANUP(buf_done) struct buf keys = BUF_INIT(NOTE_SIZE_MAX);
	CLEANUP(buf_done) struct buf note_path = BUF_INIT(NOTE_SIZE_MAX);
	CLEANUP(buf_done) struct buf keys_path = BUF_INIT(NOTE_SIZE_MAX);
	const char *path = key_path(l->paths.former, &l->keys.items[0], &l->arena);
	key_list_put(&keys, l->keys);
	buf_printf(&note_path, "%s.checkpoint", path ? path : "");
	buf_putc(&note_path, '\0');
	buf_printf(&keys_path, "%s.key", path ? path : "");
	buf_putc(&keys_path, '\0');
	if (!path || keys.failed || note_path.failed || keys_path.failed)
		return error_memory(err);
	int r = file_load(&note, last->path, NOTE_SIZE_MAX, err);
	if (r < 0)
		return r;
	r = file_batch_folder(&batch, l->paths.published, err);
	if (r == PORTROLL_OK)
		r = file_batch_put(&batch, note_path.ptr, note.bytes, 0644, err);
	if (r == PORTROLL_OK)
		r = file_batch_put(&batch, keys_path.ptr, buf_str(&keys), 0644, err);
	if (r == PORTROLL_OK)
		r = file_batch_commit(&batch, err);
	file_batch_done(&batch);
	file_release(&note);
	return r;
}

/* The caller's reason, and which checkpoint the ledger went on from. */
static struct portroll_str fork_reason(struct ledger *l, struct portroll_str reason,
				       const struct signed_head *last)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(NOTE_SIZE_MAX);
	buf_put(&text, reason);
	buf_puts(&text, reason.len ? "\n" : "");
	if (last->path)
		checkpoint_put(&text, &last->checkpoint);
	else
		buf_printf(&text, "%.*s\n", PORTROLL_STR_ARG(l->origin));
	return text.failed ? STR("")
			   : arena_str(&l->arena, str_part(buf_str(&text), 0, text.len - 1));
}

static int fork_all(struct ledger *l, const struct changeset *about, struct portroll_error *err)
{
	CLEANUP(signers_wipe) struct signers next = {0};
	struct signed_head last;
	int r = ledger_open_store(l, false, err);
	if (r == PORTROLL_OK)
		r = next_key_finish(l, err);
	if (r == PORTROLL_OK)
		r = ledger_load_keys(l, err);
	if (r == PORTROLL_OK)
		r = find_last_signed(&last, l, err);
	if (r == PORTROLL_OK && last.path)
		r = keep_former(l, &last, err);
	if (r < 0)
		return r;
	struct changeset named = *about;
	struct portroll_str origin = next_origin(l);
	named.kind = STR("fork");
	named.reason = fork_reason(l, about->reason, &last);
	if (!origin.len || !named.reason.len)
		return error_memory(err);
	r = next_key_make(&next, l, origin, err);
	if (r < 0)
		return r;
	/* Who has lost the old key may begin anew too. */
	if (l->signers.count == 0)
		l->signers = next;
	return change_key(l, &named, &next, err);
}

int ledger_fork(const struct ledger_options *options, const struct changeset *about,
		struct portroll_error *err)
{
	struct ledger *l = ledger_new(options);
	if (!l)
		return error_memory(err);
	int r = fork_all(l, about, err);
	ledger_close(l);
	if (r < 0)
		return r;
	/* All is published anew: what is there belongs to the old origin. */
	r = ledger_open(&l, options, err);
	if (r == PORTROLL_OK)
		ledger_close(l);
	return r;
}

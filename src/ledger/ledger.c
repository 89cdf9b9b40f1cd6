/* SPDX-License-Identifier: MIT */
#include "ledger/ledger.h"

#include "ledger/ledger_parts.h"

#define URL_MAX (64U << 10)

struct ledger *ledger_new(const struct ledger_options *options)
{
	struct arena arena = ARENA_INIT;
	struct ledger *l = arena_alloc(&arena, sizeof(*l));
	if (!l)
		return NULL;
	l->arena = arena;
	l->witness = arena_cstr(&l->arena, str_from(options->witness));
	l->random = options->random;
	if (ledger_paths_of(&l->paths, options->folder, &l->arena) == PORTROLL_OK)
		return l;
	ledger_close(l);
	return NULL;
}

void ledger_close(struct ledger *l)
{
	if (!l)
		return;
	if (l->store)
		l->ops->close(l->store);
	signers_wipe(&l->signers);
	struct arena arena = l->arena;
	arena_done(&arena);
}

static int own_url(struct portroll_str *ret, struct ledger *l, struct portroll_error *err)
{
	CLEANUP(buf_done) struct buf url = BUF_INIT(URL_MAX);
	buf_printf(&url, "%s:%s", store_sqlite.scheme, l->paths.database);
	*ret = arena_str(&l->arena, buf_str(&url));
	return url.failed || l->arena.failed ? error_memory(err) : PORTROLL_OK;
}

/* The password of a database may be in it. */
static int told_url(struct portroll_str *ret, struct ledger *l, struct portroll_error *err)
{
	struct file_bytes file;
	int r = file_load_private(&file, l->paths.store, URL_MAX, err);
	if (r < 0)
		return r;
	*ret = arena_str(&l->arena, str_trim(file.bytes));
	file_release(&file);
	return l->arena.failed ? error_memory(err) : PORTROLL_OK;
}

int ledger_choose_store(const struct store_ops **ret, struct portroll_str url,
			struct portroll_error *err)
{
	*ret = store_find(url);
	if (*ret)
		return PORTROLL_OK;
	return error_set(err, PORTROLL_EINVAL,
			 "'%.*s...': no store has this scheme; expected postgresql://...",
			 PORTROLL_STR_ARG(str_part(url, 0, 12)));
}

int ledger_open_store(struct ledger *l, bool create, struct portroll_error *err)
{
	struct portroll_str url;
	l->is_shared = file_exists(l->paths.store);
	int r = l->is_shared ? told_url(&url, l, err) : own_url(&url, l, err);
	if (r < 0)
		return r;
	l->ops = store_find(url);
	if (!l->ops)
		return error_set(err, PORTROLL_EINVAL,
				 "%s: no store has this scheme; expected postgresql://...",
				 l->paths.store);
	if (!create && !l->is_shared && !file_exists(l->paths.database))
		return error_set(err, PORTROLL_ECORRUPT,
				 "%s is missing: put it back, or restore a backup into an empty "
				 "folder with portroll ledger restore",
				 l->paths.database);
	r = l->ops->open(&l->store, url, create, err);
	return r == PORTROLL_OK ? l->ops->head(&l->tree, l->store, err) : r;
}

int ledger_find_store(struct store **ret, const struct store_ops **ret_ops,
		      const struct ledger_options *options, struct portroll_error *err)
{
	struct ledger *l = ledger_new(options);
	if (!l)
		return error_memory(err);
	int r = ledger_open_store(l, false, err);
	if (r == PORTROLL_OK) {
		*ret_ops = l->ops;
		*ret = l->store;
		l->store = NULL;
	}
	ledger_close(l);
	return r;
}

const struct tree *ledger_tree(const struct ledger *l)
{
	return &l->tree;
}

struct portroll_str ledger_origin(const struct ledger *l)
{
	return l->origin;
}

const struct store_ops *ledger_store(struct store **ret, struct ledger *l)
{
	*ret = l->store;
	return l->ops;
}

int ledger_each(struct ledger *l, uint64_t from, store_entry_fn *fn, void *context,
		struct portroll_error *err)
{
	return l->ops->each(l->store, (struct entry_range){from, l->tree.size}, fn, context, err);
}

static int add_leaf(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	int r = tree_append(context, &entry->leaf);
	return r < 0 ? error_set(err, r, "the ledger is full") : r;
}

int ledger_tree_at(struct tree *ret, struct ledger *l, uint64_t size, struct portroll_error *err)
{
	struct tree tree = {0};
	if (size == l->tree.size)
		tree = l->tree;
	int r = tree.size < size ? l->ops->each(l->store, (struct entry_range){0, size}, add_leaf,
						&tree, err)
				 : PORTROLL_OK;
	if (r == PORTROLL_OK && tree.size != size)
		r = error_set(err, PORTROLL_ECORRUPT, "the store has not the %llu entries it says",
			      (unsigned long long)size);
	if (r == PORTROLL_OK)
		*ret = tree;
	return r;
}

int ledger_read_witnesses(struct ledger *l, struct portroll_error *err)
{
	int r = PORTROLL_OK;
	for (size_t i = 0; i < l->keys.count && r == PORTROLL_OK; i++) {
		struct witness *w = &l->witnesses[i];
		const struct note_key *key = &l->keys.items[i];
		if (!l->has_witnesses && witness_of(w, l->witness, key, &l->arena) < 0)
			return error_memory(err);
		r = witness_read(w, key, &l->arena, err);
	}
	l->has_witnesses = r == PORTROLL_OK;
	return r;
}

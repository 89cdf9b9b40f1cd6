/* SPDX-License-Identifier: MIT */
#include "ledger/publication.h"

#include <errno.h>

#include "base/num.h"
#include "ledger/base64.h"
#include "ledger/tile.h"

#define BUNDLES_KEPT 16 /* partial ones: they are large, and the next one begins with them */

/* The contents that are erased are left out. */
static int put_person(void *context, const struct stored_person *person, struct portroll_error *err)
{
	struct buf *out = context;
	const struct person_content *content = &person->content;
	if (content->salt.len == 0)
		return PORTROLL_OK;
	if (str_find_char(content->body, '\n') != SIZE_MAX)
		return error_set(err, PORTROLL_ECORRUPT, "the store's person '%.*s' is no line",
				 PORTROLL_STR_ARG(str_part(person->id, 0, 60)));
	buf_puts(out, "{\"commitment\":\"");
	base64_put(out, content->commitment.bytes, TREE_HASH_SIZE);
	buf_puts(out, "\",\"person\":");
	buf_put(out, content->body);
	buf_puts(out, ",\"salt\":\"");
	base64_put(out, content->salt.ptr, content->salt.len);
	buf_puts(out, "\"}\n");
	if (out->failed == PORTROLL_ENOMEM)
		return error_memory(err);
	return out->failed ? error_sys(err, errno, "the people cannot be written") : PORTROLL_OK;
}

int publication_people(struct ledger *l, struct file_batch *batch, struct portroll_error *err)
{
	struct file_writer w;
	int r = file_batch_begin(&w, batch, l->paths.people, 0644, err);
	if (r < 0)
		return r;
	CLEANUP(buf_done) struct buf lines = BUF_DRAIN(file_writer_drain, &w);
	r = l->ops->people(l->store, STR(""), put_person, &lines, err);
	if (r == PORTROLL_OK && buf_flush(&lines) < 0)
		r = error_sys(err, errno, "%s: cannot be written", l->paths.people);
	if (r == PORTROLL_OK)
		return file_batch_end(batch, &w, err);
	file_writer_abort(&w);
	return r;
}

/* A file that cannot be read does not hold them. */
static int holds(bool *ret, const char *path, struct portroll_str bytes)
{
	struct file_bytes file;
	int r = file_load(&file, path, bytes.len, NULL);
	*ret = false;
	if (r < 0)
		return r == PORTROLL_ENOMEM ? r : PORTROLL_OK;
	*ret = str_equal(file.bytes, bytes);
	file_release(&file);
	return PORTROLL_OK;
}

int publication_keys(struct ledger *l, struct file_batch *batch, struct portroll_error *err)
{
	CLEANUP(buf_done) struct buf lines = BUF_INIT(NOTE_SIZE_MAX);
	key_list_put(&lines, l->keys);
	if (lines.failed)
		return error_set(err, lines.failed, "%s", error_text(lines.failed));
	bool is_there;
	if (holds(&is_there, l->paths.keys, buf_str(&lines)) < 0)
		return error_memory(err);
	if (is_there && !batch->is_thorough)
		return PORTROLL_OK;
	return file_batch_put(batch, l->paths.keys, buf_str(&lines), 0644, err);
}

/* Partial bundles of one tile: the widths that are there. */
struct widths {
	bool is_there[TILE_WIDTH];
	size_t count;
};

static int take_width(void *context, const char *name, struct portroll_error *err)
{
	(void)err;
	struct widths *widths = context;
	uint64_t width;
	if (num_parse(&width, str_from(name), TILE_WIDTH - 1) == PORTROLL_OK) {
		widths->is_there[width] = true;
		widths->count++;
	}
	return PORTROLL_OK;
}

static int prune_bundle(const char *folder, struct portroll_error *err)
{
	struct widths widths = {0};
	CLEANUP(buf_done) struct buf path = BUF_INIT(64U << 10);
	int r = file_each_name(folder, take_width, &widths, err);
	for (size_t width = 0; r == PORTROLL_OK && widths.count > BUNDLES_KEPT; width++) {
		if (!widths.is_there[width])
			continue;
		widths.count--;
		buf_clear(&path);
		buf_printf(&path, "%s/%zu", folder, width);
		buf_putc(&path, '\0');
		r = path.failed ? error_memory(err) : file_remove_tree(path.ptr, err);
	}
	return r;
}

/* The folder of a tile's partial ones; false when there is no memory. */
static bool put_partials(struct buf *out, const struct ledger_paths *paths, struct tile tile)
{
	char path[TILE_PATH_MAX];
	size_t len = tile_path(path, tile);
	buf_clear(out);
	buf_printf(out, "%s/%.*s.p", paths->published, (int)len, path);
	buf_putc(out, '\0');
	return !out->failed;
}

int publication_prune(struct ledger *l, uint64_t from, uint64_t to, struct portroll_error *err)
{
	CLEANUP(buf_done) struct buf path = BUF_INIT(64U << 10);
	struct tile_growth g = tile_growth(from, to);
	struct tile tile;
	int r = PORTROLL_OK;
	while (r == PORTROLL_OK && tile_growth_next(&tile, &g)) {
		bool is_full = tile.width == TILE_WIDTH;
		if (!is_full && !tile.is_bundle)
			continue;
		tile.width = TILE_WIDTH;
		if (!put_partials(&path, &l->paths, tile))
			return error_memory(err);
		if (is_full)
			r = file_exists(path.ptr) ? file_remove_tree(path.ptr, err) : PORTROLL_OK;
		else
			r = prune_bundle(path.ptr, err);
	}
	return r;
}

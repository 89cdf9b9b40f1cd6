/* SPDX-License-Identifier: MIT */
#include "base/path.h"
#include "keeper/ledger_action.h"

#include "base/file.h"
#include "base/url.h"
#include "keeper/fetching.h"
#include "keeper/remembered.h"
#include "ledger/tile.h"

/*
 * A mirror has the files of a ledger as it publishes them. What is new is fetched into INCOMING,
 * but for the tiles, which stand under names of their own and are used by nobody before the
 * checkpoint is there; all of it is checked together, and put in place with the checkpoint last.
 */
#define INCOMING "incoming"

struct mirror {
	struct keeper *k;
	const char *url, *folder, *incoming;
	struct published *before, *now; /* before: NULL when it is new */
	uint64_t fetched;               /* tiles up to this size may be there; 0: none are new */
	struct remembered history;
};

static uint64_t size_of(const struct published *p)
{
	return p ? published_checkpoint(p)->head.size : 0;
}

static const char *in(const struct mirror *m, const char *folder, const char *name)
{
	return path_join(folder, name, &m->k->arena);
}

/* What a run that was ended may have left where there was no mirror yet. */
static int check_name(void *context, const char *name, struct portroll_error *err)
{
	static const char *const own[] = {"lock", INCOMING, "tile", "people", "key"};
	const struct mirror *m = context;
	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		if (str_equal(str_from(name), str_from(own[i])))
			return PORTROLL_OK;
	return error_set(err, PORTROLL_ECONFLICT,
			 "%s is no mirror, and not empty (%.80s): a mirror is begun in an empty "
			 "folder",
			 m->folder, name);
}

/* A folder that holds something else is left alone: in that of a roll "key" is the secret one. */
static int check_folder(struct mirror *m)
{
	const char *checkpoint = in(m, m->folder, "checkpoint");
	if (!checkpoint)
		return error_memory(&m->k->err);
	return file_exists(checkpoint) ? PORTROLL_OK
				       : file_each_name(m->folder, check_name, m, &m->k->err);
}

static int open_before(struct mirror *m)
{
	const char *checkpoint = in(m, m->folder, "checkpoint");
	if (!checkpoint || !m->incoming)
		return error_memory(&m->k->err);
	int r = file_remove_tree(m->incoming, &m->k->err);
	if (r == PORTROLL_OK)
		r = file_make_folder(m->incoming, &m->k->err);
	if (r == PORTROLL_OK && file_exists(checkpoint))
		r = published_open(&m->before, m->folder, &m->k->err);
	return r;
}

/* Where a name has no file yet, a link leads to the tiles that stay. */
static int link_tiles(struct mirror *m)
{
	const char *link = in(m, m->incoming, "tile");
	return link ? file_make_link(link, "../tile", &m->k->err) : error_memory(&m->k->err);
}

/* What the mirror has is what was seen of this ledger, whatever the state folder knows. */
static int check_continues(struct mirror *m)
{
	const char *checkpoint = in(m, m->folder, "checkpoint");
	if (!checkpoint)
		return error_memory(&m->k->err);
	if (m->before) {
		m->history.keys = published_keys(m->before);
		m->history.copy = m->before;
		int r = remembered_check_file(&m->history, checkpoint);
		if (r < 0)
			return r;
	}
	int r = remembered_check(&m->history);
	return r < 0 ? r : remembered_check_keys(&m->history);
}

/* Signed by a key that the mirror knew; else the server may say what it likes. */
static int check_signature(struct mirror *m)
{
	struct checkpoint checkpoint;
	if (!m->before || checkpoint_open(&checkpoint, published_note(m->now),
					  published_keys(m->before), NULL) == PORTROLL_OK)
		return PORTROLL_OK;
	return error_set(&m->k->err, PORTROLL_ECORRUPT, "%s: is not signed by the key that %s has",
			 m->url, m->folder);
}

/* What is new does not go with the tiles that are here: either it is damaged, or it is another
 * history, which is whole in itself. */
static int fetch_whole(struct mirror *m)
{
	struct keeper *k = m->k;
	struct portroll_error first = k->err;
	const char *link = in(m, m->incoming, "tile");
	k->err = (struct portroll_error){0};
	int r = link ? file_remove_tree(link, &k->err) : error_memory(&k->err);
	if (r == PORTROLL_OK)
		r = fetch_tiles(k, m->url, m->incoming, 0, size_of(m->now));
	published_close(m->now);
	m->now = NULL;
	if (r == PORTROLL_OK)
		r = published_open(&m->now, m->incoming, &k->err);
	if (r == PORTROLL_OK)
		r = published_check(m->now, &k->err);
	if (r == PORTROLL_OK)
		r = remembered_open(&m->history, k, m->now, NULL);
	if (r == PORTROLL_OK)
		r = check_continues(m);
	return r == PORTROLL_OK ? error_set(&k->err, first.code, "%s", first.text) : r;
}

/* Tiles are fetched only for what is signed, and no further than it says. */
static int fetch_new(struct mirror *m)
{
	struct keeper *k = m->k;
	int r = fetch_head(&m->url, k, m->url, m->incoming);
	if (r == PORTROLL_OK)
		r = link_tiles(m);
	if (r == PORTROLL_OK)
		r = published_open(&m->now, m->incoming, &k->err);
	if (r == PORTROLL_OK)
		r = check_signature(m);
	if (r == PORTROLL_OK)
		r = remembered_open(&m->history, k, m->now, NULL);
	if (r == PORTROLL_OK && size_of(m->now) > size_of(m->before)) {
		r = fetch_tiles(k, m->url, m->folder, size_of(m->before), size_of(m->now));
		m->fetched = r == PORTROLL_ELIMIT ? 0 : size_of(m->now);
	}
	if (r < 0)
		return r;
	if (size_of(m->now) > size_of(m->before))
		r = published_check(m->now, &k->err);
	if (r == PORTROLL_ECORRUPT && m->before)
		r = fetch_whole(m);
	return r == PORTROLL_OK ? check_continues(m) : r;
}

/* The checkpoint last: what it names is there then. */
static int put_in_place(struct mirror *m)
{
	static const char *const names[] = {"people", "key", "checkpoint"};
	int r = PORTROLL_OK;
	for (size_t i = 0; r == PORTROLL_OK && i < ARRAY_LEN(names); i++) {
		const char *from = in(m, m->incoming, names[i]), *to = in(m, m->folder, names[i]);
		if (!from || !to)
			return error_memory(&m->k->err);
		if (file_exists(from))
			r = file_put_back(to, from, &m->k->err);
	}
	return r;
}

static int remove_tile(const struct mirror *m, struct tile tile)
{
	char name[TILE_PATH_MAX];
	CLEANUP(buf_done) struct buf path = BUF_INIT((size_t)64 << 10);
	buf_puts(&path, m->folder);
	buf_putc(&path, '/');
	buf_put(&path, (struct portroll_str){name, tile_path(name, tile)});
	buf_putc(&path, '\0');
	return path.failed ? path.failed : file_remove_tree(path.ptr, NULL);
}

/* A partial bundle may have megabytes, and a wider one begins with it; a partial tile that is full
 * now is of no use to anybody. */
static void prune(struct mirror *m)
{
	struct tile_growth g = tile_growth(0, size_of(m->before));
	struct tile tile;
	while (tile_growth_next(&tile, &g)) {
		uint64_t first = tile.index * TILE_WIDTH;
		uint64_t now = size_of(m->now) >> (tile.level * TILE_HEIGHT);
		bool is_wider = first + tile.width < now;
		bool is_full = first + TILE_WIDTH <= now;
		if (tile.width < TILE_WIDTH && (tile.is_bundle ? is_wider : is_full))
			(void)!remove_tile(m, tile);
	}
}

/* So that nothing is left of a ledger that was refused. */
static void take_back(struct mirror *m)
{
	struct tile_growth g = tile_growth(size_of(m->before), m->fetched);
	struct tile tile;
	while (tile_growth_next(&tile, &g))
		if (remove_tile(m, tile) < 0)
			return;
}

static void tell(struct mirror *m)
{
	struct buf *out = &m->k->out.buf;
	struct note_keys keys = published_keys(m->now);
	uint64_t added = size_of(m->now) - size_of(m->before);
	if (m->k->out.quiet)
		return;
	for (size_t i = 0; !m->before && i < keys.count; i++) {
		buf_puts(out, i ? "and " : "key ");
		note_key_put(out, &keys.items[i]);
		buf_puts(out, i + 1 < keys.count
				      ? "\n"
				      : "\nis taken from now on; compare it with what you "
					"were told by another way\n");
	}
	buf_puts(out, m->folder);
	buf_puts(out, ": ");
	buf_put(out, published_checkpoint(m->now)->origin);
	buf_puts(out, " @");
	buf_put_num(out, size_of(m->now));
	buf_puts(out, added ? ", " : ", nothing new");
	if (added) {
		buf_put_grouped(out, added);
		buf_puts(out, added == 1 ? " new entry" : " new entries");
	}
	buf_putc(out, '\n');
}

/* A lock of a writer that is not ours is waited for: another run may be at it. */
static int update(struct mirror *m)
{
	CLEANUP(file_close) int lock = -1;
	int r = check_folder(m);
	if (r == PORTROLL_OK)
		r = file_make_folder(m->folder, &m->k->err);
	if (r == PORTROLL_OK)
		r = file_lock_wait(&lock, m->folder, &m->k->err);
	if (r == PORTROLL_OK)
		r = open_before(m);
	if (r == PORTROLL_OK)
		r = fetch_new(m);
	if (r == PORTROLL_OK)
		r = put_in_place(m);
	else
		take_back(m);
	if (r == PORTROLL_OK) {
		prune(m);
		r = remembered_keep(&m->history);
	}
	(void)!file_remove_tree(m->incoming, NULL);
	return r;
}

/* As git names a clone: by the last part of the address that says something. */
static const char *name_folder(struct keeper *k, const char *url)
{
	return arena_cstr(&k->arena, url_host(str_from(url)));
}

int ledger_mirror(struct keeper *k)
{
	struct mirror m = {.k = k, .url = k->args.operands[0]};
	m.folder = k->args.operand_count > 1 ? k->args.operands[1] : name_folder(k, m.url);
	if (!m.folder || !is_url(str_from(m.url)))
		return error_set(&k->err, PORTROLL_EINVAL, "'%.80s' is no address", m.url);
	m.incoming = in(&m, m.folder, INCOMING);
	int r = m.incoming ? update(&m) : error_memory(&k->err);
	if (r == PORTROLL_OK)
		tell(&m);
	if (m.history.contradicted.len) {
		struct portroll_error first = k->err;
		k->err = (struct portroll_error){0};
		(void)!remembered_tell(&m.history, &k->out.buf);
		k->err = first;
	}
	published_close(m.now);
	published_close(m.before);
	if (r == PORTROLL_ESYSTEM && !k->err.code)
		return EXIT_ERROR;
	return r < 0 ? r : EXIT_YES;
}

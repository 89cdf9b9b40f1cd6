/* SPDX-License-Identifier: MIT */
#include "ledger/key_file.h"

#include <string.h>

#include "base/file.h"

#define KEY_FILE_MAX (64U << 10)

void signers_wipe(struct signers *signers)
{
	note_wipe(signers, sizeof(*signers));
}

static int take_signer(struct signers *signers, struct portroll_str line, const char *path,
		       struct arena *a, struct portroll_error *err)
{
	struct portroll_error own = {0};
	if (signers->count == KEYS_MAX)
		return error_set(err, PORTROLL_ESYNTAX, "%s: more than %d keys", path, KEYS_MAX);
	struct note_signer *signer = &signers->items[signers->count];
	int r = note_signer_parse(signer, line, &own);
	if (r < 0)
		return error_set(err, r, "%s: %s", path, own.text);
	signer->key.name = arena_str(a, signer->key.name);
	signers->count++;
	return a->failed ? error_memory(err) : PORTROLL_OK;
}

int key_text_read(struct signers *ret, struct portroll_str text, const char *path, struct arena *a,
		  struct portroll_error *err)
{
	CLEANUP(signers_wipe) struct signers signers = {0};
	struct portroll_str rest = text, line;
	int r = PORTROLL_OK;
	while (r == PORTROLL_OK && str_cut(&rest, '\n', &line))
		if (line.len)
			r = take_signer(&signers, line, path, a, err);
	if (r == PORTROLL_OK && signers.count == 0)
		r = error_set(err, PORTROLL_ESYNTAX, "%s: has no key", path);
	if (r == PORTROLL_OK)
		*ret = signers;
	return r;
}

int key_file_read(struct signers *ret, const char *path, struct arena *a,
		  struct portroll_error *err)
{
	struct file_bytes file;
	int r = file_load_private(&file, path, KEY_FILE_MAX, err);
	if (r < 0)
		return r;
	r = key_text_read(ret, file.bytes, path, a, err);
	note_wipe(file.memory, file.memory_size);
	file_release(&file);
	return r;
}

int key_file_write(const char *path, const struct signers *signers, struct portroll_error *err)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(KEY_FILE_MAX);
	/* At once, so that no part of a secret stays behind in memory that was outgrown. */
	size_t room = 0;
	for (size_t i = 0; i < signers->count; i++)
		room += signers->items[i].key.name.len + 256;
	buf_reserve(&text, room);
	for (size_t i = 0; i < signers->count; i++) {
		note_signer_put(&text, &signers->items[i]);
		buf_putc(&text, '\n');
	}
	int r = text.failed ? error_set(err, text.failed, "%s: %s", path, error_text(text.failed))
			    : file_replace(path, buf_str(&text), 0400, err);
	if (text.ptr)
		note_wipe(text.ptr, text.capacity);
	return r;
}

void key_list_put(struct buf *out, struct note_keys keys)
{
	for (size_t i = 0; i < keys.count; i++) {
		note_key_put(out, &keys.items[i]);
		buf_putc(out, '\n');
	}
}

int key_list_read(struct note_keys *ret, struct portroll_str text, struct arena *a,
		  struct portroll_error *err)
{
	struct note_key *items = arena_array(a, KEYS_MAX, sizeof(*items));
	struct portroll_str rest = text, line;
	size_t count = 0;
	if (!items)
		return error_memory(err);
	if (!str_ends(text, STR("\n")))
		return error_set(err, PORTROLL_ESYNTAX, "no key, expected lines of verifier keys");
	for (rest.len--; str_cut(&rest, '\n', &line); count++) {
		if (count == KEYS_MAX)
			return error_set(err, PORTROLL_ESYNTAX, "more than %d keys", KEYS_MAX);
		int r = note_key_parse(&items[count], line, err);
		if (r < 0)
			return r;
		items[count].name = arena_str(a, items[count].name);
	}
	if (a->failed)
		return error_memory(err);
	*ret = (struct note_keys){items, count};
	return PORTROLL_OK;
}

int signers_keys(struct note_keys *ret, const struct signers *signers, struct arena *a)
{
	struct note_key *items = arena_array(a, KEYS_MAX, sizeof(*items));
	if (!items)
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < signers->count; i++)
		items[i] = signers->items[i].key;
	*ret = (struct note_keys){items, signers->count};
	return PORTROLL_OK;
}

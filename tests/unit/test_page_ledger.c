/* SPDX-License-Identifier: MIT */

/* What the ledger publishes, from request to response: only what is a part of it, in any width. */

#include <sodium.h>
#include <unistd.h>

#include "base/file.h"
#include "ledger/bundle.h"
#include "ledger/checkpoint.h"
#include "server_case.h"

#define SIZE 300 /* entries; each is "entry" */

struct place {
	char folder[64];
	struct server_case server;
};

static void write_file(const struct place *place, const char *name, struct portroll_str bytes)
{
	char path[200];
	int len = snprintf(path, sizeof(path), "%s/%s", place->folder, name);
	struct portroll_str folder = {path, (size_t)len};
	while (folder.ptr[folder.len - 1] != '/')
		folder.len--;
	CLEANUP(buf_done) struct buf parent = BUF_INIT(200);
	buf_put(&parent, folder);
	buf_putc(&parent, '\0');
	assert_int_equal(file_make_folder(parent.ptr, NULL), PORTROLL_OK);
	assert_int_equal(file_replace(path, bytes, 0644, NULL), PORTROLL_OK);
}

static void write_tile(const struct place *place, const char *name, size_t hashes)
{
	CLEANUP(buf_done) struct buf bytes = BUF_INIT(8192);
	buf_fill(&bytes, 'h', hashes * TREE_HASH_SIZE);
	write_file(place, name, buf_str(&bytes));
}

static void write_bundle(const struct place *place, const char *name, size_t entries)
{
	CLEANUP(buf_done) struct buf bytes = BUF_INIT(8192);
	for (size_t i = 0; i < entries; i++)
		assert_int_equal(bundle_put(&bytes, STR("entry")), PORTROLL_OK);
	write_file(place, name, buf_str(&bytes));
}

static void write_checkpoint(const struct place *place)
{
	static const uint8_t seed[NOTE_SEED_SIZE] = {1};
	struct note_signer signer;
	const struct checkpoint checkpoint = {STR("registry.example/ports"), {.size = SIZE}};
	CLEANUP(buf_done) struct buf note = BUF_INIT(4096);
	assert_int_equal(note_signer_from_seed(&signer, checkpoint.origin, seed, NULL),
			 PORTROLL_OK);
	assert_int_equal(checkpoint_sign(&note, &checkpoint, &signer, 1, NULL), PORTROLL_OK);
	write_file(place, "checkpoint", buf_str(&note));
}

static int setup(void **state)
{
	struct place *place = calloc(1, sizeof(*place));
	(void)snprintf(place->folder, sizeof(place->folder), "/tmp/portroll-test-XXXXXX");
	if (sodium_init() < 0 || !mkdtemp(place->folder))
		return -1;
	write_checkpoint(place);
	write_file(place, "key", STR("a key\n"));
	write_file(place, "people", STR("{}\n"));
	write_file(place, "secret", STR("secret"));
	write_tile(place, "tile/0/000", 256);
	write_tile(place, "tile/0/001.p/44", 44);
	write_tile(place, "tile/1/000.p/1", 1);
	write_bundle(place, "tile/entries/000", 256);
	write_bundle(place, "tile/entries/001.p/44", 44);
	server_begin(&place->server);
	site_release(place->server.site);
	assert_int_equal(site_new(&place->server.site,
				  case_open(&place->server.bytes, SNAPSHOT_FULL), place->folder,
				  NULL),
			 PORTROLL_OK);
	*state = place;
	return 0;
}

static int teardown(void **state)
{
	static const char *const names[] = {"tile/entries/001.p/44",
					    "tile/entries/001.p",
					    "tile/entries/000",
					    "tile/entries",
					    "tile/1/000.p/1",
					    "tile/1/000.p",
					    "tile/1",
					    "tile/0/001.p/44",
					    "tile/0/001.p",
					    "tile/0/000",
					    "tile/0",
					    "tile",
					    "secret",
					    "people",
					    "key",
					    "checkpoint"};
	struct place *place = *state;
	char path[200];
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", place->folder, names[i]);
		if (remove(path) < 0)
			return -1;
	}
	server_end(&place->server);
	int r = rmdir(place->folder);
	free(place);
	return r;
}

static const struct {
	const char *target;
	size_t len; /* 0: refused with 404 */
} rows[] = {
	{"/ledger/key", 6},
	{"/ledger/people", 3},
	{"/ledger/tile/0/000", 8192},
	{"/ledger/tile/0/001.p/44", 1408},
	{"/ledger/tile/1/000.p/1", 32},
	{"/ledger/tile/entries/000", 1792},
	{"/ledger/tile/entries/001.p/44", 308},
	/* Partial ones that are gone are cut from what is there. */
	{"/ledger/tile/0/000.p/200", 6400},
	{"/ledger/tile/0/001.p/43", 1376},
	{"/ledger/tile/entries/000.p/255", 1785},
	{"/ledger/tile/entries/001.p/1", 7},
	/* What was never there. */
	{"/ledger/tile/0/001.p/45", 0},
	{"/ledger/tile/0/001", 0},
	{"/ledger/tile/0/002.p/1", 0},
	{"/ledger/tile/1/000.p/2", 0},
	{"/ledger/tile/1/001.p/1", 0},
	{"/ledger/tile/7/x001/x234/x067/x890/x123/456.p/7", 0},
	{"/ledger/tile/0/000.p/256", 0},
	{"/ledger/tile/0/000.p/0", 0},
	{"/ledger/tile/0/0", 0},
	{"/ledger/tile/00/000", 0},
	{"/ledger/tile/8/000", 0},
	{"/ledger/tile/0/%300", 0},
	{"/ledger/tile/0/000/", 0},
	{"/ledger/tile//0/000", 0},
	{"/ledger/tile/0", 0},
	{"/ledger/tile", 0},
	{"/ledger/tile/", 0},
	{"/ledger/", 0},
	{"/ledger", 0},
	{"/ledger/secret", 0},
	{"/ledger/tile/secret", 0},
	{"/ledger/key/000", 0},
	{"/ledger/tile/0/x001/x002/x003/x004/x005/x006/x007/008", 0},
};

static void parts_of_the_ledger_are_given_and_nothing_else(void **state)
{
	struct place *place = *state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct response *res = get(&place->server, rows[i].target);
		if (res->status != (rows[i].len ? 200 : 404))
			fail_msg("%s: %u", rows[i].target, res->status);
		if (rows[i].len && response_bytes(res).len != rows[i].len)
			fail_msg("%s: %zu bytes", rows[i].target, response_bytes(res).len);
		assert_false(body_has(res, "secret\n"));
	}
	assert_int_equal(get(&place->server, "/ledger/tile/../secret")->status, 400);
	assert_int_equal(get(&place->server, "/ledger/..%2fsecret")->status, 400);
}

static void tiles_may_be_kept_for_ever_and_checkpoints_may_not(void **state)
{
	struct place *place = *state;
	const struct response *res = get(&place->server, "/ledger/checkpoint");
	assert_string_equal(header_of(res, "Content-Type"), "text/plain; charset=utf-8");
	assert_string_equal(header_of(res, "Cache-Control"), "no-cache");
	assert_true(body_has(res, "registry.example/ports\n300\n"));
	res = get(&place->server, "/ledger/tile/0/000");
	assert_string_equal(header_of(res, "Content-Type"), "application/octet-stream");
	assert_non_null(strstr(header_of(res, "Cache-Control"), "immutable"));
	res = get(&place->server, "/ledger/people");
	assert_string_equal(header_of(res, "Cache-Control"), "no-cache");
	assert_string_equal(header_of(res, "X-Robots-Tag"), "noindex, nofollow");
	res = get(&place->server, "/ledger/tile/0/002");
	assert_string_equal(header_of(res, "Cache-Control"), "no-store");
}

static void a_damaged_bundle_is_not_cut(void **state)
{
	struct place *place = *state;
	write_file(place, "tile/entries/000", STR("\xff\xff"));
	assert_int_equal(get(&place->server, "/ledger/tile/entries/000.p/9")->status, 404);
	write_file(place, "tile/0/000", STR("short"));
	assert_int_equal(get(&place->server, "/ledger/tile/0/000.p/9")->status, 404);
	write_file(place, "checkpoint", STR("no checkpoint"));
	assert_int_equal(get(&place->server, "/ledger/tile/0/001.p/9")->status, 404);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_of_the_ledger_are_given_and_nothing_else),
		cmocka_unit_test(tiles_may_be_kept_for_ever_and_checkpoints_may_not),
		cmocka_unit_test(a_damaged_bundle_is_not_cut),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

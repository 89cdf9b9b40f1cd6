/* SPDX-License-Identifier: MIT */
#include "server/site.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/hash.h"
#include "formats/format.h"

#define DOWNLOAD_MAX (256U << 20) /* bytes; IANA's registry is 5 MiB in its largest form */

const struct download_kind download_kinds[DOWNLOAD_KIND_COUNT] = {
	{"xml", "xml", false, "application/xml", NULL},
	{"csv", "csv", false, "text/csv; charset=utf-8",
	 "without the header and the names of contacts"},
	{"txt", "text", false, "text/plain; charset=utf-8", NULL},
	{"html", "html", false, "text/html; charset=utf-8", NULL},
	{"json", "json", false, "application/json", NULL},
	{"ndjson", "json", true, "application/x-ndjson", NULL},
	{"services", "services", false, "text/plain; charset=utf-8",
	 "names with a port and their descriptions only"},
	{"nmap", "nmap", false, "text/plain; charset=utf-8",
	 "one name for each port and transport"},
};

struct download_slot {
	struct download download;
	struct buf bytes, gzip, loss;
	bool made;
};

struct site {
	atomic_int references;
	struct portroll_snapshot *snapshot;
	const char *ledger;
	struct arena arena;
	struct source sources[ROLL_SOURCE_MAX];
	const struct registry *headers[ROLL_SOURCE_MAX];
	size_t source_count;
	struct state_counts counts[TRANSPORT_COUNT + 1];
	pthread_mutex_t lock;                                   /* of the downloads */
	struct download_slot (*downloads)[DOWNLOAD_KIND_COUNT]; /* by source */
};

static void count_states(struct site *site)
{
	for (uint8_t transport = 1; transport <= TRANSPORT_COUNT; transport++) {
		for (uint32_t port = 0; port < PORT_COUNT; port++) {
			struct answer answer =
				snapshot_answer(site->snapshot, (uint16_t)port, transport);
			if (answer.state <= PORTROLL_DYNAMIC)
				site->counts[transport].counts[answer.state]++;
		}
	}
}

static int read_sources(struct site *site, struct portroll_error *err)
{
	site->source_count = portroll_source_count(site->snapshot);
	if (site->source_count > ROLL_SOURCE_MAX)
		return error_set(err, PORTROLL_ECORRUPT, "the snapshot has too many sources");
	for (size_t i = 0; i < site->source_count; i++) {
		struct source *source = &site->sources[i];
		site->headers[i] = snapshot_header(site->snapshot, i, &site->arena);
		bool known = snapshot_source(site->snapshot, i, &site->arena, source);
		if (site->arena.failed)
			return error_memory(err);
		if (!known || !site->headers[i])
			return error_set(err, PORTROLL_ECORRUPT,
					 "a source of the snapshot cannot be read");
	}
	site->downloads = arena_array(&site->arena, site->source_count, sizeof(*site->downloads));
	return site->downloads ? PORTROLL_OK : error_memory(err);
}

int site_new(struct site **ret, struct portroll_snapshot *snapshot, const char *ledger,
	     struct portroll_error *err)
{
	struct site *site = calloc(1, sizeof(*site));
	if (!site) {
		portroll_close(snapshot);
		return error_memory(err);
	}
	atomic_init(&site->references, 1);
	site->snapshot = snapshot;
	(void)pthread_mutex_init(&site->lock, NULL);
	site->ledger = ledger ? arena_cstr(&site->arena, str_from(ledger)) : NULL;
	int r = site->arena.failed ? error_memory(err) : read_sources(site, err);
	if (r < 0) {
		site_release(site);
		return r;
	}
	count_states(site);
	*ret = site;
	return PORTROLL_OK;
}

struct site *site_hold(struct site *site)
{
	atomic_fetch_add(&site->references, 1);
	return site;
}

void site_release(struct site *site)
{
	if (!site || atomic_fetch_sub(&site->references, 1) > 1)
		return;
	for (size_t i = 0; site->downloads && i < site->source_count; i++) {
		for (size_t k = 0; k < DOWNLOAD_KIND_COUNT; k++) {
			buf_done(&site->downloads[i][k].bytes);
			buf_done(&site->downloads[i][k].gzip);
			buf_done(&site->downloads[i][k].loss);
		}
	}
	(void)pthread_mutex_destroy(&site->lock);
	portroll_close(site->snapshot);
	arena_done(&site->arena);
	free(site);
}

const struct portroll_snapshot *site_snapshot(const struct site *site)
{
	return site->snapshot;
}

const char *site_ledger(const struct site *site)
{
	return site->ledger;
}

size_t site_source_count(const struct site *site)
{
	return site->source_count;
}

const struct source *site_source(const struct site *site, size_t index)
{
	return index < site->source_count ? &site->sources[index] : NULL;
}

size_t site_find_source(const struct site *site, struct portroll_str name)
{
	for (size_t i = 0; i < site->source_count; i++) {
		if (str_equal(site->sources[i].name, name))
			return i;
	}
	return SIZE_MAX;
}

size_t site_main_source(const struct site *site)
{
	for (size_t i = 0; i < site->source_count; i++) {
		if (site->sources[i].coverage == COVERAGE_COMPLETE)
			return i;
	}
	return site->source_count > 0 ? 0 : SIZE_MAX;
}

const struct registry *site_header(const struct site *site, size_t source)
{
	return site->headers[source];
}

const struct state_counts *site_counts(const struct site *site, uint8_t transport)
{
	return &site->counts[transport];
}

bool site_may_download(const struct site *site, size_t source)
{
	return !source_has_nmap(&site->sources[source]);
}

static int write_form(struct site *site, struct download_slot *slot, size_t source, size_t kind)
{
	const struct format *format = format_find(str_from(download_kinds[kind].format));
	struct arena arena = ARENA_INIT;
	struct buf provenance = BUF_INIT(1U << 20);
	struct loss loss = {0};
	const struct registry *registry = snapshot_read(site->snapshot, source, &arena);
	source_put_provenance(&provenance, &site->sources[source]);
	struct write_options options = {
		.masthead = source_is_unaltered_iana(&site->sources[source]),
		.title = STR("Service names and port numbers"),
		.provenance = buf_str(&provenance),
		.source = &site->sources[source],
		.one_per_line = download_kinds[kind].one_per_line,
	};
	int r = arena.failed ? PORTROLL_ENOMEM : PORTROLL_ECORRUPT;
	if (format && registry) {
		format->write(&slot->bytes, registry, &options, &loss);
		r = slot->bytes.failed;
	}
	if (loss_any(&loss))
		loss_put_line(&slot->loss, &loss, format->name);
	if (r == PORTROLL_OK)
		r = slot->loss.failed ? slot->loss.failed : provenance.failed;
	buf_done(&provenance);
	arena_done(&arena);
	return r;
}

/* Where zlib cannot be had there is no gzip form, which nobody misses. */
static void pack(struct buf *out, struct portroll_str bytes)
{
	unsigned char page[16384];
	z_stream stream = {0};
	if (deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return;
	stream.next_in = (z_const Bytef *)(uintptr_t)bytes.ptr;
	stream.avail_in = (uInt)bytes.len;
	int r = Z_OK;
	while (r == Z_OK) {
		stream.next_out = page;
		stream.avail_out = sizeof(page);
		r = deflate(&stream, Z_FINISH);
		buf_put(out,
			(struct portroll_str){(const char *)page, sizeof(page) - stream.avail_out});
	}
	(void)deflateEnd(&stream);
	if (r != Z_STREAM_END)
		buf_clear(out);
}

static int make(struct site *site, struct download_slot *slot, size_t source, size_t kind)
{
	slot->bytes = BUF_INIT(DOWNLOAD_MAX);
	slot->gzip = BUF_INIT(DOWNLOAD_MAX);
	slot->loss = BUF_INIT(4096);
	int r = write_form(site, slot, source, kind);
	if (r == PORTROLL_OK) {
		pack(&slot->gzip, buf_str(&slot->bytes));
		r = slot->gzip.failed;
	}
	if (r < 0) {
		buf_done(&slot->bytes);
		buf_done(&slot->gzip);
		buf_done(&slot->loss);
		return r;
	}
	slot->download = (struct download){
		.bytes = buf_str(&slot->bytes),
		.gzip = buf_str(&slot->gzip),
		.loss = buf_str(&slot->loss),
		.tag = hash_bytes(buf_str(&slot->bytes)),
	};
	slot->made = true;
	return PORTROLL_OK;
}

int site_download(const struct download **ret, struct site *site, size_t source, size_t kind)
{
	struct download_slot *slot = &site->downloads[source][kind];
	(void)pthread_mutex_lock(&site->lock);
	int r = slot->made ? PORTROLL_OK : make(site, slot, source, kind);
	(void)pthread_mutex_unlock(&site->lock);
	if (r == PORTROLL_OK)
		*ret = &slot->download;
	return r;
}

/* SPDX-License-Identifier: MIT */
#include "snapshot/compile.h"

#include <string.h>

#include "base/load.h"

#define SECTION_MAX (UINT32_MAX - 64U) /* bytes: offsets, and one more, fit 32 bits */

static void compiler_init(struct compiler *c, const struct roll *roll, struct portroll_error *err)
{
	*c = (struct compiler){.roll = roll, .err = err};
	for (size_t i = 0; i < SECTION_COUNT; i++)
		c->sections[i] = BUF_INIT(SECTION_MAX);
	c->cell = c->blob = c->answer_rows = BUF_INIT(SECTION_MAX);
	c->texts = POOL_INIT(&c->sections[SECTION_TEXTS], &c->pooled);
	c->blobs = POOL_INIT(&c->sections[SECTION_BLOBS], &c->pooled);
	c->lists = POOL_INIT(&c->sections[SECTION_LISTS], &c->kept);
	c->people_lists = POOL_INIT(&c->sections[SECTION_PEOPLE_LISTS], &c->pooled);
	c->pages = POOL_INIT(&c->sections[SECTION_PAGES], &c->pooled);
	c->answers = POOL_INIT(&c->answer_rows, &c->pooled);
	c->kinds = POOL_INIT(&c->sections[SECTION_KINDS], &c->pooled);
	buf_putc(&c->sections[SECTION_TEXTS], '\0');
	buf_putc(&c->sections[SECTION_BLOBS], '\0');
}

static void compiler_done(struct compiler *c)
{
	for (size_t i = 0; i < SECTION_COUNT; i++)
		buf_done(&c->sections[i]);
	buf_done(&c->cell);
	buf_done(&c->blob);
	buf_done(&c->answer_rows);
	arena_done(&c->pooled);
	arena_done(&c->kept);
}

static int out_failed(const struct buf *out, struct portroll_error *err)
{
	if (out->failed == PORTROLL_ELIMIT)
		return error_set(err, PORTROLL_ELIMIT, "the roll is too large for a snapshot");
	return out->failed ? error_memory(err) : PORTROLL_OK;
}

/* What stuck in the buffers and the arena. */
static int compiler_failed(const struct compiler *c)
{
	bool memory = !c->pooled.failed && !c->kept.failed && !c->scratch.failed;
	int r = memory ? out_failed(&c->cell, c->err) : error_memory(c->err);
	if (r == PORTROLL_OK)
		r = out_failed(&c->answer_rows, c->err);
	for (size_t i = 0; i < SECTION_COUNT && r == PORTROLL_OK; i++)
		r = out_failed(&c->sections[i], c->err);
	return r;
}

static size_t padded(size_t size)
{
	return (size + SECTION_ALIGNMENT - 1) / SECTION_ALIGNMENT * SECTION_ALIGNMENT;
}

static void put_section_table(struct buf *out, const struct compiler *c, size_t content)
{
	for (size_t i = 0, at = content; i < SECTION_COUNT; i++) {
		size_t len = c->sections[i].len;
		char row[SECTION_ROW_SIZE];
		store_u32(row + SECTION_OFFSET, (uint32_t)at);
		store_u32(row + SECTION_SIZE_AT, (uint32_t)len);
		store_u32(row + SECTION_ELEMENT, section_elements[i]);
		store_u32(row + SECTION_COUNT_AT, (uint32_t)(len / section_elements[i]));
		buf_put(out, (struct portroll_str){row, sizeof(row)});
		at += padded(len);
	}
}

/* The places of the digest and of the checksums stay zero until all is there. */
static void put_head(struct buf *out, const struct compiler *c, size_t content, size_t size)
{
	uint32_t blocks = (uint32_t)((size - content + BLOCK_SIZE - 1) / BLOCK_SIZE);
	char header[HEADER_SIZE] = SNAPSHOT_MAGIC;
	store_u32(header + HEADER_VERSION, SNAPSHOT_VERSION);
	store_u32(header + HEADER_SIZE_AT, HEADER_SIZE);
	store_u64(header + HEADER_FILE_SIZE, size);
	store_u32(header + HEADER_CONTENT, (uint32_t)content);
	store_u32(header + HEADER_BLOCK_SIZE, BLOCK_SIZE);
	store_u32(header + HEADER_BLOCK_COUNT, blocks);
	store_u32(header + HEADER_SECTION_COUNT, SECTION_COUNT);
	store_u64(header + HEADER_LEDGER_SIZE, c->roll->ledger_size);
	memcpy(header + HEADER_LEDGER_ROOT, c->roll->ledger_root, SHA256_SIZE);
	buf_put(out, (struct portroll_str){header, sizeof(header)});
	put_section_table(out, c, content);
	buf_fill(out, '\0', content - out->len);
}

static int join(struct buf *out, struct compiler *c)
{
	size_t all = 0;
	for (size_t i = 0; i < SECTION_COUNT; i++)
		all += padded(c->sections[i].len);
	size_t blocks = (all + BLOCK_SIZE - 1) / BLOCK_SIZE;
	size_t content =
		padded(HEADER_SIZE + SECTION_COUNT * SECTION_ROW_SIZE + blocks * sizeof(uint64_t));
	if (content + all > UINT32_MAX)
		return error_set(c->err, PORTROLL_ELIMIT, "the roll is too large for a snapshot");
	arena_done(&c->kept); /* before as much is asked for again */
	buf_reserve(out, content + all);
	put_head(out, c, content, content + all);
	for (size_t i = 0; i < SECTION_COUNT; i++) {
		size_t len = c->sections[i].len;
		buf_put(out, buf_str(&c->sections[i]));
		buf_fill(out, '\0', padded(len) - len);
		buf_done(&c->sections[i]);
	}
	int r = out_failed(out, c->err);
	if (r == PORTROLL_OK)
		put_checksums(out);
	return r;
}

int snapshot_compile(struct buf *out, const struct roll *roll, struct portroll_error *err)
{
	static int (*const steps[])(struct compiler * c) = {
		compile_sources, compile_records, compile_names,
		compile_people,  compile_answers, compile_search,
	};
	struct compiler c;
	compiler_init(&c, roll, err);
	int r = PORTROLL_OK;
	for (size_t i = 0; i < ARRAY_LEN(steps) && r == PORTROLL_OK; i++) {
		r = steps[i](&c);
		if (r == PORTROLL_OK)
			r = compiler_failed(&c);
		arena_done(&c.scratch);
	}
	if (r == PORTROLL_OK)
		r = join(out, &c);
	compiler_done(&c);
	return r;
}

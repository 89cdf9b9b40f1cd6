/* SPDX-License-Identifier: MIT */

/* What is known of a snapshot only when its change is in the ledger. */

#include <string.h>

#include "base/hash.h"
#include "base/load.h"
#include "snapshot/compile.h"

void put_checksums(struct buf *file)
{
	struct portroll_str bytes = buf_str(file);
	size_t content = load_u32(file->ptr + HEADER_CONTENT);
	char *at = file->ptr + HEADER_SIZE + SECTION_COUNT * SECTION_ROW_SIZE;
	for (size_t block = content; block < bytes.len; block += BLOCK_SIZE, at += sizeof(uint64_t))
		store_u64(at, hash_bytes(str_part(bytes, block, block + BLOCK_SIZE)));
	store_u64(file->ptr + HEADER_DIGEST,
		  hash_bytes(str_part(bytes, HEADER_FILE_SIZE, content)));
}

/* Numbers that a record has no room for are not known. */
static uint32_t number_of(const uint64_t *numbers, uint32_t pending)
{
	uint64_t number = numbers[SNAPSHOT_CHANGE_PENDING(0) - pending];
	return number < SNAPSHOT_CHANGE_PENDING(SNAPSHOT_PENDING_MAX) ? (uint32_t)number : 0;
}

void snapshot_seal(struct buf *file, const struct roll *roll, const uint64_t *numbers, size_t count)
{
	const char *section = file->ptr + HEADER_SIZE + SECTION_RECORDS * SECTION_ROW_SIZE;
	char *row = file->ptr + load_u32(section + SECTION_OFFSET);
	uint32_t records = load_u32(section + SECTION_COUNT_AT);
	store_u64(file->ptr + HEADER_LEDGER_SIZE, roll->ledger_size);
	memcpy(file->ptr + HEADER_LEDGER_ROOT, roll->ledger_root, SHA256_SIZE);
	for (uint32_t i = 0; i < records; i++, row += RECORD_SIZE) {
		uint32_t change = load_u32(row + RECORD_CHANGE);
		if (SNAPSHOT_CHANGE_PENDING(0) - change < count)
			store_u32(row + RECORD_CHANGE, number_of(numbers, change));
	}
	put_checksums(file);
}

/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The bytes of a snapshot; doc/SNAPSHOT.md describes them. All numbers are little-endian, all
 * places are offsets, so the file is the same on every machine and wherever it is mapped.
 *
 *	head    | header | section table | block checksums |
 *	content | sections, each at a multiple of 8 ...     |   <- in blocks of BLOCK_SIZE
 */

#include "base/str.h"

#define SNAPSHOT_MAGIC   "PORTROLL"
#define SNAPSHOT_VERSION 1U

#define BLOCK_SIZE 8192U

/* Ports on a page of answers. */
#define PAGE_PORTS 64U

/* The header; `digest` is the checksum of all that follows it in the head. */
enum header_at {
	HEADER_MAGIC = 0,
	HEADER_VERSION = 8,
	HEADER_SIZE_AT = 12, /* bytes of the header */
	HEADER_DIGEST = 16,
	HEADER_FILE_SIZE = 24,
	HEADER_CONTENT = 32, /* where the content begins */
	HEADER_BLOCK_SIZE = 36,
	HEADER_BLOCK_COUNT = 40,
	HEADER_SECTION_COUNT = 44,
	HEADER_LEDGER_SIZE = 48,
	HEADER_LEDGER_ROOT = 56,
	HEADER_SIZE = 88
};

enum section_at {
	SECTION_OFFSET = 0,
	SECTION_SIZE_AT = 4,
	SECTION_ELEMENT = 8,
	SECTION_COUNT_AT = 12,
	SECTION_ROW_SIZE = 16
};

/* In the order of the file: what every answer needs stands together at the beginning, the first
 * texts (of the sources) too. */
enum section {
	SECTION_SOURCES,
	SECTION_PAGE_INDEX, /* u16 number of a page, by transport and port / PAGE_PORTS */
	SECTION_BLOBS,      /* each a varint length and bytes; the one at 0 is empty */
	SECTION_TEXTS,      /* each a varint length and UTF-8; the one at 0 is empty */
	SECTION_PAGES,      /* PAGE_PORTS times the u16 number of an answer */
	SECTION_ANSWERS,
	SECTION_LISTS, /* u32 numbers of records, for answers and names */
	SECTION_NAMES,
	SECTION_RECORDS,
	SECTION_PEOPLE,
	SECTION_PEOPLE_LISTS, /* u32 numbers of people, for records */
	SECTION_PERSON_ORDER, /* u32 numbers of people, by source and id */
	SECTION_COUNT
};

enum source_at {
	SOURCE_NAME = 0,
	SOURCE_KIND = 4,
	SOURCE_COVERAGE = 5,
	SOURCE_COPY_COUNT = 6,
	SOURCE_FIRST_RECORD = 8,
	SOURCE_RECORD_COUNT = 12,
	SOURCE_FIRST_PERSON = 16,
	SOURCE_PERSON_COUNT = 20,
	SOURCE_COPIES = 24, /* blob */
	SOURCE_HEADER = 28, /* blob */
	SOURCE_SIZE = 32
};

enum answer_at {
	ANSWER_STATE = 0,
	ANSWER_REASON = 1,
	ANSWER_RULE = 2,
	ANSWER_SOURCE = 3,
	ANSWER_FIRST = 4,
	ANSWER_COUNT = 8,
	ANSWER_SIZE = 12
};

#define NAME_KEY_LEN                                                                               \
	8 /* folded bytes of a name beside its place, so that few texts are touched                \
	   */

enum name_at {
	NAME_KEY = 0,
	NAME_TEXT = 8,
	NAME_FIRST = 12,
	NAME_COUNT = 16,
	NAME_SIZE = 24
};

/* The texts are the cells of IANA's CSV. */
enum record_at {
	RECORD_NAME = 0,
	RECORD_PORT_TEXT = 4,
	RECORD_DESCRIPTION = 8,
	RECORD_ASSIGNEE = 12,
	RECORD_CONTACT = 16,
	RECORD_REGISTERED = 20,
	RECORD_MODIFIED = 24,
	RECORD_REFERENCE = 28,
	RECORD_UNAUTHORIZED = 32,
	RECORD_NOTES = 36,
	RECORD_ALIAS_OF = 40,
	RECORD_BLOB = 44, /* what the cells do not tell */
	RECORD_PEOPLE_FIRST = 48,
	RECORD_PEOPLE_COUNT = 52,
	RECORD_SERVICE_CODE = 56,
	RECORD_PORT_FIRST = 60,
	RECORD_PORT_LAST = 62,
	RECORD_COPY = 64,
	RECORD_TRANSPORT = 66,
	RECORD_SOURCE = 67,
	RECORD_FLAGS = 68,
	RECORD_CHANGESET = 72,
	RECORD_SIZE = 80
};

enum record_bit {
	RECORD_BIT_ALIAS = 1 << 0,
	RECORD_BIT_DUPLICATE = 1 << 1,
	RECORD_BIT_PORT = 1 << 2,
	RECORD_BIT_SERVICE_CODE = 1 << 3,
	RECORD_BIT_ASSIGNEE = 1 << 4, /* stored apart */
	RECORD_BITS = (1 << 5) - 1
};

/* Parts of a record's blob, in this order; a part that is not there is told by the cell. */
enum blob_part {
	BLOB_DESCRIPTION = 1 << 0,
	BLOB_NOTE = 1 << 1,
	BLOB_UNAUTHORIZED = 1 << 2,
	BLOB_CONTACTS = 1 << 3,
	BLOB_ASSIGNEE = 1 << 4,
	BLOB_REFERENCES = 1 << 5,
	BLOB_EXTRAS = 1 << 6,
	BLOB_PARTS = (1 << 7) - 1
};

enum person_at {
	PERSON_ID = 0,
	PERSON_NAME = 4,
	PERSON_ORG = 8,
	PERSON_URI = 12,     /* when there is exactly one */
	PERSON_UPDATED = 16, /* packed date */
	PERSON_BLOB = 20,    /* the URIs otherwise, and extras */
	PERSON_SIZE = 24
};

/* Bytes of an element of each section. */
extern const uint32_t section_elements[SECTION_COUNT];

/* The folded beginning of a name, filled with NUL. */
void name_key(char ret_key[static NAME_KEY_LEN], struct portroll_str name);

/* Takes the next [LABEL] off the cell; false when it does not begin with one. */
bool cut_label(struct portroll_str *cell, struct portroll_str *ret);

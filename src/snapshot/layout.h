/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The bytes of a snapshot; doc/SNAPSHOT.md describes them. All numbers are little-endian, all
 * places are offsets, so the file is the same on every machine and wherever it is mapped.
 *
 *	head    | header | section table | block checksums |
 *	content | sections, each at a multiple of 64 ...    |   <- in blocks of BLOCK_SIZE
 */

#include "base/str.h"

#define SNAPSHOT_MAGIC   "PORTROLL"
#define SNAPSHOT_VERSION 1U

#define BLOCK_SIZE 8192U

/* Ports on a page of answers. */
#define PAGE_PORTS 16U

/* Content and sections begin at a multiple of it, so that no key and no page lies on two lines of
 * a cache. */
#define SECTION_ALIGNMENT 64U

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
	HEADER_LEDGER_SIZE = 48, /* entries that it was folded from; 0: none */
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
	SECTION_PAGE_INDEX,         /* u16 number of a page, by transport and port / PAGE_PORTS */
	SECTION_PAGES,              /* PAGE_PORTS times the u16 number of an answer */
	SECTION_ANSWER_LISTS,       /* u32 place of the list of each answer */
	SECTION_LISTS,              /* u32 numbers of records, where they are not a row */
	SECTION_NAME_SEED,          /* u64, one */
	SECTION_NAME_DISPLACEMENTS, /* u16, for each bucket */
	SECTION_NAME_KEYS,          /* NAME_KEY_SIZE bytes, for each slot */
	SECTION_NAME_LISTS,         /* u32 place of the list, for each slot */
	SECTION_NAME_COUNTS,        /* u32 count of the list, for each slot */
	SECTION_ANSWERS,
	SECTION_ANSWER_FREQUENCIES, /* u32 millionths, for each answer, or none at all */
	SECTION_KINDS,
	SECTION_BLOBS, /* each a varint length and bytes; the one at 0 is empty */
	SECTION_TEXTS, /* each a varint length and UTF-8; the one at 0 is empty */
	SECTION_RECORDS,
	SECTION_PEOPLE,
	SECTION_PEOPLE_LISTS, /* u32 numbers of people, for records */
	SECTION_PERSON_ORDER, /* u32 numbers of people, by source and id */
	SECTION_DOCUMENTS,    /* of the search index, by their first record */
	SECTION_GRAM_FIRSTS,  /* by the class of the first byte of a gram */
	SECTION_GRAM_PAIRS,   /* by the classes of the first two bytes */
	SECTION_GRAM_PLACES,  /* u32 place of the postings of each gram, and where the last end */
	SECTION_POSTINGS,     /* varints, see compile_search.c */
	SECTION_COUNT
};

/* A place of a list: below the count of records it is the first of a row of neighbours; else the
 * numbers stand in SECTION_LISTS, at the place less the count of records. LIST_EMPTY: no list. */
#define LIST_EMPTY UINT32_MAX

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
	ANSWER_KIND = 0,  /* u16, row of SECTION_KINDS */
	ANSWER_COUNT = 2, /* u16, of its list */
	ANSWER_SIZE = 4
};

#define ANSWER_MAX       65536U
#define ANSWER_KIND_MAX  65536U
#define ANSWER_COUNT_MAX 65535U

enum kind_at {
	KIND_STATE = 0,
	KIND_REASON = 1,
	KIND_RULE = 2,
	KIND_SOURCE = 3, /* UINT8_MAX: none */
	KIND_SIZE = 4
};

/* The texts are the cells of IANA's CSV. */
enum record_at {
	RECORD_NAME = 0,
	RECORD_DESCRIPTION = 4,
	RECORD_ASSIGNEE = 8,
	RECORD_CONTACT = 12,
	RECORD_REGISTERED = 16,
	RECORD_REFERENCE = 20,
	RECORD_BLOB = 24, /* the rarer cells, and what the cells do not tell */
	RECORD_PEOPLE_FIRST = 28,
	RECORD_CHANGE = 32, /* number of the change that made it so; 0: not known */
	RECORD_PORT_FIRST = 36,
	RECORD_PORT_LAST = 38,
	RECORD_COPY = 40,
	RECORD_PEOPLE_COUNT = 42,
	RECORD_TRANSPORT = 44,
	RECORD_SOURCE = 45,
	RECORD_FLAGS = 46,
	RECORD_SIZE = 48
};

#define RECORD_PEOPLE_MAX 65535U

enum record_bit {
	RECORD_BIT_ALIAS = 1 << 0,
	RECORD_BIT_DUPLICATE = 1 << 1,
	RECORD_BIT_PORT = 1 << 2,
	RECORD_BIT_SERVICE_CODE = 1 << 3,
	RECORD_BIT_ASSIGNEE = 1 << 4, /* stored apart */
	RECORD_BITS = (1 << 5) - 1
};

/* Parts of a record's blob, in this order. First the rarer cells, which are empty when they are
 * not there; then what a cell does not tell. */
enum blob_part {
	BLOB_CELL_MODIFIED = 1 << 0,
	BLOB_CELL_NOTES = 1 << 1,
	BLOB_CELL_ALIAS_OF = 1 << 2,
	BLOB_CELL_UNAUTHORIZED = 1 << 3,
	BLOB_SERVICE_CODE = 1 << 4,
	BLOB_DESCRIPTION = 1 << 5,
	BLOB_NOTE = 1 << 6,
	BLOB_UNAUTHORIZED = 1 << 7,
	BLOB_CONTACTS = 1 << 8,
	BLOB_ASSIGNEE = 1 << 9,
	BLOB_REFERENCES = 1 << 10,
	BLOB_EXTRAS = 1 << 11,
	BLOB_PARTS = (1 << 12) - 1
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

/* A document is a pair of name and description, here the list of the records that have it. */
enum document_at {
	DOCUMENT_LIST = 0,
	DOCUMENT_COUNT = 4,
	DOCUMENT_SIZE = 8
};

/* Of the first byte the pairs that it begins, of a pair the grams. */
enum gram_at {
	GRAM_NEXT = 0,  /* u64, a bit for each class that may follow */
	GRAM_FIRST = 8, /* number of the first of these pairs or grams */
	GRAM_SIZE = 12
};

/* Bytes of an element of each section. */
extern const uint32_t section_elements[SECTION_COUNT];

/* Takes the next [LABEL] off the cell; false when it does not begin with one. */
bool cut_label(struct portroll_str *cell, struct portroll_str *ret);

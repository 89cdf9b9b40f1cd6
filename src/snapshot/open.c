/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/hash.h"
#include "snapshot/gram.h"

static int corrupt(struct portroll_error *err, const char *name, const char *what)
{
	return error_set(err, PORTROLL_ECORRUPT,
			 "%s: %s; put back a good copy or import the registry again", name, what);
}

/* Magic and version come first, so that a newer file is called newer and not damaged. */
static int check_kind(struct portroll_str bytes, const char *name, struct portroll_error *err)
{
	if (bytes.len < HEADER_SIZE || !str_starts(bytes, STR(SNAPSHOT_MAGIC)))
		return corrupt(err, name, "is not a snapshot of portroll");
	uint32_t version = load_u32(bytes.ptr + HEADER_VERSION);
	if (version != SNAPSHOT_VERSION)
		return error_set(err, PORTROLL_EVERSION,
				 "%s: is a snapshot of version %u, this portroll reads version %u; "
				 "import the registry again",
				 name, version, SNAPSHOT_VERSION);
	return PORTROLL_OK;
}

static int check_head(struct portroll_str bytes, const char *name, struct portroll_error *err)
{
	const char *head = bytes.ptr;
	size_t content = load_u32(head + HEADER_CONTENT);
	size_t blocks = load_u32(head + HEADER_BLOCK_COUNT);
	if (load_u32(head + HEADER_SIZE_AT) != HEADER_SIZE ||
	    load_u32(head + HEADER_SECTION_COUNT) != SECTION_COUNT ||
	    load_u32(head + HEADER_BLOCK_SIZE) != BLOCK_SIZE)
		return corrupt(err, name, "has a damaged header");
	if (bytes.len > UINT32_MAX || load_u64(head + HEADER_FILE_SIZE) != bytes.len)
		return corrupt(err, name, "has not the size that its header tells");
	size_t head_size =
		HEADER_SIZE + SECTION_COUNT * SECTION_ROW_SIZE + blocks * sizeof(uint64_t);
	if (content > bytes.len || blocks != (bytes.len - content + BLOCK_SIZE - 1) / BLOCK_SIZE ||
	    content < head_size || content - head_size >= SECTION_ALIGNMENT ||
	    content % SECTION_ALIGNMENT != 0)
		return corrupt(err, name, "has a damaged header");
	if (hash_bytes(str_part(bytes, HEADER_FILE_SIZE, content)) !=
	    load_u64(head + HEADER_DIGEST))
		return corrupt(err, name, "has a damaged header");
	return PORTROLL_OK;
}

static bool read_section(struct portroll_snapshot *s, enum section section)
{
	const unsigned char *row = s->bytes + HEADER_SIZE + section * SECTION_ROW_SIZE;
	uint32_t offset = load_u32(row + SECTION_OFFSET);
	uint32_t size = load_u32(row + SECTION_SIZE_AT);
	uint32_t count = load_u32(row + SECTION_COUNT_AT);
	s->sections[section] = (struct section_place){offset, count};
	return load_u32(row + SECTION_ELEMENT) == section_elements[section] &&
	       (uint64_t)count * section_elements[section] == size &&
	       offset % SECTION_ALIGNMENT == 0 && offset >= s->content && offset <= s->size &&
	       size <= s->size - offset;
}

static int read_head(struct portroll_snapshot *s, const char *name, struct portroll_error *err)
{
	bool ok = true;
	for (enum section i = 0; i < SECTION_COUNT; i++)
		ok = read_section(s, i) && ok;
	uint32_t answers = element_count(s, SECTION_ANSWERS);
	uint32_t frequencies = element_count(s, SECTION_ANSWER_FREQUENCIES);
	uint32_t slots = element_count(s, SECTION_NAME_KEYS);
	if (!ok || element_count(s, SECTION_SOURCES) > ROLL_SOURCE_MAX ||
	    element_count(s, SECTION_PAGE_INDEX) != TRANSPORT_COUNT * PORT_COUNT / PAGE_PORTS ||
	    answers > ANSWER_MAX || element_count(s, SECTION_ANSWER_LISTS) != answers ||
	    (frequencies != 0 && frequencies != answers) ||
	    element_count(s, SECTION_NAME_SEED) != 1 ||
	    element_count(s, SECTION_NAME_DISPLACEMENTS) == 0 || slots == 0 ||
	    element_count(s, SECTION_NAME_LISTS) != slots ||
	    element_count(s, SECTION_NAME_COUNTS) != slots ||
	    element_count(s, SECTION_PERSON_ORDER) != element_count(s, SECTION_PEOPLE) ||
	    element_count(s, SECTION_GRAM_FIRSTS) != GRAM_CLASSES ||
	    element_count(s, SECTION_GRAM_PLACES) == 0)
		return corrupt(err, name, "has a damaged table of sections");
	return PORTROLL_OK;
}

/* One piece of memory: the handle and its marks. */
static struct portroll_snapshot *new_snapshot(struct portroll_str bytes)
{
	uint32_t blocks = load_u32(bytes.ptr + HEADER_BLOCK_COUNT);
	size_t words = blocks / 64 + 1;
	struct portroll_snapshot *s =
		calloc(1, sizeof(*s) + sizeof(struct block_marks) + words * sizeof(uint64_t));
	if (!s)
		return NULL;
	s->bytes = (const unsigned char *)bytes.ptr;
	s->size = (uint32_t)bytes.len;
	s->content = load_u32(bytes.ptr + HEADER_CONTENT);
	s->digest = load_u64(bytes.ptr + HEADER_DIGEST);
	s->marks = (struct block_marks *)(s + 1);
	return s;
}

enum mode {
	MODE_FULL,    /* everything is checked when it is opened */
	MODE_TOUCHED, /* header and table at once, blocks when they are used */
};

/* Finds the first record of each list, so that no lookup has to. A place below the count of records
 * is the record itself. */
static void put_firsts(uint32_t *ret, const struct portroll_snapshot *s, enum section places)
{
	const unsigned char *lists = section_bytes(s, SECTION_LISTS),
			    *at = section_bytes(s, places);
	uint32_t records = element_count(s, SECTION_RECORDS),
		 count = element_count(s, SECTION_LISTS);
	for (uint32_t i = 0; i < element_count(s, places); i++, at += sizeof(*ret)) {
		uint32_t place = load_u32(at), in_lists = place - records;
		ret[i] = in_lists < count ? load_u32(lists + (size_t)in_lists * sizeof(*ret))
					  : place;
	}
}

/* After all was checked: what lookups read without a check of their own. */
static int make_hot_sections(struct portroll_snapshot *s, struct portroll_error *err)
{
	size_t answers = element_count(s, SECTION_ANSWER_LISTS),
	       slots = element_count(s, SECTION_NAME_LISTS);
	s->firsts = malloc((answers + slots) * sizeof(*s->firsts));
	if (!s->firsts)
		return error_memory(err);
	put_firsts(s->firsts, s, SECTION_ANSWER_LISTS);
	put_firsts(s->firsts + answers, s, SECTION_NAME_LISTS);
	s->hot = (struct hot_sections){
		.transport_count = TRANSPORT_COUNT,
		.page_index = section_bytes(s, SECTION_PAGE_INDEX),
		.pages = section_bytes(s, SECTION_PAGES),
		.answer_firsts = s->firsts,
		.name_displacements = section_bytes(s, SECTION_NAME_DISPLACEMENTS),
		.name_keys = section_bytes(s, SECTION_NAME_KEYS),
		.name_firsts = s->firsts + answers,
		.name_seeds = name_seeds(load_u64(section_bytes(s, SECTION_NAME_SEED))),
		.bucket_count = element_count(s, SECTION_NAME_DISPLACEMENTS),
		.slot_count = element_count(s, SECTION_NAME_KEYS),
		.name_len_max = NAME_INLINE_MAX,
	};
	return PORTROLL_OK;
}

static int open_bytes(struct portroll_snapshot **ret, struct portroll_str bytes, enum mode mode,
		      const char *name, struct portroll_error *err)
{
	int r = check_kind(bytes, name, err);
	if (r == PORTROLL_OK)
		r = check_head(bytes, name, err);
	if (r < 0)
		return r;
	struct portroll_snapshot *s = new_snapshot(bytes);
	if (!s)
		return error_memory(err);
	r = read_head(s, name, err);
	if (r == PORTROLL_OK && mode == MODE_FULL)
		r = check_everything(s, name, err);
	if (r == PORTROLL_OK && mode == MODE_FULL)
		r = make_hot_sections(s, err);
	if (r < 0) {
		free(s);
		return r;
	}
	*ret = s;
	return PORTROLL_OK;
}

int portroll_open_bytes(struct portroll_snapshot **ret, const void *bytes, size_t size,
			struct portroll_error *err)
{
	return open_bytes(ret, (struct portroll_str){bytes, size}, MODE_FULL, "snapshot", err);
}

int snapshot_open_touched(struct portroll_snapshot **ret, struct portroll_str bytes,
			  struct portroll_error *err)
{
	return open_bytes(ret, bytes, MODE_TOUCHED, "snapshot", err);
}

/* Whoever may write the file says what root is told. */
static int check_writers(const struct file_bytes *file, const char *path,
			 struct portroll_error *err)
{
	if (!file->everybody_writes || geteuid() != 0)
		return PORTROLL_OK;
	return error_sys(err, EPERM,
			 "%s: everybody may write it, so root does not believe it; take that away "
			 "(chmod o-w) once you know what it says",
			 path);
}

/* A machine on which nothing was imported yet is no fault of the file system. */
static int cannot_read(const struct portroll_error *why, const char *path,
		       struct portroll_error *err)
{
	if (why->sys_errno == ENOENT)
		return error_sys(err, ENOENT,
				 "%s: no snapshot is there ('portroll update' or 'portroll import "
				 "FILE' makes one)",
				 path);
	if (err && err->code == PORTROLL_OK)
		*err = *why;
	return why->code;
}

static int open_file(struct portroll_snapshot **ret, const char *path, enum mode mode,
		     struct portroll_error *err)
{
	struct file_bytes file = {0};
	struct portroll_error why = {0};
	int r = mode == MODE_FULL ? file_load(&file, path, UINT32_MAX, &why)
				  : file_map(&file, path, &why);
	if (r < 0)
		return cannot_read(&why, path, err);
	struct portroll_snapshot *s;
	r = check_writers(&file, path, err);
	if (r == PORTROLL_OK)
		r = open_bytes(&s, file.bytes, mode, path, err);
	if (r < 0) {
		file_release(&file);
		return r;
	}
	s->file = file;
	*ret = s;
	return PORTROLL_OK;
}

int portroll_open(struct portroll_snapshot **ret, const char *path, struct portroll_error *err)
{
	return open_file(ret, path, MODE_FULL, err);
}

int portroll_open_touched(struct portroll_snapshot **ret, const char *path,
			  struct portroll_error *err)
{
	return open_file(ret, path, MODE_TOUCHED, err);
}

struct portroll_snapshot *portroll_hold(struct portroll_snapshot *s)
{
	(void)atomic_fetch_add_explicit(&s->marks->more_holds, 1, memory_order_relaxed);
	return s;
}

void portroll_close(struct portroll_snapshot *s)
{
	if (!s || atomic_fetch_sub_explicit(&s->marks->more_holds, 1, memory_order_acq_rel) > 0)
		return;
	file_release(&s->file);
	free(s->firsts);
	free(s);
}

uint64_t portroll_digest(const struct portroll_snapshot *s)
{
	return s->digest;
}

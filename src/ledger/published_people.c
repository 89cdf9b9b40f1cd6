/* SPDX-License-Identifier: MIT */
#include "base/path.h"
#include "ledger/published_parts.h"

#include <stdlib.h>
#include <string.h>

#include "ledger/base64.h"
#include "ledger/ledger_paths.h"

#define PEOPLE_SIZE_MAX ((size_t)1 << 30)

/* {"commitment":"...","person":{...},"salt":"..."}: all but the person is of fixed length. */
#define BEGIN        "{\"commitment\":\""
#define MIDDLE       "\",\"person\":"
#define BEFORE_SALT  ",\"salt\":\""
#define END          "\"}"
#define HASH_TEXT    44 /* of 32 bytes */
#define FIXED_BEFORE (sizeof(BEGIN) - 1 + HASH_TEXT + sizeof(MIDDLE) - 1)
#define FIXED_AFTER  (sizeof(BEFORE_SALT) - 1 + HASH_TEXT + sizeof(END) - 1)

struct known_person {
	struct person_content content; /* the body is a view of the file */
	uint8_t salt[SALT_SIZE];
	bool is_checked;
};

struct known_people {
	struct file_bytes file;
	struct known_person *items; /* sorted by commitment */
	size_t count;
};

/* The text is a part of the line; false: not what stands there. */
static bool take(struct portroll_str *rest, struct portroll_str text)
{
	if (!str_starts(*rest, text))
		return false;
	*rest = str_part(*rest, text.len, rest->len);
	return true;
}

static bool take_hash(uint8_t ret[static TREE_HASH_SIZE], struct portroll_str *rest)
{
	if (!base64_read(ret, TREE_HASH_SIZE, str_part(*rest, 0, HASH_TEXT)))
		return false;
	*rest = str_part(*rest, HASH_TEXT, rest->len);
	return true;
}

static bool take_person(struct known_person *ret, struct portroll_str line)
{
	struct person_content *content = &ret->content;
	if (line.len < FIXED_BEFORE + FIXED_AFTER)
		return false;
	content->body = str_part(line, FIXED_BEFORE, line.len - FIXED_AFTER);
	struct portroll_str before = line, after = str_part(line, line.len - FIXED_AFTER, line.len);
	return take(&before, STR(BEGIN)) && take_hash(content->commitment.bytes, &before) &&
	       take(&before, STR(MIDDLE)) && take(&after, STR(BEFORE_SALT)) &&
	       take_hash(ret->salt, &after) && str_equal(after, STR(END));
}

static int compare_people(const void *a, const void *b)
{
	const struct known_person *one = a, *other = b;
	return memcmp(one->content.commitment.bytes, other->content.commitment.bytes,
		      TREE_HASH_SIZE);
}

/* Lines that are long enough: a file of blank ones needs no room for as many people. */
static size_t count_lines(struct portroll_str text)
{
	size_t count = 0;
	struct portroll_str line;
	while (str_cut(&text, '\n', &line))
		count += line.len >= FIXED_BEFORE + FIXED_AFTER;
	return count;
}

static int load(struct known_people *people, struct published *p, struct portroll_error *err)
{
	const char *path = path_join(p->folder, "people", &p->arena);
	if (!path)
		return error_memory(err);
	/* There is none for the moment in which one is forgotten. */
	if (!file_exists(path))
		return PORTROLL_OK;
	int r = file_load(&people->file, path, PEOPLE_SIZE_MAX, err);
	if (r < 0)
		return r;
	size_t max = count_lines(people->file.bytes);
	people->items = arena_array(&p->arena, max, sizeof(*people->items));
	if (!people->items)
		return error_memory(err);
	struct portroll_str rest = people->file.bytes, line;
	while (people->count < max && str_cut(&rest, '\n', &line))
		if (take_person(&people->items[people->count], line))
			people->count++;
	for (size_t i = 0; i < people->count; i++)
		people->items[i].content.salt = (struct portroll_str){
			(const char *)people->items[i].salt, sizeof(people->items[i].salt)};
	return PORTROLL_OK;
}

/* The salts lie in the items, which are moved. */
static void sort(struct known_people *people)
{
	if (people->count == 0)
		return;
	qsort(people->items, people->count, sizeof(*people->items), compare_people);
	for (size_t i = 0; i < people->count; i++)
		people->items[i].content.salt.ptr = (const char *)people->items[i].salt;
}

static const struct person_content *find(void *context, const struct tree_hash *commitment)
{
	struct known_people *people = context;
	struct known_person wanted = {.content.commitment = *commitment};
	struct known_person *found = people->count ? bsearch(&wanted, people->items, people->count,
							     sizeof(*people->items), compare_people)
						   : NULL;
	if (!found)
		return NULL;
	if (!found->is_checked && !person_content_holds(&found->content))
		found->content.salt = found->content.body = STR_NONE;
	found->is_checked = true;
	return &found->content;
}

int published_people(struct person_contents *ret, struct published *p, struct portroll_error *err)
{
	if (!p->people) {
		struct known_people *people = arena_alloc(&p->arena, sizeof(*people));
		if (!people)
			return error_memory(err);
		int r = load(people, p, err);
		if (r < 0) {
			file_release(&people->file);
			return r;
		}
		sort(people);
		p->people = people;
	}
	*ret = (struct person_contents){find, p->people};
	return PORTROLL_OK;
}

void published_forget_people(struct published *p)
{
	if (p->people)
		file_release(&p->people->file);
	p->people = NULL;
}

int published_check_people(struct published *p, struct portroll_error *err)
{
	struct person_contents contents;
	int r = published_people(&contents, p, err);
	if (r < 0)
		return r;
	struct portroll_str rest = p->people->file.bytes;
	for (uint32_t number = 1; rest.len; number++) {
		struct known_person person = {0};
		size_t end = str_find_char(rest, '\n');
		bool holds = end != SIZE_MAX && take_person(&person, str_part(rest, 0, end));
		person.content.salt = (struct portroll_str){(const char *)person.salt, SALT_SIZE};
		if (!holds || !person_content_holds(&person.content))
			return error_at(err, PORTROLL_ECORRUPT, number, 1,
					"%s/people: not what was committed to", p->folder);
		rest = str_part(rest, end + 1, rest.len);
	}
	return PORTROLL_OK;
}

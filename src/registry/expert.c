/* SPDX-License-Identifier: MIT */
#include "registry/expert.h"

#include <string.h>

struct builder {
	struct expert_group *groups;
	size_t group_count;
	struct portroll_str *names; /* of all groups, one after the other */
	size_t name_count;
	char *text; /* the names' letters; white space within a name squeezed */
	size_t len;
	bool name_open;
};

static bool ends_name(char c)
{
	return c == ',' || c == ';';
}

/* "TCP/UDP" before a colon; false when it is anything else. */
static bool parse_label(struct expert_group *ret, struct portroll_str label)
{
	struct expert_group group = {.label = label};
	struct portroll_str rest = label, part;
	while (str_cut(&rest, '/', &part)) {
		if (group.transport_count == TRANSPORT_COUNT ||
		    transport_parse(&group.transports[group.transport_count], str_trim(part)) < 0)
			return false;
		group.transport_count++;
	}
	if (group.transport_count == 0)
		return false;
	*ret = group;
	return true;
}

/* Begins a group when the line does; takes the label off the line. */
static void take_label(struct builder *b, struct portroll_str *line)
{
	struct expert_group group;
	size_t colon = str_find_char(*line, ':');
	if (colon == SIZE_MAX || !parse_label(&group, str_trim(str_part(*line, 0, colon))))
		return;
	group.names = &b->names[b->name_count];
	b->groups[b->group_count++] = group;
	b->name_open = false;
	*line = str_part(*line, colon + 1, line->len);
}

static void add_word(struct builder *b, struct portroll_str word)
{
	if (str_equal(word, STR("and"))) {
		b->name_open = false;
		return;
	}
	struct portroll_str *name;
	if (b->name_open) {
		name = &b->names[b->name_count - 1];
		b->text[b->len++] = ' ';
		name->len++;
	} else {
		name = &b->names[b->name_count++];
		*name = (struct portroll_str){b->text + b->len, 0};
		b->groups[b->group_count - 1].name_count++;
		b->name_open = true;
	}
	memcpy(b->text + b->len, word.ptr, word.len);
	b->len += word.len;
	name->len += word.len;
}

/* A name may go on in the next line, so it stays open at the end. */
static void add_names(struct builder *b, struct portroll_str line)
{
	size_t from = 0;
	for (size_t i = 0; i <= line.len; i++) {
		bool separator = i == line.len || ends_name(line.ptr[i]);
		if (!separator && !is_space(line.ptr[i]))
			continue;
		if (i > from)
			add_word(b, str_part(line, from, i));
		from = i + 1;
		if (i < line.len && separator)
			b->name_open = false;
	}
}

/* The most there can be: a group a line, a name a word. */
static bool builder_init(struct builder *b, struct portroll_str text, struct arena *a)
{
	size_t lines = 1, words = 1;
	for (size_t i = 0; i < text.len; i++) {
		lines += text.ptr[i] == '\n';
		words += is_space(text.ptr[i]) || ends_name(text.ptr[i]) || text.ptr[i] == ':';
	}
	*b = (struct builder){
		.groups = arena_array(a, lines, sizeof(struct expert_group)),
		.names = arena_array(a, words, sizeof(struct portroll_str)),
		.text = arena_alloc(a, text.len + words),
	};
	return b->groups && b->names && b->text;
}

static void take_whole(struct builder *b, struct portroll_str text)
{
	b->names[0] = text;
	b->groups[0] = (struct expert_group){.names = b->names, .name_count = 1};
	b->group_count = 1;
}

int experts_parse(const struct expert_group **ret, size_t *ret_count, struct portroll_str expert,
		  struct arena *a)
{
	struct builder b;
	struct portroll_str text = str_trim(expert), rest = text, line;
	if (!builder_init(&b, text, a))
		return PORTROLL_ENOMEM;
	while (text.len && str_cut(&rest, '\n', &line)) {
		take_label(&b, &line);
		if (b.group_count == 0) {
			take_whole(&b, text);
			break;
		}
		add_names(&b, line);
	}
	*ret = b.groups;
	*ret_count = b.group_count;
	return PORTROLL_OK;
}

/* SPDX-License-Identifier: MIT */
#include "procedure/effect_cut.h"

#include "base/num.h"

/* Which ports of the row, and of one part of it, a text names. */
struct mention {
	struct range row, part;
	bool of_row, of_part;
};

static void find_mentions(struct mention *m, struct portroll_str text)
{
	size_t i = 0;
	while (i < text.len) {
		size_t from = i;
		while (i < text.len && is_digit(text.ptr[i]))
			i++;
		uint64_t port;
		if (i > from && num_parse(&port, str_part(text, from, i), 65535) == PORTROLL_OK) {
			m->of_row = m->of_row || range_covers(m->row, (uint16_t)port);
			m->of_part = m->of_part || range_covers(m->part, (uint16_t)port);
		}
		if (i == from)
			i++;
	}
}

static bool stays_with(const struct mention *m)
{
	return m->of_part || !m->of_row;
}

static struct extra_list other_extras(struct arena *a, struct extra_list list)
{
	struct extra *kept = arena_array(a, list.count, sizeof(*kept));
	size_t count = 0;
	for (size_t i = 0; kept && i < list.count; i++)
		if (!str_equal(list.items[i].name, STR(EXTRA_NUMBER)))
			kept[count++] = list.items[i];
	return (struct extra_list){count ? kept : NULL, count};
}

static struct record part_of(struct editing *ed, const struct record *row, uint32_t first,
			     uint32_t last)
{
	struct record part = *row;
	part.port = (struct range){(uint16_t)first, (uint16_t)last};
	part.extras = other_extras(ed->arena, row->extras);
	struct mention use = {row->port, part.port, false, false}, note = use;
	find_mentions(&use, row->unauthorized);
	for (size_t i = 0; i < row->note.count; i++)
		find_mentions(&note, row->note.runs[i].text);
	if (!stays_with(&use))
		part.unauthorized = STR("");
	if (!stays_with(&note))
		part.note = (struct richtext){NULL, 0};
	return part;
}

bool cut_row(struct editing *ed, size_t index, struct range ports)
{
	const struct record *row = ed->registry->records[index];
	bool has_lower = row->port.first<ports.first, has_upper = row->port.last> ports.last;
	if (has_lower) {
		struct record lower = part_of(ed, row, row->port.first, ports.first - 1U);
		edit_replace(ed, index, &lower);
	} else {
		edit_remove(ed, index);
	}
	if (has_upper) {
		struct record upper = part_of(ed, row, ports.last + 1U, row->port.last);
		edit_add(ed, &upper);
	}
	if (has_lower || has_upper)
		edit_say(ed, has_lower && has_upper ? "splits" : "cuts", row);
	return has_lower;
}

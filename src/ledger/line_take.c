/* SPDX-License-Identifier: MIT */
#include "ledger/line_take.h"

#include "ledger/base64.h"

int line_expected(struct line_reader *x, const char *what)
{
	if (x->member.len == 0)
		return error_set(x->err, PORTROLL_ESYNTAX, "expected %s", what);
	return error_set(x->err, PORTROLL_ESYNTAX, "member '%.*s': expected %s",
			 PORTROLL_STR_ARG(x->member), what);
}

struct portroll_str line_text_of(const json_t *value)
{
	if (!json_is_string(value))
		return STR("");
	return (struct portroll_str){json_string_value(value), json_string_length(value)};
}

/* Members come in byte order, as those of the tables do: the search goes on behind the last one. */
static size_t find_member(struct line_members members, size_t from, struct portroll_str name)
{
	for (size_t i = from; i < members.count; i++)
		if (str_equal(members.items[i].name, name))
			return i;
	for (size_t i = 0; i < from; i++)
		if (str_equal(members.items[i].name, name))
			return i;
	return SIZE_MAX;
}

static int refuse_unknown(struct line_reader *x, struct line_members members, const char *name)
{
	char known[160];
	struct buf list = {.ptr = known, .capacity = sizeof(known), .limit = sizeof(known)};
	for (size_t i = 0; i < members.count; i++) {
		buf_puts(&list, i ? ", " : "");
		buf_put(&list, members.items[i].name);
	}
	return error_set(x->err, PORTROLL_ESYNTAX, "unknown member '%.32s', expected one of %.*s",
			 name, PORTROLL_STR_ARG(buf_str(&list)));
}

static int check_needed(struct line_reader *x, struct line_members members, uint32_t seen)
{
	for (size_t i = 0; i < members.count; i++)
		if (members.items[i].is_needed && !(seen >> i & 1))
			return error_set(x->err, PORTROLL_ESYNTAX, "expected a member '%.*s'",
					 PORTROLL_STR_ARG(members.items[i].name));
	return PORTROLL_OK;
}

int line_take_object(struct line_reader *x, json_t *value, struct line_members members, void *place)
{
	struct portroll_str outer = x->member;
	const char *name;
	json_t *item;
	uint32_t seen = 0;
	size_t from = 0;
	if (!json_is_object(value))
		return line_expected(x, "an object");
	json_object_foreach(value, name, item)
	{
		size_t at = find_member(members, from, str_from(name));
		if (at == SIZE_MAX)
			return refuse_unknown(x, members, name);
		const struct line_member *member = &members.items[at];
		x->member = member->name;
		int r = member->take(x, item, (char *)place + member->offset);
		if (r < 0)
			return r;
		seen |= UINT32_C(1) << at;
		from = at + 1;
	}
	x->member = outer;
	return check_needed(x, members, seen);
}

int line_take_items(struct line_reader *x, json_t *value, struct line_items *items)
{
	size_t count = json_array_size(value);
	if (!json_is_array(value))
		return line_expected(x, "a list");
	char *at = arena_array(x->arena, count, items->size);
	if (!at)
		return error_memory(x->err);
	for (size_t i = 0; i < count; i++) {
		int r = items->take(x, json_array_get(value, i), at + i * items->size);
		if (r < 0)
			return r;
	}
	items->items = at;
	items->count = count;
	return PORTROLL_OK;
}

int line_take_text(struct line_reader *x, json_t *value, void *place)
{
	struct portroll_str text = line_text_of(value);
	if (!json_is_string(value))
		return line_expected(x, "a text");
	struct portroll_str kept = arena_str(x->arena, text);
	if (kept.len != text.len)
		return error_memory(x->err);
	*(struct portroll_str *)place = kept;
	return PORTROLL_OK;
}

int line_take_texts(struct line_reader *x, json_t *value, void *place)
{
	struct line_texts *texts = place;
	struct line_items items = {.take = line_take_text, .size = sizeof(*texts->items)};
	int r = line_take_items(x, value, &items);
	*texts = (struct line_texts){items.items, items.count};
	return r;
}

int line_take_date(struct line_reader *x, json_t *value, void *place)
{
	if (date_parse(place, line_text_of(value)) < 0)
		return line_expected(x, "a date: YYYY-MM-DD, YYYY-MM or YYYY");
	return PORTROLL_OK;
}

static int take_number(struct line_reader *x, const json_t *value, json_int_t max,
		       const char *expected)
{
	json_int_t number = json_integer_value(value);
	if (!json_is_integer(value) || number < 0 || number > max)
		return line_expected(x, expected);
	return PORTROLL_OK;
}

int line_take_u16(struct line_reader *x, json_t *value, void *place)
{
	int r = take_number(x, value, UINT16_MAX, "a number up to 65535");
	*(uint16_t *)place = (uint16_t)json_integer_value(value);
	return r;
}

int line_take_u32(struct line_reader *x, json_t *value, void *place)
{
	int r = take_number(x, value, UINT32_MAX, "a number up to 4294967295");
	*(uint32_t *)place = (uint32_t)json_integer_value(value);
	return r;
}

int line_take_true(struct line_reader *x, json_t *value, void *place)
{
	if (!json_is_true(value))
		return line_expected(x, "true, or no such member");
	*(bool *)place = true;
	return PORTROLL_OK;
}

/* Only as it is written: no blanks, no zeros in front, a range of one port as that port. */
int line_take_port(struct line_reader *x, json_t *value, void *place)
{
	struct record *r = place;
	struct portroll_str text = line_text_of(value);
	char again[RANGE_TEXT_MAX];
	if (range_parse(&r->port, text) < 0 ||
	    !str_equal(text, (struct portroll_str){again, range_format(again, r->port)}))
		return line_expected(x, "a port or a range: \"80\", \"9982-9986\"");
	r->has_port = true;
	return PORTROLL_OK;
}

int line_take_transport(struct line_reader *x, json_t *value, void *place)
{
	struct portroll_str text = line_text_of(value);
	for (uint8_t i = 1; i <= TRANSPORT_COUNT; i++)
		if (str_equal(text, transport_name(i))) {
			*(uint8_t *)place = i;
			return PORTROLL_OK;
		}
	return line_expected(x, "tcp, udp, sctp or dccp");
}

int line_take_id(struct line_reader *x, json_t *value, void *place)
{
	if (line_text_of(value).len == 0)
		return line_expected(x, "the id of a person");
	return line_take_text(x, value, place);
}

int line_pass_over(struct line_reader *x, json_t *value, void *place)
{
	(void)x;
	(void)value;
	(void)place;
	return PORTROLL_OK;
}

int line_take_hash(struct line_reader *x, json_t *value, void *place)
{
	if (!base64_read(place, TREE_HASH_SIZE, line_text_of(value)))
		return line_expected(x, "a hash: 32 bytes in base64");
	return PORTROLL_OK;
}

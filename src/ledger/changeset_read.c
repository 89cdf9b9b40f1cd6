/* SPDX-License-Identifier: MIT */
#include "ledger/changeset.h"

#include "ledger/canonical_read.h"
#include "ledger/changeset_about.h"
#include "ledger/line_take.h"

/* An operation as JSON has it: members that are not there are NULL. */
struct raw_operation {
	json_t *before, *footnote, *header, *key, *op, *person, *record;
};

static const char *const op_names[CHANGE_OP_COUNT] = {
	[CHANGE_ADD] = "add",
	[CHANGE_REPLACE] = "replace",
	[CHANGE_MOVE] = "move",
	[CHANGE_REMOVE] = "remove",
};

static int take_raw(struct line_reader *x, json_t *value, void *place)
{
	(void)x;
	*(json_t **)place = value;
	return PORTROLL_OK;
}

static int take_op(struct line_reader *x, struct operation *op, const struct raw_operation *raw)
{
	struct portroll_str name = line_text_of(raw->op);
	for (uint8_t i = 0; i < CHANGE_OP_COUNT; i++)
		if (str_equal(name, str_from(op_names[i]))) {
			op->op = i;
			return PORTROLL_OK;
		}
	return error_set(x->err, PORTROLL_ESYNTAX,
			 "member 'op': expected add, replace, move or remove");
}

/* What it brings says what it is about; what brings nothing, by the type of its key. */
static int take_subject(struct line_reader *x, struct operation *op,
			const struct raw_operation *raw)
{
	const json_t *brought[] = {raw->footnote, raw->header, raw->person, raw->record};
	size_t count = 0;
	for (size_t i = 0; i < ARRAY_LEN(brought); i++)
		count += brought[i] != NULL;
	bool brings = op->op == CHANGE_ADD || op->op == CHANGE_REPLACE;
	if (count != (brings ? 1 : 0))
		return error_set(x->err, PORTROLL_ESYNTAX,
				 brings ? "expected one of footnote, header, person, record"
					: "expected no footnote, header, person or record");
	if (raw->header && op->op != CHANGE_REPLACE)
		return error_set(x->err, PORTROLL_ESYNTAX, "expected to replace the header");
	if (raw->header)
		op->subject = SUBJECT_HEADER;
	else if (raw->person || (!brings && json_is_string(raw->key)))
		op->subject = SUBJECT_PERSON;
	else if (raw->footnote || (!brings && json_is_integer(raw->key)))
		op->subject = SUBJECT_FOOTNOTE;
	else
		op->subject = SUBJECT_RECORD;
	return PORTROLL_OK;
}

/* Where each operation has a key or a place, and no other. */
static int check_keys(struct line_reader *x, const struct operation *op,
		      const struct raw_operation *raw)
{
	bool has_key = op->op != CHANGE_ADD && op->subject != SUBJECT_HEADER;
	bool has_before = op->op == CHANGE_ADD || op->op == CHANGE_MOVE;
	if (has_key != !!raw->key)
		return error_set(x->err, PORTROLL_ESYNTAX,
				 has_key ? "expected a member 'key'" : "expected no key");
	if (has_before != !!raw->before)
		return error_set(x->err, PORTROLL_ESYNTAX,
				 has_before ? "expected a member 'before'" : "expected no before");
	return PORTROLL_OK;
}

static int take_record_key(struct line_reader *x, struct subject_key *key, json_t *value)
{
	if (json_array_size(value) != 4)
		return line_expected(x, "a key: [transport, port, name, count among equals]");
	json_t *transport = json_array_get(value, 0), *port = json_array_get(value, 1);
	int r = PORTROLL_OK;
	if (!json_is_string(transport) || json_string_length(transport))
		r = line_take_transport(x, transport, &key->record.transport);
	if (r == PORTROLL_OK && (!json_is_string(port) || json_string_length(port)))
		r = line_take_port(x, port, &key->record);
	if (r == PORTROLL_OK)
		r = line_take_text(x, json_array_get(value, 2), &key->record.name);
	return r < 0 ? r : line_take_u32(x, json_array_get(value, 3), &key->ordinal);
}

static int take_key(struct line_reader *x, struct subject_key *key, uint8_t subject, json_t *value)
{
	if (subject == SUBJECT_PERSON)
		return line_take_id(x, value, &key->id);
	if (subject == SUBJECT_FOOTNOTE)
		return line_take_u32(x, value, &key->anchor);
	return take_record_key(x, key, value);
}

static int take_keys(struct line_reader *x, struct operation *op, const struct raw_operation *raw)
{
	int r = PORTROLL_OK;
	x->member = STR("key");
	if (raw->key)
		r = take_key(x, &op->key, op->subject, raw->key);
	op->has_before = raw->before && !json_is_null(raw->before);
	x->member = STR("before");
	if (r == PORTROLL_OK && op->has_before)
		r = take_key(x, &op->before, op->subject, raw->before);
	x->member = STR("");
	return r;
}

static int take_header(struct line_reader *x, struct operation *op, json_t *value)
{
	struct header *header = arena_alloc(x->arena, sizeof(*header));
	op->header = header;
	return header ? line_read_header(header, value, x->arena, x->err) : error_memory(x->err);
}

static int take_record(struct line_reader *x, struct operation *op, json_t *value)
{
	struct record *record = arena_alloc(x->arena, sizeof(*record));
	op->record = record;
	return record ? line_read_record(record, value, x->arena, x->err) : error_memory(x->err);
}

static int take_footnote(struct line_reader *x, struct operation *op, json_t *value)
{
	struct footnote *note = arena_alloc(x->arena, sizeof(*note));
	op->footnote = note;
	return note ? line_read_footnote(note, value, x->arena, x->err) : error_memory(x->err);
}

static int take_content(struct line_reader *x, struct operation *op,
			const struct raw_operation *raw)
{
	if (raw->header)
		return take_header(x, op, raw->header);
	if (raw->record)
		return take_record(x, op, raw->record);
	if (raw->footnote)
		return take_footnote(x, op, raw->footnote);
	if (raw->person)
		return line_read_person(&op->id, &op->commitment, raw->person, x->arena, x->err);
	return PORTROLL_OK;
}

static int take_operation(struct line_reader *x, json_t *value, void *place)
{
	static const struct line_member members[] = {
		{STR_INIT("before"), take_raw, offsetof(struct raw_operation, before), false},
		{STR_INIT("footnote"), take_raw, offsetof(struct raw_operation, footnote), false},
		{STR_INIT("header"), take_raw, offsetof(struct raw_operation, header), false},
		{STR_INIT("key"), take_raw, offsetof(struct raw_operation, key), false},
		{STR_INIT("op"), take_raw, offsetof(struct raw_operation, op), true},
		{STR_INIT("person"), take_raw, offsetof(struct raw_operation, person), false},
		{STR_INIT("record"), take_raw, offsetof(struct raw_operation, record), false},
	};
	struct operation *op = place;
	struct raw_operation raw = {0};
	int r = line_take_object(x, value, (struct line_members){members, ARRAY_LEN(members)},
				 &raw);
	if (r == PORTROLL_OK)
		r = take_op(x, op, &raw);
	if (r == PORTROLL_OK)
		r = take_subject(x, op, &raw);
	if (r == PORTROLL_OK)
		r = check_keys(x, op, &raw);
	if (r == PORTROLL_OK)
		r = take_keys(x, op, &raw);
	return r < 0 ? r : take_content(x, op, &raw);
}

/* The error of an operation says which one it is. */
static int take_operations(struct operation_list *ret, json_t *value, struct arena *a,
			   struct portroll_error *err)
{
	size_t count = json_array_size(value);
	if (value && !json_is_array(value))
		return error_set(err, PORTROLL_ESYNTAX, "member 'ops': expected a list");
	struct operation *items = arena_array(a, count, sizeof(*items));
	if (!items)
		return error_memory(err);
	for (size_t i = 0; i < count; i++) {
		struct portroll_error inner = {0};
		struct line_reader x = {.arena = a, .err = &inner};
		int r = take_operation(&x, json_array_get(value, i), &items[i]);
		if (r == PORTROLL_ENOMEM)
			return error_memory(err);
		if (r < 0)
			return error_set(err, r, "operation %zu: %s", i + 1, inner.text);
	}
	*ret = (struct operation_list){items, count};
	return PORTROLL_OK;
}

int changeset_read(struct changeset *ret, struct operation_list *ret_operations,
		   struct portroll_str entry, struct arena *a, struct portroll_error *err)
{
	CLEANUP(json_decrefp)
	json_t *value = NULL;
	json_t *raw;
	struct changeset about;
	struct operation_list operations;
	int r = canonical_read(&value, entry, err);
	if (r == PORTROLL_OK)
		r = changeset_check_version(value, err);
	if (r == PORTROLL_OK)
		r = changeset_take(&about, &raw, value, a, err);
	if (r == PORTROLL_OK)
		r = take_operations(&operations, raw, a, err);
	if (r < 0)
		return r;
	*ret = about;
	*ret_operations = operations;
	return PORTROLL_OK;
}

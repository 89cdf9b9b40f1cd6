/* SPDX-License-Identifier: MIT */
#include "keeper/request_input.h"

#include "base/file.h"
#include "keeper/input.h"

/* The field before the `=` of an operand; DOC_FIELD_COUNT: there is none of that name. */
static size_t find_field(struct portroll_str operand, struct portroll_str *ret_value)
{
	struct portroll_str rest = operand, name;
	if (str_find_char(operand, '=') == SIZE_MAX || !str_cut(&rest, '=', &name))
		return DOC_FIELD_COUNT;
	*ret_value = rest;
	return document_find(str_trim(name));
}

bool request_input_is_document(const char *operand)
{
	struct portroll_str word = str_from(operand), value;
	return str_equal(word, STR("-")) || find_field(word, &value) != DOC_FIELD_COUNT ||
	       file_exists(operand);
}

static int read_file(struct document *ret, struct keeper *k, const char *path)
{
	struct file_bytes file = {0};
	int r = file_read(&file, path, PARAGRAPH_TEXT_MAX, &k->err);
	if (r < 0)
		return r;
	struct portroll_str text = arena_str(&k->arena, file.bytes);
	file_release(&file);
	if (k->arena.failed)
		return error_memory(&k->err);
	r = document_read(ret, text, &k->arena, &k->err);
	if (r < 0)
		k->err_file = input_name(path);
	return r;
}

static int fail_field(struct keeper *k, struct portroll_str operand)
{
	return error_set(&k->err, PORTROLL_EINVAL,
			 "'%.*s': is no field of a request, 'Field=value'; portroll request new "
			 "--template names them all",
			 PORTROLL_STR_ARG(str_part(operand, 0, 60)));
}

/* What is put together is read again: it is checked as a file is. */
static int read_fields(struct document *ret, struct keeper *k, struct operand_list operands,
		       const struct document *base)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(PARAGRAPH_TEXT_MAX);
	struct document d = base ? *base : (struct document){0};
	for (int i = 0; i < operands.count; i++) {
		struct portroll_str operand = str_from(operands.items[i]), value;
		size_t field = find_field(operand, &value);
		if (field == DOC_FIELD_COUNT)
			return fail_field(k, operand);
		d.values[field] = value;
	}
	document_put(&text, &d);
	if (text.failed)
		return error_set(&k->err, text.failed,
				 "the fields are too long: at most %zu bytes together",
				 PARAGRAPH_TEXT_MAX);
	struct portroll_str kept = buf_keep(&text, &k->arena);
	if (k->arena.failed)
		return error_memory(&k->err);
	return document_read(ret, kept, &k->arena, &k->err);
}

int request_input(struct document *ret, struct keeper *k, struct operand_list operands,
		  const struct document *base)
{
	struct portroll_str first = str_from(operands.items[0]), value;
	bool is_field = find_field(first, &value) != DOC_FIELD_COUNT;
	if (operands.count == 1 && !is_field &&
	    (str_find_char(first, '=') == SIZE_MAX || file_exists(operands.items[0])))
		return read_file(ret, k, operands.items[0]);
	return read_fields(ret, k, operands, base);
}

/* SPDX-License-Identifier: MIT */
#pragma once

/* What the tests of the readers share: reading texts and files, and rows of bad inputs. */

#include "base/file.h"
#include "formats/read.h"
#include "registry/fields.h"
#include "test.h"

struct read_case {
	struct arena arena;
	struct registry *reg;
	struct read_result result;
	struct portroll_error err;
	struct file_bytes file;
};

/* Returns the code of format_read(). `form` "" finds it by content. */
static inline int case_read(struct read_case *c, const char *form, struct portroll_str input)
{
	c->arena = ARENA_INIT;
	c->err = (struct portroll_error){0};
	c->reg = registry_new(&c->arena);
	return format_read(&c->result, c->reg, input, str_from(form), &c->err);
}

static inline void case_done(struct read_case *c)
{
	arena_done(&c->arena);
	file_release(&c->file);
}

/* Reads a text that must be good. */
static inline void case_good(struct read_case *c, const char *form, struct portroll_str input)
{
	if (case_read(c, form, input) < 0)
		fail_msg("%u:%u: %s", c->err.line, c->err.column, c->err.text);
}

/* Reads a file; false when it is not there, the test should skip then. */
static inline bool case_file(struct read_case *c, const char *form, const char *path)
{
	*c = (struct read_case){0};
	if (!file_exists(path)) {
		print_message("skipped: needs %s\n", path);
		return false;
	}
	assert_int_equal(file_read(&c->file, path, INPUT_MAX, NULL), PORTROLL_OK);
	case_good(c, form, c->file.bytes);
	return true;
}

/* The same for a file of IANA's in the folder PORTROLL_SHARED. */
static inline bool case_shared(struct read_case *c, const char *form, const char *name)
{
	const char *folder = getenv("PORTROLL_SHARED");
	char path[4096];
	(void)snprintf(path, sizeof(path), "%s/data/%s", folder ? folder : "", name);
	return case_file(c, form, path);
}

/* An input that must be refused: where, and with what in the message. */
struct bad_input {
	const char *text;
	uint32_t line, column;
	const char *message;
};

static inline void check_bad_inputs(const char *form, const struct bad_input *rows, size_t count)
{
	size_t wrong = 0;
	for (size_t i = 0; i < count; i++) {
		struct read_case c = {0};
		int r = case_read(&c, form, str_from(rows[i].text));
		bool as_expected = r < 0 && c.err.code == r && c.err.line == rows[i].line &&
				   c.err.column == rows[i].column &&
				   strstr(c.err.text, rows[i].message);
		if (!as_expected)
			print_error("row %zu: %d, %u:%u '%s', expected %u:%u '%s'\n", i, r,
				    c.err.line, c.err.column, c.err.text, rows[i].line,
				    rows[i].column, rows[i].message);
		wrong += !as_expected;
		case_done(&c);
	}
	assert_int_equal(wrong, 0);
}

/* The cell as in IANA's CSV. */
static inline void assert_cell(const struct registry *reg, size_t record, enum field_id field,
			       const char *expected)
{
	CLEANUP(buf_done) struct buf cell = BUF_INIT(1 << 20);
	assert_true(record < reg->record_count);
	field_put(&cell, field, reg->records[record]);
	assert_text(buf_str(&cell), expected);
}

/* Count of cells that differ between records of the same number. */
static inline size_t cells_differing(const struct registry *a, const struct registry *b,
				     size_t ret_count[FIELD_COUNT])
{
	CLEANUP(buf_done) struct buf x = BUF_INIT(1 << 20), y = BUF_INIT(1 << 20);
	size_t total = 0;
	assert_int_equal(a->record_count, b->record_count);
	for (size_t i = 0; i < a->record_count; i++)
		for (enum field_id f = 0; f < FIELD_COUNT; f++) {
			buf_clear(&x);
			buf_clear(&y);
			field_put(&x, f, a->records[i]);
			field_put(&y, f, b->records[i]);
			bool differ = !str_equal_squeezed(buf_str(&x), buf_str(&y));
			ret_count[f] += differ;
			total += differ;
		}
	return total;
}

/* Reads a text once, for oom_sweep(). */
struct oom_input {
	const char *form;
	struct portroll_str text;
};

static inline int read_once(void *context)
{
	const struct oom_input *input = context;
	struct arena a = ARENA_INIT;
	struct read_result result;
	struct registry *reg = registry_new(&a);
	int r = reg ? format_read(&result, reg, input->text, str_from(input->form), NULL)
		    : PORTROLL_ENOMEM;
	arena_done(&a);
	return r;
}

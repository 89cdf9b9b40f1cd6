/* SPDX-License-Identifier: MIT */
#include "procedure/paragraph.h"

#include <stdlib.h>

/* What is read is written and read again: the same fields, in the same paragraphs. */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void write_all(struct buf *out, const struct paragraph_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct paragraph *p = &list->items[i];
		for (size_t k = 0; k < p->count; k++)
			paragraph_put(out, p->fields[k].name, p->fields[k].value);
		buf_putc(out, '\n');
	}
}

/* A field without a value is not written; nor is a paragraph without fields then. */
static bool has_values(const struct paragraph_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		for (size_t k = 0; k < list->items[i].count; k++)
			if (list->items[i].fields[k].value.len == 0)
				return false;
	return true;
}

static void compare(const struct paragraph_list *list, const struct paragraph_list *back)
{
	must(list->count == back->count);
	for (size_t i = 0; i < list->count; i++) {
		must(list->items[i].count == back->items[i].count);
		for (size_t k = 0; k < list->items[i].count; k++) {
			const struct paragraph_field *a = &list->items[i].fields[k];
			const struct paragraph_field *b = &back->items[i].fields[k];
			must(str_equal(a->name, b->name) && str_equal(a->value, b->value));
			must(paragraph_find(&list->items[i], a->name) == a);
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	CLEANUP(buf_done) struct buf out = BUF_INIT(SIZE_MAX), again = BUF_INIT(SIZE_MAX);
	struct portroll_str text = {(const char *)bytes, size};
	struct paragraph_list list, back;
	struct portroll_error err = {0};
	int r = paragraphs_read(&list, text, &a, &err);
	must((r < 0) == (err.code != 0));
	must(r != PORTROLL_ESYNTAX || (err.line > 0 && err.text[0]));
	if (r < 0)
		return 0;
	write_all(&out, &list);
	r = paragraphs_read(&back, buf_str(&out), &a, NULL);
	must(r == PORTROLL_OK || (r == PORTROLL_ELIMIT && out.len > PARAGRAPH_TEXT_MAX));
	if (r < 0)
		return 0;
	if (has_values(&list))
		compare(&list, &back);
	write_all(&again, &back);
	must(str_equal(buf_str(&out), buf_str(&again)) || !has_values(&list));
	return 0;
}

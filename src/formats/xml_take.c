/* SPDX-License-Identifier: MIT */
#include "formats/xml_reader.h"

#include "base/utf8.h"
#include "formats/cells.h"

/* A character reference may stand for a control character that the file itself does not hold. */
static int check_text(struct xml_reader *x, struct portroll_str text)
{
	if (x->arena->failed)
		return xml_fail(x, PORTROLL_ENOMEM, "out of memory");
	if (x->has_references && utf8_find_control(text) != SIZE_MAX)
		return xml_fail(x, PORTROLL_ESYNTAX, "a reference to a control character");
	return PORTROLL_OK;
}

/* The characters of the element, as written. */
int xml_take_text(struct xml_reader *x, struct portroll_str *ret)
{
	*ret = arena_str(x->arena, buf_str(&x->text));
	return check_text(x, *ret);
}

int xml_take_trimmed(struct xml_reader *x, struct portroll_str *ret)
{
	*ret = arena_str(x->arena, str_trim(buf_str(&x->text)));
	return check_text(x, *ret);
}

int xml_take_attribute(struct xml_reader *x, struct portroll_str *ret, const char *value)
{
	*ret = arena_str(x->arena, str_from(value));
	return check_text(x, *ret);
}

int xml_take_date(struct xml_reader *x, struct date *ret, struct portroll_str text)
{
	if (date_cell(ret, text) < 0)
		return xml_fail(x, PORTROLL_ESYNTAX, DATE_EXPECTED, SHOWN(text));
	return PORTROLL_OK;
}

/* The date in an element; none when that is empty. */
int xml_take_date_text(struct xml_reader *x, struct date *ret)
{
	struct portroll_str text = str_trim(buf_str(&x->text));
	return text.len ? xml_take_date(x, ret, text) : PORTROLL_OK;
}

int xml_add_extra(struct xml_reader *x, struct list *extras, const char *name, const char *value)
{
	if (str_equal(str_from(name), STR("xmlns")))
		return xml_fail(x, PORTROLL_ESYNTAX,
				"namespace '%.*s', expected it on the root only",
				SHOWN(str_from(value)));
	struct extra *extra = list_add(extras);
	if (!extra)
		return xml_fail(x, PORTROLL_ENOMEM, "out of memory");
	extra->name = arena_str(x->arena, str_from(name));
	return xml_take_attribute(x, &extra->value, value);
}

struct extra_list xml_take_extras(struct list *extras)
{
	struct extra_list taken;
	taken.items = list_take(extras, &taken.count);
	return taken;
}

struct xref_list xml_take_xrefs(struct list *xrefs)
{
	struct xref_list taken;
	taken.items = list_take(xrefs, &taken.count);
	return taken;
}

struct richtext xml_take_runs(struct xml_reader *x)
{
	struct richtext taken;
	taken.runs = list_take(&x->runs, &taken.count);
	return taken;
}

struct run *xml_add_run(struct xml_reader *x, enum run_kind kind)
{
	struct run *run = list_add(&x->runs);
	if (run)
		run->kind = (uint8_t)kind;
	return run;
}

int xml_end_run(struct xml_reader *x)
{
	if (x->text.len == 0)
		return PORTROLL_OK;
	struct run *run = xml_add_run(x, RUN_TEXT);
	if (!run)
		return xml_fail(x, PORTROLL_ENOMEM, "out of memory");
	int r = xml_take_text(x, &run->text);
	buf_clear(&x->text);
	return r;
}

int xml_begin_paragraph(struct xml_reader *x, const char **attributes)
{
	if (attributes[0])
		return xml_fail(x, PORTROLL_ESYNTAX, "unexpected attribute '%s' of <paragraph>",
				attributes[0]);
	(void)xml_add_run(x, RUN_PARAGRAPH_BEGIN);
	return PORTROLL_OK;
}

int xml_end_paragraph(struct xml_reader *x)
{
	(void)xml_add_run(x, RUN_PARAGRAPH_END);
	return PORTROLL_OK;
}

int xml_end_break(struct xml_reader *x)
{
	(void)xml_add_run(x, RUN_BREAK);
	return PORTROLL_OK;
}

int xml_begin_unknown(struct xml_reader *x, const char **attributes)
{
	if (attributes[0])
		return xml_fail(x, PORTROLL_ESYNTAX, "unexpected attribute '%s' of <%s>",
				attributes[0], x->element_name.ptr);
	x->unknown_name = arena_cstr(x->arena, x->element_name);
	return x->unknown_name ? PORTROLL_OK : xml_fail(x, PORTROLL_ENOMEM, "out of memory");
}

static int add_element(struct xml_reader *x, struct list *extras)
{
	struct extra *extra = list_add(extras);
	if (!extra)
		return xml_fail(x, PORTROLL_ENOMEM, "out of memory");
	extra->name = str_from(x->unknown_name);
	extra->is_element = true;
	return xml_take_text(x, &extra->value);
}

int xml_end_unknown_in_header(struct xml_reader *x)
{
	return add_element(x, &x->header_extras);
}

int xml_end_unknown_in_item(struct xml_reader *x)
{
	return add_element(x, &x->extras);
}

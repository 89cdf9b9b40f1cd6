/* SPDX-License-Identifier: MIT */
#include "formats/read.h"

#include "formats/cells.h"
#include "formats/xml_memory.h"
#include "formats/xml_reader.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/*
 * IANA's XML of any year. expat runs once over the whole input; a DOCTYPE is refused before any
 * entity can be declared, so that no text grows (expat's own limits on that stay on). The namespace
 * is checked on the root and elements carry no prefix: that is all of namespaces that IANA's files
 * use, and it spares building a long name for each of 100,000 elements.
 */

#define ATTRIBUTES_MAX 64

bool xml_probe(struct portroll_str head)
{
	struct portroll_str start = str_trim(head);
	return str_starts(start, STR("<?xml")) || str_starts(start, STR("<registry"));
}

int xml_fail(struct xml_reader *x, int code, const char *format, ...)
{
	if (x->code)
		return x->code;
	x->code = code;
	char sentence[sizeof(x->err->text)];
	va_list args;
	va_start(args, format);
	(void)vsnprintf(sentence, sizeof(sentence), format, args);
	va_end(args);
	(void)XML_StopParser(x->parser, XML_FALSE);
	return error_at(x->err, code, (uint32_t)XML_GetCurrentLineNumber(x->parser),
			(uint32_t)XML_GetCurrentColumnNumber(x->parser) + 1, "%s", sentence);
}

static uint8_t level_of(const struct xml_reader *x)
{
	return x->depth ? x->frames[x->depth - 1].element->level : LEVEL_DOCUMENT;
}

static const char *parent_name(const struct xml_reader *x)
{
	const struct xml_element *parent = x->frames[x->depth - 1].element;
	bool unknown = parent == &xml_unknown_in_header || parent == &xml_unknown_in_item;
	return unknown ? x->unknown_name : parent->name.ptr;
}

/* The row of the grammar, or NULL after an error. */
static const struct xml_element *find_element(struct xml_reader *x, struct portroll_str name)
{
	const struct xml_children *children = &xml_grammar[level_of(x)];
	for (size_t i = 0; i < children->count; i++) {
		const struct xml_element *e = &children->elements[i];
		if (e->name.ptr[0] != name.ptr[0] || !str_equal(e->name, name))
			continue;
		if (x->depth == 0 || e->repeats)
			return e;
		uint32_t bit = UINT32_C(1) << i;
		if (x->frames[x->depth - 1].seen & bit) {
			(void)xml_fail(x, PORTROLL_ESYNTAX,
				       "a second <%s> in <%s>, expected at most one", e->name.ptr,
				       parent_name(x));
			return NULL;
		}
		x->frames[x->depth - 1].seen |= bit;
		return e;
	}
	if (children->keeps_unknown)
		return level_of(x) == LEVEL_REGISTRY ? &xml_unknown_in_header
						     : &xml_unknown_in_item;
	if (x->depth == 0)
		(void)xml_fail(x, PORTROLL_ESYNTAX, "the root is <%s>, expected <registry>",
			       name.ptr);
	else
		(void)xml_fail(x, PORTROLL_ESYNTAX, "unexpected element <%s> in <%s>", name.ptr,
			       parent_name(x));
	return NULL;
}

static void start_element(void *context, const char *name, const char **attributes)
{
	struct xml_reader *x = context;
	if (x->code)
		return;
	uint8_t level = level_of(x);
	if ((level == LEVEL_RICH || level == LEVEL_PARAGRAPH) && xml_end_run(x) < 0)
		return;
	x->element_name = str_from(name);
	const struct xml_element *e = find_element(x, x->element_name);
	if (!e)
		return;
	if (XML_GetSpecifiedAttributeCount(x->parser) > 2 * ATTRIBUTES_MAX) {
		(void)xml_fail(x, PORTROLL_ELIMIT, "more than %d attributes in <%s>",
			       ATTRIBUTES_MAX, name);
		return;
	}
	buf_clear(&x->text);
	if (e->begin) {
		if (e->begin(x, attributes) < 0)
			return;
	} else if (attributes[0]) {
		(void)xml_fail(x, PORTROLL_ESYNTAX, "unexpected attribute '%s' of <%s>",
			       attributes[0], name);
		return;
	}
	assert(x->depth < XML_DEPTH_MAX);
	x->frames[x->depth++] = (struct xml_frame){.element = e};
}

static void end_element(void *context, const char *name)
{
	(void)name;
	struct xml_reader *x = context;
	if (x->code)
		return;
	const struct xml_element *e = x->frames[x->depth - 1].element;
	if ((e->level == LEVEL_RICH || e->level == LEVEL_PARAGRAPH) && xml_end_run(x) < 0)
		return;
	if (e->end && e->end(x) < 0)
		return;
	x->depth--;
	if (x->text.failed || x->arena->failed)
		(void)xml_fail(x, PORTROLL_ENOMEM, "out of memory");
	buf_clear(&x->text);
}

/* expat hands over the white space between elements in pieces of a few characters, 200,000 of them
 * in IANA's file. */
static bool is_blank(struct portroll_str text)
{
	const char *c = text.ptr, *end = text.ptr + text.len;
	while (c < end && (*c == ' ' || *c == '\n' || *c == '\t'))
		c++;
	return c == end;
}

static void take_characters(void *context, const char *characters, int len)
{
	struct xml_reader *x = context;
	if (x->code)
		return;
	struct portroll_str text = {characters, (size_t)len};
	uint8_t level = level_of(x);
	if (level == LEVEL_TEXT || level == LEVEL_RICH || level == LEVEL_PARAGRAPH) {
		buf_put(&x->text, text);
		return;
	}
	if (!is_blank(text))
		(void)xml_fail(x, PORTROLL_ESYNTAX, "text '%.*s' in <%s>, expected elements",
			       SHOWN(str_trim(text)), parent_name(x));
}

static void refuse_doctype(void *context, const char *name, const char *system_id,
			   const char *public_id, int has_subset)
{
	(void)name;
	(void)system_id;
	(void)public_id;
	(void)has_subset;
	(void)xml_fail(context, PORTROLL_ESYNTAX, "a DOCTYPE, expected none");
}

/* What expat itself found wrong. */
static int parse_error(struct xml_reader *x)
{
	enum XML_Error code = XML_GetErrorCode(x->parser);
	if (code == XML_ERROR_NO_MEMORY)
		return xml_fail(x, PORTROLL_ENOMEM, "out of memory");
	bool cut = code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN ||
		   code == XML_ERROR_PARTIAL_CHAR || code == XML_ERROR_UNCLOSED_CDATA_SECTION;
	if (cut && x->depth)
		return xml_fail(x, PORTROLL_ESYNTAX, "the file ends inside <%s> (%s)",
				parent_name(x), XML_ErrorString(code));
	return xml_fail(x, PORTROLL_ESYNTAX, "not well-formed XML: %s", XML_ErrorString(code));
}

/* Does the file write a character as &#...; anywhere? */
static bool has_character_reference(struct portroll_str input)
{
	size_t at;
	while ((at = str_find_char(input, '&')) != SIZE_MAX) {
		input = str_part(input, at + 1, input.len);
		if (input.len && input.ptr[0] == '#')
			return true;
	}
	return false;
}

static void set_lists(struct xml_reader *x)
{
	struct arena *a = x->arena;
	x->runs = LIST_INIT(a, struct run);
	x->contacts = LIST_INIT(a, struct xref);
	x->assignee = LIST_INIT(a, struct xref);
	x->references = LIST_INIT(a, struct xref);
	x->uris = LIST_INIT(a, struct portroll_str);
	x->extras = LIST_INIT(a, struct extra);
	x->xref_extras = LIST_INIT(a, struct extra);
	x->categories = LIST_INIT(a, struct portroll_str);
	x->notes = LIST_INIT(a, struct note);
	x->footnotes = LIST_INIT(a, struct footnote);
	x->header_references = LIST_INIT(a, struct xref);
	x->header_extras = LIST_INIT(a, struct extra);
}

int xml_read(struct registry *ret, struct portroll_str input, struct portroll_error *err)
{
	struct xml_reader x = {
		.parser = XML_ParserCreate_MM("UTF-8", &xml_memory, NULL),
		.reg = ret,
		.arena = ret->arena,
		.err = err,
		.has_references = has_character_reference(input),
		.text = BUF_INIT(INPUT_MAX),
	};
	if (!x.parser)
		return error_memory(err);
	set_lists(&x);
	XML_SetUserData(x.parser, &x);
	XML_SetElementHandler(x.parser, start_element, end_element);
	XML_SetCharacterDataHandler(x.parser, take_characters);
	XML_SetStartDoctypeDeclHandler(x.parser, refuse_doctype);
	/* In one piece: after each piece expat counts the lines of it. */
	if (XML_Parse(x.parser, input.ptr, (int)input.len, true) != XML_STATUS_OK && !x.code)
		(void)parse_error(&x);
	XML_ParserFree(x.parser);
	buf_done(&x.text);
	return x.code;
}

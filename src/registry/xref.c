/* SPDX-License-Identifier: MIT */
#include "registry/xref.h"

#include "base/num.h"

#include <string.h>

const char *const xref_type_names[XREF_TYPE_COUNT] = {
	[XREF_PERSON] = "person",
	[XREF_RFC] = "rfc",
	[XREF_DRAFT] = "draft",
	[XREF_URI] = "uri",
	[XREF_RFC_ERRATA] = "rfc-errata",
	[XREF_REGISTRY] = "registry",
	[XREF_NOTE] = "note",
	[XREF_UNICODE] = "unicode",
	[XREF_TEXT] = "text",
};

const char *const xref_fragment_names[FRAGMENT_COUNT] = {
	[FRAGMENT_NONE] = "",         [FRAGMENT_SECTION] = "section",
	[FRAGMENT_PAGE] = "page",     [FRAGMENT_APPENDIX] = "appendix",
	[FRAGMENT_TABLE] = "table",   [FRAGMENT_FIGURE] = "figure",
	[FRAGMENT_ANCHOR] = "anchor",
};

static const char *const fragment_labels[FRAGMENT_COUNT] = {
	[FRAGMENT_NONE] = "",          [FRAGMENT_SECTION] = ", Section ",
	[FRAGMENT_PAGE] = ", Page ",   [FRAGMENT_APPENDIX] = ", Appendix ",
	[FRAGMENT_TABLE] = ", Table ", [FRAGMENT_FIGURE] = ", Figure ",
	[FRAGMENT_ANCHOR] = "#",
};

static const char *const fragment_links[FRAGMENT_COUNT] = {
	[FRAGMENT_NONE] = "",         [FRAGMENT_SECTION] = "#section-",
	[FRAGMENT_PAGE] = "#page-",   [FRAGMENT_APPENDIX] = "#appendix-",
	[FRAGMENT_TABLE] = "#table-", [FRAGMENT_FIGURE] = "#figure-",
	[FRAGMENT_ANCHOR] = "#",
};

int xref_type_parse(uint8_t *ret, struct portroll_str text)
{
	for (uint8_t i = 0; i < XREF_TYPE_COUNT; i++) {
		if (str_equal(text, str_from(xref_type_names[i]))) {
			*ret = i;
			return PORTROLL_OK;
		}
	}
	return PORTROLL_ESYNTAX;
}

static void put_upper(struct buf *out, struct portroll_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		buf_putc(out, c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c);
	}
}

static void put_document(struct buf *out, const struct xref *x)
{
	if (x->type == XREF_RFC)
		put_upper(out, x->data);
	else
		buf_put(out, x->data);
	buf_puts(out, fragment_labels[x->fragment_kind]);
	buf_put(out, x->fragment);
}

static void put_own_label(struct buf *out, const struct xref *x)
{
	switch ((enum xref_type)x->type) {
	case XREF_RFC:
	case XREF_DRAFT:
		put_document(out, x);
		return;
	case XREF_RFC_ERRATA:
		buf_puts(out, "RFC Errata ");
		break;
	case XREF_REGISTRY:
		buf_puts(out, "IANA registry ");
		break;
	case XREF_UNICODE:
		buf_puts(out, "Unicode Character Database ");
		break;
	case XREF_PERSON:
	case XREF_URI:
	case XREF_NOTE:
	case XREF_TEXT:
	case XREF_TYPE_COUNT:
		break;
	}
	struct portroll_str shown = x->data;
	if (x->type == XREF_UNICODE && str_starts(shown, STR("ucd")))
		shown = str_part(shown, 3, shown.len);
	buf_put(out, shown);
}

void xref_put_label(struct buf *out, const struct xref *x)
{
	bool fixed = x->type == XREF_PERSON || x->type == XREF_NOTE;
	buf_putc(out, '[');
	if (!fixed && str_trim(x->text).len) {
		if (x->type == XREF_RFC_ERRATA)
			buf_puts(out, "RFC Errata ");
		buf_put(out, x->text);
	} else {
		put_own_label(out, x);
	}
	buf_putc(out, ']');
	if (x->last_updated.len) {
		buf_puts(out, " (");
		buf_put(out, x->last_updated);
		buf_putc(out, ')');
	}
}

void xref_put_labels(struct buf *out, struct xref_list list)
{
	for (size_t i = 0; i < list.count; i++)
		xref_put_label(out, &list.items[i]);
}

void xref_put_link(struct buf *out, const struct xref *x)
{
	switch ((enum xref_type)x->type) {
	case XREF_PERSON:
		buf_putc(out, '#');
		break;
	case XREF_NOTE:
		buf_puts(out, "#note");
		break;
	case XREF_RFC:
		buf_puts(out, "https://www.iana.org/go/");
		break;
	case XREF_DRAFT: /* RFC-ietf-... is the name of a draft in the RFC Editor's queue */
		buf_puts(out, "https://www.iana.org/go/");
		if (str_starts(x->data, STR("RFC-"))) {
			buf_puts(out, "draft-");
			buf_put(out, str_part(x->data, 4, x->data.len));
			buf_puts(out, fragment_links[x->fragment_kind]);
			buf_put(out, x->fragment);
			return;
		}
		break;
	case XREF_RFC_ERRATA:
		buf_puts(out, "http://www.rfc-editor.org/errata_search.php?eid=");
		break;
	case XREF_REGISTRY:
		buf_puts(out, "https://www.iana.org/assignments/");
		break;
	case XREF_URI:
		break;
	case XREF_UNICODE:
	case XREF_TEXT:
	case XREF_TYPE_COUNT:
		return;
	}
	buf_put(out, x->data);
	buf_puts(out, fragment_links[x->fragment_kind]);
	buf_put(out, x->fragment);
}

static bool all_digits(struct portroll_str text)
{
	uint64_t value;
	return num_parse(&value, text, UINT64_MAX) == PORTROLL_OK;
}

/* RFC, BCP or STD and digits: the data of such a reference is lower case. */
static bool is_document_number(struct portroll_str text)
{
	bool series = str_starts_fold(text, STR("rfc")) || str_starts_fold(text, STR("bcp")) ||
		      str_starts_fold(text, STR("std"));
	return series && all_digits(str_part(text, 3, text.len));
}

static bool has_scheme(struct portroll_str text)
{
	size_t colon = str_find_char(text, ':');
	if (colon == SIZE_MAX || colon < 2 || !is_alpha(text.ptr[0]))
		return false;
	for (size_t i = 0; i < colon; i++) {
		char c = text.ptr[i];
		if (!is_alpha(c) && !is_digit(c) && c != '+' && c != '-' && c != '.')
			return false;
	}
	return colon + 1 < text.len && !is_space(text.ptr[colon + 1]);
}

static struct portroll_str lower(struct arena *a, struct portroll_str text)
{
	char *copy = arena_cstr(a, text);
	if (!copy)
		return STR("");
	for (char *c = copy; *c; c++)
		*c = fold_char(*c);
	return (struct portroll_str){copy, text.len};
}

struct xref xref_from_label(struct arena *a, struct portroll_str label)
{
	size_t comma = str_find(label, STR(", "));
	struct portroll_str head = comma == SIZE_MAX ? label : str_part(label, 0, comma);
	struct portroll_str own = comma == SIZE_MAX ? STR("") : label;
	if (is_document_number(head))
		return (struct xref){.type = XREF_RFC, .data = lower(a, head), .text = own};
	bool draft = str_starts(head, STR("draft-")) || str_starts(head, STR("RFC-"));
	if (draft && str_find_char(head, ' ') == SIZE_MAX)
		return (struct xref){.type = XREF_DRAFT, .data = head, .text = own};
	if (str_starts(label, STR("RFC Errata ")) && all_digits(str_part(label, 11, label.len)))
		return (struct xref){.type = XREF_RFC_ERRATA,
				     .data = str_part(label, 11, label.len)};
	if (all_digits(label))
		return (struct xref){.type = XREF_NOTE, .data = label};
	if (has_scheme(label))
		return (struct xref){.type = XREF_URI, .data = label};
	return (struct xref){.type = XREF_TEXT, .text = label};
}

bool extra_list_equal(struct extra_list a, struct extra_list b)
{
	if (a.count != b.count)
		return false;
	for (size_t i = 0; i < a.count; i++) {
		const struct extra *x = &a.items[i], *y = &b.items[i];
		if (!str_equal(x->name, y->name) || !str_equal(x->value, y->value) ||
		    x->is_element != y->is_element)
			return false;
	}
	return true;
}

bool xref_equal(const struct xref *a, const struct xref *b)
{
	return a->type == b->type && a->fragment_kind == b->fragment_kind &&
	       str_equal(a->data, b->data) && str_equal(a->text, b->text) &&
	       str_equal(a->fragment, b->fragment) && str_equal(a->last_updated, b->last_updated) &&
	       extra_list_equal(a->extras, b->extras);
}

bool xref_list_equal(struct xref_list a, struct xref_list b)
{
	if (a.count != b.count)
		return false;
	for (size_t i = 0; i < a.count; i++)
		if (!xref_equal(&a.items[i], &b.items[i]))
			return false;
	return true;
}

struct portroll_str extra_value(struct extra_list list, struct portroll_str name)
{
	for (size_t i = 0; i < list.count; i++)
		if (str_equal(list.items[i].name, name))
			return list.items[i].value;
	return STR("");
}

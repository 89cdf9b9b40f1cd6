/* SPDX-License-Identifier: MIT */
#include "formats/read.h"

#include "formats/characters.h"

#define PROBE_SIZE ((size_t)4096)

/* The whole registry of IANA takes 8 MB; a file of nothing but <br/> would take 4 GB. */
#define MEMORY_MAX ((size_t)512 << 20)

const struct format_reader format_readers[] = {
	{"xml", xml_probe, xml_read, NULL, true},
	{"csv", csv_probe, csv_read, NULL, false},
	{"json", json_probe, json_read, NULL, false},
	{"page", page_probe, page_read, NULL, false},
	{"nmap", nmap_probe, nmap_read, "Nmap Public Source License (NPSL)", false},
	{"services", services_probe, services_read, NULL, false},
	{0},
};

static const struct format_reader *find_reader(struct portroll_str form)
{
	for (const struct format_reader *r = format_readers; r->name; r++)
		if (str_equal(form, str_from(r->name)))
			return r;
	return NULL;
}

static const struct format_reader *detect(struct portroll_str input)
{
	struct portroll_str head = str_part(input, 0, PROBE_SIZE);
	for (const struct format_reader *r = format_readers; r->name; r++)
		if (r->probe(head))
			return r;
	return NULL;
}

static int choose(const struct format_reader **ret, struct portroll_str input,
		  struct portroll_str form, struct portroll_error *err)
{
	*ret = form.len ? find_reader(form) : detect(input);
	if (*ret)
		return PORTROLL_OK;
	if (form.len)
		return error_set(err, PORTROLL_EINVAL,
				 "form '%.*s' cannot be read, expected xml, csv, page, json, "
				 "services or nmap",
				 PORTROLL_STR_ARG(form));
	return error_at(err, PORTROLL_ESYNTAX, 1, 1,
			"not a form of the registry, expected xml, csv, page, json, services or "
			"nmap");
}

/* What Windows programs put before UTF-8. */
static struct portroll_str without_byte_order_mark(struct portroll_str input)
{
	return str_starts(input, STR("\xef\xbb\xbf")) ? str_part(input, 3, input.len) : input;
}

/* Where the id stands that registry_check() found at fault: in quotes in XML and JSON, in brackets
 * in the others. */
static int check_references(struct registry *reg, struct portroll_str input,
			    struct portroll_error *err)
{
	struct portroll_str id;
	int r = registry_check(reg, &id, err);
	if (r != PORTROLL_ESYNTAX || !err)
		return r;
	for (size_t at = 0, next; (next = str_find(str_part(input, at, input.len), id)) != SIZE_MAX;
	     at++) {
		at += next;
		struct portroll_str before = str_part(input, 0, at);
		bool marked = str_ends(before, STR("\"")) || str_ends(before, STR("'")) ||
			      str_ends(before, STR("["));
		struct portroll_str after = str_part(input, at + id.len, at + id.len + 1);
		if (!marked || after.len == 0 || str_find(STR("\"']"), after) == SIZE_MAX)
			continue;
		struct place place = place_of(input, at);
		err->line = place.line;
		err->column = place.column;
		break;
	}
	return r;
}

/* Lets the reader take so much memory and no more. */
static int read_bounded(const struct format_reader *reader, struct registry *reg,
			struct portroll_str input, struct portroll_error *err)
{
	struct arena *a = reg->arena;
	struct portroll_error own = {0};
	a->size_max = a->size + MEMORY_MAX;
	int r = reader->read(reg, input, &own);
	a->size_max = 0;
	if (r == PORTROLL_ENOMEM && a->is_full)
		return error_at(
			err, PORTROLL_ELIMIT, own.line, own.column,
			"what is in it takes more than %zu MB of memory, expected a registry",
			MEMORY_MAX >> 20);
	if (r < 0 && err && !err->code)
		*err = own;
	return r;
}

int format_read(struct read_result *ret, struct registry *reg, struct portroll_str input,
		struct portroll_str form, struct portroll_error *err)
{
	if (input.len > INPUT_MAX)
		return error_set(err, PORTROLL_ELIMIT, "larger than %zu MB", INPUT_MAX >> 20);
	input = without_byte_order_mark(input);
	if (str_trim(input).len == 0)
		return error_set(err, PORTROLL_ESYNTAX, "the input is empty");
	int r = characters_check(input, err);
	if (r < 0)
		return r;
	const struct format_reader *reader;
	r = choose(&reader, input, form, err);
	if (r < 0)
		return r;
	r = read_bounded(reader, reg, input, err);
	if (r < 0)
		return r;
	r = check_references(reg, input, err);
	if (r < 0)
		return r;
	*ret = (struct read_result){
		.format = format_find(str_from(reader->name)),
		.licence = str_from(reader->licence),
		.is_copied = reader->is_copied,
	};
	return PORTROLL_OK;
}

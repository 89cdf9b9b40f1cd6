/* SPDX-License-Identifier: MIT */
#include "procedure/rule_shared.h"

#include "registry/alias.h"
#include "registry/refer.h"

/* The longest name that is looked for; no registry's are as long. */
#define NAME_KEY_MAX  256
#define PLACE_KEY_MAX (NAME_KEY_MAX + RANGE_TEXT_MAX + 4)

static struct portroll_str fold_name(char ret_text[static NAME_KEY_MAX], struct portroll_str name)
{
	size_t len = name.len < NAME_KEY_MAX ? name.len : NAME_KEY_MAX;
	for (size_t i = 0; i < len; i++)
		ret_text[i] = fold_char(name.ptr[i]);
	return (struct portroll_str){ret_text, len};
}

/* The folded name, a byte that no name has, the transport, the ports. */
static struct portroll_str place_key(char ret_text[static PLACE_KEY_MAX], struct portroll_str name,
				     const struct record *r)
{
	size_t len = fold_name(ret_text, name).len;
	ret_text[len++] = '\n';
	ret_text[len++] = (char)('0' + r->transport);
	if (r->has_port)
		len += range_format(ret_text + len, r->port);
	return (struct portroll_str){ret_text, len};
}

/* Adds a key that is kept; the number it has. */
static uint32_t add_key(struct idset *set, struct portroll_str key, uint32_t value)
{
	uint32_t found = idset_find(set, key);
	return found != IDSET_NONE ? found : idset_add(set, arena_str(set->arena, key), value);
}

static void add_name(struct records_shared *shared, uint32_t *last, uint32_t record)
{
	char space[PLACE_KEY_MAX];
	const struct record *r = shared->registry->records[record];
	shared->next[record] = NO_RECORD;
	if (r->name.len == 0)
		return;
	uint32_t first = add_key(&shared->names, fold_name(space, r->name), record);
	if (first == IDSET_NONE)
		return;
	if (first != record)
		shared->next[last[first]] = record;
	last[first] = record;
	(void)add_key(&shared->places, place_key(space, r->name, r), record);
}

static int count_use(void *context, const struct xref *x)
{
	struct records_shared *shared = context;
	uint32_t person =
		x->type == XREF_PERSON ? idset_find(&shared->people, x->data) : IDSET_NONE;
	if (person != IDSET_NONE)
		shared->uses[person]++;
	return PORTROLL_OK;
}

static int read_record(struct records_shared *shared, uint32_t *last, uint32_t record)
{
	const struct record *r = shared->registry->records[record];
	struct record_alias *alias = &shared->aliases[record];
	alias->flags = alias_flags(r, &alias->of);
	alias->replaces = alias_replaces(r);
	add_name(shared, last, record);
	return refer_each_of_record(r, count_use, shared);
}

int records_shared_build(struct records_shared **ret, const struct registry *reg, struct arena *a)
{
	struct records_shared *shared = arena_alloc(a, sizeof(*shared));
	uint32_t *last = arena_array(a, reg->record_count, sizeof(*last));
	if (!shared || !last)
		return PORTROLL_ENOMEM;
	*shared = (struct records_shared){
		.registry = reg,
		.arena = a,
		.aliases = arena_array(a, reg->record_count, sizeof(*shared->aliases)),
		.names = IDSET_INIT(a),
		.next = arena_array(a, reg->record_count, sizeof(*shared->next)),
		.places = IDSET_INIT(a),
		.people = IDSET_INIT(a),
		.uses = arena_array(a, reg->person_count, sizeof(*shared->uses)),
	};
	for (size_t i = 0; !a->failed && i < reg->person_count; i++)
		(void)idset_add(&shared->people, reg->people[i]->id, (uint32_t)i);
	for (size_t i = 0; !a->failed && i < reg->record_count; i++)
		(void)read_record(shared, last, (uint32_t)i);
	if (!a->failed)
		(void)refer_each_of_header(&reg->header, count_use, shared);
	if (a->failed)
		return PORTROLL_ENOMEM;
	*ret = shared;
	return PORTROLL_OK;
}

uint32_t shared_first_named(const struct records_shared *shared, struct portroll_str name)
{
	char space[NAME_KEY_MAX];
	return idset_find(&shared->names, fold_name(space, name));
}

uint32_t shared_named_beside(const struct records_shared *shared, struct portroll_str name,
			     const struct record *r)
{
	char space[PLACE_KEY_MAX];
	return idset_find(&shared->places, place_key(space, name, r));
}

static bool is_mail(struct portroll_str uri, struct portroll_str mail)
{
	if (!str_starts_fold(uri, STR("mailto:")))
		return false;
	uri = str_part(uri, sizeof("mailto:") - 1, uri.len);
	size_t at = str_find_char(mail, '@');
	return uri.len == mail.len && at < uri.len && (uri.ptr[at] == '&' || uri.ptr[at] == '@') &&
	       str_equal_fold(str_part(uri, 0, at), str_part(mail, 0, at)) &&
	       str_equal_fold(str_part(uri, at + 1, uri.len), str_part(mail, at + 1, mail.len));
}

static bool has_mail(const struct person *person, struct portroll_str mail)
{
	for (size_t u = 0; u < person->uri_count; u++)
		if (is_mail(person->uris[u], mail))
			return true;
	return false;
}

bool shared_has_party(const struct records_shared *shared, struct xref_list people,
		      struct portroll_str name, struct portroll_str mail)
{
	for (size_t i = 0; i < people.count; i++) {
		uint32_t found = idset_find(&shared->people, people.items[i].data);
		if (found == IDSET_NONE)
			continue;
		const struct person *person = shared->registry->people[found];
		bool is_called_so = str_equal_fold(person->name, name) ||
				    (person->name.len == 0 && str_equal_fold(person->org, name));
		if (is_called_so && has_mail(person, mail))
			return true;
	}
	return false;
}

static bool may_end_a_date(char c)
{
	return c == '.' || c == ',' || c == ';' || c == ':' || c == ')' || c == '"';
}

bool shared_next_date(struct portroll_str *rest, struct date *ret)
{
	struct portroll_str word;
	while (str_word(rest, &word)) {
		while (word.len && (word.ptr[0] == '(' || word.ptr[0] == '"'))
			word = str_part(word, 1, word.len);
		while (word.len && may_end_a_date(word.ptr[word.len - 1]))
			word = str_part(word, 0, word.len - 1);
		struct date date;
		if (date_parse(&date, word) < 0 || date.month == 0)
			continue;
		*ret = date;
		return true;
	}
	return false;
}

/* SPDX-License-Identifier: MIT */

/* Names of records: syntax (RFC 6335 section 5.1), case, and the names that stand for others
 * (section 10.1). */

#include "procedure/rule_shared.h"

#include "registry/name.h"

#define FINDINGS_MAX 12

/* Does the name break the rule of that id? The rules for a text stand in registry/name.c. */
static bool breaks(struct portroll_str name, const char *id)
{
	struct portroll_finding findings[FINDINGS_MAX];
	size_t count = name_check(name, NULL, findings, FINDINGS_MAX);
	for (size_t i = 0; i < count && i < FINDINGS_MAX; i++)
		if (str_equal(str_from(findings[i].rule), str_from(id)))
			return true;
	return false;
}

typedef void tell_name(struct finding_list *found, uint32_t record, struct portroll_str name);

static void each_broken(struct finding_list *found, const struct records_check *s, const char *id,
			tell_name *tell)
{
	for (size_t i = 0; i < s->registry->record_count; i++) {
		struct portroll_str name = s->registry->records[i]->name;
		if (name.len && !name_is_well_formed(name) && breaks(name, id))
			tell(found, (uint32_t)i, name);
	}
}

static void tell_length(struct finding_list *found, uint32_t record, struct portroll_str name)
{
	finding_add(found, DOC_FIELD_COUNT, record, "has %zu characters, %d are the most", name.len,
		    NAME_MAX_LEN);
}

void records_name_length(struct finding_list *found, const struct records_check *s)
{
	each_broken(found, s, "N01", tell_length);
}

static bool is_good(char c)
{
	return is_alpha(c) || is_digit(c) || c == '-';
}

static void tell_character(struct finding_list *found, uint32_t record, struct portroll_str name)
{
	size_t i = 0;
	while (i + 1 < name.len && is_good(name.ptr[i]))
		i++;
	unsigned char c = (unsigned char)name.ptr[i];
	if (c > ' ' && c < 0x7f)
		finding_add(found, DOC_FIELD_COUNT, record,
			    "has '%c', which is neither letter, digit nor hyphen", c);
	else
		finding_add(found, DOC_FIELD_COUNT, record,
			    "has the byte 0x%02X, which is neither letter, digit nor hyphen", c);
}

void records_name_characters(struct finding_list *found, const struct records_check *s)
{
	each_broken(found, s, "N02", tell_character);
}

static void tell_no_letter(struct finding_list *found, uint32_t record, struct portroll_str name)
{
	(void)name;
	finding_add(found, DOC_FIELD_COUNT, record, "has no letter");
}

void records_name_letter(struct finding_list *found, const struct records_check *s)
{
	each_broken(found, s, "N03", tell_no_letter);
}

static void tell_end(struct finding_list *found, uint32_t record, struct portroll_str name)
{
	finding_add(found, DOC_FIELD_COUNT, record, "%s with a hyphen",
		    name.ptr[0] == '-' ? "begins" : "ends");
}

void records_name_ends(struct finding_list *found, const struct records_check *s)
{
	each_broken(found, s, "N04", tell_end);
}

static void tell_hyphens(struct finding_list *found, uint32_t record, struct portroll_str name)
{
	(void)name;
	finding_add(found, DOC_FIELD_COUNT, record, "has two hyphens in a row");
}

void records_name_hyphens(struct finding_list *found, const struct records_check *s)
{
	each_broken(found, s, "N05", tell_hyphens);
}

void records_name_case(struct finding_list *found, const struct records_check *s)
{
	const struct records_shared *shared = s->shared;
	for (size_t i = 0; i < s->registry->record_count; i++) {
		struct portroll_str name = s->registry->records[i]->name;
		uint32_t first = name.len ? shared_first_named(shared, name) : NO_RECORD;
		if (first == NO_RECORD)
			continue;
		struct portroll_str other = s->registry->records[first]->name;
		if (!str_equal(name, other) && str_equal_fold(name, other))
			finding_add(found, DOC_FIELD_COUNT, (uint32_t)i,
				    "differs only in case from '%.*s', and is one name with it",
				    PORTROLL_STR_ARG(other));
	}
}

/* The old name of a pair: the new one stands on the same port and transport, and names the old. */
static void check_alias(struct finding_list *found, const struct records_shared *shared,
			uint32_t record)
{
	const struct record *r = shared->registry->records[record];
	struct portroll_str of = shared->aliases[record].of;
	uint32_t primary = shared_named_beside(shared, of, r);
	if (primary == NO_RECORD)
		finding_add(found, DOC_FIELD_COUNT, record,
			    "is an alias to '%.*s', which is not there for this port and transport",
			    PORTROLL_STR_ARG(of));
	else if (!str_equal_fold(shared->aliases[primary].replaces, r->name))
		finding_add(found, DOC_FIELD_COUNT, record,
			    "is an alias to '%.*s', whose description does not name it",
			    PORTROLL_STR_ARG(of));
}

/* The new name of a pair. */
static void check_primary(struct finding_list *found, const struct records_shared *shared,
			  uint32_t record)
{
	const struct record *r = shared->registry->records[record];
	struct portroll_str old = shared->aliases[record].replaces;
	uint32_t alias = shared_named_beside(shared, old, r);
	if (alias == NO_RECORD || !str_equal_fold(shared->aliases[alias].of, r->name))
		finding_add(found, DOC_FIELD_COUNT, record,
			    "replaces '%.*s', which is no alias to it on this port and transport",
			    PORTROLL_STR_ARG(old));
}

void records_alias_pair(struct finding_list *found, const struct records_check *s)
{
	const struct records_shared *shared = s->shared;
	for (size_t i = 0; i < s->registry->record_count; i++) {
		const struct record_alias *alias = &shared->aliases[i];
		struct portroll_str name = s->registry->records[i]->name;
		if (alias->flags & PORTROLL_RECORD_ALIAS)
			check_alias(found, shared, (uint32_t)i);
		else if (name.len && !name_is_well_formed(name))
			finding_add(found, DOC_FIELD_COUNT, (uint32_t)i,
				    "is not well-formed and no alias to a name that is");
		if (alias->replaces.len)
			check_primary(found, shared, (uint32_t)i);
	}
}

/* Each character that must not be is a hyphen in the new name (RFC 6335 section 10.1). */
static bool is_spelled_after(struct portroll_str name, struct portroll_str old)
{
	if (str_equal(old, STR("whois++")))
		return str_equal(name, STR("whoispp"));
	if (name.len != old.len)
		return false;
	for (size_t i = 0; i < old.len; i++)
		if (name.ptr[i] != (is_good(old.ptr[i]) ? old.ptr[i] : '-'))
			return false;
	return true;
}

void records_alias_spelling(struct finding_list *found, const struct records_check *s)
{
	const struct records_shared *shared = s->shared;
	for (size_t i = 0; i < s->registry->record_count; i++) {
		const struct record_alias *alias = &shared->aliases[i];
		struct portroll_str name = s->registry->records[i]->name;
		if ((alias->flags & PORTROLL_RECORD_ALIAS) && !is_spelled_after(alias->of, name))
			finding_add(found, DOC_FIELD_COUNT, (uint32_t)i,
				    "is an alias to '%.*s', which is not its own spelling with a "
				    "hyphen for each character that must not be",
				    PORTROLL_STR_ARG(alias->of));
	}
}

static bool is_dccp_port(const struct record *r)
{
	return r->name.len && r->has_port && r->transport == PORTROLL_DCCP;
}

/* Each chain of records of one name is walked once, from its first. */
void records_dccp_name(struct finding_list *found, const struct records_check *s)
{
	const struct records_shared *shared = s->shared;
	for (size_t i = 0; i < s->registry->record_count; i++) {
		struct portroll_str name = s->registry->records[i]->name;
		if (name.len == 0 || shared_first_named(shared, name) != i)
			continue;
		const struct record *first = NULL;
		for (uint32_t at = (uint32_t)i; at != NO_RECORD; at = shared->next[at]) {
			const struct record *r = s->registry->records[at];
			if (!is_dccp_port(r))
				continue;
			if (!first)
				first = r;
			else if (r->port.first != first->port.first)
				finding_add(found, DOC_FIELD_COUNT, at,
					    "is the name of DCCP port %u too", first->port.first);
		}
	}
}

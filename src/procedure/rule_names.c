/* SPDX-License-Identifier: MIT */

/* N: service names. */

#include "procedure/rule_records.h"
#include "procedure/rule_subject.h"
#include "procedure/rule_tables.h"
#include "registry/name.h"
#include "registry/rule_text.h"

#define FINDING_MAX 16

/* Of several records with the name the best known: with a port, not an alias. */
static const struct record *find_taken(const struct request_check *s, struct portroll_str name,
				       uint32_t *ret_index)
{
	const struct registry *reg = s->world->registry;
	const struct record *found = NULL, *r;
	for (size_t at = 0; (r = next_of_name(reg, name, &at));) {
		if (found && (found->has_port || !r->has_port))
			continue;
		found = r;
		*ret_index = (uint32_t)(at - 1);
	}
	return found;
}

/* Another spelling of its own name is not taken. */
static bool is_its_own(const struct request *q, struct portroll_str name)
{
	return q->kind == REQUEST_RENAME && str_equal_fold(name, q->name);
}

/* Is the rule that is tested one of those that the name breaks? libportroll asks the same ones. */
static bool is_broken(const struct rule *rule, struct portroll_str name, const struct record *taken)
{
	struct portroll_record as_asked = {.name = taken ? taken->name : STR_NONE};
	struct portroll_finding broken[FINDING_MAX];
	size_t count = name_check(name, taken ? &as_asked : NULL, broken, FINDING_MAX);
	for (size_t i = 0; i < count && i < FINDING_MAX; i++)
		if (str_equal(str_from(broken[i].rule), str_from(rule->id)))
			return true;
	return false;
}

static void test_syntax(struct finding_list *found, const struct request_check *s)
{
	struct portroll_str name = new_name_of(s->request);
	if (name.len && is_broken(found->rule, name, NULL))
		finding_add(found, field_of_new_name(s->request), NO_RECORD, "'%.*s'",
			    PORTROLL_STR_ARG(shown(name)));
}

static void test_style(struct finding_list *found, const struct request_check *s)
{
	struct portroll_str name = new_name_of(s->request);
	if (name.len && is_broken(found->rule, name, NULL))
		finding_warn(found, field_of_new_name(s->request), NO_RECORD, "'%.*s'",
			     PORTROLL_STR_ARG(shown(name)));
}

/* As the effect of a release writes it (RFC 6335 section 8.2). */
static bool is_reserved_name(const struct record *r)
{
	struct portroll_str text;
	return !r->has_port && richtext_is_plain(r->description, &text) &&
	       str_equal(text, STR("Reserved"));
}

static void test_taken(struct finding_list *found, const struct request_check *s)
{
	struct portroll_str name = new_name_of(s->request);
	uint32_t index = NO_RECORD;
	if (name.len == 0 || is_its_own(s->request, name))
		return;
	const struct record *taken = find_taken(s, name, &index);
	if (taken && is_broken(found->rule, name, taken))
		finding_add(found, field_of_new_name(s->request), index, "'%.*s' is %s: %.*s",
			    PORTROLL_STR_ARG(shown(name)),
			    is_reserved_name(taken) ? "Reserved" : "assigned",
			    PORTROLL_STR_ARG(record_text(found->arena, taken)));
}

/* v2, V10, version 3, 2.0; a number alone can be anything. */
static bool is_version(struct portroll_str word, struct portroll_str before)
{
	size_t digits = 0, dots = 0, from = word.len && fold_char(word.ptr[0]) == 'v' ? 1 : 0;
	for (size_t i = from; i < word.len; i++) {
		digits += is_digit(word.ptr[i]);
		dots += word.ptr[i] == '.';
	}
	if (digits == 0 || from + digits + dots != word.len)
		return false;
	return from == 1 || str_equal_fold(before, STR("version")) ||
	       (dots == 1 && is_digit(word.ptr[word.len - 1]));
}

static void test_version(struct finding_list *found, const struct request_check *s)
{
	struct portroll_str rest = field_of(s, DOC_DESCRIPTION), word, before = STR_NONE;
	test_style(found, s);
	for (; str_word(&rest, &word); before = word)
		if (is_version(word, before)) {
			finding_add(found, DOC_DESCRIPTION, NO_RECORD,
				    "the description tells a version: '%.*s'",
				    PORTROLL_STR_ARG(shown(word)));
			return;
		}
}

static bool is_past(const struct rule_world *w, struct portroll_str name)
{
	for (size_t i = 0; i < w->past_name_count; i++)
		if (str_equal_fold(w->past_names[i], name))
			return true;
	return false;
}

/* Is it a word of the text, as a name is one in "previously acms by [ID]"? */
static bool has_word(struct portroll_str text, struct portroll_str name)
{
	for (size_t from = 0; from < text.len;) {
		size_t at = str_find_fold(str_part(text, from, text.len), name);
		if (at == SIZE_MAX)
			return false;
		at += from;
		size_t end = at + name.len;
		bool begins = at == 0 || !(is_alpha(text.ptr[at - 1]) ||
					   is_digit(text.ptr[at - 1]) || text.ptr[at - 1] == '-');
		bool ends = end == text.len || !(is_alpha(text.ptr[end]) ||
						 is_digit(text.ptr[end]) || text.ptr[end] == '-');
		if (begins && ends)
			return true;
		from = at + 1;
	}
	return false;
}

static bool note_has_word(const struct record *r, struct portroll_str name)
{
	for (size_t i = 0; i < r->note.count; i++)
		if (has_word(r->note.runs[i].text, name))
			return true;
	return false;
}

/* The notes of released ports tell what they were called: the list itself has no such names. */
static void test_past_name(struct finding_list *found, const struct request_check *s)
{
	const struct rule_world *w = s->world;
	struct portroll_str name = new_name_of(s->request);
	uint8_t field = field_of_new_name(s->request);
	if (!name_is_well_formed(name))
		return;
	if (is_past(w, name))
		finding_add(found, field, NO_RECORD, "'%.*s' was assigned once, and is no more",
			    PORTROLL_STR_ARG(name));
	for (uint32_t i = 0; i < w->registry->record_count; i++) {
		const struct record *r = w->registry->records[i];
		if (w->index->kinds[i] != ROW_RESERVED_RELEASED || !note_has_word(r, name))
			continue;
		finding_add(found, field, i, "'%.*s' stands in the note of a released port, %.*s",
			    PORTROLL_STR_ARG(name),
			    PORTROLL_STR_ARG(port_text(found->arena, r->port.first, r->transport)));
		return;
	}
}

static bool has_discovery_suffix(struct portroll_str name)
{
	static const struct portroll_str suffixes[] = {STR_INIT("-disc"), STR_INIT("-discovery"),
						       STR_INIT("-discover"), STR_INIT("-dsc")};
	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++)
		if (name.len > suffixes[i].len &&
		    str_equal_fold(str_part(name, name.len - suffixes[i].len, name.len),
				   suffixes[i]))
			return true;
	return false;
}

static void test_discovery(struct finding_list *found, const struct request_check *s)
{
	struct portroll_str name = new_name_of(s->request);
	if (name.len && str_starts_fold(field_of(s, DOC_UDP_DISCOVERY), STR("yes")) &&
	    !has_discovery_suffix(name))
		finding_add(found, field_of_new_name(s->request), NO_RECORD,
			    "'%.*s' is for discovery only, and its name does not say so",
			    PORTROLL_STR_ARG(shown(name)));
}

/* The same but for hyphens and other marks, which many names differ in. */
static bool reads_alike(struct portroll_str a, struct portroll_str b)
{
	for (size_t i = 0, k = 0;; i++, k++) {
		while (i < a.len && !is_alpha(a.ptr[i]) && !is_digit(a.ptr[i]))
			i++;
		while (k < b.len && !is_alpha(b.ptr[k]) && !is_digit(b.ptr[k]))
			k++;
		if (i >= a.len || k >= b.len)
			return i >= a.len && k >= b.len;
		if (fold_char(a.ptr[i]) != fold_char(b.ptr[k]))
			return false;
	}
}

static bool is_described_so(const struct record *r, struct portroll_str description)
{
	struct portroll_str there;
	return richtext_is_plain(r->description, &there) && description.len &&
	       str_equal_fold(str_trim(there), description);
}

static void test_registered_already(struct finding_list *found, const struct request_check *s)
{
	struct portroll_str name = new_name_of(s->request);
	struct portroll_str description = field_of(s, DOC_DESCRIPTION);
	const struct registry *reg = s->world->registry;
	for (uint32_t i = 0; i < reg->record_count && name.len; i++) {
		const struct record *r = reg->records[i];
		if (r->name.len == 0 || str_equal_fold(r->name, name))
			continue;
		if (!is_described_so(r, description) && !reads_alike(r->name, name))
			continue;
		finding_ask(found, field_of_new_name(s->request), i,
			    "is '%.*s' another service than %.*s?", PORTROLL_STR_ARG(shown(name)),
			    PORTROLL_STR_ARG(record_text(found->arena, r)));
		return;
	}
}

static void test_second_name_at(struct finding_list *found, const struct request_check *s,
				uint16_t port, uint8_t transport)
{
	uint32_t index;
	const struct record *r = assigned_at(s->world->index, port, transport, &index);
	if (!r || r->name.len == 0 || str_equal_fold(r->name, s->request->name))
		return;
	struct portroll_str text = record_text(found->arena, r);
	if (is_described_so(r, field_of(s, DOC_DESCRIPTION)))
		finding_add(found, DOC_SERVICE_NAME, index, "%.*s is described in the same words",
			    PORTROLL_STR_ARG(text));
	else
		finding_ask(found, DOC_SERVICE_NAME, index,
			    "can '%.*s' be told from %.*s within the connection?",
			    PORTROLL_STR_ARG(shown(s->request->name)), PORTROLL_STR_ARG(text));
}

static void test_second_name(struct finding_list *found, const struct request_check *s)
{
	each_wanted(found, s, test_second_name_at);
}

static bool wants_port(const struct request *q, uint16_t port)
{
	for (size_t i = 0; i < q->port_count; i++)
		if (range_covers(q->ports[i], port))
			return true;
	return false;
}

static void test_dccp_name(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	const struct record *r;
	if (!(q->transports & TRANSPORT_BIT(PORTROLL_DCCP)) || q->wanted == WANTED_NONE ||
	    q->name.len == 0)
		return;
	for (size_t at = 0; (r = next_of_name(s->world->registry, q->name, &at));) {
		if (r->transport != PORTROLL_DCCP || !r->has_port || wants_port(q, r->port.first))
			continue;
		finding_add(found, DOC_SERVICE_NAME, (uint32_t)(at - 1),
			    "'%.*s' is the name of another DCCP port, %u",
			    PORTROLL_STR_ARG(shown(q->name)), (unsigned)r->port.first);
		return;
	}
}

static void test_description_of_transports(struct finding_list *found,
					   const struct request_check *s)
{
	struct portroll_str description = field_of(s, DOC_DESCRIPTION), there;
	const struct record *r;
	if (description.len == 0)
		return;
	for (size_t at = 0; (r = next_of_name(s->world->registry, s->request->name, &at));) {
		if (!richtext_is_plain(r->description, &there) ||
		    str_equal_squeezed(there, description))
			continue;
		finding_add(found, DOC_DESCRIPTION, (uint32_t)(at - 1),
			    "%.*s is described as '%.*s'",
			    PORTROLL_STR_ARG(record_text(found->arena, r)),
			    PORTROLL_STR_ARG(shown(there)));
		return;
	}
}

#define KINDS_NEW_NAME                                                                             \
	((uint16_t)(KIND_BIT(REQUEST_ASSIGN) | KIND_BIT(REQUEST_NAME) | KIND_BIT(REQUEST_EARLY) |  \
		    KIND_BIT(REQUEST_RENAME) | KIND_BIT(REQUEST_REUSE)))

/* clang-format off */
const struct rule rules_of_names[RULES_OF_NAMES] = {
	{.id = "N01", .origin = N01_ORIGIN, .level = LEVEL_MUST, .binds = BINDS_REQUEST | BINDS_RECORD,
	 .is_form = true, .sentence = N01_TEXT,
	 .remedy = "choose a name of at most 15 characters",
	 .of_request = test_syntax, .of_records = records_name_length},
	{.id = "N02", .origin = N02_ORIGIN, .level = LEVEL_MUST, .binds = BINDS_REQUEST | BINDS_RECORD,
	 .is_form = true, .sentence = N02_TEXT,
	 .remedy = "write a hyphen for every other character",
	 .of_request = test_syntax, .of_records = records_name_characters},
	{.id = "N03", .origin = N03_ORIGIN, .level = LEVEL_MUST, .binds = BINDS_REQUEST | BINDS_RECORD,
	 .is_form = true, .sentence = N03_TEXT,
	 .remedy = "choose a name that cannot be taken for a number",
	 .of_request = test_syntax, .of_records = records_name_letter},
	{.id = "N04", .origin = N04_ORIGIN, .level = LEVEL_MUST, .binds = BINDS_REQUEST | BINDS_RECORD,
	 .is_form = true, .sentence = N04_TEXT,
	 .remedy = "take the hyphen off",
	 .of_request = test_syntax, .of_records = records_name_ends},
	{.id = "N05", .origin = N05_ORIGIN, .level = LEVEL_MUST, .binds = BINDS_REQUEST | BINDS_RECORD,
	 .is_form = true, .sentence = N05_TEXT,
	 .remedy = "write one hyphen",
	 .of_request = test_syntax, .of_records = records_name_hyphens},
	{.id = "N06", .origin = N06_ORIGIN, .level = LEVEL_STATED,
	 .binds = BINDS_CONSUMER | BINDS_REQUEST | BINDS_RECORD, .sentence = N06_TEXT,
	 .remedy = "choose a name that differs in its letters",
	 .where = "the index of names of the snapshot folds ASCII letters; lookups ask it alone",
	 .of_request = test_taken, .of_records = records_name_case},
	{.id = "N07", .origin = "RFC 6335 section 8.1.1", .level = LEVEL_STATED,
	 .binds = BINDS_RECORD | BINDS_PUBLISHED,
	 .sentence = "a name is stored and printed in the case in which it was entered",
	 .remedy = "nothing: it is kept as it is written",
	 .where = "records keep the bytes of a name; all forms write those"},
	{.id = "N08", .origin = N08_ORIGIN, .level = LEVEL_MUST, .binds = BINDS_REQUEST,
	 .is_form = true, .sentence = N08_TEXT,
	 .remedy = "choose another name; for more of that very service ask with Request: transport",
	 .kinds = KINDS_NEW_NAME, .of_request = test_taken},
	{.id = "N09", .origin = "RFC 6335 sections 5 and 8.2", .level = LEVEL_DESIGN, .binds = BINDS_REQUEST,
	 .sentence = "a name that was assigned once is not handed out again without review",
	 .remedy = "choose a name that no service had, or show that nobody uses the old one",
	 .kinds = KINDS_NEW_NAME, .of_request = test_past_name},
	{.id = "N10", .origin = "RFC 6335 section 5.1", .level = LEVEL_STATED,
	 .binds = BINDS_CONSUMER | BINDS_REQUEST, .how = RULE_ELSEWHERE,
	 .sentence = "a name is opaque: nothing follows from its parts, and nobody owns a prefix",
	 .remedy = "compare whole names",
	 .where = "lookups compare whole names; N11 to N14 and P21 look into one for the reviewer alone"},
	{.id = "N11", .origin = N11_ORIGIN, .level = LEVEL_STATED, .binds = BINDS_REQUEST,
	 .sentence = N11_TEXT,
	 .remedy = "leave the word out: every name here is one of a service",
	 .kinds = KINDS_NEW_NAME, .of_request = test_style},
	{.id = "N12", .origin = N12_ORIGIN, .level = LEVEL_SHOULD, .binds = BINDS_REQUEST,
	 .sentence = N12_TEXT,
	 .remedy = "leave the version out, and let the protocol tell it",
	 .kinds = KINDS_NEW_NAME, .of_request = test_version},
	{.id = "N13", .origin = "RFC 6335 section 5; RFC 7605 section 7.6", .level = LEVEL_SHOULD,
	 .binds = BINDS_REQUEST,
	 .sentence = "the name of a service for discovery only has a suffix that says so",
	 .remedy = "let the name end in -disc",
	 .kinds = KINDS_NEW_NAME, .of_request = test_discovery},
	{.id = "N14", .origin = "RFC 6335 section 5", .level = LEVEL_STATED, .binds = BINDS_REQUEST,
	 .how = RULE_ASKED,
	 .sentence = "a service that is registered gets no second name",
	 .remedy = "Is it another service than the one that is registered already?",
	 .kinds = KINDS_NEW_NAME & (uint16_t)~KIND_BIT(REQUEST_RENAME),
	 .of_request = test_registered_already},
	{.id = "N15", .origin = "RFC 7605 section 7.9", .level = LEVEL_STATED, .binds = BINDS_REQUEST,
	 .how = RULE_ASKED,
	 .sentence = "an assigned port gets no second name for the same service",
	 .remedy = "Is it a service of its own, which can be told from the other within the connection?",
	 .kinds = KIND_BIT(REQUEST_NAME), .of_request = test_second_name},
	{.id = "N16", .origin = "RFC 6335 section 10.1", .level = LEVEL_STATED,
	 .binds = BINDS_RECORD | BINDS_PUBLISHED,
	 .sentence = "a name of the old form says which name it is an alias of, and that one says which it replaces",
	 .remedy = "write both: the note of the alias, the description of the name that replaces it",
	 .of_records = records_alias_pair},
	{.id = "N17", .origin = "RFC 6335 section 10.1", .level = LEVEL_STATED, .binds = BINDS_RECORD,
	 .sentence = "the name that replaces one of the old form has a hyphen for each character that is not allowed",
	 .remedy = "see which name the alias means; whois++ is whoispp",
	 .of_records = records_alias_spelling},
	{.id = "N18", .origin = "RFC 6335 sections 5 and 10", .level = LEVEL_STATED, .binds = BINDS_CONSUMER,
	 .how = RULE_ELSEWHERE,
	 .sentence = "service discovery uses the primary name, never an alias or a duplicate",
	 .remedy = "use the name that the note names",
	 .where = "portroll lookup marks aliases and duplicates with the primary name; primary names come first"},
	{.id = "N19", .origin = "RFC 6335 section 10.3.2", .level = LEVEL_MUST,
	 .binds = BINDS_REQUEST | BINDS_RECORD,
	 .sentence = "the name of a DCCP port is that of one port only",
	 .remedy = "choose another name, or ask for the port that the name has",
	 .kinds = KINDS_NEW, .of_request = test_dccp_name, .of_records = records_dccp_name},
	{.id = "N20", .origin = "RFC 7605 section 7.6", .level = LEVEL_SHOULD, .binds = BINDS_REQUEST,
	 .sentence = "one name on several transports is one service, and has one description",
	 .remedy = "describe it as the other transport is described; for another service choose another name",
	 .kinds = KIND_BIT(REQUEST_TRANSPORT), .of_request = test_description_of_transports},
	{.id = "N21", .origin = N21_ORIGIN, .level = LEVEL_DESIGN, .binds = BINDS_CONSUMER,
	 .how = RULE_ELSEWHERE, .sentence = N21_TEXT,
	 .remedy = "write the port, or the name with its letters",
	 .where = "portroll lookup reads such a text as a port or a range"},
};
/* clang-format on */

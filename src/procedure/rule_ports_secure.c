/* SPDX-License-Identifier: MIT */
#include "procedure/rule_ports.h"

/* What a name of a secure variant has more than the other: stun-tls; an s alone, as in ldaps, may
 * be a plural. */
static const struct ending {
	struct portroll_str text;
	bool is_certain;
} endings[] = {
	{STR_INIT("s"), false},   {STR_INIT("-s"), false},     {STR_INIT("-sec"), true},
	{STR_INIT("-ssl"), true}, {STR_INIT("-secure"), true}, {STR_INIT("-tls"), true},
	{STR_INIT("ssl"), true},  {STR_INIT("tls"), true},     {STR_INIT("-dtls"), true},
};
static const struct portroll_str words[] = {STR_INIT("secure"), STR_INIT("tls"), STR_INIT("ssl"),
					    STR_INIT("dtls")};

/* The record whose name it is but for such an ending; NULL: none. */
static const struct record *find_plain(const struct request_check *s, struct portroll_str name,
				       uint32_t *ret_index, bool *ret_certain)
{
	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		struct portroll_str ending = endings[i].text;
		size_t len = name.len - ending.len, at = 0;
		if (name.len <= ending.len ||
		    !str_equal_fold(str_part(name, len, name.len), ending))
			continue;
		const struct record *r =
			next_of_name(s->world->registry, str_part(name, 0, len), &at);
		*ret_index = (uint32_t)(at - 1);
		*ret_certain = endings[i].is_certain;
		if (r)
			return r;
	}
	return NULL;
}

static bool is_word(struct portroll_str text, size_t at, size_t len)
{
	bool begins = at == 0 || !is_alpha(text.ptr[at - 1]);
	return begins && (at + len == text.len || !is_alpha(text.ptr[at + len]));
}

static bool has_word(struct portroll_str text)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		size_t at = str_find_fold(text, words[i]);
		if (at != SIZE_MAX && is_word(text, at, words[i].len))
			return true;
	}
	return false;
}

void test_secure_variant(struct finding_list *found, const struct request_check *s)
{
	struct portroll_str name = new_name_of(s->request);
	uint32_t index = NO_RECORD;
	bool is_certain = false;
	if (name.len == 0 || !is_blank(s, DOC_WHY_SEPARATE))
		return;
	const struct record *r = find_plain(s, name, &index, &is_certain);
	uint8_t field = field_of_new_name(s->request);
	if (r && is_certain)
		finding_add(found, field, index, "'%.*s' reads as the secure variant of %.*s",
			    PORTROLL_STR_ARG(shown(name)),
			    PORTROLL_STR_ARG(record_text(found->arena, r)));
	else if (r)
		finding_warn(found, field, index, "'%.*s' may be the secure variant of %.*s",
			     PORTROLL_STR_ARG(shown(name)),
			     PORTROLL_STR_ARG(record_text(found->arena, r)));
	else if (has_word(name) || has_word(field_of(s, DOC_DESCRIPTION)))
		finding_warn(found, field, NO_RECORD,
			     "name or description tell that it is secure, as if there were "
			     "another that is not");
}

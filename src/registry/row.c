/* SPDX-License-Identifier: MIT */
#include "registry/row.h"

#include "base/macros.h"
#include "registry/phrase.h"

/* How the descriptions of nameless rows begin (rfc-rules 1.4). */
static const struct opening {
	const char *phrase;
	enum row_kind kind;
} openings[] = {
	{"unassigned", ROW_UNASSIGNED},
	{"un-assigned", ROW_UNASSIGNED},
	{"(unassigned)", ROW_UNASSIGNED},
	{"reserved", ROW_RESERVED_HELD},
	{"possibly used", ROW_RESERVED_HELD},
	{"any private", ROW_ASSIGNED},
	{"de-registered", ROW_RESERVED_RELEASED},
	{"deregistered", ROW_RESERVED_RELEASED},
	{"de-assigned", ROW_RESERVED_RELEASED},
	{"removed", ROW_RESERVED_RELEASED},
	{"deprecated", ROW_RESERVED_RELEASED},
	{"decommissioned", ROW_RESERVED_RELEASED},
	{"decomissioned", ROW_RESERVED_RELEASED},
	{"de-commissioned", ROW_RESERVED_RELEASED},
	{"de-comissioned", ROW_RESERVED_RELEASED},
};

/* How notes tell that a port was given back (data.md section 8). */
static const char *const release_phrases[] = {
	"de-assigned", "deassigned",          "de-registered",     "deregistered",   "removed",
	"released",    "previously assigned", "formerly assigned", "historic usage",
};

static struct portroll_str first_text(struct richtext text)
{
	for (size_t i = 0; i < text.count; i++) {
		struct portroll_str trimmed = str_trim(text.runs[i].text);
		if (text.runs[i].kind == RUN_TEXT && trimmed.len)
			return trimmed;
	}
	return STR("");
}

static bool tells_of_release(const struct record *r)
{
	for (size_t i = 0; i < ARRAY_LEN(release_phrases); i++) {
		struct portroll_str phrase = str_from(release_phrases[i]);
		if (phrase_in(r->description, phrase, NULL) || phrase_in(r->note, phrase, NULL))
			return true;
	}
	return false;
}

enum row_kind row_kind_of(const struct record *r, bool *ret_odd)
{
	if (ret_odd)
		*ret_odd = false;
	if (r->name.len)
		return ROW_ASSIGNED;
	struct portroll_str text = first_text(r->description);
	enum row_kind kind = ROW_RESERVED_HELD;
	size_t i = 0;
	while (i < ARRAY_LEN(openings) && !phrase_starts(text, str_from(openings[i].phrase)))
		i++;
	if (i < ARRAY_LEN(openings))
		kind = openings[i].kind;
	else if (ret_odd)
		*ret_odd = true;
	return kind == ROW_RESERVED_HELD && tells_of_release(r) ? ROW_RESERVED_RELEASED : kind;
}

/* SPDX-License-Identifier: MIT */

/* What the kinds of tellings are called. */

#include "registry/tell.h"

/* clang-format off */
const struct telling_words telling_words[TELL_KIND_COUNT] = {
	[TELL_RENAME]         = {"rename", "renamed", "service renamed", "services renamed"},
	[TELL_ASSIGN]         = {"assign", "assigned", "port assigned", "ports assigned"},
	[TELL_USE]            = {"use", "put to use", "Reserved port put to use", "Reserved ports put to use"},
	[TELL_DEASSIGN]       = {"deassign", "de-assigned", "service de-assigned", "services de-assigned"},
	[TELL_TAKEN]          = {"taken", "replaced", "service replaced", "services replaced"},
	[TELL_PORT]           = {"port", "other port", "service on another port", "services on another port"},
	[TELL_TRANSFER]       = {"transfer", "transferred", "service transferred", "services transferred"},
	[TELL_NAME]           = {"name", "new name", "new service name", "new service names"},
	[TELL_GONE]           = {"gone", "removed", "service removed", "services removed"},
	[TELL_ASSIGNEE]       = {"assignee", "assignee", "assignee changed", "assignees changed"},
	[TELL_CONTACT]        = {"contact", "contact", "contact changed", "contacts changed"},
	[TELL_DESCRIPTION]    = {"description", "description", "description changed", "descriptions changed"},
	[TELL_REFERENCE]      = {"reference", "reference", "reference changed", "references changed"},
	[TELL_UNAUTHORIZED]   = {"unauthorized", "unauthorized", "unauthorized use told", "unauthorized uses told"},
	[TELL_SERVICE_CODE]   = {"service_code", "service code", "service code changed", "service codes changed"},
	[TELL_NOTE]           = {"note", "note", "note changed", "notes changed"},
	[TELL_RANGE]          = {"range", "ports", "range changed", "ranges changed"},
	[TELL_REGISTERED]     = {"registered", "registered", "registration date changed", "registration dates changed"},
	[TELL_MODIFIED]       = {"modified", "modified", "modification date alone", "modification dates alone"},
	[TELL_PERSON_ID]      = {"person_id", "id changed", "id of a person changed", "ids of people changed"},
	[TELL_PERSON]         = {"person", "person", "person changed", "people changed"},
	[TELL_PEOPLE_ADDED]   = {"people_added", "people new", "person new", "people new"},
	[TELL_PEOPLE_REMOVED] = {"people_removed", "people gone", "person gone", "people gone"},
	[TELL_EXPERTS]        = {"experts", "experts", "change of experts", "changes of experts"},
	[TELL_HEADER]         = {"header", "header", "change of the header", "changes of the header"},
	[TELL_FOOTNOTE]       = {"footnote", "footnote", "footnote changed", "footnotes changed"},
	[TELL_MOVED]          = {"moved", "order", "elsewhere in the order", "elsewhere in the order"},
	[TELL_FORM]           = {"form", "form", "written otherwise", "written otherwise"},
	[TELL_UPDATED]        = {"updated", "dated", "date", "dates"},
};
/* clang-format on */

const char *const telling_role_names[ROLE_COUNT] = {
	[ROLE_SUBJECT] = "subject", [ROLE_SIBLING] = "sibling", [ROLE_RANGE] = "range",
	[ROLE_NAME] = "name",       [ROLE_REFERS] = "refers",
};

const char *const header_part_names[HEADER_PART_COUNT] = {
	[HEADER_WHOLE] = "the header",
	[HEADER_TITLE] = "title",
	[HEADER_NOTES] = "notes",
	[HEADER_REFERENCES] = "references",
	[HEADER_DESCRIPTION] = "description",
	[HEADER_CATEGORIES] = "categories",
	[HEADER_RULE] = "registration rule",
	[HEADER_OTHER] = "id, creation date or what else it holds",
};

void telling_put_counts(struct buf *out, const struct telling_list *list)
{
	bool any = false;
	for (size_t kind = 0; kind < TELL_UPDATED; kind++) {
		uint32_t count = list->counts[kind];
		if (count == 0)
			continue;
		if (any)
			buf_puts(out, ", ");
		any = true;
		buf_put_grouped(out, count);
		buf_putc(out, ' ');
		buf_puts(out, count == 1 ? telling_words[kind].one : telling_words[kind].many);
	}
}

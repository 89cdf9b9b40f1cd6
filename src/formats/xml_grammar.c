/* SPDX-License-Identifier: MIT */
#include "formats/xml_reader.h"

#include "base/macros.h"

/* IANA's schema as a table (data.md section 1.1 puts it into words): children in any order, each
 * once unless it repeats. Frequent children come first. */

#define NAME(literal)                                                                              \
	{                                                                                          \
		"" literal, sizeof(literal) - 1                                                    \
	}

/* clang-format off */
static const struct xml_element in_document[] = {
	{NAME("registry"), LEVEL_REGISTRY, false, xml_begin_registry, xml_end_registry},
};

static const struct xml_element in_registry[] = {
	{NAME("record"),            LEVEL_RECORD, true,  xml_begin_record,      xml_end_record},
	{NAME("title"),             LEVEL_TEXT,   false, NULL,                  xml_end_title},
	{NAME("created"),           LEVEL_TEXT,   false, NULL,                  xml_end_created},
	{NAME("updated"),           LEVEL_TEXT,   false, NULL,                  xml_end_registry_updated},
	{NAME("registration_rule"), LEVEL_TEXT,   false, NULL,                  xml_end_registration_rule},
	{NAME("expert"),            LEVEL_TEXT,   false, NULL,                  xml_end_expert},
	{NAME("description"),       LEVEL_RICH,   false, NULL,                  xml_end_header_description},
	{NAME("category"),          LEVEL_TEXT,   true,  NULL,                  xml_end_category},
	{NAME("note"),              LEVEL_RICH,   true,  xml_begin_header_note, xml_end_header_note},
	{NAME("xref"),              LEVEL_TEXT,   true,  xml_begin_xref,        xml_end_header_xref},
	{NAME("footnote"),          LEVEL_RICH,   true,  xml_begin_footnote,    xml_end_footnote},
	{NAME("people"),            LEVEL_PEOPLE, false, NULL,                  NULL},
};

static const struct xml_element in_record[] = {
	{NAME("description"),  LEVEL_RICH,     false, NULL,               xml_end_description},
	{NAME("number"),       LEVEL_TEXT,     false, NULL,               xml_end_number},
	{NAME("protocol"),     LEVEL_TEXT,     false, NULL,               xml_end_protocol},
	{NAME("name"),         LEVEL_TEXT,     false, NULL,               xml_end_name},
	{NAME("xref"),         LEVEL_TEXT,     true,  xml_begin_xref,     xml_end_record_xref},
	{NAME("note"),         LEVEL_RICH,     false, NULL,               xml_end_note},
	{NAME("assignee"),     LEVEL_ASSIGNEE, false, xml_begin_assignee, NULL},
	{NAME("unauthorized"), LEVEL_TEXT,     false, NULL,               xml_end_unauthorized},
	{NAME("sc"),           LEVEL_TEXT,     false, NULL,               xml_end_service_code},
};

static const struct xml_element in_assignee[] = {
	{NAME("xref"), LEVEL_TEXT, true, xml_begin_xref, xml_end_assignee_xref},
};

static const struct xml_element in_people[] = {
	{NAME("person"), LEVEL_PERSON, true, xml_begin_person, xml_end_person},
};

static const struct xml_element in_person[] = {
	{NAME("name"),    LEVEL_TEXT, false, NULL, xml_end_person_name},
	{NAME("uri"),     LEVEL_TEXT, true,  NULL, xml_end_uri},
	{NAME("updated"), LEVEL_TEXT, false, NULL, xml_end_person_updated},
	{NAME("org"),     LEVEL_TEXT, false, NULL, xml_end_org},
};

static const struct xml_element in_rich[] = {
	{NAME("xref"),      LEVEL_TEXT,      true, xml_begin_xref,      xml_end_rich_xref},
	{NAME("br"),        LEVEL_EMPTY,     true, NULL,                xml_end_break},
	{NAME("paragraph"), LEVEL_PARAGRAPH, true, xml_begin_paragraph, xml_end_paragraph},
};

const struct xml_children xml_grammar[LEVEL_COUNT] = {
	[LEVEL_DOCUMENT]  = {in_document, ARRAY_LEN(in_document), false},
	[LEVEL_REGISTRY]  = {in_registry, ARRAY_LEN(in_registry), true},
	[LEVEL_RECORD]    = {in_record,   ARRAY_LEN(in_record),   true},
	[LEVEL_ASSIGNEE]  = {in_assignee, ARRAY_LEN(in_assignee), false},
	[LEVEL_PEOPLE]    = {in_people,   ARRAY_LEN(in_people),   false},
	[LEVEL_PERSON]    = {in_person,   ARRAY_LEN(in_person),   true},
	[LEVEL_RICH]      = {in_rich,     ARRAY_LEN(in_rich),     false},
	[LEVEL_PARAGRAPH] = {in_rich,     2,                      false}, /* no paragraph in it */
	[LEVEL_TEXT]      = {NULL,        0,                      false},
	[LEVEL_EMPTY]     = {NULL,        0,                      false},
};

const struct xml_element xml_unknown_in_header = {
	NAME("?"), LEVEL_TEXT, true, xml_begin_unknown, xml_end_unknown_in_header,
};
const struct xml_element xml_unknown_in_item = {
	NAME("?"), LEVEL_TEXT, true, xml_begin_unknown, xml_end_unknown_in_item,
};
/* clang-format on */

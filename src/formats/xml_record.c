/* SPDX-License-Identifier: MIT */
#include "formats/xml_reader.h"

#include "base/num.h"
#include "formats/cells.h"

/* Records and people. Empty elements count as absent: IANA's files have both. */

int xml_begin_record(struct xml_reader *x, const char **attributes)
{
	x->record = (struct record){0};
	x->has_description = false;
	for (size_t i = 0; attributes[i]; i += 2) {
		struct portroll_str name = str_from(attributes[i]);
		struct portroll_str value = str_from(attributes[i + 1]);
		int r;
		if (str_equal(name, STR("date")))
			r = xml_take_date(x, &x->record.registered, value);
		else if (str_equal(name, STR("updated")))
			r = xml_take_date(x, &x->record.modified, value);
		else
			r = xml_add_extra(x, &x->extras, attributes[i], attributes[i + 1]);
		if (r < 0)
			return r;
	}
	return PORTROLL_OK;
}

int xml_end_record(struct xml_reader *x)
{
	struct record *r = &x->record;
	if (!x->has_description)
		return xml_fail(x, PORTROLL_ESYNTAX,
				"a <record> without <description>, expected one");
	r->contacts = xml_take_xrefs(&x->contacts);
	r->assignee = xml_take_xrefs(&x->assignee);
	r->references = xml_take_xrefs(&x->references);
	r->extras = xml_take_extras(&x->extras);
	return registry_add(x->reg, r) < 0 ? xml_fail(x, PORTROLL_ENOMEM, "out of memory")
					   : PORTROLL_OK;
}

int xml_begin_person(struct xml_reader *x, const char **attributes)
{
	x->person = (struct person){0};
	for (size_t i = 0; attributes[i]; i += 2) {
		int r;
		if (str_equal(str_from(attributes[i]), STR("id")))
			r = xml_take_attribute(x, &x->person.id, attributes[i + 1]);
		else
			r = xml_add_extra(x, &x->extras, attributes[i], attributes[i + 1]);
		if (r < 0)
			return r;
	}
	if (x->person.id.len == 0)
		return xml_fail(x, PORTROLL_ESYNTAX, "a <person> without id");
	return PORTROLL_OK;
}

int xml_end_person(struct xml_reader *x)
{
	struct person *p = &x->person;
	p->uris = list_take(&x->uris, &p->uri_count);
	p->extras = xml_take_extras(&x->extras);
	return registry_add_person(x->reg, p) < 0 ? xml_fail(x, PORTROLL_ENOMEM, "out of memory")
						  : PORTROLL_OK;
}

int xml_begin_assignee(struct xml_reader *x, const char **attributes)
{
	x->record.has_assignee = true;
	return attributes[0] ? xml_fail(x, PORTROLL_ESYNTAX,
					"unexpected attribute '%s' of <assignee>", attributes[0])
			     : PORTROLL_OK;
}

int xml_end_name(struct xml_reader *x)
{
	return xml_take_trimmed(x, &x->record.name);
}

int xml_end_protocol(struct xml_reader *x)
{
	struct portroll_str text = str_trim(buf_str(&x->text));
	if (text.len && transport_cell(&x->record.transport, text) < 0)
		return xml_fail(x, PORTROLL_ESYNTAX, TRANSPORT_EXPECTED, SHOWN(text));
	return PORTROLL_OK;
}

int xml_end_number(struct xml_reader *x)
{
	struct portroll_str text = str_trim(buf_str(&x->text));
	if (text.len == 0)
		return PORTROLL_OK;
	int r = range_cell(&x->record.port, text);
	if (r < 0)
		return xml_fail(x, PORTROLL_ESYNTAX, "port '%.*s': %s", SHOWN(text),
				range_error_text(r));
	x->record.has_port = true;
	if (x->record.port.first == x->record.port.last && str_find_char(text, '-') != SIZE_MAX)
		return xml_add_extra(x, &x->extras, EXTRA_NUMBER, EXTRA_NUMBER_SPELLED);
	return PORTROLL_OK;
}

int xml_end_service_code(struct xml_reader *x)
{
	struct portroll_str text = str_trim(buf_str(&x->text));
	if (text.len == 0)
		return PORTROLL_OK;
	uint64_t code;
	if (num_parse(&code, text, UINT32_MAX) < 0)
		return xml_fail(x, PORTROLL_ESYNTAX, SERVICE_CODE_EXPECTED, SHOWN(text));
	x->record.service_code = (uint32_t)code;
	x->record.has_service_code = true;
	return PORTROLL_OK;
}

int xml_end_unauthorized(struct xml_reader *x)
{
	return xml_take_text(x, &x->record.unauthorized);
}

int xml_end_description(struct xml_reader *x)
{
	x->has_description = true;
	x->record.description = xml_take_runs(x);
	return PORTROLL_OK;
}

int xml_end_note(struct xml_reader *x)
{
	x->record.note = xml_take_runs(x);
	return PORTROLL_OK;
}

int xml_end_person_name(struct xml_reader *x)
{
	return xml_take_text(x, &x->person.name);
}

int xml_end_org(struct xml_reader *x)
{
	return xml_take_text(x, &x->person.org);
}

int xml_end_uri(struct xml_reader *x)
{
	if (x->text.len == 0)
		return PORTROLL_OK;
	struct portroll_str *uri = list_add(&x->uris);
	return uri ? xml_take_text(x, uri) : PORTROLL_OK;
}

int xml_end_person_updated(struct xml_reader *x)
{
	return xml_take_date_text(x, &x->person.updated);
}

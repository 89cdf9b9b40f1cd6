/* SPDX-License-Identifier: MIT */
#include "registry/fields.h"

static void put_name(struct buf *out, const struct record *r)
{
	buf_put(out, r->name);
}

static void put_port(struct buf *out, const struct record *r)
{
	if (!r->has_port)
		return;
	char text[RANGE_TEXT_MAX];
	size_t len = range_format(text, r->port);
	buf_put(out, (struct portroll_str){text, len});
	if (record_spells_range(r)) {
		buf_putc(out, '-');
		buf_put(out, (struct portroll_str){text, len});
	}
}

static void put_transport(struct buf *out, const struct record *r)
{
	buf_put(out, transport_name(r->transport));
}

static void put_description(struct buf *out, const struct record *r)
{
	richtext_put_csv(out, r->description);
}

static void put_assignee(struct buf *out, const struct record *r)
{
	xref_put_labels(out, record_assignee(r));
}

static void put_contact(struct buf *out, const struct record *r)
{
	xref_put_labels(out, r->contacts);
}

static void put_date(struct buf *out, struct date date)
{
	char text[DATE_TEXT_MAX];
	size_t len = date_format(text, date);
	buf_put(out, (struct portroll_str){text, len});
}

static void put_registered(struct buf *out, const struct record *r)
{
	put_date(out, r->registered);
}

static void put_modified(struct buf *out, const struct record *r)
{
	put_date(out, r->modified);
}

static void put_reference(struct buf *out, const struct record *r)
{
	xref_put_labels(out, r->references);
}

static void put_service_code(struct buf *out, const struct record *r)
{
	if (r->has_service_code)
		buf_put_num(out, r->service_code);
}

static void put_unauthorized(struct buf *out, const struct record *r)
{
	buf_put(out, r->unauthorized);
}

static void put_notes(struct buf *out, const struct record *r)
{
	richtext_put_csv(out, r->note);
}

static struct richtext rich_description(const struct record *r)
{
	return r->description;
}

static struct richtext rich_notes(const struct record *r)
{
	return r->note;
}

/* clang-format off */
const struct field fields[FIELD_COUNT] = {
	[FIELD_NAME]         = {"name",         "Service Name",              NULL, true,  false, put_name, NULL},
	[FIELD_PORT]         = {"port",         "Port Number",               NULL, true,  true,  put_port, NULL},
	[FIELD_TRANSPORT]    = {"transport",    "Transport Protocol",        NULL, true,  true,  put_transport, NULL},
	[FIELD_DESCRIPTION]  = {"description",  "Description",               NULL, true,  false, put_description, rich_description},
	[FIELD_ASSIGNEE]     = {"assignee",     "Assignee",                  NULL, true,  false, put_assignee, NULL},
	[FIELD_CONTACT]      = {"contact",      "Contact",                   NULL, true,  false, put_contact, NULL},
	[FIELD_REGISTERED]   = {"registered",   "Registration Date",         NULL, false, false, put_registered, NULL},
	[FIELD_MODIFIED]     = {"modified",     "Modification Date",         NULL, false, false, put_modified, NULL},
	[FIELD_REFERENCE]    = {"references",   "Reference",                 NULL, true,  false, put_reference, NULL},
	[FIELD_SERVICE_CODE] = {"service_code", "Service Code",              NULL, true,  true,  put_service_code, NULL},
	[FIELD_UNAUTHORIZED] = {"unauthorized", "Unauthorized Use Reported", "Known Unauthorized Uses", true, false, put_unauthorized, NULL},
	[FIELD_NOTES]        = {"notes",        "Assignment Notes",          NULL, true,  false, put_notes, rich_notes},
};
/* clang-format on */

void field_put(struct buf *out, enum field_id field, const struct record *r)
{
	size_t from = out->len;
	fields[field].put(out, r);
	cell_fold(out, from);
}

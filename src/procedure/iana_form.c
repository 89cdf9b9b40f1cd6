/* SPDX-License-Identifier: MIT */
#include "procedure/iana_form.h"

#include "base/utf8.h"
#include "procedure/request_parts.h"
#include "registry/transport.h"

/* The fields of IANA's two forms, for applications and for modifications, in their order, and the
 * usage questions of the first. */

struct form {
	struct buf *out;
	const struct document *document;
	struct party assignee, contact;
};

typedef void put_fn(struct form *f, struct buf *answer);

struct form_row {
	const char *label;
	bool is_required;
	uint8_t max;   /* characters; 0: no limit */
	uint8_t field; /* enum document_field: left out where that must be empty */
	put_fn *put;   /* NULL: the value of the field */
};

static void put_assignee_name(struct form *f, struct buf *answer)
{
	buf_put(answer, f->assignee.name);
}

static void put_assignee_mail(struct form *f, struct buf *answer)
{
	buf_put(answer, f->assignee.mail);
}

static void put_contact_name(struct form *f, struct buf *answer)
{
	buf_put(answer, f->contact.name);
}

static void put_contact_mail(struct form *f, struct buf *answer)
{
	buf_put(answer, f->contact.mail);
}

static struct request ports_of(const struct form *f)
{
	struct request q = {0};
	request_read_ports(&q, f->document->values[DOC_PORT_NUMBER], NULL, NULL);
	return q;
}

static void put_resources(struct form *f, struct buf *answer)
{
	bool has_port = ports_of(f).wanted != WANTED_NONE;
	buf_puts(answer, has_port ? "Port number and service name" : "Service name only");
}

/* In words that need no choice, the form has none. */
static void put_port(struct form *f, struct buf *answer)
{
	struct request q = ports_of(f);
	if (q.port_count || q.bad_port.len)
		buf_put(answer, f->document->values[DOC_PORT_NUMBER]);
}

static void put_transports(struct form *f, struct buf *answer)
{
	struct portroll_str bad = STR("");
	transport_set set = request_read_transports(f->document->values[DOC_TRANSPORTS], &bad);
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		if (!(set & TRANSPORT_BIT(t)))
			continue;
		buf_puts(answer, answer->len ? ", " : "");
		buf_puts(answer, transports[t].title);
	}
}

static const enum document_field changed[] = {
	DOC_DESCRIPTION, DOC_REFERENCE, DOC_UNAUTHORIZED, DOC_NOTES, DOC_TXT_KEYS,
};

/* Why, and what will be there then that has no field of its own on the form. */
static void put_change(struct form *f, struct buf *answer)
{
	const struct portroll_str *v = f->document->values;
	buf_put(answer, v[DOC_REASON]);
	for (size_t i = 0; i < ARRAY_LEN(changed); i++) {
		if (v[changed[i]].len == 0)
			continue;
		buf_puts(answer, answer->len ? "\n" : "");
		buf_printf(answer, "New %s: ", document_rows[changed[i]].name);
		buf_put(answer, v[changed[i]]);
	}
	if (v[DOC_EVIDENCE].len) {
		buf_puts(answer, answer->len ? "\n" : "");
		buf_put(answer, v[DOC_EVIDENCE]);
	}
}

/* clang-format off */
static const struct form_row application[] = {
	{"Assignee name",           true,  0,  DOC_ASSIGNEE,       put_assignee_name},
	{"Assignee email",          true,  0,  DOC_ASSIGNEE,       put_assignee_mail},
	{"Contact name",            true,  0,  DOC_CONTACT,        put_contact_name},
	{"Contact email",           true,  0,  DOC_CONTACT,        put_contact_mail},
	{"Resources required",      true,  0,  DOC_SERVICE_NAME,   put_resources},
	{"Transport protocols",     true,  0,  DOC_TRANSPORTS,     put_transports},
	{"Service code",            true,  0,  DOC_SERVICE_CODE,   NULL},
	{"Service name",            true,  15, DOC_SERVICE_NAME,   NULL},
	{"Desired port number",     false, 0,  DOC_PORT_NUMBER,    put_port},
	{"Description",             true,  40, DOC_DESCRIPTION,    NULL},
	{"Reference",               true,  0,  DOC_REFERENCE,      NULL},
	{"Defined TXT keys",        false, 0,  DOC_TXT_KEYS,       NULL},
	{"Broadcast or multicast: how, and what for?", false, 0, DOC_BROADCAST, NULL},
	{"UDP: how is its traffic limited, does it react to congestion?", false, 0, DOC_UDP_CONGESTION, NULL},
	{"UDP: is it only for discovering hosts of this protocol?", false, 0, DOC_UDP_DISCOVERY, NULL},
	{"How are versions supported?", false, 0, DOC_VERSIONING, NULL},
	{"How does the protocol differ on each transport?", false, 0, DOC_TRANSPORT_DIFFERENCES, NULL},
	{"How is security supported?", false, 0, DOC_SECURITY, NULL},
	{"Why a unique port, and not 49152-65535 or an existing one?", false, 0, DOC_WHY_NOT_DYNAMIC, NULL},
	{"What is the state of development?", false, 0, DOC_DEVELOPMENT, NULL},
	{"SCTP: is there a name or port for TCP or UDP?", false, 0, DOC_SCTP_EXISTING, NULL},
	{"SCTP: which of its capabilities makes it the choice?", false, 0, DOC_SCTP_REASON, NULL},
	{"What shows the difference from assigned services?", false, 0, DOC_DIFFERENCE, NULL},
};

static const struct form_row modification[] = {
	{"Assignee name",         false, 0,  DOC_FIELD_COUNT,   put_assignee_name},
	{"Assignee email",        false, 0,  DOC_FIELD_COUNT,   put_assignee_mail},
	{"Contact name",          false, 0,  DOC_FIELD_COUNT,   put_contact_name},
	{"Contact email",         false, 0,  DOC_FIELD_COUNT,   put_contact_mail},
	{"Port number",           false, 0,  DOC_PORT_NUMBER,   NULL},
	{"Transport protocols",   false, 0,  DOC_TRANSPORTS,    put_transports},
	{"Current service name",  true,  15, DOC_SERVICE_NAME,  NULL},
	{"Proposed service name", true,  15, DOC_PROPOSED_NAME, NULL},
	{"Description: why",      true,  0,  DOC_REASON,        put_change},
	{"Impact",                false, 0,  DOC_IMPACT,        NULL},
};
/* clang-format on */

static void put_lines(struct buf *out, struct portroll_str text)
{
	buf_put(out, text);
	buf_putc(out, '\n');
}

/* What is left empty stays as it is registered, in the form for modifications. */
static void put_empty(struct form *f, const struct form_row *row)
{
	bool is_needed =
		row->is_required || (row->field < DOC_FIELD_COUNT &&
				     document_rows[row->field].need(f->document) == NEED_REQUIRED);
	if (row->field == DOC_FIELD_COUNT)
		buf_puts(f->out, "(as it is registered)\n");
	else
		buf_puts(f->out, is_needed ? "(to be answered)\n" : "(leave it empty)\n");
}

static void put_row(struct form *f, const struct form_row *row)
{
	CLEANUP(buf_done) struct buf answer = BUF_INIT(PARAGRAPH_TEXT_MAX);
	bool has_field = row->field < DOC_FIELD_COUNT;
	if (has_field && document_rows[row->field].need(f->document) == NEED_NOT)
		return;
	if (row->put)
		row->put(f, &answer);
	else
		buf_put(&answer, f->document->values[row->field]);
	if (answer.failed && !f->out->failed)
		f->out->failed = answer.failed;
	buf_printf(f->out, "\n-- %s%s --\n", row->label, row->is_required ? " (required)" : "");
	size_t count = utf8_count(buf_str(&answer));
	if (count == 0)
		put_empty(f, row);
	else
		put_lines(f->out, buf_str(&answer));
	if (row->max && count > row->max)
		buf_printf(f->out, "!! %zu characters: the form takes %u\n", count, row->max);
}

static bool is_system(const struct form *f)
{
	struct request q = ports_of(f);
	for (size_t i = 0; i < q.port_count; i++)
		if (q.ports[i].first <= port_classes[0].range.last)
			return true;
	return q.wanted == WANTED_SYSTEM;
}

static void put_application(struct form *f)
{
	buf_puts(f->out, "IANA's form: Application for Service Names and User Port Numbers\n");
	if (is_system(f))
		buf_puts(f->out,
			 "!! The form is for User Ports: a System Port is asked for by IETF "
			 "Review or IESG\n!! Approval (RFC 6335 section 8.1.2).\n");
	for (size_t i = 0; i < ARRAY_LEN(application); i++)
		put_row(f, &application[i]);
}

static void put_modification(struct form *f)
{
	buf_puts(f->out,
		 "IANA's form: Modification of an assignment\n"
		 "Every assignee and contact, those of now and the new ones, confirms it by "
		 "mail.\n");
	for (size_t i = 0; i < ARRAY_LEN(modification); i++)
		put_row(f, &modification[i]);
}

/* The fields that are in one of the rows, or mean nothing to IANA. */
typedef bool shown_fn(enum document_field field);

static bool is_in_application(enum document_field field)
{
	bool is_there = field == DOC_REQUEST || field == DOC_SOURCE;
	for (size_t i = 0; i < ARRAY_LEN(application); i++)
		is_there = is_there || application[i].field == field;
	return is_there;
}

static bool is_in_modification(enum document_field field)
{
	bool is_there = field == DOC_REQUEST || field == DOC_SOURCE || field == DOC_ASSIGNEE ||
			field == DOC_CONTACT || field == DOC_EVIDENCE;
	for (size_t i = 0; i < ARRAY_LEN(modification); i++)
		is_there = is_there || modification[i].field == field;
	for (size_t i = 0; i < ARRAY_LEN(changed); i++)
		is_there = is_there || changed[i] == field;
	return is_there;
}

static void put_others(struct form *f, shown_fn *is_shown)
{
	bool any = false;
	for (unsigned i = 0; i < DOC_FIELD_COUNT; i++) {
		if (is_shown((enum document_field)i) || f->document->values[i].len == 0)
			continue;
		buf_puts(f->out, any ? ""
				     : "\n!! The form has no field for what follows: it can stand "
				       "in the reference.\n");
		paragraph_put(f->out, str_from(document_rows[i].name), f->document->values[i]);
		any = true;
	}
}

static void put_further_contacts(struct form *f)
{
	struct portroll_str all = f->document->values[DOC_CONTACT], line;
	(void)str_cut(&all, '\n', &line);
	if (str_trim(all).len == 0)
		return;
	buf_puts(f->out, "\n!! The form takes one contact. Tell IANA of the others:\n");
	put_lines(f->out, all);
}

void document_put_iana_form(struct buf *out, const struct document *d)
{
	struct portroll_str contacts = d->values[DOC_CONTACT], first = STR("");
	enum request_kind kind = document_kind(d);
	(void)str_cut(&contacts, '\n', &first);
	struct form f = {
		.out = out,
		.document = d,
		.assignee = party_read(d->values[DOC_ASSIGNEE]),
		.contact = party_read(first),
	};
	switch (kind) {
	case REQUEST_ASSIGN:
	case REQUEST_TRANSPORT:
	case REQUEST_NAME:
	case REQUEST_REUSE:
	case REQUEST_EARLY:
		put_application(&f);
		put_others(&f, is_in_application);
		break;
	case REQUEST_MODIFY:
	case REQUEST_RENAME:
	case REQUEST_SUCCESSION:
		put_modification(&f);
		put_others(&f, is_in_modification);
		break;
	case REQUEST_DEASSIGN:
	case REQUEST_REVOKE:
	case REQUEST_RENEW:
	case REQUEST_PERMANENT:
	case REQUEST_RESERVE:
	case REQUEST_KIND_COUNT:
		buf_puts(out, "IANA has no form for this. What it would be told:\n\n");
		document_put(out, d);
		return;
	}
	put_further_contacts(&f);
}

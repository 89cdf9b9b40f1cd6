/* SPDX-License-Identifier: MIT */
#include "procedure/request_parts.h"

#define MAIL_MAX  254 /* RFC 5321 section 4.5.3.1.3, less the brackets */
#define LOCAL_MAX 64  /* 4.5.3.1.1 */
#define LABEL_MAX 63  /* RFC 1035 section 2.3.4 */

static bool is_letter(char c)
{
	return is_alpha(c) || is_digit(c) || (unsigned char)c >= 0x80; /* RFC 6531 */
}

static bool is_atom(struct portroll_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		bool is_mark = str_find_char(STR("!#$%&'*+-/=?^_`{|}~"), text.ptr[i]) != SIZE_MAX;
		if (!is_letter(text.ptr[i]) && !is_mark)
			return false;
	}
	return text.len > 0;
}

static bool is_label(struct portroll_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		bool is_inner = i > 0 && i + 1 < text.len;
		if (!is_letter(text.ptr[i]) && !(text.ptr[i] == '-' && is_inner))
			return false;
	}
	return text.len > 0 && text.len <= LABEL_MAX;
}

/* Parts between dots, all of a kind. */
static bool is_dotted(struct portroll_str text, bool (*is_part)(struct portroll_str),
		      size_t at_least)
{
	struct portroll_str part;
	size_t count = 0;
	for (; str_cut(&text, '.', &part); count++)
		if (!is_part(part))
			return false;
	return count >= at_least;
}

bool mail_is_well_formed(struct portroll_str mail)
{
	size_t at = str_find_char(mail, '@');
	if (at == SIZE_MAX || at > LOCAL_MAX || mail.len > MAIL_MAX)
		return false;
	return is_dotted(str_part(mail, 0, at), is_atom, 1) &&
	       is_dotted(str_part(mail, at + 1, mail.len), is_label, 2);
}

static struct portroll_str without_quotes(struct portroll_str name)
{
	bool is_quoted = name.len >= 2 && name.ptr[0] == '"' && name.ptr[name.len - 1] == '"';
	return is_quoted ? str_trim(str_part(name, 1, name.len - 1)) : name;
}

struct party party_read(struct portroll_str text)
{
	struct party p = {0};
	text = str_trim(text);
	size_t open = str_find_char(text, '<');
	if (open != SIZE_MAX) {
		struct portroll_str mail = str_part(text, open + 1, text.len);
		bool is_closed = str_ends(mail, STR(">"));
		p.mail = str_trim(is_closed ? str_part(mail, 0, mail.len - 1) : mail);
		p.bad_mail = !is_closed || !mail_is_well_formed(p.mail);
		text = str_trim(str_part(text, 0, open));
	} else if (mail_is_well_formed(text)) {
		p.mail = text;
		return p;
	}
	p.name = without_quotes(text);
	return p;
}

static bool is_organization(struct portroll_str type)
{
	return str_equal_fold(type, STR("organization")) ||
	       str_equal_fold(type, STR("organisation"));
}

/* The line of that number, from 0; the empty view behind the last. */
static struct portroll_str line_of(struct portroll_str text, size_t number)
{
	struct portroll_str line = STR("");
	for (size_t i = 0; i <= number; i++)
		if (!str_cut(&text, '\n', &line))
			return STR("");
	return str_trim(line);
}

/* One line says it for all. */
static struct portroll_str shared_line_of(struct portroll_str text, size_t number)
{
	bool is_one = str_find_char(text, '\n') == SIZE_MAX;
	return line_of(text, is_one ? 0 : number);
}

void request_read_parties(struct request *q, const struct document *d)
{
	const struct portroll_str *v = d->values;
	q->assignee = party_read(v[DOC_ASSIGNEE]);
	q->assignee.organization = str_trim(v[DOC_ASSIGNEE_ORGANIZATION]);
	q->assignee.id = str_trim(v[DOC_ASSIGNEE_ID]);
	q->assignee.is_organization = is_organization(str_trim(v[DOC_ASSIGNEE_TYPE]));
	for (size_t i = 0; i <= REQUEST_CONTACT_MAX; i++) {
		struct party p = party_read(line_of(v[DOC_CONTACT], i));
		p.id = line_of(v[DOC_CONTACT_ID], i);
		if (p.name.len == 0 && p.mail.len == 0 && p.id.len == 0)
			continue;
		if (q->contact_count == REQUEST_CONTACT_MAX) {
			q->too_many = true;
			return;
		}
		p.organization = shared_line_of(v[DOC_CONTACT_ORGANIZATION], i);
		p.is_organization = is_organization(shared_line_of(v[DOC_CONTACT_TYPE], i));
		q->contacts[q->contact_count++] = p;
	}
}

/* SPDX-License-Identifier: MIT */
#include "ledger/line_text.h"

#define SHOWN_MAX 40

/* Only what can be shown whatever it is: bytes that are no text are why it is refused. Long ones
 * are cut between characters. */
static struct portroll_str shown(struct portroll_str text)
{
	size_t len = text.len < SHOWN_MAX ? text.len : SHOWN_MAX;
	while (len < text.len && len > 0 && (text.ptr[len] & 0xc0) == 0x80)
		len--;
	return canonical_text_ok(text) ? str_part(text, 0, len) : STR("?");
}

static const char *reason(int code)
{
	return code == PORTROLL_ELIMIT
		       ? "more bytes than an entry of the ledger can hold"
		       : "a text that is not UTF-8 or has control characters, or a value that is "
			 "none";
}

int line_record_error(struct portroll_error *err, int code, const struct record *r)
{
	char port[RANGE_TEXT_MAX] = "";
	if (code == PORTROLL_ENOMEM)
		return error_memory(err);
	if (r->has_port)
		(void)range_format(port, r->port);
	struct portroll_str transport =
		r->transport <= TRANSPORT_COUNT ? transport_name(r->transport) : STR("?");
	return error_set(err, code, "record '%.*s' %s %.*s: %s", PORTROLL_STR_ARG(shown(r->name)),
			 port, PORTROLL_STR_ARG(transport), reason(code));
}

int line_person_error(struct portroll_error *err, int code, struct portroll_str id)
{
	if (code == PORTROLL_ENOMEM)
		return error_memory(err);
	return error_set(err, code, "person '%.*s': %s", PORTROLL_STR_ARG(shown(id)), reason(code));
}

int line_footnote_error(struct portroll_error *err, int code, uint32_t anchor)
{
	if (code == PORTROLL_ENOMEM)
		return error_memory(err);
	return error_set(err, code, "footnote %u: %s", anchor, reason(code));
}

int line_header_error(struct portroll_error *err, int code)
{
	if (code == PORTROLL_ENOMEM)
		return error_memory(err);
	return error_set(err, code, "the header: %s", reason(code));
}

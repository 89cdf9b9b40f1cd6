/* SPDX-License-Identifier: MIT */
#include "procedure/request_parts.h"

#include "base/num.h"
#include "registry/transport.h"

void request_bad(struct portroll_str *bad, struct portroll_str words)
{
	if (bad->len == 0)
		*bad = words;
}

/* Takes the next word between any of the marks off *rest; false at the end. */
static bool next_word(struct portroll_str *rest, struct portroll_str marks,
		      struct portroll_str *ret)
{
	size_t i = 0, end;
	while (i < rest->len && str_find_char(marks, rest->ptr[i]) != SIZE_MAX)
		i++;
	for (end = i; end < rest->len && str_find_char(marks, rest->ptr[end]) == SIZE_MAX;)
		end++;
	*ret = str_part(*rest, i, end);
	*rest = str_part(*rest, end, rest->len);
	return ret->len > 0;
}

transport_set request_read_transports(struct portroll_str text, struct portroll_str *ret_bad)
{
	transport_set set = 0;
	struct portroll_str word;
	while (next_word(&text, STR(" \t\r\n,;/+&|"), &word)) {
		uint8_t transport;
		if (transport_parse(&transport, word) == PORTROLL_OK)
			set |= TRANSPORT_BIT(transport);
		else if (!str_equal_fold(word, STR("and")))
			request_bad(ret_bad, word);
	}
	return set;
}

static void add_ports(struct request *q, struct range ports)
{
	if (q->port_count == REQUEST_PORT_MAX)
		q->too_many = true;
	else
		q->ports[q->port_count++] = ports;
}

/* A part between commas: a port, a range with or without blanks, or several ports. */
static void read_part(struct request *q, struct portroll_str part)
{
	struct range ports;
	struct portroll_str word;
	if (range_parse(&ports, part) == PORTROLL_OK) {
		add_ports(q, ports);
		return;
	}
	while (str_word(&part, &word)) {
		if (range_parse(&ports, word) == PORTROLL_OK)
			add_ports(q, ports);
		else if (!str_equal_fold(word, STR("and")))
			request_bad(&q->bad_port, word);
	}
}

/* "User", "User Port", "User Ports". */
static bool is_range_name(struct portroll_str text, struct portroll_str name)
{
	if (!str_starts_fold(text, name))
		return false;
	struct portroll_str rest = str_trim(str_part(text, name.len, text.len));
	return rest.len == 0 || str_equal_fold(rest, STR("port")) ||
	       str_equal_fold(rest, STR("ports"));
}

void request_read_ports(struct request *q, struct portroll_str text, pool_test_fn *is_pool,
			const void *context)
{
	struct portroll_str part;
	text = str_trim(text);
	q->wanted = WANTED_NUMBER;
	if (text.len == 0) {
		q->wanted = WANTED_NONE;
	} else if (is_range_name(text, STR("user"))) {
		q->wanted = WANTED_USER;
	} else if (is_range_name(text, STR("system"))) {
		q->wanted = WANTED_SYSTEM;
	} else if (is_pool ? is_pool(context, text) : is_alpha(text.ptr[0])) {
		q->wanted = WANTED_POOL;
		q->pool = text;
	} else {
		while (next_word(&text, STR(",;\n"), &part))
			read_part(q, str_trim(part));
	}
}

/* RFC 4340 section 8.1.2: letters, digits and -_+.*?@ and the slash. */
static bool is_code_char(char c)
{
	return is_alpha(c) || is_digit(c) || str_find_char(STR("-_+.*/?@"), c) != SIZE_MAX;
}

static int parse_code_text(uint32_t *ret, struct portroll_str text)
{
	uint32_t code = 0;
	if (text.len == 0 || text.len > 4)
		return PORTROLL_ESYNTAX;
	for (size_t i = 0; i < 4; i++) {
		char c = i < text.len ? text.ptr[i] : ' ';
		if (i < text.len && !is_code_char(c))
			return PORTROLL_ESYNTAX;
		code = code << 8 | (unsigned char)c;
	}
	*ret = code;
	return PORTROLL_OK;
}

#define CODE_MAX (UINT32_MAX - 1) /* the last one is invalid */

static int parse_code_hex(uint32_t *ret, struct portroll_str text)
{
	uint64_t code = 0;
	bool is_large = false;
	for (size_t i = 0; i < text.len; i++) {
		char c = fold_char(text.ptr[i]);
		bool is_hex = is_digit(c) || (c >= 'a' && c <= 'f');
		if (!is_hex)
			return PORTROLL_ESYNTAX;
		code = code << 4 | (uint64_t)(is_digit(c) ? c - '0' : c - 'a' + 10);
		is_large = is_large || code > CODE_MAX;
		code &= UINT32_MAX;
	}
	if (text.len == 0)
		return PORTROLL_ESYNTAX;
	if (is_large)
		return PORTROLL_ELIMIT;
	*ret = (uint32_t)code;
	return PORTROLL_OK;
}

int service_code_parse(uint32_t *ret, struct portroll_str text)
{
	text = str_trim(text);
	struct portroll_str digits =
		str_starts(text, STR("SC=")) ? str_part(text, 3, text.len) : text;
	uint64_t code;
	if (str_starts(text, STR("SC=x")) || str_starts(text, STR("SC=X")))
		return parse_code_hex(ret, str_part(text, 4, text.len));
	if (str_starts(text, STR("SC:")))
		return parse_code_text(ret, str_part(text, 3, text.len));
	int r = num_parse(&code, digits, CODE_MAX);
	if (r == PORTROLL_OK)
		*ret = (uint32_t)code;
	if (r == PORTROLL_ESYNTAX && text.len == 4)
		return parse_code_text(ret, text);
	return r;
}

size_t service_code_text(char ret_text[static 5], uint32_t code)
{
	size_t len = 0;
	bool is_padded = false;
	for (unsigned i = 0; i < 4; i++) {
		char c = (char)(code >> (24 - 8 * i) & 0xff);
		bool has_form = c == ' ' ? i > 0 : is_code_char(c) && !is_padded;
		if (!has_form) {
			ret_text[0] = '\0';
			return 0;
		}
		is_padded = c == ' ';
		if (!is_padded)
			ret_text[len++] = c;
	}
	ret_text[len] = '\0';
	return len;
}

void request_read_codes(struct request *q, struct portroll_str text)
{
	struct portroll_str word;
	while (next_word(&text, STR(" \t\r\n,;"), &word)) {
		uint32_t code;
		if (service_code_parse(&code, word) < 0)
			request_bad(&q->bad_code, word);
		else if (q->code_count == REQUEST_CODE_MAX)
			q->too_many = true;
		else
			q->codes[q->code_count++] = code;
	}
}

/* SPDX-License-Identifier: MIT */
#include "procedure/request_parts.h"

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

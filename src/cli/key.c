/* SPDX-License-Identifier: MIT */
#include "cli/key.h"

#include "base/error.h"
#include "base/num.h"
#include "registry/name.h"
#include "registry/transport.h"

static int bad_key(struct portroll_error *err, struct portroll_str shown, const char *why)
{
	return error_set(err, PORTROLL_EINVAL, "'%.*s': %s",
			 PORTROLL_STR_ARG(str_part(shown, 0, 80)), why);
}

static size_t find_last(struct portroll_str text, char c)
{
	for (size_t i = text.len; i > 0; i--)
		if (text.ptr[i - 1] == c)
			return i - 1;
	return SIZE_MAX;
}

static bool is_known_name(const struct portroll_snapshot *s, struct portroll_str text)
{
	return name_has_letter(text) && snapshot_by_name(s, text).count > 0;
}

/* The transport behind the slash: its name, or its number as logs of flows have it. */
static int parse_transport(struct key *key, struct portroll_str text, size_t slash,
			   struct portroll_error *err)
{
	struct portroll_str transport = str_part(text, slash + 1, text.len);
	uint64_t number;
	if (slash == 0)
		return bad_key(err, key->shown,
			       "nothing before the slash; expected a port or name");
	if (transport.len == 0)
		return bad_key(err, key->shown,
			       "nothing after the slash; expected tcp, udp, sctp or dccp");
	if (transport_parse(&key->transport, transport) == PORTROLL_OK)
		return PORTROLL_OK;
	if (num_parse(&number, transport, UINT8_MAX) < 0)
		return bad_key(err, key->shown,
			       "unknown transport; there are tcp, udp, sctp and dccp");
	if (transport_of_protocol(&key->transport, (uint8_t)number) < 0)
		return bad_key(err, key->shown,
			       "unknown transport; there are 6 (tcp), 17 (udp), 132 (sctp), "
			       "33 (dccp) and 136 (udplite)");
	return PORTROLL_OK;
}

/* PORT, RANGE, NAME, each alone or with /TRANSPORT. */
static int parse_plain(struct key *key, const struct portroll_snapshot *s, struct portroll_str text,
		       struct portroll_error *err)
{
	if (is_known_name(s, text)) {
		key->kind = KEY_NAME;
		key->name = text;
		return PORTROLL_OK;
	}
	size_t slash = find_last(text, '/');
	struct portroll_str subject = str_part(text, 0, slash);
	int r = slash == SIZE_MAX ? PORTROLL_OK : parse_transport(key, text, slash, err);
	if (r < 0)
		return r;
	if (name_has_letter(subject)) {
		key->kind = KEY_NAME;
		key->name = subject;
		return PORTROLL_OK;
	}
	key->kind = KEY_PORTS;
	r = range_parse(&key->ports, subject);
	return r < 0 ? bad_key(err, key->shown, range_error_text(r)) : PORTROLL_OK;
}

/* Where the port of HOST:PORT or [HOST]:PORT begins; SIZE_MAX: there is none. */
static size_t find_port(struct portroll_str authority)
{
	size_t bracket = find_last(authority, ']');
	size_t colon = bracket == SIZE_MAX ? str_find_char(authority, ':') : bracket + 1;
	bool has_port = colon < authority.len && authority.ptr[colon] == ':';
	return has_port && colon + 1 < authority.len ? colon + 1 : SIZE_MAX;
}

/* The part between the scheme and the path. A user part may hold a password, and an unquoted one
 * any character: everything up to the last @ is dropped unseen. */
static struct portroll_str authority_of(struct portroll_str address)
{
	size_t end = 0;
	while (end < address.len && address.ptr[end] != '/' && address.ptr[end] != '?' &&
	       address.ptr[end] != '#')
		end++;
	struct portroll_str authority = str_part(address, 0, end);
	size_t at = find_last(authority, '@');
	return at == SIZE_MAX ? authority : str_part(authority, at + 1, authority.len);
}

static const char no_port[] =
	"an address without a port number: HOST:PORT, [ADDRESS]:PORT or a URL";

static int parse_address(struct key *key, const struct portroll_snapshot *s,
			 struct portroll_str authority, struct portroll_error *err)
{
	struct portroll_str text = str_part(authority, find_port(authority), authority.len);
	bool has_user = str_find_char(key->shown, '@') != SIZE_MAX;
	if (has_user && name_has_letter(str_part(text, 0, str_find_char(text, '/'))))
		return error_set(err, PORTROLL_EINVAL, "%s", no_port);
	if (str_find_char(text, ':') != SIZE_MAX)
		return error_set(err, PORTROLL_EINVAL,
				 "an IPv6 address stands in brackets: [2001:db8::1]:53");
	key->shown = has_user ? text : authority;
	return parse_plain(key, s, text, err);
}

static int parse_url(struct key *key, const struct portroll_snapshot *s, struct portroll_str text,
		     size_t scheme_end, struct portroll_error *err)
{
	struct portroll_str scheme = str_part(text, 0, scheme_end);
	struct portroll_str rest = str_part(text, scheme_end + STR("://").len, text.len);
	struct portroll_str authority = authority_of(rest);
	if (find_port(authority) != SIZE_MAX)
		return parse_address(key, s, authority, err);
	key->shown = scheme;
	if (!name_has_letter(scheme))
		return bad_key(err, scheme,
			       "an address has a port or a scheme that is a service name");
	key->kind = KEY_NAME;
	key->name = scheme;
	return PORTROLL_OK;
}

int key_parse(struct key *ret, const struct portroll_snapshot *s, struct portroll_str text,
	      struct portroll_error *err)
{
	text = str_trim(text);
	struct key key = {.transport = PORTROLL_ANY, .shown = text};
	size_t scheme_end = str_find(text, STR("://"));
	size_t user_end = find_last(text, '@');
	struct portroll_str host = str_part(text, user_end + 1, text.len); /* SIZE_MAX + 1 is 0 */
	int r;
	if (text.len == 0)
		r = error_set(err, PORTROLL_EINVAL,
			      "an empty key; expected a port, a name or a range");
	else if (is_known_name(s, text))
		r = parse_plain(&key, s, text, err);
	else if (scheme_end != SIZE_MAX)
		r = parse_url(&key, s, text, scheme_end, err);
	else if (find_port(host) != SIZE_MAX)
		r = parse_address(&key, s, host, err);
	else if (user_end != SIZE_MAX || text.ptr[0] == '[')
		r = error_set(err, PORTROLL_EINVAL, "%s", no_port);
	else
		r = parse_plain(&key, s, text, err);
	if (r == PORTROLL_OK)
		*ret = key;
	return r;
}

struct key key_refused(struct portroll_str text)
{
	struct portroll_str shown = str_trim(text);
	size_t scheme_end = str_find(shown, STR("://"));
	size_t user_end = find_last(shown, '@');
	if (scheme_end != SIZE_MAX && user_end != SIZE_MAX)
		shown = str_part(shown, 0, scheme_end);
	else if (scheme_end != SIZE_MAX)
		shown = authority_of(str_part(shown, scheme_end + STR("://").len, shown.len));
	else if (user_end != SIZE_MAX)
		shown = str_part(shown, user_end + 1, shown.len);
	return (struct key){.kind = KEY_NONE, .shown = shown};
}

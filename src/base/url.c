/* SPDX-License-Identifier: MIT */
#include "base/url.h"

#include <string.h>

/* Finds where user part and host of the authority begin and where it ends. */
static bool find_authority(struct portroll_str url, size_t *begin, size_t *host, size_t *end)
{
	size_t scheme = str_find(url, STR("://"));
	if (scheme == SIZE_MAX)
		return false;
	*begin = *end = scheme + 3;
	while (*end < url.len && !memchr("/?#", url.ptr[*end], 3))
		(*end)++;
	/* After the last @: one in a password that was not escaped begins no host. */
	*host = *end;
	while (*host > *begin && url.ptr[*host - 1] != '@')
		(*host)--;
	return true;
}

struct portroll_str url_without_user(struct portroll_str url, struct arena *a)
{
	size_t begin, host, end;
	if (!find_authority(url, &begin, &host, &end) || host == begin)
		return url;
	char *copy = arena_alloc(a, url.len);
	if (!copy)
		return STR_NONE;
	memcpy(copy, url.ptr, begin);
	memcpy(copy + begin, url.ptr + host, url.len - host);
	return (struct portroll_str){copy, begin + url.len - host};
}

struct portroll_str url_host(struct portroll_str url)
{
	size_t begin, host, end;
	if (!find_authority(url, &begin, &host, &end))
		return STR_NONE;
	struct portroll_str name = str_part(url, host, end);
	if (name.len && name.ptr[0] == '[') {
		size_t bracket = str_find_char(name, ']');
		struct portroll_str behind = str_part(name, bracket, name.len);
		bool is_whole = behind.len < 2 || behind.ptr[1] == ':';
		return is_whole ? str_part(name, 1, bracket) : STR_NONE;
	}
	return str_part(name, 0, str_find_char(name, ':'));
}

bool url_is_loopback(struct portroll_str url)
{
	struct portroll_str host = url_host(url);
	bool is_number = str_starts(host, STR("127."));
	for (size_t i = 0; i < host.len; i++)
		is_number = is_number && (is_digit(host.ptr[i]) || host.ptr[i] == '.');
	return str_equal_fold(host, STR("localhost")) || str_equal(host, STR("::1")) || is_number;
}

/* SPDX-License-Identifier: MIT */
#include "keeper/log_request.h"

#include "procedure/request_case.h"

/* Of changes that no request makes; those of a request have its kind. */
static const struct portroll_str own_kinds[] = {
	STR_INIT("import"), STR_INIT("order"),     STR_INIT("remove"),
	STR_INIT("revert"), STR_INIT("key"),       STR_INIT("fork"),
	STR_INIT("policy"), STR_INIT("deprecate"), STR_INIT("expire"),
};

bool log_kind(struct portroll_str *ret, size_t index)
{
	const size_t own = ARRAY_LEN(own_kinds);
	if (index >= own + REQUEST_KIND_COUNT)
		return false;
	*ret = index < own ? own_kinds[index] : str_from(request_kinds[index - own].name);
	return true;
}

/* A service may be called r-42. */
bool log_request_parse(uint64_t *ret, struct portroll_str word)
{
	return str_starts(word, STR("R-")) && case_id_parse(ret, word) == PORTROLL_OK;
}

/* new assignment, RFC 6335 section 8.1, as kim */
static bool cut_request(uint64_t *ret, struct portroll_str *reason)
{
	struct portroll_str id;
	return str_cut(reason, ':', &id) && log_request_parse(ret, id);
}

bool log_is_of_request(const struct changeset *about, uint64_t number)
{
	uint64_t found;
	struct portroll_str reason = about->reason;
	return cut_request(&found, &reason) && found == number;
}

bool log_is_for(const struct changeset *about, struct portroll_str account)
{
	uint64_t number;
	struct portroll_str reason = about->reason;
	return cut_request(&number, &reason) && str_ends(reason, account) &&
	       str_ends(str_part(reason, 0, reason.len - account.len), STR(LOG_AS));
}

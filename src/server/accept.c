/* SPDX-License-Identifier: MIT */
#include "server/request.h"

#define WEIGHT_MAX 1000U

/* q=0.8 as 800; WEIGHT_MAX when there is none or it is not a weight (RFC 9110 section 12.4.2). */
static unsigned weight_of(struct portroll_str parameters)
{
	struct portroll_str parameter;
	while (str_cut(&parameters, ';', &parameter)) {
		parameter = str_trim(parameter);
		if (!str_starts_fold(parameter, STR("q=")))
			continue;
		struct portroll_str digits = str_part(parameter, 2, SIZE_MAX);
		if (digits.len == 0 || digits.ptr[0] != '0')
			return WEIGHT_MAX;
		unsigned weight = 0, place = WEIGHT_MAX / 10;
		for (size_t i = 2; i < digits.len && is_digit(digits.ptr[i]); i++, place /= 10)
			weight += (unsigned)(digits.ptr[i] - '0') * place;
		return weight;
	}
	return WEIGHT_MAX;
}

/* The weight that a list gives to an item; `absent` when it does not name it. */
static unsigned weight_in(struct portroll_str list, struct portroll_str item, unsigned absent)
{
	struct portroll_str entry;
	while (str_cut(&list, ',', &entry)) {
		struct portroll_str parameters = entry, name = STR_NONE;
		(void)str_cut(&parameters, ';', &name);
		if (str_equal_fold(str_trim(name), item))
			return weight_of(parameters);
	}
	return absent;
}

bool request_wants_json(const struct request *req)
{
	unsigned json = weight_in(req->accept, STR("application/json"), 0);
	unsigned problem = weight_in(req->accept, STR("application/problem+json"), 0);
	unsigned html = weight_in(req->accept, STR("text/html"), 0);
	return (json > problem ? json : problem) > html;
}

bool request_accepts_gzip(const struct request *req)
{
	return weight_in(req->accept_encoding, STR("gzip"), 0) > 0;
}

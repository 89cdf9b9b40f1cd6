/* SPDX-License-Identifier: MIT */
#include "procedure/request.h"

#include "base/num.h"
#include "procedure/request_parts.h"

#define LEASE_DAYS_MAX 36500

/* "90" or "90 days". */
static void read_lease(struct request *q, struct portroll_str text)
{
	struct portroll_str rest = text, number, unit;
	uint64_t days;
	if (!str_word(&rest, &number))
		return;
	bool has_unit = str_word(&rest, &unit);
	bool is_days =
		!has_unit || str_equal_fold(unit, STR("days")) || str_equal_fold(unit, STR("day"));
	if (!is_days || str_trim(rest).len || num_parse(&days, number, LEASE_DAYS_MAX) < 0 ||
	    days == 0)
		q->bad_lease = text;
	else
		q->lease_days = (uint32_t)days;
}

static void read_ietf_document(struct request *q, struct portroll_str text)
{
	struct portroll_str inner = text;
	if (str_starts(text, STR("[")) && str_ends(text, STR("]")))
		inner = str_trim(str_part(text, 1, text.len - 1));
	q->is_ietf = inner.len > 0;
	if (str_starts_fold(inner, STR("draft-")))
		q->draft = inner;
}

int request_read(struct request *ret, const struct document *d, pool_test_fn *is_pool,
		 const void *context, struct arena *a)
{
	const struct portroll_str *v = d->values;
	struct request q = {
		.document = d,
		.kind = (uint8_t)document_kind(d),
		.source = str_trim(v[DOC_SOURCE]),
		.name = str_trim(v[DOC_SERVICE_NAME]),
		.proposed_name = str_trim(v[DOC_PROPOSED_NAME]),
	};
	q.transports = request_read_transports(v[DOC_TRANSPORTS], &q.bad_transport);
	request_read_ports(&q, v[DOC_PORT_NUMBER], is_pool, context);
	request_read_codes(&q, v[DOC_SERVICE_CODE]);
	request_read_parties(&q, d);
	request_read_references(&q, v[DOC_REFERENCE], a);
	read_lease(&q, str_trim(v[DOC_LEASE]));
	read_ietf_document(&q, str_trim(v[DOC_IETF_DOCUMENT]));
	if (a->failed)
		return PORTROLL_ENOMEM;
	*ret = q;
	return PORTROLL_OK;
}

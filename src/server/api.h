/* SPDX-License-Identifier: MIT */
#pragma once

/* The JSON of the pages. Records have the one shape of formats/json_record.h. */

#include "formats/json_record.h"
#include "server/routes.h"

/* Makes the response JSON and begins it. */
struct json api_begin(struct response *res);

/* One (port, transport): port, transport, state, reason, explanation, rule, section, source,
 * source_date, records. */
void api_put_answer(const struct call *call, struct json *j, uint16_t port, uint8_t transport);

/* An array of records as they stand in their sources, under a key. */
void api_put_records(const struct call *call, struct json *j, const char *key,
		     const struct id_array *ids);

/* "records": what a lookup of a name says, each with the state of its port, null for what is
 * absent.
 */
void api_put_lookups(const struct call *call, struct json *j, struct portroll_str key,
		     const struct id_array *ids);

/* "sources": name, kind, coverage, dated, copies. */
void api_put_sources(const struct call *call, struct json *j);

/* "counts": by transport and state. */
void api_put_counts(const struct call *call, struct json *j);

/* SPDX-License-Identifier: MIT */
#pragma once

/* The JSON of the pages, in the shapes of the command line: doc/JSON.md has them whole. */

#include "formats/json_record.h"
#include "server/routes.h"

/* Makes the response JSON and begins its object: schema, sources. */
struct json api_begin(const struct call *call, struct response *res, const char *schema);
void api_end(struct json *j);

/* For a (port, transport) an object for each record, or one without a name; into an array. */
void api_put_answer(const struct call *call, struct json *j, struct portroll_str key, uint16_t port,
		    uint8_t transport);

/* The same for all that has a name: its ports and transports, then its records without a port. */
void api_put_name(const struct call *call, struct json *j, struct portroll_str name,
		  const struct id_array *ids);

/* "records": as they stand in their sources. */
void api_put_records(const struct call *call, struct json *j, const struct id_array *ids);

/* "counts": by transport and state. */
void api_put_counts(const struct call *call, struct json *j);

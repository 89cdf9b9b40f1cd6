/* SPDX-License-Identifier: MIT */
#include "ledger/libpq.h"

#include <assert.h>
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

#include "base/macros.h"

#define LIBRARY "libpq.so.5"

/* clang-format off */
static const struct {
	const char *name;
	size_t offset;
} functions[] = {
	{"PQcancel", offsetof(struct libpq, cancel)},
	{"PQclear", offsetof(struct libpq, clear)},
	{"PQconnectdbParams", offsetof(struct libpq, connect)},
	{"PQconninfoFree", offsetof(struct libpq, options_free)},
	{"PQconninfoParse", offsetof(struct libpq, options_parse)},
	{"PQconsumeInput", offsetof(struct libpq, consume_input)},
	{"PQdb", offsetof(struct libpq, database)},
	{"PQerrorMessage", offsetof(struct libpq, error_message)},
	{"PQfinish", offsetof(struct libpq, finish)},
	{"PQflush", offsetof(struct libpq, flush)},
	{"PQfreeCancel", offsetof(struct libpq, cancel_free)},
	{"PQfreemem", offsetof(struct libpq, free_memory)},
	{"PQgetCancel", offsetof(struct libpq, cancel_new)},
	{"PQgetResult", offsetof(struct libpq, next_result)},
	{"PQgetisnull", offsetof(struct libpq, value_is_null)},
	{"PQgetlength", offsetof(struct libpq, value_len)},
	{"PQgetvalue", offsetof(struct libpq, value)},
	{"PQhost", offsetof(struct libpq, host)},
	{"PQisBusy", offsetof(struct libpq, is_busy)},
	{"PQnfields", offsetof(struct libpq, column_count)},
	{"PQnotifies", offsetof(struct libpq, next_notification)},
	{"PQntuples", offsetof(struct libpq, row_count)},
	{"PQport", offsetof(struct libpq, port)},
	{"PQresultErrorField", offsetof(struct libpq, error_field)},
	{"PQresultStatus", offsetof(struct libpq, result_status)},
	{"PQsendQueryParams", offsetof(struct libpq, send)},
	{"PQsetNoticeReceiver", offsetof(struct libpq, set_notice_receiver)},
	{"PQsetnonblocking", offsetof(struct libpq, set_nonblocking)},
	{"PQsocket", offsetof(struct libpq, socket)},
	{"PQstatus", offsetof(struct libpq, status)},
};
/* clang-format on */
static_assert(sizeof(struct libpq) == ARRAY_LEN(functions) * sizeof(void *),
	      "every function is loaded");

int libpq_load(struct libpq *ret, struct portroll_error *err)
{
	/* Never unloaded: what lies below it (OpenSSL) cannot leave a process cleanly. */
	void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	if (!library)
		return error_set(err, PORTROLL_ESYSTEM,
				 "a ledger in PostgreSQL needs " LIBRARY
				 ", which is not installed: install libpq5");
	struct libpq loaded;
	for (size_t i = 0; i < ARRAY_LEN(functions); i++) {
		void *symbol = dlsym(library, functions[i].name);
		if (!symbol)
			return error_set(err, PORTROLL_ESYSTEM, LIBRARY " has no function %s",
					 functions[i].name);
		memcpy((char *)&loaded + functions[i].offset, &symbol, sizeof(symbol));
	}
	*ret = loaded;
	return PORTROLL_OK;
}

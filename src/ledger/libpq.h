/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * libpq, PostgreSQL's client library, loaded when it is needed: a machine that keeps its ledger in
 * a file need not have it. The types are those of its header.
 */

#include <libpq-fe.h>

#include "base/error.h"

struct libpq {
	__typeof__(PQcancel) *cancel;
	__typeof__(PQclear) *clear;
	__typeof__(PQconnectdbParams) *connect;
	__typeof__(PQconninfoFree) *options_free;
	__typeof__(PQconninfoParse) *options_parse;
	__typeof__(PQconsumeInput) *consume_input;
	__typeof__(PQdb) *database;
	__typeof__(PQerrorMessage) *error_message;
	__typeof__(PQfinish) *finish;
	__typeof__(PQflush) *flush;
	__typeof__(PQfreeCancel) *cancel_free;
	__typeof__(PQfreemem) *free_memory;
	__typeof__(PQgetCancel) *cancel_new;
	__typeof__(PQgetResult) *next_result;
	__typeof__(PQgetisnull) *value_is_null;
	__typeof__(PQgetlength) *value_len;
	__typeof__(PQgetvalue) *value;
	__typeof__(PQhost) *host;
	__typeof__(PQisBusy) *is_busy;
	__typeof__(PQnfields) *column_count;
	__typeof__(PQnotifies) *next_notification;
	__typeof__(PQntuples) *row_count;
	__typeof__(PQport) *port;
	__typeof__(PQresultErrorField) *error_field;
	__typeof__(PQresultStatus) *result_status;
	__typeof__(PQsendQueryParams) *send;
	__typeof__(PQsetNoticeReceiver) *set_notice_receiver;
	__typeof__(PQsetnonblocking) *set_nonblocking;
	__typeof__(PQsocket) *socket;
	__typeof__(PQstatus) *status;
};

/* Loads the library for good. PORTROLL_ESYSTEM with a sentence that says what to install. */
PORTROLL_MUST_CHECK int libpq_load(struct libpq *ret, struct portroll_error *err);

/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A connection to PostgreSQL on which nothing waits for ever. It is found again when it was lost
 * and nothing was being altered; and a commit counts only when the standbys that the server waits
 * for have it (PostgreSQL 15, section 27.2.8). No message has a password.
 */

#include "base/buf.h"
#include "ledger/libpq.h"

struct session {
	struct libpq pq;
	PGconn *connection;        /* NULL: lost */
	PQconninfoOption *options; /* of the URL */
	struct buf place;          /* host, port and database, for messages */
	uint32_t patience_ms;      /* for one answer */
	bool is_standby;
	bool listens;        /* set by the caller, forgotten with the connection */
	bool is_unconfirmed; /* a commit that no standby has confirmed was reported */
	bool has_timed_out;
};

struct parameter {
	Oid type;
	struct portroll_str bytes; /* as the type has them in binary */
};

#define PARAMETERS_MAX 14

struct query {
	const char *sql;
	const struct parameter *parameters;
	size_t count;
	bool reads; /* alters nothing: it may be asked twice */
};

/* Rows, all values in binary. */
struct answer {
	const struct libpq *pq;
	PGresult *result;
	size_t row_count;
	char state[6]; /* SQLSTATE of a refusal; empty: none */
};

/* Zeroed it may be closed. The server must take changes unless the URL says
 * target_session_attrs. */
PORTROLL_MUST_CHECK int session_open(struct session *s, struct portroll_str url,
				     struct portroll_error *err);
void session_close(struct session *s);

/* Drops the connection, if there is one. */
void session_hang_up(struct session *s);

/* Connects when there is no connection. */
PORTROLL_MUST_CHECK int session_connect(struct session *s, struct portroll_error *err);

/* PORTROLL_ESYSTEM: refused (then ret->state says why), or the outcome is not known: the connection
 * was lost, the server did not answer in time, or no standby confirmed the commit. The answer, good
 * or not, is the caller's for answer_done(). */
PORTROLL_MUST_CHECK int session_ask(struct answer *ret, struct session *s, const struct query *q,
				    struct portroll_error *err);
void answer_done(struct answer *a);

/* The bytes of a value; what is null is empty with ptr NULL. */
struct portroll_str answer_bytes(const struct answer *a, size_t row, int column);

/* Passes over what the server has said without having been asked, and waits until it says
 * something, at most that long. False: the connection was lost. */
bool session_drain(struct session *s);
bool session_listen(struct session *s, int timeout_ms);

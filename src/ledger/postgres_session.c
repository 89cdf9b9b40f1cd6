/* SPDX-License-Identifier: MIT */
#include "ledger/postgres_session.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <string.h>

#define GRACE_MS 3000 /* for the answer to a question that was taken back */

void answer_done(struct answer *a)
{
	if (a->result)
		a->pq->clear(a->result);
	*a = (struct answer){0};
}

struct portroll_str answer_bytes(const struct answer *a, size_t row, int column)
{
	if (column >= a->pq->column_count(a->result) ||
	    a->pq->value_is_null(a->result, (int)row, column))
		return STR_NONE;
	return (struct portroll_str){a->pq->value(a->result, (int)row, column),
				     (size_t)a->pq->value_len(a->result, (int)row, column)};
}

static int lost(struct session *s, struct portroll_error *err)
{
	session_hang_up(s);
	return error_set(err, PORTROLL_ESYSTEM, "%s: the connection was lost", s->place.ptr);
}

/* Until the socket can be read, or written if there is something left to send. 1, 0 when the time
 * is up, -1 when there is no socket. */
static int wait_for_socket(struct session *s, bool sending, int timeout_ms)
{
	struct pollfd end = {.fd = s->pq.socket(s->connection),
			     .events = (short)(POLLIN | (sending ? POLLOUT : 0))};
	if (end.fd < 0)
		return -1;
	int r;
	do
		r = poll(&end, 1, timeout_ms);
	while (r < 0 && errno == EINTR);
	return r;
}

enum arrival {
	ARRIVED,
	LOST,
	TOO_LATE,
};

/* The next result can be had without waiting. */
static enum arrival await(struct session *s, int timeout_ms)
{
	for (;;) {
		int left = s->pq.flush(s->connection);
		if (left < 0)
			return LOST;
		if (left == 0 && !s->pq.is_busy(s->connection))
			return ARRIVED;
		int r = wait_for_socket(s, left > 0, timeout_ms);
		if (r == 0)
			return TOO_LATE;
		if (r < 0 || !s->pq.consume_input(s->connection))
			return LOST;
	}
}

/* statement_timeout ends no wait for a standby, a cancellation does. */
static enum arrival take_back(struct session *s)
{
	char reason[256];
	s->has_timed_out = true;
	PGcancel *cancel = s->pq.cancel_new(s->connection);
	if (!cancel)
		return LOST;
	int sent = s->pq.cancel(cancel, reason, sizeof(reason));
	s->pq.cancel_free(cancel);
	return sent ? await(s, GRACE_MS) : LOST;
}

/* All results of a query; the last one is kept. */
static enum arrival collect(struct answer *ret, struct session *s)
{
	enum arrival arrival;
	for (;;) {
		arrival = await(s, (int)s->patience_ms);
		if (arrival == TOO_LATE)
			arrival = take_back(s);
		if (arrival != ARRIVED)
			return arrival;
		PGresult *result = s->pq.next_result(s->connection);
		if (!result)
			break;
		if (ret->result)
			s->pq.clear(ret->result);
		ret->result = result;
	}
	return s->pq.status(s->connection) == CONNECTION_OK ? ARRIVED : LOST;
}

static bool send_query(struct session *s, const struct query *q)
{
	Oid types[PARAMETERS_MAX];
	const char *values[PARAMETERS_MAX];
	int lens[PARAMETERS_MAX], formats[PARAMETERS_MAX];
	assert(q->count <= PARAMETERS_MAX);
	for (size_t i = 0; i < q->count; i++) {
		struct portroll_str bytes = q->parameters[i].bytes;
		types[i] = q->parameters[i].type;
		values[i] = bytes.ptr ? bytes.ptr : "";
		lens[i] = (int)bytes.len;
		formats[i] = 1;
	}
	return s->pq.send(s->connection, q->sql, (int)q->count, types, values, lens, formats, 1);
}

static int refused(struct answer *a, const struct session *s, struct portroll_error *err)
{
	const char *state = a->pq->error_field(a->result, PG_DIAG_SQLSTATE);
	const char *words = a->pq->error_field(a->result, PG_DIAG_MESSAGE_PRIMARY);
	struct portroll_str code = str_part(str_from(state), 0, sizeof(a->state) - 1);
	if (code.len)
		memcpy(a->state, code.ptr, code.len);
	/* query_canceled: by us, or by the server when the time was up. */
	if (s->has_timed_out || str_equal(code, STR("57014")))
		return error_set(err, PORTROLL_ESYSTEM, "%s: no answer in %u s", s->place.ptr,
				 s->patience_ms / 1000);
	return error_set(err, PORTROLL_ESYSTEM, "%s: %s", s->place.ptr,
			 words ? words : "refused without a word");
}

static int ask_once(struct answer *ret, struct session *s, const struct query *q,
		    struct portroll_error *err)
{
	*ret = (struct answer){.pq = &s->pq};
	s->is_unconfirmed = s->has_timed_out = false;
	enum arrival arrival = send_query(s, q) ? collect(ret, s) : LOST;
	if (s->is_unconfirmed) {
		if (arrival != ARRIVED)
			session_hang_up(s);
		return error_set(err, PORTROLL_ESYSTEM, "%s: the standby does not answer",
				 s->place.ptr);
	}
	if (arrival != ARRIVED && s->has_timed_out) {
		session_hang_up(s);
		return error_set(err, PORTROLL_ESYSTEM, "%s: no answer in %u s", s->place.ptr,
				 s->patience_ms / 1000);
	}
	if (arrival != ARRIVED || !ret->result)
		return lost(s, err);
	ExecStatusType status = s->pq.result_status(ret->result);
	if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
		return refused(ret, s, err);
	ret->row_count = (size_t)s->pq.row_count(ret->result);
	return PORTROLL_OK;
}

int session_ask(struct answer *ret, struct session *s, const struct query *q,
		struct portroll_error *err)
{
	*ret = (struct answer){0};
	s->is_unconfirmed = false;
	bool was_connected = s->connection != NULL;
	int r = session_connect(s, err);
	if (r < 0)
		return r;
	struct portroll_error first = {0};
	r = ask_once(ret, s, q, &first);
	bool again = r < 0 && q->reads && was_connected && !s->connection && !s->has_timed_out;
	if (!again)
		return r < 0 ? error_set(err, r, "%s", first.text) : r;
	answer_done(ret);
	r = session_connect(s, err);
	return r < 0 ? r : ask_once(ret, s, q, err);
}

bool session_drain(struct session *s)
{
	if (!s->connection || !s->pq.consume_input(s->connection) ||
	    s->pq.status(s->connection) != CONNECTION_OK) {
		session_hang_up(s);
		return false;
	}
	for (PGnotify *note; (note = s->pq.next_notification(s->connection));)
		s->pq.free_memory(note);
	return true;
}

bool session_listen(struct session *s, int timeout_ms)
{
	struct pollfd end = {.fd = s->pq.socket(s->connection), .events = POLLIN};
	int r = end.fd < 0 ? 1 : poll(&end, 1, timeout_ms);
	if (r == 0 || (r < 0 && errno == EINTR))
		return true;
	return session_drain(s);
}

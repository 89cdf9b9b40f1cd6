/* SPDX-License-Identifier: MIT */
#include "ledger/postgres_session.h"

#include <string.h>

#include "base/arena.h"
#include "ledger/postgres_value.h"

#define PLACE_MAX         (4U << 10)
#define URL_MAX           (64U << 10)
#define PATIENCE_MAX_MS   3600000
#define PATIENCE_FIRST_MS 10000
#define MARGIN_MS         1000 /* so that the time-out of the server comes first */

/* What the URL does not say. */
static const struct {
	const char *keyword, *value;
} defaults[] = {
	{"target_session_attrs", "read-write"},
	{"connect_timeout", "10"},
	{"tcp_user_timeout", "30000"},
	{"fallback_application_name", "portroll"},
};

/* What a session needs, and what it wants to know. Whoever has set remote_apply keeps it. */
#define SETUP                                                                                      \
	"select s.ms, pg_catalog.pg_is_in_recovery(),"                                             \
	" pg_catalog.set_config('statement_timeout', s.ms::text, false),"                          \
	" pg_catalog.set_config('synchronous_commit',"                                             \
	" case pg_catalog.current_setting('synchronous_commit')"                                   \
	" when 'remote_apply' then 'remote_apply' else 'on' end, false),"                          \
	" pg_catalog.set_config('default_transaction_isolation', 'read committed', false),"        \
	" pg_catalog.set_config('idle_session_timeout', '0', false),"                              \
	" pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', false)"                      \
	" from (select case setting when '0' then 30000 else setting::bigint end as ms"            \
	" from pg_catalog.pg_settings where name = 'statement_timeout') as s"

static bool is_text(const char *text, struct portroll_str wanted)
{
	return text && str_equal(str_from(text), wanted);
}

/* The wait of a commit for its standbys was cut off: it stands here, and maybe nowhere else. The
 * function is told, for the words may be in any language. */
static void take_notice(void *context, const PGresult *notice)
{
	struct session *s = context;
	const char *function = s->pq.error_field(notice, PG_DIAG_SOURCE_FUNCTION);
	const char *severity = s->pq.error_field(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
	bool is_warning = !severity || is_text(severity, STR("WARNING"));
	if (is_warning && (!function || is_text(function, STR("SyncRepWaitForLSN"))))
		s->is_unconfirmed = true;
}

static const char *option_value(const struct session *s, const char *keyword)
{
	struct portroll_str wanted = str_from(keyword);
	for (const PQconninfoOption *o = s->options; o->keyword; o++)
		if (is_text(o->keyword, wanted))
			return o->val;
	return NULL;
}

static int set_place(struct session *s, const char *host, const char *port, const char *database)
{
	buf_clear(&s->place);
	buf_printf(&s->place, "PostgreSQL at %s", host && *host ? host : "the local socket");
	if (port && *port)
		buf_printf(&s->place, ":%s", port);
	if (database && *database)
		buf_printf(&s->place, "/%s", database);
	buf_putc(&s->place, '\0');
	return s->place.failed;
}

static PGconn *dial(struct session *s)
{
	struct arena a CLEANUP(arena_done) = ARENA_INIT;
	size_t count = 0, n = 0;
	while (s->options[count].keyword)
		count++;
	const char **keywords = arena_array(&a, count + ARRAY_LEN(defaults) + 1, sizeof(char *));
	const char **values = arena_array(&a, count + ARRAY_LEN(defaults) + 1, sizeof(char *));
	if (a.failed)
		return NULL;
	for (const PQconninfoOption *o = s->options; o->keyword; o++) {
		if (!o->val)
			continue;
		keywords[n] = o->keyword;
		values[n++] = o->val;
	}
	for (size_t i = 0; i < ARRAY_LEN(defaults); i++) {
		if (option_value(s, defaults[i].keyword))
			continue;
		keywords[n] = defaults[i].keyword;
		values[n++] = defaults[i].value;
	}
	return s->pq.connect(keywords, values, 0);
}

/* libpq tells of each host in a line or two; the reason of the last one is taken. */
static struct portroll_str reason_of(const char *message)
{
	struct portroll_str rest = str_from(message), line, reason = STR("no reason is given");
	while (str_cut(&rest, '\n', &line))
		if (line.len && line.ptr[0] != '\t')
			reason = line;
	size_t words = str_find(reason, STR("failed: "));
	return words == SIZE_MAX ? reason
				 : str_part(reason, words + STR("failed: ").len, reason.len);
}

static int not_connected(struct session *s, struct portroll_error *err)
{
	struct portroll_str reason = reason_of(s->pq.error_message(s->connection));
	error_set(err, PORTROLL_ESYSTEM, "%s: %.*s", s->place.ptr, (int)reason.len, reason.ptr);
	session_hang_up(s);
	return PORTROLL_ESYSTEM;
}

static int set_up(struct session *s, struct portroll_error *err)
{
	struct answer a CLEANUP(answer_done);
	uint64_t ms;
	int r = session_ask(&a, s, &(struct query){.sql = SETUP}, err);
	if (r < 0)
		return r;
	struct portroll_str standby = answer_bytes(&a, 0, 1);
	if (a.row_count != 1 || !value_read_number(&ms, answer_bytes(&a, 0, 0)) || standby.len != 1)
		return error_set(err, PORTROLL_ECORRUPT, "%s: no PostgreSQL answers so",
				 s->place.ptr);
	s->patience_ms = (uint32_t)(ms < PATIENCE_MAX_MS ? ms : PATIENCE_MAX_MS) + MARGIN_MS;
	s->is_standby = standby.ptr[0];
	return PORTROLL_OK;
}

int session_connect(struct session *s, struct portroll_error *err)
{
	if (s->connection)
		return PORTROLL_OK;
	int r = set_place(s, option_value(s, "host"), option_value(s, "port"),
			  option_value(s, "dbname"));
	if (r < 0)
		return error_memory(err);
	s->connection = dial(s);
	if (!s->connection)
		return error_memory(err);
	if (s->pq.status(s->connection) != CONNECTION_OK)
		return not_connected(s, err);
	r = set_place(s, s->pq.host(s->connection), s->pq.port(s->connection),
		      s->pq.database(s->connection));
	(void)s->pq.set_notice_receiver(s->connection, take_notice, s);
	s->patience_ms = PATIENCE_FIRST_MS;
	if (r < 0 || s->pq.set_nonblocking(s->connection, 1) < 0) {
		session_hang_up(s);
		return error_memory(err);
	}
	r = set_up(s, err);
	if (r < 0)
		session_hang_up(s);
	return r;
}

/* Where a password with an @ in it was not escaped, its end would pass for the host. */
static bool has_odd_host(const struct session *s)
{
	return str_find_char(str_from(option_value(s, "host")), '@') != SIZE_MAX;
}

int session_open(struct session *s, struct portroll_str url, struct portroll_error *err)
{
	*s = (struct session){.place = BUF_INIT(PLACE_MAX)};
	int r = libpq_load(&s->pq, err);
	if (r < 0)
		return r;
	struct buf text CLEANUP(buf_done) = BUF_INIT(URL_MAX);
	buf_put(&text, url);
	buf_putc(&text, '\0');
	if (text.failed == PORTROLL_ENOMEM)
		return error_memory(err);
	char *words = NULL;
	if (!text.failed && str_find_char(url, '\0') == SIZE_MAX)
		s->options = s->pq.options_parse(text.ptr, &words);
	s->pq.free_memory(words);
	if (!s->options || has_odd_host(s))
		return error_set(err, PORTROLL_EINVAL,
				 "the URL of the store is not one of PostgreSQL: postgresql://"
				 "HOST:PORT/DATABASE, an @ in a password as %%40");
	return session_connect(s, err);
}

void session_hang_up(struct session *s)
{
	if (s->connection)
		s->pq.finish(s->connection);
	s->connection = NULL;
	s->listens = false;
}

void session_close(struct session *s)
{
	session_hang_up(s);
	if (s->options)
		s->pq.options_free(s->options);
	s->options = NULL;
	buf_done(&s->place);
}

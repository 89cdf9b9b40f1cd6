/* SPDX-License-Identifier: MIT */
#include "server/edge.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "server/listener.h"
#include "server/reaper.h"
#include "server/routes.h"

/* More than the guard allows, so that what is too long is refused by our own page; above this the
 * library refuses by itself. */
#define MEMORY_LIMIT (64U << 10)
#define DRAIN_MS     2000U /* for answers under way at the end */
#define THREADS      2U

struct edge {
	struct edge_options options;
	struct listener listener;
	struct reaper *reaper;
	struct MHD_Daemon *daemon;
};

/* The target of a request as it came, before the library takes it apart. */
struct exchange {
	bool is_begun; /* its header was seen */
	struct portroll_str target;
	char bytes[]; /* of the target */
};

/* An answer on its way out, and what its bytes live in. */
struct delivery {
	struct response response;
	struct arena arena;
	struct site *site;
};

/* Our own decoder works on what came; the library's would cut at %00. */
static size_t leave_escaped(void *context, struct MHD_Connection *connection, char *text)
{
	(void)context;
	(void)connection;
	return strlen(text);
}

static struct reaper_slot *slot_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info ? info->socket_context : NULL;
}

static void connection_changed(void *context, struct MHD_Connection *connection,
			       void **socket_context, enum MHD_ConnectionNotificationCode what)
{
	struct edge *edge = context;
	if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
		reaper_forget(edge->reaper, *socket_context);
		return;
	}
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	*socket_context =
		info ? reaper_watch(edge->reaper, info->connect_fd, edge->options.request_ms)
		     : NULL;
}

static void *target_came(void *context, const char *target, struct MHD_Connection *connection)
{
	(void)context;
	(void)connection;
	struct portroll_str text = str_from(target);
	struct exchange *exchange = calloc(1, sizeof(*exchange) + text.len);
	if (!exchange)
		return NULL;
	memcpy(exchange->bytes, text.ptr, text.len);
	exchange->target = (struct portroll_str){exchange->bytes, text.len};
	return exchange;
}

static void request_done(void *context, struct MHD_Connection *connection, void **state,
			 enum MHD_RequestTerminationCode why)
{
	struct edge *edge = context;
	(void)why;
	free(*state);
	*state = NULL;
	reaper_allow(edge->reaper, slot_of(connection), edge->options.request_ms, false);
}

struct collected {
	struct header_field fields[REQUEST_FIELD_MAX + 1]; /* one more: too many */
	size_t count;
};

static enum MHD_Result collect_field(void *context, enum MHD_ValueKind kind, const char *name,
				     const char *value)
{
	struct collected *collected = context;
	(void)kind;
	if (collected->count > REQUEST_FIELD_MAX)
		return MHD_NO;
	collected->fields[collected->count++] =
		(struct header_field){str_from(name), str_from(value)};
	return MHD_YES;
}

static void delivery_done(void *context)
{
	struct delivery *delivery = context;
	response_done(&delivery->response);
	arena_done(&delivery->arena);
	site_release(delivery->site);
	free(delivery);
}

/* The library owns the delivery from here on, and calls delivery_done(). */
static enum MHD_Result deliver(struct MHD_Connection *connection, struct delivery *delivery)
{
	struct response *res = &delivery->response;
	struct portroll_str bytes = response_bytes(res);
	struct MHD_Response *answer = MHD_create_response_from_buffer_with_free_callback_cls(
		bytes.len, (void *)(uintptr_t)bytes.ptr, delivery_done, delivery);
	if (!answer) {
		delivery_done(delivery);
		return MHD_NO;
	}
	bool whole = true;
	for (size_t i = 0; i < res->header_count; i++)
		whole = MHD_add_response_header(answer, res->headers[i].name,
						res->headers[i].value) == MHD_YES &&
			whole;
	if (res->close)
		whole = MHD_add_response_header(answer, "Connection", "close") == MHD_YES && whole;
	enum MHD_Result sent = whole ? MHD_queue_response(connection, res->status, answer) : MHD_NO;
	MHD_destroy_response(answer);
	return sent;
}

static bool announces_body(struct MHD_Connection *connection)
{
	return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Length") ||
	       MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Transfer-Encoding");
}

/* Called when the header is there, and again when all is. A request with a body is answered at the
 * first call, since no page takes one and the library may read it otherwise than the guard; the
 * others at the second, since the library closes the connection after an early answer. */
static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url,
			      const char *method, const char *version, const char *upload,
			      size_t *upload_size, void **state)
{
	struct edge *edge = context;
	struct exchange *exchange = *state;
	(void)url;
	(void)upload;
	(void)upload_size;
	if (!exchange)
		return MHD_NO;
	if (!exchange->is_begun && !announces_body(connection)) {
		exchange->is_begun = true;
		return MHD_YES;
	}
	struct collected collected = {.count = 0};
	(void)MHD_get_connection_values(connection, MHD_HEADER_KIND, collect_field, &collected);
	const struct wire wire = {.method = str_from(method),
				  .target = exchange->target,
				  .version = str_from(version),
				  .fields = collected.fields,
				  .field_count = collected.count};
	struct delivery *delivery = calloc(1, sizeof(*delivery));
	if (!delivery)
		return MHD_NO;
	reaper_allow(edge->reaper, slot_of(connection), edge->options.answer_ms, true);
	delivery->site = current_site(edge->options.current, edge->options.now_ms());
	answer_request(delivery->site, &wire, &delivery->arena, &delivery->response);
	return deliver(connection, delivery);
}

/* Strictness -1, since the library then hands on what it else refuses in its own words (no Host, a
 * blank before a colon), and the guard refuses both. */
static struct MHD_Daemon *start_daemon(struct edge *edge)
{
	const struct edge_options *o = &edge->options;
	return MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL, answer, edge,
		MHD_OPTION_LISTEN_SOCKET, edge->listener.socket, MHD_OPTION_THREAD_POOL_SIZE,
		THREADS, MHD_OPTION_CONNECTION_LIMIT, o->connection_limit,
		MHD_OPTION_PER_IP_CONNECTION_LIMIT, o->address_limit, MHD_OPTION_CONNECTION_TIMEOUT,
		o->request_ms / 1000 + 1, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY_LIMIT,
		MHD_OPTION_STRICT_FOR_CLIENT, -1, MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, edge,
		MHD_OPTION_URI_LOG_CALLBACK, target_came, edge, MHD_OPTION_NOTIFY_COMPLETED,
		request_done, edge, MHD_OPTION_NOTIFY_CONNECTION, connection_changed, edge,
		MHD_OPTION_END);
}

int edge_start(struct edge **ret, const struct edge_options *options, struct portroll_error *err)
{
	struct edge *edge = calloc(1, sizeof(*edge));
	if (!edge)
		return error_memory(err);
	edge->options = *options;
	struct edge_options *o = &edge->options;
	o->request_ms = o->request_ms ? o->request_ms : 10000;
	o->answer_ms = o->answer_ms ? o->answer_ms : 30000;
	o->connection_limit = o->connection_limit ? o->connection_limit : 1000;
	o->address_limit = o->address_limit ? o->address_limit : 64;
	edge->listener.socket = -1;
	int r = reaper_start(&edge->reaper, o->connection_limit + THREADS, o->now_ms, err);
	if (r == PORTROLL_OK)
		r = listener_open(&edge->listener, o->listen, err);
	if (r == PORTROLL_OK) {
		edge->daemon = start_daemon(edge);
		if (!edge->daemon)
			r = error_set(err, PORTROLL_ESYSTEM, "the web server cannot be started");
	}
	if (r < 0) {
		edge_stop(edge);
		return r;
	}
	*ret = edge;
	return PORTROLL_OK;
}

uint16_t edge_port(const struct edge *edge)
{
	return edge->listener.port;
}

const char *edge_url(const struct edge *edge)
{
	return edge->listener.url;
}

void edge_stop(struct edge *edge)
{
	if (!edge)
		return;
	if (edge->daemon) {
		/* The library gives the listening socket back, so that nobody new comes in. */
		edge->listener.socket = MHD_quiesce_daemon(edge->daemon);
		reaper_drain(edge->reaper, DRAIN_MS);
		MHD_stop_daemon(edge->daemon);
	}
	reaper_stop(edge->reaper);
	file_close(&edge->listener.socket);
	free(edge);
}

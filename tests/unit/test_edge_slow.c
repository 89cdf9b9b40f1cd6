/* SPDX-License-Identifier: MIT */

/* The edge with real sockets and short deadlines: who is slow is cut off, who is not is served. */

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "server/edge.h"
#include "server_case.h"

#define REQUEST_MS  400U
#define PATIENCE_MS 10000 /* before a test gives up */

struct edge_case {
	struct server_case server;
	char path[64];
	struct current *current;
	struct edge *edge;
	unsigned notices;
};

static int64_t now_ms(void)
{
	struct timespec now;
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void count_notice(void *context, const char *sentence)
{
	(void)sentence;
	struct edge_case *c = context;
	c->notices++;
}

static int setup(void **state)
{
	struct edge_case *c = calloc(1, sizeof(*c));
	struct portroll_error err = {0};
	(void)snprintf(c->path, sizeof(c->path), "/tmp/portroll-edge-XXXXXX");
	(void)close(mkstemp(c->path));
	server_begin(&c->server);
	if (file_replace(c->path, buf_str(&c->server.bytes), 0600, &err) < 0 ||
	    current_open(&c->current, c->path, count_notice, c, &err) < 0)
		fail_msg("%s", err.text);
	const struct edge_options options = {.listen = "127.0.0.1:0",
					     .current = c->current,
					     .now_ms = now_ms,
					     .request_ms = REQUEST_MS,
					     .answer_ms = REQUEST_MS};
	if (edge_start(&c->edge, &options, &err) < 0)
		fail_msg("%s", err.text);
	*state = c;
	return 0;
}

static int teardown(void **state)
{
	struct edge_case *c = *state;
	edge_stop(c->edge);
	current_close(c->current);
	server_end(&c->server);
	(void)unlink(c->path);
	free(c);
	return 0;
}

static int connect_to(const struct edge_case *c)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(edge_port(c->edge))};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

static void send_text(int fd, const char *text)
{
	size_t len = strlen(text);
	assert_int_equal(send(fd, text, len, MSG_NOSIGNAL), (ssize_t)len);
}

/* Reads until the other side closes; the first bytes into `ret_text`. */
static void read_all(int fd, char *ret_text, size_t size)
{
	char page[4096];
	size_t len = 0;
	struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
	for (;;) {
		assert_int_equal(poll(&poll_fd, 1, PATIENCE_MS), 1);
		ssize_t count = recv(fd, page, sizeof(page), 0);
		if (count <= 0)
			break;
		for (ssize_t i = 0; i < count && len + 1 < size; i++)
			ret_text[len++] = page[i];
	}
	ret_text[len] = '\0';
	(void)close(fd);
}

static void a_byte_at_a_time_is_cut_at_the_deadline(void **state)
{
	int fd = connect_to(*state);
	struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
	int64_t start = now_ms();
	send_text(fd, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Drip: ");
	while (poll(&poll_fd, 1, 20) == 0) {
		assert_true(now_ms() - start < PATIENCE_MS);
		(void)send(fd, "a", 1, MSG_NOSIGNAL);
	}
	assert_true(now_ms() - start >= REQUEST_MS);
	char page[8];
	assert_true(recv(fd, page, sizeof(page), 0) <= 0);
	(void)close(fd);
}

static void silence_is_cut_at_the_deadline(void **state)
{
	static const char *const beginnings[] = {"", "\x16\x03\x01\x02", "GET / HTTP/1.1\r\n"};
	for (size_t i = 0; i < ARRAY_LEN(beginnings); i++) {
		char text[64];
		int fd = connect_to(*state);
		send_text(fd, beginnings[i]);
		read_all(fd, text, sizeof(text));
		assert_string_equal(text, "");
	}
}

/* More answers than the system keeps for a reader who takes none. What is left unread of the
 * requests makes the end of the connection visible at once. */
static void a_reader_that_takes_nothing_is_cut(void **state)
{
	static const char request[] = "GET /style.css HTTP/1.1\r\nHost: localhost\r\n\r\n";
	int fd = connect_to(*state);
	for (unsigned i = 0; i < 4000; i++) {
		if (send(fd, request, sizeof(request) - 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
			break;
	}
	struct pollfd end = {.fd = fd};
	assert_int_equal(poll(&end, 1, PATIENCE_MS), 1);
	assert_true((end.revents & (POLLERR | POLLHUP)) != 0);
	(void)close(fd);
}

static void a_kept_connection_serves_more_than_one_request(void **state)
{
	char text[65536];
	int fd = connect_to(*state);
	send_text(fd, "GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n\r\n"
		      "GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n\r\n"
		      "GET /robots.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
	read_all(fd, text, sizeof(text));
	unsigned count = 0;
	for (const char *at = text; (at = strstr(at, "HTTP/1.1 200")); at++)
		count++;
	assert_int_equal(count, 3);
}

static bool serves(const struct edge_case *c, const char *target, const char *part)
{
	char text[65536], request[256];
	int fd = connect_to(c);
	(void)snprintf(request, sizeof(request),
		       "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", target);
	send_text(fd, request);
	read_all(fd, text, sizeof(text));
	return strstr(text, part) != NULL;
}

static void a_new_snapshot_is_served_and_a_damaged_one_is_not(void **state)
{
	struct edge_case *c = *state;
	assert_true(serves(c, "/names/fresh", "404"));
	struct arena arena = ARENA_INIT;
	struct buf bytes;
	struct registry *reg = registry_new(&arena);
	case_add(reg, "fresh", (struct range){7777, 7777}, PORTROLL_TCP, "Fresh");
	case_compile(&bytes, case_roll_of(&arena, reg));
	assert_int_equal(file_replace(c->path, buf_str(&bytes), 0600, NULL), PORTROLL_OK);
	int64_t start = now_ms();
	while (!serves(c, "/names/fresh", "7777"))
		assert_true(now_ms() - start < PATIENCE_MS);
	assert_int_equal(file_replace(c->path, str_part(buf_str(&bytes), 0, 1000), 0600, NULL),
			 PORTROLL_OK);
	unsigned notices = c->notices;
	while (c->notices == notices) {
		assert_true(now_ms() - start < PATIENCE_MS);
		assert_true(serves(c, "/names/fresh", "7777"));
	}
	assert_true(serves(c, "/names/fresh", "7777"));
	buf_done(&bytes);
	arena_done(&arena);
}

static void a_taken_port_is_named_and_no_other_is_taken(void **state)
{
	struct edge_case *c = *state;
	char listen[32];
	(void)snprintf(listen, sizeof(listen), "127.0.0.1:%u", edge_port(c->edge));
	struct edge *second = NULL;
	struct portroll_error err = {0};
	const struct edge_options options = {
		.listen = listen, .current = c->current, .now_ms = now_ms};
	assert_int_equal(edge_start(&second, &options, &err), PORTROLL_ESYSTEM);
	assert_null(second);
	assert_non_null(strstr(err.text, listen + sizeof("127.0.0.1:") - 1));
	assert_non_null(strstr(err.text, "taken"));
}

static void addresses_that_are_none_are_refused(void **state)
{
	struct edge_case *c = *state;
	static const char *const wrong[] = {"",         "x",       "127.0.0.1:", "127.0.0.1:65536",
					    "1.2.3:80", "[::1:80", "[]:80",      "localhost:80",
					    ":80",      "[::1]80"};
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		struct edge *edge = NULL;
		struct portroll_error err = {0};
		const struct edge_options options = {
			.listen = wrong[i], .current = c->current, .now_ms = now_ms};
		assert_int_equal(edge_start(&edge, &options, &err), PORTROLL_EINVAL);
		assert_null(edge);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_byte_at_a_time_is_cut_at_the_deadline),
		cmocka_unit_test(silence_is_cut_at_the_deadline),
		cmocka_unit_test(a_reader_that_takes_nothing_is_cut),
		cmocka_unit_test(a_kept_connection_serves_more_than_one_request),
		cmocka_unit_test(a_new_snapshot_is_served_and_a_damaged_one_is_not),
		cmocka_unit_test(a_taken_port_is_named_and_no_other_is_taken),
		cmocka_unit_test(addresses_that_are_none_are_refused),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

/* SPDX-License-Identifier: MIT */
#include "server/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/num.h"

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

/* Where the port begins: after the last colon; 0 when the text is a port alone. */
static size_t find_port(struct portroll_str text)
{
	for (size_t i = text.len; i > 0; i--) {
		if (text.ptr[i - 1] == ':')
			return i;
	}
	return 0;
}

static int read_host(union address *ret, struct portroll_str host)
{
	char name[INET6_ADDRSTRLEN] = {0};
	bool is_v6 = host.len > 1 && host.ptr[0] == '[' && host.ptr[host.len - 1] == ']';
	if (is_v6)
		host = str_part(host, 1, host.len - 1);
	if (host.len >= sizeof(name))
		return PORTROLL_EINVAL;
	for (size_t i = 0; i < host.len; i++)
		name[i] = host.ptr[i];
	*ret = (union address){0};
	ret->any.sa_family = is_v6 ? AF_INET6 : AF_INET;
	void *bytes = is_v6 ? (void *)&ret->v6.sin6_addr : (void *)&ret->v4.sin_addr;
	return inet_pton(ret->any.sa_family, name, bytes) == 1 ? PORTROLL_OK : PORTROLL_EINVAL;
}

static int read_address(union address *ret, struct portroll_str text, struct portroll_error *err)
{
	size_t at = find_port(text);
	struct portroll_str host = at > 0 ? str_part(text, 0, at - 1) : STR("127.0.0.1");
	uint64_t port;
	if (read_host(ret, host) < 0 || num_parse(&port, str_part(text, at, text.len), 65535) < 0)
		return error_set(err, PORTROLL_EINVAL,
				 "'%.*s' is not ADDRESS:PORT, as 127.0.0.1:8080 or [::1]:8080",
				 PORTROLL_STR_ARG(text));
	/* The port stands in the same place for both families. */
	if (ret->any.sa_family == AF_INET6)
		ret->v6.sin6_port = htons((uint16_t)port);
	else
		ret->v4.sin_port = htons((uint16_t)port);
	return PORTROLL_OK;
}

static uint16_t port_of(const union address *address)
{
	return ntohs(address->any.sa_family == AF_INET6 ? address->v6.sin6_port
							: address->v4.sin_port);
}

static void write_url(struct listener *ret, const union address *address)
{
	char name[INET6_ADDRSTRLEN] = {0};
	bool is_v6 = address->any.sa_family == AF_INET6;
	const void *bytes =
		is_v6 ? (const void *)&address->v6.sin6_addr : (const void *)&address->v4.sin_addr;
	(void)inet_ntop(address->any.sa_family, bytes, name, sizeof(name));
	struct buf url = BUF_INIT(LISTENER_URL_MAX);
	buf_printf(&url, is_v6 ? "http://[%s]:%u/" : "http://%s:%u/", name, ret->port);
	struct portroll_str text = buf_str(&url);
	for (size_t i = 0; i < text.len && i < LISTENER_URL_MAX - 1; i++)
		ret->url[i] = text.ptr[i];
	buf_done(&url);
}

static int refuse(struct portroll_error *err, uint16_t port, const char *text)
{
	int reason = errno;
	if (reason == EADDRINUSE)
		return error_set(err, PORTROLL_ESYSTEM,
				 "port %u is taken by another program (%s); choose another with "
				 "--listen ADDRESS:PORT",
				 port, text);
	return error_sys(err, reason, "cannot listen on port %u (%s)", port, text);
}

int listener_open(struct listener *ret, const char *text, struct portroll_error *err)
{
	union address address;
	int r = read_address(&address, str_from(text), err);
	if (r < 0)
		return r;
	uint16_t port = port_of(&address);
	socklen_t size =
		address.any.sa_family == AF_INET6 ? sizeof(address.v6) : sizeof(address.v4);
	int one = 1;
	CLEANUP(file_close)
	int fd = socket(address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) < 0 ||
	    bind(fd, &address.any, size) < 0 || listen(fd, 128) < 0)
		return refuse(err, port, text);
	size = sizeof(address);
	if (getsockname(fd, &address.any, &size) < 0)
		return refuse(err, port, text);
	*ret = (struct listener){.socket = fd, .port = port_of(&address)};
	write_url(ret, &address);
	fd = -1;
	return PORTROLL_OK;
}

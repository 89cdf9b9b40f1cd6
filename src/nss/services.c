/* SPDX-License-Identifier: MIT */
#include "nss/services.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include "nss/enumeration.h"
#include "nss/held.h"
#include "nss/look.h"

#define NO_TRANSPORT UINT8_MAX

/* errno stays as it was. ERANGE tells glibc to come again with more room, nothing else may. */
static enum nss_status answer(enum nss_status status, int errno_before, int *ret_errno)
{
	errno = errno_before;
	if (status == NSS_STATUS_TRYAGAIN)
		*ret_errno = ERANGE;
	else if (status != NSS_STATUS_SUCCESS)
		*ret_errno = ENOENT;
	return status;
}

static uint8_t transport_of(const char *protocol)
{
	if (!protocol)
		return PORTROLL_ANY;
	for (uint8_t t = PORTROLL_TCP; t <= PORTROLL_DCCP; t++)
		if (strcmp(protocol, portroll_transport_name(t)) == 0)
			return t;
	return NO_TRANSPORT;
}

static enum nss_status by_name(struct servent *ret, struct line_room room,
			       const struct portroll_snapshot *s, struct portroll_str name,
			       uint8_t transport)
{
	struct line_place place;
	if (!line_find(&place, s, name, transport))
		return NSS_STATUS_NOTFOUND;
	return line_put(ret, room, s, place);
}

static enum nss_status by_port(struct servent *ret, struct line_room room,
			       const struct portroll_snapshot *s, uint16_t port, uint8_t transport)
{
	uint8_t first = transport ? transport : PORTROLL_TCP;
	uint8_t last = transport ? transport : PORTROLL_DCCP;
	for (uint8_t t = first; t <= last; t++) {
		enum nss_status status = line_put(ret, room, s, (struct line_place){port, t});
		if (status != NSS_STATUS_NOTFOUND)
			return status;
	}
	return NSS_STATUS_NOTFOUND;
}

/* What glibc asks for: a name, or a port where there is none. */
struct question {
	const char *name;
	int port; /* in network order */
	const char *protocol;
};

static enum nss_status find(struct servent *ret, struct line_room room,
			    const struct portroll_snapshot *s, const struct question *q)
{
	uint8_t transport = transport_of(q->protocol);
	if (transport == NO_TRANSPORT)
		return NSS_STATUS_NOTFOUND;
	if (q->name)
		return by_name(ret, room, s, (struct portroll_str){q->name, strlen(q->name)},
			       transport);
	/* glibc's files module compares the whole int. */
	if (q->port < 0 || q->port > UINT16_MAX)
		return NSS_STATUS_NOTFOUND;
	return by_port(ret, room, s, ntohs((uint16_t)q->port), transport);
}

static enum nss_status ask(struct servent *ret, struct line_room room, const struct question *q,
			   int *ret_errno)
{
	int before = errno;
	look_if_due();
	unsigned slot = held_take();
	if (slot == HELD_SLOTS)
		return answer(NSS_STATUS_UNAVAIL, before, ret_errno);
	enum nss_status status = find(ret, room, held_snapshot(slot), q);
	held_give(slot);
	return answer(status, before, ret_errno);
}

enum nss_status _nss_portroll_getservbyname_r(const char *name, const char *protocol,
					      struct servent *ret, char *buffer, size_t size,
					      int *ret_errno)
{
	const struct question question = {.name = name, .protocol = protocol};
	return ask(ret, (struct line_room){buffer, size}, &question, ret_errno);
}

enum nss_status _nss_portroll_getservbyport_r(int port, const char *protocol, struct servent *ret,
					      char *buffer, size_t size, int *ret_errno)
{
	const struct question question = {.port = port, .protocol = protocol};
	return ask(ret, (struct line_room){buffer, size}, &question, ret_errno);
}

enum nss_status _nss_portroll_setservent(int stay_open)
{
	(void)stay_open;
	int before = errno;
	bool started = enumeration_start();
	errno = before;
	return started ? NSS_STATUS_SUCCESS : NSS_STATUS_UNAVAIL;
}

enum nss_status _nss_portroll_getservent_r(struct servent *ret, char *buffer, size_t size,
					   int *ret_errno)
{
	int before = errno;
	enum nss_status status = enumeration_next(ret, (struct line_room){buffer, size});
	return answer(status, before, ret_errno);
}

enum nss_status _nss_portroll_endservent(void)
{
	enumeration_end();
	return NSS_STATUS_SUCCESS;
}

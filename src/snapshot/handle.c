/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

#include <stdatomic.h>

int portroll_open(struct portroll_snapshot **ret, const char *path, struct portroll_error *err)
{
	return snapshot_open_file(ret, path, SNAPSHOT_FULL, err);
}

int portroll_open_touched(struct portroll_snapshot **ret, const char *path,
			  struct portroll_error *err)
{
	return snapshot_open_file(ret, path, SNAPSHOT_TOUCHED, err);
}

int portroll_open_bytes(struct portroll_snapshot **ret, const void *bytes, size_t size,
			struct portroll_error *err)
{
	return snapshot_open(ret, (struct portroll_str){bytes, size}, SNAPSHOT_FULL, err);
}

struct portroll_snapshot *portroll_hold(struct portroll_snapshot *s)
{
	(void)atomic_fetch_add_explicit(&s->marks->more_holds, 1, memory_order_relaxed);
	return s;
}

void portroll_close(struct portroll_snapshot *s)
{
	if (s && atomic_fetch_sub_explicit(&s->marks->more_holds, 1, memory_order_acq_rel) == 0)
		snapshot_close(s);
}

bool portroll_damaged(const struct portroll_snapshot *s)
{
	return snapshot_damaged(s);
}

uint64_t portroll_digest(const struct portroll_snapshot *s)
{
	return snapshot_digest(s);
}

uint32_t portroll_find_port(const struct portroll_snapshot *s, uint16_t port, uint32_t transport)
{
	if (transport > TRANSPORT_COUNT)
		return PORTROLL_NONE;
	return snapshot_list_at(s, snapshot_answer(s, port, (uint8_t)transport).records, 0);
}

uint32_t portroll_find_name(const struct portroll_snapshot *s, struct portroll_str name)
{
	return snapshot_list_at(s, snapshot_by_name(s, name), 0);
}

bool portroll_get(const struct portroll_snapshot *s, uint32_t id, struct portroll_record *ret)
{
	return snapshot_plain(s, id, ret);
}

uint32_t portroll_record_count(const struct portroll_snapshot *s)
{
	return snapshot_record_count(s);
}

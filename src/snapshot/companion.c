/* SPDX-License-Identifier: MIT */
#include "snapshot/companion.h"

static bool holder_of(struct companion *ret, const struct portroll_snapshot *s, uint16_t port,
		      uint8_t transport, uint8_t source)
{
	struct answer answer = snapshot_answer(s, port, transport);
	struct portroll_record record;
	if (answer.state != PORTROLL_ASSIGNED || answer.source != source)
		return false;
	for (uint32_t at = 0; at < answer.records.count; at++) {
		if (!portroll_get(s, snapshot_list_at(s, answer.records, at), &record))
			return false;
		if (record.source != source || record.name.len == 0)
			continue;
		*ret = (struct companion){record.name, port, transport, record.assignee};
		return true;
	}
	return false;
}

size_t snapshot_companions(struct companion ret[static TRANSPORT_COUNT],
			   const struct portroll_snapshot *s, uint16_t port, struct answer answer)
{
	size_t count = 0;
	if (answer.reason != PORTROLL_REASON_COMPANION)
		return 0;
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++)
		count += holder_of(&ret[count], s, port, t, answer.source);
	return count;
}

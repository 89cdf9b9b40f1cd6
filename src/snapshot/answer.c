/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

static const struct answer no_answer = {
	.state = PORTROLL_UNKNOWN,
	.reason = PORTROLL_REASON_NOT_LISTED,
	.source = UINT8_MAX,
};

static bool answer_ok(const struct portroll_snapshot *s, const struct answer *a)
{
	return a->state <= PORTROLL_DYNAMIC && a->reason < PORTROLL_REASON_COUNT && a->rule <= 8 &&
	       (a->source == UINT8_MAX || a->source < element_count(s, SECTION_SOURCES)) &&
	       span_ok(s, SECTION_LISTS, a->records.first, a->records.count);
}

bool answer_row(const struct portroll_snapshot *s, uint32_t id, struct answer *ret)
{
	const unsigned char *row = element_at(s, SECTION_ANSWERS, id);
	if (!row)
		return false;
	struct answer answer = {
		.state = row[ANSWER_STATE],
		.reason = row[ANSWER_REASON],
		.rule = row[ANSWER_RULE],
		.source = row[ANSWER_SOURCE],
		.records = {load_u32(row + ANSWER_FIRST), load_u32(row + ANSWER_COUNT)},
	};
	if (!answer_ok(s, &answer))
		return mark_damaged(s);
	*ret = answer;
	return true;
}

struct answer snapshot_answer(const struct portroll_snapshot *s, uint16_t port, uint8_t transport)
{
	if (transport < PORTROLL_TCP || transport > TRANSPORT_COUNT)
		return no_answer;
	uint32_t place = ((transport - 1U) * PORT_COUNT + port) / PAGE_PORTS;
	const unsigned char *number = element_at(s, SECTION_PAGE_INDEX, place);
	if (!number)
		return no_answer;
	const unsigned char *page = element_at(s, SECTION_PAGES, load_u16(number));
	if (!page)
		return no_answer;
	struct answer answer = no_answer;
	(void)answer_row(s, load_u16(page + port % PAGE_PORTS * sizeof(uint16_t)), &answer);
	return answer;
}

uint32_t snapshot_list_at(const struct portroll_snapshot *s, struct record_list list, uint32_t at)
{
	if (at >= list.count || !span_ok(s, SECTION_LISTS, list.first, list.count))
		return UINT32_MAX;
	uint32_t id = list_number(s, SECTION_LISTS, list.first + at);
	if (id < element_count(s, SECTION_RECORDS))
		return id;
	(void)mark_damaged(s);
	return UINT32_MAX;
}

struct portroll_answer portroll_state(const struct portroll_snapshot *s, uint16_t port,
				      uint32_t transport)
{
	struct answer answer = transport > TRANSPORT_COUNT
				       ? no_answer
				       : snapshot_answer(s, port, (uint8_t)transport);
	bool has_source = answer.source != UINT8_MAX;
	return (struct portroll_answer){.state = answer.state,
					.reason = answer.reason,
					.rule = answer.rule,
					.has_source = has_source,
					.source = has_source ? answer.source : 0,
					.record_count = answer.records.count};
}

/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

static const struct answer no_answer = {
	.state = PORTROLL_UNKNOWN,
	.reason = PORTROLL_REASON_NOT_LISTED,
	.source = UINT8_MAX,
	.records = {LIST_EMPTY, 0},
};

static bool kind_ok(const struct portroll_snapshot *s, const struct answer *a)
{
	return (a->state <= PORTROLL_DYNAMIC && a->reason < PORTROLL_REASON_COUNT && a->rule <= 8 &&
		(a->source == UINT8_MAX || a->source < element_count(s, SECTION_SOURCES))) ||
	       mark_damaged(s);
}

bool kind_row(const struct portroll_snapshot *s, uint32_t kind, struct answer *ret)
{
	const unsigned char *row = element_at(s, SECTION_KINDS, kind);
	if (!row)
		return false;
	ret->state = row[KIND_STATE];
	ret->reason = row[KIND_REASON];
	ret->rule = row[KIND_RULE];
	ret->source = row[KIND_SOURCE];
	return kind_ok(s, ret);
}

static bool frequency_of(const struct portroll_snapshot *s, uint32_t id, uint32_t *ret)
{
	*ret = 0;
	if (element_count(s, SECTION_ANSWER_FREQUENCIES) == 0)
		return true;
	const unsigned char *row = element_at(s, SECTION_ANSWER_FREQUENCIES, id);
	if (row)
		*ret = load_u32(row);
	return row != NULL;
}

static bool answer_row(const struct portroll_snapshot *s, uint32_t id, struct answer *ret)
{
	const unsigned char *row = element_at(s, SECTION_ANSWERS, id);
	const unsigned char *place = element_at(s, SECTION_ANSWER_LISTS, id);
	struct answer answer;
	if (!row || !place || !kind_row(s, load_u16(row + ANSWER_KIND), &answer) ||
	    !frequency_of(s, id, &answer.frequency))
		return false;
	answer.records = (struct record_list){load_u32(place), load_u16(row + ANSWER_COUNT)};
	if (!list_ok(s, answer.records))
		return false;
	*ret = answer;
	return true;
}

/* The number of the answer of tcp, udp, sctp or dccp; UINT32_MAX: damaged. */
static uint32_t answer_number(const struct portroll_snapshot *s, uint16_t port, uint8_t transport)
{
	uint32_t place = ((transport - 1U) * PORT_COUNT + port) / PAGE_PORTS;
	const unsigned char *number = element_at(s, SECTION_PAGE_INDEX, place);
	if (!number)
		return UINT32_MAX;
	const unsigned char *page = element_at(s, SECTION_PAGES, load_u16(number));
	return page ? load_u16(page + port % PAGE_PORTS * sizeof(uint16_t)) : UINT32_MAX;
}

struct answer snapshot_answer(const struct portroll_snapshot *s, uint16_t port, uint8_t transport)
{
	struct answer answer = no_answer;
	if (transport < PORTROLL_TCP || transport > TRANSPORT_COUNT)
		return answer;
	uint32_t number = answer_number(s, port, transport);
	if (number != UINT32_MAX)
		(void)answer_row(s, number, &answer);
	return answer;
}

struct record_list records_of_port(const struct portroll_snapshot *s, uint16_t port,
				   uint8_t transport)
{
	size_t row = transport - 1U;
	if (row >= s->hot.transport_count)
		return snapshot_answer(s, port, transport).records;
	size_t at = (row * PORT_COUNT + port) / PAGE_PORTS;
	size_t page = load_u16(s->hot.page_index + at * 2);
	size_t answer = load_u16(s->hot.pages + (page * PAGE_PORTS + port % PAGE_PORTS) * 2);
	const unsigned char *places = section_bytes(s, SECTION_ANSWER_LISTS);
	const unsigned char *answers = section_bytes(s, SECTION_ANSWERS);
	return (struct record_list){load_u32(places + answer * sizeof(uint32_t)),
				    load_u16(answers + answer * ANSWER_SIZE + ANSWER_COUNT)};
}

/* Not a part of portroll_find_port(), which is short and in the way of all. */
__attribute__((noinline)) uint32_t first_record_of_port(const struct portroll_snapshot *s,
							uint16_t port, uint32_t transport)
{
	if (transport < PORTROLL_TCP || transport > TRANSPORT_COUNT)
		return PORTROLL_NONE;
	uint32_t number = answer_number(s, port, (uint8_t)transport);
	if (number == UINT32_MAX)
		return PORTROLL_NONE;
	uint32_t place = list_number(s, SECTION_ANSWER_LISTS, number);
	if (place == LIST_EMPTY)
		return PORTROLL_NONE;
	return snapshot_list_at(s, (struct record_list){place, 1}, 0);
}

uint32_t snapshot_list_at(const struct portroll_snapshot *s, struct record_list list, uint32_t at)
{
	if (at >= list.count || !list_ok(s, list))
		return UINT32_MAX;
	uint32_t records = element_count(s, SECTION_RECORDS);
	if (list.first < records)
		return list.first + at;
	uint32_t id = list_number(s, SECTION_LISTS, list.first - records + at);
	if (id < records)
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
					.record_count = answer.records.count,
					.frequency = answer.frequency};
}

/* SPDX-License-Identifier: MIT */
#include "procedure/policy_text.h"

#include "base/num.h"

#define LIST_SIZE_MAX ((size_t)1 << 20)

static void put_number(struct buf *out, const char *name, uint32_t value)
{
	char digits[NUM_TEXT_MAX];
	size_t len = num_format(digits, value);
	paragraph_put(out, str_from(name), (struct portroll_str){digits, len});
}

static void put_ranges(struct buf *out, const char *name, const struct range *ranges, size_t count)
{
	CLEANUP(buf_done) struct buf list = BUF_INIT(LIST_SIZE_MAX);
	for (size_t i = 0; i < count; i++) {
		char text[RANGE_TEXT_MAX];
		size_t len = range_format(text, ranges[i]);
		buf_puts(&list, i ? ", " : "");
		buf_put(&list, (struct portroll_str){text, len});
	}
	if (list.failed && !out->failed)
		out->failed = list.failed;
	paragraph_put(out, str_from(name), buf_str(&list));
}

static void put_names(struct buf *out, const char *name, const struct portroll_str *names,
		      size_t count)
{
	CLEANUP(buf_done) struct buf list = BUF_INIT(LIST_SIZE_MAX);
	for (size_t i = 0; i < count; i++) {
		buf_puts(&list, i ? ", " : "");
		buf_put(&list, names[i]);
	}
	if (list.failed && !out->failed)
		out->failed = list.failed;
	paragraph_put(out, str_from(name), buf_str(&list));
}

static void put_transports(struct buf *out, transport_set set)
{
	struct portroll_str names[TRANSPORT_COUNT];
	size_t count = 0;
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++)
		if (set & TRANSPORT_BIT(t))
			names[count++] = transport_name(t);
	put_names(out, "Transports", names, count);
}

static void put_pool(struct buf *out, const struct pool *pool)
{
	buf_putc(out, '\n');
	paragraph_put(out, STR("Pool"), pool->name);
	put_ranges(out, "Range", pool->ports, pool->port_count);
	put_transports(out, pool->transports);
	paragraph_put(out, STR("Owner"), pool->owner);
	put_names(out, "Reviewers", pool->reviewers, pool->reviewer_count);
	put_number(out, "Approvals", pool->approvals);
	if (pool->lease_days)
		put_number(out, "Lease", pool->lease_days);
	put_ranges(out, "Reserved", pool->reserved, pool->reserved_count);
}

void policy_put(struct buf *out, const struct policy *p)
{
	struct policy copy = *p;
	paragraph_put(out, STR("Policy"), p->source);
	paragraph_put(out, STR("Title"), p->title);
	paragraph_put(out, STR("Procedures"), p->is_rfc6335 ? PROCEDURES_RFC : PROCEDURES_POOLS);
	for (size_t i = 0; i < POLICY_NUMBER_COUNT; i++)
		put_number(out, policy_numbers[i].name,
			   *policy_number_of(&copy, &policy_numbers[i]));
	if (p->reuse_released)
		paragraph_put(out, STR("Reuse Released"), STR("yes"));
	for (size_t i = 0; i < p->pool_count; i++)
		put_pool(out, &p->pools[i]);
}

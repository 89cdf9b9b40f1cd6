/* SPDX-License-Identifier: MIT */
#include "procedure/policy_text.h"

#include "base/macros.h"
#include "base/str.h"
#include "registry/name.h"

#define LEASE_DAYS_MAX 36500
#define LIST_MAX       256 /* accounts, or ranges that are reserved */
#define ACCOUNT_MAX    32

/* A pool is asked for by its name in the place of a port. */
static bool is_pool_name(struct portroll_str name)
{
	return source_name_ok(name) && name_has_letter(name) &&
	       !str_equal_fold(name, STR("User")) && !str_equal_fold(name, STR("System"));
}

static bool is_account(struct portroll_str name)
{
	if (!name.len || name.len > ACCOUNT_MAX)
		return false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		if (!is_digit(c) && !(c >= 'a' && c <= 'z') && c != '-')
			return false;
	}
	return true;
}

/* The next of a list, parted by commas or lines. */
static bool next_item(struct portroll_str *rest, struct portroll_str *ret)
{
	while (rest->len) {
		size_t end = 0;
		while (end < rest->len && rest->ptr[end] != ',' && rest->ptr[end] != '\n')
			end++;
		*ret = str_trim(str_part(*rest, 0, end));
		*rest = str_part(*rest, end + 1, rest->len);
		if (ret->len)
			return true;
	}
	return false;
}

static int read_name(struct pool *pool, const struct policy_reading *r,
		     const struct paragraph_field *f)
{
	if (!is_pool_name(f->value))
		return policy_refuse(r, f,
				     "a name of 1 to 32 letters, digits, hyphens, with a letter, "
				     "and neither User nor System");
	pool->name = f->value;
	pool->line = f->line;
	return PORTROLL_OK;
}

static int read_one_range(struct range *ret, const struct policy_reading *r,
			  const struct paragraph_field *f, struct portroll_str text)
{
	const struct paragraph_field one = {f->name, text, f->line};
	int code = range_parse(ret, text);
	if (code < 0)
		return policy_refuse(r, &one, range_expected_text(code));
	const struct port_class *class = port_class_of(ret->last);
	if (class == &port_classes[PORT_CLASS_COUNT - 1])
		return error_at(r->err, PORTROLL_ERULE, f->line, 1,
				"%.*s: '%.*s' has Dynamic Ports, which are never assigned (RFC "
				"6335 section 8.1.2); a pool ends at 49151",
				PORTROLL_STR_ARG(f->name), PORTROLL_STR_ARG(text));
	if (class != port_class_of(ret->first))
		return error_at(r->err, PORTROLL_ERULE, f->line, 1,
				"%.*s: '%.*s' is of System Ports and of User Ports; make it two "
				"ranges, up to 1023 and from 1024",
				PORTROLL_STR_ARG(f->name), PORTROLL_STR_ARG(text));
	return PORTROLL_OK;
}

static int read_ranges(struct pool *pool, const struct policy_reading *r,
		       const struct paragraph_field *f)
{
	struct portroll_str rest = f->value, text;
	while (next_item(&rest, &text)) {
		if (pool->port_count == ARRAY_LEN(pool->ports))
			return policy_refuse(r, f, "at most four ranges; make it two pools");
		int code = read_one_range(&pool->ports[pool->port_count++], r, f, text);
		if (code < 0)
			return code;
	}
	return pool->port_count ? PORTROLL_OK
				: policy_refuse(r, f, "ports or ranges, such as 20000-20099");
}

static int read_reserved(struct pool *pool, const struct policy_reading *r,
			 const struct paragraph_field *f)
{
	struct portroll_str rest = f->value, text;
	struct range *ranges = arena_array(r->arena, LIST_MAX, sizeof(*ranges));
	if (!ranges)
		return error_memory(r->err);
	while (next_item(&rest, &text)) {
		if (pool->reserved_count == LIST_MAX)
			return policy_refuse(r, f, "at most 256 ranges");
		int code = read_one_range(&ranges[pool->reserved_count++], r, f, text);
		if (code < 0)
			return code;
	}
	pool->reserved = ranges;
	return PORTROLL_OK;
}

static int read_transports(struct pool *pool, const struct policy_reading *r,
			   const struct paragraph_field *f)
{
	struct portroll_str rest = f->value, text;
	pool->transports = 0;
	while (next_item(&rest, &text)) {
		uint8_t transport;
		const struct paragraph_field one = {f->name, text, f->line};
		if (transport_parse(&transport, text) < 0)
			return policy_refuse(r, &one, "tcp, udp, sctp or dccp");
		pool->transports |= TRANSPORT_BIT(transport);
	}
	return pool->transports ? PORTROLL_OK : policy_refuse(r, f, "tcp, udp, sctp or dccp");
}

static int refuse_account(const struct policy_reading *r, const struct paragraph_field *f,
			  struct portroll_str name)
{
	const struct paragraph_field one = {f->name, name, f->line};
	return policy_refuse(r, &one,
			     "the name of an account: 1 to 32 small letters, digits, hyphens");
}

static int read_owner(struct pool *pool, const struct policy_reading *r,
		      const struct paragraph_field *f)
{
	if (!is_account(f->value))
		return refuse_account(r, f, f->value);
	pool->owner = f->value;
	return PORTROLL_OK;
}

static bool has_name(const struct portroll_str *names, size_t count, struct portroll_str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(names[i], name))
			return true;
	return false;
}

static int read_reviewers(struct pool *pool, const struct policy_reading *r,
			  const struct paragraph_field *f)
{
	struct portroll_str rest = f->value, text;
	struct portroll_str *names = arena_array(r->arena, LIST_MAX, sizeof(*names));
	if (!names)
		return error_memory(r->err);
	while (next_item(&rest, &text)) {
		if (!is_account(text))
			return refuse_account(r, f, text);
		if (pool->reviewer_count == LIST_MAX)
			return policy_refuse(r, f, "at most 256 accounts");
		if (has_name(names, pool->reviewer_count, text))
			return policy_refuse(r, f, "each account once");
		names[pool->reviewer_count++] = text;
	}
	pool->reviewers = names;
	return PORTROLL_OK;
}

static int read_approvals(struct pool *pool, const struct policy_reading *r,
			  const struct paragraph_field *f)
{
	return policy_read_number(&pool->approvals, r, f, 0, LIST_MAX);
}

static int read_lease(struct pool *pool, const struct policy_reading *r,
		      const struct paragraph_field *f)
{
	if (str_equal_fold(f->value, STR("none"))) {
		pool->lease_days = 0;
		return PORTROLL_OK;
	}
	return policy_read_number(&pool->lease_days, r, f, 1, LEASE_DAYS_MAX);
}

static const struct {
	const char *name;
	int (*read)(struct pool *pool, const struct policy_reading *r,
		    const struct paragraph_field *f);
} fields[] = {
	{"Pool", read_name},   {"Range", read_ranges},        {"Transports", read_transports},
	{"Owner", read_owner}, {"Reviewers", read_reviewers}, {"Approvals", read_approvals},
	{"Lease", read_lease}, {"Reserved", read_reserved},
};

static int read_field(struct pool *pool, const struct policy_reading *r,
		      const struct paragraph_field *f)
{
	const char *names[ARRAY_LEN(fields)];
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		if (paragraph_name_equal(f->name, str_from(fields[i].name)))
			return fields[i].read(pool, r, f);
		names[i] = fields[i].name;
	}
	return policy_refuse_name(r, f, names, ARRAY_LEN(names));
}

int pool_read(struct pool *ret, const struct policy_reading *r, const struct paragraph *p)
{
	struct pool pool = {.transports = TRANSPORTS_ALL, .line = p->fields[0].line};
	int code = PORTROLL_OK;
	for (size_t i = 0; i < p->count && code == PORTROLL_OK; i++)
		code = read_field(&pool, r, &p->fields[i]);
	if (code < 0)
		return code;
	if (!pool.name.len || !pool.port_count)
		return error_at(r->err, PORTROLL_ESYNTAX, p->fields[0].line, 1,
				"a paragraph that lacks '%s'; each pool has a name and a range",
				pool.name.len ? "Range" : "Pool");
	if (pool.reviewer_count && !paragraph_find(p, STR("Approvals")))
		pool.approvals = 1;
	*ret = pool;
	return PORTROLL_OK;
}

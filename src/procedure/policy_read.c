/* SPDX-License-Identifier: MIT */
#include "procedure/policy_text.h"

#include "base/macros.h"
#include "base/num.h"
#include "registry/name.h"

#define NEAR 8 /* single edits to the nearest name that is worth telling */

int policy_refuse(const struct policy_reading *r, const struct paragraph_field *f,
		  const char *expected)
{
	struct portroll_str shown = str_part(f->value, 0, 60);
	return error_at(r->err, PORTROLL_ESYNTAX, f->line, 1, "%.*s: '%.*s', expected %s",
			PORTROLL_STR_ARG(f->name), PORTROLL_STR_ARG(shown), expected);
}

int policy_refuse_name(const struct policy_reading *r, const struct paragraph_field *f,
		       const char *const *names, size_t count)
{
	unsigned best = NEAR + 1;
	const char *nearest = NULL;
	for (size_t i = 0; i < count; i++) {
		struct portroll_str known = str_from(names[i]);
		unsigned distance = name_distance(f->name, known, best - 1);
		if (distance < best && distance <= known.len / 2) {
			best = distance;
			nearest = names[i];
		}
	}
	if (nearest)
		return error_at(r->err, PORTROLL_ESYNTAX, f->line, 1,
				"'%.*s' is no field of this paragraph; '%s' is",
				PORTROLL_STR_ARG(f->name), nearest);
	return error_at(r->err, PORTROLL_ESYNTAX, f->line, 1,
			"'%.*s' is no field of this paragraph; see portroll-policy(5)",
			PORTROLL_STR_ARG(f->name));
}

int policy_read_number(uint32_t *ret, const struct policy_reading *r,
		       const struct paragraph_field *f, uint32_t min, uint32_t max)
{
	uint64_t value = 0;
	if (num_parse(&value, f->value, max) == PORTROLL_OK && value >= min) {
		*ret = (uint32_t)value;
		return PORTROLL_OK;
	}
	struct portroll_str shown = str_part(f->value, 0, 60);
	return error_at(r->err, PORTROLL_ESYNTAX, f->line, 1,
			"%.*s: '%.*s', expected a number from %u to %u", PORTROLL_STR_ARG(f->name),
			PORTROLL_STR_ARG(shown), min, max);
}

static int read_source(const struct policy_reading *r, const struct paragraph_field *f)
{
	if (!source_name_ok(f->value))
		return policy_refuse(r, f,
				     "the name of a source: 1 to 32 letters, digits, hyphens");
	r->policy->source = f->value;
	return PORTROLL_OK;
}

static int read_title(const struct policy_reading *r, const struct paragraph_field *f)
{
	if (!f->value.len || str_find_char(f->value, '\n') != SIZE_MAX)
		return policy_refuse(r, f, "one line of text");
	r->policy->title = f->value;
	return PORTROLL_OK;
}

static int read_procedures(const struct policy_reading *r, const struct paragraph_field *f)
{
	bool is_rfc = str_equal_fold(f->value, PROCEDURES_RFC);
	if (!is_rfc && !str_equal_fold(f->value, PROCEDURES_POOLS))
		return policy_refuse(r, f, "RFC 6335 or pools");
	r->policy->is_rfc6335 = is_rfc;
	return PORTROLL_OK;
}

static int read_reuse(const struct policy_reading *r, const struct paragraph_field *f)
{
	bool is_yes = str_equal_fold(f->value, STR("yes"));
	if (!is_yes && !str_equal_fold(f->value, STR("no")))
		return policy_refuse(r, f, "yes or no");
	r->policy->reuse_released = is_yes;
	return PORTROLL_OK;
}

static const struct {
	const char *name;
	int (*read)(const struct policy_reading *r, const struct paragraph_field *f);
} words[] = {
	{"Policy", read_source},
	{"Title", read_title},
	{"Procedures", read_procedures},
	{"Reuse Released", read_reuse},
};

static int refuse_field(const struct policy_reading *r, const struct paragraph_field *f)
{
	const char *names[ARRAY_LEN(words) + POLICY_NUMBER_COUNT];
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		names[i] = words[i].name;
	for (size_t i = 0; i < POLICY_NUMBER_COUNT; i++)
		names[ARRAY_LEN(words) + i] = policy_numbers[i].name;
	return policy_refuse_name(r, f, names, ARRAY_LEN(names));
}

static int read_field(const struct policy_reading *r, const struct paragraph_field *f)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (paragraph_name_equal(f->name, str_from(words[i].name)))
			return words[i].read(r, f);
	for (size_t i = 0; i < POLICY_NUMBER_COUNT; i++) {
		const struct policy_number *n = &policy_numbers[i];
		if (paragraph_name_equal(f->name, str_from(n->name)))
			return policy_read_number(policy_number_of(r->policy, n), r, f, n->min,
						  n->max);
	}
	return refuse_field(r, f);
}

/* Checked here, where the lines are known. */
static int check_rfc_numbers(const struct policy_reading *r, const struct paragraph *p)
{
	for (size_t i = 0; i < POLICY_NUMBER_COUNT; i++) {
		const struct policy_number *n = &policy_numbers[i];
		const struct paragraph_field *f = paragraph_find(p, str_from(n->name));
		uint32_t value = *policy_number_of(r->policy, n);
		if (!f || (value >= n->rfc_min && value <= n->rfc_max))
			continue;
		bool is_less = value < n->rfc_min;
		return error_at(r->err, PORTROLL_ERULE, f->line, 1, "%s: %u, but %s has at %s %u",
				n->name, value, n->section, is_less ? "least" : "most",
				is_less ? n->rfc_min : n->rfc_max);
	}
	return PORTROLL_OK;
}

static int read_head(const struct policy_reading *r, const struct paragraph *p)
{
	int code = PORTROLL_OK;
	for (size_t i = 0; i < p->count && code == PORTROLL_OK; i++)
		code = read_field(r, &p->fields[i]);
	if (code < 0)
		return code;
	struct policy *policy = r->policy;
	const struct paragraph_field *limit = paragraph_find(p, STR("Description Limit"));
	const struct paragraph_field *usual = paragraph_find(p, STR("Description Length"));
	if (!policy->source.len)
		return error_at(r->err, PORTROLL_ESYNTAX, p->fields[0].line, 1,
				"the first paragraph lacks 'Policy', the name of its source");
	if (!policy->title.len)
		policy->title = policy->source;
	if (policy->description_limit < policy->description_max)
		return error_at(r->err, PORTROLL_ERULE, limit ? limit->line : usual->line, 1,
				"Description Limit: %u is below Description Length, %u",
				policy->description_limit, policy->description_max);
	return policy->is_rfc6335 ? check_rfc_numbers(r, p) : PORTROLL_OK;
}

static int read_pools(const struct policy_reading *r, const struct paragraph_list *list)
{
	size_t count = list->count - 1;
	if (count > POOL_MAX)
		return error_at(r->err, PORTROLL_ELIMIT, list->items[POOL_MAX + 1].fields[0].line,
				1, "more than %d pools", POOL_MAX);
	struct pool *pools = arena_array(r->arena, count, sizeof(*pools));
	if (!pools)
		return error_memory(r->err);
	int code = PORTROLL_OK;
	for (size_t i = 0; i < count && code == PORTROLL_OK; i++)
		code = pool_read(&pools[i], r, &list->items[i + 1]);
	r->policy->pools = pools;
	r->policy->pool_count = count;
	return code;
}

int policy_read(struct policy *ret, struct portroll_str text, struct arena *a,
		struct portroll_error *err)
{
	struct paragraph_list list;
	struct policy policy = {
		.deadlines = DEADLINES_USUAL,
		.description_max = DESCRIPTION_MAX_USUAL,
		.description_limit = DESCRIPTION_LIMIT_USUAL,
	};
	const struct policy_reading reading = {&policy, a, err};
	int r = paragraphs_read(&list, text, a, err);
	if (r < 0)
		return r;
	if (list.count == 0)
		return error_at(err, PORTROLL_ESYNTAX, 1, 1,
				"no policy: its first paragraph begins with 'Policy: NAME'");
	r = read_head(&reading, &list.items[0]);
	if (r == PORTROLL_OK)
		r = read_pools(&reading, &list);
	if (r == PORTROLL_OK)
		r = policy_check(&policy, err);
	if (r == PORTROLL_OK)
		*ret = policy;
	return r;
}

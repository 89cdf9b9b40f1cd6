/* SPDX-License-Identifier: MIT */

/* check NAME|FILE..., check --all: what the rules find. */

#include "base/file.h"
#include "keeper/at_desk.h"
#include "keeper/check_all.h"
#include "keeper/check_tell.h"
#include "procedure/effect.h"
#include "registry/name.h"

struct checking {
	struct keeper *k;
	struct at_desk desk; /* without a store where it cannot be read */
	bool has_findings;
};

/* A folder in the word makes it a file, and so does a file of that name, but what can be a name is
 * one: a file called as a service is ./http. */
static bool is_file(const char *word)
{
	struct portroll_str text = str_from(word);
	if (str_equal(text, STR("-")) || str_find_char(text, '/') != SIZE_MAX)
		return true;
	return !name_is_well_formed(text) && file_exists(word);
}

/* Of the source that is named by --source, else by the request. */
static int find_world(struct rule_world *ret, struct checking *c, struct portroll_str name)
{
	struct keeper *k = c->k;
	struct portroll_str told = keeper_option(k, OPTION_SOURCE);
	size_t at;
	int r = at_desk_look(&c->desk);
	if (r == PORTROLL_OK)
		r = world_find_source(&at, c->desk.present.roll, told.len ? told : name, &k->err);
	if (r < 0)
		return r;
	const struct source *source = &c->desk.present.roll->sources[at];
	if (source->kind == SOURCE_MANAGED && !c->desk.store)
		out_message(&k->out,
			    "the policy of %.*s and its open requests cannot be read here: checked "
			    "by RFC 6335",
			    PORTROLL_STR_ARG(source->name));
	return at_desk_world(ret, &c->desk, NULL, source->name, UINT64_MAX);
}

/* What is asked for decides what is tested, so it must be known. */
static int check_kind(struct keeper *k, const struct document *d)
{
	if (document_kind(d) != REQUEST_KIND_COUNT)
		return PORTROLL_OK;
	return error_at(&k->err, PORTROLL_ESYNTAX, d->lines[DOC_REQUEST], 0,
			"'%.*s' is no kind of request; expected assign, transport, name, modify, "
			"rename, deassign, reuse, revoke, succession ...",
			PORTROLL_STR_ARG(str_part(d->values[DOC_REQUEST], 0, 40)));
}

static int try_request(struct checked *ret, const struct request_check *check)
{
	struct effect_result result;
	struct portroll_error why = {0};
	struct arena *a = ret->found.arena;
	int r = effect_try(&result, check, a, &why);
	if (r == PORTROLL_OK || r == PORTROLL_ENOMEM)
		return r;
	ret->impossible = arena_str(a, str_from(why.text));
	return a->failed ? PORTROLL_ENOMEM : PORTROLL_OK;
}

static int check_document(struct checked *ret, struct checking *c, const struct document *d)
{
	struct keeper *k = c->k;
	struct request request;
	struct rule_world *world = arena_alloc(&k->arena, sizeof(*world));
	int r = world ? check_kind(k, d) : error_memory(&k->err);
	if (r == PORTROLL_OK)
		r = find_world(world, c, str_trim(d->values[DOC_SOURCE]));
	if (r < 0)
		return r;
	r = request_read(&request, d, policy_has_pool, world->policy, &k->arena);
	const struct request_check check = {.request = &request, .world = world};
	ret->found = (struct finding_list){.arena = &k->arena};
	if (r == PORTROLL_OK)
		r = rules_check_request(&ret->found, &check);
	if (r == PORTROLL_OK)
		r = try_request(ret, &check);
	ret->source = c->desk.world->source;
	ret->document = d;
	return r < 0 ? error_memory(&k->err) : r;
}

static int check_file(struct checked *ret, struct checking *c, const char *path)
{
	struct keeper *k = c->k;
	struct file_bytes file = {0};
	struct document *d = arena_alloc(&k->arena, sizeof(*d));
	if (!d)
		return error_memory(&k->err);
	int r = file_read(&file, path, PARAGRAPH_TEXT_MAX, &k->err);
	if (r < 0)
		return r;
	k->err_file = str_equal(str_from(path), STR("-")) ? "standard input" : path;
	/* What was read points into it. */
	struct portroll_str text = arena_str(&k->arena, file.bytes);
	file_release(&file);
	if (k->arena.failed)
		return error_memory(&k->err);
	r = document_read(d, text, &k->arena, &k->err);
	if (r == PORTROLL_OK)
		r = check_document(ret, c, d);
	if (r == PORTROLL_OK)
		k->err_file = NULL;
	return r;
}

/* As a new name; only what is found about it, since nothing else was said. */
static int check_name(struct checked *ret, struct checking *c, const char *name)
{
	struct document *d = arena_alloc(&c->k->arena, sizeof(*d));
	size_t kept = 0;
	if (!d)
		return error_memory(&c->k->err);
	d->values[DOC_SERVICE_NAME] = str_from(name);
	int r = check_document(ret, c, d);
	for (size_t i = 0; r == PORTROLL_OK && i < ret->found.count; i++)
		if (ret->found.items[i].field == DOC_SERVICE_NAME)
			ret->found.items[kept++] = ret->found.items[i];
	ret->found.count = kept;
	ret->impossible = STR_NONE;
	ret->is_name = true;
	return r;
}

static bool is_grave(const struct checked *c)
{
	for (size_t i = 0; i < c->found.count; i++) {
		enum finding_severity severity = finding_severity(&c->found.items[i]);
		if (severity == SEVERITY_ERROR || severity == SEVERITY_WARNING)
			return true;
	}
	return c->impossible.len > 0;
}

static int check_operands(struct checking *c)
{
	struct keeper *k = c->k;
	struct json j = json_init(&k->out.buf, true);
	bool is_json = keeper_has(k, OPTION_JSON);
	int r = PORTROLL_OK;
	if (is_json) {
		json_object(&j);
		json_member(&j, "schema", STR("portroll-check/1"));
		json_key(&j, "checked");
		json_array(&j);
	}
	for (int i = 0; i < k->args.operand_count && r == PORTROLL_OK; i++) {
		const char *operand = k->args.operands[i];
		struct checked one = {.operand = operand};
		r = is_file(operand) ? check_file(&one, c, operand) : check_name(&one, c, operand);
		if (r < 0)
			break;
		c->has_findings = c->has_findings || is_grave(&one);
		if (is_json)
			check_put_json(&j, &one);
		else
			check_tell(&k->out, &one);
	}
	if (is_json) {
		json_array_end(&j);
		json_object_end(&j);
		buf_putc(&k->out.buf, '\n');
	}
	return r;
}

/* What cannot be read there is not needed of a source that is only mirrored. */
static void open_desk(struct checking *c)
{
	struct keeper *k = c->k;
	c->desk = (struct at_desk){.k = k};
	if (!keeper_has(k, OPTION_SNAPSHOT) && at_desk_open(&c->desk, k) < 0)
		k->err = (struct portroll_error){0};
}

int verb_check(struct keeper *k)
{
	struct checking c = {.k = k};
	if (keeper_has(k, OPTION_ALL) && k->args.operand_count == 0)
		return check_all(k);
	if (keeper_has(k, OPTION_ALL) || k->args.operand_count == 0) {
		(void)error_set(&k->err, PORTROLL_EINVAL,
				"give names or files of requests, or --all for all records");
		return keeper_failed(k);
	}
	open_desk(&c);
	int r = check_operands(&c);
	int code = c.has_findings ? EXIT_NO : EXIT_YES;
	if (r < 0)
		code = keeper_failed(k);
	at_desk_close(&c.desk);
	return code;
}

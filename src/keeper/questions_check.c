/* SPDX-License-Identifier: MIT */
#include "keeper/request_questions.h"

#include "terminal/prompt.h"

#define SENTENCE_MAX 4096

struct answer_check {
	struct questions *questions;
	enum document_field field;
	size_t count;    /* of sentences */
	bool is_refused; /* by a MUST of form, or because nobody can read it */
};

static void say(struct answer_check *c, const struct buf *sentence)
{
	prompt_say(&c->questions->k->out, buf_str(sentence));
	c->count++;
}

/* What request_read() could not make out in the field. */
static struct portroll_str bad_words(const struct request *q, enum document_field field)
{
	const struct {
		enum document_field field;
		struct portroll_str bad;
	} rows[] = {
		{DOC_REQUEST, q->kind == REQUEST_KIND_COUNT ? q->document->values[field] : STR("")},
		{DOC_PORT_NUMBER, q->bad_port},
		{DOC_TRANSPORTS, q->bad_transport},
		{DOC_SERVICE_CODE, q->bad_code},
		{DOC_REFERENCE, q->bad_reference},
		{DOC_LEASE, q->bad_lease},
		{DOC_ASSIGNEE, q->assignee.bad_mail ? q->assignee.mail : STR("")},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (rows[i].field == field)
			return rows[i].bad;
	return STR("");
}

static void check_words(struct answer_check *c, const struct request *q)
{
	struct portroll_str bad = bad_words(q, c->field);
	CLEANUP(buf_done) struct buf sentence = BUF_INIT(SENTENCE_MAX);
	if (bad.len == 0)
		return;
	buf_printf(&sentence, "  '%.*s' is not understood here.\n",
		   PORTROLL_STR_ARG(str_part(bad, 0, 60)));
	say(c, &sentence);
	c->is_refused = true;
}

/* The name of an assignment that is there, where there is no registry to look at. */
static bool is_unknown_here(const struct answer_check *c, const struct request *q)
{
	bool is_new =
		q->kind == REQUEST_ASSIGN || q->kind == REQUEST_EARLY || q->kind == REQUEST_NAME;
	return c->field == DOC_SERVICE_NAME && !is_new && !c->questions->ground->source;
}

static void check_rules(struct answer_check *c, const struct finding_list *found)
{
	for (size_t i = 0; i < found->count; i++) {
		const struct finding *f = &found->items[i];
		CLEANUP(buf_done) struct buf sentence = BUF_INIT(SENTENCE_MAX);
		if (f->field != c->field || f->is_question)
			continue;
		buf_printf(&sentence, "  %s: %.*s\n       %s (%s)\n", f->rule->id,
			   PORTROLL_STR_ARG(f->detail), f->rule->remedy, f->rule->origin);
		say(c, &sentence);
		c->is_refused = c->is_refused || (f->rule->is_form && finding_blocks(f, NULL));
	}
}

/* What is asked is the registry of that name from now on. */
static int turn_to_source(struct questions *q, struct portroll_str name)
{
	struct keeper *k = q->k;
	int r = ground_turn(q->ground, name);
	if (r == PORTROLL_OK || r == PORTROLL_ENOMEM)
		return r;
	out_message(&k->out, "%s", k->err.text);
	k->err = (struct portroll_error){0};
	return PORTROLL_ERULE;
}

static int find(struct finding_list *ret, struct request *ret_request, const struct questions *q)
{
	const struct rule_world *world = &q->ground->world;
	pool_test_fn *is_pool = ground_lacks_policy(q->ground) ? NULL : policy_has_pool;
	int r = request_read(ret_request, &q->document, is_pool, world->policy, ret->arena);
	return r < 0 ? r
		     : rules_check_request(ret, &(struct request_check){ret_request, world, NULL});
}

bool questions_found(const struct questions *q, enum document_field field)
{
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct finding_list found = {.arena = &a};
	struct request request;
	if (find(&found, &request, q) < 0)
		return true;
	for (size_t i = 0; i < found.count; i++)
		if (found.items[i].field == field)
			return true;
	return false;
}

int questions_check(size_t *ret_count, struct questions *q, enum document_field field)
{
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct answer_check c = {.questions = q, .field = field};
	struct finding_list found = {.arena = &a};
	struct request request;
	*ret_count = 0;
	int r = field == DOC_SOURCE ? turn_to_source(q, q->document.values[field]) : PORTROLL_OK;
	if (r < 0)
		return r;
	if (find(&found, &request, q) < 0)
		return error_memory(&q->k->err);
	if (!is_unknown_here(&c, &request))
		check_rules(&c, &found);
	if (c.count == 0)
		check_words(&c, &request);
	*ret_count = c.count;
	return c.is_refused ? PORTROLL_ERULE : PORTROLL_OK;
}

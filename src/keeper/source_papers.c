/* SPDX-License-Identifier: MIT */
#include "keeper/source_papers.h"

#include "keeper/dossier.h"

int source_policy_load(struct policy *ret, struct keeper *k, const char *path,
		       struct portroll_str source)
{
	struct file_bytes file = {0};
	int r = file_read(&file, path, PARAGRAPH_TEXT_MAX + 1, &k->err);
	if (r < 0)
		return r;
	struct portroll_str text = arena_str(&k->arena, file.bytes);
	file_release(&file);
	if (k->arena.failed)
		return error_memory(&k->err);
	k->err_file = path;
	r = policy_read(ret, text, &k->arena, &k->err);
	if (r == PORTROLL_OK && !str_equal(ret->source, source))
		r = error_at(&k->err, PORTROLL_EINVAL, 1, 1,
			     "is the policy of %.*s, not of %.*s: 'Policy: %.*s' is expected",
			     PORTROLL_STR_ARG(ret->source), PORTROLL_STR_ARG(source),
			     PORTROLL_STR_ARG(source));
	if (r == PORTROLL_OK)
		k->err_file = NULL;
	return r;
}

struct policy source_policy_usual(struct portroll_str source, struct portroll_str title)
{
	struct policy policy = policy_rfc6335;
	policy.source = source;
	policy.title = title.len ? title : source;
	return policy;
}

int source_policy_find(struct source_policy *ret, const struct desk *d, struct portroll_str source,
		       struct portroll_error *err)
{
	struct stored_paper paper;
	int r = policy_paper_find(&paper, d, source, err);
	ret->version = paper.version;
	ret->policy = source_policy_usual(source, STR(""));
	if (r < 0 || !paper.version)
		return r;
	struct portroll_error own = {0};
	r = policy_read(&ret->policy, paper.body, d->arena, &own);
	if (r < 0)
		return error_set(err, r, "the policy of %.*s is damaged, line %u: %s",
				 PORTROLL_STR_ARG(source), own.line, own.text);
	return PORTROLL_OK;
}

int source_policy_held(struct source_policy *ret, struct keeper *k, struct held_roll *held,
		       struct portroll_str source)
{
	ret->version = 0;
	ret->policy = source_policy_usual(source, STR(""));
	if (!held->ledger)
		return PORTROLL_OK;
	struct desk desk = {.arena = &k->arena};
	desk.ops = ledger_store(&desk.store, held->ledger);
	return source_policy_find(ret, &desk, source, &k->err);
}

int source_policy_version(uint64_t *ret, struct keeper *k, struct held_roll *held,
			  struct portroll_str source)
{
	struct stored_paper paper = {0};
	struct desk desk = {.arena = &k->arena};
	int r = PORTROLL_OK;
	if (held->ledger) {
		desk.ops = ledger_store(&desk.store, held->ledger);
		r = policy_paper_find(&paper, &desk, source, &k->err);
	}
	*ret = paper.version;
	return r;
}

/* Each policy of the past stays as the dossier of its change. */
static int make_dossier(struct stored_paper *ret, struct changeset *about, struct held_roll *held,
			struct portroll_str text)
{
	struct keeper *k = held->keeper;
	CLEANUP(buf_done) struct buf id = BUF_INIT(PAPER_NAME_MAX);
	buf_puts(&id, "policy:");
	buf_put(&id, about->source);
	buf_putc(&id, '@');
	buf_put_num(&id, held->ledger ? ledger_tree(held->ledger)->size + 1 : 1);
	about->has_dossier = true;
	return dossier_of_text(ret, &about->dossier, buf_keep(&id, &k->arena), text, k);
}

int source_policy_commit(struct held_roll *held, struct roll *roll,
			 const struct policy_setting *setting)
{
	struct keeper *k = held->keeper;
	const struct policy *policy = &setting->policy;
	struct changeset about = keeper_change(k, STR("policy"));
	CLEANUP(buf_done) struct buf text = BUF_INIT(PAPER_SIZE_MAX);
	struct stored_paper *papers = arena_array(&k->arena, 2, sizeof(*papers));
	policy_put(&text, policy);
	if (text.failed == PORTROLL_ELIMIT || text.len > PARAGRAPH_TEXT_MAX)
		return error_set(&k->err, PORTROLL_ELIMIT,
				 "the policy is too large: at most %zu bytes, written in full",
				 PARAGRAPH_TEXT_MAX);
	if (!papers || text.failed)
		return error_memory(&k->err);
	about.source = policy->source;
	about.author = setting->author;
	papers[0] = (struct stored_paper){
		.kind = PAPER_POLICY, .id = policy->source, .version = setting->version};
	papers[0].body = arena_str(&k->arena, buf_str(&text));
	int r = make_dossier(&papers[1], &about, held, papers[0].body);
	if (r < 0)
		return r;
	held->papers = papers;
	held->paper_count = 2;
	r = held_roll_commit(held, roll, &about);
	held->papers = NULL;
	held->paper_count = 0;
	return r;
}

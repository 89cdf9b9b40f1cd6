/* SPDX-License-Identifier: MIT */

/* request dossier: the case as it was when it went into the ledger, checked against what the ledger
 * has of it. */

#include "base/json.h"
#include "base/num.h"
#include "keeper/case_view.h"
#include "keeper/dossier.h"
#include "keeper/request_action.h"
#include "keeper/request_step.h"

struct reading {
	struct keeper *k;
	struct portroll_str body; /* in the arena of the keeper; empty: there is none */
	struct changeset about;   /* of the change */
	struct json *json;        /* NULL: as text */
};

static int take_paper(void *context, const struct stored_paper *paper, struct portroll_error *err)
{
	struct reading *s = context;
	s->body = arena_str(&s->k->arena, paper->body);
	return s->k->arena.failed ? error_memory(err) : PORTROLL_OK;
}

static int take_entry(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct reading *s = context;
	return changeset_read_about(&s->about, entry->body, &s->k->arena, err);
}

static int read_change(struct reading *s, const struct at_desk *d, uint64_t change)
{
	int r = d->ops->each(d->store, (struct entry_range){change - 1, change}, take_entry, s,
			     &s->k->err);
	if (r == PORTROLL_OK && !s->about.has_dossier)
		r = error_set(&s->k->err, PORTROLL_ECORRUPT,
			      "@%llu is no change with a dossier: the case does not belong to this "
			      "ledger",
			      (unsigned long long)change);
	return r;
}

static void put_json(struct json *j, const struct reading *s, const struct dossier *d,
		     uint64_t change)
{
	char digits[2 * TREE_HASH_SIZE];
	num_format_hex(digits, s->about.dossier.bytes, TREE_HASH_SIZE);
	json_object(j);
	json_key(j, "change");
	json_num(j, change);
	json_member(j, "commitment", (struct portroll_str){digits, sizeof(digits)});
	json_member(j, "salt", d->salt);
	json_member(j, "text", d->text);
	json_object_end(j);
}

static void put_text(struct out *o, const struct dossier *d, uint64_t change)
{
	buf_put(&o->buf, d->text);
	buf_putc(&o->buf, '\n');
	if (!o->quiet)
		out_message(o, "it is the dossier that @%llu in the ledger commits to",
			    (unsigned long long)change);
}

static int check(struct reading *s, const char *id, uint64_t change)
{
	struct keeper *k = s->k;
	struct dossier dossier = {0};
	if (s->body.len == 0) {
		out_message(&k->out,
			    "the dossier of %s was erased; @%llu in the ledger keeps what proves "
			    "another one wrong",
			    id, (unsigned long long)change);
		if (s->json)
			put_json(s->json, s, &dossier, change);
		return EXIT_NO;
	}
	int r = dossier_read(&dossier, s->body, &k->err);
	if (r < 0)
		return r;
	if (!tree_hash_equal(&dossier.commitment, &s->about.dossier))
		return error_set(
			&k->err, PORTROLL_ECORRUPT,
			"the dossier of %s is not the one that @%llu in the ledger commits "
			"to: it was altered",
			id, (unsigned long long)change);
	if (s->json)
		put_json(s->json, s, &dossier, change);
	else
		put_text(&k->out, &dossier, change);
	return EXIT_YES;
}

/* A case goes into the ledger once, and again when what was given until a day ends. That of a
 * renewal is the dossier of the request that renewed it. */
static int show_change(struct at_desk *d, struct json *j, const char *id,
		       const struct case_event *e)
{
	struct keeper *k = d->k;
	struct reading s = {.k = k, .json = j};
	CLEANUP(buf_done) struct buf name = BUF_INIT(PAPER_NAME_MAX);
	buf_puts(&name, id);
	if (e->kind != EVENT_IMPLEMENT) {
		buf_putc(&name, '@');
		buf_put_num(&name, e->change);
	}
	if (name.failed)
		return error_memory(&k->err);
	int r = read_change(&s, d, e->change);
	if (r == PORTROLL_OK)
		r = d->ops->papers(d->store, (struct paper_name){PAPER_DOSSIER, buf_str(&name)},
				   take_paper, &s, &k->err);
	return r == PORTROLL_OK ? check(&s, id, e->change) : r;
}

static int show_changes(struct at_desk *d, struct json *j, const char *id,
			const struct request_case *request)
{
	int result = PORTROLL_OK;
	for (size_t i = 0; i < request->event_count && result >= 0; i++) {
		const struct case_event *e = &request->events[i];
		if (e->change == 0 || (e->kind != EVENT_IMPLEMENT && e->kind != EVENT_DEPRECATE &&
				       e->kind != EVENT_DEALLOCATE))
			continue;
		int r = show_change(d, j, id, e);
		result = r < 0 || r > result ? r : result;
	}
	return result;
}

static int show_json(struct at_desk *d, const char *id, const struct request_case *request)
{
	struct buf *out = &d->k->out.buf;
	struct json j = json_init(out, true);
	json_object(&j);
	json_member(&j, "schema", STR("portroll-dossier/1"));
	json_member(&j, "request", str_from(id));
	json_key(&j, "dossiers");
	json_array(&j);
	int r = show_changes(d, &j, id, request);
	json_array_end(&j);
	json_object_end(&j);
	buf_putc(out, '\n');
	return r;
}

static int show(struct at_desk *d)
{
	struct keeper *k = d->k;
	struct open_case c;
	char id[CASE_ID_MAX];
	int r = open_case(&c, d, k->args.operands[0]);
	if (r < 0)
		return r;
	const struct request_case *request = c.kept.request;
	(void)case_id(id, request->number);
	if (!case_concerns(at_desk_actor(d, request, &c.world).roles))
		return error_set(&k->err, PORTROLL_ERULE,
				 "the dossier of %s is for those who ask, decide, or are asked",
				 id);
	if (request->change == 0)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "%s is %s: only what went into the ledger has a dossier", id,
				 state_key(request->state));
	return keeper_has(k, OPTION_JSON) ? show_json(d, id, request)
					  : show_changes(d, NULL, id, request);
}

int request_run_dossier(struct keeper *k, const struct request_word *w)
{
	(void)w;
	struct at_desk d = {0};
	int r = at_desk_open(&d, k);
	if (r == PORTROLL_OK)
		r = show(&d);
	at_desk_close(&d);
	return r;
}

/* SPDX-License-Identifier: MIT */

/* request erase: all that is kept of a request that has ended, since what people wrote is theirs.
 * Its number is not given again; that it was erased, and by whom, stays, and the ledger keeps what
 * it has: a commitment, which says nothing. */

#include "desk/delivery.h"
#include "desk/erased.h"
#include "keeper/request_action.h"
#include "keeper/request_step.h"
#include "terminal/ask.h"

struct erasing {
	struct at_desk desk;
	char id[CASE_ID_MAX];
	struct paper_list papers;
};

static bool is_of_case(const struct erasing *e, struct portroll_str dossier)
{
	struct portroll_str id = str_from(e->id);
	return str_starts(dossier, id) && (dossier.len == id.len || dossier.ptr[id.len] == '@');
}

static int add(struct erasing *e, const struct stored_paper *paper)
{
	struct arena *a = &e->desk.k->arena;
	const struct stored_paper erased = {.kind = arena_str(a, paper->kind),
					    .id = arena_str(a, paper->id),
					    .version = paper->version};
	int r = paper_list_add(&e->papers, &erased, e->desk.k);
	return r == PORTROLL_OK && a->failed ? error_memory(&e->desk.k->err) : r;
}

static int take_dossier(void *context, const struct stored_paper *paper, struct portroll_error *err)
{
	struct erasing *e = context;
	(void)err;
	return is_of_case(e, paper->id) ? add(e, paper) : PORTROLL_OK;
}

static int take_delivery(void *context, const struct stored_paper *paper,
			 struct portroll_error *err)
{
	struct erasing *e = context;
	struct delivery d;
	int r = delivery_read(&d, paper, &e->desk.k->arena, err);
	if (r < 0)
		return r;
	return str_equal(d.request, str_from(e->id)) ? add(e, paper) : PORTROLL_OK;
}

static int find_papers(struct erasing *e)
{
	struct at_desk *d = &e->desk;
	int r = d->ops->papers(d->store, (struct paper_name){.kind = PAPER_DOSSIER}, take_dossier,
			       e, &d->k->err);
	if (r == PORTROLL_OK)
		r = d->ops->papers(d->store, (struct paper_name){.kind = PAPER_DELIVERY},
				   take_delivery, e, &d->k->err);
	return r;
}

static int check(struct erasing *e, const struct desk_case *kept)
{
	struct keeper *k = e->desk.k;
	int r = acting_need_administrator(&e->desk.me, k);
	if (r == PORTROLL_OK && !state_is_end(kept->request->state))
		r = error_set(&k->err, PORTROLL_ERULE,
			      "%s is %s: only what has ended can be erased; who asked may withdraw "
			      "it",
			      e->id, state_key(kept->request->state));
	return r;
}

/* Without a terminal nobody is asked. */
static bool is_agreed(struct erasing *e)
{
	struct keeper *k = e->desk.k;
	CLEANUP(buf_done) struct buf question = BUF_INIT(256);
	if (keeper_has(k, OPTION_YES))
		return true;
	buf_printf(&question, "portroll: erase all that is kept of %s, for good?", e->id);
	buf_putc(&question, '\0');
	return !question.failed && ask(&k->out, question.ptr) == ASK_YES;
}

/* That there was one. */
static int add_trace(struct erasing *e, const struct request_case *request)
{
	struct keeper *k = e->desk.k;
	struct stored_paper left;
	const struct acting *me = &e->desk.me;
	const struct erased_case trace = {.number = request->number,
					  .state = request->state,
					  .change = request->change,
					  .time = k->now,
					  .by = me->as.len ? me->as : me->name};
	int r = erased_paper(&left, &trace, &k->arena, &k->err);
	return r == PORTROLL_OK ? paper_list_add(&e->papers, &left, k) : r;
}

static int erase(struct erasing *e, uint64_t number)
{
	struct keeper *k = e->desk.k;
	struct desk_case kept;
	struct stored_paper own = {.kind = PAPER_REQUEST, .id = str_from(e->id)};
	int r = desk_case(&kept, &e->desk.desk, number, &k->err);
	if (r == PORTROLL_OK)
		r = check(e, &kept);
	if (r == PORTROLL_OK)
		r = find_papers(e);
	if (r < 0)
		return r;
	if (!is_agreed(e)) {
		out_message(&k->out, "nothing is erased; without a terminal it takes --yes");
		return EXIT_NO;
	}
	own.version = kept.version;
	r = add(e, &own);
	if (r == PORTROLL_OK)
		r = add_trace(e, kept.request);
	if (r == PORTROLL_OK)
		r = desk_put(&e->desk.desk, e->papers.items, e->papers.count, &k->err);
	if (r == PORTROLL_OK && !k->out.quiet)
		buf_printf(
			&k->out.buf,
			"all that was kept of %s is erased; what backups have of it stays there\n",
			e->id);
	return r;
}

int request_run_erase(struct keeper *k, const struct request_word *w)
{
	struct erasing e = {0};
	uint64_t number;
	(void)w;
	int r = request_number(&number, k, k->args.operands[0]);
	if (r == PORTROLL_OK)
		r = at_desk_open(&e.desk, k);
	if (r == PORTROLL_OK) {
		(void)case_id(e.id, number);
		r = erase(&e, number);
	}
	at_desk_close(&e.desk);
	return r;
}

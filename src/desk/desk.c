/* SPDX-License-Identifier: MIT */
#include "desk/desk_paper.h"

#include "base/num.h"

#define CONFIRMATION_KEY STR("confirmation")

int desk_put(const struct desk *d, const struct stored_paper *papers, size_t count,
	     struct portroll_error *err)
{
	return d->ops->put_papers(d->store, papers, count, err);
}

/* The one paper of a name; its body lives in the arena. */
static int take_paper(void *context, const struct stored_paper *paper, struct portroll_error *err)
{
	struct desk_paper *found = context;
	found->version = paper->version;
	found->body = arena_str(found->arena, paper->body);
	return found->arena->failed ? error_memory(err) : PORTROLL_OK;
}

int desk_paper(struct desk_paper *ret, const struct desk *d, struct paper_name name,
	       struct portroll_error *err)
{
	*ret = (struct desk_paper){.arena = d->arena};
	return d->ops->papers(d->store, name, take_paper, ret, err);
}

static int damaged(struct paper_name name, struct portroll_error *err)
{
	return error_set(err, PORTROLL_ECORRUPT,
			 "the %.*s %.*s in the store is damaged: bring back the last backup "
			 "(portroll ledger restore)",
			 PORTROLL_STR_ARG(name.kind), PORTROLL_STR_ARG(name.id));
}

int desk_next_number(uint64_t *ret, struct stored_paper *ret_counter, const struct desk *d,
		     struct portroll_error *err)
{
	struct paper_name name = {PAPER_COUNTER, STR("request")};
	struct desk_paper found;
	uint64_t last = 0;
	int r = desk_paper(&found, d, name, err);
	if (r < 0)
		return r;
	if (found.version && num_parse(&last, found.body, INT64_MAX - 1) < 0)
		return damaged(name, err);
	struct buf body CLEANUP(buf_done) = BUF_INIT(NUM_TEXT_MAX);
	buf_put_num(&body, last + 1);
	*ret = last + 1;
	*ret_counter = (struct stored_paper){
		.kind = name.kind,
		.id = name.id,
		.version = found.version,
		.body = buf_keep(&body, d->arena),
	};
	return ret_counter->body.len ? PORTROLL_OK : error_memory(err);
}

int desk_policy(struct policy *ret, const struct desk *d, struct portroll_str source,
		struct portroll_error *err)
{
	struct desk_paper found;
	int r = desk_paper(&found, d, (struct paper_name){PAPER_POLICY, source}, err);
	if (r < 0)
		return r;
	if (found.version) {
		struct portroll_error why = {0};
		r = policy_read(ret, found.body, d->arena, &why);
		if (r == PORTROLL_ENOMEM)
			return error_memory(err);
		if (r < 0)
			return damaged((struct paper_name){PAPER_POLICY, source}, err);
	} else {
		*ret = policy_rfc6335;
		ret->source = source;
	}
	return r;
}

static int read_key(uint8_t ret[static CONFIRMATION_KEY_SIZE], const struct desk *d, bool *is_there,
		    struct portroll_error *err)
{
	struct paper_name name = {PAPER_SECRET, CONFIRMATION_KEY};
	struct desk_paper found;
	int r = desk_paper(&found, d, name, err);
	if (r < 0)
		return r;
	*is_there = found.version > 0;
	if (*is_there && found.body.len != CONFIRMATION_KEY_SIZE)
		return damaged(name, err);
	for (size_t i = 0; i < found.body.len; i++)
		ret[i] = (uint8_t)found.body.ptr[i];
	return PORTROLL_OK;
}

int desk_confirmation_key(uint8_t ret[static CONFIRMATION_KEY_SIZE], const struct desk *d,
			  void (*random)(void *, size_t), struct portroll_error *err)
{
	struct portroll_error own = {0};
	bool is_there = false;
	int r = read_key(ret, d, &is_there, err);
	if (r < 0 || is_there)
		return r;
	random(ret, CONFIRMATION_KEY_SIZE);
	const struct stored_paper paper = {
		.kind = PAPER_SECRET,
		.id = CONFIRMATION_KEY,
		.body = {(const char *)ret, CONFIRMATION_KEY_SIZE},
	};
	r = d->ops->put_papers(d->store, &paper, 1, &own);
	/* Another may have been first: theirs is the key. */
	if (r == PORTROLL_ECONFLICT)
		return read_key(ret, d, &is_there, err);
	return r < 0 ? error_set(err, r, "%s", own.text) : r;
}

/* SPDX-License-Identifier: MIT */
#include "ledger/ledger.h"

#include "ledger/publication.h"

int ledger_publish_people(struct ledger *l, struct portroll_error *err)
{
	struct file_batch batch = {.temporary = l->paths.temporary, .top = l->paths.folder};
	int r = publication_people(l, &batch, err);
	if (r == PORTROLL_OK)
		r = file_batch_commit(&batch, err);
	file_batch_done(&batch);
	if (r == PORTROLL_OK)
		l->has_new_people = false;
	return r;
}

int ledger_redact(uint64_t *ret, struct ledger *l, struct portroll_str id,
		  struct portroll_error *err)
{
	/* Published people that are missing are written again by the next opening: a crash from
	 * here on leaves none that the store has erased. */
	int r = file_exists(l->paths.people) ? file_remove(l->paths.people, err) : PORTROLL_OK;
	if (r == PORTROLL_OK)
		r = file_remove_tree(l->paths.states, err);
	if (r < 0)
		return r;
	l->has_new_people = true;
	return l->ops->erase(ret, l->store, id, err);
}

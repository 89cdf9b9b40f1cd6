/* SPDX-License-Identifier: MIT */
#include "ledger/fold_registry.h"

#include <string.h>

#include "ledger/canonical_read.h"
#include "ledger/fold_check.h"
#include "ledger/fold_list.h"

#define SUBJECT_COUNT (SUBJECT_FOOTNOTE + 1)

/* The operations of all parts by what they are about. */
struct sorted {
	const struct operation **ops[SUBJECT_COUNT];
	size_t counts[SUBJECT_COUNT];
};

static bool sort(struct sorted *ret, const struct fold_registry *f)
{
	size_t counts[SUBJECT_COUNT] = {0};
	for (size_t p = 0; p < f->part_count; p++)
		for (size_t i = 0; i < f->parts[p].count; i++)
			counts[f->parts[p].items[i].subject]++;
	for (size_t s = 0; s < SUBJECT_COUNT; s++)
		ret->ops[s] = (const struct operation **)arena_array(f->scratch, counts[s],
								     sizeof(void *));
	if (f->scratch->failed)
		return false;
	for (size_t p = 0; p < f->part_count; p++)
		for (size_t i = 0; i < f->parts[p].count; i++) {
			const struct operation *op = &f->parts[p].items[i];
			ret->ops[op->subject][ret->counts[op->subject]++] = op;
		}
	return true;
}

static int place(struct fold_list *ret, const struct fold_registry *f, const struct sorted *sorted,
		 enum subject subject, struct portroll_error *err)
{
	const struct registry *old = f->old;
	const size_t counts[SUBJECT_COUNT] = {
		[SUBJECT_RECORD] = old->record_count,
		[SUBJECT_PERSON] = old->person_count,
		[SUBJECT_FOOTNOTE] = old->footnote_count,
	};
	*ret = (struct fold_list){
		.old = old,
		.subject = subject,
		.old_count = counts[subject],
		.ops = sorted->ops[subject],
		.op_count = sorted->counts[subject],
	};
	return fold_list_apply(ret, f->scratch, err);
}

static struct change_list changes_of(const struct fold_list *list)
{
	return (struct change_list){list->changes, list->op_count};
}

static int make_records(struct fold_registry *f, const struct sorted *sorted,
			struct portroll_error *err)
{
	struct fold_list list;
	int r = place(&list, f, sorted, SUBJECT_RECORD, err);
	if (r < 0)
		return r;
	const struct record **records =
		(const struct record **)arena_array(f->lists, list.count, sizeof(struct record *));
	for (size_t i = 0; records && i < list.count; i++) {
		const struct fold_item *item = &list.items[i];
		if (item->op == FOLD_NONE) {
			records[i] = f->old->records[item->old];
			continue;
		}
		struct record *made = arena_alloc(f->texts, sizeof(*made));
		if (!made)
			return error_memory(err);
		*made = *list.ops[item->op]->record;
		made->change = f->number;
		records[i] = made;
	}
	f->new->records = records;
	f->new->record_count = f->new->record_capacity = list.count;
	f->change.records = changes_of(&list);
	return records ? PORTROLL_OK : error_memory(err);
}

static int read_person(struct person *ret, const struct fold_registry *f,
		       const struct person_content *content, struct portroll_error *err)
{
	json_t *body;
	int r = canonical_read(&body, content->body, err);
	if (r < 0)
		return r;
	r = line_read_person_content(ret, body, f->texts, err);
	json_decref(body);
	return r;
}

/* The content of a person; of one that is erased or not known, the id alone. */
static const struct person *make_person(const struct fold_registry *f, const struct operation *op,
					struct portroll_error *err)
{
	const struct person_content *content =
		f->contents.find ? f->contents.find(f->contents.context, &op->commitment) : NULL;
	struct portroll_error why = {0};
	struct person *person = arena_alloc(f->texts, sizeof(*person));
	int r = PORTROLL_OK;
	if (!person) {
		(void)error_memory(err);
		return NULL;
	}
	person->id = op->id;
	if (!content || content->salt.len == 0)
		return person;
	if (!f->trusts_contents && !person_content_holds(content))
		r = error_set(&why, PORTROLL_ECORRUPT, "it is not what was committed to");
	if (r == PORTROLL_OK)
		r = read_person(person, f, content, &why);
	if (r == PORTROLL_OK && !str_equal(person->id, op->id))
		r = error_set(&why, PORTROLL_ECORRUPT, "it is that of '%.*s'",
			      PORTROLL_STR_ARG(person->id));
	if (r == PORTROLL_ENOMEM)
		(void)error_memory(err);
	else if (r < 0)
		(void)error_set(err, PORTROLL_ECORRUPT, "the content of person %.*s: %s",
				PORTROLL_STR_ARG(op->id), why.text);
	return r < 0 ? NULL : person;
}

static int make_people(struct fold_registry *f, const struct sorted *sorted,
		       struct portroll_error *err)
{
	struct fold_list list;
	int r = place(&list, f, sorted, SUBJECT_PERSON, err);
	if (r < 0)
		return r;
	const struct person **people =
		(const struct person **)arena_array(f->lists, list.count, sizeof(struct person *));
	f->new_people =
		f->old_people ? arena_array(f->lists, list.count, sizeof(*f->new_people)) : NULL;
	if (!people || (f->old_people && !f->new_people))
		return error_memory(err);
	for (size_t i = 0; i < list.count; i++) {
		const struct fold_item *item = &list.items[i];
		bool is_kept = item->op == FOLD_NONE;
		const struct operation *op = is_kept ? NULL : list.ops[item->op];
		people[i] = is_kept ? f->old->people[item->old] : make_person(f, op, err);
		if (!people[i])
			return err->code;
		if (f->new_people)
			f->new_people[i] = is_kept ? f->old_people[item->old] : op->commitment;
	}
	f->new->people = people;
	f->new->person_count = f->new->person_capacity = list.count;
	f->change.people = changes_of(&list);
	return PORTROLL_OK;
}

static int make_footnotes(struct fold_registry *f, const struct sorted *sorted,
			  struct portroll_error *err)
{
	struct fold_list list;
	int r = place(&list, f, sorted, SUBJECT_FOOTNOTE, err);
	if (r < 0)
		return r;
	struct footnote *footnotes = arena_array(f->lists, list.count, sizeof(*footnotes));
	for (size_t i = 0; footnotes && i < list.count; i++) {
		const struct fold_item *item = &list.items[i];
		footnotes[i] = item->op == FOLD_NONE ? f->old->footnotes[item->old]
						     : *list.ops[item->op]->footnote;
	}
	f->new->footnotes = footnotes;
	f->new->footnote_count = list.count;
	f->change.footnotes = changes_of(&list);
	return footnotes ? PORTROLL_OK : error_memory(err);
}

static int make_header(struct fold_registry *f, const struct sorted *sorted,
		       struct portroll_error *err)
{
	size_t count = sorted->counts[SUBJECT_HEADER];
	if (count > 1)
		return error_set(err, PORTROLL_ECORRUPT, "replaces the header %zu times", count);
	f->change.header = count == 1;
	f->new->header = count ? *sorted->ops[SUBJECT_HEADER][0]->header : f->old->header;
	return PORTROLL_OK;
}

int fold_registry_apply(struct fold_registry *f, struct portroll_error *err)
{
	struct sorted sorted = {0};
	f->new = registry_new(f->lists);
	f->change = (struct registry_change){0};
	if (!f->new || !sort(&sorted, f))
		return error_memory(err);
	int r = make_header(f, &sorted, err);
	if (r == PORTROLL_OK)
		r = make_records(f, &sorted, err);
	if (r == PORTROLL_OK)
		r = make_people(f, &sorted, err);
	if (r == PORTROLL_OK)
		r = make_footnotes(f, &sorted, err);
	if (r == PORTROLL_OK)
		r = fold_check(f->old, f->new, &f->change, f->scratch, err);
	if (r == PORTROLL_ESYNTAX)
		err->code = r = PORTROLL_ECORRUPT;
	return r;
}

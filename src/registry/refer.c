/* SPDX-License-Identifier: MIT */
#include "registry/refer.h"

#include "base/num.h"
#include "registry/idset.h"

static int each_of_list(struct xref_list list, refer_fn *visit, void *context)
{
	int r = PORTROLL_OK;
	for (size_t i = 0; i < list.count && r == PORTROLL_OK; i++)
		r = visit(context, &list.items[i]);
	return r;
}

int refer_each_of_text(struct richtext text, refer_fn *visit, void *context)
{
	int r = PORTROLL_OK;
	for (size_t i = 0; i < text.count && r == PORTROLL_OK; i++)
		if (text.runs[i].kind == RUN_XREF)
			r = visit(context, text.runs[i].xref);
	return r;
}

int refer_each_of_record(const struct record *r, refer_fn *visit, void *context)
{
	int result = each_of_list(r->assignee, visit, context);
	if (result == PORTROLL_OK)
		result = each_of_list(r->contacts, visit, context);
	if (result == PORTROLL_OK)
		result = each_of_list(r->references, visit, context);
	if (result == PORTROLL_OK)
		result = refer_each_of_text(r->description, visit, context);
	if (result == PORTROLL_OK)
		result = refer_each_of_text(r->note, visit, context);
	return result;
}

int refer_each_of_header(const struct header *h, refer_fn *visit, void *context)
{
	int r = each_of_list(h->references, visit, context);
	if (r == PORTROLL_OK)
		r = refer_each_of_text(h->description, visit, context);
	for (size_t i = 0; i < h->note_count && r == PORTROLL_OK; i++)
		r = refer_each_of_text(h->notes[i].text, visit, context);
	return r;
}

/* What there is to refer to. */
struct targets {
	struct idset people, footnotes;
	struct registry *reg; /* for adding */
	struct portroll_error *err;
	struct portroll_str at_fault;
};

static struct portroll_str anchor_text(struct arena *a, uint32_t anchor)
{
	char digits[NUM_TEXT_MAX];
	size_t len = num_format(digits, anchor);
	return arena_str(a, (struct portroll_str){digits, len});
}

static int collect(struct targets *t, const struct registry *reg)
{
	for (uint32_t i = 0; i < reg->person_count; i++) {
		uint32_t at = idset_add(&t->people, reg->people[i]->id, i);
		if (at == IDSET_NONE)
			return error_memory(t->err);
		if (at != i) {
			t->at_fault = reg->people[i]->id;
			return error_set(t->err, PORTROLL_ESYNTAX, "person '%.*s' appears twice",
					 PORTROLL_STR_ARG(t->at_fault));
		}
	}
	for (uint32_t i = 0; i < reg->footnote_count; i++) {
		struct portroll_str anchor = anchor_text(reg->arena, reg->footnotes[i].anchor);
		uint32_t at = idset_add(&t->footnotes, anchor, i);
		if (at == IDSET_NONE || anchor.len == 0)
			return error_memory(t->err);
		if (at != i) {
			t->at_fault = anchor;
			return error_set(t->err, PORTROLL_ESYNTAX, "footnote %.*s appears twice",
					 PORTROLL_STR_ARG(anchor));
		}
	}
	return PORTROLL_OK;
}

static int must_exist(void *context, const struct xref *x)
{
	struct targets *t = context;
	t->at_fault = x->data;
	if (x->type == XREF_PERSON && idset_find(&t->people, x->data) == IDSET_NONE)
		return error_set(t->err, PORTROLL_ESYNTAX,
				 "person '%.*s' is referred to but not listed",
				 PORTROLL_STR_ARG(x->data));
	if (x->type == XREF_NOTE && idset_find(&t->footnotes, x->data) == IDSET_NONE)
		return error_set(t->err, PORTROLL_ESYNTAX,
				 "footnote %.*s is referred to but not there",
				 PORTROLL_STR_ARG(x->data));
	return PORTROLL_OK;
}

static int add_if_missing(void *context, const struct xref *x)
{
	struct targets *t = context;
	if (x->type != XREF_PERSON || idset_find(&t->people, x->data) != IDSET_NONE)
		return PORTROLL_OK;
	if (idset_add(&t->people, x->data, (uint32_t)t->reg->person_count) == IDSET_NONE)
		return PORTROLL_ENOMEM;
	return registry_add_person(t->reg, &(struct person){.id = x->data});
}

static int each_of_registry(const struct registry *reg, refer_fn *visit, void *context)
{
	int r = refer_each_of_header(&reg->header, visit, context);
	for (size_t i = 0; i < reg->record_count && r == PORTROLL_OK; i++)
		r = refer_each_of_record(reg->records[i], visit, context);
	for (size_t i = 0; i < reg->footnote_count && r == PORTROLL_OK; i++)
		r = refer_each_of_text(reg->footnotes[i].text, visit, context);
	return r;
}

int registry_check(const struct registry *reg, struct portroll_str *ret_at_fault,
		   struct portroll_error *err)
{
	struct arena scratch = ARENA_INIT;
	struct targets t = {IDSET_INIT(&scratch), IDSET_INIT(&scratch), .err = err};
	int r = collect(&t, reg);
	if (r == PORTROLL_OK)
		r = each_of_registry(reg, must_exist, &t);
	arena_done(&scratch);
	if (r == PORTROLL_ESYNTAX)
		*ret_at_fault = t.at_fault;
	return r;
}

int registry_add_missing_people(struct registry *reg)
{
	struct arena scratch = ARENA_INIT;
	struct targets t = {IDSET_INIT(&scratch), IDSET_INIT(&scratch), .reg = reg};
	int r = collect(&t, reg);
	if (r == PORTROLL_OK)
		r = each_of_registry(reg, add_if_missing, &t);
	arena_done(&scratch);
	return r;
}

struct choice {
	struct idset people, footnotes;
	bool *person_wanted, *footnote_wanted;
};

static int mark(void *context, const struct xref *x)
{
	struct choice *c = context;
	if (x->type == XREF_PERSON) {
		uint32_t at = idset_find(&c->people, x->data);
		if (at != IDSET_NONE)
			c->person_wanted[at] = true;
	} else if (x->type == XREF_NOTE) {
		uint32_t at = idset_find(&c->footnotes, x->data);
		if (at != IDSET_NONE)
			c->footnote_wanted[at] = true;
	}
	return PORTROLL_OK;
}

static int select_footnotes(struct registry *chosen, const struct registry *reg, const bool *wanted)
{
	struct footnote *kept =
		arena_array(chosen->arena, reg->footnote_count, sizeof(struct footnote));
	if (!kept)
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < reg->footnote_count; i++)
		if (wanted[i])
			kept[chosen->footnote_count++] = reg->footnotes[i];
	chosen->footnotes = kept;
	return PORTROLL_OK;
}

struct registry *registry_select(const struct registry *reg, const uint32_t *indexes, size_t count,
				 struct arena *a)
{
	struct registry *chosen = registry_new(a);
	struct targets t = {.people = IDSET_INIT(a), .footnotes = IDSET_INIT(a)};
	bool *person_wanted = arena_array(a, reg->person_count + 1, sizeof(bool));
	bool *footnote_wanted = arena_array(a, reg->footnote_count + 1, sizeof(bool));
	if (!chosen || !person_wanted || !footnote_wanted || collect(&t, reg) < 0)
		return NULL;
	chosen->header = reg->header;
	struct choice c = {t.people, t.footnotes, person_wanted, footnote_wanted};
	for (size_t i = 0; i < count; i++) {
		const struct record *r = reg->records[indexes[i]];
		(void)refer_each_of_record(r, mark, &c);
		if (registry_add(chosen, r) < 0)
			return NULL;
	}
	for (size_t i = 0; i < reg->person_count; i++)
		if (person_wanted[i] && registry_add_person(chosen, reg->people[i]) < 0)
			return NULL;
	return select_footnotes(chosen, reg, footnote_wanted) < 0 ? NULL : chosen;
}

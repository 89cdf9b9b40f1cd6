/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

#include "registry/refer.h"

/* What is looked for. Its label stands in a cell of each record that refers to it, but a text may
 * hold the same letters without a reference, so the record itself decides. */
struct target {
	const struct portroll_snapshot *snapshot;
	bool is_person;
	struct portroll_str label;
	struct buf bracketed; /* [label */
	struct buf scratch;
	bool found;
};

static bool is_document(struct target *t, const struct xref *x)
{
	buf_clear(&t->scratch);
	xref_put_label(&t->scratch, x);
	struct portroll_str shown = buf_str(&t->scratch), wanted = buf_str(&t->bracketed);
	if (shown.len <= wanted.len || !str_starts_fold(shown, wanted))
		return false;
	char next = shown.ptr[wanted.len];
	return next == ']' || next == ',' || next == '#';
}

static int visit(void *context, const struct xref *x)
{
	struct target *t = context;
	if (t->is_person)
		t->found |= x->type == XREF_PERSON && str_equal(x->data, t->label);
	else
		t->found |= x->type != XREF_PERSON && is_document(t, x);
	return PORTROLL_OK;
}

static bool is_in_cells(const struct target *t, const unsigned char *row)
{
	struct rare_cells rare;
	if (!record_rare_cells(t->snapshot, row, &rare))
		return false;
	const uint32_t cells[] = {
		load_u32(row + RECORD_ASSIGNEE),
		load_u32(row + RECORD_CONTACT),
		load_u32(row + RECORD_REFERENCE),
		load_u32(row + RECORD_DESCRIPTION),
		rare.notes,
	};
	for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
		struct portroll_str cell;
		if (text_at(t->snapshot, cells[i], &cell) &&
		    str_find_fold(cell, buf_str(&t->bracketed)) != SIZE_MAX)
			return true;
	}
	return false;
}

static int refers(bool *ret, struct target *t, uint32_t id)
{
	*ret = false;
	const unsigned char *row = record_row(t->snapshot, id);
	if (!row || !is_in_cells(t, row))
		return PORTROLL_OK;
	struct arena scratch = ARENA_INIT;
	struct record r;
	t->found = false;
	if (snapshot_rich(t->snapshot, id, &scratch, &r))
		(void)refer_each_of_record(&r, visit, t);
	int result = scratch.failed ? PORTROLL_ENOMEM : t->scratch.failed;
	arena_done(&scratch);
	*ret = t->found;
	return result;
}

static int collect(struct id_array *ret, struct target *t, struct record_span span, struct arena *a)
{
	struct id_array found = {.ids = arena_array(a, span.count, sizeof(uint32_t))};
	if (!found.ids || t->bracketed.failed)
		return PORTROLL_ENOMEM;
	for (uint32_t id = span.first; id < span.first + span.count; id++) {
		bool is;
		int r = refers(&is, t, id);
		if (r < 0)
			return r;
		if (is)
			found.ids[found.count++] = id;
	}
	if (portroll_damaged(t->snapshot))
		return PORTROLL_ECORRUPT;
	*ret = found;
	return PORTROLL_OK;
}

static int find_target(struct id_array *ret, struct target *t, struct record_span span,
		       struct arena *a)
{
	t->bracketed = t->scratch = BUF_INIT(UINT32_MAX);
	buf_putc(&t->bracketed, '[');
	buf_put(&t->bracketed, t->label);
	int r = collect(ret, t, span, a);
	buf_done(&t->bracketed);
	buf_done(&t->scratch);
	return r;
}

int snapshot_by_person(struct id_array *ret, const struct portroll_snapshot *s, size_t source,
		       struct portroll_str id, struct arena *a)
{
	struct target t = {.snapshot = s, .is_person = true, .label = id};
	return find_target(ret, &t, snapshot_source_records(s, source), a);
}

int snapshot_by_reference(struct id_array *ret, const struct portroll_snapshot *s,
			  struct portroll_str label, struct arena *a)
{
	struct target t = {.snapshot = s, .label = label};
	return find_target(ret, &t, (struct record_span){0, portroll_record_count(s)}, a);
}

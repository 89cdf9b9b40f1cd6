/* SPDX-License-Identifier: MIT */
#include "ledger/changeset_operations.h"

#include "ledger/canonical.h"
#include "ledger/line_text.h"
#include "ledger/ordinals.h"

#define OPERATION_SIZE_USUAL 155 /* bytes; of all that makes IANA's registry, with the rest */

struct writer {
	struct operations_text *out;
	const struct registry *old, *new;
	const struct tree_hash *people; /* of the new */
	const uint32_t *ordinals;       /* of the old records */
	struct canonical c;
};

/* How each list of a registry is written: the key of an old item, what a new one brings, and the
 * error that names an item. */
struct list_form {
	void (*put_key)(struct writer *w, uint32_t old);
	void (*put_content)(struct writer *w, uint32_t new);
	int (*error)(const struct writer *w, const struct change *change, int code,
		     struct portroll_error *err);
	struct portroll_str content; /* its name */
};

static void put_record_key(struct writer *w, uint32_t old)
{
	const struct record *r = w->old->records[old];
	char port[RANGE_TEXT_MAX] = "";
	size_t len = r->has_port ? range_format(port, r->port) : 0;
	canonical_array(&w->c);
	canonical_text(&w->c, transport_name(r->transport));
	canonical_text(&w->c, (struct portroll_str){port, len});
	canonical_text(&w->c, r->name);
	canonical_integer(&w->c, w->ordinals[old]);
	canonical_end(&w->c);
}

static void put_record(struct writer *w, uint32_t new)
{
	line_put_record(&w->c, w->new->records[new]);
}

static int record_error(const struct writer *w, const struct change *change, int code,
			struct portroll_error *err)
{
	const struct record *r = change->new != CHANGE_NONE ? w->new->records[change->new]
							    : w->old->records[change->old];
	return line_record_error(err, code, r);
}

static void put_person_key(struct writer *w, uint32_t old)
{
	canonical_text(&w->c, w->old->people[old]->id);
}

static void put_person(struct writer *w, uint32_t new)
{
	line_put_person(&w->c, w->new->people[new]->id, &w->people[new]);
}

static int person_error(const struct writer *w, const struct change *change, int code,
			struct portroll_error *err)
{
	const struct person *p = change->new != CHANGE_NONE ? w->new->people[change->new]
							    : w->old->people[change->old];
	return line_person_error(err, code, p->id);
}

static void put_footnote_key(struct writer *w, uint32_t old)
{
	canonical_integer(&w->c, w->old->footnotes[old].anchor);
}

static void put_footnote(struct writer *w, uint32_t new)
{
	line_put_footnote(&w->c, &w->new->footnotes[new]);
}

static int footnote_error(const struct writer *w, const struct change *change, int code,
			  struct portroll_error *err)
{
	const struct footnote *note = change->new != CHANGE_NONE ? &w->new->footnotes[change->new]
								 : &w->old->footnotes[change->old];
	return line_footnote_error(err, code, note->anchor);
}

static const struct list_form records_form = {put_record_key, put_record, record_error,
					      STR_INIT("record")};
static const struct list_form people_form = {put_person_key, put_person, person_error,
					     STR_INIT("person")};
static const struct list_form footnotes_form = {put_footnote_key, put_footnote, footnote_error,
						STR_INIT("footnote")};

static size_t begin_operation(struct writer *w)
{
	struct buf *bytes = &w->out->bytes;
	if (w->out->count)
		buf_putc(bytes, ',');
	canonical_again(&w->c);
	canonical_object(&w->c);
	return bytes->len - 1;
}

static int end_operation(struct writer *w, size_t begin)
{
	struct buf *bytes = &w->out->bytes;
	canonical_end(&w->c);
	if (bytes->failed)
		return bytes->failed;
	if (bytes->len - begin > OPERATION_SIZE_MAX)
		return PORTROLL_ELIMIT;
	w->out->ends[w->out->count++] = bytes->len;
	return PORTROLL_OK;
}

static void put_before(struct writer *w, const struct list_form *form, uint32_t before)
{
	canonical_name(&w->c, STR("before"));
	if (before == CHANGE_NONE)
		canonical_null(&w->c);
	else
		form->put_key(w, before);
}

static void put_key(struct writer *w, const struct list_form *form, uint32_t old)
{
	canonical_name(&w->c, STR("key"));
	form->put_key(w, old);
}

static void put_content(struct writer *w, const struct list_form *form, uint32_t new)
{
	canonical_name(&w->c, form->content);
	form->put_content(w, new);
}

/* Members in byte order: before, footnote, key, op, person, record. */
static void put_members(struct writer *w, const struct list_form *form, const struct change *change)
{
	static const struct portroll_str names[CHANGE_OP_COUNT] = {
		[CHANGE_ADD] = STR_INIT("add"),
		[CHANGE_REPLACE] = STR_INIT("replace"),
		[CHANGE_MOVE] = STR_INIT("move"),
		[CHANGE_REMOVE] = STR_INIT("remove"),
	};
	bool brings = change->op == CHANGE_ADD || change->op == CHANGE_REPLACE;
	bool is_first = str_compare(form->content, STR("key")) < 0;
	if (change->op == CHANGE_ADD || change->op == CHANGE_MOVE)
		put_before(w, form, change->before);
	if (brings && is_first)
		put_content(w, form, change->new);
	if (change->op != CHANGE_ADD)
		put_key(w, form, change->old);
	canonical_member(&w->c, STR("op"), names[change->op]);
	if (brings && !is_first)
		put_content(w, form, change->new);
}

static int put_list(struct writer *w, struct change_list changes, const struct list_form *form,
		    struct portroll_error *err)
{
	for (size_t i = 0; i < changes.count; i++) {
		size_t begin = begin_operation(w);
		put_members(w, form, &changes.items[i]);
		int r = end_operation(w, begin);
		if (r < 0)
			return form->error(w, &changes.items[i], r, err);
	}
	return PORTROLL_OK;
}

static int put_header(struct writer *w, struct portroll_error *err)
{
	size_t begin = begin_operation(w);
	canonical_name(&w->c, STR("header"));
	line_put_header(&w->c, &w->new->header);
	canonical_member(&w->c, STR("op"), STR("replace"));
	int r = end_operation(w, begin);
	return r < 0 ? line_header_error(err, r) : PORTROLL_OK;
}

int operations_put(struct operations_text *out, const struct proposal *proposal, struct arena *a,
		   struct portroll_error *err)
{
	static const struct registry nothing;
	const struct registry_change *change = proposal->change;
	struct writer w = {
		.out = out,
		.old = proposal->old ? proposal->old->registry : &nothing,
		.new = proposal->new->registry,
		.people = proposal->new->people,
		.c = canonical_init(&out->bytes),
	};
	size_t count = 1 + change->records.count + change->people.count + change->footnotes.count;
	out->ends = arena_array(a, count, sizeof(*out->ends));
	if (!out->ends || record_ordinals(&w.ordinals, w.old, change->records, a) < 0)
		return error_memory(err);
	buf_reserve(&out->bytes, count * OPERATION_SIZE_USUAL);
	int r = change->header ? put_header(&w, err) : PORTROLL_OK;
	if (r == PORTROLL_OK)
		r = put_list(&w, change->records, &records_form, err);
	if (r == PORTROLL_OK)
		r = put_list(&w, change->footnotes, &footnotes_form, err);
	if (r == PORTROLL_OK)
		r = put_list(&w, change->people, &people_form, err);
	return r;
}

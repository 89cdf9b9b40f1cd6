/* SPDX-License-Identifier: MIT */
#include "keeper/report.h"

#include <assert.h>

static const char *const outcomes[] = {
	[OUTCOME_HOLDS] = "holds",
	[OUTCOME_OPEN] = "open",
	[OUTCOME_FAILS] = "fails",
};

#define NAME_WIDTH    11U
#define OUTCOME_WIDTH 7U

void report_add(struct report *r, struct keeper *k, struct finding finding)
{
	assert(r->count < FINDING_MAX);
	finding.sentence = arena_str(&k->arena, finding.sentence);
	r->items[r->count++] = finding;
}

void report_take(struct report *r, struct keeper *k, const char *name, struct buf *sentence)
{
	report_add(r, k, (struct finding){name, OUTCOME_HOLDS, buf_str(sentence)});
	buf_done(sentence);
}

bool report_holds(const struct report *r)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->items[i].outcome == OUTCOME_FAILS)
			return false;
	return true;
}

static void put_padded(struct buf *out, const char *text, size_t width)
{
	struct portroll_str view = str_from(text);
	buf_put(out, view);
	buf_fill(out, ' ', view.len < width ? width - view.len : 1);
}

void report_put(struct buf *out, const struct report *r)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct finding *f = &r->items[i];
		put_padded(out, f->name, NAME_WIDTH);
		put_padded(out, outcomes[f->outcome], OUTCOME_WIDTH);
		buf_put(out, f->sentence);
		buf_putc(out, '\n');
	}
}

void report_put_json(struct json *j, const struct report *r)
{
	json_key(j, "checks");
	json_array(j);
	for (size_t i = 0; i < r->count; i++) {
		const struct finding *f = &r->items[i];
		json_object(j);
		json_member(j, "name", str_from(f->name));
		json_member(j, "outcome", str_from(outcomes[f->outcome]));
		json_member(j, "sentence", f->sentence);
		json_object_end(j);
	}
	json_array_end(j);
	json_key(j, "proved");
	json_bool(j, report_holds(r));
}

/* SPDX-License-Identifier: MIT */
#include "keeper/request_tell.h"

#include "keeper/request_action.h"
#include "ledger/instant.h"
#include "terminal/fold.h"

void tell_time(struct buf *out, int64_t time)
{
	char text[INSTANT_TEXT_MAX];
	struct portroll_str t = {text, instant_format(text, time)};
	buf_put(out, str_part(t, 0, STR("YYYY-MM-DD").len));
	buf_putc(out, ' ');
	buf_put(out, str_part(t, STR("YYYY-MM-DDT").len, STR("YYYY-MM-DDThh:mm").len));
	buf_puts(out, " UTC");
}

static void tell_number(struct out *o, const struct request_case *c)
{
	char id[CASE_ID_MAX];
	struct portroll_str number = {id, case_id(id, c->number)};
	out_colour(o, COLOUR_NAME);
	buf_put(&o->buf, number);
	out_colour(o, COLOUR_NONE);
	buf_printf(&o->buf, " %s: %s", state_key(c->state), state_sentence(c->state));
}

/* The last event of that kind; NULL: there was none. */
static const struct case_event *last_event(const struct request_case *c, uint8_t kind)
{
	for (size_t i = c->event_count; i > 0; i--)
		if (c->events[i - 1].kind == kind)
			return &c->events[i - 1];
	return NULL;
}

static void tell_change(struct out *o, const char *what, uint64_t change)
{
	if (change)
		buf_printf(&o->buf, "  %s: portroll log @%llu\n", what, (unsigned long long)change);
}

/* What was until a day has two changes, or three: one that gave it, and those that ended it. */
static void tell_changes(struct out *o, const struct request_case *c)
{
	const struct case_event *given = last_event(c, EVENT_IMPLEMENT);
	const struct case_event *deprecated = last_event(c, EVENT_DEPRECATE);
	const struct case_event *ended = last_event(c, EVENT_DEALLOCATE);
	if (!given || (!deprecated && !ended)) {
		tell_change(o, "in the ledger", c->change);
		return;
	}
	tell_change(o, "in the ledger", given->change);
	if (deprecated)
		tell_change(o, "deprecated", deprecated->change);
	if (ended)
		tell_change(o, "taken out", ended->change);
}

void request_tell_line(const struct open_case *c, struct portroll_str done)
{
	struct out *o = &c->desk->k->out;
	const struct request_case *request = c->kept.request;
	const struct case_event *last = &request->events[request->event_count - 1];
	if (o->quiet)
		return;
	tell_number(o, request);
	if (done.len) {
		buf_puts(&o->buf, "; ");
		out_text(o, done, false);
	}
	if (last->change)
		buf_printf(&o->buf, "; portroll log @%llu", (unsigned long long)last->change);
	buf_putc(&o->buf, '\n');
}

void tell_state(struct out *o, const struct request_case *c)
{
	tell_number(o, c);
	buf_putc(&o->buf, '\n');
	tell_changes(o, c);
	if (c->ends) {
		buf_puts(&o->buf, "  until ");
		tell_time(&o->buf, c->ends);
		buf_putc(&o->buf, '\n');
	}
}

/* NULL: what only the clock does, or what follows from something else. */
static const char *word_of(uint8_t event)
{
	const struct request_word *w = request_word_of(event);
	if (w)
		return w->name;
	if (event == EVENT_ISSUE_CALL || event == EVENT_END_CALL)
		return "call";
	return event == EVENT_IMPLEMENT ? "implement" : NULL;
}

static void put_roles(struct buf *out, const struct next_step *s)
{
	role_put_set(out, s->roles & ~ROLE_BIT(ROLE_CLOCK));
}

/* What leads nowhere by itself, and the ways out. */
static void tell_also(struct out *o, const struct next_step *steps, size_t count,
		      const struct request_case *c, const struct case_view *v)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(4096);
	for (size_t i = 0; i < count; i++) {
		const struct next_step *s = &steps[i];
		const char *word = word_of(s->event);
		if (!word || s->missing.len || !next_step_is_said(s, v) ||
		    next_step_leads_on(s, c, v))
			continue;
		buf_puts(&text, text.len ? "; " : "also: ");
		buf_printf(&text, "%s (", word);
		put_roles(&text, s);
		buf_putc(&text, ')');
	}
	if (text.len)
		out_folded(o, buf_str(&text), (struct fold){.indent = 6});
}

void tell_next(struct out *o, const struct open_case *c, const struct case_view *v)
{
	struct next_step steps[NEXT_STEP_MAX];
	const struct request_case *request = c->kept.request;
	size_t count = case_next_steps(steps, request, v, &c->world, c->desk->k->now);
	bool is_first = true;
	for (size_t i = 0; i < count; i++) {
		const struct next_step *s = &steps[i];
		const char *word = word_of(s->event);
		if (!word || !next_step_leads_on(s, request, v))
			continue;
		buf_puts(&o->buf, is_first ? "next:\n" : "");
		is_first = false;
		buf_printf(&o->buf, "  %-10s ", word);
		put_roles(&o->buf, s);
		if (s->missing.len) {
			buf_puts(&o->buf, "; not yet: ");
			out_text(o, s->missing, false);
		}
		buf_putc(&o->buf, '\n');
	}
	tell_also(o, steps, count, request, v);
}

void tell_procedure(struct out *o, const struct case_view *v)
{
	const struct procedure_choice *choice = &v->choice;
	const char *before = "procedure: ";
	for (uint16_t bit = 1; bit <= PROCEDURE_REFUSE; bit = (uint16_t)(bit << 1)) {
		if (!(choice->procedures & bit))
			continue;
		buf_puts(&o->buf, before);
		buf_puts(&o->buf, procedure_name(bit));
		before = " or ";
	}
	buf_printf(&o->buf, "; %s (%s)\n", choice->why, choice->section);
	buf_printf(&o->buf, "decided by: %s\n", choice->decides);
}

static void tell_word(struct out *o, const char *what, struct portroll_str by,
		      struct portroll_str text)
{
	buf_fill(&o->buf, ' ', 17);
	buf_puts(&o->buf, what);
	out_text(o, by, false);
	buf_puts(&o->buf, ": ");
	out_text(o, text, false);
	buf_putc(&o->buf, '\n');
}

/* What was said to it: the reply to a question, why a rule is set aside. */
static void tell_words(struct out *o, const struct finding *f, const struct evidence *e)
{
	struct portroll_str id = str_from(f->rule->id);
	for (size_t i = 0; f->is_question && i < e->answer_count; i++)
		if (str_equal_fold(e->answers[i].rule, id))
			tell_word(o, "answered by ", e->answers[i].by, e->answers[i].answer);
	for (size_t i = 0; i < e->override_count; i++)
		if (str_equal_fold(e->overrides[i].rule, id))
			tell_word(o, "set aside by ", e->overrides[i].by, e->overrides[i].reason);
}

static void tell_finding(struct out *o, const struct finding *f, bool blocks)
{
	out_colour(o, blocks ? COLOUR_WARN : COLOUR_FAINT);
	buf_printf(&o->buf, "  %-4s %-9s", f->rule->id, severity_name(finding_severity(f)));
	out_colour(o, COLOUR_NONE);
	if (f->field < DOC_FIELD_COUNT)
		buf_printf(&o->buf, "%s: ", document_rows[f->field].name);
	out_text(o, f->detail, false);
	buf_printf(&o->buf, "\n                 %s [%s]\n", f->rule->sentence, f->rule->origin);
	if (f->rule->remedy && f->rule->remedy[0])
		buf_printf(&o->buf, "                 %s\n", f->rule->remedy);
}

void tell_obstacles(struct out *o, const struct finding_list *found,
		    const struct evidence *evidence, bool blocking)
{
	static const struct evidence none;
	bool is_first = true;
	for (size_t i = 0; i < found->count; i++) {
		const struct finding *f = &found->items[i];
		if (finding_blocks(f, evidence ? evidence : &none) != blocking)
			continue;
		buf_puts(&o->buf, !is_first ? "" : blocking ? "in the way:\n" : "to look at:\n");
		is_first = false;
		tell_finding(o, f, blocking);
		tell_words(o, f, evidence ? evidence : &none);
	}
}

void tell_impossible(struct out *o, const struct case_view *v)
{
	if (v->impossible.len == 0)
		return;
	buf_puts(&o->buf, "cannot be carried out: ");
	out_text(o, v->impossible, false);
	buf_putc(&o->buf, '\n');
}

void tell_findings(struct out *o, const struct finding_list *found, const struct evidence *evidence)
{
	tell_obstacles(o, found, evidence, true);
	tell_obstacles(o, found, evidence, false);
}

static void tell_confirmations(struct out *o, const struct request_case *c)
{
	for (size_t i = 0; i < c->confirmation_count; i++) {
		const struct confirmation *asked = &c->confirmations[i];
		if (asked->answer || asked->revision != c->revision_count)
			continue;
		buf_puts(&o->buf,
			 asked->is_assignee ? "  to confirm: assignee " : "  to confirm: contact ");
		out_text(o, asked->name.len ? asked->name : asked->person, false);
		buf_putc(&o->buf, '\n');
	}
}

int request_tell(const struct open_case *c)
{
	struct keeper *k = c->desk->k;
	struct case_view v;
	if (k->out.quiet)
		return PORTROLL_OK;
	if (case_view_of(&v, c->kept.request, &c->world, &k->arena) < 0)
		return error_memory(&k->err);
	tell_state(&k->out, c->kept.request);
	if (c->kept.request->state == STATE_AWAIT_CONFIRM)
		tell_confirmations(&k->out, c->kept.request);
	if (state_holds(c->kept.request->state)) {
		tell_obstacles(&k->out, &v.findings, &c->kept.request->evidence, true);
		tell_impossible(&k->out, &v);
	}
	if (!state_is_end(c->kept.request->state))
		tell_next(&k->out, c, &v);
	return PORTROLL_OK;
}

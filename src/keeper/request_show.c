/* SPDX-License-Identifier: MIT */

/* request show, request history: all that is known of a case, for those whose business it is; the
 * others see what it asks for and how it stands. */

#include "keeper/request_action.h"
#include "keeper/request_json.h"
#include "keeper/request_step.h"
#include "keeper/request_tell.h"

static void put_text(struct out *o, const char *indent, struct portroll_str text)
{
	struct portroll_str line;
	while (text.len && str_cut(&text, '\n', &line)) {
		buf_puts(&o->buf, indent);
		out_text(o, line, false);
		buf_putc(&o->buf, '\n');
	}
}

static void put_evidence(struct buf *out, uint32_t items)
{
	const char *before = "; on file: ";
	for (unsigned bit = 0; bit < EVIDENCE_COUNT; bit++) {
		if (!(items & (UINT32_C(1) << bit)))
			continue;
		buf_puts(out, before);
		buf_puts(out, evidence_key(bit));
		before = ", ";
	}
}

static void put_event(struct out *o, const struct case_event *e)
{
	char ports[RANGE_TEXT_MAX];
	tell_time(&o->buf, e->time);
	buf_printf(&o->buf, "  %s by ", event_key(e->kind));
	out_text(o, e->by, false);
	if (e->as.len) {
		buf_puts(&o->buf, " as ");
		out_text(o, e->as, false);
	}
	if (e->role != ROLE_CLOCK)
		buf_printf(&o->buf, ", %s", role_name(e->role));
	if (e->to != e->from)
		buf_printf(&o->buf, ": %s", state_key(e->to));
	if (e->revision > 1)
		buf_printf(&o->buf, "; revision %u", (unsigned)e->revision);
	if (e->has_granted) {
		size_t len = range_format(ports, e->granted);
		buf_puts(&o->buf, "; port ");
		buf_put(&o->buf, (struct portroll_str){ports, len});
	}
	if (e->change)
		buf_printf(&o->buf, "; @%llu", (unsigned long long)e->change);
	put_evidence(&o->buf, e->evidence);
	buf_putc(&o->buf, '\n');
	put_text(o, "    ", e->reference);
	put_text(o, "    ", e->reason);
}

static void put_history(struct out *o, const struct request_case *c)
{
	for (size_t i = 0; i < c->event_count; i++)
		put_event(o, &c->events[i]);
}

static void put_revisions(struct out *o, const struct request_case *c)
{
	for (size_t i = 0; i < c->revision_count; i++) {
		const struct revision *revision = &c->revisions[i];
		CLEANUP(buf_done) struct buf text = BUF_INIT(PARAGRAPH_TEXT_MAX);
		buf_printf(&o->buf, "revision %zu, ", i + 1);
		tell_time(&o->buf, revision->time);
		buf_puts(&o->buf, " by ");
		out_text(o, revision->by, false);
		buf_putc(&o->buf, '\n');
		document_put(&text, &revision->document);
		put_text(o, "  ", buf_str(&text));
	}
}

static void put_confirmations(struct out *o, const struct request_case *c)
{
	static const char *const answers[] = {"asked", "yes", "no"};
	if (c->confirmation_count)
		buf_puts(&o->buf, "confirmations\n");
	for (size_t i = 0; i < c->confirmation_count; i++) {
		const struct confirmation *asked = &c->confirmations[i];
		buf_puts(&o->buf, "  ");
		out_text(o, asked->name.len ? asked->name : asked->person, false);
		buf_printf(&o->buf, ", %s%s: %s", asked->is_new ? "new " : "",
			   asked->is_assignee ? "assignee" : "contact",
			   answers[asked->answer % ARRAY_LEN(answers)]);
		if (!asked->answer) {
			buf_puts(&o->buf, ", until ");
			tell_time(&o->buf, asked->expires);
		}
		buf_putc(&o->buf, '\n');
	}
}

/* What anybody may know of it. */
static void put_outline(struct out *o, const struct request_case *c)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(4096);
	tell_state(o, c);
	case_put_subject(&text, &c->revisions[c->revision_count - 1].document);
	buf_puts(&o->buf, "  ");
	out_text(o, buf_str(&text), false);
	buf_puts(&o->buf, "\n  the rest is for those who ask, decide, or are asked\n");
}

static void put_json(const struct open_case *c, const struct case_view *v, bool whole)
{
	struct keeper *k = c->desk->k;
	struct json j = json_init(&k->out.buf, true);
	json_object(&j);
	json_member(&j, "schema", STR("portroll-request/1"));
	put_case_summary_json(&j, c->kept.request);
	if (whole)
		put_case_json(&j, c->kept.request, v, &c->world, k->now);
	json_object_end(&j);
	buf_putc(&k->out.buf, '\n');
}

static void put_whole(const struct open_case *c, const struct case_view *v, bool history_only)
{
	struct out *o = &c->desk->k->out;
	const struct request_case *request = c->kept.request;
	if (history_only) {
		put_history(o, request);
		return;
	}
	tell_state(o, request);
	if (state_holds(request->state))
		tell_procedure(o, v);
	put_revisions(o, request);
	buf_puts(&o->buf, "history\n");
	put_history(o, request);
	put_confirmations(o, request);
	if (state_holds(request->state)) {
		tell_findings(o, &v->findings, &request->evidence);
		tell_impossible(o, v);
	}
	if (!state_is_end(request->state))
		tell_next(o, c, v);
}

static int show(struct at_desk *d, const struct request_word *w)
{
	struct keeper *k = d->k;
	struct open_case c;
	struct case_view v;
	int r = open_case(&c, d, k->args.operands[0]);
	if (r < 0)
		return r;
	if (case_view_of(&v, c.kept.request, &c.world, &k->arena) < 0)
		return error_memory(&k->err);
	bool whole = case_concerns(at_desk_actor(d, c.kept.request, &c.world).roles);
	if (keeper_has(k, OPTION_JSON))
		put_json(&c, &v, whole);
	else if (whole)
		put_whole(&c, &v, str_equal(str_from(w->name), STR("history")));
	else
		put_outline(&k->out, c.kept.request);
	return PORTROLL_OK;
}

int request_run_show(struct keeper *k, const struct request_word *w)
{
	struct at_desk d = {0};
	int r = at_desk_open(&d, k);
	if (r == PORTROLL_OK)
		r = show(&d, w);
	at_desk_close(&d);
	return r;
}

/* SPDX-License-Identifier: MIT */

/* request preview: what will be said of a request before it is made: what is found, which procedure
 * applies and why, who decides, what there is already, what would change. Nothing is kept. */

#include "keeper/change_told.h"
#include "keeper/past_told.h"
#include "keeper/precedents.h"
#include "keeper/request_action.h"
#include "keeper/request_input.h"
#include "keeper/request_json.h"
#include "keeper/request_step.h"
#include "keeper/request_tell.h"
#include "procedure/iana_form.h"
#include "registry/expert.h"

struct preview {
	struct at_desk desk;
	struct document document;
	const struct source *source;
	struct rule_world world;
	struct case_view view;
};

/* Who may not read the papers sees what the registry alone tells. */
static int open_desk(struct preview *p, struct keeper *k)
{
	int r = at_desk_open(&p->desk, k);
	if (r == PORTROLL_OK || r == PORTROLL_ENOMEM)
		return r;
	out_message(&k->out, "open requests and the policy are not known to you: %s", k->err.text);
	k->err = (struct portroll_error){0};
	at_desk_close(&p->desk);
	return PORTROLL_OK;
}

static int find_source(struct preview *p, struct keeper *k)
{
	size_t at;
	const struct roll *roll = p->desk.present.roll;
	struct portroll_str name = keeper_option(k, OPTION_SOURCE);
	if (!name.ptr)
		name = p->document.values[DOC_SOURCE];
	int r = world_find_source(&at, roll, name, &k->err);
	if (r == PORTROLL_OK)
		p->source = &roll->sources[at];
	return r;
}

/* Who asks, as far as it is known before there is a case. */
static uint32_t asked_by(const struct preview *p)
{
	const struct account *account = p->desk.me.account;
	return account && account_has(account, ROLE_REGISTRAR) ? EVIDENCE_BY_REGISTRAR : 0;
}

static int look(struct preview *p, struct keeper *k)
{
	int r = at_desk_look(&p->desk);
	if (r == PORTROLL_OK)
		r = find_source(p, k);
	if (r == PORTROLL_OK)
		r = at_desk_world(&p->world, &p->desk, NULL, p->source->name, UINT64_MAX);
	if (r < 0)
		return r;
	r = case_view_document(&p->view, &p->document, asked_by(p), &p->world, &k->arena);
	return r < 0 ? error_memory(&k->err) : PORTROLL_OK;
}

static bool is_for(const struct expert_group *group, transport_set asked)
{
	for (size_t i = 0; i < group->transport_count; i++)
		if (asked & TRANSPORT_BIT(group->transports[i]))
			return true;
	return group->transport_count == 0;
}

/* Those that the header of the registry names. */
static void put_experts(const struct preview *p, struct keeper *k)
{
	const struct expert_group *groups;
	size_t count;
	transport_set asked = p->view.choice.experts;
	struct out *o = &k->out;
	if (!asked ||
	    experts_parse(&groups, &count, p->world.registry->header.expert, &k->arena) < 0)
		return;
	for (size_t i = 0; i < count; i++) {
		if (!is_for(&groups[i], asked) || groups[i].name_count == 0)
			continue;
		buf_puts(&o->buf, "  experts ");
		out_text(o, groups[i].label, false);
		for (size_t n = 0; n < groups[i].name_count; n++) {
			buf_puts(&o->buf, n ? ", " : ": ");
			out_text(o, groups[i].names[n], false);
		}
		buf_putc(&o->buf, '\n');
	}
}

/* In which roles one has a say in it. */
static role_set deciding_roles(const struct procedure_choice *choice)
{
	static const struct {
		uint16_t procedures;
		role_set roles;
	} rows[] = {
		{UINT16_MAX & ~PROCEDURE_REFUSE, ROLE_BIT(ROLE_REGISTRAR)},
		{PROCEDURE_EXPERT | PROCEDURE_SPECIFICATION, ROLE_BIT(ROLE_EXPERT)},
		{PROCEDURE_IETF | PROCEDURE_STANDARDS | PROCEDURE_IESG, ROLE_BIT(ROLE_IESG)},
		{PROCEDURE_EARLY, ROLE_BIT(ROLE_CHAIRS) | ROLE_BIT(ROLE_DIRECTOR)},
		{PROCEDURE_POOL, ROLE_BIT(ROLE_OWNER) | ROLE_BIT(ROLE_REVIEWER)},
	};
	role_set roles = 0;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if ((choice->procedures | choice->advice) & rows[i].procedures)
			roles |= rows[i].roles;
	return roles;
}

/* Accounts of this roll that have something to say. */
static void put_accounts(const struct preview *p, struct keeper *k)
{
	const struct account_list *all = &p->desk.accounts;
	struct out *o = &k->out;
	struct revision asked = {.document = p->document};
	const struct request_case c = {
		.source = p->source->name, .revisions = &asked, .revision_count = 1};
	role_set roles = deciding_roles(&p->view.choice);
	const char *before = "  accounts: ";
	for (size_t i = 0; i < all->count; i++) {
		const struct account *account = &all->items[i];
		role_set own = account_roles(account, &c, &p->world) & roles;
		if (!own)
			continue;
		buf_puts(&o->buf, before);
		out_text(o, account->name, false);
		buf_puts(&o->buf, " (");
		role_put_set(&o->buf, own);
		buf_putc(&o->buf, ')');
		before = ", ";
	}
	if (before[0] == ',')
		buf_putc(&o->buf, '\n');
}

/* A name that was there once; a port that something is said of. */
static int put_past(const struct preview *p, struct keeper *k)
{
	char text[RANGE_TEXT_MAX];
	const struct rule_world *world = &p->world;
	const struct request *asked = &p->view.asked;
	struct portroll_str name = precedents_name(asked);
	uint32_t found[1];
	int r = PORTROLL_OK;
	for (size_t i = 0; i < world->past_name_count && r == PORTROLL_OK; i++)
		if (name.len && str_equal_fold(world->past_names[i], name))
			r = past_told_put(k, name);
	if (r < 0 || asked->wanted != WANTED_NUMBER || asked->port_count == 0)
		return r;
	struct range port = {asked->ports[0].first, asked->ports[0].first};
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++)
		if (port_records(world->index, port.first, t, found, 1))
			return past_told_put(k,
					     (struct portroll_str){text, range_format(text, port)});
	return PORTROLL_OK;
}

static int put_change(const struct preview *p, struct keeper *k)
{
	struct out *o = &k->out;
	buf_puts(&o->buf, "what would change\n");
	if (p->view.impossible.len) {
		buf_puts(&o->buf, "  nothing: ");
		out_text(o, p->view.impossible, false);
		buf_putc(&o->buf, '\n');
		return PORTROLL_OK;
	}
	buf_puts(&o->buf, "  ");
	out_text(o, p->view.result.summary, false);
	buf_putc(&o->buf, '\n');
	return change_told_put(k, p->world.registry, p->view.result.registry);
}

static void put_iana_form(const struct preview *p, struct keeper *k)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(2 * PARAGRAPH_TEXT_MAX);
	if (p->source->kind == SOURCE_MANAGED)
		return;
	buf_printf(&k->out.buf,
		   "\n%.*s is a mirror: this is for the form of who runs that registry\n\n",
		   PORTROLL_STR_ARG(p->source->name));
	document_put_iana_form(&text, &p->document);
	out_text(&k->out, buf_str(&text), true);
}

static int put_text(const struct preview *p, struct keeper *k)
{
	struct out *o = &k->out;
	CLEANUP(buf_done) struct buf subject = BUF_INIT(4096);
	case_put_subject(&subject, &p->document);
	out_colour(o, COLOUR_HEADING);
	out_text(o, buf_str(&subject), false);
	out_colour(o, COLOUR_NONE);
	buf_puts(&o->buf, "\n");
	tell_procedure(o, &p->view);
	put_experts(p, k);
	put_accounts(p, k);
	tell_findings(o, &p->view.findings, NULL);
	precedents_put(o, &p->world, &p->view.asked, p->desk.present.snapshot);
	int r = put_past(p, k);
	if (r == PORTROLL_OK)
		r = put_change(p, k);
	put_iana_form(p, k);
	return r;
}

static int put_json(const struct preview *p, struct keeper *k)
{
	struct json j = json_init(&k->out.buf, true);
	int r = PORTROLL_OK;
	json_object(&j);
	json_member(&j, "schema", STR("portroll-preview/1"));
	json_member(&j, "source", p->source->name);
	put_choice_json(&j, &p->view.choice);
	json_key(&j, "findings");
	put_findings_json(&j, &p->view.findings, NULL, p->world.registry);
	if (p->view.impossible.len == 0) {
		json_member(&j, "summary", p->view.result.summary);
		json_key(&j, "change");
		json_object(&j);
		r = change_told_put_json(&j, k, p->world.registry, p->view.result.registry);
		json_object_end(&j);
	} else {
		json_member(&j, "refused", p->view.impossible);
	}
	json_object_end(&j);
	buf_putc(&k->out.buf, '\n');
	return r;
}

static int preview(struct preview *p, struct keeper *k)
{
	static const struct evidence none;
	const struct operand_list operands = {k->args.operands, k->args.operand_count};
	int r = request_input(&p->document, k, operands, NULL);
	if (r == PORTROLL_OK)
		r = open_desk(p, k);
	if (r == PORTROLL_OK)
		r = look(p, k);
	if (r < 0)
		return r;
	r = keeper_has(k, OPTION_JSON) ? put_json(p, k) : put_text(p, k);
	if (r < 0)
		return r;
	return case_view_is_clean(&p->view, &none) ? EXIT_YES : EXIT_NO;
}

int request_run_preview(struct keeper *k, const struct request_word *w)
{
	(void)w;
	struct preview *p = arena_alloc(&k->arena, sizeof(*p));
	if (!p)
		return error_memory(&k->err);
	p->desk.k = k;
	int r = preview(p, k);
	at_desk_close(&p->desk);
	return r;
}

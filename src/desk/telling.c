/* SPDX-License-Identifier: MIT */
#include "desk/telling.h"

#include "base/json.h"
#include "base/macros.h"
#include "base/num.h"
#include "ledger/instant.h"

#define TIME_DIGITS  10
#define RANDOM_BYTES 11
#define PAPER_GROWTH 8
#define TEXT_MAX     ((size_t)4 << 10)

enum letter_text {
	TEXT_REQUEST,
	TEXT_KIND,
	TEXT_WHAT,
	TEXT_SOURCE,
	TEXT_EVENT,
	TEXT_ACTOR,
	TEXT_REASON,
	TEXT_STATE,
	TEXT_SENTENCE,
	TEXT_DUE,
	TEXT_CHANGE,
	TEXT_LINK,
	TEXT_PERSON,
	TEXT_CODE,
	TEXT_ASKED,
	TEXT_COUNT
};

struct teller {
	const struct telling *t;
	struct arena *arena;
	struct portroll_error *err;
	struct portroll_str id, event;
	const struct document *document;
	struct letter_word words[TEXT_COUNT + 1];
	struct stored_paper *papers;
	size_t count, capacity;
};

role_set telling_turn(uint8_t state)
{
	static const role_set turns[CASE_STATE_COUNT] = {
		[STATE_VALIDATING] = ROLE_BIT(ROLE_REGISTRAR),
		[STATE_EXPERT_REVIEW] = ROLE_BIT(ROLE_EXPERT),
		[STATE_POOL_REVIEW] = ROLE_BIT(ROLE_OWNER) | ROLE_BIT(ROLE_REVIEWER),
		[STATE_IETF_DOCUMENT] = ROLE_BIT(ROLE_IESG),
		[STATE_IESG] = ROLE_BIT(ROLE_IESG),
		[STATE_EARLY_CHAIRS] = ROLE_BIT(ROLE_CHAIRS),
		[STATE_EARLY_DIRECTOR] = ROLE_BIT(ROLE_DIRECTOR),
		[STATE_RECOMMENDED] = ROLE_BIT(ROLE_REGISTRAR),
		[STATE_NOT_RECOMMENDED] = ROLE_BIT(ROLE_REGISTRAR),
		[STATE_CALL_REQUESTED] = ROLE_BIT(ROLE_IESG),
		[STATE_CALL_ENDED] = ROLE_BIT(ROLE_IESG) | ROLE_BIT(ROLE_REGISTRAR),
		[STATE_APPROVED] = ROLE_BIT(ROLE_REGISTRAR),
		[STATE_EXPIRED] = ROLE_BIT(ROLE_REGISTRAR),
		[STATE_APPEAL_IESG] = ROLE_BIT(ROLE_IESG),
		[STATE_APPEAL_IAB] = ROLE_BIT(ROLE_IAB),
	};
	return turns[state];
}

/* The template for the applicant; NULL: they are not told of it. */
static const char *template_of(const struct case_event *e)
{
	switch (e->kind) {
	case EVENT_SUBMIT: /* what comes of it is told */
	case EVENT_OPINE:
	case EVENT_RECUSE:
	case EVENT_REMIND:
	case EVENT_ATTEST:
	case EVENT_REPLY:
	case EVENT_PUBLISH:
		return NULL;
	case EVENT_DECLINE:
		return "decline";
	case EVENT_IMPLEMENT:
		return "implement";
	default:
		return e->to == STATE_NEED_INFO ? "ask" : "step";
	}
}

static struct portroll_str put_id(struct teller *x)
{
	char text[DELIVERY_ID_LEN];
	uint8_t bytes[RANDOM_BYTES];
	uint8_t time[TIME_DIGITS / 2];
	for (size_t i = 0; i < sizeof(time); i++)
		time[i] = (uint8_t)((uint64_t)x->t->now >> 8 * (sizeof(time) - 1 - i));
	x->t->random(bytes, sizeof(bytes));
	num_format_hex(text, time, sizeof(time));
	num_format_hex(text + TIME_DIGITS, bytes, sizeof(bytes));
	return arena_str(x->arena, (struct portroll_str){text, sizeof(text)});
}

static int add(struct teller *x, const struct delivery *d)
{
	if (x->count == x->capacity) {
		size_t larger = x->capacity + PAPER_GROWTH;
		x->papers = arena_grow(x->arena, x->papers, x->count, larger, sizeof(*x->papers));
		x->capacity = larger;
	}
	if (!x->papers)
		return error_memory(x->err);
	int r = delivery_paper(&x->papers[x->count], d, x->arena, x->err);
	if (r == PORTROLL_OK)
		x->count++;
	return r;
}

static int tell_mail(struct teller *x, struct portroll_str to, const char *name)
{
	struct letter letter;
	if (!x->t->settings->mail.len || !mail_is_well_formed(to))
		return PORTROLL_OK;
	int r = letter_make(&letter, name, x->t->templates, x->words, x->arena);
	if (r < 0)
		return r == PORTROLL_ENOMEM ? error_memory(x->err)
					    : error_set(x->err, r, "no template %s", name);
	const struct delivery d = {
		.id = put_id(x),
		.way = DELIVERY_MAIL,
		.to = to,
		.event = x->event,
		.request = x->id,
		.subject = letter.subject,
		.text = letter.text,
		.created = x->t->now,
		.next = x->t->now,
	};
	return add(x, &d);
}

static struct portroll_str applicant_mail(const struct teller *x)
{
	const struct account *account =
		account_find(x->t->accounts, x->t->request->revisions[0].by);
	if (account)
		return account->is_disabled ? STR_NONE : account->mail;
	struct portroll_str contacts = x->document->values[DOC_CONTACT], first;
	return contacts.len && str_cut(&contacts, '\n', &first) ? party_read(first).mail : STR_NONE;
}

/* What ends takes something from those who have it, whoever asked for it once. */
static bool concerns_holders(const struct case_event *e)
{
	return e->kind == EVENT_EXPIRE || e->kind == EVENT_DEPRECATE ||
	       e->kind == EVENT_DEALLOCATE || (e->kind == EVENT_REMIND && e->to == STATE_TEMPORARY);
}

static int tell_holders(struct teller *x, struct portroll_str told)
{
	struct portroll_str rest = x->document->values[DOC_CONTACT], line;
	int r = PORTROLL_OK;
	while (r == PORTROLL_OK && rest.len && str_cut(&rest, '\n', &line)) {
		struct portroll_str mail = party_read(line).mail;
		if (!str_equal_fold(mail, told))
			r = tell_mail(x, mail, "ends");
	}
	return r;
}

static int tell_applicant(struct teller *x)
{
	const struct case_event *e = x->t->event;
	struct portroll_str mail = applicant_mail(x);
	const char *name = concerns_holders(e) ? "ends" : template_of(e);
	/* The end of a lease is told once, not as its steps. */
	if (x->t->is_passing && concerns_holders(e))
		return PORTROLL_OK;
	if (!name || str_equal(e->by, x->t->request->revisions[0].by))
		return PORTROLL_OK;
	int r = tell_mail(x, mail, name);
	return r == PORTROLL_OK && concerns_holders(e) ? tell_holders(x, mail) : r;
}

static bool has_anybody(const struct teller *x, role_set roles)
{
	for (size_t i = 0; i < x->t->accounts->count; i++)
		if (account_roles(&x->t->accounts->items[i], x->t->request, x->t->world) & roles)
			return true;
	return false;
}

static int tell_deciders(struct teller *x)
{
	const struct case_event *e = x->t->event;
	bool reminds = e->kind == EVENT_REMIND;
	role_set turn = telling_turn(e->to);
	/* Where the last reviewer has recused themselves it is for the registrar to go on. */
	bool is_left = e->kind == EVENT_RECUSE && !has_anybody(x, turn);
	int r = PORTROLL_OK;
	if (!turn || x->t->is_passing || (e->from == e->to && !reminds && !is_left))
		return r;
	turn = is_left ? ROLE_BIT(ROLE_REGISTRAR) : turn;
	for (size_t i = 0; i < x->t->accounts->count && r == PORTROLL_OK; i++) {
		const struct account *account = &x->t->accounts->items[i];
		bool is_theirs = account_roles(account, x->t->request, x->t->world) & turn;
		if (is_theirs && !str_equal(account->name, e->by))
			r = tell_mail(x, account->mail, reminds ? "remind" : "decide");
	}
	return r;
}

static int tell_confirmers(struct teller *x)
{
	const struct request_case *c = x->t->request;
	int r = PORTROLL_OK;
	if (x->t->event->to != STATE_AWAIT_CONFIRM || x->t->event->from == STATE_AWAIT_CONFIRM ||
	    !x->t->confirmation_key)
		return r;
	for (size_t i = 0; i < c->confirmation_count && r == PORTROLL_OK; i++) {
		const struct confirmation *asked = &c->confirmations[i];
		char code[CONFIRMATION_CODE_MAX];
		if (asked->answer || asked->wrong >= CONFIRMATION_WRONG_MAX ||
		    asked->revision != c->revision_count)
			continue;
		confirmation_code(code, c, i + 1, x->t->confirmation_key);
		x->words[TEXT_CODE].value = arena_str(x->arena, str_from(code));
		x->words[TEXT_PERSON].value = asked->name.len ? asked->name : asked->person;
		r = tell_mail(x, asked->mail, "confirm");
	}
	return r;
}

static const struct request_kind_row *kind_of(const struct teller *x)
{
	static const struct request_kind_row unknown = {"unknown", "a request of no known kind",
							""};
	enum request_kind kind = document_kind(x->document);
	return kind == REQUEST_KIND_COUNT ? &unknown : &request_kinds[kind];
}

/* What a program is told has no personal data: it may ask for more. */
static struct portroll_str event_json(struct teller *x)
{
	const struct case_event *e = x->t->event;
	char time[INSTANT_TEXT_MAX];
	CLEANUP(buf_done) struct buf out = BUF_INIT(TEXT_MAX);
	struct json j = json_init(&out, false);
	(void)instant_format(time, e->time);
	json_object(&j);
	json_member(&j, "event", x->event);
	json_member(&j, "request", x->id);
	json_member(&j, "kind", str_from(kind_of(x)->name));
	json_member(&j, "source", x->t->request->source);
	json_member(&j, "name", x->document->values[DOC_SERVICE_NAME]);
	json_member(&j, "state", str_from(state_key(e->to)));
	json_member(&j, "time", str_from(time));
	if (e->change) {
		json_key(&j, "change");
		json_num(&j, e->change);
	}
	json_object_end(&j);
	return buf_keep(&out, x->arena);
}

static int tell_webhooks(struct teller *x)
{
	int r = PORTROLL_OK;
	for (size_t i = 0; i < x->t->settings->webhook_count && r == PORTROLL_OK; i++) {
		const struct delivery d = {
			.id = put_id(x),
			.way = DELIVERY_WEBHOOK,
			.to = x->t->settings->webhooks[i].name,
			.event = x->event,
			.request = x->id,
			.text = event_json(x),
			.created = x->t->now,
			.next = x->t->now,
		};
		r = add(x, &d);
	}
	return r;
}

/* foo, port 9986, tcp */
static struct portroll_str put_what(const struct teller *x)
{
	static const struct {
		uint8_t field;
		const char *before;
	} parts[] = {{DOC_SERVICE_NAME, ""}, {DOC_PORT_NUMBER, ", port "}, {DOC_TRANSPORTS, ", "}};
	CLEANUP(buf_done) struct buf out = BUF_INIT(TEXT_MAX);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		struct portroll_str value = x->document->values[parts[i].field];
		if (!value.len)
			continue;
		buf_puts(&out, parts[i].before);
		buf_put(&out, str_part(value, 0, 100));
	}
	return buf_keep(&out, x->arena);
}

static struct portroll_str put_due(const struct teller *x)
{
	char day[DATE_TEXT_MAX];
	CLEANUP(buf_done) struct buf out = BUF_INIT(TEXT_MAX);
	const struct request_case *c = x->t->request;
	int64_t due = c->state == STATE_TEMPORARY ? c->ends : c->due;
	if (!due || !date_format(day, date_of_time(due)))
		return STR_NONE;
	buf_puts(&out,
		 x->t->request->state == STATE_TEMPORARY ? "It ends on " : "An answer is due by ");
	buf_puts(&out, day);
	buf_putc(&out, '.');
	return buf_keep(&out, x->arena);
}

/* What a change would be, for those whom it concerns. */
static struct portroll_str put_asked(const struct teller *x)
{
	static const uint8_t shown[] = {DOC_SERVICE_NAME, DOC_PROPOSED_NAME, DOC_TRANSPORTS,
					DOC_PORT_NUMBER,  DOC_DESCRIPTION,   DOC_ASSIGNEE,
					DOC_CONTACT,      DOC_REASON,        DOC_IMPACT,
					DOC_EVIDENCE,     DOC_NOT_IN_USE};
	CLEANUP(buf_done) struct buf out = BUF_INIT(TEXT_MAX);
	for (size_t i = 0; i < ARRAY_LEN(shown); i++)
		paragraph_put(&out, str_from(document_rows[shown[i]].name),
			      str_part(x->document->values[shown[i]], 0, 300));
	return str_trim(buf_keep(&out, x->arena));
}

/* By --as an administrator acts for somebody. */
static struct portroll_str put_actor(const struct teller *x)
{
	const struct case_event *e = x->t->event;
	CLEANUP(buf_done) struct buf out = BUF_INIT(TEXT_MAX);
	if (!e->as.len)
		return e->by;
	buf_put(&out, e->as);
	buf_puts(&out, " (");
	buf_put(&out, e->by);
	buf_putc(&out, ')');
	return buf_keep(&out, x->arena);
}

static struct portroll_str put_link(const struct teller *x)
{
	CLEANUP(buf_done) struct buf out = BUF_INIT(TEXT_MAX);
	struct portroll_str link = x->t->settings->link;
	if (!link.len)
		return STR_NONE;
	buf_put(&out, link);
	buf_puts(&out, str_ends(link, STR("/")) ? "requests/" : "/requests/");
	buf_put(&out, x->id);
	return buf_keep(&out, x->arena);
}

static struct portroll_str put_number(const struct teller *x, uint64_t number)
{
	char digits[NUM_TEXT_MAX];
	return arena_str(x->arena, (struct portroll_str){digits, num_format(digits, number)});
}

static void set_words(struct teller *x)
{
	const struct case_event *e = x->t->event;
	const struct letter_word words[] = {
		[TEXT_REQUEST] = {"request", x->id},
		[TEXT_KIND] = {"kind", str_from(kind_of(x)->title)},
		[TEXT_WHAT] = {"what", put_what(x)},
		[TEXT_SOURCE] = {"source", x->t->request->source},
		[TEXT_EVENT] = {"event", x->event},
		[TEXT_ACTOR] = {"actor", put_actor(x)},
		[TEXT_REASON] = {"reason", e->reason},
		[TEXT_STATE] = {"state", str_from(state_key(e->to))},
		[TEXT_SENTENCE] = {"sentence", str_from(state_sentence(e->to))},
		[TEXT_DUE] = {"due", put_due(x)},
		[TEXT_CHANGE] = {"change", put_number(x, e->change)},
		[TEXT_LINK] = {"link", put_link(x)},
		[TEXT_PERSON] = {"person", STR_NONE},
		[TEXT_CODE] = {"code", STR_NONE},
		[TEXT_ASKED] = {"asked", put_asked(x)},
		[TEXT_COUNT] = {NULL, STR_NONE},
	};
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		x->words[i] = words[i];
}

int telling_papers(struct stored_paper **ret, size_t *ret_count, const struct telling *t,
		   struct arena *a, struct portroll_error *err)
{
	const struct request_case *c = t->request;
	struct teller x = {.t = t,
			   .arena = a,
			   .err = err,
			   .event = str_from(event_key(t->event->kind)),
			   .document = &c->revisions[c->revision_count - 1].document};
	char id[CASE_ID_MAX];
	x.id = arena_str(a, (struct portroll_str){id, case_id(id, c->number)});
	set_words(&x);
	int r = a->failed ? error_memory(err) : tell_applicant(&x);
	if (r == PORTROLL_OK)
		r = tell_deciders(&x);
	if (r == PORTROLL_OK)
		r = tell_confirmers(&x);
	if (r == PORTROLL_OK)
		r = tell_webhooks(&x);
	*ret = x.papers;
	*ret_count = x.count;
	return r;
}

/* SPDX-License-Identifier: MIT */
#include "keeper/request_questions.h"

#include "terminal/prompt.h"

enum reply {
	REPLY_TAKEN, /* it is in the document */
	REPLY_EMPTY,
	REPLY_BAD, /* no text; it was said */
	REPLY_BACK,
	REPLY_END,
};

static void say(struct questions *q, const char *sentence)
{
	prompt_say(&q->k->out, str_from(sentence));
}

static void put_indented(struct buf *out, struct portroll_str text)
{
	struct portroll_str line;
	while (str_cut(&text, '\n', &line)) {
		buf_puts(out, "  ");
		buf_put(out, line);
		buf_putc(out, '\n');
	}
}

static void explain(struct questions *q, enum document_field field)
{
	CLEANUP(buf_done) struct buf out = BUF_INIT(PARAGRAPH_TEXT_MAX);
	const struct document_row *row = &document_rows[field];
	struct portroll_str value = q->document.values[field];
	bool is_required = row->need(&q->document) == NEED_REQUIRED;
	buf_printf(&out, "\n%s (%s)\n", row->question, is_required ? "required" : "optional");
	put_indented(&out, str_from(row->help));
	if (row->is_text)
		buf_puts(&out, "  An empty line ends the answer; a lone dot stands for one.\n");
	if (value.len) {
		buf_puts(&out, "  Enter keeps what is there, - takes it away:\n");
		put_indented(&out, value);
	}
	prompt_say(&q->k->out, buf_str(&out));
}

/* The lines as a field of a paragraph, so that they are read as a file is. */
static enum reply read_lines(struct questions *q, enum document_field field, struct buf *text)
{
	CLEANUP(buf_done) struct buf line = BUF_INIT(PROMPT_LINE_MAX);
	const char *name = document_rows[field].name;
	CLEANUP(buf_done) struct buf label = BUF_INIT(SIZE_MAX);
	buf_printf(&label, "%s: ", name);
	buf_put(text, buf_str(&label));
	for (size_t count = 0;; count++) {
		if (!prompt_line(&line, &q->k->out, count ? STR("> ") : buf_str(&label)))
			return REPLY_END;
		struct portroll_str answer = str_trim(buf_str(&line));
		if (count == 0 && str_equal(answer, STR("<")))
			return REPLY_BACK;
		if (answer.len == 0)
			return count ? REPLY_TAKEN : REPLY_EMPTY;
		buf_puts(text, count ? " " : "");
		buf_put(text, buf_str(&line));
		buf_putc(text, '\n');
		if (!document_rows[field].is_text)
			return REPLY_TAKEN;
	}
}

static enum reply say_error(struct questions *q, const struct portroll_error *err)
{
	CLEANUP(buf_done) struct buf out = BUF_INIT(SIZE_MAX);
	buf_printf(&out, "  %s.\n", err->text);
	prompt_say(&q->k->out, buf_str(&out));
	return REPLY_BAD;
}

static enum reply read_answer(struct questions *q, enum document_field field)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(SIZE_MAX);
	struct portroll_error err = {0};
	struct paragraph_list list;
	enum reply answer = read_lines(q, field, &text);
	if (answer != REPLY_TAKEN)
		return answer;
	struct portroll_str kept = buf_keep(&text, &q->k->arena);
	if (paragraphs_read(&list, kept, &q->k->arena, &err) < 0)
		return say_error(q, &err);
	struct portroll_str value = list.items[0].fields[0].value;
	bool is_gone = str_equal(value, STR("-"));
	q->document.values[field] = is_gone ? STR("") : value;
	return is_gone ? REPLY_EMPTY : REPLY_TAKEN;
}

/* Without these nobody knows what is asked for. */
static bool must_be_there(enum document_field field)
{
	return field == DOC_SERVICE_NAME || field == DOC_PROPOSED_NAME || field == DOC_TRANSPORTS;
}

/* May an empty answer stay? Where it must not, it is said. */
static bool may_be_empty(struct questions *q, enum document_field field, bool was_told)
{
	if (document_rows[field].need(&q->document) != NEED_REQUIRED)
		return true;
	if (must_be_there(field)) {
		say(q, "  This is required.\n");
		return false;
	}
	if (!was_told)
		say(q, "  This is required. Enter leaves it open for now.\n");
	return was_told;
}

/* One question until its answer can stay. */
static enum reply ask_field(struct questions *q, enum document_field field)
{
	bool was_told = false;
	explain(q, field);
	for (;;) {
		struct portroll_str before = q->document.values[field];
		size_t count;
		enum reply answer = read_answer(q, field);
		if (answer == REPLY_BACK || answer == REPLY_END)
			return answer;
		bool is_empty = q->document.values[field].len == 0;
		if (answer == REPLY_EMPTY) {
			if (!is_empty || may_be_empty(q, field, was_told))
				return REPLY_TAKEN;
			was_told = true;
			continue;
		}
		if (answer == REPLY_BAD)
			continue;
		int r = questions_check(&count, q, field);
		if (r < 0 && r != PORTROLL_ERULE)
			return REPLY_END;
		if (r == PORTROLL_OK && count == 0)
			return REPLY_TAKEN;
		if (r == PORTROLL_ERULE)
			q->document.values[field] = before;
		else
			say(q, "  Enter keeps the answer all the same.\n");
	}
}

/* Whether these are asked for depends on what the registry has. */
static bool is_up_to_the_registry(unsigned field)
{
	return field == DOC_WHY_RESERVED || field == DOC_WHY_SEPARATE || field == DOC_DCCP_INTENT;
}

/* Of one registry that is managed, or none, nobody needs to choose. */
static bool is_source_open(const struct questions *q)
{
	const struct roll *roll = q->ground->desk.present.roll;
	size_t count = 0;
	for (size_t i = 0; roll && i < roll->source_count; i++)
		count += roll->sources[i].kind == SOURCE_MANAGED;
	return count > 1;
}

static bool applies(const struct questions *q, unsigned field)
{
	if (field == DOC_REQUEST && q->kind_is_told)
		return false;
	if (field == DOC_SOURCE && !is_source_open(q))
		return false;
	if (document_rows[field].need(&q->document) == NEED_NOT)
		return false;
	return !q->ground->source || !is_up_to_the_registry(field) ||
	       q->document.values[field].len || questions_found(q, (enum document_field)field);
}

/* What was answered before another answer made it needless. */
static void drop_needless(struct questions *q)
{
	for (unsigned i = 0; i < DOC_FIELD_COUNT; i++)
		if (document_rows[i].need(&q->document) == NEED_NOT)
			q->document.values[i] = STR("");
}

int questions_ask(struct questions *q)
{
	unsigned field = 0;
	while (field < DOC_FIELD_COUNT) {
		if (!applies(q, field)) {
			field++;
			continue;
		}
		enum reply answer = ask_field(q, (enum document_field)field);
		if (answer == REPLY_END)
			return q->k->err.code
				       ? q->k->err.code
				       : error_set(&q->k->err, PORTROLL_EINVAL,
						   "the input ended before the last question; "
						   "nothing was written");
		if (answer == REPLY_BACK && q->asked_count == 0)
			say(q, "  This is the first question.\n");
		else if (answer == REPLY_BACK)
			field = q->asked[--q->asked_count];
		else
			q->asked[q->asked_count++] = (uint8_t)field++;
	}
	drop_needless(q);
	return q->k->arena.failed ? error_memory(&q->k->err) : PORTROLL_OK;
}

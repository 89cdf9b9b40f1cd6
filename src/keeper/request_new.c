/* SPDX-License-Identifier: MIT */
#include "keeper/request_new.h"

#include "base/file.h"
#include "keeper/request_questions.h"
#include "registry/name.h"
#include "terminal/ask.h"
#include "terminal/prompt.h"

#define FAR 2 /* single edits to a kind that may be meant */

/* What the operands say. */
struct wish {
	struct portroll_str kind; /* empty: not told */
	const char *path;         /* NULL: not told */
};

static enum request_kind kind_of(struct portroll_str word)
{
	struct document d = {0};
	d.values[DOC_REQUEST] = word;
	return document_kind(&d);
}

static int fail_kind(struct keeper *k, struct portroll_str word)
{
	CLEANUP(buf_done) struct buf names = BUF_INIT(SIZE_MAX);
	for (unsigned i = 0; i < REQUEST_KIND_COUNT; i++) {
		struct portroll_str name = str_from(request_kinds[i].name);
		if (name_distance(word, name, FAR) <= FAR)
			return error_set(&k->err, PORTROLL_EINVAL,
					 "'%.*s' is no kind of request; did you mean %s?",
					 PORTROLL_STR_ARG(word), request_kinds[i].name);
		buf_printf(&names, "%s%s", i ? ", " : "", request_kinds[i].name);
	}
	return error_set(&k->err, PORTROLL_EINVAL, "'%.*s' is no kind of request; there are: %.*s",
			 PORTROLL_STR_ARG(str_part(word, 0, 60)),
			 PORTROLL_STR_ARG(buf_str(&names)));
}

/* A word with a dot or a slash is a file, since no kind has one. */
static bool is_path(struct portroll_str word)
{
	return str_find_char(word, '.') != SIZE_MAX || str_find_char(word, '/') != SIZE_MAX;
}

static int read_operands(struct wish *ret, struct keeper *k)
{
	*ret = (struct wish){.path = keeper_target(k, OPTION_OUTPUT)};
	int next = 0;
	struct portroll_str first = str_from(k->args.operand_count ? k->args.operands[0] : "");
	if (first.len && !is_path(first)) {
		if (kind_of(first) == REQUEST_KIND_COUNT)
			return fail_kind(k, first);
		ret->kind = first;
		next++;
	}
	if (next < k->args.operand_count)
		ret->path = k->args.operands[next++];
	if (next < k->args.operand_count)
		return error_set(&k->err, PORTROLL_EINVAL, "one kind and one file, not '%s' too",
				 k->args.operands[next]);
	return PORTROLL_OK;
}

static bool may_replace(struct keeper *k, const char *path)
{
	CLEANUP(buf_done) struct buf question = BUF_INIT(SIZE_MAX);
	if (!file_exists(path))
		return true;
	buf_printf(&question, "%s is there already; write over it?", path);
	buf_putc(&question, '\0');
	return !question.failed && ask(&k->out, question.ptr) == ASK_YES;
}

static int fail_there(struct keeper *k, const char *path)
{
	return error_set(&k->err, PORTROLL_EINVAL, "%s is there already; nothing was written",
			 path);
}

static int write_file(struct keeper *k, const char *path, const struct buf *text)
{
	if (text->failed)
		return error_set(&k->err, text->failed, "%s: %s", path, error_text(text->failed));
	return file_replace(path, buf_str(text), k->file_mode, &k->err);
}

/* Where the answers go, when no operand says it: NULL, the input ended. */
static const char *ask_path(struct keeper *k, const struct document *d)
{
	CLEANUP(buf_done) struct buf label = BUF_INIT(SIZE_MAX);
	CLEANUP(buf_done) struct buf line = BUF_INIT(PROMPT_LINE_MAX);
	CLEANUP(buf_done) struct buf usual = BUF_INIT(SIZE_MAX);
	struct portroll_str name = d->values[DOC_SERVICE_NAME];
	buf_put(&usual, name_is_well_formed(name) ? name : STR("portroll"));
	buf_puts(&usual, ".request");
	buf_puts(&label, "\nWrite it to which file? [");
	buf_put(&label, buf_str(&usual));
	buf_puts(&label, "] ");
	for (;;) {
		if (!prompt_line(&line, &k->out, buf_str(&label)))
			return NULL;
		struct portroll_str path = str_trim(buf_str(&line));
		const char *kept = arena_cstr(&k->arena, path.len ? path : buf_str(&usual));
		if (!kept || may_replace(k, kept))
			return kept;
	}
}

static int ask_all(struct document *ret, struct keeper *k, struct portroll_str kind)
{
	CLEANUP(ground_close) struct ground ground = {0};
	int r = ground_open(&ground, k);
	if (r < 0)
		return r;
	struct questions q = {.k = k, .ground = &ground, .kind_is_told = kind.len > 0};
	q.document.values[DOC_REQUEST] = kind;
	prompt_say(&k->out, STR("Enter leaves out what is optional; < goes back to the question "
				"before.\n"));
	if (!ground.source)
		prompt_say(&k->out, STR("No registry is here: what it has is not looked at.\n"));
	r = questions_ask(&q);
	*ret = q.document;
	return r;
}

static int run(struct keeper *k)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(SIZE_MAX);
	struct document d;
	struct wish wish;
	int r = read_operands(&wish, k);
	if (r < 0)
		return r;
	if (!prompt_has_terminal(&k->out))
		return error_set(&k->err, PORTROLL_EINVAL,
				 "there is no terminal to ask at; portroll request new --template "
				 "writes a file to be filled in");
	if (wish.path && !may_replace(k, wish.path))
		return fail_there(k, wish.path);
	r = ask_all(&d, k, wish.kind);
	if (r < 0)
		return r;
	const char *path = wish.path ? wish.path : ask_path(k, &d);
	if (!path)
		return k->arena.failed ? error_memory(&k->err)
				       : error_set(&k->err, PORTROLL_EINVAL,
						   "the input ended; nothing was written");
	document_put(&text, &d);
	r = write_file(k, path, &text);
	if (r == PORTROLL_OK && !k->out.quiet)
		out_message(&k->out, "%s is written; see: portroll request preview %s", path, path);
	return r;
}

int request_new(struct keeper *k)
{
	return run(k) < 0 ? keeper_failed(k) : EXIT_YES;
}

static int write_template(struct keeper *k)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(SIZE_MAX);
	struct document d = {0};
	struct wish wish;
	int r = read_operands(&wish, k);
	if (r < 0)
		return r;
	d.values[DOC_REQUEST] = wish.kind;
	document_put_template(&text, &d);
	if (!wish.path) {
		buf_put(&k->out.buf, buf_str(&text));
		return text.failed ? error_memory(&k->err) : PORTROLL_OK;
	}
	if (!may_replace(k, wish.path))
		return fail_there(k, wish.path);
	return write_file(k, wish.path, &text);
}

int request_new_template(struct keeper *k)
{
	return write_template(k) < 0 ? keeper_failed(k) : EXIT_YES;
}

/* SPDX-License-Identifier: MIT */
#include "desk/letter.h"

#include "base/macros.h"

#define TEXT_MAX    ((size_t)48 << 10)
#define SUBJECT_MAX ((size_t)200)

static const struct paragraph *find_template(const struct paragraph_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct paragraph_field *field =
			paragraph_find(&list->items[i], STR("template"));
		if (field && str_equal(field->value, str_from(name)))
			return &list->items[i];
	}
	return NULL;
}

static int read_own(struct paragraph_list *ret, struct arena *a, struct portroll_error *err)
{
	return paragraphs_read(ret, letter_assets[0].bytes, a, err);
}

static int check_template(const struct paragraph_list *known, const struct paragraph *p,
			  struct portroll_error *err)
{
	static const struct portroll_str names[] = {STR_INIT("template"), STR_INIT("subject"),
						    STR_INIT("text")};
	for (size_t i = 0; i < p->count; i++) {
		bool is_known = false;
		for (size_t at = 0; at < ARRAY_LEN(names); at++)
			is_known |= paragraph_name_equal(p->fields[i].name, names[at]);
		if (!is_known)
			return error_at(err, PORTROLL_ESYNTAX, p->fields[i].line, 1,
					"a template has Template, Subject and Text, not '%.*s'",
					PORTROLL_STR_ARG(str_part(p->fields[i].name, 0, 40)));
	}
	const struct paragraph_field *name = paragraph_find(p, STR("template"));
	for (size_t i = 0; name && i < known->count; i++)
		if (str_equal(name->value, known->items[i].fields[0].value))
			return PORTROLL_OK;
	return error_at(err, PORTROLL_ESYNTAX, p->fields[0].line, 1,
			"there is no such template; the file mail/templates has all of them");
}

int letter_check(const struct paragraph_list *templates, struct portroll_error *err)
{
	struct arena a = ARENA_INIT;
	struct paragraph_list known = {0};
	int r = read_own(&known, &a, err);
	for (size_t i = 0; i < templates->count && r == PORTROLL_OK; i++)
		r = check_template(&known, &templates->items[i], err);
	arena_done(&a);
	return r;
}

static const struct letter_word *find_word(const struct letter_word *words,
					   struct portroll_str name)
{
	for (; words->name; words++)
		if (str_equal(name, str_from(words->name)))
			return words;
	return NULL;
}

/* Writes the line with its words; false when it had words and they were all empty. */
static bool fill_line(struct buf *out, struct portroll_str line, const struct letter_word *words)
{
	bool had_word = false, had_value = false;
	while (line.len) {
		size_t open = str_find_char(line, '{');
		struct portroll_str behind = str_part(line, open, line.len);
		size_t close = open == SIZE_MAX ? SIZE_MAX : str_find_char(behind, '}');
		const struct letter_word *word =
			close == SIZE_MAX ? NULL : find_word(words, str_part(behind, 1, close));
		buf_put(out, str_part(line, 0, open));
		if (!word && open != SIZE_MAX)
			buf_putc(out, '{');
		if (!word) {
			line = open == SIZE_MAX ? STR_NONE : str_part(behind, 1, behind.len);
			continue;
		}
		had_word = true;
		had_value |= word->value.len > 0;
		buf_put(out, word->value);
		line = str_part(behind, close + 1, behind.len);
	}
	return !had_word || had_value;
}

static struct portroll_str fill(struct portroll_str text, const struct letter_word *words,
				size_t max, struct arena *a)
{
	CLEANUP(buf_done) struct buf out = BUF_INIT(max);
	struct portroll_str line;
	while (text.len && str_cut(&text, '\n', &line)) {
		size_t before = out.len;
		if (!fill_line(&out, line, words))
			out.len = before;
		else
			buf_putc(&out, '\n');
	}
	return buf_keep(&out, a);
}

int letter_make(struct letter *ret, const char *name, const struct paragraph_list *own,
		const struct letter_word *words, struct arena *a)
{
	struct paragraph_list known = {0};
	int r = read_own(&known, a, NULL);
	if (r < 0)
		return r;
	const struct paragraph *usual = find_template(&known, name);
	const struct paragraph *p = find_template(own, name);
	const struct paragraph_field *subject = p ? paragraph_find(p, STR("subject")) : NULL;
	const struct paragraph_field *text = p ? paragraph_find(p, STR("text")) : NULL;
	if (!subject && usual)
		subject = paragraph_find(usual, STR("subject"));
	if (!text && usual)
		text = paragraph_find(usual, STR("text"));
	if (!subject || !text)
		return PORTROLL_EINVAL;
	ret->subject = str_trim(fill(subject->value, words, SUBJECT_MAX, a));
	ret->text = fill(text->value, words, TEXT_MAX, a);
	return a->failed ? PORTROLL_ENOMEM : PORTROLL_OK;
}

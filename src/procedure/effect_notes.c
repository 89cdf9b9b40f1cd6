/* SPDX-License-Identifier: MIT */
#include "procedure/effect_notes.h"

#include "procedure/effect_text.h"

/* %D and %E are dates, %N the name, %P the person; what is in brackets is said with a person only.
 */
static const char *const wordings[WORDING_COUNT] = {
	[WORDING_DEASSIGNED] = "De-assigned on %D, previously %N[ by %P]",
	[WORDING_RETASKED] = "This port has been retasked on %D.",
	[WORDING_TEMPORARY] = "TEMPORARY - registered %D, expires %E",
	[WORDING_RENEWED] = "%N, renewed from %D, expires %E",
	[WORDING_LEASED] = "Leased until %E",
	[WORDING_DEPRECATED] = "Deprecated on %D",
	[WORDING_TXT_KEYS] = "Defined TXT keys: %N",
};

#define CONTINUED    "\n      " /* how IANA goes on with an entry */
#define NOTE_RUN_MAX 8          /* that a wording and what is around it add */

/* The text with `to` for each `from`. */
static struct portroll_str exchanged(struct arena *a, struct portroll_str text,
				     struct portroll_str from, struct portroll_str to)
{
	struct buf out = BUF_INIT(EFFECT_TEXT_MAX);
	size_t at;
	while ((at = str_find(text, from)) != SIZE_MAX) {
		buf_put(&out, str_part(text, 0, at));
		buf_put(&out, to);
		text = str_part(text, at + from.len, text.len);
	}
	buf_put(&out, text);
	struct portroll_str kept = text_keep(&out, a);
	return kept;
}

/* Rich text that grows; neighbouring texts become one, as a reader of the file would have them. */
struct runs {
	struct editing *ed;
	struct run *items;
	size_t count;
};

static struct runs runs_begin(struct editing *ed, struct richtext before)
{
	struct runs runs = {.ed = ed};
	runs.items = arena_grow(ed->arena, before.runs, before.count, before.count + NOTE_RUN_MAX,
				sizeof(struct run));
	runs.count = runs.items ? before.count : 0;
	return runs;
}

static struct portroll_str joined(struct arena *a, struct portroll_str first,
				  struct portroll_str second)
{
	struct buf text = BUF_INIT(EFFECT_TEXT_MAX);
	buf_put(&text, first);
	buf_put(&text, second);
	struct portroll_str kept = text_keep(&text, a);
	return kept;
}

static void runs_text(struct runs *runs, struct portroll_str text)
{
	if (!runs->items || text.len == 0)
		return;
	struct run *last = runs->count ? &runs->items[runs->count - 1] : NULL;
	if (last && last->kind == RUN_TEXT)
		last->text = joined(runs->ed->arena, last->text, text);
	else
		runs->items[runs->count++] = (struct run){.kind = RUN_TEXT, .text = text};
}

static void runs_xref(struct runs *runs, const struct xref *x)
{
	if (runs->items)
		runs->items[runs->count++] = (struct run){.kind = RUN_XREF, .xref = x};
}

static struct richtext runs_end(const struct runs *runs)
{
	return (struct richtext){runs->items, runs->count};
}

static void runs_date(struct runs *runs, struct date date)
{
	char text[DATE_TEXT_MAX];
	size_t len = date_format(text, date);
	runs_text(runs, arena_str(runs->ed->arena, (struct portroll_str){text, len}));
}

static void runs_gap(struct runs *runs, char gap, const struct wording_gaps *gaps)
{
	if (gap == 'P')
		runs_xref(runs, gaps->person);
	else if (gap == 'N')
		runs_text(runs, exchanged(runs->ed->arena, gaps->name, STR("\n"), STR(CONTINUED)));
	else
		runs_date(runs, gap == 'D' ? gaps->date : gaps->expires);
}

static void runs_wording(struct runs *runs, enum wording wording, const struct wording_gaps *gaps)
{
	struct portroll_str rest = str_from(wordings[wording]);
	bool is_left_out = false;
	while (rest.len) {
		size_t plain = 0;
		while (plain < rest.len && rest.ptr[plain] != '%' && rest.ptr[plain] != '[' &&
		       rest.ptr[plain] != ']')
			plain++;
		if (!is_left_out)
			runs_text(runs, str_part(rest, 0, plain));
		if (plain == rest.len)
			return;
		char mark = rest.ptr[plain];
		if (mark == '[')
			is_left_out = !gaps->person;
		else if (mark == ']')
			is_left_out = false;
		else if (!is_left_out)
			runs_gap(runs, rest.ptr[plain + 1], gaps);
		rest = str_part(rest, plain + (mark == '%' ? 2 : 1), rest.len);
	}
}

struct richtext note_add(struct editing *ed, struct richtext note, enum wording wording,
			 const struct wording_gaps *gaps)
{
	struct runs runs = runs_begin(ed, note);
	if (runs.count)
		runs_text(&runs, STR("\n"));
	runs_wording(&runs, wording, gaps);
	return runs_end(&runs);
}

struct richtext note_add_text(struct editing *ed, struct richtext note, struct portroll_str line)
{
	if (line.len == 0)
		return note;
	struct runs runs = runs_begin(ed, note);
	if (runs.count)
		runs_text(&runs, STR("\n"));
	runs_text(&runs, line);
	return runs_end(&runs);
}

/* What a line of a wording begins with. */
static struct portroll_str opening_of(enum wording wording)
{
	struct portroll_str text = str_from(wordings[wording]);
	return str_part(text, 0, str_find_char(text, '%'));
}

/* Takes a line off *rest, with those after it that begin with a blank: IANA's lists of TXT keys go
 * on so. */
static bool cut_entry(struct portroll_str *rest, struct portroll_str *ret)
{
	struct portroll_str line;
	if (!str_cut(rest, '\n', ret))
		return false;
	while (rest->len && (rest->ptr[0] == ' ' || rest->ptr[0] == '\t') &&
	       str_cut(rest, '\n', &line))
		ret->len = (size_t)(line.ptr + line.len - ret->ptr);
	return true;
}

bool note_find(struct richtext note, enum wording wording, struct portroll_str *ret)
{
	for (size_t i = 0; i < note.count; i++) {
		struct portroll_str rest = note.runs[i].text, entry;
		while (note.runs[i].kind == RUN_TEXT && cut_entry(&rest, &entry)) {
			if (!str_starts_fold(str_trim(entry), opening_of(wording)))
				continue;
			*ret = str_trim(entry);
			return true;
		}
	}
	return false;
}

/* The text without the entries that begin so. */
static struct portroll_str without_entries(struct arena *a, struct portroll_str text,
					   struct portroll_str opening)
{
	struct buf kept = BUF_INIT(EFFECT_TEXT_MAX);
	struct portroll_str rest = text, entry;
	bool is_first = true;
	while (cut_entry(&rest, &entry)) {
		if (str_starts_fold(str_trim(entry), opening))
			continue;
		if (!is_first)
			buf_putc(&kept, '\n');
		buf_put(&kept, entry);
		is_first = false;
	}
	return text_keep(&kept, a);
}

struct richtext note_drop(struct editing *ed, struct richtext note, enum wording wording)
{
	struct portroll_str line;
	if (!note_find(note, wording, &line))
		return note;
	struct runs runs = runs_begin(ed, (struct richtext){NULL, 0});
	runs.items = arena_array(ed->arena, note.count, sizeof(struct run));
	for (size_t i = 0; runs.items && i < note.count; i++) {
		struct run run = note.runs[i];
		if (run.kind == RUN_TEXT)
			run.text = without_entries(ed->arena, run.text, opening_of(wording));
		if (run.kind != RUN_TEXT || run.text.len)
			runs.items[runs.count++] = run;
	}
	return runs_end(&runs);
}

struct richtext note_change(struct editing *ed, struct richtext text, struct portroll_str from,
			    struct portroll_str to, bool *ret_found)
{
	bool is_found = false;
	for (size_t i = 0; i < text.count && !is_found; i++)
		is_found = text.runs[i].kind == RUN_TEXT &&
			   str_find(text.runs[i].text, from) != SIZE_MAX;
	if (ret_found)
		*ret_found = is_found;
	if (!is_found)
		return text;
	struct run *runs =
		arena_grow(ed->arena, text.runs, text.count, text.count, sizeof(struct run));
	for (size_t i = 0; runs && i < text.count; i++)
		if (runs[i].kind == RUN_TEXT)
			runs[i].text = exchanged(ed->arena, runs[i].text, from, to);
	return (struct richtext){runs, runs ? text.count : 0};
}

static uint8_t days_in_month(uint16_t year, uint8_t month)
{
	static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return (uint8_t)(days[month - 1] + (month == 2 && is_leap ? 1 : 0));
}

struct date date_after(struct date date, uint32_t days)
{
	if (date.month == 0 || date.day == 0)
		return date;
	uint32_t day = date.day + days;
	while (day > days_in_month(date.year, date.month) && date.year < 9999) {
		day -= days_in_month(date.year, date.month);
		date.month = (uint8_t)(date.month == 12 ? 1 : date.month + 1);
		date.year = (uint16_t)(date.year + (date.month == 1 ? 1 : 0));
	}
	date.day = (uint8_t)(day > 31 ? 31 : day);
	return date;
}

/* SPDX-License-Identifier: MIT */

/* log: the changes of the roll, newest first; log @N: one of them; log R-N: those of a request; log
 * THING: its life. */

#include "base/num.h"
#include "keeper/log_change.h"
#include "keeper/log_filter.h"
#include "keeper/log_history.h"
#include "keeper/log_life.h"
#include "keeper/log_request.h"

#define LINES_SHOWN 40 /* of each change in a list */

struct log {
	struct keeper *k;
	struct log_filter filter;
	struct tellings_style style;
	uint64_t only; /* the change that has this entry; 0: all */
	struct portroll_str *texts;
	size_t count, capacity;
};

static int keep(struct log *log, struct portroll_str text)
{
	struct arena *a = &log->k->arena;
	if (log->count == log->capacity) {
		size_t capacity = log->capacity ? log->capacity * 2 : 64;
		struct portroll_str *grown =
			arena_grow(a, log->texts, log->count, capacity, sizeof(*grown));
		if (!grown)
			return error_memory(&log->k->err);
		log->texts = grown;
		log->capacity = capacity;
	}
	log->texts[log->count++] = arena_str(a, text);
	return a->failed ? error_memory(&log->k->err) : PORTROLL_OK;
}

/* The newest stands first, and is read last: what is written waits. */
static int put_change(struct log *log, const struct logged *logged)
{
	struct out waiting = log->k->out;
	waiting.buf = BUF_INIT(SIZE_MAX / 2);
	if (keeper_has(log->k, OPTION_JSON)) {
		struct json j = json_init(&waiting.buf, false);
		log_put_json_change(&j, logged);
	} else {
		log_put_change(&waiting, logged, &log->style);
	}
	int r = waiting.buf.failed ? error_memory(&log->k->err) : keep(log, buf_str(&waiting.buf));
	buf_done(&waiting.buf);
	return r;
}

static int watch(void *context, const struct fold_event *e)
{
	struct log *log = context;
	struct arena scratch = ARENA_INIT;
	struct logged logged = {.event = e};
	if (log->only ? e->number < log->only : !log_filter_passes(&log->filter, e->about))
		return PORTROLL_OK;
	int r = log_tell(&logged.told, e, &scratch);
	r = r < 0 ? error_memory(&log->k->err) : put_change(log, &logged);
	arena_done(&scratch);
	return r;
}

static size_t count_wanted(const struct log *log, uint64_t most)
{
	return most && most < log->count ? (size_t)most : log->count;
}

static void put_json(struct log *log, size_t count)
{
	struct buf *out = &log->k->out.buf;
	struct json j = json_init(out, false);
	json_object(&j);
	json_member(&j, "schema", STR("portroll-log/1"));
	json_key(&j, "changes");
	buf_puts(out, "[");
	for (size_t i = 0; i < count; i++) {
		buf_puts(out, i ? ",\n" : "\n");
		buf_put(out, log->texts[log->count - 1 - i]);
	}
	buf_puts(out, "\n]}\n");
}

static void put_all(struct log *log, size_t count)
{
	struct buf *out = &log->k->out.buf;
	for (size_t i = 0; i < count; i++) {
		buf_puts(out, i ? "\n" : "");
		buf_put(out, log->texts[log->count - 1 - i]);
	}
}

static int read_count(uint64_t *ret, struct keeper *k)
{
	struct portroll_str text = keeper_option(k, OPTION_COUNT_OF);
	*ret = 0;
	if (text.ptr && (num_parse(ret, text, UINT32_MAX) < 0 || *ret == 0))
		return error_set(&k->err, PORTROLL_EINVAL,
				 "--count takes a number from 1, not '%.40s'", text.ptr);
	return PORTROLL_OK;
}

static int put_changes(struct log *log, struct log_history *h)
{
	uint64_t most;
	struct keeper *k = log->k;
	log->style = (struct tellings_style){.patch = keeper_has(k, OPTION_PATCH)};
	log->style.most = log->only || log->style.patch ? 0 : LINES_SHOWN;
	int r = read_count(&most, k);
	if (r == PORTROLL_OK)
		r = log_history_each(h, k, log->only ? log->only : h->size, watch, log);
	if (r < 0)
		return r;
	size_t count = count_wanted(log, most);
	if (keeper_has(k, OPTION_JSON))
		put_json(log, count);
	else
		put_all(log, count);
	if (count == 0 && !k->out.quiet)
		out_message(&k->out, "no change is as asked for");
	return count ? EXIT_YES : EXIT_NO;
}

/* @45 */
static int read_number(uint64_t *ret, struct keeper *k, const struct log_history *h,
		       struct portroll_str word)
{
	struct portroll_str digits = str_part(word, 1, word.len);
	if (num_parse(ret, digits, UINT64_MAX) < 0 || *ret == 0)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "'%.*s': a change is @ and its number, from @1",
				 PORTROLL_STR_ARG(word));
	if (*ret > h->size)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "there is no change @%llu: the last is @%llu",
				 (unsigned long long)*ret, (unsigned long long)h->size);
	return PORTROLL_OK;
}

static int run(struct keeper *k, struct log_history *h)
{
	struct log log = {.k = k};
	struct portroll_str word = k->args.operand_count ? str_from(k->args.operands[0]) : STR("");
	int r = log_filter_read(&log.filter, k);
	if (r == PORTROLL_OK)
		r = log_history_open(h, k);
	if (r < 0)
		return r;
	if (log_request_parse(&log.filter.request, word))
		return put_changes(&log, h);
	if (word.len && word.ptr[0] != '@')
		return log_life(k, h, word, &log.filter);
	if (word.len)
		r = read_number(&log.only, k, h, word);
	return r < 0 ? r : put_changes(&log, h);
}

int verb_log(struct keeper *k)
{
	struct log_history h = {0};
	int r = run(k, &h);
	log_history_close(&h);
	return r < 0 ? keeper_failed(k) : r;
}

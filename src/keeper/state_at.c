/* SPDX-License-Identifier: MIT */
#include "keeper/state_at.h"

#include "base/num.h"
#include "keeper/log_history.h"
#include "ledger/changeset.h"
#include "verbs/moment.h"

/* 2026-01-31, and 2026-13-01, which is none. */
static bool is_like_date(struct portroll_str word)
{
	size_t hyphens = 0;
	for (size_t i = 0; i < word.len; i++) {
		bool is_hyphen = i > 0 && word.ptr[i] == '-';
		if (!is_hyphen && (word.ptr[i] < '0' || word.ptr[i] > '9'))
			return false;
		hyphens += is_hyphen;
	}
	return hyphens > 0;
}

bool state_at_is_word(const char *word)
{
	struct date date;
	return word[0] == '@' || is_like_date(str_from(word)) ||
	       date_parse(&date, str_from(word)) == PORTROLL_OK;
}

static int read_roll(struct state_at *ret, struct keeper *k)
{
	int r = keeper_open_snapshot(&ret->snapshot, k);
	return r == PORTROLL_OK ? snapshot_read_roll(&ret->roll, ret->snapshot, &k->arena, &k->err)
				: r;
}

int state_at_word(struct state_at *ret, struct keeper *k, const char *word)
{
	const char *asked = k->args.values[OPTION_AS_OF];
	struct moment moment;
	if (moment_parse(&moment, str_from(word), NULL) < 0)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "'%.60s' is no day, YYYY-MM-DD, and no change, @N from @1; a file "
				 "of that name is ./%.60s",
				 word, word);
	k->args.values[OPTION_AS_OF] = word;
	int r = read_roll(ret, k);
	k->args.values[OPTION_AS_OF] = asked;
	return r;
}

int state_at_number(struct state_at *ret, struct keeper *k, uint64_t number)
{
	CLEANUP(buf_done) struct buf word = BUF_INIT(64);
	if (number == 0) {
		ret->roll = roll_new(&k->arena);
		return ret->roll ? PORTROLL_OK : error_memory(&k->err);
	}
	buf_putc(&word, '@');
	buf_put_num(&word, number);
	const char *text = arena_cstr(&k->arena, buf_str(&word));
	return text ? state_at_word(ret, k, text) : error_memory(&k->err);
}

int state_at_present(struct state_at *ret, struct keeper *k)
{
	return read_roll(ret, k);
}

struct last {
	struct keeper *k;
	uint64_t parts;
};

static int read_parts(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct last *last = context;
	struct changeset about;
	int r = changeset_read_about(&about, entry->body, &last->k->arena, err);
	if (r == PORTROLL_OK)
		last->parts = about.part_count;
	return r;
}

int state_at_last_change(uint64_t *ret, uint64_t *ret_size, struct keeper *k)
{
	struct log_history h = {0};
	struct last last = {.k = k};
	int r = log_history_open(&h, k);
	if (r == PORTROLL_OK && h.size == 0)
		r = error_set(&k->err, PORTROLL_EINVAL, "no change has been made yet");
	if (r == PORTROLL_OK) {
		const struct entry_range range = {h.size - 1, h.size};
		r = published_each(h.published, range, read_parts, &last, &k->err);
	}
	if (r == PORTROLL_OK) {
		*ret = h.size - last.parts;
		*ret_size = h.size;
	}
	log_history_close(&h);
	return r;
}

void state_at_close(struct state_at *state)
{
	portroll_close(state->snapshot);
	*state = (struct state_at){0};
}

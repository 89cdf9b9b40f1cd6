/* SPDX-License-Identifier: MIT */
#include "cli/filter.h"

#include <stdlib.h>

#include "base/error.h"
#include "registry/row.h"
#include "registry/state.h"
#include "registry/transport.h"

static int read_date(struct date *ret, bool *ret_has, const struct reader *r, enum option_id option,
		     struct portroll_error *err)
{
	const char *text = r->args->values[option];
	if (!text)
		return PORTROLL_OK;
	*ret_has = true;
	if (date_parse(ret, str_from(text)) == PORTROLL_OK)
		return PORTROLL_OK;
	return error_set(err, PORTROLL_EINVAL,
			 "--%s takes a date as 2025-10-22, 2025-10 or 2025, not '%.40s'",
			 options[option].name, text);
}

/* The choices of the option are the names of the states. */
static uint8_t read_state(const char *text)
{
	for (uint8_t state = PORTROLL_ASSIGNED; text && state <= PORTROLL_DYNAMIC; state++)
		if (str_equal_fold(str_from(text), str_from(portroll_state_name(state))))
			return state;
	return PORTROLL_UNKNOWN;
}

static struct portroll_str bracketed(const struct reader *r, const char *id)
{
	struct portroll_str text = str_from(id);
	CLEANUP(buf_done) struct buf label = BUF_INIT(4096);
	if (!id || (text.len > 0 && text.ptr[0] == '['))
		return text;
	buf_putc(&label, '[');
	buf_put(&label, text);
	buf_putc(&label, ']');
	return arena_str(r->arena, buf_str(&label));
}

static int read_reference(struct filter *f, const struct reader *r, struct portroll_error *err)
{
	struct portroll_str label = str_from(r->args->values[OPTION_REFERENCE]);
	if (str_starts(label, STR("[")) && str_ends(label, STR("]")))
		label = str_part(label, 1, label.len - 1);
	int code = snapshot_by_reference(&f->referring, r->snapshot, label, r->arena);
	return code < 0 ? error_set(err, code, "%s", error_text(code)) : code;
}

static int by_id(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

int filter_init(struct filter *ret, const struct reader *r, struct portroll_error *err)
{
	const char *const *given = r->args->values;
	struct filter f = {.state = read_state(given[OPTION_STATE])};
	if (given[OPTION_RANGE]) {
		f.has_range = true;
		int bad = range_parse(&f.range, str_from(given[OPTION_RANGE]));
		if (bad < 0)
			return error_set(err, PORTROLL_EINVAL, "--range '%.40s': %s",
					 given[OPTION_RANGE], range_error_text(bad));
	}
	int code = reader_transport(&f.transport, r, err);
	if (code == PORTROLL_OK)
		code = read_date(&f.since, &f.has_since, r, OPTION_SINCE, err);
	if (code == PORTROLL_OK)
		code = read_date(&f.before, &f.has_before, r, OPTION_BEFORE, err);
	f.assignee = bracketed(r, given[OPTION_ASSIGNEE]);
	f.has_reference = given[OPTION_REFERENCE];
	if (code == PORTROLL_OK && f.has_reference)
		code = read_reference(&f, r, err);
	if (code == PORTROLL_OK)
		*ret = f;
	return code;
}

/* Of the two dates of a record the later one. */
static struct date last_date(const struct portroll_record *record)
{
	struct date registered = {0}, modified = {0};
	if (date_parse(&registered, record->registered) < 0)
		registered = (struct date){0};
	if (date_parse(&modified, record->modified) < 0)
		modified = (struct date){0};
	return date_compare(registered, modified) > 0 ? registered : modified;
}

static bool dates_pass(const struct filter *f, const struct portroll_record *record)
{
	if (!f->has_since && !f->has_before)
		return true;
	struct date date = last_date(record);
	if (date.year == 0)
		return false;
	return (!f->has_since || date_compare(date, f->since) >= 0) &&
	       (!f->has_before || date_compare(date, f->before) < 0);
}

/* What the record itself says, whatever others say of its ports. */
static bool state_passes(const struct filter *f, const struct reader *r, uint32_t id)
{
	static const uint8_t states[] = {
		[ROW_ASSIGNED] = PORTROLL_ASSIGNED,
		[ROW_RESERVED_RELEASED] = PORTROLL_RESERVED,
		[ROW_RESERVED_HELD] = PORTROLL_RESERVED,
		[ROW_UNASSIGNED] = PORTROLL_UNASSIGNED,
	};
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	struct record record;
	return f->state == PORTROLL_UNKNOWN || (snapshot_rich(r->snapshot, id, &arena, &record) &&
						states[row_kind_of(&record, NULL)] == f->state);
}

bool filter_passes(const struct filter *f, const struct reader *r, uint32_t id)
{
	struct portroll_record record;
	if (!portroll_get(r->snapshot, id, &record))
		return false;
	if (f->has_range && (!record.has_port || record.port_first > f->range.last ||
			     record.port_last < f->range.first))
		return false;
	if (f->transport != PORTROLL_ANY && record.transport != PORTROLL_ANY &&
	    record.transport != f->transport)
		return false;
	if (f->assignee.len && str_find(record.assignee, f->assignee) == SIZE_MAX)
		return false;
	if (f->has_reference &&
	    !(f->referring.count &&
	      bsearch(&id, f->referring.ids, f->referring.count, sizeof(id), by_id)))
		return false;
	return dates_pass(f, &record) && state_passes(f, r, id);
}

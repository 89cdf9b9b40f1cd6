/* SPDX-License-Identifier: MIT */
#include "keeper/log_filter.h"

static int read_date(struct date *ret, struct keeper *k, enum option_id id)
{
	struct portroll_str text = keeper_option(k, id);
	if (text.ptr && date_parse(ret, text) < 0)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "--%s takes a date, YYYY-MM-DD, YYYY-MM or YYYY, not '%.40s'",
				 options[id].name, k->args.values[id]);
	return PORTROLL_OK;
}

static int check_kind(struct keeper *k, struct portroll_str kind)
{
	static const struct portroll_str kinds[] = {STR_INIT("import"), STR_INIT("order"),
						    STR_INIT("remove"), STR_INIT("revert"),
						    STR_INIT("key"),    STR_INIT("fork")};
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (!kind.ptr || str_equal(kind, kinds[i]))
			return PORTROLL_OK;
	return error_set(&k->err, PORTROLL_EINVAL,
			 "--kind takes import, order, remove, revert, key or fork, not '%.40s'",
			 k->args.values[OPTION_KIND]);
}

int log_filter_read(struct log_filter *ret, struct keeper *k)
{
	*ret = (struct log_filter){.author = keeper_option(k, OPTION_AUTHOR),
				   .kind = keeper_option(k, OPTION_KIND),
				   .source = keeper_option(k, OPTION_SOURCE)};
	int r = check_kind(k, ret->kind);
	if (r == PORTROLL_OK)
		r = read_date(&ret->since, k, OPTION_SINCE);
	return r == PORTROLL_OK ? read_date(&ret->before, k, OPTION_BEFORE) : r;
}

static bool is_as_wanted(struct portroll_str wanted, struct portroll_str is)
{
	return !wanted.ptr || str_equal(wanted, is);
}

bool log_filter_passes(const struct log_filter *f, const struct changeset *about)
{
	if (f->since.year && date_compare(about->effective, f->since) < 0)
		return false;
	if (f->before.year && date_compare(about->effective, f->before) >= 0)
		return false;
	return is_as_wanted(f->author, about->author) && is_as_wanted(f->kind, about->kind) &&
	       is_as_wanted(f->source, about->source);
}

int log_tell(struct telling_list *ret, const struct fold_event *e, struct arena *a)
{
	*ret = (struct telling_list){0};
	if (!e->before || !e->after)
		return PORTROLL_OK;
	return tell_change(ret, e->before->registry, e->after->registry, e->change, a);
}

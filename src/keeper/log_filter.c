/* SPDX-License-Identifier: MIT */
#include "keeper/log_filter.h"

#include "keeper/log_request.h"

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
	struct portroll_str known;
	CLEANUP(buf_done) struct buf names = BUF_INIT(1024);
	if (!kind.ptr)
		return PORTROLL_OK;
	for (size_t i = 0; log_kind(&known, i); i++) {
		if (str_equal(kind, known))
			return PORTROLL_OK;
		buf_puts(&names, i ? ", " : "");
		buf_put(&names, known);
	}
	if (names.failed)
		return error_memory(&k->err);
	return error_set(&k->err, PORTROLL_EINVAL, "--kind takes one of %.*s, not '%.40s'",
			 PORTROLL_STR_ARG(buf_str(&names)), k->args.values[OPTION_KIND]);
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

static bool is_by(struct portroll_str wanted, const struct changeset *about)
{
	return !wanted.ptr || str_equal(wanted, about->author) || log_is_for(about, wanted);
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
	if (f->request && !log_is_of_request(about, f->request))
		return false;
	return is_by(f->author, about) && is_as_wanted(f->kind, about->kind) &&
	       is_as_wanted(f->source, about->source);
}

int log_tell(struct telling_list *ret, const struct fold_event *e, struct arena *a)
{
	*ret = (struct telling_list){0};
	if (!e->before || !e->after)
		return PORTROLL_OK;
	return tell_change(ret, e->before->registry, e->after->registry, e->change, a);
}

/* SPDX-License-Identifier: MIT */

/* export --format F: a source of the roll, whole or in part. */

#include "keeper/keeper.h"
#include "keeper/writing.h"

static int damaged(struct keeper *k)
{
	return error_set(&k->err, PORTROLL_ECORRUPT, "the snapshot is damaged");
}

static int fail_unknown(struct keeper *k, const struct portroll_snapshot *s,
			struct portroll_str name)
{
	CLEANUP(buf_done) struct buf names = BUF_INIT(4096);
	for (size_t i = 0; i < portroll_source_count(s); i++) {
		buf_puts(&names, i ? ", " : "");
		buf_put(&names, snapshot_source_name(s, i));
	}
	return error_set(&k->err, PORTROLL_EINVAL, "there is no source '%.*s'; there are: %.*s",
			 PORTROLL_STR_ARG(name), PORTROLL_STR_ARG(buf_str(&names)));
}

static int find_named(size_t *ret, struct keeper *k, const struct portroll_snapshot *s,
		      struct portroll_str name)
{
	for (size_t i = 0; i < portroll_source_count(s); i++) {
		if (!str_equal(snapshot_source_name(s, i), name))
			continue;
		*ret = i;
		return PORTROLL_OK;
	}
	if (portroll_damaged(s))
		return damaged(k);
	return fail_unknown(k, s, name);
}

static int describe_source(struct source *ret, struct keeper *k, const struct portroll_snapshot *s,
			   size_t index)
{
	if (snapshot_source(s, index, &k->arena, ret))
		return PORTROLL_OK;
	return portroll_damaged(s) ? damaged(k) : error_memory(&k->err);
}

/* The first complete source, else the first of any coverage; none with names of nmap, whose licence
 * binds those who take them. */
static int find_default(size_t *ret, struct keeper *k, const struct portroll_snapshot *s)
{
	size_t found = SIZE_MAX;
	for (size_t i = 0; i < portroll_source_count(s); i++) {
		struct source source;
		int r = describe_source(&source, k, s, i);
		if (r < 0)
			return r;
		if (source_has_nmap(&source))
			continue;
		if (found == SIZE_MAX)
			found = i;
		if (source.coverage != COVERAGE_COMPLETE)
			continue;
		found = i;
		break;
	}
	if (portroll_source_count(s) == 0)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "the roll has no source; portroll import FILE or portroll update "
				 "gives it one");
	if (found == SIZE_MAX)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "the only names are nmap's, under its own licence (NPSL); "
				 "--source writes them all the same");
	*ret = found;
	return PORTROLL_OK;
}

static int read_source(struct source *ret, struct keeper *k, const struct portroll_snapshot *s,
		       size_t index)
{
	int r = describe_source(ret, k, s, index);
	if (r < 0)
		return r;
	ret->registry = snapshot_read(s, index, &k->arena);
	if (ret->registry)
		return PORTROLL_OK;
	return portroll_damaged(s) ? damaged(k) : error_memory(&k->err);
}

static int export_from(struct keeper *k, struct writing *w, const struct portroll_snapshot *s)
{
	struct portroll_str name = keeper_option(k, OPTION_SOURCE);
	struct source source;
	size_t index = 0;
	int r = name.ptr ? find_named(&index, k, s, name) : find_default(&index, k, s);
	if (r == PORTROLL_OK)
		r = read_source(&source, k, s, index);
	if (r < 0)
		return r;
	w->source = &source;
	w->unaltered_iana = source_is_unaltered_iana(&source);
	return writing_run(w, k, s, index);
}

int verb_export(struct keeper *k)
{
	struct portroll_snapshot *snapshot = NULL;
	struct writing w;
	int r = writing_begin(&w, k, OPTION_FORMAT);
	if (r == PORTROLL_OK)
		r = keeper_open_snapshot(&snapshot, k);
	if (r == PORTROLL_OK)
		r = export_from(k, &w, snapshot);
	portroll_close(snapshot);
	return r < 0 ? keeper_failed(k) : EXIT_YES;
}

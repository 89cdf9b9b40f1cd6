/* SPDX-License-Identifier: MIT */
#include "server/selection.h"

#include "formats/format.h"

/* Ids of a snapshot count through all sources; a registry counts its own. */
static int find_hits(struct id_array *ret, const struct selection *selection,
		     const struct call *call)
{
	const struct portroll_snapshot *s = site_snapshot(call->site);
	uint32_t first = snapshot_source_records(s, selection->source).first;
	int r = snapshot_match(ret, s, selection->source, selection->match, call->arena);
	for (size_t i = 0; r == PORTROLL_OK && i < ret->count; i++)
		ret->ids[i] -= first;
	return r;
}

static int cut_page(struct listing *ret, struct id_array *hits, const struct selection *selection)
{
	size_t first, count;
	*ret = (struct listing){
		.search = selection->match,
		.source = selection->linked,
		.page = selection->page,
		.page_count = listing_page_count(hits->count),
		.hit_count = hits->count,
	};
	int r = listing_rows(&first, &count, hits->count, selection->page);
	if (r == PORTROLL_OK && count > 0)
		*hits = (struct id_array){hits->ids + first, count};
	return r;
}

static void put_title(struct buf *out, const struct selection *selection)
{
	buf_puts(out, "Service names and port numbers");
	if (selection->match.len == 0)
		return;
	buf_puts(out, ": records that match \"");
	buf_put(out, selection->match);
	buf_putc(out, '"');
}

static int write_form(struct buf *out, const struct registry *registry,
		      const struct selection *selection, struct write_options *options)
{
	const struct download_kind *kind = &download_kinds[selection->kind];
	const struct format *format = format_find(str_from(kind->format));
	struct buf provenance = BUF_INIT(1U << 20), title = BUF_INIT(REQUEST_TARGET_MAX + 100);
	source_put_provenance(&provenance, options->source);
	put_title(&title, selection);
	options->provenance = buf_str(&provenance);
	options->title = buf_str(&title);
	options->one_per_line = kind->one_per_line;
	int r = format ? PORTROLL_OK : PORTROLL_EINVAL;
	struct loss loss = {0};
	if (format)
		format->write(out, registry, options, &loss);
	if (loss_any(&loss))
		loss_put_line(selection->loss, &loss, format->name);
	if (r == PORTROLL_OK)
		r = provenance.failed ? provenance.failed : title.failed;
	buf_done(&provenance);
	buf_done(&title);
	return r;
}

int selection_write(struct buf *out, const struct selection *selection, const struct call *call)
{
	struct id_array hits;
	struct listing listing;
	const struct source *source = site_source(call->site, selection->source);
	/* A page of a search is what IANA's site itself shows of its registry. */
	bool may_have_masthead = selection->page > 0 || selection->match.len == 0;
	struct write_options options = {
		.masthead = may_have_masthead && source_is_unaltered_iana(source),
		.source = source,
		.listing = selection->page > 0 ? &listing : NULL,
	};
	int r = find_hits(&hits, selection, call);
	if (r == PORTROLL_OK && selection->page > 0)
		r = cut_page(&listing, &hits, selection);
	if (r < 0)
		return r;
	struct registry *whole =
		snapshot_read(site_snapshot(call->site), selection->source, call->arena);
	struct registry *chosen =
		whole ? registry_select(whole, hits.ids, hits.count, call->arena) : NULL;
	if (!chosen)
		return call->arena->failed ? PORTROLL_ENOMEM : PORTROLL_ECORRUPT;
	return write_form(out, chosen, selection, &options);
}

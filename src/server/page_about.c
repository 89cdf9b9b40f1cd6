/* SPDX-License-Identifier: MIT */
#include "registry/expert.h"
#include "registry/state.h"
#include "server/api.h"
#include "server/notices.h"
#include "server/pages.h"
#include "server/show.h"

static void put_ranges(struct buf *out)
{
	HTML(out, "<section aria-labelledby=\"ranges\">\n<h2 id=\"ranges\">The three ranges</h2>\n"
		  "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Ranges\">"
		  "<table><thead><tr><th scope=\"col\">Ports</th><th scope=\"col\">Name</th>"
		  "<th scope=\"col\">Procedures</th><th scope=\"col\">Who decides</th>"
		  "<th scope=\"col\">Where it is written</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < PORT_CLASS_COUNT; i++) {
		const struct port_class *class = &port_classes[i];
		HTML(out, "<tr><th scope=\"row\">");
		buf_put_num(out, class->range.first);
		HTML(out, "&#8211;");
		buf_put_num(out, class->range.last);
		HTML(out, "</th><td>");
		html_text(out, str_from(class->name));
		HTML(out, " (");
		html_text(out, str_from(class->also));
		HTML(out, ")</td><td>");
		html_text(out, str_from(class->policy));
		HTML(out, "</td><td>");
		html_text(out, str_from(class->decides));
		HTML(out, "</td><td>");
		html_text(out, str_from(class->section));
		HTML(out, "</td></tr>\n");
	}
	HTML(out, "</tbody></table></div>\n"
		  "<p>Service names without a port are assigned First Come First Served (RFC 6335 "
		  "section 8.1.1).</p>\n</section>\n");
}

static void put_experts(const struct call *call, struct buf *out, const struct header *header)
{
	const struct expert_group *groups;
	size_t count;
	if (header->expert.len == 0 ||
	    experts_parse(&groups, &count, header->expert, call->arena) < 0)
		return;
	HTML(out, "<h3>Experts</h3>\n<dl class=\"record\">");
	for (size_t i = 0; i < count; i++) {
		HTML(out, "<div><dt>");
		html_text(out, groups[i].label.len > 0 ? groups[i].label : STR("Experts"));
		HTML(out, "</dt><dd>");
		for (size_t k = 0; k < groups[i].name_count; k++) {
			if (k > 0)
				HTML(out, "; ");
			html_text(out, groups[i].names[k]);
		}
		HTML(out, "</dd></div>");
	}
	HTML(out, "</dl>\n");
}

static void put_notes(struct buf *out, const struct registry *registry)
{
	for (size_t i = 0; i < registry->header.note_count; i++) {
		const struct note *note = &registry->header.notes[i];
		HTML(out, "<h3>");
		html_text(out, note->title.len > 0 ? note->title : STR("Note"));
		HTML(out, "</h3>\n");
		notice_put_prose(out, note->text);
		struct buf box = BUF_INIT(1U << 20);
		notice_put_box(&box, note->text);
		if (box.len > 0) {
			HTML(out, "<div class=\"notice\" role=\"note\">\n");
			buf_put(out, buf_str(&box));
			HTML(out, "</div>\n");
		}
		html_scratch_done(out, &box);
	}
	for (size_t i = 0; i < registry->footnote_count; i++) {
		/* A CSV refers to footnotes whose text it has not. */
		if (richtext_is_empty(registry->footnotes[i].text))
			continue;
		HTML(out, "<p id=\"note");
		buf_put_num(out, registry->footnotes[i].anchor);
		HTML(out, "\">[");
		buf_put_num(out, registry->footnotes[i].anchor);
		HTML(out, "] ");
		html_richtext(out, registry->footnotes[i].text);
		HTML(out, "</p>\n");
	}
}

static void put_copies(struct buf *out, const struct source *source)
{
	HTML(out, "<ul class=\"copies\">\n");
	for (size_t i = 0; i < source->copy_count; i++) {
		const struct copy *copy = &source->copies[i];
		HTML(out, "<li>");
		html_text(out, copy_origin_shown(copy));
		HTML(out, " (");
		html_text(out, copy->format);
		HTML(out, "), ");
		html_number(out, copy->record_count);
		HTML(out, " records");
		if (copy->dated.year != 0)
			HTML(out, ", of ");
		html_date(out, copy->dated);
		if (copy->partial)
			HTML(out, ", laid over what was there");
		if (copy->licence.len > 0)
			HTML(out, "; licence: ");
		html_text(out, copy->licence);
		HTML(out, "</li>\n");
	}
	HTML(out, "</ul>\n");
}

static void put_source(const struct call *call, struct buf *out, size_t index)
{
	const struct source *source = site_source(call->site, index);
	const struct registry *registry = site_header(call->site, index);
	struct record_span records = snapshot_source_records(site_snapshot(call->site), index);
	HTML(out, "<section class=\"source\">\n<h2>Source ");
	html_text(out, source->name);
	HTML(out, "</h2>\n<p>");
	html_text(out, registry->header.title);
	if (registry->header.title.len > 0)
		HTML(out, ": ");
	show_dates(call, out, index);
	HTML(out, "; ");
	html_text(out, str_from(coverage_names[source->coverage]));
	HTML(out, "; ");
	html_number(out, records.count);
	HTML(out, " records.</p>\n");
	put_copies(out, source);
	HTML(out, "<h3>Downloads</h3>\n");
	show_downloads(call, out, index);
	put_experts(call, out, &registry->header);
	put_notes(out, registry);
	HTML(out, "</section>\n");
}

static void put_json(const struct call *call, struct response *res)
{
	struct json j = api_begin(call, res, "portroll-about/1");
	json_key(&j, "ranges");
	json_array(&j);
	for (size_t i = 0; i < PORT_CLASS_COUNT; i++) {
		json_object(&j);
		json_key(&j, "port_first");
		json_num(&j, port_classes[i].range.first);
		json_key(&j, "port_last");
		json_num(&j, port_classes[i].range.last);
		json_member(&j, "name", str_from(port_classes[i].name));
		json_member(&j, "procedures", str_from(port_classes[i].policy));
		json_member(&j, "decides", str_from(port_classes[i].decides));
		json_member(&j, "section", str_from(port_classes[i].section));
		json_object_end(&j);
	}
	json_array_end(&j);
	api_put_counts(call, &j);
	api_end(&j);
}

void page_about(const struct call *call, struct response *res)
{
	struct buf *out = &res->body;
	if (call->json) {
		put_json(call, res);
		return;
	}
	show_begin(call, res, &(struct page_head){.title = STR("About this copy")});
	HTML(out,
	     "<h1>About this copy</h1>\n"
	     "<p>An independent copy, not IANA. The sources are in order of precedence: an answer "
	     "is "
	     "the first one&#8217;s that lists the port, else that of the complete copy.</p>\n");
	for (size_t i = 0; i < site_source_count(call->site); i++)
		put_source(call, out, i);
	put_ranges(out);
	HTML(out, "<section aria-labelledby=\"counts\">\n<h2 id=\"counts\">Ports by state</h2>\n");
	show_counts(call, out);
	HTML(out, "</section>\n<section aria-labelledby=\"request\">\n"
		  "<h2 id=\"request\">Request an assignment</h2>\n"
		  "<p>Only IANA assigns names and ports: <a rel=\"noopener\" "
		  "href=\"https://www.iana.org/protocols/apply\">iana.org/protocols/apply</a>. "
		  "The procedure is that of RFC 6335 section 8.</p>\n</section>\n");
	show_end(call, res);
}

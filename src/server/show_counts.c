/* SPDX-License-Identifier: MIT */
#include "formats/format.h"
#include "registry/state.h"
#include "server/api.h"
#include "server/percent.h"
#include "server/show.h"

void show_counts(const struct call *call, struct buf *out)
{
	HTML(out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Counts\">"
		  "<table class=\"counts\"><caption>Ports by state and transport</caption>"
		  "<thead><tr><th scope=\"col\">State</th>");
	for (uint8_t transport = 1; transport <= TRANSPORT_COUNT; transport++) {
		HTML(out, "<th scope=\"col\">");
		html_text(out, str_from(transports[transport].title));
		HTML(out, "</th>");
	}
	HTML(out, "</tr></thead>\n<tbody>\n");
	for (uint8_t state = 0; state <= PORTROLL_DYNAMIC; state++) {
		uint64_t all = 0;
		for (uint8_t transport = 1; transport <= TRANSPORT_COUNT; transport++)
			all += site_counts(call->site, transport)->counts[state];
		if (all == 0)
			continue;
		HTML(out, "<tr><th scope=\"row\">");
		html_text(out, state == PORTROLL_UNKNOWN ? STR("Not listed")
							 : str_from(portroll_state_name(state)));
		HTML(out, "</th>");
		for (uint8_t transport = 1; transport <= TRANSPORT_COUNT; transport++) {
			HTML(out, "<td>");
			html_number(out, site_counts(call->site, transport)->counts[state]);
			HTML(out, "</td>");
		}
		HTML(out, "</tr>\n");
	}
	HTML(out, "</tbody></table></div>\n");
}

void api_put_counts(const struct call *call, struct json *j)
{
	json_key(j, "counts");
	json_object(j);
	for (uint8_t transport = 1; transport <= TRANSPORT_COUNT; transport++) {
		json_key(j, transports[transport].name);
		json_object(j);
		for (uint8_t state = 0; state <= PORTROLL_DYNAMIC; state++) {
			json_key(j, portroll_state_name(state));
			json_num(j, site_counts(call->site, transport)->counts[state]);
		}
		json_object_end(j);
	}
	json_object_end(j);
}

static void put_listing_link(struct buf *out, struct portroll_str source)
{
	HTML(out, "; <a href=\"/registry.html?source=");
	percent_put(out, source);
	HTML(out, "&amp;page=1\">page by page</a>");
}

void show_downloads(const struct call *call, struct buf *out, size_t source)
{
	if (source == SIZE_MAX)
		return;
	if (!site_may_download(call->site, source)) {
		HTML(out, "<p>Not offered for download: its licence forbids handing it on.</p>\n");
		return;
	}
	HTML(out, "<ul class=\"downloads\">\n");
	for (size_t i = 0; i < DOWNLOAD_KIND_COUNT; i++) {
		const struct format *format = format_find(str_from(download_kinds[i].format));
		HTML(out, "<li><a download href=\"/registry.");
		html_text(out, str_from(download_kinds[i].suffix));
		HTML(out, "?source=");
		percent_put(out, site_source(call->site, source)->name);
		HTML(out, "\">registry.");
		html_text(out, str_from(download_kinds[i].suffix));
		HTML(out, "</a> <span class=\"description\">");
		if (download_kinds[i].one_per_line)
			HTML(out, "the same, one record a line");
		else if (format)
			html_text(out, str_from(format->summary));
		if (download_kinds[i].leaves_out) {
			HTML(out, "; ");
			html_text(out, str_from(download_kinds[i].leaves_out));
		}
		HTML(out, "</span>");
		if (str_equal(str_from(download_kinds[i].suffix), STR("html")))
			put_listing_link(out, site_source(call->site, source)->name);
		HTML(out, "</li>\n");
	}
	HTML(out, "</ul>\n");
}

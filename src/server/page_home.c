/* SPDX-License-Identifier: MIT */
#include "registry/state.h"
#include "server/api.h"
#include "server/notices.h"
#include "server/pages.h"
#include "server/show.h"

/* The sample: a port that engineers know, answered from the roll like any other. */
#define SAMPLE_PORT      3306
#define SAMPLE_TRANSPORT PORTROLL_TCP

static void put_map(const struct call *call, struct buf *out)
{
	HTML(out, "<section aria-labelledby=\"map\">\n<h2 id=\"map\">The 65,536 ports</h2>\n"
		  "<div class=\"overview\"><figure><a href=\"/map.svg\"><img class=\"map\" "
		  "src=\"/map.svg\" "
		  "alt=\"Map of all ports, coloured by state; the table has the counts\"></a>"
		  "<figcaption>256 rows of 256 ports, port 0 at the top left.</figcaption>"
		  "</figure>\n");
	show_counts(call, out);
	HTML(out, "</div>\n</section>\n");
}

/* The first source with notes: an organisation's own list above IANA's has none. */
static size_t source_with_notes(const struct call *call)
{
	for (size_t i = 0; i < site_source_count(call->site); i++)
		if (site_header(call->site, i)->header.note_count > 0)
			return i;
	return SIZE_MAX;
}

static void put_notices(const struct call *call, struct buf *out)
{
	size_t source = source_with_notes(call);
	HTML(out,
	     "<section class=\"copy\" aria-labelledby=\"copy\">\n"
	     "<h2 id=\"copy\">An independent copy, not IANA</h2>\n"
	     "<p>This is a copy of the registry, kept and shown by portroll. The registry itself "
	     "is "
	     "IANA&#8217;s: <a rel=\"noopener\" "
	     "href=\"https://www.iana.org/assignments/service-names-port-numbers/\">"
	     "Service Name and Transport Protocol Port Number Registry</a>. Request an "
	     "assignment at IANA: <a rel=\"noopener\" "
	     "href=\"https://www.iana.org/protocols/apply\">iana.org/protocols/apply</a>.</p>\n");
	if (source != SIZE_MAX) {
		const struct header *header = &site_header(call->site, source)->header;
		HTML(out, "<div class=\"notice\" role=\"note\">\n");
		for (size_t i = 0; i < header->note_count; i++)
			notice_put_box(out, header->notes[i].text);
		HTML(out, "</div>\n");
	}
	HTML(out, "<p>Ports, procedures, experts and where this copy comes from: <a "
		  "href=\"/about\">about this copy</a>.</p>\n</section>\n");
}

static void put_downloads(const struct call *call, struct buf *out)
{
	HTML(out, "<section aria-labelledby=\"downloads\">\n"
		  "<h2 id=\"downloads\">Downloads</h2>\n");
	show_downloads(call, out, site_main_source(call->site));
	HTML(out, "</section>\n");
}

static void put_json(const struct call *call, struct response *res)
{
	struct json j = api_begin(call, res, "portroll-home/1");
	json_key(&j, "answers");
	json_array(&j);
	api_put_answer(call, &j, STR("3306/tcp"), SAMPLE_PORT, SAMPLE_TRANSPORT);
	json_array_end(&j);
	api_put_counts(call, &j);
	api_end(&j);
}

void page_home(const struct call *call, struct response *res)
{
	struct buf *out = &res->body;
	if (call->json) {
		put_json(call, res);
		return;
	}
	show_begin(call, res,
		   &(struct page_head){.title = STR("portroll: ports and service names"),
				       .is_home = true});
	HTML(out, "<div class=\"hero\">\n<h1>What is this port?</h1>\n"
		  "<p>The registry of service names and transport protocol port numbers.</p>\n");
	show_search_field(out, STR_NONE, true);
	HTML(out, "<p class=\"examples\">Try <a href=\"/ports/3306\">3306</a>, <a "
		  "href=\"/ports/80/tcp\">80/tcp</a>, <a href=\"/search?q=mysql\">mysql</a>, <a "
		  "href=\"/ports/3300-3310\">3300-3310</a>, <a "
		  "href=\"/search?q=satellite+video\">satellite video</a></p>\n</div>\n"
		  "<div class=\"answers sample\">\n");
	show_answer(call, out, SAMPLE_PORT, SAMPLE_TRANSPORT);
	HTML(out, "</div>\n");
	put_map(call, out);
	put_notices(call, out);
	put_downloads(call, out);
	show_end(call, res);
}

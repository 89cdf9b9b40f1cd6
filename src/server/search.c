/* SPDX-License-Identifier: MIT */
#include "server/search.h"

#include "base/macros.h"
#include "base/num.h"
#include "server/html.h"
#include "server/percent.h"

static const char *const how_names[] = {"auto", "words", "text"};

static int find_field(struct portroll_str key)
{
	for (int field = 0; field < FIELD_COUNT; field++) {
		if (str_equal(key, str_from(fields[field].key)))
			return field;
	}
	return -1;
}

static bool read_how(struct search *ret, const struct call *call, struct response *res)
{
	struct portroll_str how = request_argument(call->req, STR("how"));
	if (how.len == 0)
		return true;
	for (uint8_t i = 0; i < ARRAY_LEN(how_names); i++) {
		if (str_equal(how, str_from(how_names[i]))) {
			ret->how = i;
			return true;
		}
	}
	refuse_request(res, 400, "how to search is said by: auto, words, text");
	return false;
}

static bool read_source(struct search *ret, const struct call *call, struct response *res)
{
	struct portroll_str name = request_argument(call->req, STR("source"));
	ret->has_source = name.len > 0;
	ret->source =
		ret->has_source ? site_find_source(call->site, name) : site_main_source(call->site);
	if (ret->has_source && ret->source == SIZE_MAX) {
		refuse_request(res, 404, "the roll has no such source");
		return false;
	}
	return true;
}

/* A column's key, - before it for descending; a + is as good as nothing and arrives as a blank. */
static bool read_sort(struct search *ret, const struct call *call, struct response *res)
{
	struct portroll_str sort = str_trim(request_argument(call->req, STR("sort")));
	ret->sorted_by = -1;
	if (sort.len == 0)
		return true;
	ret->descending = sort.ptr[0] == '-';
	bool has_sign = ret->descending || sort.ptr[0] == '+';
	ret->sorted_by = find_field(str_part(sort, has_sign ? 1 : 0, SIZE_MAX));
	if (ret->sorted_by < 0)
		refuse_request(res, 400, "there is no such column to sort by");
	return ret->sorted_by >= 0;
}

bool search_read(struct search *ret, const struct call *call, struct response *res)
{
	struct portroll_str ianas = request_argument(call->req, STR("search"));
	*ret = (struct search){.text = str_trim(request_argument(call->req, STR("q"))), .page = 1};
	struct portroll_str page = request_argument(call->req, STR("page"));
	if (ret->text.len == 0 && ianas.len > 0) {
		ret->text = str_trim(ianas);
		ret->how = SEARCH_TEXT;
	}
	if (!read_how(ret, call, res) || !read_source(ret, call, res) || !read_sort(ret, call, res))
		return false;
	if (page.len > 0 && (num_parse(&ret->page, page, UINT32_MAX) < 0 || ret->page == 0)) {
		refuse_request(res, 400, "a page is a number from 1");
		return false;
	}
	return true;
}

int search_run(struct id_array *ret, const struct search *search, const struct call *call)
{
	const struct portroll_snapshot *s = site_snapshot(call->site);
	int r = PORTROLL_OK;
	*ret = (struct id_array){0};
	if (search->how != SEARCH_TEXT)
		r = snapshot_search(ret, s, search->text, 0, call->arena);
	else if (search->source != SIZE_MAX)
		r = snapshot_match(ret, s, search->source, search->text, call->arena);
	if (r == PORTROLL_OK && search->sorted_by >= 0)
		r = sort_records(ret, call, (enum field_id)search->sorted_by, search->descending);
	return r;
}

void search_put_link(struct buf *out, const struct search *search, const struct call *call)
{
	HTML(out, "/search?q=");
	percent_put(out, search->text);
	HTML(out, "&amp;how=");
	html_text(out,
		  str_from(how_names[search->how == SEARCH_TEXT ? SEARCH_TEXT : SEARCH_WORDS]));
	if (search->has_source) {
		HTML(out, "&amp;source=");
		percent_put(out, site_source(call->site, search->source)->name);
	}
	if (search->sorted_by >= 0) {
		HTML(out, "&amp;sort=");
		if (search->descending)
			HTML(out, "-");
		html_text(out, str_from(fields[search->sorted_by].key));
	}
	if (search->page > 1) {
		HTML(out, "&amp;page=");
		buf_put_num(out, search->page);
	}
}

/* "3306", "3300-3310" and "3306/tcp" as they are written in an address; else nothing. */
static void put_port_page(struct buf *out, struct portroll_str text)
{
	struct portroll_str transport = text, port = STR_NONE;
	struct range range;
	uint8_t number = PORTROLL_ANY;
	char digits[RANGE_TEXT_MAX];
	(void)str_cut(&transport, '/', &port);
	if (range_parse(&range, str_trim(port)) < 0)
		return;
	if (transport.ptr && transport_parse(&number, str_trim(transport)) < 0)
		return;
	size_t len = range_format(digits, range);
	buf_puts(out, "/ports/");
	buf_put(out, (struct portroll_str){digits, len});
	if (number != PORTROLL_ANY)
		buf_putc(out, '/');
	buf_put(out, transport_name(number));
}

/* "mysql", and "mysql/udp" for that name. */
static void put_name_page(struct buf *out, const struct portroll_snapshot *s,
			  struct portroll_str text)
{
	struct portroll_str transport = text, name = text;
	uint8_t number;
	if (snapshot_by_name(s, text).count == 0) {
		(void)str_cut(&transport, '/', &name);
		if (!transport.ptr || transport_parse(&number, transport) < 0 ||
		    snapshot_by_name(s, name).count == 0)
			return;
	}
	buf_puts(out, "/names/");
	percent_put(out, name);
}

struct portroll_str search_own_page(const struct call *call, struct portroll_str text)
{
	struct buf out = BUF_INIT(REQUEST_TARGET_MAX * 4);
	if (text.len > 0)
		put_port_page(&out, text);
	if (text.len > 0 && out.len == 0)
		put_name_page(&out, site_snapshot(call->site), text);
	struct portroll_str page =
		out.len > 0 && !out.failed ? arena_str(call->arena, buf_str(&out)) : STR_NONE;
	call->arena->failed = call->arena->failed || out.failed;
	buf_done(&out);
	return page;
}

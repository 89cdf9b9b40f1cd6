/* SPDX-License-Identifier: MIT */

/* The pages, from request to response, without a socket. */

#include "formats/format.h"
#include "server_case.h"

static int setup(void **state)
{
	struct server_case *c = calloc(1, sizeof(*c));
	server_begin(c);
	*state = c;
	return 0;
}

static int teardown(void **state)
{
	server_end(*state);
	free(*state);
	return 0;
}

static const struct {
	const char *target;
	unsigned status;
	const char *part; /* of the body, if given */
} page_rows[] = {
	{"/", 200, "autofocus"},
	{"/", 200, "An independent copy, not IANA"},
	{"/", 200, "https://www.iana.org/protocols/apply"},
	{"/", 200, "3306/tcp"},
	{"/index.json", 200, "\"3306/tcp\""},
	{"/about", 200, "IETF Review or IESG Approval"},
	{"/about", 200, "RFC 6335 section 8.1.2"},
	{"/about.json", 200, "\"ranges\""},
	{"/ports/80", 200, "intranet"},
	{"/ports/80", 200, "80/dccp"},
	{"/ports/80", 200, "http-part"},
	{"/ports/80/tcp", 200, "Port 80/tcp"},
	{"/ports/80/TCP", 200, "Port 80/tcp"},
	{"/ports/211/udp", 200, "\">914c-g</a> (<a href=\"/ports/211/tcp\">211/tcp</a>)"},
	{"/ports/211/udp.json", 200, "\"name\": \"914c-g\""},
	{"/ports/60000", 200, "in-use-with-a-long-name"},
	{"/ports/65535", 200, "Dynamic"},
	{"/ports/9200/tcp", 200, "on 25.0000 % of the hosts that nmap scanned: names"},
	{"/ports/9200/tcp", 200, "<span class=\"state\">Unassigned</span>"},
	{"/ports/9200/tcp.json", 200, "\"frequency\": 0.250000"},
	{"/ports/80-90", 200, "/ports/90/tcp"},
	{"/ports/0-65535?page=256", 200, "/ports/65535/tcp"},
	{"/ports/0-65535?page=257", 404, NULL},
	{"/ports/65536", 400, "65535"},
	{"/ports/90-80", 400, NULL},
	{"/ports/x", 404, NULL},
	{"/ports/80/quic", 404, "tcp, udp, sctp and dccp"},
	{"/ports/80-81/tcp", 404, NULL},
	{"/ports/80.json", 200, "\"transport\": \"udp\""},
	{"/ports/80/tcp.json", 200, "\"reason\": \"record\""},
	{"/ports/0-255.json", 200, "\"page_count\": 1"},
	{"/ports/0-256.json", 200, "\"page_count\": 2"},
	{"/ports/0-256.json?page=2", 200, "\"port\": 256"},
	{"/ports/0-256.json?page=3", 404, "no such page"},
	{"/ports/80/tcp.json", 200, "\"key\": \"80/tcp\""},
	{"/ports/80/tcp.json", 200, "\"portroll-lookup/1\""},
	{"/ports/80/sctp.json", 200, "\"companions\""},
	{"/ports/80.json", 200, "\"coverage\": \"names\""},
	{"/people/Jane_Example.json?source=nobody", 404, NULL},
	{"/people/Jane_Example.json", 200, "\"portroll-person/1\""},
	{"/search.json?q=http&how=words", 200, "\"portroll-search/1\""},
	{"/names/everything", 200, "1145656131"},
	{"/names/EVERYTHING", 200, "1145656131"},
	{"/names/scanned", 200, "Not in own, managed; from names, undated copy."},
	{"/names/scanned.json", 200, "\"state\": \"Unassigned\""},
	{"/names/914c%2Fg", 200, "Texas Instruments"},
	{"/names/914c%2Fg", 200, "Replaced by</dt><dd><a href=\"/names/914c-g\">"},
	{"/names/914c-g", 200, "Replaces</dt><dd><a href=\"/names/914c%2Fg\">"},
	{"/names/914c-g", 200, "; also in names, undated copy"},
	{"/", 200, "with 1 record of a copy of 2025-10 on top"},
	{"/", 200, "; names, undated copy.</p>"},
	{"/about", 200, "href=\"/registry.html?source=iana&amp;page=1\">page by page</a>"},
	{"/about", 200, "iana, copy of 2025-10-22, with 1 record of"},
	{"/names/914c/g", 301, "href=\"/names/914c%2Fg\""},
	{"/names/914c/g.json", 301, "href=\"/names/914c%2Fg.json\""},
	{"/names/no/such", 404, "no record has that name"},
	{"/names/a/b/c", 404, NULL},
	{"/names/everythink", 404, "href=\"/names/everything\""},
	{"/names/everything.json", 200, "\"state\": \"Assigned\""},
	{"/names/everythink.json", 404, "no record has that name"},
	{"/people/Jane_Example", 200, "Jane Ex\xc3\xa4mple"},
	{"/people/Jane_Example", 200, "noindex"},
	{"/people/Jane_Example", 200, "mailto:jane&amp;example.com"},
	{"/people/Jane_Example.json", 200, "mailto:jane&example.com"},
	{"/people/jane_example", 404, NULL},
	{"/search?q=80", 303, "/ports/80"},
	{"/search?q=80-90", 303, "/ports/80-90"},
	{"/search?q=80%2Ftcp", 303, "/ports/80/tcp"},
	{"/search?q=914c%2Fg", 303, "/names/914c%2Fg"},
	{"/search?q=http%2Fudp", 303, "/names/http"},
	{"/search?q=satellite+video", 200, "satvid-datalnk"},
	{"/search?q=satellite+video", 200, "1 record"},
	{"/search?q=80&how=text&source=iana", 200, "World Wide Web HTTP"},
	{"/search?q=everythink", 200, "Did you mean"},
	{"/search?q=&how=text&source=iana&sort=port", 200, "aria-sort=\"ascending\""},
	{"/search?q=&how=text&source=iana&sort=-port", 200, "aria-sort=\"descending\""},
	{"/search.json?q=http&how=words", 200, "\"hit_count\""},
	{"/search?q=a&how=guess", 400, NULL},
	{"/search?q=a&how=text&source=nobody", 404, NULL},
	{"/search?q=a&sort=colour", 400, NULL},
	{"/search?q=a&page=0", 400, NULL},
	{"/search?q=a&page=-1", 400, NULL},
	{"/search?q=a&page=2", 404, NULL},
	{"/registry.csv?source=iana", 200, "Service Name,Port Number"},
	{"/registry.xml?source=iana", 200, "<registry"},
	{"/registry.ndjson?source=iana", 200, "\"everything\""},
	{"/registry.csv?source=nobody", 404, NULL},
	{"/registry.csv?source=names", 404, "licence"},
	{"/registry.nmap", 200, "# source"},
	{"/registry.html?match=world&page=1&source=iana", 200, "World Wide Web HTTP"},
	{"/registry.html?search=world&page=1&source=iana", 200, "name=\"source\" value=\"iana\""},
	{"/registry.html?page=1&source=iana", 200, "everything"},
	{"/registry.html?match=%3Cx%3E%22&page=1", 200, "value=\"&lt;x&gt;&quot;\""},
	{"/registry.html?page=2&source=iana", 404, "the listing has no such page"},
	{"/registry.html?page=0", 400, "a page is a number from 1"},
	{"/registry.csv?page=1", 400, "only /registry.html comes in pages"},
	{"/registry.csv?match=satellite&source=iana", 200, "satvid-datalnk"},
	{"/registry.pdf", 404, NULL},
	{"/search?search=orld+Wide&source=iana", 200, "World Wide Web HTTP"},
	{"/registry.", 404, NULL},
	{"/robots.txt", 200, "Disallow: /people/"},
	{"/style.css", 200, "prefers-color-scheme"},
	{"/icon.svg", 200, "<svg"},
	{"/map.svg", 200, "<svg"},
	{"/nowhere", 404, "there is no such page"},
	{"/nowhere.json", 404, NULL},
	{"//", 404, NULL},
};

static void pages_answer(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(page_rows); i++) {
		const struct response *res = get(*state, page_rows[i].target);
		if (res->status != page_rows[i].status)
			fail_msg("%s: %u instead of %u", page_rows[i].target, res->status,
				 page_rows[i].status);
		if (page_rows[i].part && !body_has(res, page_rows[i].part))
			fail_msg("%s: no '%s' in %.*s", page_rows[i].target, page_rows[i].part,
				 PORTROLL_STR_ARG(response_bytes(res)));
	}
}

static void every_answer_has_the_security_headers(void **state)
{
	static const char *const targets[] = {
		"/",    "/nowhere",     "/style.css",  "/registry.csv",
		"/%zz", "/search?q=80", "/index.json", "/registry.html?page=1&source=iana"};
	for (size_t i = 0; i < ARRAY_LEN(targets); i++) {
		const struct response *res = get(*state, targets[i]);
		assert_non_null(
			strstr(header_of(res, "Content-Security-Policy"), "default-src 'none'"));
		assert_null(strstr(header_of(res, "Content-Security-Policy"), "script-src"));
		assert_string_equal(header_of(res, "X-Content-Type-Options"), "nosniff");
		assert_string_equal(header_of(res, "Referrer-Policy"), "no-referrer");
		assert_string_not_equal(header_of(res, "Content-Type"), "");
		assert_string_not_equal(header_of(res, "Cache-Control"), "");
	}
}

static void markup_in_records_is_inert(void **state)
{
	static const char *const targets[] = {
		"/ports/666",
		"/names/%3Cx%3E",
		"/search?q=%3Cscript%3E&how=words",
		"/search?q=%3Cx%3E%22%27&how=text&source=iana",
		"/names/%3Cy%3E",
		"/people/%3Cscript%3E",
		"/ports/660-670",
		"/%3Cscript%3E",
	};
	for (size_t i = 0; i < ARRAY_LEN(targets); i++) {
		const struct response *res = get(*state, targets[i]);
		assert_string_equal(header_of(res, "Content-Type"), "text/html; charset=utf-8");
		if (body_has(res, "<script") || body_has(res, "<x>") || body_has(res, "<y>"))
			fail_msg("%s: %.*s", targets[i], PORTROLL_STR_ARG(response_bytes(res)));
	}
	assert_true(body_has(get(*state, "/ports/666"), "&lt;x&gt;"));
	assert_true(body_has(get(*state, "/ports/666"), "/names/%3Cx%3E"));
}

static void methods_are_told_apart(void **state)
{
	assert_int_equal(ask(*state, "HEAD", "/", NULL, NULL)->status, 200);
	const struct response *res = ask(*state, "POST", "/", NULL, NULL);
	assert_int_equal(res->status, 405);
	assert_string_equal(header_of(res, "Allow"), "GET, HEAD, OPTIONS");
	res = ask(*state, "OPTIONS", "/about", NULL, NULL);
	assert_int_equal(res->status, 204);
	assert_string_equal(header_of(res, "Allow"), "GET, HEAD, OPTIONS");
	assert_int_equal(ask(*state, "DELETE", "/nowhere", NULL, NULL)->status, 404);
	assert_int_equal(ask(*state, "TRACE", "/", NULL, NULL)->status, 501);
	res = ask(*state, "GET", "/", "Content-Length", "5");
	assert_int_equal(res->status, 400);
	assert_true(res->close);
}

static void json_comes_by_accept_and_by_suffix(void **state)
{
	const struct response *res = ask(*state, "GET", "/ports/80", "Accept", "application/json");
	assert_string_equal(header_of(res, "Content-Type"), "application/json");
	assert_true(body_has(res, "\"intranet\""));
	res = get(*state, "/ports/80.json");
	assert_string_equal(header_of(res, "Content-Type"), "application/json");
	res = ask(*state, "GET", "/ports/70000", "Accept", "application/json");
	assert_string_equal(header_of(res, "Content-Type"), "application/problem+json");
	assert_true(body_has(res, "\"status\": 400"));
	res = get(*state, "/names/nobody.json");
	assert_string_equal(header_of(res, "Content-Type"), "application/problem+json");
	res = ask(*state, "GET", "/%zz", "Accept", "application/json");
	assert_string_equal(header_of(res, "Content-Type"), "application/problem+json");
}

static void what_the_client_has_is_not_sent_again(void **state)
{
	static const char *const targets[] = {"/", "/ports/80.json", "/registry.csv?source=iana",
					      "/style.css"};
	for (size_t i = 0; i < ARRAY_LEN(targets); i++) {
		char tag[64];
		(void)snprintf(tag, sizeof(tag), "%s", header_of(get(*state, targets[i]), "ETag"));
		assert_int_equal(tag[0], '"');
		const struct response *res = ask(*state, "GET", targets[i], "If-None-Match", tag);
		assert_int_equal(res->status, 304);
		assert_int_equal(response_bytes(res).len, 0);
		assert_string_equal(header_of(res, "ETag"), tag);
		assert_int_equal(
			ask(*state, "GET", targets[i], "If-None-Match", "\"other\"")->status, 200);
	}
}

static void downloads_are_every_form_that_can_be_written(void **state)
{
	(void)state;
	for (const struct format *format = formats; format->name; format++) {
		size_t found = 0;
		for (size_t i = 0; i < DOWNLOAD_KIND_COUNT; i++)
			found += strcmp(download_kinds[i].format, format->name) == 0;
		if ((format->write != NULL) != (found > 0))
			fail_msg("%s is offered %zu times", format->name, found);
	}
}

static void a_listing_is_shown_and_a_selection_is_saved(void **state)
{
	const struct response *res = get(*state, "/registry.html?page=1&source=iana");
	assert_string_equal(header_of(res, "Content-Disposition"), "");
	assert_non_null(strstr(header_of(res, "Content-Security-Policy"), "'unsafe-inline'"));
	res = get(*state, "/registry.html?page=2&source=iana");
	assert_null(strstr(header_of(res, "Content-Security-Policy"), "'unsafe-inline'"));
	res = get(*state, "/registry.csv?match=everything&source=iana");
	assert_string_equal(header_of(res, "Content-Disposition"),
			    "attachment; filename=\"portroll-iana.csv\"");
	assert_string_not_equal(header_of(res, "Portroll-Loss"), "");
	assert_false(body_has(res, "World Wide Web HTTP"));
}

static void downloads_are_compressed_and_named(void **state)
{
	const struct response *res = get(*state, "/registry.csv?source=iana");
	assert_string_equal(header_of(res, "Content-Disposition"),
			    "attachment; filename=\"portroll-iana.csv\"");
	assert_string_equal(header_of(res, "Content-Encoding"), "");
	assert_string_not_equal(header_of(res, "Portroll-Loss"), "");
	char tag[64];
	(void)snprintf(tag, sizeof(tag), "%s", header_of(res, "ETag"));
	struct portroll_str plain = response_bytes(res), back;
	res = ask(*state, "GET", "/registry.csv?source=iana", "Accept-Encoding", "gzip");
	assert_string_equal(header_of(res, "Content-Encoding"), "gzip");
	assert_string_not_equal(header_of(res, "ETag"), tag);
	struct arena arena = ARENA_INIT;
	assert_int_equal(gunzip(&back, response_bytes(res), &arena, NULL), PORTROLL_OK);
	assert_true(str_equal(back, plain));
	arena_done(&arena);
}

/* IANA's paging shows a border row twice; ours shows each record once. */
static void pages_of_a_search_share_no_record(void **state)
{
	(void)state;
	struct server_case c = {.arena = ARENA_INIT, .res = RESPONSE_INIT};
	struct registry *reg = registry_new(&c.arena);
	for (uint16_t port = 1000; port < 1150; port++)
		case_add(reg, "many", (struct range){port, port}, PORTROLL_TCP, "Many");
	case_compile(&c.bytes, case_roll_of(&c.arena, reg));
	assert_int_equal(site_new(&c.site, case_open(&c.bytes, SNAPSHOT_FULL), NULL, NULL),
			 PORTROLL_OK);
	const struct response *res = get(&c, "/search?q=many&how=text");
	assert_true(body_has(res, ">1000<") && body_has(res, ">1099<") && !body_has(res, ">1100<"));
	assert_true(body_has(res, "page 1 of 2"));
	res = get(&c, "/search?q=many&how=text&page=2");
	assert_true(!body_has(res, ">1099<") && body_has(res, ">1100<") && body_has(res, ">1149<"));
	res = get(&c, "/search?q=many&how=text&sort=-port");
	assert_true(!body_has(res, ">1049<") && body_has(res, ">1050<") && body_has(res, ">1149<"));
	assert_int_equal(get(&c, "/search?q=many&how=text&page=3")->status, 404);
	server_end(&c);
}

static void an_empty_roll_has_pages(void **state)
{
	(void)state;
	static const char *const targets[] = {"/",          "/about",   "/search?q=x",
					      "/ports/80",  "/map.svg", "/search?q=&how=text",
					      "/index.json"};
	struct server_case c = {.arena = ARENA_INIT, .res = RESPONSE_INIT};
	case_compile(&c.bytes, roll_new(&c.arena));
	assert_int_equal(site_new(&c.site, case_open(&c.bytes, SNAPSHOT_FULL), NULL, NULL),
			 PORTROLL_OK);
	for (size_t i = 0; i < ARRAY_LEN(targets); i++)
		assert_int_equal(get(&c, targets[i])->status, 200);
	assert_int_equal(get(&c, "/registry.csv")->status, 404);
	server_end(&c);
}

struct oom_case {
	struct server_case *server;
	const char *target;
};

static int answer_it(void *context)
{
	const struct oom_case *c = context;
	struct arena arena = ARENA_INIT;
	struct response res;
	const struct header_field host = {STR("Host"), STR("localhost")};
	const struct wire wire = {.method = STR("GET"),
				  .target = str_from(c->target),
				  .version = STR("HTTP/1.1"),
				  .fields = &host,
				  .field_count = 1};
	answer_request(c->server->site, &wire, &arena, &res);
	int r = res.status == 200 && !arena.failed ? PORTROLL_OK : PORTROLL_ENOMEM;
	response_done(&res);
	arena_done(&arena);
	return r;
}

static void a_page_without_memory_is_an_error_page(void **state)
{
	static const char *const targets[] = {"/ports/80",
					      "/search?q=world&how=words",
					      "/names/everything",
					      "/people/Example_Org",
					      "/names/everything.json",
					      "/registry.html?page=1&source=iana"};
	for (size_t i = 0; i < ARRAY_LEN(targets); i++)
		(void)oom_sweep(answer_it, &(struct oom_case){*state, targets[i]});
}

static int open_site(void *context)
{
	const struct server_case *c = context;
	struct portroll_snapshot *snapshot;
	struct site *site = NULL;
	int r = snapshot_open(&snapshot, buf_str(&c->bytes), SNAPSHOT_FULL, NULL);
	if (r == PORTROLL_OK)
		r = site_new(&site, snapshot, "ledger", NULL);
	site_release(site);
	return r;
}

struct download_case {
	struct server_case *server;
	size_t kind;
};

/* A form that was written is kept, and asks for no memory again. */
static int download_it(void *context)
{
	const struct download_case *c = context;
	const struct download *download;
	return site_download(&download, c->server->site, 1, c->kind);
}

static void sites_and_downloads_survive_any_failing_allocation(void **state)
{
	(void)oom_sweep(open_site, *state);
	struct server_case fresh;
	server_begin(&fresh);
	for (size_t kind = 0; kind < DOWNLOAD_KIND_COUNT; kind++)
		(void)oom_sweep(download_it, &(struct download_case){&fresh, kind});
	server_end(&fresh);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_answer),
		cmocka_unit_test(every_answer_has_the_security_headers),
		cmocka_unit_test(markup_in_records_is_inert),
		cmocka_unit_test(methods_are_told_apart),
		cmocka_unit_test(json_comes_by_accept_and_by_suffix),
		cmocka_unit_test(what_the_client_has_is_not_sent_again),
		cmocka_unit_test(downloads_are_every_form_that_can_be_written),
		cmocka_unit_test(a_listing_is_shown_and_a_selection_is_saved),
		cmocka_unit_test(downloads_are_compressed_and_named),
		cmocka_unit_test(pages_of_a_search_share_no_record),
		cmocka_unit_test(an_empty_roll_has_pages),
		cmocka_unit_test(a_page_without_memory_is_an_error_page),
		cmocka_unit_test(sites_and_downloads_survive_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

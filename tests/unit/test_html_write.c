/* SPDX-License-Identifier: MIT */
#include "generated.h"
#include "record_matches.h"
#include "write_case.h"

static const struct {
	const char *entity;
	char character;
} entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}};

/* One character of text between tags. */
static char take_character(struct portroll_str *rest)
{
	for (size_t i = 0; i < ARRAY_LEN(entities); i++) {
		if (!str_starts(*rest, str_from(entities[i].entity)))
			continue;
		*rest = str_part(*rest, str_from(entities[i].entity).len, rest->len);
		return entities[i].character;
	}
	char c = rest->ptr[0];
	*rest = str_part(*rest, 1, rest->len);
	return c;
}

static void put_collapsed(struct buf *out, char c)
{
	bool blank = is_space(c);
	if (!blank)
		buf_putc(out, c);
	else if (out->len && out->ptr[out->len - 1] != ' ')
		buf_putc(out, ' ');
}

/* The page without its head and tags, white space collapsed. */
static struct buf text_of_page(struct portroll_str page)
{
	struct buf text = BUF_INIT((size_t)1 << 28);
	struct portroll_str rest = str_part(page, str_find(page, STR("<body>")), page.len);
	while (rest.len) {
		if (rest.ptr[0] == '<') {
			size_t end = str_find_char(rest, '>');
			assert_true(end != SIZE_MAX);
			rest = str_part(rest, end + 1, rest.len);
			continue;
		}
		put_collapsed(&text, take_character(&rest));
	}
	assert_int_equal(text.failed, 0);
	return text;
}

/* Every line of the wanted text stands in the page, in this order. */
static void assert_has_lines(struct portroll_str text, struct portroll_str wanted)
{
	struct portroll_str line;
	size_t count = 0;
	while (str_cut(&wanted, '\n', &line)) {
		CLEANUP(buf_done) struct buf collapsed = BUF_INIT((size_t)1 << 20);
		for (size_t i = 0; i < line.len; i++)
			put_collapsed(&collapsed, line.ptr[i]);
		struct portroll_str want = str_trim(buf_str(&collapsed));
		if (want.len == 0)
			continue;
		size_t at = str_find(text, want);
		if (at == SIZE_MAX)
			fail_msg("not in the page from here on: %.*s", PORTROLL_STR_ARG(want));
		text = str_part(text, at + want.len, text.len);
		count++;
	}
	assert_true(count > 190);
}

static size_t find_hits(const struct registry *reg, struct portroll_str text, uint32_t *ret_hits)
{
	CLEANUP(buf_done) struct buf scratch = BUF_INIT((size_t)1 << 20);
	size_t count = 0;
	for (uint32_t i = 0; i < reg->record_count; i++)
		if (record_matches(reg->records[i], text, &scratch))
			ret_hits[count++] = i;
	return count;
}

/* The page of 2025-10-22 as text ships with the project. */
static void shipped_page(struct file_bytes *ret)
{
	assert_int_equal(file_read(ret, SHIPPED_PAGE, INPUT_MAX, NULL), PORTROLL_OK);
}

static void page_18_of_the_search_6_has_every_line_of_the_shipped_page(void **state)
{
	(void)state;
	struct write_case c;
	struct file_bytes shipped = {0};
	if (!case_shared(&c, "iana-2025-10-22.xml", "xml"))
		skip();
	shipped_page(&shipped);
	uint32_t *hits = arena_array(&c.arena, c.reg->record_count, sizeof(*hits));
	struct listing listing = {.search = STR("6"), .page = 18};
	size_t first, count;
	assert_non_null(hits);
	listing.hit_count = find_hits(c.reg, listing.search, hits);
	listing.page_count = listing_page_count(listing.hit_count);
	assert_int_equal(listing.hit_count, 4307);
	assert_int_equal(listing.page_count, 44);
	assert_int_equal(listing_rows(&first, &count, listing.hit_count, listing.page), 0);
	assert_int_equal(count, 101);
	struct registry *page = registry_select(c.reg, hits + first, count, &c.arena);
	assert_non_null(page);
	const struct write_options o = {.masthead = true, .listing = &listing};
	struct buf out = case_write(page, html_write, &o, NULL), text = text_of_page(buf_str(&out));
	assert_has_lines(buf_str(&text), shipped.bytes);
	assert_true(str_find(buf_str(&out), STR(" 18 <a href=\"?search=6&amp;page=19\">19</a>")) !=
		    SIZE_MAX);
	buf_done(&text);
	buf_done(&out);
	file_release(&shipped);
	case_done(&c);
}

static void the_shipped_page_comes_back_line_by_line(void **state)
{
	(void)state;
	struct write_case c = {0};
	shipped_page(&c.file);
	case_read(&c, c.file.bytes, "page");
	const struct write_options o = {.masthead = true};
	struct buf out = case_write(c.reg, html_write, &o, NULL),
		   text = text_of_page(buf_str(&out));
	assert_has_lines(buf_str(&text), c.file.bytes);
	buf_done(&text);
	buf_done(&out);
	case_done(&c);
}

static void nothing_in_a_registry_becomes_a_tag_or_a_script(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry *reg = registry_new(&a);
	const struct xref script = {.type = XREF_URI, .data = STR("javascript:alert(1)")};
	const struct portroll_str uri = STR("http://example.com/\"onclick=\"x");
	assert_non_null(reg);
	reg->header.title = STR("</title><script>");
	const struct person person = {
		.id = STR("a\"><script>"), .name = STR("<script>"), .uris = &uri, .uri_count = 1};
	const struct record record = {
		.name = STR("<script>"),
		.references = {&script, 1},
		.description = richtext_plain(&a, STR("<script>&\"")),
	};
	assert_int_equal(registry_add(reg, &record), 0);
	assert_int_equal(registry_add_person(reg, &person), 0);
	struct listing listing = {.search = STR("\"><script>"), .page = 1, .page_count = 2};
	const struct write_options o = {.listing = &listing, .provenance = STR("<script>")};
	struct buf out = case_write(reg, html_write, &o, NULL);
	assert_true(str_find(buf_str(&out), STR("<script")) == SIZE_MAX);
	assert_true(str_find(buf_str(&out), STR("\"onclick")) == SIZE_MAX);
	assert_true(str_find(buf_str(&out), STR("href=\"javascript")) == SIZE_MAX);
	assert_true(str_find(buf_str(&out), STR("page=2")) != SIZE_MAX);
	buf_done(&out);
	arena_done(&a);
}

static void pages_follow_the_rule_of_iana(void **state)
{
	(void)state;
	static const struct {
		size_t hits, page, first, count;
		int code;
	} rows[] = {
		{4307, 1, 0, 100, 0},
		{4307, 2, 99, 101, 0},
		{4307, 18, 1699, 101, 0},
		{4307, 44, 4299, 8, 0},
		{4307, 45, 0, 0, PORTROLL_EINVAL},
		{100, 1, 0, 100, 0},
		{101, 2, 99, 2, 0},
		{100, 2, 0, 0, PORTROLL_EINVAL},
		{0, 1, 0, 0, 0},
		{0, 0, 0, 0, PORTROLL_EINVAL},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t first = 0, count = 0;
		assert_int_equal(listing_rows(&first, &count, rows[i].hits, rows[i].page),
				 rows[i].code);
		assert_int_equal(first, rows[i].first);
		assert_int_equal(count, rows[i].count);
	}
}

static int write_generated(void *context)
{
	struct buf out = BUF_INIT((size_t)1 << 24);
	static const struct write_options o = {.masthead = true};
	html_write(&out, context, &o, NULL);
	int failed = out.failed;
	buf_done(&out);
	return failed;
}

static void every_failing_allocation_is_said(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	oom_sweep(write_generated, generated_registry(&a, 50));
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(page_18_of_the_search_6_has_every_line_of_the_shipped_page),
		cmocka_unit_test(the_shipped_page_comes_back_line_by_line),
		cmocka_unit_test(nothing_in_a_registry_becomes_a_tag_or_a_script),
		cmocka_unit_test(pages_follow_the_rule_of_iana),
		cmocka_unit_test(every_failing_allocation_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

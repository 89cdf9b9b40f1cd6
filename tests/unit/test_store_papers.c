/* SPDX-License-Identifier: MIT */
/* Papers over all stores: changed by who knows their version, all at once or none. */
#include "store_case.h"

#include "oom.h"

#define MANY 700 /* more than are copied at once */

static const char bytes[] = "\0\x01\t\n\r\x7f\x80\xff'\"%s;--";

#define ODD_BODY ((struct portroll_str){bytes, sizeof(bytes)})

static struct stored_paper paper(const char *kind, const char *id, uint64_t version,
				 const char *body)
{
	return (struct stored_paper){str_from(kind), str_from(id), version, str_from(body)};
}

static void must_put(const struct store_ops *ops, struct store *s, struct stored_paper one)
{
	struct portroll_error err = {0};
	if (ops->put_papers(s, &one, 1, &err) < 0)
		fail_msg("%s", err.text);
}

static int take_paper(void *context, const struct stored_paper *one, struct portroll_error *err)
{
	(void)err;
	buf_printf(context, "%.*s/%.*s@%zu:%.*s ", PORTROLL_STR_ARG(one->kind),
		   PORTROLL_STR_ARG(one->id), (size_t)one->version, PORTROLL_STR_ARG(one->body));
	return PORTROLL_OK;
}

static void assert_papers(const struct store_ops *ops, struct store *s, const char *kind,
			  const char *id, const char *expected)
{
	struct buf seen = BUF_INIT(10000);
	struct portroll_error err = {0};
	if (ops->papers(s, (struct paper_name){str_from(kind), str_from(id)}, take_paper, &seen,
			&err) < 0)
		fail_msg("%s", err.text);
	assert_text(buf_str(&seen), expected);
	buf_done(&seen);
}

static void they_come_in_the_order_of_their_names(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	assert_papers(kind->ops, s, "", "", "");
	static const char *const names[][2] = {
		{"request", "R-2"}, {"account", "b"}, {"request", "R-10"}, {"accounts", "a"},
		{"account", "a"},   {"account", "B"}, {"account", "ba"},
	};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		must_put(kind->ops, s, paper(names[i][0], names[i][1], 0, "x"));
	static const struct {
		const char *kind, *id, *expected;
	} rows[] = {
		{"account", "", "account/B@1:x account/a@1:x account/b@1:x account/ba@1:x "},
		{"account", "b", "account/b@1:x "},
		{"account", "c", ""},
		{"request", "", "request/R-10@1:x request/R-2@1:x "},
		{"requests", "", ""},
		{"", "a", "account/a@1:x accounts/a@1:x "},
		{"", "",
		 "account/B@1:x account/a@1:x account/b@1:x account/ba@1:x accounts/a@1:x "
		 "request/R-10@1:x request/R-2@1:x "},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_papers(kind->ops, s, rows[i].kind, rows[i].id, rows[i].expected);
	kind->ops->close(s);
}

static void only_who_knows_the_version_changes_it(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	static const struct {
		uint64_t version;
		const char *body;
		int code;
		const char *says, *there; /* afterwards */
	} rows[] = {
		{3, "one", PORTROLL_ECONFLICT,
		 "account kelly is not there any more: somebody erased it", ""},
		{0, "one", PORTROLL_OK, "", "account/kelly@1:one "},
		{0, "two", PORTROLL_ECONFLICT, "account kelly is there already",
		 "account/kelly@1:one "},
		{1, "two", PORTROLL_OK, "", "account/kelly@2:two "},
		{1, "three", PORTROLL_ECONFLICT,
		 "somebody else changed account kelly first: it is version 2 by now, and this was "
		 "made upon 1; look at it and try again",
		 "account/kelly@2:two "},
		{UINT64_MAX, "three", PORTROLL_ECONFLICT, "somebody else changed account kelly",
		 "account/kelly@2:two "},
		{2, "three", PORTROLL_OK, "", "account/kelly@3:three "},
		{2, "", PORTROLL_ECONFLICT, "somebody else changed account kelly",
		 "account/kelly@3:three "},
		{0, "", PORTROLL_EINVAL, "account kelly is erased only by who knows its version",
		 "account/kelly@3:three "},
		{3, "", PORTROLL_OK, "", ""},
		{3, "four", PORTROLL_ECONFLICT, "account kelly is not there any more", ""},
		{0, "four", PORTROLL_OK, "", "account/kelly@5:four "},
		{5, "", PORTROLL_OK, "", ""},
		{6, "five", PORTROLL_OK, "", "account/kelly@7:five "},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct stored_paper one = paper("account", "kelly", rows[i].version, rows[i].body);
		struct portroll_error err = {0};
		assert_int_equal(kind->ops->put_papers(s, &one, 1, &err), rows[i].code);
		if (!strstr(err.text, rows[i].says))
			fail_msg("row %zu: '%s'", i, err.text);
		assert_papers(kind->ops, s, "", "", rows[i].there);
	}
	kind->ops->close(s);
}

static void of_several_all_are_put_or_none(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	must_put(kind->ops, s, paper("request", "R-1", 0, "one"));
	const struct stored_paper rows[][3] = {
		{paper("request", "R-0", 0, "x"), paper("request", "R-1", 1, "x"),
		 paper("request", "R-1", 1, "x")},
		{paper("request", "R-1", 1, ""), paper("request", "R-2", 0, "x"),
		 paper("request", "R-3", 1, "x")},
		{paper("request", "R-2", 0, "x"), paper("request", "R-2", 0, "x"),
		 paper("request", "R-1", 1, "x")},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(kind->ops->put_papers(s, rows[i], 3, NULL), PORTROLL_ECONFLICT);
		assert_papers(kind->ops, s, "", "", "request/R-1@1:one ");
	}
	const struct stored_paper in_turn[] = {
		paper("request", "R-2", 0, "x"), paper("request", "R-1", 1, "two"),
		paper("request", "R-1", 2, ""), paper("request", "R-1", 0, "four")};
	assert_int_equal(kind->ops->put_papers(s, in_turn, 4, NULL), PORTROLL_OK);
	assert_papers(kind->ops, s, "", "", "request/R-1@4:four request/R-2@1:x ");
	assert_int_equal(kind->ops->put_papers(s, NULL, 0, NULL), PORTROLL_OK);
	kind->ops->close(s);
}

static void they_are_put_with_entries_or_not_at_all(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	struct tree tree = {0}, older;
	append_next(kind->ops, s, &tree, 3);
	older = tree;
	append_next(kind->ops, s, &tree, 1);
	static struct next_batch next;
	struct stored_paper one = paper("request", "R-1", 0, "implemented");
	/* A base that is old takes no paper, and an old paper no entry. */
	(void)next_batch(&next, &older, 1, 9);
	next.batch.papers = &one;
	next.batch.paper_count = 1;
	assert_int_equal(kind->ops->append(s, &next.batch, NULL), PORTROLL_ECONFLICT);
	assert_papers(kind->ops, s, "", "", "");
	struct stored_paper papers[] = {one, paper("account", "kelly", 4, "x")};
	(void)next_batch(&next, &tree, 2, 9);
	next.batch.papers = papers;
	next.batch.paper_count = 2;
	struct portroll_error err = {0};
	assert_int_equal(kind->ops->append(s, &next.batch, &err), PORTROLL_ECONFLICT);
	assert_string_equal(err.text, "account kelly is not there any more: somebody erased it");
	assert_papers(kind->ops, s, "", "", "");
	assert_tree(kind->ops, s, &tree);
	next.batch.paper_count = 1;
	assert_int_equal(kind->ops->append(s, &next.batch, NULL), PORTROLL_OK);
	assert_papers(kind->ops, s, "", "", "request/R-1@1:implemented ");
	assert_tree(kind->ops, s, &next.batch.after);
	assert_int_equal(assert_whole(kind->ops, s), 6);
	kind->ops->close(s);
}

static void what_is_no_paper_is_refused(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	static char large[PAPER_SIZE_MAX + 1], name[PAPER_NAME_MAX + 1];
	memset(large, 'x', sizeof(large));
	memset(name, 'n', sizeof(name));
	struct portroll_str most = {large, PAPER_SIZE_MAX}, more = {large, sizeof(large)};
	struct portroll_str longest = {name, PAPER_NAME_MAX}, longer = {name, sizeof(name)};
	const struct {
		struct stored_paper paper;
		int code;
		const char *says;
	} rows[] = {
		{{STR(""), STR("a"), 0, STR("x")}, PORTROLL_EINVAL, "a paper has no kind"},
		{{STR("a"), STR(""), 0, STR("x")}, PORTROLL_EINVAL, "a paper has no name"},
		{{longer, STR("a"), 0, STR("x")}, PORTROLL_ELIMIT, "longer than 64 bytes"},
		{{STR("a"), longer, 0, STR("x")}, PORTROLL_ELIMIT, "longer than 64 bytes"},
		{{STR("a"), STR("b"), 0, more}, PORTROLL_ELIMIT, "limit of 1048576"},
		{{longest, longest, 0, most}, PORTROLL_OK, ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct portroll_error err = {0};
		const struct stored_paper put[] = {paper("ok", "ok", i, "x"), rows[i].paper};
		struct store_batch batch = {.papers = put, .paper_count = 2};
		assert_int_equal(kind->ops->put_papers(s, put + 1, 1, &err), rows[i].code);
		if (!strstr(err.text, rows[i].says))
			fail_msg("row %zu: '%s'", i, err.text);
		if (rows[i].code < 0)
			assert_int_equal(kind->ops->append(s, &batch, NULL), rows[i].code);
	}
	struct buf seen = BUF_INIT(2 << 20);
	assert_int_equal(kind->ops->papers(s, (struct paper_name){0}, take_paper, &seen, NULL),
			 PORTROLL_OK);
	assert_int_equal(seen.len, PAPER_SIZE_MAX + 2 * PAPER_NAME_MAX + 5);
	buf_done(&seen);
	kind->ops->close(s);
}

static const struct portroll_str odd_names[] = {
	STR_INIT("'; drop table papers; --"),
	STR_INIT("%s%n\\x00"),
	STR_INIT("../../etc"),
	STR_INIT("\x1b[31m"),
	STR_INIT("{\"a\""),
	STR_INIT("\xc3\xbc"),
};

struct odd_walk {
	size_t count;
};

static int take_odd(void *context, const struct stored_paper *one, struct portroll_error *err)
{
	(void)err;
	struct odd_walk *w = context;
	assert_true(str_equal(one->body, ODD_BODY));
	bool is_known = false;
	for (size_t i = 0; i < ARRAY_LEN(odd_names); i++)
		is_known = is_known ||
			   (str_equal(one->kind, odd_names[i]) && str_equal(one->id, odd_names[i]));
	assert_true(is_known);
	w->count++;
	return PORTROLL_OK;
}

static void bytes_come_back_as_they_were(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	for (size_t i = 0; i < ARRAY_LEN(odd_names); i++)
		must_put(kind->ops, s,
			 (struct stored_paper){odd_names[i], odd_names[i], 0, ODD_BODY});
	struct odd_walk all = {0};
	assert_int_equal(kind->ops->papers(s, (struct paper_name){0}, take_odd, &all, NULL),
			 PORTROLL_OK);
	assert_int_equal(all.count, ARRAY_LEN(odd_names));
	for (size_t i = 0; i < ARRAY_LEN(odd_names); i++) {
		struct odd_walk one = {0};
		assert_int_equal(kind->ops->papers(s,
						   (struct paper_name){odd_names[i], odd_names[i]},
						   take_odd, &one, NULL),
				 PORTROLL_OK);
		assert_int_equal(one.count, 1);
	}
	struct stored_paper again = {odd_names[3], odd_names[3], 7, ODD_BODY};
	struct portroll_error err = {0};
	assert_int_equal(kind->ops->put_papers(s, &again, 1, &err), PORTROLL_ECONFLICT);
	assert_null(strchr(err.text, '\x1b'));
	kind->ops->close(s);
}

/* Each with its number as id and body. */
static void put_many(const struct store_ops *ops, struct store *s)
{
	static struct stored_paper papers[MANY];
	static char ids[MANY][16];
	for (size_t i = 0; i < MANY; i++) {
		(void)snprintf(ids[i], sizeof(ids[i]), "R-%04zu", i);
		papers[i] = paper("request", ids[i], 0, ids[i]);
	}
	struct portroll_error err = {0};
	if (ops->put_papers(s, papers, MANY, &err) < 0)
		fail_msg("%s", err.text);
}

static int take_many(void *context, const struct stored_paper *one, struct portroll_error *err)
{
	size_t *next = context;
	char id[16];
	(void)snprintf(id, sizeof(id), "R-%04zu", (*next)++);
	assert_true(str_equal(one->id, str_from(id)) && str_equal(one->body, str_from(id)));
	return *next == 650 ? error_set(err, PORTROLL_ERULE, "enough") : PORTROLL_OK;
}

static void a_walk_ends_with_the_first_failure(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	put_many(kind->ops, s);
	struct portroll_error err = {0};
	size_t next = 0;
	assert_int_equal(kind->ops->papers(s, (struct paper_name){.kind = STR("request")},
					   take_many, &next, &err),
			 PORTROLL_ERULE);
	assert_int_equal(next, 650);
	assert_string_equal(err.text, "enough");
	must_put(kind->ops, s, paper("request", "R-0000", 1, "x"));
	kind->ops->close(s);
}

static int count_paper(void *context, const struct stored_paper *one, struct portroll_error *err)
{
	(void)one;
	(void)err;
	++*(size_t *)context;
	return PORTROLL_OK;
}

static void they_are_copied_but_for_the_erased(const struct store_kind *kind, const char *url)
{
	struct store *source = open_store(kind->ops, url);
	struct tree tree = {0};
	append_next(kind->ops, source, &tree, 3);
	put_many(kind->ops, source);
	must_put(kind->ops, source, paper("account", "kelly", 0, "kelly"));
	must_put(kind->ops, source, paper("account", "kelly", 1, "Kelly"));
	must_put(kind->ops, source, paper("account", "jane", 0, "jane"));
	must_put(kind->ops, source, paper("account", "jane", 1, ""));
	for (size_t k = 0; k < ARRAY_LEN(store_kinds); k++) {
		const struct store_ops *ops = store_kinds[k].ops;
		struct store_place place;
		if (store_kinds[k].begin(&place))
			continue;
		struct store *copy = open_store(ops, place.url);
		struct portroll_error err = {0};
		if (store_copy(kind->ops, source, ops, copy, &err) < 0)
			fail_msg("%s", err.text);
		size_t count = 0;
		assert_int_equal(
			ops->papers(copy, (struct paper_name){0}, count_paper, &count, NULL),
			PORTROLL_OK);
		assert_int_equal(count, MANY + 1);
		assert_papers(ops, copy, "account", "", "account/kelly@1:Kelly ");
		assert_papers(ops, copy, "request", "R-0699", "request/R-0699@1:R-0699 ");
		ops->close(copy);
		store_kinds[k].end(&place);
	}
	kind->ops->close(source);
}

static void where_papers_are_nothing_is_copied_to(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url), *source = NULL;
	assert_int_equal(store_memory.open(&source, STR("memory:"), true, NULL), PORTROLL_OK);
	must_put(kind->ops, s, paper("account", "kelly", 0, "x"));
	struct portroll_error err = {0};
	assert_int_equal(store_copy(&store_memory, source, kind->ops, s, &err), PORTROLL_ECONFLICT);
	assert_string_equal(err.text, "in the store to copy into there is account kelly already; "
				      "take an empty one");
	store_memory.close(source);
	kind->ops->close(s);
}

static void they_are_there_when_it_is_opened_again(const struct store_kind *kind, const char *url)
{
	for (uint64_t i = 0; i < 3; i++) {
		struct store *s = open_store(kind->ops, url);
		must_put(kind->ops, s, paper("counter", "request", i, "x"));
		kind->ops->close(s);
	}
	struct store *one = open_store(kind->ops, url), *other = open_store(kind->ops, url);
	must_put(kind->ops, one, paper("counter", "request", 3, "y"));
	struct stored_paper late = paper("counter", "request", 3, "z");
	assert_int_equal(kind->ops->put_papers(other, &late, 1, NULL), PORTROLL_ECONFLICT);
	assert_papers(kind->ops, other, "counter", "request", "counter/request@4:y ");
	kind->ops->close(one);
	kind->ops->close(other);
}

struct put_life {
	struct store *store;
	bool failed;
};

static void look_at_three(void *context)
{
	const struct put_life *l = context;
	assert_papers(&store_memory, l->store, "", "",
		      l->failed ? "a/1@1:x a/3@1:x " : "a/1@2:y a/2@1:y ");
}

/* Two are there and one is new; after a failure they are as they were. */
static int put_three(void *context)
{
	(void)context;
	struct put_life l = {0};
	int r = store_memory.open(&l.store, STR("memory:"), true, NULL);
	if (r < 0)
		return r;
	const struct stored_paper first[] = {paper("a", "1", 0, "x"), paper("a", "3", 0, "x")};
	r = store_memory.put_papers(l.store, first, 2, NULL);
	const struct stored_paper then[] = {paper("a", "3", 1, ""), paper("a", "2", 0, "y"),
					    paper("a", "1", 1, "y")};
	if (r == PORTROLL_OK) {
		r = store_memory.put_papers(l.store, then, 3, NULL);
		l.failed = r < 0;
		oom_pause(look_at_three, &l);
	}
	store_memory.close(l.store);
	return r;
}

static void a_failed_put_leaves_nothing(const struct store_kind *kind, const char *url)
{
	(void)kind;
	(void)url;
	(void)oom_sweep(put_three, NULL);
}

int main(void)
{
	static const struct store_case cases[] = {
		{"they come in the order of their names", they_come_in_the_order_of_their_names,
		 EVERY_STORE},
		{"only who knows the version changes it", only_who_knows_the_version_changes_it,
		 EVERY_STORE},
		{"of several all are put or none", of_several_all_are_put_or_none, EVERY_STORE},
		{"they are put with entries or not at all", they_are_put_with_entries_or_not_at_all,
		 EVERY_STORE},
		{"what is no paper is refused", what_is_no_paper_is_refused, EVERY_STORE},
		{"bytes come back as they were", bytes_come_back_as_they_were, EVERY_STORE},
		{"a walk ends with the first failure", a_walk_ends_with_the_first_failure,
		 EVERY_STORE},
		{"they are copied but for the erased", they_are_copied_but_for_the_erased,
		 EVERY_STORE},
		{"where papers are nothing is copied to", where_papers_are_nothing_is_copied_to,
		 EVERY_STORE},
		{"they are there when it is opened again", they_are_there_when_it_is_opened_again,
		 LASTING_STORES},
		{"a failed put leaves nothing", a_failed_put_leaves_nothing, MEMORY_STORE},
	};
	return run_store_cases(cases, ARRAY_LEN(cases));
}

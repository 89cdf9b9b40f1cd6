/* SPDX-License-Identifier: MIT */
#include "ledger/changeset.h"

#include "changeset_case.h"
#include "random.h"
#include "small.h"

#define NO_HASH "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

static const struct portroll_str sources[] = {STR_INIT("iana"), STR_INIT("own")};
static const struct copy copies[] = {{.origin = STR_INIT("a.csv"), .format = STR_INIT("csv")}};

/* One record of each kind of operation, and one of each list. */
static int make_proposal(struct changeset_case *c)
{
	static const struct small_row old_rows[] = {{"http", "80", "tcp", NULL, NULL},
						    {"http", "80", "tcp", NULL, NULL},
						    {NULL, "9982-9986", NULL, NULL, NULL},
						    {"domain", "53", "udp", NULL, NULL}};
	static const struct small_row new_rows[] = {{"ssh", "22", "sctp", NULL, NULL},
						    {"domain", "53", "udp", NULL, NULL},
						    {"http", "80", "tcp", NULL, NULL},
						    {"www", "80", "tcp", "World Wide Web", NULL},
						    {"ollama", "11434", "tcp", NULL, NULL}};
	static const struct change records[] = {
		{CHANGE_ADD, CHANGE_NONE, 0, 0},
		{CHANGE_MOVE, 3, 1, 0},
		{CHANGE_REPLACE, 1, 3, CHANGE_NONE},
		{CHANGE_REMOVE, 2, CHANGE_NONE, CHANGE_NONE},
		{CHANGE_ADD, CHANGE_NONE, 4, CHANGE_NONE},
	};
	static const struct change person = {CHANGE_REPLACE, 0, 0, CHANGE_NONE};
	static const struct change footnote = {CHANGE_REMOVE, 0, CHANGE_NONE, CHANGE_NONE};
	static const struct footnote note = {.anchor = 1};
	struct registry *old = small_registry(&c->arena, old_rows, ARRAY_LEN(old_rows));
	struct registry *new = small_registry(&c->arena, new_rows, ARRAY_LEN(new_rows));
	if (!old || !new || registry_add_person(old, &(struct person){.id = STR("IESG")}) < 0 ||
	    registry_add_person(new, &(struct person){.id = STR("IETF")}) < 0)
		return PORTROLL_ENOMEM;
	old->footnotes = &note;
	old->footnote_count = 1;
	new->header.title = STR("Ports");
	int r = case_states(c, old, new);
	c->change = (struct registry_change){true, {records, 5}, {&person, 1}, {&footnote, 1}};
	c->proposal.about = (struct changeset){
		.author = STR("root"),
		.base = {44, tree_hash_empty()},
		.kind = STR("import"),
		.effective = {2026, 2, 13},
		.reason = STR("to see\tit"),
		.source = STR("iana"),
		.time = 1795418400,
		.mirrored_by = STR("Debian"),
		.has_kind = true,
		.has_coverage = true,
		.coverage = COVERAGE_NAMES,
		.has_copies = true,
		.copies = copies,
		.copy_count = 1,
		.has_sources = true,
		.sources = sources,
		.source_count = 2,
		.has_dossier = true,
		.dossier = tree_hash_empty(),
		.reverts = 7,
		.vkey = STR("v"),
	};
	return r;
}

static const char known_entry[] =
	"{\"author\":\"root\",\"base_root\":\"" NO_HASH "\",\"base_size\":44,"
	"\"copies\":[{\"digest\":"
	"\"0000000000000000000000000000000000000000000000000000000000000000\","
	"\"format\":\"csv\",\"origin\":\"a.csv\",\"records\":0}],\"coverage\":\"names\","
	"\"dossier\":\"" NO_HASH "\",\"effective\":\"2026-02-13\",\"kind\":\"import\","
	"\"mirrored_by\":\"Debian\",\"ops\":["
	"{\"header\":{\"title\":\"Ports\"},\"op\":\"replace\"},"
	"{\"before\":[\"tcp\",\"80\",\"http\",0],\"op\":\"add\",\"record\":{\"name\":\"ssh\","
	"\"port\":\"22\",\"transport\":\"sctp\"}},"
	"{\"before\":[\"tcp\",\"80\",\"http\",0],\"key\":[\"udp\",\"53\",\"domain\",0],\"op\":"
	"\"move\"},"
	"{\"key\":[\"tcp\",\"80\",\"http\",1],\"op\":\"replace\",\"record\":{\"description\":"
	"\"World Wide Web\",\"name\":\"www\",\"port\":\"80\",\"transport\":\"tcp\"}},"
	"{\"key\":[\"\",\"9982-9986\",\"\",0],\"op\":\"remove\"},"
	"{\"before\":null,\"op\":\"add\",\"record\":{\"name\":\"ollama\",\"port\":\"11434\","
	"\"transport\":\"tcp\"}},"
	"{\"key\":1,\"op\":\"remove\"},"
	"{\"key\":\"IESG\",\"op\":\"replace\",\"person\":{\"commitment\":"
	"\"bkTlzcJeuy3qEQxDwg1RzaztzEUETA4am7/nx071pHU=\",\"id\":"
	"\"IETF\"}}],\"reason\":\"to see\\tit\",\"reverts\":7,\"source\":\"iana\","
	"\"source_kind\":\"mirrored\",\"sources\":[\"iana\",\"own\"],\"state_root\":\"DC+"
	"EJQ5l1DkLWXnrstZCQgB+M1+UIRwQDwhWH1+ywO0=\","
	"\"time\":\"2026-11-23T07:20:00Z\",\"v\":1,\"vkey\":\"v\"}";

static void a_small_changeset_has_known_bytes(void **state)
{
	(void)state;
	struct changeset_case c = {0};
	assert_int_equal(make_proposal(&c), PORTROLL_OK);
	assert_int_equal(changeset_write(&c.entries, &c.proposal, &c.arena, &c.err), PORTROLL_OK);
	assert_int_equal(c.entries.count, 1);
	assert_text(c.entries.items[0], known_entry);
	arena_done(&c.arena);
}

static void what_changes_no_registry_has_no_operations(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct entry_list entries;
	const struct proposal proposal = {
		.about = {.author = STR("root"),
			  .base.root = tree_hash_empty(),
			  .kind = STR("remove"),
			  .source = STR("iana"),
			  .has_sources = true,
			  .has_copies = true},
	};
	assert_int_equal(changeset_write(&entries, &proposal, &a, NULL), PORTROLL_OK);
	assert_int_equal(entries.count, 1);
	assert_text(entries.items[0],
		    "{\"author\":\"root\",\"base_root\":\"" NO_HASH
		    "\",\"base_size\":0,\"copies\":null,\"kind\":\"remove\",\"source\":\"iana\","
		    "\"sources\":null,\"time\":\"1970-01-01T00:00:00Z\",\"v\":1}");
	struct changeset about;
	struct operation_list operations;
	assert_int_equal(changeset_read(&about, &operations, entries.items[0], &a, NULL),
			 PORTROLL_OK);
	assert_true(about.has_sources && about.has_copies);
	assert_int_equal(about.source_count + about.copy_count + operations.count, 0);
	arena_done(&a);
}

static struct portroll_str any_text(struct random *random)
{
	static const struct portroll_str texts[] = {
		STR_INIT(""),       STR_INIT("a"),        STR_INIT("\"ops\":["), STR_INIT("\\\""),
		STR_INIT("[{\n\t"), STR_INIT("\xc3\xa4"), STR_INIT("}],")};
	return texts[random_below(random, ARRAY_LEN(texts))];
}

static struct changeset any_about(struct random *random)
{
	struct changeset about = {
		.author = STR("a"),
		.kind = STR("k"),
		.source = STR("s"),
		.time = random_below(random, 2) ? 253402300799 : random_below(random, 1U << 31),
		.reason = any_text(random),
		.mirrored_by = any_text(random),
		.vkey = any_text(random),
		.base.size = random_below(random, 2) * 9007199254740991,
		.part = 1,
		.part_count = 1,
		.reverts = random_below(random, 3),
		.has_kind = random_below(random, 2),
		.has_coverage = random_below(random, 2),
		.has_copies = random_below(random, 2),
		.has_sources = random_below(random, 2),
		.has_dossier = random_below(random, 2),
	};
	if (random_below(random, 2))
		about.effective = (struct date){2014, (uint8_t)random_below(random, 3), 0};
	if (about.has_kind)
		about.source_kind = (uint8_t)random_below(random, 2);
	if (about.has_coverage)
		about.coverage = (uint8_t)random_below(random, 3);
	if (about.has_copies)
		about.copies = copies, about.copy_count = random_below(random, 2);
	if (about.has_sources)
		about.sources = sources, about.source_count = random_below(random, 3);
	if (about.has_dossier)
		about.dossier.bytes[31] = 7;
	about.base.root.bytes[0] = (uint8_t)random_below(random, 256);
	return about;
}

static void what_a_changeset_says_of_itself_comes_back(void **state)
{
	(void)state;
	struct random random;
	for_rounds(&random, 2000)
	{
		struct arena a = ARENA_INIT;
		struct entry_list entries, same;
		struct proposal proposal = {.about = any_about(&random)};
		struct changeset about, again;
		struct operation_list operations;
		assert_int_equal(changeset_write(&entries, &proposal, &a, NULL), PORTROLL_OK);
		struct portroll_str entry = entries.items[0];
		check(&random, changeset_read(&about, &operations, entry, &a, NULL) == PORTROLL_OK);
		check(&random, case_about_equal(&about, &proposal.about));
		check(&random, changeset_read_about(&again, entry, &a, NULL) == PORTROLL_OK);
		check(&random, case_about_equal(&about, &again));
		proposal.about = about;
		assert_int_equal(changeset_write(&same, &proposal, &a, NULL), PORTROLL_OK);
		check(&random, str_equal(same.items[0], entry));
		arena_done(&a);
	}
}

/* Of a note of so many bytes, the operation. */
static int write_note(const char *name, size_t len, struct portroll_error *err)
{
	const struct small_row row = {name, "80", "tcp", NULL, NULL};
	CLEANUP(buf_done) struct buf note = BUF_INIT(1U << 20);
	struct changeset_case c = {0};
	struct registry *reg = small_registry(&c.arena, &row, 1);
	struct record r = *reg->records[0];
	buf_fill(&note, 'x', len);
	r.note = richtext_plain(&c.arena, buf_str(&note));
	reg->records[0] = &r;
	assert_int_equal(case_states(&c, NULL, reg), PORTROLL_OK);
	int code = changeset_write(&c.entries, &c.proposal, &c.arena, err);
	arena_done(&c.arena);
	return code;
}

static void an_operation_has_at_most_60000_bytes(void **state)
{
	(void)state;
	struct portroll_error err = {0};
	size_t others = strlen("{\"before\":null,\"op\":\"add\",\"record\":{\"name\":\"http\","
			       "\"note\":\"\",\"port\":\"80\",\"transport\":\"tcp\"}}");
	assert_int_equal(write_note("http", OPERATION_SIZE_MAX - others, NULL), PORTROLL_OK);
	assert_int_equal(write_note("http", OPERATION_SIZE_MAX - others + 1, &err),
			 PORTROLL_ELIMIT);
	assert_string_equal(err.text, "record 'http' 80 tcp: more bytes than an entry of the "
				      "ledger can hold");
}

static void long_names_are_cut_between_characters(void **state)
{
	(void)state;
	struct portroll_error err = {0};
	assert_int_equal(write_note("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\xc3\xa4y",
				    OPERATION_SIZE_MAX, &err),
			 PORTROLL_ELIMIT);
	assert_string_equal(err.text, "record 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' 80 tcp: "
				      "more bytes than an entry of the ledger can hold");
}

static void what_cannot_be_said_is_refused(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf text = BUF_INIT(1U << 20);
	buf_fill(&text, 'x', 65000);
	const struct {
		struct changeset about;
		int code;
	} cases[] = {
		{{.kind = STR("k")}, PORTROLL_EINVAL},
		{{.author = STR("a")}, PORTROLL_EINVAL},
		{{.author = STR("a"), .kind = STR("k"), .time = -1}, PORTROLL_EINVAL},
		{{.author = STR("a"), .kind = STR("k"), .time = 253402300800}, PORTROLL_EINVAL},
		{{.author = STR("a"), .kind = STR("k"), .reason = STR("\r")}, PORTROLL_EINVAL},
		{{.author = STR("a"), .kind = STR("\xff")}, PORTROLL_EINVAL},
		{{.author = STR("a"), .kind = STR("k"), .effective = {0, 1, 1}}, PORTROLL_EINVAL},
		{{.author = STR("a"), .kind = STR("k"), .base.size = UINT64_C(1) << 53},
		 PORTROLL_EINVAL},
		{{.author = STR("a"), .kind = STR("k"), .has_coverage = true, .coverage = 3},
		 PORTROLL_EINVAL},
		{{.author = STR("a"), .kind = STR("k"), .has_kind = true, .source_kind = 2},
		 PORTROLL_EINVAL},
		{{.author = STR("a"), .kind = STR("k"), .reason = buf_str(&text)}, PORTROLL_OK},
		{{.author = STR("a"), .kind = buf_str(&text), .reason = buf_str(&text)},
		 PORTROLL_ELIMIT},
		{{.author = STR("a"),
		  .kind = buf_str(&text),
		  .reason = STR("b"),
		  .mirrored_by = buf_str(&text)},
		 PORTROLL_ELIMIT},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena a = ARENA_INIT;
		struct portroll_error err = {0};
		struct entry_list entries;
		const struct proposal proposal = {.about = cases[i].about};
		int r = changeset_write(&entries, &proposal, &a, &err);
		if (r != cases[i].code || err.code != r || (r < 0 && !err.text[0]))
			fail_msg("case %zu: %d, %s", i, r, err.text);
		arena_done(&a);
	}
}

static void what_cannot_be_written_is_named(void **state)
{
	(void)state;
	static const struct person nobody = {.id = STR_INIT("\r")};
	static const struct run bad[] = {{.kind = RUN_TEXT, .text = STR_INIT("\x1b")}};
	static const struct footnote note = {7, {bad, 1}};
	static const struct {
		const char *name;
		bool has_person, has_note, has_title;
		const char *says;
	} cases[] = {
		{"a\rb", false, false, false, "record '?' 80 tcp: a text that is not UTF-8"},
		{"a", true, false, false, "person '?': a text"},
		{"a", false, true, false, "footnote 7: a text"},
		{"a", false, false, true, "the header: a text"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct small_row row = {cases[i].name, "80", "tcp", NULL, NULL};
		struct changeset_case c = {0};
		struct registry *reg = small_registry(&c.arena, &row, 1);
		if (cases[i].has_person)
			assert_int_equal(registry_add_person(reg, &nobody), PORTROLL_OK);
		reg->footnotes = &note;
		reg->footnote_count = cases[i].has_note;
		reg->header.title = cases[i].has_title ? STR("\x01") : STR("");
		assert_int_equal(case_states(&c, NULL, reg), PORTROLL_EINVAL);
		assert_int_equal(c.err.code, PORTROLL_EINVAL);
		if (!strstr(c.err.text, cases[i].says))
			fail_msg("%s", c.err.text);
		arena_done(&c.arena);
	}
}

static int write_and_read(void *context)
{
	(void)context;
	struct changeset_case c = {0};
	struct source_state after;
	struct changeset about;
	struct operation_list operations;
	int r = make_proposal(&c);
	const struct source_step step = {c.new.registry, c.new.people, &c.change};
	if (r == PORTROLL_OK)
		r = source_state_after(&after, &c.old, &step, &c.arena, &c.err);
	if (r == PORTROLL_OK)
		r = changeset_write(&c.entries, &c.proposal, &c.arena, &c.err);
	if (r == PORTROLL_OK)
		r = changeset_read(&about, &operations, c.entries.items[0], &c.arena, &c.err);
	if (r == PORTROLL_OK)
		r = changeset_read_about(&about, c.entries.items[0], &c.arena, &c.err);
	arena_done(&c.arena);
	return r;
}

static void it_survives_any_failing_allocation(void **state)
{
	(void)state;
	assert_true(oom_sweep(write_and_read, NULL) > 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_small_changeset_has_known_bytes),
		cmocka_unit_test(what_changes_no_registry_has_no_operations),
		cmocka_unit_test(what_a_changeset_says_of_itself_comes_back),
		cmocka_unit_test(an_operation_has_at_most_60000_bytes),
		cmocka_unit_test(long_names_are_cut_between_characters),
		cmocka_unit_test(what_cannot_be_said_is_refused),
		cmocka_unit_test(what_cannot_be_written_is_named),
		cmocka_unit_test(it_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

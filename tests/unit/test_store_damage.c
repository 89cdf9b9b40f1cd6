/* SPDX-License-Identifier: MIT */
/* Databases that somebody spoiled: refused with a sentence, never believed. */
#include "sqlite_case.h"

#include "random.h"

/* Does what the tables and triggers forbid, and leaves them as they were. */
static void spoil(const struct place *p, const char *sql)
{
	char restore[800];
	must_run_sql(p->path, "PRAGMA writable_schema=ON; "
			      "DELETE FROM sqlite_schema WHERE type = 'trigger'; "
			      "UPDATE sqlite_schema SET sql = "
			      "replace(replace(sql, ' NOT NULL', ''), ' STRICT', '')");
	char loose[800];
	(void)snprintf(loose, sizeof(loose), "PRAGMA ignore_check_constraints=ON; %s", sql);
	must_run_sql(p->path, loose);
	(void)snprintf(restore, sizeof(restore),
		       "PRAGMA writable_schema=ON; ATTACH '%s' AS pristine; "
		       "UPDATE main.sqlite_schema AS s SET sql = (SELECT sql FROM "
		       "pristine.sqlite_schema AS p WHERE p.name = s.name); "
		       "INSERT INTO main.sqlite_schema SELECT * FROM pristine.sqlite_schema "
		       "WHERE type = 'trigger'",
		       p->pristine_path);
	must_run_sql(p->path, restore);
}

static const struct {
	const char *sql, *words;
} spoiled[] = {
	{"UPDATE head SET edge = x'00'", "the head"},
	{"UPDATE head SET edge = x''", "the head"},
	{"UPDATE head SET edge = NULL", "the head"},
	{"UPDATE head SET edge = hex(edge)", "the head"},
	{"UPDATE head SET edge = substr(hex(edge), 1, 64)", "the head"},
	{"UPDATE head SET size = -1", "the head"},
	{"UPDATE head SET size = 8, edge = substr(edge, 1, 32)", "the head"},
	{"UPDATE head SET size = 10", "the head"},
	{"UPDATE head SET size = 0, edge = x''", "the head"},
	{"UPDATE head SET size = 9223372036854775807", "the head"},
	{"UPDATE head SET size = NULL", "the head"},
	{"UPDATE head SET size = 'nine'", "the head"},
	{"DELETE FROM head", "the head"},
	{"INSERT INTO head SELECT 2, size, edge, 0 FROM head", "the head"},
	{"DELETE FROM entries", "the head"},
	{"DELETE FROM entries WHERE position = 8", "the head"},
	{"DELETE FROM entries WHERE position = 0", "entry @1 "},
	{"DELETE FROM entries WHERE position = 3", "entry @4 "},
	{"UPDATE entries SET position = -1 WHERE position = 0", "entry @1 "},
	{"UPDATE entries SET leaf = NULL WHERE position = 3", "entry @4 "},
	{"UPDATE entries SET leaf = x'00' WHERE position = 3", "entry @4 "},
	{"UPDATE entries SET leaf = substr(hex(leaf), 1, 32) WHERE position = 3", "entry @4 "},
	{"UPDATE entries SET topic = NULL WHERE position = 3", "entry @4 "},
	{"UPDATE entries SET topic = x'00' WHERE position = 3", "entry @4 "},
	{"UPDATE entries SET body = NULL WHERE position = 3", "entry @4 "},
	{"UPDATE entries SET body = 5 WHERE position = 3", "entry @4 "},
	{"UPDATE entries SET body = zeroblob(65536) WHERE position = 3", "entry @4 "},
	{"UPDATE entries SET body = zeroblob(2000000) WHERE position = 3", "too big"},
	{"UPDATE people SET commitment = x'01'", "person 1 "},
	{"UPDATE people SET source = NULL", "person 1 "},
	{"UPDATE people SET id = x'41'", "person 1 "},
	{"UPDATE people SET salt = x'41'", "person 1 "},
	{"UPDATE people SET salt = NULL", "person 1 "},
	{"UPDATE people SET salt = x''", "person 1 "},
	{"UPDATE people SET body = x''", "person 1 "},
	{"UPDATE people SET body = zeroblob(65536)", "person 1 "},
	{"UPDATE papers SET kind = x'41'", "paper 1 "},
	{"UPDATE papers SET kind = ''", "paper 1 "},
	{"UPDATE papers SET id = NULL", "paper 1 "},
	{"UPDATE papers SET id = printf('%065d', 1)", "paper 1 "},
	{"UPDATE papers SET version = 0", "paper 1 "},
	{"UPDATE papers SET version = -1", "paper 1 "},
	{"UPDATE papers SET version = 'one'", "paper 1 "},
	{"UPDATE papers SET body = NULL", "paper 1 "},
	{"UPDATE papers SET body = 'text'", "paper 1 "},
	{"UPDATE papers SET body = zeroblob(1048577)", "paper 1 "},
	{"UPDATE papers SET body = zeroblob(2000000)", "too big"},
	{"UPDATE notes SET note = 7", "the checkpoint"},
	{"UPDATE notes SET note = NULL", "the checkpoint"},
};

static void rows_that_no_ledger_has_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(spoiled); i++) {
		struct place p;
		begin(&p);
		spoil(&p, spoiled[i].sql);
		struct portroll_error err = {0};
		if (open_and_read(p.at.url, &err) != PORTROLL_ECORRUPT)
			fail_msg("%s: %d %s", spoiled[i].sql, err.code, err.text);
		has_words(&err, spoiled[i].words);
		has_words(&err, p.path);
		end(&p);
	}
}

static void a_spoiled_head_takes_no_entry(void **state)
{
	(void)state;
	struct place p;
	begin(&p);
	spoil(&p, "DELETE FROM entries WHERE position = 8");
	struct store *s = open_store(&store_sqlite, p.at.url);
	struct tree tree = {.size = 9};
	static struct next_batch next;
	assert_int_equal(store_sqlite.append(s, next_batch(&next, &tree, 1, 0), NULL),
			 PORTROLL_ECORRUPT);
	store_sqlite.close(s);
	end(&p);
}

static void a_schema_that_is_not_ours_is_refused(void **state)
{
	(void)state;
	static const char other_trigger[] =
		"DROP TRIGGER entries_follow; CREATE TRIGGER entries_follow BEFORE INSERT ON "
		"entries BEGIN SELECT 1; END";
	static const char *const rows[] = {
		"DROP TRIGGER entries_follow",
		"DROP INDEX entries_by_topic",
		"CREATE TABLE more (a)",
		"CREATE VIEW more AS SELECT 1",
		"CREATE TRIGGER more AFTER INSERT ON entries BEGIN SELECT 1; END",
		other_trigger,
		"ALTER TABLE notes ADD COLUMN more TEXT",
		"DROP TRIGGER papers_go_forward",
		"DROP TABLE papers",
		"DROP TABLE papers; PRAGMA user_version=1; DROP TRIGGER entries_follow",
		"PRAGMA user_version=1",
		"DROP TABLE notes",
		"DROP TABLE people; CREATE VIEW people AS SELECT 1 AS source, 1 AS id",
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct place p;
		begin(&p);
		must_run_sql(p.path, rows[i]);
		struct portroll_error err = {0};
		if (open_and_read(p.at.url, &err) != PORTROLL_ECORRUPT)
			fail_msg("%s: %d %s", rows[i], err.code, err.text);
		has_words(&err, "its tables are not those of a ledger");
		end(&p);
	}
}

static void accidents_are_stopped(void **state)
{
	(void)state;
	static const char *const rows[] = {
		"UPDATE entries SET body = x'00' WHERE position = 3",
		"DELETE FROM entries",
		"INSERT OR REPLACE INTO entries SELECT * FROM entries WHERE position = 8",
		"INSERT INTO entries SELECT 11, zeroblob(32), '', x''",
		"INSERT INTO entries SELECT 9, zeroblob(31), '', x''",
		"INSERT INTO entries SELECT 9, zeroblob(32), '', zeroblob(65536)",
		"UPDATE head SET size = 3",
		"DELETE FROM head",
		"INSERT INTO head SELECT 2, size, edge, 0 FROM head",
		"UPDATE people SET body = x'00'",
		"UPDATE people SET id = 'Another', salt = x'', body = x''",
		"DELETE FROM people",
		"UPDATE papers SET body = x'00'",
		"UPDATE papers SET version = version + 2",
		"UPDATE papers SET version = version + 1, id = 'other'",
		"UPDATE papers SET version = version + 1, body = zeroblob(1048577)",
		"INSERT INTO papers SELECT 'a', 'b', 0, x''",
		"DELETE FROM papers",
		"UPDATE notes SET size = 3",
		"DELETE FROM notes",
	};
	struct place p;
	begin(&p);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (run_sql(p.path, rows[i]) != SQLITE_CONSTRAINT)
			fail_msg("nothing stops: %s", rows[i]);
	assert_int_equal(open_and_read(p.at.url, NULL), PORTROLL_OK);
	end(&p);
}

/* Cut short or with bytes that are others: an answer or an error, never a crash. */
static void a_damaged_file_is_an_error_at_most(void **state)
{
	(void)state;
	struct place p;
	begin(&p);
	struct file_bytes file = {0};
	assert_int_equal(file_load(&file, p.path, 1 << 20, NULL), PORTROLL_OK);
	struct random dice;
	size_t refused = 0, tried = 0;
	for (size_t len = 0; len < file.bytes.len; len += 512) {
		write_file(p.path, str_part(file.bytes, 0, len));
		assert_true(open_and_read(p.at.url, NULL) < 0);
	}
	char *copy = malloc(file.bytes.len);
	assert_non_null(copy);
	for_rounds(&dice, 400)
	{
		tried++;
		memcpy(copy, file.bytes.ptr, file.bytes.len);
		for (size_t i = 0; i < 1 + tried % 8; i++)
			copy[random_below(&dice, (uint32_t)file.bytes.len)] =
				(char)random_below(&dice, 256);
		write_file(p.path, (struct portroll_str){copy, file.bytes.len});
		refused += open_and_read(p.at.url, NULL) < 0;
	}
	assert_true(refused > 0 && refused < tried);
	free(copy);
	file_release(&file);
	end(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_that_no_ledger_has_are_refused),
		cmocka_unit_test(a_spoiled_head_takes_no_entry),
		cmocka_unit_test(a_schema_that_is_not_ours_is_refused),
		cmocka_unit_test(accidents_are_stopped),
		cmocka_unit_test(a_damaged_file_is_an_error_at_most),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

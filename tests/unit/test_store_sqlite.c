/* SPDX-License-Identifier: MIT */
/* Files that are no ledger or cannot be one, and what must not be found in one that is. */
#include "sqlite_case.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include "ledger/store_sqlite.h"

#define NOBODY 65534

static void files_that_are_no_ledger_are_refused(void **state)
{
	(void)state;
	static const char text[4096] = "Service Name,Port Number,Transport Protocol,";
	static const struct {
		struct portroll_str bytes; /* of the file, or the SQL that makes it */
		bool is_sql;
		int code;
		const char *words;
	} rows[] = {
		{STR_INIT(""), false, PORTROLL_ECORRUPT, "is empty: there is no ledger in it"},
		{STR_INIT("xy"), false, PORTROLL_ECORRUPT, "file is not a database"},
		{{text, sizeof(text)}, false, PORTROLL_ECORRUPT, "file is not a database; put"},
		{STR_INIT("CREATE TABLE t (a)"), true, PORTROLL_ECORRUPT, "another application"},
		{STR_INIT("PRAGMA application_id=1"), true, PORTROLL_ECORRUPT, "0x00000001"},
		{STR_INIT("PRAGMA application_id=0x70726c67"), true, PORTROLL_ECORRUPT,
		 "no version"},
		{STR_INIT("PRAGMA application_id=0x70726c67; PRAGMA user_version=1"), true,
		 PORTROLL_ECORRUPT, "its tables"},
		{STR_INIT("PRAGMA application_id=0x70726c67; PRAGMA user_version=2"), true,
		 PORTROLL_ECORRUPT, "its tables"},
		{STR_INIT("PRAGMA application_id=0x70726c67; PRAGMA user_version=3"), true,
		 PORTROLL_EVERSION, "later portroll (version 3"},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct place p;
		begin(&p);
		write_file(p.path, rows[i].is_sql ? STR("") : rows[i].bytes);
		if (rows[i].is_sql)
			must_run_sql(p.path, rows[i].bytes.ptr);
		struct portroll_error err = {0};
		assert_int_equal(open_and_read(p.at.url, &err), rows[i].code);
		has_words(&err, rows[i].words);
		has_words(&err, p.path);
		end(&p);
	}
}

static void places_without_a_ledger_are_named(void **state)
{
	(void)state;
	static const struct {
		const char *url;
		bool create;
		int code;
		const char *words;
	} rows[] = {
		{"sqlite:", true, PORTROLL_EINVAL, "names no file"},
		{"sqlite:/nowhere/ledger.db", true, PORTROLL_ESYSTEM, "No such file"},
		{"sqlite:/nowhere/ledger.db", false, PORTROLL_ESYSTEM, "there is no ledger"},
		{"sqlite:/tmp", true, PORTROLL_ESYSTEM, "unable to open database file"},
		{"sqlite:/dev/null", false, PORTROLL_ECORRUPT, ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct store *s = NULL;
		struct portroll_error err = {0};
		assert_int_equal(store_sqlite.open(&s, str_from(rows[i].url), rows[i].create, &err),
				 rows[i].code);
		assert_null(s);
		has_words(&err, rows[i].words);
	}
	struct portroll_error err = {0};
	struct store *s = NULL;
	assert_int_equal(store_sqlite.open(&s, STR("sqlite:a\0b"), true, &err), PORTROLL_EINVAL);
}

/* SQLite reads some names as something else than a file's. */
static void special_names_are_files(void **state)
{
	(void)state;
	static const char *const names[] = {":memory:", "file:x?mode=memory", "a b"};
	struct place p;
	begin(&p);
	char here[500];
	assert_non_null(getcwd(here, sizeof(here)));
	assert_int_equal(chdir(p.at.folder), 0);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		char url[100];
		(void)snprintf(url, sizeof(url), "sqlite:%s", names[i]);
		fill(url);
		assert_true(file_exists(names[i]));
		assert_int_equal(open_and_read(url, NULL), PORTROLL_OK);
	}
	assert_int_equal(chdir(here), 0);
	end(&p);
}

static void only_its_owner_reads_the_file(void **state)
{
	(void)state;
	struct place p;
	begin(&p);
	struct stat st;
	assert_int_equal(stat(p.path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	end(&p);
}

/* What root may not do depends on nothing, so somebody else tries. */
static void a_file_that_cannot_be_written_is_refused(void **state)
{
	(void)state;
	struct place p;
	begin(&p);
	assert_int_equal(chmod(p.path, 0444), 0);
	assert_int_equal(chmod(p.at.folder, 0755), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		if (geteuid() == 0 && seteuid(NOBODY) < 0)
			_exit(1);
		struct portroll_error err = {0};
		int r = open_and_read(p.at.url, &err);
		bool says = strstr(err.text, "the ledger cannot be written to: Permission denied");
		_exit(r == PORTROLL_ESYSTEM && says ? 0 : 1);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	end(&p);
}

static void a_write_ahead_log_is_given_up(void **state)
{
	(void)state;
	struct place p;
	begin(&p);
	must_run_sql(p.path, "PRAGMA journal_mode=WAL");
	assert_int_equal(open_and_read(p.at.url, NULL), PORTROLL_OK);
	struct file_bytes file = {0};
	assert_int_equal(file_load(&file, p.path, 1 << 20, NULL), PORTROLL_OK);
	/* The versions for writing and reading of the file format: 1 is a rollback journal. */
	assert_int_equal(file.bytes.ptr[18], 1);
	assert_int_equal(file.bytes.ptr[19], 1);
	file_release(&file);
	end(&p);
}

/* Is the text in any file of the folder? */
static bool is_found(const struct place *p, const char *text)
{
	static const char *const names[] = {"ledger.db", "ledger.db-journal"};
	bool found = false;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		char path[300];
		struct file_bytes file = {0};
		(void)snprintf(path, sizeof(path), "%s/%s", p->at.folder, names[i]);
		if (!file_exists(path))
			continue;
		assert_int_equal(file_load(&file, path, 64 << 20, NULL), PORTROLL_OK);
		found = found || memmem(file.bytes.ptr, file.bytes.len, text, strlen(text));
		file_release(&file);
	}
	return found;
}

#define CROWD 50

/* Somebody of any length, so that some need pages of their own. */
static void make_person(struct stored_person *ret, size_t i)
{
	static char ids[CROWD][32], bodies[CROWD][3200], salts[CROWD][SALT_SIZE + 1];
	char *id = ids[i % CROWD], *body = bodies[i % CROWD], *salt = salts[i % CROWD];
	(void)snprintf(id, sizeof(ids[0]), "Example_%zu", i);
	(void)snprintf(salt, sizeof(salts[0]), "salt-of-%024zu", i);
	(void)snprintf(body, sizeof(bodies[0]), "{\"name\":\"Somebody %03zu Of %0*d\"}", i,
		       (int)(i * 977 % 3000), 0);
	*ret = (struct stored_person){
		.content = {.salt = {salt, SALT_SIZE}, .body = str_from(body)},
		.source = STR("iana"),
		.id = str_from(id),
	};
}

static void add_crowd(struct store *s, size_t first)
{
	struct stored_person people[CROWD];
	struct store_batch batch = {.people = people, .person_count = CROWD};
	for (size_t i = 0; i < CROWD; i++)
		make_person(&people[i], first + i);
	assert_int_equal(store_sqlite.head(&batch.after, s, NULL), PORTROLL_OK);
	batch.base = batch.after.size;
	assert_int_equal(store_sqlite.append(s, &batch, NULL), PORTROLL_OK);
}

static void nothing_of_the_erased_is_found_in_the_file(void **state)
{
	(void)state;
	struct place p;
	begin(&p);
	struct store *s = open_store(&store_sqlite, p.at.url);
	for (size_t i = 0; i < 6 * CROWD; i += CROWD)
		add_crowd(s, i);
	for (size_t i = 0; i < 6 * CROWD; i += 1 + i % 8) {
		char id[32], name[40], salt[40];
		uint64_t count = 0;
		(void)snprintf(id, sizeof(id), "Example_%zu", i);
		(void)snprintf(name, sizeof(name), "Somebody %03zu Of", i);
		(void)snprintf(salt, sizeof(salt), "salt-of-%024zu", i);
		assert_true(is_found(&p, name) && is_found(&p, salt));
		assert_int_equal(store_sqlite.erase(&count, s, str_from(id), NULL), PORTROLL_OK);
		assert_int_equal(count, 1);
		assert_false(is_found(&p, name) || is_found(&p, salt));
	}
	assert_true(is_found(&p, "Somebody 002 Of"));
	store_sqlite.close(s);
	assert_int_equal(open_and_read(p.at.url, NULL), PORTROLL_OK);
	end(&p);
}

static void nothing_of_erased_papers_is_found_in_the_file(void **state)
{
	(void)state;
	struct place p;
	begin(&p);
	struct store *s = open_store(&store_sqlite, p.at.url);
	static char body[40000];
	for (size_t i = 0; i < sizeof(body); i += 20)
		(void)snprintf(body + i, sizeof(body) - i, "kelly@example.com  ,");
	for (uint64_t version = 0; version < 6; version++) {
		struct stored_paper paper = {STR("account"),
					     STR("secret"),
					     version,
					     {body, sizeof(body) >> (version % 3 * 4)}};
		if (version % 2)
			paper.body = STR("");
		assert_int_equal(store_sqlite.put_papers(s, &paper, 1, NULL), PORTROLL_OK);
		assert_int_equal(is_found(&p, "kelly@example.com"), paper.body.len > 0);
	}
	store_sqlite.close(s);
	end(&p);
}

/* As portroll made it before there were papers. */
static void make_old(const struct place *p)
{
	must_run_sql(p->path, "DROP TABLE papers; PRAGMA user_version=1");
}

static int take_version(void *context, const struct stored_paper *paper, struct portroll_error *err)
{
	(void)err;
	*(uint64_t *)context = paper->version;
	return PORTROLL_OK;
}

static void a_ledger_of_version_1_gets_papers_when_it_is_opened(void **state)
{
	(void)state;
	struct place p;
	begin(&p);
	make_old(&p);
	for (uint64_t version = 0; version < 2; version++) {
		struct store *s = NULL;
		struct portroll_error err = {0};
		if (store_sqlite.open(&s, str_from(p.at.url), false, &err) < 0)
			fail_msg("%s", err.text);
		assert_int_equal(assert_whole(&store_sqlite, s), 9);
		uint64_t found = 0;
		assert_int_equal(
			store_sqlite.papers(s, (struct paper_name){0}, take_version, &found, NULL),
			PORTROLL_OK);
		assert_int_equal(found, version);
		struct stored_paper paper = {STR("account"), STR("kelly"), version, STR("x")};
		assert_int_equal(store_sqlite.put_papers(s, &paper, 1, NULL), PORTROLL_OK);
		store_sqlite.close(s);
	}
	end(&p);
}

static void a_ledger_of_version_1_is_read_as_it_is(void **state)
{
	(void)state;
	struct place p;
	begin(&p);
	make_old(&p);
	struct file_bytes before = {0}, after = {0};
	assert_int_equal(file_load(&before, p.path, 1 << 20, NULL), PORTROLL_OK);
	struct store *s = NULL;
	assert_int_equal(sqlite_store_open_to_read(&s, str_from(p.at.url), NULL), PORTROLL_OK);
	assert_int_equal(read_all(s, NULL), PORTROLL_OK);
	uint64_t found = 0;
	assert_int_equal(store_sqlite.papers(s, (struct paper_name){0}, take_version, &found, NULL),
			 PORTROLL_OK);
	assert_int_equal(found, 0);
	store_sqlite.close(s);
	assert_int_equal(file_load(&after, p.path, 1 << 20, NULL), PORTROLL_OK);
	assert_true(str_equal(before.bytes, after.bytes));
	file_release(&before);
	file_release(&after);
	end(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_that_are_no_ledger_are_refused),
		cmocka_unit_test(places_without_a_ledger_are_named),
		cmocka_unit_test(special_names_are_files),
		cmocka_unit_test(only_its_owner_reads_the_file),
		cmocka_unit_test(a_file_that_cannot_be_written_is_refused),
		cmocka_unit_test(a_write_ahead_log_is_given_up),
		cmocka_unit_test(nothing_of_the_erased_is_found_in_the_file),
		cmocka_unit_test(nothing_of_erased_papers_is_found_in_the_file),
		cmocka_unit_test(a_ledger_of_version_1_gets_papers_when_it_is_opened),
		cmocka_unit_test(a_ledger_of_version_1_is_read_as_it_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

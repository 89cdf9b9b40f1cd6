/* SPDX-License-Identifier: MIT */
#include "snapshot_case.h"

#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "nss/services.h"

/*
 * The functions as glibc calls them, over a roll with a source of its own above IANA's. A process
 * finds its snapshot once, so all tests here share one.
 */

#define ROOM   512
#define BEFORE 4242 /* in errno and *ret_errno, and it stays there */

static char folder[] = "/tmp/portroll-nss-XXXXXX";
static char path[64];

/* The lines that a services file of this roll has, in its order. */
static const struct line {
	const char *names[5];
	int port;
	const char *protocol;
} lines[] = {
	{{"\xc3\xa9mile"}, 0, "udp"},
	{{"intranet", "www", "www-http"}, 80, "tcp"},
	{{"http"}, 80, "udp"},
	{{"range"}, 3367, "tcp"},
	{{"range"}, 3367, "udp"},
	{{"range"}, 3368, "tcp"},
	{{"range"}, 3368, "udp"},
	{{"twice"}, 5000, "sctp"},
	{{"twice"}, 5001, "tcp"},
	{{"http"}, 8080, "tcp"},
	{{"with/slash", "Case"}, 9000, "dccp"},
	{{"last"}, 65535, "sctp"},
};

static struct roll *make_roll(struct arena *a)
{
	struct roll *roll = roll_new(a);
	struct registry *own = registry_new(a), *iana = registry_new(a), *names = registry_new(a);
	case_add(own, "intranet", (struct range){80, 80}, PORTROLL_TCP, "");
	case_add(own, "http", (struct range){8080, 8080}, PORTROLL_TCP, "");
	case_add(iana, "\xc3\xa9mile", (struct range){0, 0}, PORTROLL_UDP, "");
	case_add(iana, "", (struct range){0, 0}, PORTROLL_TCP, "Reserved");
	case_add(iana, "http", (struct range){80, 80}, PORTROLL_TCP, "");
	case_add(iana, "www", (struct range){80, 80}, PORTROLL_TCP, "");
	case_add(iana, "http", (struct range){80, 80}, PORTROLL_UDP, "");
	case_add(iana, "range", (struct range){3367, 3368}, PORTROLL_ANY, "");
	case_add(iana, "twice", (struct range){5001, 5001}, PORTROLL_TCP, "");
	case_add(iana, "twice", (struct range){5000, 5000}, PORTROLL_SCTP, "");
	case_add(iana, "with/slash", (struct range){9000, 9000}, PORTROLL_DCCP, "");
	case_add(iana, "Case", (struct range){9000, 9000}, PORTROLL_DCCP, "");
	case_add(iana, "with blank", (struct range){9001, 9001}, PORTROLL_TCP, "");
	case_add(iana, "with#hash", (struct range){9002, 9002}, PORTROLL_TCP, "");
	case_add(iana, "\vline", (struct range){9003, 9003}, PORTROLL_TCP, "");
	case_add(iana, "1234", (struct range){9004, 9004}, PORTROLL_TCP, "");
	case_add(iana, "last", (struct range){65535, 65535}, PORTROLL_SCTP, "");
	case_add(names, "www-http", (struct range){80, 80}, PORTROLL_TCP, "");
	case_add(names, "http", (struct range){80, 80}, PORTROLL_TCP, "");
	case_insert(roll, "own", COVERAGE_PARTIAL, own);
	case_insert(roll, "iana", COVERAGE_COMPLETE, iana);
	case_insert(roll, "names", COVERAGE_NAMES, names);
	return roll;
}

static int write_snapshot(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct buf out;
	case_compile(&out, make_roll(&a));
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/snapshot", folder);
	assert_int_equal(file_replace(path, buf_str(&out), 0644, NULL), PORTROLL_OK);
	buf_done(&out);
	arena_done(&a);
	return setenv("PORTROLL_DIR", folder, 1);
}

static int remove_snapshot(void **state)
{
	(void)state;
	return unlink(path) || rmdir(folder);
}

static size_t alias_count(const struct line *line)
{
	size_t count = 0;
	while (line->names[count + 1])
		count++;
	return count;
}

static bool is_line(const struct servent *got, const struct line *line)
{
	size_t count = alias_count(line);
	for (size_t i = 0; i < count; i++)
		if (!got->s_aliases[i] || strcmp(got->s_aliases[i], line->names[i + 1]) != 0)
			return false;
	return !got->s_aliases[count] && strcmp(got->s_name, line->names[0]) == 0 &&
	       got->s_port == htons((uint16_t)line->port) &&
	       strcmp(got->s_proto, line->protocol) == 0;
}

/* The least room at an address. */
static size_t needed(const struct line *line, const char *start)
{
	size_t size = (8 - (uintptr_t)start % 8) % 8 + strlen(line->protocol) + 1;
	for (size_t i = 0; i <= alias_count(line); i++)
		size += sizeof(char *) + strlen(line->names[i]) + 1;
	return size;
}

static bool is_inside(const char *text, const char *room, size_t size)
{
	return text >= room && text + strlen(text) < room + size;
}

static bool all_inside(const struct servent *got, const char *room, size_t size)
{
	for (char **alias = got->s_aliases; *alias; alias++)
		if (!is_inside(*alias, room, size))
			return false;
	return is_inside(got->s_name, room, size) && is_inside(got->s_proto, room, size) &&
	       (uintptr_t)got->s_aliases % _Alignof(char *) == 0;
}

/* One question with one size of room: what comes back, and what must not change. */
static void ask_with(const struct line *line, char *room, size_t size)
{
	struct servent untouched, got;
	int err = BEFORE;
	memset(&untouched, 0x5a, sizeof(untouched));
	got = untouched;
	errno = BEFORE;
	enum nss_status status = _nss_portroll_getservbyport_r(
		htons((uint16_t)line->port), line->protocol, &got, room, size, &err);
	assert_int_equal(errno, BEFORE);
	if (size < needed(line, room)) {
		assert_int_equal(status, NSS_STATUS_TRYAGAIN);
		assert_int_equal(err, ERANGE);
		assert_memory_equal(&got, &untouched, sizeof(got));
		return;
	}
	assert_int_equal(status, NSS_STATUS_SUCCESS);
	assert_int_equal(err, BEFORE);
	assert_true(is_line(&got, line) && all_inside(&got, room, size));
}

static void every_size_of_room_at_every_alignment_is_kept(void **state)
{
	(void)state;
	char memory[ROOM], clean[ROOM];
	memset(clean, 0x77, sizeof(clean));
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		for (size_t offset = 64; offset < 80; offset++)
			for (size_t size = 0; size < 128; size++) {
				memcpy(memory, clean, sizeof(memory));
				ask_with(&lines[i], memory + offset, size);
				assert_memory_equal(memory, clean, offset);
				assert_memory_equal(memory + offset + size, clean,
						    ROOM - offset - size);
			}
}

static void room_may_end_where_memory_ends(void **state)
{
	(void)state;
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *memory =
		mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_true(memory != MAP_FAILED && mprotect(memory + page, page, PROT_NONE) == 0);
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		for (size_t size = 0; size < 128; size++)
			ask_with(&lines[i], memory + page - size, size);
	(void)munmap(memory, 2 * page);
}

static void room_may_be_nothing(void **state)
{
	(void)state;
	ask_with(&lines[1], NULL, 0);
}

#define NONE ARRAY_LEN(lines)

static void assert_answer(size_t line, enum nss_status status, const struct servent *got, int err)
{
	assert_int_equal(errno, BEFORE);
	assert_int_equal(status, line == NONE ? NSS_STATUS_NOTFOUND : NSS_STATUS_SUCCESS);
	assert_int_equal(err, line == NONE ? ENOENT : BEFORE);
	if (line < NONE && !is_line(got, &lines[line]))
		fail_msg("got %s %d/%s", got->s_name, ntohs((uint16_t)got->s_port), got->s_proto);
}

static void names_and_aliases_find_the_first_line_of_their_source(void **state)
{
	(void)state;
	static const struct {
		const char *name, *protocol;
		size_t line;
	} cases[] = {
		{"intranet", NULL, 1},     {"intranet", "tcp", 1},    {"intranet", "udp", NONE},
		{"www", NULL, 1},          {"www-http", "tcp", 1},    {"http", NULL, 9},
		{"http", "tcp", 9},        {"http", "udp", 2},        {"HTTP", NULL, NONE},
		{"http", "TCP", NONE},     {"http", "", NONE},        {"http", "udplite", NONE},
		{"http", "tcp ", NONE},    {"range", NULL, 3},        {"range", "udp", 4},
		{"range", "sctp", NONE},   {"twice", NULL, 7},        {"twice", "tcp", 8},
		{"Case", NULL, 10},        {"case", NULL, NONE},      {"with/slash", "dccp", 10},
		{"last", NULL, 11},        {"", NULL, NONE},          {"with blank", NULL, NONE},
		{"1234", NULL, NONE},      {"with#hash", NULL, NONE}, {"\vline", NULL, NONE},
		{"\xc3\xa9mile", NULL, 0}, {"\xff", NULL, NONE},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct servent got;
		char room[ROOM];
		int err = BEFORE;
		errno = BEFORE;
		enum nss_status status = _nss_portroll_getservbyname_r(
			cases[i].name, cases[i].protocol, &got, room, sizeof(room), &err);
		assert_answer(cases[i].line, status, &got, err);
	}
}

static void ports_are_in_network_order_and_of_16_bits(void **state)
{
	(void)state;
	static const struct {
		int port;
		const char *protocol;
		size_t line;
	} cases[] = {
		{0x5000, NULL, 1},      {0x5000, "tcp", 1},    {0x5000, "udp", 2},
		{0x5000, "sctp", NONE}, {0x5000, "TCP", NONE}, {80, NULL, NONE},
		{0, NULL, 0},           {0, "tcp", NONE},      {0xffff, NULL, 11},
		{0x15000, NULL, NONE},  {-0xb000, NULL, NONE}, {-1, NULL, NONE},
		{0x280d, NULL, 5},      {0x2823, NULL, 10},    {0x2923, NULL, NONE},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct servent got;
		char room[ROOM];
		int err = BEFORE;
		errno = BEFORE;
		enum nss_status status = _nss_portroll_getservbyport_r(
			cases[i].port, cases[i].protocol, &got, room, sizeof(room), &err);
		assert_answer(cases[i].line, status, &got, err);
	}
}

static void a_name_of_10000_bytes_is_looked_up(void **state)
{
	(void)state;
	static char name[10001];
	memset(name, 'x', sizeof(name) - 1);
	struct servent got;
	char room[ROOM];
	int err = BEFORE;
	errno = BEFORE;
	enum nss_status status =
		_nss_portroll_getservbyname_r(name, NULL, &got, room, sizeof(room), &err);
	assert_answer(NONE, status, &got, err);
}

static enum nss_status next_line(struct servent *ret, char *room, size_t size, int *ret_errno)
{
	errno = *ret_errno = BEFORE;
	return _nss_portroll_getservent_r(ret, room, size, ret_errno);
}

static void assert_walk(void)
{
	struct servent got;
	char room[ROOM];
	int err;
	for (size_t i = 0; i < ARRAY_LEN(lines) + 2; i++) {
		enum nss_status status = next_line(&got, room, sizeof(room), &err);
		assert_answer(i < NONE ? i : NONE, status, &got, err);
	}
}

static void the_walk_gives_every_line_once_and_begins_again(void **state)
{
	(void)state;
	assert_walk();
	for (int i = 0; i < 2; i++) {
		assert_int_equal(_nss_portroll_setservent(i), NSS_STATUS_SUCCESS);
		assert_walk();
	}
	assert_int_equal(_nss_portroll_endservent(), NSS_STATUS_SUCCESS);
	assert_int_equal(_nss_portroll_endservent(), NSS_STATUS_SUCCESS);
	assert_walk();
	(void)_nss_portroll_endservent();
}

static void a_line_without_room_comes_again(void **state)
{
	(void)state;
	struct servent got;
	char room[ROOM];
	int err;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		for (size_t size = 0; size < needed(&lines[i], room); size++) {
			assert_int_equal(next_line(&got, room, size, &err), NSS_STATUS_TRYAGAIN);
			assert_int_equal(err, ERANGE);
			assert_int_equal(errno, BEFORE);
		}
		enum nss_status status = next_line(&got, room, sizeof(room), &err);
		assert_answer(i, status, &got, err);
	}
	(void)_nss_portroll_endservent();
}

static void *take_lines(void *counts)
{
	struct servent got;
	char room[ROOM];
	int err;
	while (next_line(&got, room, sizeof(room), &err) == NSS_STATUS_SUCCESS)
		for (size_t i = 0; i < ARRAY_LEN(lines); i++)
			((size_t *)counts)[i] += is_line(&got, &lines[i]);
	return NULL;
}

static void threads_share_one_walk(void **state)
{
	(void)state;
	enum {
		THREADS = 8,
		ROUNDS = 50
	};
	static size_t counts[THREADS][ARRAY_LEN(lines)];
	pthread_t threads[THREADS];
	for (size_t round = 1; round <= ROUNDS; round++) {
		assert_int_equal(_nss_portroll_setservent(0), NSS_STATUS_SUCCESS);
		for (size_t i = 0; i < THREADS; i++)
			assert_int_equal(pthread_create(&threads[i], NULL, take_lines, counts[i]),
					 0);
		for (size_t i = 0; i < THREADS; i++)
			assert_int_equal(pthread_join(threads[i], NULL), 0);
		for (size_t line = 0; line < ARRAY_LEN(lines); line++) {
			size_t total = 0;
			for (size_t i = 0; i < THREADS; i++)
				total += counts[i][line];
			assert_int_equal(total, round);
		}
	}
	(void)_nss_portroll_endservent();
}

/* Others rewind and end the walk meanwhile: every answer is a line all the same. */
static void *disturb(void *unused)
{
	(void)unused;
	for (int i = 0; i < 2000; i++)
		(void)(i % 3 ? _nss_portroll_setservent(0) : _nss_portroll_endservent());
	return NULL;
}

static void a_walk_that_others_rewind_gives_whole_lines(void **state)
{
	(void)state;
	pthread_t threads[2];
	for (size_t i = 0; i < ARRAY_LEN(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, disturb, NULL), 0);
	for (int i = 0; i < 20000; i++) {
		struct servent got;
		char room[ROOM];
		int err;
		if (next_line(&got, room, sizeof(room), &err) != NSS_STATUS_SUCCESS)
			continue;
		bool found = false;
		for (size_t line = 0; line < ARRAY_LEN(lines); line++)
			found |= is_line(&got, &lines[line]);
		assert_true(found);
	}
	for (size_t i = 0; i < ARRAY_LEN(threads); i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	(void)_nss_portroll_endservent();
}

static int ask_all(void *unused)
{
	(void)unused;
	struct servent got;
	char room[ROOM];
	int err;
	size_t found = 0;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		int port = htons((uint16_t)lines[i].port);
		found += _nss_portroll_getservbyname_r(lines[i].names[0], NULL, &got, room,
						       sizeof(room), &err) == NSS_STATUS_SUCCESS;
		found += _nss_portroll_getservbyport_r(port, NULL, &got, room, sizeof(room),
						       &err) == NSS_STATUS_SUCCESS;
	}
	(void)_nss_portroll_setservent(0);
	while (next_line(&got, room, sizeof(room), &err) == NSS_STATUS_SUCCESS)
		found++;
	(void)_nss_portroll_endservent();
	return found == 3 * ARRAY_LEN(lines) ? PORTROLL_OK : PORTROLL_ENOMEM;
}

static void a_call_allocates_nothing(void **state)
{
	(void)state;
	assert_int_equal(ask_all(NULL), PORTROLL_OK);
	assert_int_equal(oom_sweep(ask_all, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size_of_room_at_every_alignment_is_kept),
		cmocka_unit_test(room_may_end_where_memory_ends),
		cmocka_unit_test(room_may_be_nothing),
		cmocka_unit_test(names_and_aliases_find_the_first_line_of_their_source),
		cmocka_unit_test(ports_are_in_network_order_and_of_16_bits),
		cmocka_unit_test(a_name_of_10000_bytes_is_looked_up),
		cmocka_unit_test(the_walk_gives_every_line_once_and_begins_again),
		cmocka_unit_test(a_line_without_room_comes_again),
		cmocka_unit_test(a_call_allocates_nothing),
		cmocka_unit_test(threads_share_one_walk),
		cmocka_unit_test(a_walk_that_others_rewind_gives_whole_lines),
	};
	return cmocka_run_group_tests(tests, write_snapshot, remove_snapshot);
}

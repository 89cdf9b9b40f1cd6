/* SPDX-License-Identifier: MIT */
#include "registry/change.h"

#include "random_registry.h"
#include "small.h"
#include "write_case.h"

/* What the operations on records say, each as a line: "replace 9982-9986 by 9982-9985", with the
 * transport, the port and the name of each. */
static void put_row(struct buf *out, const struct record *r)
{
	char port[RANGE_TEXT_MAX] = "";
	if (r->has_port)
		(void)range_format(port, r->port);
	const struct portroll_str words[] = {transport_name(r->transport), str_from(port), r->name};
	for (size_t i = 0, any = 0; i < ARRAY_LEN(words); i++) {
		buf_puts(out, words[i].len && any++ ? " " : "");
		buf_put(out, words[i]);
	}
}

static void put_operation(struct buf *out, const struct change *change, const struct registry *old,
			  const struct registry *new)
{
	static const char *const words[] = {"add ", "replace ", "move ", "remove "};
	buf_puts(out, words[change->op]);
	if (change->old != CHANGE_NONE)
		put_row(out, old->records[change->old]);
	if (change->op == CHANGE_REPLACE)
		buf_puts(out, " by ");
	if (change->op == CHANGE_ADD || change->op == CHANGE_REPLACE)
		put_row(out, new->records[change->new]);
	if (change->before != CHANGE_NONE) {
		buf_puts(out, " before ");
		put_row(out, old->records[change->before]);
	}
	buf_putc(out, '\n');
}

static void assert_told(const struct registry *old, const struct registry *new,
			const char *expected)
{
	struct arena a = ARENA_INIT;
	struct buf told = BUF_INIT(SIZE_MAX / 2);
	struct registry_change change;
	assert_int_equal(registry_compare(&change, old, new, &a), PORTROLL_OK);
	for (size_t i = 0; i < change.records.count; i++)
		put_operation(&told, &change.records.items[i], old, new);
	assert_lines_equal(buf_str(&told), str_from(expected));
	buf_done(&told);
	arena_done(&a);
}

#define ROW_MAX 8
struct told_case {
	struct small_row old[ROW_MAX], new[ROW_MAX];
	const char *told;
};

static const struct told_case told_cases[] = {
	{{{"http", "80", "tcp", "Web", NULL}}, {{"http", "80", "tcp", "Web", NULL}}, ""},
	/* A rename keeps the port. */
	{{{"fox-skytale", "4319", "tcp", "Fox SkyTale", NULL}},
	 {{"skytale", "4319", "tcp", "SkyTale", NULL}},
	 "replace tcp 4319 fox-skytale by tcp 4319 skytale\n"},
	/* A piece is taken at the end of a range, at the beginning, between. */
	{{{NULL, "9982-9986", NULL, "Unassigned", NULL}},
	 {{NULL, "9982-9985", NULL, "Unassigned", NULL},
	  {"kaostransport", "9986", "tcp", NULL, NULL},
	  {NULL, "9986", "udp", "Reserved", NULL}},
	 "replace 9982-9986 by 9982-9985\nadd tcp 9986 kaostransport\nadd udp 9986\n"},
	{{{NULL, "4794-4799", NULL, "Unassigned", NULL}},
	 {{NULL, "4794", "tcp", "Reserved", NULL},
	  {"veroce", "4794", "udp", NULL, NULL},
	  {NULL, "4795-4799", NULL, "Unassigned", NULL}},
	 "add tcp 4794 before 4794-4799\nadd udp 4794 veroce before 4794-4799\n"
	 "replace 4794-4799 by 4795-4799\n"},
	{{{NULL, "11431-11488", NULL, "Unassigned", NULL}},
	 {{NULL, "11431-11433", NULL, "Unassigned", NULL},
	  {"ollama", "11434", "tcp", NULL, NULL},
	  {NULL, "11434", "udp", "Reserved", NULL},
	  {NULL, "11435-11488", NULL, "Unassigned", NULL}},
	 "replace 11431-11488 by 11431-11433\nadd tcp 11434 ollama\nadd udp 11434\n"
	 "add 11435-11488\n"},
	/* What is left of a range is what says the same. */
	{{{NULL, "10-19", NULL, "Unassigned", NULL}},
	 {{NULL, "10-12", NULL, "Reserved", NULL}, {NULL, "13-19", NULL, "Unassigned", NULL}},
	 "add 10-12 before 10-19\nreplace 10-19 by 13-19\n"},
	{{{NULL, "10-19", NULL, "Unassigned", NULL}},
	 {{NULL, "12-15", NULL, "Reserved", NULL}},
	 "replace 10-19 by 12-15\n"},
	{{{NULL, "10-19", "tcp", "Unassigned", NULL}},
	 {{NULL, "12-15", "udp", "Unassigned", NULL}},
	 "add udp 12-15\nremove tcp 10-19\n"},
	/* The other transport of an assigned port is put to use. */
	{{{"snif", "7123", "tcp", "Snif", NULL}, {NULL, "7123", "udp", "Reserved", NULL}},
	 {{"snif", "7123", "tcp", "Snif", NULL}, {"snif", "7123", "udp", "Snif", NULL}},
	 "replace udp 7123 by udp 7123 snif\n"},
	/* A de-assigned port is the same port; the name lives on without one. */
	{{{"netconf-beep", "831", "tcp", "NETCONF", NULL}},
	 {{NULL, "831", "tcp", "Reserved", NULL}, {"netconf-beep", NULL, "tcp", "NETCONF", NULL}},
	 "replace tcp 831 netconf-beep by tcp 831\nadd tcp netconf-beep\n"},
	/* A name that gets a port, or another one, and was not there else. */
	{{{"spremotetablet", NULL, "tcp", "Tablet", NULL}},
	 {{"spremotetablet", "46998", "tcp", "Tablet", NULL}},
	 "replace tcp spremotetablet by tcp 46998 spremotetablet\n"},
	/* A name becomes a name first. */
	{{{"www", "80", "tcp", "Web", NULL}, {"www-http", "80", "tcp", "Web", NULL}},
	 {{"http", "80", "tcp", "Web", NULL}, {NULL, "80", "tcp", "Reserved", NULL}},
	 "replace tcp 80 www by tcp 80 http\nreplace tcp 80 www-http by tcp 80\n"},
	/* Equals are the same one by one; what is unaltered first. */
	{{{"rdp", NULL, NULL, "Reliable", NULL}, {"rdp", NULL, NULL, "Remote", NULL}},
	 {{"rdp", NULL, NULL, "Remote", NULL}},
	 "remove rdp\n"},
	{{{"rdp", NULL, NULL, "Reliable", NULL}, {"rdp", NULL, NULL, "Remote", NULL}},
	 {{"rdp", NULL, NULL, "Reliable 1", NULL}, {"rdp", NULL, NULL, "Remote 1", NULL}},
	 "replace rdp by rdp\nreplace rdp by rdp\n"},
	/* Only what does not stand in the old order is moved. */
	{{{"a", NULL, NULL, NULL, NULL},
	  {"b", NULL, NULL, NULL, NULL},
	  {"c", NULL, NULL, NULL, NULL}},
	 {{"c", NULL, NULL, NULL, NULL},
	  {"a", NULL, NULL, NULL, NULL},
	  {"b", NULL, NULL, NULL, NULL}},
	 "move c before a\n"},
	{{{"a", NULL, NULL, NULL, NULL},
	  {"b", NULL, NULL, NULL, NULL},
	  {"c", NULL, NULL, NULL, NULL}},
	 {{"b", NULL, NULL, NULL, NULL},
	  {"new", NULL, NULL, NULL, NULL},
	  {"a", NULL, NULL, "Other", NULL}},
	 "move b before a\nadd new before a\nreplace a by a\nremove c\n"},
};

static size_t row_count(const struct small_row *rows)
{
	size_t count = 0;
	while (count < ROW_MAX && (rows[count].name || rows[count].ports))
		count++;
	return count;
}

static void changes_are_what_a_person_would_tell(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	for (size_t i = 0; i < ARRAY_LEN(told_cases); i++) {
		const struct told_case *c = &told_cases[i];
		assert_told(small_registry(&a, c->old, row_count(c->old)),
			    small_registry(&a, c->new, row_count(c->new)), c->told);
	}
	arena_done(&a);
}

/* A record that only came from another copy is another; a number of a change makes none. */
static void the_copy_counts_and_the_change_does_not(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry_change change;
	struct registry *old = small_registry(&a, told_cases[0].old, 1);
	struct record r = *old->records[0];
	struct registry *new = registry_new(&a);
	r.change = 7;
	assert_int_equal(registry_add(new, &r), PORTROLL_OK);
	assert_int_equal(registry_compare(&change, old, new, &a), PORTROLL_OK);
	assert_true(registry_change_is_empty(&change));
	r.copy = 1;
	new->record_count = 0;
	assert_int_equal(registry_add(new, &r), PORTROLL_OK);
	assert_int_equal(registry_compare(&change, old, new, &a), PORTROLL_OK);
	assert_int_equal(change.records.count, 1);
	assert_int_equal(change.records.items[0].op, CHANGE_REPLACE);
	arena_done(&a);
}

static void a_person_of_another_id_is_the_same(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry_change change;
	struct registry *old = registry_new(&a), *new = registry_new(&a);
	const struct person before[] = {
		{.id = STR("ThreeGPP_2"), .org = STR("3GPP2")},
		{.id = STR("Unknown_1")},
	};
	const struct person after[] = {
		{.id = STR("Unknown_2")},
		{.id = STR("_3GPP_2"), .org = STR("3GPP2")},
	};
	for (size_t i = 0; i < ARRAY_LEN(before); i++) {
		assert_int_equal(registry_add_person(old, &before[i]), PORTROLL_OK);
		assert_int_equal(registry_add_person(new, &after[i]), PORTROLL_OK);
	}
	assert_int_equal(registry_compare(&change, old, new, &a), PORTROLL_OK);
	assert_false(registry_change_is_empty(&change));
	assert_int_equal(change.people.count, 3);
	assert_int_equal(change.people.items[0].op, CHANGE_ADD);
	assert_int_equal(change.people.items[0].before, 0);
	assert_int_equal(change.people.items[1].op, CHANGE_REPLACE);
	assert_int_equal(change.people.items[1].old, 0);
	assert_int_equal(change.people.items[1].new, 1);
	assert_int_equal(change.people.items[2].op, CHANGE_REMOVE);
	assert_int_equal(change.people.items[2].old, 1);
	arena_done(&a);
}

/* An item of a list after the operations: where it was, or where it is told. */
struct told {
	size_t count;
	uint32_t old[256], new[256];
};

static void tell_one(struct told *told, uint32_t old, uint32_t new)
{
	assert_true(told->count < ARRAY_LEN(told->old));
	told->old[told->count] = old;
	told->new[told->count++] = new;
}

/* Applies the operations in the plainest way; fails when they break their own rules. */
static struct told apply(struct random *random, const struct change_list *list, size_t old_count)
{
	struct told told = {0};
	for (uint32_t i = 0; i <= old_count; i++) {
		bool stays = i < old_count;
		uint32_t by = CHANGE_NONE;
		for (size_t k = 0; k < list->count; k++) {
			const struct change *c = &list->items[k];
			if ((c->op == CHANGE_MOVE || c->op == CHANGE_REMOVE) && c->old == i)
				stays = false;
			if (c->op == CHANGE_REPLACE && c->old == i)
				by = c->new;
			if ((c->op == CHANGE_ADD || c->op == CHANGE_MOVE) &&
			    c->before == (i < old_count ? i : CHANGE_NONE))
				tell_one(&told, c->op == CHANGE_ADD ? CHANGE_NONE : c->old, c->new);
		}
		for (size_t k = 0; k < list->count && !stays && i < old_count; k++)
			check(random, list->items[k].before != i);
		if (stays)
			tell_one(&told, i, by);
	}
	return told;
}

struct two_lists {
	const struct registry *old, *new;
	size_t old_count, new_count;
	bool (*same)(const struct registry *old, size_t i, const struct registry *new, size_t j);
};

/* Does the list become the new one, and is each replaced that is another, and no other? */
static void check_list(struct random *random, const struct change_list *list,
		       const struct two_lists *lists)
{
	struct told told = apply(random, list, lists->old_count);
	check(random, told.count == lists->new_count);
	for (uint32_t j = 0; j < told.count; j++) {
		uint32_t old = told.old[j];
		bool replaced = old == CHANGE_NONE;
		check(random, told.new[j] == CHANGE_NONE || told.new[j] == j);
		for (size_t k = 0; k < list->count; k++)
			if (list->items[k].op == CHANGE_REPLACE && list->items[k].old == old &&
			    old != CHANGE_NONE) {
				check(random, !replaced && list->items[k].new == j);
				replaced = true;
			}
		check(random, replaced == (old == CHANGE_NONE ||
					   !lists->same(lists->old, old, lists->new, j)));
	}
}

static bool same_record(const struct registry *old, size_t i, const struct registry *new, size_t j)
{
	return record_equal(old->records[i], new->records[j]);
}

static bool same_person(const struct registry *old, size_t i, const struct registry *new, size_t j)
{
	return person_equal(old->people[i], new->people[j]);
}

static bool same_footnote(const struct registry *old, size_t i, const struct registry *new,
			  size_t j)
{
	return footnote_equal(&old->footnotes[i], &new->footnotes[j]);
}

static void check_change(struct random *random, const struct registry_change *change,
			 const struct registry *old, const struct registry *new)
{
	const struct two_lists records = {old, new, old->record_count, new->record_count,
					  same_record};
	const struct two_lists people = {old, new, old->person_count, new->person_count,
					 same_person};
	const struct two_lists footnotes = {old, new, old->footnote_count, new->footnote_count,
					    same_footnote};
	check_list(random, &change->records, &records);
	check_list(random, &change->people, &people);
	check_list(random, &change->footnotes, &footnotes);
	check(random, change->header != header_equal(&old->header, &new->header));
	check(random, registry_change_is_empty(change) == registry_equal(old, new, NULL, NULL));
}

static size_t operation_count(const struct registry_change *change)
{
	return change->records.count + change->people.count + change->footnotes.count +
	       (size_t)change->header;
}

static void random_edits_are_found(void **state)
{
	(void)state;
	struct random random;
	for_rounds(&random, 4000)
	{
		struct arena a = ARENA_INIT;
		struct random_registry r = {&random, &a, .unique = random_below(&random, 2)};
		struct registry_change change;
		size_t edits = random_below(&random, 12);
		struct registry *old = random_registry(&r);
		struct registry *new = random_edited(&r, old, edits);
		check(&random, registry_compare(&change, old, new, &a) == PORTROLL_OK);
		check_change(&random, &change, old, new);
		if (r.unique)
			check(&random, operation_count(&change) <= edits);
		check(&random, registry_compare(&change, new, old, &a) == PORTROLL_OK);
		check_change(&random, &change, new, old);
		arena_done(&a);
	}
}

/* The longest row of items in the old order stays: tried against all rows of short lists. */
static void the_fewest_are_moved(void **state)
{
	(void)state;
	struct random random;
	for_rounds(&random, 500)
	{
		struct arena a = ARENA_INIT;
		struct random_registry r = {&random, &a, .unique = true};
		struct registry *old = registry_new(&a), *new = registry_new(&a);
		struct registry_change change;
		uint32_t order[9], count = 1 + random_below(&random, ARRAY_LEN(order)), most = 0;
		for (uint32_t i = 0; i < count; i++) {
			uint32_t at = random_below(&random, i + 1);
			check(&random, registry_add(old, random_record(&r)) == PORTROLL_OK);
			memmove(&order[at + 1], &order[at], (i - at) * sizeof(*order));
			order[at] = i;
		}
		for (uint32_t j = 0; j < count; j++)
			check(&random, registry_add(new, old->records[order[j]]) == PORTROLL_OK);
		for (uint32_t chosen = 0; chosen < 1U << count; chosen++) {
			uint32_t length = 0, next = 0;
			bool rises = true;
			for (uint32_t j = 0; j < count; j++)
				if (chosen & 1U << j) {
					rises = rises && order[j] >= next;
					next = order[j];
					length++;
				}
			most = rises && length > most ? length : most;
		}
		check(&random, registry_compare(&change, old, new, &a) == PORTROLL_OK);
		check(&random, change.records.count == count - most);
		arena_done(&a);
	}
}

static const char told_2025_to_2026[] =
	"replace tcp 300 tacacss by tcp 300 tacacss\n"
	"replace udp 546 dhcpv6-client by udp 546 dhcpv6-client\n"
	"replace udp 547 dhcpv6-server by udp 547 dhcpv6-server\n"
	"replace tcp 831 by tcp 831\nreplace udp 831 by udp 831\n"
	"replace tcp 832 by tcp 832\nreplace udp 832 by udp 832\n"
	"replace tcp 833 by tcp 833\nreplace udp 833 by udp 833\n"
	"replace tcp 1980 pearldoc-xact by tcp 1980 panquest-xact\n"
	"replace udp 1980 pearldoc-xact by udp 1980 panquest-xact\n"
	"replace tcp 4319 fox-skytale by tcp 4319 skytale\n"
	"replace udp 4319 fox-skytale by udp 4319 skytale\n"
	"replace tcp 4413 avi-nms by tcp 4413 vision-mon\n"
	"replace udp 4413 avi-nms-disc by udp 4413 vision-mon-disc\n"
	"replace sctp 4502 a25-fap-fgw by sctp 4502 a25-fap-fgw\n"
	"replace tcp 5318 pkix-cmc by tcp 5318 pkix-cmc\n"
	"replace udp 8809 3gpp-monp by udp 8809 3gpp-monp\n"
	"replace 9982-9986 by 9982-9985\n"
	"add tcp 9986 kaostransport before tcp 9987 dsm-scm-target\n"
	"add udp 9986 before tcp 9987 dsm-scm-target\n"
	"replace 11431-11488 by 11431-11433\n"
	"add tcp 11434 ollama before tcp 11489 asgcypresstcps\n"
	"add udp 11434 before tcp 11489 asgcypresstcps\n"
	"add 11435-11488 before tcp 11489 asgcypresstcps\n"
	"replace udp 28119 a27-ran-ran by udp 28119 a27-ran-ran\n"
	"replace sctp 29118 sgsap by sctp 29118 sgsap\n"
	"replace sctp 29168 sbcap by sctp 29168 sbcap\n"
	"replace sctp 29169 iuhsctpassoc by sctp 29169 iuhsctpassoc\n"
	"replace udp 36411 wlcp by udp 36411 wlcp\n"
	"replace sctp 36423 slmap by sctp 36423 slmap\n"
	"replace sctp 36424 nq-ap by sctp 36424 nq-ap\n"
	"replace sctp 37472 3gpp-w1ap by sctp 37472 3gpp-w1ap\n"
	"replace netconf-beep by netconf-beep\n"
	"replace netconfsoapbeep by netconfsoapbeep\n"
	"replace netconfsoaphttp by netconfsoaphttp\n";

static bool has_rename(const struct registry_change *change, const struct write_case *files,
		       const char *old, const char *new)
{
	for (size_t i = 0; i < change->people.count; i++) {
		const struct change *c = &change->people.items[i];
		if (c->op == CHANGE_REPLACE &&
		    str_equal(files[0].reg->people[c->old]->id, str_from(old)) &&
		    str_equal(files[1].reg->people[c->new]->id, str_from(new)))
			return true;
	}
	return false;
}

static void the_changes_of_iana_are_told(void **state)
{
	(void)state;
	struct write_case files[2];
	if (!case_shared(&files[0], "iana-2025-10-22.xml", "xml"))
		skip();
	if (!case_shared(&files[1], "iana-2026-02-13.xml", "xml")) {
		case_done(&files[0]);
		skip();
	}
	struct arena a = ARENA_INIT;
	struct registry_change change;
	assert_told(files[0].reg, files[1].reg, told_2025_to_2026);
	assert_int_equal(registry_compare(&change, files[0].reg, files[1].reg, &a), PORTROLL_OK);
	assert_true(has_rename(&change, files, "ThreeGPP_2", "_3GPP_2"));
	arena_done(&a);
	case_done(&files[0]);
	case_done(&files[1]);
}

static int compare_small(void *context)
{
	struct registry **pair = context;
	struct arena a = ARENA_INIT;
	struct registry_change change;
	int r = registry_compare(&change, pair[0], pair[1], &a);
	arena_done(&a);
	return r;
}

static void comparing_survives_any_failing_allocation(void **state)
{
	(void)state;
	struct random random;
	struct arena a = ARENA_INIT;
	random_begin_round(&random, 0);
	struct random_registry r = {&random, &a, .unique = false};
	struct registry *pair[2] = {random_registry(&r), random_registry(&r)};
	oom_sweep(compare_small, pair);
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_are_what_a_person_would_tell),
		cmocka_unit_test(the_copy_counts_and_the_change_does_not),
		cmocka_unit_test(a_person_of_another_id_is_the_same),
		cmocka_unit_test(random_edits_are_found),
		cmocka_unit_test(the_fewest_are_moved),
		cmocka_unit_test(the_changes_of_iana_are_told),
		cmocka_unit_test(comparing_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

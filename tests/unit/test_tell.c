/* SPDX-License-Identifier: MIT */
#include "registry/tell.h"

#include "random.h"

/*
 * A registry as text: a line for each record,
 *	name port transport description | assignee | contact | registered | modified | reference |
 *note with "-" for what is not there, and a line "@id name org" for each person.
 */

static struct portroll_str word(struct portroll_str *rest)
{
	struct portroll_str w = {0};
	if (!str_word(rest, &w) || str_equal(w, STR("-")))
		return STR("");
	return w;
}

static struct portroll_str column(struct portroll_str *rest)
{
	struct portroll_str c = {0};
	if (!str_cut(rest, '|', &c))
		return STR("");
	c = str_trim(c);
	return str_equal(c, STR("-")) ? STR("") : c;
}

static struct xref_list one_xref(struct arena *a, uint8_t type, struct portroll_str data)
{
	if (data.len == 0)
		return (struct xref_list){0};
	struct xref *x = arena_alloc(a, sizeof(*x));
	assert_non_null(x);
	if (type == XREF_TEXT)
		*x = xref_from_label(a, data);
	else
		*x = (struct xref){.type = type, .data = data};
	return (struct xref_list){x, 1};
}

static struct date date_of(struct portroll_str text)
{
	struct date date = {0};
	if (text.len)
		assert_int_equal(date_parse(&date, text), PORTROLL_OK);
	return date;
}

static void add_record(struct registry *reg, struct portroll_str line)
{
	struct record r = {0};
	struct portroll_str what = column(&line);
	r.name = word(&what);
	struct portroll_str port = word(&what), transport = word(&what);
	r.has_port = port.len > 0;
	if (port.len)
		assert_int_equal(range_parse(&r.port, port), PORTROLL_OK);
	if (transport.len)
		assert_int_equal(transport_parse(&r.transport, transport), PORTROLL_OK);
	r.description = richtext_plain(reg->arena, str_trim(what));
	r.assignee = one_xref(reg->arena, XREF_PERSON, column(&line));
	r.has_assignee = r.assignee.count > 0;
	r.contacts = one_xref(reg->arena, XREF_PERSON, column(&line));
	r.registered = date_of(column(&line));
	r.modified = date_of(column(&line));
	r.references = one_xref(reg->arena, XREF_TEXT, column(&line));
	r.note = richtext_plain(reg->arena, column(&line));
	assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
}

static void add_person(struct registry *reg, struct portroll_str line)
{
	struct person p = {.id = word(&line)};
	p.id = str_part(p.id, 1, p.id.len);
	p.name = word(&line);
	p.org = word(&line);
	assert_int_equal(registry_add_person(reg, &p), PORTROLL_OK);
}

static struct registry *registry_of(struct arena *a, const char *text)
{
	struct registry *reg = registry_new(a);
	struct portroll_str rest = str_from(text), line;
	assert_non_null(reg);
	while (rest.len && str_cut(&rest, '\n', &line))
		if (str_starts(line, STR("@")))
			add_person(reg, line);
		else
			add_record(reg, line);
	return reg;
}

static void check_told(const char *fact, const char *old_text, const char *new_text,
		       const char *told)
{
	struct arena a = ARENA_INIT;
	struct buf lines = BUF_INIT(1U << 16);
	struct registry_change change;
	struct telling_list list;
	const struct registry *old = registry_of(&a, old_text), *new = registry_of(&a, new_text);
	assert_int_equal(registry_compare(&change, old, new, &a), PORTROLL_OK);
	assert_int_equal(tell_change(&list, old, new, &change, &a), PORTROLL_OK);
	for (size_t i = 0; i < list.count; i++) {
		buf_puts(&lines, telling_words[list.items[i].kind].key);
		buf_puts(&lines, ": ");
		telling_put_line(&lines, &list, &list.items[i]);
		buf_putc(&lines, '\n');
	}
	if (!str_equal(buf_str(&lines), str_from(told)))
		fail_msg("%s:\n%.*sis not\n%s", fact, PORTROLL_STR_ARG(buf_str(&lines)), told);
	buf_done(&lines);
	arena_done(&a);
}

static const struct {
	const char *fact, *old, *new, *told;
} rows[] = {
	{"nothing changed: nothing is told", "a 80 tcp A\n", "a 80 tcp A\n", ""},

	{"all transports of a service are renamed at once", "a 80 tcp A\na 80 udp A\n",
	 "b 80 tcp A\nb 80 udp A\n", "rename: a 80/tcp/udp is now b\n"},
	{"a rename tells what else changed, and the modification date",
	 "a 80 tcp A|X|X|2001|-\n@X - Xorg\n@Y - Yorg\n",
	 "b 80 tcp B|Y|X|2001|2002\n@X - Xorg\n@Y - Yorg\n",
	 "rename: a 80/tcp is now b; assignee X -> Y; description \"A\" -> \"B\"; modified 2002\n"},
	{"another service on the port, registered anew by others, is no rename",
	 "a 80 tcp A|X|X|2001\n@X\n@Y\n", "b 80 tcp B|Y|Y|2002\n@X\n@Y\n",
	 "taken: a 80/tcp gives way to b; assignee X -> Y; contact X -> Y; description \"A\" -> "
	 "\"B\"; "
	 "registered 2001 -> 2002\n"},
	{"a name without a port is renamed where all else is the same", "a - tcp A|X|X|2001\n@X\n",
	 "b - tcp A|X|X|2001\n@X\n", "rename: a tcp is now b\n"},

	{"an assignment tells the end of the range that was cut off, and the sibling",
	 "- 10-14 - Unassigned\n",
	 "- 10-13 - Unassigned\na 14 tcp A|X|X|2025\n- 14 udp Reserved\n@X\n",
	 "assign: a 14/tcp to X; Reserved 14/udp; Unassigned 10-14 is now 10-13; registered 2025\n"
	 "people_added: X\n"},
	{"an assignment in the middle of a range splits it", "- 10-14 - Unassigned\n",
	 "- 10-11 - Unassigned\na 12 tcp A\na 12 udp A\n- 13-14 - Unassigned\n",
	 "assign: a 12/tcp/udp; Unassigned 10-14 is now 10-11, 13-14\n"},
	{"an assignment of all of a range leaves nothing of it", "- 10 - Unassigned\n",
	 "a 10 tcp A\na 10 udp A\n", "assign: a 10/tcp/udp; from Unassigned 10\n"},
	{"two ports out of one range are two assignments", "- 10-14 - Unassigned\n",
	 "- 10 - Unassigned\na 11 tcp A\n- 12 - Unassigned\nb 13 udp B\n- 14 - Unassigned\n",
	 "assign: a 11/tcp; Unassigned 10-14 is now 10, 12, 14\n"
	 "assign: b 13/udp; from Unassigned 10-14\n"},
	{"two names of one port are one assignment", "- 10 - Unassigned\n",
	 "a 10 tcp A\nb 10 udp B\n", "assign: a 10/tcp, b 10/udp; from Unassigned 10\n"},
	{"a Reserved port whose other transport has a service is put to use",
	 "a 10 tcp A\n- 10 udp Reserved\n", "a 10 tcp A\na 10 udp A\n",
	 "use: a 10/udp, Reserved until now,\n"},
	{"a Reserved port without another service is assigned", "- 10 tcp Reserved\n",
	 "a 10 tcp A\n", "assign: a 10/tcp; it was Reserved\n"},
	{"a name that had no port gets one", "- 10 - Unassigned\na - tcp A\n", "a 10 tcp A\n",
	 "assign: a 10/tcp; from Unassigned 10; the name had no port before\n"},

	{"a de-assigned port becomes Reserved, and the name goes on", "a 831 tcp A\na 831 udp A\n",
	 "- 831 tcp Reserved |||||| Previously assigned\n- 831 udp Reserved |||||| Previously "
	 "assigned\na - - A\n",
	 "deassign: a 831/tcp/udp, now Reserved; the name goes on without a port\n"},
	{"a de-assigned port goes back to the range",
	 "- 10-13 - Unassigned\na 14 tcp A\n- 14 udp Reserved\n", "- 10-14 - Unassigned\n",
	 "deassign: a 14/tcp; Unassigned 10-13 is now 10-14\n"},
	{"a record that is gone without a trace is removed, not de-assigned",
	 "a 80 tcp A\nb 80 tcp A\n", "a 80 tcp A\n", "gone: b 80/tcp\n"},
	{"a service that has another port", "a 80 tcp A\n", "a 81 tcp A\n",
	 "port: a 80/tcp -> 81/tcp\n"},

	{"new and removed names are told once for all transports", "a - tcp A\na - udp A\n",
	 "b - tcp B\nb - udp B\n", "name: b tcp/udp; without a port\ngone: a tcp/udp\n"},

	{"another assignee is a transfer, told for all its services",
	 "a 80 tcp A|X|X\nb 81 tcp B|X|X\n@X - Xorg\n@Y - Yorg\n",
	 "a 80 tcp A|Y|X|-|2020\nb 81 tcp B|Y|X|-|2020\n@X - Xorg\n@Y - Yorg\n",
	 "transfer: a 80/tcp, b 81/tcp: X -> Y; modified 2020\n"},
	{"another id of who is called the same is no transfer",
	 "a 80 tcp A|X|C\n@X - Xorg\n@X_2 x Xorg\n@C\n",
	 "a 80 tcp A|X_2|C|-|2020\n@X - Xorg\n@X_2 x Xorg\n@C\n",
	 "assignee: a 80/tcp: X -> X_2, of the same name; modified 2020\n"},
	{"an assignee where only a contact was is no transfer",
	 "a 80 tcp A||X\n@X - Xorg\n@Y - Yorg\n", "a 80 tcp A|Y|X|-|2020\n@X - Xorg\n@Y - Yorg\n",
	 "assignee: a 80/tcp: X -> Y; modified 2020\n"},
	{"a changed id is told as that, with the records that refer to it, and not as a transfer",
	 "a 80 tcp A|Three_2|C\nb 81 tcp B|C|Three_2\n@Three_2 - Three\n@C\n",
	 "a 80 tcp A|_3_2|C\nb 81 tcp B|C|_3_2\n@_3_2 - Three\n@C\n",
	 "person_id: Three_2 is now _3_2 (Three), the same under another id, in a 80/tcp, b "
	 "81/tcp\n"},
	{"a record that refers to a changed id and changed otherwise tells the rest only",
	 "a 80 tcp A|Old|C\n@Old - Org\n@C\n", "a 80 tcp B|New|C|-|2020\n@New - Org\n@C\n",
	 "description: a 80/tcp: \"A\" -> \"B\"; modified 2020\n"
	 "person_id: Old is now New (Org)\n"},
	{"of ids of which nothing else is known none is the other", "a 80 tcp A|X|C\n@X\n@C\n",
	 "a 80 tcp A|Y|C|-|2020\n@Y\n@C\n",
	 "assignee: a 80/tcp: X -> Y; modified 2020\npeople_added: Y\npeople_removed: X\n"},
	{"a contact changes", "a 80 tcp A|X|X\n@X - x\n@Y - y\n",
	 "a 80 tcp A|X|Y|-|2020\n@X - x\n@Y - y\n", "contact: a 80/tcp: X -> Y; modified 2020\n"},

	{"a draft that became an RFC is told once, without a new date",
	 "a 80 tcp A||||2001|RFC-ietf-x-1\nb 81 tcp B||||2002|RFC-ietf-x-1\n",
	 "a 80 tcp A||||2001|RFC9999\nb 81 tcp B||||2002|RFC9999\n",
	 "reference: a 80/tcp, b 81/tcp: [RFC-ietf-x-1] became [RFC9999]; without a new "
	 "modification date\n"},
	{"a note that changed without a new modification date is told as that",
	 "a 80 tcp A||||2001|-|one\n", "a 80 tcp A||||2001|-|two\n",
	 "note: a 80/tcp: \"one\" -> \"two\"; without a new modification date\n"},
	{"a note that changed with its date", "a 80 tcp A||||2001|-|one\n",
	 "a 80 tcp A||||2002|-|two\n", "note: a 80/tcp: \"one\" -> \"two\"; modified 2002\n"},
	{"where no record has such a date none is missed", "a 80 tcp A |||||| one\n",
	 "a 80 tcp A |||||| two\n", "note: a 80/tcp: \"one\" -> \"two\"\n"},
	{"the modification date alone", "a 80 tcp A||||2001\n", "a 80 tcp A||||2002\n",
	 "modified: a 80/tcp: 2002\n"},
	{"the registration date", "a 80 tcp A|||2001\n", "a 80 tcp A|||2002\n",
	 "registered: a 80/tcp: 2001 -> 2002\n"},
	{"a long text is told from where it differs",
	 "a 80 tcp A |||||| one two three four five six seven eight nine ten eleven twelve old\n",
	 "a 80 tcp A |||||| one two three four five six seven eight nine ten eleven twelve new\n",
	 "note: a 80/tcp: \"\xe2\x80\xa6old\" -> \"\xe2\x80\xa6new\"\n"},

	{"ranges by themselves", "- 10-14 - Unassigned\n",
	 "- 10-11 - Unassigned\n- 12-14 - Unassigned\n",
	 "range: Unassigned 10-14 is now Unassigned 10-11, 12-14\n"},
	{"an Unassigned port that is Reserved now", "- 10 - Unassigned\n", "- 10 - Reserved\n",
	 "range: Unassigned 10 is now Reserved 10\n"},

	{"people", "a 80 tcp A|X|Z\n@X Name Org\n@Y\n@Z - z\n",
	 "a 80 tcp A|X|Z\n@X Name Other\n@Z - z\n@W\n",
	 "person: X: organisation Org -> Other\npeople_added: W\npeople_removed: Y\n"},
	{"the order", "a 80 tcp A\nb 80 tcp B\nc 80 tcp C\n",
	 "b 80 tcp B\nc 80 tcp C\na 80 tcp A\n",
	 "moved: 1 record stands elsewhere in the order: a 80/tcp\n"},
	{"what is written otherwise and shown as before", "a 80 tcp one  two\n",
	 "a 80 tcp one two\n", "form: 1 record written otherwise, and shown as before\n"},
};

static void every_kind_of_change_is_told_in_its_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		check_told(rows[i].fact, rows[i].old, rows[i].new, rows[i].told);
}

static void headers_are_told_by_their_parts(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf lines = BUF_INIT(1U << 16);
	struct registry *old = registry_new(&a), *new = registry_new(&a);
	struct registry_change change;
	struct telling_list list;
	(void)state;
	old->header.title = new->header.title = STR("Title");
	old->header.updated = (struct date){2025, 10, 22};
	new->header.updated = (struct date){2026, 2, 13};
	old->header.expert = STR("TCP/UDP: A B, C D and\nE F\nSCTP: G");
	new->header.expert = STR("TCP/UDP: A B and E F\nSCTP: G and H");
	new->header.registration_rule = STR("Expert Review");
	assert_int_equal(registry_compare(&change, old, new, &a), PORTROLL_OK);
	assert_int_equal(tell_change(&list, old, new, &change, &a), PORTROLL_OK);
	for (size_t i = 0; i < list.count; i++) {
		telling_put_line(&lines, &list, &list.items[i]);
		buf_putc(&lines, '\n');
	}
	assert_text(buf_str(&lines), "no longer C D (TCP/UDP); now also H (SCTP)\n"
				     "registration rule\n"
				     "2025-10-22 -> 2026-02-13\n");
	buf_clear(&lines);
	telling_put_counts(&lines, &list);
	assert_text(buf_str(&lines), "1 change of experts, 1 change of the header");
	buf_done(&lines);
	arena_done(&a);
}

static void put_one(struct buf *line, struct random *random, const char *const *words,
		    uint32_t count, char end)
{
	buf_puts(line, words[random_below(random, count)]);
	buf_putc(line, end);
}

/* Of few names, ports, texts and people, so that much of it is alike. */
static struct registry *random_registry(struct arena *a, struct random *random)
{
	static const char *const names[] = {"-", "-", "a", "b", "A"};
	static const char *const ports[] = {"-", "1", "2", "1-5", "2-3", "0-65535"};
	static const char *const protocols[] = {"-", "tcp", "udp"};
	static const char *const texts[] = {"Unassigned", "Reserved", "x", "De-assigned"};
	static const char *const people[] = {"-", "P", "Q"};
	static const char *const dates[] = {"-", "2001", "2002"};
	struct registry *reg = registry_new(a);
	struct buf line = BUF_INIT(1024);
	for (size_t i = random_below(random, 12); i > 0; i--) {
		buf_clear(&line);
		put_one(&line, random, names, 5, ' ');
		put_one(&line, random, ports, 6, ' ');
		put_one(&line, random, protocols, 3, ' ');
		put_one(&line, random, texts, 4, '|');
		put_one(&line, random, people, 3, '|');
		put_one(&line, random, people, 3, '|');
		put_one(&line, random, dates, 3, '|');
		put_one(&line, random, dates, 3, '|');
		add_record(reg, arena_str(a, buf_str(&line)));
	}
	if (random_below(random, 2))
		add_person(reg, STR("@P Name Org"));
	add_person(reg, random_below(random, 2) ? STR("@Q Name Org") : STR("@Q"));
	buf_done(&line);
	return reg;
}

/* Takes the record off the list. */
static bool take_off(const struct record **records, size_t count, const struct record *r)
{
	for (size_t i = 0; i < count; i++)
		if (records[i] == r) {
			records[i] = NULL;
			return true;
		}
	return false;
}

static bool take_equal(const struct record **records, size_t count, const struct record *r)
{
	for (size_t i = 0; i < count; i++)
		if (records[i] && record_equal(records[i], r)) {
			records[i] = NULL;
			return true;
		}
	return false;
}

static void each_record_that_changed_is_told_once_and_no_other(void **state)
{
	struct random random;
	(void)state;
	for_rounds(&random, 5000)
	{
		struct arena a = ARENA_INIT;
		struct buf lines = BUF_INIT(1U << 16);
		struct registry_change change;
		struct telling_list list;
		struct registry *old = random_registry(&a, &random),
				*new = random_registry(&a, &random);
		assert_int_equal(registry_compare(&change, old, new, &a), PORTROLL_OK);
		assert_int_equal(tell_change(&list, old, new, &change, &a), PORTROLL_OK);
		for (size_t i = 0; i < list.count; i++) {
			const struct telling *t = &list.items[i];
			telling_put_line(&lines, &list, t);
			for (size_t k = 0; k < t->part_count && t->kind != TELL_MOVED; k++) {
				const struct telling_part *part = &t->parts[k];
				check(&random,
				      !part->old ||
					      take_off(old->records, old->record_count, part->old));
				check(&random,
				      !part->new ||
					      take_off(new->records, new->record_count, part->new));
			}
		}
		check(&random, !lines.failed);
		for (size_t i = 0; i < old->record_count; i++)
			check(&random,
			      !old->records[i] ||
				      take_equal(new->records, new->record_count, old->records[i]));
		for (size_t i = 0; i < new->record_count; i++)
			check(&random, !new->records[i]);
		buf_done(&lines);
		arena_done(&a);
	}
}

struct pair {
	const struct registry *old, *new;
	struct registry_change change;
};

static int tell_pair(void *context)
{
	const struct pair *pair = context;
	struct arena a = ARENA_INIT;
	struct buf lines = BUF_INIT(1U << 16);
	struct telling_list list;
	int r = tell_change(&list, pair->old, pair->new, &pair->change, &a);
	for (size_t i = 0; r == PORTROLL_OK && i < list.count; i++)
		telling_put_line(&lines, &list, &list.items[i]);
	if (r == PORTROLL_OK)
		r = lines.failed;
	buf_done(&lines);
	arena_done(&a);
	return r;
}

static void telling_survives_any_failing_allocation(void **state)
{
	static const char old_text[] =
		"- 10-14 - Unassigned\na 80 tcp A|Old|C|2001\nb - tcp B|C|C|2001\n"
		"r 90 tcp R\nn - tcp N|||||n\n@Old - Org\n@C\n";
	static const char new_text[] =
		"- 10-13 - Unassigned\nx 14 tcp X\n- 14 udp Reserved\na 80 tcp B|New|C|2001\n"
		"c - tcp B|C|C|2001\n- 90 tcp Reserved\nr - - R\nn - tcp N|||||m\n@New - Org\n@C\n";
	(void)state;
	struct arena a = ARENA_INIT;
	struct pair pair = {registry_of(&a, old_text), registry_of(&a, new_text), {0}};
	assert_int_equal(registry_compare(&pair.change, pair.old, pair.new, &a), PORTROLL_OK);
	oom_sweep(tell_pair, &pair);
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_change_is_told_in_its_words),
		cmocka_unit_test(headers_are_told_by_their_parts),
		cmocka_unit_test(each_record_that_changed_is_told_once_and_no_other),
		cmocka_unit_test(telling_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

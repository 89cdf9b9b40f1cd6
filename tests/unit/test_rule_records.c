/* SPDX-License-Identifier: MIT */
#include "procedure/rule_records.h"

#include "procedure/rule_tables.h"
#include "small.h"

struct kept {
	struct small_row row;
	const char *person, *assignee; /* ids */
	uint32_t code;
	const char *registered, *modified, *reference; /* [RFC6335] */
	const char *extra;                             /* the name of an attribute */
};

struct kept_person {
	const char *id, *name, *uri;
};

#define KEPT_MAX 6

/* A registry, and how many findings of that rule there are. */
static const struct records_case {
	const char *id;
	size_t findings;
	struct kept kept[KEPT_MAX];
	struct kept_person people[KEPT_MAX];
	const char *updated, *note; /* of the header; NULL: as it should be */
} cases[] = {
#define NAMED(name)                                                                                \
	{                                                                                          \
		.row = { name, "9", "tcp", "Discard", NULL }                                       \
	}
#define IESG_AND_CHAIR                                                                             \
	{                                                                                          \
		{"IESG", "IESG", "mailto:iesg&ietf.org"},                                          \
		{                                                                                  \
			"IETF_Chair", "IETF Chair", "mailto:chair&ietf.org"                        \
		}                                                                                  \
	}
	/* clang-format off */
	{"N01", 1, .kept = {NAMED("abcdefghijklmnop")}},
	{"N01", 0, .kept = {NAMED("abcdefghijklmno")}},
	{"N02", 1, .kept = {NAMED("esri_sde")}},
	{"N02", 1, .kept = {NAMED("caf\xc3\xa9")}},
	{"N02", 0, .kept = {NAMED("esri-sde")}},
	{"N03", 1, .kept = {NAMED("23")}},
	{"N03", 0, .kept = {NAMED("3com-tsmux")}},
	{"N04", 2, .kept = {NAMED("-a"), NAMED("a-")}},
	{"N04", 0, .kept = {NAMED("a-b")}},
	{"N05", 1, .kept = {NAMED("a--b")}},
	{"N05", 0, .kept = {NAMED("1-2-a3-4")}},
	{"N06", 1, .kept = {NAMED("discard"), NAMED("Discard")}},
	{"N06", 0, .kept = {NAMED("discard"), NAMED("discard")}},
#define OLD(name, port, transport, new)                                                            \
	{.row = {name, port, transport, "ESRI SDE Instance",                                       \
		 "This entry is an alias to \"" new "\".\nThis entry is now historic, not usable"}}
#define NEW(name, port, transport, old)                                                            \
	{.row = {name, port, transport,                                                            \
		 "ESRI SDE Instance\nIANA assigned this well-formed service name as a\n"           \
		 "replacement for \"" old "\".", NULL}}
	{"N16", 0, .kept = {NEW("esri-sde", "5151", "tcp", "esri_sde"), OLD("esri_sde", "5151", "tcp", "esri-sde")}},
	{"N16", 1, .kept = {NAMED("esri_sde")}},
	{"N16", 1, .kept = {OLD("esri_sde", "5151", "tcp", "esri-sde")}},
	{"N16", 1, .kept = {NEW("esri-sde", "5151", "tcp", "esri_sde")}},
	{"N16", 2, .kept = {NEW("esri-sde", "5151", "tcp", "esri_sde"), OLD("esri_sde", "5151", "udp", "esri-sde")}},
	{"N16", 1, .kept = {{.row = {"esri-sde", "5151", "tcp", "ESRI", NULL}}, OLD("esri_sde", "5151", "tcp", "esri-sde")}},
	{"N17", 1, .kept = {NEW("whois--", "63", "tcp", "whois++"), OLD("whois++", "63", "tcp", "whois--")}},
	{"N17", 1, .kept = {OLD("esri_sde", "5151", "tcp", "esrisde")}},
	{"N17", 0, .kept = {NEW("whoispp", "63", "tcp", "whois++"), OLD("whois++", "63", "tcp", "whoispp")}},
	{"N17", 0, .kept = {OLD("EtherNet/IP-1", "2222", "tcp", "EtherNet-IP-1")}},
	{"N19", 1, .kept = {{.row = {"discard", "9", "dccp", "", NULL}}, {.row = {"DISCARD", "10", "dccp", "", NULL}}}},
	{"N19", 0, .kept = {{.row = {"discard", "9", "dccp", "", NULL}}, {.row = {"discard", "10", "tcp", "", NULL}}}},

	{"P01", 1, .kept = {{.row = {NULL, "1000-1030", NULL, "Unassigned", NULL}}}},
	{"P01", 1, .kept = {{.row = {NULL, "4748", NULL, "Unassigned", NULL}, .extra = EXTRA_NUMBER}}},
	{"P01", 0, .kept = {{.row = {NULL, "1000-1023", NULL, "Unassigned", NULL}}}},
	{"P02", 1, .kept = {{.row = {"discard", "49152", "tcp", "", NULL}}}},
	{"P02", 1, .kept = {{.row = {"discard", "49000-50000", "tcp", "", NULL}}}},
	{"P02", 0, .kept = {{.row = {"discard", "49151", "tcp", "", NULL}}}},
	{"P11", 1, .kept = {{.row = {"hpbladems", "5316", "tcp", "", NULL}}, {.row = {NULL, "5316", "udp", "Unassigned", NULL}}}},
	{"P11", 0, .kept = {{.row = {"hpbladems", "5316", "tcp", "", NULL}}, {.row = {NULL, "5316", "udp", "Reserved", NULL}}}},
	{"P11", 0, .kept = {{.row = {"hpbladems", "5316", "tcp", "", NULL}}, {.row = {NULL, "5317", "udp", "Unassigned", NULL}}}},
#define EXPERIMENT(transport) {.row = {"exp1", "1021", transport, "", NULL}, .person = "IETF_Chair", .assignee = "IESG"}
	{"P19", 0, .kept = {EXPERIMENT("tcp"), EXPERIMENT("udp"), EXPERIMENT("sctp"), EXPERIMENT("dccp")}, IESG_AND_CHAIR},
	{"P19", 0, .kept = {NAMED("discard")}},
	{"P19", 1, .kept = {EXPERIMENT("tcp"), EXPERIMENT("udp"), EXPERIMENT("sctp")}, IESG_AND_CHAIR},
	{"P19", 1, .kept = {{.row = {"discard", "1021", "tcp", "", NULL}}}},
	{"P19", 1, .kept = {{.row = {"exp2", "1023", NULL, "", NULL}}}},
	{"P19", 1, .kept = {{.row = {"exp2", "1022", NULL, "", NULL}, .person = "IETF_Chair"}}, IESG_AND_CHAIR},
	{"Q15", 0, .kept = {{.row = {"bfd-lag", "6784", "udp", "", NULL}, .person = "IETF_Chair", .assignee = "IESG"}}, IESG_AND_CHAIR},
	{"Q15", 0, .kept = {NAMED("discard")}, IESG_AND_CHAIR},
	{"Q15", 1, .kept = {{.row = {"bfd-lag", "6784", "udp", "", NULL}, .person = "BFD_Chairs", .assignee = "IESG"}}, IESG_AND_CHAIR},
	{"Q15", 1, .kept = {{.row = {"bfd-lag", "6784", "udp", "", NULL}, .person = "IETF_Chair"}}, IESG_AND_CHAIR},
	{"D04", 1, .kept = {{.row = {"discard", "9", "dccp", "", NULL}, .code = 0x3F000000}}},
	{"D04", 1, .kept = {{.row = {"discard", "9", "dccp", "", NULL}, .code = 0x3FFFFFFF}}},
	{"D04", 1, .kept = {{.row = {"discard", "9", "dccp", "", NULL}, .code = UINT32_MAX}}},
	{"D04", 0, .kept = {{.row = {"discard", "9", "dccp", "", NULL}, .code = 0x40000000}}},
	{"D04", 0, .kept = {{.row = {"discard", "9", "dccp", "", NULL}, .code = 1145656131}}},
	{"D09", 1, .kept = {{.row = {"discard", "9", "dccp", "", NULL}, .code = 7}, {.row = {"chargen", "19", "dccp", "", NULL}, .code = 7}}},
	{"D09", 0, .kept = {{.row = {"discard", "9", "dccp", "", NULL}, .code = 7}, {.row = {"discard", "9", "dccp", "", NULL}, .code = 8}}},
	{"D11", 1, .kept = {{.row = {"discard", "9", "dccp", "", NULL}}}},
	{"D11", 0, .kept = {{.row = {"discard", "9", "dccp", "", NULL}, .code = 7}, {.row = {NULL, "8282", "dccp", "Reserved", NULL}}}},

#define RELEASED(port, note) {.row = {NULL, port, "tcp", "Reserved", note}}
	{"L03", 0, .kept = {RELEASED("2", "De-assigned on 2025-02-13, previously compressnet by "), RELEASED("9", NULL)}},
	{"L03", 0, .kept = {RELEASED("3980", "Historic usage was acms. De-Assigned on 2020-12-29")}},
	{"L03", 1, .kept = {RELEASED("359", "De-Assigned on 2023-11-16.")}},
	{"L03", 1, .kept = {RELEASED("831", "Previously assigned to NETCONF over BEEP but released by ")}},
	{"L03", 1, .kept = {RELEASED("3693", "This port was previously removed on 2007-04-05.")}},
	{"L03", 1, .kept = {{.row = {NULL, "585", NULL, "De-registered", NULL}}}},
	{"L04", 1, .kept = {RELEASED("3980", "Historic usage was acms. De-Assigned on 2020-12-29")}},
	{"L04", 0, .kept = {RELEASED("2", "De-assigned on 2025-02-13, previously compressnet by "),
		    {.row = {"compressnet", NULL, "tcp", "", NULL}}}},
	{"L04", 0, .kept = {RELEASED("831", "Previously assigned to NETCONF over BEEP but released by ")}},
	{"L19", 1, .kept = {{.row = {NULL, "1028", NULL, "Deprecated", NULL}}}},
	{"L19", 1, .kept = {{.row = {NULL, "9006", NULL, "De-Commissioned Port", NULL}}}},
	{"L19", 0, .kept = {{.row = {"sua", "14001", "udp", "De-Registered", "Deprecated"}}}},
#define NOTED(note) {.row = {"discard", "9", "tcp", "", note}}
	{"L20", 0, .kept = {NOTED("TEMPORARY - registered 2026-01-31, expires 2027-01-31")}},
	{"L20", 0, .kept = {NOTED("TEMPORARY - registered 2026-01-31, extension registered 2027-01-30, expires 2028-01-30")}},
	{"L20", 0, .kept = {NOTED("for temporary files of 2026-01-31")}},
	{"L20", 1, .kept = {NOTED("TEMPORARY - registered 2026-01-31\nDeprecated on 2027-02-01")}},
	{"L20", 1, .kept = {NOTED("TEMPORARY - registered 2026-01-31, expires 2028-01-31")}},
	{"L20", 1, .kept = {NOTED("TEMPORARY - registered 2026-01-31, expires 2026-01-31")}},

	{"X01", 1, .kept = {{.row = {"discard", "9", "tcp", "", NULL}, .extra = "colour"}}},
	{"X01", 0, .kept = {{.row = {NULL, "9", NULL, "Unassigned", NULL}, .extra = EXTRA_NUMBER}}},
	{"X02", 1, .kept = {{.row = {"discard", "9", "tcp", "", NULL}, .registered = "2011"}}},
	{"X02", 1, .kept = {{.row = {"discard", "9", "tcp", "", NULL}, .modified = "2011"}}},
	{"X02", 1, .kept = {NAMED("discard")}, .updated = "2026-02"},
	{"X02", 0, .kept = {{.row = {"discard", "9", "tcp", "", NULL}, .registered = "2011-05", .modified = "2011-05-23"}}},
	{"X03", 1, .kept = {{.row = {"discard", "9", "tcp", "", NULL}, .person = "Jon_Postel"}}},
	{"X03", 1, .kept = {NAMED("discard")}, {{"Jon_Postel", "Jon Postel", NULL}}},
	{"X03", 1, .kept = {{.row = {"discard", "9", "tcp", "", NULL}, .person = "3GPP"}}, {{"3GPP", "3GPP", NULL}}},
	{"X03", 1, .kept = {{.row = {"discard", "9", "tcp", "", NULL}, .person = "IESG"}}, {{"IESG", "IESG", NULL}, {"IESG", "IESG", NULL}}},
	{"X03", 0, .kept = {{.row = {"discard", "9", "tcp", "", NULL}, .person = "FORT\xc3\x89", .assignee = "_3GPP"}},
		   {{"FORT\xc3\x89", "FORT\xc3\x89", NULL}, {"_3GPP", "3GPP", NULL}}},
	{"X05", 2, .kept = {{.row = {"ssh", NULL, "tcp", "", NULL}}, {.row = {"b", "9", "tcp", "", NULL}}, {.row = {"a", "8", "tcp", "", NULL}}}},
	{"X05", 0, .kept = {{.row = {"a", "8", "tcp", "", NULL}}, {.row = {"b", "9", "tcp", "", NULL}}, {.row = {"ssh", NULL, "tcp", "", NULL}}}},
#define FREE(ports) {.row = {NULL, ports, NULL, "Unassigned", NULL}}
	{"X06", 1, .kept = {FREE("7748-7776"), {.row = {"inetfs", "7775", "tcp", "", NULL}}, {.row = {NULL, "7775", "udp", "Reserved", NULL}}}},
	{"X06", 1, .kept = {FREE("7748-7776"), {.row = {"inetfs", "7770-7775", NULL, "", NULL}}}},
	{"X06", 1, .kept = {{.row = {"pana", "716", "udp", "", NULL}}}},
	{"X06", 2, .kept = {{.row = {"pana", "716", "sctp", "", NULL}}}},
	{"X06", 2, .kept = {FREE("0-8"), FREE("10-49151")}},
	{"X06", 0, .kept = {FREE("0-49151")}},
	{"X06", 0, .kept = {FREE("7748-7774"), {.row = {"inetfs", "7775", "tcp", "", NULL}}, {.row = {NULL, "7775", "udp", "Reserved", NULL}}, FREE("7776")}},
	{"X07", 1, .kept = {{.row = {"hpbladems", "5316", "tcp", "", NULL}, .registered = "2011-05-23", .modified = "2011-05-16"}}},
	{"X07", 1, .kept = {{.row = {"hpbladems", "5316", "tcp", "", NULL}, .registered = "2026-02-14"}}},
	{"X07", 0, .kept = {{.row = {"hpbladems", "5316", "tcp", "", NULL}, .registered = "2011-05-16", .modified = "2011-05"}}},
	{"X07", 0, .kept = {{.row = {"hpbladems", "5316", "tcp", "", NULL}, .registered = "2026-02-13", .modified = "2026-02-13"}}},
	{"X08", 1, .kept = {NAMED("discard")}, {{"Paul_Amsden", "Paul Amsden", "mailto:amsden@.ctron.com"}}},
	{"X08", 0, .kept = {NAMED("discard")}, {{"IESG", "IESG", "mailto:iesg&ietf.org"}, {"a", "a", "http://user@example.com"}}},
	{"X10", 1, .kept = {{.row = {"discard", "9", "tcp", "", NULL}, .reference = "RFC6335"}}},
	{"X10", 0, .kept = {{.row = {"discard", "9", "tcp", "", NULL}, .reference = "RFC863"}}},
	{"X10", 0, .kept = {{.row = {NULL, "1023", "tcp", "Reserved", NULL}, .reference = "RFC6335"}}},
	{"X11", 1, .kept = {NAMED("caf\xc3\xa9")}},
	{"X11", 1, .kept = {{.row = {"discard", "9", "tcp", "", NULL}, .reference = "Ari\xc3\xabn"}}},
	{"X11", 1, .kept = {NOTED("caf\xc3\xa9")}},
	{"X11", 0, .kept = {{.row = {"vision-mon", "9", "tcp", "FORT\xc3\x89 Vision", NULL}, .person = "FORT\xc3\x89"}}},
	{"X12", 1, .kept = {NAMED("discard")}, .note = "Ports of the laboratory"},
	{"X12", 0, .kept = {NAMED("discard")}},
	/* clang-format on */
};

static struct xref_list one_xref(struct arena *a, struct xref x)
{
	struct xref *kept = arena_alloc(a, sizeof(*kept));
	assert_non_null(kept);
	*kept = x;
	return (struct xref_list){kept, 1};
}

static struct xref_list one_person(struct arena *a, const char *id)
{
	return one_xref(a, (struct xref){.type = XREF_PERSON, .data = str_from(id)});
}

static struct date date_from(const char *text)
{
	struct date date = {0};
	if (text)
		assert_int_equal(date_parse(&date, str_from(text)), PORTROLL_OK);
	return date;
}

static void add_extra(struct record *r, const char *name, struct arena *a)
{
	struct extra *extra = arena_alloc(a, sizeof(*extra));
	assert_non_null(extra);
	*extra = (struct extra){.name = str_from(name), .value = STR(EXTRA_NUMBER_SPELLED)};
	r->extras = (struct extra_list){extra, 1};
}

static void add_kept(struct registry *reg, const struct kept *k)
{
	struct arena *a = reg->arena;
	struct record r;
	assert_true(small_record(&r, &k->row, a));
	if (k->person)
		r.contacts = one_person(a, k->person);
	if (k->assignee) {
		r.has_assignee = true;
		r.assignee = one_person(a, k->assignee);
	}
	if (k->reference)
		r.references = one_xref(a, xref_from_label(a, str_from(k->reference)));
	if (k->extra)
		add_extra(&r, k->extra, a);
	r.has_service_code = k->code != 0;
	r.service_code = k->code;
	r.registered = date_from(k->registered);
	r.modified = date_from(k->modified);
	assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
}

static void add_person(struct registry *reg, const struct kept_person *p)
{
	struct portroll_str *uri = arena_alloc(reg->arena, sizeof(*uri));
	assert_non_null(uri);
	*uri = str_from(p->uri);
	const struct person person = {.id = str_from(p->id),
				      .name = str_from(p->name),
				      .uris = uri,
				      .uri_count = p->uri ? 1 : 0};
	assert_int_equal(registry_add_person(reg, &person), PORTROLL_OK);
}

static struct registry *registry_of(const struct records_case *c, struct arena *a)
{
	struct registry *reg = registry_new(a);
	struct note *note = arena_alloc(a, sizeof(*note));
	assert_non_null(reg);
	assert_non_null(note);
	const char *text = "An assigned port is no proof of what the traffic on it is.";
	note->text = richtext_plain(a, str_from(c->note ? c->note : text));
	reg->header.notes = note;
	reg->header.note_count = 1;
	reg->header.updated = date_from(c->updated ? c->updated : "2026-02-13");
	for (size_t i = 0; i < KEPT_MAX; i++) {
		const struct small_row *row = &c->kept[i].row;
		if (row->name || row->ports)
			add_kept(reg, &c->kept[i]);
		if (c->people[i].id)
			add_person(reg, &c->people[i]);
	}
	return reg;
}

static size_t count_of(const struct finding_list *found, const char *id)
{
	size_t count = 0;
	for (size_t i = 0; i < found->count; i++)
		count += str_equal(str_from(found->items[i].rule->id), str_from(id));
	return count;
}

static void records_break_or_hold(void **state)
{
	(void)state;
	size_t wrong = 0;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena a = ARENA_INIT;
		struct port_index index;
		struct finding_list found;
		const struct registry *reg = registry_of(&cases[i], &a);
		assert_int_equal(port_index_build(&index, reg, &a), PORTROLL_OK);
		assert_int_equal(
			rules_check_records(&found, reg, &index, (struct date){2026, 2, 13}, &a),
			PORTROLL_OK);
		size_t count = count_of(&found, cases[i].id);
		if (count != cases[i].findings) {
			print_error("row %zu, %s: %zu findings, not %zu\n", i, cases[i].id, count,
				    cases[i].findings);
			wrong++;
		}
		arena_done(&a);
	}
	assert_int_equal(wrong, 0);
}

static void each_rule_of_records_has_rows_that_break_and_hold(void **state)
{
	(void)state;
	const struct rule *rule;
	for (size_t i = 0; (rule = rule_at(i)); i++) {
		size_t breaks = 0, holds = 0;
		for (size_t c = 0; c < ARRAY_LEN(cases); c++) {
			bool own = str_equal(str_from(cases[c].id), str_from(rule->id));
			breaks += own && cases[c].findings;
			holds += own && !cases[c].findings;
		}
		bool covered = breaks && holds;
		if (covered != (rule->of_records != NULL))
			fail_msg("%s: %zu rows break it, %zu hold", rule->id, breaks, holds);
	}
}

static int check_once(void *context)
{
	const struct registry *reg = context;
	struct arena work = ARENA_INIT;
	struct port_index index;
	struct finding_list found;
	int r = port_index_build(&index, reg, &work);
	if (r == PORTROLL_OK)
		r = rules_check_records(&found, reg, &index, (struct date){2026, 2, 13}, &work);
	arena_done(&work);
	return r;
}

static void checking_survives_any_failing_allocation(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry *reg = registry_new(&a);
	assert_non_null(reg);
	for (size_t i = 0; i < ARRAY_LEN(cases); i += 5)
		for (size_t k = 0; k < KEPT_MAX; k++)
			if (cases[i].kept[k].row.name)
				add_kept(reg, &cases[i].kept[k]);
	oom_sweep(check_once, reg);
	arena_done(&a);
}

static void an_empty_registry_breaks_little(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct port_index index;
	struct finding_list found;
	struct registry *reg = registry_new(&a);
	assert_int_equal(port_index_build(&index, reg, &a), PORTROLL_OK);
	assert_int_equal(rules_check_records(&found, reg, &index, (struct date){0}, &a),
			 PORTROLL_OK);
	assert_int_equal(found.count, 2);
	assert_string_equal(found.items[0].rule->id, "X02");
	assert_string_equal(found.items[1].rule->id, "X12");
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_break_or_hold),
		cmocka_unit_test(each_rule_of_records_has_rows_that_break_and_hold),
		cmocka_unit_test(an_empty_registry_breaks_little),
		cmocka_unit_test(checking_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

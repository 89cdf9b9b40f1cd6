/* SPDX-License-Identifier: MIT */
#include "registry/xref.h"

#include "test.h"

/* As data.md section 1.3 labels them. */
static const struct label_case {
	struct {
		const char *data, *text, *fragment, *last_updated;
		uint8_t type, fragment_kind;
	} x;
	const char *label, *link;
} labels[] = {
	{{"rfc6335", "", "", "", XREF_RFC, 0}, "[RFC6335]", "https://www.iana.org/go/rfc6335"},
	{{"bcp14", "", "", "", XREF_RFC, 0}, "[BCP14]", "https://www.iana.org/go/bcp14"},
	{{"rfc6335", "", "8.1", "", XREF_RFC, FRAGMENT_SECTION},
	 "[RFC6335, Section 8.1]",
	 "https://www.iana.org/go/rfc6335#section-8.1"},
	{{"rfc8765", "RFC8765, Section 6.1", "", "", XREF_RFC, 0},
	 "[RFC8765, Section 6.1]",
	 "https://www.iana.org/go/rfc8765"},
	{{"rfc6335", "", "x", "", XREF_RFC, FRAGMENT_ANCHOR},
	 "[RFC6335#x]",
	 "https://www.iana.org/go/rfc6335#x"},
	{{"draft-herbert-gue-02", "", "", "", XREF_DRAFT, 0},
	 "[draft-herbert-gue-02]",
	 "https://www.iana.org/go/draft-herbert-gue-02"},
	{{"RFC-ietf-ntp-roughtime-19", "", "", "", XREF_DRAFT, 0},
	 "[RFC-ietf-ntp-roughtime-19]",
	 "https://www.iana.org/go/draft-ietf-ntp-roughtime-19"},
	{{"Portnoy_Boxman", "ignored", "", "", XREF_PERSON, 0},
	 "[Portnoy_Boxman]",
	 "#Portnoy_Boxman"},
	{{"1", "", "", "", XREF_NOTE, 0}, "[1]", "#note1"},
	{{"https://example.com/", "", "", "", XREF_URI, 0},
	 "[https://example.com/]",
	 "https://example.com/"},
	{{"https://example.com/", "TR-352", "", "", XREF_URI, 0},
	 "[TR-352]",
	 "https://example.com/"},
	{{"3293", "", "", "", XREF_RFC_ERRATA, 0},
	 "[RFC Errata 3293]",
	 "http://www.rfc-editor.org/errata_search.php?eid=3293"},
	{{"protocol-numbers", "", "", "", XREF_REGISTRY, 0},
	 "[IANA registry protocol-numbers]",
	 "https://www.iana.org/assignments/protocol-numbers"},
	{{"ucd9.0.0", "", "", "", XREF_UNICODE, 0}, "[Unicode Character Database 9.0.0]", ""},
	{{"", "ISO/IEC 13818-6", "", "", XREF_TEXT, 0}, "[ISO/IEC 13818-6]", ""},
	{{"rfc6335", " \n ", "", "2014-01", XREF_RFC, 0},
	 "[RFC6335] (2014-01)",
	 "https://www.iana.org/go/rfc6335"},
};

static struct xref xref_of(const struct label_case *c)
{
	return (struct xref){.type = c->x.type,
			     .fragment_kind = c->x.fragment_kind,
			     .data = str_from(c->x.data),
			     .text = str_from(c->x.text),
			     .fragment = str_from(c->x.fragment),
			     .last_updated = str_from(c->x.last_updated)};
}

static void references_are_labelled_and_linked(void **state)
{
	(void)state;
	struct buf out = BUF_INIT(1000);
	for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
		struct xref x = xref_of(&labels[i]);
		buf_clear(&out);
		xref_put_label(&out, &x);
		assert_text(buf_str(&out), labels[i].label);
		buf_clear(&out);
		xref_put_link(&out, &x);
		assert_text(buf_str(&out), labels[i].link);
	}
	struct xref two[] = {xref_of(&labels[0]), xref_of(&labels[8])};
	buf_clear(&out);
	xref_put_labels(&out, (struct xref_list){two, 2});
	assert_text(buf_str(&out), "[RFC6335][1]");
	buf_done(&out);
}

static const struct reading_case {
	const char *label;
	uint8_t type;
	const char *data, *text;
} readings[] = {
	{"RFC6335", XREF_RFC, "rfc6335", ""},
	{"RFC 6335", XREF_TEXT, "", "RFC 6335"},
	{"BCP14", XREF_RFC, "bcp14", ""},
	{"RFC8765, Section 6.1", XREF_RFC, "rfc8765", "RFC8765, Section 6.1"},
	{"RFC", XREF_TEXT, "", "RFC"},
	{"RFC-ietf-ntp-roughtime-19", XREF_DRAFT, "RFC-ietf-ntp-roughtime-19", ""},
	{"draft-zubov-snif-05, Section 4.3", XREF_DRAFT, "draft-zubov-snif-05",
	 "draft-zubov-snif-05, Section 4.3"},
	{"RFC Errata 3293", XREF_RFC_ERRATA, "3293", ""},
	{"1", XREF_NOTE, "1", ""},
	{"https://example.com/", XREF_URI, "https://example.com/", ""},
	{"ISO/IEC 13818-6 MPEG-2 DSM-CC", XREF_TEXT, "", "ISO/IEC 13818-6 MPEG-2 DSM-CC"},
	{"n/a", XREF_TEXT, "", "n/a"},
	{"Note: see there", XREF_TEXT, "", "Note: see there"},
	{"", XREF_TEXT, "", ""},
};

static void labels_are_read_by_their_shape(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	for (size_t i = 0; i < ARRAY_LEN(readings); i++) {
		struct xref x = xref_from_label(&a, str_from(readings[i].label));
		assert_int_equal(x.type, readings[i].type);
		assert_text(x.data, readings[i].data);
		assert_text(x.text, readings[i].text);
		struct buf out = BUF_INIT(1000);
		xref_put_label(&out, &x);
		assert_text(str_part(buf_str(&out), 1, out.len - 1), readings[i].label);
		buf_done(&out);
	}
	arena_done(&a);
}

static void types_are_read_by_their_names(void **state)
{
	(void)state;
	uint8_t type = 77;
	for (uint8_t i = 0; i < XREF_TYPE_COUNT; i++) {
		assert_int_equal(xref_type_parse(&type, str_from(xref_type_names[i])), PORTROLL_OK);
		assert_int_equal(type, i);
	}
	assert_int_equal(xref_type_parse(&type, STR("RFC")), PORTROLL_ESYNTAX);
	assert_int_equal(xref_type_parse(&type, STR("")), PORTROLL_ESYNTAX);
}

static void every_member_counts_for_equality(void **state)
{
	(void)state;
	const struct extra extra = {STR("frequency"), STR("0.4"), false};
	const struct extra element = {STR("frequency"), STR("0.4"), true};
	const struct xref x = xref_of(&labels[2]);
	struct xref others[] = {x, x, x, x, x, x, x};
	others[0].type = XREF_DRAFT;
	others[1].fragment_kind = FRAGMENT_PAGE;
	others[2].data = STR("rfc6336");
	others[3].text = STR("own");
	others[4].fragment = STR("8");
	others[5].last_updated = STR("2014");
	others[6].extras = (struct extra_list){&extra, 1};
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		assert_true(xref_equal(&others[i], &others[i]));
		assert_false(xref_equal(&x, &others[i]));
		assert_false(xref_list_equal((struct xref_list){&x, 1},
					     (struct xref_list){&others[i], 1}));
	}
	assert_false(xref_list_equal((struct xref_list){&x, 1}, (struct xref_list){&x, 0}));
	assert_false(
		extra_list_equal((struct extra_list){&extra, 1}, (struct extra_list){&element, 1}));
	assert_text(extra_value(others[6].extras, STR("frequency")), "0.4");
	assert_text(extra_value(others[6].extras, STR("other")), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(references_are_labelled_and_linked),
		cmocka_unit_test(labels_are_read_by_their_shape),
		cmocka_unit_test(types_are_read_by_their_names),
		cmocka_unit_test(every_member_counts_for_equality),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

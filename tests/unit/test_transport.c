/* SPDX-License-Identifier: MIT */
#include "registry/transport.h"

#include "test.h"

static const struct transport_case {
	const char *text;
	int code;
	uint8_t number;
} cases[] = {
	{"tcp", PORTROLL_OK, PORTROLL_TCP},
	{"UDP", PORTROLL_OK, PORTROLL_UDP},
	{"Sctp", PORTROLL_OK, PORTROLL_SCTP},
	{"dccp", PORTROLL_OK, PORTROLL_DCCP},
	{"udplite", PORTROLL_OK, PORTROLL_UDP},
	{"", PORTROLL_ESYNTAX, 0},
	{"xtp", PORTROLL_ESYNTAX, 0},
	{"tcp ", PORTROLL_ESYNTAX, 0},
	{"tc", PORTROLL_ESYNTAX, 0},
	{"tcpx", PORTROLL_ESYNTAX, 0},
};

static void transports_are_read_in_any_case(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		uint8_t number = 0;
		assert_int_equal(transport_parse(&number, str_from(cases[i].text)), cases[i].code);
		assert_int_equal(number, cases[i].number);
		assert_int_equal(portroll_transport(str_from(cases[i].text)), cases[i].number);
	}
}

static void protocol_numbers_of_the_ip_header_are_read(void **state)
{
	(void)state;
	static const struct {
		uint8_t protocol_number;
		int code;
		uint8_t number;
	} rows[] = {
		{6, PORTROLL_OK, PORTROLL_TCP},   {17, PORTROLL_OK, PORTROLL_UDP},
		{33, PORTROLL_OK, PORTROLL_DCCP}, {132, PORTROLL_OK, PORTROLL_SCTP},
		{136, PORTROLL_OK, PORTROLL_UDP}, {0, PORTROLL_ESYNTAX, 0},
		{1, PORTROLL_ESYNTAX, 0},         {255, PORTROLL_ESYNTAX, 0},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		uint8_t number = 0;
		assert_int_equal(transport_of_protocol(&number, rows[i].protocol_number),
				 rows[i].code);
		assert_int_equal(number, rows[i].number);
	}
}

static void the_table_is_in_the_order_of_the_numbers(void **state)
{
	(void)state;
	for (uint8_t i = PORTROLL_ANY; i <= TRANSPORT_COUNT; i++) {
		assert_int_equal(transports[i].number, i);
		assert_text(transport_name(i), transports[i].name);
		assert_string_equal(portroll_transport_name(i), transports[i].name);
	}
	assert_text(transport_name(PORTROLL_ANY), "");
	assert_text(transport_name(TRANSPORT_COUNT + 1), "");
	assert_string_equal(portroll_transport_name(TRANSPORT_COUNT + 1), "");
	assert_string_equal(portroll_transport_name(256 + PORTROLL_TCP), "");
	assert_string_equal(portroll_transport_name(UINT32_MAX), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(transports_are_read_in_any_case),
		cmocka_unit_test(protocol_numbers_of_the_ip_header_are_read),
		cmocka_unit_test(the_table_is_in_the_order_of_the_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

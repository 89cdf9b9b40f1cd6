/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The tests of records that are kept and published: of_records of the rules. Each walks over the
 * whole registry and adds a finding for each record that breaks its rule. Imported data break some
 * of them for good reasons of history; nothing here refuses anything.
 */

#include "procedure/rule.h"

/* What the tests have in common: the names, who is an alias of whom, who uses which person. */
struct records_shared;

/* Made once for all tests, in the arena; `shared` of struct records_check. PORTROLL_OK or
 * PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int records_shared_build(struct records_shared **ret,
					     const struct registry *reg, struct arena *a);

typedef void records_test(struct finding_list *found, const struct records_check *s);

/* Names (rule_records_names.c). */
records_test records_name_length;     /* N01 */
records_test records_name_characters; /* N02 */
records_test records_name_letter;     /* N03 */
records_test records_name_ends;       /* N04 */
records_test records_name_hyphens;    /* N05 */
records_test records_name_case;       /* N06: two names that differ only in case */
records_test records_alias_pair;      /* N16 */
records_test records_alias_spelling;  /* N17 */
records_test records_dccp_name;       /* N19 */

/* Ports and codes (rule_records_ports.c). */
records_test records_port_range;      /* P01 */
records_test records_port_dynamic;    /* P02 */
records_test records_port_companion;  /* P11 */
records_test records_port_experiment; /* P19 */
records_test records_ietf_parties;    /* Q15 */
records_test records_code_value;      /* D04 */
records_test records_code_one_port;   /* D09 */
records_test records_code_missing;    /* D11 */

/* What became of assignments (rule_records_life.c). */
records_test records_released_note;   /* L03 */
records_test records_released_name;   /* L04 */
records_test records_mark_in_place;   /* L19 */
records_test records_temporary_dates; /* L20 */

/* What is published (rule_records_published.c). */
records_test records_grammar;    /* X01 */
records_test records_values;     /* X02 */
records_test records_people;     /* X03 */
records_test records_order;      /* X05 */
records_test records_tiling;     /* X06 */
records_test records_dates;      /* X07 */
records_test records_mail;       /* X08 */
records_test records_reference;  /* X10 */
records_test records_ascii;      /* X11 */
records_test records_disclaimer; /* X12 */

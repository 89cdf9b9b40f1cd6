/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Text as views. Nothing here allocates or reads a locale; folding is ASCII only, as RFC 6335
 * section 5.1 compares service names.
 */

#include "portroll.h"

/* clang-format off */
#define STR(literal)      ((struct portroll_str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal) {"" literal, sizeof(literal) - 1} /* for what is static */
#define STR_NONE          ((struct portroll_str){NULL, 0})
/* clang-format on */

/* A view of a C string; NULL gives the empty view. */
struct portroll_str str_from(const char *text);

/* The part from `from` up to but not including `to`; both are cut to the length. */
struct portroll_str str_part(struct portroll_str s, size_t from, size_t to);

bool str_equal(struct portroll_str a, struct portroll_str b);
bool str_equal_fold(struct portroll_str a, struct portroll_str b);
bool str_starts(struct portroll_str s, struct portroll_str prefix);
bool str_starts_fold(struct portroll_str s, struct portroll_str prefix);
bool str_ends(struct portroll_str s, struct portroll_str suffix);

/* Byte order; a prefix sorts before the longer text. Negative, 0 or positive as memcmp. */
int str_compare(struct portroll_str a, struct portroll_str b);
int str_compare_fold(struct portroll_str a, struct portroll_str b);

/* Offset of the first occurrence, or SIZE_MAX. The fold variants ignore ASCII case. */
size_t str_find(struct portroll_str s, struct portroll_str part);
size_t str_find_fold(struct portroll_str s, struct portroll_str part);
size_t str_find_char(struct portroll_str s, char c);

/* White space is blank, tab, CR, LF, as in XML. */
bool is_space(char c);
bool is_digit(char c);
bool is_alpha(char c);
char fold_char(char c);
struct portroll_str str_trim(struct portroll_str s);

/* Equal when every run of white space counts as one blank and the ends are cut. */
bool str_equal_squeezed(struct portroll_str a, struct portroll_str b);

/* Takes the text before the first `c` off *rest and returns it; takes all when there is none.
 * False when *rest was already used up (ptr NULL). */
bool str_cut(struct portroll_str *rest, char c, struct portroll_str *ret);

/* Takes the next run of non-blank characters off *rest. False at the end. */
bool str_word(struct portroll_str *rest, struct portroll_str *ret);

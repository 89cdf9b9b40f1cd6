/* SPDX-License-Identifier: MIT */
#pragma once

/* The tables of the families, each in the order of its numbers; rule.c joins them to `rules`. */

#include "procedure/rule.h"

#define RULES_OF_NAMES       21 /* N: service names */
#define RULES_OF_PORTS       21 /* P: port numbers and ranges */
#define RULES_OF_REQUESTS    25 /* Q: what a request must tell */
#define RULES_OF_CODES       17 /* D: DCCP service codes */
#define RULES_OF_LIFE        25 /* L: what becomes of assignments */
#define RULES_OF_EXPERIMENTS 3  /* E: experimental ports */
#define RULES_OF_PROGRAMS    28 /* C: programs that use the registry */
#define RULES_OF_PUBLISHED   12 /* X: what is published */

extern const struct rule rules_of_names[RULES_OF_NAMES];
extern const struct rule rules_of_ports[RULES_OF_PORTS];
extern const struct rule rules_of_requests[RULES_OF_REQUESTS];
extern const struct rule rules_of_codes[RULES_OF_CODES];
extern const struct rule rules_of_life[RULES_OF_LIFE];
extern const struct rule rules_of_experiments[RULES_OF_EXPERIMENTS];
extern const struct rule rules_of_programs[RULES_OF_PROGRAMS];
extern const struct rule rules_of_published[RULES_OF_PUBLISHED];

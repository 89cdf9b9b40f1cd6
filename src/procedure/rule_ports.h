/* SPDX-License-Identifier: MIT */
#pragma once

/* What the rules on ports have in several files. */

#include "procedure/rule_subject.h"

/* Is that port Reserved, and not for who asks? */
bool wants_reserved_value(const struct request_check *s, uint16_t port, uint8_t transport);

/* What a decision lacks (rule_ports_decision.c). */
request_test decide_reserved;   /* P05 */
request_test decide_system;     /* P06 */
request_test decide_user;       /* P07 */
request_test decide_heard;      /* P08 */
request_test decide_order;      /* P09 */
request_test decide_name_alone; /* P10 */
request_test decide_wanted;     /* P17 */
request_test decide_chosen;     /* P18 */

/* A name beside another for its secure variant (rule_ports_secure.c). */
request_test test_secure_variant; /* P21 */

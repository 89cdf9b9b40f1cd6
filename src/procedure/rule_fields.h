/* SPDX-License-Identifier: MIT */
#pragma once

/* What every request has: who, what, described how (rule_fields_form.c). */

#include "procedure/rule_subject.h"

request_test test_name_is_there; /* Q01 */
request_test test_transports;    /* Q02 */
request_test test_assignee;      /* Q03 */
request_test test_contacts;      /* Q04 */
request_test test_description;   /* Q05 */
request_test test_reference;     /* Q06 */

/* SPDX-License-Identifier: MIT */
#pragma once

/* Who needs a field: the conditions of RFC 6335 section 8.1.1, of IANA's forms and of the other
 * procedures, for the table in document_rows.c. */

#include "procedure/document.h"

typedef enum field_need need_fn(const struct document *d);

need_fn need_optional, need_service_name, need_proposed_name, need_transports, need_port_number,
	need_service_code, need_description, need_assignee, need_assignee_more, need_contact,
	need_contact_more, need_reference, need_specification, need_ietf_document,
	need_unauthorized, need_txt_keys, need_usage, need_why_not_dynamic, need_why_not_user,
	need_why_reserved, need_why_several, need_why_separate, need_development, need_difference,
	need_udp, need_transport_differences, need_sctp, need_dccp, need_reason, need_impact,
	need_evidence, need_not_in_use, need_release_name, need_clearly_unused, need_lease;

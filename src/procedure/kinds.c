/* SPDX-License-Identifier: MIT */
#include "procedure/document.h"

/* clang-format off */
const struct request_kind_row request_kinds[REQUEST_KIND_COUNT] = {
	[REQUEST_ASSIGN]     = {"assign", "new assignment", "RFC 6335 section 8.1"},
	[REQUEST_TRANSPORT]  = {"transport", "further transport for an assignment", "RFC 6335 sections 7.2 and 8.1"},
	[REQUEST_NAME]       = {"name", "further service on an assigned port", "RFC 6335 sections 5 and 8.1.1"},
	[REQUEST_MODIFY]     = {"modify", "change of description, contact, reference or notes", "RFC 6335 section 8.6"},
	[REQUEST_RENAME]     = {"rename", "change of the service name", "RFC 7605 section 7.9"},
	[REQUEST_DEASSIGN]   = {"deassign", "de-assignment", "RFC 6335 section 8.2"},
	[REQUEST_REUSE]      = {"reuse", "reuse of a port for another service", "RFC 6335 section 8.3"},
	[REQUEST_REVOKE]     = {"revoke", "revocation", "RFC 6335 section 8.4"},
	[REQUEST_SUCCESSION] = {"succession", "succession of another assignee", "RFC 6335 sections 8.5 and 8.6"},
	[REQUEST_EARLY]      = {"early", "early allocation", "RFC 7120 section 3.1"},
	[REQUEST_RENEW]      = {"renew", "renewal of an early allocation or a lease", "RFC 7120 section 3.3"},
	[REQUEST_PERMANENT]  = {"permanent", "permanent assignment of an early allocation", "RFC 7120 section 3.2"},
	[REQUEST_RESERVE]    = {"reserve", "reservation by the registry", "RFC 6335 section 6"},
};
/* clang-format on */

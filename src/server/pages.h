/* SPDX-License-Identifier: MIT */
#pragma once

/* The handlers of the routes, each in its page_*.c. */

#include "server/routes.h"

handler_fn page_home, page_search, page_about, page_ports, page_port_transport, page_name,
	page_name_in_two, page_person, page_download, page_map, page_asset, page_ledger, page_tile;

/* Turns a refusal into a page, or into problem+json (RFC 9457). */
void page_error(const struct call *call, struct response *res);

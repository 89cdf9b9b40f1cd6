/* SPDX-License-Identifier: MIT */
#include "server/pages.h"
#include "snapshot/map.h"

void page_map(const struct call *call, struct response *res)
{
	res->media_type = "image/svg+xml";
	map_put_svg(&res->body, site_snapshot(call->site), PORTROLL_ANY);
}

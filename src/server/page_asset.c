/* SPDX-License-Identifier: MIT */
#include "server/asset.h"
#include "server/pages.h"

void page_asset(const struct call *call, struct response *res)
{
	for (const struct asset *asset = assets; asset->path; asset++) {
		if (str_equal(str_from(asset->path), call->req->path)) {
			res->media_type = asset->media_type;
			res->fixed = asset->bytes;
			return;
		}
	}
	refuse_request(res, 404, "there is no such file");
}

/* SPDX-License-Identifier: MIT */

/* verify: the roll's own ledger, one in a folder, or one behind an address; or a receipt. */

#include <stdlib.h>

#include "base/file.h"
#include "keeper/fetching.h"
#include "keeper/verify_ledger.h"
#include "keeper/verify_receipt.h"

static int verify_folder(struct keeper *k, const char *folder)
{
	struct ledger_place place;
	int r = ledger_place_find(&place, k, folder);
	return r < 0 ? r : verify_ledger(k, &place);
}

static int fetch_all(struct keeper *k, const char *url, const char *folder)
{
	struct published *p;
	int r = fetch_head(&url, k, url, folder);
	if (r == PORTROLL_OK)
		r = published_open(&p, folder, &k->err);
	if (r < 0)
		return r;
	r = fetch_tiles(k, url, folder, 0, published_checkpoint(p)->head.size);
	published_close(p);
	return r;
}

static int verify_url(struct keeper *k, const char *url)
{
	char *folder;
	int r = file_make_temporary_folder(&folder, k->temporary, &k->err);
	if (r < 0)
		return r;
	r = fetch_all(k, url, folder);
	if (r == PORTROLL_OK)
		r = verify_ledger(k, &(struct ledger_place){.ledger = folder});
	(void)!file_remove_tree(folder, NULL);
	free(folder);
	return r;
}

int verb_verify(struct keeper *k)
{
	const char *operand = k->args.operand_count ? k->args.operands[0] : NULL;
	int r;
	if (keeper_has(k, OPTION_KEY) && !keeper_has(k, OPTION_RECEIPT) &&
	    !keeper_has(k, OPTION_SINCE_CHECKPOINT))
		r = error_set(&k->err, PORTROLL_EINVAL,
			      "--key goes with --receipt or --since; the ledger's own keys are "
			      "published with it, and remembered");
	else if (keeper_has(k, OPTION_RECEIPT))
		r = verify_receipt(k, operand);
	else if (operand && is_url(str_from(operand)))
		r = verify_url(k, operand);
	else
		r = verify_folder(k, operand);
	/* What portroll-fetch has told is not told again. */
	return r >= 0 ? r : k->err.code ? keeper_failed(k) : EXIT_ERROR;
}

/* SPDX-License-Identifier: MIT */
#pragma once

/* Receipts as ledger receipt writes them: each brings its entry. */

#include "keeper/keeper.h"

/* Verifies the file of --receipt with the key of --key, else with the keys that are published in
 * `folder` (of a roll or of a ledger), else in the roll's own. Tells what it proves; returns the
 * exit code or an error. */
int verify_receipt(struct keeper *k, const char *folder);

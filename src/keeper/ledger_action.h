/* SPDX-License-Identifier: MIT */
#pragma once

/* The words behind `portroll ledger`; each has its run in a ledger_*.c. */

#include "keeper/keeper.h"

struct ledger_action {
	const char *name;
	const char *operands;         /* in the usage line */
	int operand_min, operand_max; /* without the word itself */
	int (*run)(struct keeper *k); /* operands without the word; an exit code, or an error */
	uint8_t takes[4];             /* of the options of the verb; ends with OPTION_COUNT */
};

extern const struct ledger_action ledger_actions[];

/* Prints the signed checkpoint. */
int ledger_checkpoint(struct keeper *k);

/* Prints the receipt of an entry: its number, @44 or 44, counted from 1. */
int ledger_receipt(struct keeper *k);

/* Publishes here what others commit to the store, until a signal ends it. */
int ledger_follow(struct keeper *k);

/* Follows what a URL publishes, into a folder. */
int ledger_mirror(struct keeper *k);

/* Takes a change back by a new one: operand the number, with --reason. */
int action_revert(struct keeper *k);

/* Writes the ledger to a file, without the secret key; makes one of such a file in an empty folder,
 * with the secret key of --key FILE. */
int action_backup(struct keeper *k);
int action_restore(struct keeper *k);

/* Erases what is known of a person. */
int action_redact(struct keeper *k);

/* Shows who signs; with --rotate another does from now on. */
int action_key(struct keeper *k);

/* Makes the snapshot and the published files again from the store. */
int action_rebuild(struct keeper *k);

/* Begins a new origin, with --i-know. */
int action_fork(struct keeper *k);

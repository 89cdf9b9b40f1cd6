/* SPDX-License-Identifier: MIT */
#pragma once

/* What a ledger is in a database: tables and functions in a schema of its own. */

#define POSTGRES_SCHEMA_VERSION 2

/* The advisory lock of whoever appends: "portroll" as a bigint. */
#define POSTGRES_LOCK "8101820099124489324"

/* Statements that make version 1, and each other one of the one before it, in one transaction; NULL
 * at their end. */
extern const char *const *const postgres_schema[POSTGRES_SCHEMA_VERSION];

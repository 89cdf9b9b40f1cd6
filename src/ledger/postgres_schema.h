/* SPDX-License-Identifier: MIT */
#pragma once

/* What a ledger is in a database: tables and functions in a schema of its own. */

#define POSTGRES_SCHEMA_VERSION 1

/* The advisory lock of whoever appends: "portroll" as a bigint. */
#define POSTGRES_LOCK "8101820099124489324"

/* Statements that make it, in one transaction; NULL at the end. */
extern const char *const postgres_schema[];

/* SPDX-License-Identifier: MIT */
#pragma once

/* What --help says of each verb, below its summary. */

extern const char lookup_details[];
extern const char search_details[];
extern const char list_details[];
extern const char free_details[];
extern const char states_details[];
extern const char map_details[];
extern const char person_details[];
extern const char about_details[];
extern const char help_details[];
extern const char init_details[];
extern const char import_details[];
extern const char export_details[];
extern const char convert_details[];
extern const char update_details[];
extern const char source_details[];
extern const char publish_details[];
extern const char log_details[];
extern const char diff_details[];
extern const char verify_details[];
extern const char ledger_details[];
extern const char serve_details[];
extern const char request_details[];
extern const char account_details[];
extern const char check_details[];
extern const char rules_details[];

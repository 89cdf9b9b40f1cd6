/* SPDX-License-Identifier: MIT */
#pragma once

/* Reading any form: detection by content, gzip, and the guards that hold for all of them. */

#include "formats/format.h"

#define INPUT_MAX ((size_t)64 << 20) /* bytes, unpacked; IANA's XML has 4 million */

struct format_reader {
	const char *name; /* of the row in formats[] */
	/* Does the beginning (at most 4 KiB, unpacked) look like this form? */
	bool (*probe)(struct portroll_str head);
	read_fn *read;
	const char *licence; /* of all files of this form; NULL: it depends on the file */
	bool is_copied;      /* the registry has no views into the input */
};

/* In probe order; NULL name at the end. */
extern const struct format_reader format_readers[];

struct read_result {
	const struct format *format;
	struct portroll_str licence; /* of its use, static; empty: none is known */
	bool is_copied;              /* the input may go before the registry */
};

/* Unpacks gzip into the arena when the input is gzip; else *ret is the input. PORTROLL_ELIMIT when
 * it would be larger than INPUT_MAX. */
PORTROLL_MUST_CHECK int gunzip(struct portroll_str *ret, struct portroll_str input, struct arena *a,
			       struct portroll_error *err);

/* Reads unpacked input in the named form (empty: found by content) into an empty registry, and
 * checks it: valid UTF-8, no control characters, nothing dangling. */
PORTROLL_MUST_CHECK int format_read(struct read_result *ret, struct registry *reg,
				    struct portroll_str input, struct portroll_str form,
				    struct portroll_error *err);

bool xml_probe(struct portroll_str head), csv_probe(struct portroll_str head),
	page_probe(struct portroll_str head), json_probe(struct portroll_str head),
	services_probe(struct portroll_str head), nmap_probe(struct portroll_str head);
read_fn xml_read, csv_read, page_read, json_read, services_read, nmap_read;

/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * What the fuzz targets of the readers share. Whatever a reader accepts must come back the same
 * when it is written as JSON and read again, and, from XML, when it is written as XML.
 */

#include "formats/read.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static inline void must_come_back(const struct registry *reg, const char *form, write_fn *write,
				  bool one_per_line)
{
	struct arena a = ARENA_INIT;
	CLEANUP(buf_done) struct buf out = BUF_INIT(INPUT_MAX);
	struct registry *back = registry_new(&a);
	struct read_result result;
	struct portroll_error err = {0};
	write(&out, reg, &(struct write_options){.one_per_line = one_per_line}, NULL);
	bool same = !out.failed && back &&
		    format_read(&result, back, buf_str(&out), str_from(form), &err) == 0 &&
		    registry_equal(reg, back, NULL, NULL);
	if (!same)
		abort();
	arena_done(&a);
}

static inline int fuzz_read(const char *form, const uint8_t *bytes, size_t size)
{
	struct arena a = ARENA_INIT;
	struct portroll_str input = {(const char *)bytes, size};
	struct registry *reg = registry_new(&a);
	struct read_result result;
	struct portroll_error err = {0};
	int r = reg ? format_read(&result, reg, input, str_from(form), &err) : PORTROLL_ENOMEM;
	if ((r < 0) != (err.code != 0) || (r < 0 && err.text[0] == '\0'))
		abort();
	if (r == PORTROLL_OK) {
		must_come_back(reg, "json", json_write, size % 2);
		if (str_equal(str_from(form), STR("xml")))
			must_come_back(reg, "xml", xml_write, false);
	}
	arena_done(&a);
	return 0;
}

/* SPDX-License-Identifier: MIT */
#pragma once

/* What the tests of the writers share: real files, a generated registry of full size, and writing
 * into memory. Real files that are not there skip the test. */

#include "base/file.h"
#include "formats/read.h"
#include "test.h"

#define SHIPPED_PAGE SOURCE_ROOT "/data/registry-page-2025-10-22.txt"
#define DEBIAN_CSV   "/usr/share/ipv6toolkit/service-names-port-numbers.csv"

struct write_case {
	struct arena arena;
	struct registry *reg;
	struct file_bytes file;
};

/* Bytes of a file of the folder PORTROLL_SHARED; false when it is not there. */
static inline bool shared_file(struct file_bytes *ret, const char *name)
{
	const char *folder = getenv("PORTROLL_SHARED");
	char path[4096];
	if (!folder || !*folder)
		return false;
	(void)snprintf(path, sizeof(path), "%s/data/%s", folder, name);
	return file_exists(path) && file_read(ret, path, INPUT_MAX, NULL) == PORTROLL_OK;
}

static inline void case_read(struct write_case *c, struct portroll_str input, const char *form)
{
	struct portroll_error err = {0};
	struct read_result result;
	c->reg = registry_new(&c->arena);
	assert_non_null(c->reg);
	if (format_read(&result, c->reg, input, str_from(form), &err) < 0)
		fail_msg("%u:%u: %s", err.line, err.column, err.text);
}

static inline void case_file(struct write_case *c, const char *path, const char *form)
{
	*c = (struct write_case){0};
	assert_int_equal(file_read(&c->file, path, INPUT_MAX, NULL), PORTROLL_OK);
	case_read(c, c->file.bytes, form);
}

/* Reads one of IANA's files; false: not there, the test should skip. */
static inline bool case_shared(struct write_case *c, const char *name, const char *form)
{
	*c = (struct write_case){0};
	if (!shared_file(&c->file, name)) {
		print_message("skipped: needs IANA's %s in $PORTROLL_SHARED/data\n", name);
		return false;
	}
	case_read(c, c->file.bytes, form);
	return true;
}

static inline void case_done(struct write_case *c)
{
	arena_done(&c->arena);
	file_release(&c->file);
}

static inline struct buf case_write(const struct registry *reg, write_fn *write,
				    const struct write_options *o, struct loss *loss)
{
	static const struct write_options defaults = {0};
	struct buf out = BUF_INIT((size_t)1 << 30);
	write(&out, reg, o ? o : &defaults, loss);
	assert_int_equal(out.failed, 0);
	return out;
}

/* Equal texts, or the first line that is not. */
static inline void assert_lines_equal(struct portroll_str got, struct portroll_str want)
{
	struct portroll_str a, b;
	for (size_t line = 1; !str_equal(got, want); line++) {
		bool more = str_cut(&got, '\n', &a), more_wanted = str_cut(&want, '\n', &b);
		if (!more || !more_wanted)
			fail_msg("line %zu: one of the texts ends here", line);
		if (!str_equal(a, b))
			fail_msg("line %zu:\n got: %.*s\nwant: %.*s", line, PORTROLL_STR_ARG(a),
				 PORTROLL_STR_ARG(b));
	}
}

static inline void assert_registries_equal(const struct registry *a, const struct registry *b)
{
	const char *what = "";
	size_t index = 0;
	if (!registry_equal(a, b, &what, &index))
		fail_msg("%s %zu differ", what, index);
}

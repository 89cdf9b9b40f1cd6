/* SPDX-License-Identifier: MIT */
#include "ledger/changeset.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "formats/read.h"

/* ledger_entries FILE: the entries that the first import of a file makes, a line each. The people
 * have no commitments of their own. */

static void must(int r, const struct portroll_error *err)
{
	if (r == PORTROLL_OK)
		return;
	(void)fprintf(stderr, "ledger_entries: %s\n", err->text);
	exit(EXIT_FAILURE);
}

int main(int argc, char **argv)
{
	static const struct registry nothing;
	struct arena a = ARENA_INIT;
	struct portroll_error err = {0};
	struct file_bytes file;
	struct read_result result;
	struct registry_change change;
	struct source_state state;
	struct entry_list entries;
	if (argc != 2)
		return EXIT_FAILURE;
	struct registry *reg = registry_new(&a);
	must(reg ? file_read(&file, argv[1], INPUT_MAX, &err) : PORTROLL_ENOMEM, &err);
	must(format_read(&result, reg, file.bytes, STR(""), &err), &err);
	must(registry_compare(&change, &nothing, reg, &a), &err);
	struct tree_hash *people = arena_array(&a, reg->person_count, sizeof(*people));
	must(people ? source_state_of(&state, reg, people, &a, &err) : PORTROLL_ENOMEM, &err);
	const struct proposal proposal = {
		.about = {.author = STR("root"), .kind = STR("import"), .source = STR("iana")},
		.new = &state,
		.change = &change,
	};
	must(changeset_write(&entries, &proposal, &a, &err), &err);
	for (size_t i = 0; i < entries.count; i++) {
		(void)fwrite(entries.items[i].ptr, 1, entries.items[i].len, stdout);
		(void)putchar('\n');
	}
	file_release(&file);
	arena_done(&a);
	return EXIT_SUCCESS;
}

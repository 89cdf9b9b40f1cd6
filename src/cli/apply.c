/* SPDX-License-Identifier: MIT */
#include "cli/apply.h"

struct portroll_str apply_address(const struct registry *reg)
{
	for (size_t i = 0; reg && i < reg->header.note_count; i++) {
		const struct note *note = &reg->header.notes[i];
		if (str_find_fold(note->title, STR("request an assignment")) == SIZE_MAX)
			continue;
		for (size_t k = 0; k < note->text.count; k++) {
			const struct run *run = &note->text.runs[k];
			if (run->kind == RUN_XREF && run->xref->type == XREF_URI)
				return run->xref->data;
		}
	}
	return STR("https://www.iana.org/protocols/apply");
}

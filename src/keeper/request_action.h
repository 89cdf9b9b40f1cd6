/* SPDX-License-Identifier: MIT */
#pragma once

/* The words behind `portroll request`. Most are one step of a case, which the row describes; the
 * others have a run of their own in a request_*.c. */

#include "keeper/keeper.h"
#include "procedure/request_case.h"

/* What a step takes for its text: the question, the answer, the reason. */
enum step_text {
	TEXT_OPTIONAL,
	TEXT_REQUIRED,
};

struct request_word {
	const char *name;
	const char *operands;         /* in the usage line */
	int operand_min, operand_max; /* without the word itself; INT_MAX: any number */
	/* Operands without the word; an exit code, or an error. */
	int (*run)(struct keeper *k, const struct request_word *w);
	const uint8_t *takes; /* of the options of the verb; ends with OPTION_COUNT */
	uint8_t event;        /* enum case_event_kind of a step; CASE_EVENT_COUNT: no step */
	uint8_t text;         /* enum step_text of a step */
};

/* NULL name at the end. */
extern const struct request_word request_words[];

/* The word that does an event to a case; NULL: none does, or only a word of its own. */
const struct request_word *request_word_of(uint8_t event);

/* A step of a case: what the row says, by what the options and operands say. */
int request_run_step(struct keeper *k, const struct request_word *w);

/* Steps whose operands say more. */
int request_run_answer(struct keeper *k, const struct request_word *w);  /* answer, edit */
int request_run_confirm(struct keeper *k, const struct request_word *w); /* yes, no; --code */
int request_run_codes(struct keeper *k, const struct request_word *w);   /* for the registrar */
int request_run_call(struct keeper *k, const struct request_word *w);    /* request, issue, end */

/* The document of a FILE, `-`, or operands 'Field=value': a new case that is validated at once. */
int request_run_submit(struct keeper *k, const struct request_word *w);

/* The same, and what a registrar does with it at once: request assign, deassign ... */
int request_run_short(struct keeper *k, const struct request_word *w);

/* An approved one into the ledger. */
int request_run_implement(struct keeper *k, const struct request_word *w);

/* A temporary assignment is marked as deprecated, or taken out again: deprecate, deallocate. */
int request_run_end(struct keeper *k, const struct request_word *w);

/* Whatever is due. */
int request_run_tick(struct keeper *k, const struct request_word *w);

/* What was told to whom; again ID. */
int request_run_deliveries(struct keeper *k, const struct request_word *w);

/* All that is kept of one that has ended. */
int request_run_erase(struct keeper *k, const struct request_word *w);

int request_run_list(struct keeper *k, const struct request_word *w);
int request_run_show(struct keeper *k, const struct request_word *w); /* show, history */
int request_run_dossier(struct keeper *k, const struct request_word *w);
int request_run_preview(struct keeper *k, const struct request_word *w);
int request_run_new(struct keeper *k, const struct request_word *w);

/* What the options and a text say of a step. */
PORTROLL_MUST_CHECK int request_event(struct case_event *ret, struct keeper *k,
				      const struct request_word *w, const char *text);

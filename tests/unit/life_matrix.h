/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Who may do what in which state, and where it leads: written down from RFC 6335 section 8 and the
 * documents that it refers to, apart from the table of the program. A word is event:roles>states;
 * of several states the first is where it leads when nothing is wanting.
 */

#include "procedure/role.h"
#include "test.h"

#define VALIDATED                                                                                  \
	">validating,need-info,iesg,await-confirm,recommended,early-chairs,pool-review,"           \
	"ietf-document,expert-review "

static const struct {
	const char *state, *words;
} life_matrix[] = {
	{"draft", "submit:applicant>submitted edit:applicant>draft withdraw:applicant>withdrawn"},
	{"submitted", "validate:clock,registrar" VALIDATED
		      "edit:applicant>submitted withdraw:applicant>withdrawn"},
	{"validating",
	 "validate:clock,registrar" VALIDATED
	 "edit:applicant>validating ask:registrar>need-info attest:registrar>validating "
	 "override:registrar,iesg>validating reply:registrar,iesg,expert>validating "
	 "approve:registrar>approved decline:registrar>rejected escalate:registrar>iesg "
	 "refer:registrar>expert-review withdraw:applicant>withdrawn"},
	{"need-info",
	 "validate:registrar" VALIDATED "answer:applicant>validating edit:applicant>validating "
	 "ask:registrar,expert,reviewer,owner>need-info attest:registrar>need-info "
	 "override:registrar,iesg>need-info reply:registrar,iesg,expert>need-info "
	 "remind:registrar>need-info decline:registrar>rejected close:clock,registrar>closed "
	 "withdraw:applicant>withdrawn"},
	{"await-confirm",
	 "validate:registrar" VALIDATED
	 "confirm:assignee,contact>validating,await-confirm refuse:assignee,contact>await-confirm "
	 "attest:registrar>await-confirm,validating override:registrar,iesg>await-confirm "
	 "reply:registrar,iesg,expert>await-confirm edit:applicant>validating "
	 "ask:registrar>need-info remind:registrar>await-confirm decline:registrar>rejected "
	 "escalate:registrar>iesg close:clock,registrar>closed withdraw:applicant>withdrawn"},
	{"expert-review",
	 "opine:expert>expert-review recommend:expert>recommended disadvise:expert>not-recommended "
	 "recuse:expert>expert-review attest:registrar,expert>expert-review,recommended "
	 "override:registrar,iesg>expert-review reply:registrar,iesg,expert>expert-review "
	 "ask:registrar,expert>need-info edit:applicant>validating "
	 "remind:clock,registrar>expert-review escalate:registrar,expert,clock>iesg "
	 "request-call:registrar>call-requested withdraw:applicant>withdrawn"},
	{"pool-review",
	 "opine:reviewer,owner>pool-review recommend:reviewer,owner>recommended,pool-review "
	 "disadvise:reviewer,owner>not-recommended recuse:reviewer,owner>pool-review "
	 "attest:registrar>pool-review,recommended override:registrar,iesg>pool-review "
	 "reply:registrar,iesg,reviewer,owner>pool-review ask:registrar,reviewer,owner>need-info "
	 "edit:applicant>validating remind:clock,registrar>pool-review decline:owner>rejected "
	 "withdraw:applicant>withdrawn"},
	{"ietf-document",
	 "opine:expert>ietf-document attest:registrar,iesg>ietf-document "
	 "override:registrar,iesg>ietf-document reply:registrar,iesg,expert>ietf-document "
	 "approve:registrar,iesg>approved ask:registrar,iesg>need-info edit:applicant>validating "
	 "escalate:registrar>iesg close:registrar>closed withdraw:applicant>withdrawn"},
	{"iesg", "opine:expert>iesg attest:registrar,iesg>iesg override:registrar,iesg>iesg "
		 "reply:registrar,iesg,expert>iesg approve:registrar,iesg>approved "
		 "decline:iesg>rejected request-call:registrar>call-requested "
		 "ask:registrar,iesg>need-info withdraw:applicant>withdrawn"},
	{"early-chairs",
	 "recommend:chairs>early-director disadvise:chairs>not-recommended "
	 "attest:registrar>early-chairs,early-director,recommended "
	 "override:registrar,iesg>early-chairs reply:registrar,iesg,chairs>early-chairs "
	 "ask:registrar,chairs>need-info edit:applicant>validating escalate:registrar>iesg "
	 "withdraw:applicant>withdrawn"},
	{"early-director",
	 "recommend:director>recommended disadvise:director>not-recommended "
	 "attest:registrar>early-director,recommended override:registrar,iesg>early-director "
	 "reply:registrar,iesg,chairs,director>early-director ask:registrar,director>need-info "
	 "edit:applicant>validating escalate:registrar>iesg withdraw:applicant>withdrawn"},
	{"recommended",
	 "attest:registrar>recommended override:registrar,iesg>recommended "
	 "reply:registrar,iesg,expert,reviewer,owner>recommended approve:registrar>approved "
	 "decline:registrar>rejected escalate:registrar>iesg "
	 "request-call:registrar>call-requested ask:registrar>need-info edit:applicant>validating "
	 "withdraw:applicant>withdrawn"},
	{"not-recommended", "decline:registrar>rejected escalate:registrar>iesg "
			    "request-call:registrar>call-requested withdraw:applicant>withdrawn"},
	{"call-requested", "issue-call:iesg>community-call drop:iesg>dropped "
			   "withdraw:applicant>withdrawn"},
	{"community-call", "end-call:clock,registrar>call-ended withdraw:applicant>withdrawn"},
	{"call-ended", "opine:expert>call-ended attest:registrar,iesg>call-ended "
		       "override:registrar,iesg>call-ended reply:registrar,iesg,expert>call-ended "
		       "approve:registrar>approved drop:iesg,registrar>dropped "
		       "withdraw:applicant>withdrawn"},
	{"approved",
	 "implement:registrar>implemented,temporary conflict:clock,registrar>validating "
	 "override:registrar,iesg>approved withdraw:applicant>withdrawn"},
	{"implemented", "publish:clock,registrar>published"},
	{"temporary", "publish:clock,registrar>temporary extend:registrar>temporary "
		      "suspend:registrar,chairs>temporary resume:registrar,chairs>temporary "
		      "settle:registrar>implemented expire:clock,registrar>expired "
		      "remind:clock,registrar>temporary"},
	{"expired", "settle:registrar>implemented deprecate:registrar,chairs>deprecated "
		    "deallocate:clock,registrar>deallocated"},
	{"deprecated", "deallocate:registrar>deallocated"},
	{"rejected", "appeal:anybody,applicant>appeal-iesg,appeal-iab close:clock>rejected-final "
		     "withdraw:applicant>withdrawn"},
	{"appeal-iesg", "uphold:iesg>rejected overturn:iesg>approved withdraw:applicant>withdrawn"},
	{"appeal-iab",
	 "uphold:iab>rejected-final overturn:iab>approved withdraw:applicant>withdrawn"},
};

/* May it be done; and does the event lead to that state then (the first that is named, if `to` is
 * CASE_STATE_COUNT)? *ret_first is where it leads at first. */
struct life_cell {
	bool may;
	enum case_state first;
	bool leads[CASE_STATE_COUNT];
};

static inline void life_cell_states(struct life_cell *cell, struct portroll_str states)
{
	struct portroll_str key;
	bool is_first = true;
	while (str_cut(&states, ',', &key)) {
		enum case_state state;
		assert_true(state_parse(&state, key));
		if (is_first)
			cell->first = state;
		is_first = false;
		cell->leads[state] = true;
	}
}

static inline struct life_cell life_cell(enum case_state state, enum case_event_kind event,
					 enum role role)
{
	struct life_cell cell = {0};
	for (size_t i = 0; i < ARRAY_LEN(life_matrix); i++) {
		struct portroll_str words = str_from(life_matrix[i].words), word, name, roles, one;
		if (!str_equal(str_from(life_matrix[i].state), str_from(state_key(state))))
			continue;
		while (str_word(&words, &word)) {
			assert_true(str_cut(&word, ':', &name) && str_cut(&word, '>', &roles));
			if (!str_equal(name, str_from(event_key(event))))
				continue;
			while (str_cut(&roles, ',', &one))
				cell.may = cell.may || str_equal(one, str_from(role_name(role)));
			if (cell.may)
				life_cell_states(&cell, word);
		}
	}
	return cell;
}

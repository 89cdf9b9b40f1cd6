/* SPDX-License-Identifier: MIT */
#pragma once

/* Letters are made of templates: the paragraphs of mail/templates, or those that the roll's folder
 * has in their place. Words in braces are replaced; a line that is empty only then is left out. */

#include "base/asset.h"
#include "procedure/paragraph.h"

/* mail/templates, compiled in. */
extern const struct asset letter_assets[];

struct letter_word {
	const char *name; /* request, without the braces */
	struct portroll_str value;
};

struct letter {
	struct portroll_str subject, text;
};

/* Checks templates of an operator: PORTROLL_ESYNTAX with the line for a template or a field that is
 * not known. */
PORTROLL_MUST_CHECK int letter_check(const struct paragraph_list *templates,
				     struct portroll_error *err);

/* The letter of that template, in the arena; the own ones (may be empty) win. Words end with a NULL
 * name. PORTROLL_ENOMEM, PORTROLL_ESYNTAX. */
PORTROLL_MUST_CHECK int letter_make(struct letter *ret, const char *name,
				    const struct paragraph_list *own,
				    const struct letter_word *words, struct arena *a);

/* The message as it is sent (RFC 5322): headers, MIME, text in UTF-8; lines end with LF. What could
 * begin another header is taken out. */
struct message {
	struct portroll_str from, to, subject, text, id; /* id: of the delivery */
	int64_t time;                                    /* seconds since 1970 UTC */
};
void message_put(struct buf *out, const struct message *m);

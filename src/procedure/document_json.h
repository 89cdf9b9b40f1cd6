/* SPDX-License-Identifier: MIT */
#pragma once

/* What the readers of a document's two forms have in common. */

#include "base/place.h"
#include "procedure/document.h"

/* Reads the object that is the whole text; errors as document_read() has. */
PORTROLL_MUST_CHECK int document_read_json(struct document *ret, struct portroll_str text,
					   struct arena *a, struct portroll_error *err);

/* Puts a value, in the form of paragraph_value(), into its field. PORTROLL_ESYNTAX: the field was
 * there already, a control character, several lines where one is meant. */
PORTROLL_MUST_CHECK int document_take(struct document *d, enum document_field field,
				      struct portroll_str value, struct place at,
				      struct portroll_error *err);

/* PORTROLL_ESYNTAX: there is no such field; the nearest is named. */
int document_unknown(struct portroll_str name, struct place at, struct portroll_error *err);

/* SPDX-License-Identifier: MIT */
#pragma once

/* A request as text to be pasted into IANA's web forms, where the registry is only mirrored. */

#include "procedure/document.h"

/* The fields of the form that the kind of the request takes, in the order that the form has (as it
 * was in 2017), each with what is to be pasted; what the form would refuse is marked with !!.
 * Fields that do not apply are left out. A kind without a form: the document, and a word on it. */
void document_put_iana_form(struct buf *out, const struct document *d);

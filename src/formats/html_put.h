/* SPDX-License-Identifier: MIT */
#pragma once

/* Pieces of HTML, each escaped for the place where it stands. */

#include "base/buf.h"
#include "registry/richtext.h"

/* Text between tags, or inside an attribute in double quotes. */
void html_put_text(struct buf *out, struct portroll_str text);

/* One element with text, on a line of its own. */
void html_put_element(struct buf *out, const char *name, struct portroll_str text);

/* A value of a query: percent-encoded, then escaped. */
void html_put_query(struct buf *out, struct portroll_str value);

/* A link, or the text alone where the scheme is none that a page of ours leads to. */
void html_put_link(struct buf *out, struct portroll_str url, struct portroll_str text);

/* References as IANA's page has them: the label in brackets is a link. `scratch` is used. */
void html_put_xref(struct buf *out, const struct xref *x, struct buf *scratch);
void html_put_xrefs(struct buf *out, struct xref_list list, struct buf *scratch);

/* Runs with breaks and paragraphs; `preformatted`: inside <pre>, where both are line feeds. */
void html_put_rich(struct buf *out, struct richtext text, bool preformatted, struct buf *scratch);

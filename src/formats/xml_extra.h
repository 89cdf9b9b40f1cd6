/* SPDX-License-Identifier: MIT */
#pragma once

/* Extras as XML: which of them can stand as an attribute or an element. Those from an XML always
 * can; another form may bring one that is called what no XML can hold. */

#include "registry/xref.h"

enum xml_holder {
	HOLDER_REGISTRY,
	HOLDER_RECORD,
	HOLDER_PERSON,
	HOLDER_XREF,
	HOLDER_COUNT
};

/* Can the extra at `index` stand? Not with a name that is none in XML (1.0, section 2.3), that
 * IANA's vocabulary has already, or that an attribute before it has. */
bool xml_extra_ok(struct extra_list list, size_t index, enum xml_holder holder);

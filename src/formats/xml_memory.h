/* SPDX-License-Identifier: MIT */
#pragma once

#include <expat.h>

/* expat's memory from base/memory.h: it copies its input into one buffer, which is worth large
 * pages and is given back as soon as the parser is done. */
extern const XML_Memory_Handling_Suite xml_memory;

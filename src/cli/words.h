/* SPDX-License-Identifier: MIT */
#pragma once

/* Words that several answers share. */

#include "cli/reader.h"

#define COPY_NONE UINT32_MAX

/* "iana (copy of 2026-08-17)", "wireshark (names only, 2024)". With COPY_NONE the source's date. */
void put_source(struct buf *out, const struct reader *r, size_t source, uint32_t copy);

/* The source that says how often ports are found open, as far as it tells that it is nmap's;
 * SOURCE_ANY: none. */
size_t survey_source(const struct reader *r);

/* The first complete source, or SOURCE_ANY, and the bits of all that are. */
size_t complete_source(const struct reader *r);
uint64_t complete_sources(const struct reader *r);

/* The bits of the sources that have records of a name. */
uint64_t sources_naming(const struct reader *r, struct portroll_str name);

/* "IANA's registry (copy of 2026-08-17)", or another complete source as put_source() has it. */
void put_registry(struct buf *out, const struct reader *r, size_t source);

/* "3306/tcp, 3306/udp", "6000-6063/tcp"; "no port, tcp" where there is none. The bits of
 * transports; 0: "no transport stated". */
void put_places(struct buf *out, bool has_port, struct range ports, unsigned bits);

/* The colour of a state. */
enum colour state_colour(uint8_t state);

/* Below a table: an empty line, and "read from" the sources whose bits are set. */
void put_origin(const struct reader *r, uint64_t sources);

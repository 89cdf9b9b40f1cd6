/* SPDX-License-Identifier: MIT */
#pragma once

/* Where something new stands, so that the order of IANA's file goes on: records by port and, within
 * a port, tcp, udp, sctp, dccp; then names without port by the alphabet, in the last of the runs
 * that the file has; people by id. The file has exceptions everywhere (data.md section 1.4), so a
 * place is chosen by what is around it. */

#include "registry/registry.h"

size_t place_of_record(const struct registry *reg, const struct record *r);
size_t place_of_person(const struct registry *reg, const struct person *p);

/* SPDX-License-Identifier: MIT */
#pragma once

/* Rules that names and ports are checked against without a request, and that the procedure has as
 * well: where they stand, and what is right. */

/* clang-format off */
#define N01_ORIGIN "RFC 6335 section 5.1"
#define N01_TEXT   "a service name has 1 to 15 characters"
#define N02_ORIGIN "RFC 6335 section 5.1"
#define N02_TEXT   "a service name is made of the letters A to Z, digits and hyphens"
#define N03_ORIGIN "RFC 6335 section 5.1"
#define N03_TEXT   "a service name has at least one letter"
#define N04_ORIGIN "RFC 6335 section 5.1"
#define N04_TEXT   "a service name neither begins nor ends with a hyphen"
#define N05_ORIGIN "RFC 6335 section 5.1"
#define N05_TEXT   "a service name has no two hyphens in a row"
#define N06_ORIGIN "RFC 6335 sections 5.1 and 8.1.1"
#define N06_TEXT   "names that differ only in upper and lower case are one name"
#define N08_ORIGIN "RFC 6335 section 8.1.1"
#define N08_TEXT   "a name that is asked for is not one that is assigned"
#define N11_ORIGIN "RFC 6335 section 5"
#define N11_TEXT   "a service name does without the words port, service, svc, protocol and proto"
#define N12_ORIGIN "RFC 7605 section 7.5"
#define N12_TEXT   "a service name does not tell a version"
#define N21_ORIGIN "RFC 6335 section 5.1"
#define N21_TEXT   "a text without a letter is a port or a range, never a name"
#define P01_ORIGIN "RFC 6335 section 6"
#define P01_TEXT   "a port is a number from 0 to 65535, a range goes up and stays in 0-1023, 1024-49151 or 49152-65535"
#define P02_ORIGIN "RFC 6335 section 8.1.2"
#define P02_TEXT   "the ports 49152 to 65535 are never assigned"
/* clang-format on */

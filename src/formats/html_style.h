/* SPDX-License-Identifier: MIT */
#pragma once

/* The style sheet inside every page that html_write() makes. */
extern const char html_style[];

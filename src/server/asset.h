/* SPDX-License-Identifier: MIT */
#pragma once

#include "base/asset.h"

/* The files of web/. NULL path at the end. */
extern const struct asset assets[];

/* SPDX-License-Identifier: MIT */
#include "portroll.h"

const char *portroll_version(void)
{
	return PORTROLL_VERSION;
}

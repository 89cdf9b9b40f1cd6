/* SPDX-License-Identifier: MIT */

/* Preloaded into a program: its clock stands LATER_BY days later. */

#include <stdlib.h>
#include <time.h>

time_t time(time_t *ret)
{
	struct timespec now;
	const char *days = getenv("LATER_BY");
	(void)clock_gettime(CLOCK_REALTIME, &now);
	time_t later = now.tv_sec + (days ? strtol(days, NULL, 10) : 0) * 86400;
	if (ret)
		*ret = later;
	return later;
}

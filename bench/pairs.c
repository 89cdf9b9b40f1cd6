/* SPDX-License-Identifier: MIT */
#include "pairs.h"

#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
	PAIRS_MIN = 30,
	PAIRS_MAX = 400,
};

static const double seconds_min = 1.0;

double pairs_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void pairs_stay_on_one_processor(void)
{
	cpu_set_t all, one;
	if (sched_getaffinity(0, sizeof(all), &all) != 0)
		return;
	CPU_ZERO(&one);
	for (size_t cpu = CPU_SETSIZE; cpu-- > 0;)
		if (CPU_ISSET(cpu, &all)) {
			CPU_SET(cpu, &one);
			(void)sched_setaffinity(0, sizeof(one), &one);
			return;
		}
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

double pairs_quantile(double *values, unsigned count, double part)
{
	qsort(values, count, sizeof(*values), compare);
	return values[(unsigned)((double)(count - 1) * part + 0.5)];
}

struct pairs pairs_measure(struct way ours, struct way theirs)
{
	double a[PAIRS_MAX], b[PAIRS_MAX], ratio[PAIRS_MAX];
	unsigned n = 0;
	(void)ours.measure(ours.context);
	(void)theirs.measure(theirs.context);
	for (double start = pairs_now();
	     n < PAIRS_MIN || (n < PAIRS_MAX && pairs_now() - start < seconds_min); n++) {
		a[n] = ours.measure(ours.context);
		b[n] = theirs.measure(theirs.context);
		ratio[n] = a[n] / b[n];
	}
	return (struct pairs){
		.ours = pairs_quantile(a, n, 0.5),
		.theirs = pairs_quantile(b, n, 0.5),
		.low = pairs_quantile(ratio, n, 0.25),
		.middle = pairs_quantile(ratio, n, 0.5),
		.high = pairs_quantile(ratio, n, 0.75),
		.count = n,
	};
}

void pairs_print(const struct pairs *p, const char *unit, double scale)
{
	printf("%s\t%.6g\t%.6g\t%.5g\t%.5g\t%.5g\t%u\n", unit, p->ours * scale, p->theirs * scale,
	       p->middle, p->low, p->high, p->count);
}

/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Two ways to do one thing, measured in turn A B A B ...: absolute times say little on a shared
 * machine, two ways that alternate meet the same weather.
 */

/* One measurement of one way: any unit, as long as both give the same. */
typedef double measure_fn(void *context);

struct way {
	measure_fn *measure;
	void *context;
};

struct pairs {
	double ours, theirs;      /* medians */
	double low, middle, high; /* quartiles of ours : theirs, pair by pair */
	unsigned count;
};

/* Measures at least 30 pairs, and goes on for a second with what is short. The first pair warms up
 * and does not count. */
struct pairs pairs_measure(struct way ours, struct way theirs);

/* Seconds of the monotonic clock. */
double pairs_now(void);

/* Keeps this process and what it starts on the last processor that it may use. Where that is
 * forbidden it goes without. */
void pairs_stay_on_one_processor(void);

/* The value below which that part of them lies; sorts them. */
double pairs_quantile(double *values, unsigned count, double part);

/* Prints one line for the table: unit, ours, theirs, ratio, its quartiles, count of pairs, with
 * tabs between. Both times are multiplied by `scale`. */
void pairs_print(const struct pairs *p, const char *unit, double scale);

/* SPDX-License-Identifier: MIT */
/*
 * Prints what was measured as one table, with each bound beside and whether it is met.
 *
 *     table ABOUT RESULTS [JSON-FILE]
 *
 * ABOUT is one line that says what was measured and where.
 * A line of RESULTS has fields with tabs between: name, bound, unit, ours, theirs, ratio, its
 * quartiles, count of pairs. A bound is "-" or a comparison and a number: "<=" for ours : theirs,
 * ">=" for how many times faster ours is, "ours<=" for ours alone. A line of three fields is a row
 * that was not measured, and the third says why. Exit code 2: a bound is not met.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	LINE_LEN_MAX = 4096,
	FIELDS = 9,
};

struct line {
	char *name, *bound, *unit; /* unit: why it is absent, if it is */
	bool is_absent;
	double ours, theirs, ratio, low, high;
	unsigned count;
};

static bool line_parse(struct line *ret, char *text)
{
	char *field[FIELDS + 1] = {0};
	unsigned count = 0;
	text[strcspn(text, "\n")] = '\0';
	while (count <= FIELDS && (field[count] = strsep(&text, "\t")))
		count++;
	if (count != 3 && count != FIELDS)
		return false;
	*ret = (struct line){.name = field[0], .bound = field[1], .unit = field[2]};
	ret->is_absent = count == 3;
	if (ret->is_absent)
		return true;
	double *numbers[] = {&ret->ours, &ret->theirs, &ret->ratio, &ret->low, &ret->high};
	for (unsigned i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		*numbers[i] = strtod(field[3 + i], NULL);
	ret->count = (unsigned)strtoul(field[8], NULL, 10);
	return true;
}

static bool is_met(const struct line *line)
{
	const char *bound = line->bound;
	if (strncmp(bound, "ours<=", 6) == 0)
		return line->ours <= strtod(bound + 6, NULL);
	if (strncmp(bound, ">=", 2) == 0)
		return 1 / line->ratio >= strtod(bound + 2, NULL);
	return line->ratio <= strtod(bound + 2, NULL);
}

static bool is_bounded(const struct line *line)
{
	return strcmp(line->bound, "-") != 0;
}

/* What is promised as "times faster" is shown so. */
static void print_ratio(const struct line *line)
{
	if (line->theirs == 0)
		printf("  %8s  %-19s", "", "");
	else if (strncmp(line->bound, ">=", 2) == 0)
		printf("  1:%6.1f  (1:%.1f to 1:%.1f)", 1 / line->ratio, 1 / line->high,
		       1 / line->low);
	else
		printf("  %8.3f  (%.3f to %.3f)", line->ratio, line->low, line->high);
}

static void print(const struct line *line)
{
	if (line->is_absent) {
		printf("%-52s not measured: %s\n", line->name, line->unit);
		return;
	}
	printf("%-52s %10.6g", line->name, line->ours);
	if (line->theirs != 0)
		printf(" %10.6g", line->theirs);
	else
		printf(" %10s", "-");
	printf(" %-5s", line->unit);
	print_ratio(line);
	if (is_bounded(line))
		printf("  %s  %s", line->bound, is_met(line) ? "met" : "NOT MET");
	putchar('\n');
}

static void print_json(const struct line *line, FILE *json, bool is_first)
{
	fprintf(json, "%s\n {\"name\": \"%s\", \"bound\": \"%s\"", is_first ? "" : ",", line->name,
		line->bound);
	if (line->is_absent) {
		fprintf(json, ", \"absent\": \"%s\"}", line->unit);
		return;
	}
	fprintf(json, ", \"unit\": \"%s\", \"ours\": %g", line->unit, line->ours);
	if (line->theirs != 0)
		fprintf(json,
			", \"peer\": %g, \"ratio\": %g, \"quartiles\": [%g, %g], \"pairs\": %u",
			line->theirs, line->ratio, line->low, line->high, line->count);
	fprintf(json, ", \"met\": %s}",
		!is_bounded(line) ? "null"
		: is_met(line)    ? "true"
				  : "false");
}

static FILE *open_or_exit(const char *path, const char *mode)
{
	FILE *file = fopen(path, mode);
	if (!file) {
		fprintf(stderr, "table: %s: %s\n", path, strerror(errno));
		exit(1);
	}
	return file;
}

int main(int argc, char **argv)
{
	if (argc < 3 || argc > 4) {
		fprintf(stderr, "usage: table ABOUT RESULTS [JSON-FILE]\n");
		return 1;
	}
	FILE *results = open_or_exit(argv[2], "r");
	FILE *json = argc == 4 ? open_or_exit(argv[3], "w") : NULL;
	unsigned missed = 0, count = 0;
	char text[LINE_LEN_MAX];
	printf("%s\n%-52s %10s %10s %-5s  %8s  %-19s  %s\n", argv[1], "", "ours", "peer", "",
	       "ratio", "(quartiles)", "bound");
	if (json)
		fprintf(json, "{\"about\": \"%s\", \"rows\": [", argv[1]);
	for (struct line line; fgets(text, sizeof(text), results); count++) {
		if (!line_parse(&line, text)) {
			fprintf(stderr, "table: line %u has neither 3 nor %d fields\n", count + 1,
				FIELDS);
			return 1;
		}
		print(&line);
		if (json)
			print_json(&line, json, count == 0);
		missed += !line.is_absent && is_bounded(&line) && !is_met(&line);
	}
	fclose(results);
	if (json) {
		fprintf(json, "\n]}\n");
		if (fclose(json) != 0)
			return 1;
	}
	printf("%u rows, %u bounds not met\n", count, missed);
	return missed ? 2 : 0;
}

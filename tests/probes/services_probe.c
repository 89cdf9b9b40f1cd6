/* SPDX-License-Identifier: MIT */

/*
 * Asks the C library for every line of a services file that lies where the library looks for it
 * (/etc/services), and compares: services_probe FILE. Built with any libc.
 *
 * musl cannot express these, and they are not compared there: transports other than TCP and UDP;
 * the canonical name and the aliases in an answer to getservbyname(), which repeats the name asked
 * for; aliases in an answer to getservbyport().
 */

#include <arpa/inet.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_COUNT_MAX 64

#ifdef __GLIBC__
static const bool is_glibc = true;
#else
static const bool is_glibc = false;
#endif

struct line {
	char text[128];
	char *names[NAME_COUNT_MAX + 1]; /* NULL at the end */
	int port;
	char *protocol;
};

static struct line *lines;
static size_t line_count, failures, asked;

static bool split(struct line *line)
{
	size_t count = 0;
	line->text[strcspn(line->text, "#\n")] = '\0';
	char *rest = NULL, *word = strtok_r(line->text, " ", &rest), *port;
	if (!word)
		return false;
	line->names[count++] = word;
	port = strtok_r(NULL, " ", &rest);
	line->protocol = strchr(port, '/');
	*line->protocol++ = '\0';
	line->port = (int)strtol(port, NULL, 10);
	while ((word = strtok_r(NULL, " ", &rest)) && count < NAME_COUNT_MAX)
		line->names[count++] = word;
	return true;
}

static bool is_comparable(const struct line *line)
{
	return is_glibc || !strcmp(line->protocol, "tcp") || !strcmp(line->protocol, "udp");
}

static bool has_name(const struct line *line, const char *name)
{
	for (size_t i = 0; line->names[i]; i++)
		if (!strcmp(line->names[i], name))
			return true;
	return false;
}

/* The first line with the name: what a library that reads from the top finds. */
static const struct line *first_with(const char *name, const char *protocol)
{
	for (size_t i = 0; i < line_count; i++)
		if (!strcmp(lines[i].protocol, protocol) && has_name(&lines[i], name))
			return &lines[i];
	return NULL;
}

static bool same_aliases(const struct line *line, char **aliases)
{
	size_t i = 0;
	for (; aliases[i] && line->names[i + 1]; i++)
		if (strcmp(aliases[i], line->names[i + 1]) != 0)
			return false;
	return !aliases[i] && !line->names[i + 1];
}

static void expect(bool is_right, const char *what, const char *name, const struct line *line)
{
	asked++;
	if (is_right)
		return;
	failures++;
	printf("%s: wrong answer for %s %d/%s\n", what, name, line->port, line->protocol);
}

static void ask(const struct line *line)
{
	const struct servent *got =
		getservbyport(htons((unsigned short)line->port), line->protocol);
	expect(got && !strcmp(got->s_name, line->names[0]) &&
		       (!is_glibc || same_aliases(line, got->s_aliases)),
	       "getservbyport", line->names[0], line);
	for (size_t i = 0; line->names[i]; i++) {
		const struct line *first = first_with(line->names[i], line->protocol);
		got = getservbyname(line->names[i], line->protocol);
		expect(got && ntohs((unsigned short)got->s_port) == first->port &&
			       (!is_glibc || !strcmp(got->s_name, first->names[0])),
		       "getservbyname", line->names[i], line);
	}
}

int main(int argc, char **argv)
{
	static char text[512];
	FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
	lines = calloc(100000, sizeof(*lines));
	if (!file || !lines)
		return 2;
	while (fgets(text, sizeof(text), file)) {
		struct line *line = &lines[line_count];
		if (strlen(text) > 127) {
			printf("longer than 126 bytes: %s", text);
			failures++;
			continue;
		}
		memcpy(line->text, text, sizeof(line->text));
		if (split(line) && is_comparable(line))
			line_count++;
		else
			memset(line, 0, sizeof(*line));
	}
	for (size_t i = 0; i < line_count; i++)
		ask(&lines[i]);
	printf("%zu lines, %zu questions, %zu wrong\n", line_count, asked, failures);
	return failures || !line_count;
}

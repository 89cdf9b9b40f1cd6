/* SPDX-License-Identifier: MIT */

/*
 * Asks the C library for the keys of a sample that agree.c wrote, with our services file as
 * /etc/services: ask_sample FILE. Built with any libc.
 *
 * musl cannot express these, and they are not compared there: transports other than TCP and UDP;
 * the canonical name in an answer to getservbyname(), which repeats the name asked for; aliases.
 */

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __GLIBC__
#include <nss.h>
static const int is_glibc = 1;
#else
static const int is_glibc = 0;
#endif

static char *words[80];
static size_t word_count;

static void split(char *line)
{
	char *rest = NULL;
	word_count = 0;
	for (char *word = strtok_r(line, " \n", &rest); word && word_count < 79;
	     word = strtok_r(NULL, " \n", &rest))
		words[word_count++] = word;
	words[word_count] = NULL;
}

static int same_aliases(char **aliases)
{
	size_t i = 4;
	for (; *aliases && words[i]; aliases++, i++)
		if (strcmp(*aliases, words[i]) != 0)
			return 0;
	return !*aliases && !words[i];
}

/* port PORT TRANSPORT [NAME ALIASES...] */
static int port_is_right(void)
{
	const struct servent *got =
		getservbyport(htons((unsigned short)strtoul(words[1], NULL, 10)), words[2]);
	if (!words[3] || !got)
		return !words[3] && !got;
	return !strcmp(got->s_name, words[3]) && !strcmp(got->s_proto, words[2]) &&
	       (!is_glibc || same_aliases(got->s_aliases));
}

/* name NAME TRANSPORT PORT CANONICAL */
static int name_is_right(void)
{
	const struct servent *got = getservbyname(words[1], words[2]);
	return got && ntohs((unsigned short)got->s_port) == strtoul(words[3], NULL, 10) &&
	       (!is_glibc || !strcmp(got->s_name, words[4]));
}

int main(int argc, char **argv)
{
	static char line[1 << 16];
	size_t asked = 0, wrong = 0;
	FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
	if (!file)
		return 2;
#ifdef __GLIBC__
	if (__nss_configure_lookup("services", "files") != 0)
		return 2;
#endif
	while (fgets(line, sizeof(line), file)) {
		split(line);
		if (!is_glibc && strcmp(words[2], "tcp") != 0 && strcmp(words[2], "udp") != 0)
			continue;
		asked++;
		if (!strcmp(words[0], "port") ? port_is_right() : name_is_right())
			continue;
		wrong++;
		printf("wrong: %s %s %s %s\n", words[0], words[1], words[2],
		       words[3] ? words[3] : "nothing");
	}
	(void)fclose(file);
	printf("%zu asked, %zu wrong\n", asked, wrong);
	return wrong || !asked;
}

/* SPDX-License-Identifier: MIT */
/* The peer of an import: expat alone reads the file and counts its elements. */
#include <expat.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static void XMLCALL count_element(void *count, const XML_Char *name, const XML_Char **attributes)
{
	(void)name;
	(void)attributes;
	++*(unsigned long *)count;
}

int main(int argc, char **argv)
{
	enum {
		BLOCK = 64 * 1024
	};
	unsigned long count = 0;
	int file = argc == 2 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;
	XML_Parser parser = XML_ParserCreate(NULL);
	if (file < 0 || !parser)
		return 1;
	XML_SetUserData(parser, &count);
	XML_SetStartElementHandler(parser, count_element);
	for (ssize_t got = 1; got > 0;) {
		void *block = XML_GetBuffer(parser, BLOCK);
		if (!block || (got = read(file, block, BLOCK)) < 0 ||
		    XML_ParseBuffer(parser, (int)got, got == 0) != XML_STATUS_OK)
			return 1;
	}
	printf("%lu elements\n", count);
	XML_ParserFree(parser);
	return 0;
}

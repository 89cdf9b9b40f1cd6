/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Without libFuzzer: runs a fuzz target once over each file of a folder. */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static uint8_t *load(const char *path, size_t *ret_size)
{
	FILE *file = fopen(path, "rb");
	if (!file || fseek(file, 0, SEEK_END) != 0)
		return NULL;
	long size = ftell(file);
	uint8_t *bytes = size < 0 ? NULL : malloc((size_t)size + !size);
	rewind(file);
	if (bytes && fread(bytes, 1, (size_t)size, file) != (size_t)size) {
		free(bytes);
		bytes = NULL;
	}
	(void)fclose(file);
	*ret_size = (size_t)size;
	return bytes;
}

int main(int argc, char **argv)
{
	DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
	size_t count = 0;
	if (!folder)
		return EXIT_FAILURE;
	for (struct dirent *entry; (entry = readdir(folder));) {
		char path[4096];
		size_t size;
		if (entry->d_name[0] == '.')
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", argv[1], entry->d_name);
		(void)printf("%s\n", path);
		uint8_t *bytes = load(path, &size);
		if (!bytes)
			return EXIT_FAILURE;
		(void)LLVMFuzzerTestOneInput(bytes, size);
		free(bytes);
		count++;
	}
	(void)closedir(folder);
	return count ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* SPDX-License-Identifier: MIT */
/* The peer of a lookup, the least that any program could do: map the snapshot, read two pages of
 * it, print a line. */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct stat status;
	int file = argc == 2 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;
	if (file < 0 || fstat(file, &status) != 0)
		return 1;
	size_t size = (size_t)status.st_size;
	const unsigned char *map = mmap(NULL, size, PROT_READ, MAP_SHARED, file, 0);
	if (map == MAP_FAILED)
		return 1;
	char line[] = "mysql 3306/tcp 00\n";
	line[15] = (char)('0' + map[0] % 10);
	line[16] = (char)('0' + map[size / 2] % 10);
	return write(STDOUT_FILENO, line, sizeof(line) - 1) < 0;
}

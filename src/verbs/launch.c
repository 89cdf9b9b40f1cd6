/* SPDX-License-Identifier: MIT */
#include "verbs/launch.h"

#include <errno.h>
#include <unistd.h>

#include "base/buf.h"

#define PATH_LIMIT 4096

/* Beside this program: the build tree, then an installed tree wherever it was put. */
static const char *const folders_beside[] = {
	"/../keeper/",           "/../serve/",  "/../fetch/", "/../cli/",
	"/../libexec/portroll/", "/../../bin/", "/",
};

static void try_path(struct buf *path, struct portroll_str folder, const char *below,
		     const char *program, char **argv)
{
	buf_clear(path);
	buf_put(path, folder);
	buf_puts(path, below);
	buf_puts(path, program);
	buf_putc(path, '\0');
	if (path->failed)
		return;
	argv[0] = path->ptr;
	(void)execv(path->ptr, argv);
}

/* The folder of this program, without a slash at the end; empty when it cannot be found. */
static struct portroll_str own_folder(char *space, size_t size)
{
	ssize_t len = readlink("/proc/self/exe", space, size);
	while (len > 0 && space[len - 1] != '/')
		len--;
	return len > 0 ? (struct portroll_str){space, (size_t)len - 1} : STR_NONE;
}

void launch(const char *program, char **argv, const char *libexec, struct portroll_error *err)
{
	char space[PATH_LIMIT];
	CLEANUP(buf_done) struct buf path = BUF_INIT(2 * PATH_LIMIT);
	if (libexec)
		try_path(&path, str_from(libexec), "/", program, argv);
	struct portroll_str own = own_folder(space, sizeof(space));
	for (size_t i = 0; own.ptr && i < ARRAY_LEN(folders_beside); i++)
		try_path(&path, own, folders_beside[i], program, argv);
	try_path(&path, STR(PORTROLL_LIBEXECDIR), "/", program, argv);
	try_path(&path, STR(PORTROLL_BINDIR), "/", program, argv);
	if (errno == ENOENT)
		(void)error_set(err, PORTROLL_ESYSTEM, "%s is not installed (looked in %s)",
				program, PORTROLL_LIBEXECDIR);
	else
		(void)error_sys(err, errno, "%s cannot be run", program);
}

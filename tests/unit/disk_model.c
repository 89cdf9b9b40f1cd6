/* SPDX-License-Identifier: MIT */
#include "disk_model.h"

#include "test.h"

#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECTOR   512
#define PATH_LEN 512

/* A write that is not synced; without bytes: the file got this size. */
struct pending {
	off_t at;
	size_t len;
	unsigned char *bytes;
	struct pending *next;
};

struct node;

struct name {
	char text[96];
	struct node *now, *durable; /* NULL: nothing */
};

struct node {
	bool is_folder;
	mode_t mode;
	/* A folder. */
	struct name *names;
	size_t name_count, names_max;
	/* A file. */
	unsigned char *bytes; /* durable */
	size_t size;
	struct pending *first, *last;
	struct node *next_made; /* of all */
};

struct disk {
	char folder[PATH_LEN];
	struct node *root, *made;
};

static struct node *make_node(struct disk *d, bool is_folder, mode_t mode)
{
	struct node *n = calloc(1, sizeof(*n));
	assert_non_null(n);
	n->is_folder = is_folder;
	n->mode = mode;
	n->next_made = d->made;
	d->made = n;
	return n;
}

static struct name *find_name(struct node *folder, const char *text, size_t len)
{
	for (size_t i = 0; i < folder->name_count; i++)
		if (strlen(folder->names[i].text) == len &&
		    memcmp(folder->names[i].text, text, len) == 0)
			return &folder->names[i];
	if (folder->name_count == folder->names_max) {
		folder->names_max = folder->names_max ? 2 * folder->names_max : 16;
		folder->names = realloc(folder->names, folder->names_max * sizeof(*folder->names));
		assert_non_null(folder->names);
	}
	struct name *name = &folder->names[folder->name_count++];
	*name = (struct name){0};
	assert_true(len < sizeof(name->text));
	memcpy(name->text, text, len);
	return name;
}

/* The name that a path ends with, until the next one is looked for; the folders above it are there.
 * NULL: the top. */
static struct name *resolve(struct disk *d, const char *path)
{
	struct node *at = d->root;
	assert_true(strncmp(path, d->folder, strlen(d->folder)) == 0);
	const char *rest = path + strlen(d->folder);
	while (*rest == '/')
		rest++;
	for (;;) {
		const char *slash = strchr(rest, '/');
		size_t len = slash ? (size_t)(slash - rest) : strlen(rest);
		if (len == 0)
			return NULL;
		struct name *name = find_name(at, rest, len);
		if (!slash)
			return name;
		assert_non_null(name->now);
		at = name->now;
		rest = slash + 1;
	}
}

static void apply(unsigned char **bytes, size_t *size, const struct pending *p)
{
	size_t end = p->bytes ? (size_t)p->at + p->len : (size_t)p->at;
	bool grows = end > *size;
	if (grows || !p->bytes) {
		*bytes = realloc(*bytes, end + 1);
		assert_non_null(*bytes);
		if (grows)
			memset(*bytes + *size, 0, end - *size);
		*size = end;
	}
	if (p->bytes)
		memcpy(*bytes + p->at, p->bytes, p->len);
}

static void add_pending(struct node *n, off_t at, const void *bytes, size_t len)
{
	struct pending *p = calloc(1, sizeof(*p));
	assert_non_null(p);
	p->at = at;
	p->len = len;
	if (bytes) {
		p->bytes = malloc(len + 1);
		assert_non_null(p->bytes);
		memcpy(p->bytes, bytes, len);
	}
	if (n->last)
		n->last->next = p;
	else
		n->first = p;
	n->last = p;
}

static void forget_pending(struct node *n)
{
	for (struct pending *p = n->first, *next; p; p = next) {
		next = p->next;
		free(p->bytes);
		free(p);
	}
	n->first = n->last = NULL;
}

static void make_durable(struct node *n)
{
	for (size_t i = 0; i < n->name_count; i++)
		n->names[i].durable = n->names[i].now;
	for (const struct pending *p = n->first; p; p = p->next)
		apply(&n->bytes, &n->size, p);
	forget_pending(n);
}

void disk_note(struct disk *d, const struct io *io)
{
	struct name *name = resolve(d, io->path);
	struct node *node = name ? name->now : d->root;
	switch (io->kind) {
	case IO_CREATE:
		name->now = make_node(d, false, 0600);
		break;
	case IO_FOLDER:
		name->now = make_node(d, true, 0755);
		break;
	case IO_WRITE:
		add_pending(node, io->at, io->bytes, io->len);
		break;
	case IO_TRUNCATE:
		add_pending(node, io->at, NULL, 0);
		break;
	case IO_SYNC:
		make_durable(node);
		break;
	case IO_RENAME:
		name->now = NULL; /* before a new name moves it */
		resolve(d, io->target)->now = node;
		break;
	case IO_REMOVE:
		name->now = NULL;
		break;
	case IO_READ:
		break;
	}
}

static void load(struct disk *d, struct node *folder, const char *path)
{
	DIR *entries = opendir(path);
	assert_non_null(entries);
	const struct dirent *entry;
	while ((entry = readdir(entries))) {
		char below[PATH_LEN];
		struct stat st;
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		(void)snprintf(below, sizeof(below), "%.400s/%.100s", path, entry->d_name);
		assert_int_equal(lstat(below, &st), 0);
		struct node *n = make_node(d, S_ISDIR(st.st_mode), st.st_mode & 07777);
		struct name *name = find_name(folder, entry->d_name, strlen(entry->d_name));
		name->now = name->durable = n;
		if (n->is_folder) {
			load(d, n, below);
			continue;
		}
		struct file_bytes file;
		assert_int_equal(file_load(&file, below, SIZE_MAX / 2, NULL), PORTROLL_OK);
		n->size = file.bytes.len;
		n->bytes = malloc(n->size + 1);
		assert_non_null(n->bytes);
		memcpy(n->bytes, file.bytes.ptr, n->size);
		file_release(&file);
	}
	(void)closedir(entries);
}

struct disk *disk_new(const char *folder)
{
	struct disk *d = calloc(1, sizeof(*d));
	assert_non_null(d);
	(void)snprintf(d->folder, sizeof(d->folder), "%s", folder);
	d->root = make_node(d, true, 0700);
	load(d, d->root, folder);
	return d;
}

void disk_free(struct disk *d)
{
	for (struct node *n = d->made, *next; n; n = next) {
		next = n->next_made;
		forget_pending(n);
		free(n->bytes);
		free(n->names);
		free(n);
	}
	free(d);
}

/* What is left of something that was not synced. */
struct fate {
	enum disk_loss loss;
	uint64_t state;
};

static bool survives(struct fate *f)
{
	/* xorshift64 */
	f->state ^= f->state << 13;
	f->state ^= f->state >> 7;
	f->state ^= f->state << 17;
	return f->loss == DISK_LOSES_NONE || (f->loss == DISK_LOSES_SOME && f->state >> 40 & 1);
}

static void put_file(const struct node *n, const char *path, struct fate *f)
{
	size_t size = n->size;
	unsigned char *bytes = malloc(size + 1);
	assert_non_null(bytes);
	if (size)
		memcpy(bytes, n->bytes, size);
	for (const struct pending *p = n->first; p; p = p->next) {
		if (!p->bytes && survives(f))
			apply(&bytes, &size, p);
		for (size_t at = 0; p->bytes && at < p->len;) {
			size_t left = SECTOR - (size_t)(p->at + (off_t)at) % SECTOR;
			struct pending part = {.at = p->at + (off_t)at,
					       .len = left < p->len - at ? left : p->len - at,
					       .bytes = p->bytes + at};
			if (survives(f))
				apply(&bytes, &size, &part);
			at += part.len;
		}
	}
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, n->mode | 0200);
	assert_true(fd >= 0 && write(fd, bytes, size) == (ssize_t)size);
	assert_int_equal(fchmod(fd, n->mode), 0);
	(void)close(fd);
	free(bytes);
}

static void put_folder(const struct node *folder, const char *path, struct fate *f)
{
	for (size_t i = 0; i < folder->name_count; i++) {
		const struct name *name = &folder->names[i];
		const struct node *n = name->durable;
		if (name->now != name->durable && survives(f))
			n = name->now;
		if (!n)
			continue;
		char below[PATH_LEN];
		(void)snprintf(below, sizeof(below), "%.400s/%s", path, name->text);
		if (n->is_folder) {
			assert_int_equal(mkdir(below, n->mode), 0);
			put_folder(n, below, f);
		} else {
			put_file(n, below, f);
		}
	}
}

void disk_put(const struct disk *d, const char *folder, enum disk_loss loss, uint64_t seed)
{
	struct fate f = {loss, seed * 0x9e3779b97f4a7c15 + 1};
	assert_int_equal(file_remove_tree(folder, NULL), PORTROLL_OK);
	assert_int_equal(mkdir(folder, 0700), 0);
	put_folder(d->root, folder, &f);
}

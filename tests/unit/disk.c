/* SPDX-License-Identifier: MIT */
#include "disk.h"

#include <sqlite3.h>

#define INODES     8
#define NAMES      8
#define SIZE_MAX_  (4 << 20)
#define CHANGES    4096
#define POOL_SIZE  (24 << 20)
#define SECTOR     512
#define NAME_SPACE 256

/* A write, or where `bytes` is NULL, a change of the size. */
struct change {
	size_t offset, len;
	const uint8_t *bytes;
};

struct image {
	size_t size;
	uint8_t bytes[SIZE_MAX_];
};

struct inode {
	struct image now, durable;
	struct change changes[CHANGES];
	size_t change_count;
	unsigned sharers;
	const void *reserver, *pender;
};

struct name {
	char text[NAME_SPACE];
	struct inode *now, *durable;
};

struct handle {
	sqlite3_file base; /* SQLite's part; the first */
	struct inode *inode;
	int level;
	bool syncs_folder; /* with its first sync, as SQLite does it for a journal */
};

/* SQLite hands its callbacks no context that would tell disks apart. */
static struct {
	struct inode inodes[INODES];
	struct name names[NAMES];
	size_t inode_count, name_count;
	uint8_t pool[POOL_SIZE];
	size_t pooled;
	size_t fail_at, count;
	enum disk_fault fault;
	unsigned clock;
} disk;

static void apply(struct image *image, const struct change *c)
{
	size_t end = c->bytes ? c->offset + c->len : c->offset;
	assert_true(end <= SIZE_MAX_);
	if (end > image->size)
		memset(image->bytes + image->size, 0, end - image->size);
	if (c->bytes)
		memcpy(image->bytes + c->offset, c->bytes, c->len);
	if (!c->bytes || end > image->size)
		image->size = end;
}

static void add_change(struct inode *inode, size_t offset, const void *bytes, size_t len)
{
	struct change c = {offset, len, NULL};
	if (bytes) {
		assert_true(disk.pooled + len <= POOL_SIZE);
		c.bytes = memcpy(disk.pool + disk.pooled, bytes, len);
		disk.pooled += len;
	}
	assert_true(inode->change_count < CHANGES);
	inode->changes[inode->change_count++] = c;
	apply(&inode->now, &c);
}

static void sync_folder(void)
{
	for (size_t i = 0; i < disk.name_count; i++)
		disk.names[i].durable = disk.names[i].now;
}

/* Does this operation fail? `writes`: it needs room. */
static bool fails_now(bool writes)
{
	size_t n = ++disk.count;
	switch (disk.fault) {
	case DISK_FAILS_ONCE:
		return n == disk.fail_at;
	case DISK_FAILS:
	case DISK_LOSES_POWER:
		return n >= disk.fail_at;
	case DISK_IS_FULL:
		return writes && n >= disk.fail_at;
	case DISK_WORKS:
	default:
		return false;
	}
}

/* Is the power going in the midst of this operation, so that some of it may be done? */
static bool is_interrupted(void)
{
	return disk.fault == DISK_LOSES_POWER && disk.count == disk.fail_at;
}

static int close_file(sqlite3_file *file)
{
	struct handle *h = (struct handle *)file;
	assert_int_equal(h->level, SQLITE_LOCK_NONE);
	return SQLITE_OK;
}

static int read_file(sqlite3_file *file, void *ret, int len, sqlite3_int64 offset)
{
	const struct image *image = &((struct handle *)file)->inode->now;
	size_t from = (size_t)offset, wanted = (size_t)len;
	if (fails_now(false))
		return SQLITE_IOERR_READ;
	size_t left = from < image->size ? image->size - from : 0;
	size_t got = left < wanted ? left : wanted;
	if (got)
		memcpy(ret, image->bytes + from, got);
	memset((char *)ret + got, 0, wanted - got);
	return got == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

/* A write that fails has written its first half. */
static int write_file(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 offset)
{
	struct handle *h = (struct handle *)file;
	bool fails = fails_now(true), whole = !fails || is_interrupted();
	if (whole || disk.count == disk.fail_at)
		add_change(h->inode, (size_t)offset, bytes, whole ? (size_t)len : (size_t)len / 2);
	if (!fails)
		return SQLITE_OK;
	return disk.fault == DISK_IS_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int truncate_file(sqlite3_file *file, sqlite3_int64 size)
{
	struct handle *h = (struct handle *)file;
	bool fails = fails_now(false);
	if (!fails || is_interrupted())
		add_change(h->inode, (size_t)size, NULL, 0);
	return fails ? SQLITE_IOERR_TRUNCATE : SQLITE_OK;
}

static int sync_file(sqlite3_file *file, int flags)
{
	(void)flags;
	struct handle *h = (struct handle *)file;
	struct inode *inode = h->inode;
	if (fails_now(false)) {
		if (disk.fault == DISK_FAILS_ONCE)
			inode->change_count = 0;
		return SQLITE_IOERR_FSYNC;
	}
	for (size_t i = 0; i < inode->change_count; i++)
		apply(&inode->durable, &inode->changes[i]);
	inode->change_count = 0;
	if (h->syncs_folder)
		sync_folder();
	h->syncs_folder = false;
	return SQLITE_OK;
}

static int size_of_file(sqlite3_file *file, sqlite3_int64 *ret)
{
	if (fails_now(false))
		return SQLITE_IOERR_FSTAT;
	*ret = (sqlite3_int64)((struct handle *)file)->inode->now.size;
	return SQLITE_OK;
}

static int lock_file(sqlite3_file *file, int level)
{
	struct handle *h = (struct handle *)file;
	struct inode *inode = h->inode;
	if (h->level >= level)
		return SQLITE_OK;
	if (fails_now(false))
		return SQLITE_IOERR_LOCK;
	if (inode->pender && inode->pender != h)
		return SQLITE_BUSY;
	if (level == SQLITE_LOCK_SHARED)
		inode->sharers++;
	if (level >= SQLITE_LOCK_RESERVED) {
		if (inode->reserver && inode->reserver != h)
			return SQLITE_BUSY;
		inode->reserver = h;
	}
	if (level == SQLITE_LOCK_EXCLUSIVE) {
		inode->pender = h;
		h->level = SQLITE_LOCK_PENDING;
		if (inode->sharers > 1)
			return SQLITE_BUSY;
	}
	h->level = level;
	return SQLITE_OK;
}

static int unlock_file(sqlite3_file *file, int level)
{
	struct handle *h = (struct handle *)file;
	struct inode *inode = h->inode;
	if (h->level <= level)
		return SQLITE_OK;
	if (inode->reserver == h)
		inode->reserver = NULL;
	if (inode->pender == h)
		inode->pender = NULL;
	if (level == SQLITE_LOCK_NONE)
		inode->sharers--;
	h->level = level;
	return SQLITE_OK;
}

static int check_reserved(sqlite3_file *file, int *ret)
{
	if (fails_now(false))
		return SQLITE_IOERR_CHECKRESERVEDLOCK;
	*ret = ((struct handle *)file)->inode->reserver != NULL;
	return SQLITE_OK;
}

static int control(sqlite3_file *file, int op, void *argument)
{
	(void)file;
	(void)op;
	(void)argument;
	return SQLITE_NOTFOUND;
}

/* As SQLite takes those of Unix to be. */
static int sector_size(sqlite3_file *file)
{
	(void)file;
	return 4096;
}

static int characteristics(sqlite3_file *file)
{
	(void)file;
	return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static struct name *find_name(const char *text)
{
	for (size_t i = 0; i < disk.name_count; i++)
		if (strcmp(disk.names[i].text, text) == 0)
			return &disk.names[i];
	return NULL;
}

static struct inode *new_inode(void)
{
	assert_true(disk.inode_count < INODES);
	struct inode *inode = &disk.inodes[disk.inode_count++];
	inode->now.size = inode->durable.size = inode->change_count = 0;
	inode->sharers = 0;
	inode->reserver = inode->pender = NULL;
	return inode;
}

static struct name *new_name(const char *text)
{
	assert_true(disk.name_count < NAMES);
	struct name *name = &disk.names[disk.name_count++];
	*name = (struct name){0};
	(void)snprintf(name->text, sizeof(name->text), "%s", text);
	return name;
}

static const sqlite3_io_methods methods = {
	.iVersion = 1,
	.xClose = close_file,
	.xRead = read_file,
	.xWrite = write_file,
	.xTruncate = truncate_file,
	.xSync = sync_file,
	.xFileSize = size_of_file,
	.xLock = lock_file,
	.xUnlock = unlock_file,
	.xCheckReservedLock = check_reserved,
	.xFileControl = control,
	.xSectorSize = sector_size,
	.xDeviceCharacteristics = characteristics,
};

static int open_file(sqlite3_vfs *vfs, const char *text, sqlite3_file *file, int flags, int *ret)
{
	(void)vfs;
	struct handle *h = (struct handle *)file;
	*h = (struct handle){0};
	struct name *name = text ? find_name(text) : NULL;
	bool is_new = !name || !name->now;
	if (fails_now(false) || (is_new && !(flags & SQLITE_OPEN_CREATE)))
		return SQLITE_CANTOPEN;
	h->inode = is_new ? new_inode() : name->now;
	if (text && !name)
		name = new_name(text);
	if (name)
		name->now = h->inode;
	h->syncs_folder = flags & SQLITE_OPEN_CREATE && flags & SQLITE_OPEN_MAIN_JOURNAL;
	h->base.pMethods = &methods;
	if (ret)
		*ret = flags;
	return SQLITE_OK;
}

static int delete_file(sqlite3_vfs *vfs, const char *text, int with_folder)
{
	(void)vfs;
	struct name *name = find_name(text);
	bool fails = fails_now(false);
	if (fails && !is_interrupted())
		return SQLITE_IOERR_DELETE;
	if (!name || !name->now)
		return SQLITE_IOERR_DELETE_NOENT;
	name->now = NULL;
	if (with_folder && !fails)
		sync_folder();
	return fails ? SQLITE_IOERR_DELETE : SQLITE_OK;
}

/* SQLite takes an empty file for none. */
static int find_file(sqlite3_vfs *vfs, const char *text, int flags, int *ret)
{
	(void)vfs;
	(void)flags;
	if (fails_now(false))
		return SQLITE_IOERR_ACCESS;
	const struct name *name = find_name(text);
	*ret = name && name->now && name->now->now.size > 0;
	return SQLITE_OK;
}

static int full_path(sqlite3_vfs *vfs, const char *text, int size, char *ret)
{
	(void)vfs;
	int len = snprintf(ret, (size_t)size, "%s", text);
	return len < size ? SQLITE_OK : SQLITE_CANTOPEN;
}

static int randomness(sqlite3_vfs *vfs, int len, char *ret)
{
	(void)vfs;
	memset(ret, 7, (size_t)len);
	return len;
}

static int sleep_no_time(sqlite3_vfs *vfs, int microseconds)
{
	(void)vfs;
	return microseconds;
}

static int current_time(sqlite3_vfs *vfs, double *ret)
{
	(void)vfs;
	*ret = 2461368.0 + ++disk.clock;
	return SQLITE_OK;
}

static int last_error(sqlite3_vfs *vfs, int len, char *text)
{
	(void)vfs;
	(void)len;
	(void)text;
	return 0;
}

void disk_install(void)
{
	static sqlite3_vfs vfs = {
		.iVersion = 1,
		.szOsFile = (int)sizeof(struct handle),
		.mxPathname = NAME_SPACE - 1,
		.zName = "disk",
		.xOpen = open_file,
		.xDelete = delete_file,
		.xAccess = find_file,
		.xFullPathname = full_path,
		.xRandomness = randomness,
		.xSleep = sleep_no_time,
		.xCurrentTime = current_time,
		.xGetLastError = last_error,
	};
	assert_int_equal(sqlite3_vfs_register(&vfs, 1), SQLITE_OK);
}

void disk_clear(void)
{
	disk.inode_count = disk.name_count = disk.pooled = 0;
	disk_plan(0, DISK_WORKS);
}

void disk_plan(size_t n, enum disk_fault fault)
{
	disk.fail_at = n;
	disk.fault = fault;
	disk.count = 0;
}

size_t disk_operations(void)
{
	return disk.count;
}

static bool survives(enum disk_survival how, struct random *dice)
{
	return how == DISK_KEEPS || (how != DISK_LOSES && random_below(dice, 2));
}

/* Parts of a write, as the disk writes its sectors. */
static void apply_sectors(struct image *image, const struct change *c, struct random *dice)
{
	for (size_t at = 0; at < c->len;) {
		size_t len = SECTOR - (c->offset + at) % SECTOR;
		len = len < c->len - at ? len : c->len - at;
		struct change part = {c->offset + at, len, c->bytes + at};
		if (random_below(dice, 2))
			apply(image, &part);
		at += len;
	}
}

void disk_power_comes_back(enum disk_survival how, struct random *dice)
{
	for (size_t i = 0; i < disk.inode_count; i++) {
		struct inode *inode = &disk.inodes[i];
		for (size_t n = 0; n < inode->change_count; n++) {
			const struct change *c = &inode->changes[n];
			if (how == DISK_TEARS && c->bytes)
				apply_sectors(&inode->durable, c, dice);
			else if (survives(how, dice))
				apply(&inode->durable, c);
		}
		inode->change_count = 0;
		inode->now.size = inode->durable.size;
		memcpy(inode->now.bytes, inode->durable.bytes, inode->durable.size);
	}
	for (size_t i = 0; i < disk.name_count; i++) {
		struct name *name = &disk.names[i];
		if (name->now != name->durable && !survives(how, dice))
			name->now = name->durable;
		name->durable = name->now;
	}
	disk_plan(0, DISK_WORKS);
}

bool disk_holds(struct portroll_str text)
{
	for (size_t i = 0; i < disk.name_count; i++) {
		const struct inode *inode = disk.names[i].now;
		if (inode && memmem(inode->now.bytes, inode->now.size, text.ptr, text.len))
			return true;
	}
	return false;
}

/* SPDX-License-Identifier: MIT */
#include "base/file_sync.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <unistd.h>

struct syncing {
	int descriptor;
	int failed; /* errno */
	pthread_t thread;
	bool has_thread;
};

static void *sync_it(void *context)
{
	struct syncing *s = context;
	s->failed = fsync(s->descriptor) < 0 ? errno : 0;
	return NULL;
}

/* The last one needs no thread; nor does one that gets none. */
int file_sync_all(size_t *ret_failed, const int *descriptors, size_t count)
{
	struct syncing all[FILE_SYNC_MAX];
	int failed = 0;
	assert(count <= FILE_SYNC_MAX);
	for (size_t i = 0; i < count; i++) {
		struct syncing *s = &all[i];
		*s = (struct syncing){.descriptor = descriptors[i]};
		s->has_thread = i + 1 < count && pthread_create(&s->thread, NULL, sync_it, s) == 0;
		if (!s->has_thread)
			(void)sync_it(s);
	}
	for (size_t i = 0; i < count; i++) {
		if (all[i].has_thread)
			(void)pthread_join(all[i].thread, NULL);
		if (all[i].failed && !failed) {
			failed = all[i].failed;
			*ret_failed = i;
		}
	}
	return failed;
}

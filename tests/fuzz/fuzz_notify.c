/* SPDX-License-Identifier: MIT */
#include "desk/notify.h"

#include <stdlib.h>

#include "desk/delivery.h"
#include "desk/letter.h"

/* Settings, templates and deliveries: what is read is what its form allows, and a letter comes of
 * any template. */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void read_settings(struct portroll_str text, struct arena *a)
{
	struct notify_settings s;
	struct portroll_error err = {0};
	int r = notify_read(&s, text, a, &err);
	must((r < 0) == (err.code != 0));
	if (r < 0)
		return;
	must(!s.mail.len || s.from.len);
	for (size_t i = 0; i < s.webhook_count; i++)
		must(notify_webhook(&s, s.webhooks[i].name) == &s.webhooks[i]);
}

static void make_letter(struct portroll_str text, struct arena *a)
{
	static const struct letter_word words[] = {
		{"request", STR_INIT("R-1")}, {"due", {NULL, 0}}, {NULL, {NULL, 0}}};
	struct paragraph_list own;
	struct letter letter;
	if (paragraphs_read(&own, text, a, NULL) < 0 || letter_check(&own, NULL) < 0)
		return;
	int r = letter_make(&letter, "step", &own, words, a);
	must(r == PORTROLL_OK || a->failed);
}

static void read_delivery(struct portroll_str text, struct arena *a)
{
	const struct stored_paper paper = {.kind = STR("delivery"),
					   .id = STR("000069aabbccdd000102030405060708"),
					   .body = text};
	struct stored_paper again;
	struct delivery d;
	if (delivery_read(&d, &paper, a, NULL) < 0)
		return;
	must(delivery_paper(&again, &d, a, NULL) == PORTROLL_OK);
	must(str_equal(again.body, text));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct portroll_str text = {(const char *)bytes, size};
	read_settings(text, &a);
	make_letter(text, &a);
	read_delivery(text, &a);
	return 0;
}

/* SPDX-License-Identifier: MIT */
#include "procedure/rule.h"

#define DETAIL_MAX PARAGRAPH_TEXT_MAX /* bytes: nothing that is asked for is larger */

/* NULL when there is no memory, which the arena remembers. */
PRINTF(2, 0)
static struct finding *add(struct finding_list *list, const char *format, va_list args)
{
	CLEANUP(buf_done) struct buf detail = BUF_INIT(DETAIL_MAX);
	buf_vprintf(&detail, format, args);
	if (list->count == list->capacity) {
		size_t capacity = list->capacity ? 2 * list->capacity : 16;
		struct finding *items =
			arena_grow(list->arena, list->items, list->count, capacity, sizeof(*items));
		if (!items)
			return NULL;
		list->items = items;
		list->capacity = capacity;
	}
	struct finding *f = &list->items[list->count];
	*f = (struct finding){.rule = list->rule,
			      .detail = arena_str(list->arena, buf_str(&detail))};
	if (detail.failed)
		list->arena->failed = true;
	if (list->arena->failed)
		return NULL;
	list->count++;
	return f;
}

static void place(struct finding *f, uint8_t field, uint32_t record)
{
	if (!f)
		return;
	f->field = field;
	f->record = record;
}

void finding_add(struct finding_list *list, uint8_t field, uint32_t record, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	place(add(list, format, args), field, record);
	va_end(args);
}

void finding_lack(struct finding_list *list, uint8_t field, uint32_t unless, const char *format,
		  ...)
{
	va_list args;
	va_start(args, format);
	struct finding *f = add(list, format, args);
	va_end(args);
	place(f, field, NO_RECORD);
	if (f)
		f->unless = unless;
}

void finding_warn(struct finding_list *list, uint8_t field, uint32_t record, const char *format,
		  ...)
{
	va_list args;
	va_start(args, format);
	struct finding *f = add(list, format, args);
	va_end(args);
	place(f, field, record);
	if (f)
		f->is_warning = true;
}

void finding_ask(struct finding_list *list, uint8_t field, uint32_t record, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	struct finding *f = add(list, format, args);
	va_end(args);
	place(f, field, record);
	if (f)
		f->is_question = true;
}

static bool is_about(const struct rule *rule, const struct request *q)
{
	return !rule->kinds || (q->kind < REQUEST_KIND_COUNT && rule->kinds & KIND_BIT(q->kind));
}

int rules_check_request(struct finding_list *ret, const struct request_check *s)
{
	struct finding_list found = {.arena = ret->arena};
	for (size_t i = 0; (found.rule = rule_at(i)); i++) {
		if (!is_about(found.rule, s->request))
			continue;
		if (found.rule->of_request)
			found.rule->of_request(&found, s);
		if (found.rule->of_decision && s->evidence)
			found.rule->of_decision(&found, s);
	}
	if (found.arena->failed)
		return PORTROLL_ENOMEM;
	*ret = found;
	return PORTROLL_OK;
}

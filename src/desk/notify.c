/* SPDX-License-Identifier: MIT */
#include "desk/notify.h"

#include <stddef.h>

#include "base/macros.h"
#include "base/url.h"
#include "procedure/request.h"

#define SECRET_MIN 16 /* bytes: a shared secret that cannot be guessed */

struct setting {
	struct portroll_str name;
	size_t offset;
	bool (*holds)(struct portroll_str value);
	const char *expected;
};

static bool is_web_address(struct portroll_str url)
{
	return url_host(url).len > 0 &&
	       (str_starts_fold(url, STR("https://")) ||
		(str_starts_fold(url, STR("http://")) && url_is_loopback(url)));
}

static bool is_mail_way(struct portroll_str way)
{
	bool is_server =
		str_starts_fold(way, STR("smtp://")) || str_starts_fold(way, STR("smtps://"));
	return str_equal(way, STR("sendmail")) || str_starts(way, STR("/")) ||
	       (is_server && url_host(way).len > 0);
}

static bool is_one_line(struct portroll_str value)
{
	return str_find_char(value, '\n') == SIZE_MAX;
}

static bool is_secret(struct portroll_str value)
{
	return value.len >= SECRET_MIN && is_one_line(value);
}

/* clang-format off */
static const struct setting mail_settings[] = {
	{STR_INIT("mail"),     offsetof(struct notify_settings, mail), is_mail_way, "sendmail, the path of one, smtp://HOST:PORT or smtps://HOST:PORT"},
	{STR_INIT("from"),     offsetof(struct notify_settings, from), mail_is_well_formed, "a mail address"},
	{STR_INIT("user"),     offsetof(struct notify_settings, user), is_one_line, "one line"},
	{STR_INIT("password"), offsetof(struct notify_settings, password), is_one_line, "one line"},
	{STR_INIT("link"),     offsetof(struct notify_settings, link), is_web_address, "an https address"},
};

static const struct setting webhook_settings[] = {
	{STR_INIT("webhook"), offsetof(struct webhook, name), is_one_line, "a name"},
	{STR_INIT("url"),     offsetof(struct webhook, url), is_web_address, "an https address, or http on this machine"},
	{STR_INIT("secret"),  offsetof(struct webhook, secret), is_secret, "one line of 16 bytes or more"},
};
/* clang-format on */

struct settings {
	const struct setting *rows;
	size_t count;
};

static int read_field(void *place, struct settings s, const struct paragraph_field *field,
		      struct portroll_error *err)
{
	for (size_t i = 0; i < s.count; i++) {
		const struct setting *row = &s.rows[i];
		if (!paragraph_name_equal(field->name, row->name))
			continue;
		if (!is_one_line(field->value) || !row->holds(field->value))
			return error_at(err, PORTROLL_ESYNTAX, field->line, 1, "%.*s: expected %s",
					PORTROLL_STR_ARG(row->name), row->expected);
		*(struct portroll_str *)((char *)place + row->offset) = field->value;
		return PORTROLL_OK;
	}
	return error_at(err, PORTROLL_ESYNTAX, field->line, 1,
			"there is no setting '%.*s'; see portroll-notify(5)",
			PORTROLL_STR_ARG(str_part(field->name, 0, 40)));
}

static int read_paragraph(void *place, struct settings s, const struct paragraph *p,
			  struct portroll_error *err)
{
	int r = PORTROLL_OK;
	for (size_t i = 0; i < p->count && r == PORTROLL_OK; i++)
		r = read_field(place, s, &p->fields[i], err);
	return r;
}

static int check_mail(const struct notify_settings *s, const struct paragraph *p,
		      struct portroll_error *err)
{
	if (s->mail.len && !s->from.len)
		return error_at(err, PORTROLL_ESYNTAX, p->fields[0].line, 1,
				"mail needs From: the address that it comes from");
	return PORTROLL_OK;
}

static int check_webhook(const struct notify_settings *s, const struct webhook *hook,
			 const struct paragraph *p, struct portroll_error *err)
{
	if (!hook->url.len || !hook->secret.len)
		return error_at(err, PORTROLL_ESYNTAX, p->fields[0].line, 1,
				"a webhook needs URL and Secret");
	if (notify_webhook(s, hook->name))
		return error_at(err, PORTROLL_ESYNTAX, p->fields[0].line, 1,
				"there are two webhooks of that name");
	return PORTROLL_OK;
}

static bool is_of_webhook(const struct paragraph *p)
{
	return paragraph_find(p, STR("webhook")) != NULL;
}

static int read_webhook(struct notify_settings *s, struct webhook *hook, const struct paragraph *p,
			struct portroll_error *err)
{
	const struct settings rows = {webhook_settings, ARRAY_LEN(webhook_settings)};
	int r = read_paragraph(hook, rows, p, err);
	if (r == PORTROLL_OK)
		r = check_webhook(s, hook, p, err);
	if (r == PORTROLL_OK)
		s->webhook_count++;
	return r;
}

int notify_read(struct notify_settings *ret, struct portroll_str text, struct arena *a,
		struct portroll_error *err)
{
	struct paragraph_list list = {0};
	*ret = (struct notify_settings){0};
	int r = paragraphs_read(&list, text, a, err);
	struct webhook *hooks = arena_array(a, r == PORTROLL_OK ? list.count : 0, sizeof(*hooks));
	if (r == PORTROLL_OK && !hooks)
		r = error_memory(err);
	ret->webhooks = hooks;
	for (size_t i = 0; i < list.count && r == PORTROLL_OK; i++) {
		const struct paragraph *p = &list.items[i];
		const struct settings rows = {mail_settings, ARRAY_LEN(mail_settings)};
		if (is_of_webhook(p))
			r = read_webhook(ret, &hooks[ret->webhook_count], p, err);
		else if (i > 0)
			r = error_at(err, PORTROLL_ESYNTAX, p->fields[0].line, 1,
				     "expected a paragraph of a webhook, which begins with "
				     "Webhook: NAME");
		else
			r = read_paragraph(ret, rows, p, err);
		if (r == PORTROLL_OK && i == 0)
			r = check_mail(ret, p, err);
	}
	return r;
}

const struct webhook *notify_webhook(const struct notify_settings *s, struct portroll_str name)
{
	for (size_t i = 0; i < s->webhook_count; i++)
		if (str_equal(s->webhooks[i].name, name))
			return &s->webhooks[i];
	return NULL;
}

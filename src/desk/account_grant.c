/* SPDX-License-Identifier: MIT */
#include "desk/account.h"

#include "registry/transport.h"

#define SCOPE_MAX 64
#define SHOWN_MAX 40 /* bytes of a text in a sentence */

/* What follows from a request, or is nobody's, is not granted. */
static const role_set granted = ROLE_BIT(ROLE_EXPERT) | ROLE_BIT(ROLE_REVIEWER) |
				ROLE_BIT(ROLE_OWNER) | ROLE_BIT(ROLE_CHAIRS) |
				ROLE_BIT(ROLE_DIRECTOR) | ROLE_BIT(ROLE_IESG) | ROLE_BIT(ROLE_IAB) |
				ROLE_BIT(ROLE_REGISTRAR) | ROLE_BIT(ROLE_ADMINISTRATOR);

static int check_role(const struct grant *g, struct portroll_str name, bool is_known,
		      struct portroll_error *err)
{
	if (is_known && (ROLE_BIT(g->role) & granted))
		return PORTROLL_OK;
	struct buf roles CLEANUP(buf_done) = BUF_INIT(512);
	role_put_set(&roles, granted);
	return error_set(err, PORTROLL_ESYNTAX, "'%.*s' is no role that is granted: take %.*s",
			 PORTROLL_STR_ARG(str_part(name, 0, SHOWN_MAX)),
			 PORTROLL_STR_ARG(buf_str(&roles)));
}

static bool is_scope(struct portroll_str scope)
{
	for (size_t i = 0; i < scope.len; i++) {
		char c = scope.ptr[i];
		if (!is_alpha(c) && !is_digit(c) && c != '-' && c != '.' && c != '_')
			return false;
	}
	return scope.len > 0 && scope.len <= SCOPE_MAX;
}

static int check_scope(struct grant *g, struct portroll_error *err)
{
	uint8_t transport;
	struct portroll_str shown = str_part(g->scope, 0, SHOWN_MAX);
	if (!is_scope(g->scope))
		return error_set(err, PORTROLL_ESYNTAX,
				 "'%.*s' is no place where a role could hold: write %s:NAME, of "
				 "letters, digits, hyphens and dots, or %s for everywhere",
				 PORTROLL_STR_ARG(shown), role_name(g->role), role_name(g->role));
	if (g->role == ROLE_ADMINISTRATOR)
		return error_set(err, PORTROLL_ESYNTAX,
				 "an administrator is one everywhere: write administrator, "
				 "without '%.*s'",
				 PORTROLL_STR_ARG(shown));
	if (g->role != ROLE_EXPERT)
		return PORTROLL_OK;
	if (transport_parse(&transport, g->scope) < 0)
		return error_set(err, PORTROLL_ESYNTAX,
				 "an expert is one of a transport, tcp, udp, sctp or dccp, not of "
				 "'%.*s'",
				 PORTROLL_STR_ARG(shown));
	g->scope = transport_name(transport);
	return PORTROLL_OK;
}

int grant_parse(struct grant *ret, struct portroll_str text, struct portroll_error *err)
{
	struct portroll_str rest = text, name = text;
	enum role role = ROLE_COUNT;
	(void)str_cut(&rest, ':', &name);
	bool is_known = role_parse(&role, name);
	struct grant g = {.role = (uint8_t)role, .scope = rest.ptr ? rest : STR("")};
	int r = check_role(&g, name, is_known, err);
	if (r == PORTROLL_OK && rest.ptr)
		r = check_scope(&g, err);
	if (r == PORTROLL_OK)
		*ret = g;
	return r;
}

void grant_put(struct buf *out, const struct grant *g)
{
	buf_puts(out, role_name(g->role));
	if (g->scope.len) {
		buf_putc(out, ':');
		buf_put(out, g->scope);
	}
}

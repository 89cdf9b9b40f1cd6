/* SPDX-License-Identifier: MIT */
#include "registry/reserved_rows.h"

#include "base/macros.h"
#include "base/str.h"
#include "registry/state.h"

static const struct run reserved_text[] = {{.kind = RUN_TEXT, .text = STR_INIT("Reserved")}};

struct completing {
	const struct port_index *index;
	struct registry *out;
	uint32_t next; /* the first port whose rows are not written yet */
};

static bool lacks_row(const struct completing *c, uint16_t port, uint8_t transport)
{
	struct port_state state = port_state_of(c->index, port, transport);
	return state.state == PORTROLL_RESERVED && state.reason == PORTROLL_REASON_COMPANION &&
	       !state.explicit_row;
}

static int add_row(struct completing *c, uint16_t port, uint8_t transport)
{
	const struct record row = {
		.port = {port, port},
		.has_port = true,
		.transport = transport,
		.description = {reserved_text, ARRAY_LEN(reserved_text)},
	};
	return registry_add(c->out, &row);
}

/* The rows of all ports below `end`. */
static int add_rows(struct completing *c, uint32_t end)
{
	int r = PORTROLL_OK;
	for (; c->next < end && r == PORTROLL_OK; c->next++)
		for (uint8_t t = 1; t <= TRANSPORT_COUNT && r == PORTROLL_OK; t++)
			if (lacks_row(c, (uint16_t)c->next, t))
				r = add_row(c, (uint16_t)c->next, t);
	return r;
}

static int add_all(struct completing *c, const struct registry *reg)
{
	int r = PORTROLL_OK;
	for (size_t i = 0; i < reg->record_count && r == PORTROLL_OK; i++) {
		const struct record *record = reg->records[i];
		r = add_rows(c, record->has_port ? record->port.first : PORT_COUNT);
		if (r == PORTROLL_OK)
			r = registry_add(c->out, record);
	}
	return r == PORTROLL_OK ? add_rows(c, PORT_COUNT) : r;
}

int registry_with_reserved_rows(struct registry **ret, const struct registry *reg, struct arena *a)
{
	struct port_index index;
	struct registry *out = arena_alloc(a, sizeof(*out));
	int r = out ? port_index_build(&index, reg, a) : PORTROLL_ENOMEM;
	if (r < 0)
		return r;
	*out = *reg;
	out->arena = a;
	out->records = NULL;
	out->record_count = out->record_capacity = 0;
	struct completing c = {.index = &index, .out = out};
	r = add_all(&c, reg);
	*ret = out;
	return r;
}

/* SPDX-License-Identifier: MIT */
#include "cli/reader.h"

#include "cli/range_table.h"
#include "registry/state.h"

static void put_lines(const struct reader *r, const struct key *key)
{
	struct buf *out = &r->out->buf;
	unsigned bits = transports_of(key->transport);
	buf_puts(out, "port\ttransport\tstate\treason\n");
	for (uint32_t port = key->ports.first; port <= key->ports.last; port++) {
		for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
			if (!(bits & 1U << t))
				continue;
			struct answer answer = snapshot_answer(r->snapshot, (uint16_t)port, t);
			buf_put_num(out, port);
			buf_putc(out, '\t');
			buf_put(out, transport_name(t));
			buf_putc(out, '\t');
			buf_puts(out, portroll_state_name(answer.state));
			buf_putc(out, '\t');
			buf_puts(out, reason_words_of(answer.reason)->key);
			buf_putc(out, '\n');
		}
	}
}

int cmd_states(struct reader *r)
{
	struct portroll_error err = {0};
	struct key key = {.ports = {0, UINT16_MAX}};
	if (reader_range(&key.ports, r, &err) < 0 || reader_transport(&key.transport, r, &err) < 0)
		return reader_fail(r, &err);
	bool is_found;
	if (r->args->values[OPTION_TSV])
		put_lines(r, &key);
	else if (range_table_put(&is_found, r, &key, SOURCE_ANY) < 0)
		return reader_fail_code(r, PORTROLL_ENOMEM);
	return EXIT_YES;
}

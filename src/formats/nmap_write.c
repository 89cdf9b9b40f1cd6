/* SPDX-License-Identifier: MIT */
#include "formats/format.h"

#include "formats/port_lines.h"
#include "registry/frequency.h"

/*
 * nmap-services: NAME PORT/PROTOCOL FREQUENCY # COMMENT, one name for each port and transport. A
 * nameless record is "unknown"; the frequency is that of nmap's own file where the record has it.
 */

#define NMAP_NAME_MAX    127 /* bytes that nmap reads of a name */
#define NMAP_COMMENT_MAX 800 /* of a line of 1023 */

static bool name_can_stand(const struct record *r)
{
	if (r->name.len > NMAP_NAME_MAX || str_equal(r->name, STR("unknown")))
		return false;
	for (size_t i = 0; i < r->name.len; i++)
		if (r->name.ptr[i] == '#' || is_space(r->name.ptr[i]))
			return false;
	return true;
}

/* A number or a fraction; the extra may come from anywhere. */
static struct portroll_str frequency_of(const struct record *r)
{
	struct portroll_str text = extra_value(r->extras, STR(EXTRA_FREQUENCY));
	for (size_t i = 0; i < text.len; i++)
		if (!is_digit(text.ptr[i]) && text.ptr[i] != '.' && text.ptr[i] != '/')
			return STR("");
	return text;
}

static void put_line(struct buf *out, uint32_t port, uint8_t transport, const struct record *r)
{
	struct portroll_str frequency = frequency_of(r);
	buf_put(out, r->name.len ? r->name : STR("unknown"));
	buf_putc(out, '\t');
	buf_put_num(out, port);
	buf_putc(out, '/');
	buf_put(out, transport_name(transport));
	buf_putc(out, '\t');
	buf_put(out, frequency.len ? frequency : STR("0.000000"));
}

static void put_port(struct buf *out, struct port_lines *l, uint8_t transport, struct buf *scratch)
{
	const struct port_entry *written = NULL;
	for (size_t i = 0; i < l->active_count; i++) {
		struct port_entry *entry = l->active[i];
		if (!port_entry_has(entry, transport))
			continue;
		if (written) {
			bool same = str_equal(entry->record->name, written->record->name);
			entry->marks |= same ? ENTRY_REPEATED : ENTRY_LEFT_OUT;
			continue;
		}
		struct portroll_str comment = port_lines_comment(scratch, entry->record);
		comment = port_lines_cut(comment, NMAP_COMMENT_MAX);
		put_line(out, l->port, transport, entry->record);
		buf_puts(out, comment.len ? "\t# " : "");
		buf_put(out, comment);
		buf_putc(out, '\n');
		port_entry_write(entry, comment);
		written = entry;
	}
}

void nmap_write(struct buf *out, const struct registry *reg, const struct write_options *o,
		struct loss *loss)
{
	struct port_lines lines;
	CLEANUP(buf_done) struct buf scratch = BUF_INIT(SIZE_MAX);
	if (port_lines_init(&lines, &reg, 1, o, name_can_stand) < 0) {
		out->failed = PORTROLL_ENOMEM;
		return;
	}
	port_lines_put_heading(out, reg, o);
	while (port_lines_next(&lines) && !out->failed) {
		for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++)
			put_port(out, &lines, t, &scratch);
		if (scratch.failed)
			out->failed = scratch.failed;
	}
	port_lines_count_loss(&lines, loss, "has a name that nmap cannot read", "frequency");
	port_lines_done(&lines);
}

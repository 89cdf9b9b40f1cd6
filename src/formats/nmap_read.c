/* SPDX-License-Identifier: MIT */
#include "formats/read.h"

#include "base/num.h"
#include "formats/cells.h"
#include "formats/service_lines.h"
#include "registry/frequency.h"

/*
 * nmap-services: NAME PORT/PROTOCOL FREQUENCY # COMMENT. The name "unknown" says that there is
 * none; the frequency, a number or a fraction, is kept as it stands in the extra "frequency". The
 * file says when it was changed last: # $Id: nmap-services REVISION DATE TIME AUTHOR $.
 */

/* 0.000477 or 5/1000 */
static bool is_frequency(struct portroll_str word)
{
	uint64_t value;
	size_t mark = str_find_char(word, '.');
	if (mark == SIZE_MAX)
		mark = str_find_char(word, '/');
	return mark != SIZE_MAX && num_parse(&value, str_part(word, 0, mark), UINT64_MAX) == 0 &&
	       num_parse(&value, str_part(word, mark + 1, word.len), UINT64_MAX) == 0;
}

bool nmap_probe(struct portroll_str head)
{
	struct service_line line;
	struct portroll_str frequency;
	return service_line_first(head, &line) && str_word(&line.words, &frequency) &&
	       is_frequency(frequency);
}

static int take_line(struct registry *reg, struct service_lines *lines, struct service_line *line)
{
	struct record record = {.has_port = true};
	struct portroll_str protocol, frequency = str_part(line->words, 0, 0), further;
	int r = service_port(&record.port, &protocol, lines, line);
	if (r < 0)
		return r;
	if (transport_cell(&record.transport, protocol) < 0)
		return service_fail(lines, protocol, "protocol", "tcp, udp, sctp or dccp");
	if (!str_word(&line->words, &frequency) || !is_frequency(frequency))
		return service_fail(lines, frequency, "frequency", "a number like 0.000477");
	if (str_word(&line->words, &further))
		return service_fail(lines, further, "word", "# and a comment");
	struct extra *extra = arena_alloc(reg->arena, sizeof(*extra));
	if (!extra)
		return PORTROLL_ENOMEM;
	*extra = (struct extra){.name = STR(EXTRA_FREQUENCY), .value = frequency};
	record.extras = (struct extra_list){extra, 1};
	if (!str_equal(line->name, STR("unknown")))
		record.name = line->name;
	record.description = richtext_plain(reg->arena, line->comment);
	return registry_add(reg, &record);
}

/* The date of the comments at the top; none when they have none. */
static struct date date_of(struct portroll_str input)
{
	static const struct date none;
	struct portroll_str line, word;
	struct date date;
	while (str_cut(&input, '\n', &line) && str_starts(line, STR("#"))) {
		size_t at = str_find(line, STR("$Id: nmap-services "));
		if (at == SIZE_MAX)
			continue;
		line = str_part(line, at, line.len);
		for (int words = 0; words < 4; words++)
			if (!str_word(&line, &word))
				return none;
		return date_parse(&date, word) == PORTROLL_OK ? date : none;
	}
	return none;
}

int nmap_read(struct registry *ret, struct portroll_str input, struct portroll_error *err)
{
	struct service_lines lines = SERVICE_LINES_INIT(input, err);
	struct service_line line;
	int r;
	ret->header.updated = date_of(input);
	while ((r = service_line_next(&lines, &line)) == 1) {
		r = take_line(ret, &lines, &line);
		if (r == PORTROLL_ENOMEM || ret->arena->failed)
			return error_memory(err);
		if (r < 0)
			return r;
	}
	return r;
}

/* SPDX-License-Identifier: MIT */
#include "cli/reader.h"

int reader_begin(struct reader *r, struct portroll_error *err)
{
	size_t count = portroll_source_count(r->snapshot);
	struct source *sources = arena_array(r->arena, count, sizeof(*sources));
	if (!sources)
		return error_memory(err);
	for (size_t i = 0; i < count; i++)
		if (!snapshot_source(r->snapshot, i, r->arena, &sources[i]))
			return error_set(err, PORTROLL_ECORRUPT,
					 "the snapshot is damaged; 'portroll ledger rebuild' "
					 "makes it again");
	r->sources = sources;
	r->source_count = count;
	return PORTROLL_OK;
}

int reader_source(size_t *ret, const struct reader *r, struct portroll_error *err)
{
	const char *wanted = r->args->values[OPTION_SOURCE];
	*ret = SOURCE_ANY;
	if (!wanted)
		return PORTROLL_OK;
	CLEANUP(buf_done) struct buf names = BUF_INIT(4096);
	for (size_t i = 0; i < r->source_count; i++) {
		struct portroll_str name = r->sources[i].name;
		if (str_equal(name, str_from(wanted))) {
			*ret = i;
			return PORTROLL_OK;
		}
		buf_puts(&names, i > 0 ? ", " : "");
		buf_put(&names, name);
	}
	return error_set(err, PORTROLL_EINVAL, "there is no source '%.40s'; there are: %.*s",
			 wanted, PORTROLL_STR_ARG(buf_str(&names)));
}

int reader_range(struct range *ret, const struct reader *r, struct portroll_error *err)
{
	if (r->args->operand_count == 0)
		return PORTROLL_OK;
	const char *text = r->args->operands[0];
	int code = range_parse(ret, str_from(text));
	if (code < 0)
		return error_set(err, PORTROLL_EINVAL, "'%.40s': %s", text, range_error_text(code));
	return PORTROLL_OK;
}

int reader_transport(uint8_t *ret, const struct reader *r, struct portroll_error *err)
{
	const char *text = r->args->values[OPTION_TRANSPORT];
	*ret = PORTROLL_ANY;
	if (text && transport_parse(ret, str_from(text)) < 0)
		return error_set(err, PORTROLL_EINVAL,
				 "'%.40s': unknown transport; there are tcp, "
				 "udp, sctp and dccp",
				 text);
	return PORTROLL_OK;
}

int reader_fail(const struct reader *r, const struct portroll_error *err)
{
	return out_error(r->out, NULL, err);
}

int reader_fail_code(const struct reader *r, int code)
{
	const struct portroll_error err = {.code = code};
	return code == PORTROLL_ECORRUPT ? (int)EXIT_ERROR : reader_fail(r, &err);
}

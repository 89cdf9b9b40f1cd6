/* SPDX-License-Identifier: MIT */
#include "ledger/changeset_about.h"

#include "ledger/instant.h"
#include "ledger/line_take.h"
#include "ledger/line_text.h"

struct name_list {
	const char *items[COVERAGE_NAMES + 1];
	uint8_t count;
	const char *expected;
};

static const struct name_list source_kinds = {
	{[SOURCE_MIRRORED] = "mirrored", [SOURCE_MANAGED] = "managed"},
	2,
	"mirrored or managed",
};

static const struct name_list coverages = {
	{[COVERAGE_COMPLETE] = "complete",
	 [COVERAGE_PARTIAL] = "partial",
	 [COVERAGE_NAMES] = "names"},
	3,
	"complete, partial or names",
};

static void refuse_unless(struct canonical *c, bool holds)
{
	if (!holds && !c->out->failed)
		c->out->failed = PORTROLL_EINVAL;
}

static void put_name(struct canonical *c, struct portroll_str name, const struct name_list *names,
		     uint8_t value)
{
	refuse_unless(c, value < names->count);
	if (value < names->count)
		canonical_member(c, name, str_from(names->items[value]));
}

static void put_number(struct canonical *c, struct portroll_str name, uint64_t value)
{
	refuse_unless(c, value <= CANONICAL_INTEGER_MAX);
	canonical_name(c, name);
	canonical_integer(c, value <= CANONICAL_INTEGER_MAX ? (int64_t)value : 0);
}

static void put_copies(struct canonical *c, const struct changeset *about)
{
	canonical_name(c, STR("copies"));
	if (about->copy_count == 0) {
		canonical_null(c);
		return;
	}
	canonical_array(c);
	for (size_t i = 0; i < about->copy_count; i++)
		line_put_copy(c, &about->copies[i]);
	canonical_end(c);
}

void changeset_put_head(struct buf *out, const struct changeset *about)
{
	struct canonical c = canonical_init(out);
	canonical_object(&c);
	canonical_name(&c, STR("author"));
	canonical_text(&c, about->author);
	line_put_hash(&c, STR("base_root"), &about->base.root);
	put_number(&c, STR("base_size"), about->base.size);
	if (about->has_copies)
		put_copies(&c, about);
	if (about->has_coverage)
		put_name(&c, STR("coverage"), &coverages, about->coverage);
	if (about->has_dossier)
		line_put_hash(&c, STR("dossier"), &about->dossier);
	line_put_date(&c, STR("effective"), about->effective);
	canonical_name(&c, STR("kind"));
	canonical_text(&c, about->kind);
	canonical_member(&c, STR("mirrored_by"), about->mirrored_by);
	canonical_end(&c);
}

static void put_part(struct canonical *c, const struct changeset *about)
{
	if (about->part_count == 1)
		return;
	canonical_name(c, STR("part"));
	canonical_array(c);
	canonical_integer(c, about->part);
	canonical_integer(c, about->part_count);
	canonical_end(c);
}

static void put_sources(struct canonical *c, const struct changeset *about)
{
	line_put_texts(c, STR("sources"), about->sources, about->source_count);
	if (about->source_count == 0) {
		canonical_name(c, STR("sources"));
		canonical_null(c);
	}
}

void changeset_put_tail(struct buf *out, const struct changeset *about)
{
	char time[INSTANT_TEXT_MAX];
	struct canonical c = canonical_init(out);
	canonical_object(&c);
	put_part(&c, about);
	canonical_member(&c, STR("reason"), about->reason);
	if (about->reverts)
		put_number(&c, STR("reverts"), about->reverts);
	canonical_member(&c, STR("source"), about->source);
	if (about->has_kind)
		put_name(&c, STR("source_kind"), &source_kinds, about->source_kind);
	if (about->has_sources)
		put_sources(&c, about);
	if (about->has_state)
		line_put_hash(&c, STR("state_root"), &about->state);
	refuse_unless(&c, about->time >= 0 && about->time <= INSTANT_MAX);
	if (!out->failed)
		canonical_member(&c, STR("time"),
				 (struct portroll_str){time, instant_format(time, about->time)});
	put_number(&c, STR("v"), CHANGESET_VERSION);
	canonical_member(&c, STR("vkey"), about->vkey);
	canonical_end(&c);
}

int changeset_check_version(json_t *entry, struct portroll_error *err)
{
	const json_t *version = json_object_get(entry, "v");
	json_int_t number = json_integer_value(version);
	if (!json_is_integer(version) || number < 1)
		return error_set(err, PORTROLL_ESYNTAX, "expected a member 'v', the version");
	if (number > CHANGESET_VERSION)
		return error_set(err, PORTROLL_EVERSION,
				 "a changeset of version %" JSON_INTEGER_FORMAT
				 ", expected %d: a newer portroll wrote it",
				 number, CHANGESET_VERSION);
	return PORTROLL_OK;
}

static int take_name(struct line_reader *x, const json_t *value, void *place,
		     const struct name_list *names)
{
	struct portroll_str text = line_text_of(value);
	for (uint8_t i = 0; i < names->count; i++)
		if (str_equal(text, str_from(names->items[i]))) {
			*(uint8_t *)place = i;
			return PORTROLL_OK;
		}
	return line_expected(x, names->expected);
}

static int take_coverage(struct line_reader *x, json_t *value, void *place)
{
	struct changeset *about = place;
	about->has_coverage = true;
	return take_name(x, value, &about->coverage, &coverages);
}

static int take_source_kind(struct line_reader *x, json_t *value, void *place)
{
	struct changeset *about = place;
	about->has_kind = true;
	return take_name(x, value, &about->source_kind, &source_kinds);
}

static int take_size(struct line_reader *x, json_t *value, void *place)
{
	json_int_t number = json_integer_value(value);
	if (!json_is_integer(value) || number < 0)
		return line_expected(x, "a number of entries");
	*(uint64_t *)place = (uint64_t)number;
	return PORTROLL_OK;
}

static int take_reverts(struct line_reader *x, json_t *value, void *place)
{
	if (json_integer_value(value) < 1)
		return line_expected(x, "the number of a change");
	return take_size(x, value, place);
}

static int take_version(struct line_reader *x, json_t *value, void *place)
{
	(void)place;
	return json_integer_value(value) == CHANGESET_VERSION
		       ? PORTROLL_OK
		       : line_expected(x, "the version of this form");
}

static int take_part(struct line_reader *x, json_t *value, void *place)
{
	struct changeset *about = place;
	json_int_t part = json_integer_value(json_array_get(value, 0));
	json_int_t count = json_integer_value(json_array_get(value, 1));
	if (json_array_size(value) != 2 || part < 1 || part > count || count < 2 ||
	    count > UINT32_MAX)
		return line_expected(x, "the number of the part, and of how many");
	about->part = (uint32_t)part;
	about->part_count = (uint32_t)count;
	return PORTROLL_OK;
}

static int take_time(struct line_reader *x, json_t *value, void *place)
{
	if (instant_parse(place, line_text_of(value)) < 0)
		return line_expected(x, "a moment in UTC: 2026-11-23T07:20:00Z");
	return PORTROLL_OK;
}

static int take_dossier(struct line_reader *x, json_t *value, void *place)
{
	struct changeset *about = place;
	about->has_dossier = true;
	return line_take_hash(x, value, &about->dossier);
}

static int take_state(struct line_reader *x, json_t *value, void *place)
{
	struct changeset *about = place;
	about->has_state = true;
	return line_take_hash(x, value, &about->state);
}

static int take_copy(struct line_reader *x, json_t *value, void *place)
{
	return line_read_copy(place, value, x->arena, x->err);
}

/* null: none any more. */
static int take_copies(struct line_reader *x, json_t *value, void *place)
{
	struct changeset *about = place;
	struct line_items items = {.take = take_copy, .size = sizeof(struct copy)};
	int r = json_is_null(value) ? PORTROLL_OK : line_take_items(x, value, &items);
	about->has_copies = true;
	about->copies = items.items;
	about->copy_count = items.count;
	return r;
}

static int take_sources(struct line_reader *x, json_t *value, void *place)
{
	struct changeset *about = place;
	struct line_texts texts = {0};
	int r = json_is_null(value) ? PORTROLL_OK : line_take_texts(x, value, &texts);
	about->has_sources = true;
	about->sources = texts.items;
	about->source_count = texts.count;
	return r;
}

/* Which member stands in which part, and what needs a source. */
static int check_places(const struct changeset *about, bool has_operations,
			struct portroll_error *err)
{
	bool sets = about->has_kind || about->has_coverage || about->has_copies;
	if (sets && about->part != 1)
		return error_set(err, PORTROLL_ESYNTAX,
				 "part %u: copies, coverage, source_kind, expected in the first",
				 about->part);
	if ((about->has_sources || about->has_state) && about->part != about->part_count)
		return error_set(err, PORTROLL_ESYNTAX,
				 "part %u of %u: sources, state_root, expected in the last",
				 about->part, about->part_count);
	if ((sets || about->has_state || has_operations) && about->source.len == 0)
		return error_set(err, PORTROLL_ESYNTAX,
				 "operations or what is of a source, expected a member 'source'");
	return PORTROLL_OK;
}

int changeset_take(struct changeset *ret, json_t **ret_operations, json_t *entry, struct arena *a,
		   struct portroll_error *err)
{
	static const struct line_member members[] = {
		{STR_INIT("author"), line_take_text, offsetof(struct changeset, author), true},
		{STR_INIT("base_root"), line_take_hash, offsetof(struct changeset, base.root),
		 true},
		{STR_INIT("base_size"), take_size, offsetof(struct changeset, base.size), true},
		{STR_INIT("copies"), take_copies, 0, false},
		{STR_INIT("coverage"), take_coverage, 0, false},
		{STR_INIT("dossier"), take_dossier, 0, false},
		{STR_INIT("effective"), line_take_date, offsetof(struct changeset, effective),
		 false},
		{STR_INIT("kind"), line_take_text, offsetof(struct changeset, kind), true},
		{STR_INIT("mirrored_by"), line_take_text, offsetof(struct changeset, mirrored_by),
		 false},
		{STR_INIT("ops"), line_pass_over, 0, false},
		{STR_INIT("part"), take_part, 0, false},
		{STR_INIT("reason"), line_take_text, offsetof(struct changeset, reason), false},
		{STR_INIT("reverts"), take_reverts, offsetof(struct changeset, reverts), false},
		{STR_INIT("source"), line_take_text, offsetof(struct changeset, source), false},
		{STR_INIT("source_kind"), take_source_kind, 0, false},
		{STR_INIT("sources"), take_sources, 0, false},
		{STR_INIT("state_root"), take_state, 0, false},
		{STR_INIT("time"), take_time, offsetof(struct changeset, time), true},
		{STR_INIT("v"), take_version, 0, true},
		{STR_INIT("vkey"), line_take_text, offsetof(struct changeset, vkey), false},
	};
	struct changeset about = {.part = 1, .part_count = 1};
	struct line_reader x = {.arena = a, .err = err};
	json_t *operations = json_object_get(entry, "ops");
	int r = line_take_object(&x, entry, (struct line_members){members, ARRAY_LEN(members)},
				 &about);
	if (r == PORTROLL_OK)
		r = check_places(&about, operations != NULL, err);
	if (r < 0)
		return r;
	*ret = about;
	*ret_operations = operations;
	return PORTROLL_OK;
}

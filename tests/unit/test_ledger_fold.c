/* SPDX-License-Identifier: MIT */
#include "ledger/fold.h"

#include "fold_case.h"
#include "ledger/folding.h"

static void random_changes_fold_to_each_state(void **state)
{
	(void)state;
	struct random random;
	for_rounds(&random, 300)
	{
		struct fold_case *c = fold_case_make();
		struct random_registry r = {&random, &c->arena, .unique = random_below(&random, 2)};
		bool trusts = random_below(&random, 2);
		struct folding *f = fold_case_new(c, trusts);
		struct registry *reg = random_registry(&r);
		for (size_t i = 0; i < 8; i++) {
			size_t from = c->count;
			fold_case_import(c, reg);
			add_all(f, c, from);
			assert_folded(f, c);
			reg = random_below(&random, 8) ? random_edited(&r, reg, i)
						       : random_registry(&r);
		}
		fold_free(f);
		fold_case_done(c);
	}
}

/* What a watcher saw of a change. */
struct seen {
	uint64_t first, number;
	bool has_before, has_after;
	size_t records, people;
	size_t renamed; /* services */
};

struct watcher {
	struct seen seen[16];
	size_t count;
	int answer;
};

static bool renames(const struct change *c, const struct registry *old, const struct registry *new)
{
	if (c->op != CHANGE_REPLACE)
		return false;
	struct portroll_str before = old->records[c->old]->name, after = new->records[c->new]->name;
	return before.len && after.len && !str_equal(before, after) &&
	       old->records[c->old]->transport == PORTROLL_TCP;
}

static int watch(void *context, const struct fold_event *event)
{
	struct watcher *w = context;
	struct seen seen = {event->first,
			    event->number,
			    event->before,
			    event->after,
			    event->change->records.count,
			    event->change->people.count,
			    0};
	for (size_t i = 0; i < event->change->records.count; i++)
		seen.renamed += renames(&event->change->records.items[i], event->before->registry,
					event->after->registry);
	assert_true(w->count < ARRAY_LEN(w->seen));
	w->seen[w->count++] = seen;
	return w->answer;
}

static struct folding *watched(struct fold_case *c, struct watcher *w)
{
	struct fold_options options = {
		.people = {fold_case_content, c}, .watch = watch, .context = w};
	struct folding *f = fold_new(&options);
	assert_non_null(f);
	return f;
}

/* Records that the last change did not touch keep the number of the one that made them. */
static void check_numbers(const struct roll *roll, uint32_t first, uint32_t last, size_t changed)
{
	const struct registry *reg = roll->sources[0].registry;
	size_t count = 0;
	for (size_t i = 0; i < reg->record_count; i++) {
		assert_true(reg->records[i]->change == first || reg->records[i]->change == last);
		count += reg->records[i]->change == last;
	}
	assert_int_equal(count, changed);
}

static void the_versions_of_iana_fold_to_each(void **state)
{
	(void)state;
	static const char *const names[] = {"iana-2025-10-22.xml", "iana-2026-02-13.xml",
					    "iana-2026-08-17.xml"};
	struct fold_case *c = fold_case_make();
	struct watcher w = {0};
	struct write_case files[ARRAY_LEN(names)];
	struct folding *f = watched(c, &w);
	size_t read = 0;
	while (read < ARRAY_LEN(names) && case_shared(&files[read], names[read], "xml")) {
		size_t from = c->count;
		fold_case_import(c, files[read++].reg);
		add_all(f, c, from);
		assert_folded(f, c);
		assert_int_equal(w.seen[w.count - 1].number, c->count);
		assert_int_equal(w.seen[w.count - 1].first, from);
		if (read == 2)
			check_numbers(fold_roll(f), (uint32_t)from, (uint32_t)c->count, 36);
	}
	bool whole = read == ARRAY_LEN(names);
	if (whole) {
		assert_int_equal(w.count, 3);
		assert_false(w.seen[0].has_before);
		assert_int_equal(w.seen[1].records, 36);
		assert_int_equal(w.seen[1].people, 24);
		assert_int_equal(w.seen[1].renamed, 3);
		assert_int_equal(w.seen[2].records, 73);
		assert_int_equal(w.seen[2].renamed, 0);
	}
	fold_free(f);
	while (read > 0)
		case_done(&files[--read]);
	fold_case_done(c);
	if (!whole)
		skip();
}

/* Eleven years, and from a form without people to one with them. */
static void the_registry_of_2014_folds_to_that_of_2025(void **state)
{
	(void)state;
	struct write_case old, new;
	if (!file_exists(DEBIAN_CSV) || !case_shared(&new, "iana-2025-10-22.xml", "xml"))
		skip();
	case_file(&old, DEBIAN_CSV, "csv");
	struct fold_case *c = fold_case_make();
	struct folding *f = fold_case_new(c, false);
	fold_case_import(c, old.reg);
	add_all(f, c, 0);
	assert_folded(f, c);
	size_t from = c->count;
	fold_case_import(c, new.reg);
	add_all(f, c, from);
	assert_folded(f, c);
	fold_free(f);
	fold_case_done(c);
	case_done(&old);
	case_done(&new);
}

/* An import of several parts: none is seen before the last one came. */
static void parts_are_one_change(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct fold_case *c = fold_case_make();
	struct registry *reg = registry_new(&a);
	struct record r = {.name = STR("many")};
	struct folding *f = fold_case_new(c, false), *again = fold_case_new(c, false);
	struct portroll_error err = {0};
	for (size_t i = 0; i < 5000; i++)
		assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
	fold_case_import(c, reg);
	assert_true(c->count > 2);
	for (size_t i = 0; i < c->count; i++) {
		assert_int_equal(fold_roll(f)->source_count, 0);
		assert_int_equal(fold_roll(f)->ledger_size, 0);
		assert_int_equal(fold_pending(f), i);
		assert_int_equal(fold_add(f, c->entries[i], &err), PORTROLL_OK);
		assert_int_equal(fold_tree(f)->size, i + 1);
	}
	assert_folded(f, c);
	assert_int_equal(fold_roll(f)->sources[0].registry->records[0]->change, c->count);
	assert_int_equal(fold_add(again, c->entries[0], &err), PORTROLL_OK);
	assert_refused(again, c->entries[0], "entry @2: it is part 1, expected 2");
	fold_free(f);
	fold_free(again);
	fold_case_done(c);
	arena_done(&a);
}

static void erased_people_have_their_id_alone(void **state)
{
	(void)state;
	struct fold_case *c = small_case();
	struct folding *f = fold_case_new(c, false);
	c->is_erased = true;
	add_all(f, c, 0);
	const struct registry *reg = fold_roll(f)->sources[0].registry;
	assert_int_equal(reg->person_count, 2);
	assert_text(reg->people[1]->id, "p1");
	assert_int_equal(reg->people[0]->name.len + reg->people[1]->org.len, 0);
	assert_memory_equal(&fold_state(f, STR("iana"))->root, &c->state.root,
			    sizeof(c->state.root));
	fold_free(f);
	/* Erased, or known to none: the same. */
	for (size_t i = 0; i < c->content_count; i++)
		c->contents[i].salt = c->contents[i].body = STR_NONE;
	c->is_erased = false;
	f = fold_case_new(c, false);
	add_all(f, c, 0);
	assert_int_equal(fold_roll(f)->sources[0].registry->people[0]->name.len, 0);
	fold_free(f);
	fold_case_done(c);
}

/* A change of a source that states its order among the others. */
static void write_step(struct fold_case *c, const char *source, const char *order,
		       const struct source_state *new)
{
	static const struct copy copies[] = {
		{.origin = STR_INIT("a.csv"), .format = STR_INIT("csv")}};
	struct portroll_str names[4], rest = str_from(order);
	struct proposal proposal = {.about = fold_case_about(c), .new = new};
	size_t count = 0;
	while (str_word(&rest, &names[count]))
		count++;
	proposal.about.source = str_from(source);
	proposal.about.has_sources = true;
	proposal.about.sources = names;
	proposal.about.source_count = count;
	if (new) {
		proposal.about.has_kind = proposal.about.has_coverage = true;
		proposal.about.has_copies = true;
		proposal.about.coverage = COVERAGE_PARTIAL;
		proposal.about.copies = copies;
		proposal.about.copy_count = 1;
	}
	fold_case_write(c, &proposal);
}

static void assert_order(const struct folding *f, const char *order)
{
	struct portroll_str rest = str_from(order), name;
	const struct roll *roll = fold_roll(f);
	for (size_t i = 0; i < roll->source_count; i++) {
		assert_true(str_word(&rest, &name));
		assert_true(str_equal(roll->sources[i].name, name));
	}
	assert_false(str_word(&rest, &name));
}

static void sources_come_move_and_go(void **state)
{
	(void)state;
	static const struct step_case {
		const char *source, *order;
		bool is_new, has_before, has_after;
	} steps[] = {
		{"a", "a", true, false, true},      {"b", "a b", true, false, true},
		{"c", "c a b", true, false, true},  {"b", "b c a", false, true, true},
		{"c", "b a", false, true, false},   {"c", "b c a", true, false, true},
		{"", "a b c", false, false, false},
	};
	struct fold_case *c = fold_case_make();
	struct watcher w = {0};
	struct folding *f = watched(c, &w);
	struct registry *reg = registry_new(&c->arena);
	struct source_state empty;
	assert_int_equal(source_state_of(&empty, reg, NULL, &c->arena, NULL), PORTROLL_OK);
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		const struct step_case *s = &steps[i];
		write_step(c, s->source, s->order, s->is_new ? &empty : NULL);
		add_all(f, c, i);
		assert_order(f, s->order);
		assert_int_equal(w.seen[i].has_before, s->has_before);
		assert_int_equal(w.seen[i].has_after, s->has_after);
	}
	const struct source *last = &fold_roll(f)->sources[2];
	assert_int_equal(last->coverage, COVERAGE_PARTIAL);
	assert_text(last->copies[0].origin, "a.csv");
	fold_free(f);
	fold_case_done(c);
}

static void a_roll_has_at_most_64_sources(void **state)
{
	(void)state;
	struct fold_case *c = fold_case_make();
	struct folding *f = fold_case_new(c, false);
	struct registry *reg = registry_new(&c->arena);
	struct source_state empty;
	struct portroll_str names[ROLL_SOURCE_MAX + 1];
	assert_int_equal(source_state_of(&empty, reg, NULL, &c->arena, NULL), PORTROLL_OK);
	for (uint32_t i = 0; i <= ROLL_SOURCE_MAX; i++) {
		struct proposal proposal = {.about = fold_case_about(c), .new = &empty};
		struct random_registry r = {.arena = &c->arena};
		names[i] = random_word(&r, 's', i);
		proposal.about.source = names[i];
		proposal.about.has_kind = proposal.about.has_coverage = true;
		proposal.about.has_sources = true;
		proposal.about.sources = names;
		proposal.about.source_count = i + 1;
		fold_case_write(c, &proposal);
		if (i < ROLL_SOURCE_MAX)
			add_all(f, c, i);
	}
	assert_refused(f, c->entries[ROLL_SOURCE_MAX],
		       "change @65: it is of the source s64, which is one more than a roll may "
		       "have");
	fold_free(f);
	fold_case_done(c);
}

static void a_watcher_ends_the_fold(void **state)
{
	(void)state;
	struct fold_case *c = small_case();
	struct watcher w = {.answer = PORTROLL_ERULE};
	struct portroll_error err = {0};
	struct folding *f = watched(c, &w);
	assert_int_equal(fold_add(f, c->entries[0], &err), PORTROLL_ERULE);
	assert_int_equal(err.code, 0);
	fold_free(f);
	fold_case_done(c);
}

/* From a roll that was folded before, the rest comes to the same. */
static void a_fold_begins_with_a_kept_state(void **state)
{
	(void)state;
	struct random random;
	for_rounds(&random, 50)
	{
		struct fold_case *c = fold_case_make();
		struct random_registry r = {&random, &c->arena, .unique = false};
		struct registry *reg = random_registry(&r);
		struct folding *kept = fold_case_new(c, false), *f = fold_case_new(c, true);
		struct portroll_error err = {0};
		fold_case_import(c, reg);
		add_all(kept, c, 0);
		fold_begin_at(f, fold_tree(kept));
		const struct source *source = &fold_roll(kept)->sources[0];
		check(&random, fold_begin_with(f, source, &err) == PORTROLL_OK);
		check(&random, fold_begin_with(f, source, &err) == PORTROLL_EINVAL);
		check(&random, fold_begin_with(kept, source, &err) == PORTROLL_EINVAL);
		assert_folded(f, c);
		check(&random, !fold_state(f, STR("iana")));
		for (size_t i = 0; i < 4; i++) {
			size_t from = c->count;
			reg = random_edited(&r, reg, 4);
			fold_case_import(c, reg);
			add_all(f, c, from);
			assert_folded(f, c);
		}
		fold_free(f);
		fold_free(kept);
		fold_case_done(c);
	}
}

/* Each change brings a long text and takes the one before it away. */
static void memory_does_not_grow_with_the_number_of_changes(void **state)
{
	(void)state;
	struct fold_case *c = fold_case_make();
	struct folding *f = fold_case_new(c, true);
	struct registry *reg = small_with_people(&c->arena);
	char *text = arena_alloc(&c->arena, 50000);
	size_t most = 0, sum = 0;
	assert_non_null(text);
	memset(text, 'x', 50000);
	for (size_t i = 0; i < 1000; i++) {
		struct record *r = arena_alloc(&c->arena, sizeof(*r));
		struct registry *next =
			random_edited(&(struct random_registry){.arena = &c->arena}, reg, 0);
		size_t at = i % reg->record_count;
		assert_non_null(r);
		*r = *reg->records[at];
		r->note = richtext_plain(&c->arena, (struct portroll_str){text, 49000 + i});
		next->records[at] = r;
		fold_case_import(c, next);
		add_all(f, c, i);
		sum += 49000 + i;
		most = f->texts.size > most ? f->texts.size : most;
		reg = next;
	}
	assert_folded(f, c);
	assert_true(most < (size_t)36 << 20 && sum > (size_t)45 << 20);
	fold_free(f);
	fold_case_done(c);
}

static int fold_small(void *context)
{
	struct fold_case *c = context;
	struct fold_options options = {.people = {fold_case_content, c}};
	struct folding *f = fold_new(&options);
	int r = f ? PORTROLL_OK : PORTROLL_ENOMEM;
	for (size_t i = 0; i < c->count && r == PORTROLL_OK; i++)
		r = fold_add(f, c->entries[i], NULL);
	fold_free(f);
	return r;
}

static void folding_survives_any_failing_allocation(void **state)
{
	(void)state;
	struct random random;
	struct fold_case *c = small_case();
	random_begin_round(&random, 0);
	struct random_registry r = {&random, &c->arena, .next = 10};
	fold_case_import(c, random_edited(&r, c->state.registry, 8));
	oom_sweep(fold_small, c);
	fold_case_done(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_changes_fold_to_each_state),
		cmocka_unit_test(the_versions_of_iana_fold_to_each),
		cmocka_unit_test(the_registry_of_2014_folds_to_that_of_2025),
		cmocka_unit_test(parts_are_one_change),
		cmocka_unit_test(erased_people_have_their_id_alone),
		cmocka_unit_test(sources_come_move_and_go),
		cmocka_unit_test(a_roll_has_at_most_64_sources),
		cmocka_unit_test(a_watcher_ends_the_fold),
		cmocka_unit_test(a_fold_begins_with_a_kept_state),
		cmocka_unit_test(memory_does_not_grow_with_the_number_of_changes),
		cmocka_unit_test(folding_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

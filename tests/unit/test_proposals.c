/* SPDX-License-Identifier: MIT */
#include "keeper/proposals.h"

#include "keeper/contents.h"
#include "ledger/fold.h"
#include "random_registry.h"
#include "snapshot/snapshot.h"

#define CASES 60
#define STEPS 6

static struct random salts = {.state = 6335};

static void make_salt(void *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		((uint8_t *)bytes)[i] = (uint8_t)random_below(&salts, 256);
}

/* A ledger in memory, its people, and the roll that it should tell of. */
struct model {
	struct random random;
	struct random_registry registries;
	struct arena arena;
	struct contents contents;
	struct tree tree;
	struct folding *folding;
	struct roll roll;
};

static void model_begin(struct model *m, uint32_t seed)
{
	*m = (struct model){.random.state = (seed + 1) * 0x9e3779b97f4a7c15U};
	m->registries = (struct random_registry){.random = &m->random, .arena = &m->arena};
	assert_int_equal(contents_init(&m->contents, &m->arena), PORTROLL_OK);
	m->folding = fold_new(&(struct fold_options){.people = contents_finder(&m->contents)});
	assert_non_null(m->folding);
	m->roll.arena = &m->arena;
}

static void model_end(struct model *m)
{
	fold_free(m->folding);
	arena_done(&m->arena);
}

static struct source random_source(struct model *m, const char *name)
{
	struct copy *copy = arena_alloc(&m->arena, sizeof(*copy));
	assert_non_null(copy);
	*copy = (struct copy){.origin = STR("file"), .format = STR("xml")};
	copy->record_count = random_below(&m->random, 3);
	return (struct source){
		.name = str_from(name),
		.coverage = (uint8_t)random_below(&m->random, 3),
		.copies = copy,
		.copy_count = 1,
		.registry = random_registry(&m->registries),
	};
}

static void edit(struct model *m, struct roll *roll)
{
	static const char *const names[] = {"iana", "debian", "nmap", "ours"};
	const char *name = names[random_below(&m->random, ARRAY_LEN(names))];
	size_t at = roll_find(roll, str_from(name));
	size_t to = random_below(&m->random, (uint32_t)roll->source_count + 1);
	if (at == SIZE_MAX) {
		struct source made = random_source(m, name);
		assert_int_equal(roll_insert(roll, to, &made, NULL), PORTROLL_OK);
		return;
	}
	struct source *source = &roll->sources[at];
	switch (random_below(&m->random, 6)) {
	case 0:
		roll_remove(roll, at);
		break;
	case 1:
		roll_move(roll, at, to);
		break;
	case 2:
		source->copies = random_source(m, name).copies;
		break;
	default:
		source->registry = random_edited(&m->registries, source->registry,
						 random_below(&m->random, 9));
	}
}

static void add_entries(struct model *m, const struct proposal *proposal)
{
	struct entry_list entries;
	struct portroll_error err = {0};
	if (changeset_write(&entries, proposal, &m->arena, &err) < 0)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < entries.count; i++) {
		struct tree_hash leaf = tree_hash_leaf(entries.items[i]);
		assert_int_equal(tree_append(&m->tree, &leaf), PORTROLL_OK);
		if (fold_add(m->folding, entries.items[i], &err) < 0)
			fail_msg("%s", err.text);
	}
}

static const struct changeset import = {
	.author = STR_INIT("root"),
	.kind = STR_INIT("import"),
	.time = 1795418400,
	.effective = {2026, 11, 23},
};

/* Commits what makes `after` of the model's roll, and gives how many changes that were. */
static size_t commit_as(struct model *m, struct roll *after, const struct changeset *about)
{
	struct proposals *p = calloc(1, sizeof(*p));
	struct portroll_error err = {0};
	assert_non_null(p);
	p->contents = &m->contents;
	p->random = make_salt;
	p->arena = &m->arena;
	if (proposals_add(p, &m->roll, after, about, &err) < 0)
		fail_msg("%s", err.text);
	size_t count = p->count;
	for (size_t i = 0; i < count; i++) {
		p->items[i].about.base = tree_head(&m->tree);
		add_entries(m, &p->items[i]);
	}
	free(p);
	m->roll = *after;
	return count;
}

static size_t commit(struct model *m, struct roll *after)
{
	return commit_as(m, after, &import);
}

static void assert_same(const struct roll *told, const struct roll *meant)
{
	assert_int_equal(told->source_count, meant->source_count);
	for (size_t i = 0; i < told->source_count; i++) {
		const struct source *a = &told->sources[i], *b = &meant->sources[i];
		const char *what = "";
		assert_true(str_equal(a->name, b->name));
		assert_int_equal(a->coverage, b->coverage);
		assert_int_equal(a->copy_count, b->copy_count);
		assert_true(copy_equal(a->copies, b->copies));
		if (!registry_equal(a->registry, b->registry, &what, NULL))
			fail_msg("another %s", what);
	}
}

static void what_is_proposed_folds_to_what_was_meant(void **state)
{
	(void)state;
	for (uint32_t seed = 0; seed < CASES; seed++) {
		struct model m;
		model_begin(&m, seed);
		for (int step = 0; step < STEPS; step++) {
			struct roll after = m.roll;
			for (uint32_t edits = 1 + random_below(&m.random, 3); edits > 0; edits--)
				edit(&m, &after);
			(void)commit(&m, &after);
			assert_same(fold_roll(m.folding), &m.roll);
		}
		model_end(&m);
	}
}

static void a_roll_as_before_is_no_change(void **state)
{
	(void)state;
	struct model m;
	model_begin(&m, 7);
	struct roll roll = m.roll;
	for (int i = 0; i < 8; i++)
		edit(&m, &roll);
	assert_true(roll.source_count > 0);
	assert_true(commit(&m, &roll) > 0);
	size_t people = m.contents.count;
	struct roll same = m.roll;
	for (size_t i = 0; i < same.source_count; i++)
		same.sources[i].registry =
			random_edited(&m.registries, same.sources[i].registry, 0);
	assert_int_equal(commit(&m, &same), 0);
	assert_int_equal(m.contents.count, people);
	model_end(&m);
}

static void a_source_that_moves_and_changes_is_one_change(void **state)
{
	(void)state;
	struct model m;
	model_begin(&m, 3);
	struct roll roll = m.roll;
	static const char *const names[] = {"a", "b", "c"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct source source = random_source(&m, names[i]);
		assert_int_equal(roll_insert(&roll, i, &source, NULL), PORTROLL_OK);
	}
	assert_int_equal(commit(&m, &roll), 3);
	roll.sources[2].registry = random_registry(&m.registries);
	roll_move(&roll, 2, 0);
	assert_int_equal(commit(&m, &roll), 1);
	assert_same(fold_roll(m.folding), &roll);
	model_end(&m);
}

static void a_decision_is_told_of_its_source_even_where_nothing_is_another(void **state)
{
	(void)state;
	struct model m;
	model_begin(&m, 5);
	struct roll roll = m.roll;
	static const char *const names[] = {"a", "b"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct source source = random_source(&m, names[i]);
		assert_int_equal(roll_insert(&roll, i, &source, NULL), PORTROLL_OK);
	}
	assert_int_equal(commit(&m, &roll), 2);
	struct changeset about = import;
	about.kind = STR("policy");
	about.source = STR("b");
	assert_int_equal(commit_as(&m, &roll, &about), 0);
	about.has_dossier = true;
	assert_int_equal(commit_as(&m, &roll, &about), 1);
	assert_same(fold_roll(m.folding), &roll);
	/* It says the order of the sources, where that is another. */
	roll_move(&roll, 1, 0);
	assert_int_equal(commit_as(&m, &roll, &about), 1);
	assert_same(fold_roll(m.folding), &roll);
	model_end(&m);
}

static void records_know_the_change_that_made_them(void **state)
{
	(void)state;
	struct model m;
	model_begin(&m, 11);
	m.registries.unique = true;
	struct roll roll = m.roll;
	struct source source = random_source(&m, "iana");
	struct record added = {.name = STR("added")};
	for (int i = 0; i < 3; i++)
		assert_int_equal(registry_add(source.registry, random_record(&m.registries)),
				 PORTROLL_OK);
	assert_int_equal(roll_insert(&roll, 0, &source, NULL), PORTROLL_OK);
	assert_int_equal(commit(&m, &roll), 1);
	struct registry *reg = roll.sources[0].registry;
	size_t count = reg->record_count;
	for (size_t i = 0; i < count; i++) {
		assert_true(reg->records[i]->change == SNAPSHOT_CHANGE_PENDING(0));
		registry_set_change(reg, i, 41);
	}
	roll.sources[0].registry = random_edited(&m.registries, reg, 0);
	assert_int_equal(registry_add(roll.sources[0].registry, &added), PORTROLL_OK);
	assert_int_equal(commit(&m, &roll), 1);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(roll.sources[0].registry->records[i]->change, 41);
	assert_true(roll.sources[0].registry->records[count]->change == SNAPSHOT_CHANGE_PENDING(0));
	model_end(&m);
}

/* As `ledger redact` leaves it. */
static void erase(struct model *m, struct portroll_str id)
{
	for (size_t i = 0; i < m->contents.count; i++)
		if (str_equal(m->contents.items[i].id, id))
			m->contents.items[i].content.salt = m->contents.items[i].content.body =
				STR_NONE;
}

static void who_was_redacted_stays_an_id(void **state)
{
	(void)state;
	static const struct person known = {.id = STR_INIT("Example"), .name = STR_INIT("A Name")};
	struct model m;
	model_begin(&m, 5);
	struct roll roll = m.roll;
	struct source source = random_source(&m, "iana");
	assert_int_equal(registry_add_person(source.registry, &known), PORTROLL_OK);
	assert_int_equal(roll_insert(&roll, 0, &source, NULL), PORTROLL_OK);
	assert_int_equal(commit(&m, &roll), 1);
	erase(&m, known.id);
	struct registry *reg = roll.sources[0].registry;
	size_t at = reg->person_count - 1, people = m.contents.count;
	static const struct person bare = {.id = STR_INIT("Example")};
	m.roll.sources[0].registry = random_edited(&m.registries, reg, 0);
	m.roll.sources[0].registry->people[at] = &bare;
	roll.sources[0].registry = random_edited(&m.registries, reg, 0);
	assert_int_equal(commit(&m, &roll), 0);
	assert_int_equal(roll.sources[0].registry->people[at]->name.len, 0);
	/* One who went and comes again is committed to anew, and nothing is kept. */
	struct roll without = roll;
	without.sources[0].registry = random_edited(&m.registries, roll.sources[0].registry, 0);
	without.sources[0].registry->person_count--;
	assert_int_equal(commit(&m, &without), 1);
	roll.sources[0].registry = random_edited(&m.registries, reg, 0);
	assert_int_equal(commit(&m, &roll), 1);
	assert_int_equal(m.contents.count, people + 1);
	assert_true(contents_is_erased(&m.contents.items[people]));
	model_end(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_proposed_folds_to_what_was_meant),
		cmocka_unit_test(a_roll_as_before_is_no_change),
		cmocka_unit_test(a_source_that_moves_and_changes_is_one_change),
		cmocka_unit_test(a_decision_is_told_of_its_source_even_where_nothing_is_another),
		cmocka_unit_test(records_know_the_change_that_made_them),
		cmocka_unit_test(who_was_redacted_stays_an_id),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

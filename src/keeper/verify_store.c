/* SPDX-License-Identifier: MIT */
#include "keeper/verify_store.h"

#include <errno.h>

#include "base/file.h"
#include "base/path.h"

#define SENTENCE_MAX 4096U

typedef unsigned long long number;

struct store_check {
	const struct store_ops *ops;
	struct store *store;
	struct published *published;
	struct tree_reader tree;
	struct person_contents contents;
	uint64_t next;                 /* entry */
	uint64_t size;                 /* of the store */
	size_t unpublished, forgotten; /* people */
};

static int check_entry(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct store_check *c = context;
	const struct tree_hash own = tree_hash_leaf(entry->body);
	struct tree_hash leaf;
	if (entry->index != c->next)
		return error_set(err, PORTROLL_ECORRUPT, "there is no entry @%llu",
				 (number)c->next + 1);
	int r = c->tree.read(&leaf, c->tree.context, (struct tree_place){0, c->next}, err);
	if (r < 0)
		return r;
	if (!tree_hash_equal(&own, &leaf) || !tree_hash_equal(&entry->leaf, &leaf))
		return error_set(err, PORTROLL_ECORRUPT, "entry @%llu is not what was signed",
				 (number)c->next + 1);
	c->next++;
	return PORTROLL_OK;
}

static int check_person(void *context, const struct stored_person *person,
			struct portroll_error *err)
{
	struct store_check *c = context;
	const struct person_content *content = &person->content;
	const struct person_content *published =
		c->contents.find(c->contents.context, &content->commitment);
	bool is_published = published && published->body.len;
	if (content->body.len && !person_content_holds(content))
		return error_set(err, PORTROLL_ECORRUPT,
				 "what it has of person '%.*s' is not what was committed to",
				 PORTROLL_STR_ARG(str_part(person->id, 0, 60)));
	c->unpublished += content->body.len && !is_published;
	c->forgotten += !content->body.len && is_published;
	return PORTROLL_OK;
}

static int check_all(struct store_check *c, struct portroll_error *err)
{
	const struct tree_head signed_head = published_checkpoint(c->published)->head;
	struct tree tree;
	int r = published_people(&c->contents, c->published, err);
	if (r == PORTROLL_OK)
		r = c->ops->each(c->store, (struct entry_range){0, signed_head.size}, check_entry,
				 c, err);
	if (r == PORTROLL_OK)
		r = c->ops->people(c->store, STR(""), check_person, c, err);
	if (r == PORTROLL_OK)
		r = c->ops->head(&tree, c->store, err);
	if (r < 0)
		return r;
	if (c->next != signed_head.size)
		return error_set(err, PORTROLL_ECORRUPT,
				 "it has %llu entries where %llu were signed", (number)c->next,
				 (number)signed_head.size);
	struct tree_head head = tree_head(&tree);
	if (head.size == signed_head.size && !tree_hash_equal(&head.root, &signed_head.root))
		return error_set(err, PORTROLL_ECORRUPT, "its head is not that of its entries");
	c->size = head.size;
	/* Of one that has grown meanwhile there may be more people. */
	if (c->size == c->next && c->unpublished)
		return error_set(err, PORTROLL_ECORRUPT,
				 "it has %zu %s missing in what is published", c->unpublished,
				 c->unpublished == 1 ? "person whose line is"
						     : "people whose lines are");
	if (c->forgotten)
		return error_set(err, PORTROLL_ECORRUPT,
				 "it has erased %zu %s still in what is published", c->forgotten,
				 c->forgotten == 1 ? "person who is" : "people who are");
	return PORTROLL_OK;
}

/* What keeps this user from looking is no finding; neither is a folder that has only what others
 * published. */
static const char *why_open(const struct ledger_place *place, struct keeper *k,
			    const struct portroll_error *own)
{
	const char *const store = path_join(place->roll, "store", &k->arena);
	const char *const database = path_join(place->roll, "ledger.db", &k->arena);
	const char *const key = path_join(place->roll, "key", &k->arena);
	const char *const snapshot = path_join(place->roll, ROLL_SNAPSHOT_NAME, &k->arena);
	if (!store || !database || !key || !snapshot)
		return NULL;
	bool is_shared = file_exists(store);
	const char *at = is_shared ? store : database;
	if (!file_exists(at))
		return file_exists(key) || file_exists(snapshot) ? NULL : "there is none here";
	if (!file_may_read(at) || own->sys_errno == EACCES || own->sys_errno == EROFS)
		return "may not be read by you";
	return is_shared && own->code == PORTROLL_ESYSTEM ? own->text : NULL;
}

static int told(struct report *report, struct keeper *k, enum outcome outcome, const char *sentence)
{
	report_add(report, k, (struct finding){"store", (uint8_t)outcome, str_from(sentence)});
	return PORTROLL_OK;
}

static int tell_failure(struct report *report, const struct ledger_place *place, struct keeper *k,
			const struct portroll_error *own)
{
	const char *open = why_open(place, k, own);
	if (open)
		return told(report, k, OUTCOME_OPEN, open);
	if (own->code == PORTROLL_ENOMEM || own->code == PORTROLL_ESYSTEM) {
		k->err = *own;
		return own->code;
	}
	return told(report, k, OUTCOME_FAILS, own->text);
}

int verify_store(bool *ret_people, struct report *report, const struct ledger_place *place,
		 struct published *p, struct keeper *k)
{
	struct store_check c = {.published = p, .tree = published_reader(p)};
	struct portroll_error own = {0};
	if (!place->roll)
		return PORTROLL_OK;
	const struct ledger_options how = {.folder = place->roll, .witness = ""};
	int r = ledger_find_store(&c.store, &c.ops, &how, &own);
	if (r == PORTROLL_OK) {
		r = check_all(&c, &own);
		c.ops->close(c.store);
	}
	if (r < 0)
		return tell_failure(report, place, k, &own);
	*ret_people = c.size == c.next;
	struct buf text = BUF_INIT(SENTENCE_MAX);
	buf_puts(&text, "each entry that it has is what was signed");
	if (c.size > c.next)
		buf_printf(&text, "; %llu more are not published yet", (number)(c.size - c.next));
	report_take(report, k, "store", &text);
	return PORTROLL_OK;
}

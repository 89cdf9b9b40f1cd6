/* SPDX-License-Identifier: MIT */

/* rules [ID...]: the rules, explained. */

#include "base/json.h"
#include "keeper/keeper.h"
#include "procedure/rule.h"
#include "terminal/fold.h"
#include "terminal/table.h"

/* All of them, or a family by its letter. */
static bool is_chosen(const struct rule *rule, struct portroll_str word)
{
	if (word.len == 1)
		return fold_char(word.ptr[0]) == fold_char(rule->id[0]);
	return str_equal_fold(word, str_from(rule->id));
}

typedef void rule_fn(void *context, const struct rule *rule);

static size_t each_of_word(struct portroll_str word, rule_fn *tell, void *context)
{
	const struct rule *rule;
	size_t count = 0;
	for (size_t i = 0; (rule = rule_at(i)); i++) {
		if (!is_chosen(rule, word))
			continue;
		tell(context, rule);
		count++;
	}
	return count;
}

/* Returns the exit code: a rule that is asked for may not be there. */
static int each(struct keeper *k, rule_fn *tell, void *context)
{
	const struct rule *rule;
	int code = EXIT_YES;
	for (size_t i = 0; k->args.operand_count == 0 && (rule = rule_at(i)); i++)
		tell(context, rule);
	for (int i = 0; i < k->args.operand_count; i++) {
		if (each_of_word(str_from(k->args.operands[i]), tell, context))
			continue;
		out_message(&k->out,
			    "no rule is called '%.60s'; they are N01 to X12, and N, P, Q, "
			    "D, L, E, C, X are the families",
			    k->args.operands[i]);
		code = EXIT_NO;
	}
	return code;
}

static const char *remedy_label(const struct rule *rule)
{
	return rule->how == RULE_ASKED ? "question" : "remedy";
}

static void tell_json(void *context, const struct rule *rule)
{
	struct json *j = context;
	CLEANUP(buf_done) struct buf binds = BUF_INIT(64);
	struct portroll_str rest, word;
	rule_put_binds(&binds, rule->binds);
	rest = buf_str(&binds);
	json_object(j);
	json_member(j, "id", str_from(rule->id));
	json_member(j, "origin", str_from(rule->origin));
	json_member(j, "level", str_from(rule_level_name(rule->level)));
	json_key(j, "binds");
	json_array(j);
	while (str_word(&rest, &word))
		json_str(j, word);
	json_array_end(j);
	json_member(j, "how", str_from(rule_how_name(rule->how)));
	json_key(j, "form");
	json_bool(j, rule->is_form);
	json_member(j, "sentence", str_from(rule->sentence));
	json_member(j, remedy_label(rule), str_from(rule->remedy));
	json_member(j, "where", str_from(rule->where));
	json_object_end(j);
}

static void tell_tsv(void *context, const struct rule *rule)
{
	struct buf *out = context;
	buf_printf(out, "%s\t%s\t%s\t", rule->id, rule->origin, rule_level_name(rule->level));
	rule_put_binds(out, rule->binds);
	buf_printf(out, "\t%s\t%s\t%s\t%s\n", rule_how_name(rule->how), rule->sentence,
		   rule->remedy ? rule->remedy : "", rule->where ? rule->where : "");
}

static void tell_row(void *context, const struct rule *rule)
{
	struct table *t = context;
	CLEANUP(buf_done) struct buf binds = BUF_INIT(64);
	rule_put_binds(&binds, rule->binds);
	table_cell(t, str_from(rule->id));
	table_cell(t, str_from(rule_level_name(rule->level)));
	table_cell(t, buf_str(&binds));
	table_cell(t, str_from(rule_how_name(rule->how)));
	table_cell(t, str_from(rule->sentence));
}

#define LABEL_WIDTH 12

static void put_part(struct out *o, const char *label, const char *text)
{
	if (!text)
		return;
	buf_puts(&o->buf, "  ");
	out_colour(o, COLOUR_FAINT);
	buf_puts(&o->buf, label);
	out_colour(o, COLOUR_NONE);
	buf_fill(&o->buf, ' ', LABEL_WIDTH - 2 - str_from(label).len);
	out_folded(o, str_from(text), (struct fold){.column = LABEL_WIDTH, .indent = LABEL_WIDTH});
}

static void tell_whole(void *context, const struct rule *rule)
{
	struct out *o = context;
	CLEANUP(buf_done) struct buf binds = BUF_INIT(64);
	rule_put_binds(&binds, rule->binds);
	buf_putc(&binds, '\0');
	out_colour(o, COLOUR_NAME);
	buf_puts(&o->buf, rule->id);
	out_colour(o, COLOUR_NONE);
	buf_puts(&o->buf, "  ");
	out_folded(o, str_from(rule->sentence), (struct fold){.column = 5, .indent = 5});
	put_part(o, "origin", rule->origin);
	put_part(o, "level", rule_level_name(rule->level));
	put_part(o, "binds", binds.failed ? "" : binds.ptr);
	put_part(o, "kept", rule_how_name(rule->how));
	put_part(o, "where", rule->where);
	put_part(o, remedy_label(rule), rule->remedy);
	if (rule->is_form)
		put_part(o, "override", "none: it is of form");
}

static int list(struct keeper *k)
{
	static const struct table_column columns[] = {
		{.title = "Rule", .colour = COLOUR_NAME},
		{.title = "Level"},
		{.title = "Binds"},
		{.title = "Kept"},
		{.title = "What is right", .flexible = true},
	};
	struct table t = table_init(&k->arena, columns, ARRAY_LEN(columns));
	int code = each(k, tell_row, &t);
	table_write(&t, &k->out);
	return code;
}

int verb_rules(struct keeper *k)
{
	struct json j = json_init(&k->out.buf, true);
	int code;
	if (keeper_has(k, OPTION_JSON)) {
		json_object(&j);
		json_member(&j, "schema", STR("portroll-rules/1"));
		json_key(&j, "rules");
		json_array(&j);
		code = each(k, tell_json, &j);
		json_array_end(&j);
		json_object_end(&j);
		buf_putc(&k->out.buf, '\n');
		return code;
	}
	if (keeper_has(k, OPTION_TSV)) {
		buf_puts(&k->out.buf, "id\torigin\tlevel\tbinds\thow\tsentence\tremedy\twhere\n");
		return each(k, tell_tsv, &k->out.buf);
	}
	return k->args.operand_count ? each(k, tell_whole, &k->out) : list(k);
}

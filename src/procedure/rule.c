/* SPDX-License-Identifier: MIT */
#include "procedure/rule.h"

#include "procedure/rule_tables.h"

static const struct family {
	const struct rule *rules;
	size_t count;
} families[] = {
	{rules_of_names, RULES_OF_NAMES},       {rules_of_ports, RULES_OF_PORTS},
	{rules_of_requests, RULES_OF_REQUESTS}, {rules_of_codes, RULES_OF_CODES},
	{rules_of_life, RULES_OF_LIFE},         {rules_of_experiments, RULES_OF_EXPERIMENTS},
	{rules_of_programs, RULES_OF_PROGRAMS}, {rules_of_published, RULES_OF_PUBLISHED},
};

const struct rule *rule_at(size_t index)
{
	for (size_t i = 0; i < ARRAY_LEN(families); i++) {
		if (index < families[i].count)
			return &families[i].rules[index];
		index -= families[i].count;
	}
	return NULL;
}

const struct rule *rule_find(struct portroll_str id)
{
	const struct rule *rule;
	for (size_t i = 0; (rule = rule_at(i)); i++)
		if (str_equal_fold(id, str_from(rule->id)))
			return rule;
	return NULL;
}

/* By enum rule_level, rule_how, finding_severity. */
static const char *const level_names[] = {"MUST", "SHOULD", "MAY", "stated", "practice", "design"};
static const char *const how_names[] = {"enforced", "asked", "elsewhere"};
static const char *const severity_names[SEVERITY_COUNT] = {"error", "warning", "question",
							   "notice"};

const char *rule_level_name(uint8_t level)
{
	return level_names[level];
}

const char *rule_how_name(uint8_t how)
{
	return how_names[how];
}

const char *severity_name(enum finding_severity severity)
{
	return severity_names[severity];
}

void rule_put_binds(struct buf *out, uint8_t binds)
{
	static const char *const names[] = {"REQ", "REC", "ACT", "PUB", "CON", "HOST", "DOC"};
	const char *before = "";
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (!(binds & 1U << i))
			continue;
		buf_puts(out, before);
		buf_puts(out, names[i]);
		before = " ";
	}
}

enum finding_severity finding_severity(const struct finding *f)
{
	if (f->is_question)
		return SEVERITY_QUESTION;
	switch (f->rule->level) {
	case LEVEL_MUST:
	case LEVEL_STATED:
		return f->is_warning ? SEVERITY_WARNING : SEVERITY_ERROR;
	case LEVEL_SHOULD:
	case LEVEL_DESIGN:
		return SEVERITY_WARNING;
	default:
		return SEVERITY_NOTICE;
	}
}

static bool is_answered(const struct rule *rule, const struct evidence *evidence)
{
	for (size_t i = 0; i < evidence->answer_count; i++)
		if (str_equal_fold(evidence->answers[i].rule, str_from(rule->id)))
			return true;
	return false;
}

static bool is_overridden(const struct rule *rule, const struct evidence *evidence)
{
	if (rule->is_form)
		return false;
	for (size_t i = 0; i < evidence->override_count; i++)
		if (str_equal_fold(evidence->overrides[i].rule, str_from(rule->id)))
			return true;
	return false;
}

bool finding_blocks(const struct finding *f, const struct evidence *evidence)
{
	bool binds = f->rule->level == LEVEL_MUST || f->rule->level == LEVEL_STATED;
	if (!binds || f->is_warning)
		return false;
	if (!evidence)
		return true;
	if (f->unless & evidence->items)
		return false;
	if (f->is_question && is_answered(f->rule, evidence))
		return false;
	return !is_overridden(f->rule, evidence);
}

/* SPDX-License-Identifier: MIT */

/* Prints the completions of a shell from the tables of verbs and options: generate bash|zsh|fish.
 */

#include "base/macros.h"
#include "terminal/out.h"
#include "verbs/verb.h"

/* The text in single quotes; `quote` is what stands for one inside. */
static void put_quoted(struct buf *out, const char *text, const char *quote)
{
	buf_putc(out, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			buf_puts(out, quote);
		else
			buf_putc(out, *text);
	}
	buf_putc(out, '\'');
}

static bool takes_file(const struct option_row *row)
{
	return str_equal(str_from(row->argument), STR("FILE"));
}

static bool takes_source(const struct option_row *row)
{
	return row == &options[OPTION_SOURCE] || row == &options[OPTION_ABOVE] ||
	       row == &options[OPTION_BELOW];
}

/* The names of the sources of the roll, one a line; nothing without a roll. */
#define LIST_SOURCES "portroll source list 2>/dev/null | awk \"NR > 1 { print \\$1 }\""

#define ACCOUNT_WORDS "add disable enable grant list remove revoke set show"
#define SOURCE_WORDS  "list add manage policy check move remove"
#define LEDGER_WORDS                                                                               \
	"backup checkpoint follow fork key mirror rebuild receipt redact restore revert"

#define REQUEST_WORDS                                                                              \
	"answer appeal approve ask assign attest call close codes confirm deallocate deassign "    \
	"decline deliveries deprecate disadvise dossier drop early edit erase escalate history "   \
	"implement list "                                                                          \
	"modify name new opine overturn override permanent preview recommend recuse refer remind " \
	"rename renew reply reserve resume reuse revoke show submit succession suspend tick "      \
	"transport uphold validate withdraw"

/* Verbs whose operands are files, or may be. */
static bool works_on_files(const struct verb *verb)
{
	return str_find(str_from(verb->operands), STR("FILE")) != SIZE_MAX ||
	       str_equal(str_from(verb->operands), STR("[A] [B]"));
}

static void put_verb_names(struct buf *out, const char *between)
{
	for (const struct verb *verb = verbs; verb->name; verb++) {
		buf_puts(out, verb == verbs ? "" : between);
		buf_puts(out, verb->name);
	}
}

static void put_choices(struct buf *out, const struct option_row *row)
{
	for (const char *const *choice = row->choices; *choice; choice++) {
		buf_puts(out, choice == row->choices ? "" : " ");
		buf_puts(out, *choice);
	}
}

/* --name|-n */
static void put_bash_pattern(struct buf *out, const struct option_row *row)
{
	buf_puts(out, "--");
	buf_puts(out, row->name);
	if (!row->short_name)
		return;
	buf_puts(out, "|-");
	buf_putc(out, row->short_name);
}

static void put_bash_value(struct buf *out, const struct option_row *row)
{
	if (row->choices) {
		buf_puts(out, "mapfile -t COMPREPLY < <(compgen -W '");
		put_choices(out, row);
		buf_puts(out, "' -- \"$cur\"); ");
	} else if (takes_file(row)) {
		buf_puts(out, "mapfile -t COMPREPLY < <(compgen -f -- \"$cur\"); ");
	} else if (takes_source(row)) {
		buf_puts(out, "mapfile -t COMPREPLY < <(compgen -W "
			      "\"$(_portroll_sources)\" -- \"$cur\"); ");
	}
	buf_puts(out, "return ;;\n");
}

static bool takes_option(const struct verb *verb, const struct option_row *row)
{
	const uint8_t *id = verb->takes;
	while (*id != OPTION_COUNT && &options[*id] != row)
		id++;
	return *id != OPTION_COUNT;
}

/* An option that is called as one before it: of the verbs that take it. */
static void put_bash_namesake(struct buf *out, const struct option_row *row)
{
	for (const struct verb *verb = verbs; verb->name; verb++) {
		if (!takes_option(verb, row))
			continue;
		buf_putc(out, '\t');
		buf_puts(out, verb->name);
		buf_puts(out, ":--");
		buf_puts(out, row->name);
		buf_puts(out, ") ");
		put_bash_value(out, row);
	}
}

static bool has_namesake_before(const struct option_row *row)
{
	for (const struct option_row *other = options; other < row; other++)
		if (str_equal(str_from(other->name), str_from(row->name)))
			return true;
	return false;
}

static void put_bash_values(struct buf *out)
{
	buf_puts(out, "\tcase $verb:$prev in\n");
	for (const struct option_row *row = options; row < options + OPTION_COUNT; row++)
		if (row->argument && has_namesake_before(row))
			put_bash_namesake(out, row);
	buf_puts(out, "\tesac\n\tcase $prev in\n");
	for (const struct option_row *row = options; row < options + OPTION_COUNT; row++) {
		if (!row->argument || row->hidden || has_namesake_before(row))
			continue;
		buf_putc(out, '\t');
		put_bash_pattern(out, row);
		buf_puts(out, ") ");
		put_bash_value(out, row);
	}
	buf_puts(out, "\tesac\n");
}

static void put_bash_options(struct buf *out, const uint8_t *list)
{
	for (; *list != OPTION_COUNT; list++) {
		if (options[*list].hidden)
			continue;
		buf_puts(out, " --");
		buf_puts(out, options[*list].name);
	}
}

static void put_bash(struct buf *out)
{
	buf_puts(out, "# bash completion of portroll, made from its table of verbs\n"
		      "_portroll_sources()\n{\n\t" LIST_SOURCES "\n}\n"
		      "_portroll()\n{\n"
		      "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
		      "\tlocal verb= word words=\n\tCOMPREPLY=()\n"
		      "\tfor word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
		      "\t\tcase $word in\n\t\t");
	put_verb_names(out, "|");
	buf_puts(out, ") verb=$word; break ;;\n\t\tesac\n\tdone\n");
	put_bash_values(out);
	buf_puts(out, "\tcase $verb in\n");
	for (const struct verb *verb = verbs; verb->name; verb++) {
		buf_putc(out, '\t');
		buf_puts(out, verb->name);
		buf_puts(out, ") words='");
		put_bash_options(out, verb->takes);
		buf_puts(out, "' ;;\n");
	}
	buf_puts(out, "\tesac\n\tif [[ $cur == -* ]]; then\n\t\twords+='");
	put_bash_options(out, common_options);
	buf_puts(out, "'\n\telse\n\t\tcase $verb in\n\t\t''|help) words='");
	put_verb_names(out, " ");
	buf_puts(out,
		 "' ;;\n\t\tsource) case \" ${COMP_WORDS[*]:1:COMP_CWORD-1} \" in\n"
		 "\t\t\t*' policy '*' '*) mapfile -t COMPREPLY < <(compgen -f -- \"$cur\"); "
		 "return ;;\n"
		 "\t\t\t*' move '* | *' remove '* | *' manage '* | *' policy '* | *' check '*) "
		 "words=$(_portroll_sources) ;;\n"
		 "\t\t\t*' list '* | *' add '*) return ;;\n"
		 "\t\t\t*) words='" SOURCE_WORDS "' ;;\n\t\t\tesac ;;\n"
		 "\t\tledger) case \" ${COMP_WORDS[*]:1:COMP_CWORD-1} \" in\n"
		 "\t\t\t*' backup '* | *' restore '*) mapfile -t COMPREPLY < <(compgen -f -- "
		 "\"$cur\"); return ;;\n"
		 "\t\t\t*' ledger ') words='" LEDGER_WORDS "' ;;\n"
		 "\t\t\t*) return ;;\n\t\t\tesac ;;\n"
		 "\t\taccount) case \" ${COMP_WORDS[*]:1:COMP_CWORD-1} \" in\n"
		 "\t\t\t*' account ') words='" ACCOUNT_WORDS "' ;;\n"
		 "\t\t\t*) return ;;\n\t\t\tesac ;;\n"
		 "\t\trequest) case \" ${COMP_WORDS[*]:1:COMP_CWORD-1} \" in\n"
		 "\t\t\t*' request ') words='" REQUEST_WORDS "' ;;\n"
		 "\t\t\t*) mapfile -t COMPREPLY < <(compgen -f -- \"$cur\"); return ;;\n"
		 "\t\t\tesac ;;\n");
	for (const struct verb *verb = verbs; verb->name; verb++) {
		if (!works_on_files(verb))
			continue;
		buf_puts(out, "\t\t");
		buf_puts(out, verb->name);
		buf_puts(out, ") mapfile -t COMPREPLY < <(compgen -f -- \"$cur\"); return ;;\n");
	}
	buf_puts(out, "\t\t*) return ;;\n\t\tesac\n\tfi\n"
		      "\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n}\n"
		      "complete -F _portroll portroll\n");
}

/* Brackets and colons mean something in a specification of _arguments. */
static void put_zsh_words(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\'') {
			buf_puts(out, "'\\''");
			continue;
		}
		if (*text == '[' || *text == ']' || *text == ':')
			buf_putc(out, '\\');
		buf_putc(out, *text);
	}
}

static void put_zsh_option(struct buf *out, const struct option_row *row)
{
	if (row->hidden)
		return;
	buf_puts(out, " \\\n\t\t\t'--");
	buf_puts(out, row->name);
	buf_puts(out, row->argument ? "=[" : "[");
	put_zsh_words(out, row->help);
	buf_putc(out, ']');
	if (row->argument) {
		buf_putc(out, ':');
		put_zsh_words(out, row->argument);
		buf_putc(out, ':');
	}
	if (row->choices) {
		buf_putc(out, '(');
		put_choices(out, row);
		buf_putc(out, ')');
	} else if (row->argument && takes_file(row)) {
		buf_puts(out, "_files");
	} else if (takes_source(row)) {
		buf_puts(out, "_portroll_sources");
	}
	buf_putc(out, '\'');
}

static void put_zsh_verb(struct buf *out, const struct verb *verb)
{
	buf_puts(out, "\t\t");
	buf_puts(out, verb->name);
	buf_puts(out, ")\n\t\t_arguments");
	for (const uint8_t *id = verb->takes; *id != OPTION_COUNT; id++)
		put_zsh_option(out, &options[*id]);
	for (const uint8_t *id = common_options; *id != OPTION_COUNT; id++)
		put_zsh_option(out, &options[*id]);
	if (works_on_files(verb))
		buf_puts(out, " \\\n\t\t\t'*:file:_files'");
	if (verb == verb_find(STR("source")))
		buf_puts(out, " \\\n\t\t\t'1:action:(" SOURCE_WORDS ")'"
			      " \\\n\t\t\t'2:source:_portroll_sources'"
			      " \\\n\t\t\t'3:file:_files'");
	if (verb == verb_find(STR("ledger")))
		buf_puts(out, " \\\n\t\t\t'1:word:(" LEDGER_WORDS ")'"
			      " \\\n\t\t\t'*:file:_files'");
	if (verb == verb_find(STR("account")))
		buf_puts(out, " \\\n\t\t\t'1:word:(" ACCOUNT_WORDS ")'");
	if (verb == verb_find(STR("request")))
		buf_puts(out, " \\\n\t\t\t'1:word:(" REQUEST_WORDS ")'"
			      " \\\n\t\t\t'*:file:_files'");
	buf_puts(out, " ;;\n");
}

static void put_zsh(struct buf *out)
{
	buf_puts(out,
		 "#compdef portroll\n# zsh completion of portroll, made from its table of verbs\n"
		 "_portroll_sources()\n{\n\tcompadd -- ${(f)\"$(" LIST_SOURCES ")\"}\n}\n"
		 "_portroll()\n{\n\tlocal state\n\tlocal -a verbs=(\n");
	for (const struct verb *verb = verbs; verb->name; verb++) {
		buf_puts(out, "\t\t'");
		buf_puts(out, verb->name);
		buf_putc(out, ':');
		put_zsh_words(out, verb->summary);
		buf_puts(out, "'\n");
	}
	buf_puts(out, "\t)\n\t_arguments -C '1:verb:->verb' '*::argument:->argument'\n"
		      "\tcase $state in\n\tverb) _describe verb verbs ;;\n"
		      "\targument)\n\t\tcase $words[1] in\n");
	for (const struct verb *verb = verbs; verb->name; verb++)
		put_zsh_verb(out, verb);
	buf_puts(out, "\t\tesac ;;\n\tesac\n}\n_portroll \"$@\"\n");
}

static void put_fish_option(struct buf *out, const char *verb, const struct option_row *row)
{
	if (row->hidden)
		return;
	buf_puts(out, "complete -c portroll");
	if (verb) {
		buf_puts(out, " -n '__fish_seen_subcommand_from ");
		buf_puts(out, verb);
		buf_putc(out, '\'');
	}
	buf_puts(out, " -l ");
	buf_puts(out, row->name);
	if (row->short_name) {
		buf_puts(out, " -s ");
		buf_putc(out, row->short_name);
	}
	if (row->argument)
		buf_puts(out, takes_file(row) ? " -r -F" : " -x");
	if (row->choices) {
		buf_puts(out, " -a '");
		put_choices(out, row);
		buf_putc(out, '\'');
	}
	if (takes_source(row))
		buf_puts(out, " -a '(" LIST_SOURCES ")'");
	buf_puts(out, " -d ");
	put_quoted(out, row->help, "\\'");
	buf_putc(out, '\n');
}

static void put_fish(struct buf *out)
{
	buf_puts(out, "# fish completion of portroll, made from its table of verbs\n"
		      "complete -c portroll -f\n");
	for (const uint8_t *id = common_options; *id != OPTION_COUNT; id++)
		put_fish_option(out, NULL, &options[*id]);
	for (const struct verb *verb = verbs; verb->name; verb++) {
		buf_puts(out, "complete -c portroll -n __fish_use_subcommand -a ");
		buf_puts(out, verb->name);
		buf_puts(out, " -d ");
		put_quoted(out, verb->summary, "\\'");
		buf_putc(out, '\n');
		for (const uint8_t *id = verb->takes; *id != OPTION_COUNT; id++)
			put_fish_option(out, verb->name, &options[*id]);
		if (works_on_files(verb)) {
			buf_puts(out, "complete -c portroll -n '__fish_seen_subcommand_from ");
			buf_puts(out, verb->name);
			buf_puts(out, "' -F\n");
		}
	}
	buf_puts(out, "complete -c portroll -n '__fish_seen_subcommand_from source; "
		      "and not __fish_seen_subcommand_from " SOURCE_WORDS "' "
		      "-a '" SOURCE_WORDS "'\n"
		      "complete -c portroll -n '__fish_seen_subcommand_from source; and "
		      "__fish_seen_subcommand_from manage policy check move remove' "
		      "-a '(" LIST_SOURCES ")'\n"
		      "complete -c portroll -n '__fish_seen_subcommand_from ledger; "
		      "and not __fish_seen_subcommand_from " LEDGER_WORDS "' "
		      "-a '" LEDGER_WORDS "'\n"
		      "complete -c portroll -n '__fish_seen_subcommand_from backup restore' -F\n"
		      "complete -c portroll -n '__fish_seen_subcommand_from account; "
		      "and not __fish_seen_subcommand_from " ACCOUNT_WORDS "' "
		      "-a '" ACCOUNT_WORDS "'\n"
		      "complete -c portroll -n '__fish_seen_subcommand_from request; "
		      "and not __fish_seen_subcommand_from " REQUEST_WORDS "' "
		      "-a '" REQUEST_WORDS "'\n"
		      "complete -c portroll -n '__fish_seen_subcommand_from request' -F\n"
		      "complete -c portroll -n '__fish_seen_subcommand_from help' -a '");
	put_verb_names(out, " ");
	buf_puts(out, "'\n");
}

static const struct shell {
	const char *name;
	void (*put)(struct buf *out);
} shells[] = {
	{"bash", put_bash},
	{"zsh", put_zsh},
	{"fish", put_fish},
};

int main(int argc, char **argv)
{
	struct out out;
	out_init(&out, "generate", NULL);
	for (size_t i = 0; argc == 2 && i < ARRAY_LEN(shells); i++) {
		if (!str_equal(str_from(argv[1]), str_from(shells[i].name)))
			continue;
		shells[i].put(&out.buf);
		return out_finish(&out);
	}
	out_message(&out, "usage: generate bash|zsh|fish");
	return EXIT_ERROR;
}

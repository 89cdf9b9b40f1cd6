/* SPDX-License-Identifier: MIT */
#include "terminal/ask.h"

#include "terminal/prompt.h"

enum ask_answer ask(struct out *o, const char *question)
{
	CLEANUP(buf_done) struct buf line = BUF_INIT(PROMPT_LINE_MAX);
	if (!prompt_has_terminal(o))
		return ASK_NOBODY;
	prompt_say(o, str_from(question));
	(void)prompt_line(&line, o, STR(" [y/N] "));
	return line.len && fold_char(line.ptr[0]) == 'y' ? ASK_YES : ASK_NO;
}

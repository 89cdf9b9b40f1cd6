#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Sits at a terminal in front of a program and answers its questions.

usage: answer_questions.py [LABEL=ANSWER]... -- COMMAND...

A question is a line "LABEL: " without an end; one in brackets, such as "[y/N] ", has the label "?",
and the further lines of an answer, asked for by "> ", that of their question. Each gets the next of
its answers, and an empty line where there is none; ^D as an answer ends the input, as does a
question that is not content with many empty lines. Prints what the terminal showed, and exits as
the command did.
"""

import os
import pty
import re
import sys

PROMPT = re.compile(rb"(?:^|\n)(?:([A-Z][A-Za-z ]*): |(> )|[^\n]*(\] ))$")


def main():
    end = sys.argv.index("--")
    answers = {}
    for argument in sys.argv[1:end]:
        label, answer = argument.split("=", 1)
        answers.setdefault(label, []).append(answer)
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(sys.argv[end + 1], sys.argv[end + 1 :])
    shown, begin, label, empty = b"", 0, "", 0
    while True:
        try:
            got = os.read(terminal, 65536)
        except OSError:
            break
        if not got:
            break
        shown += got.replace(b"\r", b"")
        prompt = PROMPT.search(shown, begin)
        if not prompt:
            continue
        begin = len(shown)
        if prompt[1]:
            empty = empty + 1 if label == prompt[1].decode() else 0
            label = prompt[1].decode()
        elif prompt[3]:
            label = "?"
        queue = answers.get(label, [])
        answer = queue.pop(0) if queue else "^D" if empty > 9 else ""
        os.write(terminal, b"\x04" if answer == "^D" else answer.encode() + b"\n")
    sys.stdout.write(shown.decode())
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


main()

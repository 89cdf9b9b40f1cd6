# SPDX-License-Identifier: MIT
"""Asks Python's socket module for the keys of a sample that agree.c wrote: ask_sample.py FILE."""

import socket
import sys


def answer(ask, *key):
    try:
        return ask(*key)
    except OSError:
        return None


asked = wrong = 0
with open(sys.argv[1], encoding="utf-8") as sample:
    for line in sample:
        kind, key, transport, *rest = line.split()
        if kind == "port":
            expected = rest[0] if rest else None
            got = answer(socket.getservbyport, int(key), transport)
        else:
            expected = int(rest[0])
            got = answer(socket.getservbyname, key, transport)
        asked += 1
        if got != expected:
            wrong += 1
            print(f"wrong: {kind} {key}/{transport}: {got}, not {expected}")
print(f"{asked} asked, {wrong} wrong")
sys.exit(1 if wrong or not asked else 0)

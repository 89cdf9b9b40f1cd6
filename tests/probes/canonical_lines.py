# SPDX-License-Identifier: MIT
"""Lines of JSON as Python writes it: canonical_lines.py same | other | again.  `same` in the one form
that canonical JSON has, `other` in forms that it refuses, `again` what is read from the standard
input."""

import json
import random
import sys

ALPHABET = "ab/\"\\\n\t \u00e4\u20ac\u2028\ufb33\U0001f602{}[]:,"


def text(r):
    return "".join(r.choice(ALPHABET) for _ in range(r.randrange(1, 9)))


def name(r):
    return "".join(r.choice("abz_") for _ in range(r.randrange(1, 4)))


def value(r, depth):
    kind = r.randrange(8 if depth < 5 else 6)
    if kind == 6:
        return [value(r, depth + 1) for _ in range(r.randrange(1, 4))]
    if kind == 7:
        return {name(r): value(r, depth + 1) for _ in range(r.randrange(1, 4))}
    return [text(r), r.randrange(-(2**53) + 1, 2**53), r.randrange(-9, 10), True, False, None][kind]


def again():
    for line in sys.stdin:
        yield json.dumps(json.loads(line), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def lines(how):
    r = random.Random(8785)
    for _ in range(2000):
        item = {name(r): value(r, 1), "last": text(r), "z": r.choice(ALPHABET[6:])}
        same = json.dumps(item, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        if how == "same":
            yield same
            continue
        yield json.dumps(item, sort_keys=True)
        yield from (form for form in [
            json.dumps(item, sort_keys=True, separators=(",", ":")),
            json.dumps(dict(sorted(item.items(), reverse=True)), separators=(",", ":"), ensure_ascii=False),
            same.replace("/", "\\/"),
            same + " ",
        ] if form != same)


sys.stdout.reconfigure(encoding="utf-8")
sys.stdin.reconfigure(encoding="utf-8", newline="\n")
for line in again() if sys.argv[1] == "again" else lines(sys.argv[1]):
    print(line)

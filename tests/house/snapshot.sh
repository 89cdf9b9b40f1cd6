#!/bin/bash
# SPDX-License-Identifier: MIT
# doc/SNAPSHOT.md has the numbers that the code has: it must do without the code.
. "$(dirname "$0")/tap.bash"

holds "doc/SNAPSHOT.md tells the same numbers as the headers" "$(
	python3 - <<'PROGRAM' 2>&1
import re

page = open("doc/SNAPSHOT.md").read()
WORDS = {"any": "not-stated", "xref": "reference"}  # enumerator: word of the page
BOUNDS = (  # enumerators that are no values
    "HEADER_SIZE SOURCE_SIZE ANSWER_SIZE KIND_SIZE RECORD_SIZE PERSON_SIZE RECORD_BITS BLOB_PARTS SECTION_COUNT"
    " XREF_TYPE_COUNT FRAGMENT_COUNT RUN_KIND_COUNT PORTROLL_REASON_COUNT"
).split()


def enum(header, name, prefix):
    """The enumerators without those that bound them: {word: number}."""
    body = re.sub(r"/\*.*?\*/", "", open(header).read(), flags=re.S)
    body = re.search(r"enum %s \{(.*?)\}" % name, body, re.S).group(1)
    found, number = {}, 0
    for item in filter(str.strip, body.split(",")):
        key, _, value = (part.strip() for part in item.partition("="))
        if key in BOUNDS:
            continue
        number = eval(value) if value else number
        word = key.removeprefix(prefix).lower().replace("_", "-")
        found[WORDS.get(word, word)] = number
        number += 1
    return found


def define(header, name):
    return int(re.search(r"\b%s\b *=? *(\d+)" % name, open(header).read()).group(1))


def table(heading, column=0):
    """The rows of the table that begins with the heading, two of its columns: [(number, text)]."""
    rows = page.split("\n" + heading, 1)[1].split("\n\n")[0].split("\n")[2:]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return [(row[column], row[column + 1]) for row in cells if row[column].isdigit()]


def same(what, told, true):
    if told != true:
        print(f"{what}: the page has {told}, the code {true}")


def words(what, heading, column, *of):
    told = {word.split(":")[0].lower().replace(" ", "-"): int(number) for number, word in table(heading, column)}
    same(what, told, enum(*of))


LAYOUT, XREF, PORTROLL = "src/snapshot/layout.h", "src/registry/xref.h", "include/portroll.h"
sections = enum(LAYOUT, "section", "SECTION_")
same("sections", {word.replace(" ", "-"): int(n) for n, word in table("| | section | element | what |")}, sections)
for title, name in (("## Head", "header"), ("### Source", "source"), ("### Answer", "answer"),
                    ("### Kind", "kind"), ("### Record", "record"), ("### Person", "person")):
    rows = [(int(at), int(size.split()[0])) for at, size in table(title + "\n\n| at")]
    size = define(LAYOUT, name.upper() + "_SIZE")
    same(title, [at for at, _ in rows if at < size], sorted(enum(LAYOUT, name + "_at", name.upper()).values()))
    same(title + ": bytes", [at + bytes for at, bytes in rows if at < size], [at for at, _ in rows if 0 < at < size] + [size])
words("states", "| state | |", 0, PORTROLL, "portroll_state", "PORTROLL_")
words("reasons", "| reason | | |", 0, PORTROLL, "portroll_reason", "PORTROLL_REASON_")
words("transports", "| transport | |", 0, PORTROLL, "portroll_transport", "PORTROLL_")
words("bits", "| bit | |", 0, LAYOUT, "record_bit", "RECORD_BIT_")
words("types", "| type | of a reference |", 0, XREF, "xref_type", "XREF_")
words("parts", "| type | of a reference |", 3, XREF, "xref_fragment", "FRAGMENT_")
words("runs", "| type | of a reference |", 6, "src/registry/richtext.h", "run_kind", "RUN_")
same("parts of a record", [int(n) for n, _ in table("| part | of a record |")],
     list(enum(LAYOUT, "blob_part", "BLOB_").values()))
for name, text in (("source_kind", "kind: %s"), ("coverage", "coverage: %s only")):
    said = text % ", ".join(f"{n} {w}" for w, n in enum("src/registry/roll.h", name, name.split("_")[0].upper() + "_").items())
    if said not in page:
        print(f"the page has not '{said}'")
PROGRAM
)"

# SPDX-License-Identifier: MIT
"""Compares what agree.c found with the loss report of the same file: agree_losses.py FOUND SERVICES
LOSSES. Each disagreement must be one that the report names, and each that it names must be there."""

import json
import sys

ALL = ["tcp", "udp", "sctp", "dccp"]


def file_names(path):
    """(name, port, transport) of every line."""
    names = set()
    with open(path, encoding="utf-8", errors="surrogateescape") as lines:
        for line in lines:
            words = line.split("#")[0].split()
            if len(words) < 2:
                continue
            port, transport = words[1].split("/")
            for name in words[:1] + words[2:]:
                names.add((name, int(port), transport))
    return names


def subject_of(item):
    """Name, ports, and transport or None of mysql 3306/tcp, or satvid-datalnk 3367-3371."""
    name, key = item["subject"].rsplit(" ", 1)
    ports, _, transport = key.partition("/")
    first, _, last = ports.partition("-")
    return name, range(int(first), int(last or first) + 1), transport or None


def lost_of(item):
    name, ports, transport = subject_of(item)
    if item["kind"] == "transports":
        transports = ["sctp", "dccp"]
    else:
        transports = [transport] if transport else ALL
    return {(name, port, t) for port in ports for t in transports}


def reported(path):
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        report = json.load(file)
    lost, first, last = set(), set(), set()
    for item in report["items"]:
        what = item["what"]
        if "earlier line" in what or "later line" in what:
            name, ports, transport = subject_of(item)
            asked = "-" if "is asked for" in what else transport
            (last if "later" in what else first).add((name, asked, ports[0]))
        elif item["kind"] in ("names", "transports"):
            lost |= lost_of(item)
    return lost, first, last


def found(path):
    lost, gone, first, last, other = set(), set(), set(), set(), []
    with open(path, encoding="utf-8", errors="surrogateescape") as lines:
        for line in lines:
            words = line.split(" ")
            if words[0] == "lost":
                port, transport = words[-1].strip().split("/")
                lost.add((" ".join(words[1:-1]), int(port), transport))
            elif words[0] in ("gone", "first", "last"):
                key = (" ".join(words[1:-2]), words[-2], int(words[-1]))
                {"gone": gone, "first": first, "last": last}[words[0]].add(key)
            elif words[1:] != ["questions\n"]:
                other.append(line.strip())
    return lost, gone, first, last, other


def main():
    found_lost, gone, found_first, found_last, other = found(sys.argv[1])
    lost, first, last = reported(sys.argv[3])
    lost -= file_names(sys.argv[2])
    wrong = list(other)
    # What is lost at the port that answers is found elsewhere or not at all.
    wrong += [f"gone: not lost: {key}" for key in gone if not any(
        key[0] == name and key[2] == port for name, port, _ in lost)]
    asked_gone = {key[:2] for key in gone}
    first = {key for key in first if key[:2] not in asked_gone}
    last = {key for key in last if key[:2] not in asked_gone}
    for kind, seen, told in (("lost", found_lost, lost), ("first", found_first, first),
                             ("last", found_last, last)):
        wrong += [f"{kind}: not in the report: {key}" for key in sorted(seen - told)]
        wrong += [f"{kind}: in the report only: {key}" for key in sorted(told - seen)]
    for line in wrong[:20]:
        print(line)
    print(f"{len(found_lost)} lost, {len(found_first)} first, {len(found_last)} last, {len(wrong)} wrong")
    return 1 if wrong else 0


sys.exit(main())

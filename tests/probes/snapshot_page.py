#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""snapshot_page.py SNAPSHOT SOURCE < JSON: reads every record, person and header as doc/SNAPSHOT.md
tells it, and compares with the document that `portroll export --format json` writes of that source."""
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../examples"))
from read_snapshot import TRANSPORTS, Snapshot  # noqa: E402

TYPES = ["person", "rfc", "draft", "uri", "rfc-errata", "registry", "note", "unicode", "text"]
PARTS = [None, "section", "page", "appendix", "table", "figure", "anchor"]
RUNS = [None, None, "break", "paragraph", "paragraph_end"]


def without_empty(members):
    return {key: value for key, value in members.items() if value}


def date(number):
    year, month, day = number >> 16, number >> 8 & 255, number & 255
    parts = [f"{year:04}"] + [f"{part:02}" for part in (month, day) if part] if year else []
    return "-".join(parts)


class Blob:
    """The items of a blob, one after the other."""

    def __init__(self, snapshot, place):
        self.snapshot, self.bytes = snapshot, snapshot.bytes
        self.at = snapshot.offset["blobs"] + place
        size = self.number()
        self.end = self.at + size

    def byte(self):
        self.at += 1
        return self.bytes[self.at - 1]

    def number(self):
        value, shift = 0, 0
        while True:
            byte = self.byte()
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def text(self):
        return self.snapshot.text(self.number()).decode()

    def date(self):
        return date(self.number())

    def list(self, item):
        return [item() for _ in range(self.number())]

    def extra(self):
        extra = {"name": self.text(), "value": self.text()}
        return {**extra, "element": True} if self.byte() else extra

    def reference(self):
        kind, part = TYPES[self.byte()], PARTS[self.byte()]
        members = {"type": kind, "data": self.text(), "text": self.text()}
        fragment, members["last_updated"] = self.text(), self.text()
        members["extras"] = self.list(self.extra)
        return {**without_empty(members), **({part: fragment} if part else {})}

    def run(self):
        kind = self.byte()
        return {0: self.text, 1: self.reference}.get(kind, lambda: {"type": RUNS[kind]})()

    def rich(self):
        return self.list(self.run)

    def note(self):
        return self.text(), self.rich()


def from_label(label):
    head, comma, _ = label.partition(", ")
    own = label if comma else ""
    if re.fullmatch("(?i:rfc|bcp|std)[0-9]+", head):
        found = "rfc", head.lower(), own
    elif re.match("draft-|RFC-", head) and " " not in head:
        found = "draft", head, own
    elif re.fullmatch("RFC Errata [0-9]+", label):
        found = "rfc-errata", label[11:], ""
    elif re.fullmatch("[0-9]+", label):
        found = "note", label, ""
    elif re.match(r"[A-Za-z][A-Za-z0-9+.-]+:[^ \t\r\n]", label):
        found = "uri", label, ""
    else:
        found = "text", "", label
    return without_empty(dict(zip(("type", "data", "text"), found)))


def labels(cell):
    found = re.findall(r"\[([^\]]*)\]", cell)
    assert cell == "".join(f"[{label}]" for label in found), cell
    return found


def person(label):
    return {"type": "person", "data": label}


def plain(text):
    return [text] if text else []


def record(snapshot, number):
    row = snapshot.numbers("records", "9I4H2BH", number, 48)
    name, description, assignee, contact, registered, reference = (snapshot.text(at).decode() for at in row[:6])
    blob = Blob(snapshot, row[6])
    parts = blob.number() if row[6] else 0
    first, last, bits = row[9], row[10], row[15]

    def part(bit, read, otherwise):
        return read() if parts & bit else otherwise

    modified, notes, _, unauthorized = (part(bit, blob.text, "") for bit in (1, 2, 4, 8))
    code = part(16, blob.number, 0)
    members = {
        "name": name,
        "port": [first, last] if bits & 4 else None,
        "transport": TRANSPORTS[row[13]],
        "registered": registered,
        "modified": modified,
        "service_code": code if bits & 8 else None,
        "description": part(32, blob.rich, plain(description)),
        "notes": part(64, blob.rich, plain(notes)),
        "unauthorized": part(128, blob.text, unauthorized),
        "contact": part(256, lambda: blob.list(blob.reference), [person(label) for label in labels(contact)]),
    }
    cell = [person(label) for label in labels(assignee)] if bits & 16 else None
    members["assignee"] = part(512, lambda: blob.list(blob.reference), cell)
    own = [from_label(label) for label in labels(reference)]
    members["references"] = part(1024, lambda: blob.list(blob.reference), own)
    members["extras"] = part(2048, lambda: blob.list(blob.extra), [])
    assert not row[6] or blob.at == blob.end
    return members


def rich_of(members, name):
    return members.get(name + "_rich", plain(members.get(name, "")))


def people_of(members, name):
    return members.get(name + "_rich", [person(label) for label in members[name]])


def record_of(members):
    """The same members out of the document."""
    return {
        "name": members.get("name", ""),
        "port": [members["port_first"], members["port_last"]] if "port_first" in members else None,
        "transport": members.get("transport", ""),
        "registered": members.get("registered", ""),
        "modified": members.get("modified", ""),
        "service_code": members.get("service_code"),
        "description": rich_of(members, "description"),
        "notes": rich_of(members, "notes"),
        "unauthorized": "".join(rich_of(members, "unauthorized")),
        "contact": people_of(members, "contact"),
        "assignee": people_of(members, "assignee") if members.get("assignee_own") else None,
        "references": members["references"],
        "extras": members.get("extras", []),
    }


def listed_person(snapshot, number):
    row = snapshot.numbers("people", "6I", number, 24)
    who, name, org, uri = (snapshot.text(at).decode() for at in row[:4])
    blob = Blob(snapshot, row[5])
    uris, extras = (blob.list(blob.text), blob.list(blob.extra)) if row[5] else (plain(uri), [])
    return without_empty({"id": who, "name": name, "org": org, "uris": uris, "updated": date(row[4]), "extras": extras})


def header(snapshot, place):
    blob = Blob(snapshot, place)
    texts = ["id", "title", "created", "updated", "registration_rule", "expert"]
    members = {name: blob.date() if name in ("created", "updated") else blob.text() for name in texts}
    members["description"] = blob.rich()
    members["categories"], members["notes"] = blob.list(blob.text), blob.list(blob.note)
    members["references"], members["extras"] = blob.list(blob.reference), blob.list(blob.extra)
    footnotes = blob.list(lambda: (blob.number(), blob.rich()))
    assert blob.at == blob.end
    return members, footnotes


def header_of(members):
    texts = ["id", "title", "created", "updated", "registration_rule", "expert"]
    found = {name: members.get(name, "") for name in texts}
    notes = [(note.get("title", ""), rich_of(note, "text")) for note in members["notes"]]
    return {**found, "description": rich_of(members, "description"), "categories": members["categories"],
            "notes": notes, "references": members.get("references", []), "extras": members.get("extras", [])}


def compare(what, told, read):
    if told != read:
        sys.exit(f"{what}: {told}\nbut the snapshot has {read}")


def main():
    snapshot, wanted, document = Snapshot(sys.argv[1]), sys.argv[2].encode(), json.load(sys.stdin)
    rows = [snapshot.numbers("sources", "IBBH6I", number, 32) for number in range(snapshot.count["sources"])]
    (row,) = [row for row in rows if snapshot.text(row[0]) == wanted]
    compare("counts", [len(document["records"]), len(document["people"])], [row[5], row[7]])
    for i, members in enumerate(document["records"]):
        compare(f"record {i}", record_of(members), record(snapshot, row[4] + i))
    for i, members in enumerate(document["people"]):
        compare(f"person {i}", members, listed_person(snapshot, row[6] + i))
    members, footnotes = header(snapshot, row[9])
    compare("header", header_of(document["header"]), members)
    compare("footnotes", [(note["anchor"], rich_of(note, "text")) for note in document["footnotes"]], footnotes)
    print(f"{len(document['records'])} records and {len(document['people'])} people are equal")


if __name__ == "__main__":
    main()

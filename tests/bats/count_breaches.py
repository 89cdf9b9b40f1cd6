# SPDX-License-Identifier: MIT
"""Counts in IANA's XML what breaks the rules of records, by nothing but the file, and compares with
what `portroll check --all --json` found: count_breaches.py REGISTRY.xml FOUND.json"""
import collections
import json
import re
import sys
import xml.etree.ElementTree as ET

NS = "{http://www.iana.org/assignments}"


def text(element):
    return "" if element is None else re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def read(record):
    people = [x.get("data") for x in record.findall(NS + "xref") if x.get("type") == "person"]
    own = record.find(NS + "assignee")
    number = record.findtext(NS + "number") or ""
    return {
        "name": text(record.find(NS + "name")),
        "number": number,
        "ports": [int(port) for port in number.split("-")] if number else [],
        "transport": record.findtext(NS + "protocol") or "",
        "description": text(record.find(NS + "description")),
        "note": text(record.find(NS + "note")),
        "code": record.findtext(NS + "sc"),
        "contacts": people,
        "assignee": people if own is None else [x.get("data") for x in own],
        "references": [x for x in record.findall(NS + "xref") if x.get("type") != "person"],
        "date": record.get("date"),
        "updated": record.get("updated"),
    }


def kind(record):
    description = record["description"].lower()
    if record["name"] or description.startswith("any private"):
        return "assigned"
    return "unassigned" if re.match(r"\(?unassigned", description) else "reserved"


registry = ET.parse(sys.argv[1]).getroot()
records = [read(record) for record in registry.findall(NS + "record")]
named = [r for r in records if r["name"]]
counts = collections.Counter()

legacy = [r for r in named if not re.fullmatch(r"[A-Za-z0-9-]+", r["name"])]
counts["N02"] = len(legacy)
counts["N16"] = sum("This entry is an alias to" not in r["note"] for r in legacy)
counts["P01"] = sum("-" in r["number"] and r["ports"][0] == r["ports"][1] for r in records)
counts["Q15"] = sum("IESG" in r["assignee"] and "IETF_Chair" not in r["contacts"] for r in named)
counts["D11"] = sum(r["transport"] == "dccp" and bool(r["ports"]) and not r["code"] for r in named)
counts["L19"] = sum(
    not r["name"] and bool(re.match("deprecated|de-?com+iss", r["description"], re.I))
    for r in records
)
counts["X07"] = sum(bool(r["date"] and r["updated"]) and r["updated"] < r["date"] for r in records)
counts["X08"] = sum(
    (uri.text or "").startswith("mailto:") and "@" in uri.text for uri in registry.iter(NS + "uri")
)
counts["X11"] = sum(
    any(not ((x.text or "") + (x.get("data") or "")).isascii() for x in r["references"])
    for r in records
)

by_port = collections.defaultdict(list)
for r in records:
    for port in range(r["ports"][0], r["ports"][-1] + 1) if r["ports"] else ():
        by_port[port].append(r)
for port, there in by_port.items():
    free = [r for r in there if kind(r) == "unassigned"]
    taken = [r for r in there if kind(r) != "unassigned"]
    counts["X06"] += bool(any(not r["transport"] for r in free) and taken)
    counts["P11"] += any(
        f["transport"] and kind(t) == "assigned" and t["transport"] not in ("", f["transport"])
        for f in free
        for t in taken[:1]
    )
gap_ports = {}
for transport in ("tcp", "udp"):
    gaps = [
        port
        for port in range(49152)
        if not any(r["transport"] in ("", transport) for r in by_port[port])
    ]
    gap_ports[transport] = len(gaps)
    counts["X06"] += sum(port - 1 not in gaps for port in gaps)

found = {
    rule["rule"]: rule for rule in json.load(open(sys.argv[2]))["sources"][0]["rules"]
}
wrong = [
    f"{rule}: {found.get(rule, {'count': 0})['count']} found, {counts[rule]} counted"
    for rule in sorted(set(counts) | set(found) - {"L03", "L04"})
    if found.get(rule, {"count": 0})["count"] != counts[rule]
]
told = collections.Counter()
for finding in found["X06"]["findings"]:
    gap = re.fullmatch(r"leaves ([0-9]+)(?:-([0-9]+))? without a record for (\w+)", finding["detail"])
    if gap:
        told[gap[3]] += int(gap[2] or gap[1]) - int(gap[1]) + 1
if dict(told) != gap_ports:
    wrong.append(f"ports without a record: {dict(told)} found, {gap_ports} counted")
print("\n".join(wrong) or f"{counts}, {gap_ports}")
sys.exit(bool(wrong))

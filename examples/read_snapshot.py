#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Asks a snapshot of portroll: read_snapshot.py SNAPSHOT PORT[/TRANSPORT]|NAME...

A reader made from doc/SNAPSHOT.md, of the standard library alone. For each key (or, after "-", each
line of standard input) it prints what is found: key, state, name, port and transport, tabs between.
A port without a transport is asked for on all four.
It bounds nothing and checks no block, as XXH3 is not in Python's library: give it files you trust.
"""
import mmap
import struct
import sys

SECTIONS = (
    "sources page_index pages answer_lists lists name_seed name_displacements name_keys name_lists name_counts"
    " answers answer_frequencies kinds blobs texts records people people_lists person_order"
    " documents gram_firsts gram_pairs gram_places postings"
).split()
STATES = ["Unknown", "Assigned", "Reserved", "Unassigned", "Dynamic"]
TRANSPORTS = ["", "tcp", "udp", "sctp", "dccp"]
NO_LIST = 0xFFFFFFFF
MASK64 = (1 << 64) - 1
MASK32 = (1 << 32) - 1


def fold(name):
    return bytes(c + 32 if 65 <= c <= 90 else c for c in name)


def fnv1a(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & MASK64
    return value


def name_key(name):
    name = fold(name)
    if len(name) <= 15:
        return name.ljust(15, b"\0") + bytes([len(name)])
    return name[:7] + struct.pack("<Q", fnv1a(name)) + b"\xff"


class Snapshot:
    def __init__(self, path):
        with open(path, "rb") as file:
            self.bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, version, header_size = struct.unpack_from("<8sII", self.bytes, 0)
        if magic != b"PORTROLL" or version != 1:
            sys.exit(f"{path}: is no snapshot of version 1")
        (count,) = struct.unpack_from("<I", self.bytes, 44)
        rows = [struct.unpack_from("<IIII", self.bytes, header_size + 16 * i) for i in range(count)]
        self.offset = {name: row[0] for name, row in zip(SECTIONS, rows)}
        self.count = {name: row[3] for name, row in zip(SECTIONS, rows)}

    def numbers(self, section, form, at, size):
        """The numbers of `form` at an element of `size` bytes."""
        return struct.unpack_from("<" + form, self.bytes, self.offset[section] + at * size)

    def text(self, at):
        place, length, shift = self.offset["texts"] + at, 0, 0
        while True:
            byte = self.bytes[place]
            length |= (byte & 127) << shift
            place, shift = place + 1, shift + 7
            if byte < 128:
                return self.bytes[place : place + length]

    def list(self, place, count):
        """The numbers of the records of a list."""
        records = self.count["records"]
        if place == NO_LIST:
            return []
        if place < records:
            return list(range(place, place + count))
        return [self.numbers("lists", "I", place - records + i, 4)[0] for i in range(count)]

    def record(self, number):
        """Name, first and last port or None, transport."""
        name = self.text(self.numbers("records", "I", number, 48)[0])
        row = self.offset["records"] + number * 48
        first, last = struct.unpack_from("<HH", self.bytes, row + 36)
        transport, flags = self.bytes[row + 44], struct.unpack_from("<H", self.bytes, row + 46)[0]
        return name, (first, last) if flags & 4 else None, transport

    def port(self, port, transport):
        """State and records of (port, transport); tcp is 1, udp 2, sctp 3, dccp 4."""
        (page,) = self.numbers("page_index", "H", (transport - 1) * 4096 + port // 16, 2)
        (answer,) = self.numbers("pages", "H", page * 16 + port % 16, 2)
        kind, count = self.numbers("answers", "HH", answer, 4)
        (place,) = self.numbers("answer_lists", "I", answer, 4)
        (state,) = self.numbers("kinds", "B", kind, 4)
        return STATES[state], self.list(place, count)

    def name(self, name):
        """The records of that name, in any case of its letters."""
        key = name_key(name)
        a, b = struct.unpack("<QQ", key)
        (seed,) = self.numbers("name_seed", "Q", 0, 8)
        product = (a ^ seed) * (b ^ (seed << 32 & MASK64 | seed >> 32))
        hash_ = product & MASK64 ^ product >> 64
        low, high = hash_ & MASK32, hash_ >> 32
        bucket = low * self.count["name_displacements"] >> 32
        (displacement,) = self.numbers("name_displacements", "H", bucket, 2)
        slot = (high + displacement * low & MASK32) * self.count["name_keys"] >> 32
        if self.numbers("name_keys", "16s", slot, 16)[0] != key:
            return []
        place, count = self.numbers("name_lists", "I", slot, 4) + self.numbers("name_counts", "I", slot, 4)
        records = self.list(place, count)
        if records and len(name) > 15 and fold(self.record(records[0])[0]) != fold(name):
            return []
        return records

    def ask(self, key):
        """Rows of state, name, port and transport."""
        port, slash, transport = key.partition("/")
        if not slash or not port.isdecimal():
            state, records = None, self.name(key.encode())
        elif int(port) > 65535 or transport not in TRANSPORTS[1:]:
            sys.exit(f"{key}: a port is at most 65535, a transport one of {', '.join(TRANSPORTS[1:])}")
        else:
            state, records = self.port(int(port), TRANSPORTS.index(transport))
        for number in records:
            name, ports, stated = self.record(number)
            shown = ""
            if ports:
                shown = str(ports[0]) if ports[0] == ports[1] else f"{ports[0]}-{ports[1]}"
            here = state
            if here is None:
                here = self.port(ports[0], stated)[0] if ports and stated else "Assigned"
            yield here, name.decode(), shown, TRANSPORTS[stated]
        if not records:
            yield state or "", "", "", ""


def main():
    if sys.argv[1:] in (["--help"], ["-h"]):
        sys.exit(print(__doc__.strip()))
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    snapshot = Snapshot(sys.argv[1])
    keys = [line.rstrip("\n") for line in sys.stdin] if sys.argv[2] == "-" else sys.argv[2:]
    for key in keys:
        for asked in [f"{key}/{name}" for name in TRANSPORTS[1:]] if key.isdecimal() else [key]:
            for row in snapshot.ask(asked):
                print(asked, *row, sep="\t")


if __name__ == "__main__":
    main()

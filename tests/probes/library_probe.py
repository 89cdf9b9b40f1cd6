#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Asks libportroll through ctypes: library_probe.py LIBRARY SNAPSHOT WHAT

WHAT is `records` (the records of all sources, as `portroll list --tsv` writes them but for its last
two columns), `states` (as `portroll states --tsv` below its titles, with the reason in words), or `calls`, which checks
what the other functions say about records of the snapshot itself.
"""
import ctypes
from ctypes import POINTER, Structure, byref, c_bool, c_char, c_char_p, c_int32, c_size_t, c_uint8
from ctypes import c_uint16, c_uint32, c_uint64, c_void_p
import sys

TRANSPORTS = ["", "tcp", "udp", "sctp", "dccp"]
NONE = 0xFFFFFFFF


class Str(Structure):
    _fields_ = [("ptr", c_void_p), ("len", c_size_t)]

    def __str__(self):
        return ctypes.string_at(self.ptr, self.len).decode() if self.len else ""


class Error(Structure):
    _fields_ = [("code", c_int32), ("sys_errno", c_int32), ("line", c_uint32), ("column", c_uint32),
                ("text", c_char * 240)]


TEXTS = ["name", "description", "assignee", "contact", "registered", "modified", "reference",
         "unauthorized", "notes", "alias_of"]


class Record(Structure):
    _fields_ = [("id", c_uint32), ("source", c_uint32), ("copy", c_uint32),
                ("service_code", c_uint32), ("port_first", c_uint16), ("port_last", c_uint16),
                ("has_port", c_uint8), ("has_service_code", c_uint8), ("transport", c_uint8),
                ("flags", c_uint8)] + [(text, Str) for text in TEXTS] + [
                    ("change", c_uint32), ("reserved0", c_uint32), ("reserved", c_uint64 * 3)]

    def ports(self):
        if not self.has_port:
            return ""
        first, last = self.port_first, self.port_last
        return str(first) if first == last else f"{first}-{last}"


class Iter(Structure):
    _fields_ = [("snapshot", c_void_p)] + [(f"member{i}", c_uint32) for i in range(8)] + \
        [("reserved", c_uint64)]


class Answer(Structure):
    _fields_ = [("state", c_uint8), ("reason", c_uint8), ("rule", c_uint8), ("has_source", c_uint8),
                ("source", c_uint32), ("record_count", c_uint32), ("frequency", c_uint32),
                ("reserved", c_uint64 * 2)]


class Finding(Structure):
    _fields_ = [("rule", c_char_p), ("origin", c_char_p), ("sentence", c_char_p),
                ("level", c_uint32), ("record", c_uint32)]


class Hit(Structure):
    _fields_ = [("rank", c_uint64), ("record", c_uint32), ("reserved", c_uint32)]


class Source(Structure):
    _fields_ = [("name", Str), ("title", Str), ("origin", Str), ("format", Str),
                ("sha256", c_uint8 * 32), ("updated", c_uint32), ("record_count", c_uint32),
                ("person_count", c_uint32), ("copy_count", c_uint32), ("managed", c_uint8),
                ("coverage", c_uint8), ("reserved0", c_uint8 * 6), ("reserved", c_uint64 * 4)]


SIGNATURES = {
    "open": (ctypes.c_int, [POINTER(c_void_p), c_char_p, POINTER(Error)]),
    "close": (None, [c_void_p]),
    "record_count": (c_uint32, [c_void_p]),
    "find_port": (c_uint32, [c_void_p, c_uint16, c_uint32]),
    "find_name": (c_uint32, [c_void_p, Str]),
    "get": (c_bool, [c_void_p, c_uint32, POINTER(Record)]),
    "next": (c_bool, [POINTER(Iter), POINTER(Record)]),
    "by_port": (Iter, [c_void_p, c_uint16, c_uint32]),
    "by_name": (Iter, [c_void_p, Str, c_uint32]),
    "by_range": (Iter, [c_void_p, c_uint16, c_uint16, c_uint32]),
    "all": (Iter, [c_void_p]),
    "state": (Answer, [c_void_p, c_uint16, c_uint32]),
    "search": (c_size_t, [c_void_p, Str, c_uint32, POINTER(Hit), c_size_t]),
    "check_name": (c_size_t, [c_void_p, Str, POINTER(Finding), c_size_t]),
    "source_count": (c_uint32, [c_void_p]),
    "get_source": (c_bool, [c_void_p, c_uint32, POINTER(Source)]),
    "state_name": (c_char_p, [c_uint32]),
    "reason_text": (c_char_p, [c_uint32]),
    "transport": (c_uint32, [Str]),
    "version": (c_char_p, []),
}


class Library:
    def __init__(self, path):
        self.library = ctypes.CDLL(path)
        for name, (result, arguments) in SIGNATURES.items():
            function = getattr(self.library, "portroll_" + name)
            function.restype, function.argtypes = result, arguments
            setattr(self, name, function)

    def records(self, iterator):
        while True:
            record = Record()
            if not self.next(byref(iterator), byref(record)):
                return
            yield record


def view(text):
    data = text.encode()
    return Str(ctypes.cast(ctypes.create_string_buffer(data), c_void_p), len(data))


def escaped(text):
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def put_records(lib, snapshot):
    for r in lib.records(lib.all(snapshot)):
        code = str(r.service_code) if r.has_service_code else ""
        print("\t".join(escaped(str(cell)) for cell in (
            r.name, r.ports(), TRANSPORTS[r.transport], r.description, r.assignee, r.contact,
            r.registered, r.modified, r.reference, code, r.unauthorized, r.notes, r.alias_of)))


def put_states(lib, snapshot):
    for port in range(65536):
        for transport in range(1, 5):
            a = lib.state(snapshot, port, transport)
            print(port, TRANSPORTS[transport], lib.state_name(a.state).decode(), sep="\t")


def check_calls(lib, snapshot):
    everything = list(lib.records(lib.all(snapshot)))
    assert [r.id for r in everything] == list(range(lib.record_count(snapshot)))
    assert sum(1 for _ in lib.records(lib.by_range(snapshot, 0, 65535, 0))) == \
        sum(r.has_port for r in everything)
    named = [r for r in everything if len(str(r.name)) > 0]
    for r in named[:: max(1, len(named) // 500)]:
        name = view(str(r.name).upper())
        same = [x.id for x in lib.records(lib.by_name(snapshot, name, 0))]
        assert r.id in same and lib.find_name(snapshot, name) == same[0]
        findings = (Finding * 10)()
        count = lib.check_name(snapshot, name, findings, 10)
        assert b"N08" in [findings[i].rule for i in range(count)]
        if r.has_port and r.transport:
            at_port = [x.id for x in lib.records(lib.by_port(snapshot, r.port_first, r.transport))]
            assert r.id in at_port
            assert lib.find_port(snapshot, r.port_first, r.transport) == at_port[0]
            assert lib.state(snapshot, r.port_first, r.transport).record_count == len(at_port)
    hits = (Hit * 20)()
    count = lib.search(snapshot, view("http"), 1, hits, 20)
    record = Record()
    assert count > 20 and lib.get(snapshot, hits[0].record, byref(record))
    assert str(record.name) == "http"
    source = Source()
    assert lib.get_source(snapshot, 0, byref(source)) and str(source.name) == "iana"
    assert source.record_count == len(everything) and lib.source_count(snapshot) == 1
    assert lib.transport(view("SCTP")) == 3 and lib.find_port(snapshot, 80, 5) == NONE
    print(lib.version().decode())


def main():
    lib, snapshot, error = Library(sys.argv[1]), c_void_p(), Error()
    if lib.open(byref(snapshot), sys.argv[2].encode(), byref(error)) < 0:
        sys.exit(error.text.decode())
    {"records": put_records, "states": put_states, "calls": check_calls}[sys.argv[3]](lib, snapshot)
    lib.close(snapshot)


main()

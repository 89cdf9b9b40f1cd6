# SPDX-License-Identifier: MIT
"""usage: verify.py FOLDER [KEPT-CHECKPOINT]... [SOURCE=CSV]...: checks what a ledger publishes (doc/LEDGER.md), all but base_root and people."""
import base64, collections, csv, hashlib, io, json, pathlib, re, subprocess, sys, tempfile
if not sys.argv[1:] or {"-h", "--help"} & {*sys.argv}: sys.exit(print(__doc__) or 2)
COLUMNS = "name port transport description assignee contacts registered modified references service_code unauthorized note".split()
KEYS = {"record": (list, ["transport", "port", "name"]), "footnote": (int, ["anchor"]), "person": (str, ["id"])}
def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()
def un64(text): return base64.b64decode(text, validate=True)
def canonical(value): return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
def check(holds, what): return holds or sys.exit(f"not proved: {what}")
def root(hashes):  # RFC 6962 section 2.1
    half = 1 << (len(hashes) - 1).bit_length() - 1 if len(hashes) > 1 else 0
    return sha(b"\1", root(hashes[:half]), root(hashes[half:])) if half else hashes[0] if hashes else sha()
def is_signed(**files):
    for name, content in files.items(): pathlib.Path(place.name, name).write_bytes(content)
    command = "openssl pkeyutl -verify -pubin -inkey key -keyform DER -rawin -in text -sigfile signature"
    return subprocess.run(command.split(), cwd=place.name, capture_output=True).returncode == 0
def checkpoint(path):  # c2sp.org/signed-note, tlog-checkpoint: its size and root
    text, claims = pathlib.Path(path).read_bytes().rsplit(b"\n\n", 1)
    origin, size, digest = text.decode().split("\n")
    signed = [is_signed(text=text + b"\n", signature=un64(claim)[4:], key=bytes.fromhex("302a300506032b6570032100") + un64(key)[1:])
              for name, number, key in (line.split("+", 2) for line in (folder / "key").read_text().split())
              for _, signer, claim in (line.split(" ") for line in claims.decode().splitlines())
              if origin == name == signer and un64(claim)[:4].hex() == number]
    check(signed and all(signed), f"that {path} is signed by a key of {folder}/key")
    return int(size), un64(digest)
def tile(kind, n, count):  # c2sp.org/tlog-tiles: of a level or the entries, in a tree that has so many
    path = re.sub("(...)(?=.)", r"x\1/", str(n).zfill(-(-len(str(n)) // 3) * 3))
    return (folder / f"tile/{kind}/{path}{'' if count >= 256 * n + 256 else f'.p/{count % 256}'}").read_bytes()
def apply(kind, items, ops):
    old, seen, before = {}, collections.Counter(), collections.defaultdict(list)
    for item in items:  # the key of a record has its count among those with the same transport, port and name
        key = [(item or {}).get(part, "") for part in KEYS[kind][1]]
        old[canonical(key + [seen[str(key)]] if kind == "record" else key[0])] = item
        seen[str(key)] += 1
    new = old | {canonical(op["key"]): op[kind] for op in ops if op["op"] == "replace"}
    gone = {canonical(op["key"]) for op in ops if op["op"] in ("move", "remove")}
    for op in [op for op in ops if "before" in op]:
        before[canonical(op["before"])].append(op[kind] if op["op"] == "add" else new[canonical(op["key"])])
    check(new.keys() | gone == old.keys() and before.keys() <= old.keys() - gone | {b"null"}, "an operation: there is no such item")
    return [item for key in [*old, b"null"] for item in before[key] + [new.get(key)] * (key in old and key not in gone)]
def label(x):  # of a reference, or of a mark in a text, as IANA's CSV has it
    kind, data, text, (part, number) = x["type"], x.get("data", ""), x.get("text", ""), x.get("fragment", ("", ""))
    if kind in ("break", "paragraph", "paragraph_end"): return " " * 8 * (kind == "paragraph")
    forms = {"rfc": data.upper(), "registry": "IANA registry " + data, "unicode": "Unicode Character Database " + data[3:]}
    own = forms.get(kind, data) + {"": "", "anchor": "#"}.get(part, f", {part.title()} ") + number
    shown = "RFC Errata " * (kind == "rfc-errata") + (text if text.strip() and kind not in ("person", "note") else own)
    return f"[{shown}]" + (f" ({x['last_updated']})" if "last_updated" in x else "")
def cell(record, column):
    value = record.get(column, record.get("contacts", []) if column == "assignee" else [])
    if column == "port" and ["number as written", "a range of one port"] in record.get("extras", []): value += "-" + value
    parts = [label(x) if isinstance(x, dict) else f"[{x}]" if column in ("assignee", "contacts") else f"{x}" for x in (value if isinstance(value, list) else [value])]
    return re.sub("[ \t\r\n]\n[ \t\r\n]+", " ", "".join(parts)).strip(" \t\r\n")
folder, place, entries, sources, ops, base = pathlib.Path(sys.argv[1]), tempfile.TemporaryDirectory(), [], {}, [], 0
size, digest = checkpoint(folder / "checkpoint")
for bundle in (io.BytesIO(tile("entries", n, size)) for n in range(-(-size // 256))):
    while length := bundle.read(2): entries.append(bundle.read(int.from_bytes(length, "big")))
leaves = hashes = [sha(b"\0", entry) for entry in entries]
check(len(leaves) == size and root(leaves) == digest, "the root of the entries")
for level in range(8):
    tiles = [hashes[i:i + 256] for i in range(0, len(hashes), 256)]
    for n, own in enumerate(tiles): check(tile(level, n, len(hashes)) == b"".join(own), f"tile {n} of level {level}")
    hashes = [root(own) for own in tiles if len(own) == 256]
for number, change in enumerate(map(json.loads, entries), 1):
    ops, (part, parts) = ops + change.get("ops", []), change.get("part", [1, 1])
    check(canonical(change) == entries[number - 1] and change["base_size"] == base == number - part, f"entry @{number}")
    if part < parts: continue
    state = sources.setdefault(change.get("source"), {"header": [None], "record": [], "footnote": [], "person": []})
    state["header"] = [op["header"] for op in ops if "header" in op] or state["header"]
    state |= {kind: apply(kind, state[kind], [op for op in ops if kind in op or type(op.get("key")) == of]) for kind, (of, _) in KEYS.items()}
    lines = [sha(b"\0", canonical({kind: item})) for kind, items in state.items() for item in items]
    check("state_root" not in change or root(lines) == un64(change["state_root"]), f"the state after change @{number}")
    ops, base, sources = [], number, {name: sources[name] for name in change.get("sources", sources) or []}
check(base == size, "the last change: a part of it is missing")
for name, _, path in (argument.rpartition("=") for argument in sys.argv[2:]):
    kept, was = (0, root([])) if name else checkpoint(path)
    check(kept <= size and root(leaves[:kept]) == was, f"that the ledger continues {path}")
    rows = [[cell(record or {}, column) for column in COLUMNS] for record in sources[name]["record"]] if name else []
    check(not name or rows == list(csv.reader(open(path, newline="")))[1:], f"that {path} is source {name}")
print(f"proved: {size} entries;", ", ".join(f"{name}: {len(state['record'])} records" for name, state in sources.items() if name))

# SPDX-License-Identifier: MIT
"""Checks the files of ledger_probe with nothing of ours: the tree by hashlib, the signature by
openssl.  ledger_verify.py files | receipts, in their folder."""

import base64
import hashlib
import pathlib
import subprocess
import sys
import tempfile


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root(hashes):
    if not hashes:
        return hashlib.sha256().digest()
    if len(hashes) == 1:
        return hashes[0]
    k = 1 << (len(hashes) - 1).bit_length() - 1
    return node(root(hashes[:k]), root(hashes[k:]))


def signed(note):
    """The text of a note, when openssl finds it signed by the key of the file `key`."""
    text, signatures = note.rsplit(b"\n\n", 1)
    text += b"\n"
    name, key_id, key = pathlib.Path("key").read_text().strip().split("+", 2)
    public = base64.b64decode(key)[1:]
    dash, signer, data = signatures.decode().rstrip("\n").split(" ")
    data = base64.b64decode(data)
    assert (dash, signer) == ("\u2014", name)
    assert data[:4].hex() == key_id
    assert key_id == hashlib.sha256(name.encode() + b"\n\1" + public).hexdigest()[:8]
    with tempfile.TemporaryDirectory() as folder:
        files = {"key.der": bytes.fromhex("302a300506032b6570032100") + public,
                 "text": text, "signature": data[4:]}
        for file, content in files.items():
            pathlib.Path(folder, file).write_bytes(content)
        subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key.der", "-keyform", "DER",
                        "-rawin", "-in", "text", "-sigfile", "signature"],
                       cwd=folder, check=True, capture_output=True)
    return text


def head(note):
    origin, size, digest, rest = signed(note).decode().split("\n")
    assert rest == ""
    return origin, int(size), base64.b64decode(digest, validate=True)


def tile(kind, n, size):
    """The bytes of a tile as it is at that size."""
    digits = f"{n:03d}"
    path = digits if n < 1000 else f"x{n // 1000:03d}/{n % 1000:03d}"
    width = min(size - 256 * n, 256)
    return pathlib.Path(f"tile/{kind}/{path}" + (f".p/{width}" if width < 256 else "")).read_bytes()


def entries(size):
    found = []
    for n in range((size + 255) // 256):
        data = tile("entries", n, size)
        while data:
            length = int.from_bytes(data[:2], "big")
            found.append(data[2:2 + length])
            data = data[2 + length:]
    return found


def verify_files():
    origin, size, digest = head(pathlib.Path("checkpoint").read_bytes())
    found = entries(size)
    assert found == [b"changeset %d" % (i + 1) for i in range(size)]
    hashes = [hashlib.sha256(b"\0" + entry).digest() for entry in found]
    assert root(hashes) == digest
    level = 0
    while hashes:
        for n in range((len(hashes) + 255) // 256):
            assert tile(level, n, len(hashes)) == b"".join(hashes[256 * n:256 * n + 256])
        hashes = [root(hashes[i:i + 256]) for i in range(0, len(hashes) - 255, 256)]
        level += 1
    print(f"{origin}: {size} entries, {level} levels")


def path_root(index, size, leaf, path):
    """RFC 6962 section 2.1.1 as a recursion, where ours walks upwards."""
    if size == 1:
        assert not path
        return leaf
    k = 1 << (size - 1).bit_length() - 1
    if index < k:
        return node(path_root(index, k, leaf, path[:-1]), path[-1])
    return node(path[-1], path_root(index - k, size - k, leaf, path[:-1]))


def verify_receipts():
    for i, file in enumerate(sorted(pathlib.Path().glob("*.tlog-proof"), key=lambda p: int(p.stem))):
        proof, note = file.read_bytes().split(b"\n\n", 1)
        heading, index, *path = proof.decode().split("\n")
        assert (heading, index) == ("c2sp.org/tlog-proof@v1", f"index {i}")
        _, size, digest = head(note)
        leaf = hashlib.sha256(b"\0changeset %d" % (i + 1)).digest()
        assert path_root(i, size, leaf, [base64.b64decode(line) for line in path]) == digest
    print(f"{i + 1} receipts of {size} entries")


{"files": verify_files, "receipts": verify_receipts}[sys.argv[1]]()

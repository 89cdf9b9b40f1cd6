# SPDX-License-Identifier: MIT
"""Adds a signature to a checkpoint, by openssl: sign_too.py CHECKPOINT SECRET-KEY.  What a server can do that
has a key of its own, and wants it to be taken for one of the ledger's."""
import base64
import pathlib
import subprocess
import sys
import tempfile

checkpoint, secret = map(pathlib.Path, sys.argv[1:])
note = checkpoint.read_bytes()
name, key_id, key = secret.read_text().split("\n")[0].removeprefix("PRIVATE+KEY+").split("+", 2)
with tempfile.TemporaryDirectory() as folder:
    der = bytes.fromhex("302e020100300506032b657004220420") + base64.b64decode(key)[1:33]
    pathlib.Path(folder, "key").write_bytes(der)
    pathlib.Path(folder, "text").write_bytes(note.rsplit(b"\n\n", 1)[0] + b"\n")
    command = "openssl pkeyutl -sign -inkey key -keyform DER -rawin -in text"
    signature = subprocess.run(command.split(), cwd=folder, capture_output=True, check=True).stdout
signed = base64.b64encode(bytes.fromhex(key_id) + signature).decode()
checkpoint.write_bytes(note + f"\u2014 {name} {signed}\n".encode())

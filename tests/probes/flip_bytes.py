# SPDX-License-Identifier: MIT
"""Changes one byte of a published ledger at a time, and asks portroll verify: flip_bytes.py FOLDER...
Every file, the first and the last byte and some between.  A folder of ledger_probe has entries that are no
changes: there it counts whether signature or tree fails.  tools/verify.py is asked for some of them."""
import os
import pathlib
import random
import subprocess
import sys

TOOL = pathlib.Path(__file__).parents[2] / "tools/verify.py"
PER_FILE = 16


def holds(folder):
    """Does portroll verify prove what is signed, as far as the tree goes?"""
    run = subprocess.run([os.environ["PORTROLL_KEEPER"], "verify", folder], capture_output=True, text=True)
    found = dict(line.split(maxsplit=2)[:2] for line in run.stdout.splitlines() if line.count(" ") > 2)
    if run.returncode == 0:
        return True
    return (found.get("signature"), found.get("tree")) == ("holds", "holds")


def holds_for_python(folder):
    return subprocess.run([sys.executable, TOOL, folder], capture_output=True).returncode == 0


random.seed(1)
for folder in sys.argv[1:]:
    files = sorted(path for path in pathlib.Path(folder).rglob("*")
                   if path.is_file() and "states" not in path.parts and path.name != "lock")
    last = max(int(path.name) for path in files if path.parent.name.endswith(".p"))
    assert holds(folder), "it does not hold as it is"
    flips, unseen = 0, []
    for path in files:
        content = path.read_bytes()
        places = {0, len(content) - 1, *random.sample(range(len(content)), min(PER_FILE, len(content)))}
        for place in places:
            path.write_bytes(content[:place] + bytes([content[place] ^ random.randrange(1, 256)]) + content[place + 1:])
            flips += 1
            if holds(folder):
                unseen.append(f"{path} {place}")
            # Python does not look at people, and stops at a partial tile of now.
            if flips % 10 == 0 and folder.endswith("ledger") and path.name in ("checkpoint", "key", str(last)):
                assert not holds_for_python(folder), f"{path} {place}"
        path.write_bytes(content)
    print(f"{folder}: {len(files)} files, {flips} flips, {', '.join(unseen) or 'none'} unseen")

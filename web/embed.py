#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes files as one C table of struct asset: embed.py OUTPUT NAME HEADER FILE..."""
import os
import sys

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    "": "text/plain; charset=utf-8",
}

output, table, header, *files = sys.argv[1:]
arrays, rows = [], []
for number, path in enumerate(files):
    with open(path, "rb") as file:
        content = file.read()
    name = os.path.basename(path)
    media_type = MEDIA_TYPES[os.path.splitext(name)[1]]
    numbers = ", ".join(str(byte if byte < 128 else byte - 256) for byte in content)
    arrays.append(f"static const char bytes_{number}[] = {{{numbers}}};\n")
    rows.append(f'\t{{"/{name}", "{media_type}", {{bytes_{number}, {len(content)}}}}},\n')
with open(output, "w", encoding="ascii") as file:
    file.write(f'#include "{header}"\n\n')
    file.writelines(arrays)
    file.write(f"\nconst struct asset {table}[] = {{\n")
    file.writelines(rows)
    file.write("\t{0},\n};\n")

# SPDX-License-Identifier: MIT
"""IANA's registry with compressnet on ports 2 and 3, as it was until 2025-02-13, and not without a
port as since then: compressnet.py FILE."""

import re
import sys

WAS = {
    "2": ("Management Utility", ""),
    "3": ("Compression Process", '<xref type="person" data="Bernie_Volz"/>'),
}


def before(match):
    record = match.group(0)
    port = re.search(r"<number>([23])</number>", record)
    if "<name>compressnet</name>" in record:
        return ""
    if not port:
        return record
    description, contact = WAS[port.group(1)]
    transport = re.search(r"<protocol>.*?</protocol>", record).group(0)
    return (
        f"<record><name>compressnet</name>{transport}<description>{description}</description>"
        f"{contact}<number>{port.group(1)}</number></record>"
    )


with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
sys.stdout.reconfigure(encoding="utf-8")
sys.stdout.write(re.sub(r"<record\b.*?</record>", before, text, flags=re.DOTALL))

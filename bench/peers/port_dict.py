# SPDX-License-Identifier: MIT
"""A worker for the harness: looks ports up in a dict made from a services file.

    python3 port_dict.py SERVICES KEYS
"""
import sys
import time


def pairs(path):
    """(port, protocol) and name of each line."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            words = line.split("#")[0].split()
            if len(words) >= 2:
                port, protocol = words[1].split("/")
                yield (int(port), protocol), words[0]


def look_all_up(ports, keys):
    start = time.perf_counter_ns()
    found = 0
    for key in keys:
        if ports.get(key) is not None:
            found += 1
    return found, (time.perf_counter_ns() - start) / len(keys)


def main():
    ports = {}
    for key, name in pairs(sys.argv[1]):
        ports.setdefault(key, name)
    with open(sys.argv[2], encoding="utf-8") as file:
        keys = [(int(port), protocol) for port, protocol in (line.strip().split("/") for line in file)]
    if look_all_up(ports, keys)[0] == 0:
        sys.exit("none of the ports was found")
    for _ in sys.stdin:
        print(look_all_up(ports, keys)[1], flush=True)


main()

# SPDX-License-Identifier: MIT
"""TAP from what does not write it: meson's log of test programs, and Python's unittest.

tap.py meson LOG      the cases of every program in meson's testlog.json
tap.py unittest DIR   runs DIR/test_*.py
"""
import json
import sys
import unittest


def from_meson(path):
    failed = False
    with open(path, encoding="utf-8") as log:
        for line in log:
            test = json.loads(line)
            output = test.get("stdout", "") + test.get("stderr", "")
            cases = [l for l in output.splitlines() if l.startswith(("ok ", "not ok "))]
            broken = any(l.startswith("not ok") and "# SKIP" not in l for l in cases)
            result = test["result"]
            print(output)
            if result in ("OK", "EXPECTEDFAIL") and not cases:
                print("ok -", test["name"])
            elif result == "SKIP" and not cases:
                print("ok -", test["name"], "# skip")
            elif result not in ("OK", "SKIP", "EXPECTEDFAIL"):
                failed = True
                if not broken:
                    print("not ok -", test["name"], "ended with", result, test.get("returncode"))
                    for l in output.splitlines()[-60:]:
                        print("#", l)
    return 1 if failed else 0


class TapResult(unittest.TestResult):
    def addSuccess(self, test):
        print("ok -", test.id(), flush=True)

    def addSkip(self, test, reason):
        print("ok -", test.id(), "# skip", reason, flush=True)

    def _bad(self, test, err):
        print("not ok -", test.id())
        for line in self._exc_info_to_string(err, test).splitlines():
            print("#", line)
        sys.stdout.flush()

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._bad(test, err)

    def addError(self, test, err):
        super().addError(test, err)
        self._bad(test, err)


def from_unittest(folder):
    suite = unittest.defaultTestLoader.discover(folder)
    return 0 if suite.run(TapResult()).wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit({"meson": from_meson, "unittest": from_unittest}[sys.argv[1]](sys.argv[2]))

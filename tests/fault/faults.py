#!/usr/bin/env python3
"""faults.py COMMAND [--full]: one call after the other fails under init, add, review, rebuild, import.

Whatever fails, the command ends with a status of its own and at most one line; afterwards the archive
verifies, everything acknowledged before is in it, and the command can be repeated. A sample of calls
is taken, spread over all there are; --full takes every one (memory: every tenth)."""

import os
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import EXAMPLES, Govah, Tap, run_program  # noqa: E402

SHIM = os.environ["FAULT_SHIM"]
SAMPLE = {"memory": 25, "write": 20, "sync": 12, "rename": 4, "open": 10, "truncate": 5, "read": 12,
          "map": 4, "room": 16}


def spread(total, sample):
    """`sample` numbers of 1..total: the first and last few, and others at equal distances."""
    if total <= sample:
        return list(range(1, total + 1))
    ends = {1, 2, 3, total - 1, total} if sample > 8 else {1, total}
    inner = sample - len(ends)
    return sorted(ends | {1 + (total - 1) * (i + 1) // (inner + 1) for i in range(inner)})


class Case:
    """What is done, on an archive prepared once and copied for each fault."""

    def __init__(self, tap, command):
        self.command = command
        self.felt = 0  # runs that a fault made fail
        self.folder = tap.scratch
        self.base = Govah(self.folder / "base")
        self.here = self.folder / "here"
        # a text above 256 KiB becomes an evidence file
        self.large = self.folder / "large.txt"
        self.large.write_text("TITLE: Minutes\n\n" + "".join(
            f"On day {n} the monitor counted {n + 3} people arrested in Tehran.\n"
            for n in range(1, 5000)))
        self.small = sorted(EXAMPLES.glob("*.txt"))[:4]
        self.page = sorted(EXAMPLES.glob("*.html"))[0]
        if command != "init":
            self.base.init()
            self.base.must("add", self.small[0], self.small[1])
        if command in ("review", "rebuild"):
            self.base.must("add", self.page, self.small[2])
        if command == "rebuild":
            self.base.must("review", "--accept", "all", "--why", "for the test")
        if command == "import":
            other = Govah(self.folder / "other", self.base.passphrase_file).init(name="Omid")
            other.must("add", self.large, self.small[3])
            other.export(self.folder / "import.jsonl")
        self.before = set(self.base.lines()) if command != "init" else set()

    def words(self):
        return {"init": ["init", self.here, "--name", "Mina"],
                "add": ["--json", "add", self.large, self.small[2], self.page],
                "review": ["review", "--accept", "all", "--why", "read"],
                "rebuild": ["rebuild"],
                "import": ["import", self.folder / "import.jsonl"]}[self.command]

    def prepare(self):
        if self.command == "init":
            for left in self.folder.glob("here*"):
                shutil.rmtree(left)
            return Govah(self.here, self.base.passphrase_file)
        return self.base.copy(self.here)

    def left_over(self):
        return [p.name for p in self.folder.glob("here*")]


def count_calls(case, kind):
    a = case.prepare()
    counts = case.folder / "count"
    ended = a.run(*case.words(), env={"LD_PRELOAD": SHIM, "FAULT_CLASS": kind, "FAULT_AT": "0",
                                      "FAULT_COUNT": str(counts)})
    if ended.status != 0:
        sys.exit(f"{case.command} fails without a fault: {ended}")
    return int(counts.read_text())


def problem_after_init(case, a, ended):
    left = case.left_over()
    if ended.status == 0 or case.here.exists():
        return None if left == ["here"] and a.verifies() else f"half an archive: {left}"
    # a process that memory has left, or that was killed, cannot clean up behind it; what it leaves is
    # under another name and encrypted
    if left and ended.status != 71:
        return f"left behind: {left}"
    return None


def problem(case, kind, at, lasts):
    """What is wrong when this call fails, or None."""
    a = case.prepare()
    ended = a.run(*case.words(), env={"LD_PRELOAD": SHIM, "FAULT_CLASS": kind,
                                      "FAULT_AT": str(at), "FAULT_LASTS": "1" if lasts else "0"})
    case.felt += ended.status != 0
    if not ended.orderly():
        return f"it did not end in order: {ended}"
    if case.command == "init":
        wrong = problem_after_init(case, a, ended)
    else:
        verified = a.run("verify")
        lines = a.lines()
        wrong = None
        if verified.status != 0:
            wrong = f"verify: {verified}"
        elif lines is None or not case.before <= set(lines):
            wrong = "what was acknowledged before is gone"
        elif b'"added"' in ended.out and len(lines) <= len(case.before):
            wrong = "what was acknowledged in this call is gone"
    if wrong:
        return f"{wrong}\nafter: {ended}"
    if case.command == "init" and case.here.exists():
        return None
    again = a.run(*case.words())
    if again.status != 0:
        return f"it cannot be repeated: {again}\nafter: {ended}"
    return None if a.verifies() else "after repeating it, verify fails"


def main():
    full = "--full" in sys.argv
    tap = Tap()
    case = Case(tap, sys.argv[1])
    for kind, sample in SAMPLE.items():
        total = count_calls(case, kind)
        wrong = []
        case.felt = 0
        # what is written to the disk's end is counted from no room at all
        calls = spread(total, (total // 10 if kind == "memory" else total) if full and
                       kind != "room" else 40 * sample if full else sample)
        if kind == "memory":  # libraries start in the first few hundred
            calls = sorted(set(calls) | set(range(1, total, 10) if full else range(5, 400, 16)))
        for i, at in enumerate(calls):
            lasts = kind not in ("memory", "room") and i % 3 == 2
            text = problem(case, kind, at, lasts)
            if text:
                wrong.append(f"{kind} call {at} of {total}{' and later ones' if lasts else ''}: {text}")
        if total and kind in ("memory", "write", "sync", "room"):
            tap.check(f"{case.command}: {kind} faults are felt", case.felt > 0)
        tap.check(f"{case.command}: {len(calls)} of {total} {kind} faults leave the record whole",
                  not wrong, f"{len(wrong)} went wrong\n" + "\n".join(wrong[:4]))
    tap.done()


main()

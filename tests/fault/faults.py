#!/usr/bin/env python3
"""faults.py COMMAND [--every N]: one call after the other fails under init, add, review, rebuild, import.

Whatever fails, the command ends with a status of its own and at most one line; afterwards the archive
verifies, everything acknowledged before and in this call is in it, and the command can be repeated. Kinds
of failure (fault_shim.c): an allocation, a write, a sync, a rename, an open, a truncation, a read, a map;
each once, and but for the allocations with every later one too; the disk full at each write, before it,
behind its first byte, in its middle and before its last; killed before each call that changes a file.

A sample of them is taken, spread over all there are. --every 1 takes every one, --every N each Nth."""

import json
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import EXAMPLES, Govah, Tap  # noqa: E402
from trials import Image, Machine, parts_of, spread, try_all  # noqa: E402

SAMPLE = {"memory": 60, "write": 24, "sync": 14, "rename": 4, "open": 12, "truncate": 8, "read": 14,
          "map": 4, "room": 40, "kill": 24}
FELT = ("memory", "write", "sync", "room", "kill")  # kinds that none of the commands can swallow
KILLED = -9


class Case:
    """What is done, and the archive on which it is done, prepared once."""

    def __init__(self, folder, command):
        self.command, self.folder = command, folder
        base = Govah(folder / "base")
        self.passphrase_file = base.passphrase_file
        # a text above 256 KiB becomes an evidence file
        self.large = folder / "large.txt"
        self.large.write_text("TITLE: Minutes\n\nAt least 12 people were arrested in Tehran.\n" +
                              "The list was read out again in the evening.\n" * 6200)
        texts = sorted(EXAMPLES.glob("*.txt"))[:4]
        self.files = [self.large, texts[2], sorted(EXAMPLES.glob("*.html"))[0]]
        self.incoming = folder / "import.jsonl"
        if command != "init":
            base.init()
            base.must("add", texts[0], texts[1])
        if command in ("review", "rebuild"):
            base.must("add", self.files[2])
        if command == "rebuild":
            base.must("review", "--accept", "all", "--why", "for the test")
        self.new = set()
        if command == "import":
            other = Govah(folder / "other", base.passphrase_file).init(name="Omid")
            other.must("add", self.large, texts[3])
            other.export(self.incoming)
            self.new = set(other.lines())
        self.image = Image(base.path) if command != "init" else None
        self.before = set(base.lines()) if command != "init" else set()

    def words(self, here):
        return {"init": ["init", here, "--name", "Mina"],
                "add": ["--json", "add", *self.files],
                "review": ["review", "--accept", "all", "--why", "read"],
                "rebuild": ["rebuild"],
                "import": ["import", self.incoming]}[self.command]


class Bench:
    """Where one process tries: its machine and its copy of the archive."""

    def __init__(self, case, folder):
        self.case, self.folder = case, folder
        self.machine = Machine()
        self.archive = Govah(folder / "here", case.passphrase_file)

    def prepare(self):
        if self.case.command == "init":
            for left in self.folder.glob("here*"):
                shutil.rmtree(left)
        else:
            self.case.image.put(self.archive.path)

    def run_case(self, **faults):
        return self.machine.run(self.archive, *self.case.words(self.archive.path), env=faults)

    def verifies(self):
        return self.machine.run(self.archive, "verify").status == 0


def is_orderly(case, ended):
    """Succeeded, or failed with a status of its own and one line; `add` may name each file in one."""
    most = 1 + (len(case.files) if case.command == "add" else 0)
    return ended.orderly() or (ended.status in (1, 71) and 1 <= len(ended.complaints) <= most and
                               all(line.startswith("govah: ") for line in ended.complaints))


def wrong_with_record(bench, ended):
    """What is wrong with what is kept, or None."""
    case = bench.case
    verified = bench.machine.run(bench.archive, "verify")
    if verified.status != 0:
        return f"verify: {verified}"
    lines = bench.machine.lines(bench.archive)
    if lines is None or not case.before <= set(lines):
        return "what was acknowledged before is gone"
    fresh = set(lines) - case.before
    if case.command == "rebuild" and fresh:
        return "rebuild changed the record"
    if case.command == "import" and fresh and fresh != case.new - case.before:
        return "an import was taken by half"
    if case.command == "import" and ended.status == 0 and not case.new <= set(lines):
        return "an import that was said to be taken is not there"
    if case.command == "review" and ended.status == 0 and not fresh:
        return "a decision that was acknowledged is not there"
    there = {json.loads(line)["bytes"] for line in lines if b'"kind":"capture"' in line}
    said = [json.loads(line) for line in ended.out.splitlines(True) if line.endswith(b"}\n")]
    if any(s["status"] == "added" and s["document"] not in there for s in said):
        return "a file that was acknowledged is not there"
    return None


def wrong_with_new(bench, ended):
    """The same for an archive in the making."""
    left = sorted(p.name for p in bench.folder.glob("here*"))
    if ended.status == 0 or bench.archive.path.exists():
        return None if left == ["here"] and bench.verifies() else f"half an archive: {left}"
    # a process that memory has left, or that was killed, cannot clean up behind it; what it leaves is
    # under another name and encrypted
    if left and ended.status not in (71, KILLED):
        return f"left behind: {left}"
    return None


def wrong_when_repeated(bench):
    again = bench.run_case()
    if again.status != 0:
        return f"it cannot be repeated: {again}"
    return None if bench.verifies() else "after repeating it, verify fails"


def try_fault(bench, fault):
    """Whether the fault was felt, and what is wrong after it, or None."""
    kind, at, lasts = fault
    bench.prepare()
    ended = bench.run_case(FAULT_CLASS=kind, FAULT_AT=str(at), FAULT_LASTS="1" if lasts else "0")
    wrong = wrong_after(bench, ended, may_be_killed=kind == "kill")
    return ended.status != 0, wrong and f"{wrong}\nafter: {ended}"


def wrong_after(bench, ended, may_be_killed=False):
    """What is wrong after a command that something may have kept from its end, or None."""
    wrong = None
    if not is_orderly(bench.case, ended) and not (may_be_killed and ended.status == KILLED):
        wrong = "it did not end in order"
    elif bench.case.command == "init":
        wrong = wrong_with_new(bench, ended)
        if not wrong and not bench.archive.path.exists():
            wrong = wrong_when_repeated(bench)
    elif ended.status == 0 or b'"added"' in ended.out or not bench.case.image.same(bench.archive.path):
        # what is the same to the byte needs no second look
        wrong = wrong_with_record(bench, ended) or wrong_when_repeated(bench)
    return wrong


def count_calls(bench, kind):
    """How many calls there are; for room the sizes of the writes."""
    counts = bench.folder / "count"
    bench.prepare()
    ended = bench.run_case(FAULT_CLASS=kind, FAULT_AT="-1" if kind == "room" else "0",
                           FAULT_COUNT=str(counts))
    if ended.status != 0:
        sys.exit(f"Bail out! {bench.case.command} fails without a fault: {ended}")
    numbers = [int(n) for n in counts.read_text().split()]
    return numbers if kind == "room" else numbers[0]


def rooms_of(sizes):
    """How many bytes are left on the disks to try: around and within each write."""
    rooms, whole = set(), 0
    for size in sizes:
        rooms |= {whole, whole + 1, whole + size // 2, whole + size - 1}
        whole += size
    return sorted(room for room in rooms if room < whole)


def faults_of(bench, kind, every):
    """All faults of a kind that are to be tried, and how many there are."""
    calls = count_calls(bench, kind)
    if kind == "room":
        all_faults = [(kind, room, False) for room in rooms_of(calls)]
    elif kind in ("memory", "kill"):
        all_faults = [(kind, at, False) for at in range(1, calls + 1)]
    else:
        all_faults = [(kind, at, lasts) for at in range(1, calls + 1) for lasts in (False, True)]
    if every:
        return parts_of(all_faults, every), len(all_faults)
    chosen = spread(len(all_faults), SAMPLE[kind])
    if kind == "memory":  # libraries start in the first few hundred
        chosen = sorted(set(chosen) | set(range(5, min(400, len(all_faults)), 16)))
    return [all_faults[i - 1] for i in chosen], len(all_faults)


def words_of(fault):
    kind, at, lasts = fault
    if kind == "room":
        return f"a disk with {at} bytes left"
    return f"{kind} call {at}{' and later ones' if lasts else ''}"


def main():
    command = sys.argv[1]
    every = int(sys.argv[3]) if sys.argv[2:3] == ["--every"] else 0
    tap = Tap()
    case = Case(tap.scratch, command)
    bench = Bench(case, tap.scratch)
    for kind in SAMPLE:
        chosen, whole = faults_of(bench, kind, every)
        results = try_all(tap.scratch, f"{command}, {kind}", chosen,
                          lambda folder: Bench(case, folder), try_fault)
        wrong = [f"{words_of(fault)}: {text}" for fault, (felt, text) in results if text]
        if kind in FELT:
            tap.check(f"{command}: {kind} faults are felt",
                      sum(felt for fault, (felt, text) in results) > len(results) // 3)
        tap.check(f"{command}: {len(chosen)} of {whole} {kind} faults leave the record whole",
                  not wrong, f"{len(wrong)} went wrong\n" + "\n".join(wrong[:4]))
    tap.done()


if __name__ == "__main__":
    main()

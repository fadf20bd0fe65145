#!/usr/bin/env python3
"""accounts.py [--every N]: one call after the other fails under what reads accounts: person, people, figures, audit,
alerts, trace.

Whatever fails, the command ends with a status of its own and one line, or it prints what it prints without a fault,
and the archive is as it was. A sample of the calls is taken, spread over all there are; --every N takes each Nth."""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import EXAMPLES, Govah, Tap  # noqa: E402
from trials import Image, Machine, parts_of, spread, try_all  # noqa: E402

SAMPLE = {"memory": 60, "read": 20, "open": 12, "map": 4}
HISTORY = ("Lena Orlova, a journalist, was arrested on 1 October 2022 in Tehran. She was charged with espionage. In December "
           "2022, Lena Orlova was sentenced to seven and a half years in prison. Lena Orlova was released on 1 September "
           "2022. Omar Haddad was executed on 4 January 2023. Omar Haddad was arrested on 3 March 2023 and tortured.")
COMMANDS = {
    "person": ["person", "Lena Orlova", "--as-of", "2023-06-30", "--json"],
    "people": ["people", "--state", "held", "--as-of", "2023-06-30"],
    "figures": ["figures", "--all"],
    "audit": ["audit", "ir-2023-02", "--as-of", "2023-06-30"],
    "alerts": ["alerts", "--as-of", "2023-06-30"],
    "trace": ["trace"],
}


class Bench:
    """Where one process tries: its machine and its copy of the archive."""

    def __init__(self, image, passphrase_file, folder):
        self.image, self.folder = image, folder
        self.machine = Machine()
        self.archive = Govah(folder / "here", passphrase_file)
        self.image.put(self.archive.path)
        self.whole = {}

    def run(self, name, **faults):
        return self.machine.run(self.archive, *COMMANDS[name], env=faults)

    def without_fault(self, name):
        if name not in self.whole:
            self.whole[name] = self.run(name)
        return self.whole[name]


def says_damaged(ended):
    """A read of an overflow page that fails is damage to SQLite, and so to trace."""
    return ended.status == 1 and not ended.err and b"DOES NOT HOLD" in ended.out


def try_fault(bench, fault):
    """Whether the fault was felt, and what is wrong after it, or None."""
    name, kind, at = fault
    wanted = bench.without_fault(name)
    ended = bench.run(name, FAULT_CLASS=kind, FAULT_AT=str(at), FAULT_LASTS="0")
    wrong = None
    if says_damaged(ended) and kind == "read":
        pass
    elif not ended.orderly():
        wrong = f"it did not end in order: {ended}\n{ended.out.decode()}"
    elif ended.status == 0 and ended.out != wanted.out:
        wrong = f"it says something else: {ended}"
    elif not bench.image.same(bench.archive.path):
        wrong = f"it changed the archive: {ended}"
    return ended.status != 0, wrong


def count_calls(bench, name, kind):
    counts = bench.folder / "count"
    ended = bench.run(name, FAULT_CLASS=kind, FAULT_AT="0", FAULT_COUNT=str(counts))
    if ended.status != 0:
        sys.exit(f"Bail out! {name} fails without a fault: {ended}")
    return int(counts.read_text())


def main():
    every = int(sys.argv[2]) if sys.argv[1:2] == ["--every"] else 0
    tap = Tap()
    base = Govah(tap.scratch / "base").init()
    paper = tap.scratch / "paper.txt"
    paper.write_text(f"DATE: 2023-05-01\nSOURCE: Gazette\nTITLE: paper\nLANG: en\n\n{HISTORY}\n")
    base.must("add", paper, *sorted(EXAMPLES.glob("*.txt"))[:4])
    base.must("review", "--accept", "all", "--why", "for the test")
    COMMANDS["trace"].append(json.loads(base.must("figures", "--json").out.splitlines()[0])["id"])
    image = Image(base.path)
    bench = Bench(image, base.passphrase_file, tap.scratch)
    for name in COMMANDS:
        said = bench.without_fault(name)
        tap.check(f"{name} has something to say", said.status == 0 and len(said.out) > 80, said)
        faults, all_of_them = [], 0
        for kind, sample in SAMPLE.items():
            calls = count_calls(bench, name, kind)
            all_of_them += calls
            at = parts_of(range(1, calls + 1), every) if every else spread(calls, sample)
            faults += [(name, kind, one) for one in at]
        results = try_all(tap.scratch, name, faults,
                          lambda folder: Bench(image, base.passphrase_file, folder), try_fault)
        wrong = [f"{fault}: {text}" for fault, (felt, text) in results if text]
        felt = sum(felt for fault, (felt, text) in results)
        tap.check(f"{name}: faults are felt", felt > len(results) // 3, felt)
        tap.check(f"{name}: {len(faults)} of {all_of_them} faults end in order and tell nothing wrong",
                  not wrong, f"{len(wrong)} went wrong\n" + "\n".join(wrong[:4]))
    tap.done()


if __name__ == "__main__":
    main()

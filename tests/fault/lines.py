#!/usr/bin/env python3
"""lines.py [--every N]: one call after the other fails under `read` as a filter.

Whatever fails, it ends with a status of its own and one line, and what it wrote until then is the beginning
of what it writes otherwise; a success has written all. Kinds of failure as in faults.py; input and output
are files. A sample is taken; --every N takes each Nth."""

import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import Ended, PROGRAM, Tap  # noqa: E402
from trials import SHIM, parts_of, spread, try_all  # noqa: E402

SAMPLE = {"memory": 40, "write": 6, "read": 6, "room": 12}
FELT = ("memory", "write", "room")


class Bench:
    def __init__(self, folder, documents):
        self.source, self.out, self.count = folder / "in.jsonl", folder / "out.jsonl", folder / "count"
        self.source.write_text("".join(json.dumps(d) + "\n" for d in documents))

    def run(self, **faults):
        with open(self.source, "rb") as source, open(self.out, "wb") as out:
            ended = subprocess.run([PROGRAM, "read", "--threads", "1"], stdin=source, stdout=out,
                                   stderr=subprocess.PIPE, timeout=60,
                                   env={**os.environ, "LD_PRELOAD": SHIM, **faults})
        return Ended(ended.returncode, self.out.read_bytes(), ended.stderr, 0)

    def calls(self, kind):
        ended = self.run(FAULT_CLASS=kind, FAULT_AT="-1" if kind == "room" else "0",
                         FAULT_COUNT=str(self.count))
        if ended.status != 0:
            sys.exit(f"Bail out! read fails without a fault: {ended}")
        numbers = [int(n) for n in self.count.read_text().split()]
        return sum(numbers) if kind == "room" else numbers[0]


def main():
    every = int(sys.argv[2]) if sys.argv[1:2] == ["--every"] else 0
    tap = Tap()
    documents = [{"id": i, "text": f"At least {i + 30} people were killed on 3 May 2022. " * 40}
                 for i in range(400)]
    bench = Bench(tap.scratch, documents)
    whole = bench.run().out
    tap.check("without a fault all is read", whole.count(b'"form":"document"') == len(documents))

    def trial(own, fault):
        ended = own.run(FAULT_CLASS=fault[0], FAULT_AT=str(fault[1]))
        good = ended.out == whole if ended.status == 0 else (
            ended.status in (1, 71) and ended.one_line() and whole.startswith(ended.out))
        return ended.status != 0, None if good else f"{fault[0]} {fault[1]}: {ended}"

    for kind, sample in SAMPLE.items():
        total = bench.calls(kind)
        chosen = parts_of(range(1, total + 1), every) if every else spread(total, sample)
        results = try_all(tap.scratch, f"read, {kind}", [(kind, at - (kind == "room")) for at in chosen],
                          lambda folder: Bench(folder, documents), trial)
        wrong = [text for _, (_, text) in results if text]
        if kind in FELT:
            tap.check(f"{kind} faults are felt", sum(felt for _, (felt, _) in results) > len(results) // 3)
        tap.check(f"{len(chosen)} of {total} {kind} faults: a status, a line, nothing wrong written",
                  not wrong, f"{len(wrong)} went wrong\n" + "\n".join(wrong[:4]))
    tap.done()


if __name__ == "__main__":
    main()

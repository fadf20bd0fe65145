#!/usr/bin/env python3
"""kills.py [COUNT]: `kill -9` at COUNT random moments of a long `add`.

Every file that was acknowledged before (--json says "added") is in the archive afterwards, and the archive
verifies and takes the rest. Each half of the kills hits an `add` with slow syncs, so that the moments
between two of them are hit as well. (faults.py kills before each call that changes a file.)"""

import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import Govah, Tap  # noqa: E402
from trials import Image, Machine, try_all  # noqa: E402

COMMITS = 12
ENVIRONMENTS = {"quick": {}, "slow": {"FAULT_PAUSE": "3000"}}
KILLED = -9


def make_reports(folder):
    """Short reports and one that is kept as an evidence file. After each two stands a copy of the second:
    the same bytes again end the batch, so that there are many commits in a short time."""
    folder.mkdir()
    paths = []
    for n in range(2 * COMMITS):
        text = f"SOURCE: Monitor\nDATE: 2022-11-{n % 28 + 1:02}\n\n" \
               f"At least {n + 100} people were killed in Tehran, report {n} says.\n"
        if n == COMMITS:
            text += "The list was read out again in the evening.\n" * 6200
        path = folder / f"report-{n:02}.txt"
        path.write_text(text)
        paths.append(path)
        if n % 2:
            again = folder / f"report-{n:02}-again.txt"
            again.write_text(text)
            paths.append(again)
    return paths


class Bench:
    """Where one process tries; how long an `add` takes there, it measures itself."""

    def __init__(self, folder, image, paths, passphrase_file):
        self.image, self.paths = image, paths
        self.machine = Machine()
        self.archive = Govah(folder / "here", passphrase_file)
        self.seconds = {name: min(self.add(name).seconds for _ in range(3)) for name in ENVIRONMENTS}

    def add(self, name, **more):
        self.image.put(self.archive.path)
        return self.machine.run(self.archive, "--json", "add", *self.paths, env=ENVIRONMENTS[name], **more)

    def wrong_after(self, said):
        verified = self.machine.run(self.archive, "verify")
        if verified.status != 0:
            return f"verify: {verified}"
        lines = self.machine.lines(self.archive)
        if lines is None:
            return "no export"
        there = {json.loads(line)["bytes"] for line in lines if b'"kind":"capture"' in line}
        lost = [s["file"] for s in said if s["status"] == "added" and s["document"] not in there]
        return f"lost: {lost[:3]} and {len(lost)} in all" if lost else None

    def takes_the_rest(self):
        again = self.machine.run(self.archive, "add", *self.paths)
        good = again.status == 0 and self.machine.run(self.archive, "verify").status == 0
        return None if good else f"the rest is not taken: {again}"


def try_kill(bench, kill):
    """Whether it hit a running program, how much was acknowledged, what is wrong or None."""
    number, name, part = kill
    ended = bench.add(name, kill_after=bench.seconds[name] * part)
    # what has no end of line yet was not said
    said = [json.loads(line) for line in ended.out.splitlines(True) if line.endswith(b"\n")]
    wrong = bench.wrong_after(said)
    if not wrong and number % 10 == 0:
        wrong = bench.takes_the_rest()
    return ended.status == KILLED, len(said), wrong


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    tap = Tap()
    paths = make_reports(tap.scratch / "reports")
    base = Govah(tap.scratch / "base").init()
    image = Image(base.path)
    whole = base.copy(tap.scratch / "whole")
    whole.must("add", *paths)
    tap.check("all is added without a kill, in many commits",
              whole.verifies() and len(whole.lines()) > 4 * 2 * COMMITS and
              whole.state()["commits"] > COMMITS)
    chance = random.Random(20191115)
    kills = [(i, ("quick", "slow")[i % 2], chance.random()) for i in range(count)]
    results = try_all(tap.scratch, "kills", kills,
                      lambda folder: Bench(folder, image, paths, base.passphrase_file), try_kill)
    running = sum(hit for kill, (hit, said, wrong) in results)
    states = {said for kill, (hit, said, wrong) in results if hit}
    wrong = [f"kill {kill[0]}, {kill[1]}, at {kill[2]:.4f} of its length: {text}"
             for kill, (hit, said, text) in results if text]
    tap.check(f"{count} kills: nothing acknowledged is lost and all verifies", not wrong,
              f"{len(wrong)} went wrong\n" + "\n".join(wrong[:4]))
    tap.check("kills hit a running program", running > count // 4, f"{running} of {count}")
    tap.check("at several states of acknowledgement", len(states) > 2, states)
    tap.note(f"{running} of {count} hit a running program, {len(states)} states of acknowledgement")
    tap.done()


main()

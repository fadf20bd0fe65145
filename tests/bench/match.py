"""match: lists of people that the generator made, from CSV to clusters: seconds, memory, pairs and F1."""

import collections
import csv
import json
import sys

from measure import HERE, SEED, Runs, Table, verdict, whole

TITLE = "Matching lists"
TARGETS = {1_000_000: (5, 400), 10_000_000: (60, 3000)}


def pairs(counts):
    return sum(n * (n - 1) // 2 for n in counts.values())


def score(truth, found):
    """pairwise F1; the rows of both are in the same order"""
    true, said, both = collections.Counter(), collections.Counter(), collections.Counter()
    with open(truth, newline="", encoding="utf-8") as one, open(found, newline="", encoding="utf-8") as other:
        for left, right in zip(csv.reader(one), csv.reader(other)):
            true[left[1]] += 1
            said[right[1]] += 1
            both[left[1], right[1]] += 1
    return 2 * pairs(both) / (pairs(true) + pairs(said))


def measure(bench, count, times):
    people, truth, found = (bench.scratch / name for name in ("people.csv", "truth.csv", "found.csv"))
    bench.run(bench.program("make-people"), HERE / "people.tsv", SEED, count, people, truth)
    runs = Runs()
    for _ in range(times):
        run = bench.run(bench.program("govah"), "--json", "match", "--csv", people, "--out", found,
                        name=f"match {count}")
        runs.add(run)
    said = json.loads(run.out)
    f1 = score(truth, found)
    bench.remove(people, truth, found)
    # held to a target of its own, not to that of the other commands
    return runs, said, bench.peaks.pop(f"match {count}"), f1


def shape(bench, name):
    """F1 of a list in the shape of a public set"""
    people, truth, found = (bench.scratch / file for file in ("people.csv", "truth.csv", "found.csv"))
    bench.run(sys.executable, HERE / "make_lists.py", name, SEED, people, truth)
    bench.run(bench.program("govah"), "match", "--csv", people, "--out", found)
    f1 = score(truth, found)
    bench.remove(people, truth, found)
    return f1


def run(bench):
    rows, phases = [], []
    for full, times in ((100_000, 3), (1_000_000, 3), (10_000_000, 1)):
        count = bench.count(full)
        runs, said, peak, f1 = measure(bench, count, times)
        spent = ", ".join(f"{name} {milliseconds / 1000:.1f}" for name, milliseconds in said["milliseconds"].items())
        phases.append(f"{whole(count)} records: {spent}.")
        seconds, most = TARGETS.get(full, (None, None))
        middle = sorted(runs.seconds)[len(runs.seconds) // 2]
        target = f"{seconds} s, {most} MB: {verdict(middle <= seconds and peak <= most)}" if seconds else ""
        rows.append([whole(count), *runs.cells(), whole(peak), whole(said["pairs"]), whole(said["clusters"]),
                     f"{f1:.4f}" + (f" ({verdict(f1 >= .985)})" if bench.scale == 1 else ""), target])
    return Table(["records", "seconds", "processor seconds", "MB at most", "pairs in blocks", "people found",
                  "F1 of pairs (target .985)", "target"], rows,
                 ["People that `tests/bench/make_people.c` made, half of the records in Persian and half in Latin letters,"
                  " with slips, missing and wrong fields, names in each other's place, brothers and twins; the clusters'"
                  " sizes follow Zipf's law up to 60. From CSV to `id,cluster`, in as many threads as there are"
                  " processors.",
                  "Where the seconds of the last run went (reading: of the list, with its values' rarities; learning: blocks"
                  " and what evidence weighs). " + " ".join(phases),
                  "Lists that `tests/bench/make_lists.py` makes in the shapes of public sets, with none of their records, by"
                  f" the same defaults: as historical_50k is described, F1 {shape(bench, 'historical'):.4f} (target .93); as"
                  f" RLdata10000 is described, F1 {shape(bench, 'components'):.4f} (target .98; one record in seven that"
                  " stands twice has two errors at once)."])

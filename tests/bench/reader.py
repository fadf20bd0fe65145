"""reader: all that the reader extracts from running text, incidents included, on one thread and on two, from ten
megabytes to a gigabyte, and from one text of ten megabytes. The floor is ICU's word iterator over the same texts,
which finds where words begin and nothing else. A gigabyte is ten times the same 20,000 different reports."""

import pathlib

from measure import SEED, SENTENCES, Runs, Table, median, verdict, whole

TITLE = "Reading"
RUNS = 3


class Reading:
    """Runs of read-texts over a file."""

    def __init__(self, bench, mode, threads, passes, path, runs=RUNS):
        self.times = Runs()
        for _ in range(runs):
            run = bench.run(bench.program("read-texts"), mode, threads, passes, path)
            size, found, run.seconds, run.processor, peak = (float(word) for word in run.out.split())
            self.times.add(run)
        self.size, self.found, self.peak = size, found, peak
        self.speed = size / 1e6 / median(self.times.seconds)
        self.core = size / 1e6 / median(self.times.processor)

    def row(self, what, target):
        return [what, whole(self.size), whole(self.found), *self.times.cells(), f"{self.speed:.1f}", f"{self.core:.1f}",
                f"{self.peak:.0f}", target]


def texts(bench, name, count, size):
    """A file of `count` reports of `size` bytes, a NUL behind each."""
    path = pathlib.Path(bench.scratch) / name
    run = bench.run(bench.program("make-reports"), SENTENCES, SEED, count, size, "-")
    path.write_text(run.out, encoding="utf-8")
    return path


def run(bench):
    counts = bench.count(2_000, 20), bench.count(20_000, 200)
    few, many = texts(bench, "few", counts[0], 5_000), texts(bench, "many", counts[1], 5_000)
    one = texts(bench, "one", 1, bench.count(10_000_000, 100_000))
    words = Reading(bench, "words", 1, 1, many)
    ten = Reading(bench, "reader", 1, 1, few)
    hundred = Reading(bench, "reader", 1, 1, many)
    thousand = Reading(bench, "reader", 1, 10, many, runs=1)
    two = Reading(bench, "reader", 2, 1, many)
    single = Reading(bench, "reader", 1, 1, one)
    bench.remove(few, many, one)
    gain = two.speed / hundred.speed
    return Table(
        ["what", "bytes", "found", "seconds", "of the processor", "MB/s", "MB/s a core", "MB of memory", "target"],
        [words.row("ICU's word iterator alone: words", ""),
         *[reading.row(f"the reader, {whole(count)} texts: proposals", f"20 MB/s a core: {verdict(reading.core >= 20)}")
           for reading, count in ((ten, counts[0]), (hundred, counts[1]), (thousand, 10 * counts[1]))],
         two.row("the reader on two threads", f"1.8 times one: {gain:.2f}, {verdict(gain >= 1.8)}"),
         single.row("the reader, one text", "")],
        [f"The reader takes {words.core / hundred.core:.1f} times as long as ICU's word iterator. Memory is what reading "
         f"added to that of the texts, for one text {single.peak * 1e6 / single.size:.0f} times its length."])

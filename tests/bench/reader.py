"""reader: all that the reader extracts from running text, incidents included, on one thread and on two, from one, ten
and a hundred megabytes, and from one text of ten megabytes; with --long also from a gigabyte, which is ten times the
same 20,000 different reports. The floor is ICU's word iterator over the same texts in the same run, which finds where
words begin and nothing else."""

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
    sizes = [(bench.count(reports, 20), runs) for reports, runs in ((200, RUNS), (2_000, RUNS), (20_000, RUNS))]
    files = [texts(bench, f"texts-{count}", count, 5_000) for count, _ in sizes]
    one = texts(bench, "one", 1, bench.count(10_000_000, 100_000))
    rows, gains = [], []
    for path, (count, runs) in zip(files, sizes):
        words, alone, two = (Reading(bench, mode, threads, 1, path, runs)
                             for mode, threads in (("words", 1), ("reader", 1), ("reader", 2)))
        gains.append(two.speed / alone.speed)
        rows += [words.row(f"ICU's word iterator alone, {whole(count)} texts: words", ""),
                 alone.row(f"the reader, {whole(count)} texts: proposals",
                           f"20 MB/s a core: {verdict(alone.core >= 20)}"),
                 two.row("the same on two threads", f"1.8 times one: {gains[-1]:.2f}, {verdict(gains[-1] >= 1.8)}")]
    if bench.long:
        for threads in (1, 2):
            thousand = Reading(bench, "reader", threads, 10, files[-1], runs=1)
            even = thousand.core / alone.core
            rows.append(thousand.row(f"the reader, {whole(10 * sizes[-1][0])} texts, threads: {threads}",
                                     f"as fast a byte as a tenth of them: {even:.2f}, {verdict(even >= 0.9)}"))
    single = Reading(bench, "reader", 1, 1, one)
    rows.append(single.row("the reader, one text", ""))
    bench.remove(*files, one)
    return Table(
        ["what", "bytes", "found", "seconds", "of the processor", "MB/s", "MB/s a core", "MB of memory", "target"],
        rows,
        [f"The reader takes {words.core / alone.core:.1f} times as long as ICU's word iterator. Memory is what reading "
         f"added to that of the texts, for one text {single.peak * 1e6 / single.size:.0f} times its length."])

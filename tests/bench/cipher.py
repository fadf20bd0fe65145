"""cipher: the same work on an encrypted archive and on one whose database is plain SQLite.

The plain one comes from the same sources, linked so that SQLite is given no key (unkeyed.c); people
get no such program. Runs alternate; of each pair of times the ratio counts."""

from measure import SEED, SENTENCES, Runs, Table, median, span, verdict, whole
from search import LIMIT, QUERIES, SIZE, Asked

TITLE = "What the cipher costs"
PAIRS = 5


def runs_of(bench, programs, words):
    """What `words(program)` takes each program, in turns."""
    runs = [Runs() for _ in programs]
    for _ in range(PAIRS):
        for program, each in zip(programs, runs):
            each.add(bench.run(bench.program(program), *words(program)))
    return runs


def pairs(keyed, plain):
    return median([k / p for k, p in zip(keyed, plain)])


def row(what, keyed, plain, processor):
    ratio = pairs(keyed, plain)
    return [what, span(keyed), span(plain), f"{ratio:.2f}", f"{processor:.2f}", f"1.25: {verdict(ratio <= 1.25)}"]


def row_of_runs(what, keyed, plain):
    return row(what, keyed.seconds, plain.seconds, pairs(keyed.processor, plain.processor))


def row_of_search(bench, texts):
    programs = ("search-store", "search-store-plain")
    clock, processor = {name: [] for name in programs}, {name: [] for name in programs}
    for name in programs:
        bench.run(bench.program(name), bench.scratch / name, "fill", SENTENCES, SEED, texts, SIZE)
    for _ in range(PAIRS):
        for name in programs:
            asked = Asked(bench.run(bench.program(name), bench.scratch / name, "ask", QUERIES, 6, LIMIT).out)
            clock[name].append(median(asked.later))
            processor[name].append(median(asked.processor))
    bench.remove(*(bench.scratch / name for name in programs))
    return row(f"search in {whole(texts)} texts, milliseconds a query", *clock.values(), pairs(*processor.values()))


def run(bench):
    govah = ("govah-bench", "govah-bench-plain")
    count, texts = bench.count(2_000, 64), bench.count(20_000, 500)
    reports = bench.reports(count)
    rows = [row_of_runs(f"`add`, {whole(count)} reports, seconds", *runs_of(
                bench, govah, lambda name: ("--archive", bench.archive(name, name), "add", *reports))),
            row_of_runs("`rebuild` of them, seconds", *runs_of(
                bench, govah, lambda name: ("--archive", bench.scratch / name, "rebuild"))),
            row_of_search(bench, texts)]
    bench.remove(*(bench.scratch / name for name in govah))
    return Table(["what", "encrypted", "plain", "ratio", "of the processor", "target"], rows)

"""cipher: the same work on an encrypted archive and on one whose database is plain SQLite.

The plain one comes from the same sources, linked so that SQLite is given no key (unkeyed.c); people
get no such program. Runs alternate; of each pair of times the ratio counts."""

from measure import SEED, SENTENCES, Table, median, span, verdict, whole
from search import LIMIT, QUERIES, SIZE, Asked

TITLE = "What the cipher costs"
PAIRS = 5


def seconds_of(bench, programs, words):
    """The seconds of `words(path)` for each program in turns, over archives that `words` names."""
    times = {program: [] for program in programs}
    for _ in range(PAIRS):
        for program in programs:
            times[program].append(bench.run(bench.program(program), *words(program)).seconds)
    return [times[program] for program in programs]


def row(what, keyed, plain):
    ratio = median([k / p for k, p in zip(keyed, plain)])
    return [what, span(keyed), span(plain), f"{ratio:.2f}", f"1.25: {verdict(ratio <= 1.25)}"]


def run(bench):
    govah = ("govah-bench", "govah-bench-plain")
    count, texts = bench.count(2_000, 64), bench.count(20_000, 500)
    reports = bench.reports(count)
    rows = [row(f"`add`, {whole(count)} reports, seconds", *seconds_of(
        bench, govah, lambda program: ("--archive", bench.archive(program, program), "add", *reports)))]
    rows.append(row(f"`rebuild` of them, seconds", *seconds_of(
        bench, govah, lambda program: ("--archive", bench.scratch / program, "rebuild"))))
    times = {"search-store": [], "search-store-plain": []}
    for program in times:
        bench.run(bench.program(program), bench.scratch / program, "fill", SENTENCES, SEED, texts, SIZE)
    for _ in range(PAIRS):
        for program, each in times.items():
            asked = Asked(bench.run(bench.program(program), bench.scratch / program, "ask", QUERIES, 6, LIMIT).out)
            each.append(median(asked.later))
    rows.append(row(f"search in {whole(texts)} texts, milliseconds a query", *times.values()))
    bench.remove(*(bench.scratch / name for name in (*govah, *times)))
    return Table(["what", "encrypted", "plain", "ratio", "target"], rows)

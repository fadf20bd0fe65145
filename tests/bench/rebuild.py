"""rebuild: everything derived is dropped and made again from the log: texts read, proposals judged,
words indexed. The peer is FTS5's own 'rebuild' of its index over the same texts."""

from add import proposals_of
from measure import Table, median, span, verdict, whole

TITLE = "Making everything derived again"


def run(bench):
    count = bench.count(10_000, 64)
    reports = bench.reports(count)
    archive, database = bench.archive("rebuild"), bench.scratch / "plain.db"
    bench.remove(database)
    bench.run(bench.program("govah-bench"), "--archive", archive, "add", *reports)
    bench.run(bench.program("plain-fts"), database, "add", *reports)
    statements = proposals_of(bench, archive)
    ours, peer = [], []
    for _ in range(3):
        ours.append(bench.run(bench.program("govah-bench"), "--archive", archive, "rebuild", name="rebuild").seconds)
        peer.append(bench.run(bench.program("plain-fts"), database, "rebuild").seconds)
    bench.remove(archive, database)
    rate = statements / median(ours)
    return Table(
        ["what", "seconds", "a second", "target"],
        [[f"`govah rebuild`, {whole(statements)} statements in {whole(count)} reports", span(ours),
          f"{whole(rate)} statements", f"100,000: {verdict(rate >= 100_000)}"],
         ["FTS5 'rebuild' in plain SQLite, the same texts", span(peer), f"{whole(count / median(peer))} reports", ""],
         ["ratio of the times", f"{median(ours) / median(peer):.1f}", "", ""]])

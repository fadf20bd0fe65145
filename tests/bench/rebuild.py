"""rebuild: everything derived is dropped and made again from the log: texts read, proposals judged,
words indexed. The peer is FTS5's own 'rebuild' of its index over the same texts."""

from add import proposals_of
from measure import Runs, Table, median, verdict, whole

TITLE = "Making everything derived again"


def run(bench):
    count = bench.count(10_000, 64)
    reports = bench.reports(count)
    archive, database = bench.archive("rebuild"), bench.scratch / "plain.db"
    bench.remove(database)
    bench.run(bench.program("govah-bench"), "--archive", archive, "add", *reports)
    bench.run(bench.program("plain-fts"), database, "add", *reports)
    statements = proposals_of(bench, archive)
    ours, peer = Runs(), Runs()
    for _ in range(3):
        ours.add(bench.run(bench.program("govah-bench"), "--archive", archive, "rebuild", name="rebuild"))
        peer.add(bench.run(bench.program("plain-fts"), database, "rebuild"))
    bench.remove(archive, database)
    rate = statements / median(ours.seconds)
    return Table(
        ["what", "seconds", "of the processor", "a second", "target"],
        [[f"`govah rebuild`, {whole(statements)} statements in {whole(count)} reports", *ours.cells(),
          f"{whole(rate)} statements", f"100,000: {verdict(rate >= 100_000)}"],
         ["FTS5 'rebuild' in plain SQLite, the same texts", *peer.cells(), f"{whole(count / median(peer.seconds))} reports", ""],
         ["ratio of the times", f"{median(ours.seconds) / median(peer.seconds):.1f}", "", "", ""]])

"""add: reports of 5 kB become documents, proposals and words to search for, durably.

The peer is the same SQLite without a cipher that keeps the same files in an FTS5 table of its own,
with a synced transaction for each 256 files as `add` has: what any program on SQLite has to do for
full text search, without hashing, reading, signing, or a second spelling of each name."""

from measure import Runs, Table, median, verdict, whole

TITLE = "Taking reports in"


def run(bench):
    count = bench.count(10_000, 64)
    reports = bench.reports(count)
    ours, peer = Runs(), Runs()
    for _ in range(3):
        archive, database = bench.archive("add"), bench.scratch / "plain.db"
        bench.remove(database)
        ours.add(bench.run(bench.program("govah-bench"), "--archive", archive, "add", *reports, name="add"))
        peer.add(bench.run(bench.program("plain-fts"), database, "add", *reports))
    proposals = proposals_of(bench, archive)
    bench.remove(archive, database)
    rate, other = count / median(ours.seconds), count / median(peer.seconds)
    return Table(
        ["what", "seconds", "of the processor", "reports a second", "target"],
        [[f"`govah add`, {whole(count)} reports, {proposals / count:.0f} proposals each", *ours.cells(), whole(rate),
          f"1,000: {verdict(rate >= 1000)}"],
         ["plain SQLite with FTS5, the same files", *peer.cells(), whole(other), ""],
         ["ratio", "", "", f"{rate / other:.2f}", ""]])


def proposals_of(bench, archive):
    import json
    state = bench.run(bench.program("govah-bench"), "--archive", archive, "--json")
    return json.loads(state.out)["proposed"]

"""add: reports of 5 kB become documents, proposals and words to search for, durably.

The peer is the same SQLite without a cipher that keeps the same files in an FTS5 table of its own,
with a synced transaction for each 256 files as `add` has: what any program on SQLite has to do for
full text search, without hashing, reading, signing, or a second spelling of each name."""

from measure import Table, median, span, verdict, whole

TITLE = "Taking reports in"


def run(bench):
    count = bench.count(10_000, 64)
    reports = bench.reports(count)
    ours, peer = [], []
    for _ in range(3):
        archive, database = bench.archive("add"), bench.scratch / "plain.db"
        bench.remove(database)
        ours.append(bench.run(bench.program("govah-bench"), "--archive", archive, "add", *reports, name="add").seconds)
        peer.append(bench.run(bench.program("plain-fts"), database, "add", *reports).seconds)
    proposals = proposals_of(bench, archive)
    bench.remove(archive, database)
    rate, other = count / median(ours), count / median(peer)
    return Table(
        ["what", "seconds", "reports a second", "target"],
        [[f"`govah add`, {whole(count)} reports, {proposals / count:.0f} proposals each", span(ours), whole(rate),
          f"1,000: {verdict(rate >= 1000)}"],
         ["plain SQLite with FTS5, the same files", span(peer), whole(other), ""],
         ["ratio", "", f"{rate / other:.2f}", ""]])


def proposals_of(bench, archive):
    import json
    state = bench.run(bench.program("govah-bench"), "--archive", archive, "--json")
    return json.loads(state.out)["proposed"]

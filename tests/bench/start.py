"""start: the program starts and says its version. The peer is `true`, which does nothing."""

from measure import Table, median, percentile, verdict

TITLE = "Starting"


def run(bench):
    times = {"govah": [], "true": []}
    for _ in range(51):
        times["govah"].append(bench.run(bench.program("govah"), "--version", name="--version").seconds * 1000)
        times["true"].append(bench.run("true").seconds * 1000)
    ours = median(times["govah"])
    rows = [[name, f"{median(each):.1f}", f"{percentile(each, .99):.1f}", target]
            for name, each, target in (("`govah --version`", times["govah"], f"10 ms: {verdict(ours <= 10)}"),
                                       ("`true`", times["true"], ""))]
    return Table(["what", "median, ms", "p99, ms", "target"], rows,
                 ["Of 51 starts in turns, the fork of a Python process included."])

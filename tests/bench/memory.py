"""memory: the largest peak of resident memory of each command that was measured before it, or of add,
rebuild, overview and search when it runs alone."""

import add
import overview
import rebuild
import search
from measure import Table, verdict

TITLE = "Memory"


def run(bench):
    if not bench.peaks:
        for benchmark in (add, rebuild, overview, search):
            benchmark.run(bench)
    rows = [[f"`{name}`" if " " not in name else name, f"{peak:.0f}", f"150 MB: {verdict(peak <= 150)}"]
            for name, peak in bench.peaks.items()]
    return Table(["command", "peak, MB", "target"], rows,
                 ["After unlocking: the derivation of the key from the passphrase takes 96 MiB by itself "
                  "(`govah unlock` does it once), and these programs take 8 KiB for it."])

"""search: queries.tsv over 100,000 texts of 2 kB, for the 20 best documents with their passages.

The peer is Xapian over the same texts, in one process too, through its Python binding: it indexes
the words and their places, ranks with BM25, and fetches the texts of the 20 best. It makes no
passages, and reads neither ciphers nor other spellings; Govah does all of it within the time."""

import subprocess
import sys

from measure import HERE, SEED, SENTENCES, Table, median, percentile, verdict, whole

TITLE = "Searching"
SIZE, LIMIT, ROUNDS = 2000, 20, 21
QUERIES = HERE / "queries.tsv"


class Asked:
    """The answers to all queries: milliseconds by kind and round."""

    def __init__(self, out):
        self.first, self.later, self.processor, self.kinds, self.found = [], [], [], {}, {}
        for line in out.splitlines():
            kind, words, found, *times = line.split("\t")
            clock, processor = ([float(time.split(":")[i]) / 1000 for time in times] for i in (0, 1))
            self.first.append(clock[0])
            self.later += clock[1:]
            self.processor += processor[1:]
            self.kinds.setdefault(kind, []).extend(clock[1:])
            self.found[words] = found

    def row(self, name, target=""):
        return [name, f"{median(self.later):.2f}", f"{percentile(self.later, .99):.2f}",
                f"{percentile(self.processor, .99):.2f}", f"{percentile(self.first, .99):.2f}", target]


def python_with_xapian():
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-c", "import xapian"], stderr=subprocess.DEVNULL).returncode == 0:
            return python
    return None


def ask_peer(bench, count):
    """What Xapian answered and how long it indexed, or None when it is not installed."""
    python = python_with_xapian()
    if not python:
        return None
    database, program = bench.scratch / "xapian", HERE / "xapian_search.py"
    maker = subprocess.Popen([str(word) for word in (bench.program("make-reports"), SENTENCES, SEED, count, SIZE, "-")],
                             stdout=subprocess.PIPE)
    filled = bench.run(python, program, database, "fill", stdin=maker.stdout)
    if maker.wait():
        sys.exit("bench: no texts for the peer")
    asked = Asked(bench.run(python, program, database, "ask", QUERIES, ROUNDS, LIMIT).out)
    bench.remove(database)
    return asked, float(filled.out)


def run(bench):
    count = bench.count(100_000, 1000)
    archive = bench.scratch / "search"
    filled = bench.run(bench.program("search-store"), archive, "fill", SENTENCES, SEED, count, SIZE, name="search, filling")
    ours = Asked(bench.run(bench.program("search-store"), archive, "ask", QUERIES, ROUNDS, LIMIT, name="search").out)
    bench.remove(archive)
    peer = ask_peer(bench, count)
    p99 = percentile(ours.later, .99)
    rows = [ours.row("Govah", f"p99 of 10 ms: {verdict(p99 <= 10)}")]
    notes = [f"{len(ours.found)} queries in {ROUNDS} rounds over {whole(count)} texts of 2 kB; milliseconds; the first "
             "round, in which every page of the database is read and deciphered for the first time, is apart.",
             "p99 by kind, by the clock: " + "; ".join(f"{kind} {percentile(times, .99):.2f}"
                                                      for kind, times in ours.kinds.items()) + "."]
    if peer:
        asked, seconds = peer
        rows += [asked.row("Xapian"), ratios(ours, asked)]
        notes.append(f"Indexing took Govah {float(filled.out):.0f} s and Xapian {seconds:.0f} s.")
    else:
        notes.append("Xapian is not installed (python3-xapian), so that there is no peer.")
    return Table(["what", "median", "p99", "p99, processor", "first round, p99", "target"], rows, notes)


def ratios(ours, peer):
    pairs = [(median(ours.later), median(peer.later))]
    pairs += [(percentile(getattr(ours, part), .99), percentile(getattr(peer, part), .99))
              for part in ("later", "processor", "first")]
    return ["ratio"] + [f"{left / right:.2f}" for left, right in pairs] + [""]

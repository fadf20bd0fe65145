#!/usr/bin/env python3
"""The peer of `search`: Xapian over the same texts, in one process, as search-store does it.

    make-reports ... - | xapian_search.py DATABASE fill
    xapian_search.py DATABASE ask QUERIES ROUNDS LIMIT

`fill` keeps each text (read from standard input, a NUL behind each) and indexes its words with
their places, without a stemmer, and prints the seconds. `ask` asks as search-store does and prints
the same lines: every word must be there, '*' asks for a beginning, the texts of the LIMIT best
documents are fetched. It makes no passages, folds no Persian letters and knows no other spelling.
"""

import sys
import time

import xapian


def texts():
    rest = b""
    while chunk := sys.stdin.buffer.read(1 << 20):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole


def fill(path):
    start = time.monotonic()
    database = xapian.WritableDatabase(path, xapian.DB_CREATE_OR_OVERWRITE)
    generator = xapian.TermGenerator()
    for text in texts():
        document = xapian.Document()
        document.set_data(text)
        generator.set_document(document)
        generator.index_text(text)
        database.add_document(document)
    database.close()
    print(f"{time.monotonic() - start:.3f}")


def ask(path, table, rounds, limit):
    database = xapian.Database(path)
    parser = xapian.QueryParser()
    parser.set_database(database)
    parser.set_default_op(xapian.Query.OP_AND)
    enquire = xapian.Enquire(database)
    with open(table, encoding="utf-8") as lines:
        queries = [line.rstrip("\n").split("\t") for line in lines if line.strip() and line[0] != "#"]
    times, found = [[] for _ in queries], [0] * len(queries)
    for _ in range(rounds):
        for i, (_, words) in enumerate(queries):
            clock, processor = time.monotonic(), time.process_time()
            enquire.set_query(parser.parse_query(words, xapian.QueryParser.FLAG_WILDCARD))
            matches = enquire.get_mset(0, limit)
            shown = [match.document.get_data() for match in matches]
            times[i].append((time.monotonic() - clock, time.process_time() - processor))
            found[i] = len(shown)
    for (kind, words), count, each in zip(queries, found, times):
        print(kind, words, count, *(f"{c * 1e6:.0f}:{p * 1e6:.0f}" for c, p in each), sep="\t")


if sys.argv[2] == "fill":
    fill(sys.argv[1])
else:
    ask(sys.argv[1], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))

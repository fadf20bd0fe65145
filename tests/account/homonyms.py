"""homonyms: people of one name in one list are apart, each with what their own row or paragraph says; only a
decision makes them one. Whoever is called so elsewhere in the list is nobody of them, unless one alone has the name
and it is said outside of the entries. A rebuild, another order and a second reading of the file change nothing."""

import json
import pathlib
import sys

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS / "intake")]
from proof import Govah, Tap  # noqa: E402
from tables import csv, xlsx  # noqa: E402

tap = Tap()
DAY = "2023-06-30"
ALI = "Ali Mohammadi"
ROWS = [["Name", "Age", "Date of arrest", "Place", "Charge", "Notes"],
        [ALI, "22", "2022-10-01", "Tehran", "moharebeh", f"{ALI} was sentenced to 5 years in prison on 3 January 2023."],
        [ALI, "54", "2022-11-05", "Shiraz", None, "His lawyer says he is on hunger strike."],
        ["Sara Karimi", "24", "2022-11-03", "Shiraz", None, f"Karimi was released on 2023-02-10. {ALI} was killed."]]
PARAGRAPHS = f"""Annex: prisoners

55. Reza Moradi, 41, was arrested in Karaj on 2 October 2022.
56. {ALI}, 22, was arrested in Tehran on 1 October 2022. Mohammadi was sentenced to 5 years in prison on 3 January 2023.
57. {ALI}, 54, was arrested in Shiraz on 5 November 2022. He is on hunger strike.
58. Sara Karimi, 24, was arrested in Shiraz on 3 November 2022. Karimi was released on 10 February 2023. {ALI} was killed.

Reza Moradi was released on 5 March 2023.
"""
TWICE = [["Name", "Father", "Age", "Date of arrest", "Place"],
         ["Mehran Rouhi", "Ahmad", "22", "2022-10-01", "Tehran"],
         ["Nima Sadeghi", "Karim", "33", "2022-10-02", "Shiraz"],
         ["Mehran Rouhi", "Ahmad", "22", "2022-10-01", "Tehran"],
         ["Mehran Rouhi", "Hossein", "61", "2022-12-01", "Zahedan"]]
FOREIGN = [["Gefangener", "Verhaftet", "Ort"], [ALI, "2022-10-01", "Tehran"], [ALI, "2022-11-05", "Shiraz"],
           ["Sara Karimi", "2022-11-03", "Shiraz"]]

# what is told of those called so: the events, the ages and the roles of each
APART = {(("arrested", "sentenced"), ("22",), ("prisoner",)),
         (("arrested", "hunger_strike"), ("54",), ("prisoner",)), (("killed",), (), ("killed",))}


def put(name, data):
    path = tap.scratch / name
    path.write_bytes(data)
    return path


def archive(name, *files):
    a = Govah(tap.scratch / name).init()
    for path in files:
        a.must("add", path)
    return a


def lines_of(out):
    return [json.loads(line) for line in out.splitlines()]


def people(a, name):
    """The cases of all of that name."""
    found = lines_of(a.run("person", name, "--as-of", DAY, "--json").out)
    return [lines_of(a.must("person", one["candidate"], "--as-of", DAY, "--json").out)[0] if "candidate" in one else one
            for one in found]


def told(case):
    facts = {(f["property"], f["value"]) for f in case["facts"]}
    return (tuple(sorted({e["event"] for e in case["events"]} - {"charged"})),
            tuple(sorted(v for p, v in facts if p == "age")), tuple(sorted(v for p, v in facts if p == "role")))


table = put("table.csv", csv(ROWS))
tables = {"table.csv": table, "table.xlsx": put("table.xlsx", xlsx(ROWS)),
          "paragraphs.txt": put("paragraphs.txt", PARAGRAPHS.encode())}
for name, path in tables.items():
    a = archive(f"of {name}", path)
    found = [told(case) for case in people(a, ALI)]
    tap.equal(f"{name}: each has what is their own", set(found), APART)
    tap.equal(f"{name}: and nobody is told twice", len(found), len(APART))
    tap.check(f"{name}: who is apart is not proposed", ALI not in a.must("match").out.decode())
    before = a.digest()
    a.must("rebuild")
    tap.equal(f"{name}: a rebuild changes nothing", a.digest(), before)

a = Govah(tap.scratch / "of paragraphs.txt")
tap.equal("who alone has the name is who is named below the list",
          [told(case)[0] for case in people(a, "Reza Moradi")], [("arrested", "released")])

# ---- one by decision ----

a = archive("decided", table)
cases = {told(case): case["person"] for case in people(a, ALI)}
young, old, killed = (cases[one] for one in sorted(APART, key=lambda one: one[1] or ("99",)))
before = a.digest()
a.must("match", "--same", young, killed, "--why", "his family says so")
tap.equal("a decision makes two of them one", {told(case)[0] for case in people(a, ALI)},
          {("arrested", "killed", "sentenced"), ("arrested", "hunger_strike")})
decided = a.digest()
a.must("rebuild")
tap.equal("so it is after a rebuild", a.digest(), decided)
a.must("match", "--undo", young, killed, "--why", "he is alive")
tap.equal("and they are apart again", {told(case) for case in people(a, ALI)}, APART)

# ---- in another order, and elsewhere ----

first, second = archive("first", *tables.values()), archive("second", *reversed(tables.values()))
tap.equal("what came first does not matter", sorted(told(case) for case in people(first, ALI)),
          sorted(told(case) for case in people(second, ALI)))
first.must("review", "--accept", "all", "--why", "read beside the lists")
exported = first.export(tap.scratch / "export.jsonl")
third = Govah(tap.scratch / "third")
third.must("init", third.path, "--name", "Omid", "--owner", first.own_key())
third.must("import", exported)
tap.equal("what is received is the same", sorted(told(case) for case in people(third, ALI)),
          sorted(told(case) for case in people(first, ALI)))
before = third.digest()
third.must("rebuild")
tap.equal("and is after a rebuild", third.digest(), before)

# ---- statements of a text that another took the place of ----

foreign = put("foreign.csv", csv(FOREIGN))
a = Govah(tap.scratch / "mapped").init()
a.must("add", "--map", "Gefangener=name,Verhaftet=arrested,Ort=place", foreign)
a.must("review", "--accept", "all", "--why", "read beside the list")
arrests = sorted(tuple(e["date"] for e in case["events"]) for case in people(a, ALI))
tap.equal("two were arrested", arrests, [("2022-10-01",), ("2022-11-05",)])
a.must("add", "--map", "Gefangener=name,Verhaftet=released,Ort=place", foreign)
of_the_first = [case for case in people(a, ALI) if any(e["event"] == "arrested" for e in case["events"])]
tap.equal("they still are two", sorted(tuple(e["date"] for e in case["events"]) for case in of_the_first), arrests)
before = a.digest()
a.must("rebuild")
tap.equal("a rebuild knows them, too", a.digest(), before)

# ---- an edited statement is still of its entry ----

a = archive("edited", table)
young = next(case for case in people(a, ALI) if told(case)[1] == ("22",))
arrest = next(e["statements"][0] for e in young["events"] if e["event"] == "arrested")
a.must("review", "--edit", arrest, "--set", "date=2022-10-02", "--why", "as the paper has it")
tap.equal("what was edited stays theirs", {told(case) for case in people(a, ALI)}, APART)
tap.equal("and is told of nobody else",
          [[e["date"] for e in case["events"] if e["event"] == "arrested"] for case in people(a, ALI) if told(case)[1] == ("22",)],
          [["2022-10-02"]])
before = a.digest()
a.must("rebuild")
tap.equal("after a rebuild, too", a.digest(), before)

# ---- rows that are one person, and rows that are not ----

twice = put("twice.csv", csv(TWICE))
a = Govah(tap.scratch / "twice").init()
foreseen = lines_of(a.must("add", "--dry-run", "--json", twice).out)[0]
tap.equal("a row is somebody of their own before it is taken in", foreseen["new"], 4)
a.must("add", twice)
by_id = {case["person"]: case for case in people(a, "Mehran Rouhi")}
tap.equal("three rows, three people", len(by_id), 3)
pairs = [one for one in lines_of(a.must("match", "--json").out) if one["left"]["name"] == one["right"]["name"]]
tap.equal("what agrees is proposed as one, and what differs is not", [one["probable"] for one in pairs], [True])
again = put("again.csv", csv(TWICE[:2] + TWICE[3:4] + [["Omid Rad", "Ali", "40", "2022-10-09", "Qom"]]))
foreseen = lines_of(a.must("add", "--dry-run", "--json", again).out)[0]
tap.equal("each of two rows is known that somebody on record agrees with", (foreseen["new"], foreseen["probable"]), (1, 2))
tap.done()

#!/usr/bin/env python3
"""lists: what add says of columns, what --map makes of others, what --dry-run foresees and leaves
alone, and which values are suspected to stand for "unknown"."""

import hashlib
import json
import pathlib
import sys

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS / "intake")]
from proof import Govah, Tap  # noqa: E402
from tables import csv, ods, xlsx  # noqa: E402

tap = Tap()
archive = Govah(tap.scratch / "archive").init()


def put(name, data):
    path = tap.scratch / name
    path.write_bytes(data)
    return path


def bytes_of(folder):
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(folder.rglob("*")) if p.is_file()}


def line(ended):
    return json.loads(ended.out.decode().splitlines()[0])


KNOWN = [["Full name", "Father's name", "Date of arrest", "Place", "Sentence", "Notes"],
         ["Sara Karimi", "Ahmad", "2022-11-03", "Shiraz", "5 years", "x"],
         ["Mehran Raoof", None, "2020-10-16", "Tehran", "10 years and 8 months", None],
         ["Omid Moradi", "Hassan", "2022-09-21", "Tabriz", "2 years", None]]
FOREIGN = [["Prisoners, as of May"],
           ["Gefangener", "Vater", "Verhaftet", "Ort", "Urteil"],
           ["Sara Karimi", "Ahmad", "2022-11-04", "Shiraz", "5 years"],
           ["Mehran Raouf", None, "2020-10-16", "Tehran", "6 years"],
           ["Omid Moradi", "Hassan", "2022-09-21", "Tabriz", "2 years"],
           ["Nima Sadeghi", "Reza", "2023-01-01", "Qom", "1 year"]]
MAP = "Gefangener=name,Vater=father,Verhaftet=date of arrest,Ort=place,Urteil=sentence"

# ---- columns ----

known = put("known.csv", csv(KNOWN))
ended = archive.must("add", "--source", "A monitor", known)
tap.check("recognised columns are said", 'name ← "Full name", father ← "Father\'s name", arrested ← '
          '"Date of arrest", place ← "Place", sentence ← "Sentence"' in ended.out.decode(), ended)
tap.check("and those that are not read", 'not read: "Notes"' in ended.out.decode(), ended)

foreign = put("foreign.xlsx", xlsx(FOREIGN, "Liste"))
ended = archive.run("add", "--dry-run", foreign)
tap.check("a list whose columns nobody knows is said to name nobody",
          'no column is known to be one of names' in ended.err.decode() and
          '"Gefangener", "Vater", "Verhaftet", "Ort", "Urteil"' in ended.err.decode(), ended)
for what, words, status, says in (
        ("an unknown column", ["--map", "Gefangener=name,Foo=father"], 1,
         'no column "Foo"; there are: "Gefangener", "Vater"'),
        ("an unknown field", ["--map", "Gefangener=foo"], 2, 'no field "foo"; there are: age, arrested'),
        ("a column without a field", ["--map", "Gefangener="], 2, "--map takes COLUMN=FIELD"),
        ("a file that is not there", ["--map", tap.scratch / "none"], 2, "none")):
    ended = archive.run("add", *words, foreign)
    tap.check(what + " is one clear line", ended.status == status and ended.one_line() and
              says in ended.err.decode(), ended)
text = put("report.txt", b"Three people were arrested in Tehran on 3 May 2021, the group said.\n")
ended = archive.run("add", "--map", MAP, text)
tap.check("what is no list cannot be mapped", ended.status == 1 and "is no list" in ended.err.decode(),
          ended)

# ---- foreseen ----

before = bytes_of(archive.path)
ended = archive.must("--json", "add", "--dry-run", "--map", MAP, foreign)
seen = line(ended)
people = {p["name"]: p for p in seen["people"]}
tap.equal("everybody in the list, and nobody from its head", sorted(people),
          ["Mehran Raouf", "Nima Sadeghi", "Omid Moradi", "Sara Karimi"])
tap.equal("new, known and in conflict", (seen["new"], seen["probable"], seen["conflicting"]), (1, 1, 2))
tap.equal("each by its sheet and row", [(p["sheet"], p["row"]) for p in seen["people"]],
          [("Liste", 3), ("Liste", 4), ("Liste", 5), ("Liste", 6)])
tap.check("another day of arrest is a conflict", people["Sara Karimi"]["status"] == "conflict" and
          "2022-11-03" in people["Sara Karimi"]["conflicts"][0]["why"] and
          "2022-11-04" in people["Sara Karimi"]["conflicts"][0]["why"], people["Sara Karimi"])
tap.check("so is another sentence", "6 years, or" in people["Mehran Raouf"]["conflicts"][0]["why"],
          people["Mehran Raouf"])
tap.check("with the statement on record", archive.run(
    "trace", people["Mehran Raouf"]["conflicts"][0]["statement"]).status == 0)
shown = archive.must("trace", people["Mehran Raouf"]["conflicts"][0]["statement"]).out.decode()
tap.check("which stands in a row", "row 3\n" in shown, shown)
tap.equal("who is known, is by whose name", people["Mehran Raouf"]["probably"][0]["name"], "Mehran Raoof")
tap.equal("and who agrees is no conflict", people["Omid Moradi"]["status"], "probable")
ended = archive.must("add", "--dry-run", "--map", MAP, foreign)
tap.check("people read it too", "people: 1 new, 1 probably on record, 2 in conflict" in
          ended.out.decode() and "≠" in ended.out.decode() and "Liste" in ended.out.decode(), ended)
dead = put("dead.csv", csv([["Name", "Father's name", "Date of execution", "Place"],
                            ["Sara Karimi", "Ahmad", "2022-10-01", "Shiraz"],
                            ["Omid Moradi", "Hossein", "2024-10-01", "Tabriz"]]))
seen = line(archive.must("--json", "add", "--dry-run", dead))
whys = {p["name"]: [c["why"] for c in p["conflicts"]] for p in seen["people"]}
tap.check("dead before an arrest is a conflict", any("and yet" in w for w in whys["Sara Karimi"]), whys)
seen = line(archive.must("--json", "add", "--dry-run", text))
tap.equal("of a report: what would be proposed", seen["proposals"],
          {"figure": 1, "life_event": 0, "fact": 0})
tap.check("nothing of the archive was touched", bytes_of(archive.path) == before)
seen = line(archive.must("--json", "add", "--source", "A monitor", "--dry-run", known))
tap.equal("what is here already is said to be", seen["status"], "known")

# ---- taken in ----

archive.must("add", foreign)
plain = archive.digest()
said = line(archive.must("--json", "add", "--map", MAP, foreign))
tap.equal("a mapping takes the file in again", said["status"], "added")
tap.equal("with the fields that it said", [c.get("field", "") for c in said["tables"][0]["columns"]],
          ["name", "father", "arrested", "place", "sentence"])
mapped = archive.digest()
tap.check("it is read another way", mapped != plain)
tap.equal("and again after a rebuild", archive.digest(), mapped)
tap.equal("the same mapping once more is nothing new",
          line(archive.must("--json", "add", "--map", MAP, foreign))["status"], "known")
tap.equal("nor is the file without it", line(archive.must("--json", "add", foreign))["status"], "known")
tap.equal("and all is as it was", archive.digest(), mapped)
listed = put("map.txt", "Gefangener = name\nVater = -\n\nVerhaftet=released\n".encode())
said = line(archive.must("--json", "add", "--map", listed, foreign))
tap.equal("a later mapping, from a file, takes the first one's place",
          [c.get("field", "") for c in said["tables"][0]["columns"]], ["name", "", "released", "", ""])
kept = [json.loads(o) for o in archive.lines()]
tap.equal("all of them are on record, by their numbers",
          sorted(o["extractor"] for o in kept if o["kind"] == "text" and "xlsx" in o["extractor"]),
          ["xlsx/2",
           "xlsx/2 map 001 Gefangener=name,Vater=father,Verhaftet=arrested,Ort=place,Urteil=sentence",
           "xlsx/2 map 002 Gefangener=name,Vater=-,Verhaftet=released"])
other = Govah(tap.scratch / "other").init()
other.must("import", archive.export(tap.scratch / "e.jsonl"))
tap.check("and travel with it", other.verifies())
odd = put("odd.csv", csv([["A,b=c", "When", "X"], ["Sara Karimi", "2022-01-02", "x"],
                          ["Ali Moradi", "2022-01-03", "y"]]))
said = line(archive.must("--json", "add", "--map", r"A\,b\=c=name,When=killed", odd))
tap.equal("names with commas and equals signs", [c.get("field", "") for c in said["tables"][0]["columns"]],
          ["name", "killed", ""])
tap.check("and the archive is sound", archive.verifies())

# ---- suspected ----

TOWNS = ["Shiraz", "Tabriz", "Qom", "Yazd", "Ahvaz"]
GIVEN = ["Sara", "Ali", "Reza", "Maryam", "Hassan", "Nima", "Zahra", "Leila", "Omid", "Kaveh"]
FAMILY = ["Karimi", "Ahmadi", "Hosseini", "Moradi", "Rahimi", "Amini"]


def suspected(name, rows, place, day, make=csv):
    """The columns in which `add` suspects a value, of a list with these places and days."""
    table = [["Name", "Date of arrest", "Province"]]
    for i in range(rows):
        table.append([f"{GIVEN[i % 10]} {FAMILY[i // 10 % 6]}", day(i), place(i)])
    ended = archive.must("--json", "add", put(name, make(table)))
    return {s["column"]: s for s in line(ended).get("suspected", [])}, ended


def any_day(i):
    return f"2022-{1 + i % 12:02}-{2 + i % 26:02}"


found, ended = suspected("most.ods", 60, lambda i: "Tehran" if i % 3 else TOWNS[i // 3 % 5], any_day, ods)
tap.equal("one town on most rows", found, {"Province": {
    "column": "Province", "finding": "default_value", "value": "Tehran", "times": 40, "rows": 60,
    "percent": 66}})
tap.check("it is said aloud", '"Province": "Tehran" stands in 40 of 60 rows (66%)' in ended.err.decode(),
          ended)
findings = [json.loads(o) for o in
            archive.must("read", "--json", tap.scratch / "most.ods").out.decode().splitlines()]
tap.equal("and a finding of the document", [f["finding"] for f in findings if f["form"] == "finding"],
          ["default_value"])
found, _ = suspected("all.csv", 60, lambda i: "Zahedan", any_day)
tap.equal("one town on all rows is a list of that town", found, {})
found, _ = suspected("two.csv", 60, lambda i: TOWNS[0] if i % 5 < 3 else TOWNS[1 + i % 2], any_day)
tap.equal("three towns vary", found, {})
found, _ = suspected("even.csv", 60, lambda i: TOWNS[i % 5], any_day)
tap.equal("five as often as each other, too", found, {})
found, _ = suspected("few.csv", 18, lambda i: "Tehran" if i % 3 else TOWNS[i // 3 % 5], any_day)
tap.equal("few rows say nothing", found, {})
found, _ = suspected("new_year.xlsx", 60, lambda i: TOWNS[i % 5],
                     lambda i: f"{2010 + i % 11}-01-01" if i % 4 == 0 else any_day(i), xlsx)
tap.equal("many first days of years", [(s["finding"], s["times"], s["rows"]) for s in found.values()],
          [("first_of_year", 15, 60)])
found, _ = suspected("farvardin.csv", 60, lambda i: TOWNS[i % 5],
                     lambda i: f"13{80 + i % 11}/01/01" if i % 4 == 0 else f"1400/{1 + i % 9:02}/{2 + i % 26:02}")
tap.equal("of the Jalali calendar too", [(s["finding"], s["times"]) for s in found.values()],
          [("first_of_year", 15)])
tap.done()

"""histories: what cannot be is shown as such, and nothing of it disappears: releases before arrests, sentences of the
dead, two deaths, dates that run backwards, arrests before the birth, and one person made of two that contradict."""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import Govah, Tap  # noqa: E402

tap = Tap()
DAY = "2023-06-30"
PEOPLE = [
    # whom, what one paper says, what is to be said of it, the states
    ("Lena Orlova", "Lena Orlova was released on 1 March 2020. Lena Orlova was arrested on 1 May 2020.",
     {"before_its_cause"}, {"detained"}),
    ("Omar Haddad", "Omar Haddad was executed on 4 January 2020. In March 2021, Omar Haddad was sentenced to two years in "
     "prison.", {"after_the_end"}, {"dead"}),
    ("Ana Torres", "Ana Torres was executed on 4 January 2020. Ana Torres died on 7 July 2022.", {"twice"}, {"dead"}),
    ("Tomas Rivas", "Tomas Rivas was killed on 4 January 2020. Tomas Rivas was arrested on 7 July 2022.",
     {"after_the_end"}, {"dead", "detained"}),
    ("Daria Losik", "Daria Losik was born on 3 May 1990. Daria Losik was arrested on 1 August 1988.",
     {"before_birth"}, {"detained"}),
    ("Maria Kalman", "Maria Kalman was arrested on 1 May 2020. In June 2020, Maria Kalman was sentenced to two years in "
     "prison. In June 2020, Maria Kalman was sentenced to nine years in prison.", {"sentences_differ"}, {"imprisoned"}),
    ("Carlos Rojas", "Carlos Rojas was arrested on 1 May 2020. Carlos Rojas was arrested on 1 May 2021.",
     {"twice"}, {"detained"}),
]


def report(a, name, text):
    path = tap.scratch / f"{name}.txt"
    path.write_text(f"DATE: 2023-01-05\nSOURCE: Gazette\nTITLE: {name}\nLANG: en\n\n{text}\n")
    a.must("add", path)


def lines_of(out):
    return [json.loads(line) for line in out.splitlines()]


def case_of(a, name):
    found = lines_of(a.run("person", name, "--as-of", DAY, "--json").out)
    return found[0] if len(found) == 1 else {}


def states(case):
    return {state["state"] for state in case["with_proposals"]["states"]}


a = Govah(tap.scratch / "archive").init()
for name, text, kinds, wanted in PEOPLE:
    report(a, name, text)
    case = case_of(a, name)
    found = {doubt["kind"] for doubt in case["doubts"] if doubt["contradiction"]}
    tap.equal(f"{name}: what contradicts is said", found, kinds)
    tap.equal(f"{name}: and where they may be", states(case), wanted)
    events = sum(len(event["statements"]) for event in case["events"])
    tap.equal(f"{name}: nothing disappears", events, sum(text.count(verb) for verb in (
        "released", "arrested", "executed", "sentenced", "died", "killed")))
    shown = a.must("person", name, "--as-of", DAY).out.decode()
    tap.check(f"{name}: in words", "What contradicts" in shown, shown)

# ---- a date that runs backwards ----

report(a, "backwards", "Saba Karimi was arrested between 5 May 2022 and 3 March 2022.")
tap.check("an interval that ends before it begins leaves no case without an answer",
          a.run("person", "Saba Karimi", "--json").status in (0, 1))

# ---- one person of two that contradict ----

report(a, "free", "Reza Kazemi was arrested on 1 May 2020. Reza Kazemi was released on 1 June 2020.")
report(a, "held", "Reza Kazemi was arrested on 2 April 2020. Reza Kazemi was executed on 1 July 2020.")
both = lines_of(a.run("person", "Reza Kazemi", "--as-of", DAY, "--json").out)
tap.equal("two of one name are two", len(both), 2)
apart = [case["person"] for case in (lines_of(a.must("person", one["candidate"], "--as-of", DAY, "--json").out)[0]
                                     for one in both)]
whole = {name: a.must("person", name, "--as-of", DAY, "--json").out for name in apart}
a.must("match", "--same", *apart, "--why", "a mistake")
case = case_of(a, "Reza Kazemi")
tap.equal("made one, both stand", sum(len(event["statements"]) for event in case["events"]), 4)
tap.equal("their contradiction is said", {d["kind"] for d in case["doubts"] if d["contradiction"]}, {"twice"})
a.must("match", "--undo", *apart, "--why", "they are two")
for name in apart:
    tap.equal("taken back, each is as before", a.must("person", name, "--as-of", DAY, "--json").out, whole[name])

# ---- what reads all of them ----

for words in (["people", "--state", "held", "--as-of", DAY], ["people"], ["alerts", "--as-of", DAY], ["figures"],
              ["audit", "ir-2023-02", "--as-of", DAY], ["audit", "ir-2020-03"], ["match"]):
    ended = a.run(*words)
    tap.check(f"{' '.join(words)} bears it", ended.status == 0, ended)
held = a.must("people", "--state", "dead", "--as-of", DAY, "--json").out.decode()
tap.check("who is dead or arrested is among the dead", "Tomas Rivas" in held, held)
held = a.must("people", "--state", "held", "--as-of", DAY, "--json").out.decode()
tap.check("and among those held", "Tomas Rivas" in held, held)
before = a.digest()
a.must("rebuild")
tap.equal("a rebuild changes nothing", a.digest(), before)
tap.done()

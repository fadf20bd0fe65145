"""ledger: who counts what over whole archives: repeats folded, copies known, the same whatever the order, and
on the annotated reports, where they are at hand, what they say."""

import json
import os
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import EXAMPLES, ROOT, Govah, Tap  # noqa: E402

tap = Tap()
SHARED = pathlib.Path(os.environ.get("GOVAH_SHARED", "/nowhere")) / "gold" / "reports"

PADDING = ("The families gathered at the gate before dawn and waited for a list that nobody would read out. A clerk "
           "took their names, wrote them into a blue notebook, and told them to come back after the holiday. Shops "
           "along the avenue stayed shut, buses drove past without stopping, and the telephone lines were silent. ")


def archive(name):
    return Govah(tap.scratch / name).init()


def report(name, date, source, text):
    path = tap.scratch / f"{name}.txt"
    path.write_text(f"DATE: {date}\nSOURCE: {source}\nTITLE: {name}\nLANG: en\n\n{text}\n")
    return path


def figures(a, *words):
    return [json.loads(line) for line in a.must("figures", "--json", *words).out.splitlines()]


def of(lines, low, event="killed"):
    return [line for line in lines if line["low"] == low and line["event"] == event]


# ---- repeats, copies, independent sources ----

monitor = "At least 336 people have been killed in the protests, according to Human Rights Activists in Iran."
other = "At least 336 people have been killed in the protests, according to Amnesty International."
bare = "At least 336 people have been killed in the protests."
a = archive("repeats")
for i, outlet in enumerate(["Morning Gazette", "Evening Gazette", "Harbour Times", "Northern Courier", "The Lantern"]):
    a.must("add", report(f"outlet {i}", f"2022-11-2{i}", outlet, monitor))
lines = of(figures(a), 336)
tap.equal("five outlets repeating one monitor are one source", {line["said_by"] for line in lines}, {1})
tap.equal("and all but one of them are repeats", sum(line["repeats"] is None for line in lines), 1)
a.must("add", report("without a name", "2022-11-26", "Copper Telegraph", bare))
lines = of(figures(a), 336)
silent = [line for line in lines if line["source"] is None][0]
tap.equal("an outlet that names nobody adds none", {line["said_by"] for line in lines}, {1})
tap.equal("and passes the monitor's count on", silent["passes_on_why"], "same_number")
a.must("add", report("second monitor", "2022-11-27", "Morning Gazette", other))
lines = of(figures(a), 336)
tap.equal("two monitors agreeing are two", {line["said_by"] for line in lines if line["class"] == "independent"}, {2})
tap.equal("which is corroboration", {line["corroboration"] for line in lines}, {"corroborated"})
shown = a.must("figures").out.decode()
tap.check("the list says so, with the repeats", "2 independent sources, +5 repeats" in shown, shown)

b = archive("copies")
b.must("add", report("original", "2022-11-20", "Northern Human Rights Centre", PADDING * 2 + bare))
b.must("add", report("copy", "2022-11-21", "Quiet Human Rights Watchers", PADDING * 2 + bare + " More was not known."))
b.must("add", report("own", "2022-11-21", "Harbour Human Rights Group", "Volunteers went from door to door. " + bare))
lines = of(figures(b), 336)
copy = [line for line in lines if line["publisher"].startswith("Quiet")][0]
tap.equal("a copy of a text passes it on, whoever signs it", copy["passes_on_why"], "same_text")
tap.equal("a text of its own does not", {line["said_by"] for line in lines}, {2})

# ---- translations, circles, joint sources ----


def persian(name, date, source, text):
    path = tap.scratch / f"{name}.txt"
    path.write_text(f"DATE: {date}\nSOURCE: {source}\nTITLE: {name}\nLANG: fa\n\n{text}\n")
    return path


e = archive("translations")
e.must("add", report("english", "2022-11-20", "Morning Gazette", PADDING + monitor))
e.must("add", persian("translated", "2022-11-21", "روزنامه بامداد",
                      "به گزارش مجموعه فعالان حقوق بشر در ایران، دست‌کم ۳۳۶ نفر در اعتراضات کشته شده‌اند."))
e.must("add", persian("translated without a name", "2022-11-21", "روزنامه شامگاه",
                      "دست‌کم ۳۳۶ نفر در اعتراضات کشته شده‌اند."))
lines = of(figures(e), 336)
tap.equal("a translation that names the same source is no second one", {line["said_by"] for line in lines}, {1})
tap.equal("all three are read", len(lines), 3)
e.must("add", persian("another monitor", "2022-11-22", "روزنامه بامداد",
                      "به گزارش عفو بین‌الملل، دست‌کم ۳۳۶ نفر در اعتراضات کشته شده‌اند."))
tap.equal("another monitor in Persian is",
          {line["said_by"] for line in of(figures(e), 336) if line["class"] == "independent"}, {2})

f = archive("circles")
f.must("add", report("a of b", "2022-11-20", "Harbour Times", bare[:-1] + ", according to the Northern Courier."))
f.must("add", report("b of a", "2022-11-21", "Northern Courier", bare[:-1] + ", according to the Harbour Times."))
lines = of(figures(f), 336)
tap.equal("two papers that cite each other are one source", {line["said_by"] for line in lines}, {1})
tap.equal("and say so", sorted(line["passes_on_why"] or "" for line in lines), ["", "circle"])
f.must("add", report("c of b", "2022-11-22", "Copper Telegraph", bare[:-1] + ", according to the Northern Courier."))
tap.equal("who hangs on them is no second one", {line["said_by"] for line in of(figures(f), 336)}, {1})

g = archive("joint")
joint = bare[:-1] + ", according to Human Rights Activists in Iran and Amnesty International."
g.must("add", report("joint", "2022-11-20", "Morning Gazette", joint))
tap.equal("a joint count is one source's", {line["said_by"] for line in of(figures(g), 336)}, {1})
g.must("add", report("one of them", "2022-11-21", "Evening Gazette", monitor))
tap.equal("one of the two alone adds none", {line["said_by"] for line in of(figures(g), 336)}, {1})
g.must("add", report("both of them", "2022-11-22", "Harbour Times", other))
tap.equal("both alone are two", {line["said_by"] for line in of(figures(g), 336)
                                 if line["source"] and ";" not in line["source"]}, {2})

# ---- what happened to one person ----

d = archive("people")
arrest = "Mehran Raoof, a labour rights activist, was arrested on 16 October 2020 in Tehran."
d.must("add", report("gazette", "2020-10-20", "Morning Gazette", arrest + " " + PADDING))
d.must("add", report("echo", "2020-10-21", "Evening Echo", arrest + " " + PADDING + " More was not known."))
d.must("add", report("courier", "2020-11-02", "Northern Courier",
                     "Mehran Raoof, a labour rights activist of 64 years, was arrested on 16 October 2020. His lawyer has "
                     "not seen him since then, says his sister."))
d.must("match", "--same-above", "default", "--yes", "--why", "one man")
case = json.loads(d.must("person", "Mehran Raoof", "--json").out.splitlines()[0])
arrests = [event for event in case["events"] if event["event"] == "arrested"]
tap.equal("three papers tell of one arrest", [len(event["statements"]) for event in arrests], [3])
standing = [json.loads(d.must("trace", "--json", one).out)["corroboration"] for one in arrests[0]["statements"]]
tap.equal("two of their own knowledge, of which one is copied", {one["said_by"] for one in standing}, {2})
relations = sorted(tuple(sorted(other["relation"] for other in one["others"])) for one in standing)
tap.equal("each knows the others for what they are", relations,
          [("origin", "same"), ("passes_on", "same"), ("same", "same")])
d.must("add", report("lantern", "2021-02-01", "The Lantern", "Mehran Raoof, a labour rights activist, was arrested on 3 "
                     "January 2021, people close to him say."))
d.must("match", "--same-above", "default", "--yes", "--why", "the same man")
case = json.loads(d.must("person", "Mehran Raoof", "--json").out.splitlines()[0])
later = [event for event in case["events"] if event["date"] == "2021-01-03"][0]["statements"][0]
standing = json.loads(d.must("trace", "--json", later).out)["corroboration"]
tap.equal("another date contradicts", standing["status"], "disputed")
tap.equal("all three that say otherwise", [one["relation"] for one in standing["others"]], ["contradicts"] * 3)

# ---- courses and doubts ----

c = archive("courses")
for date, count in [("2022-11-05", 300), ("2022-11-20", 336), ("2022-12-10", 320), ("2023-01-10", 517)]:
    c.must("add", report(f"of {date}", date, "Morning Gazette",
                         f"At least {count} people have been killed in the protests, according to Amnesty International."))
shown = c.must("figures", "--event", "killed").out.decode()
tap.check("a source's course stands with its latest count",
          "before: ≥ 320 (2022-12-10), ≥ 336 (2022-11-20), ≥ 300 (2022-11-05)" in shown, shown)
fallen = [line["low"] for line in figures(c) if "falls" in line["flags"]]
tap.equal("a count that falls is flagged, and no other", fallen, [320])
tap.check("in words", "doubt: ≥ 320 (Amnesty International, published 2022-12-10) is fewer than ≥ 336" in shown, shown)

# ---- any order, any split, and back ----

files = sorted(EXAMPLES.glob("*"))
first = archive("first")
first.must("add", *files)
wanted = figures(first, "--all")
tap.check("the examples have figures", len(wanted) > 60, len(wanted))
draw = random.Random(7)
for turn in range(1):  # more of them in orders.py
    again = archive(f"again {turn}")
    draw.shuffle(files)
    cuts = sorted(draw.sample(range(1, len(files)), 2 + turn))
    for begin, end in zip([0] + cuts, cuts + [len(files)]):
        again.must("add", *files[begin:end])
    tap.equal(f"in another order, in {len(cuts) + 1} commits: the same account", figures(again, "--all") == wanted, True)
ids = [line["id"] for line in wanted][:40]
first.must("review", "--accept", *ids[:20])
first.must("review", "--reject", *ids[20:])
tap.check("decisions change the account", figures(first, "--all") != wanted)
first.must("review", "--retract", *ids)
tap.equal("taking them back restores it", figures(first, "--all") == wanted, True)
first.must("rebuild")
tap.equal("and rebuilding changes nothing", figures(first, "--all") == wanted, True)

# ---- the five reports ----

KNOWN = [("000", "2023-02-13"), ("001", "2021-11-05"), ("002", "2020-02"), ("003", "2022-11-13"), ("004", "2020-03-17")]


def courses(lines, event, incident):
    """For each source its numbers, in the order of the days at which they stand."""
    out = {}
    for line in sorted(lines, key=lambda one: one["stands"] or ""):
        if (line["event"], line["incident"]) == (event, incident) and line["what"] not in ("children", "provinces"):
            number = line["low"] if line["low"] is not None else line["high"]
            out.setdefault(line["source"] or line["publisher"] or line["document_name"], []).append(number)
    return out


def ask_reports():
    a = archive("reports")
    for name, date in KNOWN:
        a.must("add", "--published", date, next(SHARED.glob(f"{name}_*.txt")))
    a.must("review", "--accept", "all", "--why", "a golden test")
    lines = figures(a)
    tap.equal("all is accepted", {line["state"] for line in lines}, {"accepted"})
    shown = a.must("figures").out.decode()
    killed = courses(lines, "killed", "ir-2022-uprising")
    tap.equal("2022: 336, then 527, of one monitor",
              (killed.get("HRANA"), killed.get("Human Rights Activists in Iran")), ([336], [527]))
    tap.check("its course is one line", "before: ≥ 336 (2022-11-13)" in shown, shown)
    tap.equal("400 is there, with who says so", [line["source"] for line in of(lines, 400)], ["human rights organizations"])
    tap.check("the chart of a later day is flagged",
              "2022-11-22 is later than the document, 2022-11-13" in shown, shown)
    massacre = courses(lines, "killed", "ir-1988-massacre")
    numbers = sorted(number for course in massacre.values() for number in course)
    tap.check("1988: 5,000 and 30,000 stand under their sources", 5000 in numbers and 30000 in numbers, numbers)
    said = {number for line in lines for number in (line["low"], line["high"])}
    tap.check("and are averaged nowhere", "17,500" not in shown and 17500 not in said)
    arrested = courses(lines, "arrested", "ir-2019-november")
    tap.equal("November 2019 arrested: 7,000 and 12,000", sorted(sum(arrested.values(), [])), [7000, 12000])
    un = [line["class"] for line in of(lines, 7000, "arrested")]
    tap.equal("the 7,000 are the UN's", un, ["un"])
    furlough = {line["high"] for line in lines if line["incident"] == "ir-2020-furlough"}
    tap.equal("March 2020: 85,000 and 70,000", furlough, {85000, 70000})


if SHARED.is_dir():
    ask_reports()
else:
    tap.skip("the five reports", "not at hand")
tap.done()

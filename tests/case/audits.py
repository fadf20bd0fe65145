"""audits: four hundred generated people, taken in as a list and accepted, before two amnesties: everybody who was in
prison on the eve, and nobody else, stands under the right heading, with each condition that leaves them out and what
is missing."""

import csv
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import Govah, Tap  # noqa: E402

PEOPLE = 400
GIVEN = ["Arash", "Babak", "Dariush", "Elham", "Farid", "Golnaz", "Hamid", "Jamshid", "Kaveh", "Laleh", "Mahsa", "Nasim",
         "Omid", "Parisa", "Ramin", "Sara", "Taraneh", "Vahid", "Yasmin", "Zahra"]
FAMILY = ["Abbasi", "Bahrami", "Daneshvar", "Ebrahimi", "Farahani", "Ghasemi", "Hosseini", "Jafari", "Karimi", "Lotfi",
          "Moradi", "Najafi", "Omidvar", "Parsa", "Rostami", "Salehi", "Tehrani", "Vaziri", "Yazdani", "Zamani"]
# as a list writes it; what it is to the rules: None where the record does not say
CHARGES = {"": None, "propaganda against the state": "security", "espionage": "espionage",
           "enmity against God": "armed", "assembly and collusion": "security", "a charge that no table has": None}
SENTENCES = {"": None, "3 years in prison": 3, "7 years in prison": 7, "12 years in prison": 12}
NATIONS = {"": None, "Iranian": True, "German-Iranian": False}
ERAS = {"2020": ("2019-10-01", "2019-12-01", "2020-02-20", "2020-03-25", "2020-05-02"),
        "2023": ("2022-10-01", "2022-12-01", "2023-01-15", "2023-02-20", "2023-03-01")}
AMNESTIES = {"ir-2020-03": "2020-03-16", "ir-2023-02": "2023-02-04"}

tap = Tap()
chance = random.Random(401)


def person(number):
    arrested, sentenced, before, after, late = ERAS[chance.choice(list(ERAS))]
    course = chance.choice(["stayed", "stayed", "free before", "taken after", "came out"])
    sentence = chance.choice(list(SENTENCES))
    return {"name": f"{GIVEN[number % 20]} {FAMILY[number // 20]}",
            "arrested": late if course == "taken after" else arrested,
            "charge": chance.choice(list(CHARGES)),
            "sentence": "" if course == "taken after" else sentence,
            "sentenced": "" if course == "taken after" or not sentence else sentenced,
            "nationality": chance.choice(list(NATIONS)),
            "released": {"free before": before, "came out": after}.get(course, "")}


def held(one, eve):
    return one["arrested"] <= eve and not (one["released"] and one["released"] <= eve)


def pardon(one):
    """February 2023: the conditions that leave somebody out, and whether anything is left open"""
    charge = CHARGES[one["charge"]]
    out = {"espionage": {"spying for foreign agencies"},
           "armed": {"enmity against God, corruption on earth, armed rebellion"}}.get(charge, set())
    if NATIONS[one["nationality"]] is False:
        out = out | {"foreign and dual nationals"}
    return out, charge is None


def furlough(one):
    """March 2020: every charge here is one of security"""
    known, years = CHARGES[one["charge"]] is not None, SENTENCES[one["sentence"]]
    out = {"prisoners of security cases with more than five years"} if known and years and years > 5 else set()
    return out, years is None or (not known and years > 5)


def verdict(found):
    out, left_open = found
    return "excluded" if out else "cannot be told" if left_open else "qualifies"


people = [person(number) for number in range(PEOPLE)]
path = tap.scratch / "people.csv"
with path.open("w", newline="") as file:
    table = csv.writer(file)
    table.writerow(["Name", "Date of arrest", "Charge", "Sentence", "Date of sentence", "Nationality",
                    "Date of release"])
    table.writerows(list(one.values()) for one in people)
a = Govah(tap.scratch / "archive").init()
a.must("add", path)
a.must("review", "--accept", "all", "--why", "the list was made for this")

for amnesty, right in (("ir-2020-03", furlough), ("ir-2023-02", pardon)):
    *found, sums = [json.loads(line) for line in a.must("audit", amnesty, "--json").out.splitlines()]
    wanted = {one["name"]: right(one) for one in people if held(one, AMNESTIES[amnesty])}
    said = {one["name"]: one for one in found}
    tap.equal(f"{amnesty}: everybody who was in prison, and nobody else", sorted(said), sorted(wanted))
    tap.equal(f"{amnesty}: nobody twice", len(found), len(said))
    tap.equal(f"{amnesty}: everybody under the right heading",
              {name: said[name]["verdict"] for name in wanted if name in said},
              {name: verdict(one) for name, one in wanted.items()})
    reasons = {name: {r["rule"] for r in said[name]["reasons"] if r["decides"] and r["met"] == "yes"}
               for name in wanted if name in said}
    tap.equal(f"{amnesty}: each condition that leaves them out is named", reasons,
              {name: out for name, (out, _) in wanted.items()})
    open_ones = [one for one in found if one["verdict"] == "cannot be told"]
    tap.check(f"{amnesty}: what is missing is said", all(r["missing"] for one in open_ones for r in one["reasons"]
                                                         if r["decides"]), open_ones[:2])
    tap.check(f"{amnesty}: all of it was accepted", all(one["decided"] for one in found))
    tap.equal(f"{amnesty}: who came out since", {one["name"] for one in found if one["out"]},
              {one["name"] for one in people if one["name"] in wanted and one["released"]})
    counts = {heading: sum(one["verdict"] == heading for one in found)
              for heading in ("qualifies", "excluded", "cannot be told")}
    tap.check(f"{amnesty}: enough of each to show anything", min(counts.values()) > 15, counts)
    tap.equal(f"{amnesty}: the sums", (sums["in_prison"], sums["qualifies"], sums["excluded"]),
              (len(wanted), counts["qualifies"], counts["excluded"]))

tap.done()

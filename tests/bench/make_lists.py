"""make_lists.py SHAPE SEED LIST TRUTH: writes a list of people in the shape of a public set, and who is one person.

historical: as Splink's historical_50k is described, people of Britain from 1600 on, about ten records each, with
titles, nicknames, names in each other's place, slips, dates of birth that are the first of January or missing,
neighbouring postcodes. components: as R's RLdata10000 is described, 10,000 German records of which 1,000 stand twice,
each second time with one error or two; names in two columns, year, month and day of birth in three.
Nothing of either set is in here. The same seed gives the same bytes.
"""

import csv
import pathlib
import random
import sys

HERE = pathlib.Path(__file__).resolve().parent
HISTORICAL = ("unique_id", "full_name", "first_and_surname", "first_name", "surname", "dob", "birth_place",
              "postcode_fake", "gender", "occupation")
COMPONENTS = ("id", "fname_c1", "fname_c2", "lname_c1", "lname_c2", "by", "bm", "bd")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def read_names():
    kinds = {}
    for line in (HERE / "lists.tsv").read_text(encoding="utf-8").splitlines()[3:]:
        kind, name, other = line.split("\t")
        kinds.setdefault(kind, []).append((name, [o for o in other.split("|") if o]))
    return kinds


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.names = read_names()

    def chance(self, probability):
        return self.random.random() < probability

    def draw(self, kind, exponent=1.5):
        """the first are the most frequent"""
        names = self.names[kind]
        return names[int(len(names) * self.random.random() ** exponent)]

    def slip(self, text):
        """a letter lost, doubled, exchanged with its neighbour, or another in its place"""
        if len(text) < 3:
            return text
        at = self.random.randrange(1, len(text) - 1)
        kind = self.random.randrange(4)
        if kind == 0:
            return text[:at] + text[at + 1:]
        if kind == 1:
            return text[:at] + text[at] + text[at:]
        if kind == 2:
            return text[:at] + text[at + 1] + text[at] + text[at + 2:]
        return text[:at] + self.random.choice(LETTERS) + text[at + 1:]


# ---- historical ----

class Historical(Maker):
    heading = HISTORICAL

    def postcode(self, area):
        return f"{area}{self.random.randrange(1, 30)} {self.random.randrange(1, 10)}{self.ending()}"

    def ending(self):
        return self.random.choice(LETTERS) + self.random.choice(LETTERS)

    def person(self, last):
        """at times a son or daughter, who is called after the parent"""
        woman = self.chance(0.15)
        heir = last and self.chance(0.08)
        place, areas = self.draw("town", 1.3)
        person = {"woman": woman, "given": self.draw("woman" if woman else "man"), "family": self.draw("family", 1.2)[0],
                  "middle": self.draw("family", 1.2)[0] if self.chance(0.3) else "", "place": place,
                  "postcode": self.postcode(self.random.choice(areas)), "occupation": self.draw("occupation")[0],
                  "title": self.random.choice(["baron", "baronet", "earl", "viscount"]) if self.chance(0.15) else "",
                  "born": [self.random.randrange(1600, 1960), self.random.randrange(1, 13), self.random.randrange(1, 29)]}
        if heir:
            for what in ("family", "place", "title"):
                person[what] = last[what]
            if self.chance(0.4) and woman == last["woman"]:
                person["given"] = last["given"]
            person["born"][0] = last["born"][0] + self.random.randrange(20, 40)
        if self.chance(0.12):
            person["born"][1:] = [1, 1]
        return person

    def date(self, person):
        year, month, day = person["born"]
        if self.chance(0.15):
            return ""
        if self.chance(0.08):
            month, day = 1, 1
        elif self.chance(0.06):
            day = self.random.randrange(1, 29)
        elif self.chance(0.04):
            year += self.random.choice([-10, -1, 1, 10])
        return f"{year:04}-{month:02}-{day:02}"

    def full(self, person, given, family):
        middle = person["middle"] if self.chance(0.7) else ""
        name = " ".join(part for part in (given, middle, family) if part)
        if person["title"] and self.chance(0.7):
            title = f"{self.random.choice(['1st', '2nd', '3rd'])} {person['title']}"
            return f"{name}, {title} {family}" if self.chance(0.6) else f"sir {name}"
        return name

    def record(self, person, first):
        given, family = person["given"][0], person["family"]
        if not first:
            if person["given"][1] and self.chance(0.12):
                given = self.random.choice(person["given"][1])
            given = self.slip(given) if self.chance(0.08) else given
            family = self.slip(family) if self.chance(0.1) else family
            if self.chance(0.02):
                given, family = family, given
            if self.chance(0.03):
                given = given[0]
        full = self.full(person, given, family)
        postcode, place, occupation = person["postcode"], person["place"], person["occupation"]
        if not first and self.chance(0.2):
            postcode = postcode[:-2] + self.ending()
        elif not first and self.chance(0.05):
            postcode = self.postcode(self.random.choice(self.draw("town")[1]))
        if not first and self.chance(0.06):
            place = self.draw("town")[0]
        if not first and self.chance(0.1):
            occupation = self.draw("occupation")[0]
        gender = "female" if person["woman"] else "male"
        missing = {"place": 0.12, "postcode": 0.12, "gender": 0.2, "occupation": 0.25, "given": 0.03, "family": 0.02}
        gone = {what for what, part in missing.items() if not first and self.chance(part)}
        given, family = "" if "given" in gone else given, "" if "family" in gone else family
        return [full, f"{given} {family}".strip(), given, family, self.date(person), "" if "place" in gone else place,
                "" if "postcode" in gone else postcode, "" if "gender" in gone else gender,
                "" if "occupation" in gone else occupation]

    def rows(self):
        last = None
        for who in range(1, 5157):
            last = self.person(last)
            for number in range(1, 1 + min(25, 1 + int(self.random.gammavariate(2.2, 4.1)))):
                yield f"p{who}-{number}", who, self.record(last, number == 1)


# ---- components ----

class Components(Maker):
    heading = COMPONENTS

    def person(self):
        kind = "german_woman" if self.chance(0.5) else "german_man"
        return [self.draw(kind)[0], self.draw(kind)[0] if self.chance(0.1) else "NA", self.draw("german_family")[0],
                self.draw("german_family")[0] if self.chance(0.02) else "NA", self.random.randrange(1922, 2006),
                self.random.randrange(1, 13), self.random.randrange(1, 29)]

    def wrong(self, fields):
        fields = list(fields)
        for _ in range(2 if self.chance(0.15) else 1):
            which = self.random.choice([0, 0, 2, 2, 2, 1, 4, 5, 6])
            if which == 1:
                fields[1] = "NA" if fields[1] != "NA" else self.draw("german_man")[0]
            elif which < 4:
                fields[which] = self.slip(fields[which])
            elif which == 4:
                fields[4] += self.random.choice([-10, -1, 1, 10, 20, -3])
            else:
                fields[which] = self.random.randrange(1, 13 if which == 5 else 29)
        return fields

    def rows(self):
        people = [self.person() for _ in range(9000)]
        twice = [(who, self.wrong(people[who])) for who in self.random.sample(range(9000), 1000)]
        rows = list(enumerate(people)) + twice
        self.random.shuffle(rows)
        for number, (who, fields) in enumerate(rows, 1):
            yield number, who, [field.upper() if isinstance(field, str) else field for field in fields]


def main():
    shapes = {"historical": Historical, "components": Components}
    if len(sys.argv) != 5 or sys.argv[1] not in shapes:
        sys.exit("usage: make_lists.py historical|components SEED LIST TRUTH")
    maker = shapes[sys.argv[1]](int(sys.argv[2]))
    with open(sys.argv[3], "w", newline="", encoding="utf-8") as people, \
            open(sys.argv[4], "w", newline="", encoding="utf-8") as truth:
        rows, clusters = csv.writer(people, lineterminator="\n"), csv.writer(truth, lineterminator="\n")
        rows.writerow(maker.heading)
        clusters.writerow(("id", "cluster"))
        for number, who, fields in maker.rows():
            rows.writerow([number, *fields])
            clusters.writerow([number, who])


if __name__ == "__main__":
    main()

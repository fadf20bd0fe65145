"""orders: the accounts of a record do not depend on the order of its statements and decisions, nor on how they were
split into commits, and what is taken back leaves no trace in them."""

import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import EXAMPLES, Govah, Tap  # noqa: E402

tap = Tap()
DAY = "2023-06-30"
NAMES = ("Lena Orlova", "Omar Haddad", "Ana Torres")
AMNESTIES = ["ir-2020-03-nowruz", "ir-2023-02"]

# several papers on a few people: repeats, other dates, other terms, what cannot be
PAPERS = {
    "gazette": ("2022-10-05", "Lena Orlova, a journalist, was arrested on 1 October 2022 in Tehran. She was charged with "
                "propaganda against the state. Omar Haddad, a lawyer, was arrested on 3 October 2022."),
    "courier": ("2022-10-09", "Lena Orlova was arrested on 2 October 2022, her family says. Omar Haddad began a hunger "
                "strike on 7 October 2022 in Evin prison."),
    "echo": ("2022-12-20", "In December 2022, Lena Orlova was sentenced to seven and a half years in prison. Omar Haddad "
             "was sentenced to death on 12 December 2022 for enmity against God."),
    "lantern": ("2022-12-22", "Lena Orlova was sentenced to five years in prison in December 2022. Omar Haddad was denied "
                "medical care in Evin prison. Ana Torres was tortured in November 2022."),
    "harbour": ("2023-02-25", "Lena Orlova was released on 20 February 2023. Omar Haddad was released on 1 September 2022. "
                "Ana Torres was executed on 4 January 2023 and sentenced to two years in prison on 9 February 2023."),
    "north": ("2023-06-05", "Lena Orlova was arrested again on 1 June 2023. Ana Torres died on 2 February 2023. According to "
              "Amnesty International, at least 336 people have been killed in the protests."),
}


def papers(folder):
    out = []
    folder.mkdir()
    for name, (date, text) in PAPERS.items():
        path = folder / f"{name}.txt"
        path.write_text(f"DATE: {date}\nSOURCE: {name.title()}\nTITLE: {name}\nLANG: en\n\n{text}\n")
        out.append(path)
    return out


def archive(name):
    return Govah(tap.scratch / name).init()


def person(a, name, *words):
    """What is printed of a name: a case, or, with status 1, the candidates."""
    ended = a.run("person", name, *words, "--json")
    if ended.status not in (0, 1) or ended.err:
        tap.check(f"person {name}", False, ended)
    return ended.out


def lines_of(out):
    return [json.loads(line) for line in out.splitlines()]


def accounts(a):
    """Every account as the program prints it: its name and its bytes."""
    out = {"figures": a.must("figures", "--json", "--all").out, "people": a.must("people", "--json").out}
    out["alerts"] = a.must("alerts", "--as-of", DAY, "--json").out
    out["held"] = a.must("people", "--state", "held", "--as-of", DAY, "--json").out
    for name in NAMES:
        out[name] = person(a, name, "--as-of", DAY)
    for amnesty in AMNESTIES:
        out[amnesty] = a.must("audit", amnesty, "--as-of", DAY, "--json").out
    return out


def differ(got, wanted):
    return [name for name in wanted if got[name] != wanted[name]]


def cut(files, parts, draw):
    cuts = sorted(draw.sample(range(1, len(files)), parts - 1))
    return [files[begin:end] for begin, end in zip([0] + cuts, cuts + [len(files)])]


files = sorted(EXAMPLES.glob("*.txt"))[:4] + papers(tap.scratch / "papers")
first = archive("first")
first.must("add", *files)
plain = accounts(first)
for name in ("figures", "Lena Orlova", "alerts", "held", "ir-2023-02"):
    tap.check(f"there is something to compare: {name}", len(plain[name]) > 60, plain[name][:200])

# ---- statements ----

for seed in (7, 2023):
    draw = random.Random(seed)
    shuffled = files[:]
    draw.shuffle(shuffled)
    again = archive(f"again {seed}")
    for part in cut(shuffled, 2 + draw.randrange(4), draw):
        again.must("add", *part)
    tap.equal(f"any order, any split ({seed}): the same accounts", differ(accounts(again), plain), [])

# ---- decisions ----

ids = [line["id"] for line in lines_of(plain["figures"])]
decisions = []
for name in NAMES:
    found = [line["candidate"] for line in lines_of(person(first, name)) if "candidate" in line]
    tap.check(f"{name} is several candidates until somebody decides", len(found) >= 2, found)
    decisions += [("match", "--same", found[0], one, "--why", "one name") for one in found[1:]]
decisions += [("review", "--accept", *ids[i:i + 9]) for i in range(0, len(ids) - 20, 9)]
decisions += [("review", "--reject", *ids[-5:])]
base = first.copy(tap.scratch / "undecided")
for words in decisions:
    first.must(*words)
events = [s for name in NAMES for line in lines_of(person(first, name))
          for event in line["events"] for s in event["statements"]]
on_events = [("review", "--accept", *events[i::3]) for i in range(2)] + [("review", "--reject", *events[2::3])]
for words in on_events:
    first.must(*words)
decided = accounts(first)
tap.check("decisions change the accounts", len(differ(decided, plain)) > 6, differ(decided, plain))
for seed in (3, 1401):
    draw = random.Random(seed)
    order = decisions + on_events
    draw.shuffle(order)
    again = base.copy(tap.scratch / f"decided {seed}")
    for words in order:
        again.must(*words)
    tap.equal(f"decisions in any order ({seed}): the same accounts", differ(accounts(again), decided), [])

joined = first.copy(tap.scratch / "joined")
joined.must("rebuild")
tap.equal("a rebuild changes no account", differ(accounts(joined), decided), [])

# ---- and back ----

for words in on_events:
    first.must("review", "--retract", *words[2:])
for words in decisions:
    if words[0] == "match":
        first.must("match", "--undo", words[2], words[3], "--why", "a test")
    else:
        first.must("review", "--retract", *words[2:])
tap.equal("what is taken back leaves no trace in any account", differ(accounts(first), plain), [])
tap.done()

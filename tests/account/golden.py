"""golden: what five annotated reports come to, everything accepted and the default matches decided, held against
golden.tsv: people with their events, who is named with them, what is flagged, alerts, and the counts of four
matters with their sources and days. Facts and ids alone; no sentence of the reports.

golden.py --write writes the file anew: look at what changed."""

import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import Govah, Tap  # noqa: E402

REPORTS = pathlib.Path(os.environ.get("GOVAH_SHARED", "/nowhere")) / "gold" / "reports"
GOLDEN = pathlib.Path(__file__).resolve().parent / "golden.tsv"
HEAD = "# Written by golden.py --write. kind, whom or what it is about, then the fact and the ids of its statements.\n"
PUBLISHED = [("000", "2023-02-13"), ("001", "2021-11-05"), ("002", "2020-02"), ("003", "2022-11-13"),
             ("004", "2020-03-17")]
PEOPLE = [("Nahid Taghavi", "2021-11-05"), ("Mehran Raoof", "2021-11-05"), ("Mehran Raouf", "2021-11-05"),
          ("Mohammad Nourizad", "2021-05-04"), ("Toomaj Salehi", "2022-11-24")]
MATTERS = {("killed", "ir-2022-uprising"), ("killed", "ir-1988-massacre"), ("executed", "ir-1988-massacre"),
           ("arrested", "ir-2019-november"), ("released", "ir-2020-furlough"), ("furloughed", "ir-2020-furlough")}


def short(ids):
    return " ".join(sorted(one[:12] for one in ids))


def lines_of(out):
    return [json.loads(line) for line in out.splitlines()]


def case_of(a, name, day):
    """The case of whom most is told, where nobody decided that all of that name are one."""
    found = lines_of(a.run("person", name, "--as-of", day, "--json").out)
    if "candidate" in found[0]:
        most = max(found, key=lambda one: one["statements"])
        found = lines_of(a.must("person", most["candidate"], "--as-of", day, "--json").out)
    return found[0]


def rows_of_person(a, name, day):
    case = case_of(a, name, day)
    yield ["person", name, case["name"], case["person"][:12]]
    for state in case["standing"]["states"]:
        yield ["state", name, day, state["state"], short(state["statements"])]
    for event in case["events"]:
        details = "; ".join(f"{k} {v}" for k, v in sorted(event["details"].items()))
        yield ["event", name, event["event"], event["date"] or "", event["place"] or "", details, short(event["statements"])]
    for one in case["named_with"]:
        yield ["with", name, one["name"]]
    for one in case["findings"]:
        yield ["flagged", name, one["finding"], one["quote"], one["statement"][:12]]


def rows_of_figures(a):
    for line in lines_of(a.must("figures", "--json").out):
        if (line["event"], line["incident"]) in MATTERS:
            yield ["figure", f"{line['event']} {line['incident']}", line["what"], line["bound"],
                   str(line["low"] if line["low"] is not None else ""),
                   str(line["high"] if line["high"] is not None else ""),
                   line["source"] or "", line["class"], line["stands"] or "", line["published"] or "",
                   line["corroboration"], line["id"][:12]]


def account_of(tap):
    a = Govah(tap.scratch / "reports").init()
    for name, date in PUBLISHED:
        a.must("add", "--published", date, next(REPORTS.glob(f"{name}_*.txt")))
    a.must("review", "--accept", "all", "--why", "a golden test")
    a.must("match", "--same-above", "default", "--yes", "--why", "a golden test")
    rows = [row for name, day in PEOPLE for row in rows_of_person(a, name, day)]
    rows += [["alert", one["name"], one["alert"], one["since"] or "", short(one["statements"])]
             for one in lines_of(a.must("alerts", "--as-of", "2022-11-24", "--json").out)]
    rows += list(rows_of_figures(a))
    return sorted("\t".join(row) for row in rows), a


def asked(rows, a):
    """What the reports must come to, whatever else they do: a clause each."""
    def has(*cells):
        return any(all(cell in row.split("\t") for cell in cells) for row in rows)

    def says(*words):
        return any(all(word in row for word in words) for row in rows)

    yield "Nahid Taghavi: arrested", has("event", "Nahid Taghavi", "arrested", "2020-10-16")
    yield "Evin", says("event\tNahid Taghavi\tarrested", "Evin")
    yield "ward 2A", says("event\tNahid Taghavi\t", "Ward 2A")
    yield "the session", says("event\tNahid Taghavi\thearing\t2021-06-13", "branch 26", "judge Iman Afshari")
    yield "its date is flagged", says("flagged\tNahid Taghavi\tcalendar", "June 14, 1400")
    yield "10 years 8 months", says("event\tNahid Taghavi\tsentenced\t2021-08", "P10Y8M")
    yield "imprisoned", has("state", "Nahid Taghavi", "2021-11-05", "imprisoned")
    yield "surgery denied", has("event", "Nahid Taghavi", "medical_denied")
    for name in ("Mehran Raoof", "Somayeh Kargar", "Bahareh Soleimani", "Nazanin Mohammadnejad", "Elham Samimi"):
        yield f"with {name}", has("with", "Nahid Taghavi", name)
    one = {row.split("\t")[3] for row in rows if row.startswith(("person\tMehran Raoof", "person\tMehran Raouf"))}
    yield "Raoof and Raouf are one case", len(one) == 1
    yield "Mohammad Nourizad's sentence", says("event\tMohammad Nourizad\tsentenced\t2020-02", "P7Y6M")
    yield "and his hunger strike", has("event", "Mohammad Nourizad", "hunger_strike", "2021-03-10")
    yield "Toomaj Salehi: arrested", has("event", "Toomaj Salehi", "arrested", "2022-10-30")
    yield "torture, an alert", has("event", "Toomaj Salehi", "tortured") and says("alert\tToomaj Salehi\ttortur")
    for count, source, day in (("336", "HRANA", "2022-11-13"), ("400", "human rights organizations", "2022-11-13"),
                               ("527", "Human Rights Activists in Iran", "2023-02-13")):
        yield f"2022: {count} killed", has("figure", "killed ir-2022-uprising", "people", count, source, day)
    for count in ("5000", "30000"):
        yield f"1988: {count}", says("figure\t", "ir-1988-massacre", f"\t{count}\t")
    for count in ("7000", "12000"):
        yield f"November 2019: {count} arrested", says("figure\tarrested ir-2019-november", f"\t{count}\t")
    for count in ("85000", "70000"):
        yield f"March 2020: {count}", says("figure\t", "ir-2020-furlough", f"\t{count}\t")
    shown = a.must("figures", "--event", "killed").out.decode()
    yield "the chart of 22 November is flagged", "2022-11-22 is later than the document, 2022-11-13" in shown
    yield "5,000 and 30,000 are averaged nowhere", "17,500" not in shown


def main():
    tap = Tap()
    if not REPORTS.is_dir():
        tap.skip("the five reports", "GOVAH_SHARED names no folder with gold/reports")
        tap.done()
    rows, a = account_of(tap)
    for name, good in asked(rows, a):
        tap.check(name, good, "\n".join(rows[:200]) if not good else "")
    if sys.argv[1:] == ["--write"]:
        GOLDEN.write_text(HEAD + "".join(row + "\n" for row in rows))
    wanted = GOLDEN.read_text().splitlines()[1:]
    gone, new = [row for row in wanted if row not in rows], [row for row in rows if row not in wanted]
    tap.check("all of it is as the golden file has it", not gone and not new,
              "\n".join(["not there any more:"] + gone + ["new:"] + new))
    tap.done()


if __name__ == "__main__":
    main()

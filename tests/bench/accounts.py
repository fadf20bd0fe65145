"""accounts: what is told of a million life events of 200,000 people.

cases_store makes them: fifty people a text and five events each, proposed by a reader that reads numbers, so that
the time is the record's and not the reader's. There is no peer: nothing else on record tells who was in which state
on a day. The times of a case, a list and a decision are of one after another, each with what it reads."""

import json

from measure import Table, verdict, whole

TITLE = "Accounts"


def run(bench):
    people = bench.count(200_000, 50)
    folder = bench.scratch / "cases"
    bench.remove(*([folder] if folder.exists() else []))
    found = json.loads(bench.run(bench.program("cases-store"), folder, people).out)
    bench.remove(folder)
    size = f"{whole(found['events'])} events of {whole(found['people'])} people"
    rows = [[f"{size}: taken in", seconds(found["made"]), "", ""],
            ["who is urgent and what is due, who is what, and whose hands they passed, told anew", seconds(found["stays_rebuilt"]), "",
             f"15 s: {verdict(found['stays_rebuilt']['wall_ms'] <= 15_000)}"]]
    for key, what, most in [("case", "one case", 10), ("list", "the first 50 whom a state held on a day, as the workspace shows them", 10),
                            ("body", "the account of an institution or official, any part of it", 20),
                            ("alerts", "what is urgent on a day, as the page shows it", 20),
                            ("agenda", "what is expected in 90 days, as the page shows it", 20)]:
        wall = found[key]["wall"]
        rows.append([what, milliseconds(wall["p50_us"]), milliseconds(wall["p99_us"]),
                     f"p99 of {most} ms: {verdict(wall['p99_us'] <= most * 1000)}"])
    for clock, what, target in [("processor", "of the processor", 5), ("wall", "with three syncs to the disk", None)]:
        spent = found["decision"][clock]
        rows.append([f"one decision, with its commit and all that follows from it; {what}",
                     milliseconds(spent["p50_us"]), milliseconds(spent["p99_us"]),
                     f"p99 of {target} ms: {verdict(spent['p99_us'] <= target * 1000)}" if target else ""])
    spent = found["facets_followed"]["processor"]
    rows.append(["the first page of people by facets behind such a decision; of the processor",
                 milliseconds(spent["p50_us"]), milliseconds(spent["p99_us"]),
                 f"p99 of 20 ms: {verdict(spent['p99_us'] <= 20_000)}"])
    many = f"up to {whole(found['facets_most'])} people"
    for key, what, most in [
            ("facets_page", f"the first 50 of {many} by state, place, prison, arrest and name, "
             "with how many fit each other thing, as the workspace shows them", 20),
            ("facets", "the same but for the 50 cases", 10),
            ("list_filtered_cold", "the first 50 and how many fit, by a command, which starts from nothing", 10),
            ("facets_cold", "how many fit each thing, likewise", None)]:
        spent = found[key]["processor"]
        rows.append([f"{what}; of the processor", milliseconds(spent["p50_us"]), milliseconds(spent["p99_us"]),
                     f"p99 of {most} ms: {verdict(spent['p99_us'] <= most * 1000)}" if most else ""])
    rows.append(["everybody in columns, made once a state of the record: time, and memory",
                 milliseconds(found["crowd_read"]["processor_ms"] * 1000), f"{found['crowd_kb'] / 1024:.0f} MB",
                 f"60 MB: {verdict(found['crowd_kb'] <= 60 * 1024)}"])
    memory = found["memory_kb"] / 1024
    rows.append(["memory, all of it together", f"{memory:.0f} MB", "", f"300 MB: {verdict(memory <= 300)}"])
    return Table(["what", "median, or all", "p99", "target"], rows)


def seconds(once):
    return f"{once['wall_ms'] / 1000:.1f} s"


def milliseconds(microseconds):
    return f"{microseconds / 1000:.2f} ms"

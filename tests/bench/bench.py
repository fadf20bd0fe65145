#!/usr/bin/env python3
"""bench.py BUILD SCALE short|long [NAME...]: runs the benchmarks, prints their tables, and at full scale writes
each into docs/numbers.md between its markers. script/bench builds what it needs."""

import datetime
import importlib
import os
import pathlib
import re
import sys

from measure import Bench

NAMES = ["start", "add", "rebuild", "reader", "overview", "accounts", "search", "cipher", "match", "estimate",
         "memory"]
NUMBERS = pathlib.Path(__file__).resolve().parents[2] / "docs" / "numbers.md"


def machine():
    cpu = re.search(r"^model name\s*: (.*)$", pathlib.Path("/proc/cpuinfo").read_text(), re.M)
    memory = re.search(r"^MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text(), re.M)
    system = re.search(r'^PRETTY_NAME="(.*)"$', pathlib.Path("/etc/os-release").read_text(), re.M)
    return (f"{os.cpu_count()} cores ({cpu.group(1) if cpu else os.uname().machine}), "
            f"{int(memory.group(1)) / 2**20:.0f} GiB, {system.group(1) if system else os.uname().sysname}")


def section(name, module, table, load):
    day = datetime.date.today().strftime("%-d %B %Y")
    return (f"### {module.TITLE}\n\n{table.markdown()}\n\n`script/bench {name}`, {day}, {machine()}, "
            f"load before it {load:.1f}.\n")


def write(name, text):
    numbers = NUMBERS.read_text(encoding="utf-8")
    begin, end = f"<!-- bench {name} -->\n", f"<!-- bench {name} ends -->\n"
    before, found, rest = numbers.partition(begin)
    if not found or end not in rest:
        sys.exit(f"bench: {NUMBERS.name} has no markers for {name}")
    rest = rest[rest.index(end):]
    NUMBERS.write_text(before + begin + text + rest, encoding="utf-8")


def main():
    build, scale, length, *names = sys.argv[1:]
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"bench: no benchmark is called {unknown[0]}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    scale = float(scale)
    bench = Bench(pathlib.Path(build).resolve(), scale, length == "long")
    for name in names or NAMES:
        module, load = importlib.import_module(name), os.getloadavg()[0]
        text = section(name, module, module.run(bench), load)
        print(text, flush=True)
        if scale == 1:
            write(name, text)
    bench.done()
    return 0


sys.exit(main())

#!/usr/bin/env python3
"""readme: what README.md shows of the example reports is what the program prints about them."""

import re
import sys
import pathlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import EXAMPLES, ROOT, Govah, Tap  # noqa: E402

WIDTH = "88"  # of the page

tap = Tap()
archive = Govah(tap.scratch / "archive").init()
archive.run("add", *sorted(EXAMPLES.iterdir()))


def shown():
    """Each command that README.md shows with what follows it, as far as it is said to be whole."""
    text = (ROOT / "README.md").read_text()
    for block in re.split(r"^    \$ ", text, flags=re.M)[1:]:
        command, _, rest = block.partition("\n")
        if command.startswith("govah "):
            lines = re.match(r"(?:    .*\n|\n)*", rest)[0].split("\n")
            yield command[len("govah "):], [line[4:].rstrip() for line in lines if line.strip()]


def timeless(line):
    """Without what differs each time: when a file was taken in, by which key, in which commit."""
    line = re.sub(r"^( +taken in +)\S+ by Mina \(key [0-9a-f]{16}\)", r"\1", line)
    return re.sub(r"^( +commit )[0-9a-f]{64}", r"\1", line)


commands = list(shown())
tap.check("README.md shows commands", len(commands) >= 5, commands)
for command, wanted in commands:
    printed = archive.must(*command.split(), env={"COLUMNS": WIDTH}).out.decode().splitlines()
    printed = [timeless(line.rstrip()) for line in printed]
    at = 0
    for line in map(timeless, wanted):
        if line == "…":
            continue
        found = printed.index(line, at) if line in printed[at:] else -1
        if not tap.check(f"govah {command}: {line.strip()[:60]}", found >= 0,
                         f"not printed: {line!r}\n" + "\n".join(printed[at:at + 12])):
            break
        at = found + 1
tap.done()

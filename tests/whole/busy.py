#!/usr/bin/env python3
"""While one program writes, a second that wants to is refused in one line that names the first, and
readers go on."""

import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import EXAMPLES, Govah, PROGRAM, Tap  # noqa: E402

REPORT, OTHER = sorted(EXAMPLES.glob("2022-11-*.txt"))[0], sorted(EXAMPLES.glob("2023-*.txt"))[0]


def main():
    tap = Tap()
    a = Govah(tap.scratch / "archive").init()
    a.must("add", REPORT)
    export = a.export(tap.scratch / "export.jsonl")
    # a review that waits for a key holds the archive for writing
    writer = subprocess.Popen([PROGRAM, "review"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
                              env={**os.environ, **a.env()})
    writer.stdout.read(1)
    for words in (["add", OTHER], ["review", "--accept", "all", "--why", "x"], ["rebuild"],
                  ["import", export], ["members", "--admit", "0" * 64, "--name", "X"]):
        ended = a.run(*words)
        tap.check(f"{words[0]} is refused in one line that names the writer", ended.status == 4 and
                  ended.one_line() and f"process {writer.pid}" in ended.complaints[0], ended)
    for words in (["verify"], ["export"], [], ["members"]):
        ended = a.run(*words)
        tap.check(f"{words[0] if words else 'the state'} goes on meanwhile", ended.status == 0, ended)
    writer.stdin.write(b"a")
    writer.stdin.flush()
    shown = b""
    while shown.count(b"q quit") < 2 and (chunk := os.read(writer.stdout.fileno(), 1 << 16)):
        shown += chunk
    tap.equal("a reader sees what the writer has committed", a.state()["accepted"], 1)
    writer.stdin.write(b"q")
    writer.communicate()
    tap.equal("the writer ends well", writer.returncode, 0)
    ended = a.run("add", OTHER)
    tap.check("and then the next one writes", ended.status == 0, ended)
    # the lock is the kernel's: a killed writer leaves none behind
    killed = subprocess.Popen([PROGRAM, "review"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
                              env={**os.environ, **a.env()})
    killed.stdout.read(1)
    killed.kill()
    killed.communicate()
    tap.check("a killed writer holds nothing", a.run("rebuild").status == 0 and a.verifies())
    tap.done()


main()

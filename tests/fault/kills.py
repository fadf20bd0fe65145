#!/usr/bin/env python3
"""kills.py [COUNT]: `kill -9` at COUNT moments of a long `add`, spread over its whole length.

Every file that was acknowledged before (--json says "added") is in the archive afterwards, and the
archive verifies and takes the rest."""

import hashlib
import json
import os
import pathlib
import select
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import Govah, PROGRAM, Tap  # noqa: E402

FILES = 700  # several batches of 256, so that some are acknowledged and others are not


def make_reports(folder):
    """Short reports and now and then one that is kept as an evidence file."""
    folder.mkdir()
    paths = []
    for n in range(FILES):
        text = f"SOURCE: Monitor\nDATE: 2022-11-{n % 28 + 1:02}\n\n" \
               f"At least {n + 100} people were killed in Tehran, report {n} says.\n"
        if n % 200 == 7:
            text += "The list was read out again in the evening.\n" * 7000
        path = folder / f"report-{n:04}.txt"
        path.write_text(text)
        paths.append(path)
    return paths


def start(a, paths, env=None):
    return subprocess.Popen([PROGRAM, "--json", "add"] + [str(p) for p in paths],
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                            env={**os.environ, **a.env(env)})


def killed_after(a, paths, seconds, env):
    """Acknowledged files of an `add` killed after so long; True when it was still running."""
    process = start(a, paths, env)
    began, out = time.monotonic(), b""
    while (left := seconds - (time.monotonic() - began)) > 0:
        if select.select([process.stdout], [], [], left)[0]:
            chunk = os.read(process.stdout.fileno(), 1 << 16)
            if not chunk:
                break
            out += chunk
    process.send_signal(signal.SIGKILL)
    out += process.stdout.read()
    process.stdout.close()
    status = process.wait()
    lines = out.split(b"\n")[:-1]  # what has no end of line yet was not said
    return [json.loads(line) for line in lines], status == -signal.SIGKILL


def wrong_after(a, said):
    verified = a.run("verify")
    if verified.status != 0:
        return f"verify: {verified}"
    lines = a.lines()
    if lines is None:
        return "no export"
    there = {json.loads(line)["bytes"] for line in lines if b'"kind":"capture"' in line}
    lost = [s["file"] for s in said if s["status"] == "added" and s["document"] not in there]
    return f"lost: {lost[:3]} and {len(lost)} in all" if lost else None


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 150
    tap = Tap()
    paths = make_reports(tap.scratch / "reports")
    base = Govah(tap.scratch / "base").init()
    # half of the kills with slow syncs, so that the moments between them are hit as well
    slow = {"LD_PRELOAD": os.environ["FAULT_SHIM"], "FAULT_PAUSE": "20000"}
    lengths = {}
    for name, env in (("quick", {}), ("slow", slow)):
        a = base.copy(tap.scratch / "here")
        began = time.monotonic()
        start(a, paths, env).communicate()
        lengths[name] = time.monotonic() - began
    tap.check("all is added without a kill", len(a.lines()) > FILES and a.verifies())
    wrong, running, acknowledged = [], 0, set()
    for i in range(count):
        name, env = (("quick", {}), ("slow", slow))[i % 2]
        a = base.copy(tap.scratch / "here")
        said, was_running = killed_after(a, paths, lengths[name] * (i + 1) / (count + 1), env)
        running += was_running
        acknowledged.add(len(said))
        text = wrong_after(a, said)
        if not text and i % 15 == 0:
            again = a.run("add", *paths)
            if again.status != 0 or not a.verifies():
                text = f"the rest is not taken: {again}"
        if text:
            wrong.append(f"killed after {i + 1} of {count + 1} parts of {name}: {text}")
    tap.check(f"{count} kills: nothing acknowledged is lost and all verifies", not wrong,
              f"{len(wrong)} went wrong\n" + "\n".join(wrong[:4]))
    tap.check("most kills hit a running program", running > count // 2, f"{running} of {count}")
    tap.check("at several states of acknowledgement", len(acknowledged) > 2, acknowledged)
    tap.done()


main()

#!/usr/bin/env python3
"""flips.py [COUNT]: about COUNT flipped bits, sampled over every file of an archive that was closed
and of one whose process was killed (with its write-ahead log), and files cut, removed, exchanged and
put back to an older state.

Each time `verify` says so, or the export is what it was; nothing crashes."""

import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import EXAMPLES, Govah, PROGRAM, Tap  # noqa: E402

# how the bits are shared out among the files; a file of another name gets the last number
SHARES = {"record.db": 30, "record.db-wal": 30, "keys.json": 15, "head": 10, "evidence": 15,
          "record.db-shm": 3, "lock": 2}


def make_archive(tap):
    large = []
    for letter in "ab":
        path = tap.scratch / f"{letter}.txt"
        path.write_text(f"TITLE: Minutes {letter}\n\n" + "A line of the minutes, as it was written.\n" * 7200)
        large.append(path)
    a = Govah(tap.scratch / "closed").init()
    a.must("add", *large, *sorted(EXAMPLES.glob("2022-*.txt")), *sorted(EXAMPLES.glob("1401-1*.txt")))
    return a


def decide_and_die(a):
    """Accepts one statement in the terminal's review, and is killed while the next is shown."""
    process = subprocess.Popen([PROGRAM, "review"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               env={**os.environ, **a.env()})
    process.stdin.write(b"a")
    process.stdin.flush()
    shown = b""
    while shown.count(b"q quit") < 2:
        chunk = os.read(process.stdout.fileno(), 1 << 16)
        if not chunk:
            break
        shown += chunk
    process.send_signal(signal.SIGKILL)
    process.stdin.close()
    process.stdout.close()
    process.wait()


def files_of(a):
    return sorted(p.relative_to(a.path) for p in a.path.rglob("*") if p.is_file())


def share_of(name):
    return SHARES["evidence" if name.parts[0] == "evidence" else name.name]


def positions(chance, size, count):
    """Bits of a file of so many bytes: some of its beginning and end, the others anywhere."""
    bits = {chance.randrange(size * 8) for _ in range(count)}
    bits |= {chance.randrange(min(size, 100) * 8) for _ in range(count // 5)}
    bits |= {(size - 1) * 8 + chance.randrange(8)}
    return sorted(bits)


def wrong_with(a, lines):
    """What is wrong with an altered archive, or None: it says so, or nothing is changed."""
    verified = a.run("verify")
    if verified.status is None or verified.status < 0:
        return f"verify did not end in order: {verified}"
    if verified.status == 0:
        if a.lines() != lines:
            return "verify finds nothing, and the export is another"
        return None
    if not verified.complaints and not verified.out:
        return "verify fails and says nothing"
    return None


def flip(path, bit):
    with open(path, "r+b") as file:
        file.seek(bit // 8)
        byte = file.read(1)[0]
        file.seek(bit // 8)
        file.write(bytes([byte ^ 1 << bit % 8]))


def flip_all(tap, name, a, count, chance):
    lines = a.lines() if name == "closed" else a.copy(tap.scratch / "read").lines()
    files = [f for f in files_of(a) if (a.path / f).stat().st_size]
    whole = sum(share_of(f) for f in files)
    noticed = 0
    for file in files:
        size = (a.path / file).stat().st_size
        wrong, bits = [], positions(chance, size, max(3, count * share_of(file) // whole))
        for bit in bits:
            here = a.copy(tap.scratch / "here")
            flip(here.path / file, bit)
            text = wrong_with(here, lines)
            if text:
                wrong.append(f"bit {bit} of {size * 8}: {text}")
            elif here.run("verify").status != 0:
                noticed += 1
        kind = "evidence file" if file.parts[0] == "evidence" else file.name
        tap.check(f"{name}: {len(bits)} flipped bits in {kind}", not wrong,
                  f"{len(wrong)} went wrong\n" + "\n".join(wrong[:3]))
    tap.check(f"{name}: flipped bits are noticed at all", noticed > count // 4, noticed)


def harm_files(tap, name, a):
    lines = a.copy(tap.scratch / "read").lines()
    for file in files_of(a):
        size = (a.path / file).stat().st_size
        kind = "evidence file" if file.parts[0] == "evidence" else file.name
        wrong = []
        for left in sorted({0, 1, size // 2, size - 1 if size else 0}):
            here = a.copy(tap.scratch / "here")
            os.truncate(here.path / file, left)
            text = wrong_with(here, lines)
            if text:
                wrong.append(f"cut to {left} of {size}: {text}")
        here = a.copy(tap.scratch / "here")
        (here.path / file).unlink()
        text = wrong_with(here, lines)
        if text:
            wrong.append(f"removed: {text}")
        here = a.copy(tap.scratch / "here")
        with open(here.path / file, "ab") as more:
            more.write(b"more than there was")
        text = wrong_with(here, lines)
        if text:
            wrong.append(f"made longer: {text}")
        tap.check(f"{name}: {kind} cut, removed, made longer", not wrong, "\n".join(wrong[:3]))


def says(tap, name, a, *wanted, words=()):
    """verify fails and its words say what."""
    ended = a.run("verify", *words)
    text = (ended.out + ended.err).decode()
    tap.check(name, ended.status == 1 and all(w in text for w in wanted), ended)


def exchange_files(tap, a):
    first, second = sorted((a.path / "evidence").iterdir())[:2]
    here = a.copy(tap.scratch / "here")
    one, other = (here.path / "evidence" / p.name for p in (first, second))
    one.rename(here.path / "aside")
    other.rename(one)
    (here.path / "aside").rename(other)
    says(tap, "two evidence files exchanged: both are named", here, first.name, second.name)
    stranger = Govah(tap.scratch / "stranger", a.passphrase_file).init()
    for name in ("record.db", "keys.json", "head"):
        here = a.copy(tap.scratch / "here")
        shutil.copy(stranger.path / name, here.path / name)
        ended = here.run("verify")
        tap.check(f"another archive's {name}: one line",
                  ended.status in (1, 3) and ended.one_line(), ended)


def roll_back(tap, a):
    older, newer = a, a.copy(tap.scratch / "newer")
    newer.must("add", sorted(EXAMPLES.glob("2023-*.txt"))[0])
    old_export = older.export(tap.scratch / "old.jsonl")
    new_export = newer.export(tap.scratch / "new.jsonl")
    here = newer.copy(tap.scratch / "here")
    shutil.copy(older.path / "record.db", here.path / "record.db")
    for log in here.path.glob("record.db-*"):
        log.unlink()
    says(tap, "an older record.db beside the newer head is loss", here, "commits are lost")
    here = newer.copy(tap.scratch / "here")
    shutil.copy(older.path / "head", here.path / "head")
    tap.check("an older head beside the newer record.db is a crash: nothing is lost",
              here.verifies() and here.lines() == newer.lines())
    tap.check("the whole folder put back verifies against the export of then",
              older.verifies("--against", old_export))
    says(tap, "and not against a later export", older, "is not here",
         words=("--against", new_export))
    tap.check("importing the later export brings back what it lacks",
              older.run("import", new_export).status == 0 and
              older.verifies("--against", new_export) and
              set(older.lines()) == set(newer.lines()))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    tap = Tap()
    chance = random.Random(3)
    closed = make_archive(tap)
    flip_all(tap, "closed", closed, count * 2 // 5, chance)
    harm_files(tap, "closed", closed)
    killed = closed.copy(tap.scratch / "killed")
    decide_and_die(killed)
    tap.check("a killed process leaves its write-ahead log",
              (killed.path / "record.db-wal").stat().st_size > 0)
    tap.check("and what was decided is there", len(killed.copy(tap.scratch / "read").lines()) >
              len(closed.lines()))
    flip_all(tap, "killed", killed, count * 3 // 5, chance)
    harm_files(tap, "killed", killed)
    exchange_files(tap, closed)
    roll_back(tap, closed)
    tap.done()


main()

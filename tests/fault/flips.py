#!/usr/bin/env python3
"""flips.py [--every N [FILE...]]: one flipped bit in each Nth byte of every file of an archive that was closed, of one
whose process was killed (with its write-ahead log), and of an export; and files cut, removed, exchanged and
put back to an older state. With FILEs (record.db, record.db-wal, keys.json, head, evidence, export.jsonl...)
bits are flipped in those alone.

Each time `verify` says so, or the export is what it was; an altered export is refused with the record
unchanged; nothing crashes. Without --every a sample is taken, spread over each file."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import EXAMPLES, Govah, PROGRAM, Tap  # noqa: E402
from trials import Image, Machine, parts_of, spread, try_all  # noqa: E402

# bytes of each file in the sample
SAMPLE = {"record.db": 60, "record.db-wal": 60, "keys.json": 40, "head": 24, "evidence": 24,
          "record.db-shm": 8, "lock": 4, "export.jsonl": 80}


def make_archive(tap):
    # above 256 KiB: its bytes and its text are an evidence file each
    large = tap.scratch / "large.txt"
    large.write_text("TITLE: Minutes\n\n" + "A line of the minutes, as it was written.\n" * 6300)
    a = Govah(tap.scratch / "closed").init()
    a.must("add", large, *sorted(EXAMPLES.glob("2022-*.txt")))
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


def kind_of(file):
    return "evidence" if file.parts[0] == "evidence" else file.name


def wrong_with(run, export, lines):
    """What is wrong with an altered archive, or None: it says so, or nothing is changed. `run` runs the
    program on it, `export` gives its lines."""
    verified = run("verify")
    if verified.status is None or verified.status < 0:
        return f"verify did not end in order: {verified}"
    if verified.status == 0:
        if export() != lines:
            return "verify finds nothing, and the export is another"
        return None
    if not verified.complaints and not verified.out:
        return "verify fails and says nothing"
    return None


class Bench:
    """Where one process tries: its machine and its copy of the archive."""

    def __init__(self, folder, image, passphrase_file, lines):
        self.image, self.lines, self.noticed = image, lines, False
        self.machine = Machine()
        self.archive = Govah(folder / "here", passphrase_file)
        self.altered = folder / "altered.jsonl"

    def run(self, *words):
        ended = self.machine.run(self.archive, *words)
        self.noticed = self.noticed or ended.status != 0
        return ended


def flipped(content, byte, bit):
    changed = bytearray(content)
    changed[byte] ^= 1 << bit
    return bytes(changed)


def try_flip(bench, place):
    """Whether the flipped bit was noticed, and what is wrong or None."""
    file, byte, bit = place
    bench.image.put(bench.archive.path)
    (bench.archive.path / file).write_bytes(flipped(bench.image.files[file], byte, bit))
    bench.noticed = False
    wrong = wrong_with(bench.run, lambda: bench.machine.lines(bench.archive), bench.lines)
    return bench.noticed, wrong


def places_of(file, kind, size, every):
    """A bit in each byte that is to be tried; which bit goes round."""
    if every:
        chosen = parts_of(range(1, size + 1), every)
    else:  # beginnings are where formats are
        chosen = sorted(set(spread(size, SAMPLE[kind])) | set(range(1, min(size, SAMPLE[kind] // 3))))
    return [(str(file), n - 1, (n * 5) % 8) for n in chosen]


def flip_all(tap, name, a, every, files):
    image = Image(a.path)
    lines = a.copy(tap.scratch / "read").lines()
    for file in files:
        size = len(image.files[str(file)])
        places = places_of(file, kind_of(file), size, every)
        results = try_all(tap.scratch, f"{name}, {kind_of(file)}", places,
                          lambda folder: Bench(folder, image, a.passphrase_file, lines), try_flip)
        wrong = [f"bit {p[2]} of byte {p[1]}: {text}" for p, (noticed, text) in results if text]
        noticed = sum(noticed for p, (noticed, text) in results)
        tap.check(f"{name}: bits flipped in {len(places)} of {size} bytes of {kind_of(file)}", not wrong,
                  f"{len(wrong)} went wrong\n" + "\n".join(wrong[:3]))
        tap.note(f"{noticed} of {len(places)} noticed by verify")
        if kind_of(file) in ("keys.json", "head", "evidence"):
            tap.equal(f"{name}: each of them is noticed in {kind_of(file)}", noticed, len(places))
        if kind_of(file) == "record.db" and name == "closed":
            tap.check(f"{name}: most are noticed in record.db", noticed > len(places) // 2, noticed)


def try_altered_export(bench, place):
    """Whether an altered export is refused, and what is wrong or None."""
    export, byte, bit = place
    bench.altered.write_bytes(flipped(export_bytes(export), byte, bit))
    bench.image.put(bench.archive.path)
    ended = bench.run("import", bench.altered)
    if ended.status != 1 or not ended.one_line():
        return False, f"an altered export is not refused in one line: {ended}"
    if not bench.image.same(bench.archive.path) and \
            (bench.machine.lines(bench.archive) != bench.lines or bench.run("verify").status != 1):
        return True, f"a refused export changed the record: {ended}"
    return True, None


EXPORTS = {}


def export_bytes(path):
    if path not in EXPORTS:
        EXPORTS[path] = pathlib.Path(path).read_bytes()
    return EXPORTS[path]


def flip_export(tap, every):
    """Every byte of an export is under the digest of its signed head, or the head's signature."""
    source = Govah(tap.scratch / "source").init()
    source.must("add", sorted(EXAMPLES.glob("2023-*.txt"))[0])
    source.must("review", "--accept", "all", "--why", "for the test")
    export = source.export(tap.scratch / "source.jsonl")
    taker = Govah(tap.scratch / "taker", source.passphrase_file).init(name="Omid")
    good = taker.copy(tap.scratch / "good")
    tap.check("an export as it is is taken", good.run("import", export).status == 0)
    image, lines = Image(taker.path), taker.lines()
    size = export.stat().st_size
    places = places_of(export, "export.jsonl", size, every)
    results = try_all(tap.scratch, "export", places,
                      lambda folder: Bench(folder, image, source.passphrase_file, lines),
                      try_altered_export)
    wrong = [f"bit {p[2]} of byte {p[1]}: {text}" for p, (noticed, text) in results if text]
    tap.check(f"export: bits flipped in {len(places)} of {size} bytes are refused", not wrong,
              f"{len(wrong)} went wrong\n" + "\n".join(wrong[:3]))


def wrong_with_files(a, lines):
    return wrong_with(a.run, a.lines, lines)


def harm_files(tap, name, a):
    lines = a.copy(tap.scratch / "read").lines()
    for file in files_of(a):
        size = (a.path / file).stat().st_size
        kind = "evidence file" if file.parts[0] == "evidence" else file.name
        wrong = []
        for left in sorted({0, 1, size // 2, size - 1 if size else 0}):
            here = a.copy(tap.scratch / "here")
            os.truncate(here.path / file, left)
            text = wrong_with_files(here, lines)
            if text:
                wrong.append(f"cut to {left} of {size}: {text}")
        here = a.copy(tap.scratch / "here")
        (here.path / file).unlink()
        text = wrong_with_files(here, lines)
        if text:
            wrong.append(f"removed: {text}")
        here = a.copy(tap.scratch / "here")
        with open(here.path / file, "ab") as more:
            more.write(b"more than there was")
        text = wrong_with_files(here, lines)
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
    every = int(sys.argv[2]) if sys.argv[1:2] == ["--every"] else 0
    only = sys.argv[3:]
    tap = Tap()
    closed = make_archive(tap)
    files = [f for f in files_of(closed) if (closed.path / f).stat().st_size]
    evidence = [f for f in files if kind_of(f) == "evidence"]
    flip_all(tap, "closed", closed, every,
             [f for f in files if f not in evidence[1:] and (not only or kind_of(f) in only)])
    if not only:
        harm_files(tap, "closed", closed)
    killed = closed.copy(tap.scratch / "killed")
    decide_and_die(killed)
    tap.check("a killed process leaves its write-ahead log",
              (killed.path / "record.db-wal").stat().st_size > 0)
    tap.check("and what was decided is there", len(killed.copy(tap.scratch / "read").lines()) >
              len(closed.lines()))
    flip_all(tap, "killed", killed, every,
             [f for f in files_of(killed) if (f.name.startswith("record.db") or f.name == "head") and
              (not only or kind_of(f) in only)])
    if not only or "export.jsonl" in only:
        flip_export(tap, every)
    if not only:
        harm_files(tap, "killed", killed)
        exchange_files(tap, closed)
        roll_back(tap, closed)
    tap.done()


main()

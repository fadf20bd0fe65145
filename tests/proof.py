"""What the tests written in Python share: TAP, an empty folder, and the program with its archives.

    from proof import Tap, Govah
    tap = Tap()
    a = Govah(tap.scratch / "archive").init()
    a.run("add", file)
    tap.check("the record holds", a.verifies())
    tap.done()
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

PASSPHRASE = "quiet lanterns over the harbour"
PROGRAM = os.environ.get("GOVAH_CHEAP") or sys.exit("GOVAH_CHEAP names no program")
ROOT = pathlib.Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples" / "iran"


class Tap:
    """Counts what passed and failed; the scratch folder goes away at the end."""

    def __init__(self):
        self.count = self.failed = 0
        memory = "/dev/shm"  # a disk in memory: thousands of syncs are no matter there
        good = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 1 << 28
        self.scratch = pathlib.Path(tempfile.mkdtemp(dir=memory if good else None))

    def check(self, name, good, note=""):
        self.count += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}", flush=True)
        if not good:
            for line in str(note).splitlines():
                print("# " + line, flush=True)
        return good

    def equal(self, name, got, wanted):
        return self.check(name, got == wanted, f"got:    {got!r}\nwanted: {wanted!r}")

    def skip(self, name, reason):
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {reason}", flush=True)

    def note(self, text):
        for line in str(text).splitlines():
            print("# " + line, flush=True)

    def done(self):
        shutil.rmtree(self.scratch, ignore_errors=True)
        print(f"1..{self.count}")
        sys.exit(self.failed > 0)


class Ended:
    """How a run of the program ended. `status` is negative for a signal, None when it hung."""

    def __init__(self, status, out, err, seconds):
        self.status, self.out, self.err, self.seconds = status, out, err, seconds

    @property
    def complaints(self):
        return self.err.decode("utf-8", "replace").splitlines()

    def one_line(self):
        """Failed with one clear line and nothing else on standard error."""
        return len(self.complaints) == 1 and self.complaints[0].startswith("govah: ")

    def orderly(self):
        """Succeeded, or failed with one clear line and one of the program's own statuses."""
        return self.status == 0 or (self.status in (1, 3, 4, 71) and self.one_line())

    def __str__(self):
        return (f"status {self.status}, {self.seconds:.2f} s\n"
                f"out: {self.out[-400:].decode('utf-8', 'replace')}\n"
                f"err: {self.err[-800:].decode('utf-8', 'replace')}")


def run_program(*words, env=None, stdin=b"", limit=60, program=None, stdout=subprocess.PIPE):
    """Runs the program to its end, or kills it after `limit` seconds (status None)."""
    began = time.monotonic()
    process = subprocess.Popen([str(w) for w in (program or [PROGRAM])] + [str(w) for w in words],
                               stdin=subprocess.PIPE, stdout=stdout,
                               stderr=subprocess.PIPE, env={**os.environ, **(env or {})})
    try:
        out, err = process.communicate(stdin, timeout=limit)
        status = process.returncode
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        status = None
    return Ended(status, out or b"", err, time.monotonic() - began)


class Govah:
    """One archive and the program that works on it."""

    def __init__(self, path, passphrase_file=None):
        self.path = pathlib.Path(path)
        self.passphrase_file = passphrase_file or self.path.parent / "passphrase"
        if not self.passphrase_file.exists():
            self.passphrase_file.write_text(PASSPHRASE + "\n")
            self.passphrase_file.chmod(0o600)

    def env(self, more=None):
        return {"GOVAH_ARCHIVE": str(self.path),
                "GOVAH_PASSPHRASE_FILE": str(self.passphrase_file), **(more or {})}

    def run(self, *words, env=None, **more):
        return run_program(*words, env=self.env(env), **more)

    def must(self, *words, **more):
        """Runs what has to succeed for the test to mean anything."""
        ended = self.run(*words, **more)
        if ended.status != 0:
            print(f"Bail out! {' '.join(str(w) for w in words)}")
            for line in str(ended).splitlines():
                print("# " + line)
            sys.exit(1)
        return ended

    def init(self, *words, name="Mina"):
        self.must("init", self.path, "--name", name, *words)
        return self

    def copy(self, path):
        """The same archive in another place, replacing what is there."""
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(self.path, path)
        return Govah(path, self.passphrase_file)

    def verifies(self, *words):
        return self.run("verify", *words).status == 0

    def lines(self):
        """The lines of an export without its signed head; None when there is no export."""
        ended = self.run("export")
        return ended.out.splitlines()[:-1] if ended.status == 0 else None

    def export(self, path, *words):
        pathlib.Path(path).unlink(missing_ok=True)
        self.must("export", *words, path)
        return path

    def digest(self):
        return json.loads(self.must("--json", "rebuild", "--digest").out)["digest"]

    def state(self):
        return json.loads(self.must("--json").out)

    def members(self):
        return [json.loads(line) for line in self.must("--json", "members").out.splitlines()]

    def own_key(self):
        return next(m["key"] for m in self.members() if m["own"])

    def proposals(self):
        """The short ids of all statements that wait, and whether each is undecided, as the terminal's
        review shows them."""
        ended = self.must("review", stdin=b"s" * 4000)
        found = {}
        for line in ended.out.decode().splitlines():
            words = line.replace("▸", "").split()
            if len(words) > 2 and words[0] in ("○", "◐", "●", "×") and len(words[1]) == 8:
                found[words[1]] = words[0] == "◐"
        return found

#!/usr/bin/env python3
"""unlock and lock, through the kernel's keyring; changing the passphrase; the recovery key."""

import json
import os
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import Govah, PASSPHRASE, PROGRAM, Tap, run_program  # noqa: E402

BARE = {"GOVAH_PASSPHRASE_FILE": ""}


def without_passphrase(a, *words):
    """As in a session of its own, so that no terminal can be asked."""
    env = {**os.environ, "GOVAH_ARCHIVE": str(a.path), **BARE}
    ended = subprocess.run([PROGRAM, *words], env=env, stdin=subprocess.DEVNULL, capture_output=True,
                           start_new_session=True)
    return ended.returncode


def with_secret(a, secret, *words):
    reading, writing = os.pipe()
    os.write(writing, secret.encode() + b"\n")
    os.close(writing)
    ended = subprocess.run([PROGRAM, "--archive", str(a.path), "--passphrase-fd", str(reading),
                            *words], pass_fds=[reading], capture_output=True, start_new_session=True,
                           env={**os.environ, **BARE})
    os.close(reading)
    return ended


def keys(tap, a, recovery):
    ended = a.run("unlock", "--for", "10m")
    if ended.status == 1 and "keyring" in " ".join(ended.complaints):
        tap.skip("unlock and lock", ended.complaints[0])
        return
    tap.check("unlock", ended.status == 0, ended)
    tap.equal("no passphrase is asked then", without_passphrase(a, "verify"), 0)
    tap.equal("lock", without_passphrase(a, "lock"), 0)
    tap.equal("and then it is locked", without_passphrase(a, "verify"), 3)
    tap.equal("a second lock does no harm", without_passphrase(a, "lock"), 0)
    a.must("unlock", "--for", "1s")
    for _ in range(100):
        if without_passphrase(a, "verify") == 3:
            break
        time.sleep(0.1)
    tap.equal("the kernel forgets the key by itself", without_passphrase(a, "verify"), 3)
    wrong = with_secret(a, "another one", "unlock")
    tap.check("a wrong passphrase unlocks nothing", wrong.returncode == 3 and
              without_passphrase(a, "verify") == 3, wrong)
    unlocked = with_secret(a, recovery, "--recovery", "unlock")
    tap.check("the recovery key unlocks", unlocked.returncode == 0 and
              without_passphrase(a, "verify") == 0, unlocked)
    without_passphrase(a, "lock")
    for words in (["--for", "25h"], ["--for", "0s"], ["--for", "soon"], ["--for", "-1h"]):
        ended = a.run("unlock", *words)
        tap.check(f"unlock {' '.join(words)}: not a command line, said in one line",
                  ended.status == 2 and ended.one_line(), ended)


def passphrases(tap, a, recovery):
    new = tap.scratch / "new"
    new.write_text("an umbrella for the astronomer\n")
    new.chmod(0o600)
    with open(new, "rb") as file:
        ended = subprocess.run([PROGRAM, "passphrase", "--new-fd", str(file.fileno())],
                               pass_fds=[file.fileno()], capture_output=True,
                               env={**os.environ, **a.env()})
    tap.check("another passphrase", ended.returncode == 0, ended)
    tap.equal("the old one opens nothing any more", a.run("verify").status, 3)
    changed = Govah(a.path, new)
    tap.check("the new one does, and all verifies", changed.verifies())
    tap.equal("so does the recovery key", with_secret(a, recovery, "--recovery", "verify").returncode, 0)
    tap.equal("in small letters and without hyphens too", with_secret(
        a, recovery.lower().replace("-", " "), "--recovery", "verify").returncode, 0)
    other = recovery[:-1] + ("0" if recovery[-1] != "0" else "G")
    tap.equal("and no other", with_secret(a, other, "--recovery", "verify").returncode, 3)


def main():
    tap = Tap()
    a = Govah(tap.scratch / "archive")
    made = a.must("--json", "init", a.path, "--name", "Mina")
    recovery = json.loads(made.out)["recovery"]
    tap.check("the recovery key is not the passphrase", PASSPHRASE not in recovery and
              len(recovery) == 64, recovery)
    keys(tap, a, recovery)
    passphrases(tap, a, recovery)
    ended = run_program("init", a.path, env=a.env())
    tap.check("init where an archive is: refused in one line", ended.status == 1 and
              ended.one_line(), ended)
    tap.done()


main()

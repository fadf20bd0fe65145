#!/usr/bin/env python3
"""Nothing in the clear: markers are planted in a text, a page and a PDF, and in the passphrase; the
program works with them under strace, and no marker is in any file it wrote or in any call that wrote to
one. Nor does it write anywhere else, or open a socket."""

import os
import pathlib
import re
import shutil
import signal
import stat
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import Govah, PROGRAM, Tap, run_program  # noqa: E402

WORD, NAME, SECRET = "Zanbaqestan", "Qoqnusdokht", "kabutarhaye-narenji"
CALLS = "trace=write,pwrite64,writev,pwritev,pwritev2,sendfile,splice,vmsplice,copy_file_range," \
        "open,openat,openat2,creat,mmap,memfd_create,io_uring_setup,prctl,execve,%network"
STRACE = shutil.which("strace")

SENTENCE = f"At least 417 people were killed in {WORD}, said {NAME} Ahmadi on 3 December 2022."


def make_pdf(path):
    """One page with the sentence on it."""
    page = f"BT /F1 12 Tf 50 700 Td ({SENTENCE}) Tj ET".encode()
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>",
               b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
               b" /Resources << /Font << /F1 5 0 R >> >> >>",
               b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    path.write_bytes(out)


def make_documents(folder):
    folder.mkdir()
    text, page, large, pdf = (folder / n for n in ("a.txt", "b.html", "large.txt", "c.pdf"))
    text.write_text(f"TITLE: News of {WORD}\n\n{SENTENCE}\n")
    page.write_text(f"<html><title>{WORD}</title><body><main><p>{SENTENCE}</p></main></body></html>")
    large.write_text(f"TITLE: Minutes of {WORD}\n\n" + (SENTENCE + "\n") * 4000)
    make_pdf(pdf)
    return [text, page, large, pdf]


def whole_calls(lines):
    """strace cuts a call in two where another process comes between: put together again."""
    begun = {}
    for line in lines:
        process = line.split(" ", 1)[0]
        resumed = re.match(r"\d+ +<\.\.\. \w+ resumed>", line)
        if line.endswith(" <unfinished ...>"):
            begun[process] = line[:-len(" <unfinished ...>")]
        elif resumed:
            yield begun.pop(process, process) + line[resumed.end():]
        else:
            yield line


class Watched:
    """The archive, worked with under strace; every call's line is kept."""

    def __init__(self, tap):
        self.tap = tap
        self.path = tap.scratch / "archive"
        secret = tap.scratch / "passphrase"
        secret.write_text(SECRET + "\n")
        secret.chmod(0o600)
        self.a = Govah(self.path, secret)
        self.calls = []
        self.help = run_program("--help").out.decode()

    def run(self, *words, stdin=b""):
        if words[0] != "init" and not re.search(rf"^  {words[0]} ", self.help, re.M):
            return None
        log = self.tap.scratch / "strace"
        env = self.a.env()
        ended = run_program(*words, env=env, stdin=stdin, limit=120,
                            program=[STRACE, "-f", "-y", "-s", "8000000", "-e", CALLS, "-o", log,
                                     PROGRAM])
        self.tap.check(f"{words[0]} works under strace", ended.status == 0, ended)
        self.calls += whole_calls(log.read_text("utf-8", "replace").splitlines())
        return ended


WRITES = re.compile(r"^\d+ +(?:write|pwrite64|writev|pwritev2?|sendto|sendmsg|sendfile|splice|"
                    r"copy_file_range)\(\d+<([^>]*)>")


def plain_writes(calls):
    """Calls that wrote a marker elsewhere than to a pipe, or to the memory given to the sandbox."""
    found = []
    for line in calls:
        wrote = WRITES.match(line)
        if wrote and any(mark in line for mark in (WORD, NAME, SECRET)) and \
                not re.match(r"pipe:|/memfd:|/dev/null$", wrote[1]):
            found.append(line[:300])
        if "io_uring_setup(" in line or "vmsplice(" in line:
            found.append("a call that this test cannot follow: " + line[:300])
    return found


def opened_for_writing(calls, archive):
    """Paths opened for writing that are not the archive's own and no device."""
    strange = []
    for line in calls:
        if not re.search(r"\bopen(?:at2?)?\(|creat\(", line) or \
                not re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE|creat\(", line) or " = -1 " in line:
            continue
        got = re.search(r"= \d+<([^>]*)>", line)
        path = got[1] if got else line
        if not path.startswith((f"{archive}/", f"{archive}.new-")) and \
                path not in ("/dev/null", "/dev/tty"):
            strange.append(line[:300])
    return strange


def mapped_for_writing(calls):
    """Files mapped so that memory becomes a file, but for SQLite's index of its log; what memfd_create makes
    is memory itself."""
    return [line[:200] for line in calls if "MAP_SHARED" in line and "PROT_WRITE" in line and
            re.search(r"<[^>]+>", line) and "-shm>" not in line and "</memfd:" not in line]


def markers_in(folder):
    found = []
    for path in folder.rglob("*"):
        for mark in (WORD, NAME, SECRET):
            if mark in path.name:
                found.append(str(path))
            for form in (mark.encode(), mark.lower().encode(), mark.encode("utf-16-le"),
                         mark.encode().hex().encode()):
                if path.is_file() and form in path.read_bytes():
                    found.append(f"{path}: {form!r}")
    return found


def modes_of(folder):
    """What others could read."""
    return [f"{p}: {stat.S_IMODE(p.stat().st_mode):o}" for p in [folder, *folder.rglob("*")]
            if stat.S_IMODE(p.stat().st_mode) != (0o700 if p.is_dir() else 0o600)]


def work(tap, watched, documents):
    os.umask(0)
    watched.run("init", watched.path, "--name", NAME)
    added = watched.run("add", *documents)
    tap.check("text, page, large text and PDF are taken", b"4 added" in added.out, added)
    watched.run("review", stdin=b"a?su")
    watched.run("review", "--accept", "all", "--why", f"read about {WORD}")
    for words in (["search", WORD], ["figures"], ["people"], ["documents"], ["read", documents[0]]):
        watched.run(*words)
    watched.run("rebuild")
    watched.run("verify")
    tap.check("the markers are in the record", WORD.encode() in watched.run("export").out)


def watch_process(tap, watched):
    """A process that waits for a key: what others see of it."""
    more = tap.scratch / "more.txt"
    more.write_text(f"At least 12 people were arrested in {WORD}, said {NAME} Ahmadi.\n")
    watched.a.must("add", more)
    process = subprocess.Popen([PROGRAM, "review"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               env={**os.environ, **watched.a.env()})
    process.stdout.read(1)
    proc = pathlib.Path(f"/proc/{process.pid}")
    seen = proc.joinpath("cmdline").read_bytes() + proc.joinpath("environ").read_bytes()
    tap.check("the passphrase is in no argument and no variable", SECRET.encode() not in seen)
    core = re.search(r"Max core file size +(\d+) +(\d+)", proc.joinpath("limits").read_text())
    tap.check("no core file", core and core[1] == core[2] == "0", core)
    process.send_signal(signal.SIGKILL)
    process.stdin.close()
    process.stdout.close()
    process.wait()


def locked_out(tap, watched):
    wrong = tap.scratch / "wrong"
    wrong.write_text("kabutarhaye-sefid\n")
    wrong.chmod(0o600)
    for words in ([], ["verify"], ["export"], ["add", "x"], ["review"]):
        ended = Govah(watched.path, wrong).run(*words)
        tap.check(f"wrong passphrase: {words[0] if words else 'state'} says so in one line",
                  ended.status == 3 and ended.one_line() and not ended.out, ended)
    env = {k: v for k, v in os.environ.items() if k != "GOVAH_PASSPHRASE_FILE"}
    nobody = subprocess.run([PROGRAM, "--archive", str(watched.path), "verify"], env=env,
                            stdin=subprocess.DEVNULL, capture_output=True, start_new_session=True)
    tap.check("no passphrase and no terminal: one line", nobody.returncode == 3 and
              nobody.stderr.count(b"\n") == 1, nobody)
    reading, writing = os.pipe()
    os.write(writing, SECRET.encode() + b"\n")
    os.close(writing)
    by_fd = subprocess.run([PROGRAM, "--archive", str(watched.path), "--passphrase-fd", str(reading),
                            "verify"], env=env, pass_fds=[reading], capture_output=True)
    tap.check("the passphrase by descriptor", by_fd.returncode == 0, by_fd)
    os.close(reading)


def main():
    if not STRACE:
        print("1..0 # SKIP strace is not here")
        return
    tap = Tap()
    watched = Watched(tap)
    work(tap, watched, make_documents(tap.scratch / "documents"))
    calls, archive = watched.calls, watched.path
    tap.check("the calls were seen", len(calls) > 1000 and any(WORD in c for c in calls), len(calls))
    # the sandbox is handed the document and gives back its text: seen, so that the search can fail
    tap.check("the search finds what passes through pipes",
              any(WORD in c and WRITES.match(c) and "pipe:" in WRITES.match(c)[1] for c in calls))
    for name, found in (
            ("no marker is written to a file", plain_writes(calls)),
            ("no file is opened for writing outside the archive", opened_for_writing(calls, archive)),
            ("no file is memory, but for the log's index", mapped_for_writing(calls)),
            ("no socket but the sandbox's own pair",
             [c[:200] for c in calls if re.search(r"\b(?:socket|connect|bind|listen)\(", c) or
              ("socketpair(" in c and "AF_UNIX" not in c)]),
            ("no marker is in any file of the archive, or in a name", markers_in(archive)),
            ("only the owner reads the archive", modes_of(archive))):
        tap.check(name, not found, "\n".join(found[:5]))
    started = {re.search(r'execve\("([^"]*)"', c)[1] for c in calls if "execve(" in c and " = 0" in c}
    others = [p for p in started if p != PROGRAM and pathlib.Path(p).name != "pdftotext"]
    tap.check("no program is started but the converter", not others, others)
    tap.check("the process says that it is not to be dumped",
              any("PR_SET_DUMPABLE, SUID_DUMP_DISABLE" in c for c in calls))
    watch_process(tap, watched)
    tap.check("no marker either after it was killed", not markers_in(archive), markers_in(archive))
    locked_out(tap, watched)
    tap.done()


main()

"""What the proofs by failure share: many runs of the program from one start, archives held in memory and
put back between runs, and trials spread over the processors.

    machine = Machine(folder)            # one for each process that tries
    ended = machine.run(archive, "verify", env={"FAULT_CLASS": "write", "FAULT_AT": "3"})
    image = Image(path); image.put(here); image.same(here)
    wrong = try_all(tap.scratch, "kills", range(1000), make, trial)
"""

import multiprocessing
import os
import pathlib
import select
import shutil
import signal
import socket
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import Ended, PROGRAM  # noqa: E402

SHIM = os.environ["FAULT_SHIM"]


class Machine:
    """The program, started once, and forked for each run at its main() (fault_shim.c, FAULT_SERVE); a
    warm one has its reader already (warm.c), and so fewer allocations that can fail."""

    def __init__(self, warm=True):
        self.socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.nothing = os.open("/dev/null", os.O_RDONLY)
        os.set_inheritable(theirs.fileno(), True)
        self.process = subprocess.Popen(
            [PROGRAM], stdin=subprocess.DEVNULL, close_fds=True, pass_fds=[theirs.fileno()],
            env={**os.environ, "LD_PRELOAD": SHIM, "FAULT_SERVE": str(theirs.fileno()),
                 **({"FAULT_WARM": "1"} if warm else {})})
        theirs.close()

    def close(self):
        self.socket.close()
        self.process.wait()
        os.close(self.nothing)

    def start(self, env, words):
        """The process id, and where its output and its errors can be read."""
        out, their_out = os.pipe()
        err, their_err = os.pipe()
        words = ["govah"] + [str(w) for w in words]
        request = [str(len(words))] + words + [f"{name}={value}" for name, value in env.items()]
        socket.send_fds(self.socket, [("\0".join(request) + "\0").encode()],
                        [self.nothing, their_out, their_err])
        os.close(their_out)
        os.close(their_err)
        return int(self.socket.recv(64)), out, err

    def run(self, archive, *words, env=None, limit=60, kill_after=None):
        """Runs it to its end, or kills it: after `limit` seconds (status None), or after `kill_after`
        as the trial wants."""
        began = time.monotonic()
        process, out, err = self.start(archive.env(env), words)
        texts, hung, open_ends = {out: b"", err: b""}, False, [out, err]
        until = began + (limit if kill_after is None else kill_after)
        while open_ends:
            ready = select.select(open_ends, [], [], max(0, until - time.monotonic()))[0]
            if not ready:  # its time is over; whoever has ended is gone, and its number not yet free
                os.kill(process, signal.SIGKILL)
                hung, until = kill_after is None, began + 1e9
            for end in ready:
                chunk = os.read(end, 1 << 16)
                texts[end] += chunk
                if not chunk:
                    open_ends.remove(end)
        status = os.waitstatus_to_exitcode(int(self.socket.recv(64)))
        os.close(out)
        os.close(err)
        return Ended(None if hung else status, texts[out], texts[err], time.monotonic() - began)

    def lines(self, archive):
        """The lines of an export without its signed head; None when there is no export."""
        ended = self.run(archive, "export")
        return ended.out.splitlines()[:-1] if ended.status == 0 else None


class Image:
    """A folder's files, held in memory."""

    # what is there while somebody has it open, and says nothing of the record
    PASSING = ("lock", "record.db-shm")

    def __init__(self, path):
        path = pathlib.Path(path)
        self.files = {str(p.relative_to(path)): p.read_bytes()
                      for p in sorted(path.rglob("*")) if p.is_file()}

    def put(self, path):
        """Makes the folder at `path` what this one was."""
        path = pathlib.Path(path)
        if not (path / "evidence").is_dir():
            (path / "evidence").mkdir(parents=True)
        for p in path.rglob("*"):
            if p.is_file() and str(p.relative_to(path)) not in self.files:
                p.unlink()
        for name, content in self.files.items():
            file = path / name
            if not file.exists() or file.read_bytes() != content:
                file.write_bytes(content)

    def same(self, path):
        """Whether the record's files at `path` are these, byte for byte."""
        def lasting(files):
            return {name: content for name, content in files.items()
                    if name not in self.PASSING and not (name.endswith("-wal") and not content)}
        return lasting(Image(path).files) == lasting(self.files)


def spread(total, sample):
    """`sample` numbers of 1..total: the first and last few, and others at equal distances."""
    if total <= sample:
        return list(range(1, total + 1))
    ends = {1, 2, 3, total - 1, total} if sample > 8 else {1, total}
    inner = sample - len(ends)
    return sorted(ends | {1 + (total - 1) * (i + 1) // (inner + 1) for i in range(inner)})


def parts_of(items, every):
    """Each `every`-th of them, the last one too."""
    items = list(items)
    return items[::every] + ([items[-1]] if items and (len(items) - 1) % every else [])


class Progress:
    """A line on the terminal, if there is one."""

    def __init__(self, title, total):
        self.title, self.total, self.began, self.shown = title, total, time.monotonic(), 0
        self.terminal = sys.stderr.isatty()

    def step(self, done):
        now = time.monotonic()
        if self.terminal and now - self.shown > 0.5 and now - self.began > 1:
            left = (now - self.began) / done * (self.total - done)
            print(f"\r\033[K{self.title}: {done} of {self.total}, {left / 60:.0f} min left", end="",
                  file=sys.stderr, flush=True)
            self.shown = now

    def end(self):
        if self.shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def try_share(number, scratch, items, make, trial, answers):
    folder = pathlib.Path(scratch) / f"worker-{number}"
    folder.mkdir()
    bench = make(folder)
    while True:
        some = items.get()
        if some is None:
            break
        answers.put([(item, trial(bench, item)) for item in some])
    answers.put(None)


def try_all(scratch, title, items, make, trial):
    """trial(make(folder), item) for each item, on all processors; [(item, what trial returned)] in the
    items' order. `make` builds once for each process what its trials need."""
    items = list(items)
    count = min(len(os.sched_getaffinity(0)), max(1, len(items) // 4))
    fork = multiprocessing.get_context("fork")
    waiting, answers = fork.Queue(), fork.Queue()
    size = max(1, min(64, len(items) // (8 * count)))
    for i in range(0, len(items), size):
        waiting.put(items[i:i + size])
    for _ in range(count):
        waiting.put(None)
    scratch = pathlib.Path(scratch)
    workers = [fork.Process(target=try_share, args=(i, scratch, waiting, make, trial, answers))
               for i in range(count)]
    for worker in workers:
        worker.start()
    results, progress, ended = {}, Progress(title, len(items)), 0
    while ended < count:
        try:
            some = answers.get(timeout=5)
        except Exception:
            if any(w.exitcode not in (None, 0) for w in workers):
                sys.exit(f"Bail out! {title}: a trial broke off")
            continue
        if some is None:
            ended += 1
            continue
        results.update(some)
        progress.step(len(results))
    for worker in workers:
        worker.join()
    for i in range(count):
        shutil.rmtree(scratch / f"worker-{i}", ignore_errors=True)
    progress.end()
    return [(item, results[item]) for item in items]

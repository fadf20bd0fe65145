"""What the benchmarks share: the programs, the reports, runs with their time and memory, tables.

A benchmark is a module with `TITLE`, a one-line heading, and `run(bench)`, which returns a Table.
Sizes are multiplied by bench.scale, so that a small run of everything takes a minute.
"""

import math
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
SENTENCES = HERE / "sentences.tsv"
SEED = 20221116
PASSPHRASE = "a passphrase"


class Run:
    """One finished run: seconds by the clock and of the processors, what it printed."""

    def __init__(self, seconds, processor, out):
        self.seconds, self.processor, self.out = seconds, processor, out


class Table:
    """Rows under a heading, and notes below. Cells are text already."""

    def __init__(self, columns, rows, notes=()):
        self.columns, self.rows, self.notes = columns, rows, notes

    def markdown(self):
        lines = ["| " + " | ".join(self.columns) + " |", "|" + "---|" * len(self.columns)]
        lines += ["| " + " | ".join(row) + " |" for row in self.rows]
        return "\n".join(lines + [line for note in self.notes for line in ("", note)])


class Bench:
    def __init__(self, build, scale, long):
        self.build, self.scale, self.long = build, scale, long
        self.programs = build / "tests" / "bench"
        self.scratch = build / "bench-scratch"  # on the disk of the build: what is durable is synced there
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir(parents=True)
        self.peaks = {}  # name of a command: its largest peak in MB
        (self.scratch / "passphrase").write_text(PASSPHRASE)
        (self.scratch / "passphrase").chmod(0o600)

    def count(self, full, least=1):
        return max(least, round(full * self.scale))

    def program(self, name):
        return self.build / "govah" if name == "govah" else self.programs / name

    def run(self, *words, name=None, stdin=None):
        """Runs to the end and must succeed. Under `name` its memory counts as a command's."""
        environment = {**os.environ, "GOVAH_PASSPHRASE_FILE": str(self.scratch / "passphrase"), "LC_ALL": "C.UTF-8"}
        with open(self.scratch / "out", "w+b") as out:
            start = time.monotonic()
            process = subprocess.Popen([str(word) for word in words], stdin=stdin or subprocess.DEVNULL,
                                       stdout=out, env=environment)
            _, status, used = os.wait4(process.pid, 0)
            seconds = time.monotonic() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            text = out.read().decode()
        if process.returncode:
            sys.exit(f"bench: status {process.returncode} of {words[0]} {words[1] if len(words) > 1 else ''}")
        if name:
            self.peaks[name] = max(self.peaks.get(name, 0), used.ru_maxrss / 1024)
        return Run(seconds, used.ru_utime + used.ru_stime, text)

    def reports(self, count, size=5000):
        """A folder of reports, made once; the paths in order."""
        folder = self.scratch / f"reports-{count}-{size}"
        if not folder.exists():
            folder.mkdir()
            self.run(self.program("make-reports"), SENTENCES, SEED, count, size, folder)
        return sorted(folder.iterdir())

    def archive(self, name, program="govah-bench"):
        """A new, empty archive; its path."""
        path = self.scratch / name
        shutil.rmtree(path, ignore_errors=True)
        self.run(self.program(program), "--archive", path, "init", "--name", "Owner")
        return path

    def remove(self, *paths):
        for path in paths:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                for one in path.parent.glob(path.name + "*"):
                    one.unlink()

    def done(self):
        shutil.rmtree(self.scratch, ignore_errors=True)


median = statistics.median


def percentile(values, part):
    """The smallest value that at least `part` of the values do not pass."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def verdict(good):
    return "met" if good else "**missed**"


def span(values, form="{:.2f}"):
    """The median and, of several, the least and the greatest."""
    middle = form.format(median(values))
    return middle if len(values) < 2 else f"{middle} ({form.format(min(values))} to {form.format(max(values))})"


class Runs:
    """Several runs of the same."""

    def __init__(self):
        self.seconds, self.processor = [], []

    def add(self, run):
        self.seconds.append(run.seconds)
        self.processor.append(run.processor)

    def cells(self):
        return [span(self.seconds), f"{median(self.processor):.2f}"]


def whole(number):
    return f"{number:,.0f}"

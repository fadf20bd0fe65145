#!/usr/bin/env python3
"""disks.py [--every N]: init, add, review, rebuild and import on a disk that is truly full, a small tmpfs of
its own: with no page left, one page, two... until there is room enough. (faults.py also ends within a page.)

Asked of each is what faults.py asks. A sample of sizes is taken; --every 1 takes every one. Where this user
may not mount in a namespace of its own, it is skipped."""

import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from faults import Bench, Case, wrong_after  # noqa: E402
from proof import Tap  # noqa: E402
from trials import parts_of, spread, try_all  # noqa: E402

PAGE = 4096
WIDE = 1 << 27
SAMPLE = 16
COMMANDS = ("init", "add", "review", "rebuild", "import")


def enter_namespace():
    """Goes on in a namespace where this user may mount; False when there is none to be had."""
    if os.environ.get("FAULT_NAMESPACE"):
        return True
    with_mounts = ["unshare", "--map-root-user", "--mount"]
    try:
        allowed = subprocess.run(with_mounts + ["mount", "-t", "tmpfs", "tmpfs", "/mnt"],
                                 capture_output=True).returncode == 0
    except FileNotFoundError:
        allowed = False
    if allowed:
        os.environ["FAULT_NAMESPACE"] = "1"
        os.execvp(with_mounts[0], with_mounts + [sys.executable] + sys.argv)
    return False


class Disk(Bench):
    """A bench whose archive lies on a disk of its own."""

    def __init__(self, case, folder):
        self.place = folder / "disk"
        self.place.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={WIDE}", "tmpfs", str(self.place)], check=True)
        super().__init__(case, self.place)

    def resize(self, size):
        subprocess.run(["mount", "-o", f"remount,size={size}", str(self.place)], check=True)

    def run_with(self, pages):
        """Runs the case with so many pages left, on a disk that is wide again afterwards."""
        self.prepare()
        state = os.statvfs(self.place)
        self.resize(max(1, state.f_blocks - state.f_bfree + pages) * PAGE)
        ended = self.run_case()
        self.resize(WIDE)
        return ended


def unmount_all(folder):
    mounts = pathlib.Path("/proc/mounts").read_text().splitlines()
    for place in [line.split()[1] for line in mounts]:
        if place.startswith(str(folder) + "/"):
            subprocess.run(["umount", "--lazy", place], check=True)


def try_pages(disk, pages):
    ended = disk.run_with(pages)
    wrong = wrong_after(disk, ended)
    return ended.status != 0, wrong and f"{wrong}\nafter: {ended}"


def pages_needed(disk):
    """About the fewest pages with which the command succeeds."""
    high = 1
    while disk.run_with(high).status != 0:
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        if disk.run_with(middle).status == 0:
            high = middle
        else:
            low = middle
    return high


def main():
    every = int(sys.argv[2]) if sys.argv[1:2] == ["--every"] else 0
    if not enter_namespace():
        Tap().skip("disks that are truly full", "this user may not mount in a namespace of its own")
        print("1..1")
        return
    tap = Tap()
    for command in COMMANDS:
        folder = tap.scratch / command
        folder.mkdir()
        case = Case(folder, command)
        needed = pages_needed(Disk(case, folder))
        sizes = range(needed + 4)
        chosen = parts_of(sizes, every) if every else [n - 1 for n in spread(len(sizes), SAMPLE)]
        results = try_all(folder, f"{command}, disks", chosen, lambda place: Disk(case, place), try_pages)
        wrong = [f"{pages} pages left: {text}" for pages, (felt, text) in results if text]
        tap.check(f"{command}: full disks are felt", sum(felt for pages, (felt, text) in results) > len(chosen) // 2)
        tap.check(f"{command}: {len(chosen)} of {len(sizes)} sizes of disk leave the record whole", not wrong,
                  f"{len(wrong)} went wrong\n" + "\n".join(wrong[:4]))
    unmount_all(tap.scratch)
    tap.done()


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""`add` is handed what it cannot take, with good files in between: one clear line for each, exit status
1, and the good files are taken."""

import os
import pathlib
import socket
import sys
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import EXAMPLES, Govah, Tap  # noqa: E402

PDF = sorted(EXAMPLES.glob("*.pdf"))[0]
GOOD = [*sorted(EXAMPLES.glob("2022-11-*.txt")), *sorted(EXAMPLES.glob("*.html"))[:1], PDF]


def zip_bomb(path):
    """One stored name, 200 MB of zeros packed: and the file calls itself a text."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = bytes(1 << 20)
    packed = b"".join(packer.compress(block) for _ in range(200)) + packer.flush()
    name = b"report.txt"
    path.write_bytes(b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0" + bytes(4) +
                     len(packed).to_bytes(4, "little") + (200 << 20).to_bytes(4, "little") +
                     len(name).to_bytes(2, "little") + b"\0\0" + name + packed)


def encrypted_pdf(path):
    """A PDF whose trailer asks for a passphrase that nobody has."""
    body = PDF.read_bytes()
    lock = (b"<< /Filter /Standard /V 1 /R 2 /P -64 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 +
            b"> >>")
    ident = b" /ID [<" + b"43" * 16 + b"><" + b"43" * 16 + b">] "
    path.write_bytes(body.replace(b"trailer", b"trailer", 1).replace(
        b"/Root", b"/Encrypt " + lock + ident + b"/Root", 1))


def make(folder):
    """(name, path) of everything hostile."""
    folder.mkdir()
    made = {}

    def put(name, content):
        made[name] = folder / name
        if content is not None:
            made[name].write_bytes(content)
        return made[name]

    put("nested.html", b"<html><body>" + b"<div>" * 20000 + b"deep" + b"</div>" * 20000)
    with open(put("sparse.txt", b""), "r+b") as file:
        file.truncate(2 << 30)
    zip_bomb(put("bomb.txt", None))
    put("binary.txt", bytes(range(256)) * 64)
    put("empty.txt", b"")
    put("blank.txt", b" \n\t\n")
    encrypted_pdf(put("encrypted.pdf", None))
    put("truncated.pdf", PDF.read_bytes()[:700])
    put("header-only.pdf", b"%PDF-1.7\n")
    put("folder", None).mkdir()
    os.mkfifo(put("fifo", None))
    put("vanished.txt", None)
    put("dangling", None).symlink_to(folder / "nowhere")
    put("loop", None).symlink_to(folder / "loop")
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(put("socket", None)))
    made["device"] = pathlib.Path("/dev/null")
    put("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(500))
    put("name\nwith\x1b[31mcontrols.txt", b"")
    return made


def main():
    tap = Tap()
    a = Govah(tap.scratch / "archive").init()
    hostile = make(tap.scratch / "hostile")
    files, good = [], list(GOOD)
    for n, path in enumerate(hostile.values()):
        files.append(path)
        if n % 4 == 0 and good:
            files.append(good.pop(0))
    files += good
    ended = a.run("--json", "add", *files, limit=240)
    lines = ended.complaints
    tap.equal("exit status 1", ended.status, 1)
    tap.check("the good ones are taken", ended.out.count(b'"added"') == len(GOOD) and
              a.state()["documents"] == len(GOOD), ended)
    for name, path in hostile.items():
        shown = name.split("\n")[0]
        of_it = [x for x in lines if f"/{shown}" in x or str(path) in x]
        tap.check(f"{shown}: one clear line", len(of_it) == 1 and of_it[0].startswith("govah: ") and
                  len(of_it[0]) > len(f"govah: {path}: ") + 4, of_it)
        tap.note(of_it[0].rsplit("/", 1)[-1] if of_it else "none")
    tap.equal("and no other line", len(lines), len(hostile))
    tap.check("no control character reaches the terminal",
              not any(b < 32 and b != 10 for b in ended.err), ended.err)
    tap.check("it ends in time", ended.seconds < 120, ended.seconds)
    tap.check("the archive verifies", a.verifies())
    again = a.run("add", *GOOD)
    tap.check("the good ones are known from now on",
              again.status == 0 and b"here already" in again.out, again)
    # bad UTF-8 is a text in another encoding or none: it may be taken, but never as broken UTF-8
    odd = tap.scratch / "odd.txt"
    odd.write_bytes(b"They \xff\xfe\x80 killed 12 people \xc3\x28 in Tehran.\n" * 3)
    ended = a.run("add", odd)
    tap.check("invalid UTF-8: taken as what it may be, or one line", ended.orderly(), ended)
    tap.check("and what is kept can be exported", a.lines() is not None and a.verifies())
    ended = a.run("export", stdout=open("/dev/full", "wb"))
    tap.check("an export to a full disk: one line", ended.status == 1 and ended.one_line(), ended)
    ended = a.run("--json", stdout=open("/dev/full", "wb"))
    tap.check("the state to a full disk: one line", ended.status == 1 and ended.one_line(), ended)
    tap.done()


main()

#!/usr/bin/env python3
"""Exports that are forged, altered, cut or no exports: each is refused whole with one line that says
where, and the record stays as it is. What is altered is offered twice: as it is, and with a new signed
head by a forger's own key, so that the digest at the end is not all that stands in the way."""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import EXAMPLES, Govah, Tap  # noqa: E402
from forger import Forger, canonical  # noqa: E402

COMMIT = "govah commit 1"


def changed(lines, at, line):
    return lines[:at] + [line] + lines[at + 1:]


def first(lines, kind):
    return next(i for i, line in enumerate(lines) if json.loads(line)["kind"] == kind)


def with_fields(line, **fields):
    return canonical({**json.loads(line), **fields})


def alterations(lines, forger):
    """(name, lines): every way in which somebody may alter an export's lines."""
    commit = first(lines, "commit")
    statement = next(i for i, line in enumerate(lines) if b'"low":' in line)
    bytes_at, decision = first(lines, "bytes"), first(lines, "decision")
    value = json.loads(lines[commit])
    digit = "0" if value["signature"][7] != "0" else "1"
    yield "a commit's signature", changed(lines, commit, with_fields(
        lines[commit], signature=value["signature"][:7] + digit + value["signature"][8:]))
    yield "a commit's time", changed(lines, commit, with_fields(
        lines[commit], at="2001-01-01T00:00:00Z"))
    yield "a commit's author", changed(lines, commit, with_fields(
        lines[commit], author=forger.public.hex()))
    yield "a commit without a signature", changed(lines, commit, canonical(
        {k: v for k, v in value.items() if k != "signature"}))
    yield "a statement's number", changed(lines, statement, lines[statement].replace(b'"low":', b'"low":9'))
    yield "a decision turned round", changed(lines, decision, with_fields(
        lines[decision], why="another reason"))
    yield "bytes that are others", changed(lines, bytes_at, with_fields(
        lines[bytes_at], base64="QUFB"))
    yield "bytes under another name", changed(lines, bytes_at, with_fields(
        lines[bytes_at], id="0" * 64))
    yield "blanks that canonical JSON has not", changed(
        lines, statement, lines[statement].replace(b'","', b'", "', 1))
    yield "a member that no form has", changed(lines, statement, with_fields(
        lines[statement], rank="high"))
    yield "a number with a point", changed(
        lines, statement, lines[statement].replace(b'"low":', b'"low":1.', 1))
    yield "a member twice", changed(lines, statement, lines[statement][:-1] + b',"kind":"statement"}')
    yield "bad UTF-8", changed(lines, statement, lines[statement].replace(b'"kind"', b'"k\xffnd"'))
    yield "an empty line", lines[:3] + [b""] + lines[3:]
    yield "a line of garbage", lines[:3] + [b"not JSON at all"] + lines[3:]
    yield "a statement that no commit holds", lines[:statement] + [with_fields(
        lines[statement], low=12345)] + lines[statement:]
    yield "deep nesting", lines[:3] + [b"[" * 100000 + b"]" * 100000] + lines[3:]


# rightly formed, and no commit names them: the line is as good as any, its name is said
LOOSE = ("a statement's number", "a decision turned round", "a statement that no commit holds")


def heads_of(whole):
    return json.loads(whole.splitlines()[-1])["heads"]


def refused(tap, name, a, content, place=True):
    """Refused in one line, which names a line of the file, and nothing is changed."""
    path = tap.scratch / "forged.jsonl"
    path.write_bytes(content)
    before = a.lines()
    ended = a.run("import", path)
    good = ended.status == 1 and ended.one_line() and "forged.jsonl" in ended.complaints[0]
    if place:
        good = good and "line " in ended.complaints[0]
    tap.check(f"{name}: refused in one line", good, ended)
    tap.check(f"{name}: the record is as it was", a.lines() == before and a.verifies())


def alter_lines(tap, a, whole):
    lines, forger = whole.splitlines()[:-1], Forger()
    for name, altered in alterations(lines, forger):
        refused(tap, name, a, b"".join(x + b"\n" for x in altered) + whole.splitlines()[-1] + b"\n")
        refused(tap, f"{name}, head signed anew", a, forger.export(altered, heads_of(whole)),
                place=name not in LOOSE)


def alter_files(tap, a, whole):
    lines = whole.splitlines(keepends=True)
    refused(tap, "two lines exchanged", a, b"".join([lines[1], lines[0]] + lines[2:]))
    refused(tap, "a line twice", a, b"".join(lines[:2] + lines[1:]))
    refused(tap, "a line missing", a, b"".join(lines[:2] + lines[3:]))
    refused(tap, "a line behind the head", a, whole + lines[0])
    refused(tap, "the head twice", a, whole + lines[-1])
    refused(tap, "cut before the head", a, b"".join(lines[:-1]))
    refused(tap, "cut in the middle of a line", a, whole[:len(whole) // 2])
    refused(tap, "its last byte missing", a, whole[:-1])
    refused(tap, "only a line", a, lines[0])
    refused(tap, "an empty file", a, b"", place=False)
    refused(tap, "binary", a, bytes(range(256)) * 4000, place=False)
    refused(tap, "a head of another version", a,
            b"".join(lines[:-1]) + lines[-1].replace(b'"version":1', b'"version":2'))
    refused(tap, "carriage returns", a, whole.replace(b"\n", b"\r\n"))
    for name, path in (("a folder", tap.scratch), ("no file", tap.scratch / "nowhere")):
        ended = a.run("import", path)
        tap.check(f"{name}: refused in one line", ended.status == 1 and ended.one_line(), ended)


def foreign_commit(tap, a, whole):
    """A commit that a forger signs rightly is no forgery but a stranger's: it waits."""
    forger = Forger(b"stranger")
    lines = whole.splitlines()[:-1]
    commit = json.loads(lines[first(lines, "commit")])
    own = forger.signed({**commit, "note": "mine now"}, COMMIT)
    path = tap.scratch / "foreign.jsonl"
    path.write_bytes(forger.export(lines + [own], heads_of(whole)))
    ended = a.run("--json", "import", path)
    tap.check("a stranger's rightly signed commit waits in quarantine",
              ended.status == 0 and json.loads(ended.out)["quarantined"] == 1, ended)
    tap.check("and takes nothing over", a.verifies() and a.state()["quarantined"] == 1, a.state())


def bytes_kept_back(tap, owner, whole):
    """An export without its bytes breaks nothing: what it holds waits until they come."""
    b = Govah(tap.scratch / "bare").init("--owner", owner.own_key(), name="Bare")
    lines = whole.splitlines()[:-1]
    bare = [line for line in lines if json.loads(line)["kind"] != "bytes"]
    path = tap.scratch / "bare.jsonl"
    path.write_bytes(Forger().export(bare, heads_of(whole)))
    ended = b.run("--json", "import", path)
    tap.check("commits whose bytes are kept back wait",
              ended.status == 0 and json.loads(ended.out)["waiting"] > 0, ended)
    tap.equal("and show no document", b.state()["documents"], 0)
    verified = b.run("verify")
    tap.check("verify notes it, and finds no damage", verified.status == 0 and
              b"note: " in verified.out and b"are not here" in verified.out, verified)
    b.must("import", tap.scratch / "whole.jsonl")
    tap.equal("with the bytes they count", b.state()["waiting"], 0)
    tap.check("and all is there", b.state()["documents"] == owner.state()["documents"] and
              b.digest() == owner.digest() and b.verifies())


def main():
    tap = Tap()
    source = Govah(tap.scratch / "source").init()
    source.must("add", EXAMPLES / "2022-11-25-emergency-campaign.txt",
                EXAMPLES / "2019-12-23-reuters.txt")
    source.must("review", "--accept", "all", "--why", "read")
    whole = source.export(tap.scratch / "whole.jsonl").read_bytes()
    a = Govah(tap.scratch / "reader").init("--owner", source.own_key(), name="Reader")
    a.must("import", source.export(tap.scratch / "first.jsonl"))
    source.must("add", EXAMPLES / "2019-12-06-un-human-rights-office.html")
    source.must("review", "--accept", "all", "--why", "read as well")
    whole = source.export(tap.scratch / "whole.jsonl").read_bytes()
    empty = Govah(tap.scratch / "empty").init("--owner", source.own_key(), name="New")
    alter_lines(tap, empty, whole)
    alter_files(tap, a, whole)
    tap.check("and the export itself is taken by both",
              a.run("import", tap.scratch / "whole.jsonl").status == 0 and
              empty.run("import", tap.scratch / "whole.jsonl").status == 0)
    tap.check("which then hold the same", set(source.lines()) <= set(a.lines()) and
              a.digest() == empty.digest())
    bytes_kept_back(tap, source, whole)
    foreign_commit(tap, a, whole)
    tap.done()


main()

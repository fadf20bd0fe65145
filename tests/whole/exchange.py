#!/usr/bin/env python3
"""Archives exchange exports in any order, split and repeated, with contradicting decisions, with a
stranger and a member who is revoked: both ends derive the same rows."""

import hashlib
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import EXAMPLES, Govah, Tap  # noqa: E402

REPORTS = sorted(EXAMPLES.glob("*.txt"))


COMMON = EXAMPLES / "2022-11-25-emergency-campaign.txt"


def accepted(a):
    return a.state()["accepted"]


def two_archives(tap):
    """The owner's and a member's, each with documents of its own and one in common."""
    mina = Govah(tap.scratch / "mina").init(name="Mina")
    omid = Govah(tap.scratch / "omid").init("--owner", mina.own_key(), name="Omid")
    omid.must("add", REPORTS[3])
    tap.equal("what is added before the owner admits the device waits", omid.state()["documents"], 0)
    mina.must("members", "--admit", omid.own_key(), "--name", "Omid", "--why", "met in person")
    omid.must("import", mina.export(tap.scratch / "admission.jsonl"))
    tap.equal("and counts from then on", omid.state()["documents"], 1)
    mina.must("add", *REPORTS[:2], COMMON)
    omid.must("add", *REPORTS[4:6], COMMON)
    return mina, omid


def contradict(mina, omid):
    """Both decide about what the report in common says, one yes and the other no."""
    theirs = omid.proposals()
    both = [i for i in mina.proposals() if i in theirs]
    mina.must("review", "--accept", *both[:3], "--why", "it says so")
    omid.must("review", "--reject", *both[1:4], "--why", "it does not")
    return both


def orders(tap, mina, omid):
    """Both ends after every order of the parts, some of them twice."""
    first = {"mina": mina.export(tap.scratch / "mina-1.jsonl"),
             "omid": omid.export(tap.scratch / "omid-1.jsonl")}
    both = contradict(mina, omid)
    second = {"mina": mina.export(tap.scratch / "mina-2.jsonl", "--beyond", first["mina"]),
              "omid": omid.export(tap.scratch / "omid-2.jsonl", "--beyond", first["omid"])}
    parts = [first["mina"], first["omid"], second["mina"], second["omid"]]
    whole = mina.export(tap.scratch / "mina-whole.jsonl")
    digests, lines = set(), set()
    for n, order in enumerate([(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1), (1, 3, 1, 0, 2, 0),
                               (3, 3, 2, 2, 1, 1, 0, 0)]):
        here = Govah(tap.scratch / f"order-{n}", mina.passphrase_file)
        here.init("--owner", mina.own_key(), name="Reader")
        for i in order:
            here.must("import", parts[i])
        lines.add(tuple(sorted(here.lines())))
        digests.add(here.digest())
        tap.check(f"order {n}: verifies", here.verifies())
    here = Govah(tap.scratch / "order-whole", mina.passphrase_file)
    here.init("--owner", mina.own_key(), name="Reader")
    here.must("import", whole, parts[1], parts[3])
    digests.add(here.digest())
    tap.equal("every order, split or whole, once or twice: one digest", len(digests), 1)
    tap.equal("and one set of lines", len(lines), 1)
    return parts, both


def both_ends(tap, mina, omid, parts, both):
    before = mina.state()
    mina.must("import", parts[3], parts[1])
    omid.must("import", parts[0], parts[2], parts[0])
    state = mina.state()
    tap.equal("both ends derive the same rows", mina.digest(), omid.digest())
    tap.equal("and a rebuild changes nothing that is shown", mina.state(), state)
    tap.check("and hold the same lines", sorted(mina.lines()) == sorted(omid.lines()))
    tap.check("both verify", mina.verifies() and omid.verifies())
    tap.check("the other's documents arrived", mina.state()["documents"] > before["documents"])
    tap.equal("two statements are undecided", mina.state()["undecided"], 2)
    shown = mina.proposals()
    tap.check("and are shown so", [shown.get(i) for i in both[1:3]] == [True, True], shown)
    tap.equal("the cautious decision rules: one is accepted", accepted(mina), 1)
    state = mina.state()
    mina.must("import", parts[1])
    tap.equal("a replayed export changes nothing", mina.state(), state)
    mina.must("review", "--accept", both[1], "--why", "looked at it again")
    tap.equal("a later decision that knows both settles it", mina.state()["undecided"], 1)
    return omid.export(tap.scratch / "omid-all.jsonl")


def settled(tap, mina, omid):
    omid.must("import", mina.export(tap.scratch / "mina-all.jsonl"))
    tap.equal("at the other end as well", omid.state()["undecided"], 1)
    tap.equal("with the same rows", mina.digest(), omid.digest())


def stranger(tap, mina):
    """A key that no decision names: its commits wait, and change nothing. Returns the stranger's
    archive and key, and what was shown before."""
    def shown():
        keep = ("documents", "accepted", "rejected", "proposed", "undecided")
        state, figures = mina.state(), mina.must("--json", "figures", "--all").out
        return {**{k: state[k] for k in keep}, "figures": figures}

    other = Govah(tap.scratch / "stranger", mina.passphrase_file).init(name="Nobody")
    other.must("import", mina.export(tap.scratch / "for-stranger.jsonl"))
    other.must("add", REPORTS[6])
    other.must("review", "--accept", "all", "--why", "because")
    before = shown()
    ended = mina.must("import", other.export(tap.scratch / "stranger.jsonl"))
    tap.check("a stranger's commits are taken into quarantine, and it is said",
              b"quarantine" in ended.out, ended)
    tap.equal("they change nothing that is shown", shown(), before)
    key = other.own_key()
    listed = [m for m in mina.members() if m["key"] == key]
    tap.check("the key is listed as no member, with what waits",
              listed and listed[0]["state"] == "not a member" and listed[0]["quarantined"] > 0, listed)
    tap.check("the quarantined commits are shown",
              mina.must("members").out.count(b"quarantined  ") >= 2, mina.must("members"))
    tap.check("the archive verifies with them", mina.verifies())
    held = set(mina.must("export").out.splitlines())
    mina.must("members", "--admit", key, "--name", "Now known", "--why", "called her")
    tap.check("once admitted they count", shown()["documents"] > before["documents"] and
              accepted(mina) > before["accepted"], shown())
    tap.check("nothing left the record", {x for x in held if b'"kind":"export"' not in x} <=
              set(mina.lines()))
    digest = mina.digest()
    tap.equal("and a rebuild gives the same rows twice", mina.digest(), digest)
    return other, key, before


def revoke(tap, mina, other, key, before):
    """First up to the commit that took a report in, without the one that decided about it."""
    counted = mina.state()
    ids = {}
    for line in other.lines():
        value = json.loads(line)
        if value["kind"] == "commit" and value["author"] == key:
            ids[value["note"]] = hashlib.sha256(line).hexdigest()
    mina.must("members", "--revoke", key, "--last", ids["add"], "--why", "laptop taken")
    now = mina.state()
    tap.equal("what was signed up to the last trusted commit still counts",
              now["documents"], counted["documents"])
    tap.equal("what came behind it counts no more", now["accepted"], before["accepted"])
    mina.must("members", "--revoke", key, "--why", "never was who she said")
    tap.equal("revoked wholly, nothing of it counts", mina.state()["documents"], before["documents"])
    tap.check("and all of it is still in the record", set(other.lines()) <= set(mina.lines()))
    tap.check("which verifies", mina.verifies())


def outsiders(tap, mina, omid):
    ended = omid.run("members", "--admit", "0" * 64, "--name", "X")
    tap.check("a member who is no owner admits nobody, in one line",
              ended.status == 1 and ended.one_line(), ended)
    ended = mina.run("members", "--revoke", mina.own_key(), "--why", "no")
    tap.check("the owner's key cannot be revoked, in one line",
              ended.status == 1 and ended.one_line(), ended)
    ended = omid.run("export", "--beyond", REPORTS[0])
    tap.check("--beyond something that is no export: one line",
              ended.status == 1 and ended.one_line(), ended)


def main():
    tap = Tap()
    mina, omid = two_archives(tap)
    parts, both = orders(tap, mina, omid)
    both_ends(tap, mina, omid, parts, both)
    settled(tap, mina, omid)
    other, key, before = stranger(tap, mina)
    revoke(tap, mina, other, key, before)
    outsiders(tap, mina, omid)
    tap.done()


main()

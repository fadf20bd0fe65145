"""Annotated texts, and what the reader makes of them.

An annotated folder holds texts (DOC.txt, UTF-8; lines `URL:` to the first empty line are no text) and what people
found in them: figures.tsv, people.tsv, dates.tsv, events.tsv, with a header row and no quoting; within a cell a
newline is `\\n`, a tab `\\t`, a backslash `\\\\`. Columns:

    figures  doc quote value_low value_high bound what event source since until place subset_of
    people   doc mention kind canonical role
    dates    doc quote iso calendar
    events   doc person event date place detail quote

Two quotes agree when they overlap in the text, wherever it has them. A text counts as Persian when three in ten
of its letters are of the Arabic script."""

import csv
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unicodedata

TABLES = "figures", "people", "dates", "events"
LIFE = set("arrested charged tried hearing sentenced transferred hunger_strike medical_denied tortured released "
           "pardoned furloughed executed killed died awarded threatened appointed statement".split())
EXCHANGES = {"\u200c": "", "\u200e": "", "\u200f": "", "ي": "ی", "ك": "ک", "’": "'", "‘": "'"}
EMPTY_WORDS = {"the", "of", "al", "and", "an", "a", "said", "by"}


def reader_of(root):
    """The program read_files of build/, or the one that the environment names."""
    return os.environ.get("READ_FILES", root / "build" / "tests" / "read" / "read_files")


def fold(text):
    text = unicodedata.normalize("NFC", text or "")
    for old, new in EXCHANGES.items():
        text = text.replace(old, new)
    return re.sub(r"\s+", " ", text).strip().casefold()


def words_of(text):
    return {word for word in re.findall(r"\w+", fold(text)) if word not in EMPTY_WORDS and len(word) > 1}


def label(text):
    """All labels that a person had to make up count as one."""
    return "other" if fold(text).startswith("other:") else fold(text)


def number(text):
    try:
        return float((text or "").replace(",", "").strip())
    except ValueError:
        return None


def value_of(row):
    return number(row.get("value_low")) or number(row.get("value_high"))


def same_source(one, other):
    left, right = words_of(one), words_of(other)
    if not left and not right:
        return True
    return bool(left & right) and 2 * len(left & right) >= min(len(left), len(right))


def rows_of(path):
    if not path.exists():
        return []
    plain = {"n": "\n", "t": "\t"}
    with open(path, encoding="utf-8", newline="") as file:
        rows = [{key: re.sub(r"\\(.)", lambda m: plain.get(m[1], m[1]), cell or "") for key, cell in row.items() if key}
                for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return list({tuple(row.items()): row for row in rows}.values())


class Text:
    """One document, folded, with the places of what is quoted from it."""

    def __init__(self, path):
        text = path.read_text(encoding="utf-8")
        if text.startswith("URL: "):
            text = text.split("\n\n", 1)[1]
        self.text, self.places = fold(text), {}
        self.language = "fa" if sum("\u0600" <= c <= "\u06ff" for c in self.text) > 0.3 * len(self.text) else "en"

    def spans(self, quote):
        """Where it stands, as whole words."""
        quote = fold(quote)
        if quote not in self.places:
            text, found, at = self.text, [], self.text.find(quote) if quote else -1
            while at >= 0:
                end = at + len(quote)
                inside = (quote[0].isalnum() and at and text[at - 1].isalnum()) or \
                    (quote[-1].isalnum() and end < len(text) and text[end].isalnum())
                if not inside:
                    found.append((at, end))
                at = text.find(quote, at + 1)
            self.places[quote] = found
        return self.places[quote]

    def agree(self, one, other):
        left, right = self.spans(one), self.spans(other)
        if left and right:
            return any(a < d and c < b for a, b in left for c, d in right)
        one, other = fold(one), fold(other)
        return bool(one and other and (one in other or other in one))


class Folder:
    """An annotated folder and the reader's tables and proposals for it. Rows carry `folder` and `text`."""

    def __init__(self, path, read_files):
        self.path = pathlib.Path(path)
        files = sorted(self.path.glob("*.txt"))
        self.texts = {file.stem: Text(file) for file in files}
        if not files:
            raise SystemExit(f"{path}: no texts")
        with tempfile.TemporaryDirectory() as scratch:
            subprocess.run([read_files, scratch, *files], check=True)
            self.found = {name: self.place(rows_of(pathlib.Path(scratch) / f"{name}.tsv")) for name in TABLES}
            with open(pathlib.Path(scratch) / "proposals.jsonl", encoding="utf-8") as lines:
                self.proposals = self.place([json.loads(line) for line in lines])
        self.gold = {name: self.place(rows_of(self.path / f"{name}.tsv")) for name in TABLES}

    def place(self, rows):
        kept = [row for row in rows if row["doc"] in self.texts]
        for row in kept:
            row["text"], row["folder"] = self.texts[row["doc"]], self.path
        return kept


def together(gold, found):
    return gold["text"] is found["text"]


def overlap(gold, found):
    return together(gold, found) and gold["text"].agree(gold["quote"], found["quote"])


def lenient(gold, found):
    return value_of(gold) == value_of(found) and label(gold["event"]) == label(found["event"]) and overlap(gold, found)


def strict(gold, found):
    return all(label(gold[key]) == label(found[key]) for key in ("bound", "what")) and lenient(gold, found)


def same_name(gold, found):
    return together(gold, found) and gold["text"].agree(gold["mention"], found["mention"])


def same_date(gold, found):
    return gold["iso"] == found["iso"] and overlap(gold, found)


def same_life(people):
    """Whether an event of `gold` is that of `found`, whose person may be named in another script."""
    named = {}
    for row in people:
        named.setdefault((id(row["text"]), row["canonical"]), []).append(words_of(row["mention"]))

    def same(gold, found):
        if not together(gold, found) or label(gold["event"]) != label(found["event"]):
            return False
        left, right = words_of(gold["person"]), words_of(found["person"])
        if left & right and len(left & right) >= min(2, len(left), len(right)):
            return True
        return any(words & right for words in named.get((id(gold["text"]), gold["person"]), []))
    return same


def pair(gold, found, same, better=lambda gold, found: ()):
    """One to one, as many as can be, the best-agreeing first: pairs of (gold, found)."""
    fits = {}
    for i, row in enumerate(gold):
        fits[i] = sorted((j for j, other in enumerate(found) if same(row, other)),
                         key=lambda j: [-int(x) for x in better(row, found[j])])
    taken, done = {}, set()
    for _, i, j in sorted(([-int(x) for x in better(gold[i], found[j])], i, j) for i in fits for j in fits[i]):
        if j not in taken and i not in done:
            taken[j] = i
            done.add(i)

    def make_room(i, seen):
        for j in fits[i]:
            if j in seen:
                continue
            seen.add(j)
            if j not in taken or make_room(taken[j], seen):
                taken[j] = i
                return True
        return False
    for i in fits:
        if i not in done:
            make_room(i, set())
    return [(gold[i], found[j]) for j, i in taken.items()]


def is_right(proposal, folder, same_event):
    """Whether people found the same: value and event of a figure, person and event of a life event, the name and
    its kind of a role, the person of another fact."""
    said, text = proposal["statement"], proposal["text"]
    if said["form"] == "figure":
        row = {"text": text, "quote": proposal["words"], "event": said["event"],
               "value_low": str(said.get("low", "")), "value_high": str(said.get("high", ""))}
        return any(lenient(gold, row) for gold in folder.gold["figures"])
    if said["form"] == "life_event":
        event = "arrested" if said["event"] == "rearrested" else said["event"]
        row = {"text": text, "person": said["person"], "event": event if event in LIFE else "other:"}
        return any(same_event(gold, row) for gold in folder.gold["events"])
    row = {"text": text, "mention": said["subject"]}
    return any(gold["kind"] == said["subject_kind"] and same_name(gold, row) for gold in folder.gold["people"])


def judged(folders):
    """(proposal, whether it is right) of all folders."""
    out = []
    for folder in folders:
        same_event = same_life(folder.gold["people"])
        out += [(p, is_right(p, folder, same_event)) for p in folder.proposals]
    return out

"""catalogues: every text of the interface stands in every catalogue of po/, translated, with the same
places to fill, and Persian is written in Persian letters."""
import gettext
import glob
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import Tap

tap = Tap()
ARABIC = "\u064a\u0643\u0629" + "".join(chr(0x660 + digit) for digit in range(10))


def texts_of(catalogue):
    """pairs of English and its translation, a plural's forms each for itself"""
    compiled = tap.scratch / "texts.mo"
    subprocess.run(["msgfmt", "--check", "-o", compiled, catalogue], check=True)
    with open(compiled, "rb") as file:
        known = gettext.GNUTranslations(file)._catalog
    for key, said in known.items():
        if key != "":
            yield (key[0] if isinstance(key, tuple) else key), said


def places_of(text):
    return set(re.findall(r"\{\d?\}", text))


def check_catalogue(catalogue):
    texts = list(texts_of(catalogue))
    tap.check(f"{catalogue} says something", len(texts) > 40, len(texts))
    counted = {english for english, said in texts if sum(e == english for e, _ in texts) > 1}
    added = [english for english, said in texts if not places_of(said) <= places_of(english)]
    tap.equal(f"{catalogue} has no place that the text has not", added, [])
    # one form of a count may do without the number
    lost = [english for english, said in texts
            if places_of(said) != places_of(english) and english not in counted]
    tap.equal(f"{catalogue} fills every place", lost, [])


def check_persian(name):
    lines = pathlib.Path(name).read_text(encoding="utf-8").splitlines()
    wrong = [line for line in lines if any(letter in line for letter in ARABIC)]
    tap.equal(f"{name} has Persian letters and digits, not Arabic ones", wrong, [])
    turned = [line for line in lines if not line.startswith(("msgid", '"PO-Revision-Date'))
              and re.search(r"\d{4}-\d\d", re.sub("\u2066[^\u2069]*\u2069", "", line))]
    tap.equal(f"{name} isolates its dates, which would turn round", turned, [])


checked = subprocess.run(["script/translate", "--check"], capture_output=True, text=True)
tap.equal("the catalogues are what the sources say, translated",
          (checked.returncode, checked.stdout + checked.stderr), (0, ""))
for name in sorted(glob.glob("po/*.po")):
    check_catalogue(name)
for name in ["po/fa.po", "data/lang/fa/interface.tsv"]:
    check_persian(name)
tap.done()

#!/usr/bin/env python3
"""workbooks: XLSX and ODS become the text that they show, whatever they are made of; what is hostile,
encrypted or cut short is refused in one line; and CSV, XLSX and ODS of one table say the same."""

import base64
import json
import pathlib
import sys
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from proof import Govah, Tap  # noqa: E402
from tables import (csv, ods, ods_parts, ods_table, packed, sheet, xlsx,  # noqa: E402
                    xlsx_parts)

tap = Tap()
archive = Govah(tap.scratch / "archive").init()


def text_of(name, data):
    """The kept text of a file, as an archive has it; the complaint of one that is refused."""
    path = tap.scratch / name
    path.write_bytes(data)
    ended = archive.run("--json", "add", path)
    told = json.loads(ended.out.splitlines()[0])
    if told["status"] == "refused":
        tap.check(f"{name} is refused in one line", ended.status == 1 and ended.one_line(), ended)
        return told["why"], None
    lines = [json.loads(line) for line in archive.lines()]
    kept = next(o["sha256"] for o in lines
                if o["kind"] == "text" and o["bytes"] == told["document"])
    found = next(o["base64"] for o in lines if o["kind"] == "bytes" and o["id"] == kept)
    return base64.b64decode(found).decode(), ended.err.decode()


def shows(what, name, data, wanted, doubt=""):
    text, said = text_of(name, data)
    tap.equal(what, text, wanted)
    if doubt:
        tap.check(what + ", and it is said", doubt in (said or ""), said)


def refuses(name, data, wanted):
    text, said = text_of(name, data)
    tap.check(f"{name}: {wanted}", said is None and wanted in text, text)


HEAD = ["Name", "Age", "Place"]

# ---- XLSX ----

shows("inline strings", "inline.xlsx", xlsx([HEAD, ["Sara  Karimi\n", "24", "a|b"]], "Killed"),
      "Killed\nName | Age | Place\nSara Karimi | 24 | a\u00a6b\n")
strings = ("<si><t>Name</t></si><si><r><t>Da</t></r><r><t>te</t></r><rPh sb='0' eb='1'><t>no</t></rPh>"
           "</si><si><t xml:space='preserve'>Ali_x000D_ Ahmadi &amp; &#1587;</t></si>")
styles = ('<numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
          '<numFmt numFmtId="165" formatCode="0.00"/></numFmts>'
          '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
          '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="17"/>'
          '<xf numFmtId="165"/></cellXfs>')
rows = [[('t="s"', "<v>0</v>"), ('t="s"', "<v>1</v>"), "Kind"],
        [('t="s"', "<v>2</v>"), ('s="1"', "<v>44120</v>"), ('t="b"', "<v>1</v>")],
        ["Jalali", "1401/07/25", ('t="str"', "<f>A1&amp;B1</f><v>NameDate</v>")],
        ["At", ('s="2"', "<f>NOW()</f><v>44120.604166666664</v>"), ('t="e"', "<v>#N/A</v>")],
        ["Month", ('s="3"', "<v>44120</v>"), ('s="4"', "<v>1.1000000000000001</v>")],
        ["ISO", ('t="d"', "<v>2020-10-16T00:00:00</v>"), ('s="0"', "<v>44120</v>")]]
golden = ("Sheet1\nName | Date | Kind\nAli Ahmadi & س | 2020-10-16 | TRUE\n"
          "Jalali | 1401/07/25 | NameDate\nAt | 2020-10-16 14:30 | #N/A\nMonth | 2020-10 | 1.1\n"
          "ISO | 2020-10-16 | 44120\n")
shows("shared strings, dates, formulas, booleans", "types.xlsx",
      packed(xlsx_parts([("Sheet1", sheet(rows))], strings, styles)), golden)
rows_1904 = [["Name", "Day", "X"], ["A", ('s="1"', "<v>42658</v>"), "x"]]
shows("days since 1904", "mac.xlsx",
      packed(xlsx_parts([("Sheet1", sheet(rows_1904))], None, styles, since_1904=True)),
      "Sheet1\nName | Day | X\nA | 2020-10-16 | x\n")
shows("several sheets, hidden ones too", "sheets.xlsx",
      packed(xlsx_parts([("Arrested", sheet([["List of 2022"], HEAD, ["Sara", "24", "Shiraz"]],
                                            attributes=(3,))),
                         ("Empty", sheet([])),
                         ("Killed", sheet([HEAD, [], [], ["Ali", None, None]]), "hidden")])),
      "Arrested\nList of 2022\nName | Age | Place\nSara | 24 | Shiraz\n"
      "\fKilled\nName | Age | Place\n\n\nAli |  | \n",
      'the sheet "Killed" is hidden')
shows("hidden rows", "rows.xlsx",
      packed(xlsx_parts([("S", sheet([HEAD, ["Sara", "24", "Shiraz"]], attributes=(2,)))])),
      "S\nName | Age | Place\nSara | 24 | Shiraz\n", '1 hidden row of "S" was read, the first is row 2')
merged = sheet([HEAD, ["Sara", "24", "Shiraz"], ["Ali", "30", None], ["Reza", None, None]],
               '<mergeCells><mergeCell ref="C2:C3"/><mergeCell ref="B4:C4"/>'
               '<mergeCell ref="A1:XFD1048576"/></mergeCells>')
shows("cells that are one", "merged.xlsx", packed(xlsx_parts([("S", merged)])),
      "S\nName | Age | Place\nSara | 24 | Shiraz\nAli | 30 | Shiraz\nReza |  | \n")
unplaced = (f'<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheetData><row>'
            '<c t="inlineStr"><is><t>Name</t></is></c><c/><c t="inlineStr"><is><t>Place</t></is></c>'
            '</row><row><c><v>1</v></c></row></sheetData></worksheet>')
shows("cells without places", "unplaced.xlsx", packed(xlsx_parts([("S", unplaced)])),
      "S\nName |  | Place\n1 |  | \n")

# ---- ODS ----

cells = [["Name", "Day", "Kind"],
         ["Ali", ('<table:table-cell office:value-type="date" office:date-value="2020-10-16">'
                  '<text:p>16/10/20</text:p></table:table-cell>',),
          ('<table:table-cell office:value-type="boolean" office:boolean-value="true">'
           '<text:p>WAHR</text:p></table:table-cell>',)],
         ["Sara", ('<table:table-cell office:value-type="date" office:date-value="1401-07-25">'
                   '<text:p>1401/07/25</text:p></table:table-cell>',),
          ('<table:table-cell office:value-type="float" office:value="24"><office:annotation>'
           '<text:p>a note</text:p></office:annotation><text:p>24,0</text:p></table:table-cell>',)],
         ["a<b", ('<table:table-cell office:value-type="date" '
                  'office:date-value="2020-10-16T14:30:00"/>',),
          ('<table:table-cell office:value-type="string"><text:p>one<text:s text:c="2"/>two</text:p>'
           '<text:p>three</text:p></table:table-cell>',)]]
shows("types", "types.ods", packed(ods_parts([ods_table("S", cells)])),
      "S\nName | Day | Kind\nAli | 2020-10-16 | TRUE\nSara | 1401/07/25 | 24\n"
      "a<b | 2020-10-16 14:30 | one two three\n")
repeated = [["Name", "A", "B"],
            '<table:table-row table:number-rows-repeated="2"><table:table-cell '
            'office:value-type="string"><text:p>x</text:p></table:table-cell><table:table-cell '
            'office:value-type="string" table:number-columns-repeated="2"><text:p>y</text:p>'
            '</table:table-cell><table:table-cell table:number-columns-repeated="16381"/>'
            '</table:table-row>',
            '<table:table-row table:number-rows-repeated="1048573"><table:table-cell '
            'table:number-columns-repeated="16384"/></table:table-row>']
shows("repeated rows and cells", "repeated.ods", packed(ods_parts([ods_table("S", repeated)])),
      "S\nName | A | B\nx | y | y\nx | y | y\n")
joined = [HEAD, ["Sara", "24", ('<table:table-cell table:number-rows-spanned="2" office:value-type='
                                '"string"><text:p>Shiraz</text:p></table:table-cell>',)],
          ["Ali", "30", ("<table:covered-table-cell/>",)]]
hidden = ('<style:style style:name="ta2" style:family="table"><style:table-properties '
          'table:display="false"/></style:style>')
shows("joined cells, a hidden sheet", "joined.ods",
      packed(ods_parts([ods_table("S", joined), ods_table("T", [["a", "b", "c"]], "ta2")], hidden)),
      "S\nName | Age | Place\nSara | 24 | Shiraz\nAli | 30 | Shiraz\n\fT\na | b | c\n",
      'the sheet "T" is hidden')

kept_back = (HEAD + ["Note"],
             '<table:table-row table:number-rows-repeated="3" table:visibility="collapse">'
             '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
             '<table:table-cell office:value-type="string"><text:p>y</text:p></table:table-cell>'
             '</table:table-row>')
hidden_columns = ods_table("S", kept_back).replace(
    "<table:table-row", '<table:table-column/><table:table-column table:visibility="collapse"/>'
    "<table:table-row", 1)
shows("hidden rows and columns", "hidden.ods", packed(ods_parts([hidden_columns])),
      "S\nName | Age | Place | Note\n" + 3 * "x | y |  | \n",
      '3 hidden rows of "S" were read, the first is row 2; "S" has hidden columns')
named = "Tom & Jerry"
shows("a sign that XML escapes, in an XLSX", "signs.xlsx",
      packed(xlsx_parts([(named, sheet([["a", "b"]]))])), "Tom & Jerry\na | b\n")
shows("a sign that XML escapes, in an ODS", "signs.ods",
      packed(ods_parts([ods_table(named, [["a", ('<table:table-cell office:value-type="string" '
                                                 'office:string-value="&quot;R&amp;D&quot;"/>',)]])])),
      'Tom & Jerry\na | "R&D"\n')
many = [(f"S{i}", sheet([["a", "b"]])) for i in range(257)]
refuses("many.xlsx", packed(xlsx_parts(many)), "more than 256 sheets")

# ---- one table in three formats says the same ----

people = [["Name", "Father's name", "Age", "Date of arrest", "Place", "Charge", "Sentence", "Prison"],
          ["Mehran Rouhi", "Ahmad", "66", "2020-10-16", "Tehran", "propaganda against the state",
           "10 years and 8 months", "Evin"],
          ["Sara Karimi", None, "24", "2022-11-03", "Shiraz", None, None, "Adelabad"],
          ["سارا احمدی", "حسن", "۳۰", "۱۴۰۱/۰۸/۱۲", "شیراز", "محاربه", "پنج سال حبس", "اوین"]]
for round_number in range(6):
    people.append([f"Ali Ahmadi{'abcdef'[round_number]}", None, str(20 + round_number),
                   f"2022-0{round_number + 1}-1{round_number}", ["Tabriz", "Qom"][round_number % 2],
                   [None, "moharebeh"][round_number % 2], [None, "death"][round_number % 2], None])


def fields_of(name, data):
    """What each row says, without where it stands."""
    path = tap.scratch / name
    path.write_bytes(data)
    out = archive.must("read", "--json", path).out.decode().splitlines()
    said = []
    for line in map(json.loads, out):
        if line["form"] not in ("life_event", "fact"):
            continue
        said.append(json.dumps({k: v for k, v in line.items()
                                if k not in ("document", "from", "to", "person_at", "subject_at")},
                               sort_keys=True, ensure_ascii=False))
    return sorted(said)


said = {kind: fields_of(f"people.{kind}", make(people))
        for kind, make in (("csv", csv), ("xlsx", xlsx), ("ods", ods))}
tap.check("the table says something", len(said["csv"]) >= 25, said["csv"])
tap.equal("an XLSX of it the same", said["xlsx"], said["csv"])
tap.equal("an ODS of it the same", said["ods"], said["csv"])

# ---- what is not taken ----

good = xlsx([HEAD, ["Sara", "24", "Shiraz"]])
parts = xlsx_parts([("S", sheet([HEAD]))])


def with_part(name, text):
    return packed({**parts, name: text})


refuses("short.xlsx", good[:len(good) // 2], "ends too early")
refuses("crc.xlsx", packed(parts, zipfile.ZIP_STORED).replace(b"<t>Age</t>", b"<t>Agf</t>"),
        "cannot be unpacked")
refuses("unclosed.xlsx", with_part("xl/worksheets/sheet1.xml", sheet([HEAD])[:-9]), "is not whole XML")
refuses("nothing.xlsx", with_part("xl/worksheets/sheet1.xml", ""), "is not whole XML")
refuses("lacking.xlsx", packed({k: v for k, v in parts.items() if "sheet1" not in k}), "it has no")
refuses("no_words.xlsx", packed(xlsx_parts([("S", sheet([]))])), "without words")
refuses("string.xlsx", with_part("xl/worksheets/sheet1.xml", sheet([[('t="s"', "<v>7</v>")]])),
        "lacks a text")
doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
refuses("entity.xlsx", with_part("xl/worksheets/sheet1.xml",
                                 sheet([["&e;"]]).replace("?><", "?>" + doctype + "<")
                                 .replace("&amp;", "&")), "with a document type")
laughs = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 12)) + "]>"
refuses("laughs.ods", packed({**ods_parts([]), "content.xml": laughs + "<x>&a11;</x>"}),
        "with a document type")
refuses("bomb.xlsx", with_part("xl/worksheets/sheet1.xml", sheet([HEAD], " " * (8 << 20))),
        "unfolds into far more than it is")
refuses("entries.xlsx", packed({**parts, **{f"x{i}": "" for i in range(5000)}}), "more than 4096 files")
refuses("wide.xlsx", packed(xlsx_parts([("S", sheet([["x"] * 300]))])), "more than 256 columns")
refuses("order.xlsx", with_part("xl/worksheets/sheet1.xml", sheet([HEAD]).replace("C1", "A1")),
        "are not in order")
refuses("far.xlsx", with_part("xl/worksheets/sheet1.xml", sheet([HEAD]).replace('r="1"', 'r="9999999"')),
        "more than")
many = ('<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type='
        '"string" table:number-columns-repeated="200"><text:p>x</text:p></table:table-cell>'
        '</table:table-row>')
refuses("repeats.ods", packed(ods_parts([ods_table("S", [many])])), "more than")
refuses("locked.ods", packed({**ods_parts([]), "META-INF/manifest.xml":
                              "<manifest><file-entry><encryption-data/></file-entry></manifest>"}),
        "is encrypted")
refuses("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) +
        "EncryptedPackage".encode("utf-16le") + bytes(200), "needs a password")
refuses("word.xlsx", packed({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}),
        "a Word document")
refuses("binary.xlsx", packed({"[Content_Types].xml": "<x/>", "xl/workbook.bin": b"\0\1"}), "XLSB")
shows("a table under another name", "really.csv", good, "Sheet1\nName | Age | Place\nSara | 24 | Shiraz\n")
tap.check("and the archive is sound", archive.verifies())
tap.done()

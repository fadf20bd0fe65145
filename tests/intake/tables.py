"""Small spreadsheets, made by hand: XLSX and ODS out of rows, or out of parts that are given whole."""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def packed(parts, method=zipfile.ZIP_DEFLATED):
    """The bytes of a ZIP archive of these parts, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, text in parts.items():
            data = text if isinstance(text, bytes) else text.encode()
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else method
            archive.writestr(info, data)
    return out.getvalue()


def column(number):
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def sheet(rows, more="", before="", attributes=()):
    """A worksheet of rows whose cells are texts, or XML of a cell's own; None leaves one out."""
    body = []
    for r, row in enumerate(rows, 1):
        cells = []
        for c, cell in enumerate(row):
            place = f"{column(c)}{r}"
            if cell is None:
                continue
            if isinstance(cell, tuple):
                cells.append(f'<c r="{place}" {cell[0]}>{cell[1]}</c>')
            else:
                cells.append(f'<c r="{place}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>')
        hidden = ' hidden="1"' if r in attributes else ""
        body.append(f'<row r="{r}"{hidden}>{"".join(cells)}</row>')
    return (f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">{before}<sheetData>'
            f'{"".join(body)}</sheetData>{more}</worksheet>')


def xlsx_parts(sheets, strings=None, styles=None, since_1904=False):
    """`sheets` are pairs of a name and XML, or of a name, XML and a state."""
    names, relations, parts = [], [], {}
    for i, one in enumerate(sheets, 1):
        state = f' state="{one[2]}"' if len(one) > 2 else ""
        names.append(f'<sheet name={quoteattr(one[0])} sheetId="{i}"{state} r:id="rId{i}"/>')
        relations.append(f'<Relationship Id="rId{i}" Type="{RELATIONS}/worksheet"'
                         f' Target="worksheets/sheet{i}.xml"/>')
        parts[f"xl/worksheets/sheet{i}.xml"] = one[1]
    if strings is not None:
        relations.append(f'<Relationship Id="s" Type="{RELATIONS}/sharedStrings"'
                         ' Target="/xl/sharedStrings.xml"/>')
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    if styles is not None:
        relations.append(f'<Relationship Id="t" Type="{RELATIONS}/styles" Target="styles.xml"/>')
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    system = '<workbookPr date1904="1"/>' if since_1904 else ""
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
                               'content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a"'
                       f' Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
                       '</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{system}'
                           f'<sheets>{"".join(names)}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{"".join(relations)}'
                                      '</Relationships>',
        **parts,
    }


def xlsx(rows, name="Sheet1"):
    return packed(xlsx_parts([(name, sheet(rows))]))


def ods_table(name, rows, style=""):
    """Rows of cells that are texts, or XML of cells of their own; None is an empty one."""
    def cell(c):
        if c is None:
            return "<table:table-cell/>"
        if isinstance(c, tuple):
            return c[0]
        return ('<table:table-cell office:value-type="string"><text:p>'
                f'{escape(c)}</text:p></table:table-cell>')
    body = "".join(row if isinstance(row, str) else
                   "<table:table-row>" + "".join(cell(c) for c in row) + "</table:table-row>"
                   for row in rows)
    return f'<table:table table:name={quoteattr(name)} table:style-name="{style}">{body}</table:table>'


def ods_parts(tables, styles=""):
    spaces = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"'
                      for p in ("office", "table", "text", "style"))
    return {
        "mimetype": ODS_TYPE,
        "content.xml": f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}>'
                       f'<office:automatic-styles>{styles}</office:automatic-styles>'
                       f'<office:body><office:spreadsheet>{"".join(tables)}'
                       '</office:spreadsheet></office:body></office:document-content>',
    }


def ods(rows, name="Sheet1"):
    return packed(ods_parts([ods_table(name, rows)]))


def csv(rows):
    def field(text):
        text = text or ""
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text
    return "".join(",".join(field(c) for c in row) + "\n" for row in rows).encode()

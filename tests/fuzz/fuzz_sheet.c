/* Spreadsheets. Half of the bytes are a whole file; the others are a part of one, so that what is
 * behind the ZIP archive is reached: the XML of a sheet, of the texts, of the formats, or of an
 * ODS. What is read is lines, each part of which has as many bars in all of its rows. */
#include <zip.h>

#include "fuzz.h"
#include "intake/kind_int.h"
#include "intake/workbook_int.h"

#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

enum shape { SHAPE_WHOLE, SHAPE_SHEET, SHAPE_STRINGS, SHAPE_STYLES, SHAPE_ODS, SHAPES };

struct part {
    const char *name, *text;
};

static const struct part book[] = {
    {"xl/workbook.xml",
     "<workbook xmlns:r='http://x/relationships'><sheets><sheet name='S' r:id='a'/></sheets>"
     "</workbook>"},
    {"xl/_rels/workbook.xml.rels",
     "<Relationships><Relationship Id='a' Type='" RELATIONS "worksheet' Target='s.xml'/>"
     "<Relationship Id='b' Type='" RELATIONS "sharedStrings' Target='t.xml'/>"
     "<Relationship Id='c' Type='" RELATIONS "styles' Target='f.xml'/></Relationships>"},
    {"xl/s.xml",
     "<worksheet><sheetData><row><c t='s'><v>0</v></c><c s='1'><v>44120.5</v></c></row></sheetData>"
     "</worksheet>"},
    {"xl/t.xml", "<sst><si><t>Name</t></si></sst>"},
    {"xl/f.xml", "<styleSheet><cellXfs><xf/><xf numFmtId='14'/></cellXfs></styleSheet>"},
};

static void part_add(zip_t *zip, const char *name, struct str text)
{
    zip_source_t *source = zip_source_buffer(zip, text.at, text.len, 0);
    MUST(source);
    zip_int64_t at = zip_file_add(zip, name, source, 0);
    MUST(at >= 0);
    MUST(zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0) == 0);
}

static void parts_add(zip_t *zip, enum shape shape, struct str text)
{
    static const size_t replaced[SHAPES] = {
        [SHAPE_SHEET] = 2, [SHAPE_STRINGS] = 3, [SHAPE_STYLES] = 4};
    if (shape == SHAPE_ODS) {
        part_add(zip, "content.xml", text);
        return;
    }
    for (size_t i = 0; i < COUNT_OF(book); i++)
        part_add(zip, book[i].name, i == replaced[shape] ? text : str_of(book[i].text));
}

/* a file with the bytes as one of its parts */
static struct str packed(struct arena *arena, enum shape shape, struct str text)
{
    zip_error_t error;
    zip_stat_t stat;
    zip_error_init(&error);
    zip_source_t *out = zip_source_buffer_create(NULL, 0, 0, &error);
    MUST(out);
    zip_source_keep(out);
    zip_t *zip = zip_open_from_source(out, ZIP_TRUNCATE, &error);
    MUST(zip);
    parts_add(zip, shape, text);
    MUST(zip_close(zip) == 0);
    MUST(zip_source_open(out) == 0 && zip_source_stat(out, &stat) == 0);
    char *bytes = arena_alloc(arena, stat.size + 1);
    MUST(zip_source_read(out, bytes, stat.size) == (zip_int64_t)stat.size);
    zip_source_close(out);
    zip_source_free(out);
    zip_error_fini(&error);
    return (struct str){bytes, stat.size};
}

static size_t bars_in(struct str line)
{
    size_t count = 0;
    for (size_t i = 0; i < line.len; i++)
        count += line.at[i] == '|';
    return count;
}

static void must_be_rows(struct str text)
{
    struct str part, line;
    while (text.len && str_cut(&text, '\f', &part)) {
        size_t bars = 0;
        MUST(part.len && part.at[part.len - 1] == '\n');
        MUST(str_cut(&part, '\n', &line));
        while (str_cut(&part, '\n', &line)) {
            size_t here = bars_in(line);
            MUST(!bars || !here || here == bars);
            bars = here ? here : bars;
        }
    }
}

void fuzz_one(struct str bytes, struct arena *arena)
{
    struct workbook read, parsed;
    struct fault why = {0};
    struct buf answer;
    const char *looks_like;
    if (!bytes.len)
        return;
    enum shape shape = (enum shape)((unsigned char)bytes.at[0] % SHAPES);
    struct str rest = str_slice(bytes, 1, bytes.len);
    struct str file = shape == SHAPE_WHOLE ? rest : packed(arena, shape, rest);
    bool ods = shape == SHAPE_ODS || kind_of(file, &looks_like) == KIND_ODS;
    enum outcome result =
        workbook_read(arena, ods ? WORKBOOK_ODS : WORKBOOK_XLSX, file, &read, &why);
    must_be_said(result, &why);
    if (result != OK)
        return;
    must_be_rows(read.text);
    buf_init(&answer, SIZE_MAX / 4);
    workbook_write(&read, &answer);
    MUST(workbook_parse(buf_str(&answer), &parsed, &why) == OK);
    MUST(str_equal(parsed.text, read.text) && str_equal(parsed.doubt, read.doubt));
    buf_release(&answer);
}

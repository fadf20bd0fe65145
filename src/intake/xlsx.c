#include <stdlib.h>

#include "intake/book_int.h"
#include "text/utf8.h"

enum { STRINGS_LIMIT = 4000000, SHEETS_LIMIT = 256, FORMATS_LIMIT = 65536, TEXT_LIMIT = 1 << 20 };

/* where the text of an element is gathered */
struct gathering {
    struct buf buf;
    bool on;
};

struct relation {
    struct str id, type, target;
};

struct relations {
    struct relation *at;
    size_t count, room;
};

struct sheet {
    struct str name, relation;
    bool hidden;
};

struct format {
    int64_t number;
    struct shown shown;
};

struct styles {
    struct format *formats; /* of the file's own */
    size_t formats_count, formats_room;
    struct shown *cells; /* by a cell's style */
    size_t count, room;
    bool in_cells;
};

struct workbook_parts {
    struct arena *arena;
    struct sheet *sheets;
    size_t sheets_count, sheets_room;
    bool since_1904, too_many;
};

struct strings {
    struct arena *arena;
    struct str *at;
    size_t count, room, bytes;
    struct gathering text;
    int spoken; /* depth in how it is pronounced */
    bool too_many;
};

struct xlsx {
    struct book *book;
    struct relations relations;
    struct workbook_parts parts;
    struct styles styles;
    struct strings strings;
    struct str folder; /* of the workbook's part, with its slash */
};

static bool is(struct str name, const char *wanted)
{
    return str_equal(name, str_of(wanted));
}

static bool is_true(struct str value)
{
    return is(value, "1") || is(value, "true");
}

static int64_t number_of(struct str text, int64_t otherwise)
{
    int64_t number;
    return str_to_int(text, &number) ? number : otherwise;
}

/* ---- relationships: from a part to others ---- */

struct relating {
    struct arena *arena;
    struct relations *out;
};

static void relation_opens(void *context, const struct element *e)
{
    struct relating *r = context;
    if (!is(e->name, "Relationship") || r->out->count == PACKAGE_ENTRIES)
        return;
    r->out->at = arena_grow(r->arena, r->out->at, r->out->count, &r->out->room, sizeof *r->out->at);
    r->out->at[r->out->count++] = (struct relation){element_attribute(e, r->arena, "Id", NULL),
                                                    element_attribute(e, r->arena, "Type", NULL),
                                                    element_attribute(e, r->arena, "Target", NULL)};
}

static enum outcome relations_read(struct xlsx *x, const char *part, struct relations *out,
                                   struct fault *why)
{
    static const struct part_events events = {.opens = relation_opens};
    struct relating r = {x->book->arena, out};
    *out = (struct relations){0};
    return package_has(&x->book->package, part)
               ? package_tell(&x->book->package, part, &events, &r, why)
               : OK;
}

static struct str part_of(const struct xlsx *x, struct str target)
{
    struct str folder = x->folder;
    if (str_starts(target, STR("/")))
        return arena_copy(x->book->arena, str_slice(target, 1, target.len));
    while (str_starts(target, STR("../"))) {
        target = str_slice(target, 3, target.len);
        size_t end = folder.len ? folder.len - 1 : 0;
        while (end && folder.at[end - 1] != '/')
            end--;
        folder.len = end;
    }
    return arena_print(x->book->arena, "%.*s%.*s", STR_ARG(folder), STR_ARG(target));
}

/* the target of the first relation of a type, or empty */
static struct str target_of(const struct relations *r, struct str type)
{
    for (size_t i = 0; i < r->count; i++)
        if (str_ends(r->at[i].type, type))
            return r->at[i].target;
    return STR_NONE;
}

/* ---- the workbook ---- */

static void workbook_opens(void *context, const struct element *e)
{
    struct workbook_parts *p = context;
    if (is(e->name, "workbookPr"))
        p->since_1904 = is_true(element_attribute(e, p->arena, "date1904", NULL));
    if (!is(e->name, "sheet") || p->too_many)
        return;
    if (p->sheets_count == SHEETS_LIMIT) {
        p->too_many = true;
        return;
    }
    struct str state = element_attribute(e, p->arena, "state", NULL);
    p->sheets =
        arena_grow(p->arena, p->sheets, p->sheets_count, &p->sheets_room, sizeof *p->sheets);
    p->sheets[p->sheets_count++] =
        (struct sheet){.name = book_name(p->arena, element_attribute(e, p->arena, "name", NULL)),
                       .relation = element_attribute(e, p->arena, "id", "elationships"),
                       .hidden = str_starts(state, STR("hidden")) || is(state, "veryHidden")};
}

static enum outcome workbook_find(struct xlsx *x, struct fault *why)
{
    static const struct part_events events = {.opens = workbook_opens};
    struct relations root;
    enum outcome result = relations_read(x, "_rels/.rels", &root, why);
    if (result != OK)
        return result;
    struct str part = target_of(&root, STR("/officeDocument"));
    part = part_of(x, part.len ? part : STR("xl/workbook.xml"));
    size_t slash = part.len;
    while (slash && part.at[slash - 1] != '/')
        slash--;
    x->folder = str_slice(part, 0, slash);
    struct str relations = arena_print(x->book->arena, "%.*s_rels/%.*s.rels", STR_ARG(x->folder),
                                       STR_ARG(str_slice(part, slash, part.len)));
    x->parts.arena = x->book->arena;
    result = package_tell(&x->book->package, part.at, &events, &x->parts, why);
    if (result == OK && x->parts.too_many)
        return refuse(why, REFUSED, "%s with more than %d sheets", x->book->package.name,
                      SHEETS_LIMIT);
    return result == OK ? relations_read(x, relations.at, &x->relations, why) : result;
}

/* ---- styles ---- */

struct styling {
    struct arena *arena;
    struct styles *out;
};

static struct shown shown_of(const struct styles *s, int64_t number)
{
    for (size_t i = 0; i < s->formats_count; i++)
        if (s->formats[i].number == number)
            return s->formats[i].shown;
    return shown_by_number(number);
}

static void style_opens(void *context, const struct element *e)
{
    struct styling *s = context;
    struct styles *out = s->out;
    if (is(e->name, "cellXfs"))
        out->in_cells = true;
    if (is(e->name, "numFmt") && out->formats_count < FORMATS_LIMIT) {
        out->formats = arena_grow(s->arena, out->formats, out->formats_count, &out->formats_room,
                                  sizeof *out->formats);
        out->formats[out->formats_count++] =
            (struct format){number_of(element_attribute(e, s->arena, "numFmtId", NULL), -1),
                            shown_by_code(element_attribute(e, s->arena, "formatCode", NULL))};
    }
    if (is(e->name, "xf") && out->in_cells && out->count < FORMATS_LIMIT) {
        out->cells = arena_grow(s->arena, out->cells, out->count, &out->room, sizeof *out->cells);
        out->cells[out->count++] =
            shown_of(out, number_of(element_attribute(e, s->arena, "numFmtId", NULL), 0));
    }
}

static void style_closes(void *context, struct str name)
{
    struct styling *s = context;
    if (is(name, "cellXfs"))
        s->out->in_cells = false;
}

static enum outcome styles_read(struct xlsx *x, struct fault *why)
{
    static const struct part_events events = {.opens = style_opens, .closes = style_closes};
    struct styling s = {x->book->arena, &x->styles};
    struct str target = target_of(&x->relations, STR("/styles"));
    return target.len ? package_tell(&x->book->package, part_of(x, target).at, &events, &s, why)
                      : OK;
}

/* ---- texts ---- */

static int hex_value(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* _x000D_: a character that XML would not bear (ECMA-376, 22.9.2.19, ST_Xstring) */
static bool escaped_at(struct str s, size_t at, uint32_t *code)
{
    *code = 0;
    if (at + 7 > s.len || s.at[at] != '_' || s.at[at + 1] != 'x' || s.at[at + 6] != '_')
        return false;
    for (size_t i = at + 2; i < at + 6; i++) {
        if (hex_value(s.at[i]) < 0)
            return false;
        *code = *code << 4 | (uint32_t)hex_value(s.at[i]);
    }
    return *code < 0xD800 || *code > 0xDFFF;
}

static struct str text_of(struct arena *arena, struct str written)
{
    uint32_t code;
    if (str_find(written, STR("_x"), 0) == SIZE_MAX)
        return arena_copy(arena, written);
    char *out = arena_room(arena, written.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < written.len; i++) {
        if (!escaped_at(written, i, &code)) {
            out[len++] = written.at[i];
            continue;
        }
        len += utf8_write(code < ' ' ? ' ' : code, out + len);
        i += 6;
    }
    return (struct str){out, len};
}

static void text_said(void *context, struct str text)
{
    struct gathering *g = context;
    if (g->on)
        buf_add(&g->buf, text);
}

static void string_opens(void *context, const struct element *e)
{
    struct strings *s = context;
    if (is(e->name, "si"))
        buf_clear(&s->text.buf);
    if (is(e->name, "rPh"))
        s->spoken++;
    s->text.on = is(e->name, "t") && !s->spoken;
}

static void string_closes(void *context, struct str name)
{
    struct strings *s = context;
    s->text.on = false;
    if (is(name, "rPh") && s->spoken)
        s->spoken--;
    if (!is(name, "si") || s->too_many)
        return;
    s->bytes += s->text.buf.len;
    s->too_many = s->text.buf.full || s->count == STRINGS_LIMIT || s->bytes > PACKAGE_UNFOLDED / 4;
    s->at = arena_grow(s->arena, s->at, s->count, &s->room, sizeof *s->at);
    s->at[s->count++] = text_of(s->arena, buf_str(&s->text.buf));
}

static void string_said(void *context, struct str text)
{
    struct strings *s = context;
    text_said(&s->text, text);
}

static enum outcome strings_read(struct xlsx *x, struct fault *why)
{
    static const struct part_events events = {string_opens, string_closes, string_said};
    struct str target = target_of(&x->relations, STR("/sharedStrings"));
    struct strings *s = &x->strings;
    s->arena = x->book->arena;
    if (!target.len)
        return OK;
    buf_init(&s->text.buf, TEXT_LIMIT);
    enum outcome result = package_tell(&x->book->package, part_of(x, target).at, &events, s, why);
    buf_release(&s->text.buf);
    if (result == OK && s->too_many)
        result = refuse(why, REFUSED, "%s with too many texts", x->book->package.name);
    return result;
}

/* ---- a sheet ---- */

struct reading_sheet {
    struct xlsx *x;
    struct arena *arena;
    struct arena scratch; /* of a row */
    struct grid grid;
    struct gathering text;
    uint32_t row, column;   /* of the cell */
    uint32_t next, across;  /* row and column behind the last */
    struct str type, style; /* of the cell */
    bool hidden, in_text;   /* the row; within an inline text */
    int spoken;
    bool broken; /* names a text that is not there, or is one too long */
};

/* "AB12" -> row 11, column 27 */
static bool place_of(struct str ref, uint32_t *row, uint32_t *column)
{
    size_t i = 0;
    uint32_t letters = 0;
    int64_t number;
    for (; i < ref.len && i < 4 && ref.at[i] >= 'A' && ref.at[i] <= 'Z'; i++)
        letters = letters * 26 + (uint32_t)(ref.at[i] - 'A' + 1);
    if (!letters || !str_to_int(str_slice(ref, i, ref.len), &number) || number < 1 ||
        number > GRID_ROWS)
        return false;
    *row = (uint32_t)(number - 1);
    *column = letters - 1;
    return true;
}

static void row_opens(struct reading_sheet *s, const struct element *e)
{
    arena_release(&s->scratch);
    int64_t row = number_of(element_attribute(e, &s->scratch, "r", NULL), (int64_t)s->next + 1);
    s->row = row < 1 || row > GRID_ROWS ? GRID_ROWS : (uint32_t)(row - 1);
    s->next = s->row + 1;
    s->across = 0;
    s->hidden = is_true(element_attribute(e, &s->scratch, "hidden", NULL));
}

static void cell_opens(struct reading_sheet *s, const struct element *e)
{
    uint32_t row;
    buf_clear(&s->text.buf);
    s->text.on = false;
    s->column = s->across;
    if (place_of(element_attribute(e, &s->scratch, "r", NULL), &row, &s->column) && row != s->row)
        s->row = GRID_ROWS;
    s->across = s->column + 1;
    s->type = element_attribute(e, &s->scratch, "t", NULL);
    s->style = element_attribute(e, &s->scratch, "s", NULL);
}

static void join_opens(struct reading_sheet *s, const struct element *e)
{
    struct str range = element_attribute(e, &s->scratch, "ref", NULL), from;
    uint32_t row, column, last_row, last_column;
    if (str_cut(&range, ':', &from) && place_of(from, &row, &column) &&
        place_of(range, &last_row, &last_column))
        grid_join(&s->grid, row, column, last_row);
}

static void sheet_opens(void *context, const struct element *e)
{
    struct reading_sheet *s = context;
    if (is(e->name, "row"))
        row_opens(s, e);
    else if (is(e->name, "c"))
        cell_opens(s, e);
    else if (is(e->name, "is"))
        s->in_text = true;
    else if (is(e->name, "rPh"))
        s->spoken++;
    else if (is(e->name, "mergeCell"))
        join_opens(s, e);
    else if (is(e->name, "col") && is_true(element_attribute(e, &s->scratch, "hidden", NULL)))
        s->grid.hidden_columns++;
    s->text.on = is(e->name, "v") || (is(e->name, "t") && s->in_text && !s->spoken);
}

static struct str number_said(struct reading_sheet *s, struct str text)
{
    const struct styles *styles = &s->x->styles;
    int64_t style = number_of(s->style, 0);
    char *end;
    struct str copy = arena_copy(&s->scratch, text);
    double number = strtod(copy.at, &end);
    if (copy.len && end == copy.at + copy.len && style >= 0 && (size_t)style < styles->count) {
        struct str date =
            shown_date(&s->scratch, number, styles->cells[style], s->x->parts.since_1904);
        if (date.len)
            return date;
    }
    return shown_number(&s->scratch, copy);
}

/* the day alone where the time is midnight: 2022-10-16T00:00:00 */
static struct str date_said(struct str text)
{
    size_t time = str_find(text, STR("T00:00"), 0);
    return str_slice(text, 0, time);
}

static struct str cell_said(struct reading_sheet *s)
{
    struct str text = str_trim(buf_str(&s->text.buf));
    if (is(s->type, "s")) {
        int64_t at = number_of(text, -1);
        if (text.len && (at < 0 || (size_t)at >= s->x->strings.count))
            s->broken = true;
        return text.len && !s->broken ? s->x->strings.at[at] : STR_NONE;
    }
    if (is(s->type, "b"))
        return !text.len ? STR_NONE : is_true(text) ? STR("TRUE") : STR("FALSE");
    if (is(s->type, "d"))
        return date_said(text);
    if (!s->type.len || is(s->type, "n"))
        return number_said(s, text);
    return text_of(&s->scratch, text);
}

static void sheet_closes(void *context, struct str name)
{
    struct reading_sheet *s = context;
    s->text.on = false;
    if (is(name, "is"))
        s->in_text = false;
    else if (is(name, "rPh") && s->spoken)
        s->spoken--;
    else if (is(name, "row") && s->hidden)
        grid_hide(&s->grid, s->row, 1);
    if (!is(name, "c"))
        return;
    s->broken = s->broken || s->text.buf.full;
    struct str said = cell_said(s);
    bool shared = is(s->type, "s");
    if (said.len && s->grid.count < GRID_CELLS)
        grid_put(&s->grid, s->row, s->column, shared ? said : arena_copy(s->arena, said));
}

static void sheet_said(void *context, struct str text)
{
    struct reading_sheet *s = context;
    text_said(&s->text, text);
}

static enum outcome sheet_read(struct xlsx *x, const struct sheet *sheet, struct str part,
                               struct fault *why)
{
    static const struct part_events events = {sheet_opens, sheet_closes, sheet_said};
    struct arena arena;
    struct reading_sheet s = {.x = x, .arena = &arena};
    arena_init(&arena);
    arena_init(&s.scratch);
    grid_init(&s.grid);
    buf_init(&s.text.buf, TEXT_LIMIT);
    enum outcome result = package_tell(&x->book->package, part.at, &events, &s, why);
    if (result == OK && s.broken)
        result = refuse(why, REFUSED, "%s that is damaged: sheet \"%.*s\" lacks a text",
                        x->book->package.name, STR_ARG(sheet->name));
    if (result == OK)
        result = book_sheet(x->book, &s.grid, sheet->name, sheet->hidden, why);
    buf_release(&s.text.buf);
    grid_release(&s.grid);
    arena_release(&s.scratch);
    arena_release(&arena);
    return result;
}

static const struct relation *relation_of(const struct relations *r, struct str id)
{
    for (size_t i = 0; i < r->count; i++)
        if (str_equal(r->at[i].id, id))
            return &r->at[i];
    return NULL;
}

enum outcome xlsx_read(struct book *book, struct fault *why)
{
    struct xlsx x = {.book = book};
    enum outcome result = workbook_find(&x, why);
    if (result == OK)
        result = styles_read(&x, why);
    if (result == OK)
        result = strings_read(&x, why);
    for (size_t i = 0; i < x.parts.sheets_count && result == OK; i++) {
        const struct sheet *sheet = &x.parts.sheets[i];
        const struct relation *r = relation_of(&x.relations, sheet->relation);
        if (!r)
            result = refuse(why, REFUSED, "%s that is damaged: sheet \"%.*s\" is not in it",
                            book->package.name, STR_ARG(sheet->name));
        else if (str_ends(r->type, STR("/worksheet")))
            result = sheet_read(&x, sheet, part_of(&x, r->target), why);
    }
    return result;
}

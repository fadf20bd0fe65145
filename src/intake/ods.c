#include "intake/book_int.h"

enum { CELL_LIMIT = 1 << 20, STYLES_LIMIT = 65536, SPACES_LIMIT = 64, OLD_YEAR = 1700, YEAR = 4 };

/* styles of sheets that are not shown */
struct hiding {
    struct str *at;
    size_t count, room;
    struct str style; /* the one being read */
};

struct ods {
    struct book *book;
    struct arena arena, scratch; /* of a sheet; of a row */
    struct hiding hidden;
    struct grid grid;
    struct buf text;        /* of a cell */
    size_t depth, cell_at;  /* of elements; of the open cell, 0 for none */
    size_t paragraph_at;    /* of the open paragraph of that cell, 0 for none */
    size_t table_at;        /* of the open sheet */
    size_t left_out_at;     /* of what is not read, with all in it */
    uint32_t row, column;   /* of the cell */
    uint32_t rows, columns; /* how often the row, the cell is repeated */
    uint32_t joined;        /* rows that the cell reaches over */
    struct str name, style, value;
    bool row_hidden, is_old_date;
    enum outcome result; /* of the sheets that ended */
    struct fault *why;
};

static bool is(struct str name, const char *wanted)
{
    return str_equal(name, str_of(wanted));
}

static struct str attribute(struct ods *o, const struct element *e, const char *name,
                            const char *space)
{
    return element_attribute(e, &o->scratch, name, space);
}

/* a count in an attribute, between 1 and the limit */
static uint32_t times_of(struct ods *o, const struct element *e, const char *name, uint32_t limit)
{
    int64_t times;
    struct str text = attribute(o, e, name, "table:1.0");
    if (!text.len)
        return 1;
    return !str_to_int(text, &times) || times > limit ? limit : times < 1 ? 1 : (uint32_t)times;
}

/* ---- styles ---- */

static void style_opens(struct ods *o, const struct element *e)
{
    struct hiding *h = &o->hidden;
    if (is(e->name, "style"))
        h->style = element_attribute(e, o->book->arena, "name", "style:1.0");
    if (!is(e->name, "table-properties") || h->count == STYLES_LIMIT ||
        !is(attribute(o, e, "display", "table:1.0"), "false"))
        return;
    h->at = arena_grow(o->book->arena, h->at, h->count, &h->room, sizeof *h->at);
    h->at[h->count++] = h->style;
}

static bool is_hidden(const struct hiding *h, struct str style)
{
    for (size_t i = 0; i < h->count; i++)
        if (str_equal(h->at[i], style))
            return true;
    return false;
}

/* ---- cells ---- */

static bool is_old(struct str date)
{
    int64_t year;
    return date.len > YEAR && str_to_int(str_slice(date, 0, YEAR), &year) && year < OLD_YEAR;
}

/* PT14H30M00S -> 14:30 */
static struct str time_said(struct ods *o, struct str time)
{
    int64_t hours, minutes;
    size_t h = str_find(time, STR("H"), 0), m = str_find(time, STR("M"), 0);
    bool read = str_starts(time, STR("PT")) && h != SIZE_MAX && m != SIZE_MAX && h < m &&
                str_to_int(str_slice(time, 2, h), &hours) &&
                str_to_int(str_slice(time, h + 1, m), &minutes);
    return read ? arena_print(&o->scratch, "%02d:%02d", (int)(hours % 1000), (int)(minutes % 60))
                : time;
}

/* 2022-10-16T14:30:00 -> 2022-10-16 14:30; midnight is no time of day */
static struct str date_said(struct ods *o, struct str date)
{
    size_t at = str_find(date, STR("T"), 0);
    struct str time = at == SIZE_MAX ? STR_NONE : str_slice(date, at + 1, at + 6);
    date = str_slice(date, 0, at);
    return !time.len || is(time, "00:00")
               ? date
               : arena_print(&o->scratch, "%.*s %.*s", STR_ARG(date), STR_ARG(time));
}

/* what the cell says, where it is not its paragraphs that do */
static struct str value_of(struct ods *o, const struct element *e)
{
    struct str type = attribute(o, e, "value-type", "office:1.0");
    if (is(type, "boolean"))
        return is(attribute(o, e, "boolean-value", "office:1.0"), "true") ? STR("TRUE")
                                                                          : STR("FALSE");
    if (is(type, "date")) {
        struct str date = attribute(o, e, "date-value", "office:1.0");
        return is_old(date) ? STR_NONE : date_said(o, date);
    }
    if (is(type, "time"))
        return time_said(o, attribute(o, e, "time-value", "office:1.0"));
    if (is(type, "float") || is(type, "percentage") || is(type, "currency"))
        return shown_number(&o->scratch, attribute(o, e, "value", "office:1.0"));
    return attribute(o, e, "string-value", "office:1.0");
}

static void cell_opens(struct ods *o, const struct element *e)
{
    buf_clear(&o->text);
    o->cell_at = o->depth;
    o->columns = times_of(o, e, "number-columns-repeated", GRID_ROWS);
    o->joined = times_of(o, e, "number-rows-spanned", GRID_ROWS);
    o->value = is(e->name, "table-cell") ? value_of(o, e) : STR_NONE;
}

static void cell_closes(struct ods *o)
{
    struct str said = o->value.len ? o->value : str_trim(buf_str(&o->text));
    uint32_t times = said.len ? o->columns : 0;
    if (said.len)
        said = arena_copy(&o->arena, said);
    if (o->joined > 1)
        grid_join(&o->grid, o->row, o->column, o->row + o->joined - 1);
    for (uint32_t i = 0; i < times && o->grid.fault == GRID_SOUND; i++)
        grid_put(&o->grid, o->row, o->column + i, said);
    o->column = o->columns > GRID_ROWS - o->column ? GRID_ROWS : o->column + o->columns;
    o->cell_at = 0;
}

/* ---- rows ---- */

static bool is_kept_back(struct ods *o, const struct element *e)
{
    struct str visible = attribute(o, e, "visibility", "table:1.0");
    return is(visible, "collapse") || is(visible, "filter");
}

static void row_opens(struct ods *o, const struct element *e)
{
    arena_release(&o->scratch);
    o->rows = times_of(o, e, "number-rows-repeated", GRID_ROWS);
    o->row_hidden = is_kept_back(o, e);
    o->column = 0;
}

/* the row's cells again, as often as it is repeated */
static void row_closes(struct ods *o)
{
    size_t first = o->grid.count;
    while (first && o->grid.cells[first - 1].row == o->row)
        first--;
    size_t end = o->grid.count;
    uint32_t times = end > first ? o->rows : 1;
    for (uint32_t i = 1; i < times && o->grid.fault == GRID_SOUND; i++)
        for (size_t k = first; k < end; k++) {
            struct grid_cell cell = o->grid.cells[k];
            grid_put(&o->grid, o->row + i, cell.column, cell.text);
        }
    if (o->row_hidden)
        grid_hide(&o->grid, o->row, times);
    o->row = o->rows > GRID_ROWS - o->row ? GRID_ROWS : o->row + o->rows;
}

/* ---- sheets ---- */

static void table_opens(struct ods *o, const struct element *e)
{
    arena_release(&o->scratch);
    o->table_at = o->depth;
    o->row = o->column = 0;
    o->name = book_name(&o->arena, element_attribute(e, &o->arena, "name", "table:1.0"));
    o->style = element_attribute(e, &o->arena, "style-name", "table:1.0");
    grid_init(&o->grid);
}

static void table_closes(struct ods *o)
{
    if (o->result == OK)
        o->result = book_sheet(o->book, &o->grid, o->name, is_hidden(&o->hidden, o->style), o->why);
    grid_release(&o->grid);
    arena_release(&o->arena);
    o->name = o->style = STR_NONE;
    o->table_at = 0;
}

/* ---- elements ---- */

static bool is_left_out(struct str name)
{
    static const char *const names[] = {"annotation", "shapes", "tracked-changes", "dde-links"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (is(name, names[i]))
            return true;
    return false;
}

static void blanks_open(struct ods *o, const struct element *e)
{
    int64_t count = 1;
    bool several = is(e->name, "s") && str_to_int(attribute(o, e, "c", "text:1.0"), &count);
    for (int64_t i = 0; i < (several && count < SPACES_LIMIT ? count : 1); i++)
        buf_add_byte(&o->text, ' ');
}

static void element_opens(void *context, const struct element *e)
{
    struct ods *o = context;
    o->depth++;
    if (!o->left_out_at && is_left_out(e->name))
        o->left_out_at = o->depth;
    if (o->left_out_at)
        return;
    if (!o->table_at)
        style_opens(o, e);
    if (!o->table_at && is(e->name, "table"))
        table_opens(o, e);
    else if (o->table_at && !o->cell_at && is(e->name, "table-row"))
        row_opens(o, e);
    else if (o->table_at && !o->cell_at && is(e->name, "table-column"))
        o->grid.hidden_columns += is_kept_back(o, e);
    else if (o->table_at && !o->cell_at &&
             (is(e->name, "table-cell") || is(e->name, "covered-table-cell")))
        cell_opens(o, e);
    else if (o->cell_at && !o->paragraph_at && o->depth == o->cell_at + 1 && is(e->name, "p")) {
        o->paragraph_at = o->depth;
        buf_add_byte(&o->text, ' ');
    } else if (o->paragraph_at &&
               (is(e->name, "s") || is(e->name, "tab") || is(e->name, "line-break")))
        blanks_open(o, e);
}

static void element_closes(void *context, struct str name)
{
    struct ods *o = context;
    size_t depth = o->depth--;
    if (o->left_out_at) {
        if (depth == o->left_out_at)
            o->left_out_at = 0;
        return;
    }
    if (depth == o->paragraph_at)
        o->paragraph_at = 0;
    else if (depth == o->cell_at)
        cell_closes(o);
    else if (o->table_at && !o->cell_at && is(name, "table-row"))
        row_closes(o);
    else if (depth == o->table_at)
        table_closes(o);
}

static void text_said(void *context, struct str text)
{
    struct ods *o = context;
    if (o->paragraph_at && !o->left_out_at)
        buf_add(&o->text, text);
}

/* ---- whether it is encrypted ---- */

static void manifest_opens(void *context, const struct element *e)
{
    bool *encrypted = context;
    *encrypted = *encrypted || is(e->name, "encryption-data");
}

static enum outcome check_encrypted(struct package *p, struct fault *why)
{
    static const struct part_events events = {.opens = manifest_opens};
    static const char manifest[] = "META-INF/manifest.xml";
    bool encrypted = false;
    enum outcome result =
        package_has(p, manifest) ? package_tell(p, manifest, &events, &encrypted, why) : OK;
    if (result == OK && encrypted)
        return refuse(why, REFUSED, "%s that is encrypted: it needs a password", p->name);
    return result;
}

enum outcome ods_read(struct book *book, struct fault *why)
{
    static const struct part_events events = {element_opens, element_closes, text_said};
    struct ods o = {.book = book, .why = why};
    enum outcome result = check_encrypted(&book->package, why);
    if (result != OK)
        return result;
    arena_init(&o.arena);
    arena_init(&o.scratch);
    buf_init(&o.text, CELL_LIMIT);
    grid_init(&o.grid);
    result = package_tell(&book->package, "content.xml", &events, &o, why);
    if (result == OK)
        result = o.result;
    buf_release(&o.text);
    grid_release(&o.grid);
    arena_release(&o.scratch);
    arena_release(&o.arena);
    return result;
}

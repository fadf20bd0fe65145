#include "intake/delimited_int.h"

#include "base/csv.h"

enum { TRIED_BYTES = 65536, TRIED_ROWS = 50, HEAD_CELL = 60 };

static struct csv_rows rows_of(struct arena *a, struct str text)
{
    char *copy = arena_alloc(a, text.len + 1);
    memcpy(copy, text.at, text.len);
    return (struct csv_rows){.format = csv_format_of(text), .at = copy, .end = copy + text.len};
}

static bool is_head(const struct csv_row *row, char separator)
{
    if (separator == '|' || row->count < (separator == ',' ? 3 : 2))
        return false;
    for (size_t i = 0; i < row->count; i++) {
        struct str cell = row->fields[i];
        if (!cell.len || cell.len > HEAD_CELL || strchr(".!?:\"", cell.at[cell.len - 1]))
            return false;
    }
    return true;
}

/* what stands in whole lines at the beginning */
static struct str beginning_of(struct str text)
{
    if (text.len <= TRIED_BYTES)
        return text;
    const char *end = memrchr(text.at, '\n', TRIED_BYTES);
    return end ? str_slice(text, 0, (size_t)(end - text.at) + 1) : STR_NONE;
}

bool delimited_is(struct str text)
{
    struct arena a;
    struct csv_row row;
    size_t columns = 0, count = 0;
    bool more = true, is = true;
    arena_init(&a);
    struct csv_rows rows = rows_of(&a, beginning_of(text));
    for (; is && count < TRIED_ROWS; count++) {
        is = csv_row_next(&rows, &row, &more, NULL) == OK;
        if (!is || !more)
            break;
        is = count ? row.count == columns : is_head(&row, rows.format.separator);
        columns = row.count;
    }
    arena_release(&a);
    return is && count > 1;
}

void delimited_cell(struct buf *out, struct str cell)
{
    bool blank = false;
    for (size_t i = 0; i < cell.len; i++) {
        char c = cell.at[i];
        if (((unsigned char)c <= ' ') || c == 0x7F) {
            blank = true;
            continue;
        }
        if (blank)
            buf_add_byte(out, ' ');
        blank = false;
        if (c == '|')
            buf_add_text(out, "\u00A6");
        else
            buf_add_byte(out, c);
    }
}

static bool is_empty(const struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->fields[i].len)
            return false;
    return true;
}

static void write_row(struct buf *out, const struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        if (i)
            buf_add_text(out, " | ");
        delimited_cell(out, row->fields[i]);
    }
    buf_add_byte(out, '\n');
}

static enum outcome write_rows(struct csv_rows *rows, struct buf *out, struct fault *why)
{
    struct fault what = {0};
    struct csv_row row;
    size_t columns = 0;
    for (bool more = true;;) {
        if (csv_row_next(rows, &row, &more, &what) != OK)
            return refuse(why, REFUSED, "a table whose line %zu cannot be read: %s", rows->line,
                          what.text);
        if (!more)
            return OK;
        columns = columns ? columns : row.count;
        if (row.count > columns)
            return refuse(why, REFUSED, "a table whose line %zu has %zu cells, but %zu columns",
                          rows->line, row.count, columns);
        if (!is_empty(&row))
            write_row(out, &row);
    }
}

enum outcome delimited_text(struct arena *a, struct str text, struct str *out, struct fault *why)
{
    struct buf written;
    struct csv_rows rows = rows_of(a, text);
    buf_init(&written, 4 * text.len + 1);
    enum outcome result = write_rows(&rows, &written, why);
    if (result == OK)
        *out = arena_copy(a, buf_str(&written));
    buf_release(&written);
    return result;
}

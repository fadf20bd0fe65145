#include "command/list.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include "text/utf8.h"

enum { WIDTH_MIN = 40, WIDTH_MAX = 200, GAP = 2, CELL_MIN = 6 };

size_t list_width(void)
{
    struct winsize size = {0};
    const char *columns = getenv("COLUMNS");
    int64_t width = 0;
    if (!columns || !str_to_int(str_of(columns), &width) || width <= 0)
        width = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
    if (width <= 0)
        return isatty(STDOUT_FILENO) ? 80 : 0;
    return width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : (size_t)width;
}

static bool is_right_to_left(struct str s)
{
    size_t size;
    for (size_t at = 0; at < s.len; at += size) {
        uint32_t c = utf8_at(s, at, &size);
        if ((c >= 0x0590 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
            (c >= 0xFE70 && c <= 0xFEFE))
            return true;
    }
    return false;
}

static bool isolate_begin(struct buf *out, struct str text)
{
    bool isolated = isatty(STDOUT_FILENO) && is_right_to_left(text);
    if (isolated)
        buf_add_text(out, "\u2068");
    return isolated;
}

static void isolate_end(struct buf *out, bool isolated)
{
    if (isolated)
        buf_add_text(out, "\u2069");
}

void list_text(struct buf *out, struct str text)
{
    bool isolated = isolate_begin(out, text);
    show(out, text);
    isolate_end(out, isolated);
}

struct list_row *list_add(struct list *list)
{
    list->rows = arena_grow(list->arena, list->rows, list->count, &list->room, sizeof *list->rows);
    list->rows[list->count] = (struct list_row){0};
    return &list->rows[list->count++];
}

static size_t shown_width(struct str text)
{
    struct buf shown;
    buf_init(&shown, 1 << 20);
    show(&shown, text);
    size_t width = show_width(buf_str(&shown));
    buf_release(&shown);
    return width;
}

static void natural_widths(const struct list *list, size_t widths[LIST_COLUMNS])
{
    for (size_t i = 0; i < list->count; i++)
        for (size_t c = 0; c < LIST_COLUMNS; c++) {
            size_t width = shown_width(list->rows[i].cells[c]);
            widths[c] = width > widths[c] ? width : widths[c];
        }
}

/* Takes columns from the widest flexible one until all fit. */
static void fit(const struct list *list, size_t widths[LIST_COLUMNS])
{
    size_t limit = list_width(), total = list->indent;
    for (size_t c = 0; c < LIST_COLUMNS; c++)
        total += widths[c] ? widths[c] + GAP : 0;
    total -= total > list->indent ? GAP : 0;
    while (limit && total > limit) {
        size_t widest = LIST_COLUMNS;
        for (size_t c = 0; c < LIST_COLUMNS; c++)
            if (list->flexible >> c & 1 && widths[c] > CELL_MIN &&
                (widest == LIST_COLUMNS || widths[c] > widths[widest]))
                widest = c;
        if (widest == LIST_COLUMNS)
            return;
        widths[widest]--;
        total--;
    }
}

void list_column(struct buf *line, struct str cell, size_t width)
{
    struct buf shown;
    buf_init(&shown, 1 << 20);
    size_t natural = shown_width(cell);
    show_column(&shown, cell, natural < width ? natural : width);
    bool isolated = isolate_begin(line, cell);
    buf_add(line, buf_str(&shown));
    isolate_end(line, isolated);
    for (size_t i = natural; i < width; i++)
        buf_add_byte(line, ' ');
    buf_release(&shown);
}

void list_print(const struct list *list)
{
    size_t widths[LIST_COLUMNS] = {0};
    struct buf line;
    natural_widths(list, widths);
    fit(list, widths);
    buf_init(&line, 8 << 20);
    for (size_t i = 0; i < list->count; i++) {
        buf_clear(&line);
        buf_print(&line, "%*s", (int)list->indent, "");
        for (size_t c = 0; c < LIST_COLUMNS; c++) {
            if (!widths[c])
                continue;
            list_column(&line, list->rows[i].cells[c], widths[c]);
            buf_add_text(&line, "  ");
        }
        while (line.len && line.at[line.len - 1] == ' ')
            line.len--;
        printf("%.*s\n", STR_ARG(buf_str(&line)));
        if (list->rows[i].below.len)
            list_paragraph(list->rows[i].below, list->indent + 4, NULL, 0);
    }
    buf_release(&line);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* The bytes [from, to) of a text with its marks bold. */
static void add_marked(struct buf *line, struct str text, size_t from, size_t to,
                       const struct span *marks, size_t count)
{
    for (size_t i = 0; i < count && from < to; i++) {
        if (marks[i].to <= from || marks[i].from >= to)
            continue;
        size_t begin = marks[i].from > from ? marks[i].from : from;
        size_t end = marks[i].to < to ? marks[i].to : to;
        show(line, str_slice(text, from, begin));
        buf_add_text(line, paint(PAINT_BOLD));
        show(line, str_slice(text, begin, end));
        buf_add_text(line, paint(PAINT_NONE));
        from = end;
    }
    show(line, str_slice(text, from, to));
}

/* Where the line that begins at `from` ends: behind the last word that fits. */
static size_t line_end(struct str text, size_t from, size_t width)
{
    size_t end = from, at = from, used = 0;
    while (at < text.len) {
        size_t word = at;
        while (word < text.len && is_blank(text.at[word]))
            word++;
        if (word == text.len)
            break;
        size_t stop = word;
        while (stop < text.len && !is_blank(text.at[stop]))
            stop++;
        used += (at > from) + shown_width(str_slice(text, word, stop));
        if (width && used > width && end > from)
            break;
        end = at = stop;
    }
    return end;
}

void list_paragraph(struct str text, size_t indent, const struct span *marks, size_t marks_count)
{
    size_t limit = list_width(), at = 0;
    struct buf line;
    buf_init(&line, 8 << 20);
    for (;;) {
        while (at < text.len && is_blank(text.at[at]))
            at++;
        if (at == text.len)
            break;
        size_t end = line_end(text, at, limit > indent ? limit - indent : 0);
        buf_clear(&line);
        bool isolated = isolate_begin(&line, str_slice(text, at, end));
        add_marked(&line, text, at, end, marks, marks_count);
        isolate_end(&line, isolated);
        printf("%*s%.*s\n", (int)indent, "", STR_ARG(buf_str(&line)));
        at = end;
    }
    buf_release(&line);
}

struct str list_id(struct arena *arena, const struct hash *id, size_t digits)
{
    char text[HASH_DIGITS + 1];
    hash_write(id, text);
    return arena_copy(arena, (struct str){text, digits});
}

void list_json_text(json_t *object, const char *key, struct str text)
{
    if (text.len)
        json_put(object, key, text);
    else
        json_put_new(object, key, json_null());
}

void list_json_count(json_t *object, const char *key, int64_t count)
{
    json_put_new(object, key, count == COUNT_NONE ? json_null() : json_integer(count));
}

void list_json_id(json_t *object, const char *key, const struct hash *id)
{
    char text[HASH_DIGITS + 1];
    hash_write(id, text);
    json_put(object, key, str_of(text));
}

struct str list_document(struct str title, struct str name)
{
    return title.len ? title : name;
}

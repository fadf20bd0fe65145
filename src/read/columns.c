#include "read/columns.h"

#include <stdlib.h>

#include "read/columns_int.h"
#include "read/listing_int.h"
#include "read/reader_int.h"
#include "text/fold.h"

#define OPENING STR(" \u27E6")
#define CLOSING STR("\u27E7")
#define NO_FIELD STR("-")

enum { CELLS_MOST = 256, COLUMNS_SHOWN = 400 };

/* ---- lines and cells ---- */

static size_t line_end(struct str text, size_t at)
{
    const char *end = memchr(text.at + at, '\n', text.len - at);
    return end ? (size_t)(end - text.at) : text.len;
}

static struct span trimmed(struct str text, size_t from, size_t to)
{
    while (from < to && text.at[from] == ' ')
        from++;
    while (to > from && text.at[to - 1] == ' ')
        to--;
    return (struct span){from, to};
}

size_t table_cells(struct str text, size_t line, struct span *cells, size_t room)
{
    size_t end = line_end(text, line), from = line, count = 0;
    for (size_t i = line; i < end && count + 1 < room; i++)
        if (text.at[i] == '|') {
            cells[count++] = trimmed(text, from, i);
            from = i + 1;
        }
    if (count < room)
        cells[count++] = trimmed(text, from, end);
    return count;
}

static size_t bars_in(struct str text, size_t line, size_t end)
{
    size_t count = 0;
    for (const char *at = text.at + line; (at = memchr(at, '|', (size_t)(text.at + end - at)));)
        count++, at++;
    return count;
}

bool table_row_next(const struct listed_table *t, struct str text, size_t *at, size_t *line)
{
    while (*at < t->end) {
        size_t end = line_end(text, *at);
        *line = *at;
        *at = end + 1;
        if (end > *line)
            return true;
    }
    return false;
}

/* ---- fields ---- */

static struct str field_named(const struct lexicon *l, struct str name)
{
    size_t count;
    const struct str *fields = lexicon_fields(l, &count);
    for (size_t i = 0; i < count; i++)
        if (str_equal(fields[i], name))
            return fields[i];
    return STR_NONE;
}

bool column_said_in(const struct lexicon *l, struct str cell, struct str *head, struct str *field)
{
    size_t at = str_find(cell, OPENING, 0);
    if (at == SIZE_MAX || !str_ends(cell, CLOSING))
        return false;
    struct str said = str_slice(cell, at + OPENING.len, cell.len - CLOSING.len);
    *head = str_slice(cell, 0, at);
    *field = field_named(l, said);
    return field->len || str_equal(said, NO_FIELD);
}

static struct str field_of_words(const struct lexicon *l, struct str words, struct arena *arena)
{
    const struct entry *field = NULL;
    struct tokens tokens;
    size_t end = 0;
    tokens_cut(l, words, arena, &tokens);
    bool known =
        tokens.count && token_is(&tokens, 0, WORD_FIELD, &field, &end) && end == tokens.count;
    return known ? field->value : STR_NONE;
}

const struct str *reader_fields(const struct reader *reader, size_t *count)
{
    return lexicon_fields(reader->lexicon, count);
}

struct str reader_field(const struct reader *reader, struct str words, struct arena *arena)
{
    struct str named = field_named(reader->lexicon, words);
    return named.len ? named : field_of_words(reader->lexicon, words, arena);
}

/* ---- tables ---- */

struct seeking {
    const struct lexicon *lexicon;
    struct str text;
    struct arena *arena;
    struct listed_table *at;
    size_t count, room;
    size_t bars; /* of the table that is open; 0: none is */
    size_t lines;
};

static void column_read(const struct seeking *s, struct span at, struct listed_column *out)
{
    struct str cell = str_slice(s->text, at.from, at.to);
    *out = (struct listed_column){.head = cell, .at = at};
    out->said = column_said_in(s->lexicon, cell, &out->head, &out->field);
    if (!out->said)
        out->field = field_of_words(s->lexicon, cell, s->arena);
    out->unread = out->field.len && !field_is_read(out->field);
}

/* whether a line has a cell for names: then its columns are the table's */
static bool head_read(struct seeking *s, size_t line, struct listed_column **columns, size_t *count)
{
    struct span cells[CELLS_MOST];
    bool named = false;
    *count = table_cells(s->text, line, cells, CELLS_MOST);
    *columns = arena_alloc(s->arena, *count * sizeof **columns);
    for (size_t i = 0; i < *count; i++) {
        column_read(s, cells[i], &(*columns)[i]);
        named |= str_equal((*columns)[i].field, STR("name"));
    }
    return named;
}

static void head_take(struct seeking *s, struct listed_table *t, size_t line, size_t behind)
{
    struct listed_column *columns;
    size_t count;
    if (t->named || s->lines >= TABLE_HEAD_LINES)
        return;
    bool named = head_read(s, line, &columns, &count);
    if (s->lines && !named)
        return;
    t->head = line;
    t->rows_begin = behind;
    t->columns = columns;
    t->count = count;
    t->named = named;
    t->rows = 0;
}

static void line_read(struct seeking *s, size_t line, size_t end)
{
    size_t bars = bars_in(s->text, line, end), behind = end < s->text.len ? end + 1 : end;
    if (bars && bars != s->bars) {
        s->at = arena_grow(s->arena, s->at, s->count, &s->room, sizeof *s->at);
        s->at[s->count++] = (struct listed_table){.begin = line};
        s->lines = 0;
    }
    s->bars = bars;
    if (!bars)
        return;
    struct listed_table *t = &s->at[s->count - 1];
    t->rows++;
    head_take(s, t, line, behind);
    t->end = behind;
    s->lines++;
}

void tables_find_by(const struct lexicon *lexicon, struct str text, struct arena *arena,
                    struct listed_table **out, size_t *count)
{
    struct seeking s = {.lexicon = lexicon, .text = text, .arena = arena};
    bool barred = text.len && memchr(text.at, '|', text.len);
    for (size_t at = 0, end; barred && at < text.len; at = end + 1) {
        end = line_end(text, at);
        if (text.at[at] == '\f')
            s.bars = 0;
        if (end > at)
            line_read(&s, at, end);
    }
    *out = s.at;
    *count = s.count;
}

void tables_find(const struct reader *reader, struct str text, struct arena *arena,
                 struct listed_table **out, size_t *count)
{
    tables_find_by(reader->lexicon, text, arena, out, count);
}

/* ---- what somebody says of columns ---- */

static bool is_column(const struct listed_column *c, struct str name)
{
    return str_equal(c->head, name) || fold_equal(c->head, name);
}

static const struct column_said *said_of(const struct listed_column *c,
                                         const struct column_said *said, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_column(c, said[i].column))
            return &said[i];
    return NULL;
}

static bool has_column(const struct listed_table *tables, size_t count, struct str name)
{
    for (size_t t = 0; t < count; t++)
        for (size_t i = 0; i < tables[t].count; i++)
            if (is_column(&tables[t].columns[i], name))
                return true;
    return false;
}

static enum outcome refuse_column(const struct listed_table *tables, size_t count, struct str name,
                                  struct fault *why)
{
    struct buf words;
    buf_init(&words, COLUMNS_SHOWN);
    for (size_t t = 0; t < count; t++)
        for (size_t i = 0; i < tables[t].count; i++)
            if (tables[t].columns[i].head.len)
                buf_print(&words, "%s\"%.*s\"", words.len ? ", " : "",
                          STR_ARG(tables[t].columns[i].head));
    enum outcome result = refuse(why, REFUSED, "no column \"%.*s\"; there are: %.*s%s",
                                 STR_ARG(name), STR_ARG(buf_str(&words)), words.full ? "..." : "");
    buf_release(&words);
    return result;
}

static void table_say(const struct listed_table *t, struct str text, const struct column_said *said,
                      size_t count, size_t *done, struct buf *out)
{
    for (size_t i = 0; i < t->count; i++) {
        const struct listed_column *c = &t->columns[i];
        const struct column_said *says = said_of(c, said, count);
        if (!says)
            continue;
        buf_add(out, str_slice(text, *done, c->at.from));
        buf_add(out, c->head);
        buf_add(out, OPENING);
        buf_add(out, says->field);
        buf_add(out, CLOSING);
        *done = c->at.to;
    }
}

enum outcome columns_say(const struct reader *reader, struct str text,
                         const struct column_said *said, size_t count, struct arena *arena,
                         struct str *out, struct fault *why)
{
    struct listed_table *tables;
    struct buf changed;
    size_t tables_count, done = 0;
    tables_find(reader, text, arena, &tables, &tables_count);
    if (!tables_count)
        return refuse(why, REFUSED, "no table, whose columns could be said");
    for (size_t i = 0; i < count; i++)
        if (!has_column(tables, tables_count, said[i].column))
            return refuse_column(tables, tables_count, said[i].column, why);
    buf_init(&changed, SIZE_MAX / 4);
    for (size_t t = 0; t < tables_count; t++)
        table_say(&tables[t], text, said, count, &done, &changed);
    buf_add(&changed, str_slice(text, done, text.len));
    *out = arena_copy(arena, buf_str(&changed));
    buf_release(&changed);
    return OK;
}

#include "base/csv.h"

#include "base/json.h"

/* the separator that the first line has, outside quotes; the comma rules */
static char find_separator(struct str bytes)
{
    bool quoted = false, semicolon = false, tab = false;
    for (size_t i = 0; i < bytes.len && (quoted || bytes.at[i] != '\n'); i++) {
        char c = bytes.at[i];
        quoted ^= c == '"';
        if (quoted)
            continue;
        if (c == ',')
            return ',';
        semicolon |= c == ';';
        tab |= c == '\t';
    }
    return semicolon ? ';' : tab ? '\t' : ',';
}

enum outcome csv_open(struct csv *csv, struct str bytes, struct fault *why)
{
    if (str_starts(bytes, STR("\xEF\xBB\xBF")))
        bytes = str_slice(bytes, 3, bytes.len);
    if (bytes.len && memchr(bytes.at, 0, bytes.len))
        return refuse(why, REFUSED, "not a table: it holds a NUL byte");
    if (!json_is_text(bytes))
        return refuse(why, REFUSED, "not a table in UTF-8");
    *csv = (struct csv){.rest = bytes, .next = 1, .separator = find_separator(bytes)};
    return OK;
}

/* How many bytes the line break at `at` has; 0 when there is none. */
static size_t break_size(struct str s, size_t at)
{
    if (at < s.len && s.at[at] == '\n')
        return 1;
    return at + 1 < s.len && s.at[at] == '\r' && s.at[at + 1] == '\n' ? 2 : 0;
}

static void skip_empty_lines(struct csv *csv)
{
    for (size_t size; (size = break_size(csv->rest, 0)); csv->next++)
        csv->rest = str_slice(csv->rest, size, csv->rest.len);
}

/* The cell whose opening quote is at *at, which moves behind the closing one. */
static enum outcome read_quoted(struct csv *csv, struct arena *arena, size_t *at, struct str *cell,
                                struct fault *why)
{
    struct str s = csv->rest;
    size_t from = *at + 1, i = from, doubled = 0;
    for (; i < s.len; i++) {
        csv->next += s.at[i] == '\n';
        if (s.at[i] != '"')
            continue;
        if (i + 1 >= s.len || s.at[i + 1] != '"')
            break;
        doubled++, i++;
    }
    if (i >= s.len)
        return refuse_at(why, REFUSED, csv->line, "line %zu: a quote that is not closed",
                         csv->line);
    *at = i + 1;
    *cell = str_slice(s, from, i);
    if (!doubled)
        return OK;
    char *plain = arena_alloc(arena, i - from - doubled + 1);
    size_t len = 0;
    for (size_t k = from; k < i; k++) {
        plain[len++] = s.at[k];
        k += s.at[k] == '"';
    }
    *cell = (struct str){plain, len};
    return OK;
}

static enum outcome read_plain(const struct csv *csv, size_t *at, struct str *cell,
                               struct fault *why)
{
    struct str s = csv->rest;
    size_t from = *at, i = from;
    for (; i < s.len && s.at[i] != csv->separator && !break_size(s, i); i++)
        if (s.at[i] == '"')
            return refuse_at(why, REFUSED, csv->line,
                             "line %zu: a quote inside a cell that does not begin with one",
                             csv->line);
    *at = i;
    *cell = str_slice(s, from, i);
    return OK;
}

static enum outcome read_cell(struct csv *csv, struct arena *arena, size_t *at, struct str *cell,
                              struct fault *why)
{
    if (*at >= csv->rest.len || csv->rest.at[*at] != '"')
        return read_plain(csv, at, cell, why);
    enum outcome outcome = read_quoted(csv, arena, at, cell, why);
    if (outcome == OK && *at < csv->rest.len && csv->rest.at[*at] != csv->separator &&
        !break_size(csv->rest, *at))
        return refuse_at(why, REFUSED, csv->line, "line %zu: text behind a closing quote",
                         csv->line);
    return outcome;
}

enum outcome csv_next(struct csv *csv, struct arena *arena, struct csv_record *record, bool *more,
                      struct fault *why)
{
    size_t at = 0;
    bool last = false;
    skip_empty_lines(csv);
    csv->line = csv->next;
    record->count = 0;
    *more = csv->rest.len > 0;
    while (*more && !last) {
        struct str cell;
        if (record->count == CSV_COLUMNS_LIMIT)
            return refuse_at(why, REFUSED, csv->line, "line %zu: more than %d cells", csv->line,
                             CSV_COLUMNS_LIMIT);
        if (read_cell(csv, arena, &at, &cell, why) != OK)
            return REFUSED;
        record->cells =
            arena_grow(arena, record->cells, record->count, &record->room, sizeof *record->cells);
        record->cells[record->count++] = cell;
        last = at >= csv->rest.len || csv->rest.at[at] != csv->separator;
        at += !last;
    }
    csv->next += at < csv->rest.len;
    csv->rest = str_slice(csv->rest, at + break_size(csv->rest, at), csv->rest.len);
    return OK;
}

#include "base/csv.h"

struct csv_format csv_format_of(struct str beginning)
{
    static const char candidates[] = {',', ';', '\t', '|'};
    struct csv_format format = {',', memchr(beginning.at, '\n', beginning.len) ? '\n' : '\r'};
    size_t counts[COUNT_OF(candidates)] = {0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < beginning.len; i++) {
        char c = beginning.at[i];
        if (c == '"')
            quoted = !quoted;
        if (c == format.line_end && !quoted)
            break;
        for (size_t k = 0; k < COUNT_OF(candidates) && !quoted; k++)
            counts[k] += c == candidates[k];
    }
    for (size_t k = 1; k < COUNT_OF(candidates); k++)
        if (counts[k] > counts[best])
            best = k;
    format.separator = candidates[best];
    return format;
}

void csv_splitter_init(struct csv_splitter *s, struct csv_format format)
{
    *s = (struct csv_splitter){.format = format, .field_begins = true};
}

static enum outcome split_with_quotes(struct csv_splitter *s, struct str more, size_t *end,
                                      struct fault *why)
{
    for (size_t i = 0; i < more.len; i++) {
        char c = more.at[i];
        bool turns = c == '"' && (s->quoted || s->field_begins);
        if (turns)
            s->quoted = !s->quoted; /* a doubled one closes and opens again */
        bool closes = !s->quoted && (c == s->format.separator || c == s->format.line_end);
        if (closes && c == s->format.line_end)
            *end = i + 1;
        s->field = closes ? 0 : s->field + 1;
        /* a quote right behind a closing one opens again */
        s->field_begins = closes || (turns && !s->quoted);
        if (s->field > CSV_FIELD)
            return refuse(why, REFUSED, "a field of more than %d bytes%s", CSV_FIELD,
                          s->quoted ? ": a quote that is never closed?" : "");
    }
    return OK;
}

enum outcome csv_split(struct csv_splitter *s, struct str more, size_t *end, struct fault *why)
{
    *end = 0;
    if (s->quoted || memchr(more.at, '"', more.len))
        return split_with_quotes(s, more, end, why);
    const char *last = more.len ? memrchr(more.at, s->format.line_end, more.len) : NULL;
    if (last)
        *end = (size_t)(last - more.at) + 1;
    size_t open = last ? more.len - *end : s->field + more.len;
    if (open > (size_t)CSV_FIELD * CSV_COLUMNS)
        return refuse(why, REFUSED, "a line of more than %zu bytes",
                      (size_t)CSV_FIELD * CSV_COLUMNS);
    const char *field = more.len ? memrchr(more.at, s->format.separator, more.len) : NULL;
    size_t behind = field && (!last || field > last) ? (size_t)(field - more.at) + 1 : *end;
    s->field = behind ? more.len - behind : s->field + more.len;
    s->field_begins = s->field == 0;
    if (s->field > CSV_FIELD)
        return refuse(why, REFUSED, "a field of more than %d bytes", CSV_FIELD);
    return OK;
}

/* behind the quote that closes; NULL when none does. *out is what it held. */
static char *quoted_read(char *at, char *end, struct str *out)
{
    char *begin = at, *to = at;
    for (;;) {
        char *quote = memchr(at, '"', (size_t)(end - at));
        if (!quote)
            return NULL;
        memmove(to, at, (size_t)(quote - at));
        to += quote - at;
        if (quote + 1 == end || quote[1] != '"') {
            *out = (struct str){begin, (size_t)(to - begin)};
            return quote + 1;
        }
        *to++ = '"';
        at = quote + 2;
    }
}

static size_t ends_in(struct str field, char line_end)
{
    size_t count = 0;
    for (size_t i = 0; i < field.len; i++)
        count += field.at[i] == line_end;
    return count;
}

static enum outcome field_read(struct csv_rows *rows, struct str *out, struct fault *why)
{
    if (rows->at < rows->end && *rows->at == '"') {
        char *behind = quoted_read(rows->at + 1, rows->end, out);
        if (!behind)
            return refuse(why, REFUSED, "a quote that is never closed");
        rows->ends += ends_in(*out, rows->format.line_end);
        while (behind < rows->end && (*behind == ' ' || *behind == '\r') &&
               *behind != rows->format.line_end)
            behind++;
        rows->at = behind;
        if (behind < rows->end && *behind != rows->format.separator &&
            *behind != rows->format.line_end)
            return refuse(why, REFUSED, "text behind a closing quote");
        return OK;
    }
    char *at = rows->at;
    while (at < rows->end && *at != rows->format.separator && *at != rows->format.line_end)
        at++;
    *out = (struct str){rows->at, (size_t)(at - rows->at)};
    rows->at = at;
    return OK;
}

static enum outcome row_read(struct csv_rows *rows, struct csv_row *row, struct fault *why)
{
    row->count = 0;
    for (;;) {
        struct str field;
        enum outcome outcome = field_read(rows, &field, why);
        if (!outcome && field.len && memchr(field.at, 0, field.len))
            outcome = refuse(why, REFUSED, "a NUL byte");
        if (!outcome && row->count == CSV_COLUMNS)
            outcome = refuse(why, REFUSED, "more than %d columns", CSV_COLUMNS);
        if (outcome) {
            if (why)
                why->at = row->count + 1;
            return outcome;
        }
        row->fields[row->count++] = str_trim(field);
        if (rows->at == rows->end)
            return OK;
        if (*rows->at++ == rows->format.line_end)
            return OK;
    }
}

enum outcome csv_row_next(struct csv_rows *rows, struct csv_row *row, bool *more, struct fault *why)
{
    *more = true;
    while (rows->at < rows->end) {
        rows->row++;
        rows->line = ++rows->ends;
        enum outcome outcome = row_read(rows, row, why);
        if (outcome)
            return outcome;
        if (row->count > 1 || row->fields[0].len)
            return OK;
    }
    *more = false;
    return OK;
}

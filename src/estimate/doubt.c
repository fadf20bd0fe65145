#include "estimate/doubt.h"

#include <math.h>

#include "base/csv.h"

struct sums {
    double joined, wrong, found, missed; /* of pairs made, 1 - p, p, p of those not made */
};

static bool probability_read(struct str cell, double *p)
{
    char text[32], *end;
    if (!cell.len || cell.len >= sizeof text)
        return false;
    memcpy(text, cell.at, cell.len);
    text[cell.len] = '\0';
    *p = strtod(text, &end);
    return !*end && *p >= 0 && *p <= 1;
}

static enum outcome find_column(const struct csv_row *row, size_t *at, struct fault *why)
{
    for (*at = 0; *at < row->count; (*at)++)
        if (str_equal(row->fields[*at], STR("probability")))
            return OK;
    return refuse(why, REFUSED, "no column is called \"probability\"");
}

static enum outcome add_pair(struct sums *s, const struct csv_rows *rows, const struct csv_row *row,
                             size_t column, struct fault *why)
{
    double p;
    struct str cell = column < row->count ? row->fields[column] : STR_NONE;
    if (!probability_read(cell, &p))
        return refuse_at(why, REFUSED, rows->line, "line %zu: \"%.*s\" is no probability",
                         rows->line, (int)(cell.len < 40 ? cell.len : 40), cell.at);
    bool made = p >= 0.5;
    s->joined += made;
    s->wrong += made ? 1 - p : 0;
    s->found += p;
    s->missed += made ? 0 : p;
    return OK;
}

enum outcome match_doubt_read(struct str bytes, struct match_doubt *out, struct arena *arena,
                              struct fault *why)
{
    struct fault what = {0};
    struct sums sums = {0};
    struct csv_row row;
    size_t column = 0;
    bool more = true;
    char *copy = arena_alloc(arena, bytes.len + 1);
    memcpy(copy, bytes.at, bytes.len);
    struct csv_rows rows = {.format = csv_format_of(bytes), .at = copy, .end = copy + bytes.len};
    for (size_t i = 0;; i++) {
        if (csv_row_next(&rows, &row, &more, &what) != OK)
            return refuse_at(why, REFUSED, rows.line, "line %zu: %s", rows.line, what.text);
        if (!more)
            break;
        if (i ? add_pair(&sums, &rows, &row, column, why) != OK
              : find_column(&row, &column, why) != OK)
            return REFUSED;
    }
    if (!(sums.joined > 0) || !(sums.found > 0))
        return refuse(why, REFUSED, "no pair in it was taken for one person");
    *out = (struct match_doubt){true, sums.missed / sums.found, sums.wrong / sums.joined};
    return OK;
}

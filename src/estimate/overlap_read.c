#include "base/csv.h"
#include "base/json.h"
#include "estimate/overlap_int.h"

/* A table while it is read. */
struct stratum {
    struct str name;
    int64_t *counts; /* by mask */
    bool *seen;      /* whether the set had a row */
};

struct reading {
    struct arena *arena;
    struct csv_rows csv;
    struct csv_row row;
    struct str *header;
    size_t columns;
    struct str names[OVERLAP_LISTS_LIMIT];
    size_t column_of[OVERLAP_LISTS_LIMIT]; /* where a list's 0 and 1 stand */
    size_t lists;
    struct stratum strata[OVERLAP_STRATA_LIMIT];
    size_t strata_count;
    int64_t total;
};

/* ---- what both forms share ---- */

static enum outcome next_row(struct reading *r, bool *more, struct fault *why)
{
    struct fault what = {0};
    enum outcome outcome = csv_row_next(&r->csv, &r->row, more, &what);
    if (outcome != OK)
        return refuse_at(why, REFUSED, r->csv.line, "line %zu: %s", r->csv.line, what.text);
    if (*more && r->header && r->row.count != r->columns)
        return refuse_at(why, REFUSED, r->csv.line, "line %zu: %zu cells, but %zu columns",
                         r->csv.line, r->row.count, r->columns);
    return OK;
}

static enum outcome read_header(struct reading *r, struct fault *why)
{
    bool more;
    if (next_row(r, &more, why) != OK)
        return REFUSED;
    if (!more)
        return refuse(why, REFUSED, "an empty file");
    r->columns = r->row.count;
    struct str *header = arena_alloc(r->arena, r->columns * sizeof *header);
    for (size_t i = 0; i < r->columns; i++) {
        header[i] = r->row.fields[i];
        if (!header[i].len)
            return refuse_at(why, REFUSED, 1, "line 1: column %zu has no name", i + 1);
        for (size_t k = 0; k < i; k++)
            if (str_equal(header[i], header[k]))
                return refuse_at(why, REFUSED, 1, "line 1: two columns are called \"%.*s\"",
                                 STR_ARG(header[i]));
    }
    r->header = header;
    return OK;
}

static enum outcome find_column(const struct reading *r, struct str name, size_t *at,
                                struct fault *why)
{
    for (size_t i = 0; i < r->columns; i++)
        if (str_equal(r->header[i], name)) {
            *at = i;
            return OK;
        }
    return refuse(why, REFUSED, "no column is called \"%.*s\"", STR_ARG(name));
}

static struct str cell_at(const struct reading *r, size_t column)
{
    return r->row.fields[column];
}

/* or NULL */
static struct stratum *find_stratum(struct reading *r, struct str name, struct fault *why)
{
    for (size_t i = 0; i < r->strata_count; i++)
        if (str_equal(r->strata[i].name, name))
            return &r->strata[i];
    if (r->strata_count == OVERLAP_STRATA_LIMIT) {
        (void)refuse(why, REFUSED, "more than %d strata", OVERLAP_STRATA_LIMIT);
        return NULL;
    }
    struct stratum *s = &r->strata[r->strata_count++];
    s->name = name;
    s->counts = arena_alloc(r->arena, sizeof *s->counts << OVERLAP_LISTS_LIMIT);
    s->seen = arena_alloc(r->arena, sizeof *s->seen << OVERLAP_LISTS_LIMIT);
    return s;
}

static enum outcome add_individuals(struct reading *r, struct stratum *s, uint32_t lists,
                                    int64_t count, struct fault *why)
{
    r->total += count;
    s->counts[lists] += count;
    if (r->total > OVERLAP_TOTAL_LIMIT)
        return refuse(why, REFUSED, "more than %jd individuals", (intmax_t)OVERLAP_TOTAL_LIMIT);
    return OK;
}

static int compare_strata(const void *a, const void *b)
{
    return str_compare(((const struct stratum *)a)->name, ((const struct stratum *)b)->name);
}

static enum outcome check_lists(const struct reading *r, struct fault *why)
{
    uint32_t used = 0;
    if (r->lists < 2)
        return refuse(why, REFUSED, "%zu list: an estimate needs lists that overlap", r->lists);
    for (size_t i = 0; i < r->strata_count; i++)
        for (uint32_t set = 1; set < UINT32_C(1) << r->lists; set++)
            if (r->strata[i].counts[set])
                used |= set;
    if (!used)
        return refuse(why, REFUSED, "nobody is on any list");
    for (size_t i = 0; i < r->lists; i++)
        if (!(used >> i & 1))
            return refuse(why, REFUSED, "nobody is on the list \"%.*s\"", STR_ARG(r->names[i]));
    return OK;
}

static enum outcome finish(struct reading *r, struct overlap **out, size_t *count,
                           struct fault *why)
{
    if (check_lists(r, why) != OK)
        return REFUSED;
    qsort(r->strata, r->strata_count, sizeof *r->strata, compare_strata);
    struct overlap *all = arena_alloc(r->arena, r->strata_count * sizeof *all);
    struct str *names = arena_alloc(r->arena, r->lists * sizeof *names);
    memcpy(names, r->names, r->lists * sizeof *names);
    *count = 0;
    for (size_t i = 0; i < r->strata_count; i++) {
        struct overlap o = {.stratum = r->strata[i].name, .names = names, .lists = r->lists};
        overlap_fill(&o, r->strata[i].counts, r->arena);
        if (o.total)
            all[(*count)++] = o;
    }
    *out = all;
    return OK;
}

/* ---- a row is a set of lists ---- */

static enum outcome name_lists(struct reading *r, size_t count_column, size_t stratum_column,
                               struct fault *why)
{
    for (size_t i = 0; i < r->columns; i++) {
        if (i == count_column || i == stratum_column)
            continue;
        if (r->lists == OVERLAP_LISTS_LIMIT)
            return refuse(why, REFUSED,
                          "more than %d lists: join those of one kind, or leave out the smallest",
                          OVERLAP_LISTS_LIMIT);
        r->names[r->lists] = r->header[i];
        r->column_of[r->lists++] = i;
    }
    return OK;
}

static enum outcome read_set(const struct reading *r, uint32_t *lists, struct fault *why)
{
    *lists = 0;
    for (size_t i = 0; i < r->lists; i++) {
        struct str cell = cell_at(r, r->column_of[i]);
        if (!str_equal(cell, STR("0")) && !str_equal(cell, STR("1")))
            return refuse_at(why, REFUSED, r->csv.line,
                             "line %zu: \"%.*s\" is neither 0 nor 1, for the list \"%.*s\"",
                             r->csv.line, (int)(cell.len < 40 ? cell.len : 40), cell.at,
                             STR_ARG(r->names[i]));
        *lists |= (uint32_t)(cell.at[0] == '1') << i;
    }
    return OK;
}

static enum outcome read_count(const struct reading *r, size_t column, int64_t *count,
                               struct fault *why)
{
    struct str cell = cell_at(r, column);
    if (!str_to_int(cell, count))
        return refuse_at(why, REFUSED, r->csv.line,
                         "line %zu: the count \"%.*s\" is no whole number", r->csv.line,
                         (int)(cell.len < 40 ? cell.len : 40), cell.at);
    if (*count < 0)
        return refuse_at(why, REFUSED, r->csv.line, "line %zu: the count is negative", r->csv.line);
    if (*count > OVERLAP_TOTAL_LIMIT)
        return refuse_at(why, REFUSED, r->csv.line, "line %zu: more than %jd individuals",
                         r->csv.line, (intmax_t)OVERLAP_TOTAL_LIMIT);
    return OK;
}

static enum outcome take_set(struct reading *r, size_t count_column, size_t stratum_column,
                             struct fault *why)
{
    uint32_t lists;
    int64_t count;
    struct str name = stratum_column < r->columns ? cell_at(r, stratum_column) : STR("");
    if (read_set(r, &lists, why) != OK || read_count(r, count_column, &count, why) != OK)
        return REFUSED;
    struct stratum *stratum = find_stratum(r, name, why);
    if (!stratum)
        return REFUSED;
    if (!lists && count)
        return refuse_at(why, REFUSED, r->csv.line,
                         "line %zu: people on no list; how many they are is what is estimated",
                         r->csv.line);
    if (stratum->seen[lists])
        return refuse_at(why, REFUSED, r->csv.line, "line %zu: this set of lists has a row already",
                         r->csv.line);
    stratum->seen[lists] = true;
    return add_individuals(r, stratum, lists, count, why);
}

static enum outcome read_sets(struct reading *r, const struct overlap_columns *columns,
                              struct fault *why)
{
    size_t count_column = 0, stratum_column = SIZE_MAX;
    if (find_column(r, STR("count"), &count_column, why) != OK ||
        (columns->stratum.len && find_column(r, columns->stratum, &stratum_column, why) != OK) ||
        name_lists(r, count_column, stratum_column, why) != OK)
        return REFUSED;
    for (bool more = true;;) {
        if (next_row(r, &more, why) != OK)
            return REFUSED;
        if (!more)
            return OK;
        if (take_set(r, count_column, stratum_column, why) != OK)
            return REFUSED;
    }
}

/* ---- a row is a person on a list ---- */

struct record {
    struct str cluster, stratum;
    size_t line;
    uint32_t lists;
};

static enum outcome find_list(struct reading *r, struct str name, uint32_t *list, struct fault *why)
{
    size_t i = 0;
    if (!name.len)
        return refuse_at(why, REFUSED, r->csv.line, "line %zu: a record without a list",
                         r->csv.line);
    while (i < r->lists && !str_equal(r->names[i], name))
        i++;
    if (i == OVERLAP_LISTS_LIMIT)
        return refuse(why, REFUSED,
                      "more than %d lists: join those of one kind, or leave out the smallest",
                      OVERLAP_LISTS_LIMIT);
    if (i == r->lists)
        r->names[r->lists++] = name;
    *list = UINT32_C(1) << i;
    return OK;
}

static int compare_records(const void *a, const void *b)
{
    const struct record *left = a, *right = b;
    int order = str_compare(left->cluster, right->cluster);
    return order ? order : (left->line > right->line) - (left->line < right->line);
}

static enum outcome count_clusters(struct reading *r, struct record *records, size_t count,
                                   struct fault *why)
{
    if (count)
        qsort(records, count, sizeof *records, compare_records);
    for (size_t i = 0, next; i < count; i = next) {
        uint32_t lists = 0;
        for (next = i; next < count && str_equal(records[next].cluster, records[i].cluster);
             next++) {
            lists |= records[next].lists;
            if (!str_equal(records[next].stratum, records[i].stratum))
                return refuse_at(why, REFUSED, records[next].line,
                                 "line %zu: the person of line %zu is in another stratum",
                                 records[next].line, records[i].line);
        }
        struct stratum *stratum = find_stratum(r, records[i].stratum, why);
        if (!stratum || add_individuals(r, stratum, lists, 1, why) != OK)
            return REFUSED;
    }
    return OK;
}

static enum outcome read_records(struct reading *r, const struct overlap_columns *columns,
                                 struct fault *why)
{
    struct record *records = NULL;
    size_t count = 0, room = 0, list_at = 0, cluster_at = 0, stratum_at = SIZE_MAX;
    if (find_column(r, columns->list, &list_at, why) != OK ||
        find_column(r, columns->cluster, &cluster_at, why) != OK ||
        (columns->stratum.len && find_column(r, columns->stratum, &stratum_at, why) != OK))
        return REFUSED;
    for (bool more = true;;) {
        if (next_row(r, &more, why) != OK)
            return REFUSED;
        if (!more)
            return count_clusters(r, records, count, why);
        records = arena_grow(r->arena, records, count, &room, sizeof *records);
        struct record *record = &records[count++];
        *record = (struct record){.cluster = cell_at(r, cluster_at), .line = r->csv.line};
        record->stratum = stratum_at < r->columns ? cell_at(r, stratum_at) : STR("");
        if (!record->cluster.len)
            return refuse_at(why, REFUSED, r->csv.line, "line %zu: a record without a cluster",
                             r->csv.line);
        if (find_list(r, cell_at(r, list_at), &record->lists, why) != OK)
            return REFUSED;
    }
}

static enum outcome open_rows(struct reading *r, struct str bytes, struct fault *why)
{
    if (str_starts(bytes, STR("\xEF\xBB\xBF")))
        bytes = str_slice(bytes, 3, bytes.len);
    if (!json_is_text(bytes))
        return refuse(why, REFUSED, "not a table in UTF-8");
    char *at = (char *)(uintptr_t)arena_copy(r->arena, bytes).at;
    r->csv = (struct csv_rows){.format = csv_format_of(bytes), .at = at, .end = at + bytes.len};
    return OK;
}

enum outcome overlap_read(struct str bytes, const struct overlap_columns *columns,
                          struct arena *arena, struct overlap **out, size_t *count,
                          struct fault *why)
{
    struct reading *r = arena_alloc(arena, sizeof *r);
    r->arena = arena;
    if (open_rows(r, bytes, why) != OK || read_header(r, why) != OK)
        return REFUSED;
    enum outcome outcome =
        columns->list.len ? read_records(r, columns, why) : read_sets(r, columns, why);
    return outcome == OK ? finish(r, out, count, why) : outcome;
}

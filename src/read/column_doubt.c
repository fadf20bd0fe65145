#include <stdlib.h>

#include "read/columns_int.h"
#include "read/listing_int.h"
#include "text/calendar.h"
#include "text/edtf.h"

enum {
    CELLS_LEAST = 20,
    OTHERS_LEAST = 3,
    SECOND_SHARE = 4,
    DAYS_LEAST = 5,
    DAYS_SHARE = 20,
    COLUMNS = 256
};

struct suspecting {
    const struct page *page;
    const struct reading *reading;
    struct finding *at;
    size_t count, room;
};

/* A column's cells that say something, each with its place. */
struct values {
    struct span *at;
    size_t count, room;
};

static void suspect(struct suspecting *s, enum finding_kind kind, struct span head,
                    struct span value, size_t times, size_t of)
{
    struct arena *arena = s->page->arena;
    s->at = arena_grow(arena, s->at, s->count, &s->room, sizeof *s->at);
    s->at[s->count++] = (struct finding){
        .kind = kind,
        .quote = head,
        .parts = {str_slice(s->page->text, value.from, value.to), arena_print(arena, "%zu", times),
                  arena_print(arena, "%zu", of), arena_print(arena, "%zu", times * 100 / of)}};
}

/* ---- one value on most rows ---- */

static int compare_values(const void *left, const void *right, void *context)
{
    const struct str *text = context;
    const struct span *a = left, *b = right;
    int order = str_compare(str_slice(*text, a->from, a->to), str_slice(*text, b->from, b->to));
    return order ? order : (a->from > b->from) - (a->from < b->from);
}

/* how often the commonest value stands there, the first time, how often the next one does, and how
 * many others there are */
struct tally {
    size_t most, second, others;
    struct span value;
};

static struct tally tally_of(struct str text, const struct values *v)
{
    struct tally t = {0};
    for (size_t i = 0, end; i < v->count; i = end) {
        struct str value = str_slice(text, v->at[i].from, v->at[i].to);
        for (end = i + 1;
             end < v->count && str_equal(value, str_slice(text, v->at[end].from, v->at[end].to));)
            end++;
        t.others++;
        if (end - i > t.most) {
            t.second = t.most;
            t.most = end - i;
            t.value = v->at[i];
        } else if (end - i > t.second) {
            t.second = end - i;
        }
    }
    t.others -= t.others > 0;
    return t;
}

static bool suspect_default(struct suspecting *s, const struct listed_column *c, struct values *v)
{
    struct str text = s->page->text;
    qsort_r(v->at, v->count, sizeof *v->at, compare_values, &text);
    struct tally t = tally_of(text, v);
    if (2 * t.most < v->count || t.others < OTHERS_LEAST || SECOND_SHARE * t.second > t.most)
        return false;
    suspect(s, FINDING_DEFAULT, c->at, t.value, t.most, v->count);
    return true;
}

/* ---- the first of a year ---- */

static const struct date_mention *date_at(const struct reading *r, struct span cell)
{
    size_t low = 0, high = r->dates_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->dates[middle].quote.from < cell.from)
            low = middle + 1;
        else
            high = middle;
    }
    return low < r->dates_count && r->dates[low].quote.to <= cell.to ? &r->dates[low] : NULL;
}

static bool begins_year(int64_t day, enum calendar calendar)
{
    struct day d = calendar_of_days(calendar, day);
    return d.month == 1 && d.day == 1;
}

static void suspect_first_days(struct suspecting *s, const struct listed_column *c,
                               const struct values *v)
{
    size_t days = 0, firsts = 0;
    struct span value = {0};
    for (size_t i = 0; i < v->count; i++) {
        const struct date_mention *date = date_at(s->reading, v->at[i]);
        int64_t first, last;
        if (!date || edtf_range(date->iso, &first, &last, NULL) != OK || first != last)
            continue;
        days++;
        if (!begins_year(first, CALENDAR_GREGORIAN) && !begins_year(first, CALENDAR_JALALI))
            continue;
        if (!firsts++ || v->at[i].from < value.from)
            value = v->at[i];
    }
    if (days >= CELLS_LEAST && firsts >= DAYS_LEAST && DAYS_SHARE * firsts >= days)
        suspect(s, FINDING_FIRST_OF_YEAR, c->at, value, firsts, days);
}

/* ---- columns ---- */

static bool is_place(struct str field)
{
    return str_equal(field, STR("place")) || str_equal(field, STR("residence"));
}

static struct values *values_of(const struct listed_table *t, struct str text, struct arena *arena)
{
    struct values *all = arena_alloc(arena, t->count * sizeof *all);
    struct span cells[COLUMNS];
    size_t at = t->rows_begin, line;
    while (table_row_next(t, text, &at, &line)) {
        size_t count = table_cells(text, line, cells, COLUMNS);
        for (size_t i = 0; i < count && i < t->count; i++) {
            struct values *v = &all[i];
            if (cells[i].to == cells[i].from)
                continue;
            v->at = arena_grow(arena, v->at, v->count, &v->room, sizeof *v->at);
            v->at[v->count++] = cells[i];
        }
    }
    return all;
}

static void table_suspect(struct suspecting *s, const struct listed_table *t, struct arena *scratch)
{
    struct values *values = values_of(t, s->page->text, scratch);
    for (size_t i = 0; i < t->count; i++) {
        const struct listed_column *c = &t->columns[i];
        bool dated = c->field.len && field_is_dated(c->field);
        if (values[i].count < CELLS_LEAST || !(dated || is_place(c->field)))
            continue;
        if (!suspect_default(s, c, &values[i]) && dated)
            suspect_first_days(s, c, &values[i]);
    }
}

struct finding *columns_suspect(const struct page *page, const struct reading *reading,
                                size_t *count)
{
    struct suspecting s = {.page = page, .reading = reading};
    struct arena scratch;
    arena_init(&scratch);
    for (size_t i = 0; i < page->tables_count; i++)
        if (page->tables[i].named && page->tables[i].rows >= CELLS_LEAST)
            table_suspect(&s, &page->tables[i], &scratch);
    arena_release(&scratch);
    *count = s.count;
    return s.at;
}

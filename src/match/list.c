#include "match/list.h"

#include <stdarg.h>

#include "base/in_order.h"
#include "match/large_int.h"
#include "match/list_int.h"
#include "match/mix_int.h"

enum { HEADING_ROWS = 3, CENSUS_ROWS = 1000, EXPECT_AHEAD = 8 };

void list_init(struct list *l)
{
    static const struct {
        enum field field;
        enum measure measure;
        bool shared;
        const char *name;
    } first[FEATURE_REST] = {
        [FEATURE_GIVEN] = {FIELD_GIVEN_NAME, MEASURE_NAME, false, "given name"},
        [FEATURE_FAMILY] = {FIELD_FAMILY_NAME, MEASURE_NAME, true, "family name"},
        [FEATURE_OTHER] = {FIELD_FULL_NAME, MEASURE_NAME, true, "other names"},
        [FEATURE_FATHER] = {FIELD_FATHER_NAME, MEASURE_NAME, true, "father's name"},
        [FEATURE_BIRTH] = {FIELD_BIRTH_DATE, MEASURE_DATE, false, "birth"},
    };
    memset(l, 0, sizeof *l);
    arena_init(&l->arena);
    values_init(&l->names);
    for (size_t i = 0; i < LIST_FEATURES; i++)
        values_init(&l->values[i]);
    for (size_t i = 0; i < FEATURE_REST; i++) {
        struct feature *f = &l->features[i];
        f->field = first[i].field;
        f->measure = first[i].measure;
        f->shared = first[i].shared;
        f->values = first[i].measure == MEASURE_NAME ? &l->names : &l->values[i];
        snprintf(f->name, sizeof f->name, "%s", first[i].name);
    }
    l->features_count = FEATURE_REST;
}

void list_release(struct list *l)
{
    values_release(&l->names);
    for (size_t i = 0; i < LIST_FEATURES; i++)
        values_release(&l->values[i]);
    mem_free(l->slots);
    mem_free(l->ids);
    mem_free(l->id_at);
    mem_free(l->files);
    arena_release(&l->arena);
}

void list_note(struct list *l, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    if (l->notes_count == LIST_NOTES)
        return;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    l->notes[l->notes_count++] = arena_copy(&l->arena, str_of(text));
}

/* ---- one file ---- */

struct list_reading {
    struct list *list;
    struct list_plan plan;
    struct csv_format format;
    struct csv_splitter splitter;
    struct list_source *source;
    struct in_order *threads;
    struct list_piece *pieces; /* a ring */
    size_t pieces_count, next_piece;
    struct buf open;     /* text whose last row has not ended */
    size_t open_checked; /* of it, what the splitter has seen */
    size_t row;          /* rows before the next piece that is taken */
    struct arena arena;  /* of the headings */
    size_t short_rows, first_short, headings_again;
};

static void piece_release(struct list_piece *p)
{
    buf_release(&p->bytes);
    buf_release(&p->ids);
    mem_free(p->cells);
    mem_free(p->letters);
}

static void rooms_make(struct list *l, size_t more, size_t ids)
{
    size_t needed = l->records + more;
    if (needed > l->slots_room) {
        l->slots_room = needed + needed / 2;
        l->slots = mem_resize_array(l->slots, l->slots_room * l->features_count, sizeof *l->slots);
        large_pages(l->slots, l->slots_room * l->features_count * sizeof *l->slots);
        l->id_at = mem_resize_array(l->id_at, l->slots_room, sizeof *l->id_at);
        l->files = mem_resize(l->files, l->slots_room);
    }
    if (l->ids_len + ids > l->ids_room) {
        l->ids_room = (l->ids_len + ids) * 3 / 2;
        l->ids = mem_resize(l->ids, l->ids_room);
    }
}

static void value_expect(const struct list *l, const struct cell *cells, size_t count)
{
    for (size_t f = 0; f < l->features_count && count; f++)
        if (cells[f].hash)
            values_expect(l->features[f].values, cells[f].hash);
}

static uint32_t value_take(const struct list *l, const struct list_piece *p, size_t feature,
                           const struct cell *c)
{
    struct value_text text = {.hash = c->hash, .letters_count = c->letters, .words = c->words};
    if (!c->hash)
        return 0;
    if (!c->letters)
        text.date = c->at;
    else {
        text.letters = p->letters + c->at;
        text.ends = text.letters + c->letters;
    }
    return values_take(l->features[feature].values, &text);
}

static void rows_take(struct list_reading *r, const struct list_piece *p)
{
    struct list *l = r->list;
    const char *id = p->ids.at;
    rooms_make(l, p->rows, p->ids.len + p->rows * 24);
    for (size_t i = 0; i < p->rows; i++) {
        const struct cell *cells = p->cells + i * l->features_count;
        uint32_t *slots = l->slots + l->records * l->features_count;
        value_expect(l, cells + EXPECT_AHEAD * l->features_count, i + EXPECT_AHEAD < p->rows);
        for (size_t f = 0; f < l->features_count; f++)
            slots[f] = value_take(l, p, f, &cells[f]);
        l->id_at[l->records] = l->ids_len;
        l->files[l->records] = (uint8_t)l->files_count;
        if (r->plan.id == NO_COLUMN) {
            l->ids_len += 1 + (size_t)snprintf(l->ids + l->ids_len, 24, "%zu", l->records + 1);
        } else {
            size_t len = strlen(id) + 1;
            memcpy(l->ids + l->ids_len, id, len);
            l->ids_len += len;
            id += len;
        }
        l->records++;
    }
}

static enum outcome place_fault(const struct list_reading *r, size_t row, const struct fault *what,
                                struct fault *why)
{
    size_t column = what->at;
    if (column && column <= r->plan.columns)
        return refuse_at(why, REFUSED, row, "row %zu, column %zu (%.*s): %s", row, column,
                         STR_ARG(r->plan.headings[column - 1]), what->text);
    if (column)
        return refuse_at(why, REFUSED, row, "row %zu, column %zu: %s", row, column, what->text);
    return refuse_at(why, REFUSED, row, "row %zu: %s", row, what->text);
}

static enum outcome piece_take(struct list_reading *r, struct fault *why)
{
    struct list_piece *p = in_order_take(r->threads);
    if (!p)
        return OK;
    if (p->outcome)
        return place_fault(r, r->row + p->physical_rows, &p->why, why);
    rows_take(r, p);
    if (p->short_rows && !r->short_rows)
        r->first_short = r->row + p->first_short;
    r->short_rows += p->short_rows;
    r->headings_again += p->headings_again;
    r->row += p->physical_rows;
    return OK;
}

static enum outcome piece_add(struct list_reading *r, struct str rows, struct fault *why)
{
    enum outcome outcome = OK;
    if (!in_order_has_room(r->threads))
        outcome = piece_take(r, why);
    if (outcome)
        return outcome;
    struct list_piece *p = &r->pieces[r->next_piece++ % r->pieces_count];
    buf_clear(&p->bytes);
    buf_clear(&p->ids);
    buf_add(&p->bytes, rows);
    p->plan = &r->plan;
    p->format = r->format;
    p->rows = p->letters_count = p->short_rows = p->headings_again = 0;
    p->outcome = OK;
    p->why = (struct fault){0};
    in_order_add(r->threads, p);
    return OK;
}

/* where the open row began cannot be counted by the pieces alone: those before it are taken first
 */
static enum outcome open_row_fault(struct list_reading *r, const struct fault *what,
                                   struct fault *why)
{
    enum outcome outcome = OK;
    while (!outcome && in_order_count(r->threads))
        outcome = piece_take(r, why);
    return outcome ? outcome : place_fault(r, r->row + 1, what, why);
}

static enum outcome text_take(struct list_reading *r, bool *more, struct fault *why)
{
    size_t end, before = r->open.len;
    struct fault what = {0};
    enum outcome outcome = OK;
    if (r->open_checked == r->open.len)
        outcome = list_source_more(r->source, &r->open, why);
    if (outcome)
        return outcome;
    *more = r->open.len > before || r->open_checked < r->open.len;
    struct str fresh = str_slice(buf_str(&r->open), r->open_checked, r->open.len);
    if (csv_split(&r->splitter, fresh, &end, &what))
        return open_row_fault(r, &what, why);
    size_t whole = end ? r->open_checked + end : 0;
    if (!*more)
        whole = r->open.len;
    if (whole)
        outcome = piece_add(r, str_slice(buf_str(&r->open), 0, whole), why);
    memmove(r->open.at, r->open.at + whole, r->open.len - whole);
    r->open.len -= whole;
    r->open_checked = r->open.len;
    return outcome;
}

/* ---- the heading ---- */

/* Which of the first rows is the heading: the one with most columns that are known. */
static enum outcome heading_find(struct csv_rows *rows, struct csv_row *heading, struct fault *why)
{
    struct csv_row *row = mem_alloc(sizeof *row);
    struct csv_rows behind = *rows;
    size_t most = 0;
    bool more = true, any = false;
    enum outcome outcome = OK;
    for (size_t i = 0; i < HEADING_ROWS && more && !outcome; i++) {
        outcome = list_row_next(rows, row, &more, why);
        if (outcome || !more)
            break;
        size_t known = list_plan_known(row);
        if (!any || known > most) {
            *heading = *row;
            behind = *rows;
            most = known;
        }
        any = true;
        if (known)
            break;
    }
    *rows = behind;
    if (!outcome && !any)
        outcome = refuse(why, REFUSED, "is empty: not even a row of headings");
    mem_free(row);
    return outcome;
}

/* Whether the row that follows is one of headings too, in another language say: all that it holds
 * are known ones. Reads a copy, because fields are unquoted in place. */
static bool heading_follows(struct list_reading *r, const struct csv_rows *rows)
{
    struct str rest = {rows->at, (size_t)(rows->end - rows->at)};
    struct csv_rows next = *rows;
    struct csv_row *row = mem_alloc(sizeof *row);
    bool more = false;
    size_t filled = 0;
    next.at = (char *)(uintptr_t)arena_copy(&r->arena, rest).at;
    next.end = next.at + rest.len;
    if (list_row_next(&next, row, &more, NULL) == OK && more)
        for (size_t i = 0; i < row->count; i++)
            filled += row->fields[i].len > 0;
    bool follows = more && filled > 1 && list_plan_known(row) == filled;
    mem_free(row);
    return follows;
}

static void census(struct list_reading *r, struct csv_rows rows)
{
    struct date_census counts[CSV_COLUMNS] = {0};
    struct csv_row *row = mem_alloc(sizeof *row);
    bool more = true;
    for (size_t i = 0; i < CENSUS_ROWS && list_row_next(&rows, row, &more, NULL) == OK && more; i++)
        for (size_t c = 0; c < row->count && c < r->plan.columns; c++) {
            enum field field = r->plan.fields[c];
            if (field == FIELD_BIRTH_DATE || field == FIELD_DATE || field == FIELD_BIRTH_YEAR)
                date_census_add(&counts[c], row->fields[c]);
        }
    for (size_t c = 0; c < r->plan.columns; c++) {
        r->plan.dates[c] = date_census_end(&counts[c]);
        if (counts[c].seen && r->plan.dates[c].jalali)
            list_note(r->list, "%.*s: years of the Jalali calendar", STR_ARG(r->plan.headings[c]));
        if (counts[c].day_first || counts[c].month_first)
            list_note(r->list, "%.*s: the %s stands first", STR_ARG(r->plan.headings[c]),
                      r->plan.dates[c].month_first ? "month" : "day");
    }
    mem_free(row);
}

static enum outcome plan_make(struct list_reading *r, const struct list_wishes *wishes,
                              struct fault *why)
{
    struct str beginning = arena_copy(&r->arena, list_source_beginning(r->source));
    struct csv_row *heading = mem_alloc(sizeof *heading);
    r->format = csv_format_of(beginning);
    csv_splitter_init(&r->splitter, r->format);
    char *at = (char *)(uintptr_t)beginning.at;
    struct csv_rows rows = {.format = r->format, .at = at, .end = at + beginning.len};
    struct fault what = {0};
    enum outcome outcome = heading_find(&rows, heading, &what);
    if (outcome)
        outcome = what.at ? refuse(why, outcome, "row %zu, column %zu: %s", rows.row + 1, what.at,
                                   what.text)
                          : refuse(why, outcome, "%s", what.text);
    if (!outcome)
        outcome = list_plan_make(r->list, &r->plan, heading, wishes, why);
    if (!outcome) {
        if (rows.row > 1)
            list_note(r->list, "the headings are in row %zu; what is above them is left alone",
                      rows.row);
        r->row = rows.row;
        if (heading_follows(r, &rows))
            list_note(r->list, "row %zu holds headings, too, and is left out", ++r->row);
        r->list->numbered = r->list->numbered || r->plan.id == NO_COLUMN;
        census(r, rows);
    }
    mem_free(heading);
    return outcome;
}

/* the rows up to the heading are taken off the text */
static enum outcome heading_skip(struct list_reading *r, struct fault *why)
{
    size_t skipped = 0, at = 0;
    enum outcome outcome = list_source_more(r->source, &r->open, why);
    struct csv_splitter s;
    csv_splitter_init(&s, r->format);
    while (!outcome && skipped < r->row && at < r->open.len) {
        size_t end;
        outcome = csv_split(&s, (struct str){r->open.at + at, 1}, &end, why);
        at++;
        skipped += end > 0;
    }
    memmove(r->open.at, r->open.at + at, r->open.len - at);
    r->open.len -= at;
    return outcome;
}

static enum outcome file_read_rows(struct list_reading *r, struct fault *why)
{
    bool more = true;
    enum outcome outcome = heading_skip(r, why);
    while (!outcome && more)
        outcome = text_take(r, &more, why);
    while (!outcome && in_order_count(r->threads))
        outcome = piece_take(r, why);
    return outcome;
}

static void say_oddities(const struct list_reading *r)
{
    struct list *l = r->list;
    if (!str_equal(list_source_charset(r->source), STR("utf-8")))
        list_note(l, "read as %s", list_source_charset(r->source).at);
    if (r->format.separator != ',')
        list_note(l, "the separator is %s",
                  r->format.separator == '\t'  ? "a tab"
                  : r->format.separator == ';' ? "a semicolon"
                                               : "a bar");
    if (r->short_rows)
        list_note(l,
                  "%zu rows are shorter than the heading, row %zu first: what they lack is missing",
                  r->short_rows, r->first_short);
    if (r->headings_again)
        list_note(l, "%zu rows repeat the headings and are left out", r->headings_again);
}

enum outcome list_read(struct list *l, const char *path, const struct list_wishes *wishes,
                       struct fault *why)
{
    struct list_reading r = {.list = l};
    enum outcome outcome;
    if (l->files_count == LIST_FILES)
        return refuse(why, REFUSED, "more than %d lists", LIST_FILES);
    arena_init(&r.arena);
    buf_init(&r.open, SIZE_MAX / 4);
    r.threads = in_order_new(wishes->threads, list_piece_work, NULL);
    r.pieces_count = wishes->threads * IN_ORDER_AHEAD + 1;
    r.pieces = mem_alloc(r.pieces_count * sizeof *r.pieces);
    for (size_t i = 0; i < r.pieces_count; i++) {
        buf_init(&r.pieces[i].bytes, SIZE_MAX / 4);
        buf_init(&r.pieces[i].ids, SIZE_MAX / 4);
    }
    outcome = list_source_open(path, &r.source, why);
    if (!outcome)
        outcome = plan_make(&r, wishes, why);
    if (!outcome)
        outcome = file_read_rows(&r, why);
    if (!outcome)
        say_oddities(&r);
    while (in_order_cancel(r.threads))
        continue;
    in_order_free(r.threads);
    list_source_close(r.source);
    for (size_t i = 0; i < r.pieces_count; i++)
        piece_release(&r.pieces[i]);
    mem_free(r.pieces);
    buf_release(&r.open);
    arena_release(&r.arena);
    l->files_count += !outcome;
    return outcome;
}

/* ---- all of them ---- */

void list_weigh(struct list *l)
{
    static const double usual[] = {
        [MEASURE_NAME] = 1.0 / 500,   [MEASURE_TEXT] = 1.0 / 100, [MEASURE_CODE] = 1.0 / 1000,
        [MEASURE_DATE] = 1.0 / 20000, [MEASURE_AGE] = 1.0 / 60,   [MEASURE_SORT] = 1.0 / 2,
    };
    values_weigh(&l->names, l->records, usual[MEASURE_NAME]);
    for (size_t i = FEATURE_BIRTH; i < l->features_count; i++)
        if (l->features[i].values == &l->values[i]) {
            struct values *v = &l->values[i];
            values_weigh(v, values_records(v), usual[l->features[i].measure]);
            if (l->features[i].measure == MEASURE_DATE)
                values_weigh_days(v);
        }
}

struct str record_id(const struct list *l, size_t record)
{
    return str_of(l->ids + l->id_at[record]);
}

uint64_t list_record_hash(const struct list *l, size_t record)
{
    const uint32_t *slots = list_record(l, record);
    uint64_t h = 1;
    for (size_t f = 0; f < l->features_count; f++)
        h = mix(h ^ (slots[f] ? l->features[f].values->all[slots[f]].hash : f));
    for (const char *id = l->ids + l->id_at[record]; *id && !l->numbered; id++)
        h = mix(h ^ (unsigned char)*id);
    return h;
}

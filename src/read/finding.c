#include "read/finding_int.h"

#include <stdlib.h>

#include "base/table.h"
#include "read/columns_int.h"
#include "text/edtf.h"

enum { NEAR_DATES = 8, SAME_START_LIMIT = 64, TENTH = 10 };

struct finding_rules {
    struct arena arena;
    struct str *states;
    size_t count, room;
};

struct finder {
    const struct page *page;
    const struct finding_rules *rules;
    const struct reading *reading;
    struct finding *at;
    size_t count, room;
};

enum outcome finding_rules_new(struct finding_rules **out, struct fault *why)
{
    struct finding_rules *rules = mem_alloc(sizeof *rules);
    struct table table;
    struct row row;
    bool more = true;
    arena_init(&rules->arena);
    enum outcome result = table_open(&table, "account/states.tsv", "event", why);
    while (result == OK && (result = table_next(&table, &row, &more, why)) == OK && more) {
        rules->states = arena_grow(&rules->arena, rules->states, rules->count, &rules->room,
                                   sizeof *rules->states);
        rules->states[rules->count++] = row.cells[0];
    }
    if (result == OK)
        *out = rules;
    else
        finding_rules_free(rules);
    return result;
}

void finding_rules_free(struct finding_rules *rules)
{
    if (!rules)
        return;
    arena_release(&rules->arena);
    mem_free(rules);
}

static bool only_grows(const struct finding_rules *rules, struct str event)
{
    for (size_t i = 0; i < rules->count; i++)
        if (str_equal(rules->states[i], event))
            return false;
    return true;
}

static void add(struct finder *f, struct finding finding)
{
    f->at = arena_grow(f->page->arena, f->at, f->count, &f->room, sizeof *f->at);
    f->at[f->count++] = finding;
}

static struct str digits_of(const struct finder *f, int64_t count)
{
    return arena_print(f->page->arena, "%jd", (intmax_t)count);
}

/* ---- parts ---- */

static bool is_rough(const struct figure *f)
{
    return f->bound == BOUND_ABOUT || f->bound == BOUND_NEARLY;
}

/* what is stated, at its greatest */
static int64_t top_of(const struct figure *f)
{
    if (f->high != COUNT_NONE)
        return f->high;
    return f->bound == BOUND_MORE_THAN ? f->low + 1 : f->low;
}

static bool exceeds(const struct figure *a, const struct figure *b)
{
    int64_t low = a->low, top = top_of(b);
    bool rough = is_rough(a) || is_rough(b);
    return low != COUNT_NONE && low > top && (!rough || low - top > top / TENTH);
}

/* the first proposal whose quote begins there or later */
static size_t first_from(const struct reading *r, size_t from)
{
    size_t low = 0, high = r->proposals_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->proposals[middle].statement.quote.from < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const struct figure *figure_at(const struct reading *r, struct span quote)
{
    size_t first = first_from(r, quote.from);
    for (size_t i = first; i < r->proposals_count && i < first + SAME_START_LIMIT; i++) {
        const struct statement *s = &r->proposals[i].statement;
        if (s->quote.from != quote.from)
            break;
        if (s->form == FORM_FIGURE && s->quote.to == quote.to)
            return &s->figure;
    }
    return NULL;
}

static void check_part(struct finder *f, const struct statement *s)
{
    const struct figure *part = &s->figure;
    const struct figure *whole = part->subset_of.to ? figure_at(f->reading, part->subset_of) : NULL;
    if (!whole || !exceeds(part, whole))
        return;
    add(f, (struct finding){.kind = FINDING_PART_LARGER,
                            .quote = s->quote,
                            .other = part->subset_of,
                            .parts = {digits_of(f, part->low), digits_of(f, top_of(whole))}});
}

/* ---- counts that only grow ---- */

struct stood {
    const struct statement *statement;
    struct str date;
    int64_t day;
};

static int compare_matters(const struct figure *a, const struct figure *b)
{
    const struct str *left[] = {&a->event, &a->what, &a->place, &a->source, &a->since};
    const struct str *right[] = {&b->event, &b->what, &b->place, &b->source, &b->since};
    int order = 0;
    for (size_t i = 0; i < COUNT_OF(left) && !order; i++)
        order = str_compare(*left[i], *right[i]);
    return order;
}

static int stood_order(const void *left, const void *right)
{
    const struct stood *a = left, *b = right;
    int order = compare_matters(&a->statement->figure, &b->statement->figure);
    if (order)
        return order;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    size_t x = a->statement->quote.from, y = b->statement->quote.from;
    return x < y ? -1 : x > y;
}

/* a count that stands at a day, by a source that is named */
static bool stands(const struct finder *f, const struct statement *s, struct stood *out)
{
    const struct figure *figure = &s->figure;
    int64_t last = 0;
    *out = (struct stood){s, figure->as_of.len ? figure->as_of : figure->until, 0};
    return s->form == FORM_FIGURE && figure->source.len && !figure->subset_of.to && out->date.len &&
           only_grows(f->rules, figure->event) &&
           edtf_range(out->date, &out->day, &last, NULL) == OK && out->day == last;
}

static void report_fall(struct finder *f, const struct stood *later, const struct stood *earlier)
{
    add(f,
        (struct finding){.kind = FINDING_COUNT_FALLING,
                         .quote = later->statement->quote,
                         .other = earlier->statement->quote,
                         .parts = {digits_of(f, top_of(&later->statement->figure)), later->date,
                                   digits_of(f, earlier->statement->figure.low), earlier->date}});
}

static void check_falls(struct finder *f, struct stood *all, size_t count)
{
    const struct stood *most = NULL, *most_of_day = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct stood *s = &all[i];
        bool same = i && compare_matters(&s[-1].statement->figure, &s->statement->figure) == 0;
        if (!same)
            most = most_of_day = NULL;
        else if (s[-1].day < s->day)
            most = most_of_day;
        if (most && exceeds(&most->statement->figure, &s->statement->figure))
            report_fall(f, s, most);
        if (!most_of_day || s->statement->figure.low > most_of_day->statement->figure.low)
            most_of_day = s;
    }
}

static void check_counts(struct finder *f)
{
    const struct reading *r = f->reading;
    struct stood *all = arena_alloc(f->page->arena, (r->proposals_count + 1) * sizeof *all);
    size_t count = 0;
    for (size_t i = 0; i < r->proposals_count; i++)
        count += stands(f, &r->proposals[i].statement, &all[count]);
    if (count < 2)
        return;
    qsort(all, count, sizeof *all, stood_order);
    check_falls(f, all, count);
}

/* ---- after the document ---- */

static struct span sentence_at(const struct reading *r, size_t at)
{
    size_t low = 0, high = r->sentences_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->sentences[middle].at.to <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < r->sentences_count ? r->sentences[low].at : (struct span){0};
}

static size_t first_date(const struct reading *r, size_t from)
{
    size_t low = 0, high = r->dates_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->dates[middle].quote.from < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* the date of that meaning in the sentence of the quote, or NULL */
static const struct date_mention *mention_of(const struct reading *r, struct span quote,
                                             struct str iso)
{
    struct span sentence = sentence_at(r, quote.from);
    size_t here = first_date(r, quote.from);
    size_t first = here < NEAR_DATES ? 0 : here - NEAR_DATES;
    for (size_t i = first; i < r->dates_count && i < here + NEAR_DATES; i++) {
        const struct date_mention *d = &r->dates[i];
        bool inside = d->quote.from >= sentence.from && d->quote.to <= sentence.to;
        if (inside && str_equal(d->iso, iso))
            return d;
    }
    return NULL;
}

static bool is_after(struct str date, int64_t document)
{
    int64_t first = 0, last = 0;
    return date.len && edtf_range(date, &first, &last, NULL) == OK && first > document;
}

static void check_later(struct finder *f, const struct statement *s, struct str date,
                        int64_t document)
{
    if (!is_after(date, document))
        return;
    const struct date_mention *d = mention_of(f->reading, s->quote, date);
    if (!d || d->future || str_equal(d->calendar, STR("relative")))
        return;
    for (size_t i = 0; i < d->findings_count; i++)
        if (d->findings[i].kind == FINDING_AFTER_DOCUMENT)
            return;
    add(f, (struct finding){.kind = FINDING_AFTER_DOCUMENT,
                            .quote = d->quote,
                            .other = s->quote,
                            .parts = {date, f->page->facts->published}});
}

static void check_document(struct finder *f)
{
    const struct document_facts *facts = f->page->facts;
    int64_t first = 0, document = 0;
    if (!facts || !facts->published.len ||
        edtf_range(facts->published, &first, &document, NULL) != OK || document == INT64_MAX)
        return;
    for (size_t i = 0; i < f->reading->proposals_count; i++) {
        const struct statement *s = &f->reading->proposals[i].statement;
        if (s->form == FORM_LIFE_EVENT)
            check_later(f, s, s->life_event.date, document);
        if (s->form != FORM_FIGURE)
            continue;
        check_later(f, s, s->figure.since, document);
        check_later(f, s, s->figure.until, document);
        check_later(f, s, s->figure.as_of, document);
    }
}

/* ---- columns ---- */

static void check_columns(struct finder *f)
{
    size_t count;
    const struct finding *all = columns_suspect(f->page, f->reading, &count);
    for (size_t i = 0; i < count; i++)
        add(f, all[i]);
}

/* ---- all ---- */

static int finding_order(const void *left, const void *right)
{
    const struct finding *a = left, *b = right;
    if (a->quote.from != b->quote.from)
        return a->quote.from < b->quote.from ? -1 : 1;
    if (a->quote.to != b->quote.to)
        return a->quote.to < b->quote.to ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return a->other.from < b->other.from ? -1 : a->other.from > b->other.from;
}

/* in order, each doubt about the same words once */
static void settle(struct finder *f)
{
    size_t kept = 0;
    if (f->count)
        qsort(f->at, f->count, sizeof *f->at, finding_order);
    for (size_t i = 0; i < f->count; i++) {
        const struct finding *last = kept ? &f->at[kept - 1] : NULL;
        bool again = last && last->quote.from == f->at[i].quote.from &&
                     last->quote.to == f->at[i].quote.to && last->kind == f->at[i].kind;
        if (!again)
            f->at[kept++] = f->at[i];
    }
    f->count = kept;
}

void findings_find(const struct page *page, const struct finding_rules *rules, struct reading *out)
{
    struct finder f = {.page = page, .rules = rules, .reading = out};
    for (size_t i = 0; i < out->dates_count; i++)
        for (size_t k = 0; k < out->dates[i].findings_count; k++)
            add(&f, out->dates[i].findings[k]);
    for (size_t i = 0; i < out->proposals_count; i++)
        if (out->proposals[i].statement.form == FORM_FIGURE)
            check_part(&f, &out->proposals[i].statement);
    check_counts(&f);
    check_columns(&f);
    check_document(&f);
    settle(&f);
    out->findings = f.at;
    out->findings_count = f.count;
}

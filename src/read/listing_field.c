#include "read/listing_int.h"
#include "read/patient_int.h"

enum { COLUMNS_LEAST = 3, HEAD_REACH = 60, VALUE_LIMIT = 40, OLDEST = 115 };

static bool field_at(const struct page *page, size_t i, size_t limit, const struct entry **field,
                     size_t *end)
{
    return i < limit && token_is(&page->tokens, i, WORD_FIELD, field, end) && *end < limit &&
           token_is_mark(&page->tokens, *end, ':');
}

static bool is_trimmed(const struct page *page, size_t i)
{
    return page->tokens.at[i].shape == SHAPE_MARK && !token_is_mark(&page->tokens, i, ')') &&
           !token_is_mark(&page->tokens, i, '"');
}

/* up to the next field, the end of the line or of what was wrapped from it */
static size_t value_end(const struct page *page, size_t first, size_t limit)
{
    const struct entry *next = NULL;
    size_t end = first, passage = passage_at(page, first), stop = page->passages[passage].end;
    while (end < limit && end < stop && end < first + VALUE_LIMIT) {
        size_t behind = end;
        if (end > first && field_at(page, end, limit, &next, &behind))
            break;
        end++;
    }
    while (end > first && is_trimmed(page, end - 1))
        end--;
    return end;
}

static bool is_property(struct str field)
{
    static const char *const properties[] = {"residence", "occupation", "nationality",
                                             "group",     "health",     "father"};
    for (size_t i = 0; i < COUNT_OF(properties); i++)
        if (str_equal(field, str_of(properties[i])))
            return true;
    return false;
}

static void add_event(struct dossier *d, struct str event, struct str date, struct stretch at)
{
    if (!date.len || d->events_count == EVENTS_LIMIT)
        return;
    d->events[d->events_count].event = event;
    d->events[d->events_count].date = date;
    d->events[d->events_count].first = at.first;
    d->events[d->events_count++].end = at.end;
}

bool age_at(const struct page *page, size_t i, struct str *age)
{
    int64_t years = 0;
    if (page->date_of[i] || page->tokens.at[i].shape != SHAPE_NUMBER ||
        !str_to_int(page->tokens.at[i].word, &years) || years < 1 || years > OLDEST)
        return false;
    *age = arena_print(page->arena, "%jd", (intmax_t)years);
    return true;
}

bool field_is_read(struct str field)
{
    static const char *const nothing[] = {"number", "cause"};
    for (size_t i = 0; i < COUNT_OF(nothing); i++)
        if (str_equal(field, str_of(nothing[i])))
            return false;
    return true;
}

void field_take(struct lister *l, struct dossier *d, struct str field, struct stretch label,
                struct stretch value)
{
    struct page *page = l->page;
    struct stretch whole = {label.first, value.end};
    struct str words = page_words(page, value.first, value.end), found;
    if (str_equal(field, STR("name")) || !field_is_read(field))
        return;
    if (str_equal(field, STR("age"))) {
        if (age_at(page, value.first, &found))
            tell_fact(l, d->name, field, found, whole);
    } else if (str_equal(field, STR("birth_date"))) {
        found = date_in(page, value.first, value.end);
        if (found.len)
            tell_fact(l, d->name, field, found, whole);
    } else if (is_property(field)) {
        tell_fact(l, d->name, field, words, whole);
    } else if (str_equal(field, STR("charge"))) {
        d->charge = value;
    } else if (str_equal(field, STR("sentence"))) {
        d->sentence = value;
    } else if (str_equal(field, STR("prison"))) {
        d->prison = value;
    } else if (str_equal(field, STR("court"))) {
        d->court = value;
    } else if (str_equal(field, STR("branch"))) {
        d->branch = value;
    } else if (str_equal(field, STR("judge"))) {
        d->judge = value;
    } else if (str_equal(field, STR("place"))) {
        d->place = value;
    } else {
        add_event(d, field, date_in(page, value.first, value.end), whole);
    }
}

void field_date(struct lister *l, struct dossier *d, struct str field, struct str date,
                struct stretch at)
{
    if (str_equal(field, STR("birth_date")))
        tell_fact(l, d->name, field, date, at);
    else
        add_event(d, field, date, at);
}

bool fields_read(struct lister *l, struct dossier *d, size_t first, size_t end)
{
    const struct entry *field = NULL;
    size_t behind = 0;
    bool any = false;
    for (size_t i = first; i < end; i++) {
        if (!field_at(l->page, i, end, &field, &behind) || behind + 1 >= end)
            continue;
        size_t stop = value_end(l->page, behind + 1, end);
        if (stop > behind + 1)
            field_take(l, d, field->value, (struct stretch){i, behind},
                       (struct stretch){behind + 1, stop});
        any = true;
        i = stop > i ? stop - 1 : i;
    }
    return any;
}

static bool has_column(const struct lister *l, const char *field)
{
    for (size_t i = 0; i < l->columns_count; i++)
        if (str_equal(l->columns[i], str_of(field)))
            return true;
    return false;
}

bool field_is_dated(struct str field)
{
    static const char *const others[] = {
        "name",   "number", "age",    "residence", "occupation", "nationality",
        "group",  "health", "charge", "sentence",  "prison",     "court",
        "branch", "judge",  "cause",  "father",    "place"};
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (str_equal(field, str_of(others[i])))
            return false;
    return true;
}

void columns_find(struct lister *l, size_t first)
{
    const struct page *page = l->page;
    const struct entry *field = NULL;
    size_t end = 0;
    for (size_t i = first > HEAD_REACH ? first - HEAD_REACH : 0; i < first; i++) {
        if (!token_is(&page->tokens, i, WORD_FIELD, &field, &end) || end > first)
            continue;
        if (token_is_mark(&page->tokens, end, ':')) {
            l->columns_count = 0;
            return;
        }
        if (l->columns_count < COLUMNS_LIMIT)
            l->columns[l->columns_count++] = field->value;
        i = end - 1;
    }
    if (l->columns_count < COLUMNS_LEAST || !has_column(l, "name"))
        l->columns_count = 0;
}

/* the n-th date of a row is of the n-th column that dates something */
static struct str dated_column(const struct lister *l, size_t n)
{
    for (size_t i = 0; i < l->columns_count; i++)
        if (field_is_dated(l->columns[i]) && n-- == 0)
            return l->columns[i];
    return STR_NONE;
}

static bool is_term(const struct page *page, size_t i)
{
    const struct tokens *t = &page->tokens;
    bool years = t->at[i].shape == SHAPE_NUMBER && term_unit(page, i) != SIZE_MAX;
    return years || token_is(t, i, WORD_TERM, NULL, NULL);
}

void row_read(struct lister *l, struct dossier *d, size_t first, size_t end)
{
    struct page *page = l->page;
    const struct tokens *t = &page->tokens;
    bool aged = !has_column(l, "age");
    size_t dates = 0, stop = 0;
    const struct entry *place = NULL;
    for (size_t i = first; i < end; i++) {
        struct str value;
        struct stretch here = {i, i + 1};
        if (page->date_of[i]) {
            if (page->date_of[i - 1] == page->date_of[i])
                continue;
            while (here.end < end && page->date_of[here.end] == page->date_of[i])
                here.end++;
            struct str column = dated_column(l, dates++), date = date_in(page, i, here.end);
            if (str_equal(column, STR("birth_date")) && date.len)
                tell_fact(l, d->name, column, date, here);
            else if (column.len)
                add_event(d, column, date, here);
        } else if (is_term(page, i) && has_column(l, "sentence") && !d->sentence.end) {
            d->sentence = (struct stretch){i, i + 3 < end ? i + 3 : end};
        } else if (!aged && age_at(page, i, &value)) {
            aged = true;
            tell_fact(l, d->name, STR("age"), value, here);
        } else if (token_is(t, i, WORD_CHARGE, NULL, &stop) && has_column(l, "charge") &&
                   !d->charge.end) {
            d->charge = (struct stretch){i, stop};
        } else if (token_is(t, i, WORD_PLACE, &place, &stop) && has_column(l, "prison") &&
                   str_equal(place->value, STR("prison")) && !d->prison.end) {
            d->prison = (struct stretch){i, stop};
        }
    }
}

#include "read/page_int.h"

enum {
    REPORT_REACH = 10,
    SPEECH_REACH = 24,
    OPENING_WORDS = 3,
    CLAUSE_APART = 20,
    NOW_REACH = 3,
    PASSAGES_BACK = 3
};

enum period_use { USE_IN, USE_SINCE, USE_UNTIL, USE_AS_OF, USE_SAID, USE_NONE };

/* the first token of a date mention */
static size_t date_first(const struct page *page, size_t i)
{
    while (i > 0 && page->date_of[i - 1] == page->date_of[i])
        i--;
    return i;
}

static size_t date_end(const struct page *page, size_t i)
{
    uint32_t date = page->date_of[i];
    while (i < page->tokens.count && page->date_of[i] == date)
        i++;
    return i;
}

static bool resolved(const struct date_mention *d)
{
    return d->iso.len && !str_equal(d->iso, STR("unresolved"));
}

static enum period_use use_named(struct str value)
{
    if (str_equal(value, STR("since")))
        return USE_SINCE;
    if (str_equal(value, STR("as_of")))
        return USE_AS_OF;
    if (str_equal(value, STR("until")))
        return USE_UNTIL;
    return USE_IN;
}

/* where verbs end the clause, "in Khordad X said that": the day of the saying, not of the matter */
static bool dates_a_report(const struct page *page, const struct passage *p, size_t first,
                           size_t end)
{
    const struct tokens *t = &page->tokens;
    const struct entry *entry = NULL;
    bool since =
        token_is_before(t, first, WORD_OPENS, &entry, NULL) && use_named(entry->value) == USE_SINCE;
    for (size_t i = end; p->verb_final && !since && i < p->end && i < end + REPORT_REACH; i++) {
        if (token_is(t, i, WORD_SAY, NULL, NULL))
            return true;
        if (page->date_of[i] || token_is(t, i, WORD_EVENT, NULL, NULL) ||
            token_is(t, i, WORD_CLAUSE, NULL, NULL) || token_is(t, i, WORD_VERB, NULL, NULL) ||
            token_is_mark(t, i, ';') || page_particle(page, i, "relative"))
            return false;
    }
    return false;
}

/* "In June X said that N": the month of the saying; but "In June X recorded N" counts in June */
static bool dates_a_speech(const struct page *page, const struct passage *p, size_t first,
                           size_t end, size_t figure)
{
    const struct tokens *t = &page->tokens;
    if (p->verb_final || first > p->first + OPENING_WORDS || figure <= end ||
        page->dates[page->date_of[first] - 1].iso.len < sizeof "2024-06" - 1)
        return false;
    for (size_t i = end; i < figure && i < end + SPEECH_REACH; i++)
        if (token_is(t, i, WORD_SAY, NULL, NULL))
            return !page_particle(page, i, "counts");
    return false;
}

/* "a July report", گزارش خرداد */
static bool dates_a_paper(const struct page *page, const struct passage *p, size_t first,
                          size_t end)
{
    size_t before = first;
    while (before > p->first && first - before < 2 &&
           token_is(&page->tokens, before - 1, WORD_PREPOSITION, NULL, NULL))
        before--;
    return (end < p->end && page_particle(page, end, "paper")) ||
           (before > p->first && page_particle(page, before - 1, "paper"));
}

/* "from" opens a period that ends with a second date, or with none at all */
static enum period_use use_opened(const struct page *page, const struct entry *entry, size_t first,
                                  size_t end)
{
    const struct tokens *t = &page->tokens;
    size_t joint = 0;
    bool closed =
        token_is(t, end, WORD_OPENS, NULL, &joint) && joint < t->count && page->date_of[joint];
    const struct entry *within = NULL;
    for (size_t i = first + 1; i + 1 < end && !closed; i++)
        closed = token_is(t, i, WORD_OPENS, &within, NULL) &&
                 (use_named(within->value) == USE_UNTIL || use_named(within->value) == USE_AS_OF);
    for (const struct entry *e = entry; e && !closed; e = e->next)
        if (e->class == WORD_OPENS && use_named(e->value) == USE_SINCE)
            return USE_SINCE;
    return use_named(entry->value);
}

/* a verb of saying, though not "were reported" */
static bool says(const struct page *page, size_t i)
{
    return token_is(&page->tokens, i, WORD_SAY, NULL, NULL) &&
           !(i > 0 && !page->tokens.at[i].lines && page_particle(page, i - 1, "passive"));
}

/* "at year's end", "by the end of 2023": the day on which it was so */
static bool is_the_end(const struct page *page, const struct passage *p, size_t first, size_t end)
{
    bool at = page_particle(page, first, "at_end") ||
              (first > p->first && page_particle(page, first - 1, "at_end"));
    for (size_t i = first; at && i < end; i++)
        if (page_particle(page, i, "end"))
            return true;
    return false;
}

/* "since a crackdown in December 2015, when N were held" */
static bool opens_relative(const struct page *page, size_t end, size_t figure)
{
    return figure > end && token_is_mark(&page->tokens, end, ',') &&
           page_particle(page, end + 1, "when");
}

/* "arrested in the July 2021 protests": what the date names is when it happened */
static bool happens_there(const struct page *page, const struct passage *p, size_t first,
                          size_t end, size_t figure_end)
{
    return first > p->first + 1 && first >= figure_end && first - figure_end < OPENING_WORDS &&
           page_particle(page, first - 2, "within") && page_particle(page, end, "occasion");
}

/* the opening word before the date, looking over a few words ("since protests began in") */
static enum period_use use_of(const struct page *page, const struct passage *p, size_t first,
                              size_t end, size_t figure, size_t figure_end)
{
    const struct tokens *t = &page->tokens;
    const struct entry *entry = NULL;
    size_t begin = 0;
    if (is_the_end(page, p, first, end))
        return USE_AS_OF;
    bool year = token_is(t, first, WORD_OPENS, &entry, NULL);
    if (year && !(use_named(entry->value) == USE_IN && first > p->first &&
                  token_is_before(t, first, WORD_OPENS, NULL, &begin)))
        return use_named(entry->value);
    if (opens_relative(page, end, figure))
        return USE_IN;
    bool parenthesis = false;
    for (size_t i = first; i > p->first && first - i < 8 && !parenthesis; i--)
        parenthesis = token_is_mark(t, i - 1, '(');
    if (parenthesis)
        return USE_AS_OF;
    if (dates_a_paper(page, p, first, end) || dates_a_speech(page, p, first, end, figure))
        return USE_SAID;
    bool named = first > p->first && token_is(t, first - 1, WORD_DETERMINER, NULL, NULL) &&
                 end < p->end && t->at[end].shape == SHAPE_LOWER &&
                 !token_is(t, end, WORD_PREPOSITION, NULL, NULL);
    if (named)
        return end == figure || happens_there(page, p, first, end, figure_end) ? USE_IN : USE_NONE;
    bool said = (!p->verb_final && first > p->first && says(page, first - 1)) ||
                (!p->verb_final && first > p->first + 1 && says(page, first - 2)) ||
                token_is(t, end, WORD_SAY, NULL, NULL) || dates_a_report(page, p, first, end);
    if (said)
        return USE_SAID;
    bool immediate = token_is_before(t, first, WORD_OPENS, &entry, &begin);
    if (immediate && (use_named(entry->value) == USE_AS_OF || use_named(entry->value) == USE_UNTIL))
        return USE_AS_OF;
    for (size_t i = first; i > p->first && first - i < 7; i--) {
        if (token_is_mark(t, i - 1, ',') || page->date_of[i - 1])
            break;
        if (token_is_before_kind(t, i, WORD_OPENS, KIND_AFTER, &entry, &begin))
            return USE_SINCE;
    }
    if (token_is_before(t, first, WORD_OPENS, &entry, &begin))
        return use_opened(page, entry, first, end);
    return USE_IN;
}

static struct str first_part(struct str iso)
{
    size_t slash = str_find(iso, STR("/"), 0);
    return slash == SIZE_MAX ? iso : str_slice(iso, 0, slash);
}

static struct str last_part(struct str iso)
{
    size_t slash = str_find(iso, STR("/"), 0);
    return slash == SIZE_MAX ? iso : str_slice(iso, slash + 1, iso.len);
}

static size_t distance(size_t first, size_t end, size_t from, size_t to)
{
    return to <= first ? first - to : from >= end ? from - end : 0;
}

struct nearest {
    size_t in, since, as_of; /* token, or SIZE_MAX */
    size_t in_far, since_far, as_of_far;
};

static void keep_nearest(size_t *at, size_t *far, size_t i, size_t away)
{
    if (*at == SIZE_MAX || away < *far) {
        *at = i;
        *far = away;
    }
}

static struct str iso_at(const struct page *page, size_t token)
{
    return page->dates[page->date_of[token] - 1].iso;
}

/* "from A to B", "between A and B": the date that closes the period, or SIZE_MAX */
static size_t closing_date(const struct page *page, const struct passage *p, size_t opening)
{
    const struct tokens *t = &page->tokens;
    size_t end = date_end(page, opening), joint = 0;
    const struct entry *entry = NULL;
    bool joined =
        token_is(t, end, WORD_OPENS, &entry, &joint) && use_named(entry->value) == USE_UNTIL;
    bool closes = joined && joint < p->end && page->date_of[joint];
    return closes && resolved(&page->dates[page->date_of[joint] - 1]) ? joint : SIZE_MAX;
}

/* "400 in May, while 250 in June": clauses that begin between the figure and the date */
static size_t clauses_between(const struct page *page, size_t first, size_t end, size_t date)
{
    size_t from = date < first ? date : end, to = date < first ? first : date, count = 0;
    for (size_t i = from; i < to; i++)
        count += (token_has(&page->tokens, i, WORD_CLAUSE) &&
                  token_has(&page->tokens, i, WORD_CONJUNCTION));
    return count;
}

/* "N were held; in May M died", "N died, up from M in May": the date is of another figure */
static bool separates(const struct page *page, size_t end, size_t date)
{
    size_t behind = 0;
    for (size_t i = end; i < date; i++)
        if (token_is_mark(&page->tokens, i, ';') || page_particle(page, i, "semicolon") ||
            page_particle_phrase(page, i, "compared", &behind))
            return true;
    return false;
}

/* "four died this year; eight died in 2021" */
static bool is_closed_off(const struct page *page, size_t stop, size_t first)
{
    for (size_t i = stop; i < first; i++)
        if (token_is_mark(&page->tokens, i, ';') || page_particle(page, i, "semicolon"))
            return true;
    return false;
}

static void period_in(const struct page *page, size_t passage, size_t first, size_t end,
                      struct figure *figure)
{
    const struct passage *p = &page->passages[passage];
    struct nearest n = {SIZE_MAX, SIZE_MAX, SIZE_MAX, 0, 0, 0};
    size_t before = SIZE_MAX;
    for (size_t i = p->first; i < p->end; i++) {
        if (!page->date_of[i] || date_first(page, i) != i ||
            !resolved(&page->dates[page->date_of[i] - 1]))
            continue;
        size_t stop = date_end(page, i);
        if (separates(page, end, i))
            continue;
        size_t away = distance(first, end, i, stop) +
                      CLAUSE_APART *
                          (clauses_between(page, first, end, i) + is_closed_off(page, stop, first));
        bool pair = before != SIZE_MAX && closing_date(page, p, before) == i;
        enum period_use use = use_of(page, p, i, stop, first, end);
        if (pair)
            keep_nearest(&n.in, &n.in_far, before, away);
        before = i;
        if (pair)
            continue;
        if (use == USE_IN)
            keep_nearest(&n.in, &n.in_far, i, away);
        else if (use == USE_SINCE)
            keep_nearest(&n.since, &n.since_far, i, away);
        else if (use == USE_AS_OF || use == USE_SAID || use == USE_UNTIL)
            keep_nearest(&n.as_of, &n.as_of_far, i, away);
    }
    bool later = n.in != SIZE_MAX && n.in >= first && n.in_far < n.since_far;
    if (n.since != SIZE_MAX && !later) {
        size_t closing = closing_date(page, p, n.since);
        figure->since = first_part(iso_at(page, n.since));
        if (closing != SIZE_MAX)
            figure->until = last_part(iso_at(page, closing));
        else if (n.as_of != SIZE_MAX)
            figure->as_of = last_part(iso_at(page, n.as_of));
        return;
    }
    if (n.in != SIZE_MAX) {
        size_t closing = closing_date(page, p, n.in);
        figure->since = first_part(iso_at(page, n.in));
        figure->until = last_part(iso_at(page, closing == SIZE_MAX ? n.in : closing));
        return;
    }
    if (n.as_of != SIZE_MAX)
        figure->as_of = last_part(iso_at(page, n.as_of));
}

static bool is_dated(const struct figure *figure)
{
    return figure->since.len || figure->until.len || figure->as_of.len;
}

/* "in this attack", "during the raid": when that was, stands in the sentence before */
static bool tells_of_before(const struct page *page, const struct passage *p)
{
    const struct tokens *t = &page->tokens;
    for (size_t i = p->first; i + 1 < p->end; i++)
        if (page_particle(page, i, "this") && page_particle(page, i + 1, "occasion") &&
            (i == p->first || token_is_mark(t, i - 1, ',') || page_particle(page, i - 1, "comma") ||
             token_is_before(t, i, WORD_PREPOSITION, NULL, NULL) ||
             token_is_before(t, i, WORD_SAY, NULL, NULL) || page_particle(page, i - 1, "that") ||
             token_is_before(t, i, WORD_OPENS, NULL, NULL)))
            return true;
    return false;
}

static bool names_occasion(const struct page *page, const struct passage *p)
{
    for (size_t i = p->first; i < p->end; i++)
        if (page_particle(page, i, "occasion"))
            return true;
    return false;
}

static void period_before(const struct page *page, size_t passage, struct figure *figure)
{
    const struct passage *p = &page->passages[passage];
    struct figure before = {0};
    size_t least = p->verb_final ? sizeof "2024-06" - 1 : sizeof "2024-06-01" - 1;
    if (!tells_of_before(page, p))
        return;
    bool met = false;
    for (size_t back = 1; back <= PASSAGES_BACK && back <= passage && !met; back++) {
        size_t end = page->passages[passage - back].end;
        period_in(page, passage - back, end, end, &before);
        met = is_dated(&before) || names_occasion(page, &page->passages[passage - back]);
    }
    if (before.since.len < least || !before.until.len)
        return;
    figure->since = before.since;
    figure->until = before.until;
}

/* "since then", "have since": from the last date of the sentences before */
static void period_since_then(const struct page *page, size_t passage, struct figure *figure)
{
    const struct passage *p = &page->passages[passage];
    bool then = false;
    for (size_t i = p->first; i < p->end && !then; i++)
        then = page_particle_phrase(page, i, "since_then", &(size_t){0});
    size_t least = page->passages[passage > PASSAGES_BACK ? passage - PASSAGES_BACK : 0].first;
    for (size_t i = p->first; then && i > least; i--)
        if (page->date_of[i - 1] && resolved(&page->dates[page->date_of[i - 1] - 1])) {
            figure->since = first_part(iso_at(page, i - 1));
            return;
        }
}

/* "are currently held": as of the document's day */
static void period_now(const struct page *page, const struct passage *p, size_t first, size_t end,
                       struct figure *figure)
{
    size_t from = first > p->first + NOW_REACH ? first - NOW_REACH : p->first;
    for (size_t i = from; i < end + NOW_REACH && i < p->end; i++)
        if (page->facts && page_particle_phrase(page, i, "now", &(size_t){0}))
            figure->as_of = page->facts->published;
}

/* "during the year" of a yearly report: the year of its own date */
static void period_yearly(const struct page *page, const struct passage *p, struct figure *figure)
{
    if (!page->facts || page->facts->published.len < sizeof "2024" - 1 || figure->since.len)
        return;
    struct str year = str_slice(page->facts->published, 0, sizeof "2024" - 1);
    bool stated = false;
    for (size_t i = p->first; i < p->end && !stated; i++)
        stated = page_particle_phrase(page, i, "the_year", &(size_t){0});
    if (!stated || (figure->as_of.len && !str_starts(figure->as_of, year)))
        return;
    figure->since = year;
    if (!figure->as_of.len && !figure->until.len)
        figure->until = year;
}

void period_of(const struct page *page, size_t passage, size_t first, size_t end,
               struct figure *figure)
{
    period_in(page, passage, first, end, figure);
    size_t heading = heading_of(page, passage);
    if (!is_dated(figure))
        period_since_then(page, passage, figure);
    if (!is_dated(figure))
        period_before(page, passage, figure);
    period_yearly(page, &page->passages[passage], figure);
    if (!is_dated(figure))
        period_now(page, &page->passages[passage], first, end, figure);
    if (is_dated(figure) || heading == passage)
        return;
    const struct passage *above = &page->passages[heading];
    period_in(page, heading, above->end, above->end, figure);
    if (figure->as_of.len) {
        figure->since = first_part(figure->as_of);
        figure->until = figure->as_of;
        figure->as_of = STR_NONE;
    }
}

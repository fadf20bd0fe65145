#include "read/happening_int.h"
#include "read/trace.h"

static const struct entry *bound_word(const struct page *page, const struct number *n,
                                      size_t *first, size_t *end)
{
    const struct entry *entry = NULL;
    for (size_t i = n->from; i < n->to; i++)
        if ((i < n->first || i >= n->end) && token_is(&page->tokens, i, WORD_BOUND, &entry, end)) {
            *first = i;
            return entry;
        }
    return NULL;
}

static void explain_number(const struct page *page, const struct number *n, struct proposal *p)
{
    const struct figure *f = &p->statement.figure;
    size_t first = 0, end = 0;
    const struct entry *bound = bound_word(page, n, &first, &end);
    static const char *const ends[] = {"low", "high"};
    for (size_t i = 0; i < COUNT_OF(ends); i++)
        if ((i ? f->high : f->low) != COUNT_NONE)
            trace_made(page, p, ends[i], n->first, n->end, RULE("the number as it is written"),
                       NULL);
    if (bound)
        trace_words(page, first, end, RULE("words around the number"), bound);
    else if (f->bound == BOUND_EXACT)
        trace_words(page, 0, 0, RULE("no word makes it more or less"), NULL);
    else
        trace_words(page, n->from, n->to, RULE("the number as it is written"), NULL);
    trace_field(page, p, "bound");
}

static void explain_population(const struct page *page, const struct counted *c, struct proposal *p)
{
    struct str what = p->statement.figure.what;
    if (c->population && c->population->value.at == what.at)
        trace_words(page, c->first, c->end, RULE("who is counted stands beside the number"),
                    c->population);
    else if (c->end > c->first && str_equal(c->what, what))
        trace_words(page, c->first, c->end, RULE("who is counted stands beside the number"), NULL);
    else if (str_equal(what, STR("people")))
        trace_words(page, 0, 0, RULE("nobody is named: people"), NULL);
    else
        trace_note_value(page, what, RULE("taken over from the words before"));
    trace_field(page, p, "what");
}

/* the word before the date that a value is of: "since" */
static void note_opening(const struct page *page, struct str value)
{
    size_t low = 0, high = page->tokens.count, begin = 0;
    const struct date_mention *date = trace_date_of(page, value);
    const struct entry *entry = NULL;
    while (date && low < high) {
        size_t middle = low + (high - low) / 2;
        if (page->tokens.at[middle].at.from < date->quote.from)
            low = middle + 1;
        else
            high = middle;
    }
    if (date && token_is_before(&page->tokens, low, WORD_OPENS, &entry, &begin))
        trace_words(page, begin, low, RULE("how the date counts"), entry);
}

static void explain_date(const struct page *page, struct proposal *p, const char *field,
                         struct str value, const char *rule)
{
    if (!value.len)
        return;
    note_opening(page, value);
    trace_value(page, p, field, value, rule);
}

/* the mention of the first of the sources, where their text was put together */
static void explain_source(const struct page *page, struct proposal *p)
{
    struct str source = p->statement.figure.source, first = source;
    const char *rule = RULE("its fullest form in the document");
    for (size_t i = 0; i < page->parties_count; i++) {
        const struct party *party = &page->parties[i];
        if (party->form.len < source.len && str_starts(source, party->form) &&
            (first.at == source.at || party->form.len > first.len))
            first = party->form;
    }
    trace_value(page, p, "source", first, rule);
}

void figure_explain(const struct page *page, const struct number *n, const struct counted *c,
                    const struct happening *h, const char *rule, struct proposal *p)
{
    const struct figure *f = &p->statement.figure;
    if (f->source.len)
        explain_source(page, p);
    trace_clear(page);
    if (h->event)
        trace_words(page, h->first, h->end, rule, h->event);
    else
        trace_note_value(page, f->event, rule);
    trace_field(page, p, "event");
    explain_number(page, n, p);
    explain_population(page, c, p);
    explain_date(page, p, "since", f->since, RULE("what is counted begins there"));
    explain_date(page, p, "until", f->until, RULE("what is counted ends there"));
    explain_date(page, p, "as_of", f->as_of, RULE("the count stands on that day"));
    trace_value(page, p, "place", f->place, RULE("a place beside it"));
    if (f->subset_of.to)
        trace_made(page, p, "subset_of", n->from, n->to, RULE("part of the figure before"), NULL);
}

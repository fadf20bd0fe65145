#include "read/listing_int.h"
#include "read/patient_int.h"
#include "read/trace.h"

enum { LEAD_LIMIT = 30, OPENING = 3, RUN_LEAST = 2 };

/* What stands before a list of names and says what befell them. */
struct lead {
    size_t first, end; /* up to the first name */
    struct str event, date;
    struct stretch at;
};

/* the first person named, or the passage's end */
static size_t first_person(const struct page *page, const struct passage *p)
{
    for (size_t i = p->first; i < p->end && i < p->first + LEAD_LIMIT; i++)
        if (person_over(page, i) != SIZE_MAX)
            return i;
    return p->end;
}

/* a colon, "include" or "are" right before the names, a number or title between */
static bool opens_list(const struct page *page, const struct lead *l)
{
    for (size_t i = l->end; i > l->first + 1 && l->end - i < OPENING; i--) {
        if (token_is_mark(&page->tokens, i - 1, ':'))
            return !page_particle(page, i - 2, "by");
        if (has_class(page, i - 1, WORD_PART) || has_class(page, i - 1, WORD_AUXILIARY))
            return has_class(page, l->first, WORD_PART) ||
                   has_class(page, l->first, WORD_DETERMINER) ||
                   page_particle(page, l->first, "those");
    }
    return false;
}

/* one thing befell them, and it did */
static bool event_of_lead(const struct page *page, struct lead *l)
{
    size_t end = 0;
    for (size_t i = l->first; i < l->end; i++) {
        struct str event = heading_event_at(page, i, &end);
        if (!event.len || end > l->end)
            continue;
        if (l->event.len && !str_equal(l->event, event))
            return false;
        l->event = event;
        l->at = (struct stretch){i, end};
        i = end - 1;
    }
    if (!l->event.len || is_unreal(page, l->first, l->end))
        return false;
    l->date = date_in(page, l->first, l->end);
    if (l->date.len && memchr(l->date.at, '/', l->date.len))
        l->date = STR_NONE;
    return true;
}

/* the son of X, X's mother */
static bool is_kin_of_another(const struct page *page, const struct name *n)
{
    return page->tokens.at[n->end - 1].possessive || page_particle(page, n->first - 1, "kin_of") ||
           (n->first > 1 && page_particle(page, n->first - 1, "of"));
}

static void read_run(struct lister *l, const struct passage *p, const struct lead *lead)
{
    const struct page *page = l->page;
    l->since = l->out->count;
    l->entry_end = page->tokens.at[p->end - 1].behind;
    for (size_t i = lead->end; i < p->end;) {
        size_t name = person_over(page, i);
        if (name == SIZE_MAX) {
            i++;
            continue;
        }
        struct dossier d = {.name = &page->names[name]};
        size_t next = d.name->end;
        while (next < p->end && !page->name_of[next])
            next++;
        if (str_equal(lead->event, STR("sentenced")))
            d.sentence = (struct stretch){d.name->end, next};
        l->since = l->out->count;
        if (!is_kin_of_another(page, d.name))
            tell_event(l, &d, lead->event, lead->date, lead->at,
                       RULE("what the words before the list say of all"));
        i = next;
    }
}

/* names parted by nothing but commas, "and" and what parentheses or commas say of each */
static bool is_run(const struct page *page, const struct passage *p, size_t first)
{
    size_t people = 0;
    for (size_t i = first; i < p->end; i++) {
        if (has_class(page, i, WORD_SAY) || has_class(page, i, WORD_VERB) ||
            has_class(page, i, WORD_AUXILIARY) || page_particle(page, i, "relative"))
            return false;
        size_t name = person_over(page, i);
        people += name != SIZE_MAX && page->names[name].first == i;
    }
    return people >= RUN_LEAST;
}

void runs_read(struct lister *l)
{
    const struct page *page = l->page;
    for (size_t s = 0; s < page->passages_count; s++) {
        const struct passage *p = &page->passages[s];
        struct lead lead = {.first = p->first, .end = first_person(page, p)};
        if (lead.end < p->end && lead.end > lead.first + 1 && opens_list(page, &lead) &&
            event_of_lead(page, &lead) && is_run(page, p, lead.end))
            read_run(l, p, &lead);
    }
}

#include "read/patient_int.h"

enum { LATEST_REACH = 4, JOINED_BACK = 2, VERB_LIMIT = 4 };

static struct str date_within(const struct page *page, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++) {
        if (page->tokens.at[i].shape == SHAPE_MARK && !page->date_of[i])
            break;
        if (page->date_of[i] && life_date_first(page, i) == i)
            return life_date_at(page, i);
    }
    return STR_NONE;
}

static bool is_joined(const struct page *page, size_t i, size_t first)
{
    for (size_t k = i; k > first && i - k < JOINED_BACK; k--)
        if (page_particle(page, k - 1, "and"))
            return true;
    return false;
}

static bool tells_other(const struct page *page, size_t i, const struct occurrence *o)
{
    const struct entry *entry = NULL;
    bool same = token_is(&page->tokens, i, WORD_LIFE, &entry, NULL) &&
                str_equal(entry->value, o->event->value);
    return is_happening(page, i) && !same && !is_joined(page, i, o->end);
}

static bool is_between(const struct page *page, size_t i)
{
    return is_pause(page, i) || page_particle(page, i, "comma") ||
           page_particle(page, i, "semicolon");
}

/* where verbs end the clause: behind what still belongs to the verb */
static size_t behind_verb(const struct page *page, const struct passage *p, size_t i)
{
    size_t from = i;
    while (i < p->end && i - from < VERB_LIMIT && !is_between(page, i) &&
           (has_class(page, i, WORD_VERB) || has_class(page, i, WORD_AUXILIARY) ||
            has_class(page, i, WORD_LIGHT)))
        i++;
    while (i < p->end && (is_between(page, i) || page_particle(page, i, "and") ||
                          page_particle(page, i, "relative") || has_class(page, i, WORD_CLAUSE)))
        i++;
    return i;
}

struct str life_date_latest(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    size_t from = p->verb_final ? behind_verb(page, p, o->end) : o->end;
    for (size_t i = from; i < p->end; i++) {
        size_t end = i;
        if (page_particle_phrase(page, i, "latest", &end))
            return date_within(page, end,
                               end + LATEST_REACH < p->end ? end + LATEST_REACH : p->end);
        bool stops = is_say(page, i) || token_is_mark(&page->tokens, i, ';') ||
                     token_is_mark(&page->tokens, i, '.') || has_class(page, i, WORD_AUXILIARY) ||
                     tells_other(page, i, o);
        if (p->verb_final || stops)
            break;
    }
    return STR_NONE;
}

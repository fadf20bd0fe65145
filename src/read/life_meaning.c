#include "read/patient_int.h"

enum { SHOT_REACH = 18, CARRIED_BACK = 2 };

/* "is detained", "have been detained": it lasts */
static bool is_lasting(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    size_t begin = verb_group(page, p, o->first);
    bool lasting = false;
    if (page_particle(page, begin, "being"))
        return false;
    for (size_t i = begin; i < o->first; i++) {
        if (page_particle(page, i, "past"))
            return false;
        lasting = lasting || page_particle(page, i, "lasting");
    }
    return lasting;
}

bool life_is_state(const struct occurrence *o, struct str event)
{
    static const char *const done[] = {"other:convicted", "other:returned_to_prison",
                                       "other:appealed"};
    for (size_t i = 0; i < COUNT_OF(done); i++)
        if (str_equal(event, str_of(done[i])))
            return false;
    return str_starts(event, STR("other:")) &&
           (o->event->kind == KIND_PREDICATE || o->event->kind == KIND_HELD);
}

/* "was shot and died" */
static bool is_shot(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    size_t from = o->first > p->first + SHOT_REACH ? o->first - SHOT_REACH : p->first;
    size_t to = o->end + SHOT_REACH < p->end ? o->end + SHOT_REACH : p->end;
    for (size_t i = from; i < to; i++)
        if (page_particle(page, i, "shot") && !is_unreal(page, from, o->first))
            return true;
    return false;
}

/* "convicted three months after", not "to three months after" */
static bool is_interval(const struct page *page, size_t number)
{
    return has_class(page, term_unit(page, number) + 1, WORD_CLAUSE) && number > 0 &&
           !page_particle(page, number - 1, "to");
}

static bool is_term_at(const struct page *page, size_t i)
{
    bool hyphened = token_is_mark(&page->tokens, i, '-') &&
                    token_is_kind(&page->tokens, i + 1, WORD_UNIT, KIND_YEARS, NULL, NULL);
    return hyphened || has_class(page, i, WORD_TERM) ||
           (term_unit(page, i) != SIZE_MAX && !is_interval(page, i));
}

/* "convicted and sentenced to five years", not "convicted and has been there for five years" */
static bool is_sentenced(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    const struct entry *entry = NULL;
    bool other = false;
    for (size_t i = p->first; i < p->end; i++) {
        other = other || (i > o->end && !p->verb_final && has_class(page, i, WORD_AUXILIARY));
        bool told = i > o->first && token_is(&page->tokens, i, WORD_LIFE, &entry, NULL) &&
                    str_equal(entry->value, STR("sentenced"));
        if (told || (!other && is_term_at(page, i)))
            return true;
    }
    return false;
}

/* "has been jailed for two weeks": the first word alone tells of prison */
static bool is_imprisonment(const struct page *page, const struct occurrence *o)
{
    if (page->passages[o->passage].verb_final)
        return false;
    for (const struct phrase *p = page->tokens.at[o->first].phrase; p; p = p->shorter)
        for (const struct entry *e = p->entries; e; e = e->next)
            if (e->class == WORD_LIFE && str_equal(e->value, STR("other:imprisoned")))
                return true;
    return false;
}

/* "was again arrested", "again agents him arrested" */
static bool is_again(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    size_t from =
               p->verb_final ? clause_verb_final(page, p, o->first) : verb_group(page, p, o->first),
           end = 0;
    size_t to = p->verb_final ? o->first : o->end + 1;
    for (size_t i = from; i < to; i++)
        if (page_particle_phrase(page, i, "again", &end))
            return true;
    return false;
}

/* "the secret carrying out of the death sentence of X" */
static bool is_carried_out(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    const struct entry *term = NULL;
    bool death = false;
    for (size_t i = o->first; i < o->end; i++)
        death = death || (token_is(&page->tokens, i, WORD_TERM, &term, NULL) &&
                          str_equal(term->value, STR("death")));
    for (size_t i = o->first; death && i > p->first && o->first - i < CARRIED_BACK; i--)
        if (page_particle(page, i - 1, "carrying_out"))
            return true;
    return false;
}

struct str life_event_meant(const struct page *page, const struct occurrence *o)
{
    struct figure period = {0};
    struct str value = o->event->value;
    if (str_equal(value, STR("other:convicted")) && is_sentenced(page, o))
        return STR("sentenced");
    if (str_equal(value, STR("died")) && is_shot(page, o))
        return STR("killed");
    if (str_equal(value, STR("arrested")) && is_again(page, o))
        return STR("rearrested");
    if (str_equal(value, STR("sentenced")) && is_nominal(page, o) && is_carried_out(page, o))
        return STR("executed");
    if (str_equal(value, STR("sentenced")) && is_imprisonment(page, o) && is_lasting(page, o))
        return STR("other:imprisoned");
    bool held = o->event->kind == KIND_HELD;
    if (!held && !str_equal(value, STR("other:imprisoned")) &&
        !str_equal(value, STR("other:detained")) &&
        !str_equal(value, STR("other:solitary_confinement")))
        return value;
    if (held && !is_lasting(page, o))
        return STR("arrested");
    bool state = o->event->class == WORD_LIGHT || o->event->kind == KIND_PREDICATE;
    if (state && str_equal(value, STR("other:imprisoned")))
        return value;
    period_of(page, o->passage, o->first, o->end, &period);
    return period.since.len && !period.until.len ? STR("arrested") : value;
}

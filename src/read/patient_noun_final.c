#include "read/patient_int.h"

enum { TITLES_LIMIT = 7, WANTED_REACH = 4, NAMED_REACH = 18, TOLD_REACH = 2, INCLUDED_REACH = 14 };

static const struct patients nobody;

/* "the news of the sentence of X was confirmed": the news, not the sentence */
static bool is_of_news(const struct page *page, size_t clause, size_t noun)
{
    for (size_t i = noun; i > clause && noun - i < WANTED_REACH; i--)
        if (page_particle(page, i - 1, "news"))
            return true;
    return false;
}

/* "his phone": a word that says itself whose it is */
static bool is_his(const struct page *page, size_t i)
{
    return page_particle(page, i, "his");
}

/* what stands before a noun leaves it undone: against, to prevent, for the sake of */
static bool is_wanted(const struct page *page, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (page_particle(page, i, "wanted"))
            return true;
    return false;
}

/* what is told of a noun leaves it undone: it was stopped, put off */
static bool is_undone(const struct page *page, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (page_particle(page, i, "undoing"))
            return true;
    return false;
}

/* "a sentence for X was issued" */
static bool is_issued(const struct page *page, const struct passage *p, const struct occurrence *o)
{
    if (!str_equal(o->event->value, STR("sentenced")) || !page_particle(page, o->end, "for"))
        return false;
    for (size_t i = o->end; i < p->end && !is_clause_stop(page, i); i++)
        if (page_particle(page, i, "issued"))
            return true;
    return false;
}

/* "the trial of five citizens, including X": behind the word for "including", or `end` */
static size_t behind_including(const struct page *page, const struct passage *p, size_t end)
{
    size_t next = 0;
    bool counted = false;
    for (size_t i = end; i < p->end && i < end + INCLUDED_REACH; i++) {
        if (is_clause_verb(page, i) || is_clause_stop(page, i) || page->name_of[i] ||
            page_particle(page, i, "object"))
            break;
        if (counted && token_is(&page->tokens, i, WORD_PART, NULL, &next))
            return next;
        counted = counted || has_class(page, i, WORD_POPULATION) ||
                  has_class(page, i, WORD_COUNTER) || has_class(page, i, WORD_VAGUE);
    }
    return end;
}

/* "the arrest-of the brother-of X", "of the son of-him": another, whom nothing names */
static bool is_of_kin(const struct page *page, size_t passage, size_t i,
                      const struct earlier *before)
{
    struct patients who;
    return page_particle(page, i, "kin_of") &&
           (page->name_of[i + 1] || meant_at(page, passage, i + 1, before, &who));
}

/* "the sentence-of ten years-of prison-of X": a word of how long */
static bool is_of_term(const struct page *page, const struct occurrence *o, size_t i)
{
    bool thing = o->event->kind == KIND_OUTCOME || o->event->kind == KIND_OWNED;
    return thing && !page->date_of[i] &&
           (page->tokens.at[i].shape == SHAPE_NUMBER || has_class(page, i, WORD_NUMBER) ||
            token_is_kind(&page->tokens, i, WORD_UNIT, KIND_YEARS, NULL, NULL) ||
            token_is_kind(&page->tokens, i, WORD_UNIT, KIND_MONTHS, NULL, NULL) ||
            page_particle(page, i, "and") || page_particle(page, i, "case"));
}

/* "the arrest of four citizens in that town, by name X": what ends the words for those counted */
static bool ends_count(const struct page *page, size_t i)
{
    return is_clause_verb(page, i) || is_clause_stop(page, i) || page_particle(page, i, "object") ||
           person_over(page, i) != SIZE_MAX || page_particle(page, i, "relative");
}

/* "the arrest-of X": the name follows, at most a title between */
struct patients patients_of_noun_final(const struct page *page, const struct occurrence *o,
                                       const struct earlier *before)
{
    const struct passage *p = &page->passages[o->passage];
    size_t i = behind_including(page, p, o->end), next = 0;
    struct patients who = nobody;
    bool issued = i == o->end && is_issued(page, p, o);
    bool his = is_his(page, o->end - 1);
    if (issued)
        i++;
    if (his)
        who = one_meant(page, o->passage, o->first, before);
    for (size_t k = i; k < p->end && k < i + NAMED_REACH && !ends_count(page, k); k++) {
        if (!page_particle_phrase(page, k, "named", &next))
            continue;
        while (page_particle(page, next, "quote"))
            next++;
        if (person_over(page, next) == SIZE_MAX)
            continue;
        i = next;
        break;
    }
    for (int titles = 0; !his && i < p->end && !page->name_of[i] && titles < TITLES_LIMIT;
         titles++, i = next) {
        next = i + 1;
        if (page_particle(page, i, "quote") || token_is_mark(&page->tokens, i, ':') ||
            is_of_term(page, o, i))
            continue;
        if (is_of_kin(page, o->passage, i, before))
            return nobody;
        if (meant_at(page, o->passage, i, before, &who))
            break;
        if (!token_is(&page->tokens, i, WORD_TITLE, NULL, &next) &&
            !token_is(&page->tokens, i, WORD_ROLE, NULL, &next))
            return nobody;
    }
    size_t name = i < p->end ? person_over(page, i) : SIZE_MAX;
    if (!his && name != SIZE_MAX && page->names[name].first == i)
        who = patients_listed(page, name);
    if (who.to == who.from)
        return nobody;
    bool here = page->names[who.to - 1].passage == o->passage;
    size_t from = clause_verb_final(page, p, o->first), end = o->end;
    if (here && page->names[who.to - 1].end > end)
        end = page->names[who.to - 1].end;
    bool before_clause = o->event->kind == KIND_AFTER;
    while (!before_clause && end < p->end && !is_clause_verb(page, end) &&
           !is_clause_stop(page, end))
        end++;
    while (end < p->end && is_clause_verb(page, end))
        end++;
    bool death = str_equal(o->event->value, STR("executed"));
    size_t near = o->first > WANTED_REACH ? o->first - WANTED_REACH : 0;
    bool thing = o->event->kind == KIND_OUTCOME || o->event->kind == KIND_OWNED;
    bool undone =
        is_unreal_of(page, o, from, o->first) || (!thing && is_unreal_of(page, o, o->end, end)) ||
        (!thing &&
         (is_wanted(page, from > near ? from : near, o->first) ||
          (!issued && is_undone(page, o->end, end)) ||
          (!issued && death && !is_of_news(page, from, o->first) && is_wanted(page, o->end, end))));
    return undone ? nobody : who;
}

/* what is carried out is a sentence of death: the passage says so, or those before it */
static bool is_of_death(const struct page *page, const struct occurrence *o)
{
    const struct entry *term = NULL, *event = NULL;
    size_t back = o->passage > TOLD_REACH ? o->passage - TOLD_REACH : 0;
    for (size_t i = page->passages[back].first; i < page->passages[o->passage].end; i++)
        if ((token_is(&page->tokens, i, WORD_TERM, &term, NULL) &&
             str_equal(term->value, STR("death"))) ||
            (token_is_kind(&page->tokens, i, WORD_LIFE, KIND_NOUN, &event, NULL) &&
             str_equal(event->value, STR("executed"))))
            return true;
    return false;
}

/* "for X was a bail set": whom the first "for" of the clause names */
static struct patients recipient_in(const struct page *page, size_t passage, struct span within,
                                    const char *particle, const struct earlier *before)
{
    size_t to = within.to;
    struct patients who = nobody;
    for (size_t i = within.from; i < to; i++) {
        size_t name = i + 1, next = 0;
        if (!page_particle(page, i, particle))
            continue;
        while (name < to && (token_is(&page->tokens, name, WORD_TITLE, NULL, &next) ||
                             token_is(&page->tokens, name, WORD_ROLE, NULL, &next)))
            name = next;
        while (name < to && page_particle(page, name, "quote"))
            name++;
        if (person_over(page, name) != SIZE_MAX)
            return patients_listed(page, person_over(page, name));
        if (name < to && page_particle(page, name, "he") &&
            meant_at(page, passage, name, before, &who))
            return who;
    }
    return nobody;
}

/* a prize is given to, and a charge laid to, whom it is for */
static bool is_given(struct str event)
{
    return str_equal(event, STR("awarded")) || str_equal(event, STR("charged"));
}

/* whose the thing at [noun, end) is */
static struct patients holder_of(const struct page *page, const struct occurrence *o, size_t noun,
                                 size_t end, const struct earlier *before)
{
    size_t clause = clause_verb_final(page, &page->passages[o->passage], o->first);
    struct occurrence thing = {o->event, noun, end, o->passage};
    struct patients who = patients_of_noun_final(page, &thing, before);
    struct span clause_words = {clause, o->first};
    if (who.to == who.from && !str_equal(o->event->value, STR("awarded")))
        who = recipient_in(page, o->passage, clause_words, "for", before);
    if (who.to == who.from && is_given(o->event->value))
        who = recipient_in(page, o->passage, clause_words, "towards", before);
    if (who.to == who.from && is_his(page, end - 1))
        who = one_meant(page, o->passage, noun, before);
    bool determined = noun > clause && has_class(page, noun - 1, WORD_DETERMINER);
    bool bare = noun == clause || determined;
    if (who.to == who.from && bare && o->event->kind == KIND_OUTCOME &&
        is_sequel(before, o->passage))
        return before->who;
    return who.to == who.from && determined && o->event->kind == KIND_OUTCOME
               ? one_meant(page, o->passage, noun, before)
               : who;
}

static bool is_of_lashes(const struct page *page, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (page_particle(page, i, "lash"))
            return true;
    return false;
}

/* what was told of is of this kind: an outcome tells its own, a sentence carried out a killing only
 * where it is one of death */
static bool is_of_kind(const struct page *page, const struct occurrence *o, size_t noun)
{
    const struct entry *entry = NULL;
    if (str_equal(o->event->value, STR("other:flogged")))
        return is_of_lashes(page, noun, o->first);
    return o->event->kind == KIND_OWNED || str_starts(o->event->value, STR("other:")) ||
           (token_is_kind(&page->tokens, noun, WORD_LIFE, KIND_NOUN, &entry, NULL) &&
            str_equal(entry->value, o->event->value)) ||
           is_of_death(page, o);
}

/* "and was reduced to two years": the sentence that the clause before told of */
static struct patients of_same_thing(const struct page *page, const struct occurrence *o,
                                     size_t clause, const struct earlier *before)
{
    bool same = o->event->kind == KIND_OUTCOME && before->passage == o->passage &&
                before->end <= clause && is_sequel(before, o->passage);
    for (size_t i = before->end; same && i < o->first; i++)
        same = !page->name_of[i] && !page_particle(page, i, "object");
    return same ? before->who : nobody;
}

/* "the sentence-of X overturned was", "the home-of X searched was" */
struct patients patients_of_thing_final(const struct page *page, const struct occurrence *o,
                                        struct span verb, const struct earlier *before)
{
    const struct passage *p = &page->passages[o->passage];
    size_t clause = clause_verb_final(page, p, o->first);
    bool unreal = is_unreal(page, verb.from, verb.to);
    if (verb.from == verb.to) {
        size_t end = o->end, next = 0;
        bool into = page_particle(page, end, "towards");
        if (into && thing_end(page, end + 1, o->event) > end + 1)
            end++;
        while (end < p->end && (next = thing_end(page, end, o->event)) > end)
            end = next;
        struct occurrence noun = {o->event, o->first, end, o->passage};
        return end > o->end ? patients_of_noun_final(page, &noun, before) : nobody;
    }
    for (size_t i = o->first; i > clause; i--) {
        size_t end = thing_end(page, i - 1, o->event);
        if (end < i || end > o->first || !is_of_kind(page, o, i - 1) ||
            is_of_news(page, clause, i - 1))
            continue;
        struct patients who = holder_of(page, o, i - 1, end, before);
        bool undone = unreal || is_unreal(page, clause, i - 1) || is_unreal(page, end, o->first);
        if (who.to > who.from)
            return undone ? nobody : who;
    }
    return unreal || is_unreal(page, clause, o->first) ? nobody
                                                       : of_same_thing(page, o, clause, before);
}

#include "read/patient_int.h"

enum {
    GOVERNED_LIMIT = 12,
    UNREAL_REACH = 6,
    OWNED_NAME_REACH = 5,
    RECIPIENT_REACH = 9,
    OF_REACH = 5,
    ATTRIBUTES = 2
};

static const struct patients nobody;

static bool is_someone(struct patients who)
{
    return who.to > who.from;
}

/* "a Mongolian woman, X", "police officer X" */
static bool is_apposed_name(const struct page *page, size_t i)
{
    bool noun = has_class(page, i, WORD_TITLE) || has_class(page, i, WORD_ROLE) ||
                has_class(page, i, WORD_POPULATION);
    return person_over(page, i) != SIZE_MAX || (noun && person_over(page, i + 1) != SIZE_MAX) ||
           (token_is_mark(&page->tokens, i, ',') && person_over(page, i + 1) != SIZE_MAX);
}

/* "women's rights activist X" */
static bool is_described_name(const struct page *page, size_t from)
{
    for (size_t i = from; i < page->tokens.count && i < from + OWNED_NAME_REACH; i++) {
        if (person_over(page, i) != SIZE_MAX)
            return i > from &&
                   (has_class(page, i - 1, WORD_ROLE) || has_class(page, i - 1, WORD_TITLE) ||
                    has_class(page, i - 1, WORD_POPULATION));
        if (page->tokens.at[i].shape != SHAPE_LOWER)
            break;
    }
    return false;
}

/* "exiled Belarusian journalist X": behind a word that describes, who is described */
static bool is_attribute(const struct page *page, size_t i)
{
    size_t k = i;
    while (k < i + ATTRIBUTES && !has_class(page, k, WORD_TITLE) &&
           !has_class(page, k, WORD_ROLE) && !has_class(page, k, WORD_POPULATION) &&
           page->tokens.at[k].shape == SHAPE_CAPITAL && !page->name_of[k])
        k++;
    return has_class(page, k, WORD_TITLE) || has_class(page, k, WORD_ROLE) ||
           has_class(page, k, WORD_POPULATION);
}

/* words that may stand between a verb or "of" and the name it governs: a young activist, general,
 * Memorial's chairman */
bool is_ahead_of_name(const struct page *page, size_t i)
{
    static const enum word_class classes[] = {WORD_PREPOSITION, WORD_CONJUNCTION, WORD_CLAUSE,
                                              WORD_SAY,         WORD_AUXILIARY,   WORD_PRONOUN,
                                              WORD_NUMBER,      WORD_COUNTER,     WORD_NEGATION};
    const struct token *t = &page->tokens.at[i];
    if (page->name_of[i] && person_over(page, i) == SIZE_MAX)
        return true;
    if (page->name_of[i] || t->shape == SHAPE_NUMBER || t->shape == SHAPE_LINK || page->date_of[i])
        return false;
    if (t->shape == SHAPE_MARK)
        return token_is_mark(&page->tokens, i, ',') ? person_over(page, i + 1) != SIZE_MAX
                                                    : !strchr(".;:?!()", t->word.at[0]);
    if (has_class(page, i, WORD_TITLE) || has_class(page, i, WORD_ROLE) ||
        page_particle(page, i, "his") || has_class(page, i, WORD_PLACE))
        return true;
    if (page_particle(page, i, "and"))
        return has_class(page, i - 1, WORD_ROLE) || has_class(page, i - 1, WORD_TITLE) ||
               is_described_name(page, i + 1);
    for (size_t k = 0; k < COUNT_OF(classes); k++)
        if (has_class(page, i, classes[k]))
            return false;
    return (!is_happening(page, i) || is_attribute(page, i + 1) ||
            has_class(page, i, WORD_COMPLETES)) &&
           (!has_class(page, i, WORD_POPULATION) || is_apposed_name(page, i + 1));
}

bool is_object_pronoun(const struct page *page, size_t i)
{
    bool owns = page_particle(page, i, "his");
    size_t next = i + 1;
    while (owns && next < page->tokens.count && has_class(page, next, WORD_ADVERB))
        next++;
    bool follows = next < page->tokens.count && page->tokens.at[next].shape != SHAPE_MARK &&
                   !page->date_of[next] && !has_class(page, next, WORD_PREPOSITION) &&
                   !has_class(page, next, WORD_CONJUNCTION) && !has_class(page, next, WORD_CLAUSE);
    return (page_particle(page, i, "him") || page_particle(page, i, "them")) && !(owns && follows);
}

/* "X's aide Y", "X's wife, Y": Y, or SIZE_MAX */
static size_t name_owned(const struct page *page, const struct passage *p, size_t owner)
{
    for (size_t i = owner; i < p->end && i < owner + OWNED_NAME_REACH; i++) {
        size_t name = person_over(page, i);
        if (name != SIZE_MAX)
            return i > owner && !page->tokens.at[page->names[name].end - 1].possessive ? name
                                                                                       : SIZE_MAX;
        bool described =
            i > owner && (has_class(page, i - 1, WORD_ROLE) || has_class(page, i - 1, WORD_TITLE));
        if (!is_ahead_of_name(page, i) && !(described && token_is_mark(&page->tokens, i, ',')))
            break;
    }
    return SIZE_MAX;
}

/* "Y exiled him": him who is meant, never Y */
static struct patients one_governed(const struct page *page, size_t passage, size_t pronoun,
                                    const struct earlier *before)
{
    const struct passage *p = &page->passages[passage];
    struct patients who = one_meant(page, passage, pronoun, before);
    size_t subject =
        pronoun > p->first ? head_ending(page, p, verb_group(page, p, pronoun - 1)) : SIZE_MAX;
    bool same = is_someone(who) && subject != SIZE_MAX &&
                page->names[subject].party == page->names[who.from].party;
    return same ? one_meant(page, passage, page->names[subject].first, before) : who;
}

static struct patients named(const struct page *page, const struct passage *p, size_t name)
{
    if (page->tokens.at[page->names[name].end - 1].possessive)
        name = name_owned(page, p, page->names[name].end);
    return name == SIZE_MAX ? nobody : patients_listed(page, name);
}

/* "arrested on Tuesday X" */
static size_t behind_date(const struct page *page, const struct passage *p, size_t from)
{
    size_t i = from < p->end && has_class(page, from, WORD_PREPOSITION) ? from + 1 : from;
    while (i < p->end && page->date_of[i])
        i++;
    return i > from && page->date_of[i - 1] ? i : from;
}

/* "a secret letter X wrote": the object is another thing than X */
static bool is_of_object(const struct page *page, size_t from, size_t name)
{
    bool article = has_class(page, from, WORD_DETERMINER) && !page_particle(page, from, "those") &&
                   !page_particle(page, from, "his");
    const struct token *last = &page->tokens.at[name - 1];
    return article && name > from + 1 && last->shape == SHAPE_LOWER &&
           !has_class(page, name - 1, WORD_ROLE) && !has_class(page, name - 1, WORD_TITLE) &&
           !token_is_before(&page->tokens, name, WORD_TITLE, NULL, NULL) &&
           !token_is_before(&page->tokens, name, WORD_POPULATION, NULL, NULL);
}

/* "the father of X", "his elder brother": another, whom nothing names */
static bool is_unnamed_kin(const struct page *page, const struct passage *p, size_t from)
{
    size_t i = from;
    while (i < p->end && i < from + ATTRIBUTES + 1 && !page_particle(page, i, "kin_of") &&
           page->tokens.at[i].shape == SHAPE_LOWER && !has_class(page, i, WORD_PREPOSITION))
        i++;
    if (i >= p->end || !page_particle(page, i, "kin_of"))
        return false;
    i += token_is_mark(&page->tokens, i + 1, ',') ? 2 : 1;
    return i >= p->end || person_over(page, i) == SIZE_MAX;
}

struct patients patients_governed(const struct page *page, size_t passage, size_t from,
                                  const struct earlier *before)
{
    const struct passage *p = &page->passages[passage];
    struct patients who = nobody;
    size_t behind = 0;
    if (before && from < p->end && is_object_pronoun(page, from))
        return page_particle(page, from, "him") ? one_governed(page, passage, from, before)
                                                : several_meant(page, passage, before);
    from = behind_date(page, p, from);
    for (size_t i = from; i < p->end && i < from + GOVERNED_LIMIT;) {
        size_t name = person_over(page, i);
        if (name != SIZE_MAX && page->names[name].first == i)
            return is_of_object(page, from, i) ? nobody : named(page, p, name);
        if (token_is_kind(&page->tokens, i, WORD_ADVERB, KIND_NONE, NULL, &behind) &&
            !has_class(page, i, WORD_NUMBER)) {
            i = behind;
            continue;
        }
        if (!is_ahead_of_name(page, i))
            break;
        behind = i + 1;
        if (!token_is(&page->tokens, i, WORD_TITLE, NULL, &behind))
            token_is(&page->tokens, i, WORD_PLACE, NULL, &behind);
        i = behind;
    }
    return before && from < p->end && !is_unnamed_kin(page, p, from) &&
                   meant_at(page, passage, from, before, &who) &&
                   !page_particle(page, from, "he") && !page_particle(page, from, "they")
               ? who
               : nobody;
}

/* a new clause, or the end of one */
static bool ends_object(const struct page *page, size_t i)
{
    const struct token *t = &page->tokens.at[i];
    bool mark = t->shape == SHAPE_MARK && strchr(".;:?!", t->word.at[0]);
    return mark || is_say(page, i) || page_particle(page, i, "relative") ||
           (has_class(page, i, WORD_CLAUSE) && !has_class(page, i, WORD_PREPOSITION));
}

struct patients patients_receiving(const struct page *page, size_t passage, size_t from,
                                   const struct earlier *before)
{
    const struct passage *p = &page->passages[passage];
    for (size_t i = from; i < p->end && i < from + RECIPIENT_REACH && !ends_object(page, i); i++) {
        if (!page_particle(page, i, "recipient"))
            continue;
        struct patients who = patients_governed(page, passage, i + 1, before);
        for (size_t of = i + 1; !is_someone(who) && of < p->end && of < i + OF_REACH; of++)
            if (page_particle(page, of, "of"))
                who = patients_governed(page, passage, of + 1, before);
        if (is_someone(who))
            return who;
    }
    return nobody;
}

struct patients patients_along(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    size_t end = 0;
    if (p->verb_final || is_nominal(page, o))
        return nobody;
    if (is_object_pronoun(page, o->end) && page_particle(page, o->end + 1, "and"))
        return patients_governed(page, o->passage, o->end + 2, NULL);
    for (size_t i = o->end; i < p->end && i < o->end + GOVERNED_LIMIT; i++) {
        if (ends_object(page, i) || is_happening(page, i))
            break;
        bool his = page_particle(page, i + 1, "his") || page_particle(page, i + 1, "their");
        if (page_particle_phrase(page, i, "with", &end) ||
            (his && page_particle_phrase(page, i, "by_his_side", &end)))
            return patients_governed(page, o->passage, end, NULL);
    }
    return nobody;
}

bool is_unreal_before(const struct page *page, const struct passage *p, size_t at)
{
    size_t from = at;
    while (from > p->first && at - from < UNREAL_REACH && !is_pause(page, from - 1) &&
           !page_particle(page, from - 1, "fact") && !page_particle(page, from - 1, "during") &&
           !token_is_mark(&page->tokens, from - 1, ';'))
        from--;
    return is_unreal(page, from, at);
}

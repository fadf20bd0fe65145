#include "read/patient_int.h"

enum {
    NOUN_REACH = 8,
    THING_REACH = 10,
    OWNED_REACH = 4,
    LAST_REACH = 2,
    OPENING_REACH = 6,
    HANDED_REACH = 6,
    LABEL_WORDS = 2,
    AFTER_REACH = 4
};

static const struct patients nobody;

static bool is_someone(struct patients who)
{
    return who.to > who.from;
}

/* "the sentence handed down to", "was imposed on": the token of "to", or `end` */
static size_t recipient_behind(const struct page *page, const struct passage *p, size_t end)
{
    size_t next = 0;
    for (size_t i = end; i < p->end && i < end + HANDED_REACH; i = next) {
        next = i + 1;
        if (page_particle(page, i, "recipient"))
            return i;
        if (!has_class(page, i, WORD_AUXILIARY) && !has_class(page, i, WORD_ADVERB) &&
            !has_class(page, i, WORD_LIFE) && !token_is(&page->tokens, i, WORD_LIGHT, NULL, &next))
            break;
    }
    return end;
}

/* "release from prison of", "arrest and detention in May of" */
static bool is_within_noun(const struct page *page, size_t i)
{
    return page->date_of[i] || page_particle(page, i, "and") || is_pause(page, i) ||
           has_class(page, i, WORD_PREPOSITION) || has_class(page, i, WORD_PLACE) ||
           has_class(page, i, WORD_ADVERB) || has_class(page, i, WORD_COMPLETES) ||
           has_class(page, i, WORD_DETERMINER) || page_particle(page, i, "court") ||
           (has_class(page, i, WORD_GROUP) && i > 0 && page_particle(page, i - 1, "by"));
}

/* behind "of", what stands between the noun and it looked over; or `end` */
static size_t behind_of(const struct page *page, const struct passage *p, size_t end)
{
    size_t i = end, next = 0;
    while (i < p->end && i < end + NOUN_REACH) {
        if (page_particle(page, i, "of") || page_particle(page, i, "against")) {
            bool of = page_particle(page, i, "of");
            while (of && page_particle(page, i + 1, "of"))
                i++;
            if (of || is_object_pronoun(page, i + 1) ||
                is_someone(patients_governed(page, (size_t)(p - page->passages), i + 1, NULL)))
                return i + 1;
        }
        if (token_is_kind(&page->tokens, i, WORD_LIFE, KIND_NOUN, NULL, &next) ||
            token_is(&page->tokens, i, WORD_PLACE, NULL, &next))
            i = next;
        else if (is_within_noun(page, i))
            i++;
        else
            break;
    }
    return end;
}

/* "X, whose trial" */
static struct patients owner_relative(const struct page *page, const struct passage *p, size_t i)
{
    size_t name = page_particle(page, i, "whose") ? name_described(page, p, i) : SIZE_MAX;
    return name == SIZE_MAX ? nobody : patients_listed(page, name);
}

/* "into her death", and not "before her death" */
static bool is_of_the_dead(const struct page *page, const struct passage *p, size_t his,
                           struct str event)
{
    static const char *const final[] = {"died", "killed", "executed"};
    bool dead = false;
    for (size_t i = 0; i < COUNT_OF(final); i++)
        dead |= str_equal(event, str_of(final[i]));
    return dead && his > p->first && has_class(page, his - 1, WORD_PREPOSITION) &&
           !page_particle(page, his - 1, "during");
}

/* "his wife's detention", "their lawyer's arrest": that of another, whom nothing names */
static bool is_of_another(const struct page *page, const struct passage *p, size_t noun)
{
    for (size_t i = noun; i > p->first && noun - i < OWNED_REACH; i--) {
        size_t at = i - 1;
        if (page->tokens.at[at].shape == SHAPE_MARK || person_over(page, at) != SIZE_MAX)
            return false;
        if (!page->tokens.at[at].possessive)
            continue;
        bool owned = at > p->first &&
                     (page_particle(page, at - 1, "his") || page_particle(page, at - 1, "their"));
        return page_particle(page, at, "kin_of") ||
               (owned && (has_class(page, at, WORD_ROLE) || has_class(page, at, WORD_TITLE)));
    }
    return false;
}

/* "X's arrest", "his brutal arrest" */
static struct patients owner_of(const struct page *page, size_t passage, size_t noun,
                                struct str event, const struct earlier *before)
{
    const struct passage *p = &page->passages[passage];
    for (size_t i = noun; i > p->first && noun - i < OWNED_REACH; i--) {
        size_t name = person_over(page, i - 1);
        if (name != SIZE_MAX)
            return page->tokens.at[i - 1].possessive ? (struct patients){name, name + 1} : nobody;
        if (page_particle(page, i - 1, "whose"))
            return owner_relative(page, p, i - 1);
        if (page_particle(page, i - 1, "his"))
            return is_of_the_dead(page, p, i - 1, event) ? dead_meant(page, passage, i - 1, before)
                                                         : one_meant(page, passage, i - 1, before);
        if (page_particle(page, i - 1, "their"))
            return several_meant(page, passage, before);
        if (page->date_of[i - 1])
            continue;
        if (page_particle(page, i - 1, "and") && i - 1 > p->first &&
            token_is_before(&page->tokens, i - 1, WORD_LIFE, NULL, NULL))
            continue;
        if (page->tokens.at[i - 1].shape != SHAPE_NUMBER && !has_class(page, i - 1, WORD_LIFE) &&
            !page_particle(page, i - 1, "ordinal") && !is_ahead_of_name(page, i - 1))
            break;
    }
    return nobody;
}

/* "the first hearing was held": theirs of whom something has just been told */
static struct patients of_last(const struct page *page, const struct occurrence *o,
                               const struct earlier *before)
{
    bool near = before->passage != SIZE_MAX && o->passage - before->passage <= LAST_REACH;
    if (o->first - page->passages[o->passage].first > OPENING_REACH)
        return nobody;
    return near ? before->who : several_meant(page, o->passage, before);
}

/* "X is serving a five-year sentence", "was freed after completing a five-year sentence" */
static struct patients of_served(const struct page *page, const struct occurrence *o,
                                 const struct earlier *before)
{
    size_t served = served_before(page, o);
    if (served == SIZE_MAX)
        return nobody;
    if (before->passage == o->passage && is_someone(before->who) && !before->noun)
        return before->who;
    const struct passage *p = &page->passages[o->passage];
    size_t verb = verb_group(page, p, served);
    if (verb > p->first && has_class(page, verb - 1, WORD_CLAUSE))
        return one_meant(page, o->passage, verb, before);
    return subject_before(page, o->passage, verb, true, before);
}

/* of whom the noun is, done or not */
static struct patients holder_of(const struct page *page, const struct occurrence *o,
                                 const struct earlier *before)
{
    const struct passage *p = &page->passages[o->passage];
    size_t of = behind_of(page, p, o->end), to = o->end;
    struct patients who = of > o->end
                              ? patients_governed(page, o->passage, of, before)
                              : owner_of(page, o->passage, o->first, o->event->value, before);
    if (!is_someone(who) && of == o->end)
        to = recipient_behind(page, p, o->end);
    return to > o->end ? patients_governed(page, o->passage, to + 1, before) : who;
}

bool is_form_label(const struct page *page, const struct occurrence *o)
{
    size_t first = page->passages[o->passage].first, end = 0;
    const struct entry *field = NULL;
    bool how = first < o->first && token_is(&page->tokens, first, WORD_FIELD, &field, &end) &&
               end >= o->end && str_equal(field->value, STR("cause")); /* "Mode of killing:" */
    return !how && token_is_mark(&page->tokens, o->end, ':') &&
           o->first - page->passages[o->passage].first <= LABEL_WORDS;
}

struct patients patients_of_noun(const struct page *page, const struct occurrence *o,
                                 const struct earlier *before)
{
    const struct passage *p = &page->passages[o->passage];
    if (is_of_another(page, p, o->first))
        return nobody;
    struct patients who = holder_of(page, o, before);
    if (!is_someone(who) && is_form_label(page, o))
        return patients_headed(page, o->passage);
    if (!is_someone(who) && o->event->kind == KIND_DATED && behind_of(page, p, o->end) == o->end)
        return of_last(page, o, before);
    bool term = o->event->class == WORD_LIGHT || sentence_within(page, o->first, o->end).len;
    if (!is_someone(who) && term)
        return of_served(page, o, before);
    if (!is_someone(who))
        return nobody;
    bool own = page->names[who.from].passage == o->passage;
    const struct name *n = &page->names[who.from];
    size_t first =
        own && n->first < o->first && o->first - n->end < OWNED_REACH ? n->first : o->first;
    size_t behind = own ? page->names[who.to - 1].end : o->end;
    size_t after = behind > o->end ? behind : o->end;
    size_t end = after + AFTER_REACH < p->end ? after + AFTER_REACH : p->end;
    return is_unreal_before(page, p, first) || is_unreal_of(page, o, after, end) ? nobody : who;
}

size_t thing_end(const struct page *page, size_t i, const struct entry *event)
{
    if (event->kind != KIND_OWNED)
        return page_particle(page, i, "case") ? i + 1 : i;
    if (!has_class(page, i, WORD_COMPLETES))
        return i;
    for (const struct phrase *p = page->tokens.at[i].phrase; p; p = p->shorter)
        for (const struct entry *e = p->entries; e; e = e->next)
            if (e->class == WORD_COMPLETES && str_equal(e->value, event->value))
                return i + p->words;
    return i;
}

bool is_sequel(const struct earlier *before, size_t passage)
{
    static const char *const judged[] = {"sentenced", "charged", "tried", "other:convicted"};
    if (before->passage == SIZE_MAX || passage - before->passage > LAST_REACH)
        return false;
    for (size_t i = 0; i < COUNT_OF(judged); i++)
        if (str_equal(before->event, str_of(judged[i])))
            return true;
    return str_starts(before->event, STR("other:sentence"));
}

/* "the sentence was upheld": that of whom a sentence was just told */
static struct patients of_told(const struct page *page, const struct occurrence *o, size_t noun,
                               const struct earlier *before)
{
    bool definite = noun > 0 && page_particle(page, noun - 1, "those");
    bool joined = before->passage == o->passage && before->end < noun;
    return o->event->kind == KIND_OUTCOME && definite && is_sequel(before, o->passage) &&
                   (joined || noun <= page->passages[o->passage].first + OPENING_REACH)
               ? before->who
               : nobody;
}

/* where the noun of the thing is looked for: back from a passive verb, on from an active one */
static size_t thing_at(const struct page *page, const struct occurrence *o, bool passive,
                       size_t from, size_t *end)
{
    const struct passage *p = &page->passages[o->passage];
    for (size_t k = 1; k <= THING_REACH; k++) {
        size_t i = passive ? from - k : from + k - 1;
        if (passive ? from < p->first + k : i >= p->end)
            break;
        if (token_is_mark(&page->tokens, i, ';') || token_is_mark(&page->tokens, i, ':'))
            break;
        *end = thing_end(page, i, o->event);
        if (*end > i)
            return i;
    }
    return SIZE_MAX;
}

struct patients patients_of_thing(const struct page *page, const struct occurrence *o,
                                  const struct earlier *before)
{
    const struct passage *p = &page->passages[o->passage];
    size_t verb = verb_group(page, p, o->first), end = 0;
    bool passive = is_passive(page, p, o->first);
    size_t i = thing_at(page, o, passive, passive ? verb : o->end, &end);
    if (i == SIZE_MAX)
        return nobody;
    struct occurrence noun = {o->event, i, end, o->passage};
    while (token_is_kind(&page->tokens, noun.first - 1, WORD_LIFE, KIND_NOUN, NULL, &end) &&
           end == noun.end && noun.first > p->first)
        noun.first--;
    struct patients who = holder_of(page, &noun, before);
    if (!is_someone(who))
        who = patients_receiving(page, o->passage, passive ? o->end : noun.end, before);
    if (!is_someone(who))
        who = of_told(page, o, noun.first, before);
    bool infinite = o->first > p->first && page_particle(page, o->first - 1, "to");
    size_t whole = passive ? noun.first : verb;
    return infinite || is_unreal(page, verb, o->first) || is_unreal_before(page, p, whole) ? nobody
                                                                                           : who;
}

#include "read/patient_int.h"
#include "read/trace.h"

enum {
    GOVERNED_LIMIT = 12,
    UNREAL_REACH = 6,
    NOUN_REACH = 8,
    OUTCOME_REACH = 10,
    OWNED_REACH = 4,
    INCLUDED_REACH = 16,
    LAST_REACH = 2,
    OPENING_REACH = 6,
    WHOM_REACH = 6
};

static const struct patients nobody;

static struct patients one(const struct page *page, size_t name)
{
    return name == SIZE_MAX ? nobody : patients_listed(page, name);
}

static bool is_someone(struct patients who)
{
    return who.to > who.from;
}

/* words that may stand between a verb or "of" and the name it governs: a young activist, general */
static bool is_before_name(const struct page *page, size_t i)
{
    static const enum word_class classes[] = {
        WORD_PREPOSITION, WORD_CONJUNCTION, WORD_CLAUSE, WORD_SAY,     WORD_AUXILIARY,
        WORD_LIFE,        WORD_PRONOUN,     WORD_NUMBER, WORD_COUNTER, WORD_NEGATION};
    const struct token *t = &page->tokens.at[i];
    if (page->name_of[i] && person_over(page, i) == SIZE_MAX)
        return !t->possessive;
    if (page->name_of[i] || t->shape == SHAPE_NUMBER || t->shape == SHAPE_LINK ||
        page->date_of[i] || t->possessive)
        return false;
    if (t->shape == SHAPE_MARK)
        return token_is_mark(&page->tokens, i, ',') ? person_over(page, i + 1) != SIZE_MAX
                                                    : !strchr(".;:?!()", t->word.at[0]);
    if (has_class(page, i, WORD_TITLE) || has_class(page, i, WORD_ROLE) ||
        page_particle(page, i, "his") || has_class(page, i, WORD_PLACE))
        return true;
    if (page_particle(page, i, "and"))
        return has_class(page, i - 1, WORD_ROLE) || has_class(page, i - 1, WORD_TITLE);
    for (size_t k = 0; k < COUNT_OF(classes); k++)
        if (has_class(page, i, classes[k]))
            return false;
    return !has_class(page, i, WORD_POPULATION) || person_over(page, i + 1) != SIZE_MAX;
}

/* "him", where it is not "her lawyer" */
static bool is_object_pronoun(const struct page *page, size_t i)
{
    const struct token *t = &page->tokens.at[i + 1];
    bool owns = page_particle(page, i, "his");
    bool follows = i + 1 < page->tokens.count && t->shape != SHAPE_MARK && !page->date_of[i + 1] &&
                   !has_class(page, i + 1, WORD_PREPOSITION) &&
                   !has_class(page, i + 1, WORD_CONJUNCTION) &&
                   !has_class(page, i + 1, WORD_CLAUSE);
    return (page_particle(page, i, "him") || page_particle(page, i, "them")) && !(owns && follows);
}

static struct patients governed(const struct page *page, size_t passage, size_t from,
                                const struct earlier *before)
{
    const struct passage *p = &page->passages[passage];
    const struct entry *meant = NULL;
    size_t behind = 0;
    if (before && from < p->end && is_object_pronoun(page, from))
        return page_particle(page, from, "him") ? one_meant(page, passage, from, before)
                                                : several_meant(page, passage, before);
    for (size_t i = from; i < p->end && i < from + GOVERNED_LIMIT;) {
        size_t name = person_over(page, i);
        if (name != SIZE_MAX && page->names[name].first == i)
            return page->tokens.at[page->names[name].end - 1].possessive ? nobody : one(page, name);
        if (token_is_kind(&page->tokens, i, WORD_ADVERB, KIND_NONE, NULL, &behind) &&
            !has_class(page, i, WORD_NUMBER)) {
            i = behind;
            continue;
        }
        if (!is_before_name(page, i))
            break;
        behind = i + 1;
        token_is(&page->tokens, i, WORD_TITLE, NULL, &behind);
        i = behind;
    }
    if (before && from < p->end && token_is(&page->tokens, from, WORD_MEANT, &meant, &behind)) {
        struct patients who = nobody;
        return meant_at(page, passage, from, before, &who) ? who : nobody;
    }
    return nobody;
}

/* the words right before token `at`, back to the next pause, say that it did not happen */
static bool is_unreal_before(const struct page *page, const struct passage *p, size_t at)
{
    size_t from = at;
    while (from > p->first && at - from < UNREAL_REACH && !is_pause(page, from - 1) &&
           !token_is_mark(&page->tokens, from - 1, ';'))
        from--;
    return is_unreal(page, from, at);
}

/* behind "of", the joint nouns and dates before it looked over: "arrest and detention in May of" */
static size_t behind_of(const struct page *page, const struct passage *p, size_t end)
{
    size_t i = end, next = 0;
    while (i < p->end && i < end + NOUN_REACH) {
        if (page_particle(page, i, "of") || page_particle(page, i, "against")) {
            bool of = page_particle(page, i, "of");
            size_t name = person_over(page, i + 1);
            while (of && page_particle(page, i + 1, "of"))
                i++;
            if (of || name != SIZE_MAX || is_object_pronoun(page, i + 1))
                return i + 1;
        }
        bool joint = page_particle(page, i, "and") || is_pause(page, i);
        if (token_is_kind(&page->tokens, i, WORD_LIFE, KIND_NOUN, NULL, &next))
            i = next;
        else if (page->date_of[i] || joint || has_class(page, i, WORD_PREPOSITION) ||
                 has_class(page, i, WORD_PLACE) || has_class(page, i, WORD_ADVERB))
            i++;
        else
            break;
    }
    return end;
}

/* "X's arrest", "his brutal arrest" */
static struct patients owner_of(const struct page *page, size_t passage, size_t noun,
                                const struct earlier *before)
{
    const struct passage *p = &page->passages[passage];
    for (size_t i = noun; i > p->first && noun - i < OWNED_REACH; i--) {
        size_t name = person_over(page, i - 1);
        if (name != SIZE_MAX)
            return page->tokens.at[i - 1].possessive ? (struct patients){name, name + 1} : nobody;
        if (page_particle(page, i - 1, "his"))
            return one_meant(page, passage, i - 1, before);
        if (page_particle(page, i - 1, "their"))
            return several_meant(page, passage, before);
        if (page->date_of[i - 1])
            continue;
        if (page_particle(page, i - 1, "and") && i - 1 > p->first &&
            token_is_before(&page->tokens, i - 1, WORD_LIFE, NULL, NULL))
            continue;
        if (page->tokens.at[i - 1].shape != SHAPE_NUMBER && !has_class(page, i - 1, WORD_LIFE) &&
            !is_before_name(page, i - 1))
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

static struct patients of_noun(const struct page *page, const struct occurrence *o,
                               const struct earlier *before)
{
    const struct passage *p = &page->passages[o->passage];
    struct patients who = nobody;
    size_t of = behind_of(page, p, o->end);
    if (of > o->end)
        who = governed(page, o->passage, of, before);
    else
        who = owner_of(page, o->passage, o->first, before);
    if (!is_someone(who) && o->event->kind == KIND_DATED && of == o->end)
        return of_last(page, o, before);
    if (!is_someone(who) && o->event->class == WORD_LIGHT)
        return of_served(page, o, before);
    if (!is_someone(who))
        return nobody;
    bool own = page->names[who.from].passage == o->passage;
    const struct name *n = &page->names[who.from];
    size_t first =
        own && n->first < o->first && o->first - n->end < OWNED_REACH ? n->first : o->first;
    size_t behind = own ? page->names[who.to - 1].end : o->end;
    size_t after = behind > o->end ? behind : o->end;
    size_t end = after + 4 < p->end ? after + 4 : p->end;
    return is_unreal_before(page, p, first) || is_unreal(page, after, end) ? nobody : who;
}

/* "X, arrested on Monday"; in a heading "X arrested" */
static struct patients beside(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    const struct tokens *t = &page->tokens;
    size_t begin = o->first;
    while (begin > p->first && has_class(page, begin - 1, WORD_ADVERB))
        begin--;
    if (begin == p->first)
        return nobody;
    bool heading = p->headline || !token_is_mark(t, p->end - 1, '.');
    bool pause = is_pause(page, begin - 1);
    bool ends = o->end >= p->end || t->at[o->end].shape == SHAPE_MARK || page->date_of[o->end] ||
                has_class(page, o->end, WORD_PREPOSITION) ||
                (o->end > o->first + 1 && has_class(page, o->end - 1, WORD_PREPOSITION)) ||
                has_class(page, o->end, WORD_CLAUSE) || page_particle(page, o->end, "and");
    return ends && (pause || heading) ? one(page, head_ending(page, p, pause ? begin - 1 : begin))
                                      : nobody;
}

static struct patients of_subject(const struct page *page, const struct occurrence *o,
                                  const struct earlier *before)
{
    const struct passage *p = &page->passages[o->passage];
    size_t verb = verb_group(page, p, o->first);
    bool finite =
        verb < o->first || o->event->kind == KIND_INTRANSITIVE || o->event->kind == KIND_PREDICATE;
    struct patients who = subject_before(page, o->passage, verb, finite, before);
    if (!is_someone(who))
        return nobody;
    const struct name *last = &page->names[who.to - 1];
    size_t from = last->passage == o->passage && last->end < verb ? last->end : verb;
    if (who.from == before->who.from && before->passage == o->passage)
        from = verb;
    size_t own = page->names[who.from].first;
    bool near = last->passage == o->passage && last->end <= verb && verb - last->end < 3;
    bool unreal = is_unreal(page, from, o->first) || (near && is_unreal_before(page, p, own));
    return unreal ? nobody : who;
}

static bool is_joined_participle(const struct page *page, const struct occurrence *o,
                                 const struct earlier *before)
{
    size_t first = verb_group(page, &page->passages[o->passage], o->first);
    if (before->passage != o->passage || !is_someone(before->who) || before->noun ||
        before->end >= o->first || first <= page->passages[o->passage].first)
        return false;
    bool joint = page_particle(page, first - 1, "and") || page_particle(page, first - 1, "but") ||
                 token_is_mark(&page->tokens, first - 1, ',');
    if (joint && o->end > o->first + 1 && has_class(page, o->end - 1, WORD_PREPOSITION))
        return true;
    return joint && !has_class(page, o->end, WORD_DETERMINER) &&
           !has_class(page, o->end, WORD_PRONOUN) && !has_class(page, o->end, WORD_POPULATION) &&
           !has_class(page, o->end, WORD_ROLE) && !has_class(page, o->end, WORD_TITLE) &&
           !has_class(page, o->end, WORD_NUMBER) && page->tokens.at[o->end].shape != SHAPE_NUMBER &&
           person_over(page, o->end) == SIZE_MAX;
}

/* "his sentence was overturned", "the charges against X were dropped", "upheld X's sentence" */
static struct patients of_outcome(const struct page *page, const struct occurrence *o,
                                  const struct earlier *before)
{
    const struct passage *p = &page->passages[o->passage];
    size_t verb = verb_group(page, p, o->first);
    bool passive = is_passive(page, p, o->first);
    size_t from = passive ? verb : o->end;
    for (size_t k = 1; k <= OUTCOME_REACH; k++) {
        size_t i = passive ? from - k : from + k - 1, end = 0;
        if (passive ? from < p->first + k : i >= p->end)
            break;
        if (!page_particle(page, i, "case"))
            continue;
        struct occurrence noun = {o->event, i, i + 1, o->passage};
        while (token_is_kind(&page->tokens, noun.first - 1, WORD_LIFE, KIND_NOUN, NULL, &end) &&
               end == noun.end && noun.first > p->first)
            noun.first--;
        struct patients who = of_noun(page, &noun, before);
        bool infinite = o->first > p->first && page_particle(page, o->first - 1, "to");
        return infinite || is_unreal(page, verb, o->first) ? nobody : who;
    }
    return nobody;
}

/* "arrested five people, including X and Y" */
static struct patients included(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    bool counted = false;
    for (size_t i = o->first; i > p->first && o->first - i < INCLUDED_REACH && !counted; i--)
        counted = has_class(page, i - 1, WORD_POPULATION) || has_class(page, i - 1, WORD_VAGUE);
    counted = counted || (o->first > p->first && page_particle(page, o->first - 1, "those"));
    for (size_t i = o->end; i < p->end && i < o->end + INCLUDED_REACH; i++) {
        size_t end = i + 1;
        bool listed = (is_pause(page, i) || token_is_mark(&page->tokens, i, ':')) &&
                      person_over(page, end) != SIZE_MAX && !token_is_mark(&page->tokens, i, ',');
        if ((listed || token_is(&page->tokens, i, WORD_PART, NULL, &end)) && counted &&
            !page->name_of[i])
            return governed(page, o->passage, end, NULL);
        if (page->name_of[i] || has_class(page, i, WORD_SAY) || has_class(page, i, WORD_LIFE) ||
            token_is_mark(&page->tokens, i, ';'))
            break;
        counted = counted || has_class(page, i, WORD_POPULATION);
    }
    return nobody;
}

/* "was arrested on charges of": charged too, unless already tried for it */
static struct patients of_result(const struct page *page, const struct occurrence *o,
                                 const struct earlier *before)
{
    static const char *const held[] = {"arrested", "rearrested", "other:detained"};
    bool same = before->passage == o->passage && is_someone(before->who) && before->end <= o->first;
    for (size_t i = 0; same && i < COUNT_OF(held); i++)
        if (str_equal(before->event, str_of(held[i])))
            return before->who;
    const struct passage *p = &page->passages[o->passage];
    size_t only = SIZE_MAX;
    for (size_t i = p->first; i < o->first && before->passage != o->passage; i++) {
        size_t name = person_over(page, i);
        if (has_class(page, i, WORD_POPULATION) || has_class(page, i, WORD_SAY) ||
            (name != SIZE_MAX && only != SIZE_MAX && name != only))
            return nobody;
        only = name != SIZE_MAX ? name : only;
    }
    return only == SIZE_MAX || head_ending(page, p, page->names[only].end) == SIZE_MAX
               ? nobody
               : (struct patients){only, only + 1};
}

/* "also arrested were X and Y" */
static struct patients of_inverted(const struct page *page, const struct occurrence *o)
{
    return o->event->kind != KIND_ACTIVE && page_particle(page, o->end, "passive")
               ? governed(page, o->passage, o->end + 1, NULL)
               : nobody;
}

/* "X, whom agents arrested" */
static struct patients of_relative_object(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    for (size_t i = o->first; i > p->first && o->first - i < WHOM_REACH; i--) {
        if (page_particle(page, i - 1, "whom"))
            return one(page, name_described(page, p, i - 1));
        if (page->tokens.at[i - 1].shape == SHAPE_MARK || person_over(page, i - 1) != SIZE_MAX)
            break;
    }
    return nobody;
}

/* ordering a release frees nobody, and no order kills */
static bool is_more_than_custody(const struct occurrence *o)
{
    return !str_equal(o->event->value, STR("other:detained")) &&
           !str_equal(o->event->value, STR("arrested")) &&
           !str_equal(o->event->value, STR("rearrested"));
}

/* "ordered them held", "ordered X detained": the name or pronoun before the participle */
static struct patients of_ordered(const struct page *page, const struct occurrence *o,
                                  const struct earlier *before)
{
    const struct passage *p = &page->passages[o->passage];
    size_t end = o->first, name = end > p->first ? person_over(page, end - 1) : SIZE_MAX;
    bool pronoun = end > p->first && is_object_pronoun(page, end - 1);
    size_t first = name != SIZE_MAX ? page->names[patients_listed(page, name).from].first : end - 1;
    if ((name == SIZE_MAX && !pronoun) || first <= p->first || is_more_than_custody(o) ||
        !page_particle(page, first - 1, "ordered"))
        return nobody;
    if (name != SIZE_MAX)
        return one(page, name);
    return page_particle(page, end - 1, "him") ? one_meant(page, o->passage, end - 1, before)
                                               : several_meant(page, o->passage, before);
}

struct patients patients_beside_pronoun(const struct page *page, const struct occurrence *o)
{
    bool pronoun = !page->passages[o->passage].verb_final && is_object_pronoun(page, o->end) &&
                   page_particle(page, o->end + 1, "and");
    return pronoun ? governed(page, o->passage, o->end + 2, NULL) : nobody;
}

struct patients patients_of(const struct page *page, const struct occurrence *o,
                            const struct earlier *before)
{
    const struct passage *p = &page->passages[o->passage];
    enum word_kind kind = o->event->kind;
    if (page->name_of[o->first])
        return nobody;
    if (p->verb_final)
        return patients_verb_final(page, o, before);
    trace_rule(page, RULE("the noun is of this person"));
    if (kind == KIND_NOUN || kind == KIND_DATED)
        return of_noun(page, o, before);
    if (kind == KIND_OUTCOME)
        return of_outcome(page, o, before);
    if (kind == KIND_RESULT)
        return of_result(page, o, before);
    trace_rule(page, RULE("the subject of the verb"));
    if (kind == KIND_INTRANSITIVE || kind == KIND_PREDICATE || is_passive(page, p, o->first) ||
        is_joined_participle(page, o, before)) {
        struct patients who = of_subject(page, o, before);
        return is_someone(who) || kind == KIND_INTRANSITIVE ? who : included(page, o);
    }
    trace_rule(page, RULE("the object of the verb"));
    struct patients ordered = of_ordered(page, o, before);
    if (is_someone(ordered))
        return ordered;
    bool closed = o->end > o->first + 1 && has_class(page, o->end - 1, WORD_PREPOSITION);
    trace_rule(page, RULE("the object of the verb"));
    struct patients who = closed ? nobody : governed(page, o->passage, o->end, before);
    if (!is_someone(who) && !closed)
        who = of_inverted(page, o);
    if (!is_someone(who) && !closed)
        who = of_relative_object(page, o);
    if (!is_someone(who))
        who = included(page, o);
    if (is_someone(who))
        return is_unreal_before(page, p, o->first) ? nobody : who;
    return kind == KIND_PARTICIPLE || kind == KIND_HELD ? beside(page, o) : nobody;
}

/* "...", said X; "according to X" */
static struct patients speaker_behind(const struct page *page, size_t passage, size_t end)
{
    struct patients who = governed(page, passage, end, NULL);
    return is_someone(who) ? (struct patients){who.from, who.from + 1} : nobody;
}

static bool is_quote_end(const struct page *page, const struct passage *p, size_t i)
{
    const struct token *t = i > p->first ? &page->tokens.at[i - 1] : NULL;
    return i == p->first ||
           (t && t->shape == SHAPE_MARK &&
            (is_pause(page, i - 1) || t->word.at[0] == '"' ||
             (unsigned char)t->word.at[0] >= 0x80 || strchr("'?!.", t->word.at[0])));
}

struct patients speaker_of(const struct page *page, const struct occurrence *o,
                           const struct earlier *before)
{
    const struct passage *p = &page->passages[o->passage];
    if (p->verb_final)
        return speaker_verb_final(page, o);
    if (has_class(page, o->first, WORD_ACCORDING))
        return speaker_behind(page, o->passage, o->end);
    if (is_passive(page, p, o->first))
        return nobody;
    size_t verb = verb_group(page, p, o->first);
    struct earlier none = {.passage = SIZE_MAX, .touched = before->touched};
    struct patients who = nobody;
    if (verb > p->first && page_particle(page, verb - 1, "he"))
        return is_unreal(page, verb, o->first) ? nobody : speaker_meant(page, o->passage, p->first);
    if (!meant_before(page, o->passage, verb, &none, &who) && !is_unreal(page, verb, o->first))
        who = subject_before(page, o->passage, verb, true, &none);
    if (is_someone(who))
        return (struct patients){who.to - 1, who.to};
    return is_quote_end(page, p, o->first) ? speaker_behind(page, o->passage, o->end) : nobody;
}

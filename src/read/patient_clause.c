#include "read/patient_int.h"

enum { BESIDE_LIMIT = 6, APPOSITION_LIMIT = 24, GOVERNED_LIMIT = 6, PHRASE_BEFORE = 5 };

static const struct patients nobody;

static bool is_pause(const struct page *page, size_t i)
{
    const struct token *t = &page->tokens.at[i];
    bool dash =
        t->shape == SHAPE_MARK && (str_equal(t->word, STR("–")) || str_equal(t->word, STR("—")) ||
                                   (t->spaced && str_equal(t->word, STR("-"))));
    return dash || token_is_mark(&page->tokens, i, ',');
}

/* the token that a parenthesis closing at `close` opens with, or `close` */
static size_t parenthesis(const struct page *page, const struct passage *p, size_t close)
{
    for (size_t i = close; i > p->first && close - i < APPOSITION_LIMIT; i--)
        if (token_is_mark(&page->tokens, i - 1, '('))
            return i - 1;
    return close;
}

/* back over "on 6 December 2019", "reportedly", "(22)" and the auxiliaries of the verb at `i` */
static size_t verb_begins(const struct page *page, const struct passage *p, size_t i)
{
    const struct tokens *t = &page->tokens;
    size_t begin = 0;
    while (i > p->first) {
        if (page->name_of[i - 1])
            break;
        if (page->date_of[i - 1]) {
            uint32_t date = page->date_of[i - 1];
            while (i > p->first && page->date_of[i - 1] == date)
                i--;
            if (i > p->first && has_class(page, i - 1, WORD_PREPOSITION))
                i--;
        } else if (has_class(page, i - 1, WORD_AUXILIARY)) {
            i--;
        } else if (token_is_before(t, i, WORD_ADVERB, NULL, &begin) && begin >= p->first) {
            i = begin;
        } else if (token_is_mark(t, i - 1, ')') && parenthesis(page, p, i - 1) < i - 1) {
            i = parenthesis(page, p, i - 1);
        } else {
            break;
        }
    }
    return i;
}

static bool is_passive(const struct page *page, const struct passage *p, size_t i)
{
    for (size_t k = i; k > p->first && i - k < BESIDE_LIMIT; k--) {
        if (page_particle(page, k - 1, "passive"))
            return true;
        if (!has_class(page, k - 1, WORD_ADVERB) && !has_class(page, k - 1, WORD_AUXILIARY))
            return false;
    }
    return false;
}

/* the name is the head of its phrase: not "the lawyer of X", "according to X" */
static bool is_head(const struct page *page, const struct passage *p, size_t name)
{
    const struct tokens *t = &page->tokens;
    size_t first = page->names[patients_listed(page, name).from].first;
    for (size_t i = first; i > p->first && first - i < PHRASE_BEFORE; i--) {
        if (token_is_before(t, i, WORD_ACCORDING, NULL, NULL) || page_particle(page, i - 1, "of") ||
            page_particle(page, i - 1, "by"))
            return false;
        if (page->date_of[i - 1] || page->name_of[i - 1] || is_pause(page, i - 1) ||
            has_class(page, i - 1, WORD_PLACE) || has_class(page, i - 1, WORD_SAY) ||
            t->at[i - 1].possessive)
            return true;
        if (has_class(page, i - 1, WORD_PREPOSITION))
            return false;
        if (t->at[i - 1].shape == SHAPE_MARK || has_class(page, i - 1, WORD_CLAUSE) ||
            has_class(page, i - 1, WORD_AUXILIARY) || page_particle(page, i - 1, "relative"))
            return true;
    }
    return true;
}

static size_t name_ending(const struct page *page, const struct passage *p, size_t end)
{
    size_t name = end > p->first ? person_over(page, end - 1) : SIZE_MAX;
    bool ends =
        name != SIZE_MAX && page->names[name].end == end && !page->tokens.at[end - 1].possessive;
    return ends && is_head(page, p, name) ? name : SIZE_MAX;
}

/* "X, a teacher from Shiraz, was": the name before the pause at `close` or before its apposition */
static size_t name_apposed(const struct page *page, const struct passage *p, size_t close)
{
    size_t name = name_ending(page, p, close);
    if (name != SIZE_MAX && page->names[name].first > p->first &&
        is_pause(page, page->names[name].first - 1))
        return name;
    for (size_t i = close; i > p->first && close - i < APPOSITION_LIMIT; i--) {
        if (is_pause(page, i - 1) && (name = name_ending(page, p, i - 1)) != SIZE_MAX)
            return name;
        if (has_class(page, i - 1, WORD_SAY) || has_class(page, i - 1, WORD_AUXILIARY) ||
            page_particle(page, i - 1, "relative") || token_is_mark(&page->tokens, i - 1, ';') ||
            token_is_mark(&page->tokens, i - 1, ':'))
            break;
    }
    return SIZE_MAX;
}

static struct patients one(const struct page *page, size_t name)
{
    return name == SIZE_MAX ? nobody : patients_listed(page, name);
}

/* nobody else comes into the clause between */
static bool goes_on(const struct page *page, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (person_over(page, i) != SIZE_MAX || has_class(page, i, WORD_SAY) ||
            has_class(page, i, WORD_CLAUSE) || has_class(page, i, WORD_POPULATION) ||
            has_class(page, i, WORD_PRONOUN))
            return false;
    return true;
}

/* "X was arrested in May and sentenced", "X is ill and was denied surgery" */
static struct patients carried_on(const struct page *page, const struct passage *p, size_t joint,
                                  bool finite, size_t passage, const struct earlier *before)
{
    if (before->who.to > before->who.from && before->passage == passage && before->end <= joint &&
        goes_on(page, before->end, joint))
        return before->who;
    for (size_t i = p->first; finite && i < joint && i < p->first + BESIDE_LIMIT; i++) {
        size_t name = person_over(page, i);
        if (name != SIZE_MAX)
            return name_ending(page, p, page->names[name].end) != SIZE_MAX &&
                           goes_on(page, page->names[name].end, joint)
                       ? one(page, name)
                       : nobody;
    }
    return nobody;
}

/* who stands as subject before the verb that begins at `verb` */
static struct patients subject_of(const struct page *page, const struct occurrence *o, size_t verb,
                                  const struct earlier *before)
{
    const struct passage *p = &page->passages[o->passage];
    if (verb <= p->first)
        return nobody;
    size_t name = name_ending(page, p, verb);
    if (name != SIZE_MAX)
        return one(page, name);
    if (page_particle(page, verb - 1, "relative")) {
        size_t end = verb - 1 > p->first && is_pause(page, verb - 2) ? verb - 2 : verb - 1;
        return one(page, name_ending(page, p, end));
    }
    if (page_particle(page, verb - 1, "he"))
        return patients_meant(page, o->passage, verb - 1);
    if (page_particle(page, verb - 1, "and") ||
        (is_pause(page, verb - 1) && before->passage == o->passage && before->end == verb - 1)) {
        size_t joint = verb - 1 > p->first && is_pause(page, verb - 2) ? verb - 2 : verb - 1;
        return carried_on(page, p, joint, verb < o->first, o->passage, before);
    }
    return is_pause(page, verb - 1) ? one(page, name_apposed(page, p, verb - 1)) : nobody;
}

/* words that may stand between a verb or "of" and the name it governs: a young activist, general */
static bool is_before_name(const struct page *page, size_t i)
{
    static const enum word_class classes[] = {
        WORD_PREPOSITION, WORD_CONJUNCTION, WORD_CLAUSE, WORD_SAY,     WORD_AUXILIARY,
        WORD_LIFE,        WORD_PRONOUN,     WORD_NUMBER, WORD_COUNTER, WORD_NEGATION};
    const struct token *t = &page->tokens.at[i];
    if (page->name_of[i] || t->shape == SHAPE_NUMBER || t->shape == SHAPE_LINK ||
        page->date_of[i] || t->possessive)
        return false;
    if (t->shape == SHAPE_MARK)
        return token_is_mark(&page->tokens, i, ',') ? person_over(page, i + 1) != SIZE_MAX
                                                    : !strchr(".;:?!()", t->word.at[0]);
    if (has_class(page, i, WORD_TITLE) || has_class(page, i, WORD_ROLE))
        return true;
    for (size_t k = 0; k < COUNT_OF(classes); k++)
        if (has_class(page, i, classes[k]))
            return false;
    return !has_class(page, i, WORD_POPULATION) || person_over(page, i + 1) != SIZE_MAX;
}

static struct patients governed(const struct page *page, const struct passage *p, size_t from)
{
    for (size_t i = from; i < p->end && i < from + GOVERNED_LIMIT; i++) {
        size_t name = person_over(page, i);
        if (name != SIZE_MAX && page->names[name].first == i)
            return page->tokens.at[page->names[name].end - 1].possessive ? nobody : one(page, name);
        if (!is_before_name(page, i))
            break;
    }
    return nobody;
}

/* the words right before token `at`, back to the next pause, say that it did not happen */
static bool is_unreal_before(const struct page *page, const struct passage *p, size_t at)
{
    size_t from = at;
    while (from > p->first && at - from < GOVERNED_LIMIT && !is_pause(page, from - 1) &&
           !token_is_mark(&page->tokens, from - 1, ';'))
        from--;
    return is_unreal(page, from, at);
}

static struct patients of_noun(const struct page *page, const struct passage *p,
                               const struct occurrence *o)
{
    struct patients who = nobody;
    size_t of = o->end;
    while (page_particle(page, of, "of"))
        of++;
    if (of > o->end)
        who = governed(page, p, of);
    for (size_t i = o->first; of == o->end && i > p->first && o->first - i < 3; i--) {
        size_t name = person_over(page, i - 1);
        if (name != SIZE_MAX && page->tokens.at[i - 1].possessive)
            who = (struct patients){name, name + 1};
        if (page->name_of[i - 1] || !is_before_name(page, i - 1))
            break;
    }
    if (who.to == who.from)
        return nobody;
    size_t behind = page->names[who.to - 1].end;
    size_t first = page->names[who.from].first < o->first ? page->names[who.from].first : o->first;
    size_t after = behind > o->end ? behind : o->end;
    size_t end = after + 4 < p->end ? after + 4 : p->end;
    return is_unreal_before(page, p, first) || is_unreal(page, after, end) ? nobody : who;
}

/* "X, arrested on Monday"; in a heading "X arrested" */
static struct patients beside(const struct page *page, const struct passage *p,
                              const struct occurrence *o)
{
    const struct tokens *t = &page->tokens;
    size_t begin = o->first;
    while (begin > p->first && has_class(page, begin - 1, WORD_ADVERB))
        begin--;
    if (begin == p->first)
        return nobody;
    bool heading = p->headline || !token_is_mark(t, p->end - 1, '.');
    bool pause = is_pause(page, begin - 1);
    bool ends = o->end >= p->end || t->at[o->end].shape == SHAPE_MARK || page->date_of[o->end] ||
                has_class(page, o->end, WORD_PREPOSITION) || has_class(page, o->end, WORD_CLAUSE) ||
                page_particle(page, o->end, "and");
    return ends && (pause || heading) ? one(page, name_ending(page, p, pause ? begin - 1 : begin))
                                      : nobody;
}

static struct patients of_subject(const struct page *page, const struct occurrence *o,
                                  const struct earlier *before)
{
    const struct passage *p = &page->passages[o->passage];
    size_t verb = verb_begins(page, p, o->first);
    struct patients who = subject_of(page, o, verb, before);
    if (who.to == who.from)
        return nobody;
    const struct name *last = &page->names[who.to - 1];
    size_t from = last->passage == o->passage && last->end < verb ? last->end : verb;
    if (who.from == before->who.from && before->passage == o->passage)
        from = verb;
    bool unreal =
        is_unreal(page, from, o->first) ||
        (last->passage == o->passage && is_unreal_before(page, p, page->names[who.from].first));
    return unreal ? nobody : who;
}

static bool is_joined_participle(const struct page *page, const struct occurrence *o,
                                 const struct earlier *before)
{
    if (before->passage != o->passage || before->who.to == before->who.from ||
        before->end >= o->first)
        return false;
    return page_particle(page, o->first - 1, "and") && !has_class(page, o->end, WORD_DETERMINER) &&
           !has_class(page, o->end, WORD_PRONOUN) && !has_class(page, o->end, WORD_POPULATION) &&
           person_over(page, o->end) == SIZE_MAX;
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
    if (kind == KIND_NOUN)
        return of_noun(page, p, o);
    if (kind == KIND_INTRANSITIVE || kind == KIND_PREDICATE || is_passive(page, p, o->first) ||
        is_joined_participle(page, o, before))
        return of_subject(page, o, before);
    struct patients who = governed(page, p, o->end);
    if (who.to > who.from)
        return is_unreal_before(page, p, o->first) ? nobody : who;
    return kind == KIND_PARTICIPLE ? beside(page, p, o) : nobody;
}

/* "...", said X; "according to X" */
static struct patients speaker_behind(const struct page *page, const struct passage *p, size_t end)
{
    struct patients who = governed(page, p, end);
    return who.to > who.from ? (struct patients){who.from, who.from + 1} : nobody;
}

static bool is_quote_end(const struct page *page, const struct passage *p, size_t i)
{
    const struct token *t = i > p->first ? &page->tokens.at[i - 1] : NULL;
    return t && t->shape == SHAPE_MARK &&
           (is_pause(page, i - 1) || t->word.at[0] == '"' || (unsigned char)t->word.at[0] >= 0x80 ||
            strchr("'?!.", t->word.at[0]));
}

struct patients speaker_of(const struct page *page, const struct occurrence *o)
{
    static const struct earlier none = {.passage = SIZE_MAX};
    const struct passage *p = &page->passages[o->passage];
    if (p->verb_final)
        return speaker_verb_final(page, o);
    if (has_class(page, o->first, WORD_ACCORDING))
        return speaker_behind(page, p, o->end);
    if (is_passive(page, p, o->first))
        return nobody;
    size_t verb = verb_begins(page, p, o->first);
    bool relative = verb > p->first && page_particle(page, verb - 1, "relative");
    bool pronoun = verb > p->first && page_particle(page, verb - 1, "he");
    struct patients who = relative || pronoun ? nobody : subject_of(page, o, verb, &none);
    if (who.to > who.from)
        return (struct patients){who.to - 1, who.to};
    return is_quote_end(page, p, o->first) ? speaker_behind(page, p, o->end) : nobody;
}

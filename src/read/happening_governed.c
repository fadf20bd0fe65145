#include "read/happening_int.h"

enum {
    OBJECT_WORDS = 5,
    CLAUSE_WORDS = 24,
    RELATIVE_WORDS = 7,
    WANTED_WORDS = 5,
    UPON_WORDS = 8,
    NAMED_WORDS = 12,
    UNDONE_WORDS = 7
};

static bool counts_somebody(const struct counted *c)
{
    return c->population && c->population->kind != KIND_PLACES && c->population->kind != KIND_EVENT;
}

static bool governs(const struct page *page, size_t first, size_t i)
{
    const struct tokens *t = &page->tokens;
    bool infinitive = i > first && page_particle(page, i - 1, "to") && is_open_word(page, i);
    bool opens = i == first || t->at[i - 1].shape == SHAPE_MARK ||
                 page_particle(page, i - 1, "and") || token_is(t, i - 1, WORD_ADVERB, NULL, NULL) ||
                 token_is(t, i - 1, WORD_PREPOSITION, NULL, NULL);
    return infinitive || (is_open_verb(page, i, opens ? VERB_BEFORE : VERB_BEHIND) &&
                          !(i > first && token_is(t, i - 1, WORD_DETERMINER, NULL, NULL)));
}

/* "the sentences delivered today against N", "imposed a prison term on N" */
static bool noun_upon(const struct page *page, size_t first, size_t against, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    unsigned kinds = KINDS_OF(KIND_NOUN) | KINDS_OF(KIND_RESULT);
    for (size_t k = against; k > first && against - k < UPON_WORDS; k--) {
        if (event_before(t, first, k, kinds, &h->event, &h->first)) {
            h->end = against + 1;
            h->rule = RULE("a noun and against before the number");
            return true;
        }
        if (t->at[k - 1].shape == SHAPE_MARK || token_is(t, k - 1, WORD_CLAUSE, NULL, NULL) ||
            token_is(t, k - 1, WORD_SAY, NULL, NULL) ||
            token_is(t, k - 1, WORD_AUXILIARY, NULL, NULL))
            return false;
    }
    return false;
}

/* "death sentences were handed down to N", "prison terms imposed on N" */
static bool pronounced_on(const struct page *page, size_t first, size_t to, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    const unsigned kinds = KINDS_OF(KIND_NOUN) | KINDS_OF(KIND_RESULT);
    bool given = false;
    for (size_t k = to; k > first && to - k < UPON_WORDS; k--) {
        given |= page_particle(page, k - 1, "given") || page_particle(page, k - 1, "issued");
        if (given && event_before(t, first, k - 1, kinds, &h->event, &h->first)) {
            h->end = to + 1;
            h->rule = RULE("what was pronounced on them");
            return true;
        }
        if ((t->at[k - 1].shape == SHAPE_MARK && !page->date_of[k - 1]) ||
            token_is(t, k - 1, WORD_CLAUSE, NULL, NULL))
            return false;
    }
    return false;
}

/* "a list of N individuals", "the list names N groups" */
static bool on_a_list(const struct page *page, size_t first, size_t i, struct happening *h)
{
    static const struct entry listed = {.class = WORD_EVENT, .value = {"other:listed", 12}};
    size_t list = i >= first + 2 ? i - 2 : first;
    bool tied = i >= first + 2 &&
                (page_particle(page, i - 1, "of") || page_particle(page, i - 1, "comprises"));
    if (!tied || !page_particle(page, list, "roll"))
        return false;
    *h = (struct happening){
        .event = &listed, .first = list, .end = i, .rule = RULE("those on a list are counted")};
    return true;
}

/* "was arrested along with N supporters" */
static bool along_with(const struct page *page, size_t first, size_t i, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    size_t begin = 0;
    if (!page_particle_before(page, i, "along", &begin))
        return false;
    for (size_t k = begin; k > first && begin - k < UPON_WORDS; k--) {
        if (event_before(t, first, k, KINDS_OF(KIND_PARTICIPLE), &h->event, &h->first)) {
            h->end = i;
            h->rule = RULE("it happened to those just named");
            return true;
        }
        if (token_is(t, k - 1, WORD_CLAUSE, NULL, NULL) || token_is(t, k - 1, WORD_SAY, NULL, NULL))
            return false;
    }
    return false;
}

/* "filed 6 cases", "unable to locate 11 supporters", "issued notices to 47 reporters" */
static bool governed(const struct page *page, const struct number *n, const struct counted *c,
                     size_t first, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    size_t i = skip_back(page, first, n->from);
    if (!counts_somebody(c) || i == first)
        return false;
    if (on_a_list(page, first, i, h) || along_with(page, first, i, h) ||
        (page_particle(page, i - 1, "target") && pronounced_on(page, first, i - 1, h)))
        return true;
    if (governs(page, first, i - 1))
        return open_event(page, i - 1, i, RULE("a verb by its ending, before the number"), h);
    if (page_particle(page, i - 1, "upon") && noun_upon(page, first, i - 1, h))
        return true;
    bool target = page_particle(page, i - 1, "target") || page_particle(page, i - 1, "to");
    for (size_t k = i - 1; target && k > first && i - k <= OBJECT_WORDS; k--) {
        if (t->at[k - 1].shape == SHAPE_MARK || token_is(t, k - 1, WORD_CLAUSE, NULL, NULL) ||
            token_is(t, k - 1, WORD_SAY, NULL, NULL) || page->date_of[k - 1])
            return false;
        if (k < i - 1 && governs(page, first, k - 1))
            return open_event(page, k - 1, i, RULE("a verb by its ending and its object"), h);
    }
    return false;
}

/* "the deployment of 300 soldiers", "a demonstration of hundreds of workers" */
static bool open_noun(const struct page *page, const struct number *n, const struct counted *c,
                      size_t first, struct happening *h)
{
    static const struct entry gathered = {.class = WORD_EVENT, .value = {"other:marched", 13}};
    static const struct entry stated = {.class = WORD_EVENT, .value = {"other:statement", 15}};
    const struct tokens *t = &page->tokens;
    const struct entry *noun = NULL;
    size_t i = skip_back(page, first, n->from);
    bool by = i > first && page_particle(page, i - 1, "by");
    if (!counts_somebody(c) || i < first + 2 || !(by || page_particle(page, i - 1, "of")))
        return false;
    size_t at = i - 2;
    const struct entry *event = NULL;
    if (token_is(t, at, WORD_POPULATION, &noun, NULL) && str_equal(noun->value, STR("gatherings")))
        event = &gathered;
    else if (by && page_particle(page, at, "paper"))
        event = &stated;
    if (!event)
        return !by && is_open_verb(page, at, VERB_NOUN) &&
               open_event(page, at, i, RULE("a noun by its ending, before the number"), h);
    *h = (struct happening){
        .event = event, .first = at, .end = i, .rule = RULE("a noun before the number")};
    return true;
}

/* "sentenced Morsi and 100 others to death" */
static void result_behind(const struct page *page, const struct counted *c, struct happening *h)
{
    const struct entry *result = NULL;
    size_t end = 0;
    if (!str_equal(h->event->value, STR("convicted")) ||
        !event_at(&page->tokens, c->end, page->tokens.count, KINDS_OF(KIND_RESULT), &result, &end))
        return;
    h->event = result;
    h->end = end;
}

/* "acquitted Morsi and 14 others", "the arrest of Tlang and nine others" */
bool with_the_named(const struct page *page, const struct number *n, const struct counted *c,
                    size_t first, bool noun, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    size_t i = skip_back(page, first, n->from), k = i;
    if (i < first + 3 || !page_particle(page, i - 1, "and"))
        return false;
    bool named = false;
    for (k = i - 1; k > first && i - k < NAMED_WORDS; k--) {
        bool capital = t->at[k - 1].shape == SHAPE_CAPITAL || t->at[k - 1].shape == SHAPE_UPPER;
        bool one = token_has(t, k - 1, WORD_POPULATION);
        if (!page->name_of[k - 1] && !capital && !one && !token_is_mark(t, k - 1, ',') &&
            !token_has(t, k - 1, WORD_TITLE) && !token_has(t, k - 1, WORD_DETERMINER))
            break;
        named |= page->name_of[k - 1] || capital || one;
    }
    unsigned kinds = noun ? KINDS_OF(KIND_NOUN) : KINDS_OF(KIND_ACTIVE) | KINDS_OF(KIND_PARTICIPLE);
    bool of = noun && k > first && page_particle(page, k - 1, "of");
    if (!named || of != noun || !event_before(t, first, k - of, kinds, &h->event, &h->first))
        return false;
    h->end = i;
    h->rule = RULE("it happened to those just named");
    result_behind(page, c, h);
    return true;
}

/* the first verb of the clause from token i on: a known one, or one by its ending */
static bool clause_verb(const struct page *page, size_t i, size_t limit, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    unsigned kinds = KINDS_OF(KIND_PARTICIPLE) | KINDS_OF(KIND_INTRANSITIVE) |
                     KINDS_OF(KIND_PREDICATE) | KINDS_OF(KIND_ACTIVE);
    for (size_t k = i; k < limit && k < i + CLAUSE_WORDS; k++) {
        if (event_at(t, k, limit, kinds, &h->event, &h->end)) {
            h->first = k;
            h->rule = RULE("what happened in so many cases");
            h->what = STR("other:cases");
            return true;
        }
        if (is_open_verb(page, k, VERB_BEHIND))
            return open_event(page, k, k + 1, RULE("what happened in so many cases"), h);
    }
    return false;
}

/* "in 9 cases, police VERBED them"; "they VERBED people in 115 instances" */
bool in_cases(const struct page *page, const struct number *n, const struct counted *c,
              const struct passage *p, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    size_t i = skip_back(page, p->first, n->from);
    bool cases = c->population && c->population->kind == KIND_CONTAINER && i > p->first &&
                 page_particle(page, i - 1, "within");
    if (!cases || page_particle(page, c->end, "of"))
        return false;
    if (i - 1 == p->first || t->at[i - 2].shape == SHAPE_MARK)
        return clause_verb(page, c->end, p->end, h);
    unsigned kinds = KINDS_BEHIND | KINDS_OF(KIND_NOUN) | KINDS_OF(KIND_ACTIVE);
    for (size_t k = i - 1; k > p->first && i - k < HAPPENING_REACH; k--)
        if (event_before(t, p->first, k, kinds, &h->event, &h->first)) {
            h->end = k;
            h->rule = RULE("cases of the happening before");
            h->what = STR("other:cases");
            return true;
        }
    return false;
}

/* "the 6,000 operations the police have conducted", "five bodies that she had examined" */
static bool object_relative(const struct page *page, const struct counted *c, size_t limit,
                            struct happening *h)
{
    const struct tokens *t = &page->tokens;
    size_t i = c->end + page_particle(page, c->end, "relative");
    bool subject = i < limit && (page->name_of[i] || token_is(t, i, WORD_PRONOUN, NULL, NULL) ||
                                 token_is(t, i, WORD_DETERMINER, NULL, NULL));
    for (size_t k = i + 1; subject && k < limit && k < i + RELATIVE_WORDS; k++) {
        if (t->at[k].shape == SHAPE_MARK)
            return false;
        if (is_open_verb(page, k, VERB_BEHIND))
            return open_event(page, k, k + 1, RULE("a verb by its ending, in a relative clause"),
                              h);
    }
    return false;
}

static bool open_statement(size_t i, struct happening *h)
{
    static const struct entry stated = {.class = WORD_EVENT, .value = {"other:statement", 15}};
    *h = (struct happening){.event = &stated,
                            .first = i,
                            .end = i + 1,
                            .rule = RULE("the counted speak"),
                            .open = true};
    return true;
}

/* "thousands of people like him renewed", "two of those present refused": the first verb after
 * what describes them */
static bool late_verb(const struct page *page, const struct counted *c, size_t limit,
                      struct happening *h)
{
    const struct tokens *t = &page->tokens;
    size_t i = c->end;
    if (i >= limit || !token_is(t, i, WORD_PREPOSITION, NULL, NULL))
        return false;
    for (size_t k = i + 1; k < limit && k < i + 2 * RELATIVE_WORDS; k++) {
        if (t->at[k].shape == SHAPE_MARK || token_is(t, k, WORD_CLAUSE, NULL, NULL) ||
            page_particle(page, k, "relative"))
            return false;
        if (token_is(t, k, WORD_SAY, NULL, NULL))
            return token_has(t, k + 1, WORD_DETERMINER) && open_statement(k, h);
        bool described = token_is(t, k - 1, WORD_DETERMINER, NULL, NULL) ||
                         token_is(t, k - 1, WORD_AUXILIARY, NULL, NULL);
        if (!described && is_open_verb(page, k, VERB_BEHIND))
            return open_event(page, k, k + 1, RULE("a verb by its ending"), h);
    }
    return false;
}

/* "those arrested included N": what befell those of whom they are a part */
bool included(const struct page *page, const struct number *n, size_t first, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    size_t begin = 0;
    if (!token_is_before_kind(t, n->from, WORD_PART, KIND_NONE, NULL, &begin) || begin <= first)
        return false;
    unsigned kinds = KINDS_OF(KIND_PARTICIPLE) | KINDS_OF(KIND_NOUN) | KINDS_OF(KIND_PREDICATE);
    bool behind = token_is_kind(t, begin, WORD_PART, KIND_AFTER, NULL, NULL) ||
                  (begin > first && token_has(t, begin - 1, WORD_PREPOSITION));
    size_t end = begin;
    while (!behind && end > first && begin - end < HAPPENING_REACH &&
           !(event_before(t, first, end, kinds, &h->event, &h->first) && h->first > first &&
             page_particle(page, h->first - 1, "those")))
        end--;
    bool met = !behind && end > first && begin - end < HAPPENING_REACH;
    for (size_t i = end; met && i < begin; i++)
        met = t->at[i].shape != SHAPE_NUMBER && !token_has(t, i, WORD_NUMBER) &&
              !token_has(t, i, WORD_CLAUSE) && !token_is_mark(t, i, ';');
    if (!met)
        return false;
    h->end = end == begin ? n->from : end;
    h->rule = RULE("those to whom it happened stand first");
    return true;
}

bool of_those(const struct page *page, const struct number *n, size_t first, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    const unsigned kinds = KINDS_OF(KIND_PARTICIPLE) | KINDS_OF(KIND_PREDICATE);
    size_t begin = 0, end = 0, i = first + 1;
    bool among =
        page_particle(page, first, "of") || page_particle_phrase(page, first, "among", &begin);
    if (!among || !page_particle(page, i, "those") || n->from < first + 4)
        return false;
    i++;
    while (i < n->from && i < first + 5 && !event_at(t, i, n->from, kinds, &h->event, &end))
        i++;
    if (end == 0 || end >= n->from || n->from - end > NAMED_WORDS)
        return false;
    bool comma = false;
    for (size_t k = end; k < n->from; k++) {
        comma |= token_is_mark(t, k, ',');
        if (token_has(t, k, WORD_CLAUSE) || token_has(t, k, WORD_EVENT) ||
            token_is_mark(t, k, ';') || (comma && t->at[k].shape == SHAPE_NUMBER))
            return false;
    }
    h->first = first;
    h->end = end;
    h->rule = RULE("those to whom it happened stand first");
    h->shared = true;
    return comma;
}

/* "recorded 42 protests": they took place */
static bool recorded(const struct page *page, const struct number *n, const struct counted *c,
                     size_t first, struct happening *h)
{
    static const struct entry held = {.class = WORD_EVENT, .value = {"other:held", 10}};
    static const struct entry found = {.class = WORD_EVENT, .value = {"other:found", 11}};
    size_t i = skip_back(page, first, n->from);
    bool bodies = str_equal(c->what, STR("other:bodies"));
    bool seen = bodies && i > first && page_particle(page, i - 1, "sees");
    if ((!bodies && !str_equal(c->what, STR("gatherings"))) || i == first ||
        (!seen && !page_particle(page, i - 1, "counts")))
        return false;
    *h = (struct happening){.event = bodies ? &found : &held,
                            .first = i - 1,
                            .end = i,
                            .rule = RULE("happenings are counted")};
    return true;
}

bool governing(const struct page *page, const struct number *n, const struct counted *c,
               const struct passage *p, struct happening *h)
{
    return recorded(page, n, c, p->first, h) || governed(page, n, c, p->first, h) ||
           open_noun(page, n, c, p->first, h) ||
           (counts_somebody(c) &&
            (object_relative(page, c, p->end, h) || late_verb(page, c, p->end, h)));
}

/* the way in which what a phrase that ends right before token `end` governs has not happened yet */
static const char *way_before(const struct page *page, size_t first, size_t end)
{
    size_t begin = 0;
    const char *way = page_particle_before(page, end, "demanded", &begin)    ? "demanded"
                      : page_particle_before(page, end, "planned", &begin)   ? "planned"
                      : page_particle_before(page, end, "attempted", &begin) ? "attempted"
                      : page_particle_before(page, end, "prevented", &begin) ? "prevented"
                                                                             : NULL;
    return begin >= first ? way : NULL;
}

/* backwards from token i to a word that makes what it governs a wish, a plan or an attempt */
static const char *wanted_before(const struct page *page, size_t first, size_t i)
{
    const struct tokens *t = &page->tokens;
    size_t told = 0;
    for (size_t k = i; k > first && i - k < WANTED_WORDS + told; k--) {
        const char *way = way_before(page, first, k);
        if (way)
            return way;
        if (page_particle(page, k - 1, "to"))
            told = RELATIVE_WORDS;
        if (t->at[k - 1].shape == SHAPE_MARK || t->at[k - 1].shape == SHAPE_NUMBER ||
            token_is(t, k - 1, WORD_AUXILIARY, NULL, NULL) ||
            token_is(t, k - 1, WORD_CLAUSE, NULL, NULL) ||
            token_is(t, k - 1, WORD_VERB, NULL, NULL))
            return NULL;
    }
    return NULL;
}

/* "the release of N reporters who were detained": what did happen to them */
static bool right_behind(const struct page *page, const struct counted *c, size_t limit,
                         struct happening *h)
{
    const struct tokens *t = &page->tokens;
    size_t i = c->end, end = 0;
    while (i < limit && i < c->end + 3 &&
           (page_particle(page, i, "relative") || token_is(t, i, WORD_AUXILIARY, NULL, NULL)))
        i++;
    const struct entry *event = NULL;
    if (!event_at(t, i, limit, KINDS_BEHIND, &event, &end))
        return false;
    *h = (struct happening){
        .event = event, .first = i, .end = end, .rule = RULE("what befell those it is wanted for")};
    return true;
}

/* where verbs end the clause, "will be freed", "the execution of N was stopped": how what is said
 * has not happened */
static const char *undone_behind(const struct page *page, const struct counted *c, size_t limit,
                                 const struct happening *h)
{
    const struct entry *event = NULL;
    size_t end = 0, from = h->end > c->end ? h->end : c->end;
    if (page_particle(page, from, "will") ||
        (h->end > 0 && page_particle(page, h->end - 1, "will")))
        return "planned";
    bool executed = str_equal(h->event->value, STR("executed")) && h->first < c->first;
    for (size_t i = c->end; executed && i < limit && i < c->end + UNDONE_WORDS; i++) {
        if (event_at(&page->tokens, i, limit, KINDS_OF(KIND_RESULT), &event, &end))
            return str_equal(event->value, STR("other:overturned")) ? "prevented" : NULL;
        if (token_is(&page->tokens, i, WORD_VERB, NULL, NULL))
            return NULL;
    }
    return NULL;
}

void not_yet(const struct page *page, const struct number *n, const struct counted *c,
             const struct passage *p, struct happening *h)
{
    size_t from = p->verb_final && n->from < h->first ? n->from : h->first;
    if (h->implied || (h->first > n->from && !p->verb_final))
        return;
    const char *way = wanted_before(page, p->first, from);
    if (!way && p->verb_final)
        way = undone_behind(page, c, p->end, h);
    if (!way || (!p->verb_final && right_behind(page, c, p->end, h)))
        return;
    struct str label = h->event->value, other = STR("other:");
    if (str_starts(label, other))
        label = str_slice(label, other.len, label.len);
    struct entry *event = arena_alloc(page->arena, sizeof *event);
    *event = *h->event;
    event->value = arena_print(page->arena, "other:%.*s_%s", STR_ARG(label), way);
    h->event = event;
}

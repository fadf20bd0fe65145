#include "read/number_int.h"

enum { WHOLE_REACH = 12, WHOLE_WORDS = 5 };

static bool is_year(const struct page *page, const struct number *n)
{
    const struct token *t = &page->tokens.at[n->first];
    bool plain = n->end == n->first + 1 && t->shape == SHAPE_NUMBER && t->word.len == 4;
    return plain && ((n->low >= 1300 && n->low <= 1420) || (n->low >= 1900 && n->low <= 2100));
}

/* "2,024 persons" may be 2024 of them; "the 2020 protests" are of that year */
static bool counts_persons(const struct page *page, const struct number *n)
{
    const struct entry *counted = NULL;
    bool of_late = n->bound == BOUND_EXACT &&
                   ((n->low >= 1357 && n->low <= 1410) || (n->low >= 1970 && n->low <= 2030));
    return token_is(&page->tokens, n->end, WORD_POPULATION, &counted, NULL) &&
           counted->kind != KIND_CONTAINER && !(of_late && counted->kind == KIND_EVENT) &&
           !str_equal(counted->value, STR("gatherings"));
}

static bool is_glued(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    const struct token *first = &t->at[n->first];
    if (first->shape != SHAPE_NUMBER || first->spaced || n->first == 0 || first->lines)
        return false;
    const struct token *before = &t->at[n->first - 1];
    bool mistyped = token_is_mark(t, n->first - 1, ',') && n->first > 1 &&
                    t->at[n->first - 2].shape != SHAPE_NUMBER &&
                    token_is(t, n->end, WORD_POPULATION, NULL, NULL);
    if (mistyped)
        return false;
    return before->shape != SHAPE_MARK ||
           (before->word.len == 1 && strchr(".,;:\"')]!?#/-$+", before->word.at[0]) &&
            !before->spaced);
}

static bool follows_unit(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    size_t next = n->end;
    if (token_is_mark(t, next, '-') && !t->at[next].spaced)
        next++;
    size_t unit_end = 0, counted_end = 0;
    if (!token_is(t, next, WORD_UNIT, NULL, &unit_end) &&
        !token_is(t, n->end, WORD_UNIT, NULL, &unit_end))
        return false;
    return !token_is(t, next, WORD_POPULATION, NULL, &counted_end) || counted_end < unit_end;
}

/* "the mother of two protesters who were killed": what befell them is said, too */
static bool are_kin_of_theirs(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    const struct entry *kin = NULL;
    size_t limit = page->passages[n->passage].end, end = n->end;
    bool of =
        token_is_before(t, n->first, WORD_LABEL, &kin, NULL) && str_equal(kin->value, STR("kin"));
    for (size_t i = n->end; of && i < limit && i < n->end + WHOLE_WORDS; i++) {
        if (token_is(t, i, WORD_EVENT, NULL, &end))
            return i > n->end || token_is(t, i, WORD_POPULATION, NULL, NULL);
        if (t->at[i].shape == SHAPE_MARK || token_is(t, i, WORD_VERB, NULL, NULL))
            return false;
    }
    return false;
}

static bool names_something(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    if (are_kin_of_theirs(page, n))
        return false;
    size_t before = n->first;
    if (before && token_is_mark(t, before - 1, '.'))
        before--;
    bool dated = before && page->date_of[before - 1] && !n->vague;
    if (dated && (token_has(t, n->first, WORD_NUMBER) ||
                  (token_has(t, before - 1, WORD_UNIT) && page_particle(page, n->end, "of"))))
        return false;
    bool definite = before > 1 && token_has(t, before - 2, WORD_DETERMINER) &&
                    token_is(t, n->end, WORD_POPULATION, NULL, NULL) &&
                    (token_has(t, before - 1, WORD_UNIT) || t->at[before - 1].shape == SHAPE_LOWER);
    if (definite)
        return false;
    return token_is_before(t, n->first, WORD_LABEL, NULL, NULL) ||
           token_is_before(t, before, WORD_LABEL, NULL, NULL) ||
           token_is_before(t, n->from, WORD_LABEL, NULL, NULL);
}

static bool is_money(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    return token_is_before(t, n->first, WORD_MONEY, NULL, NULL) ||
           token_is(t, n->end, WORD_MONEY, NULL, NULL);
}

/* "of 290 members" behind another number: only the whole */
static bool is_whole(const struct page *page, const struct number *n)
{
    size_t i = n->from;
    size_t first = page->passages[n->passage].first;
    while (i > first && n->from - i < 3) {
        if (i > first + 1 && page_particle(page, i - 1, "of")) {
            const struct token *before = &page->tokens.at[i - 2];
            if (i > first + 2 && token_is(&page->tokens, i - 2, WORD_COUNTER, NULL, NULL))
                before--;
            if (token_is_before(&page->tokens, i, WORD_LABEL, NULL, NULL) ||
                token_is(&page->tokens, i - 2, WORD_NEGATION, NULL, NULL))
                return true;
            const struct entry *unit = NULL;
            size_t at = (size_t)(before - page->tokens.at);
            bool share = token_is(&page->tokens, at, WORD_UNIT, &unit, NULL) &&
                         str_equal(unit->value, STR("share"));
            return share || before->shape == SHAPE_NUMBER ||
                   token_has(&page->tokens, at, WORD_NUMBER);
        }
        if (!page->tokens.at[i - 1].possessive &&
            !token_is(&page->tokens, i - 1, WORD_DETERMINER, NULL, NULL))
            break;
        i--;
    }
    return false;
}

/* "of 120 students, 45", "among the 59 accused, 23": the sentence opens with the whole */
static bool opens_with_whole(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    const struct passage *p = &page->passages[n->passage];
    size_t opened = p->first;
    bool opens = page_particle(page, p->first, "of") ||
                 page_particle_phrase(page, p->first, "among", &opened);
    if (!opens || n->from > (opened > p->first ? opened : p->first + 1) + 1)
        return false;
    bool comma = false;
    for (size_t i = n->end; i < p->end && i < n->end + WHOLE_REACH; i++) {
        comma |= page_particle(page, i, "comma") || token_is_mark(t, i, ',');
        if (comma && !page->date_of[i] &&
            (t->at[i].shape == SHAPE_NUMBER || token_is(t, i, WORD_NUMBER, NULL, NULL)))
            return true;
        if (token_is(t, i, WORD_VERB, NULL, NULL) || page_particle(page, i, "relative") ||
            (!p->verb_final && !comma && token_has(t, i, WORD_EVENT)))
            return false;
    }
    return false;
}

static bool is_clock(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    return (token_is_mark(t, n->end, ':') || token_is_mark(t, n->end, '/')) &&
           n->end + 1 < t->count && !t->at[n->end].spaced && !t->at[n->end + 1].spaced &&
           t->at[n->end + 1].shape == SHAPE_NUMBER;
}

/* "2/ X", "۲- X": it numbers a line */
static bool is_item(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    bool opens = t->at[n->first].shape == SHAPE_NUMBER && n->end == n->first + 1 &&
                 (n->first == 0 || t->at[n->first].lines > 0);
    const struct token *mark = opens && n->end + 1 < t->count ? &t->at[n->end] : NULL;
    return mark && mark->shape == SHAPE_MARK && !mark->spaced && !mark->lines &&
           strchr("-/)", mark->word.at[0]) && t->at[n->end + 1].shape != SHAPE_NUMBER;
}

/* "#no_to_N": part of a tag */
static bool is_tag(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    bool before = n->first > 0 && !t->at[n->first].spaced &&
                  (token_is_mark(t, n->first - 1, '#') || token_is_mark(t, n->first - 1, '_'));
    return before || (n->end < t->count && token_is_mark(t, n->end, '_') && !t->at[n->end].spaced);
}

/* "the Kashgar 9": a number that belongs to a name and counts nobody else */
static bool is_in_name(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    const struct passage *p = &page->passages[n->passage];
    size_t first = n->first;
    while (first > p->first && t->at[first - 1].shape == SHAPE_CAPITAL &&
           !token_is(t, first - 1, WORD_DETERMINER, NULL, NULL))
        first--;
    bool named = n->from == n->first && first < n->first && !p->headline &&
                 n->end == n->first + 1 && t->at[n->first].shape == SHAPE_NUMBER &&
                 !token_is(t, n->end, WORD_POPULATION, NULL, NULL) &&
                 !token_is(t, n->end, WORD_EVENT, NULL, NULL);
    bool closed = n->end == p->end || t->at[n->end].shape == SHAPE_MARK;
    return named &&
           (closed || first == p->first || token_is(t, first, WORD_DETERMINER, NULL, NULL) ||
            token_is(t, first - 1, WORD_DETERMINER, NULL, NULL));
}

/* groups of digits side by side: a telephone or case number */
static bool is_code(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    if (t->at[n->first].shape != SHAPE_NUMBER)
        return false;
    bool before =
        n->first > 0 && t->at[n->first - 1].shape == SHAPE_NUMBER && !page->date_of[n->first - 1];
    bool behind = n->end < t->count && t->at[n->end].shape == SHAPE_NUMBER &&
                  !t->at[n->end].lines && !page->date_of[n->end];
    return before || behind;
}

static bool is_comma(const struct page *page, size_t i)
{
    return token_is_mark(&page->tokens, i, ',') || page_particle(page, i, "comma");
}

/* "between five and nine years", "sentences of nine, seven and eight years" */
static bool shares_unit(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    size_t i = n->end, limit = page->passages[n->passage].end;
    for (size_t joined = 0; i + 1 < limit && i < n->end + WHOLE_REACH; joined++) {
        bool joint = is_comma(page, i) || page_particle(page, i, "and") ||
                     token_is(t, i, WORD_RANGE, NULL, NULL) || page_particle(page, i, "or");
        i += is_comma(page, i) && page_particle(page, i + 1, "and");
        bool number = i + 1 < limit &&
                      (t->at[i + 1].shape == SHAPE_NUMBER || token_has(t, i + 1, WORD_NUMBER));
        if (!joint || !number)
            return joined && token_is(t, i, WORD_UNIT, NULL, NULL) &&
                   !token_is(t, i, WORD_POPULATION, NULL, NULL);
        i += 2;
    }
    return false;
}

/* "four in ten prisoners": a share */
static bool is_ratio(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    bool round = n->high == 3 || n->high == 4 || n->high == 5 || n->high == 10 || n->high == 100;
    return round && n->from > 1 && n->from == n->first &&
           page_particle(page, n->first - 1, "within") && token_has(t, n->first - 2, WORD_NUMBER) &&
           token_has(t, n->first, WORD_NUMBER);
}

/* "between May 18 and 22": a day beside a date */
static bool is_day(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    size_t i = n->from;
    if (n->high > 31 || n->bound != BOUND_EXACT || t->at[n->first].shape != SHAPE_NUMBER ||
        token_is(t, n->end, WORD_POPULATION, NULL, NULL) ||
        token_is(t, n->end, WORD_EVENT, NULL, NULL) || i < 2)
        return false;
    return page->date_of[i - 2] && t->at[i - 2].shape == SHAPE_NUMBER &&
           page_particle(page, i - 1, "and") && !token_is(t, n->end, WORD_AUXILIARY, NULL, NULL);
}

/* "Ayse Demir, 23, was", "Ayse Demir (23)": a bare number set off behind a person's name */
static bool is_age(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    if (n->from != n->first || n->low > 120 || n->first < page->passages[n->passage].first + 2)
        return false;
    uint32_t name = page->name_of[n->first - 2];
    if (!name || page->parties[page->names[name - 1].party].organisation)
        return false;
    if (token_is_mark(t, n->first - 1, '('))
        return token_is_mark(t, n->end, ')');
    return is_comma(page, n->first - 1) &&
           (n->end == page->passages[n->passage].end || is_comma(page, n->end) ||
            token_is_mark(t, n->end, '.') || token_is_mark(t, n->end, ';'));
}

/* "of the 20 people arrested", "one of five activists who were": the whole, with what befell it */
static bool is_described(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    size_t end = 0, behind = 0, limit = page->passages[n->passage].end;
    for (size_t i = n->end; i < limit && i < n->end + WHOLE_WORDS; i++) {
        if (t->at[i].shape == SHAPE_MARK || t->at[i].shape == SHAPE_NUMBER)
            return false;
        if (!token_is(t, i, WORD_POPULATION, NULL, &end))
            continue;
        if (token_is(t, end, WORD_POPULATION, NULL, NULL))
            continue;
        if (page_particle(page, end, "relative"))
            return token_is(t, end + 1, WORD_AUXILIARY, NULL, NULL);
        return token_is_kind(t, end, WORD_EVENT, KIND_PARTICIPLE, NULL, &behind) &&
               token_is(t, behind, WORD_PREPOSITION, NULL, NULL);
    }
    return false;
}

bool number_is_decoy(const struct page *page, struct number *n)
{
    for (size_t i = n->first; i < n->end; i++)
        if (page->date_of[i])
            return true;
    const struct tokens *t = &page->tokens;
    bool compound = token_is_mark(t, n->end, '-') && !t->at[n->end].spaced &&
                    n->end + 1 < t->count && !t->at[n->end + 1].spaced;
    bool described = !page->passages[n->passage].verb_final && is_described(page, n);
    n->whole = described && (is_whole(page, n) || names_something(page, n));
    return compound || n->low <= 0 || n->low > INT64_C(100000000) || is_glued(page, n) ||
           follows_unit(page, n) || (!n->vague && !n->whole && names_something(page, n)) ||
           is_money(page, n) || is_age(page, n) || is_day(page, n) || is_ratio(page, n) ||
           shares_unit(page, n) || is_in_name(page, n) || is_tag(page, n) || is_item(page, n) ||
           is_code(page, n) || (!n->whole && is_whole(page, n)) || opens_with_whole(page, n) ||
           is_clock(page, n) || (is_year(page, n) && !counts_persons(page, n));
}

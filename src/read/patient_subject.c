#include "read/patient_int.h"

enum {
    APPOSITION_LIMIT = 40,
    PHRASE_BEFORE = 5,
    TAIL_LIMIT = 16,
    OTHERS_LIMIT = 10,
    CLASSED_LIMIT = 16,
    SAID_LIMIT = 8
};

static const struct patients nobody;

bool is_pause(const struct page *page, size_t i)
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

/* "is believed to have been": what ends before `i` */
static bool is_told_so(const struct page *page, const struct passage *p, size_t i)
{
    return i > p->first + 1 && page_particle(page, i - 1, "to") &&
           (is_say(page, i - 2) || page_particle(page, i - 2, "deemed"));
}

/* back over "on 6 December 2019", "reportedly", "(22)" and the auxiliaries of the verb at `i` */
size_t verb_group(const struct page *page, const struct passage *p, size_t i)
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
        } else if (page_particle(page, i - 1, "being") && i > p->first + 1) {
            i--;
        } else if (is_told_so(page, p, i)) {
            i -= 2;
        } else if (token_is_mark(t, i - 1, ')') && i > p->first + 1 && !page->name_of[i - 2] &&
                   parenthesis(page, p, i - 1) < i - 1) {
            i = parenthesis(page, p, i - 1);
        } else {
            break;
        }
    }
    return i;
}

bool is_passive(const struct page *page, const struct passage *p, size_t i)
{
    for (size_t k = verb_group(page, p, i); k < i; k++)
        if (page_particle(page, k, "passive"))
            return true;
    return false;
}

/* the name is the head of its phrase: not "the lawyer of X", "according to X" */
static bool is_head(const struct page *page, const struct passage *p, size_t name)
{
    const struct tokens *t = &page->tokens;
    size_t first = page->names[patients_listed(page, name).from].first, begin = first;
    while (token_is_before(t, first, WORD_TITLE, NULL, &begin) && begin >= p->first)
        first = begin;
    for (size_t i = first; i > p->first && first - i < PHRASE_BEFORE; i--) {
        if (i == first && token_is_before(t, i, WORD_PART, NULL, NULL))
            return true;
        if (i == first && page_particle_before(page, i, "identified", &begin))
            return true;
        if (i == first && i > p->first + 1 && is_happening(page, i - 1) &&
            page_particle(page, i - 2, "relative"))
            return false;
        if (token_is_before(t, i, WORD_ACCORDING, NULL, NULL) || page_particle(page, i - 1, "of") ||
            page_particle(page, i - 1, "by"))
            return false;
        if (page->date_of[i - 1] || page->name_of[i - 1] || is_pause(page, i - 1) ||
            has_class(page, i - 1, WORD_PLACE) || is_say(page, i - 1) || t->at[i - 1].possessive)
            return true;
        bool clause = i == first && has_class(page, i - 1, WORD_CLAUSE);
        if (!clause && has_class(page, i - 1, WORD_PREPOSITION))
            return false;
        if (t->at[i - 1].shape == SHAPE_MARK || has_class(page, i - 1, WORD_CLAUSE) ||
            has_class(page, i - 1, WORD_AUXILIARY) || page_particle(page, i - 1, "relative"))
            return true;
    }
    return true;
}

/* a word with a capital right behind a name, which it belongs to */
static bool is_surname_apart(const struct page *page, size_t i)
{
    return page->tokens.at[i].shape == SHAPE_CAPITAL && !page->name_of[i] && !page->date_of[i] &&
           !page->tokens.at[i].possessive && person_over(page, i - 1) != SIZE_MAX;
}

size_t head_ending(const struct page *page, const struct passage *p, size_t end)
{
    if (end > p->first && token_is_mark(&page->tokens, end - 1, ')'))
        end = parenthesis(page, p, end - 1);
    if (end > p->first + 1 && is_surname_apart(page, end - 1))
        end--;
    size_t name = end > p->first ? person_over(page, end - 1) : SIZE_MAX;
    bool ends =
        name != SIZE_MAX && page->names[name].end == end && !page->tokens.at[end - 1].possessive;
    return ends && is_head(page, p, name) ? name : SIZE_MAX;
}

static struct patients one(const struct page *page, size_t name)
{
    return name == SIZE_MAX ? nobody : patients_listed(page, name);
}

static bool is_someone(struct patients who)
{
    return who.to > who.from;
}

/* a finite verb or a new beginning, which an apposition holds only behind "who" */
static bool is_finite(const struct page *page, size_t i)
{
    return is_say(page, i) || has_class(page, i, WORD_AUXILIARY);
}

/* back over "Dr.", "Senator" */
static size_t before_titles(const struct page *page, const struct passage *p, size_t first)
{
    size_t i = first, begin = first;
    while (i > p->first) {
        size_t end = token_is_mark(&page->tokens, i - 1, '.') ? i - 1 : i;
        if (!token_is_before(&page->tokens, end, WORD_TITLE, NULL, &begin) || begin < p->first)
            break;
        i = begin;
    }
    return i;
}

/* "X, a teacher from Shiraz, was", "X, who was born in Shiraz, was": the name before the pause at
 * `close` or before its apposition */
size_t name_apposed(const struct page *page, const struct passage *p, size_t close)
{
    const struct tokens *t = &page->tokens;
    size_t name = head_ending(page, p, close);
    bool finite = false;
    size_t first = name == SIZE_MAX ? 0 : page->names[patients_listed(page, name).from].first;
    size_t begin = 0;
    first = before_titles(page, p, first);
    if (first > p->first &&
        (is_pause(page, first - 1) || token_is_before(t, first, WORD_PART, NULL, NULL) ||
         page_particle_before(page, first, "identified", &begin)))
        return name;
    for (size_t i = close; i > p->first && close - i < APPOSITION_LIMIT; i--) {
        bool holds = !finite;
        if (is_pause(page, i - 1) && holds && (name = head_ending(page, p, i - 1)) != SIZE_MAX)
            return name;
        finite = !page_particle(page, i - 1, "relative") && !page_particle(page, i - 1, "whose") &&
                 (finite || is_finite(page, i - 1));
        if (token_is_mark(t, i - 1, ';') || token_is_mark(t, i - 1, ':'))
            break;
    }
    return SIZE_MAX;
}

/* "X was one of five teachers", "X, among those": whom the count is said of; `one` is its first
 * token */
static size_t name_counted(const struct page *page, const struct passage *p, size_t one)
{
    if (one > p->first && is_pause(page, one - 1))
        return head_ending(page, p, one - 1);
    if (one > p->first && has_class(page, one - 1, WORD_LIGHT))
        return head_ending(page, p, verb_group(page, p, one - 1));
    return one > p->first && has_class(page, one - 1, WORD_AUXILIARY)
               ? head_ending(page, p, verb_group(page, p, one))
               : SIZE_MAX;
}

static bool opens_description(const struct page *page, size_t i)
{
    if (page_particle(page, i, "whose"))
        return false;
    return has_class(page, i, WORD_DETERMINER) || has_class(page, i, WORD_ROLE) ||
           has_class(page, i, WORD_TITLE) || has_class(page, i, WORD_POPULATION);
}

size_t name_classed(const struct page *page, const struct passage *p, size_t end)
{
    size_t one = 0;
    for (size_t i = end; i > p->first && end - i < CLASSED_LIMIT; i--) {
        if (page_particle_before(page, i, "one_of", &one) && one >= p->first)
            return name_counted(page, p, one);
        if (is_pause(page, i - 1))
            return opens_description(page, i) ? head_ending(page, p, i - 1) : SIZE_MAX;
        bool finite = is_finite(page, i - 1) || is_happening(page, i - 1) ||
                      page_particle(page, i - 1, "relative") ||
                      has_class(page, i - 1, WORD_CLAUSE) || page_particle(page, i - 1, "and");
        if (finite || page->tokens.at[i - 1].shape == SHAPE_MARK ||
            person_over(page, i - 1) != SIZE_MAX)
            break;
    }
    return SIZE_MAX;
}

/* "X, a teacher who was", "X - citizens who have been": the name before what "who" goes on from */
size_t name_described(const struct page *page, const struct passage *p, size_t relative)
{
    /* "X, whose appeal was rejected and who": whom the first of the two goes on from */
    if (relative > p->first && page_particle(page, relative - 1, "and"))
        for (size_t i = relative - 1; i > p->first + 1 && relative - i < CLASSED_LIMIT; i--)
            if ((page_particle(page, i - 1, "relative") || page_particle(page, i - 1, "whose")) &&
                is_pause(page, i - 2))
                return name_described(page, p, i - 1);
    size_t end = relative > p->first && is_pause(page, relative - 1) ? relative - 1 : relative;
    size_t name = end > p->first && !page->tokens.at[end - 1].possessive
                      ? person_over(page, end - 1)
                      : SIZE_MAX;
    for (size_t i = relative; name == SIZE_MAX && i > p->first && relative - i < CLASSED_LIMIT;
         i--) {
        size_t begin = 0;
        if (page_particle_before(page, i, "one_of", &begin) && begin >= p->first)
            return name_counted(page, p, begin);
        bool closes =
            is_pause(page, i - 1) && i - 1 > p->first && token_is_mark(&page->tokens, i - 2, ')');
        if (closes && parenthesis(page, p, i - 2) < i - 2) {
            name = head_ending(page, p, parenthesis(page, p, i - 2));
            i = parenthesis(page, p, i - 2) + 1;
            continue;
        }
        if (is_pause(page, i - 1))
            return page_particle(page, relative, "whom") && i - 1 > p->first
                       ? person_over(page, i - 2)
                       : head_ending(page, p, i - 1);
        if (token_is_mark(&page->tokens, i - 1, ')') && parenthesis(page, p, i - 1) < i - 1) {
            i = parenthesis(page, p, i - 1) + 1;
            continue;
        }
        if (page->tokens.at[i - 1].shape == SHAPE_MARK || is_finite(page, i - 1) ||
            person_over(page, i - 1) != SIZE_MAX)
            break;
    }
    return name;
}

/* "X, the attorney for Y was": a description that nothing closes */
static size_t name_unclosed(const struct page *page, const struct passage *p, size_t verb)
{
    for (size_t i = verb; i > p->first && verb - i < TAIL_LIMIT; i--) {
        if (is_pause(page, i - 1))
            return has_class(page, i, WORD_DETERMINER) && !page_particle(page, i, "whose")
                       ? head_ending(page, p, i - 1)
                       : SIZE_MAX;
        bool name = page->name_of[i - 1] || page_particle(page, i - 1, "and");
        if (!name && (page->tokens.at[i - 1].shape == SHAPE_MARK || is_finite(page, i - 1) ||
                      is_happening(page, i - 1) || has_class(page, i - 1, WORD_CLAUSE)))
            break;
    }
    return SIZE_MAX;
}

/* "X of Shiraz was": the name before the place */
static size_t name_placed(const struct page *page, const struct passage *p, size_t verb)
{
    for (size_t i = verb; i > p->first && verb - i < TAIL_LIMIT; i--) {
        const struct token *t = &page->tokens.at[i - 1];
        if (page->name_of[i - 1] && person_over(page, i - 1) == SIZE_MAX)
            continue;
        if (person_over(page, i - 1) != SIZE_MAX)
            return page_particle(page, i, "from") || page_particle(page, i, "of")
                       ? head_ending(page, p, i)
                       : SIZE_MAX;
        if (t->shape == SHAPE_MARK || is_finite(page, i - 1) || t->possessive ||
            is_happening(page, i - 1) || has_class(page, i - 1, WORD_CLAUSE) ||
            has_class(page, i - 1, WORD_POPULATION) || has_class(page, i - 1, WORD_PRONOUN))
            break;
    }
    return SIZE_MAX;
}

/* "X and nine others were", "X and his wife were": the names before the "and" */
static size_t name_with_others(const struct page *page, const struct passage *p, size_t verb)
{
    bool others = false;
    for (size_t i = verb; i > p->first && verb - i < OTHERS_LIMIT; i--) {
        size_t name =
            others && page_particle(page, i - 1, "and") ? head_ending(page, p, i - 1) : SIZE_MAX;
        if (name != SIZE_MAX)
            return name;
        if (person_over(page, i - 1) != SIZE_MAX || is_finite(page, i - 1) ||
            page->tokens.at[i - 1].shape == SHAPE_MARK)
            break;
        others = others || has_class(page, i - 1, WORD_POPULATION) ||
                 has_class(page, i - 1, WORD_ROLE) || has_class(page, i - 1, WORD_TITLE) ||
                 has_class(page, i - 1, WORD_PRONOUN);
    }
    return SIZE_MAX;
}

/* nobody else becomes the subject between, and nobody speaks */
static bool goes_on(const struct page *page, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        bool agent = page->names_count && person_over(page, i) != SIZE_MAX &&
                     !(i > from && page->name_of[i - 1] == page->name_of[i]);
        bool by = i > 0 && (page_particle(page, i - 1, "by") || has_class(page, i - 1, WORD_TITLE));
        if ((agent && !by) || is_say(page, i) || token_is_mark(&page->tokens, i, ';') ||
            token_is_mark(&page->tokens, i, ':'))
            return false;
    }
    return true;
}

/* "X was arrested in May and sentenced", "X is ill and was denied surgery" */
static struct patients carried_on(const struct page *page, const struct passage *p, size_t joint,
                                  bool finite, size_t passage, const struct earlier *before)
{
    if (is_someone(before->who) && !before->noun && before->passage == passage &&
        before->end <= joint && goes_on(page, before->end, joint))
        return before->who;
    for (size_t i = p->first; finite && i < joint && i < p->first + SAID_LIMIT; i++) {
        size_t name = person_over(page, i);
        if (name != SIZE_MAX)
            return head_ending(page, p, page->names[name].end) != SIZE_MAX &&
                           goes_on(page, page->names[name].end, joint)
                       ? one(page, name)
                       : nobody;
    }
    return nobody;
}

static struct patients joined_to(const struct page *page, size_t passage, size_t verb, bool finite,
                                 const struct earlier *before)
{
    const struct passage *p = &page->passages[passage];
    bool and = page_particle(page, verb - 1, "and") || page_particle(page, verb - 1, "but");
    bool near = is_pause(page, verb - 1) && before->passage == passage && before->end < verb;
    if (!and&&!near)
        return nobody;
    size_t joint = and&&verb - 1 > p->first && is_pause(page, verb - 2) ? verb - 2 : verb - 1;
    return carried_on(page, p, joint, finite, passage, before);
}

/* "X was taken away after being beaten", "after being beaten, X": whom the main clause is about */
struct patients subject_of_main(const struct page *page, size_t passage, size_t verb,
                                const struct earlier *before)
{
    const struct passage *p = &page->passages[passage];
    if (!has_class(page, verb - 1, WORD_CLAUSE) && !has_class(page, verb - 1, WORD_PREPOSITION) &&
        !is_pause(page, verb - 1))
        return nobody;
    if (before->passage == passage && is_someone(before->who) && !before->noun)
        return before->who;
    for (size_t i = p->first; i < verb && i < p->first + SAID_LIMIT; i++)
        if (person_over(page, i) != SIZE_MAX)
            return one(page, head_ending(page, p, page->names[person_over(page, i)].end));
    for (size_t i = verb; i < p->end && verb < p->first + SAID_LIMIT; i++)
        if (person_over(page, i) != SIZE_MAX)
            return i > 0 && is_pause(page, i - 1) ? one(page, person_over(page, i)) : nobody;
    struct patients who = nobody;
    bool opens = page_particle(page, p->first, "he") || page_particle(page, p->first, "they");
    return opens && meant_at(page, passage, p->first, before, &who) ? who : nobody;
}

struct patients subject_before(const struct page *page, size_t passage, size_t verb, bool finite,
                               const struct earlier *before)
{
    const struct passage *p = &page->passages[passage];
    struct patients who = nobody;
    if (verb <= p->first)
        return nobody;
    bool closed = token_is_mark(&page->tokens, verb - 1, ')');
    size_t name = head_ending(page, p, closed ? verb - 1 : verb);
    if (name != SIZE_MAX)
        return one(page, name);
    if (page_particle(page, verb - 1, "relative"))
        return one(page, name_described(page, p, verb - 1));
    if (meant_before(page, passage, verb, before, &who))
        return who;
    if (page_particle(page, verb, "being"))
        return subject_of_main(page, passage, verb, before);
    who = joined_to(page, passage, verb, finite, before);
    if (!is_someone(who) && is_pause(page, verb - 1))
        who = one(page, name_apposed(page, p, verb - 1));
    if (!is_someone(who) && finite)
        who = one(page, name_with_others(page, p, verb));
    if (!is_someone(who) && finite)
        who = one(page, name_placed(page, p, verb));
    if (!is_someone(who) && finite)
        who = one(page, name_unclosed(page, p, verb));
    return who;
}

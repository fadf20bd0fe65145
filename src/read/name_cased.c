#include "read/name_int.h"

enum { PERSON_LIMIT = 6, NAME_BYTES = 3 };

struct person {
    const struct page *page;
    const struct tokens *t;
    size_t limit;
    size_t end, words;
    bool given, family;
};

/* a word of a name that is no month, nation, title or small word */
static bool names_somebody(const struct tokens *t, size_t i)
{
    static const enum word_class others[] = {
        WORD_COMMON,       WORD_PLACE,     WORD_DETERMINER, WORD_PREPOSITION, WORD_PRONOUN,
        WORD_CONJUNCTION,  WORD_AUXILIARY, WORD_ADVERB,     WORD_CLAUSE,      WORD_NEGATION,
        WORD_ORGANISATION, WORD_NUMBER,    WORD_EVENT,      WORD_SAY,         WORD_LIFE};
    if (!name_is_capital(&t->at[i]))
        return false;
    if (name_is_given(t, i))
        return true;
    for (size_t k = 0; k < COUNT_OF(others); k++)
        if (token_has(t, i, others[k]) &&
            !(name_is_any_given(t, i) && (others[k] == WORD_COMMON || others[k] == WORD_SAY)))
            return false;
    return true;
}

static bool is_initial(const struct tokens *t, size_t i)
{
    return t->at[i].shape == SHAPE_CAPITAL && t->at[i].at.to - t->at[i].at.from == 1;
}

/* "Azad ‘Abdullah": a mark that stands for a letter, and closes no quote */
static bool is_ayn(const struct tokens *t, size_t i, size_t limit)
{
    static const char *const marks[] = {"‘", "'", "`", "ʿ", "’"};
    enum { QUOTED_REACH = 6 };
    bool mark = false;
    if (i + 1 >= limit || t->at[i].shape != SHAPE_MARK || !t->at[i].spaced || t->at[i + 1].spaced ||
        t->at[i + 1].shape != SHAPE_CAPITAL)
        return false;
    for (size_t k = 0; k < COUNT_OF(marks); k++)
        mark = mark || str_equal(t->at[i].word, str_of(marks[k]));
    for (size_t k = i + 2; mark && k < limit && k < i + QUOTED_REACH; k++)
        for (size_t m = 0; m < COUNT_OF(marks); m++)
            mark = mark && !str_equal(t->at[k].word, str_of(marks[m]));
    return mark;
}

/* "al-Sisi", "bin Salman", "de la Cruz": small words inside a name, up to its next capital */
static size_t particles_end(const struct person *p)
{
    const struct tokens *t = p->t;
    size_t k = p->end;
    if (is_ayn(t, k, p->limit))
        return k + 1;
    while (k < p->limit && k < p->end + 4 && !name_is_capital(&t->at[k])) {
        bool joint = k > p->end && name_hyphen(t, k);
        if (!joint && !page_particle(p->page, k, "name"))
            return p->end;
        k++;
    }
    bool named = k > p->end && k < p->limit && (names_somebody(t, k) || name_hyphen(t, k - 1));
    return named ? k : p->end;
}

static bool closes(const struct tokens *t, size_t open, size_t i)
{
    static const char *const pairs[][2] = {{"\"", "\""}, {"“", "”"}, {"'", "'"},
                                           {"‘", "’"},   {"(", ")"}, {"«", "»"}};
    for (size_t k = 0; k < COUNT_OF(pairs) && t->at[i].shape == SHAPE_MARK; k++)
        if (str_equal(t->at[open].word, str_of(pairs[k][0])) &&
            str_equal(t->at[i].word, str_of(pairs[k][1])))
            return true;
    return false;
}

/* José "Pepe" Mujica: the token behind a nickname in quotes or parentheses that the name goes on
 * after, or `end` */
static size_t nickname_end(const struct person *p)
{
    const struct tokens *t = p->t;
    size_t open = p->end;
    if (open + 3 >= p->limit || t->at[open].shape != SHAPE_MARK || !t->at[open].spaced)
        return open;
    for (size_t k = open + 1; k + 1 < p->limit && k < open + 4; k++) {
        if (k > open + 1 && closes(t, open, k))
            return names_somebody(t, k + 1) && !name_is_given(t, k + 1) ? k + 1 : open;
        if (!name_is_capital(&t->at[k]))
            break;
    }
    return open;
}

/* the second half of Wai-kin, which is small but no word as in Wong-led */
static bool is_small_half(const struct tokens *t, size_t i)
{
    const struct token *half = &t->at[i];
    return half->shape == SHAPE_LOWER && half->cased &&
           !(half->classes & ~(UINT64_C(1) << WORD_GIVEN | UINT64_C(1) << WORD_SURNAME));
}

/* -Ratcliffe, -kin */
static bool takes_second_half(struct person *p)
{
    const struct tokens *t = p->t;
    if (!p->words || p->end + 1 >= p->limit || !name_hyphen(t, p->end) ||
        !(name_is_capital(&t->at[p->end + 1]) || is_small_half(t, p->end + 1) ||
          (p->words > 1 && t->at[p->end + 1].shape == SHAPE_LOWER)))
        return false;
    p->family |= token_has(t, p->end + 1, WORD_SURNAME);
    p->end += 2;
    return true;
}

/* Sanaa Seif: a town's name before a family name */
static bool is_place_given(const struct person *p, size_t i)
{
    const struct tokens *t = p->t;
    return p->words == 0 && token_has(t, i, WORD_PLACE) && !t->at[i].possessive &&
           i + 1 < p->limit && name_is_capital(&t->at[i + 1]) &&
           (token_has(t, i + 1, WORD_SURNAME) || name_is_given(t, i + 1)) &&
           names_somebody(t, i + 1) && !(i > 0 && page_particle(p->page, i - 1, "from")) &&
           !(i > 0 && page_particle(p->page, i - 1, "place"));
}

/* Hnin May Aung: a name that is a small word or a month too, among others and without a number */
static bool is_word_within(const struct person *p, size_t i)
{
    const uint32_t *date_of = p->page->date_of;
    bool date = date_of[i] && i + 1 < p->limit &&
                ((i > 0 && date_of[i - 1] == date_of[i]) || date_of[i + 1] == date_of[i]);
    return (p->words || name_is_given(p->t, i)) && !date && i + 1 < p->limit &&
           name_is_capital(&p->t->at[i]) && name_is_any_given(p->t, i) &&
           names_somebody(p->t, i + 1);
}

/* Anita Among: a small word with a capital, behind a given name and nothing else */
static bool is_small_family(const struct person *p, size_t i)
{
    const struct tokens *t = p->t;
    bool small = token_has(t, i, WORD_PREPOSITION) || token_has(t, i, WORD_ADVERB) ||
                 token_has(t, i, WORD_CLAUSE);
    bool more = i + 1 < p->limit && name_is_capital(&t->at[i + 1]);
    bool inner = p->words > 1 && more && names_somebody(t, i + 1); /* Huynh Thi To Nga */
    return p->given && small && t->at[i].shape == SHAPE_CAPITAL &&
           (inner || (p->words == 1 && !more));
}

static bool takes_word(struct person *p)
{
    const struct tokens *t = p->t;
    size_t i = p->end;
    bool family = p->words && name_is_capital(&t->at[i]) && token_has(t, i, WORD_SURNAME);
    bool joint = name_is_capital(&t->at[i]) && p->words && i + 2 < p->limit &&
                 name_hyphen(t, i + 1) && is_small_half(t, i + 2);
    family |= joint || is_place_given(p, i) || is_small_family(p, i);
    if (!is_word_within(p, i) && (p->page->date_of[i] || !(names_somebody(t, i) || family)))
        return false;
    p->given |= name_is_given(t, i);
    p->family |= token_has(t, i, WORD_SURNAME);
    p->words++;
    p->end++;
    if (p->end < p->limit && token_is_mark(t, p->end, '.') && !t->at[p->end].spaced &&
        is_initial(t, i) && p->end + 1 < p->limit && name_is_capital(&t->at[p->end + 1]))
        p->end++;
    return true;
}

static void take_words(struct person *p)
{
    const struct tokens *t = p->t;
    while (p->end < p->limit && p->words < PERSON_LIMIT) {
        if (takes_second_half(p) || takes_word(p)) {
            if (t->at[p->end - 1].possessive)
                return;
            continue;
        }
        size_t on = p->words ? particles_end(p) : p->end;
        if (on == p->end && p->words)
            on = nickname_end(p);
        if (on == p->end)
            return;
        p->end = on;
    }
}

static bool takes_suffix(const struct person *p, size_t i)
{
    return i < p->limit && name_is_capital(&p->t->at[i]) && page_particle(p->page, i, "junior");
}

bool name_cased_person(const struct page *page, size_t i, const struct passage *passage,
                       struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    const struct entry *title = NULL;
    struct person p = {.page = page, .t = t, .limit = passage->end, .end = i};
    bool honorific = token_is_kind(t, i, WORD_TITLE, KIND_PERSON, NULL, NULL);
    if (token_is(t, i, WORD_TITLE, NULL, NULL) && (honorific || !name_is_given(t, i)))
        return false;
    take_words(&p);
    bool comma = p.words && token_is_mark(t, p.end, ',');
    if (takes_suffix(&p, p.end + comma))
        p.end += 1 + comma;
    size_t alias = 0;
    bool called = page_particle_before(page, i, "alias", &alias);
    bool titled = token_is_before(t, i, WORD_TITLE, &title, NULL);
    struct candidate known;
    if (name_well_known(t, i, p.limit, &known) && (p.words <= 1 || known.end >= p.end)) {
        *out = known;
        return true;
    }
    *out = (struct candidate){.first = i,
                              .end = p.end,
                              .role = titled ? title->value : STR_NONE,
                              .weak = !p.given && !titled && !called};
    if (p.words >= 2)
        return p.given || titled || p.words <= 4;
    bool word = t->at[i].shape == SHAPE_CAPITAL && t->at[i].at.to - t->at[i].at.from >= NAME_BYTES;
    bool sole = p.words == 1 && word && !token_has(t, i, WORD_TITLE);
    if (sole && (titled || called))
        return true;
    /* one word and nothing known of it: it has to speak */
    bool speaks = sole && !token_has(t, i, WORD_COMMON) && p.end < p.limit &&
                  t->at[p.end].shape == SHAPE_LOWER && !t->at[i].possessive &&
                  token_is(t, p.end, WORD_SAY, NULL, NULL) && i > passage->first;
    out->weak |= speaks;
    return speaks;
}

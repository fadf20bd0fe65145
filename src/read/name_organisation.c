#include "read/name_int.h"

enum { NAME_LIMIT = 16, ACRONYM_LIMIT = 9, FILL_LIMIT = 9 };

struct organisation {
    const struct page *page;
    const struct tokens *t;
    size_t first, end, limit;
    bool keyword, other, known;
    bool ends, linked; /* with a head word; "of" and the like stand within */
    struct str role;
};

static bool is_link(const struct organisation *o, size_t i)
{
    return token_is(o->t, i, WORD_LINK, NULL, NULL) || page_particle(o->page, i, "name");
}

/* "and" goes on to a keyword within a few capitals: Journalists and Communicators Group */
static bool reaches_keyword(const struct organisation *o, size_t k)
{
    for (size_t end = k + 4; k < end && k < o->limit && name_is_capital(&o->t->at[k]); k++)
        if (token_is(o->t, k, WORD_ORGANISATION, NULL, NULL))
            return true;
    return false;
}

/* Workers' Party */
static bool is_plural_possessive(const struct organisation *o, size_t i)
{
    const struct token *t = &o->t->at[i];
    bool mark = token_is_mark(o->t, i, '\'') || str_equal(t->word, STR("’"));
    if (mark && o->keyword && o->other && !reaches_keyword(o, i + 1))
        return false;
    return mark && !t->spaced && i > o->first && i + 1 < o->limit &&
           name_is_capital(&o->t->at[i + 1]) && o->t->at[i - 1].word.len > 0 &&
           o->t->at[i - 1].word.at[o->t->at[i - 1].word.len - 1] == 's';
}

/* whose: the country's or another organisation's, which is no part of the name */
static bool is_owner(const struct organisation *o, size_t i)
{
    size_t end = i;
    bool goes_on = token_is_kind(o->t, i, WORD_ORGANISATION, KIND_NONE, NULL, &end) && end > i + 1;
    return !goes_on && o->t->at[i].possessive &&
           (o->keyword || token_is_before(o->t, i + 1, WORD_PLACE, NULL, NULL) ||
            name_is_given(o->t, i) || token_has(o->t, i, WORD_INSTITUTION) ||
            o->t->at[i].shape == SHAPE_UPPER);
}

/* a head word; some are one only as the last of several: Refugees International */
static bool is_keyword(const struct organisation *o, size_t k, const struct entry **entry)
{
    size_t end = k;
    if (token_is_kind(o->t, k, WORD_ORGANISATION, KIND_NONE, entry, &end))
        return true;
    return k > o->first && token_is_kind(o->t, k, WORD_ORGANISATION, KIND_AFTER, entry, &end) &&
           (end >= o->limit || !name_is_capital(&o->t->at[end]));
}

/* Doctors Committee: those of a trade, who hold no office, speak for themselves */
static bool is_of_a_trade(const struct organisation *o, size_t k)
{
    const struct entry *entry = NULL;
    return token_is(o->t, k, WORD_POPULATION, &entry, NULL) &&
           !str_equal(entry->value, STR("officials")) && o->t->at[k].word.len > 0 &&
           o->t->at[k].word.at[o->t->at[k].word.len - 1] == 's';
}

static void take_word(struct organisation *o, size_t k)
{
    const struct entry *entry = NULL;
    bool keyword = is_keyword(o, k, &entry);
    o->ends = keyword && !(k > o->first && is_link(o, k - 1));
    if (keyword) {
        o->other |= o->keyword && o->linked; /* Department of Intelligence */
        o->keyword = true;
        if (!o->role.len)
            o->role = entry->value;
        if (k > o->first && is_of_a_trade(o, k - 1) && str_equal(entry->value, STR("official")))
            o->role = STR("advocate");
    } else {
        o->other = true;
    }
    o->end = k + 1;
}

/* a person or a title begins here, behind what is an organisation already */
static bool another_begins(const struct organisation *o, size_t k)
{
    bool linked = is_link(o, k - 1) || (k > o->first + 2 && is_link(o, k - 2));
    bool title = token_is(o->t, k, WORD_TITLE, NULL, NULL) && !linked;
    bool person = name_is_given(o->t, k) && !is_link(o, k - 1);
    /* Parliament Anita Among: an office needs no other word, when a whole name follows */
    bool whole = o->other || (str_equal(o->role, STR("official")) && k + 1 < o->limit &&
                              name_is_capital(&o->t->at[k + 1]));
    return k > o->first && o->keyword && !token_is(o->t, k, WORD_ORGANISATION, NULL, NULL) &&
           ((person && whole) || (title && (o->other || !person)));
}

static bool may_join(const struct organisation *o, size_t link, size_t next)
{
    const struct tokens *t = o->t;
    bool joins = page_particle(o->page, link, "and"), from = page_particle(o->page, link, "from");
    if (page_particle(o->page, link, "name") && !token_is(t, link, WORD_LINK, NULL, NULL))
        return o->keyword;
    if (o->known && page_particle(o->page, link, "place"))
        return false;
    if (from && o->keyword && token_has(t, next, WORD_PLACE))
        return true;
    if (!joins && !from)
        return true;
    if (joins && token_is(t, next, WORD_INSTITUTION, NULL, NULL))
        return false;
    if (joins && next > link + 1)
        return false;
    bool proper = token_has(t, next, WORD_PLACE) || name_is_given(t, next);
    if (joins && !o->keyword)
        return !proper && !name_is_given(t, link - 1) && !token_has(t, link - 1, WORD_PLACE) &&
               t->at[link - 1].shape != SHAPE_UPPER && reaches_keyword(o, next);
    if (joins && !o->other)
        return reaches_keyword(o, next) && !proper;
    /* complete as it is: Tolo News and Amu TV */
    bool on = reaches_keyword(o, next);
    if (joins && o->ends && !(on && token_has(t, next, WORD_COMMON)))
        return false;
    if (joins && on && !o->linked && !token_has(t, next, WORD_COMMON))
        return false;
    return o->keyword && !proper && !token_is(t, next, WORD_ORGANISATION, NULL, NULL);
}

/* the token behind "of the" and the like, when a capital follows that may belong to the name */
static size_t link_end(const struct organisation *o, size_t k)
{
    const struct tokens *t = o->t;
    size_t end = 0;
    if (k <= o->first || k >= o->limit)
        return 0;
    if (is_plural_possessive(o, k))
        return k + 1;
    if (name_hyphen(t, k) || (token_is_mark(t, k, '/') && !t->at[k].spaced))
        end = k + 1;
    else if (is_link(o, k))
        for (end = k + 1; end < o->limit && end < k + 3 && is_link(o, end); end++)
            ;
    else if (token_is_mark(t, k, '&'))
        end = k + 1;
    if (!end || end >= o->limit || !name_is_capital(&t->at[end]) || o->page->date_of[end])
        return 0;
    return t->at[k].shape == SHAPE_MARK || may_join(o, k, end) ? end : 0;
}

static void take_words(struct organisation *o)
{
    const struct tokens *t = o->t;
    for (size_t k = o->end; k < o->limit && k < o->first + NAME_LIMIT;) {
        bool dated = o->page->date_of[k] &&
                     !(k > o->first && !o->page->date_of[k - 1] &&
                       token_is_kind(t, k, WORD_ORGANISATION, KIND_AFTER, NULL, NULL));
        if (name_is_capital(&t->at[k]) && !dated) {
            if (another_begins(o, k))
                return;
            take_word(o, k);
            if (is_owner(o, k))
                return;
            k++;
            continue;
        }
        size_t on = link_end(o, k);
        if (!on)
            return;
        o->linked |= is_link(o, k);
        k = on;
    }
}

/* the letters of an acronym in parentheses behind the name are those its words begin with */
static bool spells(const struct organisation *o, struct str acronym)
{
    size_t letter = acronym.len, missed = 0;
    for (size_t k = o->end; k > o->first && letter > 0; k--) {
        const struct token *word = &o->t->at[k - 1];
        if (word->shape == SHAPE_MARK)
            continue;
        char begins = word->word.at[0], wanted = (char)(acronym.at[letter - 1] | 32);
        if (begins == wanted)
            letter--;
        else if (name_is_capital(word) && ++missed > 1)
            return false;
    }
    return letter <= 1;
}

static bool is_spelt_behind(const struct organisation *o)
{
    const struct tokens *t = o->t;
    size_t i = o->end + 1;
    return o->end > o->first + 1 && token_is_mark(t, o->end, '(') && i + 1 < t->count &&
           t->at[i].shape == SHAPE_UPPER && t->at[i].word.len >= 3 &&
           t->at[i].word.len <= ACRONYM_LIMIT && token_is_mark(t, i + 1, ')') &&
           spells(o, t->at[i].word);
}

/* La Prensa newspaper: what it is stands behind, small */
static bool is_called_behind(struct organisation *o)
{
    const struct entry *entry = NULL;
    bool proper = !token_has(o->t, o->end - 1, WORD_COMMON) &&
                  !token_has(o->t, o->end - 1, WORD_PLACE) &&
                  !page_particle(o->page, o->end - 1, "nation") &&
                  !page_particle(o->page, o->end - 1, "group");
    bool small = o->end < o->limit && o->t->at[o->end].shape == SHAPE_LOWER && o->other && proper &&
                 !o->t->at[o->end - 1].possessive;
    if (!small || !token_is_kind(o->t, o->end, WORD_ORGANISATION_TITLE, KIND_AFTER, &entry, NULL))
        return false;
    o->role = entry->value;
    return true;
}

/* Emergency Lawyers, a monitoring group */
static bool is_told_behind(struct organisation *o)
{
    enum { TOLD_REACH = 5 };
    const struct entry *entry = NULL;
    size_t i = o->end;
    if (!o->other || !token_is_mark(o->t, i, ',') ||
        !token_is(o->t, i + 1, WORD_DETERMINER, NULL, NULL))
        return false;
    for (i += 2; i < o->limit && i < o->end + TOLD_REACH; i++) {
        if (o->t->at[i].shape == SHAPE_MARK || token_is(o->t, i, WORD_ROLE, NULL, NULL))
            return false;
        if (o->t->at[i].shape == SHAPE_LOWER &&
            token_is(o->t, i, WORD_ORGANISATION_TITLE, &entry, NULL) &&
            entry->kind != KIND_BEFORE) {
            o->role = entry->value;
            return true;
        }
    }
    return false;
}

/* a person's post: Member of Parliament */
static bool is_post(const struct organisation *o)
{
    size_t end = o->first;
    for (size_t step = o->first; step < o->end; step = end) {
        size_t title = step, role = step;
        token_is(o->t, step, WORD_TITLE, NULL, &title);
        token_is(o->t, step, WORD_ROLE, NULL, &role);
        end = title > role ? title : role;
        if (end == step)
            break;
    }
    return end > o->first && (o->end <= end || (end < o->limit && is_link(o, end)));
}

/* what organisations adopt or sign: Cessation of Hostilities Agreement */
static bool is_instrument(const struct organisation *o)
{
    for (size_t i = o->first; i < o->end; i++)
        if (page_particle(o->page, i, "instrument") && (i + 1 == o->end || is_link(o, i + 1)))
            return true;
    return false;
}

bool name_cased_organisation(const struct page *page, size_t i, size_t limit, struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    const struct entry *entry = NULL;
    size_t known = 0;
    struct organisation o = {.page = page, .t = t, .first = i, .end = i, .limit = limit};
    bool titled = token_is_before(t, i, WORD_ORGANISATION_TITLE, &entry, NULL);
    if (titled) {
        o.keyword = true;
        o.other = true;
        o.role = entry->value;
    }
    if (name_institution(t, i, limit, &entry, &known)) {
        o.role = entry->value;
        o.end = known;
        o.known = true;
        o.keyword = true;
        o.other = true;
    }
    if (!(known && is_owner(&o, known - 1)))
        take_words(&o);
    size_t words = o.end - i;
    bool proper = titled && words == 1 && !token_has(t, i, WORD_COMMON) &&
                  !token_has(t, i, WORD_PLACE) && !token_has(t, i, WORD_TITLE);
    bool whole =
        o.keyword && (known || proper || (o.other && words > 1)) && !(is_post(&o) && !known);
    /* a country's Foreign Ministry is the Foreign Ministry */
    if (!known && words == 1 && o.keyword && is_owner(&o, i))
        whole = false;
    if (!whole && words && !is_post(&o))
        whole = is_called_behind(&o) || (!name_is_any_given(t, i) && is_told_behind(&o)) ||
                (is_spelt_behind(&o) && !name_is_given(t, i));
    if (!known && is_instrument(&o))
        whole = false;
    *out = (struct candidate){.first = i, .end = o.end, .organisation = true, .role = o.role};
    return whole;
}

/* In scripts without capitals: a head word, and what fills a name behind it. */

static bool is_ordinary(const struct tokens *t, size_t i)
{
    static const enum word_class others[] = {
        WORD_VERB,   WORD_PREPOSITION, WORD_CONJUNCTION, WORD_PRONOUN, WORD_DETERMINER, WORD_SAY,
        WORD_NUMBER, WORD_EVENT,       WORD_CLAUSE,      WORD_PART,    WORD_ADVERB,     WORD_TITLE,
        WORD_UNIT,   WORD_ROLE,        WORD_OPENS,       WORD_LIFE,    WORD_PLACE_HEAD, WORD_BOUND,
        WORD_COMMON, WORD_GROUP,       WORD_UNREAL,      WORD_CHARGE,  WORD_ACCORDING};
    for (size_t k = 0; k < COUNT_OF(others); k++)
        if (token_has(t, i, others[k]))
            return true;
    return false;
}

/* 2: it makes a name of the head word; 1: it may stand inside one; 0: the name is over */
static int fills(const struct page *page, size_t i, size_t limit)
{
    const struct tokens *t = &page->tokens;
    if (i >= limit || t->at[i].shape != SHAPE_ARABIC || page->date_of[i] ||
        particle_ending(page, i, "indefinite"))
        return 0;
    if (token_is_kind(t, i, WORD_ORGANISATION, KIND_AFTER, NULL, NULL))
        return 2;
    if (token_is_kind(t, i, WORD_ORGANISATION, KIND_BETWEEN, NULL, NULL) ||
        token_has(t, i, WORD_ORGANISATION))
        return 1;
    if (token_has(t, i, WORD_VERB) || token_has(t, i, WORD_PREPOSITION) ||
        token_has(t, i, WORD_CONJUNCTION))
        return 0;
    bool calling = token_has(t, i, WORD_TITLE) || token_has(t, i, WORD_ROLE);
    if (token_has(t, i, WORD_PLACE) || name_is_given(t, i) ||
        (token_has(t, i, WORD_SURNAME) && !calling))
        return 2;
    return is_ordinary(t, i) ? 0 : 2;
}

/* the police of Iraq is no name */
static bool only_places(const struct page *page, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (!token_has(&page->tokens, i, WORD_PLACE))
            return false;
    return true;
}

/* a nation's delegation is no name either */
static bool only_nations(const struct page *page, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (!page_particle(page, i, "nation"))
            return false;
    return first < end;
}

/* one of its sort: a network, three ministries, the largest party */
static bool is_one_of_a_sort(const struct page *page, size_t i)
{
    const struct tokens *t = &page->tokens;
    return i > 0 && !page->date_of[i - 1] && !t->at[i].lines &&
           t->at[i - 1].shape == SHAPE_ARABIC &&
           (token_has(t, i - 1, WORD_NUMBER) || particle_ending(page, i - 1, "superlative"));
}

/* a common head word is a name only with what other names have: a group of workers, of X */
static bool completes(const struct page *page, size_t i)
{
    const struct tokens *t = &page->tokens;
    return token_is_kind(t, i, WORD_ORGANISATION, KIND_AFTER, NULL, NULL) || name_is_given(t, i) ||
           token_has(t, i, WORD_PLACE) || token_has(t, i, WORD_SURNAME);
}

static bool joins_on(const struct page *page, size_t i, size_t limit)
{
    const struct tokens *t = &page->tokens;
    return i + 1 < limit && (page_particle(page, i, "and") || page_particle(page, i, "joins")) &&
           !token_is_kind(t, i + 1, WORD_ORGANISATION, KIND_NONE, NULL, NULL) &&
           token_is_kind(t, i + 1, WORD_ORGANISATION, KIND_AFTER, NULL, NULL);
}

/* what is called so in quotes: the site «X» */
static size_t quoted_end(const struct page *page, size_t i, size_t limit)
{
    const struct tokens *t = &page->tokens;
    enum { QUOTED_LIMIT = 6 };
    bool closing = i + 1 < limit && !t->at[i].spaced && t->at[i + 1].spaced;
    if (i >= limit || !name_opens(t, i) || closing)
        return i;
    for (size_t k = i + 1; k < limit && k < i + QUOTED_LIMIT; k++)
        if (name_closes(t, k))
            return k > i + 1 ? k : i;
    return i;
}

/* one of a list of words that name media only there: the newspapers East, Youth and Trust */
static bool listed_medium(const struct page *page, size_t i)
{
    enum { LIST_REACH = 8 };
    if (!page_particle(page, i, "medium"))
        return false;
    for (size_t k = i, steps = 0; steps < LIST_REACH; k -= 2, steps++) {
        size_t begin = k;
        if (page_particle_before(page, k, "media", &begin))
            return true;
        if (k < 2 || page->tokens.at[k - 2].shape != SHAPE_ARABIC ||
            !(page_particle(page, k - 1, "and") || page_particle(page, k - 1, "comma")))
            return false;
    }
    return false;
}

/* the home of X: what is searched is somebody's */
static bool is_home_of(const struct tokens *t, size_t i, size_t end)
{
    return token_has(t, i, WORD_COMPLETES) && name_is_given(t, end);
}

bool name_uncased_organisation(const struct page *page, size_t i, size_t limit,
                               struct candidate *out)
{
    const struct tokens *t = &page->tokens;
    const struct entry *entry = NULL;
    size_t end = i, known = i;
    bool weak = false;
    bool named = name_institution(t, i, limit, &entry, &known);
    size_t head = i, person = i;
    token_is(t, i, WORD_ORGANISATION, NULL, &head);
    if (!named &&
        (token_is(t, i, WORD_TITLE, NULL, &person) || token_is(t, i, WORD_ROLE, NULL, &person)) &&
        person > head)
        return false;
    *out = (struct candidate){.first = i, .organisation = true};
    if (!named && listed_medium(page, i)) {
        out->end = i + 1;
        out->role = STR("journalist");
        return true;
    }
    if (named) {
        end = known;
        out->role = entry->value;
        out->row = entry->language == LANGUAGE_NONE ? entry->value.at : NULL;
    } else if ((token_is_kind(t, i, WORD_ORGANISATION, KIND_NONE, &entry, &end) ||
                token_is_kind(t, i, WORD_ORGANISATION, KIND_COMMON, &entry, &end)) &&
               end < limit && !is_one_of_a_sort(page, i) && !is_home_of(t, i, end)) {
        out->role = entry->value;
        weak = entry->kind == KIND_COMMON;
        /* the office of X: who holds it is the name */
        if (page_particle(page, i, "office") && end < limit &&
            (name_is_given(t, end) || token_has(t, end, WORD_INSTITUTION)))
            return false;
        size_t quoted = quoted_end(page, end, limit);
        if (quoted > end) {
            out->first = end + 1;
            out->end = quoted;
            return true;
        }
    } else {
        return false;
    }
    size_t stop = end;
    for (size_t k = end; k < limit && k < end + FILL_LIMIT;) {
        int how = fills(page, k, limit);
        if (weak && how == 2 && !completes(page, k))
            break;
        if ((how == 0 && !joins_on(page, k, limit)) ||
            (weak && k == end && token_has(t, k, WORD_PLACE)))
            break;
        if (named && !token_has(t, k, WORD_PLACE) && how != 1 &&
            !token_is_kind(t, k, WORD_ORGANISATION, KIND_AFTER, NULL, NULL))
            break;
        size_t words_end = k + 1;
        enum word_kind kind = how == 2 ? KIND_AFTER : KIND_BETWEEN;
        token_is_kind(t, k, WORD_ORGANISATION, kind, NULL, &words_end);
        k = words_end;
        stop = how == 2 ? k : stop;
    }
    bool sort = page_particle(page, i, "generic") && only_places(page, end, stop);
    if (!named && (sort || only_nations(page, end, stop)))
        return false;
    if (named && stop > known)
        out->row = NULL;
    named |= stop > end;
    out->end = stop;
    return named && stop > i;
}

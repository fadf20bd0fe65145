#include "read/speaker_int.h"

enum { SUBJECT_REACH = 18, DESCRIPTION_REACH = 10, UNKNOWN_WORDS = 6, UNNAMED_WORDS = 9 };

struct str party_form(const struct page *page, size_t name)
{
    const struct party *p = &page->parties[page->names[name].party];
    if (!p->abbreviation.len)
        return p->form;
    return arena_print(page->arena, "%.*s (%.*s)", STR_ARG(p->form), STR_ARG(p->abbreviation));
}

struct str first_organisation(const struct page *page, const struct passage *p)
{
    for (size_t i = p->first; i < p->end; i++)
        if (page->name_of[i] && page->parties[page->names[page->name_of[i] - 1].party].organisation)
            return party_form(page, page->name_of[i] - 1);
    return STR_NONE;
}

struct str first_person(const struct page *page, const struct passage *p)
{
    for (size_t i = p->first; i < p->end; i++)
        if (page->name_of[i] &&
            !page->parties[page->names[page->name_of[i] - 1].party].organisation)
            return party_form(page, page->name_of[i] - 1);
    return STR_NONE;
}

struct str meant_by(const struct hearing *heard)
{
    return heard->recent || !heard->organisation.len ? heard->speaker : heard->organisation;
}

static bool joins_speakers(const struct page *page, size_t i)
{
    return page_particle(page, i, "and");
}

bool opens_phrase(const struct page *page, size_t i)
{
    static const enum word_class closed[] = {WORD_AUXILIARY, WORD_PREPOSITION, WORD_CLAUSE,
                                             WORD_SAY,       WORD_ACCORDING,   WORD_CONJUNCTION,
                                             WORD_VERB,      WORD_NEGATION,    WORD_PRONOUN};
    const struct tokens *t = &page->tokens;
    if (page->date_of[i] || t->at[i].shape == SHAPE_MARK || page_particle(page, i, "relative"))
        return true;
    for (size_t k = 0; k < COUNT_OF(closed); k++)
        if (token_has(t, i, closed[k]) &&
            !(closed[k] == WORD_PRONOUN && token_has(t, i, WORD_DETERMINER)))
            return true;
    return false;
}

static bool is_speaker(const struct page *page, size_t i)
{
    return page->name_of[i] || token_is(&page->tokens, i, WORD_GROUP, NULL, NULL);
}

/* "the UN, activists and aid agencies", "one of their lawyers": where the description begins */
static size_t description_from(const struct page *page, size_t first, size_t begin)
{
    const struct tokens *t = &page->tokens;
    size_t i = begin;
    while (i > first && begin - i < DESCRIPTION_REACH) {
        bool joint = i > first + 1 && is_speaker(page, i - 2) &&
                     (token_is_mark(t, i - 1, ',') || joins_speakers(page, i - 1));
        bool body_of = i > first + 2 && page_particle(page, i - 1, "of") &&
                       page_particle(page, i - 2, "collective");
        bool one_of = i > first + 1 && page_particle(page, i - 1, "of") &&
                      (token_is(t, i - 2, WORD_NUMBER, NULL, NULL) ||
                       token_is(t, i - 2, WORD_PRONOUN, NULL, NULL));
        if (joint || one_of || body_of)
            i -= 2;
        else if (opens_phrase(page, i - 1) || t->at[i - 1].shape == SHAPE_ARABIC ||
                 page_particle(page, i - 1, "paper"))
            break;
        else
            i--;
    }
    return i;
}

/* "a campaign against disappearances reported": up to its verb, when no comma comes between */
static size_t description_end(const struct page *page, size_t end, size_t say)
{
    const struct tokens *t = &page->tokens;
    bool goes_on =
        end + 1 < say && say - end < DESCRIPTION_REACH &&
        (token_is(t, end, WORD_PREPOSITION, NULL, NULL) || page_particle(page, end, "relative"));
    for (size_t i = end; goes_on && i < say; i++)
        goes_on = t->at[i].shape != SHAPE_MARK && !page->date_of[i];
    return goes_on ? say : end;
}

static bool is_capital(const struct page *page, size_t i)
{
    const struct token *t = &page->tokens.at[i];
    bool numbered = t->shape == SHAPE_MIXED && i > 0 && t->cased &&
                    page->tokens.at[i - 1].shape == SHAPE_CAPITAL;
    return (numbered || t->shape == SHAPE_CAPITAL || t->shape == SHAPE_UPPER) &&
           !page->date_of[i] && !token_is(&page->tokens, i, WORD_PLACE, NULL, NULL) &&
           !token_is(&page->tokens, i, WORD_DETERMINER, NULL, NULL) &&
           !token_is(&page->tokens, i, WORD_PREPOSITION, NULL, NULL) &&
           !token_is(&page->tokens, i, WORD_ORGANISATION_TITLE, NULL, NULL) &&
           !token_is(&page->tokens, i, WORD_PRONOUN, NULL, NULL);
}

/* "Nicaraguan Independent Journalists and Communicators Group": capitals and the links between */
static size_t capitals_end(const struct page *page, size_t i, size_t limit)
{
    const struct tokens *t = &page->tokens;
    size_t end = i;
    while (end < limit) {
        size_t next = end;
        while (next < limit && next < end + 2 && next > i &&
               token_is(t, next, WORD_LINK, NULL, NULL))
            next++;
        bool capital = next < limit && !page->date_of[next] &&
                       (t->at[next].shape == SHAPE_CAPITAL || t->at[next].shape == SHAPE_UPPER);
        if (!capital)
            break;
        end = next + 1;
    }
    return end;
}

static size_t capitals_from(const struct page *page, size_t first, size_t i)
{
    while (i > first) {
        size_t next = i;
        while (next > first && i - next < 2 &&
               token_is(&page->tokens, next - 1, WORD_LINK, NULL, NULL))
            next--;
        if (next == first || !is_capital(page, next - 1))
            break;
        i = next - 1;
    }
    return i;
}

/* a named party or an unnamed group at token i; *end behind it */
static struct str speaker_at(const struct page *page, size_t first, size_t i, size_t *end)
{
    const struct tokens *t = &page->tokens;
    uint32_t name = i < t->count ? page->name_of[i] : 0;
    if (name && page->names[name - 1].first <= i) {
        *end = page->names[name - 1].end;
        return party_form(page, name - 1);
    }
    if (i >= t->count)
        return STR_NONE;
    if (i > first && is_capital(page, i) && capitals_end(page, i, t->count) > i + 1) {
        *end = capitals_end(page, i, t->count);
        return page_words(page, capitals_from(page, first, i), *end);
    }
    if (!token_is(t, i, WORD_GROUP, NULL, end))
        return STR_NONE;
    if (t->at[i].cased && *end < t->count && page->name_of[*end])
        return speaker_at(page, first, *end, end);
    if (is_capital(page, *end - 1))
        *end = capitals_end(page, *end - 1, t->count);
    return page_words(page, description_from(page, first, i), *end);
}

struct str speakers_from(const struct page *page, size_t i, size_t limit, size_t reach)
{
    size_t end = i;
    for (size_t k = i; k < limit && k < i + reach; k++) {
        struct str first = speaker_at(page, i, k, &end);
        if (!first.len) {
            if (k > i && token_is(&page->tokens, k, WORD_SAY, NULL, NULL))
                return STR_NONE;
            continue;
        }
        size_t next = end + 1;
        bool more = joins_speakers(page, end);
        while (more && next < limit && next < end + 3 && !page->name_of[next])
            next++;
        struct str second = more && next < limit && page->name_of[next]
                                ? speaker_at(page, next, next, &end)
                                : STR_NONE;
        bool twice = second.len && !str_equal(first, second);
        return twice ? arena_print(page->arena, "%.*s; %.*s", STR_ARG(first), STR_ARG(second))
                     : first;
    }
    return STR_NONE;
}

/* "A and B said": who stands before the "and" that ends at token `first`, or empty */
static struct str joint_speaker(const struct page *page, const struct passage *p, size_t first,
                                struct str who)
{
    size_t i = first;
    while (i > p->first && first - i < 4 && !joins_speakers(page, i - 1))
        i--;
    bool joined = i > p->first + 1 && joins_speakers(page, i - 1) && page->name_of[i - 2];
    if (!joined)
        return STR_NONE;
    struct str other = party_form(page, page->name_of[i - 2] - 1);
    return str_equal(other, who) ? STR_NONE : other;
}

static bool is_comma(const struct page *page, size_t i)
{
    return token_is_mark(&page->tokens, i, ',') || page_particle(page, i, "comma");
}

/* "A, head of B, Monday, 3 June, said": back over the dates */
static size_t before_dates(const struct page *page, const struct passage *p, size_t say)
{
    size_t i = say;
    while (p->verb_final && i > p->first + 1 &&
           (page->date_of[i - 1] || (is_comma(page, i - 1) && (page->date_of[i - 2] || i < say))))
        i--;
    return i < say && !is_comma(page, i - 1) && is_comma(page, i) ? i + 1 : i;
}

/* "the Platform (P24), a press freedom group,": the parenthesis behind a name */
static bool closes_name(const struct page *page, const struct passage *p, size_t i)
{
    if (!token_is_mark(&page->tokens, i, ')'))
        return false;
    while (i > p->first && !token_is_mark(&page->tokens, i, '('))
        i--;
    return i > p->first && page->name_of[i - 1];
}

/* "A. B, head of C, said": behind the first comma of an apposition that ends right before the verb,
 * or the verb */
static size_t before_apposition(const struct page *page, const struct passage *p, size_t say)
{
    size_t i = say;
    while (i > p->first && say - i < 3 &&
           token_is(&page->tokens, i - 1, WORD_AUXILIARY, NULL, NULL))
        i--;
    i = before_dates(page, p, i);
    if (i <= p->first + 1 || !is_comma(page, i - 1))
        return say;
    uint32_t last = page->name_of[i - 2];
    const struct party *party = last ? &page->parties[page->names[last - 1].party] : NULL;
    if (party && !party->organisation && page->names[last - 1].first > p->first &&
        is_comma(page, page->names[last - 1].first - 1))
        return say;
    for (size_t k = i - 1; k > p->first + 1 && i - k < SUBJECT_REACH; k--)
        if (is_comma(page, k - 1) && (page->name_of[k - 2] || closes_name(page, p, k - 2)))
            return k - 1;
    return say;
}

/* "a spokesman for the ministry": the description around the name or country, or the name */
static struct str described(const struct page *page, const struct passage *p, size_t begin,
                            size_t say, struct str name)
{
    const struct tokens *t = &page->tokens;
    size_t i = begin, head = 0;
    while (i > p->first && begin - i < 2 && token_is(t, i - 1, WORD_DETERMINER, NULL, NULL))
        i--;
    size_t group = begin;
    if (p->verb_final && token_is_before(t, begin, WORD_GROUP, NULL, &group) && group >= p->first)
        return arena_print(page->arena, "%.*s %.*s", STR_ARG(page_words(page, group, begin)),
                           STR_ARG(name));
    if (i <= p->first + 1 || !token_is(t, i - 1, WORD_LINK, NULL, NULL) ||
        !token_is_before(t, i - 1, WORD_GROUP, NULL, &head))
        return name;
    size_t first = description_from(page, p->first, head), end = i;
    while (end < say && !opens_phrase(page, end))
        end++;
    return page_words(page, first, end);
}

static bool is_country(const struct page *page, size_t i, size_t say, size_t *end)
{
    const struct entry *place = NULL;
    return say - i < 4 && token_is(&page->tokens, i, WORD_PLACE, &place, end) && *end <= say &&
           str_equal(place->value, STR("country"));
}

/* where verbs end the clause, a subject opens it: nothing but a mark, a verb or a date before it */
static bool opens_clause(const struct page *page, const struct passage *p, size_t i)
{
    if (!p->verb_final || i == p->first)
        return true;
    const struct tokens *t = &page->tokens;
    bool time = page->date_of[i - 1] || token_is(t, i - 1, WORD_ADVERB, NULL, NULL);
    return time || t->at[i - 1].shape == SHAPE_MARK || page_particle(page, i - 1, "comma") ||
           token_is(t, i - 1, WORD_VERB, NULL, NULL) || page_particle(page, i - 1, "relative") ||
           joins_speakers(page, i - 1) || token_is(t, i - 1, WORD_TITLE, NULL, NULL) ||
           token_is(t, i - 1, WORD_ROLE, NULL, NULL) || token_is(t, i - 1, WORD_CLAUSE, NULL, NULL);
}

static struct str named_subject(const struct page *page, const struct passage *p, size_t name,
                                size_t say)
{
    struct str who = party_form(page, name);
    struct str other = joint_speaker(page, p, page->names[name].first, who);
    if (other.len)
        return arena_print(page->arena, "%.*s; %.*s", STR_ARG(other), STR_ARG(who));
    bool organisation = page->parties[page->names[name].party].organisation;
    return organisation ? described(page, p, page->names[name].first, say, who) : who;
}

/* the end of the words from token i that open no other phrase, at most so many */
static size_t phrase_end(const struct page *page, size_t i, size_t limit, size_t words)
{
    size_t end = i;
    while (end < limit && end < i + words && page->tokens.at[end].shape == SHAPE_ARABIC &&
           !opens_phrase(page, end) && !token_has(&page->tokens, end, WORD_PRONOUN) &&
           !token_has(&page->tokens, end, WORD_ADVERB) && !page_particle(page, end, "toll") &&
           !token_has(&page->tokens, end, WORD_EVENT))
        end++;
    return end;
}

static bool says_within(const struct page *page, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (token_has(&page->tokens, i, WORD_VERB) || page_particle(page, i, "relative") ||
            page_particle(page, i, "object"))
            return true;
    return false;
}

/* the words before a verb of saying that opens the sentence, though nobody knows the name; or
 * before the first comma, when what they are stands between it and the verb */
static struct str unknown_subject(const struct page *page, const struct passage *p, size_t say)
{
    size_t first = p->first + page_particle(page, p->first, "paper");
    if (!p->verb_final || say <= first)
        return STR_NONE;
    size_t end = phrase_end(page, first, say, UNKNOWN_WORDS);
    bool one = token_is(&page->tokens, first, WORD_NUMBER, NULL, NULL) &&
               (token_has(&page->tokens, first + 1, WORD_POPULATION) ||
                token_has(&page->tokens, first + 1, WORD_ROLE)) &&
               !token_has(&page->tokens, first + 1, WORD_COUNTER);
    if (one && end > first + 1 && say - end < SUBJECT_REACH && !says_within(page, end, say))
        return page_words(page, first, end);
    size_t verb = before_dates(page, p, say);
    bool described = end < verb && is_comma(page, end) && verb > end + 1 &&
                     is_comma(page, verb - 1) && verb - end < SUBJECT_REACH;
    for (size_t i = end + 1; described && i + 1 < verb; i++)
        described = !is_comma(page, i) && !token_has(&page->tokens, i, WORD_VERB);
    return end > first && (end == say || described) ? page_words(page, first, end) : STR_NONE;
}

struct str capitals_behind(const struct page *page, const struct passage *p, size_t i)
{
    const struct tokens *t = &page->tokens;
    while (i < p->end && t->at[i].shape == SHAPE_LOWER &&
           token_is(t, i, WORD_DETERMINER, NULL, NULL))
        i++;
    bool named = i < p->end && !p->headline && !p->verb_final && is_capital(page, i) &&
                 !(t->at[i].classes & CLASS_BIT(WORD_MEANT));
    return named ? page_words(page, i, capitals_end(page, i, p->end)) : STR_NONE;
}

/* a name that nobody knows, in capitals right before the verb */
static struct str capitals_before(const struct page *page, const struct passage *p, size_t say)
{
    size_t end = say;
    while (end > p->first && say - end < 3 &&
           (token_is(&page->tokens, end - 1, WORD_ADVERB, NULL, NULL) ||
            token_is(&page->tokens, end - 1, WORD_AUXILIARY, NULL, NULL)))
        end--;
    size_t first = capitals_from(page, p->first, end);
    return end - first > 1 && !p->headline ? page_words(page, first, end) : STR_NONE;
}

/* "the Platform for Journalism (P24), a press freedom group, said": the same before its
 * description */
static struct str capitals_described(const struct page *page, const struct passage *p, size_t say)
{
    const struct tokens *t = &page->tokens;
    if (p->verb_final || p->headline || say < p->first + 4 || !is_comma(page, say - 1))
        return STR_NONE;
    for (size_t i = say - 2; i > p->first && say - i < SUBJECT_REACH; i--) {
        if (token_has(t, i, WORD_AUXILIARY) || token_has(t, i, WORD_SAY))
            return STR_NONE;
        if (!is_comma(page, i))
            continue;
        size_t end = i;
        while (token_is_mark(t, i - 1, ')') && end > p->first && !token_is_mark(t, end, '('))
            end--;
        size_t first = capitals_from(page, p->first, end);
        return end - first > 1 ? page_words(page, first, i) : STR_NONE;
    }
    return STR_NONE;
}

/* "a protester in Tripoli told": one of a population, up to the verb */
static bool is_one_person(const struct page *page, const struct passage *p, size_t behind,
                          size_t say)
{
    const struct tokens *t = &page->tokens;
    const struct entry *who = NULL;
    if (p->verb_final || !token_is(t, behind - 1, WORD_POPULATION, &who, NULL) ||
        who->kind == KIND_CONTAINER || who->kind == KIND_EVENT || who->kind == KIND_PLACES ||
        str_equal(who->value, STR("organisations")))
        return false;
    size_t first = description_from(page, p->first, behind - 1);
    first -= first > p->first && token_has(t, first - 1, WORD_NUMBER) && !page->date_of[first - 1];
    if (first + 1 < behind && page_particle(page, first, "those") &&
        token_has(t, first, WORD_MEANT))
        return false;
    bool one = token_is(t, first, WORD_DETERMINER, NULL, NULL) ||
               token_is(t, first, WORD_NUMBER, NULL, NULL);
    return one && first + 1 < behind && say - first < DESCRIPTION_REACH &&
           description_end(page, behind, say) == say && !str_ends(t->at[behind - 1].word, STR("s"));
}

/* "A, head of B,": whom the B at token `begin` describes, where verbs end the clause */
static struct str in_apposition(const struct page *page, const struct passage *p, size_t begin)
{
    for (size_t i = begin; i > p->first + 1 && begin - i < DESCRIPTION_REACH; i--) {
        if (token_is(&page->tokens, i - 1, WORD_VERB, NULL, NULL) || page->date_of[i - 1])
            return STR_NONE;
        if (!is_comma(page, i - 1))
            continue;
        uint32_t name = page->name_of[i - 2];
        bool person = name && !page->parties[page->names[name - 1].party].organisation;
        return person && i < begin ? party_form(page, name - 1) : STR_NONE;
    }
    return STR_NONE;
}

/* "the prosecutor of the centre of the province of Fars": the chain of words that goes on behind
 * its head, where verbs end the clause */
static size_t chain_end(const struct page *page, size_t i, size_t say)
{
    size_t end = phrase_end(page, i, say, DESCRIPTION_REACH);
    if (end + 1 < say && joins_speakers(page, end) && !opens_phrase(page, end + 1))
        end = phrase_end(page, end + 1, say, DESCRIPTION_REACH);
    return end;
}

/* "a local elder from Hama said": somebody unnamed, who opens the clause and whom nothing else
 * parts from the verb */
static struct str unnamed_subject(const struct page *page, const struct passage *p, size_t say)
{
    const struct tokens *t = &page->tokens;
    size_t first = say;
    if (p->verb_final || p->headline)
        return STR_NONE;
    while (first > p->first && say - first < UNNAMED_WORDS &&
           token_is(t, first - 1, WORD_AUXILIARY, NULL, NULL))
        first--;
    size_t end = first;
    while (first > p->first && end - first < UNNAMED_WORDS) {
        size_t i = first - 1;
        if (page_particle(page, i, "one")) {
            bool opens = i == p->first || t->at[i - 1].shape == SHAPE_MARK ||
                         page_particle(page, i - 1, "that");
            return opens && end - first > 0 ? page_words(page, i, end) : STR_NONE;
        }
        bool linked = token_is(t, i, WORD_PREPOSITION, NULL, NULL) || page_particle(page, i, "of");
        bool told = token_has(t, i, WORD_EVENT) || page_particle(page, i, "paper") ||
                    token_has(t, i, WORD_NUMBER) || t->at[i].shape == SHAPE_NUMBER;
        if (t->at[i].shape == SHAPE_MARK || told || (opens_phrase(page, i) && !linked))
            return STR_NONE;
        first--;
    }
    return STR_NONE;
}

/* "A, head of B, in answer to C, said": where verbs end the clause, the name that opens it and is
 * described */
static struct str first_apposed(const struct page *page, const struct passage *p, size_t say)
{
    uint32_t name = page->name_of[p->first];
    size_t end = name ? page->names[name - 1].end : p->first;
    if (!name || end >= say || !is_comma(page, end))
        return STR_NONE;
    for (size_t i = end; i < say; i++)
        if (token_has(&page->tokens, i, WORD_VERB) || page_particle(page, i, "relative"))
            return STR_NONE;
    return party_form(page, name - 1);
}

struct str speaker_before(const struct page *page, const struct passage *p, size_t from, size_t say,
                          const struct hearing *heard)
{
    const struct tokens *t = &page->tokens;
    struct str fallback = STR_NONE;
    bool anaphor = false, person = false;
    size_t last = from == say ? before_apposition(page, p, say) : from;
    size_t least = last - p->first < SUBJECT_REACH ? p->first : last - SUBJECT_REACH;
    bool he = from == say && !p->verb_final && last > least && page_particle(page, last - 1, "he");
    for (size_t i = he ? least : last; i > least; i--) {
        size_t end = i, begin = i - 1;
        uint32_t name = page->name_of[i - 1];
        struct str who = STR_NONE;
        bool joined = p->verb_final && from < say && i + 1 == last && joins_speakers(page, i);
        if (name && joined) {
            i = page->names[name - 1].first + 1;
            continue;
        }
        if (name) {
            begin = page->names[name - 1].first;
            bool told = !p->verb_final && begin > p->first && i < last &&
                        token_is(t, begin - 1, WORD_SAY, NULL, NULL);
            if (told) {
                i = begin + 1;
                continue;
            }
            bool stands = begin > p->first &&
                          token_is_kind(t, begin - 1, WORD_PRONOUN, KIND_GROUP, NULL, &end) &&
                          end > begin;
            if (stands) {
                anaphor = true;
                break;
            }
            who = named_subject(page, p, name - 1, last);
        } else if (token_is(t, i - 1, WORD_GROUP, NULL, &end) && end <= last) {
            if (!token_is_before(t, end, WORD_GROUP, NULL, &begin) || begin < p->first)
                begin = i - 1;
            size_t first = description_from(page, p->first, begin);
            uint32_t of = p->verb_final && end < last ? page->name_of[end] : 0;
            size_t whose = of ? page->names[of - 1].end : end;
            size_t behind =
                p->verb_final ? chain_end(page, whose, last) : description_end(page, end, last);
            while (behind > end && token_has(t, behind - 1, WORD_AUXILIARY))
                behind--;
            first -= first > p->first && token_has(t, first - 1, WORD_NUMBER) &&
                     !page->date_of[first - 1];
            who = page_words(page, first, behind);
        } else if (from == say && is_one_person(page, p, i, last)) {
            begin = description_from(page, p->first, i - 1);
            begin -= begin > p->first && token_has(t, begin - 1, WORD_NUMBER);
            return page_words(page, begin, last);
        } else if (is_country(page, i - 1, last, &end) && !p->verb_final) {
            who = described(page, p, i - 1, last, page_words(page, i - 1, end));
        }
        anaphor |= token_is_kind(t, i - 1, WORD_PRONOUN, KIND_GROUP, NULL, &end) && end <= last;
        person |= from == say && say - i < 3 && token_is(t, i - 1, WORD_MEANT, NULL, NULL);
        person |= from == say && say - i < 3 && page_particle(page, i - 1, "he");
        anaphor |= person;
        if (who.len && p->verb_final) {
            struct str whose = in_apposition(page, p, begin);
            who = whose.len ? whose : who;
            if (whose.len)
                return who;
        }
        size_t head = begin;
        while (head > p->first && begin - head < 2 && t->at[head - 1].shape == SHAPE_LOWER &&
               !opens_phrase(page, head - 1) && !token_has(t, head - 1, WORD_DETERMINER))
            head--;
        bool governed = head > p->first && token_is(t, head - 1, WORD_PREPOSITION, NULL, NULL);
        if (who.len && governed && from == say) {
            struct str unnamed = unnamed_subject(page, p, last);
            who = unnamed.len ? unnamed : who;
        }
        if (who.len && opens_clause(page, p, begin))
            return who;
        if (who.len && !fallback.len && !governed)
            fallback = who;
        if (name && begin < i)
            i = begin + 1;
    }
    anaphor |= he;
    person |= he;
    bool told = heard->speaker.len && (heard->recent || !heard->person.len);
    struct str meant = person && told                ? heard->speaker
                       : person && heard->person.len ? heard->person
                                                     : meant_by(heard);
    if (!fallback.len && !anaphor)
        fallback = capitals_before(page, p, last);
    if (!fallback.len && !anaphor && from == say)
        fallback = capitals_described(page, p, say);
    if (anaphor)
        return meant.len ? meant : first_organisation(page, p);
    if (!fallback.len && from == say)
        fallback = unnamed_subject(page, p, last);
    if (!fallback.len && p->verb_final)
        fallback = first_apposed(page, p, last);
    return fallback.len ? fallback : unknown_subject(page, p, say);
}

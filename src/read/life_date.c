#include "read/date.h"
#include "read/happening_int.h"
#include "read/patient_int.h"

enum {
    NOUN_DATE_REACH = 10,
    SESSION_REACH = 5,
    BEHIND_REACH = 30,
    NEAR_REACH = 8,
    GATHERING_REACH = 3,
    COMMA_DATE_REACH = 4,
    DURING_REACH = 6,
    ENTRY_LINES = 4,
    APPOSITION_REACH = 12
};

struct str life_date_at(const struct page *page, size_t i)
{
    const struct date_mention *d = page->date_of[i] ? &page->dates[page->date_of[i] - 1] : NULL;
    return d && !str_equal(d->iso, STR("unresolved")) ? d->iso : STR_NONE;
}

static size_t date_end(const struct page *page, size_t i)
{
    uint32_t date = page->date_of[i];
    while (i < page->tokens.count && page->date_of[i] == date)
        i++;
    return i;
}

size_t life_date_first(const struct page *page, size_t i)
{
    while (i > 0 && page->date_of[i - 1] == page->date_of[i])
        i--;
    return i;
}

static bool is_period_name(const struct page *page, size_t first, size_t end)
{
    const struct token *t = &page->tokens.at[end < page->tokens.count ? end : first];
    return first > 0 && has_class(page, first - 1, WORD_DETERMINER) && t->shape == SHAPE_LOWER &&
           t->cased && !has_class(page, end, WORD_PREPOSITION) &&
           !has_class(page, end, WORD_AUXILIARY) && !has_class(page, end, WORD_CLAUSE) &&
           !has_class(page, end, WORD_CONJUNCTION) && !is_happening(page, end);
}

/* an age or the end of something: "until May 2020" dates no beginning */
static bool is_until(const struct page *page, size_t first)
{
    const struct entry *entry = NULL;
    const struct token *before = first > 0 ? &page->tokens.at[first - 1] : NULL;
    bool bullet = before && before->shape == SHAPE_MARK && (before->lines > 0 || first == 1);
    if (bullet || !token_is_before(&page->tokens, first, WORD_OPENS, &entry, NULL))
        return false;
    bool until = false, other = false;
    for (const struct entry *e = entry; e; e = e->next) {
        bool ends = e->class == WORD_OPENS && str_equal(e->value, STR("until"));
        until = until || ends;
        other = other || (e->class == WORD_OPENS && !ends && !str_equal(e->value, STR("as_of")));
    }
    return until && !other;
}

bool is_gathering_date(const struct page *page, size_t date)
{
    for (size_t i = date; i > 0 && date - i < GATHERING_REACH; i--) {
        bool counted = has_class(page, i - 1, WORD_POPULATION) &&
                       !has_class(page, i - 1, WORD_OPENS) && !page_particle(page, i, "and");
        if (counted || page_particle(page, i - 1, "upheaval"))
            return true;
        if (page->tokens.at[i - 1].shape != SHAPE_ARABIC || page->date_of[i - 1] ||
            page->name_of[i - 1] || has_class(page, i - 1, WORD_PREPOSITION) ||
            is_happening(page, i - 1) || has_class(page, i - 1, WORD_OPENS))
            return false;
    }
    return false;
}

static bool is_birth(const struct page *page, size_t first)
{
    size_t i = first;
    while (i > 0 &&
           (has_class(page, i - 1, WORD_PREPOSITION) || has_class(page, i - 1, WORD_OPENS)))
        i--;
    return i > 0 && page_particle(page, i - 1, "born");
}

/* the date whose first token is `i`, where it can be that of a happening */
static struct str usable(const struct page *page, size_t i)
{
    bool of_gathering = page->tokens.at[i].shape == SHAPE_ARABIC && is_gathering_date(page, i);
    if (!page->date_of[i] || page->name_of[i] || is_birth(page, i) ||
        life_date_first(page, i) != i || is_until(page, i) || of_gathering ||
        date_is_dateline(page->text, page->dates[page->date_of[i] - 1].quote) ||
        is_period_name(page, i, date_end(page, i)))
        return STR_NONE;
    return life_date_at(page, i);
}

static bool is_saying(const struct page *page, size_t i)
{
    return is_say(page, i) || token_is_mark(&page->tokens, i, ';') ||
           token_is_mark(&page->tokens, i, ':');
}

/* the next happening or clause begins */
static bool ends_behind(const struct page *page, size_t i)
{
    return is_saying(page, i) || is_happening(page, i) ||
           (has_class(page, i, WORD_CLAUSE) && !has_class(page, i, WORD_PREPOSITION) &&
            !page_particle(page, i, "when") && !has_class(page, i + 1, WORD_PREPOSITION)) ||
           (page_particle(page, i, "relative") && !has_class(page, i, WORD_DETERMINER));
}

/* "released on furlough": both words tell the same */
static bool tells_same(const struct page *page, size_t i, struct str event)
{
    const struct entry *entry = NULL;
    return token_is(&page->tokens, i, WORD_LIFE, &entry, NULL) && str_equal(entry->value, event);
}

/* "ousted X, the first elected president, in July": the comma that closes what describes X, where
 * `i` is the one that opens it; else `i` */
static size_t behind_apposition(const struct page *page, const struct passage *p, size_t i)
{
    if (i == p->first || !token_is_mark(&page->tokens, i, ',') ||
        person_over(page, i - 1) == SIZE_MAX || page_particle(page, i + 1, "and") ||
        person_over(page, i + 1) != SIZE_MAX)
        return i;
    for (size_t k = i + 1; k + 1 < p->end && k < i + APPOSITION_REACH; k++) {
        if (has_class(page, k, WORD_AUXILIARY) || is_say(page, k) || page->date_of[k])
            break;
        if (token_is_mark(&page->tokens, k, ','))
            return k;
    }
    return i;
}

static bool is_judged(struct str event)
{
    return str_equal(event, STR("sentenced")) || str_equal(event, STR("charged")) ||
           str_equal(event, STR("other:convicted"));
}

/* behind the verb, before anything else happens; over an "and" only when the next verb follows at
 * once: "tried and sentenced in August" */
static struct str date_behind_verb(const struct page *page, const struct passage *p, size_t end,
                                   size_t reach, struct str event)
{
    size_t i = end;
    bool other = false, judged = is_judged(event), deed = false;
    while (i + 1 < p->end && page_particle(page, i, "and") && has_class(page, i + 1, WORD_LIFE)) {
        size_t next = i + 2;
        token_is(&page->tokens, i + 1, WORD_LIFE, NULL, &next);
        i = next;
    }
    for (; i < p->end && i < end + reach; i++) {
        struct str date = usable(page, i);
        if (date.len)
            return other ? STR_NONE : date;
        deed = deed || (judged && page_particle(page, i, "reason") && is_gerund(page, i + 1));
        if (deed && page_particle(page, i, "occasion"))
            return STR_NONE; /* "convicted for filming a march on 3 May" */
        i = behind_apposition(page, p, i);
        size_t term = 0;
        if (token_is(&page->tokens, i, WORD_TERM, NULL, &term) && term > i + 1) {
            i = term - 1;
            continue;
        }
        if (page->date_of[i])
            continue;
        if (ends_behind(page, i) && !tells_same(page, i, event))
            break;
        bool finite = has_class(page, i, WORD_AUXILIARY) && i > end;
        bool joint = page_particle(page, i, "and") && has_class(page, i + 1, WORD_AUXILIARY);
        other = other || finite || joint;
    }
    return STR_NONE;
}

static bool is_joint(const struct page *page, size_t i)
{
    return page_particle(page, i, "and") || page_particle(page, i, "but") || is_pause(page, i);
}

/* the date at `i` stands at the beginning of its clause: "and in March" */
static bool opens_clause(const struct page *page, const struct passage *p, size_t i)
{
    while (i > p->first && !page_particle(page, i - 1, "relative") &&
           (has_class(page, i - 1, WORD_PREPOSITION) || has_class(page, i - 1, WORD_DETERMINER)))
        i--;
    return i == p->first || is_joint(page, i - 1) || has_class(page, i - 1, WORD_CLAUSE) ||
           page_particle(page, i - 1, "relative");
}

struct str life_date_then(const struct page *page, const struct passage *p, size_t when)
{
    size_t i = when > p->first && is_pause(page, when - 1) ? when - 1 : when;
    return i > p->first ? life_date_at(page, i - 1) : STR_NONE;
}

/* before the verb, back to where its clause or what is said begins */
static struct str date_before_verb(const struct page *page, const struct passage *p, size_t first,
                                   size_t since)
{
    bool joint = false;
    for (size_t i = first; i > p->first && i > since; i--) {
        if (is_saying(page, i - 1) || has_class(page, i - 1, WORD_ACCORDING))
            break;
        struct str date = usable(page, i - 1);
        if (!joint && page_particle(page, i - 1, "when") && life_date_then(page, p, i - 1).len)
            return life_date_then(page, p, i - 1);
        bool event = is_happening(page, i - 1) && !page->name_of[i - 1];
        if (date.len)
            return !joint || opens_clause(page, p, i - 1) ? date : STR_NONE;
        if (event || page_particle(page, i - 1, "relative") || page_particle(page, i - 1, "being"))
            break;
        joint = joint || is_joint(page, i - 1);
    }
    return STR_NONE;
}

/* "On May 3, X, a teacher, was arrested": the date that opens the sentence, where nothing else was
 * told before */
static struct str date_opening(const struct page *page, const struct passage *p, size_t first)
{
    size_t i = p->first, end = p->first;
    while (i < first && i < p->first + 3 && !page->date_of[i])
        i++;
    struct str date = i < first ? usable(page, i) : STR_NONE;
    if (!date.len)
        return STR_NONE;
    bool cites = false;
    for (end = date_end(page, i); end < first; end++) {
        bool cited = cites && (is_say(page, end) || page_particle(page, end, "and"));
        bool lists =
            token_is_mark(&page->tokens, end, ':') && person_over(page, end + 1) != SIZE_MAX;
        if (is_saying(page, end) && !cited && !lists && !has_class(page, end, WORD_ACCORDING))
            return STR_NONE;
        cites = cites || has_class(page, end, WORD_ACCORDING);
    }
    size_t verb = verb_group(page, p, first);
    return verb > p->first && page_particle(page, verb - 1, "relative") ? STR_NONE : date;
}

/* "the 2006 murder" */
static bool is_bare_year(const struct page *page, size_t i)
{
    const struct token *t = &page->tokens.at[i];
    return t->shape == SHAPE_NUMBER && t->word.len == 4 && !page->date_of[i] && i > 0 &&
           (t->word.at[0] == '1' || t->word.at[0] == '2') &&
           (has_class(page, i - 1, WORD_DETERMINER) || page->tokens.at[i - 1].possessive);
}

/* what befalls people where a crowd is, on its day */
static bool befalls_in_crowds(struct str event)
{
    static const char *const events[] = {"killed",     "died",         "arrested",
                                         "rearrested", "other:beaten", "other:injured"};
    for (size_t i = 0; i < COUNT_OF(events); i++)
        if (str_equal(event, str_of(events[i])))
            return true;
    return false;
}

/* "in the protests of January was killed", not "a leader of the protests of January was" */
static bool is_during(const struct page *page, size_t date)
{
    const struct entry *opens = NULL;
    for (size_t i = date; i > 0 && date - i < DURING_REACH; i--) {
        if (page->name_of[i - 1] || has_class(page, i - 1, WORD_VERB) ||
            page_particle(page, i - 1, "of"))
            return false;
        if (token_is_before(&page->tokens, i, WORD_OPENS, &opens, NULL) &&
            str_equal(opens->value, STR("in")))
            return true;
    }
    return false;
}

/* "the killing of X in the protests of 18 January": behind token `end`, before a verb */
static struct str date_of_crowd_behind(const struct page *page, const struct occurrence *o,
                                       size_t end)
{
    const struct passage *p = &page->passages[o->passage];
    for (size_t i = end; i < p->end && befalls_in_crowds(o->event->value); i++) {
        if (has_class(page, i, WORD_VERB))
            break;
        if (life_date_at(page, i).len && is_gathering_date(page, i) && is_during(page, i))
            return life_date_at(page, i);
    }
    return STR_NONE;
}

/* "X winner of the prize of 2016 is": behind what no verb completes */
static struct str date_behind_predicate(const struct page *page, const struct passage *p,
                                        const struct occurrence *o)
{
    bool attribute = o->first > p->first && has_class(page, o->first - 1, WORD_POPULATION);
    for (size_t i = o->end; i < p->end && (attribute || o->event->kind == KIND_PREDICATE); i++) {
        if (life_date_at(page, i).len)
            return life_date_at(page, i);
        if (has_class(page, i, WORD_VERB) || page->tokens.at[i].shape == SHAPE_MARK ||
            has_class(page, i, WORD_CLAUSE))
            break;
    }
    return STR_NONE;
}

/* "the September 16 killing of X", "the arrest of X in May": right beside the noun's phrase */
static struct str date_of_noun(const struct page *page, const struct occurrence *o,
                               const struct patients *who)
{
    const struct passage *p = &page->passages[o->passage];
    const struct name *n = &page->names[who->to - 1];
    size_t end = n->passage == o->passage && n->end > o->end ? n->end : o->end;
    for (size_t i = o->first; i > p->first && o->first - i < 4; i--) {
        struct str date = life_date_at(page, i - 1);
        if (date.len && i == o->first)
            return date;
        if (i == o->first && is_bare_year(page, i - 1))
            return page_words(page, i - 1, i);
        if (!has_class(page, i - 1, WORD_ADVERB))
            break;
    }
    size_t reach = p->verb_final ? 2 * NOUN_DATE_REACH : NOUN_DATE_REACH, comma = 0;
    for (size_t i = o->end; i < p->end && i < end + reach; i++) {
        struct str date = usable(page, i);
        if (date.len)
            return comma && i - comma > COMMA_DATE_REACH ? STR_NONE : date;
        if (page_particle(page, i, "comma"))
            comma = i;
        bool goes_on = (p->verb_final && page_particle(page, i, "comma")) ||
                       (i == o->end && is_form_label(page, o));
        if (goes_on)
            continue;
        if (i >= end && (page->tokens.at[i].shape == SHAPE_MARK || ends_behind(page, i) ||
                         has_class(page, i, WORD_AUXILIARY) || is_clause_verb(page, i)))
            break;
    }
    if (!p->verb_final)
        return STR_NONE;
    return o->event->kind == KIND_PREDICATE ? date_behind_predicate(page, p, o)
                                            : date_of_crowd_behind(page, o, end);
}

/* the last date between the tokens, or none */
static struct str date_last(const struct page *page, size_t from, size_t to)
{
    for (size_t i = to; i > from; i--)
        if (usable(page, i - 1).len)
            return usable(page, i - 1);
    return STR_NONE;
}

static bool is_told_in(const struct page *page, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (is_happening(page, i) && !page->name_of[i])
            return true;
    return false;
}

/* "On May 3 X, who had left the car, was shot", "on May 3 X fainted and died": the date of the
 * clauses before, where they tell of nothing else */
static struct str date_of_chain(const struct page *page, const struct passage *p, size_t clause,
                                const struct patients *who)
{
    const struct name *n = &page->names[who->from];
    bool here = n->passage == (size_t)(p - page->passages);
    size_t from = p->first;
    for (size_t i = clause; i > p->first && from == p->first; i--)
        if (token_is_mark(&page->tokens, i - 1, '.') || page_particle(page, i - 1, "semicolon"))
            from = i;
    bool named = here && n->first >= from && n->first < clause;
    if (!named || is_told_in(page, from, clause))
        return STR_NONE;
    for (size_t i = from; i < clause; i++)
        if (is_say(page, i) || has_class(page, i, WORD_ACCORDING))
            return STR_NONE;
    return date_last(page, from, clause);
}

/* the last date of a gathering in which it happened */
static struct str date_of_crowd(const struct page *page, const struct occurrence *o, size_t from)
{
    for (size_t i = o->first; i > from && befalls_in_crowds(o->event->value); i--)
        if (life_date_at(page, i - 1).len && life_date_first(page, i - 1) == i - 1 &&
            is_gathering_date(page, i - 1) && is_during(page, i - 1))
            return life_date_at(page, i - 1);
    return STR_NONE;
}

/* "X, a protester held in the protests of May 3, was sentenced": the date is of what describes X */
static bool is_apposed(const struct page *page, size_t from, size_t date, size_t verb)
{
    bool closed = false;
    for (size_t i = date; i < verb && !closed; i++)
        closed = page_particle(page, i, "comma");
    for (size_t i = date; closed && i > from + 1; i--) {
        if (!page_particle(page, i - 1, "comma"))
            continue;
        size_t name = i - 2;
        while (name > from && page_particle(page, name, "unquote"))
            name--;
        return person_over(page, name) != SIZE_MAX && !page->date_of[i] &&
               !has_class(page, i, WORD_PREPOSITION) && !has_class(page, i, WORD_OPENS);
    }
    return false;
}

/* where verbs end the clause: the dates between its beginning and its verb */
static struct str date_verb_final(const struct page *page, const struct occurrence *o,
                                  const struct patients *who, const struct earlier *before)
{
    const struct passage *p = &page->passages[o->passage];
    size_t from = clause_verb_final(page, p, o->first);
    struct str far = o->end < p->end ? usable(page, o->end) : STR_NONE;
    if (far.len && o->event->kind == KIND_INTRANSITIVE)
        return far;
    far = STR_NONE;
    bool joined = before->passage == o->passage && before->end <= o->first &&
                  before->opening == from && !before->noun;
    for (size_t i = o->first; i > from; i--) {
        struct str date = usable(page, i - 1);
        if (date.len && is_apposed(page, from, i - 1, o->first))
            continue;
        if (date.len && (!joined || i - 1 >= before->end))
            return date;
        if (date.len && !far.len)
            far = date;
    }
    bool placed = false;
    for (size_t i = before->end; joined && i < o->first; i++)
        placed = placed || has_class(page, i, WORD_PREPOSITION) || page_particle(page, i, "later");
    if (joined && placed)
        return STR_NONE;
    if (!far.len)
        far = date_behind_predicate(page, p, o);
    if (!far.len)
        far = date_of_crowd(page, o, from);
    return far.len || joined ? far : date_of_chain(page, p, from, who);
}

static bool is_said_between(const struct page *page, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (is_say(page, i))
            return true;
    return false;
}

/* "on May 3, X was arrested and sentenced": the date that opens the sentence holds for both */
static struct str date_shared(const struct page *page, const struct occurrence *o,
                              const struct earlier *before)
{
    const struct passage *p = &page->passages[o->passage];
    if (before->passage != o->passage || before->noun || before->end > o->first)
        return STR_NONE;
    const struct name *n = &page->names[before->who.from];
    size_t subject =
        n->passage == o->passage && n->first < before->first ? n->first : before->first;
    size_t verb = verb_group(page, p, o->first);
    if (verb > p->first && page_particle(page, verb - 1, "relative"))
        return STR_NONE;
    for (size_t i = p->first; i < subject && i < p->first + 3; i++)
        if (usable(page, i).len)
            return is_said_between(page, i, before->first) ? STR_NONE : life_date_at(page, i);
    return STR_NONE;
}

struct str life_since(const struct page *page, const struct occurrence *o)
{
    struct figure period = {0};
    period_of(page, o->passage, o->first, o->end, &period);
    return period.since.len && !period.until.len ? period.since : STR_NONE;
}

/* "of those arrested in January" */
static bool is_membership(const struct page *page, const struct occurrence *o)
{
    return o->event->kind == KIND_PREDICATE && page_particle(page, o->first, "of") &&
           !has_class(page, o->end, WORD_VERB);
}

/* where verbs end the clause a word is a noun unless a verb follows it, or another joined to it */
bool is_nominal(const struct page *page, const struct occurrence *o)
{
    enum word_kind kind = o->event->kind;
    if (!page->passages[o->passage].verb_final)
        return kind == KIND_NOUN || kind == KIND_DATED;
    if (kind == KIND_AFTER || is_membership(page, o))
        return true;
    bool noun = token_is_kind(&page->tokens, o->first, WORD_LIFE, KIND_NOUN, NULL, NULL);
    bool last = o->end >= page->passages[o->passage].end || is_clause_stop(page, o->end) ||
                page_particle(page, o->end, "comma");
    if (last && token_is_kind(&page->tokens, o->first, WORD_LIFE, KIND_INTRANSITIVE, NULL, NULL))
        return false;
    for (size_t i = o->first; i <= o->end && noun; i++)
        noun = !has_class(page, i, WORD_VERB) && !(i == o->end && page_particle(page, i, "and"));
    return noun || kind == KIND_DATED;
}

/* "the trial of X began on May 3", "this hearing will be held on May 3" */
static struct str date_of_session(const struct page *page, const struct occurrence *o,
                                  const struct patients *who)
{
    const struct passage *p = &page->passages[o->passage];
    const struct name *n = &page->names[who->to - 1];
    bool here = n->passage == o->passage;
    size_t verb = here && n->end > o->end ? n->end : o->end;
    struct str date = date_of_noun(page, o, who);
    if (!date.len && here)
        date = date_opening(page, p, o->first);
    for (size_t k = 0; k < SESSION_REACH && verb + 1 < p->end; k++)
        if (!has_class(page, verb, WORD_AUXILIARY) && !page->date_of[verb])
            verb++;
    while (verb < p->end && has_class(page, verb, WORD_AUXILIARY))
        verb++;
    return date.len ? date : date_behind_verb(page, p, verb, BEHIND_REACH, o->event->value);
}

/* a line that is nothing but a date */
static struct str date_of_line(const struct page *page, const struct passage *p)
{
    return p->first < p->end && page->date_of[p->first] && date_end(page, p->first) >= p->end
               ? life_date_at(page, p->first)
               : STR_NONE;
}

/* "X", "62", "Killed in the street.", "2022-09-21": the date on a line of its own, in what stands
 * below a line that is a name */
static struct str date_of_entry(const struct page *page, const struct occurrence *o, size_t name)
{
    const struct name *n = &page->names[name];
    const struct passage *head = &page->passages[n->passage];
    if (!befalls_in_crowds(o->event->value) || n->passage == o->passage ||
        n->first != head->first || n->end < head->end)
        return STR_NONE;
    for (size_t s = n->passage + 1; s < page->passages_count && s < o->passage + ENTRY_LINES; s++) {
        const struct passage *p = &page->passages[s];
        struct str date = date_of_line(page, p);
        bool next = s > o->passage && p->first < p->end && person_over(page, p->first) != SIZE_MAX;
        if (date.len || next)
            return date;
    }
    return STR_NONE;
}

static struct str date_told(const struct page *page, const struct occurrence *o,
                            const struct patients *who, const struct earlier *before)
{
    const struct passage *p = &page->passages[o->passage];
    bool noun = is_nominal(page, o);
    bool here = page->names[who->from].passage == o->passage;
    if (noun && o->event->kind == KIND_DATED && !p->verb_final)
        return date_of_session(page, o, who);
    if (noun && (here || is_form_label(page, o)))
        return date_of_noun(page, o, who);
    if (p->verb_final && here &&
        (page_particle(page, o->end, "infinitive") ||
         page_particle(page, o->end - 1, "infinitive")))
        return date_of_noun(page, o, who);
    if (p->verb_final && o->event->kind != KIND_DATED) {
        struct str date = date_verb_final(page, o, who, before);
        return date.len || !noun ? date : date_of_noun(page, o, who);
    }
    if (p->verb_final || noun)
        return date_of_noun(page, o, who);
    bool told = before->passage == o->passage && before->end <= o->first;
    struct str opening = told ? STR_NONE : date_opening(page, p, o->first);
    size_t reach = opening.len ? NEAR_REACH : BEHIND_REACH;
    struct str date = date_behind_verb(page, p, o->end, reach, o->event->value);
    if (!date.len)
        date = life_date_latest(page, o);
    if (!date.len)
        date = date_before_verb(page, p, o->first, told ? before->end : p->first);
    if (!date.len && !told)
        date = opening;
    if (!date.len && is_passive(page, p, o->first))
        date = life_since(page, o);
    return date.len ? date : date_shared(page, o, before);
}

struct str life_date(const struct page *page, const struct occurrence *o,
                     const struct patients *who, const struct earlier *before)
{
    struct str date = date_told(page, o, who, before);
    if (!date.len)
        date = life_date_latest(page, o);
    return date.len ? date : date_of_entry(page, o, who->from);
}

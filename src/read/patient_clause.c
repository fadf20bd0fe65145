#include "read/patient_int.h"
#include "read/trace.h"

enum {
    INCLUDED_REACH = 16,
    WHOM_REACH = 6,
    FRONTED_REACH = 20,
    HEADING_WORDS = 6,
    HEADING_BACK = 6,
    ENTRY_MARKS = 3,
    DESCRIPTION_WORDS = 10,
    DESCRIBED_WORDS = 5
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

/* a heading or line that is a name, with little behind it */
static size_t name_heading(const struct page *page, const struct passage *p)
{
    size_t name = p->first < p->end ? person_over(page, p->first) : SIZE_MAX;
    if (name == SIZE_MAX || p->end - page->names[name].end > HEADING_WORDS)
        return SIZE_MAX;
    for (size_t i = page->names[name].end; i < p->end; i++)
        if (page->name_of[i] || is_happening(page, i) || is_say(page, i) ||
            has_class(page, i, WORD_AUXILIARY) || has_class(page, i, WORD_VERB))
            return SIZE_MAX;
    return name;
}

struct patients patients_headed(const struct page *page, size_t passage)
{
    /* "Arrested:" is of what stands below it */
    if (token_is_mark(&page->tokens, page->passages[passage].end - 1, ':'))
        return nobody;
    size_t reach = scope_reach(page, page->passages[passage].first);
    for (size_t k = 1; k <= passage && k <= HEADING_BACK; k++) {
        if (page->passages[passage - k].end <= reach)
            break;
        size_t name = name_heading(page, &page->passages[passage - k]);
        if (name != SIZE_MAX)
            return (struct patients){name, name + 1};
    }
    return nobody;
}

/* "Arrested in 2019, X": whom the main clause is about, or the heading */
static struct patients fronted(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    for (size_t i = o->end; i < p->end && i < o->end + FRONTED_REACH; i++) {
        if (has_class(page, i, WORD_AUXILIARY) || is_say(page, i) ||
            person_over(page, i) != SIZE_MAX || token_is_mark(&page->tokens, i, '.'))
            break;
        if (token_is_mark(&page->tokens, i, ',')) {
            struct patients who = patients_governed(page, o->passage, i + 1, NULL);
            if (is_someone(who))
                return who;
        }
    }
    return patients_headed(page, o->passage);
}

/* "X (the Times): a reporter arrested": the names that open the line of what ends before `end` */
static struct patients of_entry(const struct page *page, const struct passage *p, size_t end)
{
    size_t name = SIZE_MAX, colon = end;
    for (size_t i = p->first; i < end && i < p->first + ENTRY_MARKS && name == SIZE_MAX; i++) {
        name = person_over(page, i);
        if (name == SIZE_MAX && page->tokens.at[i].shape != SHAPE_MARK)
            return nobody;
    }
    if (name == SIZE_MAX)
        return nobody;
    struct patients who = patients_listed(page, name);
    for (size_t i = page->names[who.to - 1].end; i < end && colon == end; i++) {
        if (token_is_mark(&page->tokens, i, ':'))
            colon = i;
        else if (is_pause(page, i) || has_class(page, i, WORD_AUXILIARY) || is_happening(page, i))
            return nobody;
    }
    for (size_t i = colon + 1; i < end; i++)
        if (person_over(page, i) != SIZE_MAX || has_class(page, i, WORD_AUXILIARY) ||
            is_say(page, i) || token_is_mark(&page->tokens, i, '.') ||
            token_is_mark(&page->tokens, i, ';'))
            return nobody;
    return colon < end ? who : nobody;
}

/* "A young mother killed in May." below a line that is her name: what ends before `end` opens so */
static struct patients of_heading(const struct page *page, size_t passage, size_t end)
{
    const struct passage *p = &page->passages[passage];
    if (!has_class(page, p->first, WORD_DETERMINER) || end - p->first > DESCRIPTION_WORDS)
        return nobody;
    for (size_t i = p->first; i < end; i++)
        if (page->name_of[i] || has_class(page, i, WORD_AUXILIARY) || is_pause(page, i) ||
            is_happening(page, i))
            return nobody;
    return patients_headed(page, passage);
}

/* "X, a teacher, arrested on Monday", "X, a teacher arrested on Monday"; in a heading "X arrested"
 */
static struct patients beside(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    const struct tokens *t = &page->tokens;
    size_t begin = o->first;
    while (begin > p->first && has_class(page, begin - 1, WORD_ADVERB))
        begin--;
    if (begin == p->first)
        return fronted(page, o);
    bool heading = p->headline || !token_is_mark(t, p->end - 1, '.');
    bool entry = token_is_mark(t, begin - 1, ':') && person_over(page, p->first) != SIZE_MAX;
    bool pause = is_pause(page, begin - 1) || entry;
    bool ends =
        o->end >= p->end || t->at[o->end].shape == SHAPE_MARK || page->date_of[o->end] ||
        has_class(page, o->end, WORD_PREPOSITION) ||
        (o->end > o->first + 1 && has_class(page, o->end - 1, WORD_PREPOSITION)) ||
        has_class(page, o->end, WORD_CLAUSE) || page_particle(page, o->end, "and") ||
        (has_class(page, o->end, WORD_TITLE) && str_equal(o->event->value, STR("appointed")));
    if (!ends)
        return nobody;
    size_t name = pause || heading ? head_ending(page, p, pause ? begin - 1 : begin) : SIZE_MAX;
    if (name == SIZE_MAX)
        name = pause ? name_apposed(page, p, begin - 1) : name_classed(page, p, begin);
    if (name != SIZE_MAX)
        return one(page, name);
    struct patients who = of_entry(page, p, begin);
    return is_someone(who) ? who : of_heading(page, o->passage, begin);
}

static struct patients of_subject(const struct page *page, const struct occurrence *o,
                                  const struct earlier *before)
{
    const struct passage *p = &page->passages[o->passage];
    size_t verb = verb_group(page, p, o->first);
    bool finite =
        verb < o->first || o->event->kind == KIND_INTRANSITIVE || o->event->kind == KIND_PREDICATE;
    bool clause = verb > p->first && has_class(page, verb - 1, WORD_CLAUSE);
    bool state = o->event->kind == KIND_PREDICATE && str_starts(o->event->value, STR("other:"));
    bool lone = o->event->kind == KIND_INTRANSITIVE || o->event->kind == KIND_PREDICATE;
    struct patients who = clause && lone && !state
                              ? subject_of_main(page, o->passage, verb, before)
                              : subject_before(page, o->passage, verb, finite, before);
    if (!is_someone(who) && verb > p->first && page_particle(page, verb - 1, "relative"))
        who = of_heading(page, o->passage, verb - 1);
    if (!is_someone(who))
        return nobody;
    const struct name *last = &page->names[who.to - 1];
    size_t from = last->passage == o->passage && last->end < verb ? last->end : verb;
    bool apposed = last->passage == o->passage && last->end + 1 < verb &&
                   is_pause(page, last->end) && is_pause(page, verb - 1);
    if (apposed || (who.from == before->who.from && before->passage == o->passage))
        from = verb;
    size_t own = page->names[who.from].first;
    bool near = last->passage == o->passage && last->end <= verb && verb - last->end < 3;
    bool unreal = is_unreal(page, from, o->first) || (near && is_unreal_before(page, p, own));
    return unreal ? nobody : who;
}

/* "freed the next day" */
static bool is_date_near(const struct page *page, size_t i)
{
    size_t end = 0;
    return i + 1 < page->tokens.count && (page->date_of[i] || page->date_of[i + 1] ||
                                          page_particle_phrase(page, i, "day_after", &end));
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
    return joint && (!has_class(page, o->end, WORD_DETERMINER) || is_date_near(page, o->end)) &&
           !has_class(page, o->end, WORD_PRONOUN) && !has_class(page, o->end, WORD_POPULATION) &&
           !has_class(page, o->end, WORD_ROLE) && !has_class(page, o->end, WORD_TITLE) &&
           !has_class(page, o->end, WORD_NUMBER) && page->tokens.at[o->end].shape != SHAPE_NUMBER &&
           person_over(page, o->end) == SIZE_MAX;
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
            return patients_governed(page, o->passage, end, NULL);
        if (page->name_of[i] || is_say(page, i) || is_happening(page, i) ||
            token_is_mark(&page->tokens, i, ';'))
            break;
        counted = counted || has_class(page, i, WORD_POPULATION);
    }
    return nobody;
}

/* "others whose arrests were confirmed include X", "those whose arrests were confirmed are X" */
static struct patients of_members(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    size_t end = 0;
    if (o->first == p->first || !page_particle(page, o->first - 1, "whose"))
        return nobody;
    for (size_t i = o->end; i < p->end && i < o->end + INCLUDED_REACH; i++) {
        bool are = has_class(page, i, WORD_AUXILIARY) && person_over(page, i + 1) != SIZE_MAX;
        if (are || (token_is(&page->tokens, i, WORD_PART, NULL, &end) && !page->name_of[i]))
            return patients_governed(page, o->passage, are ? i + 1 : end, NULL);
        if (page->name_of[i] || page->tokens.at[i].shape == SHAPE_MARK)
            break;
    }
    return nobody;
}

/* "was arrested on charges of": charged too, unless already tried for it */
static struct patients of_result(const struct page *page, const struct occurrence *o,
                                 const struct earlier *before)
{
    static const char *const held[] = {"arrested", "rearrested", "other:detained"};
    static const char *const dead[] = {"died", "killed", "other:injured"};
    bool same = before->passage == o->passage && is_someone(before->who) && before->end <= o->first;
    bool torture = str_equal(o->event->value, STR("tortured"));
    for (size_t i = 0; same && i < COUNT_OF(held); i++)
        if (str_equal(before->event, str_of(torture ? dead[i] : held[i])))
            return before->who;
    if (torture)
        return nobody;
    const struct passage *p = &page->passages[o->passage];
    size_t only = SIZE_MAX;
    for (size_t i = p->first; i < o->first && before->passage != o->passage; i++) {
        size_t name = person_over(page, i);
        if (has_class(page, i, WORD_POPULATION) || is_say(page, i) ||
            (name != SIZE_MAX && only != SIZE_MAX && name != only))
            return nobody;
        only = name != SIZE_MAX ? name : only;
    }
    return only == SIZE_MAX || head_ending(page, p, page->names[only].end) == SIZE_MAX
               ? nobody
               : (struct patients){only, only + 1};
}

/* "also arrested were X and Y", "those arrested were identified as X and Y" */
static struct patients of_inverted(const struct page *page, const struct occurrence *o)
{
    size_t behind = o->end + 1;
    if (o->event->kind == KIND_ACTIVE || !page_particle(page, o->end, "passive"))
        return nobody;
    page_particle_phrase(page, behind, "identified", &behind);
    return patients_governed(page, o->passage, behind, NULL);
}

/* "identified two of the arrested women as X and Y" */
static struct patients of_identified(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    bool identified = false;
    for (size_t i = o->first; i > p->first && o->first - i < WHOM_REACH && !identified; i--)
        identified = page_particle(page, i - 1, "identifies");
    for (size_t i = o->end; identified && i < p->end && i < o->end + DESCRIBED_WORDS; i++) {
        if (page_particle(page, i, "considered_as"))
            return patients_governed(page, o->passage, i + 1, NULL);
        if (page->name_of[i] || page->tokens.at[i].shape == SHAPE_MARK ||
            has_class(page, i, WORD_AUXILIARY))
            break;
    }
    return nobody;
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

/* "the re-elected president X", "for elected mayor X": the participle only describes */
static bool is_attributive(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    size_t i = o->first;
    bool described = has_class(page, o->end, WORD_TITLE) || has_class(page, o->end, WORD_ROLE) ||
                     has_class(page, o->end, WORD_GROUP);
    if (!str_equal(o->event->value, STR("appointed")) || !described || i == p->first)
        return false;
    while (i > p->first + 1 &&
           (has_class(page, i - 1, WORD_ADVERB) || page_particle(page, i - 1, "ordinal")))
        i--;
    return has_class(page, i - 1, WORD_DETERMINER) || has_class(page, i - 1, WORD_PREPOSITION) ||
           page->tokens.at[i - 1].possessive || is_say(page, i - 1);
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

/* "police detain X", not "to detain X", "free X!" or "the charge" */
static bool is_present(const struct page *page, const struct passage *p, size_t verb)
{
    if (verb == p->first)
        return false;
    size_t i = verb - 1;
    while (i > p->first && has_class(page, i, WORD_ADVERB))
        i--;
    return page->tokens.at[i].shape != SHAPE_MARK && !has_class(page, i, WORD_PREPOSITION) &&
           !has_class(page, i, WORD_CONJUNCTION) && !has_class(page, i, WORD_DETERMINER) &&
           !has_class(page, i, WORD_AUXILIARY) && !has_class(page, i, WORD_LIFE) &&
           !has_class(page, i, WORD_CLAUSE);
}

/* "granted her bail" */
static struct patients of_given_pronoun(const struct page *page, const struct occurrence *o,
                                        const struct earlier *before)
{
    bool given = o->event->class == WORD_LIGHT && page_particle(page, o->first, "grants") &&
                 page_particle(page, o->end, "him") &&
                 completes_light(page, o->end + 1, o->event->value);
    return given ? one_meant(page, o->passage, o->end, before) : nobody;
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
    if (kind == KIND_NOUN || kind == KIND_DATED) {
        struct patients who = patients_of_noun(page, o, before);
        return is_someone(who) ? who : of_members(page, o);
    }
    if (kind == KIND_OUTCOME || kind == KIND_OWNED)
        return patients_of_thing(page, o, before);
    if (kind == KIND_RESULT)
        return of_result(page, o, before);
    if (kind == KIND_PRESENT && !is_present(page, p, o->first))
        return nobody;
    trace_rule(page, RULE("the subject of the verb"));
    bool active = kind == KIND_ACTIVE || kind == KIND_PRESENT;
    if (kind == KIND_INTRANSITIVE || kind == KIND_PREDICATE ||
        (!active && (is_passive(page, p, o->first) || is_joined_participle(page, o, before)))) {
        struct patients who = of_subject(page, o, before);
        if (is_someone(who) || kind == KIND_INTRANSITIVE)
            return who;
        who = included(page, o);
        bool given = kind == KIND_PARTICIPLE &&
                     (o->event->class == WORD_LIGHT || str_equal(o->event->value, STR("awarded")));
        return is_someone(who) || !given ? who
                                         : patients_receiving(page, o->passage, o->end, before);
    }
    trace_rule(page, RULE("the object of the verb"));
    struct patients ordered = of_ordered(page, o, before);
    if (is_someone(ordered))
        return ordered;
    bool closed = o->end > o->first + 1 && has_class(page, o->end - 1, WORD_PREPOSITION) &&
                  !page_particle(page, o->end - 1, "of_verb");
    trace_rule(page, RULE("the object of the verb"));
    closed = closed || is_attributive(page, o);
    struct patients who = closed ? nobody : patients_governed(page, o->passage, o->end, before);
    if (!is_someone(who) &&
        (o->event->class == WORD_LIGHT || str_equal(o->event->value, STR("awarded"))))
        who = patients_receiving(page, o->passage, o->end, before);
    if (!is_someone(who) && !closed)
        who = of_inverted(page, o);
    if (!is_someone(who) && !closed)
        who = of_relative_object(page, o);
    if (!is_someone(who) && !closed)
        who = of_given_pronoun(page, o, before);
    if (!is_someone(who))
        who = included(page, o);
    if (!is_someone(who))
        who = of_identified(page, o);
    if (is_someone(who))
        return is_unreal_before(page, p, o->first) ? nobody : who;
    return kind == KIND_PARTICIPLE || kind == KIND_HELD ? beside(page, o) : nobody;
}

/* "according to the Agency, X was": the comma closes what stands before it, unless X is set off as
 * who that is: "according to the lawyer, X," */
static bool is_behind_another(const struct page *page, size_t from)
{
    static const uint64_t describes = CLASS_BIT(WORD_TITLE) | CLASS_BIT(WORD_ROLE);
    bool described = false;
    for (size_t i = from; i + 1 < page->tokens.count && i < from + DESCRIPTION_WORDS; i++) {
        size_t name = person_over(page, i + 1);
        if (person_over(page, i) != SIZE_MAX)
            return false;
        described = described || token_has_any(&page->tokens, i, describes);
        if (!token_is_mark(&page->tokens, i, ','))
            continue;
        size_t end = name == SIZE_MAX ? i : page->names[name].end;
        bool age = end + 1 < page->tokens.count && page->tokens.at[end + 1].shape == SHAPE_NUMBER;
        bool apart = end < page->tokens.count && page->tokens.at[end].shape == SHAPE_MARK && !age;
        return name != SIZE_MAX && !(described && apart);
    }
    return false;
}

/* "...", said X; "according to X" */
static struct patients speaker_behind(const struct page *page, size_t passage, size_t end)
{
    if (is_behind_another(page, end))
        return nobody;
    struct patients who = patients_governed(page, passage, end, NULL);
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

/* "X and Y said" */
static bool is_pair(const struct page *page, struct patients who)
{
    size_t between = page->names[who.from].end;
    return who.to == who.from + 2 && page_particle(page, between, "and") &&
           page->names[who.from + 1].first == between + 1;
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
        return (struct patients){is_pair(page, who) ? who.from : who.to - 1, who.to};
    return is_quote_end(page, p, o->first) ? speaker_behind(page, o->passage, o->end) : nobody;
}

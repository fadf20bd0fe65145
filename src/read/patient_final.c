#include "read/patient_int.h"

enum {
    VERB_REACH = 3,
    JOINED_REACH = 24,
    TITLES_LIMIT = 4,
    CARRIED_APART = 4,
    MEANT_REACH = 4,
    DESCRIBED_REACH = 12,
    FRONTED_REACH = 20,
    COURT_REACH = 5
};

static const struct patients nobody;

/* the finite verb that completes the words, its own or a joined one's: a range, or empty */
static struct span verb_of(const struct page *page, const struct passage *p,
                           const struct occurrence *o)
{
    size_t verb = SIZE_MAX;
    for (size_t i = o->first; i < o->end && verb == SIZE_MAX; i++)
        if (is_clause_verb(page, i))
            verb = i;
    bool comma = page_particle(page, o->end, "comma") && page_particle(page, o->end + 1, "later");
    bool joined = page_particle(page, o->end, "and") || comma;
    size_t reach = o->end + (joined ? JOINED_REACH : VERB_REACH);
    for (size_t i = o->end; i < p->end && i < reach && verb == SIZE_MAX; i++) {
        if (is_clause_stop(page, i) || (page_particle(page, i, "comma") && !comma) ||
            page->name_of[i] || (!joined && is_happening(page, i)))
            break;
        if (is_clause_verb(page, i))
            verb = i;
    }
    if (verb == SIZE_MAX)
        return (struct span){0};
    size_t end = verb + 1;
    while (end < p->end && is_clause_verb(page, end))
        end++;
    return (struct span){verb, end};
}

static bool is_active(const struct page *page, struct span verb)
{
    bool active = false;
    for (size_t i = verb.from; i < verb.to; i++) {
        active = active || page_particle(page, i, "active");
        if (page_particle(page, i, "passive"))
            return false;
    }
    return active;
}

/* "in Minsk X (object)": one word behind "in" that no table knows */
static bool is_unknown_place(const struct page *page, size_t clause, size_t i)
{
    const uint64_t known = ~(CLASS_BIT(WORD_GIVEN) | CLASS_BIT(WORD_SURNAME));
    return i > clause && page_particle(page, i - 1, "within") &&
           page->tokens.at[i].shape == SHAPE_ARABIC && !token_has_any(&page->tokens, i, known);
}

bool is_head_final(const struct page *page, size_t clause, size_t name, bool object)
{
    static const enum word_class classes[] = {WORD_PLACE,       WORD_PART,      WORD_ADVERB,
                                              WORD_CONJUNCTION, WORD_GROUP,     WORD_INSTITUTION,
                                              WORD_CLAUSE,      WORD_POPULATION};
    const struct tokens *t = &page->tokens;
    const struct entry *entry = NULL;
    size_t i = page->names[patients_listed(page, name).from].first, begin = 0;
    while (i > clause && page_particle(page, i - 1, "quote"))
        i--;
    if (i > clause && page_particle(page, i - 1, "followers"))
        return false;
    if (page_particle_before(page, i, "named", &begin))
        return true;
    if (token_is_before(t, i, WORD_ACCORDING, NULL, NULL) ||
        token_is_before_kind(t, i, WORD_LIFE, KIND_NOUN, NULL, NULL))
        return false;
    for (int titles = 0; i > clause && titles < TITLES_LIMIT; titles++, i = begin) {
        bool titled = token_is_before(t, i, WORD_TITLE, &entry, &begin) ||
                      token_is_before(t, i, WORD_ROLE, &entry, &begin);
        if (page_particle(page, i - 1, "kin"))
            return true;
        if (!titled || begin < clause)
            break;
        if (has_class(page, begin, WORD_PREPOSITION))
            return true;
        if (is_kin_or_lawyer(entry->value))
            return false;
    }
    if (i <= clause || page->date_of[i - 1] || page->name_of[i - 1] ||
        t->at[i - 1].shape == SHAPE_MARK || is_unknown_place(page, clause, i - 1) ||
        is_of_plan(page, i - 1))
        return true;
    bool court = object && page_particle(page, i - 1, "authority");
    for (size_t k = i; object && k > clause && i - k < COURT_REACH; k--)
        court = court || page_particle(page, k - 1, "court");
    if (court)
        return true;
    for (size_t k = 0; k < COUNT_OF(classes); k++)
        if (token_is_before(t, i, classes[k], NULL, NULL))
            return true;
    return false;
}

/* "X, Y and Z, three prisoners,": the count is of those named */
static bool is_count_of(const struct page *page, size_t comma, struct patients who)
{
    const struct entry *entry = NULL;
    int64_t count = 0;
    if (!page_particle(page, comma, "comma"))
        return false;
    if (token_is(&page->tokens, comma + 1, WORD_NUMBER, &entry, NULL))
        count = entry->number;
    else if (page->tokens.at[comma + 1].shape != SHAPE_NUMBER ||
             !str_to_int(page->tokens.at[comma + 1].word, &count))
        return false;
    return count == (int64_t)(who.to - who.from);
}

size_t alias_begin(const struct page *page, size_t name)
{
    size_t first = page->names[name].first, i = first, begin = first;
    while (i > 0 && page_particle(page, i - 1, "quote"))
        i--;
    return page_particle_before(page, i, "alias", &begin) ? begin : first;
}

/* the nearest name of the clause that can be its subject */
static struct patients subject_in(const struct page *page, size_t clause, size_t verb, bool counted)
{
    for (size_t i = verb; i > clause; i--) {
        size_t name = person_over(page, i - 1);
        if (name == SIZE_MAX)
            continue;
        size_t with = 0;
        if (counted && is_counted(page, i, verb) &&
            !(i < verb &&
              (page_particle(page, i, "and") || page_particle_phrase(page, i, "with", &with) ||
               is_count_of(page, i, patients_listed(page, name)))))
            return nobody;
        size_t begin = alias_begin(page, name);
        if (begin == page->names[name].first && is_head_final(page, clause, name, false))
            return patients_listed(page, name);
        i = begin + 1;
    }
    return nobody;
}

size_t name_ending_final(const struct page *page, const struct passage *p, size_t end)
{
    while (end > p->first && page_particle(page, end - 1, "unquote"))
        end--;
    size_t name = end > p->first ? person_over(page, end - 1) : SIZE_MAX;
    return name != SIZE_MAX && is_head_final(page, clause_verb_final(page, p, end), name, false)
               ? name
               : SIZE_MAX;
}

/* "X one of those is who was killed": the nearest name of the clause that the copula ends */
static size_t name_before_copula(const struct page *page, const struct passage *p, size_t copula)
{
    size_t clause = clause_verb_final(page, p, copula);
    for (size_t i = copula; i > clause; i--) {
        size_t name = person_over(page, i - 1);
        size_t begin = name == SIZE_MAX ? i : alias_begin(page, name);
        if (name != SIZE_MAX && begin == page->names[name].first)
            return name;
        if (page_particle(page, i - 1, "object"))
            break;
        i = name == SIZE_MAX ? i : begin + 1;
    }
    return SIZE_MAX;
}

/* "X, the singer of that band, who": the name before the apposition */
static size_t name_described_final(const struct page *page, const struct passage *p, size_t end)
{
    for (size_t i = end; i > p->first + 1 && end - i < DESCRIBED_REACH; i--) {
        if (page_particle(page, i - 1, "comma"))
            return name_ending_final(page, p, i - 1);
        if (is_clause_verb(page, i - 1) || is_clause_stop(page, i - 1) || page->name_of[i - 1] ||
            page_particle(page, i - 1, "object"))
            break;
    }
    return SIZE_MAX;
}

/* "X, who ... was arrested": whom the relative word at `relative` goes on from */
static struct patients relative_of(const struct page *page, const struct passage *p,
                                   size_t relative)
{
    if (relative <= p->first)
        return nobody;
    size_t opening = relative;
    token_is_before(&page->tokens, relative + 1, WORD_CLAUSE, NULL, &opening);
    if (opening <= p->first)
        return nobody;
    size_t end = page_particle(page, opening - 1, "comma") ? opening - 1 : opening;
    size_t name = name_ending_final(page, p, end);
    if (name == SIZE_MAX && page_particle(page, relative - 1, "copula"))
        name = name_before_copula(page, p, relative - 1);
    else if (name == SIZE_MAX)
        name = name_described_final(page, p, end);
    return name == SIZE_MAX ? nobody : patients_listed(page, name);
}

static struct patients relative_head(const struct page *page, const struct passage *p,
                                     size_t clause)
{
    return clause > p->first && page_particle(page, clause - 1, "relative")
               ? relative_of(page, p, clause - 1)
               : nobody;
}

/* "X, who in May was freed, was arrested again": the clause goes on behind the relative one */
static struct patients resumed(const struct page *page, const struct passage *p, size_t clause)
{
    if (clause <= p->first || !is_clause_verb(page, clause - 1))
        return nobody;
    for (size_t i = clause; i > p->first && !is_clause_stop(page, i - 1); i--)
        if (page_particle(page, i - 1, "relative"))
            return page_particle(page, i - 2, "copula") ? nobody : relative_of(page, p, i - 1);
    return nobody;
}

/* counted persons, no places, bodies or things */
static bool is_people(const struct page *page, size_t i)
{
    const struct entry *entry = NULL;
    return token_is(&page->tokens, i, WORD_POPULATION, &entry, NULL) &&
           entry->kind != KIND_PLACES && entry->kind != KIND_CONTAINER &&
           !str_equal(entry->value, STR("organisations")) &&
           !str_equal(entry->value, STR("other:buildings"));
}

/* a verb of one person: "was", not "were" or the "been" that another verb completes */
static bool is_singular(const struct page *page, struct span verb)
{
    for (size_t i = verb.from; i < verb.to; i++)
        if (page_particle(page, i, "plural") || page_particle(page, i, "perfect"))
            return false;
    return verb.to > verb.from;
}

/* "X, who worked there and was arrested": the clause goes on inside the relative one */
static struct patients continued(const struct page *page, const struct passage *p, size_t clause)
{
    if (!page_particle(page, clause, "and") || clause <= p->first ||
        !is_clause_verb(page, clause - 1))
        return nobody;
    for (size_t i = clause; i > p->first && !is_clause_stop(page, i - 1); i--)
        if (page_particle(page, i - 1, "relative"))
            return relative_of(page, p, i - 1);
    return nobody;
}

static struct patients carried_on(const struct page *page, const struct occurrence *o,
                                  size_t clause, struct span verb, const struct earlier *before)
{
    if (before->who.to > before->who.from + 1 && is_singular(page, verb))
        return nobody;
    bool joined = page_particle(page, clause, "and") || page_particle(page, clause, "comma") ||
                  page_particle(page, before->end, "and") ||
                  (clause > 0 && has_class(page, clause - 1, WORD_CONJUNCTION));
    bool near = before->passage == o->passage && before->end <= o->first &&
                (clause <= before->end + CARRIED_APART);
    bool others = false;
    for (size_t i = before->end; near && i < o->first; i++)
        others = others || person_over(page, i) != SIZE_MAX || is_people(page, i) ||
                 page_particle(page, i, "object");
    return near && joined && !others ? before->who : nobody;
}

/* "they" and "them" of one clause: who is arrested is not who is meant by the verb's own object */
static bool has_own_subject(const struct page *page, size_t clause, const struct occurrence *o)
{
    for (size_t i = clause; i < o->first; i++)
        if (page_particle(page, i, "object") || has_class(page, i, WORD_COUNTER))
            return true;
    return false;
}

/* "his brother was arrested": another, whom nobody names */
static bool is_of_kin(const struct page *page, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        bool with = i > 0 && (page_particle(page, i - 1, "with") ||
                              has_class(page, i - 1, WORD_PREPOSITION));
        if (page_particle(page, i, "kin") && !with && person_over(page, i + 1) == SIZE_MAX)
            return true;
    }
    return false;
}

static struct patients pronoun_subject(const struct page *page, const struct occurrence *o,
                                       size_t clause, const struct earlier *before)
{
    struct patients who = nobody;
    for (size_t i = clause; i < o->first && i < clause + FRONTED_REACH; i++) {
        size_t end = i + 1;
        if (i >= clause + MEANT_REACH && !page_particle(page, i - 1, "comma"))
            continue;
        token_is(&page->tokens, i, WORD_MEANT, NULL, &end);
        if (!token_is_before(&page->tokens, i, WORD_ACCORDING, NULL, NULL) &&
            !is_counted(page, end, o->first) &&
            !(i > clause && has_class(page, i - 1, WORD_PREPOSITION)) &&
            meant_at(page, o->passage, i, before, &who))
            return who;
    }
    return nobody;
}

/* the clause opens with when or where, not with who: its subject is left out */
static struct patients left_out(const struct page *page, const struct occurrence *o, size_t clause,
                                struct span verb, const struct earlier *before)
{
    size_t i = clause, next = 0;
    bool opens = i == o->first;
    bool relative = clause > 0 && page_particle(page, clause - 1, "relative");
    if (relative && !(clause > 1 && is_say(page, clause - 2)))
        return nobody;
    for (; i < o->first && !opens; i = next) {
        next = i + 1;
        bool light = page->date_of[i] || has_class(page, i, WORD_CONJUNCTION) ||
                     page_particle(page, i, "and") || page_particle(page, i, "comma") ||
                     token_is(&page->tokens, i, WORD_ADVERB, NULL, &next);
        if (!light) {
            opens = has_class(page, i, WORD_PREPOSITION);
            break;
        }
        opens = next >= o->first;
    }
    for (size_t k = verb.from; k < verb.to; k++)
        if (page_particle(page, k, "plural"))
            return nobody;
    for (size_t k = clause; k < o->first; k++)
        if (page_particle(page, k, "by") || has_class(page, k, WORD_POPULATION) ||
            person_over(page, k) != SIZE_MAX)
            opens = opens && person_over(page, k) == SIZE_MAX;
    return opens ? one_meant(page, o->passage, o->first, before) : nobody;
}

static struct patients of_subject(const struct page *page, const struct occurrence *o,
                                  size_t clause, struct span verb, const struct earlier *before)
{
    const struct passage *p = &page->passages[o->passage];
    struct patients who = nobody;
    if (page_particle(page, clause, "he") && meant_at(page, o->passage, clause, before, &who) &&
        who.to > who.from)
        return who;
    who = subject_in(page, clause, o->first, true);
    if (who.to > who.from)
        return who;
    who = pronoun_subject(page, o, clause, before);
    if (who.to > who.from)
        return who;
    if (has_own_subject(page, clause, o) || is_of_kin(page, clause, o->first))
        return nobody;
    who = relative_head(page, p, clause);
    if (who.to == who.from)
        who = carried_on(page, o, clause, verb, before);
    if (who.to == who.from)
        who = resumed(page, p, clause);
    if (who.to == who.from)
        who = continued(page, p, clause);
    return who.to > who.from ? who : left_out(page, o, clause, verb, before);
}

/* "X after-arrest in May": the arrest is that of the clause's subject */
static struct patients of_time(const struct page *page, const struct occurrence *o,
                               const struct earlier *before)
{
    const struct passage *p = &page->passages[o->passage];
    struct patients who = patients_of_noun_final(page, o, before);
    size_t clause = clause_verb_final(page, p, o->first);
    if (who.to == who.from)
        who = subject_in(page, clause, o->first, true);
    if (who.to == who.from && clause == o->first)
        who = one_meant(page, o->passage, o->first, before);
    if (who.to == who.from && page_particle(page, clause, "he"))
        meant_at(page, o->passage, clause, before, &who);
    return who;
}

/* a trial to come is a hearing where it is planned, and none where it is only wished for */
static bool is_unreal_final(const struct page *page, const struct occurrence *o, size_t clause,
                            struct span verb)
{
    if (!str_equal(o->event->value, STR("hearing")))
        return is_unreal(page, clause, o->first) || is_unreal(page, o->end, verb.to);
    bool planned = !is_unreal(page, o->first, o->end);
    size_t end = 0;
    for (size_t i = clause; i < o->end && !planned; i++)
        planned = page_particle(page, i, "will") || page_particle_phrase(page, i, "planned", &end);
    return !planned || is_unreal_of(page, o, clause, o->first);
}

struct patients patients_verb_final(const struct page *page, const struct occurrence *o,
                                    const struct earlier *before)
{
    const struct passage *p = &page->passages[o->passage];
    bool noun = token_is_kind(&page->tokens, o->first, WORD_LIFE, KIND_NOUN, NULL, NULL);
    struct span verb = verb_of(page, p, o);
    if (is_penalty_final(page, o))
        return nobody;
    if (o->event->kind == KIND_OUTCOME || o->event->kind == KIND_OWNED)
        return patients_of_thing_final(page, o, verb, before);
    if (o->event->kind == KIND_AFTER)
        return of_time(page, o, before);
    if (page_particle(page, o->end, "infinitive")) {
        struct occurrence made_noun = {o->event, o->first, o->end + 1, o->passage};
        return patients_of_noun_final(page, &made_noun, before);
    }
    bool whole = o->event->kind == KIND_PREDICATE ||
                 (o->event->kind == KIND_INTRANSITIVE && o->event->class == WORD_LIGHT) ||
                 token_is_kind(&page->tokens, o->first, WORD_LIFE, KIND_INTRANSITIVE, NULL, NULL);
    if (noun && is_form_label(page, o) && person_over(page, o->end + 1) == SIZE_MAX)
        return patients_headed(page, o->passage);
    if (noun) {
        struct patients who = patients_of_noun_final(page, o, before);
        bool named = page->name_of[o->end] || page_particle(page, o->end, "quote");
        if (who.to > who.from || named || (verb.from == verb.to && !whole) ||
            (o->event->kind == KIND_NOUN && o->event->class == WORD_LIFE))
            return who;
    }
    if (verb.from == verb.to && !whole && o->first > p->first && is_described_final(page, o))
        return patients_described_final(page, o);
    if (whole && o->event->kind == KIND_PREDICATE) {
        struct patients who = patients_of_class(page, o);
        if (who.to > who.from)
            return who;
    }
    if (verb.from == verb.to && whole)
        verb = (struct span){o->first, o->end};
    if (verb.from == verb.to || o->event->kind == KIND_DATED)
        return o->event->kind == KIND_DATED ? patients_of_noun_final(page, o, before) : nobody;
    if (is_attribute_final(page, o, verb))
        return patients_described_final(page, o);
    if ((o->first > p->first && page_particle(page, o->first - 1, "undone")))
        return nobody;
    if (noun && o->first > p->first && page_particle(page, o->first - 1, "towards"))
        return nobody;
    size_t clause = clause_verb_final(page, p, o->first);
    bool active = o->event->kind != KIND_INTRANSITIVE && is_active(page, verb);
    struct patients who = active ? patients_of_object_final(page, o, clause, before)
                                 : of_subject(page, o, clause, verb, before);
    if (who.to == who.from && active)
        who = carried_on(page, o, clause, verb, before);
    if (who.to == who.from && o->event->kind == KIND_PREDICATE)
        who = patients_of_object_final(page, o, clause, before);
    return is_unreal_final(page, o, clause, verb) ? nobody : who;
}

/* "the sentence-of X, a prisoner, (object) confirmed": X is none who speaks */
static bool is_object(const struct page *page, size_t name, size_t verb)
{
    for (size_t i = page->names[name].end; i < verb; i++)
        if (page_particle(page, i, "object") &&
            (i == page->names[name].end || page_particle(page, i - 1, "comma")))
            return true;
    return false;
}

/* "this lawyer", "this member of parliament" */
static bool is_described_person(const struct page *page, size_t i)
{
    return token_is_kind(&page->tokens, i, WORD_MEANT, KIND_PERSON, NULL, NULL) ||
           (page_particle(page, i, "this") &&
            (has_class(page, i + 1, WORD_ROLE) || has_class(page, i + 1, WORD_TITLE)));
}

/* "this lawyer (object) they arrested" */
static bool is_sign_patients_of_object_final(const struct page *page, size_t from, size_t to)
{
    for (size_t i = from; i < to && i < from + MEANT_REACH; i++)
        if (page_particle(page, i, "object"))
            return true;
    return false;
}

/* "he also in May said": whom a pronoun that opens the clause means */
static struct patients speaker_pronoun(const struct page *page, size_t passage, size_t clause,
                                       size_t verb)
{
    const struct passage *p = &page->passages[passage];
    for (size_t i = clause; i < verb && i < clause + MEANT_REACH; i++) {
        bool other =
            i > clause &&
            (has_class(page, i - 1, WORD_PREPOSITION) || has_class(page, i - 1, WORD_TITLE) ||
             has_class(page, i - 1, WORD_ROLE) || has_class(page, i - 1, WORD_POPULATION));
        if (page_particle(page, i, "object"))
            break;
        if (page_particle(page, i, "he"))
            return other || page_particle(page, i + 1, "object")
                       ? nobody
                       : speaker_meant(page, passage, p->first);
        if (is_described_person(page, i))
            return other || is_sign_patients_of_object_final(page, i, verb)
                       ? nobody
                       : speaker_meant(page, passage, p->first);
        if (!page_particle(page, i, "and") && !page_particle(page, i, "comma") &&
            !has_class(page, i, WORD_CONJUNCTION))
            break;
    }
    return nobody;
}

/* "X in a letter that he from prison wrote": whose the letter is */
static struct patients author_of_paper(const struct page *page, const struct passage *p,
                                       size_t clause)
{
    if (clause <= p->first + 1 || !page_particle(page, clause - 1, "relative") ||
        !page_particle(page, clause - 2, "speech"))
        return nobody;
    return subject_in(page, clause_verb_final(page, p, clause - 2), clause - 2, false);
}

/* "of the arrest of four citizens by name X and Y told": X and Y are told of */
static bool is_named_list(const struct page *page, size_t clause, struct patients who)
{
    size_t first = page->names[who.from].first, begin = 0;
    while (first > 0 && page_particle(page, first - 1, "quote"))
        first--;
    if (!page_particle_before(page, first, "named", &begin))
        return false;
    for (size_t i = clause; i < begin; i++)
        if (token_is_kind(&page->tokens, i, WORD_LIFE, KIND_NOUN, NULL, NULL))
            return true;
    return false;
}

struct patients speaker_verb_final(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    struct patients who = nobody;
    if (has_class(page, o->first, WORD_ACCORDING)) {
        size_t i = o->end, next = 0;
        const struct entry *title = NULL;
        while (i < p->end && token_is(&page->tokens, i, WORD_TITLE, &title, &next)) {
            if (is_kin_or_lawyer(title->value) && person_over(page, next) != SIZE_MAX)
                return nobody;
            i = next;
        }
        size_t name = i < p->end ? person_over(page, i) : SIZE_MAX;
        return name != SIZE_MAX && page->names[name].first == i ? (struct patients){name, name + 1}
                                                                : nobody;
    }
    size_t clause = clause_verb_final(page, p, o->first);
    if (is_unreal(page, o->first, o->end))
        return nobody;
    who = subject_in(page, clause, o->first, false);
    if (who.to == who.from)
        who = relative_head(page, p, clause);
    if (who.to == who.from && page_particle(page, clause, "comma"))
        who = resumed(page, p, clause);
    if (who.to == who.from)
        who = author_of_paper(page, p, clause);
    if (who.to == who.from)
        return speaker_pronoun(page, o->passage, clause, o->first);
    if (is_object(page, who.to - 1, o->first) || is_named_list(page, clause, who))
        return nobody;
    bool joint = page_particle(page, o->end - 1, "plural");
    return (struct patients){joint ? who.from : who.to - 1, who.to};
}

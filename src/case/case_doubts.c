#include "case/case_history_int.h"

struct doubts {
    const struct case_history *history;
    struct arena *arena;
    struct case_doubt *at;
    size_t count, room;
};

bool case_doubt_contradicts(enum case_doubt_kind kind)
{
    return kind != DOUBT_STEP && kind != DOUBT_UNTOLD;
}

static void doubt(struct doubts *d, enum case_doubt_kind kind, const struct case_occurrence *a,
                  const struct case_occurrence *b)
{
    d->at = arena_grow(d->arena, d->at, d->count, &d->room, sizeof *d->at);
    d->at[d->count++] = (struct case_doubt){.kind = kind, .a = a, .b = b};
}

static uint32_t states_of(const struct case_standing *s)
{
    uint32_t set = 0;
    for (size_t i = 0; i < s->count; i++)
        set |= UINT32_C(1) << s->at[i].state;
    return set;
}

static uint32_t final_states(const struct case_rules *rules)
{
    uint32_t set = 0;
    for (size_t i = 0; i < rules->states_count; i++)
        set |= (uint32_t)rules->states[i].final << i;
    return set;
}

/* the event that names its day, comes later, and brings about what this one needs */
static const struct case_occurrence *find_later(const struct case_history *h,
                                                const struct case_occurrence *o)
{
    for (size_t i = 0; i < h->count; i++) {
        const struct case_occurrence *other = &h->at[i];
        if (other != o && other->acts && (o->rule->after >> other->rule->state & 1) &&
            (other->rule->after >> CASE_UNKNOWN & 1) && other->dated == DATED_STATED &&
            occurrence_precedes(h, o, other))
            return other;
    }
    return NULL;
}

/* whether what names no day may come behind what it needs */
static bool may_be_led_to(const struct case_history *h, const struct case_occurrence *o)
{
    for (size_t i = 0; i < h->count && o->dated != DATED_STATED; i++)
        if (&h->at[i] != o && h->at[i].acts && (o->rule->after >> h->at[i].rule->state & 1))
            return true;
    return false;
}

static void doubt_unled(struct doubts *d, const struct case_occurrence *o)
{
    if (may_be_led_to(d->history, o))
        return;
    const struct case_occurrence *later = find_later(d->history, o);
    doubt(d, later ? DOUBT_BEFORE : DOUBT_UNTOLD, o, later);
}

/* A step into a state, from states that are not those it can be taken from. */
static void doubt_step(struct doubts *d, const struct case_occurrence *o,
                       const struct case_standing *before)
{
    const struct case_rules *rules = d->history->rules;
    const struct case_possible *last = &before->at[0];
    if (!last->by)
        doubt_unled(d, o);
    else if (states_agree(rules, last->state, o->rule->state))
        doubt(d, DOUBT_TWICE, last->by, o);
    else
        doubt(d, DOUBT_STEP, last->by, o);
}

/* what is said to have ended all, or NULL */
static const struct case_occurrence *final_before(const struct case_standing *before,
                                                  uint32_t final)
{
    for (size_t i = 0; i < before->count; i++)
        if (final >> before->at[i].state & 1)
            return before->at[i].by;
    return NULL;
}

static void doubt_occurrence(struct doubts *d, const struct case_occurrence *o)
{
    const struct case_rules *rules = d->history->rules;
    uint32_t final = final_states(rules), after = o->rule ? o->rule->after : ~final;
    struct case_standing before;
    case_standing_before(d->history, o, &before);
    uint32_t states = states_of(&before);
    if (!states)
        return;
    bool again = o->rule && o->acts && rules->states[o->rule->state].final;
    const struct case_occurrence *end = again ? final_before(&before, final) : NULL;
    if (end && states & ~final) {
        if (end->last < o->first)
            doubt(d, DOUBT_TWICE, end, o);
    } else if (!(states & ~final) && !(states & after)) {
        if (!again || before.at[0].by->last < o->first)
            doubt(d, again ? DOUBT_TWICE : DOUBT_AFTER_END, before.at[0].by, o);
    } else if (o->rule && o->rule->effect == EFFECT_BEGINS && !(states & after)) {
        doubt_step(d, o, &before);
    } else if (o->acts && o->rule->effect == EFFECT_HOLDS) {
        bool known = before.at[0].by && !(states & 1u << CASE_UNKNOWN);
        doubt(d, known ? DOUBT_STILL : DOUBT_UNTOLD, known ? before.at[0].by : o, known ? o : NULL);
    }
}

static bool may_be_one_day(const struct case_occurrence *a, const struct case_occurrence *b)
{
    return a->dated != DATED_STATED || b->dated != DATED_STATED ||
           (a->first <= b->last && b->first <= a->last);
}

static void doubt_sentences(struct doubts *d, size_t at)
{
    const struct case_occurrence *a = &d->history->at[at];
    for (size_t i = at + 1; a->sentence.len && i < d->history->count; i++) {
        const struct case_occurrence *b = &d->history->at[i];
        if (b->sentence.len && str_equal(a->event, b->event) &&
            !str_equal(a->sentence, b->sentence) && may_be_one_day(a, b))
            doubt(d, DOUBT_DIFFER, a, b);
    }
}

static void doubt_birth(struct doubts *d, const struct case_occurrence *o)
{
    const struct case_history *h = d->history;
    if (!h->born || o->dated != DATED_STATED || o->last >= h->born_first)
        return;
    doubt(d, DOUBT_UNBORN, o, NULL);
    d->at[d->count - 1].born = h->born;
}

struct case_doubt *case_doubts(const struct case_history *h, struct arena *arena, size_t *count)
{
    struct doubts d = {.history = h, .arena = arena};
    for (size_t i = 0; i < h->count; i++) {
        if (h->at[i].dated == DATED_WRONG)
            doubt(&d, DOUBT_DATE, &h->at[i], NULL);
        doubt_birth(&d, &h->at[i]);
        doubt_occurrence(&d, &h->at[i]);
        doubt_sentences(&d, i);
    }
    *count = d.count;
    return d.at;
}

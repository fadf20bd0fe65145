#include "case/case_history_int.h"

/* those steps of which each may have been the last one */
struct steps {
    const struct case_occurrence *at[CASE_STATES * 4];
    size_t count;
    bool begun; /* one of them did happen, so that "unknown" is none of the states */
};

/* Which occurrences are asked: until a day, or before another occurrence. */
struct moment {
    const struct case_history *history;
    int64_t day;
    const struct case_occurrence *before; /* or NULL */
};

static enum happened happened(const struct moment *m, const struct case_occurrence *o)
{
    if (!m->before)
        return occurrence_happened(o, m->day);
    return o != m->before && occurrence_precedes(m->history, o, m->before) ? HAPPENED
                                                                           : HAPPENED_NOT;
}

static bool is_final(const struct case_history *h, const struct case_occurrence *o)
{
    return h->rules->states[o->rule->state].final;
}

/* Undated, it may have been at any time, and decides nothing where an event with a day does. What
 * is final stays possible whatever is told after it. */
static bool is_last(const struct moment *m, const struct case_occurrence *o)
{
    for (size_t i = 0; i < m->history->count; i++) {
        const struct case_occurrence *other = &m->history->at[i];
        if (other != o && other->acts && happened(m, other) == HAPPENED &&
            occurrence_precedes(m->history, o, other) &&
            (is_final(m->history, other) || !is_final(m->history, o)))
            return false;
    }
    return true;
}

static void last_steps(const struct moment *m, struct steps *out)
{
    const struct case_history *h = m->history;
    const struct case_occurrence *any = NULL;
    *out = (struct steps){.count = 0};
    for (size_t i = h->count; i-- > 0;) {
        enum happened so = h->at[i].acts ? happened(m, &h->at[i]) : HAPPENED_NOT;
        if (so == HAPPENED_NOT)
            continue;
        any = any ? any : &h->at[i];
        out->begun |= so == HAPPENED;
        if (out->count < COUNT_OF(out->at) && is_last(m, &h->at[i]))
            out->at[out->count++] = &h->at[i];
    }
    if (!out->count && any)
        out->at[out->count++] = any;
}

/* ---- what turns a state into another ---- */

/* whether a step that clears lies between them */
static bool is_cleared(const struct moment *m, const struct case_occurrence *turn,
                       const struct case_occurrence *by)
{
    const struct case_history *h = m->history;
    for (size_t i = 0; i < h->count; i++) {
        const struct case_occurrence *o = &h->at[i];
        if (o->acts && h->rules->states[o->rule->state].clears && happened(m, o) == HAPPENED &&
            occurrence_precedes(h, turn, o) && (o == by || (by && occurrence_precedes(h, o, by))))
            return true;
    }
    return false;
}

static bool turns(const struct case_history *h, const struct case_occurrence *o, size_t state,
                  size_t *to)
{
    if (!o->rule || o->rule->effect == EFFECT_NOTHING || o->rule->effect == EFFECT_BEGINS)
        return false;
    *to = o->rule->state;
    if (o->rule->effect == EFFECT_TURNS)
        return o->rule->after >> state & 1;
    return !o->acts && states_agree(h->rules, state, *to) && *to > state;
}

static void possible_add(struct case_standing *s, struct case_possible p)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->at[i].state == p.state)
            return;
    if (s->count < CASE_STATES)
        s->at[s->count++] = p;
}

/* Each turn that happened is taken; one that may have happened is taken and left. */
static void turn_all(const struct moment *m, struct case_possible begin, struct case_standing *out)
{
    struct case_standing now = {.at = {begin}, .count = 1}, next;
    for (size_t i = 0; i < m->history->count; i++) {
        const struct case_occurrence *o = &m->history->at[i];
        enum happened so = happened(m, o);
        size_t to;
        if (so == HAPPENED_NOT || !o->rule || is_cleared(m, o, begin.by))
            continue;
        next = (struct case_standing){.count = 0};
        for (size_t k = 0; k < now.count; k++) {
            bool turned = turns(m->history, o, now.at[k].state, &to);
            if (turned)
                possible_add(&next, (struct case_possible){to, now.at[k].by, o});
            if (!turned || so == HAPPENED_MAYBE)
                possible_add(&next, now.at[k]);
        }
        now = next;
    }
    for (size_t i = 0; i < now.count; i++)
        possible_add(out, now.at[i]);
}

static void stand(const struct moment *m, struct case_standing *out)
{
    struct steps steps;
    *out = (struct case_standing){.count = 0};
    last_steps(m, &steps);
    for (size_t i = 0; i < steps.count; i++)
        turn_all(m, (struct case_possible){steps.at[i]->rule->state, steps.at[i], NULL}, out);
    if (!steps.begun)
        turn_all(m, (struct case_possible){CASE_UNKNOWN, NULL, NULL}, out);
}

/* ---- last confirmed ---- */

/* The last day for which it says that they were in the state; false when it says nothing of that.
 */
static bool confirms(const struct case_history *h, const struct case_occurrence *o,
                     const struct case_possible *p, int64_t day, int64_t *on)
{
    if (!o->rule || o->dated == DATED_NOT || o->dated == DATED_WRONG)
        return false;
    bool holds =
        o->rule->effect == EFFECT_HOLDS && states_agree(h->rules, o->rule->state, p->state);
    if (o != p->by && o != p->turned && !holds)
        return false;
    if (o->dated == DATED_PUBLISHED) {
        *on = o->last;
        return holds && o->last <= day;
    }
    *on = holds && o->until != INT64_MAX && o->until > o->last ? o->until : o->first;
    *on = *on < day ? *on : day;
    return o->first <= day && o->first != INT64_MIN;
}

static void confirm(const struct case_history *h, int64_t day, struct case_standing *s)
{
    int64_t on;
    for (size_t i = 0; s->count && i < h->count; i++) {
        if (!confirms(h, &h->at[i], &s->at[0], day, &on) || (s->confirmed && on <= s->confirmed_on))
            continue;
        s->confirmed = true;
        s->confirmed_on = on;
        s->confirmed_by = &h->at[i];
    }
}

void case_standing_on(const struct case_history *h, int64_t day, struct case_standing *out)
{
    const struct moment moment = {h, day, NULL};
    stand(&moment, out);
    confirm(h, day, out);
}

void case_standing_before(const struct case_history *h, const struct case_occurrence *o,
                          struct case_standing *out)
{
    const struct moment moment = {h, INT64_MAX, o};
    stand(&moment, out);
}

/* ---- what is held without a beginning ---- */

static bool is_explained(const struct case_history *h, const struct case_occurrence *o)
{
    const struct moment moment = {h, o->first, NULL};
    struct case_standing s;
    if (o->dated != DATED_STATED) {
        for (size_t i = 0; i < h->count; i++)
            if (h->at[i].acts && states_agree(h->rules, h->at[i].rule->state, o->rule->state))
                return true;
        return false;
    }
    stand(&moment, &s);
    for (size_t i = 0; i < s.count; i++)
        if (states_agree(h->rules, s.at[i].state, o->rule->state))
            return true;
    return false;
}

void case_history_settle(struct case_history *h)
{
    for (size_t i = 0; i < h->count; i++)
        if (h->at[i].rule && h->at[i].rule->effect == EFFECT_HOLDS)
            h->at[i].acts = !is_explained(h, &h->at[i]);
}

const struct case_occurrence **case_steps(const struct case_history *h, struct arena *arena,
                                          size_t *count)
{
    const struct case_occurrence **steps = arena_alloc(arena, (h->count + 1) * sizeof *steps);
    *count = 0;
    for (size_t i = 0; i < h->count; i++) {
        size_t at = *count;
        if (!h->at[i].acts)
            continue;
        for (size_t k = 0; k < *count && at == *count; k++)
            if (occurrence_precedes(h, &h->at[i], steps[k]))
                at = k;
        for (size_t k = (*count)++; k > at; k--)
            steps[k] = steps[k - 1];
        steps[at] = &h->at[i];
    }
    return steps;
}

/* ---- from day to day ---- */

static int compare_days(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

static size_t days_of(const struct case_history *h, int64_t *days)
{
    size_t count = 0, kept = 0;
    days[count++] = INT64_MIN;
    for (size_t i = 0; i < h->count; i++) {
        if (h->at[i].first != INT64_MIN)
            days[count++] = h->at[i].first;
        if (h->at[i].last != INT64_MAX)
            days[count++] = h->at[i].last;
    }
    qsort(days, count, sizeof *days, compare_days);
    for (size_t i = 0; i < count; i++)
        if (!i || days[i] != days[kept - 1])
            days[kept++] = days[i];
    return kept;
}

void case_course_make(const struct case_history *h, struct arena *arena, struct case_course *out)
{
    struct case_standing s;
    out->days = arena_alloc(arena, (2 * h->count + 1) * sizeof *out->days);
    out->states = arena_alloc(arena, (2 * h->count + 1) * sizeof *out->states);
    out->count = days_of(h, out->days);
    for (size_t i = 0; i < out->count; i++) {
        out->states[i] = 0;
        case_standing_on(h, out->days[i], &s);
        for (size_t k = 0; k < s.count; k++)
            out->states[i] |= UINT32_C(1) << s.at[k].state;
    }
}

uint32_t case_course_on(const struct case_course *c, int64_t day)
{
    size_t at = 0;
    while (at + 1 < c->count && c->days[at + 1] <= day)
        at++;
    return c->states[at];
}

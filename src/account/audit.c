#include "account/audit_int.h"

#include "account/value.h"
#include "base/table.h"

const char *audit_verdict_name(enum audit_verdict verdict)
{
    static const char *const names[] = {"qualifies", "excluded", "cannot be told"};
    return names[verdict];
}

struct auditing {
    const struct case_rules *rules;
    const struct amnesty *amnesty;
    struct audit *out;
    struct arena *arena;
    struct str *terms; /* labels of release_terms.tsv */
    size_t terms_count, room;
};

static void terms_read(struct auditing *a)
{
    struct table t;
    struct row row;
    bool more = true;
    size_t room = 0;
    if (table_open(&t, "account/release_terms.tsv", "event", NULL) != OK)
        bug("the table of release terms cannot be read");
    while (table_next(&t, &row, &more, NULL) == OK && more) {
        a->terms = arena_grow(a->arena, a->terms, a->terms_count, &room, sizeof *a->terms);
        a->terms[a->terms_count++] = row.cells[0];
    }
}

/* ---- in prison ---- */

static bool reaches(const struct auditing *a, size_t state)
{
    for (size_t i = 0; i < a->amnesty->reaches_count; i++)
        if (str_equal(a->amnesty->reaches[i], a->rules->states[state].name))
            return true;
    return !a->amnesty->reaches_count && a->rules->states[state].kept == KEPT_PRISON;
}

struct placed {
    bool surely, maybe, unknown; /* in a state that the amnesty reaches; nothing says where */
    const struct case_occurrence *by;
};

static struct placed place_of(const struct auditing *a, const struct case_history *history)
{
    struct case_standing standing;
    struct placed out = {.surely = true};
    case_standing_on(history, a->out->eve, &standing);
    for (size_t i = 0; i < standing.count; i++) {
        const struct case_possible *p = &standing.at[i];
        bool reached = reaches(a, p->state);
        out.surely = out.surely && reached;
        out.maybe |= reached;
        if (reached && !out.by)
            out.by = p->by;
    }
    out.surely = out.surely && standing.count;
    out.unknown = !out.maybe && standing.count == 1 && standing.at[0].state == CASE_UNKNOWN;
    return out;
}

/* ---- since ---- */

static bool enters(const struct auditing *a, const struct case_occurrence *o, bool prison)
{
    const struct case_rule *rule = o->rule;
    return rule && rule->effect == EFFECT_BEGINS &&
           (a->rules->states[rule->state].kept == KEPT_PRISON) == prison;
}

static bool since(const struct auditing *a, const struct case_occurrence *o)
{
    return o->first > a->out->eve && o->first <= a->out->as_of;
}

static bool is_term(const struct auditing *a, struct str event)
{
    for (size_t i = 0; i < a->terms_count; i++)
        if (str_equal(a->terms[i], event))
            return true;
    return false;
}

/* Without a day of its own, by where they are said to be in the end. */
static const struct case_occurrence *out_by_standing(const struct auditing *a,
                                                     const struct case_history *history)
{
    struct case_standing standing;
    case_standing_on(history, a->out->as_of, &standing);
    for (size_t i = 0; i < standing.count; i++)
        if (!standing.at[i].by || a->rules->states[standing.at[i].state].kept == KEPT_PRISON)
            return NULL;
    const struct case_occurrence *by = standing.count ? standing.at[0].by : NULL;
    return by && by->last > a->out->eve ? by : NULL;
}

static void follow(const struct auditing *a, const struct case_history *history,
                   struct audit_person *p)
{
    size_t room = 0;
    for (size_t i = 0; i < history->count; i++) {
        const struct case_occurrence *o = &history->at[i];
        if (!since(a, o))
            continue;
        if (!p->out && enters(a, o, false))
            p->out = o;
        else if (p->out && !p->again && enters(a, o, true))
            p->again = o;
        if (!is_term(a, o->event))
            continue;
        p->terms = arena_grow(a->arena, p->terms, p->terms_count, &room, sizeof *p->terms);
        p->terms[p->terms_count++] = o;
    }
    if (!p->out)
        p->out = out_by_standing(a, history);
}

/* ---- one person ---- */

static void reason_add(struct audit_person *p, struct auditing *a, struct audit_reason reason,
                       size_t *room)
{
    p->reasons = arena_grow(a->arena, p->reasons, p->reasons_count, room, sizeof *p->reasons);
    p->reasons[p->reasons_count++] = reason;
}

static bool against(const struct audit_reason *r)
{
    return r->decides && r->met != TRUTH_UNTOLD;
}

static bool is_accepted(const struct statement_view *view)
{
    return !view || statement_is_accepted(view);
}

/* Those that decide against them, those that leave it open, the others. */
static void reasons_sort(struct audit_person *p, struct arena *arena)
{
    struct audit_reason *sorted = arena_alloc(arena, (p->reasons_count + 1) * sizeof *sorted);
    size_t count = 0;
    for (int turn = 0; turn < 3; turn++)
        for (size_t i = 0; i < p->reasons_count; i++) {
            const struct audit_reason *r = &p->reasons[i];
            if ((against(r) ? 0 : r->decides ? 1 : 2) == turn)
                sorted[count++] = *r;
        }
    p->reasons = sorted;
}

static void classify(struct auditing *a, const struct audit_subject *subject,
                     const struct placed *placed, struct audit_person *p)
{
    size_t room = 0;
    bool excluded = false, open = !placed->surely;
    if (open)
        reason_add(p, a,
                   (struct audit_reason){
                       .met = TRUTH_UNTOLD, .decides = true, .missing = STR("whether in prison")},
                   &room);
    for (size_t i = 0; i < a->amnesty->rules_count; i++) {
        struct audit_reason reason = audit_rule_apply(subject, &a->amnesty->rules[i]);
        excluded |= against(&reason);
        open |= reason.decides && reason.met == TRUTH_UNTOLD;
        if (reason.decides || reason.met != TRUTH_NO)
            reason_add(p, a, reason, &room);
    }
    p->verdict = excluded ? AUDIT_EXCLUDED : open ? AUDIT_UNTOLD : AUDIT_QUALIFIES;
    p->decided = p->held_by && p->held_by->state == VIEW_ACCEPTED && !p->held_by->undecided;
    for (size_t i = 0; i < p->reasons_count; i++)
        p->decided = p->decided && is_accepted(p->reasons[i].view);
    reasons_sort(p, a->arena);
}

static void see_person(struct auditing *a, const struct case_person *person)
{
    struct audit *out = a->out;
    struct case_history *history = arena_alloc(a->arena, sizeof *history);
    case_history_make(a->rules, person->views, person->views_count, CASE_PROPOSED, a->arena,
                      history);
    if (!history->count)
        return;
    struct placed placed = place_of(a, history);
    out->unplaced += placed.unknown && history->at[0].first <= out->eve;
    if (!placed.maybe)
        return;
    struct audit_subject subject = {a->rules, person, history, out->eve, out->as_of, a->arena};
    struct audit_person p = {.person = person, .held_by = placed.by};
    classify(a, &subject, &placed, &p);
    follow(a, history, &p);
    out->people = arena_grow(a->arena, out->people, out->count, &a->room, sizeof *out->people);
    out->people[out->count++] = p;
    out->verdicts[p.verdict]++;
    out->out[p.verdict] += p.out != NULL;
    out->again += p.again != NULL;
}

static int compare_people(const void *left, const void *right)
{
    const struct audit_person *a = left, *b = right;
    if (a->verdict != b->verdict)
        return a->verdict < b->verdict ? -1 : 1;
    int order = str_compare(a->person->name, b->person->name);
    return order ? order : hash_compare(&a->person->address, &b->person->address);
}

void audit_make(const struct case_rules *rules, const struct amnesty *amnesty,
                const struct case_person *people, size_t count, int64_t as_of, struct arena *arena,
                struct audit *out)
{
    struct auditing a = {.rules = rules, .amnesty = amnesty, .out = out, .arena = arena};
    *out = (struct audit){.amnesty = amnesty, .eve = amnesty->first - 1, .as_of = as_of};
    for (size_t i = 0; as_of == INT64_MIN && i < count; i++) {
        int64_t last = case_last_day(&people[i], rules, arena);
        out->as_of = last > out->as_of ? last : out->as_of;
    }
    if (out->as_of < amnesty->last)
        out->as_of = amnesty->last;
    terms_read(&a);
    for (size_t i = 0; i < count; i++)
        see_person(&a, &people[i]);
    if (out->count)
        qsort(out->people, out->count, sizeof *out->people, compare_people);
}

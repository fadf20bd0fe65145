#include "account/case_history_int.h"

#include "account/value.h"
#include "text/edtf.h"

struct saying {
    const struct statement_view *view;
    const struct case_rule *rule;
    struct str event, sentence;
    enum case_dating dated;
    int64_t first, last, until;
};

/* ---- one statement ---- */

static int trust_rank(const struct statement_view *view)
{
    return view->undecided ? 2 : view->state != VIEW_ACCEPTED;
}

static bool counts(const struct statement_view *view, enum case_reach reach)
{
    return reach == CASE_DECIDED ? statement_is_accepted(view) : !statement_is_rejected(view);
}

static void read_no_day(struct saying *s)
{
    int64_t first, last;
    struct str published = edtf_stated(s->view->document_published);
    s->first = INT64_MIN;
    s->last = INT64_MAX;
    if (published.len && edtf_range(published, &first, &last, NULL) == OK) {
        s->last = last;
        s->dated = s->dated == DATED_WRONG ? DATED_WRONG : DATED_PUBLISHED;
    }
    s->until = s->last;
}

/* What holds is said of all days of an interval; what begins, of one of them, and of the first when
 * the interval has no end. */
static void read_days(struct saying *s)
{
    struct str date = s->view->statement.life_event.date;
    bool interval = str_find(date, STR("/"), 0) != SIZE_MAX;
    bool holds = s->rule && s->rule->effect == EFFECT_HOLDS;
    s->dated = date.len ? DATED_STATED : DATED_NOT;
    if (!date.len || edtf_range(date, &s->first, &s->last, NULL) != OK || s->first > s->last) {
        if (date.len)
            s->dated = DATED_WRONG;
        read_no_day(s);
        return;
    }
    s->until = s->last;
    if (interval && s->first != INT64_MIN && (holds || s->last == INT64_MAX))
        s->last = s->first;
}

static struct saying saying_of(const struct case_rules *rules, const struct statement_view *view)
{
    const struct life_event *e = &view->statement.life_event;
    struct saying s = {.view = view,
                       .rule = case_rule_of(rules, e),
                       .event = case_label(e->event),
                       .sentence = case_detail(e, STR("sentence"))};
    read_days(&s);
    return s;
}

static bool names_a_day(enum case_dating dated)
{
    return dated == DATED_STATED;
}

/* the most exact first, so that what is less exact finds it */
static int compare_sayings(const void *left, const void *right)
{
    const struct saying *a = left, *b = right;
    int order = str_compare(a->event, b->event);
    if (order)
        return order;
    if (names_a_day(a->dated) != names_a_day(b->dated))
        return names_a_day(a->dated) ? -1 : 1;
    uint64_t width_a = (uint64_t)a->last - (uint64_t)a->first;
    uint64_t width_b = (uint64_t)b->last - (uint64_t)b->first;
    if (names_a_day(a->dated) && width_a != width_b)
        return width_a < width_b ? -1 : 1;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    if (!a->sentence.len != !b->sentence.len)
        return a->sentence.len ? -1 : 1;
    return hash_compare(&a->view->id, &b->view->id);
}

/* ---- occurrences ---- */

static bool may_be_one(const struct case_occurrence *o, const struct saying *s)
{
    if (!str_equal(o->event, s->event) ||
        (o->sentence.len && s->sentence.len && !str_equal(o->sentence, s->sentence)))
        return false;
    if (o->dated == DATED_WRONG || s->dated == DATED_WRONG)
        return o->dated == s->dated && str_equal(o->date, s->view->statement.life_event.date);
    return !names_a_day(s->dated) || !names_a_day(o->dated) ||
           (o->first <= s->last && s->first <= o->last);
}

static void occurrence_add(struct case_occurrence *o, const struct saying *s, struct arena *arena)
{
    if (s->sentence.len && !o->sentence.len) {
        o->sentence = s->sentence;
        o->rule = s->rule;
    }
    if (o->dated == s->dated || names_a_day(s->dated)) {
        o->first = o->first > s->first ? o->first : s->first;
        o->last = o->last < s->last ? o->last : s->last;
        o->until = o->until > s->until && s->until != INT64_MAX ? o->until : s->until;
    }
    o->views = arena_grow(arena, o->views, o->views_count, &o->views_room, sizeof *o->views);
    o->views[o->views_count++] = s->view;
}

static struct case_occurrence occurrence_of(const struct saying *s)
{
    return (struct case_occurrence){.event = s->event,
                                    .rule = s->rule,
                                    .date = s->view->statement.life_event.date,
                                    .sentence = s->sentence,
                                    .dated = s->dated,
                                    .first = s->first,
                                    .last = s->last,
                                    .until = s->until,
                                    .acts = s->rule && s->rule->effect == EFFECT_BEGINS};
}

static int compare_views(const void *left, const void *right)
{
    const struct statement_view *a = *(const struct statement_view *const *)left;
    const struct statement_view *b = *(const struct statement_view *const *)right;
    int order = trust_rank(a) - trust_rank(b);
    return order ? order : hash_compare(&a->id, &b->id);
}

static void occurrence_finish(struct case_occurrence *o)
{
    qsort(o->views, o->views_count, sizeof(void *), compare_views);
    o->state = o->views[0]->state;
    o->undecided = statement_is_hatched(o->views[0]);
    for (size_t i = 0; i < o->views_count; i++) {
        size_t known = 0;
        while (known < i && !hash_equal(&o->views[known]->document, &o->views[i]->document))
            known++;
        o->documents += known == i;
    }
}

static size_t rank_of(const struct case_occurrence *o)
{
    return o->rule ? o->rule->rank : SIZE_MAX;
}

static int compare_occurrences(const void *left, const void *right)
{
    const struct case_occurrence *a = left, *b = right;
    if (names_a_day(a->dated) != names_a_day(b->dated))
        return names_a_day(a->dated) ? -1 : 1;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    if (a->last != b->last)
        return a->last < b->last ? -1 : 1;
    if (rank_of(a) != rank_of(b))
        return rank_of(a) < rank_of(b) ? -1 : 1;
    int order = str_compare(a->event, b->event);
    return order ? order : hash_compare(&a->views[0]->id, &b->views[0]->id);
}

static void gather(const struct saying *sayings, size_t count, struct case_history *h,
                   struct arena *arena)
{
    size_t group = 0;
    for (size_t i = 0; i < count; i++) {
        size_t k = group;
        if (i && !str_equal(sayings[i].event, sayings[i - 1].event))
            k = group = h->count;
        while (k < h->count && !may_be_one(&h->at[k], &sayings[i]))
            k++;
        if (k == h->count)
            h->at[h->count++] = occurrence_of(&sayings[i]);
        occurrence_add(&h->at[k], &sayings[i], arena);
    }
}

static void see_birth(struct case_history *h, const struct statement_view *view,
                      enum case_reach reach)
{
    const struct fact *fact = &view->statement.fact;
    int64_t first, last;
    if (view->statement.form != FORM_FACT || !str_equal(fact->property, STR("birth_date")) ||
        !counts(view, reach) || edtf_range(fact->value, &first, &last, NULL) != OK ||
        first == INT64_MIN)
        return;
    if (h->born && (h->born_first < first ||
                    (h->born_first == first && hash_compare(&h->born->id, &view->id) <= 0)))
        return;
    h->born = view;
    h->born_first = first;
}

void case_history_make(const struct case_rules *rules, const struct statement_view *const *views,
                       size_t count, enum case_reach reach, struct arena *arena,
                       struct case_history *h)
{
    struct saying *sayings = arena_alloc(arena, (count + 1) * sizeof *sayings);
    size_t said = 0;
    for (size_t i = 0; i < count; i++)
        if (views[i]->statement.form == FORM_LIFE_EVENT && counts(views[i], reach))
            sayings[said++] = saying_of(rules, views[i]);
    if (said)
        qsort(sayings, said, sizeof *sayings, compare_sayings);
    *h =
        (struct case_history){.rules = rules, .at = arena_alloc(arena, (said + 1) * sizeof *h->at)};
    for (size_t i = 0; i < count; i++)
        see_birth(h, views[i], reach);
    gather(sayings, said, h, arena);
    for (size_t i = 0; i < h->count; i++)
        occurrence_finish(&h->at[i]);
    if (h->count)
        qsort(h->at, h->count, sizeof *h->at, compare_occurrences);
    case_history_settle(h);
}

/* ---- order ---- */

bool states_agree(const struct case_rules *rules, size_t a, size_t b)
{
    enum case_keeping kept = rules->states[a].kept;
    return a == b || (kept != KEPT_NOT && kept == rules->states[b].kept);
}

enum happened occurrence_happened(const struct case_occurrence *o, int64_t day)
{
    if (o->dated == DATED_NOT || o->dated == DATED_WRONG)
        return HAPPENED;
    if (o->last <= day)
        return HAPPENED;
    return o->first <= day ? HAPPENED_MAYBE : HAPPENED_NOT;
}

static bool state_in(uint32_t set, const struct case_occurrence *o)
{
    return o->rule && o->rule->state != CASE_UNKNOWN && (set >> o->rule->state & 1);
}

/* whether some event that names its day already brings about what this one needs */
static bool is_led_to(const struct case_history *h, const struct case_occurrence *o)
{
    for (size_t i = 0; i < h->count && names_a_day(h->at[i].dated); i++)
        if (&h->at[i] != o && h->at[i].acts && state_in(o->rule->after, &h->at[i]) &&
            h->at[i].last <= o->first)
            return true;
    return false;
}

static bool is_final(const struct case_history *h, const struct case_occurrence *o)
{
    return o->rule && h->rules->states[o->rule->state].final;
}

bool occurrence_precedes(const struct case_history *h, const struct case_occurrence *a,
                         const struct case_occurrence *b)
{
    if (a->last < b->first)
        return true;
    if (names_a_day(a->dated) && names_a_day(b->dated))
        return b->last >= a->first && rank_of(a) < rank_of(b);
    if (is_final(h, a) || names_a_day(a->dated))
        return false;
    if (is_final(h, b))
        return true;
    return names_a_day(b->dated) && b->rule && b->rule->effect == EFFECT_BEGINS &&
           !(b->rule->after >> CASE_UNKNOWN & 1) && state_in(b->rule->after, a) && !is_led_to(h, b);
}

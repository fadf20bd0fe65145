#include "account/figures_int.h"

/* Counts of one number, by source; `at` is a count's place. */
struct saying {
    int64_t low, high; /* the number, or both ends of a range */
    uint32_t rank;
    size_t at;
};

static int compare_sayings(const void *left, const void *right)
{
    const struct saying *a = left, *b = right;
    if (a->low != b->low)
        return a->low < b->low ? -1 : 1;
    if (a->high != b->high)
        return a->high < b->high ? -1 : 1;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

static bool same_number(const struct saying *a, const struct saying *b)
{
    return a->low == b->low && a->high == b->high;
}

struct weighing {
    struct count *counts;
    const struct entry *const *entries;
    const size_t *begin;
    struct arena arena;
};

static void add_voicings(const struct weighing *w, size_t count, struct teller *v,
                         struct voicing *voicings)
{
    for (size_t i = w->begin[count]; i < w->begin[count + 1]; i++) {
        const struct entry *e = w->entries[i];
        if (e->view->state == VIEW_REJECTED || e->view->undecided)
            continue;
        voicings[v->voicings_count++] =
            (struct voicing){.publisher = e->publisher ? e->publisher->text : STR(""),
                             .published = e->published,
                             .document = e->view->document->id,
                             .sketch = e->view->document->sketch,
                             .own = e->source->own_voice};
    }
}

/* All counts of one source that give the number. */
static struct teller teller_of(struct weighing *w, const struct saying *sayings, size_t count)
{
    const struct source *source = w->entries[w->begin[sayings[0].at]]->source;
    struct teller v = {.key = source->key->text, .class = source->class, .since = INT64_MAX};
    size_t figures = 0;
    for (size_t i = 0; i < count; i++)
        figures += w->begin[sayings[i].at + 1] - w->begin[sayings[i].at];
    struct voicing *voicings = arena_alloc(&w->arena, figures * sizeof *voicings);
    for (size_t i = 0; i < count; i++) {
        const struct stand *stand = &w->counts[sayings[i].at].stand;
        add_voicings(w, sayings[i].at, &v, voicings);
        if (stand->from != STAND_UNKNOWN && stand->first < v.since)
            v.since = stand->first;
    }
    struct str *joint = arena_alloc(&w->arena, (source->joint_count + 1) * sizeof *joint);
    for (size_t i = 0; i < source->joint_count; i++)
        joint[i] = source->joint[i]->text;
    v.voicings = voicings;
    v.sources = joint;
    v.sources_count = source->joint_count;
    return v;
}

static void say(struct weighing *w, const struct saying *sayings, const struct saying *leads_to,
                enum lead_why why, size_t said_by)
{
    struct count *c = &w->counts[sayings->at];
    c->said_by = said_by;
    c->why = why;
    if (leads_to)
        c->leads_to = w->counts[leads_to->at].figures[0];
}

/* Counts that give one number. */
static void weigh(struct weighing *w, const struct saying *sayings, size_t count)
{
    struct teller *tellers = arena_alloc(&w->arena, count * sizeof *tellers);
    size_t *of = arena_alloc(&w->arena, (count + 1) * sizeof *of), number = 0, end;
    for (size_t i = 0; i < count; i = end) {
        for (end = i + 1; end < count && sayings[end].rank == sayings[i].rank;)
            end++;
        of[number] = i;
        tellers[number++] = teller_of(w, &sayings[i], end - i);
    }
    of[number] = count;
    size_t said_by = tellers_weigh(tellers, number, &w->arena);
    for (size_t i = 0; i < number; i++) {
        size_t to = tellers[i].leads_to;
        for (size_t k = of[i]; k < of[i + 1]; k++)
            say(w, &sayings[k], to == NO_LEAD ? NULL : &sayings[of[to]], tellers[i].why, said_by);
    }
}

void counts_weigh(struct count *counts, const struct entry *const *entries, const size_t *begin,
                  size_t count, struct arena *arena)
{
    struct weighing w = {.counts = counts, .entries = entries, .begin = begin};
    size_t number = 0, end;
    (void)arena;
    arena_init(&w.arena);
    struct saying *sayings = arena_alloc(&w.arena, (count + 1) * sizeof *sayings);
    for (size_t i = 0; i < count; i++) {
        const struct figure *f = &counts[i].figures[0]->figure;
        if (counts[i].counts)
            sayings[number++] =
                (struct saying){f->low == COUNT_NONE ? f->high : f->low,
                                f->high == COUNT_NONE ? f->low : f->high, counts[i].source_rank, i};
    }
    if (number)
        qsort(sayings, number, sizeof *sayings, compare_sayings);
    for (size_t i = 0; i < number; i = end) {
        for (end = i + 1; end < number && same_number(&sayings[i], &sayings[end]);)
            end++;
        if (sayings[end - 1].rank == sayings[i].rank) {
            for (size_t k = i; k < end; k++)
                counts[sayings[k].at].said_by = 1;
            continue;
        }
        weigh(&w, &sayings[i], end - i);
    }
    arena_release(&w.arena);
}

/* ---- words ---- */

enum corroboration count_corroboration(const struct count *c)
{
    if (c->disputed || c->figures[0]->undecided)
        return CORROBORATION_DISPUTED;
    if (!c->said_by)
        return CORROBORATION_UNKNOWN;
    return c->said_by > 1 ? CORROBORATION_SEVERAL : CORROBORATION_SINGLE;
}

enum weigh_verdict count_weighing(const struct count *c)
{
    enum weigh_verdict weighed = WEIGHED_NOT;
    for (size_t i = 0; i < c->figures_count; i++)
        if (c->figures[i]->weighed > weighed)
            weighed = c->figures[i]->weighed;
    return weighed;
}

const char *corroboration_name(enum corroboration corroboration)
{
    static const char *const names[] = {"unknown", "single", "corroborated", "disputed"};
    return names[corroboration];
}

struct str lead_words(enum lead_why why)
{
    static const char *const words[LEAD_WHYS] = {
        "",
        "its own document names that source",
        "its document says the same as, or copies, one that says it",
        "it names nobody in particular",
        "it names no source and gives the same number",
        "they name each other",
    };
    return str_of(words[why]);
}

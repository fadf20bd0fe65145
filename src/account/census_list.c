#include "account/case_asked_int.h"
#include "account/census.h"
#include "account/trait_places_int.h"

/* What a trait that somebody may have answers, and on which days. */
struct answer {
    uint32_t facets;
    int64_t first, last;
};

enum { SEEN = 4096 };

struct listing {
    uint64_t seen[SEEN / 64]; /* a bit for each trait that answers, by the last bits of its id */
    struct asked asked;
    struct arena *arena;
    struct census *out;
    uint32_t asks; /* bit f: something is asked of facet f */
    struct trait_places places;
    struct answer *answers;
    size_t most; /* rows that are wanted: the first so many */
    size_t rows_room;
};

static struct answer answer_of(const struct listing *l, const struct trait_meaning *t,
                               struct arena *arena)
{
    struct answer out = {.first = INT64_MIN, .last = INT64_MAX};
    enum facet facet = str_equal(t->kind, STR("law")) ? FACET_CHARGE : facet_find(t->kind);
    if (facet == FACETS)
        return out;
    out.facets = asked_answers(&l->asked, t->kind, t->value, facet_folded(arena, facet, t->value));
    if (facet == FACET_STATE)
        out.first = out.last = l->asked.question->day;
    if (facet == FACET_ARRESTED) {
        out.first = l->asked.first;
        out.last = l->asked.last;
    }
    return out;
}

/* Only what answers anything gets a place. */
static enum outcome read_answers(struct listing *l, struct archive *archive, struct fault *why)
{
    struct trait_meaning *traits;
    struct arena words;
    size_t count, kept = 0;
    arena_init(&words);
    enum outcome result = archive_traits(archive, &words, &traits, &count, why);
    l->answers = arena_alloc(l->arena, (count + 1) * sizeof *l->answers);
    int64_t *ids = arena_alloc(l->arena, (count + 1) * sizeof *ids);
    for (size_t i = 0; i < count && result == OK; i++) {
        l->answers[kept] = answer_of(l, &traits[i], &words);
        ids[kept] = traits[i].id;
        kept += l->answers[kept].facets != 0;
    }
    l->places = trait_places_new(l->arena, kept);
    for (size_t i = 0; i < kept; i++) {
        *trait_place(&l->places, ids[i]) = (struct trait_place){ids[i], i};
        l->seen[(uint64_t)ids[i] % SEEN / 64] |= UINT64_C(1) << (uint64_t)ids[i] % 64;
    }
    arena_release(&words);
    return result;
}

static const struct answer *answer_to(const struct listing *l, int64_t id)
{
    if (!(l->seen[(uint64_t)id % SEEN / 64] >> (uint64_t)id % 64 & 1))
        return NULL;
    const struct trait_place *place = trait_place(&l->places, id);
    return place->id ? &l->answers[place->at] : NULL;
}

static bool answers_all(const struct listing *l, const struct profile_traits *t)
{
    uint32_t left = l->asks;
    const struct answer *answer;
    for (size_t i = 0; i < t->lasting && left; i++)
        if ((answer = answer_to(l, profile_lasting(t, i))))
            left &= ~answer->facets;
    for (size_t i = 0; i < t->dated && left; i++) {
        const struct profile_trait dated = profile_dated(t, i);
        if ((answer = answer_to(l, dated.id)) && dated.since <= answer->last &&
            answer->first <= dated.until)
            left &= ~answer->facets;
    }
    return !left;
}

/* ---- the first by name ---- */

static int compare_rows(const void *left, const void *right)
{
    const struct census_row *a = left, *b = right;
    int order = str_compare(a->name, b->name);
    if (order)
        return order;
    return (uint64_t)a->person < (uint64_t)b->person ? -1 : a->person != b->person;
}

/* The first `most` rows are kept in a heap whose top is the last of them. */
static void heap_sink(struct census_row *rows, size_t count)
{
    for (size_t at = 0, below; (below = 2 * at + 1) < count; at = below) {
        if (below + 1 < count && compare_rows(&rows[below], &rows[below + 1]) < 0)
            below++;
        if (compare_rows(&rows[at], &rows[below]) >= 0)
            return;
        struct census_row row = rows[at];
        rows[at] = rows[below];
        rows[below] = row;
    }
}

static void heap_rise(struct census_row *rows, size_t at)
{
    for (size_t above; at && (above = (at - 1) / 2, compare_rows(&rows[at], &rows[above]) > 0);
         at = above) {
        struct census_row row = rows[at];
        rows[at] = rows[above];
        rows[above] = row;
    }
}

static void keep_row(struct listing *l, const struct profile_view *p)
{
    struct census *out = l->out;
    struct census_row row = {p->person, p->statement, p->name};
    bool full = out->count == l->most;
    if (!l->most || (full && compare_rows(&row, &out->rows[0]) > 0))
        return;
    row.name = arena_copy(l->arena, p->name);
    if (full) {
        out->rows[0] = row;
        heap_sink(out->rows, out->count);
        return;
    }
    out->rows = arena_grow(l->arena, out->rows, out->count, &l->rows_room, sizeof *out->rows);
    out->rows[out->count] = row;
    heap_rise(out->rows, out->count++);
}

static void see_person(void *context, const struct profile_view *p)
{
    struct listing *l = context;
    l->out->everybody++;
    if ((l->asks && !answers_all(l, &p->traits)) ||
        (l->asked.name.len && str_find(p->keys, l->asked.name, 0) == SIZE_MAX))
        return;
    l->out->fit++;
    keep_row(l, p);
}

enum outcome census_list(struct archive *archive, const struct case_rules *rules,
                         const struct case_question *q, size_t from, size_t limit,
                         struct arena *arena, struct census *out, struct fault *why)
{
    struct listing l = {.arena = arena, .out = out};
    *out = (struct census){.everybody = 0};
    l.most = limit > SIZE_MAX - from ? SIZE_MAX : from + limit;
    enum outcome result = asked_read(rules, q, arena, &l.asked, why);
    l.asks = asked_facets(&l.asked);
    if (result == OK)
        result = read_answers(&l, archive, why);
    if (result == OK)
        result = archive_profiles_each(archive, &l, see_person, why);
    if (result != OK)
        return result;
    if (out->count)
        qsort(out->rows, out->count, sizeof *out->rows, compare_rows);
    size_t skipped = from < out->count ? from : out->count;
    out->rows += skipped;
    out->count -= skipped;
    return OK;
}

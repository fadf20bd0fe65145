#include "account/independence.h"

/* Copies are looked for among texts that share one of this many smallest numbers of their sketches
 * (texts half of whose shingles are common miss it once in 250 times), each with the first so many
 * of those that share it. */
enum { PROBES = 8, COMPARED = 8 };

static const char *const why_names[LEAD_WHYS] = {"",        "chain",       "same_text",
                                                 "unnamed", "same_number", "circle"};

const char *lead_why_name(enum lead_why why)
{
    return why_names[why];
}

/* A teller and what it is ordered by. */
struct ranked {
    struct teller *teller;
    int64_t said; /* the first day on which it is said */
    bool own;     /* it speaks in documents of its own alone */
    bool itself;  /* it counts by itself, or others name it */
    size_t next;  /* the one it has it from, by its place, or NO_LEAD */
    enum lead_why why;
};

struct weighing {
    struct ranked *at; /* in order of the keys */
    size_t count;
    struct arena *arena;
};

static int compare_by_key(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    return str_compare(a->teller->key, b->teller->key);
}

static bool counts_itself(enum source_class class)
{
    return class == SOURCE_OFFICIAL || class == SOURCE_UN || class == SOURCE_INDEPENDENT;
}

static struct ranked ranked_of(struct teller *v)
{
    struct ranked r = {.teller = v, .said = v->since, .own = true, .next = NO_LEAD};
    for (size_t i = 0; i < v->voicings_count; i++) {
        const struct voicing *s = &v->voicings[i];
        r.said = s->published < r.said ? s->published : r.said;
        r.own = r.own && s->own;
    }
    r.itself = v->class != SOURCE_UNNAMED && (counts_itself(v->class) || !r.own);
    return r;
}

static size_t place_of(const struct weighing *w, struct str key)
{
    struct teller wanted = {.key = key};
    struct ranked probe = {.teller = &wanted};
    const struct ranked *found =
        key.len ? bsearch(&probe, w->at, w->count, sizeof *w->at, compare_by_key) : NULL;
    return found ? (size_t)(found - w->at) : NO_LEAD;
}

static void lead(struct ranked *from, size_t to, enum lead_why why)
{
    from->next = to;
    from->why = why;
}

/* ---- chains ---- */

static void lead_chains(struct weighing *w)
{
    for (size_t i = 0; i < w->count; i++)
        for (size_t k = 0; k < w->at[i].teller->voicings_count; k++) {
            const struct voicing *s = &w->at[i].teller->voicings[k];
            size_t publisher = s->own ? NO_LEAD : place_of(w, s->publisher);
            if (publisher != NO_LEAD && publisher != i && w->at[publisher].next == NO_LEAD)
                lead(&w->at[publisher], i, LEAD_CHAIN);
        }
}

/* ---- copies ---- */

/* A document of a teller under one of its numbers. */
struct probe {
    uint32_t number;
    size_t at; /* of the teller */
    const struct voicing *voicing;
};

static int compare_documents(const struct voicing *a, const struct voicing *b)
{
    if (a->own != b->own)
        return a->own ? 1 : -1;
    if (a->published != b->published)
        return a->published < b->published ? -1 : 1;
    return hash_compare(&a->document, &b->document);
}

/* Under one number: those that name a source first, then by publication. */
static int compare_probes(const void *left, const void *right)
{
    const struct probe *a = left, *b = right;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    int order = compare_documents(a->voicing, b->voicing);
    return order ? order : (a->at > b->at) - (a->at < b->at);
}

static int compare_same_document(const void *left, const void *right)
{
    const struct probe *a = left, *b = right;
    int order = hash_compare(&a->voicing->document, &b->voicing->document);
    return order ? order : compare_probes(left, right);
}

static bool is_copy(const struct voicing *a, const struct voicing *b)
{
    return hash_equal(&a->document, &b->document) ||
           (a->sketch && b->sketch && sketch_same_text(a->sketch, b->sketch));
}

/* Leads the later one to the earlier, if it speaks for itself. */
static void see_copy(struct weighing *w, const struct probe *first, const struct probe *then,
                     const struct voicing **better)
{
    struct ranked *from = &w->at[then->at];
    bool taken = from->next != NO_LEAD && from->why != LEAD_SAME_TEXT;
    if (first->at == then->at || !from->own || taken || !is_copy(first->voicing, then->voicing))
        return;
    if (better[then->at] && compare_documents(better[then->at], first->voicing) <= 0)
        return;
    better[then->at] = first->voicing;
    lead(from, first->at, LEAD_SAME_TEXT);
}

static void see_runs(struct weighing *w, const struct probe *probes, size_t count, bool documents,
                     const struct voicing **better)
{
    size_t end;
    for (size_t i = 0; i < count; i = end) {
        for (end = i + 1; end < count; end++)
            if (documents
                    ? !hash_equal(&probes[i].voicing->document, &probes[end].voicing->document)
                    : probes[i].number != probes[end].number)
                break;
        for (size_t then = i + 1; then < end; then++)
            for (size_t first = i; first < then && first < i + COMPARED; first++)
                see_copy(w, &probes[first], &probes[then], better);
    }
}

static void lead_copies(struct weighing *w)
{
    size_t documents = 0, count = 0;
    for (size_t i = 0; i < w->count; i++)
        documents += w->at[i].teller->voicings_count;
    struct probe *probes = arena_alloc(w->arena, (documents * PROBES + 1) * sizeof *probes);
    const struct voicing **better = arena_alloc(w->arena, (w->count + 1) * sizeof *better);
    for (size_t i = 0; i < w->count; i++)
        for (size_t k = 0; k < w->at[i].teller->voicings_count; k++)
            probes[count++] = (struct probe){0, i, &w->at[i].teller->voicings[k]};
    qsort(probes, count, sizeof *probes, compare_same_document);
    see_runs(w, probes, count, true, better);
    count = 0;
    for (size_t i = 0; i < w->count; i++)
        for (size_t k = 0; k < w->at[i].teller->voicings_count; k++) {
            const struct voicing *s = &w->at[i].teller->voicings[k];
            for (size_t n = 0; s->sketch && n < PROBES && n < s->sketch->count; n++)
                probes[count++] = (struct probe){s->sketch->numbers[n], i, s};
        }
    if (count)
        qsort(probes, count, sizeof *probes, compare_probes);
    see_runs(w, probes, count, false, better);
}

/* ---- those that pass on what somebody says ---- */

static bool says_before(const struct ranked *a, const struct ranked *b)
{
    return a->said != b->said ? a->said < b->said : compare_by_key(a, b) < 0;
}

/* The first to say it of those that count by themselves, and of all that may do. */
struct firsts {
    size_t itself, named, any;
};

static void see_first(const struct weighing *w, size_t *first, size_t i)
{
    if (*first == NO_LEAD || says_before(&w->at[i], &w->at[*first]))
        *first = i;
}

static struct firsts firsts_of(const struct weighing *w)
{
    struct firsts f = {NO_LEAD, NO_LEAD, NO_LEAD};
    for (size_t i = 0; i < w->count; i++) {
        see_first(w, &f.any, i);
        if (w->at[i].teller->class != SOURCE_UNNAMED)
            see_first(w, &f.named, i);
        if (w->at[i].itself)
            see_first(w, &f.itself, i);
    }
    return f;
}

static void lead_rest(struct weighing *w)
{
    struct firsts f = firsts_of(w);
    for (size_t i = 0; i < w->count; i++) {
        struct ranked *r = &w->at[i];
        bool unnamed = r->teller->class == SOURCE_UNNAMED;
        size_t to = f.itself != NO_LEAD             ? f.itself
                    : unnamed && f.named == NO_LEAD ? f.any
                                                    : f.named;
        if (r->next != NO_LEAD || to == i || to == NO_LEAD)
            continue;
        if (unnamed)
            lead(r, to, LEAD_UNNAMED);
        else if (!r->itself)
            lead(r, to, LEAD_SAME_NUMBER);
    }
}

/* ---- circles ---- */

static void break_circle(struct weighing *w, size_t on)
{
    size_t first = on;
    for (size_t i = w->at[on].next; i != on; i = w->at[i].next)
        if (says_before(&w->at[i], &w->at[first]))
            first = i;
    for (size_t i = w->at[first].next, next; i != first; i = next) {
        next = w->at[i].next;
        lead(&w->at[i], first, LEAD_CIRCLE);
    }
    lead(&w->at[first], NO_LEAD, LEAD_NONE);
}

static void break_circles(struct weighing *w)
{
    size_t *seen = arena_alloc(w->arena, (w->count + 1) * sizeof *seen);
    for (size_t i = 0; i < w->count; i++) {
        size_t at = i;
        while (at != NO_LEAD && !seen[at]) {
            seen[at] = i + 1;
            at = w->at[at].next;
        }
        if (at != NO_LEAD && seen[at] == i + 1)
            break_circle(w, at);
    }
}

static size_t root_of(const struct weighing *w, size_t at)
{
    while (w->at[at].next != NO_LEAD)
        at = w->at[at].next;
    return at;
}

/* ---- how many are left ---- */

/* The source that stands behind a key: that of the teller it leads to. */
static struct str behind(const struct weighing *w, struct str key)
{
    size_t at = place_of(w, key);
    return at == NO_LEAD ? key : w->at[root_of(w, at)].teller->key;
}

static bool among(const struct str *used, size_t count, struct str key)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(used[i], key))
            return true;
    return false;
}

static int compare_joint(const void *left, const void *right)
{
    const struct teller *a = *(const struct teller *const *)left;
    const struct teller *b = *(const struct teller *const *)right;
    if (a->sources_count != b->sources_count)
        return a->sources_count < b->sources_count ? -1 : 1;
    return str_compare(a->key, b->key);
}

/* Joint ones that share no source with single ones, nor with each other. */
static size_t choose_joint(const struct weighing *w, const struct teller **joint, size_t count)
{
    size_t chosen = 0, used_count = 0, room = 0;
    struct str *used = NULL;
    if (count)
        qsort(joint, count, sizeof *joint, compare_joint);
    for (size_t i = 0; i < count; i++) {
        bool free = true;
        for (size_t k = 0; k < joint[i]->sources_count && free; k++) {
            struct str key = behind(w, joint[i]->sources[k]);
            size_t at = place_of(w, key);
            bool alone = at != NO_LEAD && !w->at[at].teller->sources_count;
            free = !alone && !among(used, used_count, key);
        }
        for (size_t k = 0; k < joint[i]->sources_count && free; k++) {
            used = arena_grow(w->arena, used, used_count, &room, sizeof *used);
            used[used_count++] = behind(w, joint[i]->sources[k]);
        }
        chosen += free;
    }
    return chosen;
}

static size_t count_independent(const struct weighing *w)
{
    const struct teller **joint = arena_alloc(w->arena, (w->count + 1) * sizeof *joint);
    size_t joint_count = 0, alone = 0;
    for (size_t i = 0; i < w->count; i++) {
        if (w->at[i].next != NO_LEAD)
            continue;
        if (w->at[i].teller->sources_count)
            joint[joint_count++] = w->at[i].teller;
        else
            alone++;
    }
    return alone + choose_joint(w, joint, joint_count);
}

size_t tellers_weigh(struct teller *tellers, size_t count, struct arena *arena)
{
    struct weighing w = {arena_alloc(arena, (count + 1) * sizeof *w.at), count, arena};
    for (size_t i = 0; i < count; i++)
        w.at[i] = ranked_of(&tellers[i]);
    if (!count)
        return 0;
    qsort(w.at, count, sizeof *w.at, compare_by_key);
    if (count > 1) {
        lead_chains(&w);
        lead_copies(&w);
        lead_rest(&w);
        break_circles(&w);
    }
    size_t independent = count_independent(&w);
    for (size_t i = 0; i < count; i++) {
        struct ranked *r = &w.at[i];
        size_t root = root_of(&w, i);
        r->teller->leads_to = root == i ? NO_LEAD : (size_t)(w.at[root].teller - tellers);
        r->teller->why = r->why;
    }
    return independent;
}

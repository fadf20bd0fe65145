#include "account/likely.h"

#include <math.h>
#include <stdlib.h>

#include "match/learning.h"
#include "match/roll.h"
#include "store/page.h"
#include "text/fold.h"

/* ---- what was decided ---- */

static enum outcome decisions_read(struct archive *a, struct likely *l, struct arena *arena,
                                   struct fault *why)
{
    enum outcome outcome = archive_decided_pairs(a, arena, &l->decisions, &l->decisions_count, why);
    if (outcome)
        return outcome;
    struct decided_pair *pairs = arena_alloc(arena, (l->decisions_count + 1) * sizeof *pairs);
    for (size_t i = 0; i < l->decisions_count; i++)
        pairs[i] = l->decisions[i].decided;
    l->persons = persons_of(pairs, l->decisions_count, arena);
    return OK;
}

static size_t person_at(const struct likely *l, const struct mention *m)
{
    size_t at = persons_find(&l->persons, m);
    return at == SIZE_MAX ? SIZE_MAX : l->persons.at[at].person;
}

static bool told_apart(const struct likely *l, size_t left, size_t right)
{
    for (size_t i = 0; i < l->decisions_count; i++) {
        const struct decided_pair *d = &l->decisions[i].decided;
        if (d->same)
            continue;
        size_t a = person_at(l, &d->pair.left), b = person_at(l, &d->pair.right);
        if ((a == left && b == right) || (a == right && b == left))
            return true;
    }
    return false;
}

enum likely_decided likely_decided(const struct likely *l, const struct bearer *a,
                                   const struct bearer *b)
{
    size_t left = a->named.person, right = b->named.person;
    if (left == SIZE_MAX || right == SIZE_MAX)
        return LIKELY_UNDECIDED;
    if (left == right)
        return LIKELY_SAME;
    return told_apart(l, left, right) ? LIKELY_DIFFERENT : LIKELY_UNDECIDED;
}

struct mention likely_anchor(const struct likely *l, const struct bearer *b)
{
    for (size_t i = 0; i < b->named.mentions_count; i++) {
        size_t at = persons_overlapping(&l->persons, &b->named.mentions[i], 0);
        if (at != SIZE_MAX)
            return l->persons.at[at].mention;
    }
    return b->named.mentions[0];
}

/* ---- pairs ---- */

struct likely_found {
    size_t left, right;
    struct meeting meeting;
};

struct finding_pairs {
    struct arena *arena;
    struct likely_found *all;
    size_t count, room;
};

static void pair_found(void *context, size_t left, size_t right, const struct meeting *m)
{
    struct finding_pairs *f = context;
    f->all = arena_grow(f->arena, f->all, f->count, &f->room, sizeof *f->all);
    f->all[f->count++] = (struct likely_found){left, right, *m};
}

static int per_mille(int odds)
{
    return (int)lround(1000 / (1 + exp2(-odds / 10.0)));
}

static struct likely_pair pair_of(const struct likely *l, const struct likely_found *f,
                                  struct arena *arena)
{
    const struct meeting *m = &f->meeting;
    struct likely_pair out = {.left = &l->bearers[f->left],
                              .right = &l->bearers[f->right],
                              .odds = m->odds,
                              .evidence = m->evidence,
                              .per_mille = per_mille(m->odds),
                              .probable = m->odds >= MEETING_EVEN,
                              .reasons =
                                  arena_alloc(arena, (m->reasons_count + 1) * sizeof *out.reasons)};
    for (size_t i = 0; i < m->reasons_count; i++) {
        const struct meeting_reason *r = &m->reasons[i];
        if (r->tenths || r->trait <= TRAIT_LONE)
            out.reasons[out.reasons_count++] = (struct likely_reason){
                trait_name(r->trait), meeting_grade(r->level), r->tenths, r->left, r->right};
    }
    return out;
}

static int compare_pairs(const void *left, const void *right)
{
    const struct likely_pair *a = left, *b = right;
    if (a->odds != b->odds)
        return a->odds > b->odds ? -1 : 1;
    if (a->evidence != b->evidence)
        return a->evidence > b->evidence ? -1 : 1;
    int order = mention_compare(&a->left->named.mentions[0], &b->left->named.mentions[0]);
    return order ? order
                 : mention_compare(&a->right->named.mentions[0], &b->right->named.mentions[0]);
}

static void pairs_take(struct likely *l, struct arena *arena)
{
    l->pairs = arena_alloc(arena, (l->found_count + 1) * sizeof *l->pairs);
    for (size_t i = 0; i < l->found_count; i++) {
        const struct likely_found *one = &l->found[i];
        if (likely_decided(l, &l->bearers[one->left], &l->bearers[one->right]) == LIKELY_UNDECIDED)
            l->pairs[l->pairs_count++] = pair_of(l, one, arena);
    }
    if (l->pairs_count)
        qsort(l->pairs, l->pairs_count, sizeof *l->pairs, compare_pairs);
}

/* ---- groups ---- */

/* a bearer of each person, and links from it to the others */
static struct gather_pair *same_pairs(const struct likely *l, struct arena *arena, size_t *count)
{
    struct gather_pair *out = arena_alloc(arena, (l->count + 1) * sizeof *out);
    size_t *first = arena_alloc(arena, (l->persons.count + 1) * sizeof *first);
    *count = 0;
    for (size_t i = 0; i < l->count; i++) {
        size_t person = l->bearers[i].named.person;
        if (person == SIZE_MAX)
            continue;
        if (first[person])
            out[(*count)++] = (struct gather_pair){first[person] - 1, i, 0};
        else
            first[person] = i + 1;
    }
    return out;
}

static struct gather_pair *different_pairs(const struct likely *l, struct arena *arena,
                                           size_t *count)
{
    struct gather_pair *out = NULL;
    size_t room = 0;
    *count = 0;
    for (size_t i = 0; i < l->decisions_count; i++) {
        const struct decided_pair *d = &l->decisions[i].decided;
        const struct bearer *left = likely_bearer(l, &d->pair.left);
        const struct bearer *right = likely_bearer(l, &d->pair.right);
        if (d->same || !left || !right || left == right)
            continue;
        out = arena_grow(arena, out, *count, &room, sizeof *out);
        out[(*count)++] =
            (struct gather_pair){(size_t)(left - l->bearers), (size_t)(right - l->bearers), 0};
    }
    return out;
}

static void groups_set(struct likely *l, const struct weights *w, struct arena *arena)
{
    struct gather_pair *pairs = arena_alloc(arena, (l->found_count + 1) * sizeof *pairs);
    struct portrait *portraits = arena_alloc(arena, (l->count + 1) * sizeof *portraits);
    for (size_t i = 0; i < l->found_count; i++)
        pairs[i] =
            (struct gather_pair){l->found[i].left, l->found[i].right, l->found[i].meeting.odds};
    for (size_t i = 0; i < l->count; i++)
        portraits[i] = l->bearers[i].portrait;
    struct gathering g = {.weights = w,
                          .all = portraits,
                          .count = l->count,
                          .pairs = pairs,
                          .pairs_count = l->found_count};
    g.same = same_pairs(l, arena, &g.same_count);
    g.different = different_pairs(l, arena, &g.different_count);
    l->groups = gather(&g, arena);
}

/* ---- all of it ---- */

/* The given weights, else those that the archive keeps, else the usual ones. */
struct chosen {
    const struct weights *weights;
    struct weights own;
};

static enum outcome tables_start(struct fault *why)
{
    enum outcome outcome = spelling_start(why);
    return outcome ? outcome : likeness_start(why);
}

static enum outcome weights_choose(struct archive *a, const struct weights *given,
                                   struct arena *arena, struct chosen *out, struct fault *why)
{
    struct str json;
    *out = (struct chosen){.weights = given};
    enum outcome outcome = tables_start(why);
    if (outcome || given)
        return outcome;
    outcome = archive_weights(a, arena, &json, why);
    if (!outcome && !json.len)
        return weights_usual(&out->weights, why);
    if (!outcome)
        outcome = weights_read(&out->own, json, arena, why);
    out->weights = &out->own;
    return outcome;
}

enum outcome likely_weights(struct archive *a, struct arena *arena, struct weights *out,
                            struct fault *why)
{
    struct chosen chosen;
    enum outcome outcome = weights_choose(a, NULL, arena, &chosen, why);
    if (!outcome)
        weights_copy(out, chosen.weights);
    weights_release(&chosen.own);
    return outcome;
}

static void model_tell(struct likely *l, const struct weights *w)
{
    struct buf json;
    buf_init(&json, SIZE_MAX / 4);
    weights_write(w, &json);
    l->model = w->name;
    l->model_hash = hash_of(buf_str(&json));
    buf_release(&json);
}

/* ---- runs of bearers ---- */

static int compare_named(const void *left, const void *right)
{
    const struct bearer *const *a = left, *const *b = right;
    int order = str_compare((*a)->named.key, (*b)->named.key);
    return order ? order : (*a > *b) - (*a < *b);
}

static int compare_persons(const void *left, const void *right)
{
    const struct bearer *const *a = left, *const *b = right;
    size_t x = (*a)->named.person, y = (*b)->named.person;
    return x != y ? (x > y) - (x < y) : (*a > *b) - (*a < *b);
}

static int compare_groups(const void *left, const void *right, void *context)
{
    const struct bearer *const *a = left, *const *b = right;
    const struct likely *l = context;
    size_t x = l->groups[*a - l->bearers], y = l->groups[*b - l->bearers];
    return x != y ? (x > y) - (x < y) : (*a > *b) - (*a < *b);
}

static const struct bearer **all_of(const struct likely *l, struct arena *arena)
{
    const struct bearer **out = arena_alloc(arena, (l->count + 1) * sizeof *out);
    for (size_t i = 0; i < l->count; i++)
        out[i] = &l->bearers[i];
    return out;
}

static void orders_make(struct likely *l, struct arena *arena)
{
    l->by_name = all_of(l, arena);
    l->by_person = all_of(l, arena);
    l->by_group = all_of(l, arena);
    if (!l->count)
        return;
    qsort(l->by_name, l->count, sizeof *l->by_name, compare_named);
    qsort(l->by_person, l->count, sizeof *l->by_person, compare_persons);
    qsort_r(l->by_group, l->count, sizeof *l->by_group, compare_groups, l);
}

/* Below, at or above what is looked for. */
typedef int bearer_order(const struct likely *, const struct bearer *, const void *wanted);

static const struct bearer **run_of(const struct likely *l, const struct bearer **all,
                                    bearer_order *order, const void *wanted, size_t *count)
{
    size_t low = 0, high = l->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (order(l, all[middle], wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (*count = 0; low + *count < l->count && !order(l, all[low + *count], wanted);)
        ++*count;
    return all + low;
}

static int order_by_name(const struct likely *l, const struct bearer *b, const void *wanted)
{
    (void)l;
    return str_compare(b->named.key, *(const struct str *)wanted);
}

static int order_by_person(const struct likely *l, const struct bearer *b, const void *wanted)
{
    size_t person = *(const size_t *)wanted;
    (void)l;
    return (b->named.person > person) - (b->named.person < person);
}

static int order_by_group(const struct likely *l, const struct bearer *b, const void *wanted)
{
    size_t group = *(const size_t *)wanted, own = l->groups[b - l->bearers];
    return (own > group) - (own < group);
}

const struct bearer **likely_named(const struct likely *l, struct str key, size_t *count)
{
    return run_of(l, l->by_name, order_by_name, &key, count);
}

const struct bearer **likely_person(const struct likely *l, size_t person, size_t *count)
{
    return run_of(l, l->by_person, order_by_person, &person, count);
}

const struct bearer **likely_others(const struct likely *l, const struct bearer *b,
                                    struct arena *arena, size_t *count)
{
    size_t found = 0, members, group = l->groups[b - l->bearers];
    const struct bearer **all = run_of(l, l->by_group, order_by_group, &group, &members);
    const struct bearer **out = arena_alloc(arena, (members + 1) * sizeof *out);
    *count = 0;
    for (size_t i = 0; i < members; i++)
        if (all[i] != b && likely_decided(l, b, all[i]) == LIKELY_UNDECIDED)
            out[found++] = all[i];
    if (found)
        qsort(out, found, sizeof *out, compare_named);
    for (size_t i = 0; i < found; i++) {
        const struct bearer *last = *count ? out[*count - 1] : NULL;
        if (!last || !str_equal(last->named.key, out[i]->named.key))
            out[(*count)++] = out[i];
        else if (hash_equal(&last->text, &b->text))
            out[*count - 1] = out[i];
    }
    return out;
}

/* ---- the comparison ---- */

/* what depends on decisions, of bearers that know theirs */
static void decisions_apply(struct likely *l, const struct weights *w, struct arena *arena)
{
    pairs_take(l, arena);
    groups_set(l, w, arena);
    model_tell(l, w);
    orders_make(l, arena);
}

static enum outcome texts_compare(struct archive *a, const struct reader *reader,
                                  const struct weights *w, const struct hash_list *texts,
                                  const struct bearer_guest *guest, struct arena *arena,
                                  struct likely *l, struct fault *why)
{
    struct finding_pairs found = {.arena = arena};
    enum outcome outcome = decisions_read(a, l, arena, why);
    if (!outcome)
        outcome =
            bearers_read(a, reader, texts, guest, &l->persons, arena, &l->bearers, &l->count, why);
    if (outcome)
        return outcome;
    struct roll *roll = roll_new(w);
    for (size_t i = 0; i < l->count; i++)
        roll_add(roll, &l->bearers[i].portrait, pair_found, &found);
    roll_free(roll);
    l->found = found.all;
    l->found_count = found.count;
    decisions_apply(l, w, arena);
    return OK;
}

enum outcome likely_read(struct archive *a, const struct reader *reader,
                         const struct weights *given, struct arena *arena, struct likely *l,
                         struct fault *why)
{
    struct chosen chosen;
    *l = (struct likely){0};
    enum outcome outcome = weights_choose(a, given, arena, &chosen, why);
    if (!outcome)
        outcome = texts_compare(a, reader, chosen.weights, NULL, NULL, arena, l, why);
    weights_release(&chosen.own);
    return outcome;
}

enum outcome likely_again(struct archive *a, const struct likely *before, struct arena *arena,
                          struct likely *l, struct fault *why)
{
    struct chosen chosen;
    *l = (struct likely){
        .count = before->count, .found = before->found, .found_count = before->found_count};
    enum outcome outcome = weights_choose(a, NULL, arena, &chosen, why);
    if (!outcome)
        outcome = decisions_read(a, l, arena, why);
    if (!outcome) {
        l->bearers = arena_alloc(arena, (l->count + 1) * sizeof *l->bearers);
        for (size_t i = 0; i < l->count; i++) {
            l->bearers[i] = before->bearers[i];
            named_decide(&l->bearers[i].named, &l->persons);
        }
        decisions_apply(l, chosen.weights, arena);
    }
    weights_release(&chosen.own);
    return outcome;
}

enum outcome likely_learn(const struct likely *l, struct arena *arena, struct weights *out,
                          struct fault *why)
{
    struct learning from = {.count = l->count};
    struct portrait *portraits = arena_alloc(arena, (l->count + 1) * sizeof *portraits);
    enum outcome outcome = tables_start(why);
    if (!outcome)
        outcome = weights_usual(&from.usual, why);
    if (outcome)
        return outcome;
    for (size_t i = 0; i < l->count; i++)
        portraits[i] = l->bearers[i].portrait;
    from.all = portraits;
    from.same = same_pairs(l, arena, &from.same_count);
    from.different = different_pairs(l, arena, &from.different_count);
    weights_learn(&from, out);
    return OK;
}

/* ---- around some names ---- */

/* A portrait of nothing but a name. */
static struct portrait name_portrait(struct str name, struct arena *arena)
{
    struct portrait p;
    portrait_begin(&p, arena, 0, 0);
    portrait_name(&p, name);
    portrait_end(&p);
    return p;
}

/* the wanted names, and all that share a key with one of them */
static struct str *names_near(const struct weights *w, const struct name_tally *names, size_t count,
                              const struct str *keys, size_t keys_count, struct arena *arena,
                              size_t *near)
{
    struct roll *roll = roll_new(w);
    struct portrait *portraits = arena_alloc(arena, (count + 1) * sizeof *portraits);
    bool *wanted = arena_alloc(arena, count + 1);
    struct str *out = arena_alloc(arena, (count + keys_count + 1) * sizeof *out);
    *near = 0;
    for (size_t i = 0; i < count; i++) {
        portraits[i] = name_portrait(names[i].key, arena);
        roll_add(roll, &portraits[i], NULL, NULL);
    }
    for (size_t i = 0; i < keys_count; i++) {
        struct portrait p = name_portrait(keys[i], arena);
        size_t found;
        const uint32_t *numbers = roll_near(roll, &p, &found);
        for (size_t k = 0; k < found; k++)
            wanted[numbers[k]] = true;
        out[(*near)++] = keys[i];
    }
    for (size_t i = 0; i < count; i++)
        if (wanted[i])
            out[(*near)++] = names[i].key;
    roll_free(roll);
    return out;
}

static enum outcome around(struct archive *a, const struct reader *reader,
                           const struct weights *given, const struct str *keys, size_t count,
                           const struct bearer_guest *guest, struct arena *arena, struct likely *l,
                           struct fault *why)
{
    struct name_choice all = {.limit = SIZE_MAX};
    struct name_tally *names;
    struct hash_list texts;
    struct chosen chosen;
    size_t names_count, total, near;
    *l = (struct likely){0};
    enum outcome outcome = weights_choose(a, given, arena, &chosen, why);
    if (!outcome)
        outcome = archive_names(a, &all, arena, &names, &names_count, &total, why);
    if (!outcome) {
        struct str *wanted =
            names_near(chosen.weights, names, names_count, keys, count, arena, &near);
        outcome = archive_texts_naming(a, wanted, near, arena, &texts, why);
    }
    if (!outcome)
        outcome = texts_compare(a, reader, chosen.weights, &texts, guest, arena, l, why);
    weights_release(&chosen.own);
    return outcome;
}

enum outcome likely_around(struct archive *a, const struct reader *reader,
                           const struct weights *given, const struct str *keys, size_t count,
                           struct arena *arena, struct likely *l, struct fault *why)
{
    return around(a, reader, given, keys, count, NULL, arena, l, why);
}

enum outcome likely_with(struct archive *a, const struct reader *reader,
                         const struct bearer_guest *guest, struct arena *arena, struct likely *l,
                         struct fault *why)
{
    struct str *keys = arena_alloc(arena, (guest->count + 1) * sizeof *keys);
    struct mention mention;
    struct str name;
    size_t count = 0;
    for (size_t i = 0; i < guest->count; i++)
        if (mention_of_view(&guest->views[i], &mention, &name))
            keys[count++] = fold_text(arena, name);
    return around(a, reader, NULL, keys, count, guest, arena, l, why);
}

/* ---- who stands beside a bearer ---- */

static bool is_named_at(const struct bearer *b, const struct mention *m)
{
    for (size_t i = 0; i < b->named.mentions_count; i++)
        if (mentions_overlap(&b->named.mentions[i], m))
            return true;
    return false;
}

const struct bearer *likely_bearer(const struct likely *l, const struct mention *m)
{
    size_t low = 0, high = l->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (hash_compare(&l->bearers[middle].text, &m->text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < l->count && hash_equal(&l->bearers[low].text, &m->text); low++)
        if (is_named_at(&l->bearers[low], m))
            return &l->bearers[low];
    return NULL;
}

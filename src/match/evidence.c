#include "match/evidence.h"

#include <math.h>

#include "match/large_int.h"
#include "match/mix_int.h"

enum { REMEMBERED_LEAST = 1 << 12, REMEMBERED_MOST = 1 << 21, LEVEL_BITS = 3 };

struct comparer {
    const struct list *list;
    size_t size;           /* a power of two */
    uint64_t remembered[]; /* scattered bits of two values and a feature, then the level */
};

struct comparer *comparer_new(const struct list *list)
{
    size_t size = REMEMBERED_LEAST;
    while (size < REMEMBERED_MOST && size < 4 * list->records)
        size *= 2;
    struct comparer *c = mem_alloc(sizeof *c + size * sizeof c->remembered[0]);
    large_pages(c, sizeof *c + size * sizeof c->remembered[0]);
    c->list = list;
    c->size = size;
    return c;
}

void comparer_free(struct comparer *c)
{
    mem_free(c);
}

static bool names_are_far_apart(const struct value *a, const struct value *b)
{
    bool known = a->known && b->known;
    return a->words == 1 && b->words == 1 && !known &&
           words_are_far_apart(a->sound, a->signature, a->letters, b->sound, b->signature,
                               b->letters, a->arabic == b->arabic);
}

static enum level letters_level(const struct feature *f, uint32_t left, uint32_t right)
{
    if (f->measure == MEASURE_CODE) {
        const struct value *a = &f->values->all[left], *b = &f->values->all[right];
        struct letters x = {f->values->letters + a->text, a->letters};
        struct letters y = {f->values->letters + b->text, b->letters};
        return code_level(x, y);
    }
    if (f->measure == MEASURE_NAME &&
        names_are_far_apart(&f->values->all[left], &f->values->all[right]))
        return LEVEL_OTHER;
    struct wording x = value_wording(f->values, left), y = value_wording(f->values, right);
    return f->measure == MEASURE_NAME ? name_level(&x, &y) : text_level(&x, &y);
}

static enum level at_best_spelling(enum level level)
{
    return level == LEVEL_SAME ? LEVEL_SPELLING : level;
}

static uint64_t key_of_pair(const struct comparer *c, size_t feature, uint32_t left, uint32_t right)
{
    bool name = c->list->features[feature].measure == MEASURE_NAME;
    uint32_t low = left < right ? left : right, high = left < right ? right : left;
    return mix(((uint64_t)low << 32 | high) + (name ? 0 : (feature + 1) * 0x9E3779B97F4A7C15));
}

static size_t place_of(const struct comparer *c, uint64_t key)
{
    return key >> 32 & (c->size - 1);
}

static enum level remembered_level(struct comparer *c, size_t feature, uint32_t left,
                                   uint32_t right)
{
    uint64_t key = key_of_pair(c, feature, left, right);
    uint64_t *place = &c->remembered[place_of(c, key)];
    if (*place >> LEVEL_BITS != key >> LEVEL_BITS) {
        const struct feature *f = &c->list->features[feature];
        enum level level = at_best_spelling(letters_level(f, left, right));
        *place = key >> LEVEL_BITS << LEVEL_BITS | level;
    }
    return (enum level)(*place & ((1 << LEVEL_BITS) - 1));
}

/* asks for what remembered_level will look at */
static void levels_expect(const struct comparer *c, const uint32_t *left, const uint32_t *right)
{
    for (size_t f = 0; f < c->list->features_count; f++) {
        enum measure measure = c->list->features[f].measure;
        bool remembered =
            measure == MEASURE_NAME || measure == MEASURE_TEXT || measure == MEASURE_CODE;
        if (left[f] && right[f] && left[f] != right[f] && remembered)
            __builtin_prefetch(&c->remembered[place_of(c, key_of_pair(c, f, left[f], right[f]))]);
    }
}

enum level value_level(struct comparer *c, size_t feature, uint32_t left, uint32_t right)
{
    const struct feature *f = &c->list->features[feature];
    if (!left || !right)
        return LEVEL_MISSING;
    if (left == right)
        return LEVEL_SAME;
    switch (f->measure) {
    case MEASURE_SORT:
        return LEVEL_OTHER;
    case MEASURE_DATE:
        return date_level(f->values->all[left].text, f->values->all[right].text);
    case MEASURE_AGE:
        return age_level(f->values->all[left].text, f->values->all[right].text);
    case MEASURE_NAME:
    case MEASURE_TEXT:
    case MEASURE_CODE:
        break;
    }
    return remembered_level(c, feature, left, right);
}

static bool agrees(enum level level)
{
    return level != LEVEL_MISSING && level <= LEVEL_NEAR;
}

static void names_turn(struct comparer *c, const uint32_t *left, const uint32_t *right,
                       struct evidence *out)
{
    enum level given = value_level(c, FEATURE_GIVEN, left[FEATURE_GIVEN], right[FEATURE_FAMILY]);
    enum level family = value_level(c, FEATURE_FAMILY, left[FEATURE_FAMILY], right[FEATURE_GIVEN]);
    if ((!agrees(given) && given != LEVEL_MISSING) ||
        (!agrees(family) && family != LEVEL_MISSING) || (!agrees(given) && !agrees(family)))
        return;
    /* which of the two is whose depends on the side, and must not */
    enum level best =
        given == LEVEL_MISSING || (family != LEVEL_MISSING && family < given) ? family : given;
    enum level worst = best == given ? family : given;
    out->turned |= 1u << FEATURE_GIVEN | 1u << FEATURE_FAMILY;
    out->levels[FEATURE_GIVEN] = (uint8_t)at_best_spelling(best);
    out->levels[FEATURE_FAMILY] = (uint8_t)at_best_spelling(worst);
}

/* of two values that differ: the most that any level could weigh */
static float most_of(const struct list *l, const struct bounds *bounds, size_t feature,
                     uint32_t left)
{
    return bounds->other[feature] + fmaxf(0, l->features[feature].values->rarities[left].sound);
}

/* what two records could come to at most, before any letter is looked at */
static float most_possible(const struct list *l, const uint32_t *left, const uint32_t *right,
                           const struct bounds *bounds)
{
    float most = bounds->begin;
    for (size_t f = 0; f < l->features_count; f++) {
        if (!left[f] || !right[f])
            continue;
        most += left[f] == right[f]
                    ? bounds->same[f] + l->features[f].values->rarities[left[f]].bits
                    : most_of(l, bounds, f, left[f]);
    }
    return most;
}

static void name_parts_compare(struct comparer *c, const uint32_t *left, const uint32_t *right,
                               struct evidence *out)
{
    for (size_t f = FEATURE_GIVEN; f <= FEATURE_FAMILY; f++)
        out->levels[f] = (uint8_t)value_level(c, f, left[f], right[f]);
    if (!agrees(out->levels[FEATURE_GIVEN]) && !agrees(out->levels[FEATURE_FAMILY]))
        names_turn(c, left, right, out);
}

/* The second line of an address where the first is wanted: features of one field share values. */
static bool has_double(const struct list *l, size_t feature)
{
    return feature >= FEATURE_REST && feature + 1 < l->features_count &&
           l->features[feature].values == l->features[feature + 1].values;
}

static void doubles_turn(struct comparer *c, const uint32_t *left, const uint32_t *right,
                         struct evidence *out)
{
    for (size_t f = FEATURE_REST; f + 1 < c->list->features_count; f++) {
        if (!has_double(c->list, f) || agrees(out->levels[f]) || agrees(out->levels[f + 1]))
            continue;
        enum level first = value_level(c, f, left[f], right[f + 1]);
        enum level second = value_level(c, f, left[f + 1], right[f]);
        if (!agrees(first) && !agrees(second))
            continue;
        enum level better = agrees(first) && (first < second || !agrees(second)) ? first : second;
        enum level worse = better == first ? second : first;
        out->levels[f] = (uint8_t)(better < LEVEL_NEAR ? LEVEL_NEAR : better);
        out->levels[f + 1] = (uint8_t)(worse && worse < LEVEL_NEAR ? LEVEL_NEAR : worse);
        out->turned |= 3u << f;
    }
}

void evidence_reach(const struct comparer *c, const uint32_t *record, const struct bounds *bounds,
                    struct reach *out)
{
    for (size_t f = 0; f < c->list->features_count; f++) {
        const struct values *values = c->list->features[f].values;
        if (!record[f])
            continue;
        out->same[f] = bounds->same[f] + values->rarities[record[f]].bits;
        out->other[f] = most_of(c->list, bounds, f, record[f]);
    }
}

/* of two values that differ, as far as that shows without letters */
static float most_at_sight(const struct list *l, const struct bounds *bounds, size_t f,
                           uint32_t left, uint32_t right, float most)
{
    const struct feature *feature = &l->features[f];
    switch (feature->measure) {
    case MEASURE_SORT:
        return bounds->weight[f][LEVEL_OTHER];
    case MEASURE_DATE:
        return bounds->weight[f][date_level(feature->values->all[left].text,
                                            feature->values->all[right].text)];
    case MEASURE_AGE:
        return bounds->weight[f][age_level(feature->values->all[left].text,
                                           feature->values->all[right].text)];
    case MEASURE_NAME:
    case MEASURE_TEXT:
    case MEASURE_CODE:
        break;
    }
    return most;
}

/* Whether given and family name may stand in each other's place. */
static bool may_be_turned(const struct list *l, const uint32_t *left, const uint32_t *right)
{
    uint32_t a = left[FEATURE_GIVEN], b = left[FEATURE_FAMILY];
    uint32_t x = right[FEATURE_GIVEN], y = right[FEATURE_FAMILY];
    if (!a || !b || !x || !y)
        return true;
    return a != x && b != y && !values_are_far_apart(&l->names, a, y) &&
           !values_are_far_apart(&l->names, b, x);
}

/* what the pair loses where two names have nothing in common */
static float names_lose(const struct list *l, const uint32_t *left, const uint32_t *right,
                        const struct reach *of_left, const struct bounds *bounds)
{
    float lost = 0;
    size_t first = may_be_turned(l, left, right) ? FEATURE_FAMILY + 1 : FEATURE_GIVEN;
    for (size_t f = first; f <= FEATURE_FATHER; f++)
        if (left[f] && right[f] && left[f] != right[f] &&
            values_are_far_apart(&l->names, left[f], right[f]))
            lost += of_left->other[f] - bounds->weight[f][LEVEL_OTHER];
    return lost;
}

bool evidence_possible(struct comparer *c, const uint32_t *left, const uint32_t *right,
                       const struct reach *of_left, const struct bounds *bounds)
{
    const struct list *l = c->list;
    float most = bounds->begin;
    for (size_t f = 0; f < l->features_count; f++) {
        if (!left[f] || !right[f])
            continue;
        most += left[f] == right[f]
                    ? of_left->same[f]
                    : most_at_sight(l, bounds, f, left[f], right[f], of_left->other[f]);
    }
    if (most < bounds->least || most - names_lose(l, left, right, of_left, bounds) < bounds->least)
        return false;
    levels_expect(c, left, right);
    return true;
}

bool evidence_within(struct comparer *c, const uint32_t *left, const uint32_t *right,
                     const struct bounds *bounds, struct evidence *out)
{
    size_t count = c->list->features_count;
    float most = most_possible(c->list, left, right, bounds);
    out->turned = 0;
    for (size_t k = 0; k < count && most >= bounds->least; k++) {
        size_t f = bounds->order[k];
        out->levels[f] = LEVEL_MISSING;
        if (!left[f] || !right[f] || f == FEATURE_GIVEN || f == FEATURE_FAMILY)
            continue;
        out->levels[f] = (uint8_t)value_level(c, f, left[f], right[f]);
        bool doubled = has_double(c->list, f) || has_double(c->list, f - 1);
        if (left[f] == right[f] || doubled)
            continue;
        enum level level = out->levels[f];
        float rarity = c->list->features[f].values->rarities[left[f]].sound;
        most += bounds->weight[f][level] + (level == LEVEL_SPELLING ? fmaxf(0, rarity) : 0) -
                most_of(c->list, bounds, f, left[f]);
    }
    if (most < bounds->least)
        return false;
    name_parts_compare(c, left, right, out);
    doubles_turn(c, left, right, out);
    return true;
}

void evidence_of(struct comparer *c, const uint32_t *left, const uint32_t *right,
                 struct evidence *out)
{
    size_t count = c->list->features_count;
    out->turned = 0;
    for (size_t f = FEATURE_FAMILY + 1; f < count; f++)
        out->levels[f] = (uint8_t)value_level(c, f, left[f], right[f]);
    name_parts_compare(c, left, right, out);
    doubles_turn(c, left, right, out);
}

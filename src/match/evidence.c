#include "match/evidence.h"

#include "match/mix_int.h"

enum { REMEMBERED = 1 << 16, LETTERS_APART = 7 };

struct remembered {
    uint32_t left, right;
    uint8_t feature, level;
};

struct comparer {
    const struct list *list;
    struct remembered cache[REMEMBERED];
};

struct comparer *comparer_new(const struct list *list)
{
    struct comparer *c = mem_alloc(sizeof *c);
    c->list = list;
    return c;
}

void comparer_free(struct comparer *c)
{
    mem_free(c);
}

/* Letters so different that only an alias could join them. */
static bool are_far_apart(const struct value *a, const struct value *b)
{
    return a->words == 1 && b->words == 1 && a->arabic == b->arabic && a->letters > 1 &&
           b->letters > 1 && __builtin_popcount(a->signature ^ b->signature) > LETTERS_APART;
}

static enum level letters_level(const struct feature *f, uint32_t left, uint32_t right)
{
    const struct value *a = &f->values->all[left], *b = &f->values->all[right];
    if (f->measure == MEASURE_CODE) {
        struct letters x = {f->values->letters + a->text, a->letters};
        struct letters y = {f->values->letters + b->text, b->letters};
        return code_level(x, y);
    }
    if (are_far_apart(a, b))
        return LEVEL_OTHER;
    struct wording x = value_wording(f->values, left), y = value_wording(f->values, right);
    return f->measure == MEASURE_NAME ? name_level(&x, &y) : text_level(&x, &y);
}

static enum level remembered_level(struct comparer *c, size_t feature, uint32_t left,
                                   uint32_t right)
{
    const struct feature *f = &c->list->features[feature];
    size_t kept = f->measure == MEASURE_NAME ? FEATURE_GIVEN : feature;
    uint32_t low = left < right ? left : right, high = left < right ? right : left;
    uint64_t place = mix((uint64_t)low << 32 | high) + kept * 0x9E3779B97F4A7C15;
    struct remembered *r = &c->cache[place % REMEMBERED];
    if (r->left != low || r->right != high || r->feature != kept) {
        enum level level = letters_level(f, low, high);
        *r = (struct remembered){low, high, (uint8_t)kept, (uint8_t)level};
    }
    return r->level;
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

static enum level at_best_spelling(enum level level)
{
    return level == LEVEL_SAME ? LEVEL_SPELLING : level;
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
    out->swapped = true;
    out->levels[FEATURE_GIVEN] = (uint8_t)at_best_spelling(best);
    out->levels[FEATURE_FAMILY] = (uint8_t)at_best_spelling(worst);
}

void evidence_of(struct comparer *c, const uint32_t *left, const uint32_t *right,
                 struct evidence *out)
{
    size_t count = c->list->features_count;
    out->swapped = false;
    for (size_t f = 0; f < count; f++)
        out->levels[f] = (uint8_t)value_level(c, f, left[f], right[f]);
    if (!agrees(out->levels[FEATURE_GIVEN]) && !agrees(out->levels[FEATURE_FAMILY]))
        names_turn(c, left, right, out);
}

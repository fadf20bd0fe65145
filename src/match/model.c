#include "match/model.h"

#include <math.h>

enum { ROUNDS = 25, SMALL_PEOPLE = 5000, USUAL_SLIP_RARITY = 12, SLIP_RARITY_LIMIT = 10 };

/* Brothers share all but this: another given name weighs so many bits against at the least. */
enum { OTHER_GIVEN_NAME = -6 };

/* What a feature's levels are among pairs of one person, before anything is learnt, and how many
 * pairs that is worth. */
static const double usual_m[LEVELS] = {0, 0.83, 0.05, 0.06, 0.03, 0.03};
static const double usual_u[LEVELS] = {0, 0.005, 0.002, 0.005, 0.04, 0.948};
static const double usual_pairs = 10, usual_strangers = 2;
/* One pair of relatives in so many has one day of birth: twins, and what was taken down wrong. */
static const double twins = 16;

void samples_release(struct samples *s)
{
    mem_free(s->all);
    *s = (struct samples){0};
}

/* A slip of the pen makes one of some two hundred words, and rarely one that others are called by:
 * the rarer of the two values is one, where it is rare. How rare is estimated without this record,
 * as of a people of SMALL_PEOPLE more. */
static float slip_rarity(const struct list *list, const struct value *a, const struct value *b)
{
    const float others = (float)(a->count < b->count ? a->count : b->count) - 0.75f;
    float rarity = log2f(((float)list->records + SMALL_PEOPLE) / others) - USUAL_SLIP_RARITY;
    return fminf(fmaxf(rarity, -SLIP_RARITY_LIMIT), 0);
}

/* What the rarity of two values adds to the weight of their level. */
static float rarity_of(const struct list *list, size_t feature, uint32_t left, uint32_t right,
                       enum level level)
{
    const struct feature *f = &list->features[feature];
    const struct rarity *a = &f->values->rarities[left], *b = &f->values->rarities[right];
    if (level == LEVEL_SAME)
        return fminf(a->bits, RARITY_LIMIT);
    if (level == LEVEL_PART && f->measure == MEASURE_DATE)
        return date_part_bits(f->values->all[left].text, f->values->all[right].text);
    if (f->measure != MEASURE_NAME && f->measure != MEASURE_TEXT)
        return 0;
    if (level == LEVEL_NEAR)
        return slip_rarity(list, &f->values->all[left], &f->values->all[right]);
    return level == LEVEL_SPELLING ? fminf(a->sound, b->sound) : 0;
}

void samples_add(struct samples *s, const struct list *list, const uint32_t *left,
                 const uint32_t *right, const struct evidence *e)
{
    if (s->count == s->room) {
        s->room = s->room * 2 + 4096;
        s->all = mem_resize_array(s->all, s->room, sizeof *s->all);
    }
    struct sample *to = &s->all[s->count++];
    *to = (struct sample){.count = 1};
    for (size_t f = 0; f < list->features_count; f++) {
        enum level level = e->levels[f];
        to->levels |= (uint64_t)level << (4 * f);
        if (level == LEVEL_MISSING || level > LEVEL_PART)
            continue;
        float rarity = e->turned >> f & 1 ? 0 : rarity_of(list, f, left[f], right[f], level);
        to->rarity += rarity;
        if (list->features[f].shared)
            to->rarity_shared += rarity;
        if (f == FEATURE_BIRTH && level == LEVEL_SAME)
            to->twins = fmaxf(0, rarity - log2f((float)twins));
    }
}

static int sample_order(const void *left, const void *right)
{
    const struct sample *a = left, *b = right;
    if (a->levels != b->levels)
        return a->levels < b->levels ? -1 : 1;
    if (a->rarity < b->rarity || a->rarity > b->rarity)
        return a->rarity < b->rarity ? -1 : 1;
    return (a->rarity_shared > b->rarity_shared) - (a->rarity_shared < b->rarity_shared);
}

/* Equal pairs become one that counts more. */
static void samples_sort(struct samples *s)
{
    size_t kept = 0;
    if (!s->count)
        return;
    qsort(s->all, s->count, sizeof *s->all, sample_order);
    for (size_t i = 1; i < s->count; i++) {
        if (sample_order(&s->all[kept], &s->all[i]) == 0)
            s->all[kept].count += s->all[i].count;
        else
            s->all[++kept] = s->all[i];
    }
    s->count = kept + 1;
}

double odds_probability(double odds)
{
    return 1 / (1 + exp2(-odds));
}

static void model_weigh(struct model *model)
{
    for (size_t f = 0; f < model->features_count; f++) {
        model->weight[f][LEVEL_MISSING] = 0;
        model->weight[f][LEVEL_SAME] = (float)log2(model->m[f][LEVEL_SAME]);
        for (size_t k = LEVEL_SPELLING; k < LEVELS; k++)
            model->weight[f][k] = (float)log2(model->m[f][k] / model->u[f][k]);
    }
    float *given = &model->weight[FEATURE_GIVEN][LEVEL_OTHER];
    *given = fminf(*given, OTHER_GIVEN_NAME);
}

/* Each kind's part of belief in a pair: of one person, of relatives. */
struct belief {
    double person, relatives;
};

static struct belief belief_of(double person, double relatives, const struct model *model)
{
    double p = exp2(fmin(person + model->persons, 500));
    double r = exp2(fmin(relatives + model->relatives, 500));
    return (struct belief){p / (p + r + 1), r / (p + r + 1)};
}

static struct belief sample_belief(const struct model *model, const struct sample *s)
{
    double person = s->rarity, relatives = (double)s->rarity_shared + (double)s->twins;
    for (size_t f = 0; f < model->features_count; f++) {
        double weight = (double)model->weight[f][s->levels >> (4 * f) & 15];
        person += weight;
        if (model->shared[f])
            relatives += weight;
    }
    return belief_of(person, relatives, model);
}

struct counts {
    double of[LIST_FEATURES][LEVELS];
};

static void counts_add(struct counts *c, size_t features, uint64_t levels, double amount)
{
    for (size_t f = 0; f < features; f++)
        c->of[f][levels >> (4 * f) & 15] += amount;
}

static void shares_set(double to[LEVELS], const double counts[LEVELS], const double usual[LEVELS],
                       double worth)
{
    double all = worth;
    for (size_t k = LEVEL_SAME; k < LEVELS; k++)
        all += counts[k];
    for (size_t k = LEVEL_SAME; k < LEVELS; k++)
        to[k] = (counts[k] + worth * usual[k]) / all;
}

static void round_of_learning(struct model *model, const struct samples *random,
                              const struct samples *found, double pairs, double part)
{
    struct counts persons = {0}, strangers = {0};
    double expected = 0, relatives = 0;
    for (size_t i = 0; i < found->count; i++) {
        const struct sample *s = &found->all[i];
        struct belief b = sample_belief(model, s);
        counts_add(&persons, model->features_count, s->levels, b.person * s->count);
        expected += b.person * s->count;
        relatives += b.relatives * s->count;
    }
    for (size_t i = 0; i < random->count; i++) {
        const struct sample *s = &random->all[i];
        struct belief b = sample_belief(model, s);
        counts_add(&strangers, model->features_count, s->levels,
                   (1 - b.person - b.relatives) * s->count);
    }
    for (size_t f = 0; f < model->features_count; f++) {
        shares_set(model->m[f], persons.of[f], usual_m, usual_pairs);
        shares_set(model->u[f], strangers.of[f], usual_u, usual_strangers);
    }
    model->persons = log2((expected / part + 0.5) / (pairs + 1));
    model->relatives = log2((relatives / part + 1) / (pairs + 2));
    model_weigh(model);
}

void model_learn(struct model *model, const struct list *list, struct samples *random,
                 struct samples *found, double pairs, double part)
{
    *model = (struct model){.features_count = list->features_count};
    double records = (double)list->records;
    pairs = fmax(pairs, 1);
    model->persons = log2(records * 0.2 / (pairs + 1));
    model->relatives = log2(records * 0.2 / (pairs + 1));
    for (size_t f = 0; f < list->features_count; f++) {
        model->shared[f] = list->features[f].shared;
        for (size_t k = LEVEL_SAME; k < LEVELS; k++) {
            model->m[f][k] = usual_m[k];
            model->u[f][k] = usual_u[k];
        }
    }
    samples_sort(random);
    samples_sort(found);
    struct counts strangers = {0};
    for (size_t i = 0; i < random->count; i++)
        counts_add(&strangers, model->features_count, random->all[i].levels, random->all[i].count);
    for (size_t f = 0; f < model->features_count; f++)
        shares_set(model->u[f], strangers.of[f], usual_u, usual_strangers);
    model_weigh(model);
    for (size_t i = 0; i < ROUNDS; i++)
        round_of_learning(model, random, found, pairs, part);
}

float model_weight(const struct model *model, const struct list *list, size_t feature,
                   uint32_t left, uint32_t right, enum level level)
{
    float weight = model->weight[feature][level];
    return level > LEVEL_PART ? weight : weight + rarity_of(list, feature, left, right, level);
}

/* Says something of the person, not only of a place or a sex. */
static bool stands_beside_name(const struct list *list, size_t feature)
{
    enum field field = list->features[feature].field;
    return feature >= FEATURE_FATHER && field != FIELD_GENDER && field != FIELD_REGION &&
           field != FIELD_NUMBER;
}

struct weighed model_weighed(const struct model *model, const struct list *list, size_t feature,
                             uint32_t left, uint32_t right, enum level level)
{
    struct weighed w = {0};
    if (level == LEVEL_MISSING)
        return w;
    w.person = model_weight(model, list, feature, left, right, level);
    if (model->shared[feature])
        w.kin = w.person;
    else if (feature == FEATURE_BIRTH && level == LEVEL_SAME)
        w.kin = fmaxf(0, rarity_of(list, feature, left, right, level) - log2f((float)twins));
    enum level enough = feature == FEATURE_BIRTH ? LEVEL_PART : LEVEL_NEAR;
    w.beside = level <= enough && stands_beside_name(list, feature);
    return w;
}

float model_odds_of(const struct model *model, const struct weighed *sum)
{
    float kin = sum->kin + (float)model->relatives;
    float against = kin > 20 ? kin : kin < -20 ? 0 : log2f(exp2f(kin) + 1);
    float odds = sum->person + (float)model->persons - against;
    return sum->beside || odds < -1 ? odds : -1;
}

float model_odds(const struct model *model, const struct list *list, const uint32_t *left,
                 const uint32_t *right, const struct evidence *e)
{
    struct weighed sum = {0};
    for (size_t f = 0; f < model->features_count; f++) {
        enum level level = e->levels[f];
        struct weighed w = model_weighed(model, list, f, left[f], right[f], level);
        if (e->turned >> f & 1) {
            w.person = model->weight[f][level];
            w.kin = model->shared[f] ? w.person : 0;
        }
        sum.person += w.person;
        sum.kin += w.kin;
        sum.beside |= w.beside;
    }
    return model_odds_of(model, &sum);
}

/* The cheaper to compare, the earlier. */
static int effort_of(const struct feature *f)
{
    switch (f->measure) {
    case MEASURE_SORT:
        return 0;
    case MEASURE_DATE:
    case MEASURE_AGE:
        return 1;
    case MEASURE_CODE:
        return 2;
    case MEASURE_NAME:
        return 3;
    case MEASURE_TEXT:
        break;
    }
    return 4;
}

struct bounds model_bounds(const struct model *model, const struct list *list, float least)
{
    struct bounds b = {.begin = (float)model->persons, .least = least};
    size_t count = 0;
    for (size_t f = 0; f < model->features_count; f++) {
        memcpy(b.weight[f], model->weight[f], sizeof b.weight[f]);
        if (list->features[f].measure == MEASURE_DATE)
            b.weight[f][LEVEL_PART] += DATE_PART_BITS;
        b.same[f] = model->weight[f][LEVEL_SAME];
        b.other[f] = model->weight[f][LEVEL_SPELLING];
        for (size_t k = LEVEL_NEAR; k < LEVELS; k++)
            b.other[f] = fmaxf(b.other[f], b.weight[f][k]);
    }
    for (int effort = 0; effort <= 4; effort++)
        for (size_t f = 0; f < model->features_count; f++)
            if (effort_of(&list->features[f]) == effort)
                b.order[count++] = (uint8_t)f;
    return b;
}

/* What evidence weighs: Fellegi and Sunter's model (1969), with a third kind of pair.
 *
 * A pair of records is of one person, of two relatives or neighbours (who share family and father's
 * name, address and the like, and nothing else), or of two strangers. A feature's level
 * (likeness.h) occurs with the probability m among the first and u among strangers; relatives have
 * m in what is shared and u in the rest, but one pair of relatives in sixteen, twins and the like,
 * is born on one day. Features are taken as independent within a kind. Two equal values weigh by
 * how rare they are: u is then the part of records with that value; and two spellings weigh more or
 * less than spellings usually do by how rare their sound is. What is missing weighs nothing.
 *
 * u comes from pairs of records drawn at random, m and how many pairs of each kind there are from
 * the pairs that blocking finds, by expectation maximisation (Dempster, Laird and Rubin 1977):
 * nobody labels anything. Small lists lean on the probabilities that model.c begins with. */
#ifndef GOVAH_MATCH_MODEL_H
#define GOVAH_MATCH_MODEL_H

#include "match/evidence.h"

struct model {
    size_t features_count;
    double m[LIST_FEATURES][LEVELS], u[LIST_FEATURES][LEVELS];
    double persons, relatives;           /* log2 of the part of all pairs; strangers are the rest */
    float weight[LIST_FEATURES][LEVELS]; /* log2 m/u; of LEVEL_SAME log2 m, to which rarity comes */
    bool shared[LIST_FEATURES];
};

/* A rarer value weighs no more than this many bits. */
enum { RARITY_LIMIT = 17 };

/* One pair as learning keeps it. */
struct sample {
    uint64_t levels;                    /* four bits a feature */
    float rarity, rarity_shared, twins; /* bits of LEVEL_SAME: of all, of shared features */
    uint32_t count;
};

struct samples {
    struct sample *all;
    size_t count, room;
};

void samples_add(struct samples *, const struct list *, const uint32_t *left, const uint32_t *right,
                 const struct evidence *);
void samples_release(struct samples *);

/* Begins with what is usual, and learns. `pairs` counts all pairs of the lists, `part` says which
 * part of the blocks' pairs is in `found`. The order of samples does not matter. */
void model_learn(struct model *, const struct list *, struct samples *random, struct samples *found,
                 double pairs, double part);

/* What one feature or several come to. */
struct weighed {
    float person, kin; /* bits for one person, for relatives, against strangers */
    bool beside;       /* something beside the name agrees */
};
struct weighed model_weighed(const struct model *, const struct list *, size_t feature,
                             uint32_t left, uint32_t right, enum level);

/* The odds of features whose bits are summed up. */
float model_odds_of(const struct model *, const struct weighed *sum);

/* Log2 of the odds that two records are one person, `left` being either. What has nothing in common
 * beside the name stays below 0, however rare the name: nobody is joined on a name alone. */
float model_odds(const struct model *, const struct list *, const uint32_t *left,
                 const uint32_t *right, const struct evidence *);

/* For evidence_within: pairs that reach these odds. */
struct bounds model_bounds(const struct model *, const struct list *, float least);

/* The bits of one feature. */
float model_weight(const struct model *, const struct list *, size_t feature, uint32_t left,
                   uint32_t right, enum level);

/* 0 to 1 */
double odds_probability(double odds);

#endif

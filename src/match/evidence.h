/* Two records, feature by feature. */
#ifndef GOVAH_MATCH_EVIDENCE_H
#define GOVAH_MATCH_EVIDENCE_H

#include "match/list.h"

/* Remembers how alike pairs of values are; one for each thread. */
struct comparer;

struct comparer *comparer_new(const struct list *);
void comparer_free(struct comparer *);

/* Two values of a feature. */
enum level value_level(struct comparer *, size_t feature, uint32_t left, uint32_t right);

struct evidence {
    uint8_t levels[LIST_FEATURES]; /* enum level, features_count of them */
    uint32_t turned; /* bit f: feature f was compared with another, which stands in its place */
};

/* Symmetric. Where given and family names agree better in each other's place they are compared so,
 * and count as spellings at best; so do the lines of an address, as slips at best. */
void evidence_of(struct comparer *, const uint32_t *left, const uint32_t *right,
                 struct evidence *out);

/* What each feature can weigh at most, so that a hopeless pair is left before letters are compared.
 */
struct bounds {
    float begin, least; /* odds before any evidence; what a pair must be able to reach */
    float same[LIST_FEATURES], other[LIST_FEATURES]; /* without rarity; of any level but the same */
    float weight[LIST_FEATURES][LEVELS];
    uint8_t order[LIST_FEATURES]; /* the features, what is compared fastest first */
};

/* What each feature of one record can come to with any other record. */
struct reach {
    float same[LIST_FEATURES], other[LIST_FEATURES];
};
void evidence_reach(const struct comparer *, const uint32_t *record, const struct bounds *,
                    struct reach *out);

/* Whether the pair could reach bounds->least at all, as far as that shows without letters; if so,
 * asks the memory for what evidence_within will need, which is worth while when other pairs come
 * between. */
bool evidence_possible(struct comparer *, const uint32_t *left, const uint32_t *right,
                       const struct reach *of_left, const struct bounds *);

/* As evidence_of, or false as soon as the pair cannot reach bounds->least. */
bool evidence_within(struct comparer *, const uint32_t *left, const uint32_t *right,
                     const struct bounds *, struct evidence *out);

#endif

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
    bool swapped;                  /* given and family name stand in each other's place */
};

/* Symmetric. Where given and family names agree better in each other's place they are compared so,
 * and count as spellings at best. */
void evidence_of(struct comparer *, const uint32_t *left, const uint32_t *right,
                 struct evidence *out);

#endif

/* Who is whom, as far as it was decided.
 *
 * Mentions that *same* pairs connect are one person; so are mentions that overlap, which are one
 * place of a document seen by two readers. Two mentions of a *different* pair are never one person:
 * where a chain of sames leads from one to the other, every link that lies on any such chain joins
 * nothing until somebody decides again, because which of them is wrong nobody has said. The other
 * links stay. The outcome depends on the set of pairs alone, not on their order. */
#ifndef GOVAH_RECORD_PERSONS_H
#define GOVAH_RECORD_PERSONS_H

#include "record/mention.h"

/* What rules about one pair (judge.h). */
struct decided_pair {
    struct mention_pair pair;
    bool same; /* else different */
};

struct decided_mention {
    struct mention mention;
    size_t person;  /* the first mention of the same person, by its place */
    bool contested; /* a link of it joins nothing, because a *different* stands against it */
};

struct persons {
    struct decided_mention *at; /* in order of mention_compare, each once */
    size_t count;
};

/* The pairs in any order, a pair at most once. What is made lies in the arena. */
struct persons persons_of(const struct decided_pair *, size_t count, struct arena *);

/* The place of a mention that was decided about, or SIZE_MAX. */
size_t persons_find(const struct persons *, const struct mention *);

/* The first place from `from` on of a mention that overlaps this one, or SIZE_MAX. */
size_t persons_overlapping(const struct persons *, const struct mention *, size_t from);

#endif

/* Between the files of a body's account. */
#ifndef GOVAH_ACCOUNT_BODY_ACCOUNT_INT_H
#define GOVAH_ACCOUNT_BODY_ACCOUNT_INT_H

#include "account/body_account.h"

struct accounting {
    struct archive *archive;
    const struct body_book *book;
    const struct case_rules *rules;
    struct arena *arena;
    struct body_account *out;
    struct hash *ids; /* the body's, and those of an official's other spellings */
    size_t ids_count, ids_room;
    struct fault *why;
};

/* The body of the id, on record or in the tables alone; none, or one. In the arena. */
MUST_USE enum outcome body_views_of_id(struct archive *, const struct body_book *,
                                       const struct hash *id, struct arena *, struct body_view **,
                                       size_t *count, struct fault *why);

/* Sets posts and conflicts. */
MUST_USE enum outcome account_posts(struct accounting *);

/* Sets what is an official's alone, and the ids. */
MUST_USE enum outcome account_official(struct accounting *);

/* Sets the figures that an institution is said to give. */
MUST_USE enum outcome account_institution(struct accounting *);

#endif

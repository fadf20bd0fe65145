/* Questions about people that somebody keeps under a name, to ask them again. A setting of this
 * archive: it is no part of the record, is not exported and not merged, and stays when everything
 * derived is made again. What is kept is the question, never its answer. */
#ifndef GOVAH_STORE_LISTS_H
#define GOVAH_STORE_LISTS_H

#include "store/archive.h"

struct list_field {
    struct str name, value; /* name: lower-case ASCII letters and hyphens */
};

struct kept_list {
    struct str name;
    struct list_field *fields;
    size_t count;
};

enum { LISTS_LIMIT = 200, LIST_NAME_LIMIT = 120 };

/* By name, folded. In the arena. */
MUST_USE enum outcome archive_lists(struct archive *, struct arena *, struct kept_list **,
                                    size_t *count, struct fault *why);

/* Names are compared folded (text/fold.h): NOT_FOUND, and which there are. */
MUST_USE enum outcome archive_list(struct archive *, struct str name, struct arena *,
                                   struct kept_list *, struct fault *why);

/* REFUSED for a list that asks nothing, a name that is empty, longer than LIST_NAME_LIMIT bytes or
 * has a control character, and for one that another list has. The archive is open for writing. */
MUST_USE enum outcome archive_list_keep(struct archive *, const struct kept_list *,
                                        struct fault *why);

MUST_USE enum outcome archive_list_forget(struct archive *, struct str name, struct fault *why);

#endif

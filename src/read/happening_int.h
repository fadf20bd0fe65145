/* Around one number: who is counted, and what happened to them. */
#ifndef GOVAH_READ_HAPPENING_INT_H
#define GOVAH_READ_HAPPENING_INT_H

#include "read/page_int.h"

/* The noun phrase behind a number. */
struct counted {
    struct str what;                /* empty when nobody is named */
    size_t first, end;              /* its tokens; end is where the clause goes on */
    const struct entry *population; /* of its head, or NULL */
    const struct entry *adjective;  /* "imprisoned protesters", "those detained", or NULL */
    size_t adjective_at;
    bool those;   /* "of those ..." */
    bool refused; /* it counts no people, places or happenings */
};

/* What happened: the words, and by which rule they were tied to the number. */
struct happening {
    const struct entry *event; /* NULL when none was found */
    size_t first, end;
    const char *rule;
    int confidence;
    bool firm; /* tied by the sentence's build, however far apart */
};

struct counted counted_by(const struct page *, const struct number *);
struct happening happening_to(const struct page *, const struct number *, const struct counted *);

#endif

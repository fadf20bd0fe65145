/* What bearer.c and portray.c share. */
#ifndef GOVAH_ACCOUNT_BEARER_INT_H
#define GOVAH_ACCOUNT_BEARER_INT_H

#include "account/bearer.h"

/* The bearers of one text, and the text. */
struct bearer_text {
    struct str text; /* empty when it is not here */
    const struct sentence *sentences;
    size_t sentences_count;
    struct bearer *bearers;
    size_t count;
};

/* The sentence around a mention, or NULL. */
const struct sentence *sentence_at(const struct bearer_text *, struct span at);

/* Makes the portraits of all of them; sentences of bearers are set. */
void bearers_portray(const struct bearer_text *, struct arena *);

#endif

/* What is said of a person in few words: what lists of people are asked by (case_list.h). */
#ifndef GOVAH_ACCOUNT_CASE_TRAITS_INT_H
#define GOVAH_ACCOUNT_CASE_TRAITS_INT_H

#include "account/case_list.h"
#include "store/stays.h"

struct trait_list {
    struct archive_trait *at;
    size_t count, room;
};

void trait_add(struct trait_list *, struct arena *, struct archive_trait);

/* All but the states: kinds "group", "charge" (as written), "law" (the id of a charge of the
 * tables), "place", "prison", "sex", "nationality", and "arrested", for the days of each time they
 * were taken into prison. */
void case_traits(const struct case_rules *, const struct case_person *, struct arena *,
                 struct trait_list *);

struct archive_profile case_profile(const struct case_person *, const struct trait_list *,
                                    struct arena *);

#endif

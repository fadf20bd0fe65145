/* The role that the words beside a name give the person. */
#ifndef GOVAH_READ_ROLE_INT_H
#define GOVAH_READ_ROLE_INT_H

#include "read/page_int.h"

/* what a person is whose role nothing in the document tells */
#define ROLE_UNKNOWN STR("other")

/* Empty where no word tells. An apposition or predicate behind the name, what stands before it,
 * what several are called who are named in one list, whose signature it is. An office is its
 * organisation's: the director of a newspaper is a journalist, a party's leader no official. */
struct str role_beside(const struct page *, const struct name *);

/* The same for a name whose title is told already: the head of what the title only completes
 * ("rapporteur on rights defenders X"), or whose office it is ("party leader X"). Empty to leave
 * it. */
struct str role_over_title(const struct page *, const struct name *);

/* The one that a passage's word for several gives them: "journalists detained in May". */
struct str role_of_several(const struct page *, const struct passage *);

/* The name whose mention begins at that byte, or NULL. */
const struct name *name_beginning_at(const struct page *, size_t byte);

/* The role that the head words of an organisation's apposition give: "X, a think tank". */
struct str role_of_apposed_organisation(const struct page *, const struct name *);

#endif

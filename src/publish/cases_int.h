/* A question about people in an address: what they are, on which day, and from which of them on.
 * Words of the tables (states, charges, labels) and dates stand there as they are; what documents
 * write, and names, stand sealed (asked_int.h). */
#ifndef GOVAH_PUBLISH_CASES_INT_H
#define GOVAH_PUBLISH_CASES_INT_H

#include "case/census.h"
#include "publish/as_of_part_int.h"
#include "store/lists.h"
#include "store/profiles.h"

struct cases_asked {
    struct case_question question;
    struct as_of as_of; /* by which question.day is, if it is known */
    size_t from;
};

/* Whether the page is asked for cases, and not for names. */
bool cases_are_asked(const struct page *);

/* From the fields of an address or a form. */
MUST_USE enum outcome cases_read(struct page *, struct cases_asked *, struct fault *why);

/* The address of the question with another value of one facet (empty: without it); FACETS: as it
 * is. */
struct str cases_address(struct page *, const struct cases_asked *, enum facet, struct str value,
                         size_t from);

/* The question as hidden fields of a form, without its day or its name if the form asks for it. */
void cases_hidden(struct page *, const struct cases_asked *, bool day, bool name);

/* The question as a list keeps it, and back. REFUSED for what no facet is called. */
struct kept_list cases_list(struct page *, const struct cases_asked *, struct str name);
MUST_USE enum outcome cases_of_list(const struct kept_list *, struct cases_asked *,
                                    struct fault *why);

enum outcome page_cases(struct page *, struct fault *why);

/* page_lists.c: the lists that are kept, and a form to keep this one. */
MUST_USE enum outcome kept_lists_write(struct page *, const struct cases_asked *,
                                       struct fault *why);

#endif

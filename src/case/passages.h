/* Through which bodies and hands a person's case passed, for the store (store/passages.h). */
#ifndef GOVAH_CASE_PASSAGES_H
#define GOVAH_CASE_PASSAGES_H

#include "case/bodies.h"
#include "case/case_people.h"
#include "store/passages.h"

struct passage_list {
    struct arena *arena;
    struct archive_passage *at;
    size_t count, room;
};

/* Appends what each statement about the person says: the bodies of a life event, and who judged or
 * prosecuted; the posts that the person holds, and that they are an official (case/bodies.h). */
void passages_of_person(const struct body_book *, const struct case_person *,
                        struct passage_list *);

#endif

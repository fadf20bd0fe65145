/* Statements for tests, written as rows of a table. */
#ifndef GOVAH_TESTS_ACCOUNT_VIEWS_H
#define GOVAH_TESTS_ACCOUNT_VIEWS_H

#include "account/case_people.h"
#include "store/figures.h"

/* Left out: event "killed", what "people", incident "uprising", state proposed. A figure is written
 * as its value: "28", "≥ 527", "> 400", "~ 1,500", "≲ 20,000", "≤ 12,000", "5,000–30,000". */
struct figure_row {
    const char *value, *source, *as_of, *until, *since, *published, *publisher, *event, *what,
        *place, *incident;
    enum view_state state;
    bool undecided;
    size_t part_of; /* 1 + the row of the whole, or 0 */
};

/* The incident of a row that has none. */
#define NOWHERE "-"

/* Row i has the id and the document number i + 1. */
struct figure_view *views_of(struct arena *, const struct figure_row *, size_t count);

/* A slice in a static table. */
#define TEXT(literal)                                                                              \
    {                                                                                              \
        ("" literal), sizeof(literal) - 1                                                          \
    }

struct hash hash_number(size_t);

#endif

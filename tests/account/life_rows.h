/* A person whose life is written as rows of a table, and tables of data with a mistake in them. */
#ifndef GOVAH_TESTS_ACCOUNT_LIFE_ROWS_H
#define GOVAH_TESTS_ACCOUNT_LIFE_ROWS_H

#include "account/case.h"
#include "base/data.h"

enum { LIFE_ROWS = 4 };

/* Without an event: no row. Row i has the id and the document number i + 1, and was accepted. */
struct life_row {
    const char *event, *date, *detail, *value, *place;
};

struct case_person person_of_rows(struct arena *, const struct life_row *);

/* The first day of a date. */
int64_t first_day(const char *date);

/* A file of a header and rows, called "a", and what the fault about it begins with. */
struct mistaken_table {
    struct data_file file;
    const char *why;
};
#define FILE_OF(text)                                                                              \
    {                                                                                              \
        "a",                                                                                       \
        {                                                                                          \
            ("" text), sizeof(text) - 1                                                            \
        }                                                                                          \
    }

/* That each is REFUSED so by whoever reads it. */
void assert_mistakes(const struct mistaken_table *, size_t count,
                     enum outcome (*read)(const struct data_file *, const struct case_rules *,
                                          struct arena *, struct fault *why));

#endif

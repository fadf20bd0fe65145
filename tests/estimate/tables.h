/* The published tables of examples/overlap, as the tests of this room read them. */
#ifndef GOVAH_TESTS_ESTIMATE_TABLES_H
#define GOVAH_TESTS_ESTIMATE_TABLES_H

#include "estimate/overlap.h"

/* The table examples/overlap/NAME.csv, which must be there and sound. */
struct overlap table_of(const char *name, struct arena *);

/* As numbers of double precision; cmocka's own compare as float. */
#define assert_near(got, wanted, within) assert_true(fabs((got) - (wanted)) <= (within))

#endif

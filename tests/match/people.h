/* Portraits for tests: people made up of a few names, days and places, some of them twice, in other
 * spellings and with slips. */
#ifndef GOVAH_TESTS_MATCH_PEOPLE_H
#define GOVAH_TESTS_MATCH_PEOPLE_H

#include "match/portrait.h"

/* A portrait of one name; traits can be told until portrait_end. */
struct portrait portrait_of(struct arena *, const char *name, uint64_t text, uint64_t id);

/* `count` portraits by a seed, of about half as many people: the same for the same seed. */
struct portrait *portraits_made(struct arena *, size_t count, uint64_t seed);

/* The tables that matching needs; fails the test when they are wrong. */
void tables_read(void);

#endif

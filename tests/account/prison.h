/* Four hundred people who were made up, and what is on record of them: all of it accepted, each in
 * a document of their own. */
#ifndef GOVAH_TESTS_ACCOUNT_PRISON_H
#define GOVAH_TESTS_ACCOUNT_PRISON_H

#include "account/case_people.h"

enum { PEOPLE = 400, PERSON_VIEWS = 10 };

struct prison {
    struct arena arena;
    struct statement_view views[PEOPLE][PERSON_VIEWS];
    struct case_person people[PEOPLE]; /* "Person 000" and so on */
};

/* Of nobody is anything on record yet. */
struct prison *prison_new(void);
void prison_free(struct prison *);

struct life_event *event_add(struct prison *, size_t person, const char *event, const char *date);
void fact_add(struct prison *, size_t person, const char *property, const char *value);
void detail_set(struct prison *, struct life_event *, const char *name, const char *value);

#endif

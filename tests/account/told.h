/* An archive whose histories are told by data/case, with texts to say something in. */
#ifndef GOVAH_TESTS_ACCOUNT_TOLD_H
#define GOVAH_TESTS_ACCOUNT_TOLD_H

#include "../store/fixture.h"
#include "account/case_stays.h"

/* Set up and taken down by told_begin and told_end, as cmocka's groups want them. */
extern struct arena told_arena;
extern struct case_telling *told_telling;

int told_begin(void **state);
int told_end(void **state);

/* Puts a statement and a decision about it, which supersedes nothing. */
void told_decide(struct archive *, const struct statement *, enum verdict);

/* Decides whether those who are named there in two texts are one. */
void told_join(struct archive *, const struct hash *left, const struct hash *right, struct span at,
               enum verdict);

/* The first day of an EDTF date. */
int64_t told_day(const char *date);

/* Adds so many texts, published on these days (an empty one: nothing says when); their ids. */
void told_texts(struct archive *, const char *const *published, struct hash *texts, size_t count);

#endif

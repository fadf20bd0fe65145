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

/* Adds so many texts, published on these days (an empty one: nothing says when), and their ids. */
void told_texts(struct archive *, const char *const *published, struct hash *texts, size_t count);

#endif

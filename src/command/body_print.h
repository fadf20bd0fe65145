/* Institutions and officials on a terminal and as JSON. */
#ifndef GOVAH_COMMAND_BODY_PRINT_H
#define GOVAH_COMMAND_BODY_PRINT_H

#include "case/body_account.h"
#include "command/list.h"

/* "branch 26, Revolutionary Court of Tehran": what a body is called. */
struct str body_words(const struct body_book *, const struct body_view *, struct arena *);

/* A row each. */
void bodies_print(const struct body_book *, const struct body_view *, size_t count, bool json,
                  struct arena *);

void body_print(const struct body_book *, const struct body_account *, struct arena *);

/* A line of JSON for each case, post and statement, and a last one with the sums. */
void body_print_json(const struct body_account *, struct arena *);

#endif

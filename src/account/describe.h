/* A statement in one line. */
#ifndef GOVAH_ACCOUNT_DESCRIBE_H
#define GOVAH_ACCOUNT_DESCRIBE_H

#include "record/statement.h"

/* Appends a statement's fields on one line: "≥ 527 people killed · HRANA · since 2022-09". */
void statement_describe(struct buf *, const struct statement *);

#endif

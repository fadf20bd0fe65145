/* Entries of a list of people, where a kept text is one. */
#ifndef GOVAH_RECORD_ENTRY_H
#define GOVAH_RECORD_ENTRY_H

#include "base/str.h"
#include "record/statement.h"

/* A row of a table or a numbered paragraph. */
struct list_entry {
    struct span at;
    struct span name; /* where the text has the longest form of whom it is about; {0, 0}: nobody */
};

#endif

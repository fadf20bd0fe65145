/* People of whom something holds on a day, counted and listed; questions about them kept by name.
 */
#ifndef GOVAH_COMMAND_PEOPLE_CASES_H
#define GOVAH_COMMAND_PEOPLE_CASES_H

#include "case/case_list.h"
#include "command/command.h"

struct people_asked {
    struct case_question question; /* without its day */
    struct str as_of;              /* empty: today */
    bool facets;                   /* how many are what, instead of who they are */
    struct str save, list, forget; /* names of lists, or empty */
    bool lists;
    size_t limit; /* rows at most; 0: all */
};

/* The archive is open: for writing where a list is saved or forgotten. */
void people_cases(struct session *, struct people_asked *, struct arena *);

#endif

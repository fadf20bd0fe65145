/* Numbers that count nobody. */
#ifndef GOVAH_READ_NUMBER_INT_H
#define GOVAH_READ_NUMBER_INT_H

#include "read/page_int.h"

/* Whether a number counts nobody: a date, an age, a sentence, money, an article of law, a telephone
 * or flight, a year, a share, or only the whole that others are of. Of such a whole, when what
 * befell it stands right behind, it sets number.whole instead. */
bool number_is_decoy(const struct page *, struct number *);

#endif

/* The ledger of figures on the terminal. */
#ifndef GOVAH_COMMAND_LEDGER_H
#define GOVAH_COMMAND_LEDGER_H

#include "account/figures.h"
#include "command/list.h"

/* The words of a figure; dies when the archive cannot be read. */
struct str ledger_quote(struct archive *, const struct figure_view *, struct arena *);

/* Every group: its counts, in a table or drawn to scale, then what they say together. `all` lists
 * each figure with its words, the earlier, the repeats and the rejected too. */
void ledger_print(struct session *, const struct figure_account *, bool all, bool chart,
                  struct arena *);

#endif

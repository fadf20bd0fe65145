/* What rules once a decision was taken back: the earlier one that says so still, by whom and when.
 */
#ifndef GOVAH_COMMAND_RULINGS_H
#define GOVAH_COMMAND_RULINGS_H

#include "command/command.h"

/* About a statement, by its id, or a pair, by mention_pair_id. In the arena. */
struct rulings {
    struct decision_view *all;
    size_t count;
};
struct rulings rulings_read(struct archive *, const struct hash *subject, bool weighing,
                            struct arena *);

/* A line each: "  still rules: same, by Mina, 2026-05-04T10:00:00Z (0123456789ab): why". */
void rulings_print(const struct rulings *);

/* An array of objects: id, verdict, author, author_name, at, why. */
json_t *rulings_json(const struct rulings *);

/* The same of statements of which something was taken back: under the id of each for which anything
 * rules; as an array of objects: statement, rulings. */
void rulings_of_print(struct archive *, const struct statement_view *, size_t count, bool weighing,
                      struct arena *);
json_t *rulings_of_json(struct archive *, const struct statement_view *, size_t count,
                        bool weighing, struct arena *);

#endif

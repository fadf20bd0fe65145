/* What cannot be as it is written, in or just behind the quotes of statements. */
#ifndef GOVAH_COMMAND_DOUBTFUL_H
#define GOVAH_COMMAND_DOUBTFUL_H

#include "command/command.h"
#include "store/findings.h"

struct doubtful {
    const struct hash *statements;
    struct near_finding *at; /* by statement, then by place */
    size_t count;
};

/* Dies when the archive cannot be read. */
struct doubtful doubtful_read(struct session *, const struct hash *statements, size_t count,
                              struct arena *);

/* "“June 14, 1400”: 1400 is a year of another calendar". */
struct str doubtful_words(struct arena *, const struct near_finding *);

/* [{"statement", "quote", "finding"}]; the caller owns it. */
json_t *doubtful_json(const struct doubtful *);

#endif

/* What the columns of a list are: by their heads, and by what --map says of them. */
#ifndef GOVAH_COMMAND_COLUMNS_H
#define GOVAH_COMMAND_COLUMNS_H

#include "command/command.h"
#include "intake/intake.h"
#include "read/columns.h"

struct columns {
    struct column_said *at;
    size_t count, room;
    struct arena arena;
};

void columns_init(struct columns *);
void columns_release(struct columns *);

/* A value of --map, 'COLUMN=FIELD,...' with a backslash before a comma or an equals sign that
 * belongs to a name, or the name of a file with a pair a line. Dies for a field that there is none
 * of, naming those that there are. */
void columns_take(struct columns *, const char *value);

/* Whether a text is rows of a list, by its extractor. */
bool columns_may_be(const struct intake_result *);

/* Puts what is said into the text's heads and the extractor's name: "csv/1 map 001 COLUMN=FIELD".
 * The number is one more than that of the mapping which the archive reads these bytes by, so that
 * the last one said is read. *same: that is this mapping. REFUSED for a column that is not there.
 */
MUST_USE enum outcome columns_apply(const struct columns *, struct archive *, const struct hash *,
                                    struct arena *, struct intake_result *, bool *same,
                                    struct fault *why);

/* On standard output, a line a table: rows, columns and their fields, and what is not read. On
 * standard error, that a list names nobody. */
void columns_print(const char *path, struct str text);

/* The same as a list of objects. */
MUST_USE json_t *columns_json(struct str text);

/* Of a document's findings those about columns: each a line on standard error, or an object in the
 * list. */
struct column_doubt {
    struct str column;
    struct finding finding;
};
void columns_doubt_print(const char *path, const struct column_doubt *);
MUST_USE json_t *columns_doubt_json(const struct column_doubt *);
bool columns_are_doubted(const struct finding *);

#endif

/* Reading a list: which column gives which feature, and pieces of rows made by several threads. */
#ifndef GOVAH_MATCH_LIST_INT_H
#define GOVAH_MATCH_LIST_INT_H

#include "base/csv.h"
#include "match/list.h"
#include "match/person_name.h"

enum { NO_COLUMN = -1, GIVEN_COLUMNS = 4 };

/* What each column of one file is for. */
struct list_plan {
    enum field fields[CSV_COLUMNS];
    int features[CSV_COLUMNS]; /* of columns that give one by themselves; else NO_COLUMN */
    struct date_style dates[CSV_COLUMNS];
    struct str headings[CSV_COLUMNS];
    size_t columns;
    int id; /* column or NO_COLUMN */
    size_t features_count;
    bool full_beside_parts; /* full names stand beside given and family names */
};

/* Reads the heading row: REFUSED when no column holds names. New features are added to the list,
 * which must be empty of records or have them already. */
MUST_USE enum outcome list_plan_make(struct list *, struct list_plan *,
                                     const struct csv_row *heading, const struct list_wishes *,
                                     struct fault *why);

/* How many columns of a row are headings that are known. */
size_t list_plan_known(const struct csv_row *);

/* One value of one record, before it has a number. */
struct cell {
    uint64_t hash; /* 0: missing */
    uint32_t at;   /* its letters in the piece; of a date or an age, the value itself */
    uint8_t letters, words;
};

/* Some rows on their way through a thread. */
struct list_piece {
    const struct list_plan *plan;
    struct csv_format format;
    struct buf bytes;
    size_t rows;
    struct cell *cells; /* features_count a row */
    size_t cells_room;
    uint16_t *letters;
    size_t letters_count, letters_room;
    struct buf ids; /* each ended by a NUL */
    size_t short_rows, first_short, headings_again, physical_rows;
    enum outcome outcome;
    struct fault why; /* `at` the column; row in physical_rows */
};

/* As csv_row_next, and REFUSED when a field is not UTF-8. */
MUST_USE enum outcome list_row_next(struct csv_rows *, struct csv_row *, bool *more,
                                    struct fault *why);

/* Takes the rows apart; runs in any thread. */
void list_piece_work(void *context, void *piece);

/* Bytes of a file, in UTF-8 whatever its encoding. */
struct list_source;
MUST_USE enum outcome list_source_open(const char *path, struct list_source **out,
                                       struct fault *why);
void list_source_close(struct list_source *);

/* The encoding, and the beginning of the text. */
struct str list_source_charset(const struct list_source *);
struct str list_source_beginning(const struct list_source *);

/* Appends some more text; nothing at the end. */
MUST_USE enum outcome list_source_more(struct list_source *, struct buf *out, struct fault *why);

#endif

/* What entries of lists say, while they are read. */
#ifndef GOVAH_READ_LISTING_INT_H
#define GOVAH_READ_LISTING_INT_H

#include "read/page_int.h"

enum { EVENTS_LIMIT = 8, COLUMNS_LIMIT = 12, CELLS_LIMIT = 64 };

/* A stretch of tokens; empty when nothing was said. */
struct stretch {
    size_t first, end;
};

/* What one entry says. */
struct dossier {
    const struct name *name;
    struct {
        struct str event, date;
        size_t first, end;
    } events[EVENTS_LIMIT];
    size_t events_count;
    struct stretch charge, sentence, prison, court, branch, judge, place;
};

struct lister {
    struct page *page;
    struct proposals *out;
    uint32_t *told;   /* for each party, 1 + the last proposal about it, or 0 */
    size_t entry_end; /* its last byte */
    size_t since;     /* the first proposal of the entry being read */
    uint32_t *before; /* for each proposal, likewise, the one before */
    size_t told_count;
    struct str columns[COLUMNS_LIMIT]; /* of the table's head */
    size_t columns_count;
    struct str cells[CELLS_LIMIT]; /* of a head with bars, cell by cell; empty: no field is known */
    size_t cells_count;
    struct str heading, heading_date; /* what happened to all */
    struct stretch heading_at;
    struct str heading_role;
};

/* The passage that holds the token. */
size_t passage_at(const struct page *, size_t token);

/* Where, before `end`, what stands below an entry's name belongs to another list. */
size_t entry_end(const struct page *, size_t name_end, size_t end);

/* The first date within [first, end), EDTF, or empty. */
struct str date_in(const struct page *, size_t first, size_t end);

/* Whether token i is a number of years that somebody may have lived, as digits. */
bool age_at(const struct page *, size_t i, struct str *age);

/* Adds a fact of the name, made by the words of `at`. */
void tell_fact(struct lister *, const struct name *, struct str property, struct str value,
               struct stretch at);

/* Adds a life event of the dossier's name, made by the words of `at`, unless it is told already. */
void tell_event(struct lister *, const struct dossier *, struct str event, struct str date,
                struct stretch at, const char *rule);

/* The life event that a word of a heading says befell all below it, or empty; the token behind it.
 */
struct str heading_event_at(const struct page *, size_t i, size_t *end);

/* Reads lists within a sentence: "Those killed in May: X (24), Y and Z", "Among the dead are X and
 * Y". */
void runs_read(struct lister *);

/* Fills the dossier from the labelled fields within [first, end), and tells the facts among them;
 * whether there was any. */
bool fields_read(struct lister *, struct dossier *, size_t first, size_t end);

/* The columns that the head of a table before token `first` names; none when it has fewer than
 * three or no names. */
void columns_find(struct lister *, size_t first);

/* The same for what stands below the columns, a cell being known by what it is. */
void row_read(struct lister *, struct dossier *, size_t first, size_t end);

/* The head of a table with bars between its cells. */
struct table_head {
    size_t bars; /* 0: no table is open */
    size_t name; /* the cell below which names stand */
};

/* Whether token `line` begins the head of such a table, or a row of the one that is open; the row's
 * name, empty in the head. */
bool table_line(const struct page *, size_t line, struct table_head *, struct stretch *name);

/* The head of a table whose cells are parted by bars, right above the line that holds the token;
 * false when it is none. */
bool cells_find(struct lister *, size_t line);

/* The row that holds the token, cell by cell; false when it has other cells than the head. */
bool cells_read(struct lister *, struct dossier *, size_t line);

/* What one field of the entry says: label and value. */
void field_take(struct lister *, struct dossier *, struct str field, struct stretch label,
                struct stretch value);

/* Whether a field's value is the date of something: of an arrest, of the birth. */
bool field_is_dated(struct str field);

/* Whether anything is made of a field's value. */
bool field_is_read(struct str field);

/* The same of a date that is known. */
void field_date(struct lister *, struct dossier *, struct str field, struct str date,
                struct stretch at);

#endif

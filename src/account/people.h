/* Who is named: names as the documents write them.
 *
 * Nothing is merged but what a decision joined: that stands in a row of its own. Else a row is one
 * folded name (text/fold.h), and no more: people of the same name stand in one row although they
 * may be different persons, and the spellings of one person in rows of their own. Taken are roles
 * (facts with the property "role") and life events; rejected statements are left out. */
#ifndef GOVAH_ACCOUNT_PEOPLE_H
#define GOVAH_ACCOUNT_PEOPLE_H

#include "account/value.h"
#include "record/persons.h"
#include "store/page.h"

struct name_row {
    struct str name; /* the longest spelling; of equally long ones the first in byte order */
    bool organisation;
    struct str *spellings; /* each once, in byte order */
    size_t spellings_count;
    struct str *roles; /* labels, each once, in byte order */
    size_t roles_count;
    const struct statement_view **events; /* life events, by date, the undated last */
    size_t events_count;
    struct hash *documents; /* each once, in order */
    size_t documents_count;
    enum view_state state; /* accepted when any statement about the name is */
    bool undecided;        /* any is disputed */
    bool decided;          /* a decision made one row of it */
    struct hash person;    /* if decided: the address, mention_id of the first mention */
};

struct people_filter {
    struct str name;               /* a part of the name, folded; empty: all */
    bool organisations;            /* those instead of people */
    const struct persons *persons; /* who is whom, as it was decided; NULL: nobody decided */
};

/* Rows in order of the number of documents, the most first, then of the folded name. A pure
 * function; all lies in the arena or points into the views, whose order does not matter. */
void people_account(const struct statement_view *, size_t count, const struct people_filter *,
                    struct arena *, struct name_row **, size_t *rows);

/* ---- a page at a time ---- */

/* What happened to somebody of that name, said once. */
struct person_event {
    struct str event, date; /* a label; EDTF, or empty */
    struct hash statement;  /* of one statement that says so: accepted before proposed */
    struct hash document;   /* its document */
    enum view_state state;  /* of it */
    bool undecided;
    size_t more; /* statements that say the same beside it */
};

enum { PERSON_EVENTS = 12 };

struct person_row {
    struct str key;  /* the folded name */
    struct str name; /* the longest spelling; of equally long ones the first in byte order */
    bool organisation;
    struct str *spellings; /* each once, in byte order */
    size_t spellings_count;
    struct str *roles; /* labels, each once, in byte order */
    size_t roles_count;
    struct person_event *events; /* by date, the undated last; at most PERSON_EVENTS */
    size_t events_count;
    size_t events_total;
    size_t documents;
    struct hash statement; /* one that names them so: accepted before proposed, the first by id */
    struct hash document;  /* its document */
    enum view_state state; /* accepted when any statement about the name is */
    bool undecided;        /* any is disputed */
    bool decided;          /* a decision made one row of it */
    struct hash person;    /* if decided: the address, mention_id of the first mention */
};

/* The rows of people_account in its order, as if nobody had decided who is whom; `total` is how
 * many it fits. */
MUST_USE enum outcome people_page(struct archive *, const struct name_choice *, struct arena *,
                                  struct person_row **, size_t *count, size_t *total,
                                  struct fault *why);

/* ---- all of them at once, where decisions join some ---- */

struct people_list {
    bool decided; /* else nobody was decided about, and the list is left to people_page */
    struct person_row *rows; /* in the order of people_account */
    struct str *keys;        /* of each row: its folded names, a line each */
    size_t count;
};

/* People alone. All lies in the arena. */
MUST_USE enum outcome people_list_read(struct archive *, struct arena *, struct people_list *,
                                       struct fault *why);

/* What people_page says of a list that is decided; the rows stay the list's. */
void people_list_page(const struct people_list *, const struct name_choice *, struct arena *,
                      struct person_row **, size_t *count, size_t *total);

#endif

/* Parts that several pages show in the same way. Each writes into page->out. Texts of the record
 * that stand in a line of the interface are isolated (<bdi>), so that mixed lines do not flip. */
#ifndef GOVAH_PUBLISH_PART_INT_H
#define GOVAH_PUBLISH_PART_INT_H

#include "publish/page.h"

/* "proposed", "accepted", "disputed", "rejected": the class of what is in that state. */
struct str part_state_class(enum view_state, bool undecided);

/* The sign and the word of a state, "○ proposed". */
void part_state(struct page *, enum view_state, bool undecided);

/* "verified by decision", "disputed by decision", or empty. */
struct str weighing_said(const struct voice *, enum weigh_verdict);

/* A date in the voice's calendar, in the other one on demand; nothing for an empty one. */
void part_date(struct page *, struct str edtf);

/* A moment of the record. */
void part_moment(struct page *, struct str utc);

/* A text of the record, isolated. */
void part_text(struct page *, struct str);

/* What a document is called: its title, else its file's name, else that it has none. */
struct str part_document_name(const struct page *, struct str title, struct str name);

/* Where a statement stands in the reading view: "s-" and the first 12 digits of its address. */
enum { ANCHOR_DIGITS = 12 };
struct str part_anchor(const struct page *, const struct hash *statement);

/* "/documents/ADDRESS#s-ADDRESS" */
struct str part_place(const struct page *, const struct hash *document,
                      const struct hash *statement);

/* A figure's value, the hero of its line, as a link to its sentence. */
void part_value_link(struct page *, const struct figure *, const struct hash *document,
                     const struct hash *statement);

/* What to do with an archive that has no document yet. */
void part_empty_archive(struct page *);

/* ---- the parts of a list ---- */

struct turns {
    size_t from, count; /* where the part that is shown begins, and how many it has */
    size_t total;
    bool at_least;           /* the total is known to be no less */
    struct str before, next; /* addresses of the parts beside it */
};

/* Where the part before begins: no further on than the list's last part of `step`. */
size_t turns_before(size_t from, size_t step, size_t total);

/* "1 to 40 of 213" and the ways on; of a part behind the list's end the way back alone; nothing of
 * a list that is shown whole. */
void part_turns(struct page *, const struct turns *);

/* ---- bars: figures drawn to one scale ---- */

/* A bar from 0 to a round number past `largest`, decorative: what it shows stands in words beside
 * it. A solid line is what is given, an arrow an end that nobody gives, hollow what is proposed. */
void part_bar(struct page *, const struct figure *, int64_t largest, enum view_state,
              bool undecided);

#endif

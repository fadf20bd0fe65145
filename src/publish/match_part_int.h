/* Who may be one person, for the pages that show it. */
#ifndef GOVAH_PUBLISH_MATCH_PART_INT_H
#define GOVAH_PUBLISH_MATCH_PART_INT_H

#include "account/shelf.h"
#include "publish/sentence_int.h"

/* All pairs, from the shelf where there is one. */
struct matches_held {
    struct account_hold hold;
    struct matches own; /* where there is no shelf */
};
MUST_USE enum outcome matches_hold(struct page *, struct matches_held *, const struct matches **,
                                   struct fault *why);

/* The same for a page that only mentions them: *out is NULL while they are worked out, and the page
 * is passing. */
MUST_USE enum outcome matches_try(struct page *, struct matches_held *, const struct matches **,
                                  struct fault *why);
void matches_release(struct page *, struct matches_held *);

/* The pair that an address names; NOT_FOUND when there is none. */
MUST_USE enum outcome match_at(struct page *, const struct matches *, struct str address,
                               const struct match **, struct fault *why);

/* "/matches/ADDRESS" */
struct str match_place(const struct page *, const struct match *);

/* "○ probably the same", "● one person", "× two persons". */
void match_state_write(struct page *, const struct match *);

/* The hidden fields of a form about the pair, after its <form>. */
void match_form_fields(struct page *, const struct match *);

/* "family name", "arrested" in the voice's language. */
struct str trait_said(const struct page *, const struct likely_reason *);

/* A value of a reason as the bearer's text writes it: dates in the voice's calendar, names with
 * their capitals. */
struct markup trait_value_said(struct page *, const struct likely_reason *, struct str value,
                               const struct bearer *);

/* "+6.2" */
struct str weight_said(const struct page *, int tenths);

/* What was decided about the pair just now, and a way to take it back; by the key u too if it is a
 * shortcut (matches.js). */
MUST_USE enum outcome match_done_write(struct page *, const struct matches *, const struct match *,
                                       bool shortcut, struct fault *why);

/* ---- parts of a pair's page ---- */

/* One of the two: names, documents, the sentences that name them. */
MUST_USE enum outcome match_side_write(struct page *, const struct matches *, const struct bearer *,
                                       struct fault *why);

/* Why the two are, or are not, taken to be one. */
void match_reasons_write(struct page *, const struct match *);

/* What the case would look like, and what in it cannot both be true. */
void match_joined_write(struct page *, const struct matches *, const struct match *);

#endif

/* Who is probably one person on record, and who was decided to be: for lists, pages and sources.
 *
 * A bearer is somebody as one text names them (account/bearer.h); within a text one name is one
 * bearer, in a list one for each entry (case/named.h). Bearers of several texts, or of one, are
 * laid beside each other under a model (match/weights.h). What is found joins nothing: pairs at or
 * above even odds are *probably* one person, those above MEETING_SHOWN *perhaps*. Decisions rule
 * (record/persons.h): a pair about which one is active, or that decisions make one or two persons,
 * is not proposed again.
 *
 *     likely_read(archive, reader, weights, &arena, &likely, &why);
 *     for each pair:   pair->left->sentence, pair->right->sentence, pair->reasons, pair->percent
 *     for a bearer b:  likely_group(&likely, b) is its group; likely_persons(...) the decided ones
 */
#ifndef GOVAH_ACCOUNT_LIKELY_H
#define GOVAH_ACCOUNT_LIKELY_H

#include "account/bearer.h"
#include "match/weights.h"
#include "store/pairs.h"

struct likely_reason {
    const char *trait; /* "family name", "arrested": English, for labels in other languages */
    const char *grade; /* "same", "compatible", "near", "part", "conflicting" */
    int tenths;        /* of a bit: for one person above 0, against it below */
    struct str left, right;
};

struct likely_pair {
    const struct bearer *left, *right;
    int odds;      /* log2, in tenths of a bit */
    int evidence;  /* the same before the rules of match/meeting.h */
    int per_mille; /* the odds as a probability */
    bool probable; /* else perhaps */
    struct likely_reason *reasons;
    size_t reasons_count;
};

struct likely {
    struct bearer *bearers;
    size_t count;
    struct pair_view *decisions; /* that rule, in order of their pairs */
    size_t decisions_count;
    struct persons persons;    /* as they were decided; bearer.named.person is a place in it */
    struct likely_pair *pairs; /* that nobody decided, the likeliest first */
    size_t pairs_count;
    size_t *groups; /* of each bearer, one of its group: who was decided to be one person, and who
                       probably is besides */
    struct str model;
    struct hash model_hash; /* SHA-256 of weights_write */
    /* the bearers by their folded names, by their decided persons (those without one last), and by
     * their groups; of equals the first bearer first */
    const struct bearer **by_name, **by_person, **by_group;
    /* every two that were found to be alike, whatever was decided: for likely_again */
    const struct likely_found *found;
    size_t found_count;
};

/* Everybody. In the arena. `weights` NULL: the archive's own, or the usual ones. */
MUST_USE enum outcome likely_read(struct archive *, const struct reader *, const struct weights *,
                                  struct arena *, struct likely *, struct fault *why);

/* The same as likely_read, from what it said before other decisions about who is whom: where
 * nothing else changed since (archive_statement_generation), no text is read. What was said before
 * outlives it. */
MUST_USE enum outcome likely_again(struct archive *, const struct likely *before, struct arena *,
                                   struct likely *, struct fault *why);

/* A copy of the archive's own weights, or of the usual ones; the caller releases it. */
MUST_USE enum outcome likely_weights(struct archive *, struct arena *, struct weights *,
                                     struct fault *why);

/* Other weights, learnt from who is named and what was decided (match/learning.h): to be looked at
 * with likely_read, and kept with archive_keep_weights. The caller releases them. */
MUST_USE enum outcome likely_learn(const struct likely *, struct arena *, struct weights *,
                                   struct fault *why);

/* As likely_read of the texts alone that name somebody by one of these folded names (text/fold.h),
 * or by one that shares a key with it (match/roll.h): who is probably one with whom is called so.
 * Costs the archive's names, and those texts. */
MUST_USE enum outcome likely_around(struct archive *, const struct reader *, const struct weights *,
                                    const struct str *keys, size_t count, struct arena *,
                                    struct likely *, struct fault *why);

/* The same of a text that is not in the archive, and of those that name somebody by a name of it:
 * the guest's bearers stand among the others, and nobody decided about them. */
MUST_USE enum outcome likely_with(struct archive *, const struct reader *,
                                  const struct bearer_guest *, struct arena *, struct likely *,
                                  struct fault *why);

/* ---- who stands beside a bearer ---- */

/* The bearer who is named there: of the mentions of one text that overlap it; NULL when none. */
const struct bearer *likely_bearer(const struct likely *, const struct mention *);

/* Those who bear a folded name; those whom decisions make the person at that place of `persons`: a
 * run of by_name, of by_person. */
const struct bearer **likely_named(const struct likely *, struct str key, size_t *count);
const struct bearer **likely_person(const struct likely *, size_t person, size_t *count);

/* Those who are probably one with the bearer and whom no decision joins with it, each name once,
 * rather of another text, in order of their names; in the arena. */
const struct bearer **likely_others(const struct likely *, const struct bearer *, struct arena *,
                                    size_t *count);

/* Whether decisions say that the two are one person (same), or two (different), or neither. */
enum likely_decided { LIKELY_UNDECIDED, LIKELY_SAME, LIKELY_DIFFERENT };
enum likely_decided likely_decided(const struct likely *, const struct bearer *,
                                   const struct bearer *);

/* The mention under which to decide about a bearer: one that was decided about already, so that
 * decisions meet, else the first. */
struct mention likely_anchor(const struct likely *, const struct bearer *);

#endif

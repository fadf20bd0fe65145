/* Who is whom among the people that an archive names: what is proposed, and decisions about it. */
#ifndef GOVAH_COMMAND_MATCH_ARCHIVE_H
#define GOVAH_COMMAND_MATCH_ARCHIVE_H

#include "account/likely.h"
#include "command/command.h"
#include "record/decision.h"

/* Lists pairs of people in different documents, or of different names in one, that are probably or
 * perhaps one person and about whom nobody decided, the likeliest first, with their reasons. */
void match_propose(struct session *);

/* Decides about two people, each named by the id, or at least 4 digits of it, of one of their
 * mentions. A retraction about two whom other decisions join names those decisions, and exits with
 * EXIT_PROBLEM. */
void match_decide(struct session *, enum verdict, const char *left, const char *right,
                  struct str reason);

/* Lists the probable pairs at or above that probability (per mille), but those that a *different*
 * or weightier pairs keep apart, and decides in one commit that each is one person: when `sure`, or
 * after "yes" on the terminal. Returns the exit status: EXIT_PROBLEM when there is none. */
int match_decide_above(struct session *, int per_mille, struct str reason, bool sure);

/* Learns the archive's own weights, keeps them, and shows what moved: weights, and the pairs that
 * became probable or ceased to be. */
void match_relearn(struct session *);

/* ---- shared ---- */

/* What likely_read says of session->archive, or dies. */
void likely_take(struct session *, struct arena *, struct likely *);

void pair_print(const struct likely_pair *);
void pair_print_json(const struct likely *, const struct likely_pair *);

#endif

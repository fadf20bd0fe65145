/* Who is whom among the people that an archive names: what is proposed, and decisions about it. */
#ifndef GOVAH_COMMAND_MATCH_ARCHIVE_H
#define GOVAH_COMMAND_MATCH_ARCHIVE_H

#include "command/command.h"
#include "record/decision.h"

/* Lists pairs of people in different documents, or of different names in one, that are probably or
 * perhaps one person and about whom nobody decided, the likeliest first, with their reasons. */
void match_propose(struct session *);

/* Decides about two people, each named by the id, or at least 4 digits of it, of one of their
 * mentions. */
void match_decide(struct session *, enum verdict, const char *left, const char *right,
                  struct str reason);

#endif

/* Incidents of data/country: what a figure is part of, by its period or by the words around it. */
#ifndef GOVAH_READ_INCIDENT_H
#define GOVAH_READ_INCIDENT_H

#include "base/arena.h"
#include "read/read.h"

struct incident {
    struct str id;           /* "ir-1988-massacre" */
    struct str since, until; /* EDTF: when it happened */
    struct str name_en, name_fa;
};

struct incidents;

/* Reads every country/CODE/incidents.tsv of data/. Faults name the file and the line. The caller
 * owns *out (incidents_free). */
MUST_USE enum outcome incidents_new(struct incidents **out, struct fault *why);
void incidents_free(struct incidents *);

/* All of them, in the order of the files; valid as long as the reader. */
const struct incident *incidents_of(const struct reader *, size_t *count);

/* The incident that a figure belongs to, or NULL. Its event must be one that the incident concerns.
 * In this order: words of the sentence that name the incident; the figure's period, when it lies
 * within the incident's, or is the year of it; words that fit it in a document or a count of its
 * time. `published` is EDTF or empty. The reason, one line in the arena, says which. */
const struct incident *incident_of(const struct reader *, const struct figure *,
                                   struct str sentence, struct str published, struct arena *,
                                   struct str *reason);

#endif

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
struct sightings;

/* Reads every country/CODE/incidents.tsv of data/. Faults name the file and the line. The caller
 * owns *out (incidents_free). */
MUST_USE enum outcome incidents_new(struct incidents **out, struct fault *why);
void incidents_free(struct incidents *);

/* All of them, in the order of the files; valid as long as the reader. */
const struct incident *incidents_of(const struct reader *, size_t *count);

/* What a document as a whole says of its time and matter. */
struct incident_context {
    struct str text;
    struct str published; /* EDTF or empty; when stand_in is set, the latest day or month of the
                             year that most of the document's dates are of */
    bool stand_in;
    const struct sightings *seen; /* by incident_context_look, or NULL */
};

/* `published` is as the document states it, EDTF or empty. */
struct incident_context incident_context_of(struct str text, const struct reading *,
                                            struct str published);

/* Looks once at the whole text for the words by which incidents are known, so that incident_of need
 * not look for each of them with each figure. It finds the same. */
void incident_context_look(struct incident_context *, const struct reader *, struct arena *);

/* The incident that a figure belongs to, or NULL. Its event must be one that the incident concerns.
 * In this order: words of the sentence that name the incident; the figure's period, when it lies
 * within the incident's, or is the year of it; words that fit it in a document or a count of its
 * time; when the figure has no dates of its own, the incident that the line which leads in its list
 * is about, or the one that the text shortly before the sentence names. `sentence` is a slice of
 * the context's text. The reason, one line in the arena, says which. */
const struct incident *incident_of(const struct reader *, const struct figure *,
                                   struct str sentence, const struct incident_context *,
                                   struct arena *, struct str *reason);

#endif

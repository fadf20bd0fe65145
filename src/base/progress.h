/* A progress bar on a terminal, for work that takes longer than a second; silent elsewhere. */
#ifndef GOVAH_BASE_PROGRESS_H
#define GOVAH_BASE_PROGRESS_H

#include <time.h>

#include "base/str.h"

struct progress {
    const char *title; /* outlives the bar */
    size_t total;      /* steps; 0 when unknown */
    size_t done;
    struct timespec began, drawn;
    bool terminal, shown;
};

/* Draws on standard error, from one second on, ten times a second at most. */
void progress_begin(struct progress *, const char *title, size_t total);
void progress_step(struct progress *, size_t done);

/* Wipes the bar, so that the next line starts clean. */
void progress_end(struct progress *);

#endif

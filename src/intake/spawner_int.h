/* The spawner: a process without secrets that forks a fresh child for each document, waits for it
 * and kills it when its time is over. The parent gives it descriptors over a socket: the document
 * in a sealed memory file (the child's standard input) and two pipes (its output and its errors).
 */
#ifndef GOVAH_INTAKE_SPAWNER_INT_H
#define GOVAH_INTAKE_SPAWNER_INT_H

#include "base/buf.h"
#include "intake/intake.h"

enum child_kind { CHILD_HTML, CHILD_PDF, CHILD_XLSX, CHILD_ODS };

/* Exit statuses of the children; a child writes one line to its standard error with each. */
enum {
    CHILD_REFUSES = 65, /* the document */
    CHILD_LACKS = 69,   /* a program or a sandbox */
};

/* Seconds on the clock that a document of each kind may take. */
enum { CHILD_READER_SECONDS = 20, CHILD_PDF_SECONDS = 120 };

/* How a child ended. */
struct child_end {
    int status; /* as from waitpid */
    bool timed_out;
    bool overflowed; /* it wrote more than the output may hold, and was cut off */
};

/* Runs one child. `output` and `errors` have their limits set by the caller; errors past the limit
 * are dropped. FAILED when the spawner is gone or the system refuses; how the child ended is not
 * judged here. */
MUST_USE enum outcome spawner_run(struct intake *, enum child_kind, struct str document,
                                  struct buf *output, struct buf *errors, struct child_end *end,
                                  struct fault *why);

#endif

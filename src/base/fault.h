/* What went wrong, where, in one line a person can read. */
#ifndef GOVAH_BASE_FAULT_H
#define GOVAH_BASE_FAULT_H

#include "base/str.h"

/* Three voices: bug() (mem.h) is our mistake and aborts; refuse() is the input's, and the caller
 * decides; die() exists only in src/command. */
enum outcome {
    OK = 0,
    REFUSED,   /* the input is not what it should be */
    NOT_FOUND, /* no such thing */
    DENIED,    /* a wrong passphrase, a key without the right */
    BUSY,      /* somebody else holds it */
    FAILED,    /* the system refused: disk full, no permission */
    DAMAGED,   /* kept bytes are not what was kept */
};

struct fault {
    enum outcome code;
    size_t at;      /* byte offset or line in the input, where one is known; else 0 */
    char text[400]; /* one line, without a full stop, no secret and no control character */
};

/* Fills *why (which may be NULL) and returns the code, so that `return refuse(...)` reads well.
 * Each byte of a control character in the text becomes '?'. */
enum outcome refuse(struct fault *why, enum outcome code, const char *format, ...)
    PRINTF_LIKE(3, 4);
enum outcome refuse_at(struct fault *why, enum outcome code, size_t at, const char *format, ...)
    PRINTF_LIKE(4, 5);

#endif

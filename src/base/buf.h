/* A growing buffer that knows its limit. */
#ifndef GOVAH_BASE_BUF_H
#define GOVAH_BASE_BUF_H

#include "base/str.h"

struct buf {
    char *at;     /* NUL-terminated behind len when not NULL; the buffer owns it */
    size_t len;   /* bytes in use */
    size_t room;  /* bytes allocated */
    size_t limit; /* len never passes it */
    bool full;    /* something did not fit, and was left out whole */
};

void buf_init(struct buf *, size_t limit);
void buf_release(struct buf *);

/* Empties it and keeps the room. */
void buf_clear(struct buf *);

/* Room for so many bytes more at once, within the limit. */
void buf_reserve(struct buf *, size_t more);

/* Gives back the room that is not in use. */
void buf_fit(struct buf *);

/* Each appends whole or, past the limit, not at all: then false, and `full` stays set. Checking
 * `full` once at the end is enough. */
bool buf_add(struct buf *, struct str);
bool buf_add_byte(struct buf *, char);
bool buf_add_text(struct buf *, const char *text);
bool buf_print(struct buf *, const char *format, ...) PRINTF_LIKE(2, 3);

/* What is in it; valid until the next change. */
struct str buf_str(const struct buf *);

#endif

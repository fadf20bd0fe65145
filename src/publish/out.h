/* HTML being written. Escaping is the default; out_raw, for markup of our own, stands out in a
 * search. */
#ifndef GOVAH_PUBLISH_OUT_H
#define GOVAH_PUBLISH_OUT_H

#include "base/buf.h"

enum { OUT_LIMIT = 64 * 1024 * 1024 }; /* bytes of one page */

/* Appends text, escaped for the inside of an element and of an attribute in double quotes; control
 * characters that HTML does not allow become U+FFFD. */
void out_text(struct buf *, struct str);

/* Appends markup as it stands: literals of our own source only. */
void out_raw(struct buf *, const char *markup);

/* Appends markup in which each {} is the next of the texts, and {1} the first of them, escaped as
 * by out_text. The markup is a literal; a wrong number of texts is a bug. */
void out_fill(struct buf *, const char *markup, const struct str *texts, size_t count);
#define OUT(buf, markup, ...)                                                                      \
    out_fill(buf, "" markup, (const struct str[]){__VA_ARGS__},                                    \
             sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))

/* A sentence of the interface, itself escaped, its {1} or {} filled in the same way. */
void out_sentence(struct buf *, struct str sentence, const struct str *texts, size_t count);
#define OUT_SENTENCE(buf, sentence, ...)                                                           \
    out_sentence(buf, sentence, (const struct str[]){__VA_ARGS__},                                 \
                 sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))

#endif

/* Sentences of the interface with markup in their places, so that a translation may put a link
 * where its own order of words wants it. */
#ifndef GOVAH_PUBLISH_SENTENCE_INT_H
#define GOVAH_PUBLISH_SENTENCE_INT_H

#include "publish/page.h"

/* Markup that is escaped already; in the page's arena. */
struct markup {
    struct str html;
};

/* A literal of our own, its places filled with escaped texts (publish/out.h). */
struct markup markup_fill(struct page *, const char *literal, const struct str *texts,
                          size_t count);
#define MARKUP(page, literal, ...)                                                                 \
    markup_fill(page, "" literal, (const struct str[]){__VA_ARGS__},                               \
                sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))

/* A text of the record, isolated. */
struct markup markup_text(struct page *, struct str);

/* A text that a table has in English and in Persian, isolated, and marked as English where the page
 * is not and the table has no other. */
struct markup markup_told(struct page *, struct str english, struct str persian);

/* A date in the voice's calendar, in the other one on demand. */
struct markup markup_date(struct page *, struct str edtf);

/* A sentence, escaped, its places filled with markup. */
struct markup markup_sentence(struct page *, struct str sentence, const struct markup *pieces,
                              size_t count);
#define SENTENCE(page, sentence, ...)                                                              \
    markup_sentence(page, sentence, (const struct markup[]){__VA_ARGS__},                          \
                    sizeof((const struct markup[]){__VA_ARGS__}) / sizeof(struct markup))

/* Appends it to the page. */
void markup_write(struct page *, struct markup);

#endif

/* Pages made before anybody asks for them: the main pages, at the start and whenever the record or
 * what the reader chose has changed, by a thread of its own. */
#ifndef GOVAH_SERVE_WARM_H
#define GOVAH_SERVE_WARM_H

#include <stdint.h>

struct warm;

/* What makes the page of a number below `pages`; called from the one thread. */
struct warm_work {
    void (*make)(void *context, unsigned page);
    unsigned pages;
    void *context;
};

/* Starts the thread, which waits until it is told. NULL when the machine gives no thread: nothing
 * is made ahead then. The caller owns it (warm_free). */
struct warm *warm_new(const struct warm_work *);

/* All pages again from the first, unless they were asked for at this number already. From any
 * thread; costs next to nothing when the number is the last one. NULL is no thread. */
void warm_ask(struct warm *, uint64_t number);

/* Ends the thread when the page under way is made. */
void warm_free(struct warm *);

#endif

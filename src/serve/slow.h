/* Threads for what may take seconds, so that those of the network never wait for it. */
#ifndef GOVAH_SERVE_SLOW_H
#define GOVAH_SERVE_SLOW_H

#include <stdbool.h>

struct slow;

/* As many threads as asked for, up to SLOW_THREADS and what the machine gives; NULL when it gives
 * none. The caller owns it (slow_free). */
enum { SLOW_THREADS = 16 };
struct slow *slow_new(unsigned threads);

/* Has the work run by one of the threads; what came before it is begun before it. It is told
 * whether it `ends`: slow_end waits for it, and it need only clear up. False, and nothing will run,
 * after slow_end, and where there are no threads (NULL). From any thread. */
typedef void slow_work(void *context, bool ends);
bool slow_take(struct slow *, slow_work *, void *context);

/* Takes nothing more, and returns when all that was taken has run. NULL is no threads. */
void slow_end(struct slow *);

/* Ends it, too. */
void slow_free(struct slow *);

#endif

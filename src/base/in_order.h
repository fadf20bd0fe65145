/* Pieces of work done by several threads and handed back in the order in which they came. */
#ifndef GOVAH_BASE_IN_ORDER_H
#define GOVAH_BASE_IN_ORDER_H

#include "base/mem.h"

#include <stdbool.h>

/* One thread alone adds pieces and takes them back; it works, too, while it waits. */
struct in_order;

typedef void in_order_work(void *context, void *piece);

enum { IN_ORDER_THREADS = 64, IN_ORDER_AHEAD = 4 };

/* How many processors this process may use, within 1 and IN_ORDER_THREADS, or within 1 and
 * `limit`. */
size_t in_order_processors(void);
size_t in_order_processors_within(size_t limit);

/* `threads` counts the caller's, from 1 to IN_ORDER_THREADS; one that cannot be started is one
 * fewer. `work` runs in any of them, for different pieces at the same time. Start it after
 * everything that forks. */
struct in_order *in_order_new(size_t threads, in_order_work *work, void *context);

/* The same with room for `places` pieces, at least 1, and with the caller's thread alone until
 * in_order_start says how many there should be. */
struct in_order *in_order_with_places(size_t places, in_order_work *work, void *context);
void in_order_start(struct in_order *, size_t threads);

/* From when the pieces that wait with their work done weigh `bound` together, only the caller's
 * thread begins further ones, those that it waits for; the others go on when enough were taken
 * back. A piece is weighed once, in any thread, as soon as its work is done. Set it before the
 * first piece is added; without it there is no bound. */
typedef size_t in_order_weigh(const void *piece);
void in_order_bound(struct in_order *, size_t bound, in_order_weigh *weigh);

/* How many pieces are in it, and whether another one may be added: at most IN_ORDER_AHEAD a
 * thread, or as many as there are places. */
size_t in_order_count(const struct in_order *);
bool in_order_has_room(const struct in_order *);

/* The piece stays the caller's, who leaves it alone until it is taken back. */
void in_order_add(struct in_order *, void *piece);

/* The oldest piece, its work done; NULL when there is none. in_order_take takes it back, after
 * in_order_first it keeps its place, and its weight. */
void *in_order_take(struct in_order *);
void *in_order_first(struct in_order *);

/* Takes the oldest piece back, begun or not, and waits when it is being worked on; NULL when there
 * is none. For giving up: from the first call on the other threads begin nothing. */
void *in_order_cancel(struct in_order *);

/* Ends the threads. No piece may be left in it. */
void in_order_free(struct in_order *);

#endif

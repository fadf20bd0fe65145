/* Pieces of work done by several threads and handed back in the order in which they came. */
#ifndef GOVAH_BASE_IN_ORDER_H
#define GOVAH_BASE_IN_ORDER_H

#include "base/mem.h"

#include <stdbool.h>

/* One thread alone adds pieces and takes them back; it works, too, while it waits. */
struct in_order;

typedef void in_order_work(void *context, void *piece);

enum { IN_ORDER_THREADS = 64, IN_ORDER_AHEAD = 4 };

/* How many processors this process may use, within 1 and IN_ORDER_THREADS. */
size_t in_order_processors(void);

/* `threads` counts the caller's, from 1 to IN_ORDER_THREADS; one that cannot be started is one
 * fewer. `work` runs in any of them, for different pieces at the same time. Start it after
 * everything that forks. */
struct in_order *in_order_new(size_t threads, in_order_work *work, void *context);

/* How many pieces are in it, and whether another one may be added: at most IN_ORDER_AHEAD a
 * thread. */
size_t in_order_count(const struct in_order *);
bool in_order_has_room(const struct in_order *);

/* The piece stays the caller's, who leaves it alone until it is taken back. */
void in_order_add(struct in_order *, void *piece);

/* The oldest piece, its work done; NULL when there is none. */
void *in_order_take(struct in_order *);

/* Takes the oldest piece back, begun or not, and waits when it is being worked on; NULL when there
 * is none. For giving up. */
void *in_order_cancel(struct in_order *);

/* Ends the threads. No piece may be left in it. */
void in_order_free(struct in_order *);

#endif

#include "base/in_order.h"
#include "store/telling_int.h"

enum { AHEAD = 16, THREADS_LIMIT = 4 };

struct telling_ahead {
    struct telling places[AHEAD]; /* a ring */
    size_t added;                 /* in all */
    struct in_order *order;
};

static void tell_one(void *context, void *piece)
{
    struct telling *one = piece;
    (void)context;
    stays_tell(&one->about, &one->arena, &one->told);
}

struct telling_ahead *telling_ahead_begin(void)
{
    struct telling_ahead *t = mem_alloc(sizeof *t);
    for (size_t i = 0; i < AHEAD; i++)
        arena_init(&t->places[i].arena);
    t->order = in_order_with_places(AHEAD, tell_one, NULL);
    in_order_start(t->order, in_order_processors_within(THREADS_LIMIT));
    return t;
}

void telling_ahead_end(struct telling_ahead *t)
{
    if (!t)
        return;
    while (in_order_cancel(t->order))
        ;
    in_order_free(t->order);
    for (size_t i = 0; i < AHEAD; i++)
        arena_release(&t->places[i].arena);
    mem_free(t);
}

struct telling *telling_ahead_place(struct telling_ahead *t)
{
    if (!in_order_has_room(t->order))
        return NULL;
    struct telling *one = &t->places[t->added % AHEAD];
    *one = (struct telling){.arena = one->arena};
    return one;
}

void telling_ahead_add(struct telling_ahead *t)
{
    in_order_add(t->order, &t->places[t->added++ % AHEAD]);
}

struct telling *telling_ahead_first(struct telling_ahead *t)
{
    return in_order_first(t->order);
}

void telling_ahead_forget(struct telling_ahead *t)
{
    struct telling *one = in_order_take(t->order);
    arena_release(&one->arena);
}

#include "base/progress.h"

#include <unistd.h>

void progress_begin(struct progress *p, const char *title, size_t total)
{
    *p = (struct progress){.title = title, .total = total, .terminal = isatty(STDERR_FILENO)};
    clock_gettime(CLOCK_MONOTONIC, &p->began);
    p->drawn = p->began;
}

static long milliseconds(struct timespec from, struct timespec to)
{
    return (to.tv_sec - from.tv_sec) * 1000L + (to.tv_nsec - from.tv_nsec) / 1000000L;
}

void progress_step(struct progress *p, size_t done)
{
    enum { WIDTH = 30 };
    p->done = done;
    if (!p->terminal)
        return;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (milliseconds(p->began, now) < 1000 || milliseconds(p->drawn, now) < 100)
        return;
    p->drawn = now;
    p->shown = true;
    if (!p->total) {
        fprintf(stderr, "\r\033[K%s  %zu", p->title, done);
        return;
    }
    size_t filled = done >= p->total ? WIDTH : done * WIDTH / p->total;
    fprintf(stderr, "\r\033[K%s  [", p->title);
    for (size_t i = 0; i < WIDTH; i++)
        fputs(i < filled ? "█" : "·", stderr);
    fprintf(stderr, "] %zu of %zu", done, p->total);
}

void progress_end(struct progress *p)
{
    if (p->shown)
        fputs("\r\033[K", stderr);
    p->shown = false;
}

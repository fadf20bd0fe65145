#include "publish/estimate_plot_int.h"

#include <math.h>

#include "publish/estimate_words.h"

enum { WIDTH = 640, HEIGHT = 200, FOOT = 24, ROW_WIDTH = 320, ROW_HEIGHT = 18, BARS = 60 };

static void widen(struct people_axis *axis, double people)
{
    if (!(people > 0) || !isfinite(people))
        return;
    axis->least = fmin(axis->least, people);
    axis->most = fmax(axis->most, people);
}

struct people_axis axis_of(const struct assessment *a)
{
    double documented = (double)a->overlap->total;
    struct people_axis axis = {documented, documented};
    for (size_t i = 0; i < METHODS; i++) {
        widen(&axis, a->estimates[i].low);
        widen(&axis, fmin(a->estimates[i].high, 1000 * documented));
    }
    for (size_t i = 0; i < a->scenarios_count; i++) {
        widen(&axis, a->scenarios[i].latent.low);
        widen(&axis, fmin(a->scenarios[i].latent.high, 1000 * documented));
    }
    axis.least /= 1.05;
    axis.most *= 1.05;
    return axis;
}

static double place(const struct people_axis *axis, double people, double width)
{
    double share = log(people / axis->least) / log(axis->most / axis->least);
    return width * fmin(fmax(share, 0), 1);
}

void plot_interval(struct buf *out, const struct people_axis *axis, const struct estimate *e,
                   double documented)
{
    double mark = place(axis, documented, ROW_WIDTH);
    buf_print(out,
              "<svg class=\"row\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\" focusable=\"false\">"
              "<path class=\"documented\" d=\"M%.1f 0V%d\"/>",
              ROW_WIDTH, ROW_HEIGHT, mark, ROW_HEIGHT);
    if (!isnan(e->low))
        buf_print(out, "<path class=\"interval\" d=\"M%.1f %dH%.1f\"/>",
                  place(axis, e->low, ROW_WIDTH), ROW_HEIGHT / 2, place(axis, e->high, ROW_WIDTH));
    if (!isnan(e->value))
        buf_print(out, "<circle class=\"estimate\" cx=\"%.1f\" cy=\"%d\" r=\"4\"/>",
                  place(axis, e->value, ROW_WIDTH), ROW_HEIGHT / 2);
    buf_add_text(out, "</svg>");
}

/* ---- the posterior ---- */

struct drawing {
    struct people_axis axis;
    double bars[BARS]; /* shares */
    double top;
};

static bool is_inside(const struct people_axis *axis, double people)
{
    return people >= axis->least && people <= axis->most;
}

/* the share that a bar there would have */
static double share_at(const struct drawing *d, const struct graph_density *g)
{
    return g->density * g->people * log(d->axis.most / d->axis.least) / BARS;
}

static void collect(const struct assessment *a, struct drawing *d)
{
    const struct latent *l = &a->latent;
    size_t all = l->chains * l->count;
    for (size_t i = 0; i < all; i++)
        if (is_inside(&d->axis, l->draws[i])) {
            double at = place(&d->axis, l->draws[i], BARS);
            d->bars[at < BARS ? (size_t)at : BARS - 1] += 1 / (double)all;
        }
    for (size_t i = 0; i < BARS; i++)
        d->top = fmax(d->top, d->bars[i]);
    for (size_t i = 0; i < a->graphs.densities_count; i++)
        if (is_inside(&d->axis, a->graphs.densities[i].people))
            d->top = fmax(d->top, share_at(d, &a->graphs.densities[i]));
}

static void draw_line(struct buf *out, const struct drawing *d, const struct graph_posterior *p)
{
    bool begun = false;
    for (size_t i = 0; i < p->densities_count; i++) {
        const struct graph_density *g = &p->densities[i];
        if (!is_inside(&d->axis, g->people))
            continue;
        buf_print(out, "%s%.1f %.1f", begun ? "L" : "<path class=\"graphs\" d=\"M",
                  place(&d->axis, g->people, WIDTH),
                  (HEIGHT - FOOT) * (1 - share_at(d, g) / d->top));
        begun = true;
    }
    buf_add_text(out, begun ? "\"/>" : "");
}

/* 1, 2 or 5 times a power of ten, as many as there is room for */
static void draw_ticks(struct buf *out, const struct voice *v, const struct people_axis *axis)
{
    static const double steps[] = {1, 2, 5};
    struct arena arena;
    double last = -100;
    arena_init(&arena);
    for (double power = 1; power <= axis->most; power *= 10)
        for (size_t i = 0; i < COUNT_OF(steps); i++) {
            double people = power * steps[i], x = place(axis, people, WIDTH);
            if (!is_inside(axis, people) || x - last < 80 || x < 20 || x > WIDTH - 30)
                continue;
            struct str number = people_words(v, &arena, people);
            buf_print(out,
                      "<path class=\"tick\" d=\"M%.1f %dv4\"/>"
                      "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.*s</text>",
                      x, HEIGHT - FOOT, x, HEIGHT - 6, STR_ARG(number));
            last = x;
        }
    arena_release(&arena);
}

void plot_posterior(struct buf *out, const struct voice *v, const struct assessment *a)
{
    struct drawing d = {.axis = axis_of(a)};
    double width = (double)WIDTH / BARS;
    collect(a, &d);
    buf_print(out,
              "<svg class=\"plot\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\" focusable=\"false\">",
              WIDTH, HEIGHT);
    for (size_t i = 0; i < BARS; i++) {
        double height = (HEIGHT - FOOT) * d.bars[i] / d.top;
        if (height >= 0.05)
            buf_print(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                      (double)i * width, HEIGHT - FOOT - height, width - 1, height);
    }
    draw_line(out, &d, &a->graphs);
    double mark = place(&d.axis, (double)a->overlap->total, WIDTH);
    buf_print(out,
              "<path class=\"documented\" d=\"M%.1f 0V%d\"/><path class=\"axis\" d=\"M0 %dH%d\"/>",
              mark, HEIGHT - FOOT, HEIGHT - FOOT, WIDTH);
    draw_ticks(out, v, &d.axis);
    buf_add_text(out, "</svg>");
}

/* ---- the chains ---- */

void plot_trace(struct buf *out, const struct assessment *a)
{
    const struct latent *l = &a->latent;
    struct people_axis axis = axis_of(a);
    size_t stride = l->count > 300 ? l->count / 300 : 1;
    buf_print(out,
              "<svg class=\"plot trace\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\" "
              "focusable=\"false\">",
              WIDTH, HEIGHT);
    for (size_t c = 0; c < l->chains; c++) {
        buf_print(out, "<path class=\"chain chain-%zu\" d=\"", c % 4);
        for (size_t i = 0; i < l->count; i += stride) {
            double height = place(&axis, l->draws[c * l->count + i], HEIGHT);
            buf_print(out, "%s%.1f %.1f", i ? "L" : "M",
                      (double)WIDTH * (double)i / (double)l->count, HEIGHT - height);
        }
        buf_add_text(out, "\"/>");
    }
    buf_add_text(out, "</svg>");
}

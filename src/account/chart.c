#include "account/chart.h"

enum { ARROW = 4, TICKS = 4 };

struct line {
    const char **cells;
    size_t width;
};

static int64_t step_of(int64_t largest)
{
    int64_t unit = 1;
    while (unit <= largest / TICKS / 10)
        unit *= 10;
    for (;; unit *= 10) {
        static const int64_t factors[] = {1, 2, 5};
        for (size_t i = 0; i < COUNT_OF(factors); i++)
            if (unit * factors[i] * TICKS >= largest)
                return unit * factors[i];
    }
}

struct chart chart_of(int64_t largest, size_t width)
{
    struct chart c = {.width = width > CHART_WIDTH_MIN ? width : CHART_WIDTH_MIN};
    largest = largest > 0 ? largest : 1;
    c.step = step_of(largest);
    c.end = c.step * ((largest + c.step - 1) / c.step);
    int64_t columns = (int64_t)c.width;
    if (largest * (columns - 1) > c.end * (columns - ARROW))
        c.end += c.step;
    return c;
}

int64_t chart_largest(const struct figure *f)
{
    return f->high > f->low ? f->high : f->low;
}

static size_t column(const struct chart *c, int64_t count)
{
    double share = (double)count / (double)c->end;
    size_t at = (size_t)(share * (double)(c->width - 1) + 0.5);
    return at < c->width ? at : c->width - 1;
}

static struct line line_begin(const struct chart *c)
{
    struct line line = {mem_resize_array(NULL, c->width, sizeof(char *)), c->width};
    for (size_t i = 0; i < line.width; i++)
        line.cells[i] = " ";
    return line;
}

static void line_fill(struct line *line, size_t from, size_t to, const char *mark)
{
    for (size_t i = from; i < to; i++)
        line->cells[i] = mark;
}

static void line_end(struct line *line, struct buf *out)
{
    for (size_t i = 0; i < line->width; i++)
        buf_add_text(out, line->cells[i]);
    mem_free(line->cells);
}

static void draw_up_to(struct line *line, size_t at)
{
    size_t from = at >= ARROW - 1 ? at - (ARROW - 1) : 0;
    line_fill(line, from, at, "─");
    if (from < at)
        line->cells[from] = "◀";
    line->cells[at] = "┤";
}

static void draw_at_least(struct line *line, size_t at, const char *mark)
{
    size_t last = at + ARROW - 1 < line->width ? at + ARROW - 1 : line->width - 1;
    line_fill(line, at, last, "─");
    line->cells[last] = "▶";
    if (at < last)
        line->cells[at] = mark;
}

static void draw_range(struct line *line, size_t from, size_t to)
{
    line_fill(line, from, to, "─");
    line->cells[from] = from == to ? "│" : "├";
    if (from < to)
        line->cells[to] = "┤";
}

static void draw_near(struct line *line, const struct chart *c, const struct figure *f)
{
    struct interval near = figure_interval(f);
    line_fill(line, column(c, near.low), column(c, near.high) + 1, "┄");
    line->cells[column(c, f->low)] = "│";
}

void chart_bar(struct buf *out, const struct chart *c, const struct figure *f)
{
    chart_steps(out, c, f, NULL, 0);
}

void chart_steps(struct buf *out, const struct chart *c, const struct figure *f,
                 const int64_t *steps, size_t count)
{
    struct line line = line_begin(c);
    switch (f->bound) {
    case BOUND_UP_TO:
        draw_up_to(&line, column(c, f->high));
        break;
    case BOUND_AT_LEAST:
        draw_at_least(&line, column(c, f->low), "├");
        break;
    case BOUND_MORE_THAN:
        draw_at_least(&line, column(c, f->low), "╟");
        break;
    case BOUND_RANGE:
        draw_range(&line, column(c, f->low), column(c, f->high));
        break;
    case BOUND_ABOUT:
    case BOUND_NEARLY:
        draw_near(&line, c, f);
        break;
    case BOUND_EXACT:
        line.cells[column(c, f->low)] = "│";
        break;
    }
    for (size_t i = 0; i < count; i++)
        if (line.cells[column(c, steps[i])][0] == ' ')
            line.cells[column(c, steps[i])] = "·";
    line_end(&line, out);
}

void chart_axis(struct buf *out, const struct chart *c)
{
    struct line line = line_begin(c);
    line_fill(&line, 0, c->width, "─");
    for (int64_t tick = 0; tick <= c->end; tick += c->step)
        line.cells[column(c, tick)] = tick == 0 ? "└" : tick == c->end ? "┘" : "┴";
    line_end(&line, out);
}

void chart_ticks(struct buf *out, const struct chart *c, struct arena *arena)
{
    size_t at = 0;
    for (int64_t tick = 0; tick <= c->end; tick += c->step) {
        struct str number = count_write(arena, tick);
        size_t middle = column(c, tick);
        size_t from = middle > number.len / 2 ? middle - number.len / 2 : 0;
        if (from + number.len > c->width)
            from = c->width - number.len;
        if (at && from < at + 1)
            continue;
        for (; at < from; at++)
            buf_add_byte(out, ' ');
        buf_add(out, number);
        at += number.len;
    }
    for (; at < c->width; at++)
        buf_add_byte(out, ' ');
}

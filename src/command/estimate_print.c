#include "command/estimate_print.h"

#include <math.h>

#include "command/list.h"
#include "publish/estimate_words.h"

struct printer {
    const struct voice *voice;
    struct arena *arena;
};

static void title(const char *text)
{
    printf("\n%s%s%s\n", paint(PAINT_BOLD), text, paint(PAINT_NONE));
}

static struct str people(const struct printer *p, double count)
{
    return people_words(p->voice, p->arena, count);
}

static struct str aligned(const struct printer *p, struct str number, size_t width)
{
    size_t shown = show_width(number);
    int blanks = shown < width ? (int)(width - shown) : 0;
    return arena_print(p->arena, "%*s%.*s", blanks, "", STR_ARG(number));
}

/* ---- the table ---- */

static struct str marks_of(const struct printer *p, const struct overlap *o, uint32_t lists)
{
    struct str line = STR("");
    for (size_t i = 0; i < o->lists; i++) {
        size_t width = show_width(o->names[i]);
        struct str mark = lists >> i & 1 ? STR("x") : STR("·");
        line = arena_print(p->arena, "%.*s%.*s%*s", STR_ARG(line), STR_ARG(mark),
                           (int)(width < 1 ? 1 : width) + 1, "");
    }
    return line;
}

static void print_cells(const struct printer *p, const struct overlap *o)
{
    struct buf line;
    buf_init(&line, 1 << 16);
    buf_add_text(&line, "  ");
    for (size_t i = 0; i < o->lists; i++) {
        list_text(&line, o->names[i]);
        buf_add_text(&line, "  ");
    }
    printf("%.*speople\n", STR_ARG(buf_str(&line)));
    buf_release(&line);
    for (size_t i = 0; i < o->cells_count; i++) {
        struct str count = aligned(p, people(p, (double)o->cells[i].count), 6);
        printf("  %.*s%.*s\n", STR_ARG(marks_of(p, o, o->cells[i].lists)), STR_ARG(count));
    }
}

static void print_pairs(const struct printer *p, const struct overlap *o)
{
    struct list list = {.arena = p->arena, .indent = 2};
    title("Pairs of lists");
    for (size_t i = 0; i < o->lists; i++)
        for (size_t k = i + 1; k < o->lists; k++) {
            uint32_t both = UINT32_C(1) << i | UINT32_C(1) << k;
            int64_t count = overlap_margin(o, both);
            struct list_row *row = list_add(&list);
            row->cells[0] = overlap_name(o, both, p->arena);
            row->cells[1] = aligned(p, people(p, (double)count), 8);
            row->cells[2] = count ? STR("") : STR("empty: nobody is on both");
        }
    list_print(&list);
}

/* ---- what came of it ---- */

static void add_estimate(const struct printer *p, struct list *list, struct str name,
                         const struct estimate *e, struct str remark)
{
    struct list_row *row = list_add(list);
    row->cells[0] = name;
    row->cells[1] = aligned(p, people(p, e->value), 10);
    row->cells[2] = interval_words(p->voice, p->arena, e);
    row->cells[3] = remark;
}

static void print_methods(const struct printer *p, const struct assessment *a)
{
    struct list list = {.arena = p->arena, .indent = 2};
    title("What the methods say, with their intervals of 95%");
    for (size_t i = 0; i < METHODS; i++)
        if (!isnan(a->estimates[i].value))
            add_estimate(p, &list, method_words(p->voice, (enum method)i), &a->estimates[i],
                         STR(""));
    list_print(&list);
    printf("  lower bounds after Chao, no estimates: %.*s; %.*s with lists unlike\n",
           STR_ARG(people(p, a->bounds.corrected)), STR_ARG(people(p, a->bounds.unlike)));
}

static void print_models(const struct printer *p, const struct assessment *a)
{
    struct list list = {.arena = p->arena, .indent = 2, .flexible = 1u << 2};
    if (!a->catalogue.estimable)
        return;
    title("The models that the table prefers");
    for (size_t i = 0; i < a->catalogue.estimable && i < MODELS_SHOWN; i++) {
        const struct candidate *c = &a->catalogue.candidates[i];
        struct list_row *row = list_add(&list);
        double behind = c->fit.bic - a->catalogue.candidates[0].fit.bic;
        row->cells[0] = arena_print(p->arena, "ΔBIC %5.2f", behind);
        row->cells[1] = aligned(p, people(p, c->fit.estimate), 10);
        row->cells[2] = model_name(a->overlap, &c->model, p->arena);
    }
    list_print(&list);
    printf("  %zu models fitted, %zu with an estimate\n", a->catalogue.count,
           a->catalogue.estimable);
}

static void print_scenarios(const struct printer *p, const struct assessment *a)
{
    struct list list = {.arena = p->arena, .indent = 2};
    title("What one change does");
    for (size_t i = 0; i < a->scenarios_count; i++) {
        const struct scenario *s = &a->scenarios[i];
        struct str remark = s->settled ? STR("") : STR("chains not settled");
        if (!isnan(s->stepwise.value))
            remark = arena_print(p->arena, "stepwise %.*s  %.*s",
                                 STR_ARG(people(p, s->stepwise.value)), STR_ARG(remark));
        add_estimate(p, &list, change_words(p->voice, p->arena, a->overlap, s), &s->latent, remark);
    }
    list_print(&list);
}

static void print_chains(const struct printer *p, const struct assessment *a)
{
    const struct diagnosis *d = &a->latent.diagnosis;
    title("Chains of the latent classes");
    printf(
        "  %zu of %zu draws; R\u0302 %.4f; effective draws %.*s in the middle, %.*s in the tails\n",
        a->latent.chains, a->latent.count, d->shrink, STR_ARG(people(p, d->bulk)),
        STR_ARG(people(p, d->tail)));
    printf("  Monte Carlo error of the mean %.1f; posterior predictive check %.2f\n", d->error,
           a->latent.predictive);
}

static void print_dependences(const struct printer *p, const struct assessment *a)
{
    struct list list = {.arena = p->arena, .indent = 2};
    title("A range over assumptions: if being on one list multiplies the odds of the other by");
    for (size_t i = 0; i < DEPENDENCES; i++) {
        struct list_row *row = list_add(&list);
        row->cells[0] = arena_print(p->arena, "%g", a->dependences[i].ratio);
        row->cells[1] = aligned(p, people(p, a->dependences[i].people), 10);
    }
    list_print(&list);
}

static void print_ruling(const struct printer *p, const struct assessment *a)
{
    struct str words = ruling_words(p->voice, a->ruling);
    printf("\n%s%.*s%s\n", paint(PAINT_BOLD), STR_ARG(words), paint(PAINT_NONE));
    if (a->ruling == RULING_REPORT)
        list_paragraph(arena_print(p->arena, "%.*s in all, of whom %.*s are documented.",
                                   STR_ARG(interval_words(p->voice, p->arena, &a->reported)),
                                   STR_ARG(people(p, (double)a->overlap->total))),
                       2, NULL, 0);
    for (size_t i = 0; i < a->reasons_count; i++)
        list_paragraph(reason_words(p->voice, p->arena, a->overlap, &a->reasons[i]), 2, NULL, 0);
    title("Always");
    for (size_t i = 0; i < ASSUMPTIONS; i++)
        list_paragraph(assumption_words(p->voice, i), 2, NULL, 0);
}

static void print_heading(const struct printer *p, const struct overlap *o)
{
    struct buf line;
    buf_init(&line, 1 << 16);
    if (o->stratum.len) {
        list_text(&line, o->stratum);
        buf_add_text(&line, " · ");
    }
    struct str count = people(p, (double)o->total);
    buf_print(&line, "%.*s documented, on %zu lists", STR_ARG(count), o->lists);
    printf("%s%.*s%s\n", paint(PAINT_BOLD), STR_ARG(buf_str(&line)), paint(PAINT_NONE));
    buf_release(&line);
}

void estimate_print(const struct voice *v, const struct assessment *a)
{
    struct arena arena;
    const struct printer p = {v, &arena};
    arena_init(&arena);
    print_heading(&p, a->overlap);
    print_cells(&p, a->overlap);
    print_pairs(&p, a->overlap);
    if (a->overlap->lists == 2)
        print_dependences(&p, a);
    if (a->ruling != RULING_REFUSE) {
        print_methods(&p, a);
        print_models(&p, a);
        print_scenarios(&p, a);
    }
    if (a->latent.count)
        print_chains(&p, a);
    print_ruling(&p, a);
    arena_release(&arena);
}

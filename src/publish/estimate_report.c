#include "publish/estimate_report.h"

#include <math.h>

#include "publish/estimate_plot_int.h"
#include "publish/estimate_words.h"
#include "publish/out.h"

struct report {
    const struct voice *voice;
    const struct estimate_source *source;
    struct arena *arena;
    struct buf *out;
};

static const char style[] =
    "<style>\n"
    ":root{--ink:#1b1b1b;--soft:#666;--line:#bbb;--paper:#fff;--fill:#7b8fa8;--mark:#8a5a00}\n"
    "body{font:16px/1.5 Vazirmatn,system-ui,sans-serif;color:var(--ink);background:var(--paper);"
    "max-width:46rem;margin:2rem auto;padding:0 1rem}\n"
    "h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.2rem;margin-top:2rem}"
    "h3{font-size:1rem;margin-top:1.5rem}\n"
    "table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}\n"
    "th,td{border-bottom:1px solid var(--line);padding:.2rem .5rem;text-align:start;"
    "vertical-align:middle}\n"
    "td.number,th.number{text-align:end;white-space:nowrap}.scroll{overflow-x:auto}\n"
    ".verdict{border-inline-start:6px solid var(--ink);padding:.2rem 1rem;margin:1rem 0}\n"
    ".verdict strong{font-size:1.2rem}.hero{font-size:1.4rem;margin:.5rem 0}\n"
    "svg{display:block;width:100%;height:auto;direction:ltr}svg.row{min-width:10rem}"
    "svg text{font-size:12px;fill:currentColor}\n"
    "svg.plot{max-width:40rem}rect{fill:var(--fill)}path{fill:none;stroke:currentColor}\n"
    "path.documented{stroke:var(--mark);stroke-width:2;stroke-dasharray:4 3}"
    "path.interval{stroke-width:3}path.graphs{stroke-width:2}\n"
    "path.chain{stroke-width:.7}path.chain-1{stroke-opacity:.75}path.chain-2{stroke-opacity:.5}"
    "path.chain-3{stroke-opacity:.35}\n"
    ".note{color:var(--soft)}.hash{overflow-wrap:anywhere}\n"
    "@media print{body{margin:0;max-width:none}h2,h3{break-after:avoid}tr,svg{break-inside:avoid}}\n"
    "</style>\n";

static struct str say_people(const struct report *r, double people)
{
    return people_words(r->voice, r->arena, people);
}

static void heading(const struct report *r, struct str text)
{
    OUT(r->out, "<h3>{}</h3>\n", text);
}

static void note(const struct report *r, struct str text)
{
    OUT(r->out, "<p class=\"note\">{}</p>\n", text);
}

/* ---- the table ---- */

static bool is_smaller(const struct overlap *o, size_t a, size_t b)
{
    return o->cells[a].count < o->cells[b].count;
}

void cells_hide(const struct overlap *o, bool *hidden)
{
    size_t count = 0, next = SIZE_MAX;
    for (size_t i = 0; i < o->cells_count; i++) {
        hidden[i] = o->cells[i].count <= SMALL_CELL;
        count += hidden[i];
        if (!hidden[i] && (next == SIZE_MAX || is_smaller(o, i, next)))
            next = i;
    }
    if (count == 1 && next != SIZE_MAX)
        hidden[next] = true;
}

/* what is too wide for a narrow page is scrolled, by keyboard too */
static void begin_scroll(const struct report *r, struct str label)
{
    OUT(r->out, "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"{}\">", label);
}

static void write_cells(const struct report *r, const struct overlap *o, const bool *hidden)
{
    heading(r, SAY(r->voice, "Who is on which lists"));
    begin_scroll(r, SAY(r->voice, "Who is on which lists"));
    out_raw(r->out, "<table><thead><tr>");
    for (size_t i = 0; i < o->lists; i++)
        OUT(r->out, "<th scope=\"col\"><bdi>{}</bdi></th>", o->names[i]);
    OUT(r->out, "<th scope=\"col\" class=\"number\">{}</th></tr></thead>\n<tbody>\n",
        SAY(r->voice, "People"));
    for (size_t c = 0; c < o->cells_count; c++) {
        out_raw(r->out, "<tr>");
        for (size_t i = 0; i < o->lists; i++)
            OUT(r->out, "<td>{}</td>", o->cells[c].lists >> i & 1 ? STR("●") : STR("·"));
        struct str count = say_people(r, (double)o->cells[c].count);
        OUT(r->out, "<td class=\"number\">{}</td></tr>\n",
            hidden[c] ? SAY(r->voice, "not shown") : count);
    }
    out_raw(r->out, "</tbody></table></div>\n");
}

/* how many are on both; with hidden cells among them, how many at the least */
static struct str pair_words(const struct report *r, const struct overlap *o, const bool *hidden,
                             uint32_t both)
{
    int64_t sum = 0;
    bool whole = true;
    for (size_t c = 0; c < o->cells_count; c++) {
        if ((o->cells[c].lists & both) != both)
            continue;
        sum += hidden[c] ? 1 : o->cells[c].count;
        whole &= !hidden[c];
    }
    if (!sum)
        return SAY(r->voice, "nobody");
    struct str count = say_people(r, (double)sum);
    return whole ? count : arena_print(r->arena, "≥ %.*s", STR_ARG(count));
}

static void write_pairs(const struct report *r, const struct overlap *o, const bool *hidden)
{
    heading(r, SAY(r->voice, "Pairs of lists"));
    out_raw(r->out, "<table><tbody>\n");
    for (size_t i = 0; i < o->lists; i++)
        for (size_t k = i + 1; k < o->lists; k++) {
            uint32_t both = UINT32_C(1) << i | UINT32_C(1) << k;
            OUT(r->out,
                "<tr><th scope=\"row\"><bdi>{}</bdi> × <bdi>{}</bdi></th>"
                "<td class=\"number\">{}</td></tr>\n",
                o->names[i], o->names[k], pair_words(r, o, hidden, both));
        }
    out_raw(r->out, "</tbody></table>\n");
}

static void write_table(const struct report *r, const struct overlap *o)
{
    bool hidden[(size_t)1 << OVERLAP_LISTS_LIMIT] = {false}, any = false;
    if (!r->source->small_cells)
        cells_hide(o, hidden);
    for (size_t c = 0; c < o->cells_count; c++)
        any |= hidden[c];
    write_cells(r, o, hidden);
    write_pairs(r, o, hidden);
    if (any)
        note(r, SAY(r->voice, "Cells of few people are not shown, so that nobody is given away."));
}

/* ---- what came of it ---- */

static void write_verdict(const struct report *r, const struct assessment *a)
{
    OUT(r->out, "<div class=\"verdict\"><p><strong>{}</strong></p>\n",
        ruling_words(r->voice, a->ruling));
    if (a->reasons_count)
        out_raw(r->out, "<ul>\n");
    for (size_t i = 0; i < a->reasons_count; i++)
        OUT(r->out, "<li>{}</li>\n", reason_words(r->voice, r->arena, a->overlap, &a->reasons[i]));
    out_raw(r->out, a->reasons_count ? "</ul></div>\n" : "</div>\n");
}

static void write_row(const struct report *r, const struct assessment *a,
                      const struct people_axis *axis, struct str name, const struct estimate *e)
{
    OUT(r->out,
        "<tr><th scope=\"row\"><bdi>{}</bdi></th><td class=\"number\">{}</td>"
        "<td class=\"number\">{}</td><td>",
        name, say_people(r, e->value), interval_words(r->voice, r->arena, e));
    plot_interval(r->out, axis, e, (double)a->overlap->total);
    out_raw(r->out, "</td></tr>\n");
}

static void begin_rows(const struct report *r, struct str first)
{
    begin_scroll(r, first);
    OUT(r->out,
        "<table><thead><tr><th scope=\"col\">{}</th>"
        "<th scope=\"col\" class=\"number\">{}</th><th scope=\"col\" class=\"number\">{}</th>"
        "<td></td></tr></thead>\n<tbody>\n",
        first, SAY(r->voice, "Estimate"), SAY(r->voice, "interval (95%)"));
}

static void write_methods(const struct report *r, const struct assessment *a)
{
    struct people_axis axis = axis_of(a);
    heading(r, SAY(r->voice, "What the methods say"));
    begin_rows(r, SAY(r->voice, "Method"));
    for (size_t i = 0; i < METHODS; i++)
        if (!isnan(a->estimates[i].value))
            write_row(r, a, &axis, method_words(r->voice, (enum method)i), &a->estimates[i]);
    out_raw(r->out, "</tbody></table></div>\n");
    out_raw(r->out, "<p>");
    OUT_SENTENCE(r->out, SAY(r->voice, "Lower bounds after Chao, and no estimates: {1}, {2}."),
                 say_people(r, a->bounds.corrected), say_people(r, a->bounds.unlike));
    out_raw(r->out, "</p>\n");
    note(r, SAY(r->voice, "The dashed line is the documented count."));
}

static void write_models(const struct report *r, const struct assessment *a)
{
    if (!a->catalogue.estimable)
        return;
    heading(r, SAY(r->voice, "The models that the table prefers"));
    OUT(r->out,
        "<table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\" class=\"number\">ΔBIC</th>"
        "<th scope=\"col\" class=\"number\">{}</th></tr></thead>\n<tbody>\n",
        SAY(r->voice, "Lists that depend on each other"), SAY(r->voice, "Estimate"));
    for (size_t i = 0; i < a->catalogue.estimable && i < MODELS_SHOWN; i++) {
        const struct candidate *c = &a->catalogue.candidates[i];
        double behind = c->fit.bic - a->catalogue.candidates[0].fit.bic;
        OUT(r->out,
            "<tr><th scope=\"row\"><bdi>{}</bdi></th><td class=\"number\"><bdi>{}</bdi></td>"
            "<td class=\"number\">{}</td></tr>\n",
            c->model.count ? model_name(a->overlap, &c->model, r->arena) : SAY(r->voice, "none"),
            arena_print(r->arena, "%.2f", behind), say_people(r, c->fit.estimate));
    }
    out_raw(r->out, "</tbody></table>\n");
}

static void write_scenarios(const struct report *r, const struct assessment *a)
{
    struct people_axis axis = axis_of(a);
    heading(r, SAY(r->voice, "What one change does"));
    begin_rows(r, SAY(r->voice, "Changed"));
    write_row(r, a, &axis, SAY(r->voice, "nothing"), &a->estimates[METHOD_LATENT]);
    for (size_t i = 0; i < a->scenarios_count; i++) {
        const struct scenario *s = &a->scenarios[i];
        struct str name = change_words(r->voice, r->arena, a->overlap, s);
        if (!s->settled)
            name = arena_print(r->arena, "%.*s (%.*s)", STR_ARG(name),
                               STR_ARG(SAY(r->voice, "chains not settled")));
        write_row(r, a, &axis, name, &s->latent);
    }
    out_raw(r->out, "</tbody></table></div>\n");
}

static void write_dependences(const struct report *r, const struct assessment *a)
{
    heading(r, SAY(r->voice, "A range over assumptions"));
    OUT(r->out,
        "<table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\" class=\"number\">{}</th>"
        "</tr></thead>\n<tbody>\n",
        SAY(r->voice, "Being on one list multiplies the odds to be on the other by"),
        SAY(r->voice, "People"));
    for (size_t i = 0; i < DEPENDENCES; i++)
        OUT(r->out, "<tr><th scope=\"row\"><bdi>{}</bdi></th><td class=\"number\">{}</td></tr>\n",
            arena_print(r->arena, "%g", a->dependences[i].ratio),
            say_people(r, a->dependences[i].people));
    out_raw(r->out, "</tbody></table>\n");
}

static void write_chains(const struct report *r, const struct assessment *a)
{
    const struct latent *l = &a->latent;
    heading(r, SAY(r->voice, "The chains of the latent classes"));
    plot_trace(r->out, a);
    out_raw(r->out, "<p>");
    OUT_SENTENCE(r->out,
                 SAY(r->voice, "{1} chains of {2} draws; R̂ {3}; effective draws {4} in the middle, "
                               "{5} in the tails; Monte Carlo error of the mean {6}; posterior "
                               "predictive check {7}."),
                 say_people(r, (double)l->chains), say_people(r, (double)l->count),
                 arena_print(r->arena, "%.4f", l->diagnosis.shrink),
                 say_people(r, l->diagnosis.bulk), say_people(r, l->diagnosis.tail),
                 arena_print(r->arena, "%.1f", l->diagnosis.error),
                 arena_print(r->arena, "%.2f", l->predictive));
    out_raw(r->out, "</p>\n");
}

static void write_hero(const struct report *r, const struct assessment *a)
{
    struct str documented = say_people(r, (double)a->overlap->total);
    out_raw(r->out, "<p class=\"hero\">");
    OUT_SENTENCE(r->out, SAY(r->voice, "Documented: {1}."), documented);
    if (a->ruling == RULING_REPORT) {
        out_raw(r->out, " ");
        OUT_SENTENCE(r->out, SAY(r->voice, "Estimated in all: {1} (95%)."),
                     interval_words(r->voice, r->arena, &a->reported));
    }
    out_raw(r->out, "</p>\n");
    if (a->ruling == RULING_REPORT)
        note(r, SAY(r->voice, "The interval is the widest that two priors of the latent classes "
                              "give. If it errs, it is rather too low."));
}

static void write_assessment(const struct report *r, const struct assessment *a)
{
    if (a->overlap->stratum.len)
        OUT(r->out, "<h2><bdi>{}</bdi></h2>\n", a->overlap->stratum);
    write_hero(r, a);
    write_verdict(r, a);
    write_table(r, a->overlap);
    if (a->overlap->lists == 2)
        write_dependences(r, a);
    if (a->latent.count)
        write_chains(r, a);
    if (a->ruling == RULING_REFUSE)
        return;
    write_methods(r, a);
    heading(r, SAY(r->voice, "The posterior"));
    plot_posterior(r->out, r->voice, a);
    note(r, SAY(r->voice, "Bars: latent classes. Line: decomposable graphs, where they serve."));
    write_models(r, a);
    write_scenarios(r, a);
}

static void write_strata(const struct report *r, const struct assessment *all, size_t count)
{
    if (count < 2)
        return;
    OUT(r->out,
        "<table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\" class=\"number\">{}"
        "</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>\n",
        SAY(r->voice, "Stratum"), SAY(r->voice, "Documented"), SAY(r->voice, "Estimate"));
    for (size_t i = 0; i < count; i++)
        OUT(r->out,
            "<tr><th scope=\"row\"><bdi>{}</bdi></th><td class=\"number\">{}</td><td>{}</td></tr>\n",
            all[i].overlap->stratum, say_people(r, (double)all[i].overlap->total),
            all[i].ruling == RULING_REPORT ? interval_words(r->voice, r->arena, &all[i].reported)
                                           : ruling_words(r->voice, all[i].ruling));
    out_raw(r->out, "</tbody></table>\n");
}

static void write_end(const struct report *r)
{
    OUT(r->out, "<h2>{}</h2>\n<ul>\n", SAY(r->voice, "What is assumed"));
    for (size_t i = 0; i < ASSUMPTIONS; i++)
        OUT(r->out, "<li>{}</li>\n", assumption_words(r->voice, i));
    OUT(r->out, "</ul>\n<h2>{}</h2>\n<p><bdi>{}</bdi></p>\n", SAY(r->voice, "To repeat it"),
        r->source->name);
    OUT(r->out, "<p class=\"hash\" dir=\"ltr\">SHA-256 {}</p>\n", r->source->hash);
    OUT(r->out, "<p dir=\"ltr\"><code>{}</code></p>\n<p dir=\"ltr\">govah {}</p>\n",
        r->source->command, str_of(GOVAH_VERSION));
}

void estimate_body(const struct voice *v, const struct estimate_source *source,
                   const struct assessment *all, size_t count, struct buf *out)
{
    struct arena arena;
    const struct report r = {v, source, &arena, out};
    arena_init(&arena);
    write_strata(&r, all, count);
    for (size_t i = 0; i < count; i++)
        write_assessment(&r, &all[i]);
    write_end(&r);
    arena_release(&arena);
}

void estimate_report(const struct voice *v, const struct estimate_source *source,
                     const struct assessment *all, size_t count, struct buf *out)
{
    OUT(out,
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<title>{3}</title>\n<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\">\n",
        language_code(v->language), language_right_to_left(v->language) ? STR("rtl") : STR("ltr"),
        SAY(v, "How many nobody recorded"));
    out_raw(out, style);
    OUT(out, "</head>\n<body>\n<h1>{}</h1>\n", SAY(v, "How many nobody recorded"));
    estimate_body(v, source, all, count, out);
    out_raw(out, "</body>\n</html>\n");
}

#include "command/match_report.h"

#include <math.h>

#include "match/write.h"
#include "publish/out.h"

enum { BINS = 48, BIN_LEAST = PAIR_SHOWN, TICK = 4, EXAMPLES = 12, SIZES = 12 };

static const char style[] =
    "<style>:root{color-scheme:light dark;--ink:#222;--paper:#fff;--hair:#ccc;--soft:#595959;"
    "--bar:#3d5a73}@media (prefers-color-scheme:dark){:root{--ink:#e8e4da;--paper:#17181a;"
    "--hair:#44474c;--soft:#aaa59a;--bar:#a3cbe3}}body{font:16px/1.5 system-ui,sans-serif;"
    "max-width:60rem;margin:2rem auto;padding:0 1rem;color:var(--ink);background:var(--paper)}"
    "div{overflow-x:auto}li,p{overflow-wrap:anywhere}table{border-collapse:collapse;margin:1rem 0}th,td{text-align:start;"
    "padding:.2rem .8rem .2rem 0;border-bottom:1px solid var(--hair);vertical-align:top}"
    "th.n,td.n{text-align:end;font-variant-numeric:tabular-nums}svg{max-width:100%;height:auto}"
    "rect{fill:var(--bar)}line{stroke:var(--ink)}text{font-size:10px;fill:var(--soft);"
    "text-anchor:middle}caption{text-align:start;font-weight:600}"
    "@media print{:root{--ink:#000;--paper:#fff}}</style>";

static struct str number(struct arena *a, double value)
{
    return arena_print(a, "%.1f", value);
}

static struct str count(struct arena *a, size_t value)
{
    return arena_print(a, "%zu", value);
}

static void write_notes(struct buf *out, struct arena *a, const struct matching *m)
{
    const struct list *l = m->list;
    OUT(out, "<p>{} records, {} people; {} records are of somebody who has more than one. ",
        count(a, l->records), count(a, m->clusters.count), count(a, m->clusters.joined));
    OUT(out, "{} pairs were looked at.</p><ul>", count(a, m->pairs_seen));
    for (size_t i = 0; i < l->notes_count; i++)
        OUT(out, "<li dir=\"auto\">{}</li>", l->notes[i]);
    out_raw(out, "</ul>");
}

static void write_odds(struct buf *out, struct arena *a, const struct matching *m)
{
    size_t bins[BINS] = {0}, most = 1;
    for (size_t i = 0; i < m->edges.count; i++) {
        float at = m->edges.all[i].odds - BIN_LEAST;
        size_t bin = at < 0 ? 0 : at >= BINS - 1 ? BINS - 1 : (size_t)at;
        bins[bin]++;
        most = bins[bin] > most ? bins[bin] : most;
    }
    out_raw(out, "<h2>Odds</h2><p>Pairs by the log2 of the odds that they are one person; the line "
                 "is at even odds, where pairs begin to join.</p><svg viewBox=\"0 0 496 130\" "
                 "role=\"img\" aria-label=\"how many pairs have which odds\">");
    for (size_t i = 0; i < BINS; i++) {
        double height = 100 * log2(1 + (double)bins[i]) / log2(1 + (double)most);
        OUT(out, "<rect x=\"{}\" y=\"{}\" width=\"9\" height=\"{}\"><title>{}</title></rect>",
            count(a, 8 + i * 10), number(a, 104 - height), number(a, height),
            arena_print(a, "%d: %zu", (int)i + BIN_LEAST, bins[i]));
    }
    OUT(out, "<line x1=\"{}\" x2=\"{}\" y1=\"0\" y2=\"106\"/>",
        count(a, 7 + (PAIR_THRESHOLD - BIN_LEAST) * 10),
        count(a, 7 + (PAIR_THRESHOLD - BIN_LEAST) * 10));
    for (int at = PAIR_SHOWN; at < BINS + PAIR_SHOWN; at += TICK)
        OUT(out, "<text x=\"{}\" y=\"120\">{}</text>",
            count(a, (size_t)(7 + (at - BIN_LEAST) * 10)), arena_print(a, "%d", at));
    OUT(out,
        "</svg><p>The tallest bar stands for {} pairs; heights are logarithms. Pairs below {} were "
        "not kept.</p>",
        count(a, most), arena_print(a, "%d", PAIR_SHOWN));
}

static void write_pair(struct buf *out, struct arena *a, const struct matching *m,
                       struct comparer *comparer, const struct edge *e)
{
    struct reason reasons[LIST_FEATURES];
    size_t all = pair_reasons(a, m, comparer, e->left, e->right, reasons);
    OUT(out,
        "<div><table><caption><bdi>{}</bdi> and <bdi>{}</bdi>: {} bits, probability {}</caption>"
        "<thead><tr><th>feature</th><th>left</th><th>right</th><th>level</th><th>bits</th></tr></thead><tbody>",
        record_id(m->list, e->left), record_id(m->list, e->right), number(a, (double)e->odds),
        arena_print(a, "%.3f", odds_probability((double)e->odds)));
    for (size_t i = 0; i < all; i++)
        OUT(out,
            "<tr><td>{}</td><td dir=\"auto\">{}</td><td dir=\"auto\">{}</td><td>{}</td><td class=\"n\">{}</td></tr>",
            str_of(m->list->features[reasons[i].feature].name), reasons[i].left, reasons[i].right,
            str_of(level_name(reasons[i].level)), number(a, (double)reasons[i].bits));
    out_raw(out, "</tbody></table></div>");
}

static void write_examples(struct buf *out, struct arena *a, const struct matching *m)
{
    struct comparer *comparer = comparer_new(m->list);
    size_t above = 0;
    while (above < m->edges.count && m->edges.all[above].odds >= PAIR_THRESHOLD)
        above++;
    size_t from = above > EXAMPLES / 2 ? above - EXAMPLES / 2 : 0;
    out_raw(out, "<h2>Pairs near the threshold</h2>");
    for (size_t i = from; i < m->edges.count && i < above + EXAMPLES / 2; i++) {
        if (i == from && i < above)
            out_raw(out, "<h3>just above</h3>");
        if (i == above)
            out_raw(out, "<h3>just below</h3>");
        write_pair(out, a, m, comparer, &m->edges.all[i]);
    }
    comparer_free(comparer);
}

static void write_weights(struct buf *out, struct arena *a, const struct matching *m)
{
    out_raw(
        out,
        "<h2>Weights</h2><p>Bits for or against one person; equal values weigh more by "
        "how rare they are, up to the bits shown behind the plus.</p><div><table><thead><tr><th>"
        "feature</th>");
    for (enum level k = LEVEL_SAME; k < LEVELS; k++)
        OUT(out, "<th>{}</th>", str_of(level_name(k)));
    out_raw(out, "</tr></thead><tbody>");
    for (size_t f = 0; f < m->list->features_count; f++) {
        OUT(out, "<tr><td>{}</td>", str_of(m->list->features[f].name));
        for (enum level k = LEVEL_SAME; k < LEVELS; k++)
            OUT(out, "<td class=\"n\">{}{}</td>", number(a, (double)m->model.weight[f][k]),
                k == LEVEL_SAME ? arena_print(a, " + %d", RARITY_LIMIT) : STR_NONE);
        out_raw(out, "</tr>");
    }
    out_raw(out, "</tbody></table></div>");
}

static void write_clusters(struct buf *out, struct arena *a, const struct matching *m)
{
    size_t records = m->list->records, sizes[SIZES] = {0};
    uint32_t *counts = mem_alloc((records + 1) * sizeof *counts);
    for (size_t i = 0; i < records; i++)
        counts[m->clusters.of[i]]++;
    for (size_t i = 0; i < records; i++)
        if (counts[i])
            sizes[counts[i] < SIZES ? counts[i] - 1 : SIZES - 1]++;
    mem_free(counts);
    out_raw(
        out,
        "<h2>Clusters</h2><table><thead><tr><th>records</th><th>people</th></tr></thead><tbody>");
    for (size_t i = 0; i < SIZES; i++)
        if (sizes[i])
            OUT(out, "<tr><td>{}</td><td class=\"n\">{}</td></tr>",
                arena_print(a, i + 1 < SIZES ? "%zu" : "%zu and more", i + 1), count(a, sizes[i]));
    OUT(out,
        "</tbody></table><p>The largest has {}. {} groups that pairs connect did not hold together "
        "and were cut.</p>",
        count(a, m->clusters.largest), count(a, m->clusters.cut));
}

static void write_blocks(struct buf *out, struct arena *a, const struct matching *m)
{
    const struct blocking *b = &m->blocking;
    out_raw(
        out,
        "<h2>Blocks</h2><p>Records that share what a rule names are compared; what several rules find counts "
        "for each. A block of more records than stand behind its rule is left to the other rules.</p><div><table>"
        "<thead><tr><th>records share</th><th class=\"n\">at most</th><th class=\"n\">blocks</th><th class=\"n\">pairs</th>"
        "<th class=\"n\">too large</th></tr></thead><tbody>");
    for (size_t r = 0; r < b->rules_count; r++)
        OUT(out,
            "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
            "class=\"n\">{}</td></tr>",
            str_of(b->rules[r].name), count(a, b->rules[r].limit), count(a, b->rules[r].blocks),
            count(a, b->rules[r].pairs), count(a, b->rules[r].too_large));
    out_raw(out, "</tbody></table></div>");
}

void match_report_write(struct buf *out, const struct matching *m)
{
    struct arena a;
    arena_init(&a);
    out_raw(
        out,
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width\"><title>Who is whom</title>");
    out_raw(out, style);
    out_raw(
        out,
        "</head><body><main><h1>Who is whom</h1><p>This page holds names: keep it as safe as the list.</p>");
    write_notes(out, &a, m);
    write_odds(out, &a, m);
    write_examples(out, &a, m);
    write_weights(out, &a, m);
    write_clusters(out, &a, m);
    write_blocks(out, &a, m);
    out_raw(out, "</main></body></html>\n");
    arena_release(&a);
}

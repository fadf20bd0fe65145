#include "command/audit_print.h"

#include "account/value.h"
#include "case/decided.h"
#include "command/list.h"
#include "text/edtf.h"

static struct str day_words(struct arena *arena, int64_t day)
{
    char text[16];
    edtf_write_day(day, text);
    return arena_copy(arena, str_of(text));
}

static bool has_number(const struct amnesty *a)
{
    return a->number.low != COUNT_NONE || a->number.high != COUNT_NONE;
}

static struct str number_words(struct arena *arena, const struct amnesty *a)
{
    if (!has_number(a))
        return STR("no number");
    struct str value = figure_value(arena, &a->number);
    return a->number_as_of.len
               ? arena_print(arena, "%.*s (said on %.*s)", STR_ARG(value), STR_ARG(a->number_as_of))
               : value;
}

/* ---- a person ---- */

static struct str rule_words(const struct audit_reason *r)
{
    return r->rule ? r->rule->words : STR("in prison on the eve");
}

static struct str met_words(struct arena *arena, const struct audit_reason *r)
{
    struct str id = r->view ? list_id(arena, &r->view->id, LIST_ID_DIGITS) : STR("");
    struct str words = rule_words(r);
    const char *how = r->decides          ? r->rule->excludes ? "left out" : "lacks what is needed"
                      : r->rule->excludes ? "not left out"
                                          : "has what is needed";
    return arena_print(arena, "%s: %.*s%s%.*s", how, STR_ARG(words), id.len ? "  " : "",
                       STR_ARG(id));
}

static bool same_want(const struct audit_reason *a, const struct audit_reason *b)
{
    return b->met == TRUTH_UNTOLD && b->decides && str_equal(a->missing, b->missing);
}

/* Of what leaves it open, the rules from `first` on that want the same. */
static void print_missing(const struct audit_person *p, size_t first, struct arena *arena)
{
    const struct audit_reason *r = &p->reasons[first];
    struct str all = rule_words(r);
    for (size_t i = 0; i < first; i++)
        if (same_want(r, &p->reasons[i]))
            return;
    for (size_t i = first + 1; i < p->reasons_count; i++) {
        struct str words = rule_words(&p->reasons[i]);
        if (same_want(r, &p->reasons[i]))
            all = arena_print(arena, "%.*s; %.*s", STR_ARG(all), STR_ARG(words));
    }
    list_paragraph(arena_print(arena, "missing: %.*s (%.*s)", STR_ARG(r->missing), STR_ARG(all)), 6,
                   NULL, 0);
}

/* What the record is silent about and nothing is made of. */
static void print_silent(const struct audit_person *p, struct arena *arena)
{
    struct str all = STR("");
    for (size_t i = 0; i < p->reasons_count; i++) {
        const struct audit_reason *r = &p->reasons[i];
        struct str words = rule_words(r);
        if (r->met == TRUTH_UNTOLD && !r->decides)
            all =
                arena_print(arena, "%.*s%s%.*s", STR_ARG(all), all.len ? "; " : "", STR_ARG(words));
    }
    if (all.len)
        list_paragraph(arena_print(arena, "the record is silent, and nothing is made of it: %.*s",
                                   STR_ARG(all)),
                       6, NULL, 0);
}

static struct str occurrence_words(struct arena *arena, const struct case_occurrence *o)
{
    struct str event = label_words(arena, o->event);
    struct str id = list_id(arena, &o->views[0]->id, LIST_ID_DIGITS);
    return arena_print(arena, "%.*s%s%.*s  %.*s", STR_ARG(event), o->date.len ? " " : "",
                       STR_ARG(o->date), STR_ARG(id));
}

static void print_since(const struct audit_person *p, struct arena *arena)
{
    if (p->out)
        list_paragraph(arena_print(arena, "left: %.*s", STR_ARG(occurrence_words(arena, p->out))),
                       6, NULL, 0);
    for (size_t i = 0; i < p->terms_count; i++)
        if (p->terms[i] != p->out)
            list_paragraph(
                arena_print(arena, "terms: %.*s", STR_ARG(occurrence_words(arena, p->terms[i]))), 6,
                NULL, 0);
    if (p->again)
        list_paragraph(
            arena_print(arena, "taken again: %.*s", STR_ARG(occurrence_words(arena, p->again))), 6,
            NULL, 0);
}

static void print_person(const struct audit_person *p, struct arena *arena)
{
    struct buf line;
    struct str id = list_id(arena, &p->person->address, LIST_ID_DIGITS);
    buf_init(&line, 64 * 1024);
    buf_print(&line, "%s ", p->decided ? "●" : "○");
    list_text(&line, p->person->name);
    buf_print(&line, "  %.*s", STR_ARG(id));
    if (p->held_by)
        buf_print(&line, "  held by: %.*s", STR_ARG(occurrence_words(arena, p->held_by)));
    printf("  %.*s\n", STR_ARG(buf_str(&line)));
    for (size_t i = 0; i < p->reasons_count; i++)
        if (p->reasons[i].met != TRUTH_UNTOLD)
            list_paragraph(met_words(arena, &p->reasons[i]), 6, NULL, 0);
        else if (p->reasons[i].decides)
            print_missing(p, i, arena);
    print_silent(p, arena);
    print_since(p, arena);
    buf_release(&line);
}

/* ---- the whole ---- */

static void print_announced(const struct audit *a, struct arena *arena)
{
    const struct amnesty *m = a->amnesty;
    struct str number = number_words(arena, m);
    printf("%s%.*s%s · %s · %.*s\n", paint(PAINT_BOLD), STR_ARG(m->name_en), paint(PAINT_NONE),
           amnesty_kind_name(m->kind), STR_ARG(m->date));
    list_paragraph(arena_print(arena, "announced: %.*s%s%.*s", STR_ARG(number),
                               m->by.len ? ", by " : "", STR_ARG(m->by)),
                   2, NULL, 0);
    list_paragraph(arena_print(arena, "source: %.*s", STR_ARG(m->source)), 2, NULL, 0);
}

static struct str share_words(struct arena *arena, size_t part, size_t whole)
{
    size_t mille = whole ? (part * 1000 + whole / 2) / whole : 0;
    return arena_print(arena, "%zu.%zu%%", mille / 10, mille % 10);
}

static void print_sums(const struct audit *a, struct arena *arena)
{
    struct str eve = day_words(arena, a->eve), until = day_words(arena, a->as_of);
    size_t most = a->verdicts[AUDIT_QUALIFIES] + a->verdicts[AUDIT_UNTOLD];
    list_paragraph(arena_print(arena,
                               "on record in prison on its eve, %.*s: %zu; of them %zu qualify, "
                               "%zu are left out, of %zu it cannot be told",
                               STR_ARG(eve), a->count, a->verdicts[AUDIT_QUALIFIES],
                               a->verdicts[AUDIT_EXCLUDED], a->verdicts[AUDIT_UNTOLD]),
                   2, NULL, 0);
    if (a->count)
        list_paragraph(arena_print(arena, "it could reach at most %zu of these %zu, %.*s", most,
                                   a->count, STR_ARG(share_words(arena, most, a->count))),
                       2, NULL, 0);
    if (has_number(a->amnesty))
        list_paragraph(arena_print(arena, "announced %.*s; the record can show at most %zu of them",
                                   STR_ARG(figure_value(arena, &a->amnesty->number)), most),
                       2, NULL, 0);
    list_paragraph(
        arena_print(arena,
                    "left prison by %.*s: %zu who qualify, %zu who are left out, %zu of whom it "
                    "cannot be told; %zu were taken again",
                    STR_ARG(until), a->out[AUDIT_QUALIFIES], a->out[AUDIT_EXCLUDED],
                    a->out[AUDIT_UNTOLD], a->again),
        2, NULL, 0);
    if (a->unplaced)
        list_paragraph(arena_print(arena,
                                   "of %zu more people nothing on record says where they were then",
                                   a->unplaced),
                       2, NULL, 0);
}

void audit_print(const struct audit *a, struct arena *arena)
{
    print_announced(a, arena);
    print_sums(a, arena);
    for (size_t i = 0; i < a->count; i++) {
        if (!i || a->people[i].verdict != a->people[i - 1].verdict)
            printf("\n%s%s%s\n", paint(PAINT_BOLD), audit_verdict_name(a->people[i].verdict),
                   paint(PAINT_NONE));
        print_person(&a->people[i], arena);
    }
    if (a->count)
        puts("\n● all of it was accepted  ○ some of it nobody decided yet");
}

/* ---- JSON ---- */

static json_t *occurrence_json(const struct case_occurrence *o)
{
    if (!o)
        return json_null();
    json_t *out = json_object();
    json_put(out, "event", o->event);
    list_json_text(out, "date", o->date);
    list_json_id(out, "statement", &o->views[0]->id);
    return out;
}

static json_t *reason_json(const struct audit_reason *r)
{
    static const char *const truths[] = {"no", "yes", "cannot be told"};
    json_t *out = json_object();
    list_json_text(out, "rule", r->rule ? r->rule->words : STR("in prison on the eve"));
    list_json_text(out, "condition", r->rule ? r->rule->condition : STR_NONE);
    json_put_int(out, "line", r->rule ? (int64_t)r->rule->line : 0);
    json_put(out, "met", str_of(truths[r->met]));
    json_put_new(out, "decides", json_boolean(r->decides));
    list_json_text(out, "missing", r->missing);
    json_put_new(out, "statement", json_null());
    if (r->view)
        list_json_id(out, "statement", &r->view->id);
    return out;
}

static void print_person_json(const struct audit_person *p)
{
    json_t *out = json_object(), *reasons = json_array(), *terms = json_array();
    list_json_id(out, "person", &p->person->address);
    json_put(out, "name", p->person->name);
    json_put(out, "verdict", str_of(audit_verdict_name(p->verdict)));
    json_put_new(out, "decided", json_boolean(p->decided));
    json_put_new(out, "held_by", occurrence_json(p->held_by));
    for (size_t i = 0; i < p->reasons_count; i++)
        json_append(reasons, reason_json(&p->reasons[i]));
    for (size_t i = 0; i < p->terms_count; i++)
        json_append(terms, occurrence_json(p->terms[i]));
    json_put_new(out, "reasons", reasons);
    json_put_new(out, "out", occurrence_json(p->out));
    json_put_new(out, "terms", terms);
    json_put_new(out, "again", occurrence_json(p->again));
    print_json(out);
}

void audit_print_json(const struct audit *a)
{
    struct arena arena;
    json_t *out = json_object();
    arena_init(&arena);
    for (size_t i = 0; i < a->count; i++)
        print_person_json(&a->people[i]);
    json_put(out, "amnesty", a->amnesty->id);
    json_put(out, "date", a->amnesty->date);
    list_json_count(out, "announced_low", a->amnesty->number.low);
    list_json_count(out, "announced_high", a->amnesty->number.high);
    json_put(out, "eve", day_words(&arena, a->eve));
    json_put(out, "as_of", day_words(&arena, a->as_of));
    json_put_int(out, "in_prison", (int64_t)a->count);
    json_put_int(out, "qualifies", (int64_t)a->verdicts[AUDIT_QUALIFIES]);
    json_put_int(out, "excluded", (int64_t)a->verdicts[AUDIT_EXCLUDED]);
    json_put_int(out, "cannot_be_told", (int64_t)a->verdicts[AUDIT_UNTOLD]);
    json_put_int(out, "came_out", (int64_t)(a->out[0] + a->out[1] + a->out[2]));
    json_put_int(out, "taken_again", (int64_t)a->again);
    json_put_int(out, "unplaced", (int64_t)a->unplaced);
    print_json(out);
    arena_release(&arena);
}

void amnesties_print(const struct amnesty *all, size_t count, bool json, struct arena *arena)
{
    struct list list = {.arena = arena, .flexible = 1u << 4};
    for (size_t i = 0; i < count; i++) {
        const struct amnesty *a = &all[i];
        if (json) {
            json_t *out = json_object();
            json_put(out, "amnesty", a->id);
            json_put(out, "name", a->name_en);
            json_put(out, "kind", str_of(amnesty_kind_name(a->kind)));
            json_put(out, "date", a->date);
            list_json_count(out, "announced_low", a->number.low);
            list_json_count(out, "announced_high", a->number.high);
            print_json(out);
            continue;
        }
        struct list_row *row = list_add(&list);
        row->cells[0] = a->id;
        row->cells[1] = a->date;
        row->cells[2] = str_of(amnesty_kind_name(a->kind));
        row->cells[3] = has_number(a) ? figure_value(arena, &a->number) : STR("no number");
        row->cells[4] = a->name_en;
    }
    if (!json)
        list_print(&list);
}

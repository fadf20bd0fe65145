#include "account/alert_board.h"

#include "account/case_stays.h"
#include "account/corroboration.h"

struct reading {
    struct archive *archive;
    const struct case_rules *rules;
    const struct alert_rules *alerts;
    const struct alert_choice *choice;
    struct arena *arena;
    struct alert_board *out;
    struct case_record record;
    struct archive_dated_list seeds;
    size_t room;
};

static bool is_chosen(const struct alert_choice *c, struct str alert)
{
    return !c->alert.len || str_equal(c->alert, alert);
}

static void find_tallies(struct reading *r)
{
    struct alert_board *out = r->out;
    out->tallies = arena_alloc(r->arena, (r->alerts->count + 1) * sizeof *out->tallies);
    for (size_t i = 0; i < r->alerts->count; i++) {
        struct str alert = r->alerts->at[i].alert;
        if (!i || !str_equal(alert, r->alerts->at[i - 1].alert))
            out->tallies[out->tallies_count++] = (struct alert_tally){alert, 0};
    }
}

static enum outcome check_choice(const struct reading *r, struct fault *why)
{
    struct str asked = r->choice->alert;
    struct buf names;
    for (size_t i = 0; i < r->out->tallies_count; i++)
        if (is_chosen(r->choice, r->out->tallies[i].alert))
            return OK;
    buf_init(&names, 1024);
    for (size_t i = 0; i < r->out->tallies_count; i++)
        buf_print(&names, " %.*s", STR_ARG(r->out->tallies[i].alert));
    enum outcome result = refuse(why, REFUSED, "no alert is called \"%.*s\"; there are%.*s",
                                 STR_ARG(asked), STR_ARG(buf_str(&names)));
    buf_release(&names);
    return result;
}

static enum outcome count_alerts(struct reading *r, struct fault *why)
{
    enum outcome result = OK;
    for (size_t i = 0; i < r->out->tallies_count && result == OK; i++) {
        struct alert_tally *t = &r->out->tallies[i];
        struct str stay = arena_print(r->arena, ALERT_STAY "%.*s", STR_ARG(t->alert));
        result = archive_stays_count(r->archive, stay, r->choice->day, &t->count, why);
        if (result != OK || !t->count || !is_chosen(r->choice, t->alert))
            continue;
        r->out->total += t->count;
        result = archive_stays_last(r->archive, stay, r->choice->day, r->choice->limit, r->arena,
                                    &r->seeds, why);
    }
    return result;
}

static enum outcome read_people(struct reading *r, struct fault *why)
{
    struct hash_list seeds = {arena_alloc(r->arena, (r->seeds.count + 1) * sizeof *seeds.at),
                              r->seeds.count};
    for (size_t i = 0; i < seeds.count; i++)
        seeds.at[i] = r->seeds.at[i].statement;
    return case_record_about(r->archive, &seeds, r->arena, &r->record, why);
}

static void add_person(struct reading *r, const struct case_person *p)
{
    struct alert_board *out = r->out;
    struct case_history *h = arena_alloc(r->arena, sizeof *h);
    size_t count;
    case_history_make(r->rules, p->views, p->views_count, CASE_PROPOSED, r->arena, h);
    struct alert *alerts = case_alerts(r->alerts, h, r->choice->day, r->arena, &count);
    for (size_t i = 0; i < count; i++) {
        if (!is_chosen(r->choice, alerts[i].rule->alert))
            continue;
        out->rows = arena_grow(r->arena, out->rows, out->count, &r->room, sizeof *out->rows);
        out->rows[out->count++] = (struct alert_row){p, alerts[i], 0};
    }
}

static int compare_rows(const void *left, const void *right)
{
    const struct alert_row *a = left, *b = right;
    if (!str_equal(a->alert.rule->alert, b->alert.rule->alert))
        return a->alert.rule < b->alert.rule ? -1 : 1;
    if (a->alert.since->first != b->alert.since->first)
        return a->alert.since->first > b->alert.since->first ? -1 : 1;
    int order = str_compare(a->person->name, b->person->name);
    return order ? order : hash_compare(&a->person->address, &b->person->address);
}

/* whoever came in with one alert brought all of theirs: of each no more than the limit */
static void cut_rows(struct reading *r)
{
    struct alert_board *out = r->out;
    size_t kept = 0, same = 0;
    for (size_t i = 0; i < out->count; i++) {
        struct str alert = out->rows[i].alert.rule->alert;
        same = i && str_equal(out->rows[i - 1].alert.rule->alert, alert) ? same + 1 : 0;
        if (same < r->choice->limit)
            out->rows[kept++] = out->rows[i];
    }
    out->count = kept;
}

enum outcome alert_board_read(struct archive *archive, const struct case_rules *rules,
                              const struct alert_rules *alerts, const struct alert_choice *choice,
                              struct arena *arena, struct alert_board *out, struct fault *why)
{
    struct reading r = {.archive = archive,
                        .rules = rules,
                        .alerts = alerts,
                        .choice = choice,
                        .arena = arena,
                        .out = out};
    *out = (struct alert_board){0};
    find_tallies(&r);
    enum outcome result = check_choice(&r, why);
    if (result == OK)
        result = count_alerts(&r, why);
    if (result == OK)
        result = read_people(&r, why);
    for (size_t i = 0; i < r.record.people_count; i++)
        add_person(&r, &r.record.people[i]);
    if (out->count)
        qsort(out->rows, out->count, sizeof *out->rows, compare_rows);
    cut_rows(&r);
    for (size_t i = 0; i < out->count && result == OK; i++)
        result = corroborate_occurrence(archive, out->rows[i].alert.since, arena,
                                        &out->rows[i].said_by, why);
    return result;
}

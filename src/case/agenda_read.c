#include "case/agenda_int.h"

#include "store/page.h"

/* So many traces are looked at for each item that is wanted, before a part ends with fewer; and so
 * many at once at most. */
enum { TRACES_AN_ITEM = 8, TRACES_AT_ONCE = 512 };

/* A trace, and how much of its day comes before. */
struct passed_trace {
    struct agenda_trace trace;
    size_t passed;
};

struct agenda_part {
    struct archive *archive;
    const struct agenda_rules *rules;
    const struct case_rules *case_rules;
    const struct agenda_choice *choice;
    struct arena *arena;
    struct agenda *out;
    struct agenda_days *days;
    struct passed_trace *traces; /* at hand, from `next` on */
    size_t next, count, room;
    bool ended; /* no further day */
    size_t looked_at;
};

/* ---- traces at hand ---- */

static enum outcome fetch(struct agenda_part *p, size_t wanted, struct fault *why)
{
    enum outcome result = OK;
    while (!p->ended && p->count - p->next < wanted && result == OK) {
        struct agenda_trace *traces;
        size_t count, passed;
        result = agenda_days_next(p->days, &traces, &count, &passed, why);
        p->ended = result == OK && !count;
        for (size_t i = 0; i < count; i++) {
            p->traces = arena_grow(p->arena, p->traces, p->count, &p->room, sizeof *p->traces);
            p->traces[p->count++] = (struct passed_trace){traces[i], passed + i};
        }
    }
    return result;
}

/* ---- items of some traces ---- */

static int compare_found(const void *left, const void *right)
{
    const struct agenda_trace *a = &((const struct passed_trace *)left)->trace;
    const struct agenda_trace *b = &((const struct passed_trace *)right)->trace;
    int order = hash_compare(&a->by, &b->by);
    if (order)
        return order;
    if (a->rule != b->rule)
        return a->rule < b->rule ? -1 : 1;
    return (a->day > b->day) - (a->day < b->day);
}

/* Of what is expected about the people, only what these traces lead to. */
static void keep_traced(const struct agenda *all, const struct passed_trace *traces, size_t count,
                        struct arena *arena, struct agenda *out)
{
    struct passed_trace *order = arena_alloc(arena, (count + 1) * sizeof *order);
    if (count)
        memcpy(order, traces, count * sizeof *order);
    qsort(order, count, sizeof *order, compare_found);
    for (size_t i = 0; i < all->count; i++) {
        const struct agenda_item *item = &all->items[i];
        const struct passed_trace asked = {
            .trace = {.rule = item->rule, .by = item->by->id, .day = item->first}};
        if (!bsearch(&asked, order, count, sizeof *order, compare_found))
            continue;
        out->items = arena_grow(arena, out->items, out->count, &out->room, sizeof *out->items);
        out->items[out->count++] = *item;
    }
    agenda_sort(out);
}

static enum outcome read_items(struct agenda_part *p, const struct passed_trace *traces,
                               size_t count, struct agenda *out, struct fault *why)
{
    struct hash_list seeds = {arena_alloc(p->arena, (count + 1) * sizeof *seeds.at), count};
    struct case_record *record = arena_alloc(p->arena, sizeof *record);
    struct agenda all = {.items = NULL};
    *out = all;
    for (size_t i = 0; i < count; i++)
        seeds.at[i] = traces[i].trace.by;
    enum outcome result = case_record_about(p->archive, &seeds, p->arena, record, why);
    for (size_t i = 0; i < record->people_count && result == OK; i++)
        agenda_of_person(p->rules, p->case_rules, &record->people[i], p->choice, p->arena, &all);
    if (result == OK)
        keep_traced(&all, traces, count, p->arena, out);
    return result;
}

static bool is_of(const struct agenda_item *item, const struct agenda_trace *trace)
{
    return item->rule == trace->rule && item->first == trace->day &&
           hash_equal(&item->by->id, &trace->by);
}

/* Takes the traces one by one, with what each leads to, until there is enough. */
static enum outcome look_at(struct agenda_part *p, size_t count, struct fault *why)
{
    struct agenda found, *out = p->out;
    size_t k = 0, limit = p->choice->limit;
    enum outcome result = read_items(p, p->traces + p->next, count, &found, why);
    for (size_t end = p->next + count; result == OK && p->next < end && out->count < limit;
         p->next++, p->looked_at++)
        for (; k < found.count && is_of(&found.items[k], &p->traces[p->next].trace); k++) {
            out->items =
                arena_grow(p->arena, out->items, out->count, &out->room, sizeof *out->items);
            out->items[out->count++] = found.items[k];
        }
    return result;
}

/* ---- a part ---- */

static bool is_enough(const struct agenda_part *p)
{
    size_t limit = p->choice->limit;
    return p->out->count >= limit ||
           (limit < SIZE_MAX / TRACES_AN_ITEM && p->looked_at >= TRACES_AN_ITEM * limit);
}

static enum outcome say_next(struct agenda_part *p, struct fault *why)
{
    struct agenda *out = p->out;
    if (p->next == p->count)
        return OK;
    const struct passed_trace *t = &p->traces[p->next];
    size_t end = p->next;
    while (end < p->count && p->traces[end].trace.day == t->trace.day)
        end++;
    out->more = true;
    out->next = (struct agenda_place){t->trace.day, t->passed};
    enum outcome result = end == p->count ? agenda_days_left(p->days, &out->left, why) : OK;
    out->left += end - p->next;
    return result;
}

enum outcome agenda_read(struct archive *archive, const struct agenda_rules *rules,
                         const struct case_rules *case_rules, const struct agenda_choice *choice,
                         struct arena *arena, struct agenda *out, struct fault *why)
{
    struct agenda_part p = {.archive = archive,
                            .rules = rules,
                            .case_rules = case_rules,
                            .choice = choice,
                            .arena = arena,
                            .out = out};
    *out = (struct agenda){.items = NULL};
    enum outcome result = archive_snapshot_begin(archive, why);
    if (result != OK)
        return result;
    result = agenda_days_begin(archive, rules, choice, arena, &p.days, why);
    while (result == OK && !is_enough(&p)) {
        size_t wanted = choice->limit - out->count;
        wanted = wanted < TRACES_AT_ONCE ? wanted : TRACES_AT_ONCE;
        result = fetch(&p, wanted, why);
        size_t count = p.count - p.next;
        if (!count)
            break;
        if (result == OK)
            result = look_at(&p, count < wanted ? count : wanted, why);
    }
    if (result == OK)
        result = fetch(&p, 1, why);
    if (result == OK)
        result = say_next(&p, why);
    archive_snapshot_end(archive);
    return result;
}

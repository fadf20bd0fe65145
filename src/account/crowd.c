#include "account/crowd.h"

#include <endian.h>

#include "account/case_asked_int.h"
#include "account/trait_places_int.h"
#include "text/calendar.h"

enum { TEXT_LIMIT = 1 << 30, YEAR_DAYS_MOST = 366 };

/* A trait of somebody, as it is met. */
struct held {
    uint32_t trait;
    struct crowd_days days;
};

/* Somebody, as they are met. */
struct met {
    int64_t person;
    struct hash statement;
    size_t name, keys, end; /* of the texts: the name, then the keys */
    size_t held, held_end;
};

struct gathering {
    struct crowd *out;
    struct arena *arena;
    struct trait_places places;
    struct buf texts;
    struct met *met;
    size_t count, room;
    struct held *held;
    size_t held_count, held_room;
};

/* ---- traits ---- */

/* "other" is a label for what no word was found for, and a charge that the tables know is counted
 * under its law. */
static bool may_count(const struct case_rules *rules, const struct trait_meaning *t,
                      struct arena *arena)
{
    const struct charge_law *law;
    return !str_equal(t->value, STR("other")) &&
           (!str_equal(t->kind, STR("charge")) || !case_charges(rules, arena, t->value, &law, 1));
}

static enum outcome read_traits(struct gathering *g, struct archive *archive,
                                const struct case_rules *rules, struct fault *why)
{
    struct crowd *out = g->out;
    struct trait_meaning *all;
    struct arena words;
    enum outcome result = archive_traits(archive, g->arena, &all, &out->traits_count, why);
    if (result != OK)
        return result;
    arena_init(&words);
    g->places = trait_places_new(g->arena, out->traits_count);
    out->traits = arena_alloc(g->arena, (out->traits_count + 1) * sizeof *out->traits);
    for (size_t i = 0; i < out->traits_count; i++) {
        struct crowd_trait *t = &out->traits[i];
        t->is = all[i];
        t->facet = str_equal(t->is.kind, STR("law")) ? FACET_CHARGE : facet_find(t->is.kind);
        t->folded = t->facet == FACETS ? STR_NONE : facet_folded(g->arena, t->facet, t->is.value);
        t->counts = may_count(rules, &t->is, &words);
        *trait_place(&g->places, t->is.id) = (struct trait_place){t->is.id, i};
    }
    arena_release(&words);
    return OK;
}

/* ---- people, as they are met ---- */

static int32_t day_of(int64_t day)
{
    return day < INT32_MIN ? INT32_MIN : day > INT32_MAX ? INT32_MAX : (int32_t)day;
}

static void see_person(void *context, const struct profile_view *p)
{
    struct gathering *g = context;
    if (g->count == g->room) {
        g->room = g->room ? 2 * g->room : 1024;
        g->met = mem_resize_array(g->met, g->room, sizeof *g->met);
    }
    while (g->held_room < g->held_count + p->traits_count) {
        g->held_room = g->held_room ? 2 * g->held_room : 8192;
        g->held = mem_resize_array(g->held, g->held_room, sizeof *g->held);
    }
    struct met *m = &g->met[g->count++];
    *m = (struct met){.person = p->person, .statement = p->statement, .name = g->texts.len};
    buf_add(&g->texts, p->name);
    m->keys = g->texts.len;
    buf_add(&g->texts, p->keys);
    m->end = g->texts.len;
    m->held = g->held_count;
    for (size_t i = 0; i < p->traits_count; i++) {
        const struct trait_place *place = trait_place(&g->places, p->traits[i].id);
        if (place->id)
            g->held[g->held_count++] = (struct held){
                (uint32_t)place->at, {day_of(p->traits[i].since), day_of(p->traits[i].until)}};
    }
    m->held_end = g->held_count;
}

/* ---- by name ---- */

/* The first bytes of the name, for most comparisons, and who it is. */
struct ordered {
    uint64_t first[2];
    struct str name;
    const struct met *met;
};

static int compare_ordered(const void *left, const void *right)
{
    const struct ordered *a = left, *b = right;
    for (size_t i = 0; i < COUNT_OF(a->first); i++)
        if (a->first[i] != b->first[i])
            return a->first[i] < b->first[i] ? -1 : 1;
    int order = str_compare(a->name, b->name);
    if (order)
        return order;
    return (uint64_t)a->met->person < (uint64_t)b->met->person ? -1
                                                               : a->met->person != b->met->person;
}

static struct ordered *in_order_of_names(const struct gathering *g)
{
    struct ordered *out = mem_alloc((g->count + 1) * sizeof *out);
    for (size_t i = 0; i < g->count; i++) {
        struct ordered *n = &out[i];
        n->met = &g->met[i];
        n->name = str_slice(buf_str(&g->texts), n->met->name, n->met->keys);
        memcpy(n->first, n->name.at, n->name.len < sizeof n->first ? n->name.len : sizeof n->first);
        for (size_t k = 0; k < COUNT_OF(n->first); k++)
            n->first[k] = be64toh(n->first[k]);
    }
    if (g->count)
        qsort(out, g->count, sizeof *out, compare_ordered);
    return out;
}

/* ---- the columns ---- */

static void write_people(const struct gathering *g, const struct ordered *named)
{
    struct crowd *out = g->out;
    struct str texts = buf_str(&g->texts);
    size_t names = 0;
    for (size_t i = 0; i < g->count; i++)
        names += named[i].name.len;
    char *name = arena_room(g->arena, names + 1), *keys = arena_room(g->arena, texts.len + 1);
    out->names = (struct str){name, 0};
    out->keys = (struct str){keys, 0};
    out->count = g->count;
    out->people = arena_room(g->arena, (g->count + 1) * sizeof *out->people);
    out->statements = arena_room(g->arena, (g->count + 1) * sizeof *out->statements);
    out->name_at = arena_alloc(g->arena, (g->count + 1) * sizeof *out->name_at);
    out->keys_at = arena_alloc(g->arena, (g->count + 1) * sizeof *out->keys_at);
    for (size_t i = 0; i < g->count; i++) {
        const struct met *m = named[i].met;
        out->people[i] = m->person;
        out->statements[i] = m->statement;
        memcpy(name + out->names.len, texts.at + m->name, m->keys - m->name);
        memcpy(keys + out->keys.len, texts.at + m->keys, m->end - m->keys);
        out->names.len += m->keys - m->name;
        out->keys.len += m->end - m->keys;
        out->name_at[i + 1] = (uint32_t)out->names.len;
        out->keys_at[i + 1] = (uint32_t)out->keys.len;
    }
}

static uint16_t year_of(int32_t day, int32_t open, uint16_t end)
{
    int year = day == open ? 0 : calendar_of_days(CALENDAR_GREGORIAN, day).year;
    return day == open ? end : year < 0 ? 0 : year >= CROWD_YEARS ? CROWD_YEARS : (uint16_t)year;
}

static struct crowd_years years_of(struct crowd_days d)
{
    uint16_t since = year_of(d.since, INT32_MIN, 0);
    return (struct crowd_years){
        since, d.until == d.since ? since : year_of(d.until, INT32_MAX, CROWD_YEARS),
        d.since != INT32_MIN && d.until != INT32_MAX &&
            (int64_t)d.until - (int64_t)d.since <= YEAR_DAYS_MOST};
}

static void make_columns(const struct gathering *g)
{
    struct crowd *out = g->out;
    size_t *rooms = mem_alloc((out->traits_count + 1) * sizeof *rooms);
    for (size_t i = 0; i < g->held_count; i++)
        rooms[g->held[i].trait]++;
    for (size_t i = 0; i < out->traits_count; i++) {
        struct crowd_trait *t = &out->traits[i];
        t->who = arena_room(g->arena, (rooms[i] + 1) * sizeof *t->who);
        if (t->facet == FACET_STATE || t->facet == FACET_ARRESTED)
            t->days = arena_room(g->arena, (rooms[i] + 1) * sizeof *t->days);
        if (t->facet == FACET_ARRESTED)
            t->years = arena_room(g->arena, (rooms[i] + 1) * sizeof *t->years);
    }
    mem_free(rooms);
}

static void write_traits(const struct gathering *g, const struct ordered *named)
{
    make_columns(g);
    for (size_t i = 0; i < g->count; i++)
        for (size_t k = named[i].met->held; k < named[i].met->held_end; k++) {
            struct crowd_trait *t = &g->out->traits[g->held[k].trait];
            if (!t->days && t->count && t->who[t->count - 1] == (uint32_t)i)
                continue;
            if (t->days)
                t->days[t->count] = g->held[k].days;
            if (t->years)
                t->years[t->count] = years_of(g->held[k].days);
            t->who[t->count++] = (uint32_t)i;
        }
}

enum outcome crowd_read(struct archive *archive, const struct case_rules *rules,
                        struct arena *arena, struct crowd *out, struct fault *why)
{
    struct gathering g = {.out = out, .arena = arena};
    *out = (struct crowd){0};
    buf_init(&g.texts, TEXT_LIMIT);
    enum outcome result = read_traits(&g, archive, rules, why);
    if (result == OK)
        result = archive_profiles_each(archive, &g, see_person, why);
    if (result == OK && g.texts.full)
        result = refuse(why, REFUSED, "more people than can be counted at once");
    if (result == OK) {
        struct ordered *named = in_order_of_names(&g);
        write_people(&g, named);
        write_traits(&g, named);
        mem_free(named);
    }
    buf_release(&g.texts);
    mem_free(g.met);
    mem_free(g.held);
    return result;
}

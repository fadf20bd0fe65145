#include "case/crowd.h"

#include <endian.h>

#include "case/case_asked_int.h"
#include "case/trait_places_int.h"
#include "text/calendar.h"

/* Room is left for one in so many more, and for a few at least. */
enum { TEXT_LIMIT = 1 << 30, YEAR_DAYS_MOST = 366, SLACK = 16, PLACES_SPARE = 1024 };
enum { TEXT_SPARE = 128 * PLACES_SPARE, TRAITS_SPARE = 64, HELD_SPARE = 4 };

/* A trait of somebody, as it is met. */
struct held {
    uint32_t trait;
    struct crowd_days days;
};

/* Somebody, as they are met. */
struct met {
    int64_t person, text;
    uint64_t print; /* of the whole profile */
    struct hash statement;
    size_t name, keys, end; /* of the texts: the name, then the keys */
    size_t held, held_end;
};

/* Somebody who stands in the crowd before. */
struct stood {
    int64_t person;
    size_t place;
    bool stays;
};

struct gathering {
    struct archive *archive;
    const struct case_rules *rules;
    struct crowd *out;
    struct arena *columns, *own;
    struct trait_places places;
    struct buf texts;
    struct met *met;
    size_t count, room;
    struct held *held;
    size_t held_count, held_room;
    struct stood *stood; /* of the texts that changed: by person */
    size_t stood_count;
    enum outcome result;
    struct fault *why;
};

static size_t with_slack(size_t count, size_t least)
{
    return count + count / SLACK + least;
}

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

/* What `is` has lies in the columns' arena. */
static void add_trait(struct gathering *g, const struct trait_meaning *is)
{
    struct crowd *out = g->out;
    struct crowd_trait *t = &out->traits[out->traits_count];
    struct arena words;
    arena_init(&words);
    *t = (struct crowd_trait){.is = *is};
    t->facet = str_equal(is->kind, STR("law")) ? FACET_CHARGE : facet_find(is->kind);
    t->folded = t->facet == FACETS ? STR_NONE : facet_folded(g->columns, t->facet, is->value);
    t->counts = may_count(g->rules, is, &words);
    *trait_place(&g->places, is->id) = (struct trait_place){is->id, out->traits_count++};
    arena_release(&words);
}

static enum outcome read_traits(struct gathering *g)
{
    struct crowd *out = g->out;
    struct trait_meaning *all;
    size_t count;
    enum outcome result = archive_traits(g->archive, g->columns, &all, &count, g->why);
    if (result != OK)
        return result;
    out->traits_room = with_slack(count, TRAITS_SPARE);
    g->places = trait_places_new(g->own, out->traits_room);
    out->traits = arena_alloc(g->own, out->traits_room * sizeof *out->traits);
    for (size_t i = 0; i < count; i++)
        add_trait(g, &all[i]);
    return OK;
}

/* Its place; false where there is none, and no room for it. */
static bool find_trait(struct gathering *g, int64_t id, size_t *out)
{
    struct trait_place *place = trait_place(&g->places, id);
    struct trait_meaning is;
    if (!place->id && g->result == OK && g->out->traits_count < g->out->traits_room) {
        g->result = archive_trait(g->archive, id, g->columns, &is, g->why);
        if (g->result == OK)
            add_trait(g, &is);
    }
    *out = place->at;
    return place->id != 0;
}

/* ---- people, as they are met ---- */

static void hold_trait(struct gathering *g, const struct profile_trait *t)
{
    size_t trait;
    if (find_trait(g, t->id, &trait))
        g->held[g->held_count++] = (struct held){(uint32_t)trait, {t->since, t->until}};
}

/* two profiles of one print are taken for one */
static uint64_t print_of(struct str profile)
{
    uint64_t print = profile.len, part;
    for (; profile.len >= sizeof part; profile = str_slice(profile, sizeof part, profile.len)) {
        memcpy(&part, profile.at, sizeof part);
        print = (print ^ part) * UINT64_C(0x9E3779B97F4A7C15);
        print ^= print >> 29;
    }
    for (size_t i = 0; i < profile.len; i++)
        print = (print ^ (unsigned char)profile.at[i]) * UINT64_C(0x100000001B3);
    return print ^ print >> 32;
}

static void see_person(void *context, const struct profile_view *p)
{
    struct gathering *g = context;
    const struct profile_traits *t = &p->traits;
    if (g->count == g->room) {
        g->room = g->room ? 2 * g->room : 1024;
        g->met = mem_resize_array(g->met, g->room, sizeof *g->met);
    }
    while (g->held_room < g->held_count + t->lasting + t->dated) {
        g->held_room = g->held_room ? 2 * g->held_room : 8192;
        g->held = mem_resize_array(g->held, g->held_room, sizeof *g->held);
    }
    struct met *m = &g->met[g->count++];
    *m = (struct met){.person = p->person,
                      .text = p->text,
                      .print = print_of(p->whole),
                      .statement = p->statement,
                      .name = g->texts.len};
    buf_add(&g->texts, p->name);
    m->keys = g->texts.len;
    buf_add(&g->texts, p->keys);
    m->end = g->texts.len;
    m->held = g->held_count;
    for (size_t i = 0; i < t->lasting; i++)
        hold_trait(g, &(struct profile_trait){profile_lasting(t, i), INT32_MIN, INT32_MAX});
    for (size_t i = 0; i < t->dated; i++) {
        const struct profile_trait dated = profile_dated(t, i);
        hold_trait(g, &dated);
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

static void make_columns(struct gathering *g)
{
    struct crowd *out = g->out;
    size_t names = 0, keys = 0;
    for (size_t i = 0; i < g->count; i++) {
        names += g->met[i].keys - g->met[i].name;
        keys += g->met[i].end - g->met[i].keys;
    }
    out->room = with_slack(g->count, PLACES_SPARE);
    out->names_room = with_slack(names, TEXT_SPARE);
    out->keys_room = with_slack(keys, TEXT_SPARE);
    out->names = (struct str){arena_room(g->columns, out->names_room), 0};
    out->keys = (struct str){arena_room(g->columns, out->keys_room), 0};
    out->people = arena_room(g->columns, out->room * sizeof *out->people);
    out->texts = arena_room(g->columns, out->room * sizeof *out->texts);
    out->prints = arena_room(g->columns, out->room * sizeof *out->prints);
    out->statements = arena_room(g->columns, out->room * sizeof *out->statements);
    out->name_at = arena_room(g->columns, (out->room + 1) * sizeof *out->name_at);
    out->keys_at = arena_room(g->columns, (out->room + 1) * sizeof *out->keys_at);
    out->name_at[0] = out->keys_at[0] = 0;
}

/* whether those who were met have room behind the others */
static bool have_room(const struct gathering *g)
{
    const struct crowd *out = g->out;
    return g->count <= out->room - out->count && g->texts.len <= out->names_room - out->names.len &&
           g->texts.len <= out->keys_room - out->keys.len;
}

static void add_text(struct str *to, struct str text)
{
    if (text.len)
        memcpy((char *)(uintptr_t)to->at + to->len, text.at, text.len);
    to->len += text.len;
}

static void add_person(const struct gathering *g, const struct met *m)
{
    struct crowd *out = g->out;
    struct str texts = buf_str(&g->texts);
    size_t i = out->count++;
    out->people[i] = m->person;
    out->texts[i] = m->text;
    out->prints[i] = m->print;
    out->statements[i] = m->statement;
    add_text(&out->names, str_slice(texts, m->name, m->keys));
    add_text(&out->keys, str_slice(texts, m->keys, m->end));
    out->name_at[i + 1] = (uint32_t)out->names.len;
    out->keys_at[i + 1] = (uint32_t)out->keys.len;
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

static void *column_moved(const struct gathering *g, const void *before, size_t count, size_t room,
                          size_t size)
{
    void *column = arena_room(g->columns, room * size);
    if (count)
        memcpy(column, before, count * size);
    return column;
}

/* room for so many more in the columns of a trait */
static void trait_grow(const struct gathering *g, struct crowd_trait *t, size_t more)
{
    if (t->room - t->count >= more)
        return;
    t->room = with_slack(t->count + more, HELD_SPARE);
    t->who = column_moved(g, t->who, t->count, t->room, sizeof *t->who);
    if (t->facet == FACET_STATE || t->facet == FACET_ARRESTED)
        t->days = column_moved(g, t->days, t->count, t->room, sizeof *t->days);
    if (t->facet == FACET_ARRESTED)
        t->years = column_moved(g, t->years, t->count, t->room, sizeof *t->years);
}

static void make_room(const struct gathering *g)
{
    size_t *more = mem_alloc((g->out->traits_count + 1) * sizeof *more);
    for (size_t i = 0; i < g->held_count; i++)
        more[g->held[i].trait]++;
    for (size_t i = 0; i < g->out->traits_count; i++)
        if (more[i])
            trait_grow(g, &g->out->traits[i], more[i]);
    mem_free(more);
}

static void add_held(const struct gathering *g, const struct met *m, uint32_t who)
{
    for (size_t k = m->held; k < m->held_end; k++) {
        struct crowd_trait *t = &g->out->traits[g->held[k].trait];
        if (!t->days && t->count && t->who[t->count - 1] == who)
            continue;
        if (t->days)
            t->days[t->count] = g->held[k].days;
        if (t->years)
            t->years[t->count] = years_of(g->held[k].days);
        t->who[t->count++] = who;
    }
}

static void gathering_begin(struct gathering *g, struct archive *archive,
                            const struct case_rules *rules, struct crowd *out,
                            struct arena *columns, struct arena *own, struct fault *why)
{
    *g = (struct gathering){.archive = archive,
                            .rules = rules,
                            .out = out,
                            .columns = columns,
                            .own = own,
                            .result = OK,
                            .why = why};
    buf_init(&g->texts, TEXT_LIMIT);
}

static enum outcome gathering_end(struct gathering *g, enum outcome result)
{
    buf_release(&g->texts);
    mem_free(g->met);
    mem_free(g->held);
    return result;
}

enum outcome crowd_read(struct archive *archive, const struct case_rules *rules,
                        struct arena *arena, struct crowd *out, struct fault *why)
{
    struct gathering g;
    *out = (struct crowd){0};
    gathering_begin(&g, archive, rules, out, arena, arena, why);
    enum outcome result = archive_profiles_state(archive, &out->state, why);
    if (result == OK)
        result = read_traits(&g);
    if (result == OK)
        result = archive_profiles_each(archive, &g, see_person, why);
    if (result == OK && g.texts.full)
        result = refuse(why, REFUSED, "more people than can be counted at once");
    if (result == OK) {
        struct ordered *named = in_order_of_names(&g);
        make_columns(&g);
        make_room(&g);
        for (size_t i = 0; i < g.count; i++) {
            add_held(&g, named[i].met, (uint32_t)i);
            add_person(&g, named[i].met);
        }
        out->sorted = out->count;
        mem_free(named);
    }
    return gathering_end(&g, result);
}

/* ---- from one state to the next ---- */

static int compare_rows(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

static bool is_gone(const struct crowd *c, size_t place)
{
    return c->gone[place / 64] >> place % 64 & 1;
}

static int compare_stood(const void *left, const void *right)
{
    return compare_rows(&((const struct stood *)left)->person,
                        &((const struct stood *)right)->person);
}

/* An address is a mention in one text alone, so that nobody stands twice. */
static void find_stood(struct gathering *g, const int64_t *texts, size_t count)
{
    const struct crowd *c = g->out;
    size_t room = 0;
    for (size_t i = 0; i < c->count && count; i++) {
        if (is_gone(c, i) || !bsearch(&c->texts[i], texts, count, sizeof *texts, compare_rows))
            continue;
        g->stood = arena_grow(g->own, g->stood, g->stood_count, &room, sizeof *g->stood);
        g->stood[g->stood_count++] = (struct stood){c->people[i], i, false};
    }
    if (g->stood_count)
        qsort(g->stood, g->stood_count, sizeof *g->stood, compare_stood);
}

/* Whoever is as before stays at their place. */
static void see_changed(void *context, const struct profile_view *p)
{
    struct gathering *g = context;
    const struct stood asked = {.person = p->person};
    struct stood *stood =
        g->stood_count ? bsearch(&asked, g->stood, g->stood_count, sizeof *g->stood, compare_stood)
                       : NULL;
    if (stood && g->out->prints[stood->place] == print_of(p->whole))
        stood->stays = true;
    else
        see_person(g, p);
}

static void leave_places(struct gathering *g)
{
    struct crowd *out = g->out;
    for (size_t i = 0; i < g->stood_count; i++) {
        size_t place = g->stood[i].place;
        out->gone[place / 64] |= (uint64_t)!g->stood[i].stays << place % 64;
        out->gone_count += !g->stood[i].stays;
    }
}

/* what changes of the one before, so that it stays as it is */
static void copy_own(struct gathering *g, const struct crowd *before)
{
    struct crowd *out = g->out;
    size_t words = out->room / 64 + 1;
    out->gone = arena_alloc(g->own, words * sizeof *out->gone);
    if (before->gone)
        memcpy(out->gone, before->gone, words * sizeof *out->gone);
    out->traits = arena_alloc(g->own, out->traits_room * sizeof *out->traits);
    memcpy(out->traits, before->traits, out->traits_count * sizeof *out->traits);
    g->places = trait_places_new(g->own, out->traits_room);
    for (size_t i = 0; i < out->traits_count; i++)
        *trait_place(&g->places, out->traits[i].is.id) =
            (struct trait_place){out->traits[i].is.id, i};
}

static enum outcome follow_texts(struct gathering *g, const int64_t *texts, size_t count,
                                 bool *followed)
{
    find_stood(g, texts, count);
    for (size_t i = 0; i < count && g->result == OK; i++) {
        enum outcome read = archive_profiles_of_text(g->archive, texts[i], g, see_changed, g->why);
        g->result = g->result == OK ? read : g->result;
    }
    *followed = g->result == OK && !g->texts.full && have_room(g) &&
                g->out->traits_count < g->out->traits_room;
    if (!*followed)
        return g->result;
    leave_places(g);
    make_room(g);
    for (size_t i = 0; i < g->count; i++) {
        add_held(g, &g->met[i], (uint32_t)g->out->count);
        add_person(g, &g->met[i]);
    }
    return OK;
}

enum outcome crowd_follow(struct archive *archive, const struct case_rules *rules,
                          const struct crowd *before, struct arena *columns, struct arena *own,
                          struct crowd *out, bool *followed, struct fault *why)
{
    struct gathering g;
    int64_t *texts;
    size_t count;
    *out = *before;
    *followed = false;
    enum outcome result =
        archive_profiles_changed(archive, &out->state, own, &texts, &count, followed, why);
    if (result != OK || !*followed)
        return result;
    gathering_begin(&g, archive, rules, out, columns, own, why);
    copy_own(&g, before);
    return gathering_end(&g, follow_texts(&g, texts, count, followed));
}

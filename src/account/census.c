#include "account/census.h"

#include "account/case_asked_int.h"
#include "store/profiles.h"
#include "text/edtf.h"

enum { BITS = 64, YEAR_DAYS_MOST = 366 };

/* What a trait's number stands for, and to what it answers. */
struct meaning {
    const struct trait_meaning *is;
    enum facet facet;      /* that it is counted under; FACETS: under none */
    struct str folded;     /* facet_folded */
    uint32_t answers;      /* bit f: it is what is asked of facet f, on its days */
    size_t people;         /* of those who may be counted under its facet */
    size_t last;           /* the last person counted, from 1 on */
    uint64_t values;       /* of its facet, a bit for each that it is */
    uint64_t place_values; /* of a prison: the places that it is */
};

/* One who fits all but one facet's question at most. */
struct counted {
    uint32_t open;        /* bit f: counted under facet f */
    size_t from, to;      /* of `held` */
    size_t days, day_end; /* of `taken` */
};

struct days {
    int64_t since, until;
};

struct counting {
    struct asked asked;
    struct arena *arena;
    struct census *out;
    uint32_t asks; /* bit f: something is asked of facet f */
    struct trait_meaning *traits;
    struct meaning *meanings; /* beside */
    size_t traits_count;
    struct {
        int64_t id;
        size_t at;
    } * places; /* a hash table of ids */
    size_t places_room;
    struct counted *counted;
    size_t counted_count, counted_room;
    uint32_t *held; /* places of traits */
    size_t held_count, held_room;
    struct days *taken;
    size_t taken_count, taken_room;
    size_t most; /* rows that are wanted: the first so many */
    size_t rows_room;
};

/* ---- what the numbers mean ---- */

static size_t slot_of(const struct counting *c, int64_t id)
{
    size_t at = (size_t)((uint64_t)id * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (c->places_room - 1);
    while (c->places[at].id && c->places[at].id != id)
        at = (at + 1) & (c->places_room - 1);
    return at;
}

static uint32_t answers_of(const struct counting *c, const struct meaning *m)
{
    const struct asked *a = &c->asked;
    uint32_t answers = 0;
    size_t state;
    if (m->facet == FACET_STATE)
        return case_state_find(a->rules, m->is->value, &state) ? a->states >> state & 1 : 0;
    for (enum facet f = FACET_STATE + 1; f < FACETS; f++)
        if (f != FACET_ARRESTED && a->question->of[f].len &&
            facet_fits(f, m->is->kind, m->is->value, m->folded, a->question->of[f], a->folded[f]))
            answers |= UINT32_C(1) << f;
    return answers;
}

static enum outcome read_meanings(struct counting *c, struct archive *archive, struct fault *why)
{
    enum outcome result = archive_traits(archive, c->arena, &c->traits, &c->traits_count, why);
    if (result != OK)
        return result;
    for (c->places_room = 64; c->places_room < 2 * c->traits_count;)
        c->places_room *= 2;
    c->places = arena_alloc(c->arena, c->places_room * sizeof *c->places);
    c->meanings = arena_alloc(c->arena, (c->traits_count + 1) * sizeof *c->meanings);
    for (size_t i = 0; i < c->traits_count; i++) {
        struct meaning *m = &c->meanings[i];
        size_t slot = slot_of(c, c->traits[i].id);
        c->places[slot].id = c->traits[i].id;
        c->places[slot].at = i;
        m->is = &c->traits[i];
        m->facet = str_equal(m->is->kind, STR("law")) ? FACET_CHARGE : facet_find(m->is->kind);
        m->folded = m->facet == FACETS ? STR_NONE : facet_folded(c->arena, m->facet, m->is->value);
        m->answers = answers_of(c, m);
    }
    return OK;
}

/* ---- one person ---- */

static bool meets(const struct days *d, int64_t first, int64_t last)
{
    return d->since <= last && first <= d->until;
}

static void hold(struct counting *c, size_t trait)
{
    c->held = arena_grow(c->arena, c->held, c->held_count, &c->held_room, sizeof *c->held);
    c->held[c->held_count++] = (uint32_t)trait;
}

static void take_days(struct counting *c, const struct profile_trait *t)
{
    c->taken = arena_grow(c->arena, c->taken, c->taken_count, &c->taken_room, sizeof *c->taken);
    c->taken[c->taken_count++] = (struct days){t->since, t->until};
}

/* The facets whose question a person answers, of whom `held` and `taken` get what counts. */
static uint32_t answered(struct counting *c, const struct profile_view *p)
{
    const struct asked *a = &c->asked;
    uint32_t met = 0;
    for (size_t i = 0; i < p->traits_count; i++) {
        const struct profile_trait *t = &p->traits[i];
        const struct days days = {t->since, t->until};
        size_t slot = slot_of(c, t->id);
        if (!c->places[slot].id)
            continue;
        size_t at = c->places[slot].at;
        const struct meaning *m = &c->meanings[at];
        if (m->facet == FACET_STATE && !meets(&days, a->question->day, a->question->day))
            continue;
        if (m->facet == FACET_ARRESTED) {
            take_days(c, t);
            if (a->question->of[FACET_ARRESTED].len && meets(&days, a->first, a->last))
                met |= UINT32_C(1) << FACET_ARRESTED;
            continue;
        }
        met |= m->answers;
        hold(c, at);
    }
    return met;
}

static int compare_rows(const void *left, const void *right)
{
    const struct census_row *a = left, *b = right;
    int order = str_compare(a->name, b->name);
    if (order)
        return order;
    return (uint64_t)a->person < (uint64_t)b->person ? -1 : a->person != b->person;
}

/* The first `most` rows are kept in a heap whose top is the last of them. */
static void heap_sink(struct census_row *rows, size_t count)
{
    for (size_t at = 0, below; (below = 2 * at + 1) < count; at = below) {
        if (below + 1 < count && compare_rows(&rows[below], &rows[below + 1]) < 0)
            below++;
        if (compare_rows(&rows[at], &rows[below]) >= 0)
            return;
        struct census_row row = rows[at];
        rows[at] = rows[below];
        rows[below] = row;
    }
}

static void heap_rise(struct census_row *rows, size_t at)
{
    for (size_t above; at && (above = (at - 1) / 2, compare_rows(&rows[at], &rows[above]) > 0);
         at = above) {
        struct census_row row = rows[at];
        rows[at] = rows[above];
        rows[above] = row;
    }
}

static void keep_row(struct counting *c, const struct profile_view *p)
{
    struct census *out = c->out;
    struct census_row row = {p->person, p->statement, p->name};
    bool full = out->count == c->most;
    if (!c->most || (full && compare_rows(&row, &out->rows[0]) > 0))
        return;
    row.name = arena_copy(c->arena, p->name);
    if (full) {
        out->rows[0] = row;
        heap_sink(out->rows, out->count);
        return;
    }
    out->rows = arena_grow(c->arena, out->rows, out->count, &c->rows_room, sizeof *out->rows);
    out->rows[out->count] = row;
    heap_rise(out->rows, out->count++);
}

static void count_exactly(struct counting *c, const struct counted *who)
{
    for (size_t i = who->from; i < who->to; i++) {
        struct meaning *m = &c->meanings[c->held[i]];
        if (m->facet != FACETS && (who->open >> m->facet & 1) && m->last != c->counted_count) {
            m->people++;
            m->last = c->counted_count;
        }
    }
}

static void see_person(void *context, const struct profile_view *p)
{
    struct counting *c = context;
    struct counted who = {.from = c->held_count, .days = c->taken_count};
    c->out->everybody++;
    if (c->asked.name.len && str_find(p->keys, c->asked.name, 0) == SIZE_MAX)
        return;
    uint32_t failed = c->asks & ~answered(c, p);
    if (failed & (failed - 1)) {
        c->held_count = who.from;
        c->taken_count = who.days;
        return;
    }
    who.open = failed ? failed : UINT32_MAX;
    who.to = c->held_count;
    who.day_end = c->taken_count;
    c->counted =
        arena_grow(c->arena, c->counted, c->counted_count, &c->counted_room, sizeof *c->counted);
    c->counted[c->counted_count++] = who;
    for (enum facet f = 0; f < FACETS; f++)
        c->out->facets[f].of += who.open >> f & 1;
    count_exactly(c, &who);
    if (!failed) {
        c->out->fit++;
        keep_row(c, p);
    }
}

/* ---- the values to count ---- */

static void add_value(struct counting *c, enum facet facet, struct str value)
{
    struct census_facet *f = &c->out->facets[facet];
    if (f->count < BITS)
        f->values[f->count++] = (struct census_value){.value = value};
}

static int compare_meanings(const void *left, const void *right)
{
    const struct meaning *a = *(const struct meaning *const *)left;
    const struct meaning *b = *(const struct meaning *const *)right;
    if (a->people != b->people)
        return a->people > b->people ? -1 : 1;
    return str_compare(a->is->value, b->is->value);
}

static bool has_value(const struct counting *c, enum facet facet, struct str folded)
{
    const struct census_facet *f = &c->out->facets[facet];
    for (size_t i = 0; i < f->count; i++)
        if (str_equal(facet_folded(c->arena, facet, f->values[i].value), folded))
            return true;
    return false;
}

/* "other" is a label for what no word was found for, and a charge that the tables know is counted
 * under its law. */
static bool may_be_value(const struct counting *c, const struct meaning *m, enum facet facet)
{
    const struct charge_law *law;
    if (m->facet != facet || !m->people || str_equal(m->is->value, STR("other")))
        return false;
    return !str_equal(m->is->kind, STR("charge")) ||
           !case_charges(c->asked.rules, c->arena, m->is->value, &law, 1);
}

static void choose_values(struct counting *c, enum facet facet)
{
    struct str asked = c->asked.question->of[facet];
    struct census_facet *f = &c->out->facets[facet];
    const struct meaning **all = arena_alloc(c->arena, (c->traits_count + 1) * sizeof(void *));
    size_t count = 0;
    for (size_t i = 0; i < c->traits_count; i++)
        if (may_be_value(c, &c->meanings[i], facet))
            all[count++] = &c->meanings[i];
    if (count)
        qsort(all, count, sizeof *all, compare_meanings);
    if (asked.len)
        add_value(c, facet, asked);
    for (size_t i = 0; i < count; i++) {
        if (has_value(c, facet, all[i]->folded))
            continue;
        if (f->count < CENSUS_VALUES + (asked.len > 0))
            add_value(c, facet, all[i]->is->value);
        else
            f->more++;
    }
}

static void choose_states(struct counting *c)
{
    const struct case_rules *rules = c->asked.rules;
    add_value(c, FACET_STATE, STR("held"));
    for (size_t i = 0; i < rules->states_count; i++)
        add_value(c, FACET_STATE, rules->states[i].name);
}

static int year_of(int64_t day)
{
    char text[16];
    int64_t year = 0;
    edtf_write_day(day, text);
    return str_to_int(str_slice(str_of(text), 0, 4), &year) ? (int)year : 0;
}

/* Those that a day stands in that is known to a year. */
static void choose_years(struct counting *c)
{
    enum { YEARS = 10000 };
    struct str asked = c->asked.question->of[FACET_ARRESTED];
    bool *seen = arena_alloc(c->arena, YEARS * sizeof *seen);
    for (size_t i = 0; i < c->taken_count; i++) {
        const struct days *d = &c->taken[i];
        if (d->since != INT64_MIN && d->until != INT64_MAX && d->until - d->since <= YEAR_DAYS_MOST)
            for (int year = year_of(d->since); year <= year_of(d->until); year++)
                if (year > 0 && year < YEARS)
                    seen[year] = true;
    }
    if (asked.len)
        add_value(c, FACET_ARRESTED, asked);
    size_t years = 0;
    for (int year = YEARS - 1; year > 0; year--) {
        struct str text = seen[year] ? arena_print(c->arena, "%04d", year) : STR_NONE;
        if (!seen[year] || str_equal(text, asked))
            continue;
        if (++years < BITS)
            add_value(c, FACET_ARRESTED, text);
        else
            c->out->facets[FACET_ARRESTED].more++;
    }
}

/* ---- how many ---- */

static uint64_t values_met(const struct counting *c, enum facet facet, const struct meaning *m,
                           const struct str *folded)
{
    const struct census_facet *f = &c->out->facets[facet];
    uint64_t met = 0;
    size_t state;
    bool is_state = facet == FACET_STATE && m->facet == FACET_STATE &&
                    case_state_find(c->asked.rules, m->is->value, &state);
    for (size_t i = 0; i < f->count; i++) {
        struct str value = f->values[i].value;
        bool fits = is_state
                        ? str_equal(value, m->is->value) ||
                              (i == 0 && c->asked.rules->states[state].kept != KEPT_NOT)
                        : facet_fits(facet, m->is->kind, m->is->value, m->folded, value, folded[i]);
        met |= (uint64_t)fits << i;
    }
    return met;
}

/* of each trait the values of the facet that it is */
static void mark_values(struct counting *c, enum facet facet)
{
    const struct census_facet *f = &c->out->facets[facet];
    struct str folded[BITS];
    for (size_t i = 0; i < f->count; i++)
        folded[i] = facet_folded(c->arena, facet, f->values[i].value);
    for (size_t i = 0; i < c->traits_count; i++)
        if (facet_tells(facet, c->traits[i].kind)) {
            struct meaning *m = &c->meanings[i];
            uint64_t met = values_met(c, facet, m, folded);
            *(facet == m->facet ? &m->values : &m->place_values) = met;
        }
}

static void add_met(struct census_facet *f, uint64_t met)
{
    for (; met; met &= met - 1)
        f->values[__builtin_ctzll(met)].people++;
}

static void count_values(struct counting *c)
{
    for (size_t i = 0; i < c->counted_count; i++) {
        const struct counted *who = &c->counted[i];
        uint64_t met[FACETS + 1] = {0};
        for (size_t k = who->from; k < who->to; k++) {
            const struct meaning *m = &c->meanings[c->held[k]];
            met[m->facet] |= m->values;
            met[FACET_PLACE] |= m->place_values;
        }
        for (enum facet f = 0; f < FACETS; f++)
            if (who->open >> f & 1)
                add_met(&c->out->facets[f], met[f]);
    }
}

static void count_years(struct counting *c)
{
    struct census_facet *f = &c->out->facets[FACET_ARRESTED];
    struct days years[BITS] = {{0, 0}};
    for (size_t i = 0; i < f->count; i++)
        if (edtf_range(f->values[i].value, &years[i].since, &years[i].until, NULL) != OK)
            bug("a year that is no date");
    for (size_t i = 0; i < c->counted_count; i++) {
        const struct counted *who = &c->counted[i];
        uint64_t met = 0;
        for (size_t k = who->days; (who->open >> FACET_ARRESTED & 1) && k < who->day_end; k++)
            for (size_t n = 0; n < f->count; n++)
                met |= (uint64_t)meets(&c->taken[k], years[n].since, years[n].until) << n;
        add_met(f, met);
    }
}

static void settle(const struct counting *c, enum facet facet)
{
    struct census_facet *f = &c->out->facets[facet];
    struct str asked = c->asked.question->of[facet];
    size_t kept = 0;
    for (size_t i = 0; i < f->count; i++) {
        f->values[i].asked = asked.len && str_equal(f->values[i].value, asked);
        if (f->values[i].people || f->values[i].asked)
            f->values[kept++] = f->values[i];
    }
    f->count = kept;
}

static int compare_values(const void *left, const void *right)
{
    const struct census_value *a = left, *b = right;
    if (a->people != b->people)
        return a->people > b->people ? -1 : 1;
    return str_compare(a->value, b->value);
}

static int compare_years(const void *left, const void *right)
{
    return str_compare(((const struct census_value *)left)->value,
                       ((const struct census_value *)right)->value);
}

static void count_facets(struct counting *c)
{
    for (enum facet f = 0; f < FACETS; f++) {
        c->out->facets[f].values = arena_alloc(c->arena, BITS * sizeof(struct census_value));
        if (f == FACET_STATE)
            choose_states(c);
        else if (f == FACET_ARRESTED)
            choose_years(c);
        else
            choose_values(c, f);
        mark_values(c, f);
    }
    count_values(c);
    count_years(c);
    for (enum facet f = 0; f < FACETS; f++) {
        struct census_facet *facet = &c->out->facets[f];
        settle(c, f);
        if (f != FACET_STATE && facet->count)
            qsort(facet->values, facet->count, sizeof *facet->values,
                  f == FACET_ARRESTED ? compare_years : compare_values);
    }
}

enum outcome census_take(struct archive *archive, const struct case_rules *rules,
                         const struct case_question *q, size_t from, size_t limit,
                         struct arena *arena, struct census *out, struct fault *why)
{
    struct counting c = {.arena = arena, .out = out};
    *out = (struct census){.everybody = 0};
    c.most = limit > SIZE_MAX - from ? SIZE_MAX : from + limit;
    enum outcome result = asked_read(rules, q, arena, &c.asked, why);
    for (enum facet f = 0; f < FACETS; f++)
        c.asks |= (uint32_t)(q->of[f].len > 0) << f;
    if (result == OK)
        result = read_meanings(&c, archive, why);
    if (result == OK)
        result = archive_profiles_each(archive, &c, see_person, why);
    if (result != OK)
        return result;
    count_facets(&c);
    if (out->count)
        qsort(out->rows, out->count, sizeof *out->rows, compare_rows);
    size_t skipped = from < out->count ? from : out->count;
    out->rows += skipped;
    out->count -= skipped;
    return OK;
}

/* ---- the cases ---- */

static int64_t prefix_of(const struct hash *address)
{
    uint64_t prefix = 0;
    for (size_t i = 0; i < 8; i++)
        prefix = prefix << 8 | address->bytes[i];
    return (int64_t)prefix;
}

static const struct case_person *person_of(const struct case_record *r, int64_t prefix)
{
    for (size_t i = 0; i < r->people_count; i++)
        if (prefix_of(&r->people[i].address) == prefix)
            return &r->people[i];
    return NULL;
}

enum outcome census_cases(struct archive *archive, const struct case_rules *rules,
                          const struct case_question *q, const struct census *census,
                          struct arena *arena, struct case_record *record, struct case_row **out,
                          size_t *count, struct fault *why)
{
    struct hash_list seeds = {arena_alloc(arena, (census->count + 1) * sizeof *seeds.at), 0};
    struct case_person *people = arena_alloc(arena, (census->count + 1) * sizeof *people);
    size_t known = 0;
    for (size_t i = 0; i < census->count; i++)
        seeds.at[seeds.count++] = census->rows[i].statement;
    enum outcome result = case_record_about(archive, &seeds, arena, record, why);
    for (size_t i = 0; i < census->count && result == OK; i++) {
        const struct case_person *person = person_of(record, census->rows[i].person);
        if (person)
            people[known++] = *person;
    }
    return result == OK ? case_list(rules, q, people, known, arena, out, count, why) : result;
}

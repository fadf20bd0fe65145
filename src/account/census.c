#include "account/census.h"

#include "account/case_asked_int.h"

enum { BITS = 64 };

/* A bit for each of the crowd, in their order. */
typedef uint64_t *bits;

struct counting {
    const struct crowd *crowd;
    struct asked asked;
    struct arena *arena;
    struct census *out;
    size_t words;      /* of bits */
    bits fit;          /* who fits all that is asked */
    bits open[FACETS]; /* who fits all but what is asked of the facet */
    bits states[BITS]; /* who may be in each state on the day; NULL: nobody */
    bits met;          /* room */
};

/* ---- bits ---- */

static bits bits_new(const struct counting *c)
{
    return arena_alloc(c->arena, (c->words + 1) * sizeof(uint64_t));
}

static bits bits_of_all(const struct counting *c)
{
    bits out = bits_new(c);
    for (size_t i = 0; i < c->words; i++)
        out[i] = UINT64_MAX;
    if (c->crowd->count % BITS)
        out[c->words - 1] = (UINT64_C(1) << c->crowd->count % BITS) - 1;
    return out;
}

static void bits_leave(const struct counting *c, bits out, const uint64_t *gone)
{
    for (size_t i = 0; gone && i < c->words; i++)
        out[i] &= ~gone[i];
}

static void bits_join(const struct counting *c, bits out, const uint64_t *more)
{
    for (size_t i = 0; i < c->words; i++)
        out[i] |= more[i];
}

static void bits_meet(const struct counting *c, bits out, const uint64_t *other)
{
    for (size_t i = 0; i < c->words; i++)
        out[i] &= other[i];
}

static size_t bits_in_both(const struct counting *c, const uint64_t *a, const uint64_t *b)
{
    size_t count = 0;
    for (size_t i = 0; i < c->words; i++)
        count += (size_t)__builtin_popcountll(a[i] & b[i]);
    return count;
}

INLINED bool bits_has(const uint64_t *all, uint32_t who)
{
    return all[who / BITS] >> who % BITS & 1;
}

static int32_t day_within(int64_t day)
{
    return day < INT32_MIN ? INT32_MIN : day > INT32_MAX ? INT32_MAX : (int32_t)day;
}

static void mark(const struct crowd_trait *t, int64_t first, int64_t last, bits out)
{
    int32_t from = day_within(first), to = day_within(last);
    for (size_t i = 0; i < t->count; i++) {
        bool there = !t->days || (t->days[i].since <= to && from <= t->days[i].until);
        out[t->who[i] / BITS] |= (uint64_t)there << t->who[i] % BITS;
    }
}

/* ---- who fits ---- */

static void mark_states(struct counting *c)
{
    int64_t day = c->asked.question->day;
    size_t state;
    for (size_t i = 0; i < c->crowd->traits_count; i++) {
        const struct crowd_trait *t = &c->crowd->traits[i];
        if (t->facet != FACET_STATE || !case_state_find(c->asked.rules, t->is.value, &state))
            continue;
        if (!c->states[state])
            c->states[state] = bits_new(c);
        mark(t, day, day, c->states[state]);
    }
}

static void mark_in_states(const struct counting *c, uint32_t states, bits out)
{
    for (size_t i = 0; i < c->asked.rules->states_count; i++)
        if ((states >> i & 1) && c->states[i])
            bits_join(c, out, c->states[i]);
}

static void mark_answers(struct counting *c, enum facet facet, bits out)
{
    const struct asked *a = &c->asked;
    if (facet == FACET_STATE) {
        mark_in_states(c, a->states, out);
        return;
    }
    for (size_t i = 0; i < c->crowd->traits_count; i++) {
        const struct crowd_trait *t = &c->crowd->traits[i];
        if (t->facet != FACETS &&
            (asked_answers(a, t->is.kind, t->is.value, t->folded) >> facet & 1))
            mark(t, a->first, a->last, out);
    }
}

static bits named_so(const struct counting *c)
{
    const struct crowd *w = c->crowd;
    struct str name = c->asked.name;
    bits out = name.len ? bits_new(c) : bits_of_all(c);
    size_t who = 0, at = 0;
    while (name.len && (at = str_find(w->keys, name, at)) != SIZE_MAX) {
        while (w->keys_at[who + 1] <= at)
            who++;
        bool whole = at + name.len <= w->keys_at[who + 1];
        out[who / BITS] |= (uint64_t)whole << who % BITS;
        at = whole ? w->keys_at[who + 1] : at + 1;
    }
    bits_leave(c, out, w->gone);
    return out;
}

static void find_who_fits(struct counting *c)
{
    uint32_t asks = asked_facets(&c->asked);
    bits met[FACETS], named = named_so(c);
    mark_states(c);
    c->fit = bits_new(c);
    bits_join(c, c->fit, named);
    for (enum facet f = 0; f < FACETS; f++) {
        c->open[f] = c->fit;
        if (!(asks >> f & 1))
            continue;
        met[f] = bits_new(c);
        mark_answers(c, f, met[f]);
        bits_meet(c, c->fit, met[f]);
        c->open[f] = bits_new(c);
        bits_join(c, c->open[f], named);
    }
    for (enum facet f = 0; f < FACETS; f++)
        for (enum facet other = 0; (asks >> f & 1) && other < FACETS; other++)
            if (other != f && (asks >> other & 1))
                bits_meet(c, c->open[f], met[other]);
}

/* ---- the rows ---- */

static struct census_row row_of(const struct crowd *w, size_t who)
{
    return (struct census_row){w->people[who], w->statements[who],
                               str_slice(w->names, w->name_at[who], w->name_at[who + 1])};
}

static int compare_rows(const void *left, const void *right)
{
    const struct census_row *a = left, *b = right;
    int order = str_compare(a->name, b->name);
    if (order)
        return order;
    return (uint64_t)a->person < (uint64_t)b->person ? -1 : a->person != b->person;
}

/* those who fit and stand behind the sorted, by name */
static struct census_row *late_rows(const struct counting *c, size_t *count)
{
    const struct crowd *w = c->crowd;
    struct census_row *out = arena_alloc(c->arena, (w->count - w->sorted + 1) * sizeof *out);
    *count = 0;
    for (size_t who = w->sorted; who < w->count; who++)
        if (bits_has(c->fit, (uint32_t)who))
            out[(*count)++] = row_of(w, who);
    if (*count)
        qsort(out, *count, sizeof *out, compare_rows);
    return out;
}

/* the next of the sorted who fits, from `who` on; `sorted` when there is none */
static size_t next_fit(const struct counting *c, size_t who)
{
    size_t end = c->crowd->sorted;
    while (who < end) {
        uint64_t word = c->fit[who / BITS] >> who % BITS;
        if (word) {
            who += (size_t)__builtin_ctzll(word);
            return who < end ? who : end;
        }
        who += BITS - who % BITS;
    }
    return end;
}

/* the sorted who fit are left out word by word, as long as nobody else is to stand among them */
static size_t skip_sorted(const struct counting *c, size_t from, size_t *skipped)
{
    size_t who = 0;
    *skipped = 0;
    for (; who + BITS <= c->crowd->sorted; who += BITS) {
        size_t here = (size_t)__builtin_popcountll(c->fit[who / BITS]);
        if (*skipped + here > from)
            break;
        *skipped += here;
    }
    return who;
}

static void write_rows(struct counting *c, size_t from, size_t limit)
{
    const struct crowd *w = c->crowd;
    struct census *out = c->out;
    size_t left = from < out->fit ? out->fit - from : 0, skipped = 0, late_count, k = 0;
    size_t most = left < limit ? left : limit;
    const struct census_row *late = late_rows(c, &late_count);
    out->rows = arena_alloc(c->arena, (most + 1) * sizeof *out->rows);
    size_t who = next_fit(c, late_count ? 0 : skip_sorted(c, from, &skipped));
    while (out->count < most) {
        bool sorted = who < w->sorted;
        struct census_row row = sorted ? row_of(w, who) : late[k];
        if (sorted && k < late_count && compare_rows(&late[k], &row) < 0) {
            row = late[k];
            sorted = false;
        }
        k += !sorted;
        who = sorted ? next_fit(c, who + 1) : who;
        if (skipped++ >= from)
            out->rows[out->count++] = row;
    }
}

/* ---- the values of a facet ---- */

/* What may be offered, and of how many it is said in these words. */
struct candidate {
    const struct crowd_trait *trait;
    size_t people;
};

static void add_value(struct census_facet *f, struct str value, size_t people)
{
    f->values[f->count++] = (struct census_value){.value = value, .people = people};
}

static size_t count_trait(const struct counting *c, const struct crowd_trait *t, enum facet facet)
{
    size_t count = 0;
    if (!c->crowd->gone && c->out->facets[facet].of == c->crowd->count)
        return t->count;
    for (size_t i = 0; i < t->count; i++)
        count += bits_has(c->open[facet], t->who[i]);
    return count;
}

/* Of how many a value is said, in its own words or as a part of others. */
static size_t count_value(struct counting *c, enum facet facet, struct str value, struct str folded)
{
    const struct crowd_trait *only = NULL;
    size_t found = 0;
    for (size_t i = 0; i < c->crowd->traits_count; i++) {
        const struct crowd_trait *t = &c->crowd->traits[i];
        if ((t->facet != facet && (facet != FACET_PLACE || t->facet != FACET_PRISON)) ||
            !facet_fits(facet, t->is.kind, t->is.value, t->folded, value, folded))
            continue;
        if (found == 1)
            mark(only, 0, 0, memset(c->met, 0, c->words * sizeof *c->met));
        if (found++)
            mark(t, 0, 0, c->met);
        only = t;
    }
    return !found       ? 0
           : found == 1 ? count_trait(c, only, facet)
                        : bits_in_both(c, c->met, c->open[facet]);
}

static int compare_candidates(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    if (a->people != b->people)
        return a->people > b->people ? -1 : 1;
    return str_compare(a->trait->is.value, b->trait->is.value);
}

static struct candidate *candidates(struct counting *c, enum facet facet, size_t *count)
{
    struct candidate *out = arena_alloc(c->arena, (c->crowd->traits_count + 1) * sizeof *out);
    *count = 0;
    for (size_t i = 0; i < c->crowd->traits_count; i++) {
        const struct crowd_trait *t = &c->crowd->traits[i];
        size_t people = t->facet == facet && t->counts ? count_trait(c, t, facet) : 0;
        if (people)
            out[(*count)++] = (struct candidate){t, people};
    }
    if (*count)
        qsort(out, *count, sizeof *out, compare_candidates);
    return out;
}

static bool is_among(struct str text, const struct str *all, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(text, all[i]))
            return true;
    return false;
}

static void count_words(struct counting *c, enum facet facet)
{
    struct str asked = c->asked.question->of[facet], folded[CENSUS_VALUES + 1];
    struct census_facet *f = &c->out->facets[facet];
    size_t count;
    const struct candidate *all = candidates(c, facet, &count);
    f->values = arena_alloc(c->arena, COUNT_OF(folded) * sizeof *f->values);
    if (asked.len) {
        folded[0] = c->asked.folded[facet];
        add_value(f, asked, c->out->fit);
    }
    for (size_t i = 0; i < count; i++) {
        const struct crowd_trait *t = all[i].trait;
        if (is_among(t->folded, folded, f->count))
            continue;
        if (f->count == CENSUS_VALUES + (asked.len > 0)) {
            f->more++;
            continue;
        }
        folded[f->count] = t->folded;
        add_value(f, t->is.value, count_value(c, facet, t->is.value, t->folded));
    }
}

static void count_states(struct counting *c)
{
    const struct case_rules *rules = c->asked.rules;
    struct census_facet *f = &c->out->facets[FACET_STATE];
    uint32_t held = 0;
    f->values = arena_alloc(c->arena, (rules->states_count + 1) * sizeof *f->values);
    for (size_t i = 0; i < rules->states_count; i++)
        held |= (uint32_t)(rules->states[i].kept != KEPT_NOT) << i;
    mark_in_states(c, held, memset(c->met, 0, c->words * sizeof *c->met));
    add_value(f, STR("held"), bits_in_both(c, c->met, c->open[FACET_STATE]));
    for (size_t i = 0; i < rules->states_count; i++)
        add_value(f, rules->states[i].name,
                  c->states[i] ? bits_in_both(c, c->states[i], c->open[FACET_STATE]) : 0);
}

/* ---- years ---- */

struct year {
    size_t people;
    uint32_t last; /* who was counted, from 1 on */
    bool told;     /* of a day that is known to a year */
};

struct years {
    struct year of[CROWD_YEARS + 1];
    size_t first, end;
};

static void tell_years(const struct crowd_trait *t, const uint64_t *open, struct years *out)
{
    for (size_t i = 0; i < t->count; i++) {
        const struct crowd_years *y = &t->years[i];
        if (!y->told || !bits_has(open, t->who[i]))
            continue;
        for (size_t year = y->since ? y->since : 1; year <= y->until && year < CROWD_YEARS; year++)
            out->of[year].told = true;
        out->first = y->since < out->first ? y->since : out->first;
        out->end = y->until >= out->end ? (size_t)y->until + 1 : out->end;
    }
}

static void count_in_years(const struct crowd_trait *t, const uint64_t *open, struct years *out)
{
    for (size_t i = 0; i < t->count; i++) {
        const struct crowd_years *y = &t->years[i];
        if (!bits_has(open, t->who[i]))
            continue;
        size_t year = y->since > out->first ? y->since : out->first;
        for (; year <= y->until && year < out->end; year++) {
            out->of[year].people += out->of[year].last != t->who[i] + 1;
            out->of[year].last = t->who[i] + 1;
        }
    }
}

static const struct crowd_trait *taken_into_prison(const struct crowd *w)
{
    for (size_t i = 0; i < w->traits_count; i++)
        if (w->traits[i].facet == FACET_ARRESTED)
            return &w->traits[i];
    return NULL;
}

static void count_years(struct counting *c)
{
    struct census_facet *f = &c->out->facets[FACET_ARRESTED];
    struct str asked = c->asked.question->of[FACET_ARRESTED];
    const struct crowd_trait *taken = taken_into_prison(c->crowd);
    struct years *years = arena_alloc(c->arena, sizeof *years);
    years->first = CROWD_YEARS;
    f->values = arena_alloc(c->arena, BITS * sizeof *f->values);
    if (taken) {
        tell_years(taken, c->open[FACET_ARRESTED], years);
        count_in_years(taken, c->open[FACET_ARRESTED], years);
    }
    if (asked.len)
        add_value(f, asked, c->out->fit);
    for (size_t year = CROWD_YEARS - 1; year > 0; year--) {
        if (!years->of[year].told)
            continue;
        struct str text = arena_print(c->arena, "%04zu", year);
        if (str_equal(text, asked))
            continue;
        if (f->count < BITS)
            add_value(f, text, years->of[year].people);
        else
            f->more++;
    }
}

/* ---- all facets ---- */

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
    c->met = bits_new(c);
    for (enum facet f = 0; f < FACETS; f++) {
        struct census_facet *facet = &c->out->facets[f];
        facet->of = bits_in_both(c, c->open[f], c->open[f]);
        if (f == FACET_STATE)
            count_states(c);
        else if (f == FACET_ARRESTED)
            count_years(c);
        else
            count_words(c, f);
        settle(c, f);
        if (f != FACET_STATE && facet->count)
            qsort(facet->values, facet->count, sizeof *facet->values,
                  f == FACET_ARRESTED ? compare_years : compare_values);
    }
}

enum outcome census_take(const struct crowd *crowd, const struct case_rules *rules,
                         const struct case_question *q, size_t from, size_t limit,
                         struct arena *arena, struct census *out, struct fault *why)
{
    struct counting c = {.crowd = crowd, .arena = arena, .out = out};
    *out = (struct census){.everybody = crowd->count - crowd->gone_count};
    c.words = (crowd->count + BITS - 1) / BITS;
    enum outcome result = asked_read(rules, q, arena, &c.asked, why);
    if (result != OK)
        return result;
    find_who_fits(&c);
    out->fit = bits_in_both(&c, c.fit, c.fit);
    write_rows(&c, from, limit);
    count_facets(&c);
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

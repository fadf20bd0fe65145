#include "read/telling_int.h"

enum { REACH = 400, BUCKETS_LEAST = 16, DAY_LENGTH = 10 };

/* who was killed has also died */
static bool is_death(struct str event)
{
    return str_equal(event, STR("died")) || str_equal(event, STR("killed")) ||
           str_equal(event, STR("executed"));
}

/* those of one key may be one happening: who was convicted may turn out to have been sentenced */
static uint64_t key_of(struct str person, struct str event)
{
    struct str what = is_death(event)                            ? STR("died")
                      : str_equal(event, STR("other:convicted")) ? STR("sentenced")
                                                                 : event;
    return lexicon_hash_join(lexicon_word_hash(person), lexicon_word_hash(what));
}

static struct life_event *event_at(const struct tellings *t, size_t i)
{
    return &t->all->at[t->first + i].statement.life_event;
}

static uint32_t *latest_of(const struct tellings *t, uint64_t key)
{
    return &t->latest[key & (t->buckets - 1)];
}

void tellings_init(struct tellings *t, struct arena *arena, struct proposals *all, size_t names)
{
    *t = (struct tellings){
        .arena = arena, .all = all, .first = all->count, .buckets = BUCKETS_LEAST};
    while (t->buckets < names)
        t->buckets *= 2;
    t->latest = arena_alloc(arena, t->buckets * sizeof *t->latest);
    for (size_t i = 0; i < t->buckets; i++)
        t->latest[i] = TELLING_NONE;
}

void tellings_add(struct tellings *t)
{
    const struct life_event *e = event_at(t, t->count);
    uint64_t key = key_of(e->person, e->event);
    uint32_t *latest = latest_of(t, key);
    t->at = arena_grow(t->arena, t->at, t->count, &t->room, sizeof *t->at);
    t->at[t->count] = (struct telling){key, *latest};
    *latest = (uint32_t)t->count++;
}

void tellings_cut(struct tellings *t, size_t from)
{
    while (t->count > from - t->first) {
        const struct telling *last = &t->at[--t->count];
        *latest_of(t, last->key) = last->before;
    }
    t->all->count = from;
}

static struct str detail_of(const struct life_event *e, struct str name)
{
    for (size_t i = 0; i < e->details_count; i++)
        if (str_equal(e->details[i].name, name))
            return e->details[i].value;
    return STR_NONE;
}

/* six years in one, 23 in the other: two sentences; two prisons: two transfers */
static bool differ(const struct life_event *left, const struct life_event *right)
{
    static const char *const telling[] = {"sentence", "prison"};
    for (size_t i = 0; i < COUNT_OF(telling); i++) {
        struct str a = detail_of(left, str_of(telling[i])),
                   b = detail_of(right, str_of(telling[i]));
        if (a.len && b.len && !str_equal(a, b))
            return true;
    }
    return false;
}

static bool is_statement(const struct life_event *e)
{
    return str_equal(e->event, STR("statement"));
}

struct life_event *tellings_find(const struct tellings *t, struct str person,
                                 const struct life_event *event, size_t since)
{
    uint64_t key = key_of(person, event->event);
    size_t recent = t->count > REACH ? t->count - REACH : 0, found = TELLING_NONE;
    size_t from = since > t->first + recent ? since - t->first : recent;
    for (size_t i = *latest_of(t, key); i != TELLING_NONE && i >= from; i = t->at[i].before) {
        const struct life_event *e = event_at(t, i);
        if (t->at[i].key != key || !str_equal(e->event, event->event) ||
            !str_equal(e->person, person) || differ(e, event))
            continue;
        bool both = is_statement(e) || (e->date.len && event->date.len);
        if (!both || str_equal(e->date, event->date))
            found = i;
    }
    return found == TELLING_NONE ? NULL : &t->all->at[t->first + found].statement.life_event;
}

/* "2022-01-01/2022-01-31" holds "2022-01-08" */
static bool is_date_within(struct str date, struct str period)
{
    size_t slash = 0;
    while (slash < period.len && period.at[slash] != '/')
        slash++;
    if (slash == period.len || slash != DAY_LENGTH || date.len < DAY_LENGTH ||
        period.len != 2 * DAY_LENGTH + 1)
        return false;
    const char *last = date.at + date.len - DAY_LENGTH;
    return !str_equal(date, period) && memcmp(date.at, period.at, DAY_LENGTH) >= 0 &&
           memcmp(last, period.at + DAY_LENGTH + 1, DAY_LENGTH) <= 0;
}

/* what is told again without a date says nothing new */
static bool is_told_by(const struct life_event *e, const struct life_event *other, bool earlier)
{
    bool same = str_equal(e->event, other->event);
    bool death = str_equal(e->event, STR("died")) && is_death(other->event) && !same;
    if ((!same && !death) || !str_equal(e->person, other->person) || differ(e, other))
        return false;
    bool wider = (other->date.len > e->date.len && str_starts(other->date, e->date) &&
                  (e->date.len || !is_statement(e) || earlier)) ||
                 (!is_statement(e) && is_date_within(other->date, e->date));
    return wider || (str_equal(e->date, other->date) && (earlier || death));
}

/* who died on a day and was killed, it does not say when, was killed on it */
static void dated_by_death(const struct life_event *died, struct life_event *killed, bool *again)
{
    if (!str_equal(died->event, STR("died")) || !is_death(killed->event) ||
        str_equal(killed->event, died->event) || !str_equal(died->person, killed->person) ||
        !died->date.len || killed->date.len)
        return;
    killed->date = died->date;
    *again = true;
}

static void compare(const struct tellings *t, size_t i, bool *again)
{
    struct life_event *e = event_at(t, i);
    for (size_t k = t->at[i].before; k != TELLING_NONE && i - k <= REACH; k = t->at[k].before) {
        struct life_event *other = event_at(t, k);
        if (t->at[k].key != t->at[i].key)
            continue;
        dated_by_death(e, other, &again[i]);
        dated_by_death(other, e, &again[k]);
        again[i] = again[i] || is_told_by(e, other, true);
        again[k] = again[k] || (i - k < REACH && is_told_by(other, e, false));
    }
}

void tellings_settle(const struct tellings *t)
{
    struct proposals *all = t->all;
    size_t kept = t->first;
    bool *again = arena_alloc(t->arena, t->count + 1);
    for (size_t i = 0; i < t->count; i++)
        compare(t, i, again);
    for (size_t i = 0; i < t->count; i++)
        if (!again[i])
            all->at[kept++] = all->at[t->first + i];
    all->count = kept;
}

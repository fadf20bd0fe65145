#include "account/labels.h"

#include <pthread.h>

#include "base/arena.h"
#include "base/table.h"
#include "text/edtf.h"
#include "text/fold.h"

struct entry {
    struct str first, second, third;
};

struct entries {
    struct entry *at;
    size_t count, room;
};

struct labels {
    struct entries parts, states, equivalents, reviews, once;
};

static struct entries read_entries(struct arena *arena, const char *path, const char *header)
{
    struct entries out = {0};
    struct table table;
    struct row row;
    bool more = true;
    if (table_open(&table, path, header, NULL) != OK)
        bug("a table of data/account cannot be read");
    while (table_next(&table, &row, &more, NULL) == OK && more) {
        out.at = arena_grow(arena, out.at, out.count, &out.room, sizeof *out.at);
        out.at[out.count++] = (struct entry){row.cells[0], row.cells[1], row.cells[2]};
    }
    if (more)
        bug("a row of data/account cannot be read");
    return out;
}

static pthread_once_t known_read = PTHREAD_ONCE_INIT;
static struct arena known_arena;
static struct labels known;

static void read_known(void)
{
    arena_init(&known_arena);
    known = (struct labels){
        .parts = read_entries(&known_arena, "account/populations.tsv", "part whole"),
        .states = read_entries(&known_arena, "account/states.tsv", "event"),
        .equivalents =
            read_entries(&known_arena, "account/equivalents.tsv", "incident event same_as"),
        .reviews = read_entries(&known_arena, "account/reviews.tsv", "event of"),
        .once = read_entries(&known_arena, "account/once.tsv", "kind label")};
}

const struct labels *labels_known(void)
{
    pthread_once(&known_read, read_known);
    return &known;
}

bool population_is_part(const struct labels *labels, struct str part, struct str whole)
{
    for (size_t i = 0; i < labels->parts.count; i++)
        if (str_equal(labels->parts.at[i].first, part) &&
            str_equal(labels->parts.at[i].second, whole))
            return true;
    return false;
}

bool population_has_whole(const struct labels *labels, struct str part)
{
    for (size_t i = 0; i < labels->parts.count; i++)
        if (str_equal(labels->parts.at[i].first, part))
            return true;
    return false;
}

bool event_adds_up(const struct labels *labels, struct str event)
{
    for (size_t i = 0; i < labels->states.count; i++)
        if (str_equal(labels->states.at[i].first, event))
            return false;
    return true;
}

static const struct entry *review_of(const struct labels *labels, struct str event)
{
    for (size_t i = 0; i < labels->reviews.count; i++)
        if (str_equal(labels->reviews.at[i].first, event))
            return &labels->reviews.at[i];
    return NULL;
}

bool event_is_under_review(const struct labels *labels, struct str event)
{
    return review_of(labels, event) != NULL;
}

struct str event_in_incident(const struct labels *labels, struct str incident, struct str event)
{
    const struct entry *review = review_of(labels, event);
    if (review)
        event = review->second;
    for (size_t i = 0; i < labels->equivalents.count; i++) {
        const struct entry *e = &labels->equivalents.at[i];
        if (str_equal(e->first, incident) && str_equal(e->second, event))
            return e->third;
    }
    return event;
}

bool happens_once(const struct labels *labels, bool event, struct str label)
{
    struct str kind = event ? STR("event") : STR("property");
    for (size_t i = 0; i < labels->once.count; i++)
        if (str_equal(labels->once.at[i].first, kind) &&
            str_equal(labels->once.at[i].second, label))
            return true;
    return false;
}

bool values_contradict(const struct labels *labels, struct str property, struct str a, struct str b)
{
    int64_t first, last;
    if (!happens_once(labels, false, property))
        return false;
    bool dates =
        edtf_range(a, &first, &last, NULL) == OK && edtf_range(b, &first, &last, NULL) == OK;
    return dates ? edtf_apart(a, b) : !fold_equal(a, b);
}

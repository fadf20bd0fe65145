#include "account/labels.h"

#include "base/table.h"

struct pair {
    struct str first, second;
};

struct pairs {
    struct pair *at;
    size_t count, room;
};

struct labels {
    struct pairs parts, states;
};

static struct pairs read_pairs(struct arena *arena, const char *path, const char *header) {
    struct pairs out = {0};
    struct table table;
    struct row row;
    bool more = true;
    if (table_open(&table, path, header, NULL) != OK)
        bug("a table of data/account cannot be read");
    while (table_next(&table, &row, &more, NULL) == OK && more) {
        out.at = arena_grow(arena, out.at, out.count, &out.room, sizeof *out.at);
        out.at[out.count++] = (struct pair){row.cells[0], row.cells[1]};
    }
    if (more)
        bug("a row of data/account cannot be read");
    return out;
}

const struct labels *labels_new(struct arena *arena) {
    struct labels *labels = arena_alloc(arena, sizeof *labels);
    labels->parts = read_pairs(arena, "account/populations.tsv", "part whole");
    labels->states = read_pairs(arena, "account/states.tsv", "event");
    return labels;
}

bool population_is_part(const struct labels *labels, struct str part, struct str whole) {
    for (size_t i = 0; i < labels->parts.count; i++)
        if (str_equal(labels->parts.at[i].first, part) &&
            str_equal(labels->parts.at[i].second, whole))
            return true;
    return false;
}

bool event_adds_up(const struct labels *labels, struct str event) {
    for (size_t i = 0; i < labels->states.count; i++)
        if (str_equal(labels->states.at[i].first, event))
            return false;
    return true;
}

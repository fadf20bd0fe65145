#include "account/shelf.h"

#include <pthread.h>

#include "store/page.h"

struct shelved {
    struct arena arena;
    enum account_kind kind;
    union {
        struct groups groups;
        struct matches matches;
        struct people_list people;
        struct audits audits;
        struct life_labels events;
        struct crowd crowd;
    };
    uint64_t generation;
    int64_t as_of;        /* of audits */
    uint64_t statements;  /* of matches: archive_statement_generation */
    struct shelved *base; /* those from which it was made again, held; or NULL */
    size_t holders;       /* the shelf itself is one as long as it is the latest */
};

struct account_shelf {
    pthread_mutex_t lock;
    pthread_cond_t made;
    struct shelved *latest[ACCOUNT_KINDS]; /* or NULL */
    bool making[ACCOUNT_KINDS];
};

struct account_shelf *account_shelf_new(void)
{
    struct account_shelf *shelf = mem_alloc(sizeof *shelf);
    pthread_mutex_init(&shelf->lock, NULL);
    pthread_cond_init(&shelf->made, NULL);
    return shelf;
}

/* Under the lock. */
static void let_go(struct shelved *shelved)
{
    if (!shelved || --shelved->holders)
        return;
    let_go(shelved->base);
    arena_release(&shelved->arena);
    mem_free(shelved);
}

void account_shelf_free(struct account_shelf *shelf)
{
    if (!shelf)
        return;
    for (size_t i = 0; i < ACCOUNT_KINDS; i++)
        let_go(shelf->latest[i]);
    pthread_cond_destroy(&shelf->made);
    pthread_mutex_destroy(&shelf->lock);
    mem_free(shelf);
}

static void hold(struct shelved *shelved, struct account_hold *out)
{
    shelved->holders++;
    *out = (struct account_hold){
        .groups = shelved->kind == ACCOUNT_GROUPS ? &shelved->groups : NULL,
        .matches = shelved->kind == ACCOUNT_MATCHES ? &shelved->matches : NULL,
        .people = shelved->kind == ACCOUNT_PEOPLE ? &shelved->people : NULL,
        .audits = shelved->kind == ACCOUNT_AUDITS || shelved->kind == ACCOUNT_AUDITS_AS_OF
                      ? &shelved->audits
                      : NULL,
        .events = shelved->kind == ACCOUNT_EVENTS ? &shelved->events : NULL,
        .crowd = shelved->kind == ACCOUNT_CROWD ? &shelved->crowd : NULL,
        .shelved = shelved,
    };
}

/* Matches whose texts were read already are made again by other decisions alone. `before` is held,
 * and becomes the base where it serves. */
static enum outcome fill_matches(struct archive *a, const struct reader *reader,
                                 struct shelved *before, struct shelved *made, struct fault *why)
{
    enum outcome result = archive_statement_generation(a, &made->statements, why);
    if (result != OK)
        return result;
    if (before && before->statements == made->statements)
        made->base = before;
    return matches_read(a, reader, made->base ? &made->base->matches : NULL, &made->arena,
                        &made->matches, why);
}

/* The columns lie in the base, whose arena nobody else writes to: one crowd is made at a time. */
static enum outcome fill_crowd(struct archive *a, const struct shelved *latest,
                               struct shelved *before, struct shelved *made, struct fault *why)
{
    const struct case_rules *rules;
    bool followed = false;
    enum outcome result = case_rules_known(&rules, why);
    if (result == OK && before)
        result = crowd_follow(a, rules, &latest->crowd, &before->arena, &made->arena, &made->crowd,
                              &followed, why);
    if (followed)
        made->base = before;
    return result == OK && !followed ? crowd_read(a, rules, &made->arena, &made->crowd, why)
                                     : result;
}

static enum outcome fill(struct archive *a, const struct account_wish *wish,
                         const struct shelved *latest, struct shelved *before, struct shelved *made,
                         struct fault *why)
{
    switch (wish->kind) {
    case ACCOUNT_GROUPS:
        return groups_all(a, wish->incidents, wish->incidents_count, &made->arena, &made->groups,
                          why);
    case ACCOUNT_MATCHES:
        return fill_matches(a, wish->reader, before, made, why);
    case ACCOUNT_PEOPLE:
        return people_list_read(a, &made->arena, &made->people, why);
    case ACCOUNT_AUDITS:
        return audits_read(a, INT64_MIN, &made->arena, &made->audits, why);
    case ACCOUNT_AUDITS_AS_OF:
        return audits_read(a, wish->as_of, &made->arena, &made->audits, why);
    case ACCOUNT_EVENTS:
        return archive_life_events(a, &made->arena, &made->events.at, &made->events.count, why);
    case ACCOUNT_CROWD:
        return fill_crowd(a, latest, before, made, why);
    case ACCOUNT_KINDS:
        break;
    }
    bug("a kind of account that is none");
}

/* `latest` stays as long as it is on the shelf, and only whoever makes another takes it away.
 * `before` is the caller's no longer where it became the base. */
static enum outcome make(struct archive *a, const struct account_wish *wish, uint64_t generation,
                         const struct shelved *latest, struct shelved **before,
                         struct shelved **out, struct fault *why)
{
    struct shelved *made = mem_alloc(sizeof *made);
    arena_init(&made->arena);
    made->kind = wish->kind;
    made->generation = generation;
    made->as_of = wish->as_of;
    made->holders = 1;
    enum outcome result = fill(a, wish, latest, *before, made, why);
    if (made->base)
        *before = NULL;
    *out = made;
    return result;
}

/* Under the lock: what it was made from, or itself, held. */
static struct shelved *hold_root(struct shelved *latest)
{
    struct shelved *root = latest && latest->base ? latest->base : latest;
    if (root)
        root->holders++;
    return root;
}

/* Under the lock. */
static bool is_there(const struct account_shelf *shelf, const struct account_wish *wish,
                     uint64_t generation)
{
    const struct shelved *latest = shelf->latest[wish->kind];
    return latest && latest->generation == generation && latest->as_of == wish->as_of;
}

/* In a snapshot of the archive, which is of this generation. */
static enum outcome find_or_make(struct account_shelf *shelf, struct archive *a,
                                 const struct account_wish *wish, uint64_t generation,
                                 struct account_hold *out, struct fault *why)
{
    struct shelved *made = NULL;
    enum outcome result = OK;
    pthread_mutex_lock(&shelf->lock);
    while (shelf->making[wish->kind] && !is_there(shelf, wish, generation))
        pthread_cond_wait(&shelf->made, &shelf->lock);
    if (!is_there(shelf, wish, generation)) {
        const struct shelved *latest = shelf->latest[wish->kind];
        struct shelved *before = hold_root(shelf->latest[wish->kind]);
        shelf->making[wish->kind] = true;
        pthread_mutex_unlock(&shelf->lock);
        result = make(a, wish, generation, latest, &before, &made, why);
        pthread_mutex_lock(&shelf->lock);
        shelf->making[wish->kind] = false;
        let_go(before);
        if (result == OK) {
            let_go(shelf->latest[wish->kind]);
            shelf->latest[wish->kind] = made;
        } else {
            let_go(made);
        }
        pthread_cond_broadcast(&shelf->made);
    }
    if (result == OK)
        hold(shelf->latest[wish->kind], out);
    pthread_mutex_unlock(&shelf->lock);
    return result;
}

/* whether it is there or soon made */
static enum outcome is_soon(struct account_shelf *shelf, struct archive *a,
                            const struct account_wish *wish, uint64_t generation, bool *soon,
                            struct fault *why)
{
    struct archive_state state;
    pthread_mutex_lock(&shelf->lock);
    *soon = is_there(shelf, wish, generation);
    pthread_mutex_unlock(&shelf->lock);
    if (*soon)
        return OK;
    enum outcome result = archive_summary(a, &state, why);
    *soon = result == OK && state.statements <= SHELF_AT_ONCE;
    return result;
}

enum outcome account_hold(struct account_shelf *shelf, struct archive *a,
                          const struct account_wish *wish, struct account_hold *out,
                          struct fault *why)
{
    uint64_t generation;
    bool soon = true;
    *out = (struct account_hold){0};
    enum outcome result = archive_snapshot_begin(a, why);
    if (result != OK)
        return result;
    result = archive_generation(a, &generation, why);
    if (result == OK && wish->unless_long)
        result = is_soon(shelf, a, wish, generation, &soon, why);
    if (result == OK && soon)
        result = find_or_make(shelf, a, wish, generation, out, why);
    archive_snapshot_end(a);
    return result;
}

void account_release(struct account_shelf *shelf, struct account_hold *held)
{
    if (held->shelved) {
        pthread_mutex_lock(&shelf->lock);
        let_go(held->shelved);
        pthread_mutex_unlock(&shelf->lock);
    }
    *held = (struct account_hold){0};
}

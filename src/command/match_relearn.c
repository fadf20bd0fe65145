#include <stdlib.h>

#include "command/list.h"
#include "command/match_archive.h"
#include "match/meeting.h"

enum { MOVED_LEAST = 5 }; /* tenths: less than half a bit is not told */

/* A proposal under one of the two models, by the addresses of both. */
struct proposed {
    struct hash left, right;
    const struct likely_pair *pair;
};

static int compare_proposed(const void *a, const void *b)
{
    const struct proposed *x = a, *y = b;
    int order = hash_compare(&x->left, &y->left);
    return order ? order : hash_compare(&x->right, &y->right);
}

static struct proposed *probable_of(const struct likely *l, struct arena *arena, size_t *count)
{
    struct proposed *out = arena_alloc(arena, (l->pairs_count + 1) * sizeof *out);
    *count = 0;
    for (size_t i = 0; i < l->pairs_count; i++)
        if (l->pairs[i].probable)
            out[(*count)++] = (struct proposed){bearer_address(l->pairs[i].left),
                                                bearer_address(l->pairs[i].right), &l->pairs[i]};
    if (*count)
        qsort(out, *count, sizeof *out, compare_proposed);
    return out;
}

/* those of one that the other does not have */
static size_t without(const struct proposed *all, size_t count, const struct proposed *others,
                      size_t others_count, const struct likely_pair **out)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        if (!others_count ||
            !bsearch(&all[i], others, others_count, sizeof *others, compare_proposed))
            out[found++] = all[i].pair;
    return found;
}

static json_t *moved_json(const struct weights *before, const struct weights *after)
{
    json_t *out = json_array();
    for (size_t t = 0; t < TRAITS; t++)
        for (size_t k = LEVEL_SAME; k < LEVELS; k++) {
            if (before->levels[t][k] == after->levels[t][k])
                continue;
            json_t *one = json_object();
            json_put_int(one, "after", after->levels[t][k]);
            json_put_int(one, "before", before->levels[t][k]);
            json_put(one, "feature", str_of(trait_name((enum trait)t)));
            json_put(one, "grade", str_of(meeting_grade((enum level)k)));
            json_append(out, one);
        }
    return out;
}

static void moved_print(const struct weights *before, const struct weights *after)
{
    for (size_t t = 0; t < TRAITS; t++)
        for (size_t k = LEVEL_SAME; k < LEVELS; k++) {
            int was = before->levels[t][k], is = after->levels[t][k];
            if (abs(is - was) >= MOVED_LEAST)
                printf("  %s, %s: %+.1f, was %+.1f\n", trait_name((enum trait)t),
                       meeting_grade((enum level)k), is / 10.0, was / 10.0);
        }
    printf("  values whose rarity is known: %zu, were %zu\n", after->known_count,
           before->known_count);
}

static void pairs_tell(const char *heading, const struct likely_pair *const *pairs, size_t count)
{
    if (!count)
        return;
    printf("\n%s\n", heading);
    for (size_t i = 0; i < count; i++)
        pair_print(pairs[i]);
}

static void tell(const struct session *s, const struct likely *was, const struct likely *is,
                 const struct weights *before, const struct weights *after, struct arena *arena)
{
    size_t old_count, new_count, gained, lost;
    struct proposed *old = probable_of(was, arena, &old_count);
    struct proposed *new = probable_of(is, arena, &new_count);
    const struct likely_pair **came = arena_alloc(arena, (new_count + 1) * sizeof *came);
    const struct likely_pair **went = arena_alloc(arena, (old_count + 1) * sizeof *went);
    gained = without(new, new_count, old, old_count, came);
    lost = without(old, old_count, new, new_count, went);
    if (s->json) {
        json_t *out = json_object();
        list_json_id(out, "before", &was->model_hash);
        list_json_id(out, "model", &is->model_hash);
        json_put_new(out, "moved", moved_json(before, after));
        json_put_int(out, "became_probable", (int64_t)gained);
        json_put_int(out, "ceased", (int64_t)lost);
        print_json(out);
        return;
    }
    char digits[2][HASH_DIGITS + 1];
    hash_write(&was->model_hash, digits[0]);
    hash_write(&is->model_hash, digits[1]);
    printf("The weights \"%.*s\" (%.8s) took the place of \"%.*s\" (%.8s).\n", STR_ARG(is->model),
           digits[1], STR_ARG(was->model), digits[0]);
    moved_print(before, after);
    pairs_tell("Now probable:", came, gained);
    pairs_tell("No longer probable:", went, lost);
    if (!gained && !lost)
        puts("The same pairs are probable as before.");
    puts("Nothing was decided, and nothing is joined.");
}

static void keep(struct session *s, const struct weights *w)
{
    struct buf json;
    struct fault why;
    buf_init(&json, SIZE_MAX / 4);
    weights_write(w, &json);
    if (archive_keep_weights(s->archive, buf_str(&json), &why) != OK)
        die(status_of(why.code), "%s", why.text);
    buf_release(&json);
}

void match_relearn(struct session *s)
{
    struct arena arena;
    struct likely was, is;
    struct weights before, after;
    struct fault why;
    session_open(s, ARCHIVE_WRITE);
    arena_init(&arena);
    likely_take(s, &arena, &was);
    if (likely_weights(s->archive, &arena, &before, &why) != OK ||
        likely_learn(&was, &arena, &after, &why) != OK ||
        likely_read(s->archive, reader_of_store()->context, &after, &arena, &is, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    keep(s, &after);
    tell(s, &was, &is, &before, &after, &arena);
    weights_release(&before);
    weights_release(&after);
    arena_release(&arena);
}

#include "store/profiles_int.h"

#include "store/statement_row_int.h"
#include "text/edtf.h"

/* of at most eight bytes, the greatest first */
static inline uint64_t number_at(struct str bytes, size_t at, size_t size)
{
    uint64_t number = 0;
    memcpy((char *)&number + sizeof number - size, bytes.at + at, size);
    return be64toh(number);
}

static inline struct str cut_bytes(struct str *rest, size_t size)
{
    struct str out = {rest->at, size};
    rest->at += size;
    rest->len -= size;
    return out;
}

bool profile_record_cut(struct str *rest, struct profile_record *out)
{
    if (rest->len < PROFILE_HEAD)
        return false;
    size_t size = 12 + (size_t)number_at(*rest, 8, 4);
    size_t name = (size_t)number_at(*rest, 12, 2), keys = (size_t)number_at(*rest, 14, 2);
    size_t lasting = (size_t)number_at(*rest, 16, 2), dated = (size_t)number_at(*rest, 18, 2);
    if (size > rest->len ||
        PROFILE_HEAD + name + keys + TRAIT_ID * lasting + TRAIT_DATED * dated != size)
        return false;
    struct str inside = cut_bytes(rest, size);
    *out = (struct profile_record){.person = (int64_t)number_at(inside, 0, 8), .whole = inside};
    (void)cut_bytes(&inside, PROFILE_HEAD - HASH_SIZE);
    out->statement = cut_bytes(&inside, HASH_SIZE);
    out->name = cut_bytes(&inside, name);
    out->keys = cut_bytes(&inside, keys);
    out->traits = (struct profile_traits){(const unsigned char *)inside.at, lasting, dated};
    return true;
}

/* ---- reading ---- */

enum outcome archive_traits(struct archive *a, struct arena *arena, struct trait_meaning **out,
                            size_t *count, struct fault *why)
{
    size_t room = 0;
    *out = NULL;
    *count = 0;
    struct query q = query_begin(a, "SELECT id, kind, value, people FROM derived_trait"
                                    " ORDER BY kind, value");
    while (query_step(&q)) {
        *out = arena_grow(arena, *out, *count, &room, sizeof **out);
        (*out)[(*count)++] =
            (struct trait_meaning){query_int(&q, 0), arena_copy(arena, query_str(&q, 1)),
                                   arena_copy(arena, query_str(&q, 2)), (size_t)query_int(&q, 3)};
    }
    return query_end(&q, why);
}

enum outcome archive_trait(struct archive *a, int64_t id, struct arena *arena,
                           struct trait_meaning *out, struct fault *why)
{
    struct query q = query_begin(a, "SELECT kind, value, people FROM derived_trait WHERE id = ?1");
    query_bind_int(&q, 1, id);
    bool found = query_step(&q);
    if (found)
        *out =
            (struct trait_meaning){id, arena_copy(arena, query_str(&q, 0)),
                                   arena_copy(arena, query_str(&q, 1)), (size_t)query_int(&q, 2)};
    enum outcome result = query_end(&q, why);
    return result != OK || found ? result : refuse(why, NOT_FOUND, "nobody has such a trait");
}

/* rows of a text and its people */
static enum outcome sweep_rows(struct query *q, void *context,
                               void (*see)(void *context, const struct profile_view *),
                               struct fault *why)
{
    bool whole = true;
    while (whole && query_step(q)) {
        struct str rest = query_str(q, 1);
        int64_t text = query_int(q, 0);
        struct profile_record r;
        while (rest.len && (whole = profile_record_cut(&rest, &r))) {
            struct profile_view view = {r.person, text, r.whole, {{0}}, r.name, r.keys, r.traits};
            memcpy(view.statement.bytes, r.statement.at, HASH_SIZE);
            see(context, &view);
        }
    }
    enum outcome result = query_end(q, why);
    return result == OK && !whole ? refuse(why, DAMAGED, "record.db: a profile is cut off")
                                  : result;
}

enum outcome archive_profiles_each(struct archive *a, void *context,
                                   void (*see)(void *context, const struct profile_view *),
                                   struct fault *why)
{
    struct query q = query_begin(a, "SELECT text, people FROM derived_crowd ORDER BY text");
    return sweep_rows(&q, context, see, why);
}

enum outcome archive_profiles_of_text(struct archive *a, int64_t text, void *context,
                                      void (*see)(void *context, const struct profile_view *),
                                      struct fault *why)
{
    struct query q = query_begin(a, "SELECT text, people FROM derived_crowd WHERE text = ?1");
    query_bind_int(&q, 1, text);
    return sweep_rows(&q, context, see, why);
}

/* ---- what changed ---- */

enum outcome archive_profiles_state(struct archive *a, struct profiles_state *out,
                                    struct fault *why)
{
    struct query q = query_begin(a, "PRAGMA schema_version");
    out->tables = query_step(&q) ? query_int(&q, 0) : 0;
    enum outcome result = query_end(&q, why);
    if (result != OK)
        return result;
    q = query_begin(a, "SELECT max(step) FROM derived_crowd_step");
    out->step = query_step(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, why);
}

static int compare_texts(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

/* A step without texts changed all. */
static enum outcome read_steps(struct archive *a, int64_t since, struct arena *arena,
                               int64_t **texts, size_t *count, int64_t *steps, struct fault *why)
{
    size_t room = 0;
    *steps = 0;
    struct query q = query_begin(a, "SELECT texts FROM derived_crowd_step WHERE step > ?1");
    query_bind_int(&q, 1, since);
    for (; query_step(&q); ++*steps) {
        struct str rest = query_str(&q, 0);
        if (!rest.len)
            *steps = INT64_MIN;
        for (; rest.len >= 8; (void)cut_bytes(&rest, 8)) {
            *texts = arena_grow(arena, *texts, *count, &room, sizeof **texts);
            (*texts)[(*count)++] = (int64_t)number_at(rest, 0, 8);
        }
    }
    return query_end(&q, why);
}

enum outcome archive_profiles_changed(struct archive *a, struct profiles_state *state,
                                      struct arena *arena, int64_t **texts, size_t *count,
                                      bool *known, struct fault *why)
{
    const struct profiles_state before = *state;
    int64_t steps = 0;
    size_t kept = 0;
    *texts = NULL;
    *count = 0;
    enum outcome result = archive_profiles_state(a, state, why);
    if (result == OK)
        result = read_steps(a, before.step, arena, texts, count, &steps, why);
    *known = result == OK && state->tables == before.tables && steps == state->step - before.step;
    if (*count)
        qsort(*texts, *count, sizeof **texts, compare_texts);
    for (size_t i = 0; i < *count; i++)
        if (!i || (*texts)[i] != (*texts)[i - 1])
            (*texts)[kept++] = (*texts)[i];
    *count = kept;
    return result;
}

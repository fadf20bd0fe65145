#include "store/profiles_int.h"

#include <endian.h>

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
    if (size > rest->len || PROFILE_HEAD + name + keys > size)
        return false;
    struct str inside = cut_bytes(rest, size);
    *out = (struct profile_record){.person = (int64_t)number_at(inside, 0, 8),
                                   .whole = inside,
                                   .traits_count = (size_t)number_at(inside, 16, 2)};
    (void)cut_bytes(&inside, PROFILE_HEAD - HASH_SIZE);
    out->statement = cut_bytes(&inside, HASH_SIZE);
    out->name = cut_bytes(&inside, name);
    out->keys = cut_bytes(&inside, keys);
    out->traits = inside;
    return true;
}

static inline bool cut_day(struct str *rest, bool there, int64_t *day)
{
    if (!there)
        return true;
    if (rest->len < 4)
        return false;
    *day = (int32_t)(uint32_t)number_at(*rest, 0, 4);
    (void)cut_bytes(rest, 4);
    return true;
}

bool profile_trait_cut(struct str *rest, struct profile_trait *out)
{
    if (rest->len < 1 + TRAIT_ID)
        return false;
    unsigned ends = (unsigned char)rest->at[0];
    *out = (struct profile_trait){(int64_t)number_at(*rest, 1, TRAIT_ID), INT64_MIN, INT64_MAX};
    (void)cut_bytes(rest, 1 + TRAIT_ID);
    return cut_day(rest, ends & 1, &out->since) && cut_day(rest, ends & 2, &out->until);
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

struct sweep {
    struct profile_trait *traits;
    size_t room;
    void *context;
    void (*see)(void *context, const struct profile_view *);
};

static bool see_record(struct sweep *s, const struct profile_record *r)
{
    struct profile_view view = {
        .person = r->person, .name = r->name, .keys = r->keys, .traits_count = r->traits_count};
    struct str rest = r->traits;
    if (r->traits_count > s->room) {
        s->room = 2 * r->traits_count;
        s->traits = mem_resize_array(s->traits, s->room, sizeof *s->traits);
    }
    for (size_t i = 0; i < r->traits_count; i++)
        if (!profile_trait_cut(&rest, &s->traits[i]))
            return false;
    memcpy(view.statement.bytes, r->statement.at, HASH_SIZE);
    view.traits = s->traits;
    s->see(s->context, &view);
    return true;
}

enum outcome archive_profiles_each(struct archive *a, void *context,
                                   void (*see)(void *context, const struct profile_view *),
                                   struct fault *why)
{
    struct sweep sweep = {.context = context, .see = see};
    bool whole = true;
    struct query q = query_begin(a, "SELECT people FROM derived_crowd ORDER BY text");
    while (whole && query_step(&q)) {
        struct str rest = query_str(&q, 0);
        struct profile_record record;
        while (whole && rest.len)
            whole = profile_record_cut(&rest, &record) && see_record(&sweep, &record);
    }
    enum outcome result = query_end(&q, why);
    mem_free(sweep.traits);
    return result == OK && !whole ? refuse(why, DAMAGED, "record.db: a profile is cut off")
                                  : result;
}

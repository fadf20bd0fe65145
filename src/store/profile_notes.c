#include "base/buf.h"
#include "store/profiles_int.h"
#include "store/statement_row_int.h"

enum { RECORDS_LIMIT = 1 << 30, PLACES = 256, NAME_BYTES = 2000, KEYS_BYTES = 8000, TRAITS = 4000 };

static struct profile_notes *notes_of(struct archive *a)
{
    if (!a->profiles) {
        a->profiles = mem_alloc(sizeof *a->profiles);
        a->profiles->archive = a;
        buf_init(&a->profiles->records, RECORDS_LIMIT);
        arena_init(&a->profiles->words);
    }
    return a->profiles;
}

/* ---- what a number stands for ---- */

static struct trait_note *place_of(struct trait_note *traits, size_t room, int64_t id)
{
    size_t at = (size_t)((uint64_t)id * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (room - 1);
    while (traits[at].id && traits[at].id != id)
        at = (at + 1) & (room - 1);
    return &traits[at];
}

static struct trait_note *trait_noted(struct profile_notes *n, int64_t id)
{
    if (2 * n->traits_count >= n->traits_room) {
        size_t room = n->traits_room ? 2 * n->traits_room : PLACES;
        struct trait_note *larger = mem_alloc(room * sizeof *larger);
        for (size_t i = 0; i < n->traits_room; i++)
            if (n->traits[i].id)
                *place_of(larger, room, n->traits[i].id) = n->traits[i];
        mem_free(n->traits);
        n->traits = larger;
        n->traits_room = room;
    }
    struct trait_note *note = place_of(n->traits, n->traits_room, id);
    n->traits_count += !note->id;
    note->id = id;
    return note;
}

/* never 0: the first bytes of the hash of both */
static int64_t trait_id(const struct archive_trait *t, struct arena *arena)
{
    struct hash hash = hash_of(
        arena_print(arena, "%zu %.*s %.*s", t->kind.len, STR_ARG(t->kind), STR_ARG(t->value)));
    int64_t id = 0;
    for (size_t i = 0; i < TRAIT_ID; i++)
        id = id << 8 | hash.bytes[i];
    return id ? id : 1;
}

/* ---- a record ---- */

static void add_number(struct buf *out, uint64_t number, size_t size)
{
    for (size_t i = size; i-- > 0;)
        buf_add_byte(out, (char)(unsigned char)(number >> 8 * i));
}

static int compare_traits(const void *left, const void *right)
{
    const struct profile_trait *a = left, *b = right;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    if (a->since != b->since)
        return a->since < b->since ? -1 : 1;
    return (a->until > b->until) - (a->until < b->until);
}

static struct profile_trait *traits_in_order(struct profile_notes *n,
                                             const struct archive_profile *p, struct arena *arena,
                                             size_t *count)
{
    struct profile_trait *out = arena_alloc(arena, (p->traits_count + 1) * sizeof *out);
    size_t kept = 0;
    for (size_t i = 0; i < p->traits_count; i++) {
        const struct archive_trait *t = &p->traits[i];
        out[i] = (struct profile_trait){trait_id(t, arena), t->since, t->until};
        struct trait_note *note = trait_noted(n, out[i].id);
        if (!note->kind.len) {
            note->kind = arena_copy(&n->words, t->kind);
            note->value = arena_copy(&n->words, t->value);
        }
    }
    qsort(out, p->traits_count, sizeof *out, compare_traits);
    for (size_t i = 0; i < p->traits_count && kept < TRAITS; i++)
        if (!kept || compare_traits(&out[i], &out[kept - 1]) != 0)
            out[kept++] = out[i];
    *count = kept;
    return out;
}

static void add_trait(struct buf *out, const struct profile_trait *t)
{
    bool since = t->since != INT64_MIN, until = t->until != INT64_MAX;
    buf_add_byte(out, (char)(since | until << 1));
    add_number(out, (uint64_t)t->id, TRAIT_ID);
    if (since)
        add_number(out, (uint32_t)(int32_t)t->since, 4);
    if (until)
        add_number(out, (uint32_t)(int32_t)t->until, 4);
}

static void note_step(struct profile_notes *n, int64_t person, size_t from)
{
    if (n->count == n->room) {
        n->room = n->room ? 2 * n->room : 64;
        n->notes = mem_resize_array(n->notes, n->room, sizeof *n->notes);
    }
    n->notes[n->count] = (struct profile_note){person, n->count, from, n->records.len};
    n->count++;
}

static void put_profile(struct profile_notes *n, const struct archive_profile *p)
{
    struct arena arena;
    struct buf body;
    size_t count, from = n->records.len;
    arena_init(&arena);
    buf_init(&body, 1 << 20);
    struct str name = str_slice(p->name, 0, NAME_BYTES), keys = str_slice(p->keys, 0, KEYS_BYTES);
    struct profile_trait *traits = traits_in_order(n, p, &arena, &count);
    add_number(&body, name.len, 2);
    add_number(&body, keys.len, 2);
    add_number(&body, count, 2);
    buf_add(&body, (struct str){(const char *)p->statement.bytes, HASH_SIZE});
    buf_add(&body, name);
    buf_add(&body, keys);
    for (size_t i = 0; i < count; i++)
        add_trait(&body, &traits[i]);
    int64_t person = statement_prefix(&p->person);
    add_number(&n->records, (uint64_t)person, 8);
    add_number(&n->records, body.len, 4);
    buf_add(&n->records, buf_str(&body));
    note_step(n, person, from);
    buf_release(&body);
    arena_release(&arena);
}

void profiles_put(struct archive *a, const struct archive_told *told)
{
    for (size_t i = 0; i < told->profiles_count; i++)
        put_profile(notes_of(a), &told->profiles[i]);
}

void profile_drop(struct archive *a, int64_t person)
{
    struct profile_notes *n = notes_of(a);
    note_step(n, person, n->records.len);
}

/* ---- to the tables ---- */

/* The traits of a record, each once for its person. */
static void count_traits(struct profile_notes *n, struct str record, int64_t more)
{
    struct profile_record r;
    struct profile_trait t;
    int64_t before = 0;
    if (!profile_record_cut(&record, &r))
        bug("a profile that is none");
    for (struct str rest = r.traits; profile_trait_cut(&rest, &t); before = t.id)
        if (t.id != before)
            trait_noted(n, t.id)->more += more;
}

static int compare_notes(const void *left, const void *right)
{
    const struct profile_note *a = left, *b = right;
    if (a->person != b->person)
        return (uint64_t)a->person < (uint64_t)b->person ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

/* The last step about each person is what counts; `people` is the block as it was. */
static enum outcome block_merge(struct profile_notes *n, const struct profile_note *notes,
                                size_t count, struct str people, struct buf *out, struct fault *why)
{
    struct profile_record r;
    bool more = profile_record_cut(&people, &r);
    for (size_t i = 0; i < count; i++) {
        if (i + 1 < count && notes[i + 1].person == notes[i].person)
            continue;
        for (; more && (uint64_t)r.person < (uint64_t)notes[i].person;
             more = profile_record_cut(&people, &r))
            buf_add(out, r.whole);
        if (more && r.person == notes[i].person) {
            count_traits(n, r.whole, -1);
            more = profile_record_cut(&people, &r);
        }
        struct str put = str_slice(buf_str(&n->records), notes[i].from, notes[i].to);
        if (put.len) {
            count_traits(n, put, 1);
            buf_add(out, put);
        }
    }
    for (; more; more = profile_record_cut(&people, &r))
        buf_add(out, r.whole);
    return people.len ? refuse(why, DAMAGED, "record.db: a profile is cut off") : OK;
}

static enum outcome block_write(struct profile_notes *n, const struct profile_note *notes,
                                size_t count, struct fault *why)
{
    struct buf out;
    int64_t block = crowd_of(notes->person);
    buf_init(&out, RECORDS_LIMIT);
    struct query q = query_begin(n->archive, "SELECT people FROM derived_crowd WHERE block = ?1");
    query_bind_int(&q, 1, block);
    struct str before = query_step(&q) ? query_str(&q, 0) : STR_NONE;
    enum outcome result = block_merge(n, notes, count, before, &out, why);
    enum outcome ended = query_end(&q, result == OK ? why : NULL);
    result = result == OK ? ended : result;
    if (result == OK) {
        q = out.len ? query_begin(n->archive, "INSERT INTO derived_crowd (block, people)"
                                              " VALUES (?1, ?2) ON CONFLICT DO UPDATE"
                                              " SET people = excluded.people")
                    : query_begin(n->archive, "DELETE FROM derived_crowd WHERE block = ?1");
        query_bind_int(&q, 1, block);
        if (out.len)
            query_bind_blob(&q, 2, buf_str(&out));
        query_step(&q);
        result = query_end(&q, why);
    }
    buf_release(&out);
    return result;
}

static enum outcome trait_write(struct profile_notes *n, const struct trait_note *t,
                                struct fault *why)
{
    struct query q = query_begin(n->archive, "UPDATE derived_trait SET people = people + ?2"
                                             " WHERE id = ?1 RETURNING people");
    query_bind_int(&q, 1, t->id);
    query_bind_int(&q, 2, t->more);
    bool known = query_step(&q);
    bool gone = known && query_int(&q, 0) <= 0;
    enum outcome result = query_end(&q, why);
    if (result != OK || (known && !gone))
        return result;
    q = gone ? query_begin(n->archive, "DELETE FROM derived_trait WHERE id = ?1")
             : query_begin(n->archive, "INSERT INTO derived_trait (id, kind, value, people)"
                                       " VALUES (?1, ?3, ?4, ?2)");
    query_bind_int(&q, 1, t->id);
    if (!gone) {
        query_bind_int(&q, 2, t->more);
        query_bind_text(&q, 3, t->kind);
        query_bind_text(&q, 4, t->value);
    }
    query_step(&q);
    return query_end(&q, why);
}

static enum outcome notes_write(struct profile_notes *n, struct fault *why)
{
    enum outcome result = OK;
    size_t end;
    if (n->records.full)
        return refuse(why, REFUSED, "more people at once than profiles have room for");
    if (n->count)
        qsort(n->notes, n->count, sizeof *n->notes, compare_notes);
    for (size_t i = 0; i < n->count && result == OK; i = end) {
        int64_t block = crowd_of(n->notes[i].person);
        for (end = i + 1; end < n->count && crowd_of(n->notes[end].person) == block;)
            end++;
        result = block_write(n, n->notes + i, end - i, why);
    }
    for (size_t i = 0; i < n->traits_room && result == OK; i++)
        if (n->traits[i].more)
            result = trait_write(n, &n->traits[i], why);
    return result;
}

enum outcome profiles_write(struct archive *a, struct fault *why)
{
    enum outcome result = a->profiles ? notes_write(a->profiles, why) : OK;
    profiles_forget(a);
    return result;
}

void profiles_forget(struct archive *a)
{
    struct profile_notes *n = a->profiles;
    if (!n)
        return;
    mem_free(n->notes);
    mem_free(n->traits);
    buf_release(&n->records);
    arena_release(&n->words);
    mem_free(n);
    a->profiles = NULL;
}

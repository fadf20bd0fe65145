#include "base/buf.h"
#include "store/profiles_int.h"
#include "store/statement_row_int.h"

enum { RECORDS_LIMIT = 1 << 30, PLACES = 256, NAME_BYTES = 2000, KEYS_BYTES = 8000, TRAITS = 4000 };

enum outcome profiles_create(struct archive *a, struct fault *why)
{
    return sql_run(
        a,
        "CREATE TABLE derived_crowd (text INTEGER PRIMARY KEY, people BLOB NOT NULL) STRICT;"
        "CREATE TABLE derived_crowd_step (step INTEGER PRIMARY KEY, texts BLOB NOT NULL) STRICT;"
        "CREATE TABLE derived_trait (id INTEGER PRIMARY KEY, kind TEXT NOT NULL,"
        " value TEXT NOT NULL, people INTEGER NOT NULL) STRICT;",
        why);
}

struct profile_notes *profile_notes_of(struct archive *a)
{
    if (a->profiles)
        return a->profiles;
    struct profile_notes *n = mem_alloc(sizeof *n);
    *n = (struct profile_notes){.archive = a};
    buf_init(&n->records, RECORDS_LIMIT);
    arena_init(&n->words);
    a->profiles = n;
    return n;
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

static int32_t day_of(int64_t day)
{
    return day < INT32_MIN ? INT32_MIN : day > INT32_MAX ? INT32_MAX : (int32_t)day;
}

static struct profile_trait *traits_in_order(struct profile_notes *n,
                                             const struct archive_profile *p, struct arena *arena,
                                             size_t *count)
{
    struct profile_trait *out = arena_alloc(arena, (p->traits_count + 1) * sizeof *out);
    size_t kept = 0;
    for (size_t i = 0; i < p->traits_count; i++) {
        const struct archive_trait *t = &p->traits[i];
        out[i] = (struct profile_trait){trait_id(t, arena), day_of(t->since), day_of(t->until)};
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

static bool is_lasting(const struct profile_trait *t)
{
    return t->since == INT32_MIN && t->until == INT32_MAX;
}

static size_t add_traits(struct buf *out, const struct profile_trait *traits, size_t count,
                         bool lasting)
{
    size_t added = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_lasting(&traits[i]) != lasting)
            continue;
        added++;
        add_number(out, (uint64_t)traits[i].id, TRAIT_ID);
        if (lasting)
            continue;
        add_number(out, (uint32_t)traits[i].since, 4);
        add_number(out, (uint32_t)traits[i].until, 4);
    }
    return added;
}

static void note_step(struct profile_notes *n, int64_t text, int64_t person, size_t from)
{
    if (n->count == n->room) {
        n->room = n->room ? 2 * n->room : 64;
        n->notes = mem_resize_array(n->notes, n->room, sizeof *n->notes);
    }
    n->notes[n->count] = (struct profile_note){text, person, n->count, from, n->records.len};
    n->count++;
}

void profile_put(struct profile_notes *n, int64_t text, const struct archive_profile *p)
{
    struct arena arena;
    struct buf body, kept;
    size_t count, from = n->records.len;
    arena_init(&arena);
    buf_init(&body, 1 << 20);
    buf_init(&kept, 1 << 20);
    struct str name = str_slice(p->name, 0, NAME_BYTES), keys = str_slice(p->keys, 0, KEYS_BYTES);
    struct profile_trait *traits = traits_in_order(n, p, &arena, &count);
    add_number(&body, name.len, 2);
    add_number(&body, keys.len, 2);
    add_number(&body, add_traits(&kept, traits, count, true), 2);
    add_number(&body, add_traits(&kept, traits, count, false), 2);
    buf_add(&body, (struct str){(const char *)p->statement.bytes, HASH_SIZE});
    buf_add(&body, name);
    buf_add(&body, keys);
    buf_add(&body, buf_str(&kept));
    int64_t person = statement_prefix(&p->person);
    add_number(&n->records, (uint64_t)person, 8);
    add_number(&n->records, body.len, 4);
    buf_add(&n->records, buf_str(&body));
    note_step(n, text, person, from);
    buf_release(&body);
    buf_release(&kept);
    arena_release(&arena);
}

void profile_drop(struct profile_notes *n, int64_t text, int64_t person)
{
    note_step(n, text, person, n->records.len);
}

/* ---- to the tables ---- */

static bool has_lasting(const struct profile_traits *t, int64_t id)
{
    for (size_t i = 0; i < t->lasting; i++)
        if (profile_lasting(t, i) == id)
            return true;
    return false;
}

/* The traits of a record, each once for its person. */
static void count_traits(struct profile_notes *n, struct str record, int64_t more)
{
    struct profile_record r;
    int64_t before = 0;
    if (!profile_record_cut(&record, &r))
        bug("a profile that is none");
    for (size_t i = 0; i < r.traits.lasting; i++)
        trait_noted(n, profile_lasting(&r.traits, i))->more += more;
    for (size_t i = 0; i < r.traits.dated; i++) {
        int64_t id = profile_dated(&r.traits, i).id;
        if (id != before && !has_lasting(&r.traits, id))
            trait_noted(n, id)->more += more;
        before = id;
    }
}

static int compare_notes(const void *left, const void *right)
{
    const struct profile_note *a = left, *b = right;
    if (a->text != b->text)
        return a->text < b->text ? -1 : 1;
    if (a->person != b->person)
        return (uint64_t)a->person < (uint64_t)b->person ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

/* The last step about each person is what counts; `people` is the row as it was. */
static enum outcome crowd_merge(struct profile_notes *n, const struct profile_note *notes,
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

static enum outcome crowd_write(struct profile_notes *n, const struct profile_note *notes,
                                size_t count, struct fault *why)
{
    struct buf out;
    buf_init(&out, RECORDS_LIMIT);
    struct query q = query_begin(n->archive, "SELECT people FROM derived_crowd WHERE text = ?1");
    query_bind_int(&q, 1, notes->text);
    struct str before = query_step(&q) ? query_str(&q, 0) : STR_NONE;
    enum outcome result = crowd_merge(n, notes, count, before, &out, why);
    enum outcome ended = query_end(&q, result == OK ? why : NULL);
    result = result == OK ? ended : result;
    if (result == OK) {
        q = out.len ? query_begin(n->archive, "INSERT INTO derived_crowd (text, people)"
                                              " VALUES (?1, ?2) ON CONFLICT DO UPDATE"
                                              " SET people = excluded.people")
                    : query_begin(n->archive, "DELETE FROM derived_crowd WHERE text = ?1");
        query_bind_int(&q, 1, notes->text);
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

/* Notes which texts this batch changed; of what is long ago nobody asks. */
enum { STEPS_KEPT = 512 };

enum outcome profile_step(struct archive *a, struct str texts, struct fault *why)
{
    struct query q = query_begin(a, "INSERT INTO derived_crowd_step (step, texts)"
                                    " SELECT ifnull(max(step), 0) + 1, ?1 FROM derived_crowd_step");
    query_bind_blob(&q, 1, texts);
    query_step(&q);
    enum outcome result = query_end(&q, why);
    if (result != OK)
        return result;
    q = query_begin(a, "DELETE FROM derived_crowd_step WHERE step <="
                       " (SELECT max(step) - ?1 FROM derived_crowd_step)");
    query_bind_int(&q, 1, STEPS_KEPT);
    query_step(&q);
    return query_end(&q, why);
}

static enum outcome note_texts(const struct profile_notes *n, struct fault *why)
{
    struct buf texts;
    enum outcome result = OK;
    buf_init(&texts, RECORDS_LIMIT);
    for (size_t i = 0; i < n->count; i++)
        if (!i || n->notes[i].text != n->notes[i - 1].text)
            add_number(&texts, (uint64_t)n->notes[i].text, 8);
    if (texts.len)
        result = profile_step(n->archive, buf_str(&texts), why);
    buf_release(&texts);
    return result;
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
        for (end = i + 1; end < n->count && n->notes[end].text == n->notes[i].text;)
            end++;
        result = crowd_write(n, n->notes + i, end - i, why);
    }
    for (size_t i = 0; i < n->traits_room && result == OK; i++)
        if (n->traits[i].more)
            result = trait_write(n, &n->traits[i], why);
    return result == OK ? note_texts(n, why) : result;
}

enum outcome profile_notes_end(struct archive *a, bool keep, struct fault *why)
{
    struct profile_notes *n = a->profiles;
    if (!n)
        return OK;
    enum outcome result = keep ? notes_write(n, why) : OK;
    mem_free(n->notes);
    mem_free(n->traits);
    buf_release(&n->records);
    arena_release(&n->words);
    mem_free(n);
    a->profiles = NULL;
    return result;
}

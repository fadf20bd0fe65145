#include "store/entries_int.h"

#include <stdlib.h>

#include "text/fold.h"

/* ---- whose ---- */

struct entry_name {
    struct str key;
    size_t entry; /* 1 + its place */
};

static int compare_names(const void *left, const void *right)
{
    const struct entry_name *a = left, *b = right;
    int order = str_compare(a->key, b->key);
    return order ? order : (a->entry > b->entry) - (a->entry < b->entry);
}

void entry_book_make(struct entry_book *book, struct str text, const struct list_entry *all,
                     size_t count, struct arena *arena)
{
    *book = (struct entry_book){.at = all, .count = count};
    book->names = arena_alloc(arena, (count + 1) * sizeof *book->names);
    for (size_t i = 0; i < count; i++) {
        struct span name = all[i].name;
        if (!name.to || name.from > name.to || name.to > text.len)
            continue;
        book->names[book->names_count++] =
            (struct entry_name){fold_text(arena, str_slice(text, name.from, name.to)), i + 1};
    }
    if (book->names_count)
        qsort(book->names, book->names_count, sizeof *book->names, compare_names);
}

static size_t entry_at(const struct entry_book *book, const struct span *mention)
{
    size_t low = 0, high = book->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (book->at[middle].at.from <= mention->from)
            low = middle + 1;
        else
            high = middle;
    }
    return low && mention->from < book->at[low - 1].at.to ? low : 0;
}

size_t entry_of_mention(const struct entry_book *book, const struct span *mention, struct str key)
{
    size_t low = 0, high = book->names_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(book->names[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const struct entry_name *first = book->names + low, *end = book->names + book->names_count;
    if (first == end || !str_equal(first->key, key))
        return 0;
    size_t entry = entry_at(book, mention);
    bool alone = first + 1 == end || !str_equal(first[1].key, key);
    return entry ? entry : alone ? first->entry : 0;
}

/* ---- kept ---- */

/* Numbers of seven bits a byte, the lowest first, each byte but the last with its highest bit: how
 * far behind the entry before it begins and how long it is, then how long its name is and, unless
 * that is 0, where the name begins from the entry's beginning on: twice as far, and one more where
 * it stands before. */
static void number_write(struct buf *out, uint64_t number)
{
    for (; number >= 128; number >>= 7)
        buf_add_byte(out, (char)(unsigned char)(number | 128));
    buf_add_byte(out, (char)(unsigned char)number);
}

struct str entries_write(const struct list_entry *all, size_t count, struct arena *arena)
{
    struct buf out;
    size_t before = 0;
    buf_init(&out, SIZE_MAX / 4);
    for (size_t i = 0; i < count; i++) {
        const struct list_entry *e = &all[i];
        number_write(&out, e->at.from - before);
        number_write(&out, e->at.to - e->at.from);
        number_write(&out, e->name.to - e->name.from);
        if (e->name.to > e->name.from)
            number_write(&out, e->name.from < e->at.from
                                   ? 2 * (uint64_t)(e->at.from - e->name.from) + 1
                                   : 2 * (uint64_t)(e->name.from - e->at.from));
        before = e->at.to;
    }
    struct str kept = arena_copy(arena, buf_str(&out));
    buf_release(&out);
    return kept;
}

enum { NUMBER_BITS = 35 };

static bool number_read(struct str bytes, size_t *at, size_t *out)
{
    *out = 0;
    for (unsigned shift = 0; *at < bytes.len && shift < NUMBER_BITS; shift += 7) {
        unsigned char byte = (unsigned char)bytes.at[(*at)++];
        *out |= (size_t)(byte & 127) << shift;
        if (byte < 128)
            return true;
    }
    return false;
}

static bool entry_read(struct str bytes, size_t *at, size_t before, struct list_entry *e)
{
    size_t gap, len, name, from = 0;
    if (!number_read(bytes, at, &gap) || !number_read(bytes, at, &len) ||
        !number_read(bytes, at, &name) || (name && !number_read(bytes, at, &from)))
        return false;
    *e = (struct list_entry){.at = {before + gap, before + gap + len}};
    if (!name)
        return true;
    if (from & 1 && from / 2 > e->at.from)
        return false;
    e->name.from = from & 1 ? e->at.from - from / 2 : e->at.from + from / 2;
    e->name.to = e->name.from + name;
    return true;
}

bool entries_read(struct str bytes, struct arena *arena, struct list_entry **out, size_t *count)
{
    size_t at = 0, room = 0;
    *out = NULL;
    *count = 0;
    while (at < bytes.len) {
        size_t before = *count ? (*out)[*count - 1].at.to : 0;
        *out = arena_grow(arena, *out, *count, &room, sizeof **out);
        if (!entry_read(bytes, &at, before, &(*out)[(*count)++]))
            return false;
    }
    return true;
}

enum outcome entries_put(struct archive *a, const struct hash *text, const struct list_entry *all,
                         size_t count, struct arena *arena, struct fault *why)
{
    struct query q = query_begin(a, "UPDATE derived_text SET entries = ?2 WHERE id = ?1");
    query_bind_hash(&q, 1, text);
    query_bind_blob(&q, 2, entries_write(all, count, arena));
    query_step(&q);
    return query_end(&q, why);
}

enum outcome entries_forget(struct archive *a, const struct hash *bytes, struct fault *why)
{
    struct query q = query_begin(a, "UPDATE derived_text SET entries = NULL WHERE bytes = ?1");
    query_bind_hash(&q, 1, bytes);
    query_step(&q);
    return query_end(&q, why);
}

enum outcome entries_of_text(struct archive *a, const struct hash *text_id, struct str text,
                             const struct document_facts *facts, struct arena *arena,
                             struct entry_book *book, struct fault *why)
{
    struct archive_reading reading = {0};
    struct list_entry *kept = NULL;
    size_t count = 0;
    struct query q = query_begin(a, "SELECT t.entries, t.entries IS NULL AND NOT EXISTS"
                                    " (SELECT 1 FROM derived_document d WHERE d.id = t.bytes"
                                    " AND d.text = t.id) FROM derived_text t WHERE t.id = ?1");
    query_bind_hash(&q, 1, text_id);
    bool found = query_step(&q),
         sound = !found || entries_read(query_str(&q, 0), arena, &kept, &count);
    bool unread = found && query_int(&q, 1) && a->reader;
    enum outcome result = query_end(&q, why);
    if (result == OK && !sound)
        return refuse(why, DAMAGED, "the entries of a list cannot be read");
    if (result == OK && unread) {
        a->reader->read(a->reader->context, text, facts, arena, &reading);
        kept = reading.entries;
        count = reading.entries_count;
        result = entries_put(a, text_id, kept, count, arena, why);
    }
    entry_book_make(book, text, kept, count, arena);
    return result;
}

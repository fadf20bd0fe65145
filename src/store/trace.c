#include "store/trace.h"

#include "store/kept_int.h"

enum { REACH = 300 };

/* That a disk did not answer says nothing about what it holds. */
static enum outcome said_of_bytes(enum outcome result)
{
    return result == FAILED || result == BUSY ? result : OK;
}

static enum outcome bytes_have(struct archive *a, const struct hash *id, struct buf *out,
                               bool *hold, struct fault *why)
{
    enum outcome result = log_get_bytes(a, id, out, why);
    struct hash now = result == OK ? hash_of(buf_str(out)) : (struct hash){0};
    *hold = result == OK && hash_equal(&now, id);
    return said_of_bytes(result);
}

static enum outcome signature_of(struct archive *a, const struct hash *id, bool *holds,
                                 struct fault *why)
{
    struct hash bytes;
    enum outcome result = kept_verified(a, id) ? OK : log_check_object(a, id, &bytes, why);
    *holds = result == OK;
    if (*holds)
        kept_note_verified(a, id);
    return said_of_bytes(result);
}

/* the earliest counting commit that holds the object; its signature is not looked at */
static enum outcome find_holder(struct archive *a, const struct hash *object, struct arena *arena,
                                struct holder *out, struct fault *why)
{
    *out = (struct holder){0};
    struct query q = query_begin(a, "SELECT c.id, c.author, m.name, c.at FROM derived_holding h"
                                    " JOIN derived_commit c ON c.id = h.held_by"
                                    " LEFT JOIN derived_member m ON m.key = c.author"
                                    " WHERE h.object = ?1 AND c.standing = 1"
                                    " ORDER BY c.at, c.id LIMIT 1");
    query_bind_hash(&q, 1, object);
    bool found = query_step(&q) && query_hash(&q, 0, &out->id);
    if (found) {
        struct str key = query_str(&q, 1);
        if (key.len == PUBLIC_KEY_SIZE)
            memcpy(out->author.bytes, key.at, PUBLIC_KEY_SIZE);
        out->author_name = arena_copy(arena, query_str(&q, 2));
        out->at = arena_copy(arena, query_str(&q, 3));
    }
    return query_end(&q, why);
}

static enum outcome holder_of(struct archive *a, const struct hash *object, struct arena *arena,
                              struct holder *out, struct fault *why)
{
    enum outcome result = find_holder(a, object, arena, out, why);
    if (result == OK && !hash_is_none(&out->id))
        result = signature_of(a, &out->id, &out->signature_holds, why);
    return result;
}

enum outcome archive_captured(struct archive *a, const struct hash *document, struct arena *arena,
                              struct holder *out, struct fault *why)
{
    struct hash capture;
    *out = (struct holder){0};
    struct query q = query_begin(a, "SELECT capture FROM derived_document WHERE id = ?1");
    query_bind_hash(&q, 1, document);
    bool found = query_step(&q) && query_hash(&q, 0, &capture);
    enum outcome result = query_end(&q, why);
    return result == OK && found ? find_holder(a, &capture, arena, out, why) : result;
}

static bool is_inside(struct str text, size_t at)
{
    return at < text.len && ((unsigned char)text.at[at] & 0xC0) == 0x80;
}

/* the lines that the quote stands in, cut at both ends when they are long */
static void cut_context(struct trace *t, struct str text, struct span quote, struct arena *arena)
{
    size_t from = quote.from, to = quote.to;
    while (from > 0 && text.at[from - 1] != '\n' && quote.from - from < REACH)
        from--;
    while (to < text.len && text.at[to] != '\n' && to - quote.to < REACH)
        to++;
    while (is_inside(text, from))
        from++;
    while (is_inside(text, to))
        to--;
    t->context = arena_copy(arena, str_slice(text, from, to));
    t->quote = (struct span){quote.from - from, quote.to - from};
}

static enum outcome trace_text(struct archive *a, const struct statement_view *s,
                               struct arena *arena, struct trace *t, struct fault *why)
{
    struct query q = query_begin(a, "SELECT bytes, sha256, extractor FROM derived_text"
                                    " WHERE id = ?1");
    query_bind_hash(&q, 1, &s->statement.text);
    bool found = query_step(&q) && query_hash(&q, 0, &t->bytes) && query_hash(&q, 1, &t->sha256);
    if (found)
        t->extractor = arena_copy(arena, query_str(&q, 2));
    enum outcome result = query_end(&q, why);
    if (result == OK && !found)
        return refuse(why, NOT_FOUND, "the text of this statement is not here");
    if (result != OK)
        return result;
    struct buf text;
    buf_init(&text, BYTES_LIMIT);
    t->text = s->statement.text;
    result = bytes_have(a, &t->sha256, &text, &t->text_holds, why);
    if (s->statement.quote.to <= text.len) {
        cut_context(t, buf_str(&text), s->statement.quote, arena);
        t->place = text_place_find(buf_str(&text), s->statement.quote.from);
        t->place.name = arena_copy(arena, t->place.name);
    }
    buf_clear(&text);
    t->bytes_hold = t->text_holds;
    if (result == OK && !hash_equal(&t->bytes, &t->sha256))
        result = bytes_have(a, &t->bytes, &text, &t->bytes_hold, why);
    buf_release(&text);
    return result;
}

static enum outcome trace_capture(struct archive *a, struct arena *arena, struct trace *t,
                                  struct fault *why)
{
    struct query q = query_begin(a, "SELECT capture FROM derived_document WHERE id = ?1");
    query_bind_hash(&q, 1, &t->bytes);
    bool found = query_step(&q) && query_hash(&q, 0, &t->capture_id);
    enum outcome result = query_end(&q, why);
    if (result == OK && !found)
        return refuse(why, NOT_FOUND, "the document of this statement is not here");
    if (result == OK)
        result = document_facts(a, &t->capture_id, arena, &t->capture, why);
    return result == OK ? holder_of(a, &t->capture_id, arena, &t->captured, why) : result;
}

enum outcome archive_trace(struct archive *a, const struct statement_view *s, struct arena *arena,
                           struct trace *t, struct fault *why)
{
    *t = (struct trace){0};
    enum outcome result = trace_text(a, s, arena, t, why);
    if (result == OK)
        result = trace_capture(a, arena, t, why);
    if (result == OK)
        result = archive_decisions(a, &s->id, arena, &t->decisions, &t->decisions_count, why);
    t->decided = arena_alloc(arena, (t->decisions_count + 1) * sizeof *t->decided);
    for (size_t i = 0; i < t->decisions_count && result == OK; i++)
        result = holder_of(a, &t->decisions[i].id, arena, &t->decided[i], why);
    return result;
}

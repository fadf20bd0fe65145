#include "store/statement_row_int.h"
#include "text/utf8.h"

struct document_row {
    int64_t row; /* 0 when there was none */
    struct hash capture, text, sha256;
    struct str extractor, at;
    struct capture facts;
    bool found;
};

enum outcome document_facts(struct archive *a, const struct hash *capture, struct arena *arena,
                            struct capture *out, struct fault *why)
{
    struct buf body;
    json_t *object = NULL;
    buf_init(&body, OBJECT_LIMIT);
    enum outcome result = log_get_object(a, capture, &body, why);
    if (result == OK)
        result = json_read(buf_str(&body), &object, why);
    if (result == OK)
        result = capture_of_json(object, out, why);
    if (result == OK) {
        struct str *texts[] = {&out->at,
                               &out->how,
                               &out->name,
                               &out->media,
                               &out->charset,
                               &out->facts.title,
                               &out->facts.publisher,
                               &out->facts.published,
                               &out->facts.lang,
                               &out->facts.url};
        for (size_t i = 0; i < COUNT_OF(texts); i++)
            *texts[i] = arena_copy(arena, *texts[i]);
    }
    json_decref(object);
    buf_release(&body);
    return result;
}

/* the latest capture and the newest extractor's text stand for the document */
static enum outcome choose(struct archive *a, const struct hash *bytes, struct arena *arena,
                           struct document_row *d, struct fault *why)
{
    *d = (struct document_row){0};
    struct query q = query_begin(a, "SELECT id, at FROM derived_capture WHERE bytes = ?1"
                                    " ORDER BY at DESC, id DESC LIMIT 1");
    query_bind_hash(&q, 1, bytes);
    bool captured = query_step(&q) && query_hash(&q, 0, &d->capture);
    if (captured)
        d->at = arena_copy(arena, query_str(&q, 1));
    enum outcome result = query_end(&q, why);
    if (result != OK || !captured)
        return result;
    q = query_begin(a, "SELECT id, extractor, sha256 FROM derived_text WHERE bytes = ?1"
                       " ORDER BY extractor DESC, id LIMIT 1");
    query_bind_hash(&q, 1, bytes);
    d->found = query_step(&q) && query_hash(&q, 0, &d->text) && query_hash(&q, 2, &d->sha256);
    if (d->found)
        d->extractor = arena_copy(arena, query_str(&q, 1));
    result = query_end(&q, why);
    if (result == OK && d->found)
        result = document_facts(a, &d->capture, arena, &d->facts, why);
    if (result != OK)
        return result;
    q = query_begin(a, "SELECT row FROM derived_document WHERE id = ?1");
    query_bind_hash(&q, 1, bytes);
    if (query_step(&q))
        d->row = query_int(&q, 0);
    return query_end(&q, why);
}

/* the row, its words, and what a reader said about any text of these bytes */
static enum outcome forget(struct archive *a, const struct hash *bytes,
                           const struct document_row *d, struct fault *why)
{
    struct query q = query_begin(a, "DELETE FROM derived_search WHERE rowid = ?1");
    query_bind_int(&q, 1, d->row);
    query_step(&q);
    enum outcome result = query_end(&q, why);
    if (result != OK)
        return result;
    q = query_begin(a, "DELETE FROM derived_document WHERE row = ?1");
    query_bind_int(&q, 1, d->row);
    query_step(&q);
    result = query_end(&q, why);
    if (result != OK)
        return result;
    return statement_rows_forget(a, bytes, why);
}

static enum outcome insert_document(struct archive *a, const struct hash *bytes,
                                    struct document_row *d, struct fault *why)
{
    const struct capture *c = &d->facts;
    struct query q = query_begin(a, "INSERT INTO derived_document (row, id, capture, text, sha256,"
                                    " at, size, name, media, extractor, title, publisher,"
                                    " published, lang, url) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,"
                                    " ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)");
    if (d->row)
        query_bind_int(&q, 1, d->row);
    query_bind_hash(&q, 2, bytes);
    query_bind_hash(&q, 3, &d->capture);
    query_bind_hash(&q, 4, &d->text);
    query_bind_hash(&q, 5, &d->sha256);
    query_bind_text(&q, 6, d->at);
    query_bind_int(&q, 7, c->size);
    query_bind_text_or_null(&q, 8, c->name);
    query_bind_text_or_null(&q, 9, c->media);
    query_bind_text(&q, 10, d->extractor);
    query_bind_text_or_null(&q, 11, c->facts.title);
    query_bind_text_or_null(&q, 12, c->facts.publisher);
    query_bind_text_or_null(&q, 13, c->facts.published);
    query_bind_text_or_null(&q, 14, c->facts.lang);
    query_bind_text_or_null(&q, 15, c->facts.url);
    query_step(&q);
    enum outcome result = query_end(&q, why);
    if (result == OK && !d->row)
        d->row = sqlite3_last_insert_rowid(a->db);
    return result;
}

static enum outcome insert_search(struct archive *a, const struct document_row *d, struct str text,
                                  struct fault *why)
{
    struct query q = query_begin(a, "INSERT INTO derived_search (rowid, title, body)"
                                    " VALUES (?1, ?2, ?3)");
    query_bind_int(&q, 1, d->row);
    query_bind_text(&q, 2, d->facts.facts.title);
    query_bind_text(&q, 3, text);
    query_step(&q);
    return query_end(&q, why);
}

static enum outcome insert_proposals(struct archive *a, const struct document_row *d,
                                     struct str text, struct arena *arena, struct fault *why)
{
    struct proposal *proposals = NULL;
    struct incident_reason *incidents = NULL;
    size_t count = 0;
    if (!a->reader)
        return OK;
    a->reader->read(a->reader->context, text, &d->facts.facts, arena, &proposals, &incidents,
                    &count);
    struct text_place place;
    struct buf body;
    buf_init(&body, OBJECT_LIMIT);
    enum outcome result = text_place_of(a, &d->text, &place, why);
    bool fresh = place.next == 0; /* what a reader proposes it proposes once */
    for (size_t i = 0; i < count && result == OK; i++) {
        struct proposal *p = &proposals[i];
        p->statement.text = d->text;
        if (!quote_inside(&p->statement, text))
            bug("a proposal whose quote is outside its text");
        json_t *object = statement_to_json(&p->statement);
        buf_clear(&body);
        result = object_write(&body, object, why);
        json_decref(object);
        struct hash id = hash_of(buf_str(&body));
        struct statement_row row = {
            .id = &id,
            .statement = &p->statement,
            .body = buf_str(&body),
            .quote = str_slice(text, p->statement.quote.from, p->statement.quote.to),
            .proposed = true,
            .confidence = p->confidence,
            .why = p->why,
            .incident = incidents[i]};
        if (result == OK)
            result = fresh ? statement_row_add(a, &place, &row, why)
                           : statement_row_put(a, &place, &row, why);
    }
    buf_release(&body);
    return result;
}

/* *found is false, too, for a text that is not here or is none; verify says so */
static enum outcome load_text(struct archive *a, struct document_row *d, struct buf *text,
                              struct fault *why)
{
    struct fault missing;
    if (!d->found)
        return OK;
    enum outcome result = log_get_bytes(a, &d->sha256, text, &missing);
    if (result != OK && result != NOT_FOUND) {
        if (why)
            *why = missing;
        return result;
    }
    d->found = result == OK && utf8_first_invalid(buf_str(text)) == SIZE_MAX;
    return OK;
}

enum outcome derive_document(struct archive *a, const struct hash *bytes, struct fault *why)
{
    struct arena arena;
    struct document_row d;
    struct buf text;
    arena_init(&arena);
    buf_init(&text, BYTES_LIMIT);
    enum outcome result = choose(a, bytes, &arena, &d, why);
    if (result == OK)
        result = forget(a, bytes, &d, why);
    if (result == OK)
        result = load_text(a, &d, &text, why);
    if (result == OK && d.found)
        result = insert_document(a, bytes, &d, why);
    if (result == OK && d.found)
        result = insert_search(a, &d, buf_str(&text), why);
    if (result == OK && d.found)
        result = insert_proposals(a, &d, buf_str(&text), &arena, why);
    if (result == OK)
        result = statement_rows_read_logged(a, bytes, &arena, why);
    if (result == OK)
        result = statement_rows_judge(a, bytes, &arena, why);
    buf_release(&text);
    arena_release(&arena);
    return result;
}

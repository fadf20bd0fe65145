#include "store/document_int.h"

#include "store/entries_int.h"
#include "store/finding_row_int.h"
#include "text/utf8.h"

void capture_keep(struct capture *c, struct arena *arena)
{
    struct str *texts[] = {&c->at,
                           &c->how,
                           &c->name,
                           &c->media,
                           &c->charset,
                           &c->facts.title,
                           &c->facts.publisher,
                           &c->facts.published,
                           &c->facts.lang,
                           &c->facts.url};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        *texts[i] = arena_copy(arena, *texts[i]);
}

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
    if (result == OK)
        capture_keep(out, arena);
    json_decref(object);
    buf_release(&body);
    return result;
}

/* the latest capture and the newest extractor's text stand for the document */
static enum outcome choose(struct archive *a, struct document *d, struct fault *why)
{
    struct query q = query_begin(a, "SELECT id, at FROM derived_capture WHERE bytes = ?1"
                                    " ORDER BY at DESC, id DESC LIMIT 1");
    query_bind_hash(&q, 1, &d->bytes);
    bool captured = query_step(&q) && query_hash(&q, 0, &d->capture);
    if (captured)
        d->at = arena_copy(&d->arena, query_str(&q, 1));
    enum outcome result = query_end(&q, why);
    if (result != OK || !captured)
        return result;
    q = query_begin(a, "SELECT id, extractor, sha256 FROM derived_text WHERE bytes = ?1"
                       " ORDER BY extractor DESC, id LIMIT 1");
    query_bind_hash(&q, 1, &d->bytes);
    d->found = query_step(&q) && query_hash(&q, 0, &d->text) && query_hash(&q, 2, &d->sha256);
    if (d->found)
        d->extractor = arena_copy(&d->arena, query_str(&q, 1));
    result = query_end(&q, why);
    if (result == OK && d->found)
        result = document_facts(a, &d->capture, &d->arena, &d->facts, why);
    return result;
}

static enum outcome look_for_rows(struct archive *a, struct document *d, struct fault *why)
{
    struct query q = query_begin(a, "SELECT row FROM derived_document WHERE id = ?1");
    query_bind_hash(&q, 1, &d->bytes);
    if (query_step(&q))
        d->row = query_int(&q, 0);
    enum outcome result = query_end(&q, why);
    if (result != OK || d->row)
        return result;
    q = query_begin(a, "SELECT 1 FROM derived_text t JOIN derived_statement s"
                       " ON s.row BETWEEN t.row << 24 AND t.row << 24 | 16777215"
                       " WHERE t.bytes = ?1 LIMIT 1");
    query_bind_hash(&q, 1, &d->bytes);
    d->fresh = !query_step(&q);
    return query_end(&q, why);
}

/* a text that is not here is as good as not found; verify says so */
static enum outcome load_text(struct archive *a, struct document *d, struct fault *why)
{
    struct fault missing;
    if (!d->found)
        return OK;
    enum outcome result = log_get_bytes(a, &d->sha256, &d->kept, &missing);
    if (result != OK && result != NOT_FOUND) {
        if (why)
            *why = missing;
        return result;
    }
    d->found = result == OK;
    return OK;
}

static void document_init(struct document *d, const struct hash *bytes)
{
    *d = (struct document){.bytes = *bytes};
    arena_init(&d->arena);
    buf_init(&d->kept, BYTES_LIMIT);
}

void document_of(struct document *d, const struct hash *capture_id, const struct capture *capture,
                 const struct hash *text_id, const struct kept_text *kept, struct str text)
{
    document_init(d, &capture->bytes);
    d->found = d->fresh = true;
    d->capture = *capture_id;
    d->text = *text_id;
    d->sha256 = kept->sha256;
    d->extractor = arena_copy(&d->arena, kept->extractor);
    d->facts = *capture;
    capture_keep(&d->facts, &d->arena);
    d->at = d->facts.at;
    buf_add(&d->kept, text);
}

enum outcome document_load(struct archive *a, const struct hash *bytes, struct document *d,
                           struct fault *why)
{
    document_init(d, bytes);
    enum outcome result = choose(a, d, why);
    if (result == OK)
        result = look_for_rows(a, d, why);
    return result == OK ? load_text(a, d, why) : result;
}

void document_release(struct document *d)
{
    buf_release(&d->kept);
    arena_release(&d->arena);
}

/* ---- reading ---- */

/* as they will be found once their rows are there */
static void tell_proposals(struct document *d)
{
    struct case_statements about = {
        .views = arena_alloc(&d->arena, (d->reading.count + 1) * sizeof *about.views)};
    for (size_t i = 0; i < d->reading.count; i++)
        if (d->written[i].naming)
            about.views[about.count++] =
                (struct statement_view){.id = d->written[i].id,
                                        .statement = d->reading.proposals[i].statement,
                                        .state = VIEW_PROPOSED,
                                        .proposed = true,
                                        .confidence = d->reading.proposals[i].confidence,
                                        .entry = d->written[i].entry,
                                        .document = d->bytes,
                                        .document_title = d->facts.facts.title,
                                        .document_name = d->facts.name,
                                        .document_publisher = d->facts.facts.publisher,
                                        .document_published = d->facts.facts.published,
                                        .document_lang = d->facts.facts.lang,
                                        .document_taken = d->at};
    stays_tell(&about, &d->arena, &d->told);
}

static void write_proposals(struct document *d, struct str text)
{
    struct buf body;
    struct fault why;
    struct entry_book book;
    buf_init(&body, OBJECT_LIMIT);
    entry_book_make(&book, text, d->reading.entries, d->reading.entries_count, &d->arena);
    d->written = arena_alloc(&d->arena, (d->reading.count + 1) * sizeof *d->written);
    for (size_t i = 0; i < d->reading.count; i++) {
        struct statement *s = &d->reading.proposals[i].statement;
        s->text = d->text;
        if (!quote_inside(s, text))
            bug("a proposal whose quote is outside its text");
        buf_clear(&body);
        if (statement_write(&body, s, &why) != OK)
            bug(why.text);
        d->written[i].id = hash_of(buf_str(&body));
        d->written[i].fields = statement_fields(&d->arena, s);
        d->written[i].key = statement_key(&d->arena, s);
        const struct naming *n = d->written[i].naming = statement_naming(&d->arena, s);
        d->written[i].entry = n ? entry_of_mention(&book, &n->at.at, n->key) : 0;
    }
    buf_release(&body);
}

void document_read(const struct archive_reader *reader, struct document *d)
{
    struct str text = buf_str(&d->kept);
    d->found = d->found && utf8_first_invalid(text) == SIZE_MAX;
    if (!d->found)
        return;
    d->title_words = search_words(&d->arena, d->facts.facts.title);
    d->words = search_words(&d->arena, text);
    sketch_make(&d->sketch, text);
    if (!reader)
        return;
    reader->read(reader->context, text, &d->facts.facts, &d->arena, &d->reading);
    write_proposals(d, text);
    if (d->fresh)
        tell_proposals(d);
}

/* ---- writing ---- */

/* the row, its words, and what a reader said about any text of these bytes */
static enum outcome forget(struct archive *a, const struct document *d, struct fault *why)
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
    q = query_begin(a, "DELETE FROM derived_sketch WHERE row = ?1");
    query_bind_int(&q, 1, d->row);
    query_step(&q);
    result = query_end(&q, why);
    if (result == OK)
        result = entries_forget(a, &d->bytes, why);
    if (result == OK)
        result = finding_rows_forget(a, &d->bytes, why);
    return result == OK ? statement_rows_forget(a, &d->bytes, why) : result;
}

static enum outcome insert_document(struct archive *a, const struct document *d, int64_t *row,
                                    struct fault *why)
{
    const struct capture *c = &d->facts;
    struct query q = query_begin(a, "INSERT INTO derived_document (row, id, capture, text, sha256,"
                                    " at, size, name, media, extractor, title, publisher,"
                                    " published, lang, url) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,"
                                    " ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)");
    if (d->row)
        query_bind_int(&q, 1, d->row);
    query_bind_hash(&q, 2, &d->bytes);
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
    *row = d->row ? d->row : sqlite3_last_insert_rowid(a->db);
    return query_end(&q, why);
}

static enum outcome insert_search(struct archive *a, const struct document *d, int64_t row,
                                  struct fault *why)
{
    struct query q = query_begin(a, "INSERT INTO derived_search (rowid, title, body)"
                                    " VALUES (?1, ?2, ?3)");
    query_bind_int(&q, 1, row);
    query_bind_text(&q, 2, d->title_words);
    query_bind_text(&q, 3, d->words);
    query_step(&q);
    return query_end(&q, why);
}

static enum outcome insert_sketch(struct archive *a, const struct document *d, int64_t row,
                                  struct fault *why)
{
    char bytes[SKETCH_BYTES];
    struct query q = query_begin(a, "INSERT INTO derived_sketch (row, numbers) VALUES (?1, ?2)");
    query_bind_int(&q, 1, row);
    query_bind_blob(&q, 2, (struct str){bytes, sketch_write(&d->sketch, bytes)});
    query_step(&q);
    return query_end(&q, why);
}

static enum outcome put_entries(struct archive *a, const struct document *d, struct fault *why)
{
    struct arena arena;
    arena_init(&arena);
    enum outcome result =
        entries_put(a, &d->text, d->reading.entries, d->reading.entries_count, &arena, why);
    arena_release(&arena);
    return result;
}

static enum outcome insert_reading(struct archive *a, const struct document *d, struct fault *why)
{
    struct text_place place;
    size_t touched = stays_touched(a);
    enum outcome result = text_place_of(a, &d->text, &place, why);
    if (result == OK && d->reading.entries_count)
        result = put_entries(a, d, why);
    for (size_t i = 0; i < d->reading.count && result == OK; i++) {
        const struct proposal *p = &d->reading.proposals[i];
        struct span at = p->statement.quote;
        struct statement_row row = {.id = &d->written[i].id,
                                    .statement = &p->statement,
                                    .fields = d->written[i].fields,
                                    .quote = str_slice(buf_str(&d->kept), at.from, at.to),
                                    .proposed = true,
                                    .confidence = p->confidence,
                                    .why = p->why,
                                    .incident = d->reading.incidents[i],
                                    .published = d->facts.facts.published,
                                    .key = d->written[i].key,
                                    .naming = d->written[i].naming,
                                    .entry = d->written[i].entry};
        result = d->fresh ? statement_row_add(a, &place, &row, why)
                          : statement_row_put(a, &place, &row, why);
    }
    if (result == OK && d->fresh)
        result = stays_put_alone(a, place.row, touched, &d->told, why);
    if (result != OK)
        return result;
    return finding_rows_put(a, place.row, buf_str(&d->kept), d->reading.findings,
                            d->reading.findings_count, why);
}

enum outcome document_put(struct archive *a, const struct document *d, struct fault *why)
{
    int64_t row = 0;
    struct arena arena;
    enum outcome result = d->fresh ? OK : forget(a, d, why);
    if (result == OK && d->found)
        result = insert_document(a, d, &row, why);
    if (result == OK && d->found)
        result = insert_search(a, d, row, why);
    if (result == OK && d->found)
        result = insert_sketch(a, d, row, why);
    if (result == OK && d->found && (d->reading.count || d->reading.findings_count))
        result = insert_reading(a, d, why);
    if (result != OK || d->fresh)
        return result;
    arena_init(&arena);
    result = statement_rows_read_logged(a, &d->bytes, &arena, why);
    if (result == OK)
        result = statement_rows_judge(a, &d->bytes, &arena, why);
    arena_release(&arena);
    return result;
}

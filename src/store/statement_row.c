#include "store/entries_int.h"
#include "store/stays_int.h"

#include "text/edtf.h"
#include "text/fold.h"
#include "text/utf8.h"

enum { PLACE_BITS = 24 };

int64_t statement_prefix(const struct hash *id)
{
    uint64_t prefix = 0;
    for (size_t i = 0; i < sizeof prefix; i++)
        prefix = prefix << 8 | id->bytes[i];
    return (int64_t)prefix;
}

struct hash hash_of_prefix(int64_t prefix)
{
    struct hash id = {{0}};
    for (size_t i = 0; i < sizeof prefix; i++)
        id.bytes[i] = (uint8_t)((uint64_t)prefix >> (8 * (sizeof prefix - 1 - i)));
    return id;
}

/* ---- where ---- */

enum outcome text_place_of(struct archive *a, const struct hash *text, struct text_place *out,
                           struct fault *why)
{
    struct query q = query_begin(a, "SELECT t.row, (SELECT max(s.row) FROM derived_statement s"
                                    " WHERE s.row BETWEEN t.row << 24 AND t.row << 24 | 16777215)"
                                    " FROM derived_text t WHERE t.id = ?1");
    query_bind_hash(&q, 1, text);
    *out = (struct text_place){0};
    bool found = query_step(&q);
    if (found) {
        out->row = query_int(&q, 0);
        out->next = query_null(&q, 1) ? 0 : query_int(&q, 1) - (out->row << PLACE_BITS) + 1;
    }
    enum outcome result = query_end(&q, why);
    if (result != OK || found)
        return result;
    q = query_begin(a, "INSERT INTO derived_text (id) VALUES (?1)");
    query_bind_hash(&q, 1, text);
    query_step(&q);
    result = query_end(&q, why);
    out->row = sqlite3_last_insert_rowid(a->db);
    return result;
}

static enum outcome find(struct archive *a, const struct hash *id, int64_t *row, struct fault *why)
{
    struct query q = query_begin(a, "SELECT row FROM derived_statement WHERE prefix = ?1"
                                    " AND id = ?2");
    query_bind_int(&q, 1, statement_prefix(id));
    query_bind_hash(&q, 2, id);
    *row = query_step(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, why);
}

/* ---- one row ---- */

static void bind_count(struct query *q, int place, int64_t count)
{
    if (count != COUNT_NONE)
        query_bind_int(q, place, count);
}

static void bind_figure(struct query *q, const struct figure *f)
{
    query_bind_text(q, 11, f->event);
    query_bind_text(q, 12, f->what);
    query_bind_int(q, 13, f->bound);
    bind_count(q, 14, f->low);
    bind_count(q, 15, f->high);
    query_bind_text_or_null(q, 16, f->since);
    query_bind_text_or_null(q, 17, f->until);
    query_bind_text_or_null(q, 18, f->as_of);
    query_bind_text_or_null(q, 19, f->place);
    query_bind_text_or_null(q, 20, f->source);
    if (f->subset_of.to) {
        query_bind_int(q, 21, (int64_t)f->subset_of.from);
        query_bind_int(q, 22, (int64_t)f->subset_of.to);
    }
}

static bool date_days(struct str date, int64_t *first, int64_t *last)
{
    return date.len && edtf_range(date, first, last, NULL) == OK;
}

/* The last day at which a figure stands: as stated, else as published; false for none, for a day
 * after its document's, and for a period without an end. */
static bool stands_until(const struct figure *f, struct str published, int64_t *out)
{
    int64_t first, last, said_first, said_last;
    bool dated = date_days(published, &said_first, &said_last);
    bool stated = date_days(f->as_of, &first, &last) || date_days(f->until, &first, &last);
    if (!stated && !dated)
        return false;
    *out = stated ? last : said_last;
    return *out != INT64_MAX && !(stated && dated && first > said_last);
}

static void bind_stands(struct query *q, int place, const struct statement_row *r)
{
    int64_t day;
    if (r->statement->form == FORM_FIGURE &&
        stands_until(&r->statement->figure, r->published, &day))
        query_bind_int(q, place, day);
}

static enum outcome insert_statement(struct archive *a, int64_t row, const struct statement_row *r,
                                     struct fault *why)
{
    const struct statement *s = r->statement;
    struct query q = query_begin(
        a, "INSERT INTO derived_statement (row, id, prefix, start, finish, form, shown, logged,"
           " proposed, standing, undecided, confidence, event, what, bound, low, high, since,"
           " until, as_of, place, source, part_start, part_finish, incident, stands, entry)"
           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, 0, ?10, ?11, ?12, ?13, ?14, ?15, ?16,"
           " ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25)");
    query_bind_int(&q, 1, row);
    query_bind_hash(&q, 2, r->id);
    query_bind_int(&q, 3, statement_prefix(r->id));
    query_bind_int(&q, 4, (int64_t)s->quote.from);
    query_bind_int(&q, 5, (int64_t)s->quote.to);
    query_bind_int(&q, 6, s->form);
    query_bind_int(&q, 7, r->quote.len > 0);
    query_bind_int(&q, 8, r->logged);
    query_bind_int(&q, 9, r->proposed);
    query_bind_int(&q, 10, r->confidence);
    if (s->form == FORM_FIGURE)
        bind_figure(&q, &s->figure);
    else if (s->form == FORM_LIFE_EVENT)
        query_bind_text(&q, 11, s->life_event.event);
    query_bind_text_or_null(&q, 23, r->incident.id);
    bind_stands(&q, 24, r);
    query_bind_int(&q, 25, (int64_t)r->entry);
    query_step(&q);
    return query_end(&q, why);
}

static enum outcome insert_wording(struct archive *a, int64_t row, const struct statement_row *r,
                                   struct fault *why)
{
    struct query q = query_begin(a, "INSERT INTO derived_wording (row, quote, why, incident_why,"
                                    " fields) VALUES (?1, ?2, ?3, ?4, ?5)");
    query_bind_int(&q, 1, row);
    query_bind_text(&q, 2, r->quote);
    query_bind_text(&q, 3, r->why);
    query_bind_text(&q, 4, r->incident.why);
    if (r->statement->form != FORM_FIGURE)
        query_bind_blob(&q, 5, r->fields);
    query_step(&q);
    return query_end(&q, why);
}

/* roles and life events */
static bool mention_of(const struct statement *s, struct str *name, struct str *label,
                       struct str *date, bool *organisation)
{
    *organisation = false;
    *date = STR_NONE;
    if (s->form == FORM_LIFE_EVENT) {
        *name = s->life_event.person;
        *label = s->life_event.event;
        *date = s->life_event.date;
        return true;
    }
    if (s->form != FORM_FACT || !str_equal(s->fact.property, STR("role")))
        return false;
    *name = s->fact.subject;
    *label = s->fact.value;
    *organisation = str_equal(s->fact.subject_kind, STR("organisation"));
    return *organisation || str_equal(s->fact.subject_kind, STR("person"));
}

struct str statement_key(struct arena *arena, const struct statement *s)
{
    struct str name, label, date;
    bool organisation;
    return mention_of(s, &name, &label, &date, &organisation) ? fold_text(arena, name) : STR_NONE;
}

/* as long as the words are there */
static enum outcome put_mention(struct archive *a, int64_t row, const struct statement_row *r,
                                struct fault *why)
{
    struct str name, label, date;
    bool organisation;
    if (!mention_of(r->statement, &name, &label, &date, &organisation))
        return OK;
    if (!r->quote.len) {
        struct query q = query_begin(a, "DELETE FROM derived_mention WHERE row = ?1");
        query_bind_int(&q, 1, row);
        query_step(&q);
        return query_end(&q, why);
    }
    struct query q = query_begin(a, "INSERT OR IGNORE INTO derived_mention (row, organisation,"
                                    " key, name, label, date, day)"
                                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    int64_t first, last;
    query_bind_int(&q, 1, row);
    query_bind_int(&q, 2, organisation);
    query_bind_text(&q, 3, r->key);
    query_bind_text(&q, 4, name);
    query_bind_text(&q, 5, label);
    query_bind_text_or_null(&q, 6, date);
    if (date.len && edtf_range(date, &first, &last, NULL) == OK && first != INT64_MIN)
        query_bind_int(&q, 7, first);
    query_step(&q);
    return query_end(&q, why);
}

enum outcome statement_row_add(struct archive *a, struct text_place *place,
                               const struct statement_row *r, struct fault *why)
{
    if (place->next >> PLACE_BITS)
        return refuse(why, FAILED, "more statements than a text has room for");
    int64_t row = place->row << PLACE_BITS | place->next;
    enum outcome result = insert_statement(a, row, r, why);
    if (result == OK)
        result = insert_wording(a, row, r, why);
    if (result == OK)
        result = put_mention(a, row, r, why);
    if (result == OK)
        result = naming_put(a, row, r, why);
    place->next++;
    return result;
}

static enum outcome update(struct archive *a, int64_t row, const struct statement_row *r,
                           struct fault *why)
{
    struct query q = query_begin(a, "UPDATE derived_statement SET logged = max(logged, ?2),"
                                    " proposed = max(proposed, ?3),"
                                    " confidence = max(confidence, ?4), incident = ?5, shown = ?6,"
                                    " stands = ?7, entry = ?8"
                                    " WHERE row = ?1");
    query_bind_int(&q, 1, row);
    query_bind_int(&q, 2, r->logged);
    query_bind_int(&q, 3, r->proposed);
    query_bind_int(&q, 4, r->confidence);
    query_bind_text_or_null(&q, 5, r->incident.id);
    query_bind_int(&q, 6, r->quote.len > 0);
    bind_stands(&q, 7, r);
    query_bind_int(&q, 8, (int64_t)r->entry);
    query_step(&q);
    enum outcome result = query_end(&q, why);
    if (result != OK)
        return result;
    q = query_begin(a, "UPDATE derived_wording SET quote = ?2, why = ?3, incident_why = ?4"
                       " WHERE row = ?1");
    query_bind_int(&q, 1, row);
    query_bind_text(&q, 2, r->quote);
    query_bind_text(&q, 3, r->why);
    query_bind_text(&q, 4, r->incident.why);
    query_step(&q);
    result = query_end(&q, why);
    if (result == OK)
        result = put_mention(a, row, r, why);
    return result == OK ? naming_put(a, row, r, why) : result;
}

enum outcome statement_row_put(struct archive *a, struct text_place *place,
                               const struct statement_row *r, struct fault *why)
{
    int64_t row;
    enum outcome result = find(a, r->id, &row, why);
    if (result != OK)
        return result;
    return row ? update(a, row, r, why) : statement_row_add(a, place, r, why);
}

/* ---- all of a document's ---- */

/* before they go: who is named there is told again without them */
static enum outcome touch_names(struct archive *a, const struct hash *bytes, struct fault *why)
{
    struct query q = query_begin(a, "SELECT t.id, n.start, n.finish, n.row FROM derived_text t"
                                    " JOIN derived_naming n ON n.row"
                                    " BETWEEN t.row << 24 AND t.row << 24 | 16777215"
                                    " WHERE t.bytes = ?1");
    query_bind_hash(&q, 1, bytes);
    while (query_step(&q)) {
        struct mention m = {.at = {(size_t)query_int(&q, 1), (size_t)query_int(&q, 2)}};
        if (query_hash(&q, 0, &m.text))
            stays_touch_mention(a, &m);
        stays_touch(a, query_int(&q, 3));
    }
    return query_end(&q, why);
}

enum outcome statement_rows_forget(struct archive *a, const struct hash *bytes, struct fault *why)
{
    static const char *const steps[] = {
        "DELETE FROM derived_wording WHERE row IN (SELECT s.row FROM derived_text t"
        " JOIN derived_statement s ON s.row BETWEEN t.row << 24 AND t.row << 24 | 16777215"
        " WHERE t.bytes = ?1 AND NOT s.logged)",
        "DELETE FROM derived_mention WHERE row IN (SELECT s.row FROM derived_text t"
        " JOIN derived_statement s ON s.row BETWEEN t.row << 24 AND t.row << 24 | 16777215"
        " WHERE t.bytes = ?1 AND NOT s.logged)",
        "DELETE FROM derived_naming WHERE row IN (SELECT s.row FROM derived_text t"
        " JOIN derived_statement s ON s.row BETWEEN t.row << 24 AND t.row << 24 | 16777215"
        " WHERE t.bytes = ?1 AND NOT s.logged)",
        "DELETE FROM derived_statement WHERE row IN (SELECT s.row FROM derived_text t"
        " JOIN derived_statement s ON s.row BETWEEN t.row << 24 AND t.row << 24 | 16777215"
        " WHERE t.bytes = ?1 AND NOT s.logged)",
        "UPDATE derived_wording SET why = '' WHERE row IN (SELECT s.row FROM derived_text t"
        " JOIN derived_statement s ON s.row BETWEEN t.row << 24 AND t.row << 24 | 16777215"
        " WHERE t.bytes = ?1)",
        "UPDATE derived_statement SET proposed = 0, confidence = 0 WHERE row IN (SELECT s.row"
        " FROM derived_text t"
        " JOIN derived_statement s ON s.row BETWEEN t.row << 24 AND t.row << 24 | 16777215"
        " WHERE t.bytes = ?1)",
    };
    enum outcome result = touch_names(a, bytes, why);
    for (size_t i = 0; i < COUNT_OF(steps) && result == OK; i++) {
        struct query q = query_begin(a, steps[i]);
        query_bind_hash(&q, 1, bytes);
        query_step(&q);
        result = query_end(&q, why);
    }
    return result;
}

bool quote_inside(const struct statement *s, struct str text)
{
    return s->quote.to <= text.len &&
           (s->form != FORM_FIGURE || s->figure.subset_of.to <= text.len) &&
           utf8_first_invalid(str_slice(text, s->quote.from, s->quote.to)) == SIZE_MAX;
}

enum outcome statement_rows_judge(struct archive *a, const struct hash *bytes, struct arena *arena,
                                  struct fault *why)
{
    struct hash_list subjects = {0};
    size_t room = 0;
    struct query q = query_begin(a, "SELECT s.id FROM derived_text t"
                                    " JOIN derived_statement s ON s.row"
                                    " BETWEEN t.row << 24 AND t.row << 24 | 16777215"
                                    " WHERE t.bytes = ?1 AND EXISTS (SELECT 1"
                                    " FROM derived_judgement j WHERE j.subject = s.id)"
                                    " ORDER BY s.id");
    query_bind_hash(&q, 1, bytes);
    while (query_step(&q)) {
        subjects.at = arena_grow(arena, subjects.at, subjects.count, &room, sizeof *subjects.at);
        query_hash(&q, 0, &subjects.at[subjects.count++]);
    }
    enum outcome result = query_end(&q, why);
    for (size_t i = 0; i < subjects.count && result == OK; i++)
        result = judge_statement(a, &subjects.at[i], why);
    return result;
}

/* the kept text of a statement and the facts of its document; *found is false if it is not here */
static enum outcome text_of(struct archive *a, const struct hash *text_id, struct arena *arena,
                            struct buf *text, struct capture *facts, bool *found, struct fault *why)
{
    struct hash sha256, capture;
    struct query q = query_begin(a, "SELECT t.sha256, (SELECT c.id FROM derived_capture c"
                                    " WHERE c.bytes = t.bytes ORDER BY c.at DESC, c.id DESC"
                                    " LIMIT 1) FROM derived_text t WHERE t.id = ?1");
    query_bind_hash(&q, 1, text_id);
    *found = query_step(&q) && !query_null(&q, 1) && query_hash(&q, 0, &sha256) &&
             query_hash(&q, 1, &capture);
    enum outcome result = query_end(&q, why);
    if (result != OK || !*found)
        return result;
    result = log_get_bytes(a, &sha256, text, why);
    if (result == NOT_FOUND) {
        *found = false;
        return OK;
    }
    return result == OK ? document_facts(a, &capture, arena, facts, why) : result;
}

static enum outcome entry_of_logged(struct archive *a, struct str text,
                                    const struct document_facts *facts, struct arena *arena,
                                    struct statement_row *row, struct fault *why)
{
    struct entry_book book;
    if (!row->naming)
        return OK;
    enum outcome result = entries_of_text(a, &row->statement->text, text, facts, arena, &book, why);
    if (result == OK)
        row->entry = entry_of_mention(&book, &row->naming->at.at, row->naming->key);
    return result;
}

/* a statement in the log that no reader proposes; its quote is empty while its text is not here, or
 * has no such passage */
static enum outcome insert_logged(struct archive *a, const struct hash *id,
                                  const struct statement *s, struct fault *why)
{
    struct arena arena;
    struct buf text;
    struct capture facts;
    struct text_place place;
    bool found = false;
    struct statement_row row = {.id = id, .statement = s, .logged = true};
    arena_init(&arena);
    buf_init(&text, BYTES_LIMIT);
    row.fields = statement_fields(&arena, s);
    row.key = statement_key(&arena, s);
    row.naming = statement_naming(&arena, s);
    enum outcome result = text_of(a, &s->text, &arena, &text, &facts, &found, why);
    if (result == OK && found && quote_inside(s, buf_str(&text))) {
        row.published = facts.facts.published;
        row.quote = str_slice(buf_str(&text), s->quote.from, s->quote.to);
        if (a->reader && s->form == FORM_FIGURE)
            a->reader->incident(a->reader->context, buf_str(&text), s, &facts.facts, &arena,
                                &row.incident);
        result = entry_of_logged(a, buf_str(&text), &facts.facts, &arena, &row, why);
    }
    if (result == OK)
        result = text_place_of(a, &s->text, &place, why);
    if (result == OK)
        result = statement_row_put(a, &place, &row, why);
    buf_release(&text);
    arena_release(&arena);
    return result;
}

static enum outcome read_logged(struct archive *a, const struct hash *id, struct fault *why)
{
    struct statement statement;
    struct arena arena;
    struct buf body;
    json_t *object = NULL;
    arena_init(&arena);
    buf_init(&body, OBJECT_LIMIT);
    enum outcome result = log_get_object(a, id, &body, why);
    if (result == OK)
        result = json_read(buf_str(&body), &object, why);
    if (result == OK)
        result = statement_of_json(object, &arena, &statement, why);
    if (result == OK)
        result = insert_logged(a, id, &statement, why);
    json_decref(object);
    buf_release(&body);
    arena_release(&arena);
    return result;
}

/* those that came before their text, or whose document has other facts now */
enum outcome statement_rows_read_logged(struct archive *a, const struct hash *bytes,
                                        struct arena *arena, struct fault *why)
{
    struct hash_list ids = {0};
    size_t room = 0;
    struct query q = query_begin(a, "SELECT s.id FROM derived_text t JOIN derived_statement s"
                                    " ON s.row BETWEEN t.row << 24 AND t.row << 24 | 16777215"
                                    " WHERE t.bytes = ?1 AND NOT s.proposed ORDER BY s.id");
    query_bind_hash(&q, 1, bytes);
    while (query_step(&q)) {
        ids.at = arena_grow(arena, ids.at, ids.count, &room, sizeof *ids.at);
        query_hash(&q, 0, &ids.at[ids.count++]);
    }
    enum outcome result = query_end(&q, why);
    for (size_t i = 0; i < ids.count && result == OK; i++)
        result = read_logged(a, &ids.at[i], why);
    return result;
}

enum outcome derive_statement(struct archive *a, const struct hash *id, const struct statement *s,
                              struct fault *why)
{
    struct query q = query_begin(a, "UPDATE derived_statement SET logged = 1"
                                    " WHERE prefix = ?1 AND id = ?2");
    query_bind_int(&q, 1, statement_prefix(id));
    query_bind_hash(&q, 2, id);
    query_step(&q);
    enum outcome result = query_end(&q, why);
    if (result != OK || sqlite3_changes(a->db))
        return result;
    return insert_logged(a, id, s, why);
}

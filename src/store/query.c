#include "store/page.h"
#include "store/statement_row_int.h"

const char *view_state_name(enum view_state state)
{
    static const char *const names[] = {"proposed", "accepted", "rejected"};
    return names[state];
}

static struct str column(struct arena *arena, const struct query *q, int index)
{
    return arena_copy(arena, query_str(q, index));
}

void document_of_row(struct query *q, struct arena *arena, struct document_view *d)
{
    query_hash(q, 0, &d->id);
    query_hash(q, 1, &d->text);
    query_hash(q, 2, &d->sha256);
    d->facts = (struct document_facts){.title = column(arena, q, 3),
                                       .publisher = column(arena, q, 4),
                                       .published = column(arena, q, 5),
                                       .lang = column(arena, q, 6),
                                       .url = column(arena, q, 7)};
    d->name = column(arena, q, 8);
    d->media = column(arena, q, 9);
    d->extractor = column(arena, q, 10);
    d->at = column(arena, q, 11);
    d->size = query_int(q, 12);
}

enum outcome archive_documents(struct archive *a, struct arena *arena, struct document_view **out,
                               size_t *count, struct fault *why)
{
    size_t room = 0;
    *out = NULL;
    *count = 0;
    struct query q = query_begin(
        a, "SELECT d.id, d.text, d.sha256, d.title, d.publisher, d.published, d.lang, d.url,"
           " d.name, d.media, d.extractor, d.at, d.size,"
           " coalesce(sum(s.standing = 0), 0), coalesce(sum(s.standing = 1), 0),"
           " coalesce(sum(s.standing = 2), 0)"
           " FROM derived_document d LEFT JOIN derived_text t ON t.bytes = d.id"
           " LEFT JOIN derived_statement s"
           " ON s.row BETWEEN t.row << 24 AND t.row << 24 | 16777215 AND s.shown"
           " GROUP BY d.row ORDER BY coalesce(d.published, '9'), d.id");
    while (query_step(&q)) {
        *out = arena_grow(arena, *out, *count, &room, sizeof **out);
        struct document_view *d = &(*out)[(*count)++];
        document_of_row(&q, arena, d);
        d->proposed = (size_t)query_int(&q, 13);
        d->accepted = (size_t)query_int(&q, 14);
        d->rejected = (size_t)query_int(&q, 15);
    }
    return query_end(&q, why);
}

#define STATEMENT_COLUMNS                                                                          \
    "SELECT s.id, w.fields, w.quote, s.standing, s.undecided, s.proposed, s.confidence, w.why,"    \
    " s.incident, w.incident_why, d.id, d.title, d.name, d.publisher, d.published, d.lang,"        \
    " t.id, s.start, s.finish, s.form, s.event, s.what, s.bound, s.low, s.high, s.since, s.until," \
    " s.as_of, s.place, s.source, s.part_start, s.part_finish, s.weighed, s.entry, d.at"           \
    " FROM derived_statement s JOIN derived_wording w ON w.row = s.row AND s.shown"                \
    " JOIN derived_text t ON t.row = s.row >> 24 JOIN derived_document d ON d.id = t.bytes"

static int64_t count_column(const struct query *q, int index)
{
    return query_null(q, index) ? COUNT_NONE : query_int(q, index);
}

static void figure_of_row(const struct query *q, struct arena *arena, struct figure *f)
{
    *f = (struct figure){.event = column(arena, q, 20),
                         .what = column(arena, q, 21),
                         .bound = (enum figure_bound)query_int(q, 22),
                         .low = count_column(q, 23),
                         .high = count_column(q, 24),
                         .since = column(arena, q, 25),
                         .until = column(arena, q, 26),
                         .as_of = column(arena, q, 27),
                         .place = column(arena, q, 28),
                         .source = column(arena, q, 29),
                         .subset_of = {(size_t)query_int(q, 30), (size_t)query_int(q, 31)}};
}

/* what a statement says of its document; of the document of `before`, or NULL, it is that one's */
static void document_of_view(struct query *q, struct arena *arena,
                             const struct statement_view *before, struct statement_view *s)
{
    query_hash(q, 10, &s->document);
    bool known = before && hash_equal(&before->document, &s->document);
    s->document_title = known ? before->document_title : column(arena, q, 11);
    s->document_name = known ? before->document_name : column(arena, q, 12);
    s->document_publisher = known ? before->document_publisher : column(arena, q, 13);
    s->document_published = known ? before->document_published : column(arena, q, 14);
    s->document_lang = known ? before->document_lang : column(arena, q, 15);
    s->document_taken = known ? before->document_taken : column(arena, q, 34);
}

static enum outcome statement_of_row(struct query *q, struct arena *arena,
                                     const struct statement_view *before, struct statement_view *s,
                                     struct fault *why)
{
    *s = (struct statement_view){.statement.form = (enum statement_form)query_int(q, 19)};
    query_hash(q, 0, &s->id);
    if (s->statement.form == FORM_FIGURE)
        figure_of_row(q, arena, &s->statement.figure);
    enum outcome result = statement_of_fields(query_str(q, 1), arena, &s->statement, why);
    query_hash(q, 16, &s->statement.text);
    s->statement.quote = (struct span){(size_t)query_int(q, 17), (size_t)query_int(q, 18)};
    s->quote = column(arena, q, 2);
    s->state = (enum view_state)query_int(q, 3);
    s->undecided = query_int(q, 4);
    s->weighed = (enum weigh_verdict)query_int(q, 32);
    s->entry = (size_t)query_int(q, 33);
    s->proposed = query_int(q, 5);
    s->confidence = (int)query_int(q, 6);
    s->why = column(arena, q, 7);
    s->incident = (struct incident_reason){column(arena, q, 8), column(arena, q, 9)};
    document_of_view(q, arena, before, s);
    return result;
}

/* the rows of a text's statements, or all of them */
static enum outcome rows_of(struct archive *a, const struct hash *text, int64_t *from, int64_t *to,
                            struct fault *why)
{
    *from = 0;
    *to = INT64_MAX;
    if (!text)
        return OK;
    struct query q = query_begin(a, "SELECT row << 24, row << 24 | 16777215 FROM derived_text"
                                    " WHERE id = ?1");
    query_bind_hash(&q, 1, text);
    bool found = query_step(&q);
    *from = found ? query_int(&q, 0) : 1;
    *to = found ? query_int(&q, 1) : 0;
    return query_end(&q, why);
}

enum outcome archive_waiting_texts(struct archive *a, struct arena *arena, struct hash_list *out,
                                   struct fault *why)
{
    size_t room = 0;
    *out = (struct hash_list){0};
    struct query q =
        query_begin(a, "SELECT id FROM derived_text t WHERE bytes IS NOT NULL AND EXISTS"
                       " (SELECT 1 FROM derived_statement s WHERE s.row"
                       " BETWEEN t.row << 24 AND t.row << 24 | 16777215"
                       " AND s.shown AND (s.standing = 0 OR s.undecided))"
                       " ORDER BY bytes, id");
    while (query_step(&q)) {
        out->at = arena_grow(arena, out->at, out->count, &room, sizeof *out->at);
        query_hash(&q, 0, &out->at[out->count++]);
    }
    return query_end(&q, why);
}

static void bind_filter(struct query *q, const struct statement_filter *filter, int64_t from,
                        int64_t to)
{
    query_bind_int(q, 1, filter->by_form ? (int64_t)filter->form : -1);
    query_bind_int(q, 2, from);
    query_bind_int(q, 3, filter->rejected || filter->waiting);
    query_bind_int(q, 4, filter->waiting);
    query_bind_int(q, 5, to);
}

static bool reaches_into(const struct statement_filter *filter, size_t from, size_t to)
{
    for (size_t i = 0; i < filter->about_count; i++)
        if (filter->about[i].from < to && from < filter->about[i].to)
            return true;
    return false;
}

/* by the few columns that say where a statement stands */
static enum outcome rows_about(struct archive *a, const struct statement_filter *filter,
                               int64_t from, int64_t to, struct arena *arena, struct row_list *out,
                               struct fault *why)
{
    *out = (struct row_list){0};
    struct query q =
        query_begin(a, "SELECT row, start, finish FROM derived_statement NOT INDEXED"
                       " WHERE row BETWEEN ?2 AND ?5 AND shown AND (?1 < 0 OR form = ?1)"
                       " AND (?3 OR standing <> 2) AND (NOT ?4 OR standing = 0 OR undecided)"
                       " ORDER BY start, finish, id");
    bind_filter(&q, filter, from, to);
    while (query_step(&q)) {
        if (!reaches_into(filter, (size_t)query_int(&q, 1), (size_t)query_int(&q, 2)))
            continue;
        out->at = arena_grow(arena, out->at, out->count, &out->room, sizeof *out->at);
        out->at[out->count++] = query_int(&q, 0);
    }
    return query_end(&q, why);
}

enum outcome statements_of_rows(struct archive *a, const struct row_list *rows, struct arena *arena,
                                struct statement_view **out, size_t *count, struct fault *why)
{
    enum outcome result = OK;
    *count = 0;
    *out = arena_alloc(arena, (rows->count + 1) * sizeof **out);
    struct query q = query_begin(a, STATEMENT_COLUMNS " WHERE s.row = ?1");
    for (size_t i = 0; result == OK && i < rows->count; i++) {
        query_bind_int(&q, 1, rows->at[i]);
        if (query_step(&q))
            result = statement_of_row(&q, arena, NULL, &(*out)[(*count)++], why);
        query_again(&q);
    }
    enum outcome ended = query_end(&q, result == OK ? why : NULL);
    return result == OK ? ended : result;
}

static int compare_places(const void *left, const void *right)
{
    const struct statement_view *a = left, *b = right;
    const struct span *p = &a->statement.quote, *q = &b->statement.quote;
    int order = hash_compare(&a->document, &b->document);
    if (!order)
        order = p->from != q->from ? (p->from > q->from) - (p->from < q->from)
                                   : (p->to > q->to) - (p->to < q->to);
    return order ? order : hash_compare(&a->id, &b->id);
}

/* Sorted here: to sort them itself, SQLite would keep all columns of all rows a second time. */
static enum outcome all_statements(struct archive *a, const struct statement_filter *filter,
                                   int64_t from, int64_t to, struct arena *arena,
                                   struct statement_view **out, size_t *count, struct fault *why)
{
    size_t room = 0, number = 0;
    struct statement_view *all = NULL;
    enum outcome result = OK;
    struct query q =
        query_begin(a, STATEMENT_COLUMNS
                    " WHERE (?1 < 0 OR s.form = ?1) AND s.row BETWEEN ?2 AND ?5"
                    " AND (?3 OR s.standing <> 2) AND (NOT ?4 OR s.standing = 0 OR s.undecided)"
                    " AND (NOT ?6 OR s.form <> 0)");
    bind_filter(&q, filter, from, to);
    query_bind_int(&q, 6, filter->lives);
    while (result == OK && query_step(&q)) {
        if (number == room) {
            room = room ? 2 * room : 64;
            all = mem_resize_array(all, room, sizeof *all);
        }
        const struct statement_view *before = number ? &all[number - 1] : NULL;
        result = statement_of_row(&q, arena, before, &all[number++], why);
    }
    if (number)
        qsort(all, number, sizeof *all, compare_places);
    *out = arena_room(arena, (number + 1) * sizeof **out);
    if (number)
        memcpy(*out, all, number * sizeof **out);
    *count = number;
    mem_free(all);
    enum outcome ended = query_end(&q, result == OK ? why : NULL);
    return result == OK ? ended : result;
}

enum outcome archive_statements(struct archive *a, const struct statement_filter *filter,
                                struct arena *arena, struct statement_view **out, size_t *count,
                                struct fault *why)
{
    int64_t from, to;
    struct row_list rows;
    *out = NULL;
    *count = 0;
    enum outcome result = rows_of(a, filter->text, &from, &to, why);
    if (result != OK)
        return result;
    if (!filter->about_count)
        return all_statements(a, filter, from, to, arena, out, count, why);
    result = rows_about(a, filter, from, to, arena, &rows, why);
    return result == OK ? statements_of_rows(a, &rows, arena, out, count, why) : result;
}

enum outcome archive_life_events(struct archive *a, struct arena *arena, struct str **out,
                                 size_t *count, struct fault *why)
{
    size_t room = 0;
    *out = NULL;
    *count = 0;
    struct query q = query_begin(a, "SELECT DISTINCT event FROM derived_statement WHERE form = ?1"
                                    " AND shown AND standing <> 2 ORDER BY event");
    query_bind_int(&q, 1, FORM_LIFE_EVENT);
    while (query_step(&q)) {
        *out = arena_grow(arena, *out, *count, &room, sizeof **out);
        (*out)[(*count)++] = column(arena, &q, 0);
    }
    return query_end(&q, why);
}

bool hash_range(struct str digits, struct hash *low, struct hash *high)
{
    char padded[HASH_DIGITS];
    if (digits.len < 4 || digits.len > HASH_DIGITS)
        return false;
    memset(padded, '0', sizeof padded);
    memcpy(padded, digits.at, digits.len);
    bool good = hash_read((struct str){padded, sizeof padded}, low);
    memset(padded + digits.len, 'f', sizeof padded - digits.len);
    return good && hash_read((struct str){padded, sizeof padded}, high);
}

enum outcome archive_statement(struct archive *a, struct str digits, struct arena *arena,
                               struct statement_view *out, struct fault *why)
{
    struct hash low, high;
    size_t found = 0;
    if (!hash_range(digits, &low, &high))
        return refuse(why, REFUSED, "\"%.*s\" is not an id (4 to 64 digits of 0-9 a-f)",
                      STR_ARG(digits));
    enum outcome result = OK;
    struct query q = query_begin(a, STATEMENT_COLUMNS " WHERE s.prefix BETWEEN ?3 AND ?4"
                                                      " AND s.id BETWEEN ?1 AND ?2 LIMIT 2");
    query_bind_int(&q, 3, statement_prefix(&low));
    query_bind_int(&q, 4, statement_prefix(&high));
    query_bind_hash(&q, 1, &low);
    query_bind_hash(&q, 2, &high);
    while (result == OK && query_step(&q)) {
        found++;
        result = statement_of_row(&q, arena, NULL, out, why);
    }
    enum outcome ended = query_end(&q, result == OK ? why : NULL);
    if (result != OK || ended != OK)
        return result == OK ? ended : result;
    if (found == 0)
        return refuse(why, NOT_FOUND, "no statement or proposal has the id %.*s", STR_ARG(digits));
    if (found > 1)
        return refuse(why, REFUSED, "several ids begin with %.*s; give more digits",
                      STR_ARG(digits));
    return OK;
}

enum outcome archive_text(struct archive *a, const struct hash *text_id, struct buf *out,
                          struct fault *why)
{
    struct hash sha256;
    struct query q = query_begin(a, "SELECT sha256 FROM derived_text WHERE id = ?1");
    query_bind_hash(&q, 1, text_id);
    bool found = query_step(&q) && query_hash(&q, 0, &sha256);
    enum outcome result = query_end(&q, why);
    if (result == OK && !found)
        return refuse(why, NOT_FOUND, "no such text");
    return result == OK ? log_get_bytes(a, &sha256, out, why) : result;
}

/* ---- who decided ---- */

static void read_key(const struct query *q, int index, struct public_key *out)
{
    struct str key = query_str(q, index);
    *out = (struct public_key){0};
    if (key.len == PUBLIC_KEY_SIZE)
        memcpy(out->bytes, key.at, PUBLIC_KEY_SIZE);
}

static void decision_of_row(struct query *q, struct arena *arena, struct decision_view *d)
{
    *d = (struct decision_view){.active = query_int(q, 1),
                                .verdict = (enum verdict)query_int(q, 2),
                                .bulk = query_int(q, 3),
                                .why = column(arena, q, 4),
                                .at = column(arena, q, 8),
                                .author_name = column(arena, q, 9)};
    query_hash(q, 0, &d->id);
    if (!query_null(q, 5))
        query_hash(q, 5, &d->instead_of);
    query_hash(q, 6, &d->held_by);
    read_key(q, 7, &d->author);
}

enum outcome archive_decisions(struct archive *a, const struct hash *subject, struct arena *arena,
                               struct decision_view **out, size_t *count, struct fault *why)
{
    size_t room = 0;
    *out = NULL;
    *count = 0;
    struct query q = query_begin(
        a, "SELECT j.decision, j.active, j.verdict, e.bulk, e.why, e.instead_of,"
           " c.id, c.author, c.at, m.name"
           " FROM derived_judgement j CROSS JOIN derived_decision e ON e.id = j.decision"
           " JOIN derived_commit c ON c.id = (SELECT k.id FROM derived_holding h"
           "  JOIN derived_commit k ON k.id = h.held_by WHERE h.object = j.decision"
           "  AND k.standing = 1 ORDER BY k.at, k.id LIMIT 1)"
           " LEFT JOIN derived_member m ON m.key = c.author"
           " WHERE j.subject = ?1 ORDER BY c.at, j.decision");
    query_bind_hash(&q, 1, subject);
    while (query_step(&q)) {
        *out = arena_grow(arena, *out, *count, &room, sizeof **out);
        decision_of_row(&q, arena, &(*out)[(*count)++]);
    }
    return query_end(&q, why);
}

enum outcome archive_rulings(struct archive *a, const struct hash *subject, bool weighing,
                             struct arena *arena, struct decision_view **out, size_t *count,
                             struct fault *why)
{
    size_t all;
    enum outcome result = archive_decisions(a, subject, arena, out, &all, why);
    *count = 0;
    for (size_t i = 0; i < all && result == OK; i++) {
        const struct decision_view *d = &(*out)[i];
        if (d->active && d->verdict != VERDICT_RETRACT && verdict_weighs(d->verdict) == weighing)
            (*out)[(*count)++] = *d;
    }
    return result;
}

enum outcome archive_commits(struct archive *a, bool not_counting, struct arena *arena,
                             struct commit_view **out, size_t *count, struct fault *why)
{
    size_t room = 0;
    *out = NULL;
    *count = 0;
    struct query q = query_begin(a, "SELECT c.id, c.author, m.name, c.at, c.note, c.holds,"
                                    " c.standing FROM derived_commit c"
                                    " LEFT JOIN derived_member m ON m.key = c.author"
                                    " WHERE NOT ?1 OR c.standing <> 1 ORDER BY c.at, c.id");
    query_bind_int(&q, 1, not_counting);
    while (query_step(&q)) {
        *out = arena_grow(arena, *out, *count, &room, sizeof **out);
        struct commit_view *c = &(*out)[(*count)++];
        query_hash(&q, 0, &c->id);
        read_key(&q, 1, &c->author);
        c->author_name = column(arena, &q, 2);
        c->at = column(arena, &q, 3);
        c->note = column(arena, &q, 4);
        c->holds = query_int(&q, 5);
        c->state = (enum commit_view_state)query_int(&q, 6);
    }
    return query_end(&q, why);
}

enum outcome archive_members(struct archive *a, struct arena *arena, struct member_view **out,
                             size_t *count, struct fault *why)
{
    size_t room = 0;
    *out = NULL;
    *count = 0;
    struct query q = query_begin(
        a, "WITH keys(key) AS (SELECT ?1 UNION SELECT ?2 UNION SELECT key FROM derived_member"
           " UNION SELECT author FROM derived_commit)"
           " SELECT k.key, m.name, coalesce(m.standing, 0), coalesce(m.undecided, 0),"
           " (SELECT count(*) FROM derived_commit c WHERE c.author = k.key),"
           " (SELECT count(*) FROM derived_commit c WHERE c.author = k.key AND c.standing <> 1)"
           " FROM keys k LEFT JOIN derived_member m ON m.key = k.key"
           " ORDER BY k.key <> ?1, k.key");
    query_bind_blob(&q, 1, (struct str){(const char *)a->owner.bytes, PUBLIC_KEY_SIZE});
    query_bind_blob(&q, 2, (struct str){(const char *)a->own.public_key.bytes, PUBLIC_KEY_SIZE});
    while (query_step(&q)) {
        *out = arena_grow(arena, *out, *count, &room, sizeof **out);
        struct member_view *m = &(*out)[(*count)++];
        read_key(&q, 0, &m->key);
        m->name = column(arena, &q, 1);
        m->owner = public_key_equal(&m->key, &a->owner);
        m->own = public_key_equal(&m->key, &a->own.public_key);
        m->member = m->owner || query_int(&q, 2);
        m->undecided = query_int(&q, 3);
        m->commits = query_int(&q, 4);
        m->quarantined = query_int(&q, 5);
    }
    return query_end(&q, why);
}

enum outcome archive_active_decisions(struct archive *a, const struct hash *subject,
                                      enum verdict next, struct arena *arena, struct hash_list *out,
                                      struct fault *why)
{
    size_t room = 0;
    *out = (struct hash_list){0};
    struct query q = query_begin(a, "SELECT decision FROM derived_judgement WHERE subject = ?1"
                                    " AND active AND NOT (?2 AND verdict = ?3)"
                                    " AND ?4 = (verdict IN (?5, ?6))"
                                    " ORDER BY decision");
    query_bind_hash(&q, 1, subject);
    query_bind_int(&q, 2, next == VERDICT_RETRACT);
    query_bind_int(&q, 3, VERDICT_RETRACT);
    query_bind_int(&q, 4, verdict_weighs(next));
    query_bind_int(&q, 5, VERDICT_CORROBORATED);
    query_bind_int(&q, 6, VERDICT_DISPUTED);
    while (query_step(&q)) {
        out->at = arena_grow(arena, out->at, out->count, &room, sizeof *out->at);
        query_hash(&q, 0, &out->at[out->count++]);
    }
    return query_end(&q, why);
}

enum outcome archive_key_decisions(struct archive *a, const struct public_key *key,
                                   struct arena *arena, struct hash_list *out, struct fault *why)
{
    struct hash subject;
    memcpy(subject.bytes, key->bytes, HASH_SIZE);
    return archive_active_decisions(a, &subject, VERDICT_MEMBER, arena, out, why);
}

static enum outcome count_statements(struct archive *a, struct archive_state *out,
                                     struct fault *why)
{
    int64_t *places[] = {&out->proposed, &out->accepted, &out->rejected};
    struct query q = query_begin(a, "WITH kind (standing, undecided) AS (VALUES (0, 0), (0, 1),"
                                    " (1, 0), (1, 1), (2, 0), (2, 1)) SELECT k.standing,"
                                    " k.undecided, (SELECT count(*) FROM derived_statement s"
                                    "  INDEXED BY derived_statement_standing"
                                    "  WHERE s.standing = k.standing"
                                    "  AND s.undecided = k.undecided AND s.shown = 1) FROM kind k");
    while (query_step(&q)) {
        int64_t standing = query_int(&q, 0), number = query_int(&q, 2);
        if (standing >= 0 && standing < (int64_t)COUNT_OF(places))
            *places[standing] += number;
        out->statements += number;
        out->undecided += query_int(&q, 1) ? number : 0;
        out->statements_wait += standing == 0 || query_int(&q, 1) ? number : 0;
    }
    return query_end(&q, why);
}

static enum outcome summary_read(struct archive *a, struct archive_state *out, struct fault *why)
{
    struct head_state head;
    *out = (struct archive_state){0};
    enum outcome result = head_of_log(a, &head, why);
    if (result != OK)
        return result;
    out->head = head.chain;
    struct query q =
        query_begin(a, "SELECT (SELECT count(*) FROM derived_document),"
                       " (SELECT count(*) FROM derived_commit),"
                       " (SELECT count(*) FROM derived_commit WHERE standing = 0),"
                       " (SELECT count(*) FROM derived_commit WHERE standing = 2),"
                       " EXISTS (SELECT 1 FROM derived_member WHERE key = ?1 AND standing)");
    query_bind_blob(&q, 1, (struct str){(const char *)a->own.public_key.bytes, PUBLIC_KEY_SIZE});
    int64_t *places[] = {&out->documents, &out->commits, &out->quarantined, &out->waiting};
    if (query_step(&q)) {
        for (size_t i = 0; i < COUNT_OF(places); i++)
            *places[i] = query_int(&q, (int)i);
        out->own_counts =
            public_key_equal(&a->own.public_key, &a->owner) || query_int(&q, COUNT_OF(places));
    }
    result = query_end(&q, why);
    return result == OK ? count_statements(a, out, why) : result;
}

enum outcome archive_summary(struct archive *a, struct archive_state *out, struct fault *why)
{
    enum outcome result = OK;
    if (!a->dated || !a->summed) {
        result = summary_read(a, &a->summary, why);
        a->summed = result == OK && a->dated;
        a->summed_at = a->generation;
    }
    *out = a->summary;
    return result;
}

static bool facts_equal(const struct document_facts *a, const struct document_facts *b)
{
    return str_equal(a->title, b->title) && str_equal(a->publisher, b->publisher) &&
           str_equal(a->published, b->published) && str_equal(a->lang, b->lang) &&
           str_equal(a->url, b->url);
}

enum outcome archive_knows(struct archive *a, const struct hash *bytes,
                           const struct document_facts *facts, bool *known, struct fault *why)
{
    struct arena arena;
    enum outcome result = OK;
    *known = false;
    arena_init(&arena);
    struct query q = query_begin(a, "SELECT id FROM derived_capture WHERE bytes = ?1"
                                    " ORDER BY id");
    query_bind_hash(&q, 1, bytes);
    while (result == OK && !*known && query_step(&q)) {
        struct hash id;
        struct capture capture;
        query_hash(&q, 0, &id);
        result = document_facts(a, &id, &arena, &capture, why);
        *known = result == OK && facts_equal(&capture.facts, facts);
    }
    enum outcome ended = query_end(&q, result == OK ? why : NULL);
    arena_release(&arena);
    return result == OK ? ended : result;
}

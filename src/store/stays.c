#include "store/profiles_int.h"
#include "store/telling_int.h"

/* More touched statements of one text than this, and all of the text is told again. */
enum { FEW_ROWS = 8, SLOTS = 1024 };

static const struct archive_histories *histories;

void archive_use_histories(const struct archive_histories *given)
{
    histories = given;
}

/* ---- what was touched ---- */

void stays_touch(struct archive *a, int64_t row)
{
    struct touched *t = &a->touched;
    if (!histories || t->all)
        return;
    if (t->rows_count == t->rows_room) {
        t->rows_room = t->rows_room ? 2 * t->rows_room : 256;
        t->rows = mem_resize_array(t->rows, t->rows_room, sizeof *t->rows);
    }
    t->rows[t->rows_count++] = row;
}

void stays_touch_mention(struct archive *a, const struct mention *m)
{
    struct touched *t = &a->touched;
    if (!histories || t->all)
        return;
    if (t->mentions_count == t->mentions_room) {
        t->mentions_room = t->mentions_room ? 2 * t->mentions_room : 64;
        t->mentions = mem_resize_array(t->mentions, t->mentions_room, sizeof *t->mentions);
    }
    t->mentions[t->mentions_count++] = *m;
}

void stays_forget(struct archive *a)
{
    if (profile_notes_end(a, false, NULL) != OK)
        bug("profiles that are not kept cannot fail");
    mem_free(a->touched.rows);
    mem_free(a->touched.mentions);
    a->touched = (struct touched){.all = false};
}

/* ---- rows that were told ---- */

struct told {
    struct archive *archive;
    struct arena arena; /* of one telling */
    int64_t *rows;      /* told already: a hash table; 0 is a free slot, as no row is */
    size_t count, slots;
    /* where the tables are empty but for what is told now; or NULL */
    struct passage_batch *passages;
    struct telling_ahead *ahead;
    struct fault *why;
};

static int compare_rows(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

/* where the row stands, or would */
static int64_t *slot_of(const struct told *t, int64_t row)
{
    size_t at = (size_t)((uint64_t)row * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (t->slots - 1);
    while (t->rows[at] && t->rows[at] != row)
        at = (at + 1) & (t->slots - 1);
    return &t->rows[at];
}

static bool is_told(const struct told *t, int64_t row)
{
    return t->count && *slot_of(t, row);
}

static void told_grow(struct told *t)
{
    struct told larger = *t;
    larger.slots = t->slots ? 2 * t->slots : SLOTS;
    larger.rows = mem_alloc(larger.slots * sizeof *larger.rows);
    for (size_t i = 0; i < t->slots; i++)
        if (t->rows[i])
            *slot_of(&larger, t->rows[i]) = t->rows[i];
    mem_free(t->rows);
    *t = larger;
}

static void note_told(struct told *t, const struct row_list *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (2 * t->count >= t->slots)
            told_grow(t);
        int64_t *slot = slot_of(t, rows->at[i]);
        t->count += !*slot;
        *slot = rows->at[i];
    }
}

/* ---- one telling ---- */

static enum outcome row_of_text(struct archive *a, const struct hash *text, int64_t *row,
                                struct fault *why)
{
    struct query q = query_begin(a, "SELECT row FROM derived_text WHERE id = ?1");
    query_bind_hash(&q, 1, text);
    *row = query_step(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, why);
}

/* `text` is the row of the one in which the address is a mention */
static enum outcome forget_person(struct told *t, int64_t text, int64_t person)
{
    profile_drop(profile_notes_of(t->archive), text, person);
    struct query q = query_begin(t->archive, "DELETE FROM derived_stay WHERE person = ?1");
    query_bind_int(&q, 1, person);
    query_step(&q);
    enum outcome result = query_end(&q, t->why);
    return result == OK ? passages_forget(t->archive, text, person, t->why) : result;
}

/* The address of each mention may have been the person's. */
static enum outcome forget_rows(struct told *t, const struct row_list *rows)
{
    if (t->ahead)
        return OK;
    struct query q = query_begin(t->archive, "SELECT address FROM derived_naming WHERE row = ?1");
    enum outcome result = OK;
    for (size_t i = 0; i < rows->count && result == OK; i++) {
        query_bind_int(&q, 1, rows->at[i]);
        if (query_step(&q))
            result = forget_person(t, rows->at[i] >> 24, query_int(&q, 0));
        query_again(&q);
    }
    enum outcome ended = query_end(&q, result == OK ? t->why : NULL);
    return result == OK ? ended : result;
}

static enum outcome put_stays(struct archive *a, const struct archive_stay *stays, size_t count,
                              struct fault *why)
{
    struct query q = query_begin(a, "INSERT INTO derived_stay (person, name, state, since, until,"
                                    " decided, statement) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    for (size_t i = 0; i < count; i++) {
        query_bind_int(&q, 1, statement_prefix(&stays[i].person));
        query_bind_text(&q, 2, stays[i].name);
        query_bind_text(&q, 3, stays[i].state);
        query_bind_int(&q, 4, stays[i].since);
        query_bind_int(&q, 5, stays[i].until);
        query_bind_int(&q, 6, stays[i].decided);
        query_bind_hash(&q, 7, &stays[i].statement);
        query_step(&q);
        query_again(&q);
    }
    return query_end(&q, why);
}

static enum outcome put_profiles(struct archive *a, const struct archive_profile *profiles,
                                 size_t count, struct fault *why)
{
    int64_t text = 0;
    enum outcome result = OK;
    for (size_t i = 0; i < count && result == OK; i++) {
        if (!i || !hash_equal(&profiles[i].text, &profiles[i - 1].text))
            result = row_of_text(a, &profiles[i].text, &text, why);
        if (result == OK)
            profile_put(profile_notes_of(a), text, &profiles[i]);
    }
    return result;
}

static enum outcome put_people(struct archive *a, const struct people_told *p,
                               struct passage_batch *passages, struct fault *why)
{
    enum outcome result = put_profiles(a, p->said.profiles, p->said.profiles_count, why);
    if (result == OK)
        result = put_stays(a, p->said.stays, p->said.stays_count, why);
    return result == OK ? passage_batch_add(passages, a, p->rows, p->rows_count, why) : result;
}

/* at once, as what is told of a circle may be forgotten by the next one */
static enum outcome put_people_now(struct archive *a, const struct people_told *p,
                                   struct fault *why)
{
    struct passage_batch *passages = passage_batch_begin();
    enum outcome result = put_people(a, p, passages, why);
    if (result == OK)
        result = passage_batch_write(passages, a, why);
    passage_batch_end(passages);
    return result;
}

static int compare_views(const void *left, const void *right)
{
    const struct statement_view *a = left, *b = right;
    return hash_compare(&a->id, &b->id);
}

void stays_tell(const struct case_statements *about, struct arena *arena, struct people_told *out)
{
    *out = (struct people_told){.rows_count = 0};
    if (about->count)
        qsort(about->views, about->count, sizeof *about->views, compare_views);
    if (histories)
        histories->tell(histories->context, about, arena, &out->said);
    out->rows = arena_alloc(arena, (out->said.passages_count + 1) * sizeof *out->rows);
    out->rows_count = passage_rows_make(out->said.passages, out->said.passages_count, out->rows);
}

static enum outcome find_statements(struct told *t, const struct row_list *rows,
                                    const struct hash_list *pairs, struct arena *arena,
                                    struct case_statements *out)
{
    *out = (struct case_statements){.count = 0};
    enum outcome result =
        statements_of_rows(t->archive, rows, arena, &out->views, &out->count, t->why);
    return result == OK
               ? pairs_of_subjects(t->archive, pairs, arena, &out->pairs, &out->pairs_count, t->why)
               : result;
}

/* the oldest of those that are told ahead */
static enum outcome put_first(struct told *t)
{
    const struct telling *one = telling_ahead_first(t->ahead);
    enum outcome result = put_people(t->archive, &one->told, t->passages, t->why);
    telling_ahead_forget(t->ahead);
    return result;
}

static enum outcome tell_ahead(struct told *t, const struct row_list *rows,
                               const struct hash_list *pairs)
{
    enum outcome result = OK;
    struct telling *one = telling_ahead_place(t->ahead);
    if (!one) {
        result = put_first(t);
        one = telling_ahead_place(t->ahead);
    }
    if (result == OK)
        result = find_statements(t, rows, pairs, &one->arena, &one->about);
    if (result == OK)
        telling_ahead_add(t->ahead);
    return result;
}

static enum outcome tell(struct told *t, const struct row_list *rows, const struct hash_list *pairs)
{
    struct case_statements about;
    struct people_told told;
    if (t->ahead)
        return tell_ahead(t, rows, pairs);
    enum outcome result = find_statements(t, rows, pairs, &t->arena, &about);
    if (result != OK)
        return result;
    stays_tell(&about, &t->arena, &told);
    return put_people_now(t->archive, &told, t->why);
}

static enum outcome tell_circle(struct told *t, const struct row_list *rows,
                                const struct mention *mentions, size_t mentions_count)
{
    struct circled c;
    enum outcome result =
        circle_of(t->archive, rows, mentions, mentions_count, &t->arena, &c, t->why);
    if (result == OK)
        result = forget_rows(t, &c.rows);
    for (size_t i = 0; result == OK && i < mentions_count; i++) {
        struct hash id = mention_id(&mentions[i]);
        int64_t text;
        result = row_of_text(t->archive, &mentions[i].text, &text, t->why);
        if (result == OK)
            result = forget_person(t, text, statement_prefix(&id));
    }
    if (result == OK)
        result = tell(t, &c.rows, &c.pairs);
    note_told(t, &c.rows);
    return result;
}

/* ---- a text at a time ---- */

static enum outcome rows_of_text(struct told *t, int64_t text, bool joined, struct row_list *out)
{
    struct query q =
        joined ? query_begin(t->archive,
                             "SELECT n.row FROM derived_text t CROSS JOIN derived_pair p"
                             " ON p.left_text = t.id CROSS JOIN derived_naming n NOT INDEXED"
                             " ON n.row BETWEEN ?1 << 24 AND ?1 << 24 | 16777215"
                             " AND n.start < p.left_finish AND n.finish > p.left_start"
                             " WHERE t.row = ?1 UNION"
                             " SELECT n.row FROM derived_text t CROSS JOIN derived_pair p"
                             " ON p.right_text = t.id CROSS JOIN derived_naming n NOT INDEXED"
                             " ON n.row BETWEEN ?1 << 24 AND ?1 << 24 | 16777215"
                             " AND n.start < p.right_finish AND n.finish > p.right_start"
                             " WHERE t.row = ?1 ORDER BY 1")
               : query_begin(t->archive, "SELECT row FROM derived_naming WHERE row"
                                         " BETWEEN ?1 << 24 AND ?1 << 24 | 16777215 ORDER BY row");
    query_bind_int(&q, 1, text);
    while (query_step(&q)) {
        out->at = arena_grow(&t->arena, out->at, out->count, &out->room, sizeof *out->at);
        out->at[out->count++] = query_int(&q, 0);
    }
    return query_end(&q, t->why);
}

static enum outcome has_pairs(struct archive *a, int64_t text, bool *out, struct fault *why)
{
    struct query q =
        query_begin(a, "SELECT EXISTS (SELECT 1 FROM derived_text t, derived_pair p"
                       " WHERE t.row = ?1 AND p.left_text = t.id) OR EXISTS (SELECT 1 FROM"
                       " derived_text t, derived_pair p WHERE t.row = ?1 AND p.right_text = t.id)");
    query_bind_int(&q, 1, text);
    *out = query_step(&q) && query_int(&q, 0);
    return query_end(&q, why);
}

static enum outcome tell_text(struct told *t, int64_t text)
{
    static const struct hash_list none = {NULL, 0};
    struct row_list joined = {NULL, 0, 0}, all = {NULL, 0, 0}, rest = {NULL, 0, 0};
    bool pairs = false;
    enum outcome result = has_pairs(t->archive, text, &pairs, t->why);
    if (result == OK && pairs)
        result = rows_of_text(t, text, true, &joined);
    for (size_t i = 0; i < joined.count && result == OK; i++)
        if (!is_told(t, joined.at[i]))
            result = tell_circle(t, &(struct row_list){&joined.at[i], 1, 1}, NULL, 0);
    if (result == OK)
        result = rows_of_text(t, text, false, &all);
    for (size_t i = 0; i < all.count; i++) {
        if (is_told(t, all.at[i]))
            continue;
        rest.at = arena_grow(&t->arena, rest.at, rest.count, &rest.room, sizeof *rest.at);
        rest.at[rest.count++] = all.at[i];
    }
    if (result == OK)
        result = forget_rows(t, &rest);
    if (result == OK && rest.count)
        result = tell(t, &rest, &none);
    arena_release(&t->arena);
    return result;
}

/* ---- a text by itself ---- */

size_t stays_touched(const struct archive *a)
{
    return a->touched.rows_count;
}

enum outcome stays_put_alone(struct archive *a, int64_t text, size_t touched,
                             const struct people_told *told, struct fault *why)
{
    bool pairs = false;
    if (!histories || a->touched.all)
        return OK;
    enum outcome result = has_pairs(a, text, &pairs, why);
    if (result != OK || pairs)
        return result;
    a->touched.rows_count = touched;
    return a->passages ? put_people(a, told, a->passages, why) : put_people_now(a, told, why);
}

/* ---- what changed, or all ---- */

static void told_begin(struct told *t, struct archive *a, struct fault *why)
{
    *t = (struct told){.archive = a, .why = why};
    arena_init(&t->arena);
}

/* what is noted of profiles is kept, too, or the fault that kept it from that is handed on */
static enum outcome told_end(struct told *t, enum outcome result)
{
    enum outcome ended = profile_notes_end(t->archive, result == OK, t->why);
    arena_release(&t->arena);
    mem_free(t->rows);
    return result == OK ? ended : result;
}

static enum outcome tell_touched(struct told *t, const struct touched *touched)
{
    enum outcome result = OK;
    size_t end;
    for (size_t i = 0; i < touched->rows_count && result == OK; i = end) {
        int64_t text = touched->rows[i] >> 24;
        for (end = i; end < touched->rows_count && touched->rows[end] >> 24 == text;)
            end++;
        if (end - i > FEW_ROWS)
            result = tell_text(t, text);
        for (size_t k = i; end - i <= FEW_ROWS && k < end && result == OK; k++)
            if (!is_told(t, touched->rows[k]))
                result = tell_circle(t, &(struct row_list){&touched->rows[k], 1, 1}, NULL, 0);
        arena_release(&t->arena);
    }
    for (size_t i = 0; i < touched->mentions_count && result == OK; i++) {
        static const struct row_list none = {NULL, 0, 0};
        result = tell_circle(t, &none, &touched->mentions[i], 1);
        arena_release(&t->arena);
    }
    return result;
}

enum outcome stays_update(struct archive *a, struct fault *why)
{
    struct told t;
    if (!histories)
        return OK;
    if (a->touched.rows_count)
        qsort(a->touched.rows, a->touched.rows_count, sizeof *a->touched.rows, compare_rows);
    told_begin(&t, a, why);
    enum outcome result = told_end(&t, tell_touched(&t, &a->touched));
    stays_forget(a);
    return result;
}

/* found by name, since a table is dropped with what was made of it */
enum outcome stays_index(struct archive *a, struct fault *why)
{
    enum outcome result =
        sql_run(a,
                "CREATE INDEX IF NOT EXISTS derived_stay_since"
                " ON derived_stay (state, since, until);"
                "CREATE INDEX IF NOT EXISTS derived_stay_person ON derived_stay (person)",
                why);
    return result == OK ? passages_index(a, why) : result;
}

enum outcome stays_rebuild(struct archive *a, struct fault *why)
{
    struct told t;
    struct row_list texts = {NULL, 0, 0};
    struct arena arena;
    stays_forget(a);
    if (!histories)
        return stays_index(a, why);
    arena_init(&arena);
    struct query q = query_begin(a, "SELECT row FROM derived_text ORDER BY row");
    while (query_step(&q)) {
        texts.at = arena_grow(&arena, texts.at, texts.count, &texts.room, sizeof *texts.at);
        texts.at[texts.count++] = query_int(&q, 0);
    }
    enum outcome result = query_end(&q, why);
    told_begin(&t, a, why);
    t.passages = passage_batch_begin();
    t.ahead = telling_ahead_begin();
    for (size_t i = 0; i < texts.count && result == OK; i++)
        result = tell_text(&t, texts.at[i]);
    while (result == OK && telling_ahead_first(t.ahead))
        result = put_first(&t);
    telling_ahead_end(t.ahead);
    result = told_end(&t, result);
    if (result == OK)
        result = passage_batch_write(t.passages, a, why);
    passage_batch_end(t.passages);
    arena_release(&arena);
    return result == OK ? stays_index(a, why) : result;
}

enum outcome archive_rebuild_stays(struct archive *a, struct fault *why)
{
    enum outcome result = archive_begin(a, why);
    if (result == OK)
        result = sql_run(a,
                         "DROP INDEX derived_stay_since; DROP INDEX derived_stay_person;"
                         "DELETE FROM derived_stay; DELETE FROM derived_crowd;"
                         "DELETE FROM derived_trait",
                         why);
    if (result == OK)
        result = profile_step(a, STR_NONE, why);
    if (result == OK)
        result = passages_clear(a, why);
    if (result == OK)
        result = stays_rebuild(a, why);
    if (result == OK)
        return batch_end(a, why);
    archive_abandon(a);
    return result;
}

#include "store/cases.h"

#include "record/hash_set.h"
#include "store/page.h"
#include "store/stays_int.h"

struct number_set {
    int64_t *at; /* 0 is no row */
    size_t room, count;
};

struct circle {
    struct archive *archive;
    struct arena *arena;
    struct number_set known;
    struct number_set named; /* of which name and mention are known, too */
    struct hash_set known_pairs, known_mentions;
    struct row_list rows; /* found, and looked at up to `looked` */
    size_t looked;
    struct hash_list pairs; /* what they are judged under */
    size_t pairs_room;
    struct mention *mentions; /* to be looked at */
    size_t mentions_count, mentions_room, mentions_looked;
    size_t mentions_given; /* the first so many were asked about */
    struct fault *why;
};

/* ---- sets ---- */

static bool set_add(struct number_set *s, struct arena *arena, int64_t number)
{
    if (2 * (s->count + 1) > s->room) {
        struct number_set larger = {.room = s->room ? 4 * s->room : 256};
        larger.at = arena_alloc(arena, larger.room * sizeof *larger.at);
        for (size_t i = 0; i < s->room; i++)
            if (s->at[i])
                set_add(&larger, arena, s->at[i]);
        *s = larger;
    }
    size_t place = (size_t)((uint64_t)number * UINT64_C(0x9E3779B97F4A7C15) >> 20) % s->room;
    for (; s->at[place]; place = (place + 1) % s->room)
        if (s->at[place] == number)
            return false;
    s->at[place] = number;
    s->count++;
    return true;
}

static void row_found(struct circle *c, int64_t row)
{
    struct row_list *l = &c->rows;
    if (!set_add(&c->known, c->arena, row))
        return;
    l->at = arena_grow(c->arena, l->at, l->count, &l->room, sizeof *l->at);
    l->at[l->count++] = row;
}

static void mention_found(struct circle *c, const struct mention *m)
{
    struct hash id = mention_id(m);
    if (!hash_set_add(&c->known_mentions, &id))
        return;
    c->mentions = arena_grow(c->arena, c->mentions, c->mentions_count, &c->mentions_room,
                             sizeof *c->mentions);
    c->mentions[c->mentions_count++] = *m;
}

static bool pair_found(struct circle *c, const struct hash *subject)
{
    if (!hash_set_add(&c->known_pairs, subject))
        return false;
    c->pairs.at =
        arena_grow(c->arena, c->pairs.at, c->pairs.count, &c->pairs_room, sizeof *c->pairs.at);
    c->pairs.at[c->pairs.count++] = *subject;
    return true;
}

/* ---- from a row to its name and its mention ---- */

/* All rows of the name in the text, with their mentions. */
static enum outcome same_name(struct circle *c, struct str key, int64_t row,
                              const struct hash *text)
{
    struct query q =
        query_begin(c->archive, "SELECT row, start, finish FROM derived_naming"
                                " INDEXED BY derived_naming_key"
                                " WHERE key = ?1 AND row BETWEEN ?2 << 24 AND ?2 << 24 | 16777215");
    query_bind_text(&q, 1, key);
    query_bind_int(&q, 2, row >> 24);
    while (query_step(&q)) {
        const struct mention m = {*text, {(size_t)query_int(&q, 1), (size_t)query_int(&q, 2)}};
        row_found(c, query_int(&q, 0));
        (void)set_add(&c->named, c->arena, query_int(&q, 0));
        mention_found(c, &m);
    }
    return query_end(&q, c->why);
}

static enum outcome look_at_row(struct circle *c, int64_t row)
{
    struct hash text;
    struct str key = STR_NONE;
    if (!set_add(&c->named, c->arena, row))
        return OK;
    struct query q = query_begin(c->archive, "SELECT n.key, t.id FROM derived_naming n"
                                             " JOIN derived_text t ON t.row = n.row >> 24"
                                             " WHERE n.row = ?1");
    query_bind_int(&q, 1, row);
    bool found = query_step(&q) && query_hash(&q, 1, &text);
    if (found)
        key = arena_copy(c->arena, query_str(&q, 0));
    enum outcome result = query_end(&q, c->why);
    return result == OK && found ? same_name(c, key, row, &text) : result;
}

/* ---- from a mention to those that decisions connect with it ---- */

static enum outcome rows_at(struct circle *c, const struct mention *m)
{
    struct query q =
        query_begin(c->archive, "SELECT n.row FROM derived_text t CROSS JOIN derived_naming n"
                                " NOT INDEXED ON n.row BETWEEN t.row << 24"
                                " AND t.row << 24 | 16777215"
                                " WHERE t.id = ?1 AND n.start < ?3 AND n.finish > ?2");
    query_bind_hash(&q, 1, &m->text);
    query_bind_int(&q, 2, (int64_t)m->at.from);
    query_bind_int(&q, 3, (int64_t)m->at.to);
    while (query_step(&q))
        row_found(c, query_int(&q, 0));
    return query_end(&q, c->why);
}

static void pair_of_row(struct circle *c, struct query *q)
{
    struct hash subject;
    struct mention other;
    if (!query_hash(q, 0, &subject) || !pair_found(c, &subject) || !query_hash(q, 1, &other.text))
        return;
    other.at = (struct span){(size_t)query_int(q, 2), (size_t)query_int(q, 3)};
    if (query_int(q, 4))
        mention_found(c, &other);
}

#define SAME_IS_ACTIVE                                                                             \
    " EXISTS (SELECT 1 FROM derived_judgement j WHERE j.subject = p.subject AND j.active"          \
    " AND j.verdict = ?4)"

/* Mentions that overlap it and have other names are joined with it by a decision that reaches it,
 * or not at all; `whole` looks for them even so. */
static enum outcome look_at_mention(struct circle *c, const struct mention *m, bool whole)
{
    struct query sides[] = {
        query_begin(c->archive,
                    "SELECT p.subject, p.right_text, p.right_start, p.right_finish," SAME_IS_ACTIVE
                    " FROM derived_pair p"
                    " WHERE p.left_text = ?1 AND p.left_start < ?3"
                    " AND p.left_finish > ?2"),
        query_begin(c->archive,
                    "SELECT p.subject, p.left_text, p.left_start, p.left_finish," SAME_IS_ACTIVE
                    " FROM derived_pair p"
                    " WHERE p.right_text = ?1 AND p.right_start < ?3"
                    " AND p.right_finish > ?2"),
    };
    enum outcome result = OK;
    for (size_t i = 0; i < COUNT_OF(sides); i++) {
        query_bind_hash(&sides[i], 1, &m->text);
        query_bind_int(&sides[i], 2, (int64_t)m->at.from);
        query_bind_int(&sides[i], 3, (int64_t)m->at.to);
        query_bind_int(&sides[i], 4, VERDICT_SAME);
        for (; query_step(&sides[i]); whole = true)
            pair_of_row(c, &sides[i]);
        enum outcome ended = query_end(&sides[i], result == OK ? c->why : NULL);
        result = result == OK ? ended : result;
    }
    return result == OK && whole ? rows_at(c, m) : result;
}

/* ---- all of it ---- */

static enum outcome seed_rows(struct circle *c, const struct hash *statements, size_t count)
{
    struct query q = query_begin(c->archive, "SELECT row FROM derived_statement"
                                             " WHERE prefix = ?1 AND id = ?2");
    for (size_t i = 0; i < count; i++) {
        query_bind_int(&q, 1, statement_prefix(&statements[i]));
        query_bind_hash(&q, 2, &statements[i]);
        if (query_step(&q))
            row_found(c, query_int(&q, 0));
        query_again(&q);
    }
    return query_end(&q, c->why);
}

static void circle_begin(struct circle *c, struct archive *a, struct arena *arena,
                         struct fault *why)
{
    *c = (struct circle){.archive = a, .arena = arena, .why = why};
    hash_set_init(&c->known_pairs);
    hash_set_init(&c->known_mentions);
}

static void circle_end(struct circle *c)
{
    hash_set_release(&c->known_pairs);
    hash_set_release(&c->known_mentions);
}

static enum outcome look_around(struct circle *c)
{
    enum outcome result = OK;
    while (result == OK && (c->looked < c->rows.count || c->mentions_looked < c->mentions_count)) {
        if (c->looked < c->rows.count) {
            result = look_at_row(c, c->rows.at[c->looked++]);
            continue;
        }
        bool given = c->mentions_looked < c->mentions_given;
        const struct mention m = c->mentions[c->mentions_looked++];
        result = look_at_mention(c, &m, given);
    }
    return result;
}

static int compare_views(const void *left, const void *right)
{
    const struct statement_view *a = left, *b = right;
    return hash_compare(&a->id, &b->id);
}

enum outcome circle_of(struct archive *a, const struct row_list *rows,
                       const struct mention *mentions, size_t mentions_count, struct arena *arena,
                       struct circled *out, struct fault *why)
{
    struct circle c;
    circle_begin(&c, a, arena, why);
    for (size_t i = 0; i < rows->count; i++)
        row_found(&c, rows->at[i]);
    for (size_t i = 0; i < mentions_count; i++)
        mention_found(&c, &mentions[i]);
    c.mentions_given = c.mentions_count;
    enum outcome result = look_around(&c);
    *out = (struct circled){c.rows, c.pairs};
    circle_end(&c);
    return result;
}

enum outcome archive_case_statements(struct archive *a, const struct hash *statements, size_t count,
                                     struct arena *arena, struct case_statements *out,
                                     struct fault *why)
{
    struct circle c;
    *out = (struct case_statements){0};
    enum outcome result = archive_snapshot_begin(a, why);
    if (result != OK)
        return result;
    circle_begin(&c, a, arena, why);
    result = seed_rows(&c, statements, count);
    if (result == OK)
        result = look_around(&c);
    if (result == OK)
        result = statements_of_rows(a, &c.rows, arena, &out->views, &out->count, why);
    if (result == OK)
        result = pairs_of_subjects(a, &c.pairs, arena, &out->pairs, &out->pairs_count, why);
    if (out->count)
        qsort(out->views, out->count, sizeof *out->views, compare_views);
    circle_end(&c);
    archive_snapshot_end(a);
    return result;
}

/* ---- where to begin ---- */

static void id_found(struct hash_list *l, size_t *room, struct arena *arena, struct query *q)
{
    l->at = arena_grow(arena, l->at, l->count, room, sizeof *l->at);
    l->count += query_hash(q, 0, &l->at[l->count]);
}

enum outcome archive_mention_statements(struct archive *a, struct str digits, struct arena *arena,
                                        struct hash_list *out, struct fault *why)
{
    struct hash low, high;
    size_t room = 0;
    *out = (struct hash_list){0};
    if (!hash_range(digits, &low, &high))
        return refuse(why, REFUSED, "\"%.*s\" is not an id (4 to 64 digits of 0-9 a-f)",
                      STR_ARG(digits));
    struct query q = query_begin(a, "SELECT s.id FROM derived_naming n"
                                    " JOIN derived_statement s ON s.row = n.row AND s.shown"
                                    " WHERE n.address BETWEEN ?1 AND ?2 ORDER BY n.address, s.id");
    query_bind_int(&q, 1, statement_prefix(&low));
    query_bind_int(&q, 2, statement_prefix(&high));
    while (query_step(&q))
        id_found(out, &room, arena, &q);
    return query_end(&q, why);
}

enum outcome archive_name_statements(struct archive *a, struct str folded, bool whole,
                                     struct arena *arena, struct hash_list *out, struct fault *why)
{
    size_t room = 0;
    *out = (struct hash_list){0};
    struct query q =
        whole ? query_begin(a, "SELECT s.id FROM (SELECT min(row) AS row FROM derived_naming"
                               " WHERE key = ?1 GROUP BY row >> 24) n"
                               " JOIN derived_statement s ON s.row = n.row ORDER BY s.id")
              : query_begin(a, "SELECT s.id FROM (SELECT min(row) AS row FROM derived_naming"
                               " WHERE instr(key, ?1) GROUP BY key, row >> 24) n"
                               " JOIN derived_statement s ON s.row = n.row ORDER BY s.id");
    query_bind_text(&q, 1, folded);
    while (query_step(&q))
        id_found(out, &room, arena, &q);
    return query_end(&q, why);
}

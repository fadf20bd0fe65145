#include "store/passages_int.h"

#include "record/hash_set.h"

/* ---- which bodies ---- */

struct views {
    struct archive *archive;
    struct arena *arena;
    struct body_view *at;
    size_t count, room;
};

static void add_view(struct views *v, const struct query *q)
{
    v->at = arena_grow(v->arena, v->at, v->count, &v->room, sizeof *v->at);
    v->at[v->count++] = (struct body_view){.id = hash_of_prefix(query_int(q, 0)),
                                           .official = query_int(q, 0) & 1,
                                           .cases = {query_int(q, 1), query_int(q, 2)}};
}

static enum outcome read_spellings(struct views *v, struct body_view *body, struct fault *why)
{
    struct query q =
        query_begin(v->archive, "SELECT key, name, branch, max(kind), sum(passages), written"
                                " FROM derived_body_name WHERE body = ?1"
                                " GROUP BY written, name, branch"
                                " ORDER BY written DESC, 5 DESC, name, branch LIMIT ?2");
    body->spellings = arena_alloc(v->arena, BODY_SPELLINGS * sizeof *body->spellings);
    query_bind_int(&q, 1, statement_prefix(&body->id));
    query_bind_int(&q, 2, BODY_SPELLINGS);
    while (query_step(&q)) {
        body->key = arena_copy(v->arena, query_str(&q, 0));
        body->spellings[body->spellings_count++] = (struct body_spelling){
            arena_copy(v->arena, query_str(&q, 1)), arena_copy(v->arena, query_str(&q, 2)),
            arena_copy(v->arena, query_str(&q, 3)), query_int(&q, 4), query_int(&q, 5)};
    }
    return query_end(&q, why);
}

static enum outcome end_views(struct views *v, enum outcome result, struct body_view **out,
                              size_t *count, struct fault *why)
{
    for (size_t i = 0; i < v->count && result == OK; i++)
        result = read_spellings(v, &v->at[i], why);
    *out = v->at;
    *count = v->count;
    return result;
}

enum outcome archive_bodies(struct archive *a, const struct body_choice *choice,
                            struct arena *arena, struct body_view **out, size_t *count,
                            size_t *total, struct fault *why)
{
    struct views v = {.archive = a, .arena = arena};
    struct query q = query_begin(a, "SELECT count(*) FROM derived_body WHERE official = ?1");
    query_bind_int(&q, 1, choice->official);
    *total = query_step(&q) ? (size_t)query_int(&q, 0) : 0;
    enum outcome result = query_end(&q, why);
    if (result != OK)
        return result;
    q = query_begin(a, "SELECT id, accepted, proposed FROM derived_body WHERE official = ?1"
                       " ORDER BY accepted DESC, proposed DESC, id LIMIT ?2 OFFSET ?3");
    query_bind_int(&q, 1, choice->official);
    query_bind_int(&q, 2, (int64_t)choice->limit);
    query_bind_int(&q, 3, (int64_t)choice->from);
    while (query_step(&q))
        add_view(&v, &q);
    return end_views(&v, query_end(&q, why), out, count, why);
}

enum outcome archive_bodies_like(struct archive *a, bool official, struct str digits,
                                 struct str folded, size_t limit, struct arena *arena,
                                 struct body_view **out, size_t *count, struct fault *why)
{
    struct views v = {.archive = a, .arena = arena};
    struct hash low = {{0}}, high = {{0}};
    *out = NULL;
    *count = 0;
    if (digits.len && !hash_range(digits, &low, &high))
        return OK;
    struct query q =
        digits.len
            ? query_begin(a, "SELECT id, accepted, proposed FROM derived_body"
                             " WHERE id BETWEEN ?1 AND ?2 AND official = ?3 ORDER BY id LIMIT ?4")
            : query_begin(a, "SELECT id, accepted, proposed FROM derived_body WHERE official = ?3"
                             " AND id IN (SELECT body FROM derived_body_name"
                             " WHERE instr(folded, ?1)) ORDER BY accepted DESC, proposed DESC, id"
                             " LIMIT ?4");
    if (digits.len) {
        query_bind_int(&q, 1, statement_prefix(&low));
        query_bind_int(&q, 2, statement_prefix(&high));
    } else {
        query_bind_text(&q, 1, folded);
    }
    query_bind_int(&q, 3, official);
    query_bind_int(&q, 4, (int64_t)limit);
    while (query_step(&q))
        add_view(&v, &q);
    return end_views(&v, query_end(&q, why), out, count, why);
}

enum outcome archive_bodies_under(struct archive *a, struct str prefix, size_t limit,
                                  struct arena *arena, struct body_view **out, size_t *count,
                                  struct fault *why)
{
    struct views v = {.archive = a, .arena = arena};
    struct str behind = arena_print(arena, "%.*s0", (int)prefix.len - 1, prefix.at);
    struct query q = query_begin(a, "SELECT id, accepted, proposed FROM derived_body"
                                    " WHERE official = 0 AND id IN (SELECT body"
                                    " FROM derived_body_name WHERE key > ?1 AND key < ?2)"
                                    " ORDER BY id LIMIT ?3");
    query_bind_text(&q, 1, prefix);
    query_bind_text(&q, 2, behind);
    query_bind_int(&q, 3, (int64_t)limit);
    while (query_step(&q))
        add_view(&v, &q);
    return end_views(&v, query_end(&q, why), out, count, why);
}

enum outcome archive_body_years(struct archive *a, const struct hash *body, struct arena *arena,
                                struct body_year **out, size_t *count, struct fault *why)
{
    struct body_year *at = NULL;
    size_t room = 0;
    *count = 0;
    struct query q = query_begin(a, "SELECT year, accepted, proposed FROM derived_body_year"
                                    " WHERE body = ?1 ORDER BY year");
    query_bind_int(&q, 1, statement_prefix(body));
    while (query_step(&q)) {
        at = arena_grow(arena, at, *count, &room, sizeof *at);
        at[(*count)++] = (struct body_year){query_int(&q, 0), {query_int(&q, 1), query_int(&q, 2)}};
    }
    *out = at;
    return query_end(&q, why);
}

/* ---- what passed ---- */

struct passages {
    struct arena *arena;
    struct passage_view *at;
    size_t count, room;
};

static void add_passage(struct passages *p, struct query *q)
{
    p->at = arena_grow(p->arena, p->at, p->count, &p->room, sizeof *p->at);
    struct passage_view *v = &p->at[p->count];
    *v = (struct passage_view){.person = query_int(q, 0),
                               .first = query_int(q, 2),
                               .last = query_int(q, 3),
                               .decided = query_int(q, 4),
                               .part = query_int(q, 5)};
    p->count += query_hash(q, 1, &v->statement);
}

#define PASSAGE_COLUMNS "p.person, s.id, p.first, p.last, p.decided, p.part"

#define THEIR_STATEMENT                                                                            \
    " CROSS JOIN derived_statement s INDEXED BY derived_statement_prefix ON s.prefix = p.statement"

/* The keys of a body's cases by one index, from either end, and the rest of the few asked for. */
#define KEYS_OF_CASES                                                                              \
    "SELECT " PASSAGE_COLUMNS " FROM (SELECT body, role, first, last, person, statement"           \
    " FROM derived_passage INDEXED BY derived_passage_case WHERE body = ?1 AND tally & 3"
#define CASES_OF_KEYS                                                                              \
    " LIMIT ?2 OFFSET ?3) k CROSS JOIN derived_passage p ON p.body = k.body AND p.role = k.role"   \
    " AND p.first = k.first AND p.last = k.last AND p.person = k.person"                           \
    " AND p.statement = k.statement" THEIR_STATEMENT " ORDER BY p.first DESC, p.person"

static struct query query_cases(struct archive *a, bool from_the_end)
{
    if (from_the_end)
        return query_begin(a, KEYS_OF_CASES " ORDER BY first, person DESC" CASES_OF_KEYS);
    return query_begin(a, KEYS_OF_CASES " ORDER BY first DESC, person" CASES_OF_KEYS);
}

static enum outcome all_cases(struct archive *a, const struct passage_choice *c, struct passages *p,
                              size_t *total, struct fault *why)
{
    struct query q = query_begin(a, "SELECT accepted + proposed FROM derived_body WHERE id = ?1");
    query_bind_int(&q, 1, statement_prefix(c->body));
    *total = query_step(&q) ? (size_t)query_int(&q, 0) : 0;
    enum outcome result = query_end(&q, why);
    if (result != OK)
        return result;
    size_t left = c->from < *total ? *total - c->from : 0;
    size_t count = c->limit < left ? c->limit : left;
    bool from_the_end = left < *total / 2;
    q = query_cases(a, from_the_end);
    query_bind_int(&q, 1, statement_prefix(c->body));
    query_bind_int(&q, 2, (int64_t)count);
    query_bind_int(&q, 3, (int64_t)(from_the_end ? left - count : c->from));
    while (query_step(&q))
        add_passage(p, &q);
    return query_end(&q, why);
}

static bool is_new_person(struct hash_set *people, int64_t person)
{
    struct hash id = hash_of_prefix(person);
    id.bytes[HASH_SIZE - 1] = 1; /* none is all zero */
    return hash_set_add(people, &id);
}

/* Of each person the last passage in the time, in order: of those asked for. */
struct dated {
    struct hash_set people;
    struct {
        int64_t person, first, last;
    } * rows;
    size_t count, seen;
};

static void see_dated(struct dated *d, const struct passage_choice *c, struct query *q)
{
    while (d->people.count < PASSAGES_COUNTED && query_step(q)) {
        d->seen++;
        if (!is_new_person(&d->people, query_int(q, 0)) || d->people.count <= c->from ||
            d->count == c->limit)
            continue;
        d->rows[d->count].person = query_int(q, 0);
        d->rows[d->count].first = query_int(q, 1);
        d->rows[d->count++].last = query_int(q, 2);
    }
}

/* What lasted for more than a year may have begun long before: it is found by its end. */
enum { DAYS_LONG = 366 };

static enum outcome see_time(struct archive *a, const struct passage_choice *c, bool long_ones,
                             struct dated *d, struct fault *why)
{
    int64_t early = c->since < INT64_MIN / 2 ? INT64_MIN / 2 : c->since - DAYS_LONG;
    struct query q =
        long_ones ? query_begin(a, "SELECT person, first, last FROM derived_passage"
                                   " INDEXED BY derived_passage_long WHERE body = ?1 AND role = 0"
                                   " AND first > -4611686018427387904 AND last - first > 366"
                                   " AND first < ?2 AND first <= ?4 AND last >= ?3"
                                   " ORDER BY first DESC, last, person LIMIT ?5")
                  : query_begin(a, "SELECT person, first, last FROM derived_passage"
                                   " WHERE body = ?1 AND role = 0"
                                   " AND first BETWEEN ?2 AND ?4 AND last >= ?3"
                                   " ORDER BY first DESC, last, person LIMIT ?5");
    query_bind_int(&q, 1, statement_prefix(c->body));
    query_bind_int(&q, 2, early);
    query_bind_int(&q, 3, c->since);
    query_bind_int(&q, 4, c->until);
    query_bind_int(&q, 5, 2 * PASSAGES_COUNTED);
    see_dated(d, c, &q);
    return query_end(&q, why);
}

static enum outcome read_rows(struct archive *a, const struct passage_choice *c,
                              const struct dated *d, struct passages *p, struct fault *why)
{
    struct query q =
        query_begin(a, "SELECT " PASSAGE_COLUMNS " FROM derived_passage p" THEIR_STATEMENT
                       " WHERE p.body = ?1 AND p.role = 0 AND p.first = ?2"
                       " AND p.last = ?3 AND p.person = ?4"
                       " ORDER BY p.decided DESC, s.id LIMIT 1");
    for (size_t i = 0; i < d->count; i++) {
        query_bind_int(&q, 1, statement_prefix(c->body));
        query_bind_int(&q, 2, d->rows[i].first);
        query_bind_int(&q, 3, d->rows[i].last);
        query_bind_int(&q, 4, d->rows[i].person);
        if (query_step(&q))
            add_passage(p, &q);
        query_again(&q);
    }
    return query_end(&q, why);
}

static enum outcome dated_cases(struct archive *a, const struct passage_choice *c,
                                struct passages *p, size_t *total, bool *more, struct fault *why)
{
    struct dated d = {.rows = arena_alloc(p->arena, (c->limit + 1) * sizeof *d.rows)};
    hash_set_init(&d.people);
    enum outcome result = see_time(a, c, false, &d, why);
    if (result == OK)
        result = see_time(a, c, true, &d, why);
    if (result == OK)
        result = read_rows(a, c, &d, p, why);
    *total = d.people.count;
    *more = d.people.count >= PASSAGES_COUNTED || d.seen >= 2 * PASSAGES_COUNTED;
    hash_set_release(&d.people);
    return result;
}

static enum outcome all_said(struct archive *a, const struct passage_choice *c, struct passages *p,
                             size_t *total, bool *more, struct fault *why)
{
    struct query q =
        query_begin(a, "SELECT " PASSAGE_COLUMNS " FROM derived_passage p" THEIR_STATEMENT
                       " WHERE p.body = ?1 AND p.role = ?2"
                       " ORDER BY p.first DESC, p.person, s.id LIMIT ?3 OFFSET ?4");
    query_bind_int(&q, 1, statement_prefix(c->body));
    query_bind_int(&q, 2, c->role);
    query_bind_int(&q, 3, (int64_t)c->limit + 1);
    query_bind_int(&q, 4, (int64_t)c->from);
    while (query_step(&q))
        add_passage(p, &q);
    *more = p->count > c->limit;
    p->count -= *more;
    *total = c->from + p->count;
    return query_end(&q, why);
}

enum outcome archive_passages(struct archive *a, const struct passage_choice *choice,
                              struct arena *arena, struct passage_view **out, size_t *count,
                              size_t *total, bool *more, struct fault *why)
{
    struct passages p = {.arena = arena};
    *more = false;
    enum outcome result = choice->role != PASSAGE_CASE ? all_said(a, choice, &p, total, more, why)
                          : choice->dated ? dated_cases(a, choice, &p, total, more, why)
                                          : all_cases(a, choice, &p, total, why);
    *out = p.at;
    *count = p.count;
    return result;
}

enum outcome archive_figures_by(struct archive *a, const struct str *names, size_t count,
                                size_t limit, struct arena *arena, struct hash_list *out,
                                struct fault *why)
{
    size_t room = 0;
    *out = (struct hash_list){0};
    struct query q = query_begin(a, "SELECT id FROM derived_statement"
                                    " INDEXED BY derived_statement_source WHERE form = 0 AND shown"
                                    " AND source IS NOT NULL AND source = ?1 AND standing <> 2"
                                    " ORDER BY id LIMIT ?2");
    for (size_t i = 0; i < count; i++) {
        query_bind_text(&q, 1, names[i]);
        query_bind_int(&q, 2, (int64_t)limit);
        while (out->count < limit && query_step(&q)) {
            out->at = arena_grow(arena, out->at, out->count, &room, sizeof *out->at);
            out->count += query_hash(&q, 0, &out->at[out->count]);
        }
        query_again(&q);
    }
    return query_end(&q, why);
}

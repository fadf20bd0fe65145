#include "base/buf.h"
#include "store/passages_int.h"

/* The key of a row: body, role, first and last day, statement; a person's one after another. */
enum { KEY_BYTES = 8 + 1 + 4 + 4 + 8, KEYS_LIMIT = 1 << 28 };

int32_t passage_day_narrow(int64_t day)
{
    return day < INT32_MIN ? INT32_MIN : day > INT32_MAX ? INT32_MAX : (int32_t)day;
}

int64_t passage_day_wide(int32_t day)
{
    return day == INT32_MIN ? INT64_MIN : day == INT32_MAX ? INT64_MAX : day;
}

/* ---- keys ---- */

static void add_number(struct buf *out, uint64_t number, size_t size)
{
    for (size_t i = size; i-- > 0;)
        buf_add_byte(out, (char)(unsigned char)(number >> 8 * i));
}

static void add_key(struct buf *out, const struct passage_row *r)
{
    add_number(out, (uint64_t)r->body, 8);
    add_number(out, r->role, 1);
    add_number(out, (uint32_t)passage_day_narrow(r->first), 4);
    add_number(out, (uint32_t)passage_day_narrow(r->last), 4);
    add_number(out, (uint64_t)r->statement, 8);
}

static uint64_t take_number(struct str *rest, size_t size)
{
    uint64_t number = 0;
    for (size_t i = 0; i < size; i++)
        number = number << 8 | (unsigned char)rest->at[i];
    *rest = str_slice(*rest, size, rest->len);
    return number;
}

static struct passage_row take_key(struct str *rest, int64_t person)
{
    struct passage_row r = {.person = person};
    r.body = (int64_t)take_number(rest, 8);
    r.role = (enum passage_role)take_number(rest, 1);
    r.first = passage_day_wide((int32_t)(uint32_t)take_number(rest, 4));
    r.last = passage_day_wide((int32_t)(uint32_t)take_number(rest, 4));
    r.statement = (int64_t)take_number(rest, 8);
    return r;
}

/* ---- putting ---- */

static enum outcome put_person(struct archive *a, int64_t text, int64_t person, struct str keys,
                               struct fault *why)
{
    struct query q = query_begin(a, "INSERT INTO derived_passed (text, person, passages)"
                                    " VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE"
                                    " SET passages = passages || excluded.passages");
    query_bind_int(&q, 1, text);
    query_bind_int(&q, 2, person);
    query_bind_blob(&q, 3, keys);
    query_step(&q);
    return query_end(&q, why);
}

static enum outcome row_of_text(struct archive *a, const struct hash *text, int64_t *row,
                                struct fault *why)
{
    struct query q = query_begin(a, "SELECT row FROM derived_text WHERE id = ?1");
    query_bind_hash(&q, 1, text);
    *row = query_step(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, why);
}

enum outcome passed_put(struct archive *a, const struct passage_row *rows, size_t count,
                        struct fault *why)
{
    int64_t text = 0;
    struct buf keys;
    enum outcome result = OK;
    buf_init(&keys, KEYS_LIMIT);
    for (size_t i = 0, end; i < count && result == OK; i = end) {
        const struct hash *of = &rows[i].passage->text;
        buf_clear(&keys);
        for (end = i; end < count && rows[end].person == rows[i].person; end++)
            add_key(&keys, &rows[end]);
        if (!i || !hash_equal(of, &rows[i - 1].passage->text))
            result = row_of_text(a, of, &text, why);
        if (result == OK)
            result = put_person(a, text, rows[i].person, buf_str(&keys), why);
    }
    buf_release(&keys);
    return result;
}

/* ---- forgetting ---- */

static enum outcome forget_body(struct archive *a, const struct passage_row *r, struct fault *why)
{
    struct query q =
        query_begin(a, "UPDATE derived_body SET accepted = accepted - ?2,"
                       " proposed = proposed - ?3, passages = passages - 1 WHERE id = ?1"
                       " RETURNING passages");
    query_bind_int(&q, 1, r->body);
    query_bind_int(&q, 2, (r->tally & TALLY_ACCEPTED) > 0);
    query_bind_int(&q, 3, (r->tally & TALLY_PROPOSED) > 0);
    bool last = query_step(&q) && query_int(&q, 0) <= 0;
    enum outcome result = query_end(&q, why);
    if (result != OK || !last)
        return result;
    q = query_begin(a, "DELETE FROM derived_body WHERE id = ?1");
    query_bind_int(&q, 1, r->body);
    query_step(&q);
    return query_end(&q, why);
}

static enum outcome forget_year(struct archive *a, const struct passage_row *r, struct fault *why)
{
    if (!(r->tally & (TALLY_YEAR_ACCEPTED | TALLY_YEAR_PROPOSED)))
        return OK;
    struct query q = query_begin(a, "UPDATE derived_body_year SET accepted = accepted - ?3,"
                                    " proposed = proposed - ?4 WHERE body = ?1 AND year = ?2"
                                    " RETURNING accepted + proposed");
    query_bind_int(&q, 1, r->body);
    query_bind_int(&q, 2, r->year);
    query_bind_int(&q, 3, (r->tally & TALLY_YEAR_ACCEPTED) > 0);
    query_bind_int(&q, 4, (r->tally & TALLY_YEAR_PROPOSED) > 0);
    bool last = query_step(&q) && query_int(&q, 0) <= 0;
    enum outcome result = query_end(&q, why);
    if (result != OK || !last)
        return result;
    q = query_begin(a, "DELETE FROM derived_body_year WHERE body = ?1 AND year = ?2");
    query_bind_int(&q, 1, r->body);
    query_bind_int(&q, 2, r->year);
    query_step(&q);
    return query_end(&q, why);
}

static enum outcome forget_name(struct archive *a, const struct passage_row *r, struct fault *why)
{
    struct query q = query_begin(a, "UPDATE derived_body_name SET passages = passages - 1"
                                    " WHERE id = ?1 RETURNING passages");
    query_bind_int(&q, 1, r->naming);
    bool last = query_step(&q) && query_int(&q, 0) <= 0;
    enum outcome result = query_end(&q, why);
    if (result != OK || !last)
        return result;
    q = query_begin(a, "DELETE FROM derived_body_name WHERE id = ?1");
    query_bind_int(&q, 1, r->naming);
    query_step(&q);
    return query_end(&q, why);
}

/* the row goes, and what it counted for */
static enum outcome forget_row(struct archive *a, struct passage_row *r, struct fault *why)
{
    struct query q =
        query_begin(a, "DELETE FROM derived_passage WHERE body = ?1 AND role = ?2 AND first = ?3"
                       " AND last = ?4 AND person = ?5 AND statement = ?6"
                       " RETURNING naming, tally, year");
    const int64_t key[] = {r->body, r->role, r->first, r->last, r->person, r->statement};
    for (size_t i = 0; i < COUNT_OF(key); i++)
        query_bind_int(&q, (int)i + 1, key[i]);
    bool found = query_step(&q);
    if (found) {
        r->naming = query_int(&q, 0);
        r->tally = (unsigned)query_int(&q, 1);
        r->year = query_int(&q, 2);
    }
    enum outcome result = query_end(&q, why);
    if (result != OK || !found)
        return result;
    result = forget_body(a, r, why);
    if (result == OK)
        result = forget_year(a, r, why);
    return result == OK ? forget_name(a, r, why) : result;
}

enum outcome passages_forget(struct archive *a, int64_t text, int64_t person, struct fault *why)
{
    struct buf keys;
    buf_init(&keys, KEYS_LIMIT);
    struct query q = query_begin(a, "DELETE FROM derived_passed WHERE text = ?1 AND person = ?2"
                                    " RETURNING passages");
    query_bind_int(&q, 1, text);
    query_bind_int(&q, 2, person);
    if (query_step(&q))
        buf_add(&keys, query_str(&q, 0));
    enum outcome result = query_end(&q, why);
    for (struct str rest = buf_str(&keys); rest.len >= KEY_BYTES && result == OK;) {
        struct passage_row row = take_key(&rest, person);
        result = forget_row(a, &row, why);
    }
    buf_release(&keys);
    return result;
}

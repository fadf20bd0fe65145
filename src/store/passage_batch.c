#include "store/passages_int.h"

/* Rows are put in the order of their table, since what is put behind the last one costs no look for
 * its place, and each body is counted once. Two million rows with their order take 130 MB. */

/* A body as it is written. */
struct writing {
    struct passage_row row; /* of one such passage */
    size_t passages;
    size_t body; /* its place among the bodies */
};

struct body_rows {
    int64_t id;
    size_t begin, count; /* its rows, in the order */
};

/* Days are narrow ones. */
struct row_kept {
    int64_t person, statement;
    int32_t first, last;
    uint32_t writing;
    uint8_t role, decided, part, tally;
};

struct passage_batch {
    struct arena arena; /* of the writings */
    struct writing *writings;
    size_t writings_count, writings_room;
    uint32_t *slots; /* a hash table: a writing's place and 1; 0 is a free slot */
    size_t slots_count;
    struct row_kept *rows;
    size_t count, room;
};

struct passage_batch *passage_batch_begin(void)
{
    struct passage_batch *p = mem_alloc(sizeof *p);
    arena_init(&p->arena);
    return p;
}

void passage_batch_end(struct passage_batch *p)
{
    if (!p)
        return;
    arena_release(&p->arena);
    mem_free(p->writings);
    mem_free(p->slots);
    mem_free(p->rows);
    mem_free(p);
}

/* ---- gathering ---- */

enum { SLOTS = 1024 };

static uint32_t *slot_of(const struct passage_batch *p, int64_t naming)
{
    size_t at = (size_t)((uint64_t)naming * UINT64_C(0x9E3779B97F4A7C15) >> 32);
    for (at &= p->slots_count - 1; p->slots[at]; at = (at + 1) & (p->slots_count - 1))
        if (p->writings[p->slots[at] - 1].row.naming == naming)
            break;
    return &p->slots[at];
}

static void widen(struct passage_batch *p)
{
    mem_free(p->slots);
    p->slots_count = p->slots_count ? 2 * p->slots_count : SLOTS;
    p->slots = mem_alloc(p->slots_count * sizeof *p->slots);
    for (size_t i = 0; i < p->writings_count; i++)
        *slot_of(p, p->writings[i].row.naming) = (uint32_t)i + 1;
}

static void keep_writing(struct passage_batch *p, const struct passage_row *row)
{
    struct archive_passage *passage = arena_alloc(&p->arena, sizeof *passage);
    *passage = *row->passage;
    struct str *texts[] = {&passage->key, &passage->kind, &passage->name, &passage->branch};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        *texts[i] = arena_copy(&p->arena, *texts[i]);
    if (p->writings_count == p->writings_room) {
        p->writings_room = p->writings_room ? 2 * p->writings_room : 256;
        p->writings = mem_resize_array(p->writings, p->writings_room, sizeof *p->writings);
    }
    struct writing *w = &p->writings[p->writings_count++];
    *w = (struct writing){.row = *row};
    w->row.passage = passage;
}

static uint32_t writing_of(struct passage_batch *p, const struct passage_row *row)
{
    if (2 * p->writings_count >= p->slots_count)
        widen(p);
    uint32_t *slot = slot_of(p, row->naming);
    if (!*slot) {
        keep_writing(p, row);
        *slot = (uint32_t)p->writings_count;
    }
    return *slot - 1;
}

static void keep_row(struct passage_batch *p, const struct passage_row *row)
{
    if (p->count == p->room) {
        p->room = p->room ? 2 * p->room : 4096;
        p->rows = mem_resize_array(p->rows, p->room, sizeof *p->rows);
    }
    uint32_t writing = writing_of(p, row);
    p->writings[writing].passages++;
    p->rows[p->count++] = (struct row_kept){.person = row->person,
                                            .statement = row->statement,
                                            .first = passage_day_narrow(row->first),
                                            .last = passage_day_narrow(row->last),
                                            .writing = writing,
                                            .role = (uint8_t)row->role,
                                            .decided = row->decided,
                                            .part = row->part,
                                            .tally = (uint8_t)row->tally};
}

enum outcome passage_batch_add(struct passage_batch *p, struct archive *a,
                               const struct passage_row *rows, size_t count, struct fault *why)
{
    for (size_t i = 0; i < count; i++)
        keep_row(p, &rows[i]);
    return passed_put(a, rows, count, why);
}

/* ---- in order ---- */

/* By `key` for most comparisons: role, first day backwards and last day. */
struct ordered {
    uint64_t key;
    const struct row_kept *row;
};

static uint64_t day_bits(int32_t day)
{
    return day < -(1 << 30) ? 0
           : day >= 1 << 30 ? (UINT64_C(1) << 31) - 1
                            : (uint64_t)(day + (1 << 30));
}

static uint64_t key_of(const struct row_kept *r)
{
    return (uint64_t)r->role << 62 | (UINT64_C(0x7FFFFFFF) - day_bits(r->first)) << 31 |
           day_bits(r->last);
}

static int compare_ordered(const void *left, const void *right)
{
    const struct ordered *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    if (a->row->person != b->row->person)
        return a->row->person < b->row->person ? -1 : 1;
    return (a->row->statement > b->row->statement) - (a->row->statement < b->row->statement);
}

static int compare_bodies(const void *left, const void *right)
{
    const struct body_rows *a = left, *b = right;
    return (a->id > b->id) - (a->id < b->id);
}

static struct body_rows *bodies_in_order(struct passage_batch *p, size_t *count)
{
    struct body_rows *all = mem_alloc((p->writings_count + 1) * sizeof *all);
    size_t kept = 0;
    for (size_t i = 0; i < p->writings_count; i++)
        all[i] = (struct body_rows){p->writings[i].row.body, 0, p->writings[i].passages};
    qsort(all, p->writings_count, sizeof *all, compare_bodies);
    for (size_t i = 0; i < p->writings_count; i++) {
        if (kept && all[kept - 1].id == all[i].id)
            all[kept - 1].count += all[i].count;
        else
            all[kept++] = all[i];
    }
    for (size_t i = 1; i < kept; i++)
        all[i].begin = all[i - 1].begin + all[i - 1].count;
    for (size_t i = 0; i < p->writings_count; i++) {
        const struct body_rows key = {p->writings[i].row.body, 0, 0};
        const struct body_rows *found = bsearch(&key, all, kept, sizeof *all, compare_bodies);
        p->writings[i].body = (size_t)(found - all);
    }
    *count = kept;
    return all;
}

static struct ordered *rows_in_order(const struct passage_batch *p, const struct body_rows *bodies,
                                     size_t count)
{
    struct ordered *out = mem_alloc((p->count + 1) * sizeof *out);
    size_t *next = mem_alloc((count + 1) * sizeof *next);
    for (size_t i = 0; i < count; i++)
        next[i] = bodies[i].begin;
    for (size_t i = 0; i < p->count; i++) {
        const struct row_kept *r = &p->rows[i];
        out[next[p->writings[r->writing].body]++] = (struct ordered){key_of(r), r};
    }
    for (size_t i = 0; i < count; i++)
        qsort(out + bodies[i].begin, bodies[i].count, sizeof *out, compare_ordered);
    mem_free(next);
    return out;
}

/* ---- writing ---- */

static struct passage_row row_of(const struct passage_batch *p, const struct row_kept *r)
{
    const struct passage_row *written = &p->writings[r->writing].row;
    return (struct passage_row){.person = r->person,
                                .body = written->body,
                                .statement = r->statement,
                                .naming = written->naming,
                                .first = passage_day_wide(r->first),
                                .last = passage_day_wide(r->last),
                                .year = passage_year(passage_day_wide(r->first)),
                                .role = (enum passage_role)r->role,
                                .decided = r->decided,
                                .part = r->part,
                                .tally = r->tally};
}

static void tally(struct body_cases *cases, unsigned tally, unsigned accepted, unsigned proposed)
{
    cases->accepted += (tally & accepted) > 0;
    cases->proposed += (tally & proposed) > 0;
}

/* The rows of a body, which come year by year; role after role, of which one has numbers alone. */
static enum outcome write_body(const struct passage_batch *p, struct archive *a,
                               const struct body_rows *body, const struct ordered *rows,
                               struct fault *why)
{
    struct body_cases all = {0, 0};
    struct body_year year = {INT64_MIN, {0, 0}};
    enum outcome result = OK;
    for (size_t i = 0; i < body->count && result == OK; i++) {
        struct passage_row row = row_of(p, rows[i].row);
        if (row.year != year.year) {
            result = body_year_count(a, body->id, &year, why);
            year = (struct body_year){row.year, {0, 0}};
        }
        tally(&all, row.tally, TALLY_ACCEPTED, TALLY_PROPOSED);
        tally(&year.cases, row.tally, TALLY_YEAR_ACCEPTED, TALLY_YEAR_PROPOSED);
        if (result == OK)
            result = passage_row_put(a, &row, why);
    }
    if (result == OK)
        result = body_year_count(a, body->id, &year, why);
    return result == OK ? body_count(a, body->id, all, body->count, why) : result;
}

enum outcome passage_batch_write(struct passage_batch *p, struct archive *a, struct fault *why)
{
    size_t count;
    enum outcome result = OK;
    struct body_rows *bodies = bodies_in_order(p, &count);
    struct ordered *rows = rows_in_order(p, bodies, count);
    for (size_t i = 0; i < count && result == OK; i++)
        result = write_body(p, a, &bodies[i], rows + bodies[i].begin, why);
    for (size_t i = 0; i < p->writings_count && result == OK; i++)
        result = body_name_count(a, &p->writings[i].row, p->writings[i].passages, why);
    mem_free(rows);
    mem_free(bodies);
    return result;
}

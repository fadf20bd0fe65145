#include "store/store_int.h"

enum outcome archive_rebuild(struct archive *a, archive_progress *progress, void *context,
                             struct fault *why)
{
    enum outcome result = archive_begin(a, why);
    if (result == OK)
        result = derive_all(a, progress, context, why);
    if (result == OK)
        return batch_end(a, why);
    archive_abandon(a);
    return result;
}

/* where a result stands in no order, the sum of its rows' hashes does, as numbers of 256 bits */
static void sum_add(uint8_t sum[HASH_SIZE], const struct hash *row)
{
    unsigned carry = 0;
    for (size_t i = 0; i < HASH_SIZE; i++) {
        carry += (unsigned)sum[i] + row->bytes[i];
        sum[i] = (uint8_t)carry;
        carry >>= 8;
    }
}

static void row_write(const struct query *q, struct buf *out)
{
    buf_clear(out);
    for (int c = 0; c < sqlite3_column_count(q->statement); c++) {
        struct str cell = query_str(q, c);
        uint64_t head[2] = {(uint64_t)sqlite3_column_type(q->statement, c), cell.len};
        buf_add(out, (struct str){(char *)head, sizeof head});
        buf_add(out, cell);
    }
}

static enum outcome sum_rows(struct archive *a, const char *sql, struct hasher *h,
                             struct fault *why)
{
    struct buf row;
    struct hash sum = {0};
    buf_init(&row, SIZE_MAX / 2);
    struct query q = query_begin(a, sql);
    while (query_step(&q)) {
        row_write(&q, &row);
        struct hash hash = hash_of(buf_str(&row));
        sum_add(sum.bytes, &hash);
    }
    hasher_add(h, (struct str){(char *)sum.bytes, HASH_SIZE});
    buf_release(&row);
    return query_end(&q, why);
}

enum outcome archive_derived_digest(struct archive *a, struct hash *out, struct fault *why)
{
    struct hasher h;
    enum outcome result = sql_run(a,
                                  "CREATE VIRTUAL TABLE IF NOT EXISTS temp.derived_words"
                                  " USING fts5vocab(main, derived_search, instance)",
                                  why);
    hasher_init(&h);
    for (size_t i = 0; derived_digests[i] && result == OK; i++)
        result = sum_rows(a, derived_digests[i], &h, why);
    *out = hasher_end(&h);
    return result;
}

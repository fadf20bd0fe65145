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

static void hash_cell(struct hasher *h, const struct query *q, int column)
{
    char head[32];
    struct str cell = query_str(q, column);
    int len =
        snprintf(head, sizeof head, "%d:%zu:", sqlite3_column_type(q->statement, column), cell.len);
    hasher_add(h, (struct str){head, (size_t)len});
    hasher_add(h, cell);
}

enum outcome archive_derived_digest(struct archive *a, struct hash *out, struct fault *why)
{
    struct hasher h;
    enum outcome result = sql_run(a,
                                  "CREATE VIRTUAL TABLE IF NOT EXISTS temp.derived_words"
                                  " USING fts5vocab(main, derived_search, instance)",
                                  why);
    hasher_init(&h);
    for (size_t i = 0; derived_digests[i] && result == OK; i++) {
        struct query q = query_begin(a, derived_digests[i]);
        while (query_step(&q))
            for (int c = 0; c < sqlite3_column_count(q.statement); c++)
                hash_cell(&h, &q, c);
        result = query_end(&q, why);
    }
    *out = hasher_end(&h);
    return result;
}

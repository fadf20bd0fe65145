#include "store/pairs.h"

#include "store/statement_row_int.h"

static void mention_of_row(struct query *q, int column, struct mention *out)
{
    query_hash(q, column, &out->text);
    out->at = (struct span){(size_t)query_int(q, column + 1), (size_t)query_int(q, column + 2)};
}

static int compare_views(const void *a, const void *b)
{
    const struct pair_view *left = a, *right = b;
    return mention_pair_compare(&left->decided.pair, &right->decided.pair);
}

#define PAIR_COLUMNS                                                                               \
    "SELECT p.left_text, p.left_start, p.left_finish, p.right_text, p.right_start,"                \
    " p.right_finish, r.verdict = ?2, r.undecided, (SELECT group_concat(w.why, '; ') FROM"         \
    "  (SELECT DISTINCT e.why AS why FROM derived_judgement k"                                     \
    "   JOIN derived_decision e ON e.id = k.decision WHERE k.subject = r.subject"                  \
    "   AND k.active AND k.verdict = r.verdict ORDER BY e.why) w)"                                 \
    " FROM (SELECT subject, max(verdict) AS verdict, min(verdict) <> max(verdict)"                 \
    "  AS undecided FROM derived_judgement WHERE active AND verdict IN (?1, ?2)"

static void view_of_row(struct query *q, struct arena *arena, struct pair_view *view)
{
    *view =
        (struct pair_view){.undecided = query_int(q, 7), .why = arena_copy(arena, query_str(q, 8))};
    view->decided.same = !query_int(q, 6);
    mention_of_row(q, 0, &view->decided.pair.left);
    mention_of_row(q, 3, &view->decided.pair.right);
}

enum outcome pairs_of_subjects(struct archive *a, const struct hash_list *subjects,
                               struct arena *arena, struct pair_view **out, size_t *count,
                               struct fault *why)
{
    *out = arena_alloc(arena, (subjects->count + 1) * sizeof **out);
    *count = 0;
    struct query q = query_begin(a, PAIR_COLUMNS " AND subject = ?3 GROUP BY subject) r"
                                                 " CROSS JOIN derived_pair p"
                                                 " ON p.subject = r.subject");
    for (size_t i = 0; i < subjects->count; i++) {
        query_bind_int(&q, 1, VERDICT_SAME);
        query_bind_int(&q, 2, VERDICT_DIFFERENT);
        query_bind_hash(&q, 3, &subjects->at[i]);
        if (query_step(&q))
            view_of_row(&q, arena, &(*out)[(*count)++]);
        query_again(&q);
    }
    if (*count)
        qsort(*out, *count, sizeof **out, compare_views);
    return query_end(&q, why);
}

enum outcome archive_decided_pairs(struct archive *a, struct arena *arena, struct pair_view **out,
                                   size_t *count, struct fault *why)
{
    size_t room = 0;
    *out = NULL;
    *count = 0;
    struct query q = query_begin(a, PAIR_COLUMNS "  GROUP BY subject) r CROSS JOIN derived_pair p"
                                                 " ON p.subject = r.subject");
    query_bind_int(&q, 1, VERDICT_SAME);
    query_bind_int(&q, 2, VERDICT_DIFFERENT);
    while (query_step(&q)) {
        *out = arena_grow(arena, *out, *count, &room, sizeof **out);
        view_of_row(&q, arena, &(*out)[(*count)++]);
    }
    if (*count)
        qsort(*out, *count, sizeof **out, compare_views);
    return query_end(&q, why);
}

enum outcome archive_weights(struct archive *a, struct arena *arena, struct str *json,
                             struct fault *why)
{
    struct query q = query_begin(a, "SELECT value FROM own_setting WHERE name = 'weights'");
    *json = query_step(&q) ? arena_copy(arena, query_str(&q, 0)) : STR_NONE;
    return query_end(&q, why);
}

enum outcome archive_keep_weights(struct archive *a, struct str json, struct fault *why)
{
    struct hash id = hash_of(json);
    enum outcome result = setting_put(a, "weights_id", id.bytes, HASH_SIZE, why);
    return result == OK ? setting_put(a, "weights", json.at ? json.at : "", json.len, why) : result;
}

enum outcome archive_texts_naming(struct archive *a, const struct str *keys, size_t count,
                                  struct arena *arena, struct hash_list *texts, struct fault *why)
{
    size_t room = 0;
    struct hash id;
    *texts = (struct hash_list){0};
    struct query q = query_begin(a, "SELECT DISTINCT t.id FROM derived_mention m"
                                    " JOIN derived_text t ON t.row = m.row >> 24"
                                    " WHERE m.organisation = 0 AND m.key = ?1");
    for (size_t i = 0; i < count; i++) {
        query_bind_text(&q, 1, keys[i]);
        while (query_step(&q) && query_hash(&q, 0, &id)) {
            texts->at = arena_grow(arena, texts->at, texts->count, &room, sizeof *texts->at);
            texts->at[texts->count++] = id;
        }
        query_again(&q);
    }
    hash_list_sort(texts);
    return query_end(&q, why);
}

enum outcome archive_persons(struct archive *a, struct arena *arena, struct persons *out,
                             struct fault *why)
{
    struct pair_view *pairs;
    size_t count;
    enum outcome result = archive_decided_pairs(a, arena, &pairs, &count, why);
    *out = (struct persons){0};
    if (result != OK)
        return result;
    struct decided_pair *decided = arena_alloc(arena, (count + 1) * sizeof *decided);
    for (size_t i = 0; i < count; i++)
        decided[i] = pairs[i].decided;
    *out = persons_of(decided, count, arena);
    return OK;
}

/* what is active about all of them, for the new decision to supersede */
static enum outcome active_about(struct archive *a, const struct hash_list *subjects,
                                 enum verdict verdict, struct arena *arena, struct hash_list *out,
                                 struct fault *why)
{
    size_t room = 0;
    enum outcome result = OK;
    *out = (struct hash_list){0};
    for (size_t i = 0; i < subjects->count && result == OK; i++) {
        struct hash_list active;
        result = archive_active_decisions(a, &subjects->at[i], verdict, arena, &active, why);
        for (size_t k = 0; k < active.count && result == OK; k++) {
            out->at = arena_grow(arena, out->at, out->count, &room, sizeof *out->at);
            out->at[out->count++] = active.at[k];
        }
    }
    hash_list_sort(out);
    return result;
}

enum outcome decide_pairs(struct archive *a, const struct mention_pairs *pairs,
                          enum verdict verdict, struct str reason, bool bulk, struct str at,
                          struct fault *why)
{
    struct arena arena;
    struct hash id;
    if (verdict != VERDICT_RETRACT && !reason.len)
        return refuse(why, REFUSED, "who is whom is decided with a reason");
    arena_init(&arena);
    struct decision d = {.verdict = verdict, .pairs = *pairs, .why = reason, .bulk = bulk};
    struct hash_list subjects = decision_subjects(&d, &arena);
    enum outcome result = archive_begin(a, why);
    if (result == OK)
        result = active_about(a, &subjects, verdict, &arena, &d.supersedes, why);
    if (result == OK && verdict == VERDICT_RETRACT && !d.supersedes.count)
        result = refuse(why, REFUSED, "nothing was decided about it");
    if (result == OK)
        result = archive_put_object(a, decision_to_json(&d), &id, why);
    if (result == OK)
        result = archive_commit(a, str_of(verdict_name(verdict)), at, why);
    else
        archive_abandon(a);
    arena_release(&arena);
    return result;
}

#include "store/stays_int.h"

/* all decisions about a subject, in order of id */
static enum outcome judgements_of(struct archive *a, const struct hash *subject,
                                  struct arena *arena, struct judgement **all, size_t *count,
                                  struct fault *why)
{
    size_t room = 0;
    *all = NULL;
    *count = 0;
    struct query q = query_begin(a, "SELECT decision, verdict FROM derived_judgement"
                                    " WHERE subject = ?1 ORDER BY decision");
    query_bind_hash(&q, 1, subject);
    while (query_step(&q)) {
        *all = arena_grow(arena, *all, *count, &room, sizeof **all);
        struct judgement *j = &(*all)[(*count)++];
        *j = (struct judgement){.verdict = (enum verdict)query_int(&q, 1)};
        query_hash(&q, 0, &j->decision);
    }
    return query_end(&q, why);
}

/* Which of them each supersedes. A bulk decision is about thousands of subjects and may supersede
 * as many decisions, so few judgements are asked about pair by pair; many, by what each names. */
static enum outcome supersessions_of(struct archive *a, const struct hash *subject,
                                     struct arena *arena, struct judgement *all, size_t count,
                                     struct fault *why)
{
    enum { FEW = 64 };
    struct hash_list *lists = arena_alloc(arena, (count + 1) * sizeof *lists);
    size_t at = 0, room = 0;
    for (size_t i = 0; i < count; i++)
        all[i].supersedes = &lists[i];
    struct query q =
        count <= FEW
            ? query_begin(a, "SELECT j.decision, k.decision FROM derived_judgement j"
                             " CROSS JOIN derived_judgement k ON k.subject = j.subject"
                             " CROSS JOIN derived_supersession s"
                             " ON s.decision = j.decision AND s.earlier = k.decision"
                             " WHERE j.subject = ?1 ORDER BY j.decision, k.decision")
            : query_begin(a, "SELECT j.decision, s.earlier FROM derived_judgement j"
                             " CROSS JOIN derived_supersession s ON s.decision = j.decision"
                             " CROSS JOIN derived_judgement k"
                             " ON k.subject = j.subject AND k.decision = s.earlier"
                             " WHERE j.subject = ?1 ORDER BY j.decision, s.earlier");
    query_bind_hash(&q, 1, subject);
    while (query_step(&q)) {
        struct hash by;
        query_hash(&q, 0, &by);
        for (; at < count && !hash_equal(&all[at].decision, &by); at++)
            room = 0;
        if (at == count)
            bug("a judgement that is none of its subject's");
        struct hash_list *list = &lists[at];
        list->at = arena_grow(arena, list->at, list->count, &room, sizeof *list->at);
        query_hash(&q, 1, &list->at[list->count++]);
    }
    return query_end(&q, why);
}

enum outcome derive_subject(struct archive *a, const struct hash *subject, struct standing *out,
                            struct fault *why)
{
    struct arena arena;
    struct judgement *all;
    size_t count;
    arena_init(&arena);
    enum outcome result = judgements_of(a, subject, &arena, &all, &count, why);
    if (result == OK)
        result = supersessions_of(a, subject, &arena, all, count, why);
    if (result == OK)
        *out = judge(all, count);
    struct query q = query_begin(a, "UPDATE derived_judgement SET active = ?3"
                                    " WHERE subject = ?1 AND decision = ?2");
    for (size_t i = 0; i < count && result == OK; i++) {
        query_bind_hash(&q, 1, subject);
        query_bind_hash(&q, 2, &all[i].decision);
        query_bind_int(&q, 3, all[i].active);
        query_step(&q);
        query_again(&q);
    }
    enum outcome ended = query_end(&q, result == OK ? why : NULL);
    arena_release(&arena);
    return result == OK ? ended : result;
}

/* What was rejected stays so, however those who once believed it weigh it. */
static bool is_undecided(const struct standing *s)
{
    bool rejected = s->decided && s->verdict == VERDICT_REJECT;
    return s->undecided || (s->weighed_both && !rejected);
}

enum outcome judge_statement(struct archive *a, const struct hash *subject, struct fault *why)
{
    struct standing standing;
    enum outcome result = derive_subject(a, subject, &standing, why);
    if (result != OK)
        return result;
    struct query q = query_begin(a, "UPDATE derived_statement SET standing = ?2, undecided = ?3,"
                                    " weighed = ?5"
                                    " WHERE prefix = ?4 AND id = ?1 RETURNING row");
    query_bind_int(&q, 4, statement_prefix(subject));
    query_bind_hash(&q, 1, subject);
    query_bind_int(&q, 2,
                   !standing.decided                    ? STANDING_PROPOSED
                   : standing.verdict == VERDICT_ACCEPT ? STANDING_ACCEPTED
                                                        : STANDING_REJECTED);
    query_bind_int(&q, 3, is_undecided(&standing));
    query_bind_int(&q, 5, standing.weighed);
    if (query_step(&q))
        stays_touch(a, query_int(&q, 0));
    return query_end(&q, why);
}

static enum outcome put_judgement(struct archive *a, const struct hash *subject,
                                  const struct hash *decision, enum verdict verdict,
                                  struct fault *why)
{
    struct query q = query_begin(a, "INSERT OR IGNORE INTO derived_judgement"
                                    " (subject, decision, verdict, active)"
                                    " VALUES (?1, ?2, ?3, 1)");
    query_bind_hash(&q, 1, subject);
    query_bind_hash(&q, 2, decision);
    query_bind_int(&q, 3, verdict);
    query_step(&q);
    return query_end(&q, why);
}

static enum outcome put_supersessions(struct archive *a, const struct hash *decision,
                                      const struct hash_list *earlier, struct fault *why)
{
    struct query q = query_begin(a, "INSERT OR IGNORE INTO derived_supersession"
                                    " (decision, earlier) VALUES (?1, ?2)");
    query_bind_hash(&q, 1, decision);
    for (size_t i = 0; i < earlier->count; i++) {
        query_bind_hash(&q, 2, &earlier->at[i]);
        query_step(&q);
        query_again(&q);
    }
    return query_end(&q, why);
}

static enum outcome put_decision(struct archive *a, const struct hash *id, const struct decision *d,
                                 struct fault *why)
{
    struct query q = query_begin(a, "INSERT OR IGNORE INTO derived_decision"
                                    " (id, bulk, why, instead_of) VALUES (?1, ?2, ?3, ?4)");
    query_bind_hash(&q, 1, id);
    query_bind_int(&q, 2, d->bulk);
    query_bind_text(&q, 3, d->why);
    if (!hash_is_none(&d->instead_of))
        query_bind_hash(&q, 4, &d->instead_of);
    query_step(&q);
    return query_end(&q, why);
}

static void bind_mention(struct query *q, int place, const struct mention *m)
{
    query_bind_hash(q, place, &m->text);
    query_bind_int(q, place + 1, (int64_t)m->at.from);
    query_bind_int(q, place + 2, (int64_t)m->at.to);
}

static enum outcome put_pairs(struct archive *a, const struct mention_pairs *pairs,
                              struct fault *why)
{
    struct query q =
        query_begin(a, "INSERT OR IGNORE INTO derived_pair (subject, left_text, left_start,"
                       " left_finish, right_text, right_start, right_finish)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    for (size_t i = 0; i < pairs->count; i++) {
        struct hash subject = mention_pair_id(&pairs->at[i]);
        query_bind_hash(&q, 1, &subject);
        bind_mention(&q, 2, &pairs->at[i].left);
        bind_mention(&q, 5, &pairs->at[i].right);
        query_step(&q);
        query_again(&q);
        stays_touch_mention(a, &pairs->at[i].left);
        stays_touch_mention(a, &pairs->at[i].right);
    }
    return query_end(&q, why);
}

enum outcome derive_decision(struct archive *a, const struct hash *id, const struct decision *d,
                             struct fault *why)
{
    enum outcome result = put_decision(a, id, d, why);
    if (result == OK)
        result = put_supersessions(a, id, &d->supersedes, why);
    if (result != OK)
        return result;
    if (d->has_key) {
        struct hash subject;
        memcpy(subject.bytes, d->key.bytes, HASH_SIZE);
        return put_judgement(a, &subject, id, d->verdict, why);
    }
    struct arena arena;
    arena_init(&arena);
    struct hash_list subjects = decision_subjects(d, &arena);
    result = put_pairs(a, &d->pairs, why);
    for (size_t i = 0; i < subjects.count && result == OK; i++)
        result = put_judgement(a, &subjects.at[i], id, d->verdict, why);
    arena_release(&arena);
    return result;
}

#include "record/judge.h"

/* who names whom, among the judgements of one subject */
struct naming {
    struct judgement **sorted; /* by decision */
    size_t *begin;             /* count + 1 places in `named`: of each judgement its own */
    size_t *named;             /* indices of judgements */
    size_t room;
    size_t *pending; /* of each judgement, how many that name it are not settled */
};

static int by_decision(const void *a, const void *b)
{
    struct judgement *const *left = a, *const *right = b;
    return hash_compare(&(*left)->decision, &(*right)->decision);
}

static void add_name(struct naming *n, size_t *at, size_t what)
{
    if (*at == n->room) {
        n->room = n->room ? 2 * n->room : 64;
        n->named = mem_resize_array(n->named, n->room, sizeof *n->named);
    }
    n->named[(*at)++] = what;
    n->pending[what]++;
}

/* a bulk decision names many that are about other subjects, so the shorter list is gone through */
static void add_names(struct naming *n, struct judgement *all, size_t count, size_t by, size_t *at)
{
    const struct hash_list *list = all[by].supersedes;
    if (list->count > count) {
        for (size_t i = 0; i < count; i++)
            if (hash_list_has(list, &all[i].decision))
                add_name(n, at, i);
        return;
    }
    for (size_t i = 0; i < list->count; i++) {
        struct judgement wanted = {.decision = list->at[i]}, *key = &wanted;
        struct judgement **hit = bsearch(&key, n->sorted, count, sizeof *n->sorted, by_decision);
        if (hit)
            add_name(n, at, (size_t)(*hit - all));
    }
}

static void naming_init(struct naming *n, struct judgement *all, size_t count)
{
    size_t at = 0;
    *n = (struct naming){.sorted = mem_resize_array(NULL, count, sizeof *n->sorted),
                         .begin = mem_resize_array(NULL, count + 1, sizeof *n->begin),
                         .pending = mem_alloc(count * sizeof *n->pending)};
    for (size_t i = 0; i < count; i++)
        n->sorted[i] = &all[i];
    if (count)
        qsort(n->sorted, count, sizeof *n->sorted, by_decision);
    for (size_t i = 0; i < count; i++) {
        n->begin[i] = at;
        add_names(n, all, count, i, &at);
    }
    n->begin[count] = at;
}

static void naming_release(struct naming *n)
{
    mem_free(n->sorted);
    mem_free(n->begin);
    mem_free(n->named);
    mem_free(n->pending);
}

/* From those that nobody names to those they name. It comes to all of them, because a decision's id
 * covers the ids that it supersedes, so that they cannot form a ring. */
static void settle(struct judgement *all, size_t count)
{
    struct naming n;
    size_t ready = 0, done = 0;
    size_t *queue = mem_resize_array(NULL, count, sizeof *queue);
    bool *withdrawn = mem_alloc(count * sizeof *withdrawn);
    naming_init(&n, all, count);
    for (size_t i = 0; i < count; i++) {
        all[i].active = true;
        if (!n.pending[i])
            queue[ready++] = i;
    }
    while (done < ready) {
        size_t by = queue[done++];
        for (size_t k = n.begin[by]; k < n.begin[by + 1]; k++) {
            size_t what = n.named[k];
            if (!withdrawn[by]) {
                all[what].active = false;
                withdrawn[what] |= all[by].verdict == VERDICT_RETRACT;
            }
            if (--n.pending[what] == 0)
                queue[ready++] = what;
        }
    }
    naming_release(&n);
    mem_free(withdrawn);
    mem_free(queue);
}

static bool cautious(enum verdict v)
{
    return v == VERDICT_REJECT || v == VERDICT_REVOKE || v == VERDICT_DIFFERENT;
}

static void weigh(struct standing *s, enum verdict verdict)
{
    enum weigh_verdict now = verdict == VERDICT_DISPUTED ? WEIGHED_DISPUTED : WEIGHED_CORROBORATED;
    s->weighed_both |= s->weighed != WEIGHED_NOT && s->weighed != now;
    s->weighed = now > s->weighed ? now : s->weighed;
}

struct standing judge(struct judgement *all, size_t count)
{
    struct standing standing = {0};
    settle(all, count);
    for (size_t i = 0; i < count; i++) {
        if (!all[i].active || all[i].verdict == VERDICT_RETRACT)
            continue;
        if (verdict_weighs(all[i].verdict)) {
            weigh(&standing, all[i].verdict);
            continue;
        }
        if (standing.decided && standing.verdict != all[i].verdict)
            standing.undecided = true;
        if (!standing.decided || cautious(all[i].verdict))
            standing.verdict = all[i].verdict;
        standing.decided = true;
    }
    return standing;
}

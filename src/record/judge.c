#include "record/judge.h"

static bool names(const struct judgement *by, const struct judgement *what)
{
    return hash_list_has(by->supersedes, &what->decision);
}

/* ends because a decision's id covers the ids it supersedes, so that they cannot form a ring */
static bool withdrawn(const struct judgement *all, size_t count, const struct judgement *what)
{
    for (size_t i = 0; i < count; i++)
        if (all[i].verdict == VERDICT_RETRACT && names(&all[i], what) &&
            !withdrawn(all, count, &all[i]))
            return true;
    return false;
}

static bool cautious(enum verdict v)
{
    return v == VERDICT_REJECT || v == VERDICT_REVOKE;
}

struct standing judge(struct judgement *all, size_t count)
{
    struct standing standing = {0};
    for (size_t i = 0; i < count; i++) {
        all[i].active = !withdrawn(all, count, &all[i]);
        for (size_t j = 0; j < count && all[i].active; j++)
            if (names(&all[j], &all[i]) && !withdrawn(all, count, &all[j]))
                all[i].active = false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!all[i].active || all[i].verdict == VERDICT_RETRACT)
            continue;
        if (standing.decided && standing.verdict != all[i].verdict)
            standing.undecided = true;
        if (!standing.decided || cautious(all[i].verdict))
            standing.verdict = all[i].verdict;
        standing.decided = true;
    }
    return standing;
}

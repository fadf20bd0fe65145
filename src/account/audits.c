#include "account/audit.h"

#include "record/hash_set.h"
#include "store/page.h"

static int64_t last_day_of(const struct case_rules *rules, const struct case_record *record)
{
    struct arena arena;
    int64_t day = INT64_MIN;
    arena_init(&arena);
    for (size_t i = 0; i < record->people_count; i++) {
        int64_t last = case_last_day(&record->people[i], rules, &arena);
        day = last > day ? last : day;
    }
    arena_release(&arena);
    return day;
}

static void roll_make(const struct case_rules *rules, const struct amnesty *amnesty,
                      const struct case_record *record, int64_t as_of, struct arena *arena,
                      struct audit_roll *out)
{
    struct audit whole;
    struct arena scratch;
    arena_init(&scratch);
    audit_make(rules, amnesty, record->people, record->people_count, as_of, &scratch, &whole);
    *out = (struct audit_roll){
        .sums = whole,
        .statements = arena_alloc(arena, (whole.count + 1) * sizeof *out->statements),
        .addresses = arena_alloc(arena, (whole.count + 1) * sizeof *out->addresses),
    };
    out->sums.people = NULL;
    for (size_t i = 0; i < whole.count; i++) {
        out->statements[i] = whole.people[i].person->views[0]->id;
        out->addresses[i] = whole.people[i].person->address;
    }
    arena_release(&scratch);
}

static enum outcome read_rolls(struct archive *a, const struct case_rules *rules, int64_t as_of,
                               struct arena *arena, struct audits *out, struct fault *why)
{
    struct case_record record;
    struct arena scratch;
    arena_init(&scratch);
    enum outcome result = case_record_read(a, &scratch, &record, why);
    if (result == OK && as_of == INT64_MIN)
        as_of = last_day_of(rules, &record);
    out->all = arena_alloc(arena, (out->count + 1) * sizeof *out->all);
    for (size_t i = 0; i < out->count && result == OK; i++)
        roll_make(rules, &out->amnesties[i], &record, as_of, arena, &out->all[i]);
    arena_release(&scratch);
    return result;
}

enum outcome audits_read(struct archive *a, int64_t as_of, struct arena *arena, struct audits *out,
                         struct fault *why)
{
    const struct case_rules *rules;
    *out = (struct audits){0};
    enum outcome result = case_rules_known(&rules, why);
    if (result == OK)
        result = amnesties_known(rules, arena, &out->amnesties, &out->count, why);
    return result == OK ? read_rolls(a, rules, as_of, arena, out, why) : result;
}

/* Of everybody whom the record of a few connects with them, those few. */
static size_t keep_those(struct audit_person *people, size_t count, const struct hash *addresses,
                         size_t addresses_count)
{
    struct hash_set wanted;
    size_t kept = 0;
    hash_set_init(&wanted);
    for (size_t i = 0; i < addresses_count; i++)
        hash_set_add(&wanted, &addresses[i]);
    for (size_t i = 0; i < count; i++)
        if (hash_set_has(&wanted, &people[i].person->address))
            people[kept++] = people[i];
    hash_set_release(&wanted);
    return kept;
}

enum outcome audit_roll_people(struct archive *a, const struct audit_roll *roll,
                               enum audit_verdict verdict, size_t from, size_t limit,
                               struct arena *arena, struct audit_person **people, size_t *count,
                               struct fault *why)
{
    const struct case_rules *rules;
    struct case_record record;
    struct audit part;
    size_t first = from, all = roll->sums.verdicts[verdict];
    *people = NULL;
    *count = 0;
    if (from >= all)
        return OK;
    for (size_t i = 0; i < (size_t)verdict; i++)
        first += roll->sums.verdicts[i];
    const struct hash_list few = {roll->statements + first,
                                  all - from < limit ? all - from : limit};
    enum outcome result = case_rules_known(&rules, why);
    if (result == OK)
        result = case_record_about(a, &few, arena, &record, why);
    if (result != OK)
        return result;
    audit_make(rules, roll->sums.amnesty, record.people, record.people_count, roll->sums.as_of,
               arena, &part);
    *people = part.people;
    *count = keep_those(part.people, part.count, roll->addresses + first, few.count);
    return OK;
}

#include "account/audit.h"

#include "record/hash_set.h"
#include "store/page.h"

enum { VERDICTS = AUDIT_UNTOLD + 1 };

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

/* The first few of each verdict: a statement about each, and their addresses. */
static struct hash_list choose(const struct audit *whole, struct arena *arena,
                               struct hash_set *addresses)
{
    size_t chosen[VERDICTS] = {0};
    struct hash_list seeds = {arena_alloc(arena, VERDICTS * AUDIT_LISTED * sizeof *seeds.at), 0};
    for (size_t i = 0; i < whole->count; i++) {
        const struct audit_person *p = &whole->people[i];
        if (chosen[p->verdict]++ >= AUDIT_LISTED)
            continue;
        seeds.at[seeds.count++] = p->person->views[0]->id;
        hash_set_add(addresses, &p->person->address);
    }
    return seeds;
}

/* The audit again, of those people alone, in the caller's arena. */
static enum outcome list_chosen(struct archive *a, const struct case_rules *rules,
                                const struct audit *whole, const struct hash_list *seeds,
                                const struct hash_set *addresses, struct arena *arena,
                                struct audit *out, struct fault *why)
{
    struct case_record record;
    struct audit part;
    enum outcome result = case_record_about(a, seeds, arena, &record, why);
    if (result != OK)
        return result;
    audit_make(rules, whole->amnesty, record.people, record.people_count, whole->as_of, arena,
               &part);
    *out = *whole;
    out->people = part.people;
    out->listed = 0;
    for (size_t i = 0; i < part.count; i++)
        if (hash_set_has(addresses, &part.people[i].person->address))
            out->people[out->listed++] = part.people[i];
    return OK;
}

static enum outcome audit_read(struct archive *a, const struct case_rules *rules,
                               const struct amnesty *amnesty, const struct case_record *record,
                               int64_t as_of, struct arena *arena, struct audit *out,
                               struct fault *why)
{
    struct audit whole;
    struct arena scratch;
    struct hash_set addresses;
    arena_init(&scratch);
    hash_set_init(&addresses);
    audit_make(rules, amnesty, record->people, record->people_count, as_of, &scratch, &whole);
    const struct hash_list seeds = choose(&whole, &scratch, &addresses);
    enum outcome result = list_chosen(a, rules, &whole, &seeds, &addresses, arena, out, why);
    hash_set_release(&addresses);
    arena_release(&scratch);
    return result;
}

static enum outcome audits_all(struct archive *a, const struct case_rules *rules,
                               struct arena *arena, struct audits *out, struct fault *why)
{
    struct case_record record;
    struct arena scratch;
    arena_init(&scratch);
    enum outcome result = case_record_read(a, &scratch, &record, why);
    int64_t as_of = result == OK ? last_day_of(rules, &record) : INT64_MIN;
    for (size_t i = 0; i < out->count && result == OK; i++)
        result = audit_read(a, rules, &out->amnesties[i], &record, as_of, arena, &out->all[i], why);
    arena_release(&scratch);
    return result;
}

enum outcome audits_read(struct archive *a, struct arena *arena, struct audits *out,
                         struct fault *why)
{
    const struct case_rules *rules;
    *out = (struct audits){0};
    enum outcome result = case_rules_known(&rules, why);
    if (result == OK)
        result = amnesties_known(rules, arena, &out->amnesties, &out->count, why);
    if (result == OK)
        result = archive_snapshot_begin(a, why);
    if (result != OK)
        return result;
    out->all = arena_alloc(arena, (out->count + 1) * sizeof *out->all);
    result = audits_all(a, rules, arena, out, why);
    archive_snapshot_end(a);
    return result;
}

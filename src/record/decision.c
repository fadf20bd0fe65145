#include "record/decision.h"

#include "record/record_int.h"

static const char *const verdict_names[] = {"accept",    "reject",       "retract",
                                            "member",    "revoke",       "same",
                                            "different", "corroborated", "disputed"};

const char *verdict_name(enum verdict verdict)
{
    return verdict_names[verdict];
}

bool verdict_weighs(enum verdict verdict)
{
    return verdict == VERDICT_CORROBORATED || verdict == VERDICT_DISPUTED;
}

struct hash_list decision_subjects(const struct decision *d, struct arena *arena)
{
    if (!d->pairs.count)
        return d->about;
    struct hash_list ids = {arena_alloc(arena, d->pairs.count * sizeof *ids.at), d->pairs.count};
    for (size_t i = 0; i < ids.count; i++)
        ids.at[i] = mention_pair_id(&d->pairs.at[i]);
    hash_list_sort(&ids);
    return ids;
}

json_t *decision_to_json(const struct decision *d)
{
    json_t *object = json_object();
    json_put(object, "kind", STR("decision"));
    json_put(object, "verdict", str_of(verdict_name(d->verdict)));
    json_put_hashes(object, "about", &d->about);
    json_put_mention_pairs(object, "pairs", &d->pairs);
    if (d->has_key)
        json_put_public_key(object, "key", &d->key);
    json_put(object, "name", d->name);
    json_put_hashes(object, "last", &d->last);
    json_put(object, "why", d->why);
    json_put_hashes(object, "supersedes", &d->supersedes);
    if (!hash_is_none(&d->instead_of))
        json_put_hash(object, "instead_of", &d->instead_of);
    if (d->bulk)
        json_put_new(object, "bulk", json_true());
    return object;
}

static enum outcome decision_check(const struct decision *d, struct fault *why)
{
    bool over_keys = d->verdict == VERDICT_MEMBER || d->verdict == VERDICT_REVOKE;
    bool over_pairs = d->verdict == VERDICT_SAME || d->verdict == VERDICT_DIFFERENT;
    bool retract = d->verdict == VERDICT_RETRACT;
    const char *verdict = verdict_name(d->verdict);
    if ((d->about.count > 0) + (d->pairs.count > 0) + d->has_key != 1)
        return refuse(why, REFUSED, "a decision to %s that is about nothing, or about two things",
                      verdict);
    if (!retract && d->has_key != over_keys)
        return refuse(why, REFUSED, "a decision to %s %s", verdict,
                      d->has_key ? "a key" : "what is no key");
    if (!retract && (d->pairs.count > 0) != over_pairs)
        return refuse(why, REFUSED, "a decision to %s %s", verdict,
                      over_pairs ? "what are no mentions" : "mentions");
    if (d->name.len && d->verdict != VERDICT_MEMBER)
        return refuse(why, REFUSED, "a decision to %s with a name", verdict);
    if (d->last.count && d->verdict != VERDICT_REVOKE)
        return refuse(why, REFUSED, "a decision to %s with last commits", verdict);
    if (!hash_is_none(&d->instead_of) && (d->verdict != VERDICT_ACCEPT || d->about.count != 1))
        return refuse(why, REFUSED, "an edit that does not accept one statement");
    if (retract && !d->supersedes.count)
        return refuse(why, REFUSED, "a retraction of nothing");
    if (d->bulk && !d->why.len)
        return refuse(why, REFUSED, "a bulk decision without a reason");
    if ((over_pairs || verdict_weighs(d->verdict)) && !d->why.len)
        return refuse(why, REFUSED, "a decision of %s without a reason", verdict);
    return OK;
}

enum outcome decision_of_json(const json_t *object, struct arena *arena, struct decision *d,
                              struct fault *why)
{
    struct fields in;
    fields_begin(&in, object, "decision");
    struct str verdict = fields_text(&in, "verdict");
    *d = (struct decision){
        .about = fields_hashes(&in, "about", arena),
        .has_key = json_object_get(object, "key") != NULL,
        .name = fields_text(&in, "name"),
        .last = fields_hashes(&in, "last", arena),
        .why = fields_text(&in, "why"),
        .supersedes = fields_hashes(&in, "supersedes", arena),
        .bulk = fields_true(&in, "bulk"),
    };
    if (d->has_key)
        d->key = fields_public_key(&in, "key");
    if (json_object_get(object, "instead_of"))
        d->instead_of = fields_hash(&in, "instead_of");
    const json_t *pairs = fields_list(&in, "pairs");
    if (pairs && mention_pairs_of_json(pairs, arena, &d->pairs, why) != OK)
        return REFUSED;
    size_t i = 0;
    while (i < COUNT_OF(verdict_names) && !str_equal(verdict, str_of(verdict_names[i])))
        i++;
    if (i == COUNT_OF(verdict_names))
        return refuse(why, REFUSED, "a decision of the unknown verdict \"%.*s\"", STR_ARG(verdict));
    d->verdict = (enum verdict)i;
    enum outcome result = fields_end(&in, why);
    return result == OK ? decision_check(d, why) : result;
}

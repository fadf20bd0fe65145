#include "record/mention.h"

int mention_compare(const struct mention *a, const struct mention *b)
{
    int order = hash_compare(&a->text, &b->text);
    if (order)
        return order;
    if (a->at.from != b->at.from)
        return a->at.from < b->at.from ? -1 : 1;
    return a->at.to == b->at.to ? 0 : a->at.to < b->at.to ? -1 : 1;
}

bool mentions_overlap(const struct mention *a, const struct mention *b)
{
    return hash_equal(&a->text, &b->text) && a->at.from < b->at.to && b->at.from < a->at.to;
}

static json_t *mention_to_json(const struct mention *m)
{
    json_t *object = json_object();
    json_put_int(object, "from", (int64_t)m->at.from);
    json_put_hash(object, "text", &m->text);
    json_put_int(object, "to", (int64_t)m->at.to);
    return object;
}

static json_t *pair_to_json(const struct mention_pair *p)
{
    json_t *pair = json_array();
    json_append(pair, mention_to_json(&p->left));
    json_append(pair, mention_to_json(&p->right));
    return pair;
}

static struct hash id_and_release(json_t *value)
{
    struct hash id = object_id(value);
    json_decref(value);
    return id;
}

struct hash mention_id(const struct mention *m)
{
    return id_and_release(mention_to_json(m));
}

struct hash mention_pair_id(const struct mention_pair *p)
{
    return id_and_release(pair_to_json(p));
}

int mention_pair_compare(const struct mention_pair *a, const struct mention_pair *b)
{
    int order = mention_compare(&a->left, &b->left);
    return order ? order : mention_compare(&a->right, &b->right);
}

static int compare_pairs(const void *a, const void *b)
{
    return mention_pair_compare(a, b);
}

void mention_pairs_sort(struct mention_pairs *pairs)
{
    size_t kept = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        struct mention_pair *p = &pairs->at[i];
        if (mention_compare(&p->left, &p->right) > 0)
            *p = (struct mention_pair){p->right, p->left};
    }
    if (pairs->count)
        qsort(pairs->at, pairs->count, sizeof *pairs->at, compare_pairs);
    for (size_t i = 0; i < pairs->count; i++)
        if (!kept || mention_pair_compare(&pairs->at[kept - 1], &pairs->at[i]) != 0)
            pairs->at[kept++] = pairs->at[i];
    pairs->count = kept;
}

void json_put_mention_pairs(json_t *object, const char *key, const struct mention_pairs *pairs)
{
    if (!pairs->count)
        return;
    json_t *list = json_array();
    for (size_t i = 0; i < pairs->count; i++)
        json_append(list, pair_to_json(&pairs->at[i]));
    json_put_new(object, key, list);
}

static bool mention_of_json(const json_t *object, struct mention *out)
{
    const json_t *from = json_object_get(object, "from"), *to = json_object_get(object, "to");
    if (json_object_size(object) != 3 || !json_is_integer(from) || !json_is_integer(to) ||
        json_integer_value(from) < 0 || json_integer_value(to) <= json_integer_value(from) ||
        json_integer_value(to) > JSON_INTEGER_LIMIT)
        return false;
    out->at = (struct span){(size_t)json_integer_value(from), (size_t)json_integer_value(to)};
    return hash_read(json_text(object, "text"), &out->text) && !hash_is_none(&out->text);
}

enum outcome mention_pairs_of_json(const json_t *list, struct arena *arena,
                                   struct mention_pairs *out, struct fault *why)
{
    size_t count = json_array_size(list);
    *out = (struct mention_pairs){0};
    if (!count)
        return refuse(why, REFUSED, "no list of pairs of mentions");
    out->at = arena_alloc(arena, count * sizeof *out->at);
    for (size_t i = 0; i < count; i++) {
        const json_t *pair = json_array_get(list, i);
        struct mention_pair *p = &out->at[i];
        if (json_array_size(pair) != 2 || !mention_of_json(json_array_get(pair, 0), &p->left) ||
            !mention_of_json(json_array_get(pair, 1), &p->right))
            return refuse(why, REFUSED, "a pair that is not of two mentions");
        if (mentions_overlap(&p->left, &p->right))
            return refuse(why, REFUSED, "a pair of one mention with itself");
        if (mention_compare(&p->left, &p->right) > 0 || (i && mention_pair_compare(p - 1, p) >= 0))
            return refuse(why, REFUSED, "pairs of mentions out of order");
    }
    out->count = count;
    return OK;
}

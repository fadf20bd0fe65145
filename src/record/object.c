#include "record/object.h"

static const char *const kind_names[] = {"capture", "text", "statement", "decision", "commit"};

const char *object_kind_name(enum object_kind kind)
{
    return kind_names[kind];
}

enum outcome object_kind_of(const json_t *object, enum object_kind *out, struct fault *why)
{
    struct str kind = json_text(object, "kind");
    for (size_t i = 0; i < COUNT_OF(kind_names); i++)
        if (str_equal(kind, str_of(kind_names[i]))) {
            *out = (enum object_kind)i;
            return OK;
        }
    return refuse(why, REFUSED, "an object of the unknown kind \"%.*s\"", STR_ARG(kind));
}

enum outcome object_write(struct buf *out, const json_t *object, struct fault *why)
{
    return json_write(out, object, why);
}

struct hash object_id(const json_t *object)
{
    struct buf bytes;
    struct fault why;
    buf_init(&bytes, OBJECT_LIMIT);
    if (object_write(&bytes, object, &why) != OK)
        bug(why.text);
    struct hash id = hash_of(buf_str(&bytes));
    buf_release(&bytes);
    return id;
}

static int hash_order(const void *a, const void *b)
{
    return hash_compare(a, b);
}

void hash_list_sort(struct hash_list *list)
{
    if (!list->count)
        return;
    qsort(list->at, list->count, sizeof *list->at, hash_order);
    size_t kept = 1;
    for (size_t i = 1; i < list->count; i++)
        if (!hash_equal(&list->at[i], &list->at[kept - 1]))
            list->at[kept++] = list->at[i];
    list->count = kept;
}

bool hash_list_has(const struct hash_list *list, const struct hash *id)
{
    return list->count && bsearch(id, list->at, list->count, sizeof *list->at, hash_order);
}

void json_put_hash(json_t *object, const char *key, const struct hash *id)
{
    char digits[HASH_DIGITS + 1];
    hash_write(id, digits);
    json_put(object, key, str_of(digits));
}

void json_put_hashes(json_t *object, const char *key, const struct hash_list *list)
{
    if (!list->count)
        return;
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        char digits[HASH_DIGITS + 1];
        hash_write(&list->at[i], digits);
        json_append_text(array, str_of(digits));
    }
    json_put_new(object, key, array);
}

void json_put_public_key(json_t *object, const char *key, const struct public_key *value)
{
    char digits[PUBLIC_KEY_DIGITS + 1];
    public_key_write(value, digits);
    json_put(object, key, str_of(digits));
}

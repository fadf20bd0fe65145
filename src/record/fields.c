#include "record/record_int.h"

void fields_refuse(struct fields *in, const char *text)
{
    if (in->refused)
        return;
    in->refused = true;
    snprintf(in->text, sizeof in->text, "%s", text);
}

void fields_begin(struct fields *in, const json_t *object, const char *kind)
{
    *in = (struct fields){.object = object, .kind = kind};
    if (!json_is_object(object))
        fields_refuse(in, "not an object");
    else if (!str_equal(fields_text(in, "kind"), str_of(kind)))
        fields_refuse(in, "another kind");
}

static const json_t *take(struct fields *in, const char *key)
{
    const json_t *value = json_object_get(in->object, key);
    if (value)
        in->taken++;
    return value;
}

static void refuse_type(struct fields *in, const char *key, const char *type)
{
    char text[120];
    snprintf(text, sizeof text, "\"%s\" is not %s", key, type);
    fields_refuse(in, text);
}

struct str fields_text(struct fields *in, const char *key)
{
    const json_t *value = take(in, key);
    if (!value)
        return STR_NONE;
    if (!json_is_string(value) || json_string_length(value) == 0 ||
        memchr(json_string_value(value), 0, json_string_length(value))) {
        refuse_type(in, key, "a text");
        return STR_NONE;
    }
    return (struct str){json_string_value(value), json_string_length(value)};
}

int64_t fields_int(struct fields *in, const char *key, int64_t missing)
{
    const json_t *value = take(in, key);
    if (!value)
        return missing;
    if (!json_is_integer(value) || json_integer_value(value) < 0) {
        refuse_type(in, key, "a count");
        return missing;
    }
    return json_integer_value(value);
}

bool fields_true(struct fields *in, const char *key)
{
    const json_t *value = take(in, key);
    if (value && !json_is_true(value))
        refuse_type(in, key, "true");
    return json_is_true(value);
}

struct hash fields_hash(struct fields *in, const char *key)
{
    struct hash out = {0};
    if (!hash_read(fields_text(in, key), &out) || hash_is_none(&out))
        refuse_type(in, key, "a SHA-256");
    return out;
}

struct public_key fields_public_key(struct fields *in, const char *key)
{
    struct public_key out = {0};
    if (!public_key_read(fields_text(in, key), &out))
        refuse_type(in, key, "a public key");
    return out;
}

struct span fields_span(struct fields *in, const char *key)
{
    const json_t *pair = take(in, key);
    if (!pair)
        return (struct span){0, 0};
    const json_t *from = json_array_get(pair, 0), *to = json_array_get(pair, 1);
    if (json_array_size(pair) != 2 || !json_is_integer(from) || !json_is_integer(to) ||
        json_integer_value(from) < 0 || json_integer_value(to) <= json_integer_value(from)) {
        refuse_type(in, key, "a byte range");
        return (struct span){0, 0};
    }
    return (struct span){(size_t)json_integer_value(from), (size_t)json_integer_value(to)};
}

const json_t *fields_object(struct fields *in, const char *key)
{
    const json_t *value = take(in, key);
    if (value && !json_is_object(value)) {
        refuse_type(in, key, "an object");
        return NULL;
    }
    return value;
}

const json_t *fields_list(struct fields *in, const char *key)
{
    const json_t *value = take(in, key);
    if (value && !json_is_array(value)) {
        refuse_type(in, key, "a list");
        return NULL;
    }
    return value;
}

struct hash_list fields_hashes(struct fields *in, const char *key, struct arena *arena)
{
    struct hash_list list = {0};
    const json_t *array = take(in, key);
    if (!array)
        return list;
    size_t count = json_array_size(array);
    if (!json_is_array(array) || count == 0) {
        refuse_type(in, key, "a list of SHA-256");
        return list;
    }
    list.at = arena_alloc(arena, count * sizeof *list.at);
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_array_get(array, i);
        struct str digits = {json_string_value(item), json_string_length(item)};
        if (!json_is_string(item) || !hash_read(digits, &list.at[i]) || hash_is_none(&list.at[i]) ||
            (i && hash_compare(&list.at[i - 1], &list.at[i]) >= 0)) {
            refuse_type(in, key, "a sorted list of SHA-256");
            return (struct hash_list){0};
        }
    }
    list.count = count;
    return list;
}

enum outcome fields_end(const struct fields *in, struct fault *why)
{
    if (in->refused)
        return refuse(why, REFUSED, "a %s with %s", in->kind, in->text);
    if (in->taken != json_object_size(in->object))
        return refuse(why, REFUSED, "a %s with a member that Govah does not know", in->kind);
    return OK;
}

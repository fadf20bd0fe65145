#include "base/json.h"

static int key_order(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

static void write_escaped(struct buf *out, unsigned char c)
{
    static const char short_from[] = "\"\\\b\f\n\r\t", short_to[] = "\"\\bfnrt";
    static const char digits[] = "0123456789abcdef";
    const char *named = c ? strchr(short_from, c) : NULL;
    char escape[] = {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]};
    if (named)
        escape[1] = short_to[named - short_from];
    buf_add(out, (struct str){escape, named ? 2 : sizeof escape});
}

static void write_text(struct buf *out, const char *text, size_t len)
{
    size_t plain = 0;
    buf_add_byte(out, '"');
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_add(out, (struct str){text + plain, i - plain});
        write_escaped(out, c);
        plain = i + 1;
    }
    buf_add(out, (struct str){text + plain, len - plain});
    buf_add_byte(out, '"');
}

void json_write_int(struct buf *out, int64_t value)
{
    char digits[24], *at = digits + sizeof digits;
    uint64_t left = value < 0 ? -(uint64_t)value : (uint64_t)value;
    do
        *--at = (char)('0' + left % 10);
    while (left /= 10);
    if (value < 0)
        *--at = '-';
    buf_add(out, (struct str){at, (size_t)(digits + sizeof digits - at)});
}

static enum outcome write_value(struct buf *, const json_t *, int depth, struct fault *);

static enum outcome write_object(struct buf *out, const json_t *object, int depth,
                                 struct fault *why)
{
    size_t count = json_object_size(object), i = 0;
    const char **keys = mem_resize_array(NULL, count, sizeof *keys);
    /* jansson's iterator takes a pointer without const, and does not write through it */
    json_t *open = (json_t *)(uintptr_t)object;
    enum outcome result = OK;
    for (void *it = json_object_iter(open); it; it = json_object_iter_next(open, it))
        keys[i++] = json_object_iter_key(it);
    if (count)
        qsort(keys, count, sizeof *keys, key_order);
    buf_add_byte(out, '{');
    for (i = 0; i < count && result == OK; i++) {
        for (const char *c = keys[i]; *c; c++)
            if ((unsigned char)*c >= 0x80)
                result = refuse(why, REFUSED, "the key \"%s\" is not ASCII", keys[i]);
        if (result != OK)
            break;
        if (i)
            buf_add_byte(out, ',');
        write_text(out, keys[i], strlen(keys[i]));
        buf_add_byte(out, ':');
        result = write_value(out, json_object_get(object, keys[i]), depth, why);
    }
    mem_free(keys);
    buf_add_byte(out, '}');
    return result;
}

static enum outcome write_value(struct buf *out, const json_t *value, int depth, struct fault *why)
{
    enum outcome result = OK;
    if (depth == JSON_DEPTH_LIMIT && (json_is_object(value) || json_is_array(value)))
        return refuse(why, REFUSED, "JSON nested deeper than %d", JSON_DEPTH_LIMIT);
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return write_object(out, value, depth + 1, why);
    case JSON_ARRAY:
        buf_add_byte(out, '[');
        for (size_t i = 0; i < json_array_size(value) && result == OK; i++) {
            if (i)
                buf_add_byte(out, ',');
            result = write_value(out, json_array_get(value, i), depth + 1, why);
        }
        buf_add_byte(out, ']');
        return result;
    case JSON_STRING:
        write_text(out, json_string_value(value), json_string_length(value));
        return OK;
    case JSON_INTEGER: {
        json_int_t n = json_integer_value(value);
        if (n > JSON_INTEGER_LIMIT || n < -JSON_INTEGER_LIMIT)
            return refuse(why, REFUSED, "an integer of more than 53 bits");
        json_write_int(out, n);
        return OK;
    }
    case JSON_REAL:
        return refuse(why, REFUSED, "a floating-point number");
    case JSON_TRUE:
        buf_add_text(out, "true");
        return OK;
    case JSON_FALSE:
        buf_add_text(out, "false");
        return OK;
    case JSON_NULL:
        buf_add_text(out, "null");
        return OK;
    }
    bug("a JSON value of no type");
}

enum outcome json_write(struct buf *out, const json_t *value, struct fault *why)
{
    enum outcome result = write_value(out, value, 0, why);
    if (result == OK && out->full)
        return refuse(why, REFUSED, "an object of more than %zu bytes", out->limit);
    return result;
}

/* jansson refuses at 2048 levels; fewer are refused here before its recursion starts */
static bool too_deep(struct str bytes)
{
    size_t depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < bytes.len; i++) {
        char c = bytes.at[i];
        if (quoted) {
            if (c == '\\')
                i++;
            else if (c == '"')
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            if (++depth > JSON_DEPTH_LIMIT)
                return true;
        } else if ((c == '}' || c == ']') && depth) {
            depth--;
        }
    }
    return false;
}

enum outcome json_read(struct str bytes, json_t **out, struct fault *why)
{
    json_error_t error;
    *out = NULL;
    if (too_deep(bytes))
        return refuse(why, REFUSED, "JSON nested deeper than %d", JSON_DEPTH_LIMIT);
    json_t *value = json_loadb(bytes.at ? bytes.at : "", bytes.len,
                               JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    if (!value)
        return refuse_at(why, REFUSED, error.position > 0 ? (size_t)error.position : 0,
                         "not JSON at byte %d: %s", error.position, error.text);
    *out = value;
    return OK;
}

enum outcome json_read_canonical(struct str bytes, json_t **out, struct fault *why)
{
    enum outcome result = json_read(bytes, out, why);
    if (result != OK)
        return result;
    struct buf again;
    buf_init(&again, bytes.len);
    result = json_write(&again, *out, why);
    if (result != OK || !str_equal(buf_str(&again), bytes)) {
        json_decref(*out);
        *out = NULL;
        result = refuse(why, REFUSED, "JSON that is not in canonical form");
    }
    buf_release(&again);
    return result;
}

struct str json_text(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_string(value))
        return STR_NONE;
    return (struct str){json_string_value(value), json_string_length(value)};
}

void json_put_new(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value))
        bug("a JSON member that cannot be set");
}

/* jansson says what a character is: of one to four bytes, the first that it takes */
static size_t character_size(struct str text, size_t at)
{
    for (size_t size = 1; size <= 4 && at + size <= text.len; size++) {
        json_t *one = json_stringn(text.at + at, size);
        json_decref(one);
        if (one)
            return size;
    }
    return 0;
}

static json_t *string_of(struct str text)
{
    json_t *value = json_stringn(text.at ? text.at : "", text.len);
    if (value)
        return value;
    struct buf clean;
    buf_init(&clean, SIZE_MAX / 2);
    for (size_t at = 0, size; at < text.len; at += size ? size : 1) {
        size = character_size(text, at);
        buf_add(&clean, size ? (struct str){text.at + at, size} : STR("\xEF\xBF\xBD"));
    }
    value = json_stringn(clean.at, clean.len);
    buf_release(&clean);
    return value;
}

static bool is_ascii(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] >= 0x80)
            return false;
    return true;
}

bool json_is_text(struct str text)
{
    if (is_ascii(text))
        return true;
    json_t *value = json_stringn(text.at, text.len);
    json_decref(value);
    return value != NULL;
}

void json_write_text(struct buf *out, struct str text)
{
    if (is_ascii(text)) {
        write_text(out, text.at, text.len);
        return;
    }
    json_t *value = string_of(text);
    write_text(out, json_string_value(value), json_string_length(value));
    json_decref(value);
}

void json_put(json_t *object, const char *key, struct str text)
{
    if (text.len)
        json_put_new(object, key, string_of(text));
}

void json_put_int(json_t *object, const char *key, int64_t value)
{
    json_put_new(object, key, json_integer(value));
}

void json_append(json_t *array, json_t *value)
{
    if (json_array_append_new(array, value))
        bug("a JSON element that cannot be added");
}

void json_append_text(json_t *array, struct str text)
{
    json_append(array, string_of(text));
}

void json_use_memory(void)
{
    json_set_alloc_funcs(mem_alloc, mem_free);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "random.h"

static void assert_canonical(const char *text, struct str bytes, bool good)
{
    json_t *value = NULL;
    struct fault why;
    /* in memory of exactly its size, so that a byte read too far is seen */
    char *exact = mem_alloc(bytes.len);
    if (bytes.len)
        memcpy(exact, bytes.at, bytes.len);
    enum outcome result = json_read_canonical((struct str){exact, bytes.len}, &value, &why);
    if (result != (good ? OK : REFUSED))
        fail_msg("%s: %s", text, result == OK ? "is taken" : why.text);
    assert_int_equal(value != NULL, good);
    json_decref(value);
    mem_free(exact);
}

static void one_spelling_of_each_value(void **state)
{
    static const struct {
        const char *text;
        bool good;
    } cases[] = {
        {"null", true},
        {"true", true},
        {"false", true},
        {"{}", true},
        {"[]", true},
        {"\"\"", true},
        {"0", true},
        {"-1", true},
        {"9007199254740991", true},
        {"-9007199254740991", true},
        {"{\"a\":1,\"b\":[true,null]}", true},
        {"{\"A\":1,\"a\":2}", true},
        {"{\"a\":1,\"aa\":2}", true},
        {"{\"\":1}", true},
        {"\"\\b\\t\\n\\f\\r\\\"\\\\\"", true},
        {"\"\\u0000\\u0001\\u001f\"", true},
        {"\"/ \x7F é ی 😀 \xE2\x80\xA8\"", true},
        {"9007199254740992", false},
        {"-9007199254740992", false},
        {"9223372036854775808", false},
        {"-0", false},
        {"1.0", false},
        {"1.5", false},
        {"1e3", false},
        {"1E3", false},
        {"01", false},
        {"+1", false},
        {"NaN", false},
        {"Infinity", false},
        {"", false},
        {" ", false},
        {"null ", false},
        {" null", false},
        {"null\n", false},
        {"nul", false},
        {"truefalse", false},
        {"[1,]", false},
        {"[1 ,2]", false},
        {"[1, 2]", false},
        {"{\"b\":1,\"a\":2}", false},
        {"{\"a\":1,\"A\":2}", false},
        {"{\"a\":1,\"a\":1}", false},
        {"{\"a\":1,\"\\u0061\":2}", false},
        {"{\"\\u0061\":1}", false},
        {"{\"a\": 1}", false},
        {"{'a':1}", false},
        {"{a:1}", false},
        {"{\"a\":1,}", false},
        {"{\"é\":1}", false},
        {"\"\\u0041\"", false},
        {"\"\\/\"", false},
        {"\"\\u000a\"", false},
        {"\"\\u001F\"", false},
        {"\"\\u007f\"", false},
        {"\"\\ud83d\\ude00\"", false},
        {"\"\\ud83d\"", false},
        {"\"\\ude00\"", false},
        {"\"\xED\xA0\xBD\"", false},
        {"\"\xC0\xAF\"", false},
        {"\"\xFF\"", false},
        {"\"\xC3\"", false},
        {"\"\xF4\x90\x80\x80\"", false},
        {"\"tab\there\"", false},
        {"\"open", false},
        {"\xEF\xBB\xBFnull", false},
        {"/* c */null", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_canonical(cases[i].text, str_of(cases[i].text), cases[i].good);
    assert_canonical("a raw NUL", (struct str){"\"\0\"", 3}, false);
    assert_canonical("a NUL behind", (struct str){"null\0", 5}, false);
    assert_canonical("a NUL in a key", STR("{\"a\\u0000\":1}"), false);
}

static void depth_is_the_same_for_reading_and_writing(void **state)
{
    (void)state;
    for (int inner = 0; inner < 2; inner++)
        for (size_t depth = 30; depth < 36; depth++) {
            json_t *value = inner ? json_integer(1) : json_array(), *back;
            struct buf out;
            struct fault why;
            for (size_t i = inner ? 0 : 1; i < depth; i++) {
                json_t *outer = json_array();
                json_append(outer, value);
                value = outer;
            }
            buf_init(&out, 1000);
            enum outcome wanted = depth <= JSON_DEPTH_LIMIT ? OK : REFUSED;
            assert_int_equal(json_write(&out, value, &why), wanted);
            json_decref(value);
            buf_clear(&out);
            for (size_t i = 0; i < depth; i++)
                buf_add_byte(&out, '[');
            buf_add_text(&out, inner ? "1" : "");
            for (size_t i = 0; i < depth; i++)
                buf_add_byte(&out, ']');
            assert_int_equal(json_read_canonical(buf_str(&out), &back, &why), wanted);
            json_decref(back);
            buf_release(&out);
        }
    assert_canonical("brackets in a text", STR("\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[\""),
                     true);
    char *deep = mem_alloc(1000000);
    memset(deep, '[', 1000000);
    assert_canonical("a million brackets", (struct str){deep, 1000000}, false);
    mem_free(deep);
}

static void what_has_no_canonical_form_is_not_written(void **state)
{
    json_t *const refused[] = {json_real(1.5),
                               json_real(2),
                               json_integer(JSON_INTEGER_LIMIT + 1),
                               json_integer(-JSON_INTEGER_LIMIT - 1),
                               json_pack("{s:i}", "é", 1),
                               json_pack("[{s:f}]", "a", 0.5)};
    struct buf out;
    struct fault why;
    (void)state;
    buf_init(&out, 1000);
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        assert_non_null(refused[i]);
        assert_int_equal(json_write(&out, refused[i], &why), REFUSED);
        json_decref(refused[i]);
        buf_clear(&out);
    }
    buf_release(&out);
    buf_init(&out, 8);
    json_t *fits = json_string("123456"), *long_one = json_string("1234567");
    assert_int_equal(json_write(&out, fits, &why), OK);
    buf_clear(&out);
    assert_int_equal(json_write(&out, long_one, &why), REFUSED);
    assert_string_equal(why.text, "an object of more than 8 bytes");
    json_decref(fits);
    json_decref(long_one);
    buf_release(&out);
}

/* ---- any value: written, read and written again it has the same bytes ---- */

static json_t *random_text(struct random *r)
{
    static const char *const pieces[] = {"a",    "Z",    "9",    "\"", "\\", "\n",
                                         "\x01", "\x1F", "\x7F", "é",  "ی",  "\xE2\x80\x8C",
                                         "😀",    "/",    " ",    ""};
    struct buf text;
    buf_init(&text, 1000);
    for (size_t n = random_below(r, 12); n; n--)
        buf_add_text(&text, pieces[random_below(r, COUNT_OF(pieces))]);
    if (random_below(r, 10) == 0)
        buf_add_byte(&text, 0);
    json_t *value = json_stringn(text.at ? text.at : "", text.len);
    buf_release(&text);
    return value;
}

static json_t *random_value(struct random *r, int depth)
{
    size_t kind = random_below(r, depth > 4 ? 5 : 7);
    json_t *value;
    switch (kind) {
    case 0:
        return json_null();
    case 1:
        return json_boolean(random_below(r, 2));
    case 2:
        return json_integer((json_int_t)(random_next(r) >> (11 + random_below(r, 50))));
    case 3:
        return json_integer(-(json_int_t)(random_next(r) >> (11 + random_below(r, 50))));
    case 4:
        return random_text(r);
    case 5:
        value = json_array();
        for (size_t n = random_below(r, 6); n; n--)
            json_append(value, random_value(r, depth + 1));
        return value;
    default:
        value = json_object();
        for (size_t n = random_below(r, 8); n; n--) {
            char key[8] = "";
            for (size_t i = 0, len = random_below(r, 7); i < len; i++)
                key[i] = "ab\x01\"\\zA_"[random_below(r, 8)];
            json_put_new(value, key, random_value(r, depth + 1));
        }
        return value;
    }
}

/* the same value, its members in the order of another day and blanks between */
static char *other_spelling(const json_t *value)
{
    return json_dumps(value, JSON_ENCODE_ANY | JSON_ENSURE_ASCII | JSON_INDENT(2));
}

static void any_value_has_one_canonical_spelling(void **state)
{
    struct random r = {7};
    (void)state;
    for (int round = 0; round < 2000; round++) {
        json_t *value = random_value(&r, 0), *back = NULL;
        struct buf once, twice;
        struct fault why;
        buf_init(&once, 1 << 20);
        buf_init(&twice, 1 << 20);
        assert_int_equal(json_write(&once, value, &why), OK);
        assert_int_equal(json_read_canonical(buf_str(&once), &back, &why), OK);
        assert_true(json_equal(value, back));
        assert_int_equal(json_write(&twice, back, &why), OK);
        assert_true(str_equal(buf_str(&once), buf_str(&twice)));
        json_decref(back);
        char *other = other_spelling(value);
        assert_int_equal(json_read(str_of(other), &back, &why), OK);
        buf_clear(&twice);
        assert_int_equal(json_write(&twice, back, &why), OK);
        assert_true(str_equal(buf_str(&once), buf_str(&twice)));
        json_decref(back);
        if (!str_equal(buf_str(&once), str_of(other)))
            assert_canonical(other, str_of(other), false);
        free(other);
        json_decref(value);
        buf_release(&once);
        buf_release(&twice);
    }
}

static void no_altered_bytes_pass_for_the_same_value(void **state)
{
    static const char seed[] = "{\"a\":[1,-20,\"x\\n\\u0000é\"],\"b\":{\"c\":null,\"d\":true},"
                               "\"e\":\"0123456789abcdef\"}";
    struct random r = {11};
    json_t *original;
    struct fault why;
    (void)state;
    assert_int_equal(json_read_canonical(str_of(seed), &original, &why), OK);
    for (int round = 0; round < 20000; round++) {
        char *bytes = mem_alloc(sizeof seed + 8);
        memcpy(bytes, seed, sizeof seed - 1);
        size_t len = random_mutate(&r, bytes, sizeof seed - 1, sizeof seed + 8);
        char *exact = mem_alloc(len);
        memcpy(exact, bytes, len);
        struct str altered = {exact, len};
        json_t *value = NULL;
        if (json_read_canonical(altered, &value, &why) == OK &&
            json_equal(value, original) != str_equal(altered, str_of(seed)))
            fail_msg("%.*s", STR_ARG(altered));
        json_decref(value);
        mem_free(exact);
        mem_free(bytes);
    }
    json_decref(original);
}

static void members_are_set_and_read(void **state)
{
    json_t *object = json_object();
    (void)state;
    json_put(object, "text", STR("گواه"));
    json_put(object, "none", STR_NONE);
    json_put_int(object, "count", 527);
    assert_int_equal(json_object_size(object), 2);
    assert_true(str_equal(json_text(object, "text"), STR("گواه")));
    assert_null(json_text(object, "count").at);
    assert_null(json_text(object, "missing").at);
    assert_null(json_text(NULL, "missing").at);
    json_decref(object);
}

static void broken_bytes_are_replaced(void **state)
{
    static const char *const cases[][2] = {
        {"\xFF", "\xEF\xBF\xBD"},
        {"a\xC3", "a\xEF\xBF\xBD"},
        {"\xE2\x82گ\xED\xA0\x80😀", "\xEF\xBF\xBD\xEF\xBF\xBDگ\xEF\xBF\xBD\xEF\xBF\xBD"
                                   "\xEF\xBF\xBD😀"},
        {"گواه", "گواه"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        json_t *object = json_object(), *array = json_array();
        json_put(object, "text", str_of(cases[i][0]));
        json_append_text(array, str_of(cases[i][0]));
        assert_string_equal(json_string_value(json_object_get(object, "text")), cases[i][1]);
        assert_string_equal(json_string_value(json_array_get(array, 0)), cases[i][1]);
        json_decref(object);
        json_decref(array);
    }
}

static int use_memory(void **state)
{
    (void)state;
    json_use_memory();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_spelling_of_each_value),
        cmocka_unit_test(depth_is_the_same_for_reading_and_writing),
        cmocka_unit_test(what_has_no_canonical_form_is_not_written),
        cmocka_unit_test(any_value_has_one_canonical_spelling),
        cmocka_unit_test(no_altered_bytes_pass_for_the_same_value),
        cmocka_unit_test(members_are_set_and_read),
        cmocka_unit_test(broken_bytes_are_replaced),
    };
    return cmocka_run_group_tests_name("base json", tests, use_memory, NULL);
}

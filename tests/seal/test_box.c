#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../base/random.h"
#include "seal/box.h"
#include "seal/sign.h"

static void a_box_opens_with_its_key_only(void **state)
{
    static const char *const texts[] = {"", "a", "the head of an archive"};
    struct stream_key key, other;
    (void)state;
    stream_key_new(&key);
    stream_key_new(&other);
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct buf box, again, opened;
        buf_init(&box, 1000);
        buf_init(&again, 1000);
        buf_init(&opened, 1000);
        box_seal(&key, str_of(texts[i]), &box);
        box_seal(&key, str_of(texts[i]), &again);
        assert_int_equal(box.len, 24 + strlen(texts[i]) + 16);
        assert_false(str_equal(buf_str(&box), buf_str(&again)));
        assert_true(box_open(&key, buf_str(&box), &opened));
        assert_true(str_equal(buf_str(&opened), str_of(texts[i])));
        buf_clear(&opened);
        assert_false(box_open(&other, buf_str(&box), &opened));
        assert_int_equal(opened.len, 0);
        for (size_t len = 0; len < box.len; len++)
            assert_false(box_open(&key, (struct str){box.at, len}, &opened));
        for (size_t bit = 0; bit < box.len * 8; bit++) {
            box.at[bit / 8] = (char)(box.at[bit / 8] ^ (1 << bit % 8));
            assert_false(box_open(&key, buf_str(&box), &opened));
            box.at[bit / 8] = (char)(box.at[bit / 8] ^ (1 << bit % 8));
        }
        buf_add_byte(&box, 0);
        assert_false(box_open(&key, buf_str(&box), &opened));
        assert_int_equal(opened.len, 0);
        buf_release(&box);
        buf_release(&again);
        buf_release(&opened);
    }
}

static void altered_boxes_never_open(void **state)
{
    struct random r = {23};
    struct stream_key key;
    struct buf box, opened;
    (void)state;
    stream_key_new(&key);
    buf_init(&box, 1000);
    buf_init(&opened, 1000);
    box_seal(&key, STR("{\"chain\":\"00\",\"commits\":3}"), &box);
    for (int round = 0; round < 5000; round++) {
        char *bytes = mem_alloc(box.len + 8);
        memcpy(bytes, box.at, box.len);
        size_t len = random_mutate(&r, bytes, box.len, box.len + 8);
        char *exact = mem_alloc(len);
        memcpy(exact, bytes, len);
        struct str altered = {exact, len};
        if (!str_equal(altered, buf_str(&box)))
            assert_false(box_open(&key, altered, &opened));
        mem_free(exact);
        mem_free(bytes);
    }
    buf_release(&box);
    buf_release(&opened);
}

static void base64_as_published(void **state)
{
    /* RFC 4648, section 10 */
    static const char *const cases[][2] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
        {"\xFB\xFF\xBF", "+/+/"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf out;
        buf_init(&out, 100);
        base64_write(&out, str_of(cases[i][0]));
        assert_true(str_equal(buf_str(&out), str_of(cases[i][1])));
        buf_clear(&out);
        assert_true(base64_read(&out, str_of(cases[i][1])));
        assert_true(str_equal(buf_str(&out), str_of(cases[i][0])));
        buf_release(&out);
    }
}

static void base64_has_one_spelling(void **state)
{
    static const char *const refused[] = {
        "Z",        "Zg",   "Zg=",  "Zh==", "Zm9=",  "Zg==\n", " Zg==",       "Z g==",     "Zg===",
        "Zg==Zg==", "-_-_", "====", "=",    "Zm9v=", "Zm9vYg", "Z\xC3\xA9==", "\xC3\xA9v9"};
    struct random r = {31};
    struct buf text, out;
    (void)state;
    buf_init(&text, 1000);
    buf_init(&out, 1000);
    for (size_t i = 0; i < COUNT_OF(refused); i++)
        if (base64_read(&out, str_of(refused[i])))
            fail_msg("\"%s\" is taken", refused[i]);
    assert_false(base64_read(&out, (struct str){"Zg==\0", 5}));
    for (int round = 0; round < 3000; round++) {
        char bytes[64], spelling[128];
        size_t size = random_below(&r, sizeof bytes);
        for (size_t i = 0; i < size; i++)
            bytes[i] = (char)random_next(&r);
        buf_clear(&text);
        base64_write(&text, (struct str){bytes, size});
        buf_clear(&out);
        assert_true(base64_read(&out, buf_str(&text)));
        assert_true(str_equal(buf_str(&out), (struct str){bytes, size}));
        if (!text.len)
            continue;
        memcpy(spelling, text.at, text.len);
        size_t len = random_mutate(&r, spelling, text.len, sizeof spelling);
        buf_clear(&out);
        if (!base64_read(&out, (struct str){spelling, len}))
            continue;
        buf_clear(&text);
        base64_write(&text, buf_str(&out));
        assert_true(str_equal(buf_str(&text), (struct str){spelling, len}));
    }
    buf_release(&text);
    buf_release(&out);
}

static void a_secret_is_overwritten(void **state)
{
    char secret[32];
    (void)state;
    memset(secret, 'x', sizeof secret);
    secret_forget(secret, sizeof secret);
    for (size_t i = 0; i < sizeof secret; i++)
        assert_int_equal(secret[i], 0);
}

static int start(void **state)
{
    (void)state;
    seal_start();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_box_opens_with_its_key_only), cmocka_unit_test(altered_boxes_never_open),
        cmocka_unit_test(base64_as_published),           cmocka_unit_test(base64_has_one_spelling),
        cmocka_unit_test(a_secret_is_overwritten),
    };
    return cmocka_run_group_tests_name("seal box", tests, start, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "seal/hash.h"

static void sha256_as_published(void **state)
{
    /* FIPS 180-2, appendix B; NIST CAVP SHA256ShortMsg for the odd ones */
    static const struct {
        const char *text;
        size_t repeat;
        const char *digits;
    } cases[] = {
        {"", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"a", 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
        {"\xD3", 1, "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1"},
        {"\x11\xAF", 1, "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        size_t len = strlen(cases[i].text);
        char *bytes = mem_alloc(len * cases[i].repeat);
        char digits[HASH_DIGITS + 1];
        struct hasher h;
        hasher_init(&h);
        for (size_t k = 0; k < cases[i].repeat; k++) {
            memcpy(bytes + k * len, cases[i].text, len);
            hasher_add(&h, str_of(cases[i].text));
            hasher_add(&h, STR_NONE);
        }
        struct hash whole = hash_of((struct str){bytes, len * cases[i].repeat});
        struct hash pieces = hasher_end(&h);
        hash_write(&whole, digits);
        assert_string_equal(digits, cases[i].digits);
        assert_true(hash_equal(&whole, &pieces));
        mem_free(bytes);
    }
}

static void hashes_compare_and_read_back(void **state)
{
    struct hash a = hash_of(STR("a")), b = hash_of(STR("b")), back, none = {0};
    char digits[HASH_DIGITS + 2];
    (void)state;
    assert_false(hash_equal(&a, &b));
    assert_int_equal(hash_compare(&a, &a), 0);
    assert_int_equal(hash_compare(&a, &b) < 0, hash_compare(&b, &a) > 0);
    assert_true(hash_is_none(&none));
    for (size_t i = 0; i < HASH_SIZE; i++) {
        struct hash one = {0};
        one.bytes[i] = 1;
        assert_false(hash_is_none(&one));
        assert_false(hash_equal(&one, &none));
    }
    hash_write(&a, digits);
    assert_true(hash_read(str_of(digits), &back));
    assert_true(hash_equal(&a, &back));
    assert_false(hash_read((struct str){digits, HASH_DIGITS - 1}, &back));
    digits[HASH_DIGITS] = '0';
    assert_false(hash_read((struct str){digits, HASH_DIGITS + 1}, &back));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_as_published),
        cmocka_unit_test(hashes_compare_and_read_back),
    };
    return cmocka_run_group_tests_name("seal hash", tests, NULL, NULL);
}

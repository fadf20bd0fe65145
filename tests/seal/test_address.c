#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "seal/address.h"
#include "seal/sign.h"

static struct hash id_of(uint8_t first)
{
    struct hash id;
    for (size_t i = 0; i < HASH_SIZE; i++)
        id.bytes[i] = (uint8_t)(first + i * 0x11);
    return id;
}

static void addresses_as_published(void **state)
{
    /* FIPS 197, appendix C.1: one block of AES-128 */
    struct address_key key;
    struct hash id = id_of(0);
    char address[ADDRESS_DIGITS + 1];
    (void)state;
    for (size_t i = 0; i < sizeof key.bytes; i++)
        key.bytes[i] = (uint8_t)i;
    address_hide(&key, &id, address);
    assert_string_equal(address, "69c4e0d86a7b0430d8cdb78070b4c55a");
}

static void addresses_lead_back_under_their_key_alone(void **state)
{
    struct address_key key, other;
    char address[ADDRESS_DIGITS + 1], again[ADDRESS_DIGITS + 1], digits[ADDRESS_DIGITS + 1];
    char whole[HASH_DIGITS + 1];
    (void)state;
    address_key_make(&key);
    address_key_make(&other);
    assert_memory_not_equal(&key, &other, sizeof key);
    for (int first = 0; first < 256; first++) {
        struct hash id = id_of((uint8_t)first);
        hash_write(&id, whole);
        address_hide(&key, &id, address);
        assert_true(address_show(&key, str_of(address), digits));
        assert_memory_equal(digits, whole, ADDRESS_DIGITS);
        assert_memory_not_equal(address, whole, ADDRESS_DIGITS);
        address_hide(&other, &id, again);
        assert_string_not_equal(address, again);
        assert_true(address_show(&other, str_of(address), digits));
        assert_memory_not_equal(digits, whole, ADDRESS_DIGITS);
    }
}

static void what_has_not_the_form_is_none(void **state)
{
    static const char *const cases[] = {
        "",
        "0123456789abcdef0123456789abcde",
        "0123456789abcdef0123456789abcdef0",
        "0123456789ABCDEF0123456789abcdef",
        "0123456789abcdef0123456789abcdeg",
        "../../../../../../../../../../..",
    };
    struct address_key key;
    char digits[ADDRESS_DIGITS + 1];
    (void)state;
    address_key_make(&key);
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_false(address_show(&key, str_of(cases[i]), digits));
    assert_true(address_show(&key, STR("0123456789abcdef0123456789abcdef"), digits));
}

static int start(void **state)
{
    (void)state;
    seal_start();
    return 0;
}

static struct buf sealed_words(const struct address_key *key, const char *words)
{
    struct buf out;
    buf_init(&out, 4096);
    address_seal(key, str_of(words), &out);
    return out;
}

static void words_open_under_their_key_alone(void **state)
{
    static const char *const cases[] = {"", "a", "Raouf", "\xd8\xb1\xd8\xa6\xd9\x88\xd9\x81 Evin*"};
    struct address_key key, other;
    (void)state;
    address_key_make(&key);
    address_key_make(&other);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf opened, sealed = sealed_words(&key, cases[i]);
        struct buf again = sealed_words(&key, cases[i]);
        buf_init(&opened, 4096);
        assert_true(address_open(&key, buf_str(&sealed), &opened));
        assert_true(str_equal(buf_str(&opened), str_of(cases[i])));
        assert_false(str_equal(buf_str(&sealed), buf_str(&again)));
        assert_int_equal(sealed.len, 2 * (24 + 64 + 16));
        assert_false(address_open(&other, buf_str(&sealed), &opened));
        sealed.at[90] ^= 1;
        assert_false(address_open(&key, buf_str(&sealed), &opened));
        buf_release(&again);
        buf_release(&sealed);
        buf_release(&opened);
    }
}

static void words_of_another_form_are_none(void **state)
{
    static const char *const cases[] = {"", "0", "00", "zz", "Raouf"};
    struct address_key key;
    struct buf opened;
    (void)state;
    address_key_make(&key);
    buf_init(&opened, 4096);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_false(address_open(&key, str_of(cases[i]), &opened));
    assert_int_equal(opened.len, 0);
    buf_release(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_as_published),
        cmocka_unit_test(addresses_lead_back_under_their_key_alone),
        cmocka_unit_test(what_has_not_the_form_is_none),
        cmocka_unit_test(words_open_under_their_key_alone),
        cmocka_unit_test(words_of_another_form_are_none),
    };
    return cmocka_run_group_tests_name("seal address", tests, start, NULL);
}

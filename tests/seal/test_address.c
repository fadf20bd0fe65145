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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_as_published),
        cmocka_unit_test(addresses_lead_back_under_their_key_alone),
        cmocka_unit_test(what_has_not_the_form_is_none),
    };
    return cmocka_run_group_tests_name("seal address", tests, start, NULL);
}

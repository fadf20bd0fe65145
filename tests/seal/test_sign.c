#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/hex.h"
#include "seal/sign.h"

/* RFC 8032, section 7.1, tests 1 to 3: seed and public key */
static const struct {
    const char *seed, *public_key;
} rfc8032[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"},
};

static void key_of(size_t i, struct signing_key *key)
{
    uint8_t seed[SECRET_SEED_SIZE];
    assert_true(hex_read(str_of(rfc8032[i].seed), seed, sizeof seed));
    signing_key_of_seed(seed, key);
}

static void public_keys_as_published(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rfc8032); i++) {
        struct signing_key key;
        char digits[PUBLIC_KEY_DIGITS + 1];
        key_of(i, &key);
        public_key_write(&key.public_key, digits);
        assert_string_equal(digits, rfc8032[i].public_key);
    }
}

/* Ed25519 is deterministic; these were made with OpenSSL's Ed25519 over context, NUL, bytes */
static void signatures_as_another_implementation_makes_them(void **state)
{
    static const struct {
        size_t key;
        const char *context, *bytes, *signature;
    } cases[] = {
        {0, "govah commit 1", "",
         "544cc3c3357aa79a9eca18476edcca931fbf732e63e03ac264bad24cda82e4f8"
         "c66b7d658e1ece51f95f5810eea7b3a1b870c3c2d49e0f92f5dc145fd1818c02"},
        {1, "govah commit 1", "r",
         "74c0bace0252a568a9982ccb1a60144eb018c63da6a9a639e2b5dd8e67ba153f"
         "33fe56988472ed1b268b161449188809566b84bfb478d60f519b975321afef01"},
        {2, "", "abc",
         "65358c4c8461c263e0095614dd1906e6ebf541eb6d114e47e9c5ede634b0dd20"
         "934ae2cc1c3b1a75de47cf90e1af8f134fe0b5829c662af7d0ef054f4f208e05"},
        {0, "govah head 1", "{\"kind\":\"head\"}",
         "f88a3b2a7ca3c9943f320d0d3379fcb8d2cd2688d3523ae6d4c2a258c753bf6f"
         "8e9bc53ff7f92180beb0a12f7a2564b381b655797d7507a3b07ea4fe2e570d01"},
        {2, "govah export 1", "گواه",
         "a911e9b4a665af3cfb7ad2defaa413c6252a1f8ca9af77dffd9f59b60d380401"
         "453c67d59894cfd9f1742ca0e4d4160dd51662cc2de0a12113da656e00b7d30b"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct signing_key key;
        char digits[2 * SIGNATURE_SIZE + 1];
        key_of(cases[i].key, &key);
        struct signature got = sign_bytes(&key, cases[i].context, str_of(cases[i].bytes));
        hex_write(got.bytes, SIGNATURE_SIZE, digits);
        assert_string_equal(digits, cases[i].signature);
        assert_true(sign_verify(&key.public_key, cases[i].context, str_of(cases[i].bytes), &got));
    }
}

static void a_signature_fits_nothing_else(void **state)
{
    struct signing_key key, other;
    struct str text = STR("the text");
    (void)state;
    key_of(0, &key);
    key_of(1, &other);
    struct signature good = sign_bytes(&key, "purpose", text);
    assert_true(sign_verify(&key.public_key, "purpose", text, &good));
    assert_false(sign_verify(&other.public_key, "purpose", text, &good));
    assert_false(sign_verify(&key.public_key, "purpos", text, &good));
    assert_false(sign_verify(&key.public_key, "purpose 2", text, &good));
    assert_false(sign_verify(&key.public_key, "", text, &good));
    assert_false(sign_verify(&key.public_key, "purpose", STR("the tex"), &good));
    assert_false(sign_verify(&key.public_key, "purpose", STR("the text "), &good));
    assert_false(sign_verify(&key.public_key, "purpose", STR_NONE, &good));
    for (size_t bit = 0; bit < SIGNATURE_SIZE * 8; bit++) {
        struct signature bad = good;
        bad.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_false(sign_verify(&key.public_key, "purpose", text, &bad));
    }
    for (size_t bit = 0; bit < PUBLIC_KEY_SIZE * 8; bit++) {
        struct public_key bad = key.public_key;
        bad.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_false(sign_verify(&bad, "purpose", text, &good));
    }
    struct public_key zero = {0};
    struct signature empty = {0};
    assert_false(sign_verify(&zero, "purpose", text, &empty));
}

/* S + L verifies with a careless implementation (RFC 8032, section 5.1.7) */
static void a_signature_has_one_spelling(void **state)
{
    static const uint8_t order[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58,       0xd6,
                                      0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, [31] = 0x10};
    struct signing_key key;
    unsigned carry = 0;
    (void)state;
    key_of(0, &key);
    struct signature twin = sign_bytes(&key, "purpose", STR("text"));
    for (size_t i = 0; i < 32; i++) {
        carry += (unsigned)twin.bytes[32 + i] + order[i];
        twin.bytes[32 + i] = (uint8_t)carry;
        carry >>= 8;
    }
    assert_false(sign_verify(&key.public_key, "purpose", STR("text"), &twin));
}

static void new_keys_differ_and_are_forgotten(void **state)
{
    struct signing_key a, b;
    struct public_key back;
    char digits[PUBLIC_KEY_DIGITS + 1];
    static const struct signing_key nothing;
    (void)state;
    signing_key_new(&a);
    signing_key_new(&b);
    assert_false(public_key_equal(&a.public_key, &b.public_key));
    public_key_write(&a.public_key, digits);
    assert_true(public_key_read(str_of(digits), &back));
    assert_true(public_key_equal(&a.public_key, &back));
    digits[0] = 'G';
    assert_false(public_key_read(str_of(digits), &back));
    struct signature s = sign_bytes(&a, "c", STR_NONE);
    assert_true(sign_verify(&a.public_key, "c", STR_NONE, &s));
    signing_key_forget(&a);
    assert_memory_equal(&a, &nothing, sizeof a);
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
        cmocka_unit_test(public_keys_as_published),
        cmocka_unit_test(signatures_as_another_implementation_makes_them),
        cmocka_unit_test(a_signature_fits_nothing_else),
        cmocka_unit_test(a_signature_has_one_spelling),
        cmocka_unit_test(new_keys_differ_and_are_forgotten),
    };
    return cmocka_run_group_tests_name("seal sign", tests, start, NULL);
}

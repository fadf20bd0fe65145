#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../base/random.h"
#include "record/hash_set.h"

/* few different first bytes, so that many ids want the same slot */
static struct hash crowded(size_t number)
{
    struct hash id = {0};
    id.bytes[0] = (uint8_t)(number % 3);
    memcpy(id.bytes + 8, &number, sizeof number);
    id.bytes[31] = 1;
    return id;
}

static void a_set_holds_what_was_added(void **state)
{
    enum { NUMBERS = 2000 };
    struct random r = {13};
    (void)state;
    for (int way = 0; way < 2; way++) {
        struct hash_set s;
        bool *in = mem_alloc(NUMBERS * sizeof *in);
        size_t count = 0;
        hash_set_init(&s);
        for (int round = 0; round < 6000; round++) {
            size_t number = random_below(&r, NUMBERS);
            struct hash id =
                way ? crowded(number) : hash_of((struct str){(char *)&number, sizeof number});
            assert_int_equal(hash_set_has(&s, &id), in[number]);
            if (random_below(&r, 3))
                continue;
            assert_int_equal(hash_set_add(&s, &id), !in[number]);
            count += !in[number];
            in[number] = true;
            assert_true(hash_set_has(&s, &id));
            assert_int_equal(s.count, count);
        }
        for (size_t number = 0; number < NUMBERS; number++) {
            struct hash id =
                way ? crowded(number) : hash_of((struct str){(char *)&number, sizeof number});
            assert_int_equal(hash_set_has(&s, &id), in[number]);
        }
        assert_true(count > 500);
        hash_set_release(&s);
        assert_int_equal(s.count, 0);
        mem_free(in);
    }
}

static void an_empty_set_has_nothing(void **state)
{
    struct hash_set s;
    struct hash id = hash_of(STR("x"));
    (void)state;
    hash_set_init(&s);
    assert_false(hash_set_has(&s, &id));
    assert_true(hash_set_add(&s, &id));
    hash_set_release(&s);
    assert_false(hash_set_has(&s, &id));
    hash_set_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_holds_what_was_added),
        cmocka_unit_test(an_empty_set_has_nothing),
    };
    return cmocka_run_group_tests_name("record hash set", tests, NULL, NULL);
}

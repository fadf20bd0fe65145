/* Whose entry of a list a mention belongs to, and entries written and read back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../base/random.h"
#include "store/entries_int.h"

static const char text[] = "Above: Ali Karimi, Sara Rad.\n"
                           "Ali Karimi | 22 | with Sara Rad and Omid Taj\n"
                           "Ali Karimi | 54 | with Omid Taj\n"
                           "Sara Rad | 31 | Ali Karimi saw it\n"
                           "? | - | Sara Rad\n"
                           "Below: Omid Taj.\n";

static struct span nth(const char *word, size_t n)
{
    const char *at = text;
    while ((at = strstr(at, word)) && n--)
        at++;
    assert_non_null(at);
    return (struct span){(size_t)(at - text), (size_t)(at - text) + strlen(word)};
}

static struct span line(size_t n)
{
    const char *at = text;
    while (n--)
        at = strchr(at, '\n') + 1;
    return (struct span){(size_t)(at - text), (size_t)(strchr(at, '\n') - text)};
}

static void a_mention_is_of_an_entry(void **state)
{
    struct list_entry entries[] = {{line(1), nth("Ali Karimi", 1)},
                                   {line(2), nth("Ali Karimi", 2)},
                                   {line(3), nth("Sara Rad", 2)},
                                   {line(4), {0, 0}}};
    static const struct {
        const char *name, *key;
        size_t nth, entry;
    } cases[] = {
        {"Ali Karimi", "ali karimi", 0, 0}, /* two have it */
        {"Sara Rad", "sara rad", 0, 3},     /* one alone has it */
        {"Ali Karimi", "ali karimi", 1, 1}, {"Ali Karimi", "ali karimi", 2, 2},
        {"Sara Rad", "sara rad", 1, 1}, /* a namesake, beside Ali */
        {"Omid Taj", "omid taj", 0, 0}, /* nobody's own name: one person */
        {"Omid Taj", "omid taj", 1, 0},     {"Sara Rad", "sara rad", 2, 3},
        {"Ali Karimi", "ali karimi", 3, 3}, /* a namesake, beside Sara */
        {"Sara Rad", "sara rad", 3, 4},     /* in the entry of nobody known */
        {"Omid Taj", "omid taj", 2, 0},
    };
    struct entry_book book;
    struct arena arena;
    (void)state;
    arena_init(&arena);
    entry_book_make(&book, str_of(text), entries, COUNT_OF(entries), &arena);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct span at = nth(cases[i].name, cases[i].nth);
        assert_int_equal(entry_of_mention(&book, &at, str_of(cases[i].key)), cases[i].entry);
    }
    arena_release(&arena);
}

static void a_text_without_entries_has_none(void **state)
{
    struct entry_book book;
    struct arena arena;
    struct span at = nth("Ali Karimi", 0);
    (void)state;
    arena_init(&arena);
    entry_book_make(&book, str_of(text), NULL, 0, &arena);
    assert_int_equal(entry_of_mention(&book, &at, STR("ali karimi")), 0);
    assert_int_equal(entries_write(NULL, 0, &arena).len, 0);
    arena_release(&arena);
}

enum { ENTRIES = 500 };

static void what_is_written_is_read(void **state)
{
    struct random random = {7};
    struct list_entry all[ENTRIES], *read;
    struct arena arena;
    size_t at = 0, count;
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < ENTRIES; i++) {
        size_t from = at + random_below(&random, 300);
        size_t name = from > 1000 && i % 7 == 0 ? from - 900 : from + random_below(&random, 9);
        at = from + 10 + random_below(&random, 40000);
        all[i] = (struct list_entry){{from, at}, {name, name + 1 + random_below(&random, 200)}};
        if (i % 5 == 0)
            all[i].name = (struct span){0, 0};
    }
    struct str bytes = entries_write(all, ENTRIES, &arena);
    assert_true(entries_read(bytes, &arena, &read, &count));
    assert_int_equal(count, ENTRIES);
    for (size_t i = 0; i < ENTRIES; i++) {
        assert_int_equal(read[i].at.from, all[i].at.from);
        assert_int_equal(read[i].at.to, all[i].at.to);
        assert_int_equal(read[i].name.from, all[i].name.from);
        assert_int_equal(read[i].name.to, all[i].name.to);
    }
    arena_release(&arena);
}

static void what_is_damaged_is_not_read(void **state)
{
    static const char *const damaged[] = {
        "\x81",                                 /* a number without its end */
        "\x01\x05",                             /* an entry without its name */
        "\x01\x05\x03",                         /* a name without its place */
        "\x01\x05\x03\x09",                     /* a name before the text */
        "\x81\x81\x81\x81\x81\x81\x81\x01\x05", /* no number of a text's */
    };
    struct list_entry *read;
    struct arena arena;
    size_t count;
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(damaged); i++)
        assert_false(entries_read(str_of(damaged[i]), &arena, &read, &count));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mention_is_of_an_entry),
        cmocka_unit_test(a_text_without_entries_has_none),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(what_is_damaged_is_not_read),
    };
    return cmocka_run_group_tests_name("entries", tests, NULL, NULL);
}

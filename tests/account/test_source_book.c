#include "account/source_book.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/data.h"
#include "text/fold.h"

#define FILE_OF(path, text)                                                                        \
    {                                                                                              \
        path,                                                                                      \
        {                                                                                          \
            text, sizeof text - 1                                                                  \
        }                                                                                          \
    }

static const struct data_file files[] = {
    FILE_OF("account/sources/xx.tsv", "class\tspeaks_for\tforms\twords\n"
                                      "independent\tNorthern Monitor\tMonitor News|MN\n"
                                      "un\t\tUnited Bodies\tunited bodies|special envoy\n"
                                      "official\t\t\tministry|the government\n"
                                      "official\t\tState Wire\n"
                                      "unnamed\t\tright groups|some right groups\n"),
    FILE_OF("country/xx/institutions.tsv",
            "class\tkind\tvalue\tforms\n"
            "institution\t\tadvocate\tNorthern Monitor|Monitor of the North\n"
            "institution\t\tjournalist\tMonitor News|News of the Monitor\n"
            "institution\t\tjournalist\tState Wire|Wire\n"
            "institution\t\tofficial\tCourt of Xx\n"),
    FILE_OF("country/world/institutions.tsv", "class\tkind\tvalue\tforms\n"
                                              "institution\t\tofficial\tCourt of Yy\n"),
    FILE_OF("country/xx/officials.tsv", "class\tkind\tvalue\tforms\n"
                                        "person\t\tofficial\tBehnam Karami|Karami\n"),
    FILE_OF("lang/xx/attribution.tsv", "class\tkind\tvalue\tforms\n"
                                       "say\t\t\tsaid\n"
                                       "group\t\t\tthe government|monitor|eyewitnesses\n"),
};

static struct source_book *book_of(struct arena *arena, const struct data_file *of, size_t count)
{
    struct source_book *book;
    struct fault why = {0};
    if (source_book_read(of, count, arena, &book, &why) != OK)
        fail_msg("%s", why.text);
    return book;
}

static const struct {
    const char *name, *same_as; /* NULL: its own */
    enum source_class class;
} names[] = {
    {"Northern Monitor", NULL, SOURCE_INDEPENDENT},
    {"Monitor of the North", "Northern Monitor", SOURCE_INDEPENDENT},
    {"Monitor News", "Northern Monitor", SOURCE_INDEPENDENT},
    {"News of the Monitor", "Northern Monitor", SOURCE_INDEPENDENT},
    {"MN", "Northern Monitor", SOURCE_INDEPENDENT},
    {"Wire", "State Wire", SOURCE_OFFICIAL},
    {"Court of Xx", NULL, SOURCE_OFFICIAL},
    {"Court of Yy", NULL, SOURCE_OTHER},
    {"a judge of the Court of Xx", NULL, SOURCE_OFFICIAL},
    {"The government", NULL, SOURCE_OFFICIAL},
    {"a spokesman of the ministry in the capital", NULL, SOURCE_OFFICIAL},
    {"the special envoy of the ministry", NULL, SOURCE_UN},
    {"Karami", "Behnam Karami", SOURCE_OFFICIAL},
    {"Leila Karami", NULL, SOURCE_UNKNOWN},
    {"right groups", NULL, SOURCE_UNNAMED},
    {"monitor", NULL, SOURCE_UNNAMED},
    {"Harbour monitor", NULL, SOURCE_UNKNOWN},
    {"eyewitnesses", NULL, SOURCE_UNNAMED},
    {"Somebody Else", NULL, SOURCE_UNKNOWN},
    {"", NULL, SOURCE_UNKNOWN},
};

static void names_are_known(void **unused)
{
    (void)unused;
    struct arena arena;
    arena_init(&arena);
    const struct source_book *book = book_of(&arena, files, COUNT_OF(files));
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct str folded = fold_text(&arena, str_of(names[i].name));
        struct known_source known = source_book_find(book, folded);
        struct str same =
            fold_text(&arena, str_of(names[i].same_as ? names[i].same_as : names[i].name));
        if (!str_equal(known.key, same) || known.class != names[i].class)
            fail_msg("%s is %.*s, %s", names[i].name, STR_ARG(known.key),
                     source_class_name(known.class));
    }
    arena_release(&arena);
}

static void bad_tables_are_refused(void **unused)
{
    (void)unused;
    static const struct {
        struct data_file file;
        const char *said;
    } bad[] = {
        {FILE_OF("account/sources/xx.tsv", "class\tspeaks_for\tforms\twords\nking\t\tA\n"),
         "line 2: no class of sources is called \"king\""},
        {FILE_OF("account/sources/xx.tsv", "class\tspeaks_for\tforms\twords\nun\n"),
         "line 2: a row without forms"},
        {FILE_OF("account/sources/xx.tsv", "class\tforms\n"), "account/sources/xx.tsv"},
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct arena arena;
        struct source_book *book;
        struct fault why = {0};
        arena_init(&arena);
        assert_int_equal(source_book_read(&bad[i].file, 1, &arena, &book, &why), REFUSED);
        if (!strstr(why.text, bad[i].said))
            fail_msg("%s", why.text);
        arena_release(&arena);
    }
}

/* Speakers who speak for each other end somewhere. */
static void a_circle_of_speakers_ends(void **unused)
{
    (void)unused;
    static const struct data_file circle[] = {FILE_OF(
        "account/sources/xx.tsv", "class\tspeaks_for\tforms\twords\npress\tB\tA\npress\tA\tB\n")};
    struct arena arena;
    arena_init(&arena);
    const struct source_book *book = book_of(&arena, circle, 1);
    assert_true(source_book_find(book, STR("a")).key.len == 1);
    assert_true(source_book_find(book, STR("b")).key.len == 1);
    arena_release(&arena);
}

/* What the five reports and the examples rest on. */
static void the_book_that_is_built_in(void **unused)
{
    (void)unused;
    static const struct {
        const char *a, *b;
        enum source_class class;
    } same[] = {
        {"HRANA", "Human Rights Activists in Iran", SOURCE_INDEPENDENT},
        {"هرانا", "HRANA", SOURCE_INDEPENDENT},
        {"عفو بین‌الملل", "Amnesty International", SOURCE_INDEPENDENT},
        {"OHCHR", "UN human rights", SOURCE_UN},
        {"ایرنا", "IRNA", SOURCE_OFFICIAL},
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT_OF(same); i++) {
        struct known_source a =
            source_book_find(source_book(), fold_text(&arena, str_of(same[i].a)));
        struct known_source b =
            source_book_find(source_book(), fold_text(&arena, str_of(same[i].b)));
        if (!str_equal(a.key, b.key) || a.class != same[i].class)
            fail_msg("%s: %.*s, %s", same[i].a, STR_ARG(a.key), source_class_name(a.class));
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_known),
        cmocka_unit_test(bad_tables_are_refused),
        cmocka_unit_test(a_circle_of_speakers_ends),
        cmocka_unit_test(the_book_that_is_built_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

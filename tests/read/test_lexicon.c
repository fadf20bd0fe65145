/* The tables of the lexicon: what is refused, with file and line; what is found. This program
 * brings a data table of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/data.h"
#include "read/lexicon_int.h"
#include "read/token.h"

#define TABLE(path, text)                                                                          \
    {                                                                                              \
        path,                                                                                      \
        {                                                                                          \
            text, sizeof(text) - 1                                                                 \
        }                                                                                          \
    }

const struct data_file data_files[] = {
    TABLE("lang/xx/class.tsv", "class\tkind\tvalue\tforms\n# a comment\nverbose\t\t\tword\n"),
    TABLE("lang/xx/empty.tsv", "class\tkind\tvalue\tforms\nverb\t\t\t\n"),
    TABLE("lang/xx/form.tsv", "class\tkind\tvalue\tforms\nverb\t\t\tgoes||went\n"),
    TABLE("lang/xx/good.tsv", "class\tkind\tvalue\tforms\nnumber\t\t3\tthree\n"
                              "event\tnoun\texecuted\tmass execution|execution\n"),
    TABLE("lang/xx/header.tsv", "class\tvalue\tforms\n"),
    TABLE("lang/xx/kind.tsv", "class\tkind\tvalue\tforms\nverb\n\nverb\tloud\t\tword\n"),
    TABLE("lang/xx/number.tsv", "class\tkind\tvalue\tforms\nnumber\t\tthree\tthree\n"),
};
const size_t data_files_count = COUNT_OF(data_files);

static void names_file_and_line(void **state)
{
    (void)state;
    static const struct {
        const char *path, *place, *word;
    } cases[] = {
        {"lang/xx/class.tsv", "data/lang/xx/class.tsv, line 3", "verbose"},
        {"lang/xx/empty.tsv", "data/lang/xx/empty.tsv, line 2", "verb"},
        {"lang/xx/form.tsv", "data/lang/xx/form.tsv, line 2", "goes||went"},
        {"lang/xx/header.tsv", "data/lang/xx/header.tsv, line 1", "kind"},
        {"lang/xx/kind.tsv", "data/lang/xx/kind.tsv, line 2", "verb"},
        {"lang/xx/number.tsv", "data/lang/xx/number.tsv, line 2", "three"},
        {"lang/xx/absent.tsv", "data/lang/xx/absent.tsv", "missing"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct fault why = {0};
        struct lexicon *l = lexicon_empty();
        assert_int_not_equal(lexicon_add_table(l, cases[i].path, &why), OK);
        struct str text = str_of(why.text);
        if (str_find(text, str_of(cases[i].place), 0) == SIZE_MAX ||
            str_find(text, str_of(cases[i].word), 0) == SIZE_MAX)
            fail_msg("%s: \"%s\"", cases[i].path, why.text);
        lexicon_free(l);
    }
}

static void refuses_all_for_one(void **state)
{
    (void)state;
    struct lexicon *l = NULL;
    struct fault why = {0};
    assert_int_equal(lexicon_new(&l, &why), REFUSED);
    assert_null(l);
}

static void finds_phrases(void **state)
{
    (void)state;
    struct lexicon *l = lexicon_empty();
    struct fault why;
    struct arena arena;
    struct tokens t;
    const struct entry *entry = NULL;
    size_t end = 0;
    arena_init(&arena);
    assert_int_equal(lexicon_add_table(l, "lang/xx/good.tsv", &why), OK);
    lexicon_link(l);
    tokens_cut(l, STR("Three MASS executions, a mass execution"), &arena, &t);
    assert_true(token_is(&t, 0, WORD_NUMBER, &entry, &end));
    assert_int_equal(entry->number, 3);
    assert_false(token_is(&t, 1, WORD_EVENT, NULL, NULL));
    assert_true(token_is(&t, 5, WORD_EVENT, &entry, &end));
    assert_int_equal(end, 7);
    assert_true(token_is(&t, 6, WORD_EVENT, NULL, NULL));
    assert_true(token_is_before(&t, 7, WORD_EVENT, &entry, &end));
    assert_int_equal(end, 5);
    arena_release(&arena);
    lexicon_free(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_file_and_line),
        cmocka_unit_test(refuses_all_for_one),
        cmocka_unit_test(finds_phrases),
    };
    return cmocka_run_group_tests_name("lexicon", tests, NULL, NULL);
}

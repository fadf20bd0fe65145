#include "publish/catalogue.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { ROOM = 4096 };

#define HEADER(forms) "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: " forms "\n"
#define FORMS "nplurals=2; plural=n != 1;"

/* a text and its translation, with their NULs inside */
struct said {
    struct str original, translation;
};

struct file {
    char bytes[ROOM];
    size_t len;
};

static void put_word(struct file *f, size_t at, size_t word)
{
    for (size_t i = 0; i < 4; i++)
        f->bytes[at + i] = (char)(word >> 8 * i);
}

static void put_text(struct file *f, size_t entry, struct str text)
{
    put_word(f, entry, text.len);
    put_word(f, entry + 4, f->len);
    memcpy(f->bytes + f->len, text.at, text.len);
    f->bytes[f->len + text.len] = '\0';
    f->len += text.len + 1;
}

static struct str file_make(struct file *f, const struct said *texts, size_t count)
{
    *f = (struct file){.len = 28 + 16 * count};
    put_word(f, 0, 0x950412de);
    put_word(f, 8, count);
    put_word(f, 12, 28);
    put_word(f, 16, 28 + 8 * count);
    for (size_t i = 0; i < count; i++) {
        put_text(f, 28 + 8 * i, texts[i].original);
        put_text(f, 28 + 8 * (count + i), texts[i].translation);
    }
    return (struct str){f->bytes, f->len};
}

static struct str made(struct file *f, const char *forms)
{
    struct str header = forms ? str_of(forms) : STR(HEADER(FORMS));
    struct said texts[] = {
        {STR(""), header}, {STR("Hello"), STR("سلام")}, {STR("{} day\0{} days"), STR("یک\0چند")}};
    return file_make(f, texts, COUNT_OF(texts));
}

static void texts_are_found(void **state)
{
    (void)state;
    struct file f;
    struct catalogue c;
    assert_int_equal(catalogue_open(made(&f, NULL), &c, NULL), OK);
    assert_true(str_equal(catalogue_find(&c, STR("Hello")), STR("سلام")));
    assert_int_equal(catalogue_find(&c, STR("Hell")).len, 0);
    assert_int_equal(catalogue_find(&c, STR("Hello!")).len, 0);
    assert_int_equal(catalogue_find(&c, STR("")).len, 0);
    assert_true(str_equal(catalogue_find(&c, STR("{} day")), STR("یک")));
}

static const struct {
    const char *forms;
    const char *zero, *one, *two; /* NULL: refused */
} rules[] = {
    {HEADER("nplurals=2; plural=n != 1;"), "چند", "یک", "چند"},
    {HEADER("nplurals=2; plural=(n > 1);"), "یک", "یک", "چند"},
    {HEADER("nplurals=1; plural=0;"), NULL, NULL, NULL},
    {HEADER("nplurals=2; plural=n%10;"), NULL, NULL, NULL},
    {HEADER("nplurals=3; plural=n != 1;"), NULL, NULL, NULL},
    {"Content-Type: text/plain; charset=UTF-8\n", NULL, NULL, NULL},
    {"Content-Type: text/plain; charset=ISO-8859-6\nPlural-Forms: " FORMS "\n", NULL, NULL, NULL},
};

static void plurals_follow_the_rule(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rules); i++) {
        struct file f;
        struct catalogue c;
        enum outcome result = catalogue_open(made(&f, rules[i].forms), &c, NULL);
        assert_int_equal(result, rules[i].zero ? OK : DAMAGED);
        if (result != OK)
            continue;
        const char *expected[] = {rules[i].zero, rules[i].one, rules[i].two};
        for (int64_t n = 0; n < 3; n++)
            assert_true(str_equal(catalogue_find_count(&c, STR("{} day"), n), str_of(expected[n])));
    }
}

static void one_form_is_enough_where_nothing_counts(void **state)
{
    (void)state;
    struct file f;
    struct catalogue c;
    struct said texts[] = {{STR(""), STR(HEADER("nplurals=1; plural=0;"))},
                           {STR("{} day\0{} days"), STR("روز")}};
    assert_int_equal(catalogue_open(file_make(&f, texts, 2), &c, NULL), OK);
    assert_true(str_equal(catalogue_find_count(&c, STR("{} day"), 7), STR("روز")));
}

static void damage_is_refused(void **state)
{
    (void)state;
    struct file f;
    struct catalogue c;
    struct said unsorted[] = {
        {STR(""), STR(HEADER(FORMS))}, {STR("b"), STR("1")}, {STR("a"), STR("2")}};
    struct said twice[] = {
        {STR(""), STR(HEADER(FORMS))}, {STR("a"), STR("1")}, {STR("a"), STR("2")}};
    struct said invalid[] = {{STR(""), STR(HEADER(FORMS))}, {STR("a"), STR("\xC3(")}};
    struct said headless[] = {{STR("a"), STR("1")}};
    assert_int_equal(catalogue_open(file_make(&f, unsorted, 3), &c, NULL), DAMAGED);
    assert_int_equal(catalogue_open(file_make(&f, twice, 3), &c, NULL), DAMAGED);
    assert_int_equal(catalogue_open(file_make(&f, invalid, 2), &c, NULL), DAMAGED);
    assert_int_equal(catalogue_open(file_make(&f, headless, 1), &c, NULL), DAMAGED);
    assert_int_equal(catalogue_open(file_make(&f, headless, 0), &c, NULL), DAMAGED);
    assert_int_equal(catalogue_open(STR_NONE, &c, NULL), DAMAGED);
}

static void what_is_cut_off_is_refused(void **state)
{
    (void)state;
    struct file f;
    struct str whole = made(&f, NULL);
    for (size_t len = 0; len < whole.len; len++) {
        struct catalogue c;
        char *cut = str_dup(str_slice(whole, 0, len));
        assert_int_equal(catalogue_open((struct str){cut, len}, &c, NULL), DAMAGED);
        mem_free(cut);
    }
}

static void walk(const struct catalogue *c)
{
    assert_true(catalogue_find(c, STR("Hello")).len <= c->bytes.len);
    assert_true(catalogue_find_count(c, STR("{} day"), 2).len <= c->bytes.len);
}

/* what passes after a bit was flipped is still safe to look into: the sanitizers watch */
static void flipped_bits_are_refused_or_harmless(void **state)
{
    (void)state;
    struct file f;
    struct str whole = made(&f, NULL);
    size_t refused = 0;
    char *copy = mem_alloc(whole.len);
    for (size_t bit = 0; bit < whole.len * 8; bit++) {
        struct catalogue c;
        memcpy(copy, whole.at, whole.len);
        copy[bit / 8] = (char)(copy[bit / 8] ^ 1 << bit % 8);
        if (catalogue_open((struct str){copy, whole.len}, &c, NULL) == OK)
            walk(&c);
        else
            refused++;
    }
    mem_free(copy);
    assert_in_range(refused, 28, whole.len * 8);
}

static void catalogues_of_the_program_are_sound(void **state)
{
    (void)state;
    assert_int_not_equal(catalogue_files_count, 0);
    for (size_t i = 0; i < catalogue_files_count; i++) {
        struct catalogue c;
        assert_int_equal(catalogue_open(catalogue_files[i].bytes, &c, NULL), OK);
        assert_in_range(c.count, 10, 100000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_found),
        cmocka_unit_test(plurals_follow_the_rule),
        cmocka_unit_test(one_form_is_enough_where_nothing_counts),
        cmocka_unit_test(damage_is_refused),
        cmocka_unit_test(what_is_cut_off_is_refused),
        cmocka_unit_test(flipped_bits_are_refused_or_harmless),
        cmocka_unit_test(catalogues_of_the_program_are_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

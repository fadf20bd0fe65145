#include "account/corroboration.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "told.h"

/* What documents say of one person's birth, each in a text of its own. */
enum { TEXTS = 4 };

static const char *const published[TEXTS] = {"2021", "2021", "2021", "2021"};
static const struct span named = {0, 6};

static struct statement birth(struct hash text, const char *date)
{
    return (struct statement){.text = text,
                              .quote = named,
                              .form = FORM_FACT,
                              .fact = {.subject = STR("Sara Karimi"),
                                       .subject_at = named,
                                       .subject_kind = STR("person"),
                                       .property = STR("birth_date"),
                                       .value = str_of(date)}};
}

static void a_date_is_contradicted_by_what_it_does_not_hold(void **state)
{
    static const char *const dates[TEXTS] = {"1990", "1990-05-12", "1990-05", "1991-05-12"};
    struct hash texts[TEXTS];
    (void)state;
    struct archive *a = fixture_make("births", NULL);
    told_texts(a, published, texts, TEXTS);
    for (size_t i = 0; i < TEXTS; i++) {
        const struct statement s = birth(texts[i], dates[i]);
        told_decide(a, &s, VERDICT_ACCEPT);
        if (i)
            told_join(a, &texts[i - 1], &texts[i], named, VERDICT_SAME);
    }
    for (size_t i = 0; i < TEXTS; i++) {
        const struct statement s = birth(texts[i], dates[i]);
        struct hash id = statement_id(&s);
        char digits[HASH_DIGITS + 1];
        struct statement_view view;
        struct corroborated found;
        bool last = i == TEXTS - 1;
        hash_write(&id, digits);
        assert_int_equal(archive_statement(a, str_of(digits), &told_arena, &view, NULL), OK);
        assert_int_equal(corroboration_read(a, &view, NULL, 0, &told_arena, &found, NULL), OK);
        assert_int_equal(found.status, CORROBORATION_DISPUTED);
        assert_int_equal(found.count, last ? TEXTS - 1 : 1);
        for (size_t k = 0; k < found.count; k++)
            assert_int_equal(found.others[k].relation, OTHER_CONTRADICTS);
    }
    archive_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_date_is_contradicted_by_what_it_does_not_hold),
    };
    return cmocka_run_group_tests_name("corroboration", tests, told_begin, told_end);
}

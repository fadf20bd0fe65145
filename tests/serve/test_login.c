#include "serve/login.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct str text_of(const char token[TOKEN_DIGITS + 1])
{
    return (struct str){token, TOKEN_DIGITS};
}

static struct str cookie_of(const char *name, const char *value, char out[128])
{
    snprintf(out, 128, "other=1; %s=%s", name, value);
    return str_of(out);
}

static void a_key_opens_one_session(void **state)
{
    (void)state;
    char key[TOKEN_DIGITS + 1], session[TOKEN_DIGITS + 1], again[TOKEN_DIGITS + 1] = "";
    char header[128];
    struct login *login = login_new(8080, &(struct preferences){0}, key);
    assert_string_equal(login_cookie(login), "govah-8080");
    assert_int_equal(login_exchange(login, STR("no key"), session), LOGIN_WRONG);
    assert_int_equal(login_exchange(login, text_of(key), session), LOGIN_DONE);
    assert_int_equal(login_exchange(login, text_of(key), again), LOGIN_STOLEN);
    assert_string_equal(again, "");
    assert_string_not_equal(key, session);
    assert_true(login_holds(login, cookie_of("govah-8080", session, header)));
    assert_false(login_holds(login, cookie_of("govah-8081", session, header)));
    assert_false(login_holds(login, cookie_of("govah-8080", key, header)));
    assert_false(login_holds(login, STR("")));
    for (size_t i = 0; i < TOKEN_DIGITS; i++) {
        char other[TOKEN_DIGITS + 1];
        memcpy(other, session, sizeof other);
        other[i] = other[i] == '0' ? '1' : '0';
        assert_false(login_holds(login, cookie_of("govah-8080", other, header)));
    }
    login_free(login);
}

static void nothing_opens_before_the_key(void **state)
{
    (void)state;
    char key[TOKEN_DIGITS + 1], zeros[TOKEN_DIGITS + 1], header[128];
    struct login *login = login_new(1, &(struct preferences){0}, key);
    memset(zeros, '0', TOKEN_DIGITS);
    zeros[TOKEN_DIGITS] = 0;
    assert_false(login_holds(login, cookie_of("govah-1", zeros, header)));
    assert_false(login_holds(login, cookie_of("govah-1", key, header)));
    assert_false(login_holds(login, cookie_of("govah-1", "", header)));
    login_free(login);
}

static void keys_and_sessions_are_never_twice(void **state)
{
    (void)state;
    char first[TOKEN_DIGITS + 1], second[TOKEN_DIGITS + 1];
    struct login *a = login_new(1, &(struct preferences){0}, first);
    struct login *b = login_new(1, &(struct preferences){0}, second);
    char session[TOKEN_DIGITS + 1];
    assert_string_not_equal(first, second);
    assert_int_equal(strlen(first), TOKEN_DIGITS);
    assert_int_equal(login_exchange(a, text_of(second), session), LOGIN_WRONG);
    login_free(a);
    login_free(b);
}

static void choices_are_kept(void **state)
{
    (void)state;
    char key[TOKEN_DIGITS + 1];
    struct login *login = login_new(1, &(struct preferences){.theme = THEME_DARK}, key);
    struct preferences p = login_preferences(login);
    assert_int_equal(p.theme, THEME_DARK);
    assert_false(p.calendar_chosen);
    p.calendar_chosen = true;
    p.calendar = CALENDAR_JALALI;
    login_prefer(login, &p);
    assert_int_equal(login_preferences(login).calendar, CALENDAR_JALALI);
    assert_true(login_preferences(login).calendar_chosen);
    login_free(login);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_opens_one_session),
        cmocka_unit_test(nothing_opens_before_the_key),
        cmocka_unit_test(keys_and_sessions_are_never_twice),
        cmocka_unit_test(choices_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

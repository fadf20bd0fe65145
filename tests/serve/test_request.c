#include "serve/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* ---- targets ---- */

static const struct {
    const char *target;
    bool good;
    const char *path, *query;
} targets[] = {
    {"/", true, "/", ""},
    {"/about", true, "/about", ""},
    {"/documents/0123abcd", true, "/documents/0123abcd", ""},
    {"/assets/htmx.min.js", true, "/assets/htmx.min.js", ""},
    {"/figures?after=1&b=%20?", true, "/figures", "after=1&b=%20?"},
    {"/?", true, "/", ""},
    {"/documents/", true, "/documents/", ""},
    {"", false, NULL, NULL},
    {"about", false, NULL, NULL},
    {"*", false, NULL, NULL},
    {"//", false, NULL, NULL},
    {"//evil.example/", false, NULL, NULL},
    {"/documents//x", false, NULL, NULL},
    {"/..", false, NULL, NULL},
    {"/../etc/passwd", false, NULL, NULL},
    {"/assets/../keys.json", false, NULL, NULL},
    {"/assets/./x", false, NULL, NULL},
    {"/.hidden", false, NULL, NULL},
    {"/assets/%2e%2e/keys.json", false, NULL, NULL},
    {"/%61bout", false, NULL, NULL},
    {"/about%00", false, NULL, NULL},
    {"/about\\x", false, NULL, NULL},
    {"/about;x", false, NULL, NULL},
    {"/about#x", false, NULL, NULL},
    {"/a b", false, NULL, NULL},
    {"/\r\n", false, NULL, NULL},
    {"/é", false, NULL, NULL},
    {"http://127.0.0.1/about", false, NULL, NULL},
};

static void targets_have_one_spelling(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(targets); i++) {
        struct str path, query;
        bool good = request_target(str_of(targets[i].target), &path, &query);
        if (good != targets[i].good)
            print_message("# %s\n", targets[i].target);
        assert_int_equal(good, targets[i].good);
        if (!good)
            continue;
        assert_true(str_equal(path, str_of(targets[i].path)));
        assert_true(str_equal(query, str_of(targets[i].query)));
    }
}

static void a_long_target_is_refused(void **state)
{
    (void)state;
    char target[REQUEST_TARGET + 2];
    struct str path, query;
    memset(target, 'a', sizeof target);
    target[0] = '/';
    assert_true(request_target((struct str){target, REQUEST_TARGET}, &path, &query));
    assert_false(request_target((struct str){target, REQUEST_TARGET + 1}, &path, &query));
}

static const struct {
    const char *location;
    bool local;
} locations[] = {
    {"/", true},
    {"/documents/12ab#s-3", true},
    {"/documents?after=12&waiting=yes#top", true},
    {"", false},
    {"//evil.example", false},
    {"/\\evil.example", false},
    {"http://evil.example/", false},
    {"javascript:alert(1)", false},
    {"/about\r\nSet-Cookie: a=b", false},
    {"/about?x=\r\nSet-Cookie: a=b", false},
    {"/about?x=<b>", false},
    {"/about?x=\xC3\xA9", false},
};

static void locations_stay_here(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(locations); i++)
        assert_int_equal(request_is_local(str_of(locations[i].location)), locations[i].local);
}

/* ---- fields ---- */

/* what is expected is written as name=value| name=value|, or NULL where it is refused */
static const struct {
    const char *form;
    const char *fields;
} forms[] = {
    {"", ""},
    {"a=1", "a=1|"},
    {"a=1&b=2&a=3", "a=1|b=2|a=3|"},
    {"a", "a=|"},
    {"a=", "a=|"},
    {"a==b", "a==b|"},
    {"&&a=1&", "a=1|"},
    {"words=Mehran+Raoof%20x%2B", "words=Mehran Raoof x+|"},
    {"%61=%62", "a=b|"},
    {"w=%D8%B1%D8%A6%d9%88%d9%81", "w=رئوف|"},
    {"w=رئوف", "w=رئوف|"},
    {"w=%26%3D", "w=&=|"},
    {"t=a%0D%0Ab%09c", "t=a\r\nb\tc|"},
    {"t=<script>", "t=<script>|"},
    {"=1", NULL},
    {"a=%", NULL},
    {"a=%4", NULL},
    {"a=%4g", NULL},
    {"a=%zz", NULL},
    {"a=%00", NULL},
    {"a=%1B[2J", NULL},
    {"a=%7F", NULL},
    {"a=%FF", NULL},
    {"a=\xC3", NULL},
    {"a=%ED%A0%80", NULL},
    {"a=%C0%AF", NULL},
    {"%FF=1", NULL},
};

static void forms_are_decoded_or_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        struct arena arena;
        struct field *fields;
        struct fault why;
        struct buf got;
        size_t count;
        arena_init(&arena);
        buf_init(&got, 4096);
        enum outcome result = request_fields(str_of(forms[i].form), &arena, &fields, &count, &why);
        assert_int_equal(result, forms[i].fields ? OK : REFUSED);
        for (size_t k = 0; result == OK && k < count; k++) {
            buf_add(&got, fields[k].name);
            buf_add_text(&got, "=");
            buf_add(&got, fields[k].value);
            buf_add_text(&got, "|");
        }
        if (result == OK)
            assert_true(str_equal(buf_str(&got), str_of(forms[i].fields)));
        buf_release(&got);
        arena_release(&arena);
    }
}

static void a_nul_is_refused(void **state)
{
    (void)state;
    struct arena arena;
    struct field *fields;
    size_t count;
    arena_init(&arena);
    assert_int_equal(request_fields(STR("a=\0"), &arena, &fields, &count, NULL), REFUSED);
    assert_int_equal(request_fields(STR("a\0=b"), &arena, &fields, &count, NULL), REFUSED);
    arena_release(&arena);
}

static void fields_are_counted(void **state)
{
    (void)state;
    struct arena arena;
    struct field *fields;
    struct buf form;
    size_t count;
    arena_init(&arena);
    buf_init(&form, 4096);
    for (size_t i = 0; i < REQUEST_FIELDS; i++)
        buf_add_text(&form, "a=1&");
    assert_int_equal(request_fields(buf_str(&form), &arena, &fields, &count, NULL), OK);
    assert_int_equal(count, REQUEST_FIELDS);
    buf_add_text(&form, "a=1");
    assert_int_equal(request_fields(buf_str(&form), &arena, &fields, &count, NULL), REFUSED);
    buf_release(&form);
    arena_release(&arena);
}

/* ---- headers ---- */

static const struct {
    const char *header, *value; /* of the cookie "k", or NULL */
} cookies[] = {
    {"k=1", "1"},       {"a=b; k=1; c=d", "1"}, {"a=b;k=1", "1"},   {"k=", ""},
    {"kk=1; k=2", "2"}, {"k=a=b", "a=b"},       {"", NULL},         {"k", NULL},
    {"K=1", NULL},      {"kk=1", NULL},         {"k=1; k=1", NULL}, {"k=1; k=2", NULL},
};

static void cookies_are_found_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cookies); i++) {
        struct str value;
        bool found = request_cookie(str_of(cookies[i].header), STR("k"), &value);
        assert_int_equal(found, cookies[i].value != NULL);
        if (found)
            assert_true(str_equal(value, str_of(cookies[i].value)));
    }
}

static const struct {
    const char *media;
    bool form;
} media[] = {
    {"application/x-www-form-urlencoded", true},
    {"Application/X-WWW-Form-Urlencoded; charset=UTF-8", true},
    {"application/x-www-form-urlencoded;", true},
    {"", false},
    {"text/plain", false},
    {"multipart/form-data; boundary=x", false},
    {"application/json", false},
    {"application/x-www-form-urlencodedx", false},
};

static void only_forms_are_forms(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(media); i++)
        assert_int_equal(request_is_form(str_of(media[i].media)), media[i].form);
}

static const struct {
    const char *host, *origin, *site;
    bool repeated, ours;
} askers[] = {
    {"127.0.0.1:8080", NULL, NULL, false, true},
    {"localhost:8080", NULL, NULL, false, true},
    {"127.0.0.1:8080", "http://127.0.0.1:8080", "same-origin", false, true},
    {"localhost:8080", "http://localhost:8080", "same-origin", false, true},
    {"127.0.0.1:8080", NULL, "none", false, true},
    {"127.0.0.1:8080", "null", "same-origin", false, true},
    {NULL, NULL, NULL, false, false},
    {"127.0.0.1", NULL, NULL, false, false},
    {"127.0.0.1:80801", NULL, NULL, false, false},
    {"127.0.0.1:8081", NULL, NULL, false, false},
    {"127.0.0.2:8080", NULL, NULL, false, false},
    {"127.1:8080", NULL, NULL, false, false},
    {"[::1]:8080", NULL, NULL, false, false},
    {"LOCALHOST:8080", NULL, NULL, false, false},
    {"localhost.:8080", NULL, NULL, false, false},
    {"evil.example:8080", NULL, NULL, false, false},
    {"evil.example:8080", "http://evil.example:8080", "same-origin", false, false},
    {"127.0.0.1:8080", "http://evil.example", NULL, false, false},
    {"127.0.0.1:8080", "http://localhost:8080", NULL, false, false},
    {"127.0.0.1:8080", "https://127.0.0.1:8080", NULL, false, false},
    {"127.0.0.1:8080", "http://127.0.0.1:8080.evil.example", NULL, false, false},
    {"127.0.0.1:8080", "null", NULL, false, false},
    {"127.0.0.1:8080", "null", "cross-site", false, false},
    {"127.0.0.1:8080", "null", "none", false, false},
    {"127.0.0.1:8080", NULL, "cross-site", false, false},
    {"127.0.0.1:8080", NULL, "same-site", false, false},
    {"127.0.0.1:8080", NULL, "Same-Origin", false, false},
    {"127.0.0.1:8080", "http://127.0.0.1:8080", "same-origin", true, false},
};

static void strangers_are_told_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(askers); i++) {
        struct request r = {.host = str_of(askers[i].host),
                            .origin = str_of(askers[i].origin),
                            .fetch_site = str_of(askers[i].site),
                            .repeated = askers[i].repeated};
        assert_int_equal(request_foreign(&r, 8080) == NULL, askers[i].ours);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(targets_have_one_spelling), cmocka_unit_test(a_long_target_is_refused),
        cmocka_unit_test(locations_stay_here),       cmocka_unit_test(forms_are_decoded_or_refused),
        cmocka_unit_test(a_nul_is_refused),          cmocka_unit_test(fields_are_counted),
        cmocka_unit_test(cookies_are_found_once),    cmocka_unit_test(only_forms_are_forms),
        cmocka_unit_test(strangers_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../store/fixture.h"
#include "shown.h"
#include "account/shelf.h"
#include "publish/page.h"
#include "store/page.h"

/* The pages of a group with more counts, contradictions and repeats than one page shows: nothing is
 * left out, and from each page the next is found. */

enum { COUNTS = 130, SOURCES = 8, REPEATS = 12, FIELDS_LIMIT = 8 };

static struct reader *reader;
static struct languages *languages;
static struct page_site site;
static struct arena arena;
static struct archive *archive;
static struct str group; /* its path */

static void put(const struct statement *s)
{
    struct hash id = statement_id(s);
    struct decision decision = {.verdict = VERDICT_ACCEPT, .about = {&id, 1}};
    json_t *objects[] = {statement_to_json(s), decision_to_json(&decision)};
    fixture_put(archive, objects, COUNT_OF(objects));
}

static struct statement figure(const struct hash *text, size_t number, struct str source,
                               struct str day)
{
    return (struct statement){.text = *text,
                              .quote = {0, number % 5 + 1},
                              .form = FORM_FIGURE,
                              .figure = {.event = STR("killed"),
                                         .what = STR("people"),
                                         .low = (int64_t)(5000 + number),
                                         .high = (int64_t)(5000 + number),
                                         .since = STR("2022-09"),
                                         .until = STR("2022-12"),
                                         .as_of = day,
                                         .source = source}};
}

static struct hash text_numbered(size_t number)
{
    char digits[HASH_DIGITS + 1];
    struct document_view view;
    struct document_facts facts = {.title = arena_print(&arena, "Report %zu", number)};
    struct hash document =
        fixture_add(archive, arena_print(&arena, "Text %zu", number), &facts, NULL);
    hash_write(&document, digits);
    assert_int_equal(archive_document(archive, str_of(digits), &arena, &view, NULL), OK);
    return view.text;
}

/* Counts of several sources, of which each conflicts with each; one of them in many documents. */
static void fill(void)
{
    struct hash text = text_numbered(0);
    for (size_t i = 0; i < COUNTS; i++) {
        struct str source = arena_print(&arena, "Source %c", (char)('A' + i % SOURCES));
        struct statement s =
            figure(&text, i, source, arena_print(&arena, "2022-10-%02zu", i / SOURCES + 1));
        put(&s);
    }
    for (size_t i = 0; i < REPEATS; i++) {
        text = text_numbered(i + 1);
        struct statement s = figure(&text, 900, STR("Monitor"), STR("2022-11-30"));
        put(&s);
    }
}

static struct shown show(const char *language, struct str address)
{
    const struct asking asking = {&site, archive, &arena, language, false};
    return shown_at(&asking, address);
}

static size_t times(struct shown shown, struct str part)
{
    size_t found = 0, at = 0;
    for (; (at = str_find(shown.html, part, at)) != SIZE_MAX; at += part.len)
        found++;
    return found;
}

static void says(struct shown shown, const char *part)
{
    if (!times(shown, str_of(part)))
        fail_msg("the page does not say \"%s\":\n%.*s", part, STR_ARG(shown.html));
}

static struct str between(struct shown shown, const char *before, const char *after)
{
    size_t from = str_find(shown.html, str_of(before), 0);
    if (from == SIZE_MAX)
        return STR_NONE;
    from += strlen(before);
    return str_slice(shown.html, from, str_find(shown.html, str_of(after), from));
}

/* where "Next" leads, or empty */
static struct str next_of(struct shown shown)
{
    size_t end = str_find(shown.html, STR("\">Next</a>"), 0), at = 0, from = 0;
    if (end == SIZE_MAX)
        return STR_NONE;
    while ((at = str_find(shown.html, STR("href=\""), at)) < end)
        from = at += strlen("href=\"");
    struct str address = str_slice(shown.html, from, end);
    size_t amp = str_find(address, STR("&amp;"), 0);
    if (amp == SIZE_MAX)
        return address;
    return arena_print(&arena, "%.*s&%.*s", (int)amp, address.at,
                       STR_ARG(str_slice(address, amp + strlen("&amp;"), address.len)));
}

static int begin(void **state)
{
    struct master_key key;
    char recovery[RECOVERY_TEXT_SIZE];
    if (fixture_begin(state) || reader_new(&reader, NULL) != OK ||
        languages_new(&languages, NULL) != OK)
        return -1;
    arena_init(&arena);
    site = (struct page_site){.reader = reader, .languages = languages};
    address_key_make(&site.addresses);
    const char *dir = fixture_path("group");
    if (archive_init(dir, PASSPHRASE, STR("Mina"), NULL, fixture_now(), recovery, NULL) != OK ||
        archive_key(dir, (struct key_secret){.text = PASSPHRASE}, &key, NULL) != OK ||
        archive_open(dir, &key, ARCHIVE_WRITE, NULL, &archive, NULL) != OK)
        return -1;
    fill();
    group = arena_print(&arena, "/figures/%.*s",
                        STR_ARG(between(show("en", STR("/figures")), "href=\"/figures/", "\"")));
    return 0;
}

static int end(void **state)
{
    archive_close(archive);
    arena_release(&arena);
    languages_free(languages);
    reader_free(reader);
    return fixture_end(state);
}

static void every_count_is_on_one_page(void **state)
{
    size_t seen[COUNTS + 1] = {0}, pages = 0;
    (void)state;
    for (struct str at = group; at.len; pages++) {
        struct shown shown = show("en", at);
        assert_int_equal(shown.status, 200);
        assert_true(shown.html.len < 60000);
        for (size_t i = 0; i <= COUNTS; i++)
            seen[i] += times(shown, arena_print(&arena, "<tr id=\"count-%zu\"", i));
        at = next_of(shown);
    }
    assert_int_equal(pages, 3);
    for (size_t i = 0; i <= COUNTS; i++)
        assert_int_equal(seen[i], 1);
    says(show("en", group), "1 to 50 of 131");
    says(show("fa", group), "۱ تا ۵۰ از ۱۳۱");
    struct str last = arena_print(&arena, "%.*s?from=149", STR_ARG(group));
    says(show("en", last), "101 to 131 of 131");
    struct str behind = arena_print(&arena, "%.*s?from=150", STR_ARG(group));
    assert_int_equal(show("en", behind).status, 404);
}

static void a_chart_draws_other_pages_and_says_how_many(void **state)
{
    (void)state;
    struct shown shown = show("en", group);
    struct str more = between(shown, " data-more=\"", "\"");
    size_t marks = 0;
    for (size_t i = 0; i < more.len; i++)
        marks += more.at[i] == '\t';
    assert_int_equal(marks, (COUNTS + 1 - 50) * 11);
    assert_int_equal(times(shown, STR("data-thinned=")), 0);
    for (size_t i = 0; i < 40; i++) {
        struct hash text = text_numbered(100 + i);
        struct statement s = figure(&text, 1000 + i, STR("Many a day"),
                                    arena_print(&arena, "2022-11-%02zu", i % 20 + 1));
        put(&s);
    }
    shown = show("en", group);
    says(shown, "1 to 50 of 171");
    says(shown, "The chart draws 150 of 171 counts; the tables have all of them.");
    says(show("fa", group),
         "نمودار ۱۵۰ رقم از ۱۷۱ رقم را نشان می‌دهد");
}

static void every_document_that_repeats_is_listed(void **state)
{
    (void)state;
    struct shown shown = show("en", group);
    says(shown, "repeated by 11 others");
    says(shown, "and 3 more");
    struct str address = between(shown, "?repeats=", "\"");
    struct str path = arena_print(&arena, "%.*s?repeats=%.*s", STR_ARG(group), STR_ARG(address));
    struct shown all = show("en", path);
    assert_int_equal(all.status, 200);
    says(all, "Who repeats this count");
    for (size_t i = 1; i <= REPEATS; i++)
        assert_int_equal(times(all, arena_print(&arena, ">Report %zu</bdi>", i)), 1);
    char nowhere[ADDRESS_DIGITS + 1];
    address_hide(&site.addresses, &(struct hash){{7}}, nowhere);
    path = arena_print(&arena, "%.*s?repeats=%s", STR_ARG(group), nowhere);
    assert_int_equal(show("en", path).status, 404);
    path = arena_print(&arena, "%.*s?repeats=x", STR_ARG(group));
    assert_int_equal(show("en", path).status, 404);
}

static void every_contradiction_is_listed(void **state)
{
    (void)state;
    struct shown shown = show("en", group);
    assert_int_equal(times(shown, STR("cannot both be true of")), 12);
    size_t more = str_find(shown.html, STR(" more contradictions."), 0);
    int64_t left = 0;
    assert_int_not_equal(more, SIZE_MAX);
    assert_true(str_to_int(str_slice(shown.html, more - 2, more), &left) && left > 0);
    struct str at = arena_print(&arena, "%.*s?conflicts=1", STR_ARG(group));
    size_t listed = 0;
    while (at.len) {
        struct shown part = show("en", at);
        assert_int_equal(part.status, 200);
        listed += times(part, STR("cannot both be true of"));
        at = next_of(part);
    }
    assert_int_equal(listed, 12 + left);
    says(show("fa", arena_print(&arena, "%.*s?conflicts=1", STR_ARG(group))),
         "نمی‌تواند هر دو درست باشد");
}

static void the_shelf_shows_the_same_and_what_is_new(void **state)
{
    (void)state;
    struct shown without = show("en", group), list = show("fa", STR("/figures"));
    site.accounts = account_shelf_new();
    for (size_t i = 0; i < 2; i++) {
        assert_true(str_equal(show("en", group).html, without.html));
        assert_true(str_equal(show("fa", STR("/figures")).html, list.html));
    }
    struct hash text = text_numbered(999);
    struct statement s = figure(&text, 77777, STR("Somebody new"), STR("2022-12-31"));
    put(&s);
    says(show("en", group), "82,777");
    account_shelf_free(site.accounts);
    site.accounts = NULL;
    says(show("en", group), "82,777");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_count_is_on_one_page),
        cmocka_unit_test(a_chart_draws_other_pages_and_says_how_many),
        cmocka_unit_test(every_document_that_repeats_is_listed),
        cmocka_unit_test(every_contradiction_is_listed),
        cmocka_unit_test(the_shelf_shows_the_same_and_what_is_new),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../store/fixture.h"
#include "shown.h"
#include "publish/page.h"

/* The page of an estimate, over three papers that name the same people in part. */

static struct reader *reader;
static struct languages *languages;
static struct page_site site;
static struct arena arena;
static struct archive *archive;

static const char *const families[] = {"Norouzi", "Mohammadi", "Karimi", "Hosseini",
                                       "Rezaei",  "Ahmadi",    "Jafari", "Moradi"};

/* a paper that names some of them, from the one to before the other */
static void add_paper(const char *publisher, size_t from, size_t to)
{
    struct document_facts facts = {.title = STR("Arrests"),
                                   .publisher = str_of(publisher),
                                   .published = STR("2022-05-10"),
                                   .lang = STR("en")};
    struct str text = STR_NONE;
    for (size_t i = from; i < to; i++)
        text = arena_print(&arena, "%.*sMehran %s was arrested on 3 May 2022. ", STR_ARG(text),
                           families[i]);
    fixture_add(archive, arena_print(&arena, "%.*s\n", STR_ARG(text)), &facts, NULL);
}

static int begin(void **state)
{
    static struct archive_reader of_store;
    struct master_key key;
    char recovery[RECOVERY_TEXT_SIZE];
    if (fixture_begin(state) || reader_new(&reader, NULL) != OK ||
        languages_new(&languages, NULL) != OK)
        return -1;
    arena_init(&arena);
    of_store = shown_reader(reader, "");
    site = (struct page_site){.reader = reader, .languages = languages, .form_token = STR("token")};
    address_key_make(&site.addresses);
    const char *dir = fixture_path("estimate");
    if (archive_init(dir, PASSPHRASE, STR("Mina"), NULL, fixture_now(), recovery, NULL) != OK ||
        archive_key(dir, (struct key_secret){.text = PASSPHRASE}, &key, NULL) != OK ||
        archive_open(dir, &key, ARCHIVE_WRITE, &of_store, &archive, NULL) != OK)
        return -1;
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

static struct shown made;

static struct str answer(const char *language, const struct field *fields, size_t count)
{
    const struct asking asking = {&site, archive, &arena, language, false};
    made = shown_page(&asking, STR("/estimate"), fields, count);
    return made.html;
}

/* what the form leads to; nothing of what was asked stands in the address */
static struct str ask(const char *language, const char *event, const char *since, const char *place)
{
    const struct field fields[] = {{STR("token"), STR("token")},
                                   {STR("event"), str_of(event)},
                                   {STR("since"), str_of(since)},
                                   {STR("place"), str_of(place)},
                                   {STR("proposed"), STR("yes")}};
    struct str before;
    answer(language, fields, COUNT_OF(fields));
    assert_int_equal(made.status, 303);
    struct str location = made.location;
    assert_int_equal(str_find(location, str_of(event), 0), SIZE_MAX);
    assert_true(str_cut(&location, '=', &before));
    assert_true(str_equal(before, STR("/estimate?of")));
    struct field of = {STR("of"), location};
    struct str html = answer(language, &of, 1);
    assert_int_equal(made.status, 200);
    return html;
}

static void says(struct str html, const char *part)
{
    if (str_find(html, str_of(part), 0) == SIZE_MAX)
        fail_msg("the page does not say \"%s\":\n%.*s", part,
                 STR_ARG(str_slice(html, str_find(html, STR("class=\"estimate\""), 0), html.len)));
}

static void says_not(struct str html, const char *part)
{
    if (str_find(html, str_of(part), 0) != SIZE_MAX)
        fail_msg("the page says \"%s\"", part);
}

static void an_empty_archive_has_nothing_to_ask(void **state)
{
    (void)state;
    struct str html = answer("en", NULL, 0);
    assert_int_equal(made.status, 200);
    says(html, "No event of a life is on record yet.");
    says_not(html, "<select id=\"event\"");
}

static void one_source_has_no_overlap(void **state)
{
    (void)state;
    add_paper("Morning Paper", 0, 8);
    says(ask("en", "arrested", "", ""), "One source alone names them");
    says(ask("en", "killed", "", ""), "Nobody is on record to whom this happened");
}

static void an_overlap_is_judged(void **state)
{
    (void)state;
    add_paper("Evening Paper", 2, 8);
    add_paper("Weekly Paper", 0, 6);
    says(ask("en", "arrested", "2022-05", "Tehran"), "Nobody is on record");
    says(ask("en", "arrested", "2023", ""), "Nobody is on record");
    struct str html = ask("en", "arrested", "2022-05", "");
    says(html, "Documented: 8.");
    says(html, "<div class=\"verdict\">");
    says(html, "it is no witness of its own");
    says(html, "not shown</td>");
    says_not(html, "<td class=\"number\">2</td>");
    says(html, "Cells of few people are not shown");
    says(html, "SHA-256 ");
    says(html, "govah estimate --event &#39;arrested&#39; "
               "--since &#39;2022-05&#39; --proposed --report report.html");
    says(html, "value=\"2022-05\"");
    says_not(html, " style=");
    says_not(html, "norouzi");
}

static void it_is_said_in_persian(void **state)
{
    (void)state;
    struct str html = ask("fa", "arrested", "", "");
    says(html, "چند نفر را هیچ‌کس ثبت نکرد");
    says(html, "بازداشت</option>");
    says(html, "<div class=\"verdict\">");
    says_not(html, "Do not cite");
    says_not(html, "no witness");
}

static void what_is_no_date_is_said(void **state)
{
    (void)state;
    struct str html = ask("en", "arrested", "<b>spring</b>", "");
    says(html, "This is no date: &lt;b&gt;spring&lt;/b&gt;.");
    says_not(html, "<div class=\"verdict\">");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_archive_has_nothing_to_ask),
        cmocka_unit_test(one_source_has_no_overlap),
        cmocka_unit_test(an_overlap_is_judged),
        cmocka_unit_test(it_is_said_in_persian),
        cmocka_unit_test(what_is_no_date_is_said),
    };
    return cmocka_run_group_tests_name("estimate page", tests, begin, end);
}

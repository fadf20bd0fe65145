#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../store/fixture.h"
#include "shown.h"
#include "account/body_account.h"
#include "account/case_stays.h"
#include "publish/part_int.h"

/* The pages of accounts: institutions, officials, amnesties, cases; in both languages. */

static struct reader *reader;
static struct languages *languages;
static struct page_site site;
static struct arena arena;
static struct archive *archive;
static struct archive_histories histories;

static const char report[] =
    "Mehran Raouf was arrested in Tehran on 16 October 2020 and taken to Evin Prison.\n\n"
    "Mehran Raouf was sentenced to ten years in prison by Branch 26 of the Revolutionary Court of "
    "Tehran, presided by Judge Iman Afshari, on 4 August 2021.\n";

static int begin(void **state)
{
    static struct archive_reader of_store;
    struct case_telling *telling;
    struct master_key key;
    char recovery[RECOVERY_TEXT_SIZE];
    struct document_facts facts = {.title = STR("A verdict"),
                                   .publisher = STR("The Valley Herald"),
                                   .published = STR("2021-08-05"),
                                   .lang = STR("en")};
    if (fixture_begin(state) || reader_new(&reader, NULL) != OK ||
        languages_new(&languages, NULL) != OK)
        return -1;
    arena_init(&arena);
    if (case_telling_new(&arena, &telling, NULL) != OK)
        return -1;
    histories = case_histories(telling);
    archive_use_histories(&histories);
    of_store = shown_reader(reader, "");
    site = (struct page_site){.reader = reader, .languages = languages, .form_token = STR("token")};
    address_key_make(&site.addresses);
    const char *dir = fixture_path("accounts");
    if (archive_init(dir, PASSPHRASE, STR("Mina"), NULL, fixture_now(), recovery, NULL) != OK ||
        archive_key(dir, (struct key_secret){.text = PASSPHRASE}, &key, NULL) != OK ||
        archive_open(dir, &key, ARCHIVE_WRITE, &of_store, &archive, NULL) != OK)
        return -1;
    fixture_add(archive, str_of(report), &facts, NULL);
    return 0;
}

static int end(void **state)
{
    archive_close(archive);
    archive_use_histories(NULL);
    arena_release(&arena);
    languages_free(languages);
    reader_free(reader);
    return fixture_end(state);
}

static struct shown show(const char *language, struct str address)
{
    const struct asking asking = {&site, archive, &arena, language, false};
    return shown_at(&asking, address);
}

static size_t place_of(struct shown shown, const char *part)
{
    return str_find(shown.html, str_of(part), 0);
}

static void says(struct shown shown, const char *part)
{
    if (place_of(shown, part) == SIZE_MAX)
        fail_msg("the page does not say \"%s\":\n%.*s", part, STR_ARG(shown.html));
}

static void says_not(struct shown shown, const char *part)
{
    if (place_of(shown, part) != SIZE_MAX)
        fail_msg("the page says \"%s\":\n%.*s", part, STR_ARG(shown.html));
}

static struct str body_place(const char *key, bool official)
{
    struct hash id = body_id(str_of(key), official);
    char address[ADDRESS_DIGITS + 1];
    address_hide(&site.addresses, &id, address);
    return arena_print(&arena, "%s%s", official ? "/officials/" : "/institutions/", address);
}

static struct str judge_place(void)
{
    struct str key = official_key(body_book(), STR("Iman Afshari"), &arena);
    return body_place(arena_print(&arena, "%.*s", STR_ARG(key)).at, true);
}

static void a_part_behind_the_end_leads_back(void **state)
{
    (void)state;
    const struct str lists[] = {
        STR("/people?kind=people"),
        STR("/people?kind=cases"),
        STR("/institutions?"),
        STR("/officials?"),
        judge_place(),
    };
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        struct str address = arena_print(&arena, "%.*s%sfrom=4000", STR_ARG(lists[i]),
                                         i + 1 == COUNT_OF(lists) ? "?" : "&");
        struct shown behind = show("en", address);
        assert_int_equal(behind.status, 200);
        says(behind, ">Before</a>");
        says_not(behind, "4,001");
        says_not(behind, "4,000");
        says_not(behind, ">Next</a>");
        says_not(behind, "class=\"notice\"");
        says_not(behind, "No case on record in this time.");
    }
}

static void a_list_that_is_shown_whole_has_no_parts(void **state)
{
    (void)state;
    says_not(show("en", STR("/people?kind=people")), "Parts of the list");
    says_not(show("en", judge_place()), "Parts of the list");
}

static void turns_before_never_lead_behind_the_end(void **state)
{
    (void)state;
    assert_int_equal(turns_before(80, 40, 100), 40);
    assert_int_equal(turns_before(30, 40, 100), 0);
    assert_int_equal(turns_before(4000, 40, 100), 80);
    assert_int_equal(turns_before(4000, 40, 80), 40);
    assert_int_equal(turns_before(4000, 40, 0), 0);
}

static void an_outcome_is_told_once(void **state)
{
    (void)state;
    struct shown page = show("en", judge_place());
    size_t first = place_of(page, ">sentenced</a>");
    says(page, "Mehran Raouf");
    says(page, "10 years");
    assert_int_not_equal(first, SIZE_MAX);
    size_t end = str_find(page.html, STR("</li>"), first);
    size_t again = str_find(page.html, STR(">sentenced</a>"), first + 1);
    assert_true(again > end);
}

static void an_institution_speaks_the_language_of_the_page(void **state)
{
    (void)state;
    struct shown english = show("en", body_place("evin", false));
    struct shown persian = show("fa", body_place("evin", false));
    says(english, "Ali Chaharmahali");
    says(persian, "علی چهارمحالی");
    says_not(persian, "Ali Chaharmahali");
}

static void a_number_has_the_digits_of_the_page(void **state)
{
    (void)state;
    struct shown list = show("fa", STR("/people?kind=cases&state=held"));
    size_t at = place_of(list, "href=\"/person/");
    assert_int_not_equal(at, SIZE_MAX);
    size_t from = at + strlen("href=\""), to = str_find(list.html, STR("\""), from);
    struct str address = str_slice(list.html, from, to);
    says(show("fa", address), ">۲۶</bdi>");
    says(show("en", address), ">26</bdi>");
}

static void an_amnesty_speaks_the_language_of_the_page(void **state)
{
    (void)state;
    struct hash id = hash_of(STR("ir-2020-03"));
    char address[ADDRESS_DIGITS + 1];
    address_hide(&site.addresses, &id, address);
    struct str place = arena_print(&arena, "/audits/%s", address);
    says(show("en", place), "the spokesman of the Judiciary");
    says(show("fa", place), "سخنگوی قوهٔ قضائیه");
    says_not(show("fa", place), "spokesman");
}

static void how_it_is_known_stands_in_no_closed_part(void **state)
{
    (void)state;
    struct shown page = show("en", STR("/people?kind=people"));
    size_t at = place_of(page, "href=\"/person/");
    size_t from = at + strlen("href=\""), to = str_find(page.html, STR("\""), from);
    page = show("en", str_slice(page.html, from, to));
    from = place_of(page, "href=\"/documents/") + strlen("href=\"");
    to = str_find(page.html, STR("#"), from);
    page = show("en", str_slice(page.html, from, to));
    size_t link = place_of(page, ">How this is known</a>");
    assert_int_not_equal(link, SIZE_MAX);
    size_t opened = 0, closed = 0;
    for (size_t i = 0; (i = str_find(page.html, STR("<details"), i)) < link; i++)
        opened++;
    for (size_t i = 0; (i = str_find(page.html, STR("</details>"), i)) < link; i++)
        closed++;
    assert_int_equal(opened, closed);
}

static void what_is_not_there_is_refused_in_the_language_of_the_page(void **state)
{
    (void)state;
    const struct {
        const char *address, *persian;
    } refused[] = {{"/matches/ffffffffffffffffffffffffffffffff", "هیچ دو نفری این نشانی را ندارند"},
                   {"/institutions/ffffffffffffffffffffffffffffffff", "این نشانی را ندارد"}};
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        struct shown page = show("fa", str_of(refused[i].address));
        assert_int_equal(page.status, 404);
        says(page, refused[i].persian);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_behind_the_end_leads_back),
        cmocka_unit_test(a_list_that_is_shown_whole_has_no_parts),
        cmocka_unit_test(turns_before_never_lead_behind_the_end),
        cmocka_unit_test(an_outcome_is_told_once),
        cmocka_unit_test(an_institution_speaks_the_language_of_the_page),
        cmocka_unit_test(a_number_has_the_digits_of_the_page),
        cmocka_unit_test(an_amnesty_speaks_the_language_of_the_page),
        cmocka_unit_test(how_it_is_known_stands_in_no_closed_part),
        cmocka_unit_test(what_is_not_there_is_refused_in_the_language_of_the_page),
    };
    return cmocka_run_group_tests_name("accounts", tests, begin, end);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../store/fixture.h"
#include "shown.h"
#include "publish/part_int.h"
#include "store/page.h"

/* The pages that show figures, people, what is found and the archive itself, in both languages,
 * over two reports as the reader reads them. */

static struct reader *reader;
static struct languages *languages;
static struct page_site site;
static struct arena arena;
static struct archive *archive;

#define HOSTILE "<script>alert(1)</script>\"'&"

static const char report[] =
    "On 22 November 2022 the Northern Monitor said that at least 400 people had been killed.\n\n"
    "Mehran Raouf was arrested on 16 October 2020. His lawyer, Sara Karimi, was not told.\n\n"
    "The weather changed on Sunday, 14 June 2021.\n";
static const char other[] =
    "According to the Ministry of Health, 120 people had been killed by 22 November 2022.\n\n"
    "According to the Northern Monitor, at least 400 people had been killed by 22 November "
    "2022.\n";

static void add_reports(void)
{
    struct document_facts facts = {.title = STR(HOSTILE),
                                   .publisher = STR("The Valley Herald"),
                                   .published = STR("2022-11-24"),
                                   .lang = STR("en")};
    fixture_add(archive, str_of(report), &facts, NULL);
    facts.title = STR("A second report");
    facts.published = STR("2022-11-25");
    fixture_add(archive, str_of(other), &facts, NULL);
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
    of_store = shown_reader(reader, "in-2022");
    site = (struct page_site){.reader = reader,
                              .languages = languages,
                              .form_token = STR("token"),
                              .folder = STR("/archives/one")};
    address_key_make(&site.addresses);
    const char *dir = fixture_path("views");
    if (archive_init(dir, PASSPHRASE, STR("Mina"), NULL, fixture_now(), recovery, NULL) != OK ||
        archive_key(dir, (struct key_secret){.text = PASSPHRASE}, &key, NULL) != OK ||
        archive_open(dir, &key, ARCHIVE_WRITE, &of_store, &archive, NULL) != OK)
        return -1;
    add_reports();
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

enum { FIELDS_LIMIT = 8 };

/* fields of an address, "kind=people&from=40" */
static size_t fields_of(struct str query, struct field *fields)
{
    struct str one, name;
    size_t count = 0;
    while (count < FIELDS_LIMIT && str_cut(&query, '&', &one))
        if (str_cut(&one, '=', &name))
            fields[count++] = (struct field){name, one};
    return count;
}

static struct shown answer(const char *language, struct str path, const struct field *fields,
                           size_t count, struct str *location)
{
    const struct asking asking = {&site, archive, &arena, language, false};
    struct shown out = shown_page(&asking, path, fields, count);
    *location = out.location;
    return out;
}

/* a page with one field, or none; where it leads elsewhere, what is there */
static struct shown show(const char *language, struct str path, const char *name, const char *value)
{
    struct field fields[FIELDS_LIMIT] = {{str_of(name), str_of(value)}};
    struct str location, before;
    struct shown out = answer(language, path, fields, name ? 1 : 0, &location);
    if (out.status != 303)
        return out;
    assert_int_equal(str_find(location, str_of(value), 0), SIZE_MAX);
    assert_true(str_cut(&location, '?', &before));
    size_t count = fields_of(location, fields);
    return answer(language, before, fields, count, &location);
}

static bool holds(struct shown shown, const char *part)
{
    return str_find(shown.html, str_of(part), 0) != SIZE_MAX;
}

static void says(struct shown shown, const char *part)
{
    if (!holds(shown, part))
        fail_msg("the page does not say \"%s\":\n%.*s", part, STR_ARG(shown.html));
}

static void says_not(struct shown shown, const char *part)
{
    if (holds(shown, part))
        fail_msg("the page says \"%s\"", part);
}

/* the first link below a path */
static struct str link_below(struct shown shown, const char *path)
{
    size_t at = str_find(shown.html, arena_print(&arena, "href=\"%s", path), 0);
    assert_int_not_equal(at, SIZE_MAX);
    size_t from = at + strlen("href=\""), to = str_find(shown.html, STR("\""), from);
    return str_slice(shown.html, from, to);
}

static void figures_lead_to_their_group(void **state)
{
    (void)state;
    struct shown list = show("en", STR("/figures"), NULL, NULL);
    assert_int_equal(list.status, 200);
    says(list, "3 counts");
    says(list, "2 documents");
    says(list, "1 contradiction");
    struct shown group = show("en", link_below(list, "/figures/"), NULL, NULL);
    assert_int_equal(group.status, 200);
    says(group, "≥ 400");
    says(group, "120");
    says(group, "repeated by 1 other");
    says(group, "cannot both be true of people: they stand at the same time.");
    says(group, "Northern Monitor");
    says(group, "data-chart=");
    says(group, "data-bound=\"at_least\"");
}

static void figures_are_said_in_persian(void **state)
{
    (void)state;
    struct shown list = show("fa", STR("/figures"), NULL, NULL);
    says(list, "dir=\"rtl\"");
    says(list, "کشته‌شدگان");
    says(list, "۳ رقم");
    struct shown group = show("fa", link_below(list, "/figures/"), NULL, NULL);
    says(group, "دست‌کم ۴۰۰");
    says(group, "۱ آذر ۱۴۰۱");
    says(group, "نمی‌تواند هر دو درست باشد");
    says_not(group, "cannot both");
}

static void values_lead_to_their_sentence(void **state)
{
    (void)state;
    struct shown list = show("en", STR("/figures"), NULL, NULL);
    struct shown group = show("en", link_below(list, "/figures/"), NULL, NULL);
    struct str place = link_below(group, "/documents/");
    size_t anchor = str_find(place, STR("#s-"), 0);
    assert_int_equal(anchor, strlen("/documents/") + ADDRESS_DIGITS);
    assert_int_equal(place.len - anchor, strlen("#s-") + ANCHOR_DIGITS);
    struct shown document = show("en", str_slice(place, 0, anchor), NULL, NULL);
    struct str id = str_slice(place, anchor + 1, place.len);
    says(document, arena_print(&arena, "id=\"%.*s\"", STR_ARG(id)).at);
}

static void findings_stand_at_their_sentence(void **state)
{
    (void)state;
    struct shown overview = show("en", STR("/"), NULL, NULL);
    says(overview, "What is wrong or doubtful as it is written");
    says(overview, "<q><bdi>Sunday, 14 June 2021</bdi></q>");
    size_t section = str_find(overview.html, STR("id=\"doubts\""), 0);
    struct shown rest = {200, str_slice(overview.html, section, overview.html.len), STR_NONE};
    struct str place = link_below(rest, "/documents/");
    size_t anchor = str_find(place, STR("#f-"), 0);
    struct shown document = show("en", str_slice(place, 0, anchor), NULL, NULL);
    struct str id = str_slice(place, anchor + 1, place.len);
    says(document, arena_print(&arena, "id=\"%.*s\"", STR_ARG(id)).at);
    says(document, "<mark class=\"doubted\">Sunday, 14 June 2021</mark>");
    says(document, "14 June 2021</abbr> is a Monday, not a Sunday.");
    struct shown persian = show("fa", str_slice(place, 0, anchor), NULL, NULL);
    says(persian, "</abbr> دوشنبه است، نه یکشنبه.");
    says_not(persian, "Monday");
}

/* the address of the document's first statement whose explanation holds the words */
static const char *explained_with(struct str path, struct shown document, const char *words)
{
    struct str key = STR("?explain=");
    for (size_t at = str_find(document.html, key, 0); at != SIZE_MAX;
         at = str_find(document.html, key, at + 1)) {
        struct str about = str_slice(document.html, at + key.len, at + key.len + ADDRESS_DIGITS);
        const char *address = arena_copy(&arena, about).at;
        if (holds(show("en", path, "explain", address), words))
            return address;
    }
    fail_msg("nothing is explained with %s", words);
    return NULL;
}

static void a_proposal_is_explained_on_request(void **state)
{
    (void)state;
    struct shown list = show("en", STR("/figures"), NULL, NULL);
    struct shown group = show("en", link_below(list, "/figures/"), NULL, NULL);
    struct str place = link_below(group, "/documents/");
    struct str path = str_slice(place, 0, str_find(place, STR("#"), 0));
    struct shown document = show("en", path, NULL, NULL);
    says_not(document, "class=\"steps\"");
    const char *about = explained_with(path, document, "<dt>who is counted</dt>");
    struct shown explained = show("en", path, "explain", about);
    says(explained, "<details class=\"reasons\" open>");
    says(explained, "<q><bdi>people</bdi></q> who is counted stands beside the number");
    says(explained, "data/lang/en/populations.tsv:");
    struct shown persian = show("fa", path, "explain", about);
    says(persian, "<dt>شمرده‌شدگان</dt><dd><q><bdi>people</bdi></q>");
    says_not(persian, "who is counted");
    assert_int_equal(show("en", path, "explain", "0000").status, 404);
}

static void an_address_of_nothing_is_not_found(void **state)
{
    (void)state;
    struct hash nothing = {{0}};
    char address[ADDRESS_DIGITS + 1];
    nothing.bytes[2] = 7;
    address_hide(&site.addresses, &nothing, address);
    struct str path = arena_print(&arena, "/figures/%s", address);
    assert_int_equal(show("en", path, NULL, NULL).status, 404);
    struct shown refused = show("fa", path, NULL, NULL);
    assert_int_equal(refused.status, 404);
    says(refused, "آماری در این نشانی نیست");
    nothing.bytes[31] = 1;
    nothing.bytes[15] = 1;
    address_hide(&site.addresses, &nothing, address);
    path = arena_print(&arena, "/figures/%s", address);
    assert_int_equal(show("en", path, NULL, NULL).status, 404);
}

static void a_name_is_found_in_the_other_script(void **state)
{
    (void)state;
    struct shown found = show("en", STR("/search"), "words", "رئوف");
    says(found, "<mark class=\"found\">Raouf</mark>");
    says(found, "by its consonants");
    says(found, "16 October 2020");
    struct shown back = show("en", STR("/search"), "words", "Raouf");
    says(back, "as written");
    says(back, "Names like this");
}

static void a_search_shows_its_form_and_explains_nothing_found(void **state)
{
    (void)state;
    struct shown empty = show("en", STR("/search"), NULL, NULL);
    says(empty, "name=\"words\"");
    says(empty, "method=\"post\"");
    says(empty, "Documents that hold every word.");
    struct shown nothing = show("en", STR("/search"), "words", "zyzzyva");
    says(nothing, "No document holds all of these words.");
    assert_int_equal(show("en", STR("/search"), "words", "***").status, 200);
}

static void people_stand_with_their_events(void **state)
{
    (void)state;
    struct shown people = show("en", STR("/people"), NULL, NULL);
    says(people, "stands in one row");
    says(people, "Mehran Raouf");
    says(people, ">arrested</a>");
    says(people, "16 October 2020");
    says(people, "in 1 document");
    struct shown some = show("en", STR("/people"), "name", "raouf");
    says(some, "Mehran Raouf");
    says_not(some, "Sara Karimi");
    says(show("fa", STR("/people"), NULL, NULL), ">بازداشت</a>");
    says(show("en", STR("/people"), "name", "zyzzyva"), "No name holds this.");
    says(show("en", STR("/people"), "kind", "organisations"), "Northern Monitor");
}

static void a_person_has_a_case(void **state)
{
    (void)state;
    struct str path = link_below(show("en", STR("/people"), "name", "raouf"), "/person/");
    struct shown person = show("en", path, NULL, NULL);
    assert_int_equal(person.status, 200);
    says(person, "<h1><bdi>Mehran Raouf</bdi></h1>");
    says(person, "detained, as of ");
    says(person, "last confirmed");
    says(person, "Held for up to 769 days: from <a href=\"/documents/");
    says(person, "How the name is written");
    says_not(person, HOSTILE);
    struct shown before = show("en", path, "as-of", "2020-10-15");
    says(before, "unknown, as of");
    says(before, "15 October 2020");
    struct shown refused = show("en", path, "as-of", HOSTILE);
    assert_int_equal(refused.status, 422);
    says(refused, "This is no date.");
    says_not(refused, HOSTILE);
    struct shown persian = show("fa", path, NULL, NULL);
    says(persian, "در بازداشت");
    says(persian, "آنچه رخ داده است");
    assert_int_equal(show("en", STR("/person/00000000000000000000000000000000"), NULL, NULL).status,
                     404);
}

static void the_archive_says_what_fixes_it(void **state)
{
    (void)state;
    struct archive_state summary;
    struct archive_check check = {.objects = 1, .bytes = 1, .commits = 1};
    char head[HASH_DIGITS + 1], key[PUBLIC_KEY_DIGITS + 1];
    assert_int_equal(archive_summary(archive, &summary, NULL), OK);
    hash_write(&summary.head, head);
    public_key_write(archive_own_key(archive), key);
    struct shown about = show("en", STR("/about"), NULL, NULL);
    says(about, head);
    says(about, key);
    says(about, "Never on this device");
    says(about, "/archives/one");
    says(about, READER_VERSION);
    says(about, "Mina");
    assert_int_equal(archive_note_verification(archive, &check, STR("2026-11-21T07:40:00Z"), NULL),
                     OK);
    says(show("en", STR("/about"), NULL, NULL), "21 November 2026, 07:40 UTC");
    check.findings = 2;
    assert_int_equal(archive_note_verification(archive, &check, STR("2026-11-22T07:40:00Z"), NULL),
                     OK);
    says(show("fa", STR("/about"), NULL, NULL), "۲ ایراد");
}

static struct shown view(const char *language, size_t which)
{
    static const struct {
        const char *path, *name, *value;
    } views[] = {{"/figures", NULL, NULL},      {"/people", NULL, NULL},
                 {"/people", "name", HOSTILE},  {"/search", "words", "Raouf"},
                 {"/search", "words", HOSTILE}, {"/about", NULL, NULL}};
    if (which < COUNT_OF(views))
        return show(language, str_of(views[which].path), views[which].name, views[which].value);
    struct shown list = show(language, STR("/figures"), NULL, NULL);
    return show(language, link_below(list, "/figures/"), NULL, NULL);
}

static void what_comes_from_outside_stays_text(void **state)
{
    static const char *const languages_tried[] = {"en", "fa"};
    (void)state;
    for (size_t l = 0; l < COUNT_OF(languages_tried); l++)
        for (size_t i = 0; i < 7; i++) {
            struct shown shown = view(languages_tried[l], i);
            assert_int_equal(shown.status, 200);
            says_not(shown, "<script>alert");
            says_not(shown, " style=");
            says_not(shown, " onclick=");
            says_not(shown, "<td></td>");
            says_not(shown, "<dd></dd>");
        }
    says(view("en", 6), "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;");
}

/* browsers keep addresses: none may hold a name or a word that was asked for */
static void no_address_holds_a_word_of_the_record(void **state)
{
    static const char *const words[] = {"Raouf", "raouf", "Mehran", "Northern"};
    (void)state;
    for (size_t i = 0; i < 7; i++) {
        struct shown shown = view("en", i);
        size_t at = 0;
        while ((at = str_find(shown.html, STR("href=\""), at)) != SIZE_MAX) {
            size_t to = str_find(shown.html, STR("\""), at + strlen("href=\""));
            struct str address = str_slice(shown.html, at, to);
            for (size_t k = 0; k < COUNT_OF(words); k++)
                assert_int_equal(str_find(address, str_of(words[k]), 0), SIZE_MAX);
            at = to;
        }
        size_t title = str_find(shown.html, STR("<title>"), 0);
        struct str head = str_slice(shown.html, title, str_find(shown.html, STR("</title>"), 0));
        for (size_t k = 0; k < COUNT_OF(words); k++)
            assert_int_equal(str_find(head, str_of(words[k]), 0), SIZE_MAX);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_lead_to_their_group),
        cmocka_unit_test(figures_are_said_in_persian),
        cmocka_unit_test(values_lead_to_their_sentence),
        cmocka_unit_test(findings_stand_at_their_sentence),
        cmocka_unit_test(a_proposal_is_explained_on_request),
        cmocka_unit_test(an_address_of_nothing_is_not_found),
        cmocka_unit_test(a_name_is_found_in_the_other_script),
        cmocka_unit_test(a_search_shows_its_form_and_explains_nothing_found),
        cmocka_unit_test(people_stand_with_their_events),
        cmocka_unit_test(a_person_has_a_case),
        cmocka_unit_test(the_archive_says_what_fixes_it),
        cmocka_unit_test(what_comes_from_outside_stays_text),
        cmocka_unit_test(no_address_holds_a_word_of_the_record),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

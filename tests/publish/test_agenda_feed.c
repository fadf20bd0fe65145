#include "publish/agenda_feed.h"

#include <libical/ical.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "text/edtf.h"

enum { DAY = 19316 }; /* 2022-11-20 */

static struct arena arena;
static struct languages *languages;

static int begin(void **state)
{
    (void)state;
    arena_init(&arena);
    return languages_new(&languages, NULL) == OK ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    languages_free(languages);
    arena_release(&arena);
    return 0;
}

#define HOSTILE "Reza; Ahmadi, \\ END:VEVENT\r\nBEGIN:VALARM\x01 رضا"

static struct statement_view view = {
    .id = {{1}}, .document = {{2}}, .document_title = {"T", 1}, .state = VIEW_ACCEPTED};
static const struct statement_view *views[] = {&view};
static const struct case_occurrence hearing = {.event = {"hearing", 7},
                                               .dated = DATED_STATED,
                                               .first = DAY + 9,
                                               .last = DAY + 9,
                                               .views = views,
                                               .views_count = 1};
static const struct agenda_rule on = {
    .item = {"hearing", 7}, .event = {"hearing", 7}, .kind = EXPECTED_ON};

static struct str feed_of(const char *language, const struct agenda *agenda)
{
    struct buf out;
    struct fault why;
    const struct voice voice = {language_find(languages, str_of(language)), CALENDAR_JALALI};
    buf_init(&out, 1 << 20);
    if (agenda_feed(&voice, agenda, DAY, &arena, &out, &why) != OK)
        fail_msg("%s", why.text);
    struct str text = arena_copy(&arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static const char *text_of(icalcomponent *event, icalproperty_kind kind)
{
    icalproperty *p = icalcomponent_get_first_property(event, kind);
    assert_non_null(p);
    return icalvalue_get_text(icalproperty_get_value(p));
}

static void a_reader_of_calendars_understands_it(void **state)
{
    const struct case_person person = {.name = STR(HOSTILE)};
    struct agenda_item items[] = {
        {&on, &person, &hearing, NULL, &view, DAY + 9, DAY + 9, false},
        {&on, &person, &hearing, NULL, &view, DAY + 9, DAY + 12, true},
        {&on, &person, &hearing, NULL, &view, DAY + 9, INT64_MAX, false},
    };
    const struct agenda agenda = {.items = items, .count = COUNT_OF(items)};
    (void)state;
    view.quote = STR("a hearing, on 29 November; then\nanother");
    icalcomponent *calendar = icalparser_parse_string(feed_of("fa", &agenda).at);
    assert_non_null(calendar);
    assert_int_equal(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), 3);
    assert_int_equal(icalcomponent_count_components(calendar, ICAL_ANY_COMPONENT), 3);
    assert_int_equal(icalcomponent_count_errors(calendar), 0);
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    struct icaltimetype start = icalcomponent_get_dtstart(event);
    struct icaltimetype stamp = icalcomponent_get_dtstamp(event);
    assert_true(start.is_date && start.year == 2022 && start.month == 11 && start.day == 29);
    assert_int_equal(icalcomponent_get_dtend(event).day, 30);
    assert_true(!stamp.is_date && stamp.year == 2022 && stamp.month == 11 && stamp.day == 20);
    assert_non_null(strstr(text_of(event, ICAL_SUMMARY_PROPERTY), "Reza; Ahmadi, \\ END:VEVENT"));
    const char *described = text_of(event, ICAL_DESCRIPTION_PROPERTY);
    assert_non_null(strstr(described, "۸ آذر ۱۴۰۱"));
    assert_non_null(strstr(described, "۲۹ نوامبر ۲۰۲۲"));
    assert_non_null(strstr(described, "a hearing, on 29 November; then\nanother"));
    assert_non_null(strstr(described, "0100000000"));
    assert_int_equal(icalcomponent_get_status(event), ICAL_STATUS_CONFIRMED);
    event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT);
    assert_int_equal(icalcomponent_get_status(event), ICAL_STATUS_TENTATIVE);
    assert_int_equal(icalcomponent_get_dtend(event).day, 3);
    event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT);
    assert_null(icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY));
    icalcomponent_free(calendar);
}

static void the_same_asked_again_is_the_same(void **state)
{
    const struct case_person person = {.name = STR("Reza Ahmadi")};
    struct agenda_item item = {&on, &person, &hearing, NULL, &view, DAY + 9, DAY + 9, false};
    const struct agenda agenda = {.items = &item, .count = 1}, none = {.items = NULL};
    (void)state;
    struct str first = feed_of("en", &agenda);
    assert_true(str_equal(first, feed_of("en", &agenda)));
    assert_true(str_find(first, STR("01000000"), 0) != SIZE_MAX);
    struct str empty = feed_of("en", &none);
    assert_true(str_starts(empty, STR("BEGIN:VCALENDAR\r\n")));
    assert_true(str_ends(empty, STR("END:VCALENDAR\r\n")));
    assert_true(str_find(empty, STR("VEVENT"), 0) == SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reader_of_calendars_understands_it),
        cmocka_unit_test(the_same_asked_again_is_the_same),
    };
    return cmocka_run_group_tests_name("agenda feed", tests, begin, end);
}

#include "publish/voice.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/table.h"

static struct languages *languages;
static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    return languages_new(&languages, NULL) == OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    languages_free(languages);
    return 0;
}

static struct voice voice_of(const char *code, enum calendar calendar)
{
    const struct language *l = language_find(languages, str_of(code));
    assert_non_null(l);
    return (struct voice){l, calendar};
}

static void is(struct str got, const char *expected)
{
    assert_string_equal(arena_copy(&arena, got).at, expected);
}

static const struct {
    const char *edtf, *en, *en_jalali, *fa, *fa_gregorian;
} dates[] = {
    {"2022-11-22", "22 November 2022", "1 Azar 1401", "۱ آذر ۱۴۰۱", "۲۲ نوامبر ۲۰۲۲"},
    {"2019-11-15", "15 November 2019", "24 Aban 1398", "۲۴ آبان ۱۳۹۸", "۱۵ نوامبر ۲۰۱۹"},
    {"2022-11", "November 2022", "Aban–Azar 1401", "آبان–آذر ۱۴۰۱", "نوامبر ۲۰۲۲"},
    {"2022-03", "March 2022", "Esfand 1400–Farvardin 1401", "اسفند ۱۴۰۰–فروردین ۱۴۰۱", "مارس ۲۰۲۲"},
    {"2022", "2022", "1400–1401", "۱۴۰۰–۱۴۰۱", "۲۰۲۲"},
    {"197X", "1970s", "1348–1358", "۱۳۴۸–۱۳۵۸", "دههٔ ۱۹۷۰"},
    {"19XX", "1900s (century)", "1278–1378", "۱۲۷۸–۱۳۷۸", "سدهٔ ۱۹۰۰"},
    {"2022-21", "spring 2022", "spring 1401", "بهار ۱۴۰۱", "بهار ۲۰۲۲"},
    {"2022-24", "winter 2022", "winter 1400–1401", "زمستان ۱۴۰۰–۱۴۰۱", "زمستان ۲۰۲۲"},
    {"2022-11-XX", "November 2022", "Aban–Azar 1401", "آبان–آذر ۱۴۰۱", "نوامبر ۲۰۲۲"},
    {"2022-XX-XX", "2022", "1400–1401", "۱۴۰۰–۱۴۰۱", "۲۰۲۲"},
    {"2022-XX", "2022", "1400–1401", "۱۴۰۰–۱۴۰۱", "۲۰۲۲"},
    {"2022?", "2022?", "1400–1401?", "احتمالاً ۱۴۰۰–۱۴۰۱", "احتمالاً ۲۰۲۲"},
    {"2022-11~", "about November 2022", "about Aban–Azar 1401", "حدود آبان–آذر ۱۴۰۱",
     "حدود نوامبر ۲۰۲۲"},
    {"2022-11-22%", "about 22 November 2022?", "about 1 Azar 1401?", "احتمالاً حدود ۱ آذر ۱۴۰۱",
     "احتمالاً حدود ۲۲ نوامبر ۲۰۲۲"},
    {"2022-09-16/2022-11-22", "16 September 2022 – 22 November 2022",
     "25 Shahrivar 1401 – 1 Azar 1401", "از ۲۵ شهریور ۱۴۰۱ تا ۱ آذر ۱۴۰۱",
     "از ۱۶ سپتامبر ۲۰۲۲ تا ۲۲ نوامبر ۲۰۲۲"},
    {"2019-11-15/..", "since 15 November 2019", "since 24 Aban 1398", "از ۲۴ آبان ۱۳۹۸ به بعد",
     "از ۱۵ نوامبر ۲۰۱۹ به بعد"},
    {"2019-11-15/", "since 15 November 2019", "since 24 Aban 1398", "از ۲۴ آبان ۱۳۹۸ به بعد",
     "از ۱۵ نوامبر ۲۰۱۹ به بعد"},
    {"../2019-11-15", "until 15 November 2019", "until 24 Aban 1398", "تا ۲۴ آبان ۱۳۹۸",
     "تا ۱۵ نوامبر ۲۰۱۹"},
    {"2022-10-23/2022-11-21", "23 October 2022 – 21 November 2022", "Aban 1401", "آبان ۱۴۰۱",
     "از ۲۳ اکتبر ۲۰۲۲ تا ۲۱ نوامبر ۲۰۲۲"},
    {"2022-03-21/2023-03-20", "21 March 2022 – 20 March 2023", "1401", "۱۴۰۱",
     "از ۲۱ مارس ۲۰۲۲ تا ۲۰ مارس ۲۰۲۳"},
    {"2022-11-01/2022-11-30", "November 2022", "10 Aban 1401 – 9 Azar 1401",
     "از ۱۰ آبان ۱۴۰۱ تا ۹ آذر ۱۴۰۱", "نوامبر ۲۰۲۲"},
    {"2024-03-20", "20 March 2024", "1 Farvardin 1403", "۱ فروردین ۱۴۰۳", "۲۰ مارس ۲۰۲۴"},
    {"2024-02-29", "29 February 2024", "10 Esfand 1402", "۱۰ اسفند ۱۴۰۲", "۲۹ فوریه ۲۰۲۴"},
    {"2023-02-29", "2023-02-29", "2023-02-29", "2023-02-29", "2023-02-29"},
    {"../..", "../..", "../..", "../..", "../.."},
    {"yesterday", "yesterday", "yesterday", "yesterday", "yesterday"},
    {"", "", "", "", ""},
};

static void dates_are_said_in_both_calendars(void **state)
{
    (void)state;
    struct voice en = voice_of("en", CALENDAR_GREGORIAN);
    struct voice fa = voice_of("fa", CALENDAR_JALALI);
    for (size_t i = 0; i < COUNT_OF(dates); i++) {
        struct str edtf = str_of(dates[i].edtf);
        is(voice_date(&en, &arena, edtf), dates[i].en);
        is(voice_date_other(&en, &arena, edtf), dates[i].en_jalali);
        is(voice_date(&fa, &arena, edtf), dates[i].fa);
        is(voice_date_other(&fa, &arena, edtf), dates[i].fa_gregorian);
    }
}

static const struct {
    int64_t low, high;
    enum figure_bound bound;
    const char *en, *fa;
} values[] = {
    {527, COUNT_NONE, BOUND_AT_LEAST, "≥ 527", "دست‌کم ۵۲۷"},
    {400, COUNT_NONE, BOUND_MORE_THAN, "> 400", "بیش از ۴۰۰"},
    {1500, 1500, BOUND_ABOUT, "~ 1,500", "حدود ۱٬۵۰۰"},
    {20000, 20000, BOUND_NEARLY, "≲ 20,000", "نزدیک به ۲۰٬۰۰۰"},
    {COUNT_NONE, 12000, BOUND_UP_TO, "≤ 12,000", "حداکثر ۱۲٬۰۰۰"},
    {5000, 30000, BOUND_RANGE, "5,000–30,000", "۵٬۰۰۰ تا ۳۰٬۰۰۰"},
    {1234567, 1234567, BOUND_EXACT, "1,234,567", "۱٬۲۳۴٬۵۶۷"},
};

static void values_are_said_with_their_bounds(void **state)
{
    (void)state;
    struct voice en = voice_of("en", CALENDAR_GREGORIAN);
    struct voice fa = voice_of("fa", CALENDAR_GREGORIAN);
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        struct figure f = {.low = values[i].low, .high = values[i].high, .bound = values[i].bound};
        is(voice_value(&en, &arena, &f), values[i].en);
        is(voice_value(&fa, &arena, &f), values[i].fa);
    }
    is(voice_number(&fa, &arena, 0), "۰");
    is(voice_number(&en, &arena, -1000), "−1,000");
}

static const struct {
    const char *value, *en, *fa;
} details[] = {
    {"P10Y8M", "10 years and 8 months", "۱۰ سال و ۸ ماه"},
    {"P1Y", "1 year", "۱ سال"},
    {"P1Y2M3D", "1 year, 2 months and 3 days", "۱ سال، ۲ ماه و ۳ روز"},
    {"P2W", "2 weeks", "۲ هفته"},
    {"74 lashes", "74 lashes", "۷۴ ضربه شلاق"},
    {"death", "death", "اعدام"},
    {"PT5H", "PT5H", "PT5H"},
    {"P", "P", "P"},
    {"P10", "P10", "P10"},
    {"Branch 26", "Branch 26", "Branch 26"},
};

static void details_are_put_into_words(void **state)
{
    (void)state;
    struct voice en = voice_of("en", CALENDAR_GREGORIAN);
    struct voice fa = voice_of("fa", CALENDAR_JALALI);
    for (size_t i = 0; i < COUNT_OF(details); i++) {
        is(voice_detail(&en, &arena, str_of(details[i].value)), details[i].en);
        is(voice_detail(&fa, &arena, str_of(details[i].value)), details[i].fa);
    }
}

static void moments_keep_their_minute(void **state)
{
    (void)state;
    struct voice en = voice_of("en", CALENDAR_GREGORIAN);
    struct voice fa = voice_of("fa", CALENDAR_JALALI);
    struct str at = STR("2026-11-21T07:40:00Z");
    is(voice_moment(&en, &arena, at), "21 November 2026, 07:40 UTC");
    is(voice_moment(&fa, &arena, at), "۳۰ آبان ۱۴۰۵، ساعت ۰۷:۴۰ به وقت گرینویچ");
    is(voice_moment(&fa, &arena, STR("then")), "then");
}

static void labels_have_words(void **state)
{
    (void)state;
    struct voice en = voice_of("en", CALENDAR_GREGORIAN);
    struct voice fa = voice_of("fa", CALENDAR_JALALI);
    is(voice_label(&en, &arena, STR("sentenced_to_death")), "sentenced to death");
    is(voice_label(&en, &arena, STR("medical_denied")), "medical care denied");
    is(voice_label(&fa, &arena, STR("sentenced_to_death")), "حکم اعدام");
    is(voice_label(&fa, &arena, STR("other:hunger_strike")), "اعتصاب غذا");
    is(voice_label(&fa, &arena, STR("other:some_thing")), "some thing");
    is(voice_counted(&fa, &arena, STR("killed")), "کشته‌شدگان");
    is(voice_counted(&en, &arena, STR("killed")), "killed");
}

static bool has_latin(struct str words)
{
    for (size_t i = 0; i < words.len; i++)
        if ((words.at[i] >= 'a' && words.at[i] <= 'z') || words.at[i] == '_')
            return true;
    return false;
}

static bool names_label(struct str class)
{
    static const char *const classes[] = {"event",       "life",   "population",
                                          "role",        "title",  "organisation",
                                          "institution", "person", "organisation_title"};
    for (size_t i = 0; i < COUNT_OF(classes); i++)
        if (str_equal(class, str_of(classes[i])))
            return true;
    return false;
}

static size_t check_labels_of(const struct voice *fa, const struct data_file *file)
{
    struct table table;
    struct row row;
    bool more = true;
    size_t seen = 0;
    if (table_open(&table, file->path, "class kind value forms", NULL) != OK)
        return 0;
    while (table_next(&table, &row, &more, NULL) == OK && more) {
        struct str label = row.cells[2];
        if (!names_label(row.cells[0]) || !label.len)
            continue;
        seen++;
        if (has_latin(voice_label(fa, &arena, label)))
            fail_msg("data/%s, line %zu: no words for \"%.*s\"", file->path, table.line,
                     STR_ARG(label));
    }
    return seen;
}

static void every_label_that_is_read_has_persian_words(void **state)
{
    (void)state;
    struct voice fa = voice_of("fa", CALENDAR_JALALI);
    static const char *const fixed[] = {
        "role",     "person",   "organisation", "charge",     "sentence",   "court",    "branch",
        "judge",    "prison",   "note",         "imprisoned", "violations", "at_least", "range",
        "proposed", "disputed", "figure",       "life_event", "fact"};
    size_t seen = 0;
    for (size_t i = 0; i < data_files_count; i++)
        seen += check_labels_of(&fa, &data_files[i]);
    assert_in_range(seen, 300, 100000);
    for (size_t i = 0; i < COUNT_OF(fixed); i++)
        assert_false(has_latin(voice_label(&fa, &arena, str_of(fixed[i]))));
}

static const struct {
    const char *accepted, *code;
} headers[] = {
    {"fa-IR,fa;q=0.9,en;q=0.8", "fa"},
    {"en;q=0.4, fa;q=0.5", "fa"},
    {"FA", "fa"},
    {"fa;q=0, en", "en"},
    {"fa;q=0", "en"},
    {"de, fr", "en"},
    {"de, fa;q=0.1", "fa"},
    {"*", "en"},
    {"", "en"},
    {"fad", "en"},
    {";;;q=,,-", "en"},
};

static void browsers_are_answered_in_their_language(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(headers); i++)
        is(language_code(language_for(languages, str_of(headers[i].accepted))), headers[i].code);
}

static void languages_say_how_they_are_written(void **state)
{
    (void)state;
    const struct language *fa = language_find(languages, STR("fa"));
    assert_true(language_right_to_left(fa));
    assert_int_equal(language_calendar(fa), CALENDAR_JALALI);
    is(language_own_name(fa), "فارسی");
    assert_false(language_right_to_left(language_find(languages, STR("en"))));
    assert_null(language_find(languages, STR("xx")));
    assert_int_equal(languages_count(languages), 2);
}

static void what_no_catalogue_has_is_said_in_english(void **state)
{
    (void)state;
    struct voice fa = voice_of("fa", CALENDAR_JALALI);
    struct voice en = voice_of("en", CALENDAR_GREGORIAN);
    is(voice_say(&fa, "a text that nobody says"), "a text that nobody says");
    is(voice_say(&fa, "Documents"), "سندها");
    is(voice_say_count(&en, "{} row", "{} rows", 1), "{} row");
    is(voice_say_count(&en, "{} row", "{} rows", 0), "{} rows");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_said_in_both_calendars),
        cmocka_unit_test(values_are_said_with_their_bounds),
        cmocka_unit_test(details_are_put_into_words),
        cmocka_unit_test(moments_keep_their_minute),
        cmocka_unit_test(labels_have_words),
        cmocka_unit_test(every_label_that_is_read_has_persian_words),
        cmocka_unit_test(browsers_are_answered_in_their_language),
        cmocka_unit_test(languages_say_how_they_are_written),
        cmocka_unit_test(what_no_catalogue_has_is_said_in_english),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

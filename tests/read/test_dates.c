#include "read/date.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "text/edtf.h"
#include "text/utf8.h"

static struct date_lexicon *lexicon;

static int open_lexicon(void **state)
{
    struct fault why;
    (void)state;
    if (date_lexicon_new(&lexicon, &why) == OK)
        return 0;
    print_error("%s\n", why.text);
    return -1;
}

static int close_lexicon(void **state)
{
    (void)state;
    date_lexicon_free(lexicon);
    return 0;
}

static struct str with_line_ends(struct arena *arena, struct str cell)
{
    struct str copy = arena_copy(arena, cell);
    char *out = arena_alloc(arena, cell.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < copy.len; i++) {
        bool escape = copy.at[i] == '\\' && i + 1 < copy.len && copy.at[i + 1] == 'n';
        out[len++] = escape ? '\n' : copy.at[i];
        i += escape;
    }
    return (struct str){out, len};
}

static void list_dates(struct arena *arena, struct str text, struct str published, struct buf *out)
{
    struct date_mention *dates;
    size_t count;
    dates_find(lexicon, text, NULL, &(struct date_context){published}, arena, &dates, &count);
    for (size_t i = 0; i < count; i++) {
        buf_add_text(out, i ? " | " : "");
        buf_add(out, str_slice(text, dates[i].quote.from, dates[i].quote.to));
        buf_add_byte(out, '=');
        buf_add(out, dates[i].iso);
    }
    if (count == 0)
        buf_add_byte(out, '-');
}

static bool check_case(struct str line)
{
    struct arena arena;
    struct buf got;
    struct str text = STR_NONE, published = STR_NONE, wanted = STR_NONE;
    arena_init(&arena);
    buf_init(&got, 1 << 16);
    bool whole = str_cut(&line, '\t', &text) && str_cut(&line, '\t', &published) &&
                 str_cut(&line, '\t', &wanted);
    list_dates(&arena, with_line_ends(&arena, text), published, &got);
    bool good = whole && str_equal(buf_str(&got), with_line_ends(&arena, wanted));
    if (!good)
        print_error("%.*s\n  wanted: %.*s\n  got:    %.*s\n", STR_ARG(text), STR_ARG(wanted),
                    STR_ARG(buf_str(&got)));
    buf_release(&got);
    arena_release(&arena);
    return good;
}

static void reads_the_cases(void **state)
{
    struct buf bytes;
    struct fault why;
    struct str line;
    size_t lines = 0, wrong = 0;
    (void)state;
    buf_init(&bytes, 1 << 20);
    if (file_read(DATES, 1 << 20, &bytes, &why))
        fail_msg("%s", why.text);
    struct str rest = buf_str(&bytes);
    while (str_cut(&rest, '\n', &line))
        if (line.len && line.at[0] != '#' && lines++ > 0)
            wrong += !check_case(line);
    assert_true(lines > 80);
    assert_int_equal(wrong, 0);
    buf_release(&bytes);
}

static void names_calendars(void **state)
{
    static const struct {
        const char *text, *calendar;
    } cases[] = {
        {"on 14 June 2021", "gregorian"},
        {"April 29, 1400", "jalali"},
        {"24 Aban 1398", "jalali"},
        {"آبان ۱۳۹۸", "jalali"},
        {"۲۵ سپتامبر ۲۰۲۱", "gregorian"},
        {"yesterday", "relative"},
        {"last November", "relative"},
        {"on Monday", "relative"},
        {"Ramadan 1443", "islamic"},
        {"Monday, June 14, 2021", "gregorian"},
        {"in October of last year", "relative"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena arena;
        struct date_mention *dates;
        size_t count;
        arena_init(&arena);
        dates_find(lexicon, str_of(cases[i].text), NULL, &(struct date_context){STR("2022-05-05")},
                   &arena, &dates, &count);
        assert_int_equal(count, 1);
        assert_true(str_equal(dates[0].calendar, str_of(cases[i].calendar)));
        arena_release(&arena);
    }
}

static void check_mentions(struct str text, const struct date_mention *dates, size_t count)
{
    size_t behind = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t first, last;
        struct fault why;
        assert_true(dates[i].quote.from >= behind);
        assert_true(dates[i].quote.from < dates[i].quote.to);
        assert_true(dates[i].quote.to <= text.len);
        behind = dates[i].quote.to;
        if (!str_equal(dates[i].iso, STR("unresolved")) &&
            edtf_range(dates[i].iso, &first, &last, &why))
            fail_msg("%s", why.text);
    }
}

/* The same text gives the same dates, wherever pieces of it end. */
static void reads_long_texts_like_short_ones(void **state)
{
    static const char paragraph[] = "On 14 June 2021 she was arrested.\n\nبهمن ۱۳۶۱ او رفت.\n\n";
    struct arena arena;
    struct buf text;
    struct date_mention *dates;
    size_t count, repeats = 3000;
    (void)state;
    arena_init(&arena);
    buf_init(&text, 1 << 24);
    for (size_t i = 0; i < repeats; i++)
        buf_add_text(&text, paragraph);
    dates_find(lexicon, buf_str(&text), NULL, NULL, &arena, &dates, &count);
    assert_int_equal(count, 2 * repeats);
    for (size_t i = 0; i < count; i += 2) {
        assert_true(str_equal(dates[i].iso, STR("2021-06-14")));
        assert_true(str_equal(dates[i + 1].iso, STR("1983-01-21/1983-02-19")));
        assert_int_equal(dates[i].quote.from, i / 2 * (sizeof paragraph - 1) + 3);
    }
    check_mentions(buf_str(&text), dates, count);
    buf_release(&text);
    arena_release(&arena);
}

static uint32_t draw(uint32_t *seed, uint32_t limit)
{
    *seed = *seed * 1664525 + 1013904223;
    return (*seed >> 8) % limit;
}

static const char *const scraps[] = {
    "June", "14",     ",",      " ",      " ",        "2021",   "1400",        "[",
    "]",    "-",      "/",      ".",      "\n",       "\n\n",   "آبان",        "۱۴۰۱",
    "۲۴",   "\u200c", "\u200f", "\u2067", "\u200b",   "ماه",    "سال",         "last",
    "week", "the",    "past",   "two",    "years",    "ago",    "early",       "of",
    "in",   "and",    "to",     "تا",     "و",        "از",     "گذشته",       "Monday",
    "on",   "th",     "s",      "'",      "88",       "summer", "تابستان",     "between",
    "same", "day",    "می",     "\xD9",   "\xFF",     "\x80",   "99999999999", "0",
    "31",   "9999",   "1250",   "2100",   "1480",     "today",  "http://",     "رمضان",
    "قمری", "bc",     "دهه",    "۶۰",     "1980",     "\u0654", "Nov",         "\r\n",
    "\t",   "1800",   "1200",   "29",     "February", "اسفند",  "۳۰",          "next",
    "will", "©",      "½",      "m²",
};

static void survives_anything(void **state)
{
    static const char *const published[] = {"",        "2022",    "2022-11",    "2022-11-15",
                                            "0000",    "9999",    "9999-12-31", "0001-01-01",
                                            "../2022", "nonsense"};
    char text[600];
    uint32_t seed = 7;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        struct arena arena;
        struct date_mention *dates;
        size_t len = 0, count, wanted = draw(&seed, 400);
        arena_init(&arena);
        while (len < wanted) {
            const char *scrap = scraps[draw(&seed, COUNT_OF(scraps))];
            if (draw(&seed, 30) == 0)
                len += utf8_write(draw(&seed, 0x110000), text + len);
            memcpy(text + len, scrap, strlen(scrap));
            len += strlen(scrap);
            if (draw(&seed, 2))
                text[len++] = ' ';
        }
        struct str whole = {text, len};
        struct date_context context = {str_of(published[draw(&seed, COUNT_OF(published))])};
        dates_find(lexicon, whole, NULL, &context, &arena, &dates, &count);
        check_mentions(whole, dates, count);
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_cases),
        cmocka_unit_test(names_calendars),
        cmocka_unit_test(reads_long_texts_like_short_ones),
        cmocka_unit_test(survives_anything),
    };
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}

/* The order of reading: lines as pdftotext 22.12 wrote them from pages that Chromium printed, with
 * arrows for its marks of direction. */
#include "intake/pdf_order_int.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/buf.h"

static const struct {
    const char *written, *read;
} cases[] = {
    {"←مهسا امینی→ ۲۲ ،↑ساله→ ،↑در تاریخ → ۱۴۰۱/۰۶/۲۵↑در تهران جان باخت→.↑↑",
     "مهسا امینی، ۲۲ ساله، در تاریخ ۱۴۰۱/۰۶/۲۵ در تهران جان باخت."},
    {"←بین سال‌های → ۱۴۰۱-۱۳۹۸↑دست‌کم → ۵۲۷↑نفر (از جمله → ۷۱↑کودک) کشته شدند؛ یعنی → ٪۱۳٫۵↑یا → %13.5↑از → ۱۲٬۰۰۰↑نفر→.↑↑",
     "بین سال‌های ۱۳۹۸-۱۴۰۱ دست‌کم ۵۲۷ نفر (از جمله ۷۱ کودک) کشته شدند؛ یعنی ۱۳٫۵٪ یا 13.5% از ۱۲٬۰۰۰ نفر."},
    {"←به گفتٔه «عفو بین‌الملل» (→ 1,500 ،)Amnesty International↑نفر در → 15↑نوامبر → 2019↑کشته شدند→.↑↑",
     "به گفتهٔ «عفو بین‌الملل» (Amnesty International)، 1,500 نفر در 15 نوامبر 2019 کشته شدند."},
    {"←→ -۱↑محمد حسینی→ ۳۹ ،↑ساله→ ۱۷ ،↑دی →۱۴۰۱↑↑", "۱- محمد حسینی، ۳۹ ساله، ۱۷ دی ۱۴۰۱"},
    {"←→ .2↑محمدمهدی کرمی→ ۲۱ ،↑ساله [شعبٔه → ۲۸↑دادگاه انقلاب]↑",
     "2. محمدمهدی کرمی، ۲۱ ساله [شعبهٔ ۲۸ دادگاه انقلاب]"},
    {"←→ ٢٤↑كانون الثاني → ٢٠٢٣↑و→ ٪١٢↑و→ ٣٫٥↑و → ١٤٠١/٠٧/١٥↑و →١٥-١٠↑↑",
     "٢٤ كانون الثاني ٢٠٢٣ و١٢٪ و٣٫٥ و ١٤٠١/٠٧/١٥ و ١٠-١٥"},
    {"← مهران رئوف→ ،↑شهروند ایرانی→-↑بریتانیایی↑←تماس→ info@example.org :↑یا → https://example.org/fa/1401↑و →.5678 1234 21 98+↑↑",
     "- مهران رئوف، شهروند ایرانی-بریتانیایی\nتماس: info@example.org یا https://example.org/fa/1401 و +98 21 1234 5678."},
    {"←او در ساعت → ۱۴:۳۰↑مورخ → 15/07/1401↑به «→ ۵↑سال و → ۸↑ماه» حبس محکوم شد (مادٔه →.)۶۱۰↑↑",
     "او در ساعت ۱۴:۳۰ مورخ 15/07/1401 به «۵ سال و ۸ ماه» حبس محکوم شد (مادهٔ ۶۱۰)."},
    {"←سازمان → HRANA↑در → ۱۱↑آبان نوشت→ ۳۰۰ :↑تا → ۴۰۰↑نفر→ ،↑شامل → ۵۱↑کودک→ ،↑در → ۲۸↑استان از → ۳۱↑استان→.↑↑",
     "سازمان HRANA در ۱۱ آبان نوشت: ۳۰۰ تا ۴۰۰ نفر، شامل ۵۱ کودک، در ۲۸ استان از ۳۱ استان."},
    {"←ناهید تقوی→ ۶۶ ،↑ساله↑", "ناهید تقوی، ۶۶ ساله"},
    {"←→۱↑↑", "۱"},
    {"←→۱۴۰۱/۰۶/۳۰↑↑", "۱۴۰۱/۰۶/۳۰"},
    {"←→Mahsa (Jina) Amini, 22, died on 16 September 2022; see IHRNGO 2023, p. 4.↑↑",
     "Mahsa (Jina) Amini, 22, died on 16 September 2022; see IHRNGO 2023, p. 4."},
    {"←کودک و → ۲۹↑زن→ ،↑در → ۲۶↑استان کشته شده‌اند که بیش از نیمی از آنان (→ )٪۵۵↑در استان‌های سیستان و بلوچستان و کردستان↑",
     "کودک و ۲۹ زن، در ۲۶ استان کشته شده‌اند که بیش از نیمی از آنان (۵۵٪) در استان‌های سیستان و بلوچستان و کردستان"},
    {"←بوده‌اند→ .↑این گزارش می‌افزاید→« :↑در یک هفتٔه گذشته → ۳۲↑نفر→ ۱۶ ،↑تن از آنان در شهرهای کردنشین→ ،↑کشته شدند→».↑↑",
     "بوده‌اند. این گزارش می‌افزاید: «در یک هفتهٔ گذشته ۳۲ نفر، ۱۶ تن از آنان در شهرهای کردنشین، کشته شدند.»"},
    {"Mahsa (Jina) Amini (←)مهسا امینی↑, 22, from Saqqez, was detained on 13 September 2022 (۲۲ ۱۴۰۱ ←)شهریور↑",
     "Mahsa (Jina) Amini (مهسا امینی), 22, from Saqqez, was detained on 13 September 2022 (۲۲ شهریور ۱۴۰۱)"},
    {"The report «۱۲ ← زن↑۳ ،← »مرد↑lists 15 people; \"← ساله↑۲۲ ،← \"مهسا امینی↑is its first entry, and so on for many more",
     "The report «۱۲ مرد، ۳ زن» lists 15 people; \"مهسا امینی، ۲۲ ساله\" is its first entry, and so on for many more"},
    {".← در تهران جان باخت↑۱۴۰۱/۰۶/۲۵ ← در تاریخ↑،← ساله↑۲۲ ،←مهسا امینی↑",
     "مهسا امینی، ۲۲ ساله، در تاریخ ۱۴۰۱/۰۶/۲۵ در تهران جان باخت."},
    {"←گزارش → IHRNGO 2023↑نشان می‌دهد↑",
     "گزارش IHRNGO 2023 نشان می‌دهد"},
    {"←در → November 2019 15↑گفت↑", "در 15 November 2019 گفت"},
    {"←پروندهٔ → Covid-19↑در زندان↑", "پروندهٔ Covid-19 در زندان"},
    {"←قطعنامه → A/HRC/52/67↑شورا↑", "قطعنامه A/HRC/52/67 شورا"},
    {"←سازمان )عفو( گفت↑", "سازمان (عفو) گفت"},
    {"←سازمان )عفو( و »گواه« گفت↑", "سازمان (عفو) و «گواه» گفت"},
    {"←ساله→۲۲↑ زنی", "ساله۲۲ زنی"},
    {"↑←→a", "a"},
    {"←→اب", "با"},
    {"Smith, Jr.\n←ا→ ۱↑↑", "Smith, Jr.\nا۱"},
};

/* ← begins a section read from the right, → one read from the left, ↑ ends either. */
static const struct {
    const char *arrow, *mark;
} arrows[] = {{"←", "\u202B"}, {"→", "\u202A"}, {"↑", "\u202C"}};

static void add_next(struct buf *out, struct str *rest)
{
    struct str next = str_slice(*rest, 0, 1), said = next;
    for (size_t i = 0; i < COUNT_OF(arrows); i++)
        if (str_starts(*rest, str_of(arrows[i].arrow))) {
            said = str_of(arrows[i].arrow);
            next = str_of(arrows[i].mark);
        }
    buf_add(out, next);
    *rest = str_slice(*rest, said.len, rest->len);
}

static void orders_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena a;
        struct buf written;
        arena_init(&a);
        buf_init(&written, 10000);
        for (struct str rest = str_of(cases[i].written); rest.len;)
            add_next(&written, &rest);
        struct str read = str_trim(pdf_page_order(&a, buf_str(&written)));
        if (!str_equal(read, str_of(cases[i].read)))
            fail_msg("%s: \"%.*s\" and not \"%s\"", cases[i].written, STR_ARG(read), cases[i].read);
        buf_release(&written);
        arena_release(&a);
    }
}

static void leaves_other_pages(void **state)
{
    (void)state;
    struct str page = STR("At least 527,\nسلام ۲۲ ،\xFF");
    struct arena a;
    arena_init(&a);
    struct str read = pdf_page_order(&a, page);
    assert_ptr_equal(read.at, page.at);
    assert_int_equal(read.len, page.len);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(orders_lines),
        cmocka_unit_test(leaves_other_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

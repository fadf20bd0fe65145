/* One mistake in a table of data/, and what is said of it. The reader's data is here one file,
 * which each case writes anew: the good rows of its kind of table and, behind them, the broken one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/data.h"
#include "read/read.h"

enum { TABLE_BYTES = 16 * 1024 };

#define WORDS "lang/xx/words.tsv"
#define DATES "lang/xx/dates.tsv"
#define INCIDENTS "country/xx/incidents.tsv"
#define PLACES "country/xx/places.tsv"
#define CONFIDENCES "reader/confidence.tsv"

#define CONFIDENCES_HEADER "form\trule\tevidence\tright\tseen\tconfidence"
#define CONFIDENCES_ROWS                                                                           \
    "figure\t*\t*\t7\t10\t700\nlife_event\t*\t*\t7\t10\t700\nfact\t*\t*\t7\t10\t700"

static char path[64], table[TABLE_BYTES];
static const char confidences[] = CONFIDENCES_HEADER "\n" CONFIDENCES_ROWS "\n";

/* lines that are empty are none, so that a table ends where its last row does */
/* in order of the path; of two that are alike the one in the middle is found */
const struct data_file data_files[] = {{"account/states.tsv", {"event\n", 6}},
                                       {path, {table, TABLE_BYTES}},
                                       {CONFIDENCES, {confidences, sizeof confidences - 1}}};
const size_t data_files_count = COUNT_OF(data_files);

static const struct {
    const char *path, *header, *good;
} tables[] = {
    {WORDS, "class\tkind\tvalue\tforms",
     "number\t\t3\tthree\nevent\tnoun\texecuted\tmass execution|execution\nsay\t\t\tsaid|says"},
    {CONFIDENCES, CONFIDENCES_HEADER, CONFIDENCES_ROWS},
    {PLACES, "class\tkind\tvalue\tforms", "place\t\tcity\tThe Hague|Den Haag"},
    {DATES, "kind\tvalue\tforms", "month\t3\tmarch\nunit\tday\tday|days\nago\t\tago"},
    {INCIDENTS, "id\tsince\tuntil\techo\tname_en\tname_fa\tevents\twords\tnear",
     "xx-strike\t2019-02\t2019-04\t2019-12\tThe strike\tاعتصاب\tarrested|other:strike\tgreat "
     "strike|strike of 2019\tstrikers"},
};

static const struct mistake {
    const char *path, *row, *said; /* said of line 9 */
} mistakes[] = {
    {WORDS, "verbose\t\t\tword", "no class of words is called \"verbose\""},
    {WORDS, "say\tloud\t\tword", "no kind of words is called \"loud\""},
    {WORDS, "say\tnoun\t\tword", "no kind of this class: \"noun\""},
    {WORDS, "event\t\tkilled\tword", "no kind of this class: \"\""},
    {WORDS, "say\t\tkilled\tword", "this class has no value: \"killed\""},
    {WORDS, "event\tnoun\t\tword", "not a label: \"\""},
    {WORDS, "event\tnoun\tKilled\tword", "not a label: \"Killed\""},
    {WORDS, "event\tnoun\tother:\tword", "not a label: \"other:\""},
    {WORDS, "number\t\tthree\tword", "not a number: \"three\""},
    {WORDS, "number\t\t\tword", "not a number: \"\""},
    {WORDS, "scale\t\t-10\tword", "not a number: \"-10\""},
    {WORDS, "vague\t\t99999999999999999999\tword", "not a number: \"99999999999999999999\""},
    {WORDS, "bound\tbefore\tleast\tword", "not a bound: \"least\""},
    {WORDS, "particle\t\ttoo much\tword", "not a label: \"too much\""},
    {WORDS, "opens\t\tbefore\tword", "no value of this class: \"before\""},
    {WORDS, "range\t\tand\tword", "no value of this class: \"and\""},
    {PLACES, "place\t\tvillage\tWord", "no value of this class: \"village\""},
    {WORDS, "say\t\t\t", "a row without forms: \"say\""},
    {WORDS, "say", "a row without forms: \"say\""},
    {WORDS, "say\t\t\tone||two", "an empty form in \"one||two\""},
    {WORDS, "say\t\t\tone|", "an empty form in \"one|\""},
    {WORDS, "say\t\t\tone|\u200B", "a form without a word: \"\u200B\""},
    {WORDS, "say\t\t\tone| two", "a blank at an end of the form \" two\""},
    {WORDS, "say\t\t\tone|two|one", "with the same meaning twice: \"one\""},
    {WORDS, "say\t\t\tsays", "with the same meaning twice: \"says\""},
    {WORDS, "say\t\t\tword\tmore", "more cells than columns: \"say???word?more\""},
    {WORDS, "say \t\t\tword", "a blank at an end of \"say \""},
    {WORDS, "say\t\t\t word", "a blank at an end of \" word\""},
    {WORDS, "say\t\t\two\x01rd", "a control character in \"wo?rd\""},
    {WORDS, "say\t\t\two\xC3rd", "not UTF-8"},
    {WORDS, "say word", "no class of words is called \"say word\""},
    {DATES, "moon\t1\tword", "no kind of date words is called \"moon\""},
    {DATES, "month\t13\tword", "no value of this kind: \"13\""},
    {DATES, "month\t0\tword", "no value of this kind: \"0\""},
    {DATES, "month\tmarch\tword", "no value of this kind: \"march\""},
    {DATES, "month\t\tword", "no value of this kind: \"\""},
    {DATES, "jalali_month\t13\tword", "no value of this kind: \"13\""},
    {DATES, "weekday\t7\tword", "no value of this kind: \"7\""},
    {DATES, "season\t5\tword", "no value of this kind: \"5\""},
    {DATES, "ordinal\t32\tword", "no value of this kind: \"32\""},
    {DATES, "unit\tfortnight\tword", "no value of this kind: \"fortnight\""},
    {DATES, "ago\t1\tword", "no value of this kind: \"1\""},
    {DATES, "era\tpersian\tword", "no value of this kind: \"persian\""},
    {DATES, "ago\t\t", "a row without forms: \"ago\""},
    {DATES, "ago\t\tone||two", "an empty form in \"one||two\""},
    {DATES, "ago\t\tone |two", "a blank at an end of the form \"one \""},
    {DATES, "ago\t\ta b c d e f g h i", "a form of too many words: \"a b c d e f g h i\""},
    {DATES, "ago\t\tword\tmore", "more cells than columns: \"ago??word?more\""},
    {DATES, "ago\t\two\xC3rd", "not UTF-8"},
    {CONFIDENCES, "rumour\ta\tb\t1\t1\t500", "no form of statements is called \"rumour\""},
    {CONFIDENCES, "figure\t\tb\t1\t1\t500", "a row without rule or evidence: \"figure\""},
    {CONFIDENCES, "figure\ta\t\t1\t1\t500", "a row without rule or evidence: \"figure\""},
    {CONFIDENCES, "figure\ta\tb\t2\t1\t500", "not so many right of so many seen: \"2\""},
    {CONFIDENCES, "figure\ta\tb\t-1\t1\t500", "not so many right of so many seen: \"-1\""},
    {CONFIDENCES, "figure\ta\tb\t1\tone\t500", "not so many right of so many seen: \"1\""},
    {CONFIDENCES, "figure\ta\tb\t1\t1\t1001", "not a confidence from 0 to 1000: \"1001\""},
    {CONFIDENCES, "figure\ta\tb\t1\t1\t0.5", "not a confidence from 0 to 1000: \"0.5\""},
    {CONFIDENCES, "fact\t*\t*\t1\t1\t500", "twice: \"*\""},
    {INCIDENTS, "\t2019-02\t2019-04\t2019-12\tA\tب\tarrested\t\t",
     "an incident lacks its id, a name or its events: \"\""},
    {INCIDENTS, "xx-a\t2019-02\t2019-04\t2019-12\t\tب\tarrested\t\t",
     "an incident lacks its id, a name or its events: \"xx-a\""},
    {INCIDENTS, "xx-a\t2019-02\t2019-04\t2019-12\tA\t\tarrested\t\t",
     "an incident lacks its id, a name or its events: \"xx-a\""},
    {INCIDENTS, "xx-a\t2019-02\t2019-04\t2019-12\tA\tب\t\t\t",
     "an incident lacks its id, a name or its events: \"xx-a\""},
    {INCIDENTS, "xx-strike\t2019-02\t2019-04\t2019-12\tA\tب\tarrested\t\t",
     "two incidents with the id \"xx-strike\""},
    {INCIDENTS, "xx-a\t2019-13\t2019-04\t2019-12\tA\tب\tarrested\t\t", "not a date: \"2019-13\""},
    {INCIDENTS, "xx-a\t2019-02\t2019-02-30\t2019-12\tA\tب\tarrested\t\t",
     "not a date: \"2019-02-30\""},
    {INCIDENTS, "xx-a\t2019-02\t2019-04\t\tA\tب\tarrested\t\t", "not a date: \"\""},
    {INCIDENTS, "xx-a\t2019-05\t2019-04\t2019-12\tA\tب\tarrested\t\t",
     "it ends before it begins: \"2019-04\""},
    {INCIDENTS, "xx-a\t2019-02\t2019-04\t2019-03\tA\tب\tarrested\t\t",
     "its echo ends before it does: \"2019-03\""},
    {INCIDENTS, "xx-a\t2019-02\t2019-04\t2019-12\tA\tب\tArrests\t\t", "not a label: \"Arrests\""},
    {INCIDENTS, "xx-a\t2019-02\t2019-04\t2019-12\tA\tب\tarrested||killed\t\t", "not a label: \"\""},
    {INCIDENTS, "xx-a\t2019-02\t2019-04\t2019-12\tA\tب\tarrested\tx|yes\t",
     "a word of less than two letters among \"x|yes\""},
    {INCIDENTS, "xx-a\t2019-02\t2019-04\t2019-12\tA\tب\tarrested\tone| two\t",
     "a blank at an end of the word \" two\""},
    {INCIDENTS, "xx-a\t2019-02\t2019-04\t2019-12\tA\tب\tarrested\t\tone|One", "twice: \"one\""},
};

static const struct {
    const char *path, *header, *said; /* said of line 1 */
} headers[] = {
    {WORDS, "", "no header row; expected \"class kind value forms\""},
    {WORDS, "class\tvalue\tkind\tforms", "the header lacks the column \"kind\""},
    {WORDS, "class kind value forms", "the header lacks the column \"class\""},
    {WORDS, "class\tkind\tvalue\tforms\tnote", "an unknown column \"note\""},
    {WORDS, "class\tkind\tvalue\tforms ", "a blank at an end of \"forms \""},
    {CONFIDENCES, "form\trule", "the header lacks the column \"evidence\""},
    {CONFIDENCES, CONFIDENCES_HEADER, "no row * * for \"figure\""},
    {DATES, "kind\tvalue", "the header lacks the column \"forms\""},
    {INCIDENTS, "id\tsince\tuntil\techo\tname_en\tname_fa\tevents\twords",
     "the header lacks the column \"near\""},
};

static void write_table(const char *where, const char *header, const char *good, const char *row)
{
    memset(table, '\n', sizeof table);
    snprintf(path, sizeof path, "%s", where);
    size_t at = 0, lines = 1;
    const char *const parts[] = {header, "\n", good};
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        memcpy(table + at, parts[i], strlen(parts[i]));
        at += strlen(parts[i]);
    }
    for (size_t i = 0; i < at; i++)
        lines += table[i] == '\n';
    for (at++; ++lines < 9;)
        table[at++] = '\n';
    memcpy(table + at, row, strlen(row));
}

static const char *good_of(const char *where, const char **header)
{
    for (size_t i = 0; i < COUNT_OF(tables); i++)
        if (strcmp(tables[i].path, where) == 0) {
            *header = tables[i].header;
            return tables[i].good;
        }
    fail_msg("no good rows for %s", where);
    return "";
}

static void assert_said(const char *where, size_t line, const char *said)
{
    struct reader *reader = NULL;
    struct fault why = {0};
    char expected[sizeof why.text];
    snprintf(expected, sizeof expected, "data/%s, line %zu: %s", where, line, said);
    assert_int_equal(reader_new(&reader, &why), REFUSED);
    assert_null(reader);
    assert_string_equal(why.text, expected);
    assert_int_equal(why.at, line);
}

static void the_good_rows_are_good(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        struct reader *reader = NULL;
        struct fault why = {0};
        write_table(tables[i].path, tables[i].header, tables[i].good, "# the end");
        if (reader_new(&reader, &why) != OK)
            fail_msg("%s", why.text);
        reader_free(reader);
    }
}

static void each_mistake_is_named_with_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
        const char *header = NULL, *good = good_of(mistakes[i].path, &header);
        write_table(mistakes[i].path, header, good, mistakes[i].row);
        assert_said(mistakes[i].path, 9, mistakes[i].said);
    }
}

static void so_is_a_mistake_in_the_header(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(headers); i++) {
        write_table(headers[i].path, headers[i].header, "", "");
        if (!*headers[i].header)
            memset(table, '\n', sizeof table);
        struct reader *reader = NULL;
        struct fault why = {0};
        assert_int_equal(reader_new(&reader, &why), REFUSED);
        assert_null(reader);
        struct str text = str_of(why.text);
        if (!str_ends(text, str_of(headers[i].said)) || !str_starts(text, str_of("data/")) ||
            str_find(text, STR(", line "), 0) == SIZE_MAX)
            fail_msg("\"%s\", not \"%s\"", why.text, headers[i].said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_good_rows_are_good),
        cmocka_unit_test(each_mistake_is_named_with_its_place),
        cmocka_unit_test(so_is_a_mistake_in_the_header),
    };
    return cmocka_run_group_tests_name("broken tables", tests, NULL, NULL);
}

#include "match/fields.h"

#include "base/table.h"
#include "match/spelling.h"
#include "text/calendar.h"
#include "text/fold.h"
#include "text/utf8.h"

static const char *const names[FIELDS] = {
    [FIELD_NONE] = "none",
    [FIELD_ID] = "id",
    [FIELD_FULL_NAME] = "full_name",
    [FIELD_GIVEN_NAME] = "given_name",
    [FIELD_FAMILY_NAME] = "family_name",
    [FIELD_FATHER_NAME] = "father_name",
    [FIELD_BIRTH_DATE] = "birth_date",
    [FIELD_BIRTH_YEAR] = "birth_year",
    [FIELD_BIRTH_MONTH] = "birth_month",
    [FIELD_BIRTH_DAY] = "birth_day",
    [FIELD_AGE] = "age",
    [FIELD_DATE] = "date",
    [FIELD_GENDER] = "gender",
    [FIELD_PLACE] = "place",
    [FIELD_REGION] = "region",
    [FIELD_POSTCODE] = "postcode",
    [FIELD_ADDRESS] = "address",
    [FIELD_NUMBER] = "number",
    [FIELD_OCCUPATION] = "occupation",
    [FIELD_GROUP] = "group",
    [FIELD_TEXT] = "text",
    [FIELD_IDENTIFIER] = "identifier",
    [FIELD_PHONE] = "phone",
    [FIELD_EMAIL] = "email",
};

const char *field_name(enum field field)
{
    return names[field];
}

bool field_named(struct str name, enum field *out)
{
    for (size_t i = 0; i < FIELDS; i++)
        if (str_equal(name, str_of(names[i]))) {
            *out = (enum field)i;
            return true;
        }
    return false;
}

static bool same_code(const struct spelling *a, struct str text)
{
    struct spelling b;
    spelling_of(text, SPELLING_CODE, &b);
    return letters_equal(spelling_whole(a), spelling_whole(&b));
}

enum outcome field_of_heading(struct str heading, enum field *out, struct fault *why)
{
    struct table t;
    struct row row;
    struct spelling wanted;
    bool more;
    spelling_of(heading, SPELLING_CODE, &wanted);
    *out = FIELD_NONE;
    enum outcome outcome = table_open(&t, "names/columns.tsv", "kind header", why);
    while (!outcome && wanted.count && !(outcome = table_next(&t, &row, &more, why)) && more) {
        if (!same_code(&wanted, row.cells[1]))
            continue;
        return field_named(row.cells[0], out)
                   ? OK
                   : table_refuse(&t, why, "not a kind of field:", row.cells[0]);
    }
    return outcome;
}

enum { GENDER_WORDS = 64 };

static struct {
    struct spelling word;
    char gender;
} genders[GENDER_WORDS];
static size_t genders_count;

enum { MISSING_WORDS = 64 };

static struct str missing[MISSING_WORDS];
static size_t missing_count;
static bool missing_hints[256]; /* what a word of them comes to under hint_of */

static uint8_t hint_of(struct str s)
{
    return (uint8_t)((unsigned char)s.at[0] * 7u + (unsigned char)s.at[s.len - 1] * 31u + s.len);
}

static enum outcome missing_read(struct fault *why)
{
    struct table t;
    struct row row;
    bool more;
    enum outcome outcome = table_open(&t, "names/missing.tsv", "word", why);
    while (!outcome && !(outcome = table_next(&t, &row, &more, why)) && more) {
        if (missing_count == MISSING_WORDS)
            return table_refuse(&t, why, "more words than there is room for:", row.cells[0]);
        missing[missing_count++] = row.cells[0];
        missing_hints[hint_of(row.cells[0])] = true;
    }
    return outcome;
}

bool field_is_missing(struct str text)
{
    if (!text.len)
        return true;
    for (size_t i = 0; i < missing_count && missing_hints[hint_of(text)]; i++)
        if (str_equal(text, missing[i]))
            return true;
    return false;
}

enum outcome fields_start(struct fault *why)
{
    struct table t;
    struct row row;
    bool more;
    if (genders_count)
        return OK;
    if (missing_read(why))
        return why ? why->code : REFUSED;
    enum outcome outcome = table_open(&t, "names/genders.tsv", "gender word", why);
    while (!outcome && !(outcome = table_next(&t, &row, &more, why)) && more) {
        if (genders_count == GENDER_WORDS || row.cells[0].len != 1)
            return table_refuse(&t, why, "a row that cannot be used:", row.cells[1]);
        spelling_of(row.cells[1], SPELLING_CODE, &genders[genders_count].word);
        genders[genders_count++].gender = row.cells[0].at[0];
    }
    return outcome;
}

char gender_of(struct str word)
{
    struct spelling wanted;
    spelling_of(word, SPELLING_CODE, &wanted);
    for (size_t i = 0; i < genders_count; i++)
        if (letters_equal(spelling_whole(&wanted), spelling_whole(&genders[i].word)))
            return genders[i].gender;
    return 0;
}

/* ---- dates ---- */

enum { NUMBERS = 3 };

struct numbers {
    int values[NUMBERS];
    size_t digits[NUMBERS], count;
    bool words; /* letters stand between them, such as a month's name */
};

/* a Persian or Arabic digit counts as its value */
static int digit_of(uint32_t c)
{
    return c >= '0' && c <= '9'       ? (int)(c - '0')
           : c >= 0x660 && c <= 0x669 ? (int)(c - 0x660)
           : c >= 0x6F0 && c <= 0x6F9 ? (int)(c - 0x6F0)
                                      : -1;
}

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0x660) ||
           (c >= 0x66E && c < 0x6D4);
}

static struct numbers numbers_of(struct str text)
{
    struct numbers n = {0};
    size_t size;
    bool open = false;
    for (size_t at = 0; at < text.len; at += size) {
        int digit = digit_of(utf8_at(text, at, &size));
        if (digit < 0) {
            open = false;
            /* what follows, such as a time of day, is no part of it */
            if (n.count == NUMBERS)
                break;
            n.words = n.words || is_letter(utf8_at(text, at, &size));
            continue;
        }
        if (!open && n.count == NUMBERS)
            break;
        size_t i = open ? n.count - 1 : n.count++;
        open = true;
        if (++n.digits[i] > 8)
            return (struct numbers){0};
        n.values[i] = n.values[i] * 10 + digit;
    }
    if (n.count == 1 && n.digits[0] == 8) {
        int all = n.values[0];
        return (struct numbers){{all / 10000, all / 100 % 100, all % 100}, {4, 2, 2}, 3, n.words};
    }
    return n;
}

/* year first: 3 numbers as year, month, day */
static struct numbers year_alone(struct numbers n)
{
    for (size_t i = 0; i < n.count; i++)
        if (n.digits[i] == 4)
            return (struct numbers){{n.values[i]}, {4}, 1, false};
    return (struct numbers){0};
}

static struct numbers year_first(struct numbers n, bool month_first)
{
    if (n.words)
        return year_alone(n);
    if (n.count == 3 && n.digits[2] == 4 && n.digits[0] <= 2) {
        int first = n.values[0], second = n.values[1];
        bool turned = (month_first && second <= 31 && first <= 12) || second > 12;
        return (struct numbers){
            {n.values[2], turned ? first : second, turned ? second : first}, {4, 2, 2}, 3, false};
    }
    if (n.count == 2 && n.digits[1] == 4)
        return (struct numbers){{n.values[1], n.values[0], 0}, {4, 2, 0}, 2, false};
    return n;
}

static uint32_t pack(int year, int month, int day)
{
    if (year < 1 || year > 9999 || month < 0 || month > 12 || day < 0 || day > 31)
        return 0;
    return (uint32_t)year << 9 | (uint32_t)month << 5 | (uint32_t)day;
}

static uint32_t from_jalali(int year, int month, int day)
{
    int64_t days;
    if (!month) /* most of the year lies in the Gregorian one before */
        return pack(year + 621, 0, 0);
    if (!calendar_to_days(CALENDAR_JALALI, (struct day){year, month, day ? day : 1}, &days))
        return pack(year + 621, 0, 0);
    struct day d = calendar_of_days(CALENDAR_GREGORIAN, days);
    return pack(d.year, day ? d.month : 0, day ? d.day : 0);
}

uint32_t date_of_text(struct str text, struct date_style style)
{
    struct numbers n = year_first(numbers_of(text), style.month_first);
    if (!n.count || n.digits[0] < 3)
        return 0;
    int year = n.values[0], month = n.count > 1 ? n.values[1] : 0;
    int day = n.count > 2 ? n.values[2] : 0;
    if (month > 12 || day > 31)
        month = day = 0;
    return style.jalali && year < 1500 ? from_jalali(year, month, day) : pack(year, month, day);
}

void date_census_add(struct date_census *c, struct str text)
{
    struct numbers n = numbers_of(text);
    if (!n.count)
        return;
    c->seen++;
    if (n.count == 3 && n.digits[2] == 4) {
        c->day_first += n.values[0] > 12 && n.values[1] <= 12;
        c->month_first += n.values[1] > 12 && n.values[0] <= 12;
    }
    int year = year_first(n, false).values[0];
    c->jalali += year >= 1250 && year <= 1450;
}

struct date_style date_census_end(const struct date_census *c)
{
    return (struct date_style){.jalali = c->jalali * 10 > c->seen * 6,
                               .month_first = c->month_first > c->day_first};
}

#include <stddef.h>

#include "base/table.h"
#include "publish/voice_int.h"
#include "text/utf8.h"

static const char *const pattern_names[PATTERNS] = {
    [PATTERN_DAY] = "day",
    [PATTERN_MONTH] = "month",
    [PATTERN_SEASON] = "season",
    [PATTERN_DECADE] = "decade",
    [PATTERN_CENTURY] = "century",
    [PATTERN_WITHIN] = "within",
    [PATTERN_INTERVAL] = "interval",
    [PATTERN_SINCE] = "since",
    [PATTERN_UNTIL] = "until",
    [PATTERN_UNCERTAIN] = "uncertain",
    [PATTERN_APPROXIMATE] = "approximate",
    [PATTERN_DOUBTFUL] = "doubtful",
    [PATTERN_MOMENT] = "moment",
    [PATTERN_EXACT] = "exact",
    [PATTERN_AT_LEAST] = "at_least",
    [PATTERN_MORE_THAN] = "more_than",
    [PATTERN_ABOUT] = "about",
    [PATTERN_NEARLY] = "nearly",
    [PATTERN_UP_TO] = "up_to",
    [PATTERN_RANGE] = "range",
    [PATTERN_LIST] = "list",
    [PATTERN_LIST_END] = "list_end",
    [PATTERN_YEARS] = "years",
    [PATTERN_MONTHS] = "months",
    [PATTERN_WEEKS] = "weeks",
    [PATTERN_DAYS] = "days",
    [PATTERN_YEAR_ONE] = "year_one",
    [PATTERN_MONTH_ONE] = "month_one",
    [PATTERN_WEEK_ONE] = "week_one",
    [PATTERN_DAY_ONE] = "day_one",
    [PATTERN_LASHES] = "lashes",
};

const char *pattern_name(enum pattern pattern)
{
    return pattern_names[pattern];
}

struct reading_language {
    struct language *language;
    struct arena *arena;
    struct table table;
    size_t labels_room;
};

static bool set_digits(struct language *l, struct str text)
{
    size_t at = 0, size;
    for (size_t i = 0; i < COUNT_OF(l->digits); i++) {
        if (at >= text.len)
            return false;
        utf8_at(text, at, &size);
        l->digits[i] = str_slice(text, at, at + size);
        at += size;
    }
    return at == text.len;
}

static bool set_setting(struct language *l, struct str name, struct str text)
{
    if (str_equal(name, STR("own_name")))
        l->own_name = text;
    else if (str_equal(name, STR("group")))
        l->group = text;
    else if (str_equal(name, STR("digits")))
        return set_digits(l, text);
    else if (str_equal(name, STR("direction")))
        l->right_to_left = str_equal(text, STR("rtl"));
    else if (str_equal(name, STR("calendar")))
        l->calendar = str_equal(text, STR("jalali")) ? CALENDAR_JALALI : CALENDAR_GREGORIAN;
    else
        return false;
    return true;
}

/* sets one of `count` texts by its number, from 1 */
static bool set_numbered(struct str *texts, size_t count, struct str number, struct str text)
{
    int64_t n;
    if (!str_to_int(number, &n) || n < 1 || n > (int64_t)count)
        return false;
    texts[n - 1] = text;
    return true;
}

static bool set_pattern(struct language *l, struct str name, struct str text)
{
    for (size_t i = 0; i < PATTERNS; i++)
        if (str_equal(name, str_of(pattern_names[i]))) {
            l->patterns[i] = text;
            return true;
        }
    return false;
}

static bool set_row(struct reading_language *r, const struct row *row)
{
    struct language *l = r->language;
    struct str kind = row->cells[0], name = row->cells[1], text = row->cells[2];
    if (str_equal(kind, STR("setting")))
        return set_setting(l, name, text);
    if (str_equal(kind, STR("pattern")))
        return set_pattern(l, name, text);
    if (str_equal(kind, STR("month")))
        return set_numbered(l->months[CALENDAR_GREGORIAN], 12, name, text);
    if (str_equal(kind, STR("jalali_month")))
        return set_numbered(l->months[CALENDAR_JALALI], 12, name, text);
    if (str_equal(kind, STR("season")))
        return set_numbered(l->seasons, 4, name, text);
    if (!str_equal(kind, STR("label")) || !name.len || !text.len)
        return false;
    l->labels =
        arena_grow(r->arena, l->labels, l->labels_count, &r->labels_room, sizeof *l->labels);
    l->labels[l->labels_count++] = (struct label){name, text};
    return true;
}

static int compare_labels(const void *left, const void *right)
{
    const struct label *a = left, *b = right;
    return str_compare(a->key, b->key);
}

static const char *first_missing(const struct language *l)
{
    for (size_t i = 0; i < PATTERNS; i++)
        if (!l->patterns[i].len)
            return pattern_names[i];
    for (size_t i = 0; i < 12; i++)
        if (!l->months[0][i].len || !l->months[1][i].len)
            return "month";
    for (size_t i = 0; i < COUNT_OF(l->seasons); i++)
        if (!l->seasons[i].len)
            return "season";
    if (!l->digits[0].len)
        return "digits";
    return l->own_name.len ? NULL : "own_name";
}

enum outcome language_read(struct language *l, struct arena *arena, struct fault *why)
{
    struct reading_language r = {.language = l, .arena = arena};
    struct str path = arena_print(arena, "lang/%.*s/interface.tsv", STR_ARG(l->code));
    enum outcome result = table_open(&r.table, path.at, "kind value text", why);
    bool more = result == OK;
    struct row row;
    while (result == OK && more) {
        result = table_next(&r.table, &row, &more, why);
        if (result == OK && more && !set_row(&r, &row))
            result = table_refuse(&r.table, why, "not a row of an interface:", row.cells[1]);
    }
    if (result != OK)
        return result;
    qsort(l->labels, l->labels_count, sizeof *l->labels, compare_labels);
    for (size_t i = 1; i < l->labels_count; i++)
        if (str_equal(l->labels[i - 1].key, l->labels[i].key))
            return refuse(why, REFUSED, "data/%s: two rows for the label \"%.*s\"", path.at,
                          STR_ARG(l->labels[i].key));
    const char *missing = first_missing(l);
    if (missing)
        return refuse(why, REFUSED, "data/%s: no row for \"%s\"", path.at, missing);
    return OK;
}

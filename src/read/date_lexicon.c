#include "base/table.h"
#include "read/date_int.h"

enum { TABLE_SIZE = 8192, FORM_WORDS_LIMIT = 8, FILTER_BITS = 32768 };

_Static_assert(DATE_KINDS <= 32, "the kinds fit date_phrase.kinds");

struct date_lexicon {
    struct arena arena;
    struct date_phrase phrases[TABLE_SIZE]; /* open addressing */
    uint64_t filter[FILTER_BITS / 64];      /* a bit by hash: clear when there is no phrase */
    size_t count;
};

static const struct {
    const char *name;
    enum date_kind kind;
    enum calendar calendar;
    enum date_strength strength;
    bool small;
} kinds[] = {
    {"month", DATE_MONTH, CALENDAR_GREGORIAN, STRONG, false},
    {"weak_month", DATE_MONTH, CALENDAR_GREGORIAN, WEAK, false},
    {"faint_month", DATE_MONTH, CALENDAR_GREGORIAN, FAINT, false},
    {"small_month", DATE_MONTH, CALENDAR_GREGORIAN, STRONG, true},
    {"small_weak_month", DATE_MONTH, CALENDAR_GREGORIAN, WEAK, true},
    {"jalali_month", DATE_MONTH, CALENDAR_JALALI, STRONG, false},
    {"weak_jalali_month", DATE_MONTH, CALENDAR_JALALI, WEAK, false},
    {"faint_jalali_month", DATE_MONTH, CALENDAR_JALALI, FAINT, false},
    {"islamic_month", DATE_MONTH, CALENDAR_ISLAMIC, STRONG, false},
    {"weak_islamic_month", DATE_MONTH, CALENDAR_ISLAMIC, WEAK, false},
    {"faint_islamic_month", DATE_MONTH, CALENDAR_ISLAMIC, FAINT, false},
    {"weekday", DATE_WEEKDAY, CALENDAR_GREGORIAN, STRONG, false},
    {"weak_weekday", DATE_WEEKDAY, CALENDAR_GREGORIAN, WEAK, false},
    {"small_weekday", DATE_WEEKDAY, CALENDAR_GREGORIAN, STRONG, true},
    {"season", DATE_SEASON, CALENDAR_GREGORIAN, STRONG, false},
    {"weak_season", DATE_SEASON, CALENDAR_GREGORIAN, WEAK, false},
    {"ordinal", DATE_ORDINAL, CALENDAR_GREGORIAN, STRONG, false},
    {"number", DATE_NUMBER, CALENDAR_GREGORIAN, STRONG, false},
    {"unit", DATE_UNIT, CALENDAR_GREGORIAN, STRONG, false},
    {"weak_unit", DATE_UNIT, CALENDAR_GREGORIAN, WEAK, false},
    {"day_offset", DATE_DAY_OFFSET, CALENDAR_GREGORIAN, STRONG, false},
    {"year_offset", DATE_YEAR_OFFSET, CALENDAR_GREGORIAN, STRONG, false},
    {"direction", DATE_DIRECTION, CALENDAR_GREGORIAN, STRONG, false},
    {"direction_behind", DATE_TURN_BEHIND, CALENDAR_GREGORIAN, STRONG, false},
    {"same", DATE_SAME, CALENDAR_GREGORIAN, STRONG, false},
    {"ago", DATE_AGO, CALENDAR_GREGORIAN, STRONG, false},
    {"later", DATE_LATER, CALENDAR_GREGORIAN, STRONG, false},
    {"part", DATE_PART, CALENDAR_GREGORIAN, STRONG, false},
    {"end_of", DATE_END_OF, CALENDAR_GREGORIAN, STRONG, false},
    {"preposition", DATE_PREPOSITION, CALENDAR_GREGORIAN, STRONG, false},
    {"of", DATE_OF, CALENDAR_GREGORIAN, STRONG, false},
    {"between", DATE_BETWEEN, CALENDAR_GREGORIAN, STRONG, false},
    {"on", DATE_ON, CALENDAR_GREGORIAN, STRONG, false},
    {"to", DATE_TO, CALENDAR_GREGORIAN, STRONG, false},
    {"and", DATE_AND, CALENDAR_GREGORIAN, STRONG, false},
    {"the", DATE_THE, CALENDAR_GREGORIAN, STRONG, false},
    {"era", DATE_ERA, CALENDAR_GREGORIAN, STRONG, false},
    {"ordinal_suffix", DATE_ORDINAL_SUFFIX, CALENDAR_GREGORIAN, STRONG, false},
    {"decade_suffix", DATE_DECADE_SUFFIX, CALENDAR_GREGORIAN, STRONG, false},
    {"day_part", DATE_DAY_PART, CALENDAR_GREGORIAN, STRONG, false},
    {"future", DATE_FUTURE, CALENDAR_GREGORIAN, STRONG, false},
    {"bar_before", DATE_BAR_BEFORE, CALENDAR_GREGORIAN, STRONG, false},
    {"bar_after", DATE_BAR_AFTER, CALENDAR_GREGORIAN, STRONG, false},
    {"nowadays", DATE_NOWADAYS, CALENDAR_GREGORIAN, STRONG, false},
    {"counted", DATE_COUNTED, CALENDAR_GREGORIAN, STRONG, false},
    {"cited", DATE_CITED, CALENDAR_GREGORIAN, STRONG, false},
};

/* The values that are words. */
static const struct {
    enum date_kind kind;
    const char *name;
    int value;
} values[] = {
    {DATE_UNIT, "day", UNIT_DAY},
    {DATE_UNIT, "week", UNIT_WEEK},
    {DATE_UNIT, "month", UNIT_MONTH},
    {DATE_UNIT, "year", UNIT_YEAR},
    {DATE_UNIT, "decade", UNIT_DECADE},
    {DATE_UNIT, "weekend", UNIT_WEEKEND},
    {DATE_DIRECTION, "last", TURN_LAST},
    {DATE_DIRECTION, "this", TURN_THIS},
    {DATE_DIRECTION, "next", TURN_NEXT},
    {DATE_TURN_BEHIND, "last", TURN_LAST},
    {DATE_TURN_BEHIND, "this", TURN_THIS},
    {DATE_TURN_BEHIND, "next", TURN_NEXT},
    {DATE_PART, "start", PART_START},
    {DATE_PART, "middle", PART_MIDDLE},
    {DATE_PART, "end", PART_END},
    {DATE_PART, "opening", PART_OPENING},
    {DATE_PREPOSITION, "time", 1},
    {DATE_PREPOSITION, "loose", 0},
    {DATE_ERA, "gregorian", CALENDAR_GREGORIAN},
    {DATE_ERA, "jalali", CALENDAR_JALALI},
    {DATE_ERA, "islamic", CALENDAR_ISLAMIC},
    {DATE_ERA, "none", -1},
};

static const struct {
    enum date_kind kind;
    int low, high;
} ranges[] = {
    {DATE_MONTH, 1, 12},       {DATE_WEEKDAY, 0, 6},   {DATE_SEASON, 1, 4},
    {DATE_ORDINAL, 1, 31},     {DATE_NUMBER, 1, 1000}, {DATE_DAY_OFFSET, -7, 7},
    {DATE_YEAR_OFFSET, -9, 9}, {DATE_SAME, -1, 2},     {DATE_LATER, -1, 1},
};

uint64_t date_hash_join(uint64_t before, uint64_t word)
{
    return (before ^ word) * UINT64_C(1099511628211) + 1;
}

static struct date_phrase *place_of(struct date_lexicon *l, uint64_t hash)
{
    size_t i = (hash ^ hash >> 32) % TABLE_SIZE;
    while (l->phrases[i].hash && l->phrases[i].hash != hash)
        i = (i + 1) % TABLE_SIZE;
    return &l->phrases[i];
}

static size_t bit_of(uint64_t hash)
{
    return (hash ^ hash >> 29) % FILTER_BITS;
}

const struct date_phrase *date_phrase_find(const struct date_lexicon *l, uint64_t hash)
{
    size_t bit = bit_of(hash);
    if (!(l->filter[bit / 64] >> bit % 64 & 1))
        return NULL;
    size_t i = (hash ^ hash >> 32) % TABLE_SIZE;
    while (l->phrases[i].hash && l->phrases[i].hash != hash)
        i = (i + 1) % TABLE_SIZE;
    return l->phrases[i].hash ? &l->phrases[i] : NULL;
}

static bool read_value(enum date_kind kind, struct str cell, int *out)
{
    int64_t number;
    *out = 0;
    for (size_t i = 0; i < COUNT_OF(values); i++)
        if (values[i].kind == kind && str_equal(cell, str_of(values[i].name))) {
            *out = values[i].value;
            return true;
        }
    for (size_t i = 0; i < COUNT_OF(ranges); i++)
        if (ranges[i].kind == kind) {
            if (!str_to_int(cell, &number) || number < ranges[i].low || number > ranges[i].high)
                return false;
            *out = (int)number;
            return true;
        }
    return cell.len == 0;
}

static enum outcome read_meaning(const struct table *t, const struct row *row,
                                 struct date_meaning *out, struct fault *why)
{
    size_t i = 0;
    while (i < COUNT_OF(kinds) && !str_equal(row->cells[0], str_of(kinds[i].name)))
        i++;
    if (i == COUNT_OF(kinds))
        return table_refuse(t, why, "no kind of date words is called", row->cells[0]);
    *out = (struct date_meaning){.kind = kinds[i].kind,
                                 .calendar = kinds[i].calendar,
                                 .strength = kinds[i].strength,
                                 .small = kinds[i].small};
    if (!read_value(out->kind, row->cells[1], &out->value))
        return table_refuse(t, why, "no value of this kind:", row->cells[1]);
    return OK;
}

static bool stands_already(const struct date_phrase *p, const struct date_meaning *meaning)
{
    for (const struct date_meaning *m = p->meanings; m; m = m->next)
        if (m->kind == meaning->kind && m->calendar == meaning->calendar &&
            m->strength == meaning->strength && m->small == meaning->small &&
            m->value == meaning->value)
            return true;
    return false;
}

static void add_meaning(struct date_lexicon *l, struct date_phrase *p,
                        const struct date_meaning *meaning)
{
    struct date_meaning *copy = arena_alloc(&l->arena, sizeof *copy);
    *copy = *meaning;
    copy->next = p->meanings;
    p->meanings = copy;
    p->kinds |= UINT32_C(1) << meaning->kind;
}

/* Languages may share a form with its meaning: it is kept once. */
static enum outcome add_form(struct date_lexicon *l, const struct table *t, struct str form,
                             const struct date_meaning *meaning, struct fault *why)
{
    struct date_tokens words = {0};
    uint64_t hash = DATE_HASH_START;
    date_tokens_cut(NULL, NULL, form, 0, &l->arena, &words);
    if (words.count == 0)
        return table_refuse(t, why, "a form without a word:", form);
    if (words.count > FORM_WORDS_LIMIT)
        return table_refuse(t, why, "a form of too many words:", form);
    if (str_trim(form).len < form.len)
        return table_refuse(t, why, "a blank at an end of the form", form);
    for (size_t i = 0; i < words.count; i++) {
        hash = date_hash_join(hash, words.at[i].hash);
        struct date_phrase *phrase = place_of(l, hash);
        if (!phrase->hash && l->count++ == TABLE_SIZE / 2)
            return table_refuse(t, why, "more forms than there is room for:", form);
        phrase->hash = hash;
        l->filter[bit_of(hash) / 64] |= UINT64_C(1) << bit_of(hash) % 64;
        if (i + 1 < words.count)
            phrase->prefix = true;
        else if (!stands_already(phrase, meaning))
            add_meaning(l, phrase, meaning);
    }
    return OK;
}

static enum outcome read_table(struct date_lexicon *l, const char *path, struct fault *why)
{
    struct table t;
    struct row row;
    bool more = true;
    enum outcome result = table_open(&t, path, "kind value forms", why);
    while (result == OK && (result = table_next(&t, &row, &more, why)) == OK && more) {
        struct date_meaning meaning;
        struct str forms = row.cells[2], form;
        result = read_meaning(&t, &row, &meaning, why);
        if (result == OK && !forms.len)
            result = table_refuse(&t, why, "a row without forms:", row.cells[0]);
        while (result == OK && str_cut(&forms, '|', &form))
            result = form.len ? add_form(l, &t, form, &meaning, why)
                              : table_refuse(&t, why, "an empty form in", row.cells[2]);
    }
    return result;
}

enum outcome date_lexicon_new(struct date_lexicon **out, struct fault *why)
{
    struct date_lexicon *l = mem_alloc(sizeof *l);
    arena_init(&l->arena);
    for (size_t i = 0; i < data_files_count; i++) {
        struct str path = str_of(data_files[i].path);
        if (!str_starts(path, STR("lang/")) || !str_ends(path, STR("/dates.tsv")))
            continue;
        enum outcome outcome = read_table(l, data_files[i].path, why);
        if (outcome) {
            date_lexicon_free(l);
            return outcome;
        }
    }
    *out = l;
    return OK;
}

void date_lexicon_free(struct date_lexicon *l)
{
    if (!l)
        return;
    arena_release(&l->arena);
    mem_free(l);
}

#include "account/finding_words.h"

#include "account/value.h"

static struct str capital(struct arena *arena, struct str label)
{
    bool small = label.len && label.at[0] >= 'a' && label.at[0] <= 'z';
    return small ? arena_print(arena, "%c%.*s", label.at[0] - 'a' + 'A',
                               STR_ARG(str_slice(label, 1, label.len)))
                 : label;
}

static struct str part(struct arena *arena, const struct finding *f, size_t i)
{
    int64_t count = 0;
    switch (finding_part_value(f->kind, i)) {
    case FINDING_DAY_OF_WEEK:
    case FINDING_CALENDAR_NAME:
        return capital(arena, f->parts[i]);
    case FINDING_NUMBER:
        return str_to_int(f->parts[i], &count) ? count_write(arena, count) : f->parts[i];
    case FINDING_DATE:
    case FINDING_TEXT:
    case FINDING_NOTHING:
        break;
    }
    return f->parts[i];
}

struct str finding_words(struct arena *arena, const struct finding *f)
{
    struct str a = part(arena, f, 0), b = part(arena, f, 1), c = part(arena, f, 2),
               d = part(arena, f, 3);
    switch (f->kind) {
    case FINDING_WEEKDAY:
        return arena_print(arena, "%.*s is a %.*s, not a %.*s", STR_ARG(c), STR_ARG(b), STR_ARG(a));
    case FINDING_CALENDAR:
        return arena_print(arena,
                           "a month's name of the %.*s calendar in a %.*s year; read as %.*s",
                           STR_ARG(a), STR_ARG(b), STR_ARG(c));
    case FINDING_NO_SUCH_DAY:
        return arena_print(arena, "day %.*s of a month that has %.*s", STR_ARG(a), STR_ARG(b));
    case FINDING_BACKWARDS:
        return arena_print(arena, "it begins on %.*s and ends before that, on %.*s", STR_ARG(a),
                           STR_ARG(b));
    case FINDING_TWO_DATES:
        return arena_print(arena, "the first is %.*s, the second %.*s", STR_ARG(a), STR_ARG(b));
    case FINDING_AFTER_DOCUMENT:
        return arena_print(arena, "%.*s is later than the document, %.*s", STR_ARG(a), STR_ARG(b));
    case FINDING_PART_LARGER:
        return arena_print(arena, "%.*s is a part of %.*s, and larger", STR_ARG(a), STR_ARG(b));
    case FINDING_COUNT_FALLING:
        return arena_print(arena,
                           "%.*s on %.*s, though the same source counted %.*s before, on %.*s",
                           STR_ARG(a), STR_ARG(b), STR_ARG(c), STR_ARG(d));
    case FINDING_DEFAULT:
        return arena_print(arena,
                           "\"%.*s\" stands in %.*s of %.*s rows (%.*s%%), where others differ: it "
                           "may stand for \"unknown\"",
                           STR_ARG(a), STR_ARG(b), STR_ARG(c), STR_ARG(d));
    case FINDING_FIRST_OF_YEAR:
        return arena_print(arena,
                           "%.*s of %.*s days (%.*s%%) are the first of a year, such as %.*s: they "
                           "may stand for \"unknown\"",
                           STR_ARG(b), STR_ARG(c), STR_ARG(d), STR_ARG(a));
    case FINDING_KINDS:
        break;
    }
    bug("a finding of no kind");
}

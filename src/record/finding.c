#include "record/finding.h"

static const struct {
    const char *name;
    struct {
        const char *name;
        enum finding_value value;
    } parts[FINDING_PARTS];
} kinds[FINDING_KINDS] = {
    [FINDING_WEEKDAY] = {"weekday",
                         {{"written", FINDING_DAY_OF_WEEK},
                          {"is", FINDING_DAY_OF_WEEK},
                          {"day", FINDING_DATE}}},
    [FINDING_CALENDAR] = {"calendar",
                          {{"month", FINDING_CALENDAR_NAME},
                           {"year", FINDING_CALENDAR_NAME},
                           {"read", FINDING_DATE}}},
    [FINDING_NO_SUCH_DAY] = {"no_such_day", {{"day", FINDING_NUMBER}, {"days", FINDING_NUMBER}}},
    [FINDING_BACKWARDS] = {"backwards", {{"begins", FINDING_DATE}, {"ends", FINDING_DATE}}},
    [FINDING_TWO_DATES] = {"two_dates", {{"first", FINDING_DATE}, {"second", FINDING_DATE}}},
    [FINDING_AFTER_DOCUMENT] = {"after_document",
                                {{"day", FINDING_DATE}, {"document", FINDING_DATE}}},
    [FINDING_PART_LARGER] = {"part_larger", {{"part", FINDING_NUMBER}, {"whole", FINDING_NUMBER}}},
    [FINDING_COUNT_FALLING] = {"count_falling",
                               {{"later", FINDING_NUMBER},
                                {"on", FINDING_DATE},
                                {"earlier", FINDING_NUMBER},
                                {"before", FINDING_DATE}}},
    [FINDING_DEFAULT] = {"default_value",
                         {{"value", FINDING_TEXT},
                          {"times", FINDING_NUMBER},
                          {"rows", FINDING_NUMBER},
                          {"percent", FINDING_NUMBER}}},
    [FINDING_FIRST_OF_YEAR] = {"first_of_year",
                               {{"value", FINDING_TEXT},
                                {"times", FINDING_NUMBER},
                                {"rows", FINDING_NUMBER},
                                {"percent", FINDING_NUMBER}}},
};

const char *finding_kind_name(enum finding_kind kind)
{
    return kinds[kind].name;
}

bool finding_kind_read(struct str name, enum finding_kind *out)
{
    for (size_t i = 0; i < FINDING_KINDS; i++)
        if (str_equal(name, str_of(kinds[i].name))) {
            *out = (enum finding_kind)i;
            return true;
        }
    return false;
}

const char *finding_part_name(enum finding_kind kind, size_t part)
{
    return part < FINDING_PARTS ? kinds[kind].parts[part].name : NULL;
}

enum finding_value finding_part_value(enum finding_kind kind, size_t part)
{
    return part < FINDING_PARTS ? kinds[kind].parts[part].value : FINDING_NOTHING;
}

struct str finding_weekday(int weekday)
{
    static const char *const names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday"};
    return str_of(names[weekday]);
}

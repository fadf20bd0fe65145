#include "account/figures.h"

#include "case/decided.h"

struct str stand_words(struct arena *arena, const struct stand *stand)
{
    static const char *const words[] = {
        [STAND_AS_OF] = "as of", [STAND_UNTIL] = "until", [STAND_PUBLISHED] = "published"};
    if (stand->from == STAND_UNKNOWN)
        return STR("no date");
    return arena_print(arena, "%s %.*s", words[stand->from], STR_ARG(stand->date));
}

struct str range_words(struct arena *arena, const struct count_range *range)
{
    struct str low = count_write(arena, range->low), high = count_write(arena, range->high);
    const char *open = range->open_below && range->open_above ? ", open at both ends"
                       : range->open_above                    ? ", no upper end"
                       : range->open_below                    ? ", no lower end"
                                                              : "";
    if (range->low == range->high)
        return arena_print(arena, "%.*s%s", STR_ARG(low), open);
    return arena_print(arena, "%.*s to %.*s%s", STR_ARG(low), STR_ARG(high), open);
}

struct str conflict_words(struct arena *arena, const struct conflict *conflict)
{
    switch (conflict->why) {
    case CONFLICT_SAME_TIME:
        return STR("they stand at the same time");
    case CONFLICT_OVER:
        return STR("it was over when both were counted");
    case CONFLICT_FALLING:
        return STR("the earlier count is the greater one, and such counts do not fall");
    case CONFLICT_PART:
        break;
    }
    struct str part = label_words(arena, conflict->a_series->what);
    struct str whole = label_words(arena, conflict->b_series->what);
    return arena_print(arena, "%.*s are a part of %.*s", STR_ARG(part), STR_ARG(whole));
}

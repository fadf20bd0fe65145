#include "account/value.h"

#include <inttypes.h>

static int64_t tenth(int64_t count)
{
    return (count + 9) / 10;
}

struct interval figure_interval(const struct figure *f)
{
    switch (f->bound) {
    case BOUND_AT_LEAST:
        return (struct interval){f->low, COUNT_NONE};
    case BOUND_MORE_THAN:
        return (struct interval){f->low + 1, COUNT_NONE};
    case BOUND_ABOUT:
        return (struct interval){f->low - tenth(f->low), f->low + tenth(f->low)};
    case BOUND_NEARLY:
        return (struct interval){f->low - tenth(f->low), f->low};
    case BOUND_UP_TO:
        return (struct interval){0, f->high};
    case BOUND_EXACT:
    case BOUND_RANGE:
        break;
    }
    return (struct interval){f->low, f->high};
}

bool intervals_meet(struct interval a, struct interval b)
{
    return (a.high == COUNT_NONE || b.low <= a.high) && (b.high == COUNT_NONE || a.low <= b.high);
}

struct str count_write(struct arena *arena, int64_t count)
{
    char digits[24], out[32];
    int len = snprintf(digits, sizeof digits, "%" PRId64, count);
    size_t at = 0;
    for (int i = 0; i < len; i++) {
        if (i && digits[i - 1] != '-' && (len - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    return arena_copy(arena, (struct str){out, at});
}

struct str figure_value(struct arena *arena, const struct figure *f)
{
    static const char *const signs[] = {
        [BOUND_EXACT] = "",   [BOUND_AT_LEAST] = "≥ ", [BOUND_MORE_THAN] = "> ",
        [BOUND_ABOUT] = "~ ", [BOUND_NEARLY] = "≲ ",   [BOUND_UP_TO] = "≤ ",
        [BOUND_RANGE] = "",
    };
    struct str low = count_write(arena, f->bound == BOUND_UP_TO ? f->high : f->low);
    if (f->bound != BOUND_RANGE)
        return arena_print(arena, "%s%.*s", signs[f->bound], STR_ARG(low));
    struct str high = count_write(arena, f->high);
    return arena_print(arena, "%.*s–%.*s", STR_ARG(low), STR_ARG(high));
}

const char *state_sign(enum view_state state, bool undecided)
{
    if (undecided)
        return "◐";
    return state == VIEW_ACCEPTED ? "●" : state == VIEW_REJECTED ? "×" : "○";
}

const char *state_word(enum view_state state, bool undecided)
{
    return undecided ? "disputed" : view_state_name(state);
}

struct str label_words(struct arena *arena, struct str label)
{
    struct str other = STR("other:");
    struct str words = str_starts(label, other) ? str_slice(label, other.len, label.len) : label;
    char *copy = arena_alloc(arena, words.len + 1);
    for (size_t i = 0; i < words.len; i++)
        copy[i] = words.at[i] == '_' ? ' ' : words.at[i];
    return (struct str){copy, words.len};
}

static bool is_rejected(enum view_state state, bool undecided)
{
    return state == VIEW_REJECTED && !undecided;
}

bool statement_is_hatched(const struct statement_view *view)
{
    return view->undecided || view->weighed == WEIGHED_DISPUTED;
}

bool figure_is_hatched(const struct figure_view *view)
{
    return view->undecided || view->weighed == WEIGHED_DISPUTED;
}

bool statement_is_accepted(const struct statement_view *view)
{
    return view->state == VIEW_ACCEPTED && !view->undecided;
}

bool statement_is_rejected(const struct statement_view *view)
{
    return is_rejected(view->state, view->undecided);
}

bool figure_is_rejected(const struct figure_view *view)
{
    return is_rejected(view->state, view->undecided);
}

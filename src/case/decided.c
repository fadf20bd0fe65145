#include "case/decided.h"

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

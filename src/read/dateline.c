#include "read/date.h"

/* How far the opening reaches, how long the place before the date is, and what may be
 * between the date and the dash. */
enum { OPENING_BYTES = 800, PLACE_BYTES = 60, PLACE_LEAST = 4, CLOSING_BYTES = 6 };

static bool is_dash(struct str text, size_t at)
{
    static const char *const dashes[] = {"—", "–", "- ", "--", "−"};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (str_starts(str_slice(text, at, text.len), str_of(dashes[i])))
            return true;
    return false;
}

/* the place before the date, from where its line begins; empty where the line is longer */
static struct str place_before(struct str text, size_t from)
{
    size_t begin = from;
    while (begin > 0 && from - begin <= PLACE_BYTES && text.at[begin - 1] != '\n')
        begin--;
    return from - begin > PLACE_BYTES ? STR_NONE : str_slice(text, begin, from);
}

bool date_is_dateline(struct str text, struct span date)
{
    struct str place = place_before(text, date.from);
    size_t line = date.from - place.len;
    bool opens = date.from <= OPENING_BYTES || (line > 1 && text.at[line - 2] == '\n');
    if (!opens)
        return false;
    bool closed = place.len < PLACE_LEAST || str_find(place, STR(". "), 0) != SIZE_MAX ||
                  (place.at[0] >= '0' && place.at[0] <= '9');
    size_t at = date.to;
    while (!closed && at < text.len && at - date.to < CLOSING_BYTES && strchr(" )].,", text.at[at]))
        at++;
    return !closed && is_dash(text, at);
}

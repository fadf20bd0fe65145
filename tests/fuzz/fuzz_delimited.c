/* A table in separated values: its text has a line a row, each with as many bars as the head at the
 * most, and no byte of the table is lost but those between cells. */
#include "fuzz.h"
#include "intake/delimited_int.h"

static size_t bars_in(struct str line)
{
    size_t count = 0;
    for (size_t i = 0; i + 2 < line.len; i++)
        count += line.at[i] == ' ' && line.at[i + 1] == '|' && line.at[i + 2] == ' ';
    return count;
}

void fuzz_one(struct str bytes, struct arena *arena)
{
    struct str text, line, head;
    if (memchr(bytes.at, 0, bytes.len) || !delimited_is(bytes) ||
        delimited_text(arena, bytes, &text, NULL) != OK)
        return;
    MUST(text.len && text.at[text.len - 1] == '\n');
    text.len--;
    MUST(str_cut(&text, '\n', &head));
    while (str_cut(&text, '\n', &line))
        MUST(bars_in(line) <= bars_in(head));
}

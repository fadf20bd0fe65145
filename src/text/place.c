#include "text/place.h"

static struct str line_at(struct str text, size_t begin)
{
    size_t end = begin;
    while (end < text.len && text.at[end] != '\n')
        end++;
    return str_slice(text, begin, end);
}

void text_place_move(struct text_place *place, struct str text, size_t from, size_t to)
{
    if (!place->part)
        *place = (struct text_place){.part = 1, .name = line_at(text, 0)};
    for (size_t i = from; i < to && i < text.len; i++) {
        place->line += text.at[i] == '\n';
        if (text.at[i] != '\f')
            continue;
        place->part++;
        place->line = 0;
        place->name = line_at(text, i + 1);
    }
}

struct text_place text_place_find(struct str text, size_t at)
{
    struct text_place out = {0};
    text_place_move(&out, text, 0, at);
    return out;
}

enum text_parts text_parts_of(struct str extractor)
{
    if (str_starts(extractor, STR("pdf/")))
        return PARTS_PAGES;
    if (str_starts(extractor, STR("csv/")))
        return PARTS_ROWS;
    bool sheets = str_starts(extractor, STR("xlsx/")) || str_starts(extractor, STR("ods/"));
    return sheets ? PARTS_SHEETS : PARTS_NONE;
}

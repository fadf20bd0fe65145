#include "read/listing.h"

#include "read/name_int.h"

enum { ENTRIES_LEAST = 3, CELL_LIMIT = 8, NUMBER_DIGITS = 5, CELL_GAP = 2 };

static bool begins_line(const struct page *page, size_t i)
{
    return i == 0 || page->tokens.at[i].lines > 0;
}

static bool is_among(const struct token *t, const char *const marks[], size_t count)
{
    for (size_t i = 0; i < count && t->shape == SHAPE_MARK; i++)
        if (str_equal(t->word, str_of(marks[i])))
            return true;
    return false;
}

static bool ends_cell(const struct page *page, size_t i)
{
    static const char *const marks[] = {"(", "-", "–", "—", ":", ";", "|", "[", ".", "•"};
    const struct token *t = &page->tokens.at[i];
    bool apart = t->spaced || t->word.len > 1 || t->word.at[0] != '-';
    return begins_line(page, i) || token_is_mark(&page->tokens, i, ',') ||
           page_particle(page, i, "comma") || page_particle(page, i, "semicolon") ||
           (is_among(t, marks, COUNT_OF(marks)) && apart) ||
           t->at.from >= page->tokens.at[i - 1].behind + CELL_GAP;
}

/* the token behind the number or bullet that begins the line, or 0 */
static size_t marker_end(const struct page *page, size_t i)
{
    static const char *const bullets[] = {"•", "-", "*", "·", "▪", "●", "–", "🔸", "🔹"};
    static const char *const stops[] = {".", ")", "-", "–", "_", ":"};
    const struct token *t = page->tokens.at;
    size_t count = page->tokens.count;
    if (!begins_line(page, i) || i + 1 >= count)
        return 0;
    if (is_among(&t[i], bullets, COUNT_OF(bullets)) && t[i + 1].spaced)
        return i + 1;
    if (t[i].shape != SHAPE_NUMBER || t[i].word.len > NUMBER_DIGITS)
        return 0;
    if (is_among(&t[i + 1], stops, COUNT_OF(stops)) && i + 2 < count && !begins_line(page, i + 2))
        return i + 2;
    bool column = t[i + 1].at.from >= t[i].behind + CELL_GAP && !begins_line(page, i + 1);
    return column ? i + 1 : 0;
}

bool listing_entry_at(const struct page *page, size_t i, size_t *cell_end)
{
    size_t behind = i > 0 ? marker_end(page, i - 1) : 0;
    if (behind != i && i > 1)
        behind = marker_end(page, i - 2);
    if (behind != i || i == 0)
        return false;
    size_t end = i + 1;
    while (end < page->tokens.count && !ends_cell(page, end))
        end++;
    *cell_end = end;
    return end - i <= CELL_LIMIT;
}

static bool holds_name(const struct page *page, size_t i, size_t end)
{
    const struct tokens *t = &page->tokens;
    bool letters = name_is_capital(&t->at[i]) || t->at[i].shape == SHAPE_ARABIC;
    for (; letters && i < end; i++)
        if (name_is_any_given(t, i) || token_has(t, i, WORD_SURNAME))
            return true;
    return false;
}

bool listing_is_of_people(const struct page *page)
{
    size_t entries = 0, people = 0, end = 0;
    for (size_t i = 1; i < page->tokens.count; i++) {
        if (!listing_entry_at(page, i, &end))
            continue;
        entries++;
        people += end > i + 1 && holds_name(page, i, end);
    }
    return entries >= ENTRIES_LEAST && 2 * people >= entries;
}

#include "read/date_int.h"

/* The text is read in pieces, so that the tokens stay in the processor's cache. */
enum { PIECE_SIZE = 16 * 1024, PIECE_LIMIT = 64 * 1024, USUAL_BYTES = 4 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The number of one or two digits that ends before byte `at`, or 0. */
static int number_before(struct str text, size_t at)
{
    if (at == 0 || !is_digit(text.at[at - 1]))
        return 0;
    if (at == 1 || !is_digit(text.at[at - 2]))
        return text.at[at - 1] - '0';
    if (at > 2 && is_digit(text.at[at - 3]))
        return 0;
    return (text.at[at - 2] - '0') * 10 + text.at[at - 1] - '0';
}

static int number_at(struct str text, size_t at)
{
    size_t end = at;
    while (end < text.len && end < at + 3 && is_digit(text.at[end]))
        end++;
    return end - at == 1 || end - at == 2 ? number_before(str_slice(text, at, end), end - at) : 0;
}

/* Whether the text's all-digit dates put the month first, by those whose day is past the twelfth.
 */
static bool puts_month_first(struct str text)
{
    size_t days = 0, months = 0;
    for (size_t slash = str_find(text, STR("/"), 0); slash != SIZE_MAX;
         slash = str_find(text, STR("/"), slash + 1)) {
        int before = number_before(text, slash), behind = number_at(text, slash + 1);
        if (before < 1 || behind < 1 || before > 31 || behind > 31)
            continue;
        days += before > 12 && behind <= 12;
        months += behind > 12 && before <= 12;
    }
    return months > days;
}

static bool is_letter_byte(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0xD8;
}

/* Where a piece that begins at `from` ends: before a paragraph that begins with a letter. */
static size_t piece_end(struct str text, size_t from)
{
    if (text.len - from <= PIECE_SIZE)
        return text.len;
    size_t limit = text.len - from < PIECE_LIMIT ? text.len : from + PIECE_LIMIT, gap = 0;
    for (size_t at = from + PIECE_SIZE; at + 2 < limit; at++) {
        if (text.at[at] != '\n' && text.at[at] != ' ')
            continue;
        if (text.at[at] == '\n' && text.at[at + 1] == '\n' && is_letter_byte(text.at[at + 2]))
            return at;
        gap = at;
    }
    return limit == text.len || !gap ? limit : gap;
}

void dates_find(const struct date_lexicon *lexicon, struct str text, const struct tokens *words,
                const struct date_context *context, struct arena *arena, struct date_mention **out,
                size_t *count)
{
    struct date_tokens tokens = {0};
    struct date_expressions found = {.month_first = puts_month_first(text)};
    struct arena scratch;
    arena_init(&scratch);
    tokens.room = (text.len < PIECE_SIZE ? text.len : PIECE_SIZE) / USUAL_BYTES + 2;
    tokens.at = arena_room(&scratch, tokens.room * sizeof *tokens.at);
    for (size_t from = 0, end; from < text.len; from = end) {
        end = piece_end(text, from);
        date_tokens_cut(lexicon, words, str_slice(text, 0, end), from, &scratch, &tokens);
        date_expressions_find(&tokens, &scratch, &found);
    }
    *out = found.count ? arena_alloc(arena, found.count * sizeof **out) : NULL;
    *count = date_expressions_resolve(&found, text, context, arena, *out);
    arena_release(&scratch);
}

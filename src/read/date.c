#include "read/date_int.h"

void dates_find(const struct date_lexicon *lexicon, struct str text,
                const struct date_context *context, struct arena *arena, struct date_mention **out,
                size_t *count)
{
    struct date_tokens tokens;
    struct date_expressions found;
    date_tokens_cut(lexicon, text, arena, &tokens);
    date_expressions_find(&tokens, arena, &found);
    *out = found.count ? arena_alloc(arena, found.count * sizeof **out) : NULL;
    *count = date_expressions_resolve(&found, text, context, arena, *out);
}

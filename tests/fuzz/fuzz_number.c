/* Numbers in digits and words of any language, with their bounds. */
#include "fuzz.h"
#include "read/page_int.h"

static const struct lexicon *lexicon(void)
{
    static struct lexicon *made;
    struct fault why;
    if (!made)
        MUST(lexicon_new(&made, &why) == OK);
    return made;
}

void fuzz_one(struct str bytes, struct arena *arena)
{
    struct document_facts facts = {.title = STR_NONE};
    struct page page = {.lexicon = lexicon(), .arena = arena, .facts = &facts};
    page.text = text_of_bytes(arena, bytes);
    tokens_cut(page.lexicon, page.text, arena, &page.tokens);
    page.date_of = arena_alloc(arena, (page.tokens.count + 1) * sizeof *page.date_of);
    page.name_of = arena_alloc(arena, (page.tokens.count + 1) * sizeof *page.name_of);
    passages_find(&page);
    numbers_find(&page);
    for (size_t i = 0; i < page.tokens.count; i++) {
        must_be_quote(page.text, tokens_span(&page.tokens, i, i + 1));
        must_be_text(page.tokens.at[i].word);
        MUST(!i || page.tokens.at[i - 1].behind <= page.tokens.at[i].at.from);
    }
    for (size_t i = 0; i < page.numbers_count; i++) {
        const struct number *n = &page.numbers[i];
        MUST(n->from <= n->first && n->first < n->end && n->end <= n->to);
        MUST(n->to <= page.tokens.count && n->passage < page.passages_count);
        MUST(n->low != COUNT_NONE || n->high != COUNT_NONE);
        MUST(n->low >= COUNT_NONE && n->high >= COUNT_NONE);
        MUST(n->low <= JSON_INTEGER_LIMIT && n->high <= JSON_INTEGER_LIMIT);
        MUST(n->bound != BOUND_RANGE || n->low <= n->high);
    }
}

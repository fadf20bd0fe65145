/* Writing: words, folding, skeletons, UTF-8. */
#include "fuzz.h"
#include "text/fold.h"
#include "text/utf8.h"

static void must_walk_back(struct str s)
{
    size_t size, back;
    for (size_t at = 0; at < s.len; at += size) {
        uint32_t c = utf8_at(s, at, &size);
        MUST(size > 0 && at + size <= s.len);
        MUST(utf8_before(s, at + size, &back) == c && back == size);
    }
}

void fuzz_one(struct str bytes, struct arena *arena)
{
    struct str text = text_of_bytes(arena, bytes);
    struct str folded = fold_text(arena, text);
    struct word word;
    must_be_text(folded);
    MUST(str_equal(fold_text(arena, folded), folded));
    MUST(fold_equal(text, folded));
    must_walk_back(text);
    must_be_text(fold_text(arena, bytes));
    for (size_t at = 0, last = 0; word_next(text, &at, &word); last = word.to) {
        MUST(word.from >= last && word.from < word.to && word.to <= at && at <= text.len);
        must_be_quote(text, (struct span){word.from, word.to});
        struct str skeleton = skeleton_of(arena, str_slice(text, word.from, word.to));
        for (size_t i = 0; i < skeleton.len; i++)
            MUST(skeleton.at[i] >= 'a' && skeleton.at[i] <= 'z');
    }
}

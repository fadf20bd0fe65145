/* Calendar expressions in any bytes; with a text's tokens at hand they are the same. */
#include "fuzz.h"
#include "read/date.h"
#include "text/edtf.h"
#include "text/utf8.h"

static const struct date_lexicon *lexicon(void)
{
    static struct date_lexicon *made;
    struct fault why;
    if (!made)
        MUST(date_lexicon_new(&made, &why) == OK);
    return made;
}

void fuzz_one(struct str bytes, struct arena *arena)
{
    const struct date_context context = {.published = STR("2022-11-25")};
    struct date_mention *dates, *again;
    size_t count, count_again, at = 0;
    int64_t first, last;
    struct fault why;
    struct tokens words;
    bool is_text = utf8_first_invalid(bytes) == SIZE_MAX;
    if (is_text)
        tokens_cut(NULL, bytes, arena, &words);
    dates_find(lexicon(), bytes, NULL, &context, arena, &dates, &count);
    dates_find(lexicon(), bytes, is_text ? &words : NULL, &context, arena, &again, &count_again);
    MUST(count == count_again);
    for (size_t i = 0; i < count; i++) {
        MUST(dates[i].quote.from >= at && dates[i].quote.from < dates[i].quote.to);
        MUST(dates[i].quote.to <= bytes.len);
        at = dates[i].quote.to;
        MUST(dates[i].calendar.len > 0);
        MUST(str_equal(dates[i].iso, again[i].iso));
        MUST(dates[i].quote.from == again[i].quote.from && dates[i].quote.to == again[i].quote.to);
        MUST(str_equal(dates[i].iso, STR("unresolved")) ||
             edtf_range(dates[i].iso, &first, &last, &why) == OK);
    }
}

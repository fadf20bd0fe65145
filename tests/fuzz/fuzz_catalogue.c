/* Catalogues in gettext's .mo format. */
#include "fuzz.h"
#include "publish/catalogue.h"

static void must_be_inside(struct str bytes, struct str text)
{
    must_be_text(text);
    MUST(!text.len || (text.at >= bytes.at && text.at + text.len <= bytes.at + bytes.len));
}

void fuzz_one(struct str bytes, struct arena *arena)
{
    static const struct str words[] = {{"Search", 6}, {"{1} document", 12}, {"zzz", 3}, {"", 0}};
    struct catalogue catalogue;
    struct fault why;
    (void)arena;
    enum outcome result = catalogue_open(bytes, &catalogue, &why);
    must_be_said(result, &why);
    if (result != OK)
        return;
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        must_be_inside(bytes, catalogue_find(&catalogue, words[i]));
        for (int64_t count = 0; count < 3; count++)
            must_be_inside(bytes, catalogue_find_count(&catalogue, words[i], count));
    }
}

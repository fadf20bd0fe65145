/* Catalogues: what opens can be asked anything. */
#include "fuzz.h"
#include "publish/catalogue.h"

static void must_be_inside(struct str whole, struct str part)
{
    MUST(!part.len || (part.at >= whole.at && part.at + part.len < whole.at + whole.len));
    must_be_text(part);
}

void fuzz_one(struct str bytes, struct arena *arena)
{
    static const char *const asked[] = {"", "Documents", "{} day", "a", "\xFF", "zzzz"};
    struct catalogue c;
    struct fault why;
    enum outcome result = catalogue_open(bytes, &c, &why);
    (void)arena;
    must_be_said(result, &why);
    if (result != OK)
        return;
    for (size_t i = 0; i < COUNT_OF(asked); i++) {
        must_be_inside(bytes, catalogue_find(&c, str_of(asked[i])));
        for (int64_t n = -1; n < 4; n++)
            must_be_inside(bytes, catalogue_find_count(&c, str_of(asked[i]), n));
    }
}

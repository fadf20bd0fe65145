/* Search words as somebody types them, over a few texts. */
#include "fuzz.h"
#include "fuzz_archive.h"

static struct archive *filled(void)
{
    static bool made;
    struct archive *a = fuzz_archive(false);
    if (!made) {
        fuzz_archive_add(a, STR("Mehran Raoof, a labour activist, was taken to court.\n"));
        fuzz_archive_add(a, STR("مهران رئوف به دادگاه برده شد؛ ۱۷ نفر بازداشت شدند.\n"));
        fuzz_archive_add(a, STR("\"Near\" AND NOT OR * ^ {x y} -z: it's 17–18 o’clock, m² ~lrf"));
        fuzz_archive_add(a, STR("مى\u200Cروند كه أحمد ٱن ة \u202Bab\u202C é e\u0301 ﷺ İi ß"));
        made = true;
    }
    return a;
}

void fuzz_one(struct str bytes, struct arena *arena)
{
    struct search_hit *hits;
    struct fault why;
    size_t count;
    bool more = true;
    struct archive *a = filled();
    enum outcome result = archive_search(a, bytes, 3, arena, &hits, &count, &more, &why);
    must_be_said(result, &why);
    MUST(result == OK || result == REFUSED);
    if (result != OK)
        return;
    MUST(count <= 3 && !more);
    for (size_t i = 0; i < count; i++) {
        const struct search_hit *hit = &hits[i];
        struct buf text;
        buf_init(&text, 1 << 20);
        MUST(archive_text(a, &hit->document.text, &text, &why) == OK);
        for (size_t k = 0; k < hit->marks_count; k++)
            must_be_quote(buf_str(&text), hit->marks[k]);
        must_be_quote(buf_str(&text), hit->around);
        must_be_text(hit->passage);
        MUST(str_equal(hit->passage, str_slice(buf_str(&text), hit->around.from, hit->around.to)));
        buf_release(&text);
    }
}

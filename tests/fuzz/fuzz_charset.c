/* Telling an encoding, decoding it, and the head lines that may stand before a text. */
#include "fuzz.h"
#include "intake/charset.h"
#include "intake/facts_int.h"

void fuzz_one(struct str bytes, struct arena *arena)
{
    struct charset charset;
    struct fault why;
    struct str text;
    struct document_facts facts = {.title = STR_NONE};
    enum outcome result = charset_detect(bytes, &charset, &why);
    must_be_said(result, &why);
    if (result != OK)
        return;
    MUST(charset.mark <= bytes.len && charset.name.len > 0);
    result = charset_decode(arena, bytes, &charset, &text, &why);
    must_be_said(result, &why);
    if (result != OK)
        return;
    must_be_text(text);
    struct str kept = facts_cut_header(arena, text, &facts);
    MUST(str_ends(text, kept));
    const struct str all[] = {facts.title, facts.publisher, facts.published, facts.lang, facts.url};
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        must_be_plain(all[i]);
        MUST(all[i].len <= FACT_LIMIT);
        MUST(str_find(all[i], STR("\n"), 0) == SIZE_MAX);
    }
}

/* What a file is, by its first bytes; and what becomes of a converter's answer. */
#include "fuzz.h"
#include "intake/kind_int.h"
#include "intake/pdf_int.h"

void fuzz_one(struct str bytes, struct arena *arena)
{
    const char *looks_like = NULL;
    struct fault why;
    enum kind kind = kind_of(bytes, &looks_like);
    MUST(kind != KIND_FOREIGN || (looks_like && *looks_like));
    if (kind == KIND_HTML)
        MUST(kind_is_html(bytes));
    if (kind == KIND_PDF)
        must_be_said(pdf_check_whole(bytes, &why), &why);
    must_be_plain(pdf_tidy(arena, bytes));
    struct str doubt = pdf_find_doubt(arena, bytes);
    must_be_plain(doubt);
    MUST(str_find(doubt, STR("\n"), 0) == SIZE_MAX);
}

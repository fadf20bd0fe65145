#include "publish/asked_int.h"

enum { WORDS_LIMIT = 1000 };

struct str asked_sealed(struct page *page, struct str words)
{
    struct buf sealed;
    buf_init(&sealed, OUT_LIMIT);
    address_seal(&page->site->addresses, words, &sealed);
    struct str out = arena_copy(page->arena, buf_str(&sealed));
    buf_release(&sealed);
    return out;
}

enum outcome asked_lead(struct page *page, struct str address, const char *field, struct str words,
                        struct fault *why)
{
    if (words.len > WORDS_LIMIT)
        return refuse(why, REFUSED, "more than %d bytes to search for", WORDS_LIMIT);
    page->status = 303;
    page->location = address;
    if (words.len) {
        bool first = str_find(address, STR("?"), 0) == SIZE_MAX;
        page->location = arena_print(page->arena, "%.*s%c%s=%.*s", STR_ARG(address),
                                     first ? '?' : '&', field, STR_ARG(asked_sealed(page, words)));
    }
    return OK;
}

enum outcome asked_words(struct page *page, const char *field, struct str *words, struct fault *why)
{
    struct str sealed = page_field(page, field);
    struct buf opened;
    buf_init(&opened, OUT_LIMIT);
    bool whole = !sealed.len || address_open(&page->site->addresses, sealed, &opened);
    *words = arena_copy(page->arena, buf_str(&opened));
    buf_release(&opened);
    return whole ? OK
                 : refuse(why, NOT_FOUND, "%s",
                          SAID("this search is of an earlier run: search again"));
}

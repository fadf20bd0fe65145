#include "publish/sentence_int.h"

static struct markup kept(struct page *page, struct buf *html)
{
    struct markup out = {arena_copy(page->arena, buf_str(html))};
    page->out->full = page->out->full || html->full;
    buf_release(html);
    return out;
}

struct markup markup_fill(struct page *page, const char *literal, const struct str *texts,
                          size_t count)
{
    struct buf html;
    buf_init(&html, OUT_LIMIT);
    out_fill(&html, literal, texts, count);
    return kept(page, &html);
}

struct markup markup_text(struct page *page, struct str text)
{
    return MARKUP(page, "<bdi>{}</bdi>", text);
}

struct markup markup_told(struct page *page, struct str english, struct str persian)
{
    struct str told = voice_told(&page->voice, english, persian);
    bool foreign = told.at == english.at && language_right_to_left(page->voice.language);
    return foreign ? MARKUP(page, "<bdi lang=\"en\" dir=\"ltr\">{}</bdi>", told)
                   : markup_text(page, told);
}

struct markup markup_date(struct page *page, struct str edtf)
{
    return MARKUP(page, "<abbr class=\"date\" title=\"{}\">{}</abbr>",
                  voice_date_other(&page->voice, page->arena, edtf),
                  voice_date(&page->voice, page->arena, edtf));
}

/* the offset of the next place at or after `at`, with its number from 0 and its length */
static size_t next_place(struct str s, size_t at, size_t *which, size_t *len)
{
    for (; at < s.len; at++) {
        struct str rest = str_slice(s, at, s.len);
        *len = str_starts(rest, STR("{}")) ? 2 : 3;
        *which = *len == 2 ? 0 : (size_t)(rest.len > 2 ? rest.at[1] - '1' : 9);
        if (*len == 2 || (rest.at[0] == '{' && *which < 9 && rest.at[2] == '}'))
            return at;
    }
    return SIZE_MAX;
}

struct markup markup_sentence(struct page *page, struct str sentence, const struct markup *pieces,
                              size_t count)
{
    struct buf html;
    size_t from = 0, which, len, at;
    buf_init(&html, OUT_LIMIT);
    while ((at = next_place(sentence, from, &which, &len)) != SIZE_MAX) {
        if (which >= count)
            bug("a sentence with more places than pieces");
        out_text(&html, str_slice(sentence, from, at));
        buf_add(&html, pieces[which].html);
        from = at + len;
    }
    out_text(&html, str_slice(sentence, from, sentence.len));
    return kept(page, &html);
}

void markup_write(struct page *page, struct markup markup)
{
    buf_add(page->out, markup.html);
}

#include "publish/body_words_int.h"

#include "publish/part_int.h"

static bool is_persian(const struct page *page)
{
    return str_equal(language_code(page->voice.language), STR("fa"));
}

struct markup body_said(struct page *page, const struct body_view *view)
{
    struct str branch;
    struct str name = body_view_name(body_book(), view, is_persian(page), &branch);
    if (!branch.len)
        return markup_text(page, name);
    struct markup number = markup_text(page, voice_detail(&page->voice, page->arena, branch));
    if (!name.len)
        return SENTENCE(page, SAY(&page->voice, "branch {1} of a court that is not named"), number);
    return SENTENCE(page, SAY(&page->voice, "{1}, branch {2}"), markup_text(page, name), number);
}

struct markup official_said(struct page *page, struct str name)
{
    size_t count;
    const struct str *names =
        official_names(body_book(), official_key(body_book(), name, page->arena), &count);
    return markup_text(page, count ? names[is_persian(page) && count > 1] : name);
}

struct str body_kind_said(struct page *page, const struct body_view *view)
{
    const struct body_row *row = view->official ? NULL : body_row_of(body_book(), view->key);
    struct str kind = row ? row->kind : STR_NONE;
    for (size_t i = 0; i < view->spellings_count && !kind.len; i++)
        kind = view->spellings[i].kind;
    return voice_label(&page->voice, page->arena, kind.len ? kind : STR("official"));
}

static struct str body_place(const struct page *page, const struct hash *id, bool official)
{
    return page_link(page, official ? "/officials/" : "/institutions/", id);
}

struct markup body_link(struct page *page, const struct body_view *view)
{
    struct markup said = body_said(page, view);
    struct markup begin =
        MARKUP(page, "<a href=\"{}\">", body_place(page, &view->id, view->official));
    return (struct markup){
        arena_print(page->arena, "%.*s%.*s</a>", STR_ARG(begin.html), STR_ARG(said.html))};
}

struct markup body_cases_said(struct page *page, const struct body_cases *cases)
{
    const struct voice *v = &page->voice;
    struct markup accepted = MARKUP(page, "{}", voice_number(v, page->arena, cases->accepted));
    struct markup proposed = MARKUP(page, "{}", voice_number(v, page->arena, cases->proposed));
    if (!cases->proposed)
        return SENTENCE(page, SAY_COUNT(v, "{1} case", "{1} cases", cases->accepted), accepted);
    return SENTENCE(page,
                    SAY_COUNT(v, "{1} case, and {2} that nobody decided",
                              "{1} cases, and {2} that nobody decided", cases->accepted),
                    accepted, proposed);
}

struct markup body_detail_said(struct page *page, const struct life_event *e, struct str detail,
                               struct str text)
{
    const struct body_book *book = body_book();
    const struct body_row *row;
    struct str words;
    const struct statement s = {.form = FORM_LIFE_EVENT, .life_event = *e};
    struct body_named named;
    bool official = str_equal(detail, STR("judge")) || str_equal(detail, STR("prosecutor"));
    if (office_of(book, &s, &words, &row) != OFFICE_NONE ||
        (official && str_find(text, STR(";"), 0) != SIZE_MAX) ||
        (!official && !body_of_detail(book, e, detail, page->arena, &named)))
        return markup_text(page, text);
    struct hash id = official ? body_id(official_key(book, str_trim(text), page->arena), true)
                              : body_id(named.key, false);
    return MARKUP(page, "<a href=\"{}\"><bdi>{}</bdi></a>", body_place(page, &id, official), text);
}

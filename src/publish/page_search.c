#include "account/people.h"
#include "publish/asked_int.h"
#include "publish/figure_words_int.h"
#include "publish/page_int.h"
#include "publish/part_int.h"
#include "text/fold.h"
#include "case/decided.h"

enum { HITS = 20, NAMES = 6, PASSAGE_WHOLE = 160 };

static void write_form(struct page *page, struct str words)
{
    const struct voice *v = &page->voice;
    out_raw(page->out, "<form class=\"ask\" method=\"post\" action=\"/search\" "
                       "autocomplete=\"off\">");
    page_form_token(page);
    OUT(page->out,
        "<label for=\"search-words\">{}</label><span class=\"row\"><input id=\"search-words\" "
        "type=\"search\" name=\"words\" dir=\"auto\" spellcheck=\"false\" value=\"{}\"> "
        "<button type=\"submit\">{}</button></span></form>\n",
        SAY(v, "Words to search for"), words, SAY(v, "Search"));
}

static void write_hint(struct page *page)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<p class=\"soft\">{}</p>\n",
        SAY(v, "Documents that hold every word. A name in one script finds it in the other, by its "
               "consonants; a * behind a word asks for its beginning."));
}

/* ---- one hit ---- */

static size_t shown_end(const struct search_hit *hit)
{
    size_t end = hit->passage.len;
    if (end <= PASSAGE_WHOLE)
        return end;
    while (end > PASSAGE_WHOLE && hit->passage.at[end - 1] != ' ')
        end--;
    return end > PASSAGE_WHOLE ? end : hit->passage.len;
}

static void write_excerpt(struct page *page, const struct search_hit *hit)
{
    size_t at = 0, end = shown_end(hit);
    out_raw(page->out, "<blockquote class=\"excerpt\" dir=\"auto\">");
    out_raw(page->out, hit->around.from ? "… " : "");
    for (size_t i = 0; i < hit->marks_count; i++) {
        struct span mark = hit->marks[i];
        if (mark.from < hit->around.from + at || mark.to > hit->around.from + end)
            continue;
        size_t from = mark.from - hit->around.from, to = mark.to - hit->around.from;
        out_text(page->out, str_slice(hit->passage, at, from));
        OUT(page->out, "<mark class=\"found\">{}</mark>", str_slice(hit->passage, from, to));
        at = to;
    }
    out_text(page->out, str_slice(hit->passage, at, end));
    out_raw(page->out, end < hit->passage.len ? " …</blockquote>\n" : "</blockquote>\n");
}

static void write_figure(struct page *page, const struct statement_view *s)
{
    const struct figure *f = &s->statement.figure;
    part_value_link(page, f, &s->document, &s->id);
    OUT(page->out, " <span>{}</span> <span>{}</span>",
        voice_label(&page->voice, page->arena, f->what),
        voice_happened(&page->voice, page->arena, f->event));
    if (f->source.len)
        OUT(page->out, " <bdi>{}</bdi>", f->source);
}

static void write_statement(struct page *page, const struct statement_view *s)
{
    const struct life_event *e = &s->statement.life_event;
    struct str place = part_place(page, &s->document, &s->id);
    out_raw(page->out, "<li>");
    if (s->statement.form == FORM_FIGURE) {
        write_figure(page, s);
    } else if (s->statement.form == FORM_LIFE_EVENT) {
        OUT(page->out, "<a href=\"{}\"><bdi>{}</bdi></a> {} ", place, e->person,
            voice_label(&page->voice, page->arena, e->event));
        part_date(page, e->date);
    } else {
        OUT(page->out, "<a href=\"{}\"><bdi>{}</bdi></a> {}", place, s->statement.fact.subject,
            voice_label(&page->voice, page->arena, s->statement.fact.value));
    }
    out_raw(page->out, " ");
    part_state(page, s->state, statement_is_hatched(s));
    out_raw(page->out, "</li>\n");
}

static enum outcome write_statements(struct page *page, const struct search_hit *hit,
                                     struct fault *why)
{
    struct statement_filter filter = {.text = &hit->document.text,
                                      .rejected = true,
                                      .about = hit->marks,
                                      .about_count = hit->marks_count};
    struct statement_view *views;
    size_t count;
    bool any = false;
    if (!hit->marks_count)
        return OK;
    enum outcome result =
        archive_statements(page->archive, &filter, page->arena, &views, &count, why);
    for (size_t i = 0; result == OK && i < count; i++) {
        if (statement_is_rejected(&views[i]))
            continue;
        out_raw(page->out, any ? "" : "<ul class=\"said\">\n");
        write_statement(page, &views[i]);
        any = true;
    }
    out_raw(page->out, any ? "</ul>\n" : "");
    return result;
}

static enum outcome write_hit(struct page *page, const struct search_hit *hit, struct fault *why)
{
    const struct document_view *d = &hit->document;
    const struct voice *v = &page->voice;
    OUT(page->out, "<li><a class=\"title\" href=\"{}\"><bdi>{}</bdi></a>",
        page_link(page, "/documents/", &d->id), part_document_name(page, d->facts.title, d->name));
    out_raw(page->out, "<p class=\"meta parts\">");
    if (d->facts.publisher.len)
        OUT(page->out, "<span><bdi>{}</bdi></span>", d->facts.publisher);
    part_date(page, d->facts.published);
    OUT(page->out, "<span>{}</span></p>",
        hit->exact ? SAY(v, "as written") : SAY(v, "by its consonants, in another spelling"));
    write_excerpt(page, hit);
    enum outcome result = write_statements(page, hit, why);
    out_raw(page->out, "</li>\n");
    return result;
}

/* ---- what was found ---- */

static void write_name(struct page *page, const struct person_row *row)
{
    OUT(page->out, "<li><a href=\"{}\"><bdi>{}</bdi></a>",
        part_place(page, &row->document, &row->statement), row->name);
    for (size_t i = 0; i < row->roles_count; i++)
        if (!str_equal(row->roles[i], STR("other")))
            OUT(page->out, " <span class=\"soft\">{}</span>",
                voice_happened(&page->voice, page->arena, row->roles[i]));
    out_raw(page->out, "</li>\n");
}

static enum outcome write_names(struct page *page, struct str words, struct fault *why)
{
    struct person_row *rows;
    size_t count = 0, total;
    struct name_choice choice = {.part = fold_text(page->arena, words), .limit = NAMES};
    enum outcome result = choice.part.len ? people_page(page->archive, &choice, page->arena, &rows,
                                                        &count, &total, why)
                                          : OK;
    if (result != OK || !count)
        return result;
    OUT(page->out,
        "<section class=\"names\" aria-labelledby=\"names\"><h2 id=\"names\">{}</h2>\n<ul>\n",
        SAY(&page->voice, "Names like this"));
    for (size_t i = 0; i < count; i++)
        write_name(page, &rows[i]);
    out_raw(page->out, "</ul></section>\n");
    return OK;
}

static void write_nothing(struct page *page)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<div class=\"notice\"><p>{}</p><p>{}</p></div>\n",
        SAY(v, "No document holds all of these words."),
        SAY(v, "Try fewer of them, one name alone, or the beginning of a word with a * behind it. "
               "What was searched is the text of every document, in every script."));
}

static void write_tally(struct page *page, size_t count, bool more)
{
    const struct voice *v = &page->voice;
    out_raw(page->out, "<p class=\"soft\" role=\"status\">");
    if (count == HITS)
        OUT_SENTENCE(page->out, SAY(v, "The best {} documents; more words narrow it down."),
                     voice_number(v, page->arena, HITS));
    else
        OUT_SENTENCE(page->out, SAY_COUNT(v, "{} document", "{} documents", (int64_t)count),
                     voice_number(v, page->arena, (int64_t)count));
    if (more)
        OUT_SENTENCE(page->out,
                     SAY(v, " Many hold these words: only the {} taken in last were compared."),
                     voice_number(v, page->arena, SEARCH_RANKED));
    out_raw(page->out, "</p>\n");
}

static enum outcome write_found(struct page *page, struct str words, struct fault *why)
{
    struct search_hit *hits;
    size_t count;
    bool more = false;
    enum outcome result =
        archive_search(page->archive, words, HITS, page->arena, &hits, &count, &more, why);
    if (result == REFUSED || (result == OK && !count)) {
        write_nothing(page);
        return OK;
    }
    if (result == OK)
        result = write_names(page, words, why);
    if (result != OK)
        return result;
    write_tally(page, count, more);
    out_raw(page->out, "<ol class=\"entries hits\">\n");
    for (size_t i = 0; result == OK && i < count; i++)
        result = write_hit(page, &hits[i], why);
    out_raw(page->out, "</ol>\n");
    return result;
}

enum outcome page_search(struct page *page, struct fault *why)
{
    struct str words, typed = str_trim(page_field(page, "words"));
    if (typed.len || page_field(page, "token").len)
        return asked_lead(page, STR("/search"), "for", typed, why);
    enum outcome result = asked_words(page, "for", &words, why);
    if (result != OK)
        return result;
    page->title = SAY(&page->voice, "Search");
    out_raw(page->out, "<link rel=\"stylesheet\" href=\"/assets/figures.css\">\n");
    OUT(page->out, "<h1>{}</h1>\n", page->title);
    write_form(page, words);
    if (words.len)
        return write_found(page, words, why);
    write_hint(page);
    return OK;
}

#include <stdlib.h>

#include "publish/match_part_int.h"
#include "publish/sheet_int.h"

/* The two mentions of a pair, each with its sentences. */

enum { SENTENCES_SHOWN = 5 };

/* ---- names ---- */

static int compare_texts(const void *left, const void *right)
{
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

static void write_spellings(struct page *page, const struct bearer *b)
{
    const struct named *n = &b->named;
    struct str *all = arena_alloc(page->arena, (n->views_count + 1) * sizeof *all);
    struct str *others = arena_alloc(page->arena, (n->views_count + 1) * sizeof *others);
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < n->views_count; i++) {
        struct mention mention;
        struct str name;
        if (mention_of_view(n->views[i], &mention, &name) && !str_equal(name, n->name))
            all[count++] = name;
    }
    if (!count)
        return;
    qsort(all, count, sizeof *all, compare_texts);
    for (size_t i = 0; i < count; i++)
        if (!kept || !str_equal(others[kept - 1], all[i]))
            others[kept++] = all[i];
    struct markup said = {STR_NONE};
    for (size_t i = 0; i < kept; i++) {
        struct markup one = markup_text(page, others[i]);
        said = i ? SENTENCE(page, SAY(&page->voice, "{1}, {2}"), said, one) : one;
    }
    out_raw(page->out, "<p class=\"soft\">");
    markup_write(page, SENTENCE(page, SAY(&page->voice, "also written {1}"), said));
    out_raw(page->out, "</p>\n");
}

/* whom decisions made one with this one already */
static void write_joined(struct page *page, const struct matches *m, const struct bearer *b)
{
    const struct voice *v = &page->voice;
    size_t count;
    const struct bearer **all = match_company(m, b, page->arena, &count);
    if (count < 2)
        return;
    OUT(page->out,
        "<p class=\"soft\"><span aria-hidden=\"true\">●</span> {}</p><ul class=\"with\">",
        SAY(v, "Decided to be one person with:"));
    for (size_t i = 0; i < count; i++) {
        if (all[i] == b)
            continue;
        OUT(page->out, "<li><bdi>{}</bdi> <a href=\"{}\"><bdi>{}</bdi></a></li>",
            all[i]->named.name, page_link(page, "/documents/", &all[i]->document),
            part_document_name(page, all[i]->document_title, all[i]->document_name));
    }
    out_raw(page->out, "</ul>\n");
}

/* ---- sentences ---- */

static int compare_marked(const void *left, const void *right)
{
    const struct marked *a = left, *b = right;
    if (a->at.from != b->at.from)
        return a->at.from < b->at.from ? -1 : 1;
    return (a->at.to < b->at.to) - (a->at.to > b->at.to);
}

/* the quotes of what is said about the bearer, and where they are named */
static struct marked *marks_of(struct page *page, const struct bearer *b, size_t *count)
{
    const struct named *n = &b->named;
    struct marked *marks =
        arena_alloc(page->arena, (n->views_count + n->mentions_count + 1) * sizeof *marks);
    *count = 0;
    for (size_t i = 0; i < n->views_count; i++)
        marks[(*count)++] = (struct marked){.at = n->views[i]->statement.quote,
                                            .state = n->views[i]->state,
                                            .undecided = n->views[i]->undecided};
    for (size_t i = 0; i < n->mentions_count; i++)
        marks[(*count)++] = (struct marked){.at = n->mentions[i].at, .named = true};
    if (*count)
        qsort(marks, *count, sizeof *marks, compare_marked);
    return marks;
}

static bool names_them(const struct passage *p, const struct bearer *b)
{
    for (size_t i = 0; i < b->named.mentions_count; i++) {
        const struct span *at = &b->named.mentions[i].at;
        if (at->from < p->at.to && p->at.from < at->to)
            return true;
    }
    return false;
}

static void write_sentence(struct page *page, const struct sheet *s, const struct passage *p,
                           const struct marked *marks, size_t count)
{
    struct marked *here = arena_alloc(page->arena, (count + 1) * sizeof *here);
    size_t number = 0;
    for (size_t i = 0; i < count; i++)
        if (marks[i].at.from < p->at.to && p->at.from < marks[i].at.to)
            here[number++] = marks[i];
    OUT(page->out, "<blockquote dir=\"{}\"",
        str_of(text_direction(str_slice(s->text, p->at.from, p->at.to))));
    if (s->document.facts.lang.len)
        OUT(page->out, " lang=\"{}\"", s->document.facts.lang);
    out_raw(page->out, ">");
    marks_write(page->out, s->text, p->at, here, number, page->arena);
    out_raw(page->out, "</blockquote>\n");
}

static void write_sentences(struct page *page, const struct sheet *s, const struct bearer *b)
{
    const struct voice *v = &page->voice;
    size_t count, found = 0;
    const struct marked *marks = marks_of(page, b, &count);
    for (size_t i = 0; i < s->passages_count; i++) {
        if (!names_them(&s->passages[i], b))
            continue;
        if (++found <= SENTENCES_SHOWN)
            write_sentence(page, s, &s->passages[i], marks, count);
    }
    if (found <= SENTENCES_SHOWN)
        return;
    int64_t more = (int64_t)(found - SENTENCES_SHOWN);
    OUT(page->out, "<p class=\"soft\"><a href=\"{}\">", s->link);
    OUT_SENTENCE(page->out, SAY_COUNT(v, "and {} more", "and {} more", more),
                 voice_number(v, page->arena, more));
    out_raw(page->out, "</a></p>\n");
}

/* ---- one of the two ---- */

static void write_document(struct page *page, const struct sheet *s, const struct bearer *b)
{
    const struct document_facts *f = &s->document.facts;
    struct str place =
        b->named.views_count ? part_place(page, &b->document, &b->named.views[0]->id) : s->link;
    OUT(page->out, "<p class=\"parts\"><a href=\"{}\"><bdi>{}</bdi></a>", place,
        part_document_name(page, f->title, s->document.name));
    if (f->publisher.len)
        OUT(page->out, "<span><bdi>{}</bdi></span>", f->publisher);
    if (f->published.len) {
        out_raw(page->out, "<span>");
        part_date(page, f->published);
        out_raw(page->out, "</span>");
    }
    out_raw(page->out, "</p>\n");
}

enum outcome match_side_write(struct page *page, const struct matches *m, const struct bearer *b,
                              struct fault *why)
{
    char digits[HASH_DIGITS + 1];
    struct sheet sheet;
    hash_write(&b->document, digits);
    enum outcome result = sheet_read_text(page, str_of(digits), &sheet, why);
    if (result != OK)
        return result;
    OUT(page->out, "<div class=\"one\"><h2><bdi>{}</bdi></h2>\n", b->named.name);
    write_spellings(page, b);
    write_document(page, &sheet, b);
    if (hash_equal(&sheet.document.text, &b->text))
        write_sentences(page, &sheet, b);
    else
        OUT(page->out, "<blockquote dir=\"{}\">{}</blockquote>\n",
            str_of(text_direction(b->sentence)), b->sentence);
    write_joined(page, m, b);
    out_raw(page->out, "</div>\n");
    return OK;
}

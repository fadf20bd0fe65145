#include "publish/sheet_int.h"

#include "account/incidents.h"
#include "publish/sentence_shelf.h"
#include "text/utf8.h"

/* ---- passages ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* whether a line is empty in there */
static bool parts_paragraphs(struct str gap)
{
    size_t lines = 0;
    for (size_t i = 0; i < gap.len; i++)
        lines += gap.at[i] == '\n';
    return lines > 1;
}

struct making {
    struct str text;
    struct passage *all;
    size_t count, room;
    struct arena *arena;
};

/* adds [from, to) with what is not blank before it; joins it to what has no statements either */
static void add_passage(struct making *m, struct span at, size_t first, size_t count)
{
    struct passage *last = m->count ? &m->all[m->count - 1] : NULL;
    size_t begin = last ? last->at.to : 0, from = begin;
    while (from < at.from && is_blank(m->text.at[from]))
        from++;
    bool paragraph = !last || parts_paragraphs(str_slice(m->text, begin, from));
    if (last && !count && !last->count && !paragraph) {
        last->at.to = at.to;
        return;
    }
    m->all = arena_grow(m->arena, m->all, m->count, &m->room, sizeof *m->all);
    m->all[m->count++] = (struct passage){
        .at = {from, at.to}, .first = first, .count = count, .paragraph = paragraph};
}

void passages_make(struct str text, const struct sentence *sentences, size_t sentences_count,
                   const struct span *quotes, size_t quotes_count, struct arena *arena,
                   struct passage **out, size_t *count)
{
    struct making m = {.text = text, .arena = arena};
    size_t next = 0;
    for (size_t i = 0; i < sentences_count || next < quotes_count;) {
        bool quote_first = next < quotes_count &&
                           (i == sentences_count || quotes[next].from < sentences[i].at.from);
        struct span at = quote_first ? quotes[next] : sentences[i].at;
        size_t first = next;
        bool grew = true;
        while (grew) {
            grew = false;
            for (; next < quotes_count && quotes[next].from < at.to; next++, grew = true)
                at.to = quotes[next].to > at.to ? quotes[next].to : at.to;
            for (; i < sentences_count && sentences[i].at.from < at.to; i++, grew = true)
                at.to = sentences[i].at.to > at.to ? sentences[i].at.to : at.to;
        }
        add_passage(&m, at, first, next - first);
    }
    size_t end = m.count ? m.all[m.count - 1].at.to : 0, to = text.len;
    while (to > end && is_blank(text.at[to - 1]))
        to--;
    if (to > end)
        add_passage(&m, (struct span){to, to}, next, 0);
    *out = m.all;
    *count = m.count;
}

static bool is_right_to_left(uint32_t c)
{
    return (c >= 0x0590 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
           (c >= 0xFE70 && c <= 0xFEFC);
}

const char *text_direction(struct str text)
{
    size_t left = 0, right = 0, size;
    for (size_t i = 0; i < text.len; i += size) {
        uint32_t c = utf8_at(text, i, &size);
        if (is_right_to_left(c))
            right++;
        else
            left += (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }
    return right > left ? "rtl" : "ltr";
}

/* ---- reading it ---- */

/* the quotes of statements and findings in one order; is_doubt[i] says which is whose */
static struct span *quotes_of(struct page *page, const struct sheet *s, bool **is_doubt)
{
    size_t count = s->count + s->findings_count, statements = 0, doubts = 0;
    struct span *quotes = arena_alloc(page->arena, (count + 1) * sizeof *quotes);
    *is_doubt = arena_alloc(page->arena, (count + 1) * sizeof **is_doubt);
    for (size_t i = 0; i < count; i++) {
        bool doubt = statements == s->count || (doubts < s->findings_count &&
                                                s->findings[doubts].finding.quote.from <
                                                    s->statements[statements].statement.quote.from);
        quotes[i] = doubt ? s->findings[doubts++].finding.quote
                          : s->statements[statements++].statement.quote;
        (*is_doubt)[i] = doubt;
    }
    return quotes;
}

static void divide(struct page *page, struct sheet *s)
{
    struct reading reading;
    bool *is_doubt;
    const struct span *quotes = quotes_of(page, s, &is_doubt);
    size_t statements = 0, doubts = 0, next = 0, date = 0;
    sentences_find(page->site->sentences, page->site->reader, &s->document.text, s->text,
                   &s->document.facts, page->arena, &reading);
    s->dates = reading.dates;
    s->dates_count = reading.dates_count;
    passages_make(s->text, reading.sentences, reading.sentences_count, quotes,
                  s->count + s->findings_count, page->arena, &s->passages, &s->passages_count);
    for (size_t i = 0; i < s->passages_count; i++) {
        struct passage *p = &s->passages[i];
        size_t end = next + p->count;
        p->first = statements;
        p->first_doubt = doubts;
        for (; next < end; next++)
            *(is_doubt[next] ? &doubts : &statements) += 1;
        p->count = statements - p->first;
        p->doubts = doubts - p->first_doubt;
        for (p->first_date = date; date < s->dates_count && s->dates[date].quote.from < p->at.to;)
            date++;
        p->dates = date - p->first_date;
    }
}

static enum outcome read_text(struct page *page, struct sheet *s, struct fault *why)
{
    struct buf text;
    buf_init(&text, OUT_LIMIT);
    enum outcome result = archive_text(page->archive, &s->document.text, &text, why);
    if (result == OK)
        s->text = arena_copy(page->arena, buf_str(&text));
    buf_release(&text);
    return result;
}

enum outcome sheet_read_text(struct page *page, struct str digits, struct sheet *s,
                             struct fault *why)
{
    *s = (struct sheet){0};
    struct statement_filter filter = {.text = &s->document.text, .rejected = true};
    enum outcome result = archive_document(page->archive, digits, page->arena, &s->document, why);
    if (result == OK)
        result = read_text(page, s, why);
    if (result == OK)
        result =
            archive_statements(page->archive, &filter, page->arena, &s->statements, &s->count, why);
    if (result == OK)
        result = archive_document_findings(page->archive, &s->document.id, page->arena,
                                           &s->findings, &s->findings_count, why);
    if (result != OK)
        return result;
    s->incidents = incidents_known(page->site->reader, language_code(page->voice.language),
                                   page->arena, &s->incidents_count);
    s->link = page_link(page, "/documents/", &s->document.id);
    divide(page, s);
    return OK;
}

enum outcome sheet_read(struct page *page, struct str digits, struct sheet *s, struct fault *why)
{
    enum outcome result = sheet_read_text(page, digits, s, why);
    return result == OK ? archive_document_judgements(page->archive, &s->document.id, page->arena,
                                                      &s->judgements, &s->judgements_count, why)
                        : result;
}

const struct statement_view *sheet_find(const struct sheet *s, const struct hash *statement)
{
    for (size_t i = 0; i < s->count; i++)
        if (hash_equal(&s->statements[i].id, statement))
            return &s->statements[i];
    return NULL;
}

const struct passage *passage_of(const struct sheet *s, const struct statement_view *statement)
{
    size_t at = (size_t)(statement - s->statements);
    for (size_t i = 0; i < s->passages_count; i++)
        if (at - s->passages[i].first < s->passages[i].count)
            return &s->passages[i];
    bug("a statement that stands in no passage");
}

#include "read/page_int.h"
#include "read/block_int.h"
#include "read/listing.h"

#include "read/reader_int.h"
#include "read/trace.h"

enum outcome reader_new(struct reader **out, struct fault *why)
{
    struct reader *reader = mem_alloc(sizeof *reader);
    enum outcome result = lexicon_new(&reader->lexicon, why);
    if (result == OK)
        result = date_lexicon_new(&reader->dates, why);
    if (result == OK)
        result = incidents_new(&reader->incidents, why);
    if (result == OK)
        result = finding_rules_new(&reader->findings, why);
    if (result == OK)
        result = confidences_new(&reader->confidences, why);
    if (result != OK) {
        reader_free(reader);
        return result;
    }
    *out = reader;
    return OK;
}

void reader_free(struct reader *reader)
{
    if (!reader)
        return;
    lexicon_free(reader->lexicon);
    date_lexicon_free(reader->dates);
    incidents_free(reader->incidents);
    finding_rules_free(reader->findings);
    confidences_free(reader->confidences);
    mem_free(reader);
}

const struct incidents *reader_incidents(const struct reader *reader)
{
    return reader->incidents;
}

struct str page_words(const struct page *page, size_t first, size_t end)
{
    struct span at = tokens_span(&page->tokens, first, end);
    return str_slice(page->text, at.from, at.to);
}

bool page_particle_is(const struct page *page, size_t i, struct str value)
{
    for (const struct phrase *p = page->tokens.at[i].phrase; p; p = p->shorter)
        for (const struct entry *e = p->words == 1 ? p->entries : NULL; e; e = e->next)
            if (e->class == WORD_PARTICLE && str_equal(e->value, value))
                return true;
    return false;
}

bool page_particle_phrase_is(const struct page *page, size_t i, struct str value, size_t *end)
{
    for (const struct phrase *p = page->tokens.at[i].phrase; p; p = p->shorter)
        for (const struct entry *e = p->entries; e; e = e->next)
            if (e->class == WORD_PARTICLE && str_equal(e->value, value)) {
                *end = i + p->words;
                return true;
            }
    return false;
}

bool page_particle_ends(const struct page *page, size_t end, struct str value, size_t *begin)
{
    enum { PHRASE_LIMIT = 5 };
    for (size_t words = end < PHRASE_LIMIT ? end : PHRASE_LIMIT; words > 0; words--) {
        size_t stop = 0;
        *begin = end - words;
        if (page_may_be_particle(page, *begin, value) &&
            page_particle_phrase_is(page, *begin, value, &stop) && stop == end)
            return true;
    }
    return false;
}

struct proposal *proposal_add(struct page *page, struct proposals *all)
{
    all->at = arena_grow(page->arena, all->at, all->count, &all->room, sizeof *all->at);
    struct proposal *p = &all->at[all->count++];
    *p = (struct proposal){0};
    return p;
}

/* A proposal's place in the order; its id is asked for only where quotes begin together. */
struct rank {
    size_t from;
    size_t at;
    struct hash id;
};

static int from_order(const void *a, const void *b)
{
    const struct rank *left = a, *right = b;
    if (left->from != right->from)
        return left->from < right->from ? -1 : 1;
    return (left->at > right->at) - (left->at < right->at);
}

static int id_order(const void *a, const void *b)
{
    const struct rank *left = a, *right = b;
    int order = hash_compare(&left->id, &right->id);
    return order ? order : (left->at > right->at) - (left->at < right->at);
}

/* of the first and those whose quotes begin with its, each statement once; how many they were */
static size_t settle_at(struct proposals *out, const struct proposal *all, struct rank *ranks,
                        size_t count)
{
    size_t same = 1;
    while (same < count && ranks[same].from == ranks[0].from)
        same++;
    for (size_t i = 0; same > 1 && i < same; i++)
        ranks[i].id = statement_id(&all[ranks[i].at].statement);
    if (same > 1)
        qsort(ranks, same, sizeof *ranks, id_order);
    for (size_t i = 0; i < same; i++)
        if (i == 0 || !hash_equal(&ranks[i - 1].id, &ranks[i].id))
            out->at[out->count++] = all[ranks[i].at];
    return same;
}

/* words of a list's head tell of nobody */
static bool is_in_head(const struct page *page, size_t at)
{
    for (size_t i = 0; i < page->tables_count; i++) {
        const struct listed_table *t = &page->tables[i];
        if (t->named && at >= t->head && at < t->rows_begin)
            return true;
    }
    return false;
}

static void drop_heads(const struct page *page, struct proposals *all)
{
    size_t kept = 0;
    for (size_t i = 0; i < all->count && page->tables_count; i++)
        if (!is_in_head(page, all->at[i].statement.quote.from))
            all->at[kept++] = all->at[i];
    all->count = page->tables_count ? kept : all->count;
}

/* sorted, each statement once, and none that the record would refuse */
static void settle(const struct page *page, struct proposals *all)
{
    size_t kept = 0;
    struct rank *ranks = arena_alloc(page->arena, (all->count + 1) * sizeof *ranks);
    struct proposals out = {arena_alloc(page->arena, (all->count + 1) * sizeof *out.at), 0,
                            all->count + 1};
    for (size_t i = 0; i < all->count; i++)
        if (statement_check(&all->at[i].statement, NULL) == OK)
            ranks[kept++] = (struct rank){.from = all->at[i].statement.quote.from, .at = i};
    if (kept)
        qsort(ranks, kept, sizeof *ranks, from_order);
    for (size_t i = 0; i < kept;)
        i += settle_at(&out, all->at, ranks + i, kept - i);
    *all = out;
}

static void weigh(const struct page *page, const struct confidences *confidences,
                  struct proposals *all)
{
    for (size_t i = 0; i < all->count; i++) {
        struct confidence_key key = confidence_key_of(&all->at[i], page->arena);
        all->at[i].confidence = confidence_of(confidences, &key, NULL);
    }
}

static struct str language_of(const struct page *page)
{
    size_t words[LANGUAGES_LIMIT] = {0}, count = 0, most = 0;
    const struct language *languages = lexicon_languages(page->lexicon, &count);
    if (page->facts && page->facts->lang.len)
        return page->facts->lang;
    for (size_t i = 0; i < page->passages_count; i++)
        if (page->passages[i].language != LANGUAGE_NONE)
            words[page->passages[i].language] += page->passages[i].end - page->passages[i].first;
    for (size_t k = 1; k < count; k++)
        if (words[k] > words[most])
            most = k;
    return count && words[most] ? languages[most].code : STR_NONE;
}

static void mark_dates(struct page *page, const struct reader *reader)
{
    struct date_context context = {page->facts ? page->facts->published : STR_NONE};
    size_t i = 0;
    dates_find(reader->dates, page->text, &page->tokens, &context, page->arena, &page->dates,
               &page->dates_count);
    page->date_of = arena_alloc(page->arena, (page->tokens.count + 1) * sizeof *page->date_of);
    for (size_t d = 0; d < page->dates_count; d++) {
        struct span at = page->dates[d].quote;
        while (i > 0 && page->tokens.at[i - 1].at.to > at.from)
            i--;
        while (i < page->tokens.count && page->tokens.at[i].at.to <= at.from)
            i++;
        for (; i < page->tokens.count && page->tokens.at[i].at.from < at.to; i++)
            page->date_of[i] = (uint32_t)(d + 1);
    }
}

/* a page that is told already whether it is a part, and whether it is explained */
static void page_open(struct page *page, const struct reader *reader, struct str text,
                      const struct document_facts *facts, struct arena *arena)
{
    *page = (struct page){.lexicon = reader->lexicon,
                          .text = text,
                          .facts = facts,
                          .arena = arena,
                          .partial = page->partial,
                          .trace = page->trace};
    tokens_cut(reader->lexicon, text, arena, &page->tokens);
    passages_find(page);
    tables_find_by(reader->lexicon, text, arena, &page->tables, &page->tables_count);
}

static void sentences_out(const struct page *page, struct reading *out)
{
    out->sentences = arena_alloc(page->arena, (page->passages_count + 1) * sizeof *out->sentences);
    for (size_t i = 0; i < page->passages_count; i++)
        out->sentences[i].at = (struct span){page->tokens.at[page->passages[i].first].at.from,
                                             page->tokens.at[page->passages[i].end - 1].behind};
    out->sentences_count = page->passages_count;
    out->lang = language_of(page);
}

static void entries_out(const struct page *page, struct reading *out)
{
    out->entries = arena_alloc(page->arena, (page->scopes_count + 1) * sizeof *out->entries);
    for (size_t i = 0; i < page->scopes_count; i++) {
        const struct entry_scope *s = &page->scopes[i];
        struct list_entry e = {
            .at = {page->tokens.at[s->first].at.from, page->tokens.at[s->end - 1].behind}};
        if (s->party != SIZE_MAX)
            e.name = page->parties[s->party].at;
        if (s->party != SIZE_MAX || !s->number)
            out->entries[out->entries_count++] = e;
    }
}

/* all but the findings */
static void read_block(const struct reader *reader, struct str text,
                       const struct document_facts *facts, struct arena *arena, struct page *page,
                       struct reading *out)
{
    struct proposals all = {0};
    *out = (struct reading){0};
    page_open(page, reader, text, facts, arena);
    sentences_out(page, out);
    mark_dates(page, reader);
    names_find(page);
    numbers_find(page);
    figures_find(page, &all);
    life_events_find(page, &all);
    drop_heads(page, &all);
    listing_read(page, &all);
    roles_find(page, &all);
    facts_find(page, &all);
    drop_heads(page, &all);
    settle(page, &all);
    weigh(page, reader->confidences, &all);
    entries_out(page, out);
    out->proposals = all.at;
    out->proposals_count = all.count;
    out->dates = page->dates;
    out->dates_count = page->dates_count;
}

/* a title that befell people of several blocks stands before them all */
static bool are_in_order(const struct reading *r)
{
    for (size_t i = 1; i < r->proposals_count; i++)
        if (r->proposals[i - 1].statement.quote.from > r->proposals[i].statement.quote.from)
            return false;
    return true;
}

static void read_blocks(const struct reader *reader, struct str text,
                        const struct document_facts *facts, bool explain,
                        const struct block *blocks, size_t count, struct arena *arena,
                        struct reading *out)
{
    struct page page = {.lexicon = reader->lexicon, .text = text, .facts = facts, .arena = arena};
    struct block_keeper keeper = {.arena = arena, .text = text, .out = out};
    *out = (struct reading){0};
    for (size_t i = 0; i < count; i++) {
        struct trace trace = {0};
        struct reading reading;
        struct arena scratch;
        struct page part = {.partial = true, .trace = explain ? &trace : NULL};
        arena_init(&scratch);
        keeper.block = blocks[i];
        keeper.part = block_text(text, &blocks[i], &scratch);
        read_block(reader, keeper.part, facts, &scratch, &part, &reading);
        block_keep(&keeper, &reading);
        arena_release(&scratch);
    }
    if (!are_in_order(out)) {
        struct proposals all = {out->proposals, out->proposals_count, out->proposals_count};
        settle(&page, &all);
        out->proposals = all.at;
        out->proposals_count = all.count;
    }
    tables_find_by(reader->lexicon, text, arena, &page.tables, &page.tables_count);
    findings_find(&page, reader->findings, out);
}

static void read_document(const struct reader *reader, struct str text,
                          const struct document_facts *facts, bool explain, struct arena *arena,
                          struct reading *out)
{
    struct trace trace = {0};
    struct page page = {.trace = explain ? &trace : NULL};
    size_t count;
    const struct block *blocks = blocks_cut(reader->lexicon, text, arena, &count);
    if (count > 1) {
        read_blocks(reader, text, facts, explain, blocks, count, arena, out);
        return;
    }
    read_block(reader, text, facts, arena, &page, out);
    findings_find(&page, reader->findings, out);
}

void reader_read(const struct reader *reader, struct str text, const struct document_facts *facts,
                 struct arena *arena, struct reading *out)
{
    read_document(reader, text, facts, false, arena, out);
}

void reader_explain(const struct reader *reader, struct str text,
                    const struct document_facts *facts, struct arena *arena, struct reading *out)
{
    read_document(reader, text, facts, true, arena, out);
}

void read_sentences(const struct reader *reader, struct str text,
                    const struct document_facts *facts, struct arena *arena, struct reading *out)
{
    struct page page = {.partial = false};
    *out = (struct reading){0};
    page_open(&page, reader, text, facts, arena);
    sentences_out(&page, out);
    mark_dates(&page, reader);
    out->dates = page.dates;
    out->dates_count = page.dates_count;
}

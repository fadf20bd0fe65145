#include "read/trace.h"

#include "base/data.h"

static struct explained *note(const struct page *page, const char *rule)
{
    struct trace *trace = page->trace;
    struct explained *made = arena_alloc(page->arena, sizeof *made);
    *made = (struct explained){.rule = rule          ? rule
                                       : trace->rule ? trace->rule
                                                     : RULE("as it is written")};
    *(trace->first ? &trace->last->next : &trace->first) = made;
    trace->last = made;
    return made;
}

static bool is_inside(const char *at, struct str whole)
{
    uintptr_t a = (uintptr_t)at, first = (uintptr_t)whole.at;
    return whole.len && a >= first && a < first + whole.len;
}

/* the table and the line of a cell */
static void place_cell(struct explained *e, const char *cell)
{
    for (size_t i = 0; cell && i < data_files_count; i++) {
        const struct data_file *file = &data_files[i];
        if (!is_inside(cell, file->bytes))
            continue;
        e->table = file->path;
        e->line = 1;
        for (const char *at = file->bytes.at; at < cell; at++)
            e->line += *at == '\n';
        return;
    }
}

void trace_note_words(const struct page *page, size_t first, size_t end, const char *rule,
                      const struct entry *entry)
{
    struct explained *made = note(page, rule);
    if (first < end)
        made->words = tokens_span(&page->tokens, first, end);
    if (entry)
        place_cell(made, lexicon_written(page->lexicon, entry).at);
}

const struct date_mention *trace_date_of(const struct page *page, struct str value)
{
    for (size_t i = 0; i < page->dates_count; i++)
        if (is_inside(value.at, page->dates[i].iso))
            return &page->dates[i];
    return NULL;
}

void trace_note_value(const struct page *page, struct str value, const char *rule)
{
    struct explained *made = note(page, rule);
    const struct date_mention *date = trace_date_of(page, value);
    if (is_inside(value.at, page->text)) {
        size_t from = (size_t)(value.at - page->text.at);
        made->words = (struct span){from, from + value.len};
    } else if (date) {
        made->words = date->quote;
    } else {
        place_cell(made, value.at);
    }
}

void trace_note_nothing(const struct page *page)
{
    *page->trace = (struct trace){0};
}

void trace_note_field(const struct page *page, struct proposal *proposal, const char *field)
{
    struct explained *made = page->trace->first, **end = &proposal->explained;
    for (struct explained *e = made; e; e = e->next)
        e->field = field;
    while (*end)
        end = &(*end)->next;
    *end = made;
    page->trace->first = page->trace->last = NULL;
}

#include "read/trace.h"

static struct explained *note(const struct page *page, struct span words, const char *rule)
{
    struct trace *trace = page->trace;
    struct explained *made = arena_alloc(page->arena, sizeof *made);
    *made = (struct explained){.words = words, .rule = rule};
    *(trace->first ? &trace->last->next : &trace->first) = made;
    trace->last = made;
    return made;
}

void trace_note_tokens(const struct page *page, size_t first, size_t end, const char *rule,
                       const struct entry *entry)
{
    struct span words = first < end ? tokens_span(&page->tokens, first, end) : (struct span){0};
    struct explained *made = note(page, words, rule);
    if (entry) {
        made->table = entry->table;
        made->line = entry->line;
    }
}

void trace_note_span(const struct page *page, struct span at, const char *rule)
{
    (void)note(page, at, rule);
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
    trace_note_nothing(page);
}

/* What made a field, while a page is read (record/explanation.h). A page without a trace pays one
 * comparison for each step.
 *
 * A rule that succeeds notes its words; what it noted becomes the field's when whoever makes the
 * proposal says so. */
#ifndef GOVAH_READ_TRACE_H
#define GOVAH_READ_TRACE_H

#include "read/page_int.h"

/* What was noted and belongs to no field yet. */
struct trace {
    struct explained *first, *last;
};

/* The words of tokens [first, end), or of a range of bytes; `entry` may be NULL. */
void trace_note_tokens(const struct page *, size_t first, size_t end, const char *rule,
                       const struct entry *);
void trace_note_span(const struct page *, struct span, const char *rule);
void trace_note_field(const struct page *, struct proposal *, const char *field);
void trace_note_nothing(const struct page *);

static inline void trace_words(const struct page *page, size_t first, size_t end, const char *rule,
                               const struct entry *entry)
{
    if (page->trace)
        trace_note_tokens(page, first, end, rule, entry);
}

static inline void trace_span(const struct page *page, struct span at, const char *rule)
{
    if (page->trace)
        trace_note_span(page, at, rule);
}

/* What was noted made this field. */
static inline void trace_field(const struct page *page, struct proposal *proposal,
                               const char *field)
{
    if (page->trace)
        trace_note_field(page, proposal, field);
}

/* Both in one. */
static inline void trace_made(const struct page *page, struct proposal *proposal, const char *field,
                              size_t first, size_t end, const char *rule, const struct entry *entry)
{
    if (page->trace) {
        trace_note_tokens(page, first, end, rule, entry);
        trace_note_field(page, proposal, field);
    }
}

/* What was noted made nothing. */
static inline void trace_clear(const struct page *page)
{
    if (page->trace)
        trace_note_nothing(page);
}

#endif

/* What made a field, while a page is read (record/explanation.h). A page without a trace pays one
 * comparison for each step.
 *
 * A rule that succeeds notes its words; what it noted becomes the field's when whoever makes the
 * proposal says so. Where a value is words of the text, a date, a name or a cell of a table, that
 * is seen by where it stands in memory. */
#ifndef GOVAH_READ_TRACE_H
#define GOVAH_READ_TRACE_H

#include "read/page_int.h"

struct trace {
    struct explained *first, *last; /* what was noted and belongs to no field yet */
    const char *rule;               /* of what is noted without one; until trace_clear */
};

/* The words of tokens [first, end), none where first == end. `entry` may be NULL; `rule` is
 * RULE("..."), or NULL for the one that trace_rule gave. */
void trace_note_words(const struct page *, size_t first, size_t end, const char *rule,
                      const struct entry *);
void trace_note_value(const struct page *, struct str value, const char *rule);
void trace_note_field(const struct page *, struct proposal *, const char *field);
void trace_note_nothing(const struct page *);

/* The date that a value is of, or a part of, by its place in memory; or NULL. */
const struct date_mention *trace_date_of(const struct page *, struct str value);

static inline void trace_rule(const struct page *page, const char *rule)
{
    if (page->trace)
        page->trace->rule = rule;
}

static inline void trace_words(const struct page *page, size_t first, size_t end, const char *rule,
                               const struct entry *entry)
{
    if (page->trace)
        trace_note_words(page, first, end, rule, entry);
}

/* What was noted made this field. */
static inline void trace_field(const struct page *page, struct proposal *proposal,
                               const char *field)
{
    if (page->trace)
        trace_note_field(page, proposal, field);
}

/* What was noted, and these words, made this field. */
static inline void trace_made(const struct page *page, struct proposal *proposal, const char *field,
                              size_t first, size_t end, const char *rule, const struct entry *entry)
{
    if (page->trace) {
        trace_note_words(page, first, end, rule, entry);
        trace_note_field(page, proposal, field);
    }
}

/* The same where the value's place says what made it; nothing for an empty one. */
static inline void trace_value(const struct page *page, struct proposal *proposal,
                               const char *field, struct str value, const char *rule)
{
    if (page->trace && value.len) {
        trace_note_value(page, value, rule);
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

#include "command/command.h"
#include "read/read.h"

static void read_text(void *context, struct str text, const struct document_facts *facts,
                      struct arena *arena, struct proposal **proposals,
                      struct incident_reason **incidents, size_t *count)
{
    struct reading reading;
    reader_read(context, text, facts, arena, &reading);
    *proposals = reading.proposals;
    *count = reading.proposals_count;
    *incidents = arena_alloc(arena, (*count + 1) * sizeof **incidents);
}

static void read_incident(void *context, struct str text, const struct statement *statement,
                          const struct document_facts *facts, struct arena *arena,
                          struct incident_reason *out)
{
    (void)context, (void)text, (void)statement, (void)facts, (void)arena;
    *out = (struct incident_reason){0};
}

const struct archive_reader *reader_of_store(void)
{
    static struct archive_reader made;
    struct reader *reader;
    struct fault why;
    if (made.context)
        return &made;
    if (reader_new(&reader, &why) != OK)
        die(EXIT_PROBLEM, "%s", why.text);
    made = (struct archive_reader){reader, READER_VERSION, read_text, read_incident};
    return &made;
}

#include "case/case_stays.h"
#include "command/command.h"
#include "read/incident.h"

/* the sentences that a quote reaches over, by a search in what is sorted */
static struct str sentence_around(struct str text, const struct reading *reading, struct span quote)
{
    size_t low = 0, high = reading->sentences_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reading->sentences[middle].at.to <= quote.from)
            low = middle + 1;
        else
            high = middle;
    }
    size_t from = quote.from, to = quote.to;
    for (; low < reading->sentences_count; low++) {
        struct span s = reading->sentences[low].at;
        if (s.from >= quote.to)
            break;
        from = s.from < from ? s.from : from;
        to = s.to > to ? s.to : to;
    }
    return str_slice(text, from, to);
}

static struct incident_reason lay(const struct reader *reader, struct str text,
                                  const struct reading *reading, const struct statement *s,
                                  const struct incident_context *about, struct arena *arena)
{
    struct incident_reason out = {0};
    if (s->form != FORM_FIGURE)
        return out;
    const struct incident *incident = incident_of(
        reader, &s->figure, sentence_around(text, reading, s->quote), about, arena, &out.why);
    if (incident)
        out.id = incident->id;
    else
        out.why = STR_NONE;
    return out;
}

static bool has_figures(const struct reading *reading)
{
    for (size_t i = 0; i < reading->proposals_count; i++)
        if (reading->proposals[i].statement.form == FORM_FIGURE)
            return true;
    return false;
}

static void read_text(void *context, struct str text, const struct document_facts *facts,
                      struct arena *arena, struct archive_reading *out)
{
    struct reading reading;
    reader_read(context, text, facts, arena, &reading);
    *out = (struct archive_reading){.proposals = reading.proposals,
                                    .count = reading.proposals_count,
                                    .findings = reading.findings,
                                    .findings_count = reading.findings_count,
                                    .entries = reading.entries,
                                    .entries_count = reading.entries_count};
    struct incident_context about = incident_context_of(text, &reading, facts->published);
    if (has_figures(&reading))
        incident_context_look(&about, context, arena);
    out->incidents = arena_alloc(arena, (out->count + 1) * sizeof *out->incidents);
    for (size_t i = 0; i < out->count; i++)
        out->incidents[i] =
            lay(context, text, &reading, &reading.proposals[i].statement, &about, arena);
}

static void read_incident(void *context, struct str text, const struct statement *statement,
                          const struct document_facts *facts, struct arena *arena,
                          struct incident_reason *out)
{
    struct reading reading;
    reader_read(context, text, facts, arena, &reading);
    struct incident_context about = incident_context_of(text, &reading, facts->published);
    *out = lay(context, text, &reading, statement, &about, arena);
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

void use_histories(void)
{
    static struct arena arena;
    static struct archive_histories histories;
    struct case_telling *telling;
    struct fault why;
    arena_init(&arena);
    if (case_telling_new(&arena, &telling, &why) != OK)
        die(EXIT_PROBLEM, "%s", why.text);
    histories = case_histories(telling);
    archive_use_histories(&histories);
}

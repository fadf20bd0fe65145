#include "store/figures.h"

#include "store/page.h"
#include "store/store_int.h"

/* Strings of a listing, each kept once. */
struct texts {
    struct arena *arena;
    struct str *slots; /* a power of two of them; an empty one has no `at` */
    size_t count, room;
};

enum { COLUMNS = 18 };

struct listing {
    struct archive *archive;
    struct str last[COLUMNS]; /* what stood in the row before */
    struct arena *arena;
    struct texts texts;
    struct figure_view *at; /* not in the arena, where what was outgrown would stay */
    size_t count, room;
    struct figure_document **documents; /* by the row of the text */
    size_t documents_room;
};

static size_t slot_of(const struct texts *t, struct str s)
{
    uint64_t mix = UINT64_C(1469598103934665603);
    for (size_t i = 0; i < s.len; i++)
        mix = (mix ^ (unsigned char)s.at[i]) * UINT64_C(1099511628211);
    size_t slot = (size_t)(mix ^ mix >> 32) & (t->room - 1);
    while (t->slots[slot].at && !str_equal(t->slots[slot], s))
        slot = (slot + 1) & (t->room - 1);
    return slot;
}

static void texts_widen(struct texts *t)
{
    struct texts wider = {t->arena, NULL, t->count, t->room ? t->room * 2 : 256};
    wider.slots = arena_alloc(t->arena, wider.room * sizeof *wider.slots);
    for (size_t i = 0; i < t->room; i++)
        if (t->slots[i].at)
            wider.slots[slot_of(&wider, t->slots[i])] = t->slots[i];
    *t = wider;
}

static struct str text_once(struct texts *t, struct str s)
{
    if (!s.len)
        return STR("");
    if (t->count * 2 >= t->room)
        texts_widen(t);
    struct str *slot = &t->slots[slot_of(t, s)];
    if (!slot->at) {
        *slot = arena_copy(t->arena, s);
        t->count++;
    }
    return *slot;
}

static struct str column(struct listing *l, const struct query *q, int index)
{
    struct str s = query_str(q, index);
    if (!str_equal(l->last[index], s))
        l->last[index] = text_once(&l->texts, s);
    return l->last[index];
}

static int64_t count_column(const struct query *q, int index)
{
    return query_null(q, index) ? COUNT_NONE : query_int(q, index);
}

/* ---- the document ---- */

static const struct sketch *sketch_of(struct arena *arena, const struct query *q, int column)
{
    struct sketch *sketch = arena_alloc(arena, sizeof *sketch);
    return !query_null(q, column) && sketch_read(query_str(q, column), sketch) ? sketch : NULL;
}

static enum outcome document_read(struct listing *l, int64_t text, struct figure_document **out,
                                  struct fault *why)
{
    struct query q = query_begin(l->archive, "SELECT d.id, d.title, d.name, d.publisher,"
                                             " d.published, k.numbers FROM derived_text t"
                                             " JOIN derived_document d ON d.id = t.bytes"
                                             " LEFT JOIN derived_sketch k ON k.row = d.row"
                                             " WHERE t.row = ?1");
    query_bind_int(&q, 1, text);
    *out = NULL;
    if (query_step(&q)) {
        *out = arena_alloc(l->arena, sizeof **out);
        query_hash(&q, 0, &(*out)->id);
        struct str *texts[] = {&(*out)->title, &(*out)->name, &(*out)->publisher,
                               &(*out)->published};
        for (size_t i = 0; i < COUNT_OF(texts); i++)
            *texts[i] = text_once(&l->texts, query_str(&q, (int)i + 1));
        (*out)->sketch = sketch_of(l->arena, &q, 5);
    }
    return query_end(&q, why);
}

/* NULL for a text of which the document is not here. */
static enum outcome document_of(struct listing *l, int64_t text, const struct figure_document **out,
                                struct fault *why)
{
    size_t at = (size_t)text;
    if (at >= l->documents_room) {
        size_t room = at * 2 + 1024;
        struct figure_document **wider = arena_alloc(l->arena, room * sizeof(void *));
        for (size_t i = 0; i < l->documents_room; i++)
            wider[i] = l->documents[i];
        l->documents = wider;
        l->documents_room = room;
    }
    enum outcome result = l->documents[at] ? OK : document_read(l, text, &l->documents[at], why);
    *out = l->documents[at];
    return result;
}

/* ---- the whole of a part ---- */

/* Of several the first by id. */
static enum outcome whole_find(struct listing *l, int64_t text, struct figure_view *part,
                               struct fault *why)
{
    struct figure_whole *whole = NULL;
    struct query q = query_begin(l->archive, "SELECT id, what FROM derived_statement"
                                             " WHERE row BETWEEN ?1 << 24 AND ?1 << 24 | 16777215"
                                             " AND start = ?2 AND finish = ?3 AND form = 0"
                                             " AND shown");
    query_bind_int(&q, 1, text);
    query_bind_int(&q, 2, (int64_t)part->figure.subset_of.from);
    query_bind_int(&q, 3, (int64_t)part->figure.subset_of.to);
    while (query_step(&q)) {
        struct hash id;
        if (!query_hash(&q, 0, &id) || hash_equal(&id, &part->id) ||
            (whole && hash_compare(&whole->id, &id) < 0))
            continue;
        whole = whole ? whole : arena_alloc(l->arena, sizeof *whole);
        *whole = (struct figure_whole){id, text_once(&l->texts, query_str(&q, 1))};
    }
    part->whole = whole;
    return query_end(&q, why);
}

/* ---- the figures ---- */

static struct figure_view *figure_add(struct listing *l, struct query *q)
{
    if (l->count == l->room) {
        l->room = l->room ? l->room * 2 : 64;
        l->at = mem_resize_array(l->at, l->room, sizeof *l->at);
    }
    struct figure_view *f = &l->at[l->count++];
    *f = (struct figure_view){
        .figure = {.event = column(l, q, 6),
                   .what = column(l, q, 7),
                   .bound = (enum figure_bound)query_int(q, 8),
                   .low = count_column(q, 9),
                   .high = count_column(q, 10),
                   .since = column(l, q, 11),
                   .until = column(l, q, 12),
                   .as_of = column(l, q, 13),
                   .place = column(l, q, 14),
                   .source = column(l, q, 15),
                   .subset_of = {(size_t)query_int(q, 16), (size_t)query_int(q, 17)}},
        .state = (enum view_state)query_int(q, 2),
        .undecided = query_int(q, 3),
        .weighed = (enum weigh_verdict)query_int(q, 18),
        .confidence = (int)query_int(q, 4),
        .incident = column(l, q, 5)};
    query_hash(q, 1, &f->id);
    return f;
}

/* Runs the query to its end. */
static enum outcome figures_read(struct listing *l, struct query *q, struct fault *why)
{
    enum outcome result = OK;
    while (result == OK && query_step(q)) {
        const struct figure_document *document;
        int64_t text = query_int(q, 0) >> 24;
        result = document_of(l, text, &document, why);
        if (result != OK || !document)
            continue;
        struct figure_view *f = figure_add(l, q);
        f->document = document;
        if (f->figure.subset_of.to)
            result = whole_find(l, text, f, why);
    }
    enum outcome ended = query_end(q, result == OK ? why : NULL);
    return result == OK ? ended : result;
}

#define FIGURE_COLUMNS                                                                             \
    "SELECT row, id, standing, undecided, confidence, incident, event, what, bound, low, high,"    \
    " since, until, as_of, place, source, part_start, part_finish, weighed FROM derived_statement"

static enum outcome read_all(struct listing *l, struct fault *why)
{
    struct query q =
        query_begin(l->archive, FIGURE_COLUMNS " WHERE form = 0 AND shown ORDER BY row");
    return figures_read(l, &q, why);
}

static enum outcome read_matter(struct listing *l, const struct figure_matter *matter,
                                struct fault *why)
{
    struct query q =
        query_begin(l->archive, FIGURE_COLUMNS " WHERE row IN (SELECT row FROM derived_statement"
                                               " INDEXED BY derived_statement_figure WHERE form = 0"
                                               " AND shown AND incident IS ?1 AND event = ?2)");
    query_bind_text_or_null(&q, 1, matter->incident);
    query_bind_text(&q, 2, matter->event);
    return figures_read(l, &q, why);
}

enum outcome archive_figures(struct archive *a, const struct figure_matter *matters,
                             size_t matters_count, struct arena *arena, struct figure_view **out,
                             size_t *count, struct fault *why)
{
    struct listing l = {.archive = a, .arena = arena, .texts.arena = arena};
    *out = NULL;
    *count = 0;
    enum outcome result = archive_snapshot_begin(a, why);
    if (result != OK)
        return result;
    if (!matters_count)
        result = read_all(&l, why);
    for (size_t i = 0; i < matters_count && result == OK; i++)
        result = read_matter(&l, &matters[i], why);
    archive_snapshot_end(a);
    *out = arena_alloc(arena, l.count * sizeof **out + 1);
    if (l.count)
        memcpy(*out, l.at, l.count * sizeof **out);
    mem_free(l.at);
    *count = l.count;
    return result;
}

/* ---- events and incidents: by the index, from one to the next over thousands of figures ---- */

static bool next_incident(struct archive *a, struct arena *arena, struct str *incident,
                          enum outcome *result, struct fault *why)
{
    struct query q = query_begin(a, "SELECT incident FROM derived_statement"
                                    " INDEXED BY derived_statement_figure WHERE form = 0 AND shown"
                                    " AND incident > ?1 ORDER BY incident LIMIT 1");
    query_bind_text(&q, 1, *incident);
    bool found = query_step(&q);
    if (found)
        *incident = arena_copy(arena, query_str(&q, 0));
    *result = query_end(&q, why);
    return found && *result == OK;
}

static bool next_event(struct archive *a, struct arena *arena, struct str incident,
                       struct str *event, enum outcome *result, struct fault *why)
{
    struct query q = query_begin(a, "SELECT event FROM derived_statement"
                                    " INDEXED BY derived_statement_figure WHERE form = 0 AND shown"
                                    " AND incident IS ?1 AND event > ?2 ORDER BY event LIMIT 1");
    query_bind_text_or_null(&q, 1, incident);
    query_bind_text(&q, 2, *event);
    bool found = query_step(&q);
    if (found)
        *event = arena_copy(arena, query_str(&q, 0));
    *result = query_end(&q, why);
    return found && *result == OK;
}

static bool tally(struct archive *a, struct figure_tally *t, enum outcome *result,
                  struct fault *why)
{
    struct query q = query_begin(a, "SELECT stands, (SELECT count(*) FROM derived_statement"
                                    "  INDEXED BY derived_statement_figure WHERE form = 0 AND shown"
                                    "  AND incident IS ?1 AND event = ?2)"
                                    " FROM derived_statement"
                                    " INDEXED BY derived_statement_figure WHERE form = 0 AND shown"
                                    " AND incident IS ?1 AND event = ?2"
                                    " AND (standing <> 2 OR undecided)"
                                    " ORDER BY stands DESC LIMIT 1");
    query_bind_text_or_null(&q, 1, t->incident);
    query_bind_text(&q, 2, t->event);
    bool found = query_step(&q);
    t->latest = found && !query_null(&q, 0) ? query_int(&q, 0) : INT64_MIN;
    t->figures = found ? (size_t)query_int(&q, 1) : 0;
    *result = query_end(&q, why);
    return found && *result == OK;
}

enum outcome archive_figure_tallies(struct archive *a, struct arena *arena,
                                    struct figure_tally **out, size_t *count, struct fault *why)
{
    enum outcome result;
    size_t room = 0;
    struct figure_tally at = {.incident = STR("")};
    *out = NULL;
    *count = 0;
    do {
        at.event = STR("");
        while (next_event(a, arena, at.incident, &at.event, &result, why)) {
            if (!tally(a, &at, &result, why))
                continue;
            *out = arena_grow(arena, *out, *count, &room, sizeof **out);
            (*out)[(*count)++] = at;
        }
    } while (result == OK && next_incident(a, arena, &at.incident, &result, why));
    return result;
}

enum outcome archive_explained_sources(struct archive *a, struct arena *arena, struct str **out,
                                       size_t *count, struct fault *why)
{
    size_t room = 0;
    *out = NULL;
    *count = 0;
    struct query q = query_begin(a, "SELECT DISTINCT source FROM derived_statement"
                                    " INDEXED BY derived_statement_explained"
                                    " WHERE form = 0 AND shown AND source GLOB '*(*)*'");
    while (query_step(&q)) {
        *out = arena_grow(arena, *out, *count, &room, sizeof **out);
        (*out)[(*count)++] = arena_copy(arena, query_str(&q, 0));
    }
    return query_end(&q, why);
}

enum outcome archive_quotes(struct archive *a, const struct hash *ids, size_t count,
                            struct arena *arena, struct str *quotes, struct fault *why)
{
    struct query q = query_begin(a, "SELECT w.quote FROM derived_statement s"
                                    " JOIN derived_wording w ON w.row = s.row"
                                    " WHERE s.prefix = ?1 AND s.id = ?2");
    for (size_t i = 0; i < count; i++) {
        query_bind_int(&q, 1, statement_prefix(&ids[i]));
        query_bind_hash(&q, 2, &ids[i]);
        quotes[i] = query_step(&q) ? arena_copy(arena, query_str(&q, 0)) : STR_NONE;
        query_again(&q);
    }
    return query_end(&q, why);
}

enum outcome archive_sketch(struct archive *a, const struct hash *document, struct sketch *out,
                            bool *found, struct fault *why)
{
    struct query q = query_begin(a, "SELECT k.numbers FROM derived_document d"
                                    " JOIN derived_sketch k USING (row) WHERE d.id = ?1");
    query_bind_hash(&q, 1, document);
    *found = query_step(&q) && sketch_read(query_str(&q, 0), out);
    return query_end(&q, why);
}

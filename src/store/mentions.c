#include "store/kept_int.h"

enum { MANY = 64 };

/* Mentions of one name, each different one once; a name that stands in thousands of reports has
 * few. */
struct mentions {
    struct arena *arena;
    struct mention_view *at;
    int64_t *texts; /* along with them: rows */
    size_t count, room, texts_room, last;
    size_t seen;
};

struct seen {
    struct str name, label, date;
    bool role, undecided;
    enum view_state state;
    int64_t text;
    struct hash statement;
};

static bool says_the_same(const struct mention_view *m, const struct seen *s)
{
    return m->state == s->state && m->undecided == s->undecided &&
           str_equal(s->role ? m->role : m->event, s->label) && str_equal(m->name, s->name) &&
           str_equal(m->date, s->date);
}

static struct mention_view *find(struct mentions *l, const struct seen *s)
{
    if (l->count && says_the_same(&l->at[l->last], s))
        return &l->at[l->last];
    for (l->last = 0; l->last < l->count; l->last++)
        if (says_the_same(&l->at[l->last], s))
            return &l->at[l->last];
    return NULL;
}

static void see(struct mentions *l, struct str key, const struct seen *s)
{
    struct mention_view *m = find(l, s);
    l->seen++;
    if (m && m->count++ && hash_compare(&m->statement, &s->statement) < 0)
        return;
    if (!m) {
        l->at = arena_grow(l->arena, l->at, l->count, &l->room, sizeof *l->at);
        l->texts = arena_grow(l->arena, l->texts, l->count, &l->texts_room, sizeof *l->texts);
        m = &l->at[l->count++];
        *m = (struct mention_view){.key = key,
                                   .name = arena_copy(l->arena, s->name),
                                   .date = arena_copy(l->arena, s->date),
                                   .state = s->state,
                                   .undecided = s->undecided,
                                   .count = 1};
        *(s->role ? &m->role : &m->event) = arena_copy(l->arena, s->label);
    }
    m->statement = s->statement;
    l->texts[m - l->at] = s->text;
}

static enum outcome read_mentions(struct archive *a, struct str key, bool organisation,
                                  struct mentions *l, struct fault *why)
{
    struct query q = query_begin(a, "SELECT m.name, m.label, m.date, s.form, s.id, m.row >> 24,"
                                    " s.standing, s.undecided FROM derived_mention m"
                                    " INDEXED BY derived_mention_key"
                                    " CROSS JOIN derived_statement s ON s.row = m.row"
                                    " WHERE m.organisation = ?1 AND m.key = ?2"
                                    " AND (s.standing <> 2 OR s.undecided)");
    query_bind_int(&q, 1, organisation);
    query_bind_text(&q, 2, key);
    while (query_step(&q)) {
        struct seen s = {.name = query_str(&q, 0),
                         .label = query_str(&q, 1),
                         .date = query_str(&q, 2),
                         .role = query_int(&q, 3) == FORM_FACT,
                         .text = query_int(&q, 5),
                         .state = (enum view_state)query_int(&q, 6),
                         .undecided = query_int(&q, 7)};
        if (query_hash(&q, 4, &s.statement))
            see(l, key, &s);
    }
    return query_end(&q, why);
}

static enum outcome name_documents(struct archive *a, struct mentions *l, struct fault *why)
{
    struct query q = query_begin(a, "SELECT bytes FROM derived_text WHERE row = ?1");
    for (size_t i = 0; i < l->count; i++) {
        query_bind_int(&q, 1, l->texts[i]);
        if (query_step(&q) && !query_null(&q, 0))
            query_hash(&q, 0, &l->at[i].document);
        query_again(&q);
    }
    return query_end(&q, why);
}

enum outcome archive_mentions(struct archive *a, struct str key, bool organisation,
                              struct arena *arena, struct mention_view **out, size_t *count,
                              struct fault *why)
{
    struct mentions l = {.arena = arena};
    if (kept_mentions(a, key, organisation, arena, out, count))
        return OK;
    enum outcome result = read_mentions(a, key, organisation, &l, why);
    if (result == OK)
        result = name_documents(a, &l, why);
    *out = l.at;
    *count = l.count;
    if (result == OK && l.seen >= MANY)
        kept_note_mentions(a, key, organisation, l.at, l.count);
    return result;
}

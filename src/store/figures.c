#include "store/figures.h"

#include "store/store_int.h"

static bool is_chosen(const struct figure_choice *choice, const struct statement_view *s)
{
    bool chosen = !choice->events_count;
    for (size_t i = 0; i < choice->events_count; i++)
        chosen |= str_equal(choice->events[i], s->statement.figure.event);
    return chosen && (!choice->incident || str_equal(*choice->incident, s->incident.id));
}

static const struct figure_document *document_of(struct arena *arena,
                                                 const struct statement_view *s)
{
    struct figure_document *d = arena_alloc(arena, sizeof *d);
    *d = (struct figure_document){s->document, s->document_title, s->document_name,
                                  s->document_publisher, s->document_published};
    return d;
}

static const struct figure_whole *whole_of(const struct statement_view *all, size_t count,
                                           const struct statement_view *part, struct arena *arena)
{
    struct span at = part->statement.figure.subset_of;
    for (size_t i = 0; at.to && i < count; i++)
        if (hash_equal(&all[i].statement.text, &part->statement.text) &&
            all[i].statement.quote.from == at.from && all[i].statement.quote.to == at.to &&
            !hash_equal(&all[i].id, &part->id)) {
            struct figure_whole *whole = arena_alloc(arena, sizeof *whole);
            *whole = (struct figure_whole){all[i].id, all[i].statement.figure.what};
            return whole;
        }
    return NULL;
}

enum outcome archive_figures(struct archive *a, const struct figure_choice *choice,
                             struct arena *arena, struct figure_view **out, size_t *count,
                             struct fault *why)
{
    struct statement_filter filter = {.by_form = true, .form = FORM_FIGURE, .rejected = true};
    struct statement_view *all;
    size_t number;
    *out = NULL;
    *count = 0;
    enum outcome result = archive_statements(a, &filter, arena, &all, &number, why);
    if (result != OK)
        return result;
    *out = arena_alloc(arena, (number + 1) * sizeof **out);
    const struct figure_document *document = NULL;
    for (size_t i = 0; i < number; i++) {
        const struct statement_view *s = &all[i];
        if (!is_chosen(choice, s))
            continue;
        if (!document || !hash_equal(&document->id, &s->document))
            document = document_of(arena, s);
        (*out)[(*count)++] = (struct figure_view){.id = s->id,
                                                  .figure = s->statement.figure,
                                                  .incident = s->incident.id,
                                                  .document = document,
                                                  .whole = whole_of(all, number, s, arena),
                                                  .state = s->state,
                                                  .undecided = s->undecided,
                                                  .confidence = s->confidence};
    }
    return OK;
}

enum outcome archive_quotes(struct archive *a, const struct hash *ids, size_t count,
                            struct arena *arena, struct str *quotes, struct fault *why)
{
    struct query q = query_begin(a, "SELECT quote FROM derived_statement WHERE id = ?1");
    for (size_t i = 0; i < count; i++) {
        query_bind_hash(&q, 1, &ids[i]);
        quotes[i] = query_step(&q) ? arena_copy(arena, query_str(&q, 0)) : STR_NONE;
        query_again(&q);
    }
    return query_end(&q, why);
}

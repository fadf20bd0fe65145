#include "store/statement_row_int.h"

#include "record/mention.h"
#include "text/fold.h"

bool statement_naming(const struct statement *s, struct str *name, struct mention *at)
{
    at->text = s->text;
    if (s->form == FORM_LIFE_EVENT) {
        *name = s->life_event.person;
        at->at = s->life_event.person_at;
    } else if (s->form == FORM_FACT && str_equal(s->fact.subject_kind, STR("person"))) {
        *name = s->fact.subject;
        at->at = s->fact.subject_at;
    } else {
        return false;
    }
    return at->at.to > 0;
}

static enum outcome forget(struct archive *a, int64_t row, struct fault *why)
{
    struct query q = query_begin(a, "DELETE FROM derived_naming WHERE row = ?1");
    query_bind_int(&q, 1, row);
    query_step(&q);
    return query_end(&q, why);
}

enum outcome naming_put(struct archive *a, int64_t row, const struct statement_row *r,
                        struct fault *why)
{
    struct mention at;
    struct str name;
    if (!statement_naming(r->statement, &name, &at))
        return OK;
    if (!r->quote.len)
        return forget(a, row, why);
    struct hash id = mention_id(&at);
    struct arena arena;
    arena_init(&arena);
    struct query q = query_begin(a, "INSERT OR IGNORE INTO derived_naming"
                                    " (row, start, finish, address, key)"
                                    " VALUES (?1, ?2, ?3, ?4, ?5)");
    query_bind_int(&q, 1, row);
    query_bind_int(&q, 2, (int64_t)at.at.from);
    query_bind_int(&q, 3, (int64_t)at.at.to);
    query_bind_int(&q, 4, statement_prefix(&id));
    query_bind_text(&q, 5, r->key.len ? r->key : fold_text(&arena, name));
    query_step(&q);
    enum outcome result = query_end(&q, why);
    arena_release(&arena);
    return result;
}

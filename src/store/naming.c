#include "store/stays_int.h"

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

/* all who are named in the text are told again: whose address was this one is not known */
static enum outcome touch_text(struct archive *a, int64_t row, struct fault *why)
{
    struct query q = query_begin(a, "SELECT row FROM derived_naming"
                                    " WHERE row BETWEEN ?1 << 24 AND ?1 << 24 | 16777215");
    query_bind_int(&q, 1, row >> 24);
    while (query_step(&q))
        stays_touch(a, query_int(&q, 0));
    return query_end(&q, why);
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
    stays_touch(a, row);
    if (!r->quote.len) {
        stays_touch_mention(a, &at);
        enum outcome result = touch_text(a, row, why);
        return result == OK ? forget(a, row, why) : result;
    }
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

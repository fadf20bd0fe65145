#include "store/stays_int.h"

#include "text/fold.h"

const struct naming *statement_naming(struct arena *arena, const struct statement *s)
{
    struct naming n = {.at.text = s->text};
    if (s->form == FORM_LIFE_EVENT) {
        n.name = s->life_event.person;
        n.at.at = s->life_event.person_at;
    } else if (s->form == FORM_FACT && str_equal(s->fact.subject_kind, STR("person"))) {
        n.name = s->fact.subject;
        n.at.at = s->fact.subject_at;
    }
    if (!n.at.at.to)
        return NULL;
    struct hash id = mention_id(&n.at);
    n.address = statement_prefix(&id);
    n.key = fold_text(arena, n.name);
    struct naming *kept = arena_alloc(arena, sizeof *kept);
    *kept = n;
    return kept;
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
    const struct naming *n = r->naming;
    if (!n)
        return OK;
    stays_touch(a, row);
    if (!r->quote.len) {
        stays_touch_mention(a, &n->at);
        enum outcome result = touch_text(a, row, why);
        return result == OK ? forget(a, row, why) : result;
    }
    struct query q = query_begin(a, "INSERT OR IGNORE INTO derived_naming"
                                    " (row, start, finish, address, key)"
                                    " VALUES (?1, ?2, ?3, ?4, ?5)");
    query_bind_int(&q, 1, row);
    query_bind_int(&q, 2, (int64_t)n->at.at.from);
    query_bind_int(&q, 3, (int64_t)n->at.at.to);
    query_bind_int(&q, 4, n->address);
    query_bind_text(&q, 5, n->key);
    query_step(&q);
    return query_end(&q, why);
}

#include "command/doubtful.h"

#include "account/finding_words.h"
#include "command/list.h"

struct doubtful doubtful_read(struct session *s, const struct hash *statements, size_t count,
                              struct arena *arena)
{
    struct doubtful out = {.statements = statements};
    struct fault why;
    if (archive_findings_near(s->archive, statements, count, arena, &out.at, &out.count, &why) !=
        OK)
        die(status_of(why.code), "%s", why.text);
    return out;
}

struct str doubtful_words(struct arena *arena, const struct near_finding *near)
{
    struct str words = finding_words(arena, &near->finding);
    return arena_print(arena, "\u201c%.*s\u201d: %.*s", STR_ARG(near->quote), STR_ARG(words));
}

json_t *doubtful_json(const struct doubtful *d)
{
    json_t *out = json_array();
    for (size_t i = 0; i < d->count; i++) {
        json_t *one = json_object();
        list_json_id(one, "statement", &d->statements[d->at[i].at]);
        json_put(one, "quote", d->at[i].quote);
        json_put(one, "finding", str_of(finding_kind_name(d->at[i].finding.kind)));
        json_append(out, one);
    }
    return out;
}

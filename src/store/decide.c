#include "store/decide.h"

/* what is active about all of them, for the new decision to supersede */
static enum outcome active_about(struct archive *a, const struct statement_view *views,
                                 size_t count, enum verdict verdict, struct arena *arena,
                                 struct hash_list *out, struct fault *why)
{
    size_t room = 0;
    enum outcome result = OK;
    *out = (struct hash_list){0};
    for (size_t i = 0; i < count && result == OK; i++) {
        struct hash_list active;
        result = archive_active_decisions(a, &views[i].id, verdict, arena, &active, why);
        for (size_t k = 0; k < active.count && result == OK; k++) {
            out->at = arena_grow(arena, out->at, out->count, &room, sizeof *out->at);
            out->at[out->count++] = active.at[k];
        }
    }
    hash_list_sort(out);
    return result;
}

/* it stands in the place of what is active and of the kind of `before` */
static enum outcome put_decision(struct archive *a, const struct statement_view *views,
                                 size_t count, struct decision *d, enum verdict before,
                                 struct arena *arena, struct fault *why)
{
    struct hash id;
    enum outcome result = active_about(a, views, count, before, arena, &d->supersedes, why);
    if (result == OK && d->verdict == VERDICT_RETRACT && !d->supersedes.count)
        return refuse(why, REFUSED, "nothing was decided about it");
    if (result == OK)
        result = archive_put_object(a, decision_to_json(d), &id, why);
    return result;
}

static enum outcome decide_all(struct archive *a, const struct statement_view *views, size_t count,
                               struct decision d, enum verdict before, struct str at,
                               struct fault *why)
{
    struct arena arena;
    struct hash id;
    arena_init(&arena);
    d.about.at = arena_alloc(&arena, count * sizeof *d.about.at);
    enum outcome result = archive_begin(a, why);
    for (size_t i = 0; i < count && result == OK; i++) {
        d.about.at[d.about.count++] = views[i].id;
        if (d.verdict != VERDICT_RETRACT)
            result = archive_put_object(a, statement_to_json(&views[i].statement), &id, why);
    }
    hash_list_sort(&d.about);
    if (result == OK)
        result = put_decision(a, views, count, &d, before, &arena, why);
    if (result == OK)
        result = archive_commit(a, str_of(verdict_name(d.verdict)), at, why);
    else
        archive_abandon(a);
    arena_release(&arena);
    return result;
}

enum outcome decide(struct archive *a, const struct statement_view *views, size_t count,
                    enum verdict verdict, struct str reason, bool bulk, struct str at,
                    struct fault *why)
{
    if (verdict_weighs(verdict) && !reason.len)
        return refuse(why, REFUSED, "to call it corroborated or disputed needs a reason");
    struct decision d = {.verdict = verdict, .why = reason, .bulk = bulk};
    return decide_all(a, views, count, d, verdict, at, why);
}

enum outcome decide_weighing_back(struct archive *a, const struct statement_view *views,
                                  size_t count, struct str reason, struct str at, struct fault *why)
{
    struct decision d = {.verdict = VERDICT_RETRACT, .why = reason};
    return decide_all(a, views, count, d, VERDICT_DISPUTED, at, why);
}

enum outcome decide_edit(struct archive *a, const struct statement_view *before,
                         const struct statement *after, struct str reason, struct str at,
                         struct fault *why)
{
    struct arena arena;
    struct hash id;
    enum outcome result = statement_check(after, why);
    if (result != OK)
        return result;
    struct statement_view changed = {.id = statement_id(after)};
    if (hash_equal(&changed.id, &before->id))
        return refuse(why, REFUSED, "nothing is changed");
    arena_init(&arena);
    struct decision no = {.verdict = VERDICT_REJECT,
                          .about = {(struct hash *)(uintptr_t)&before->id, 1},
                          .why = reason};
    struct decision yes = {.verdict = VERDICT_ACCEPT,
                           .about = {&changed.id, 1},
                           .why = reason,
                           .instead_of = before->id};
    result = archive_begin(a, why);
    if (result == OK)
        result = archive_put_object(a, statement_to_json(&before->statement), &id, why);
    if (result == OK)
        result = archive_put_object(a, statement_to_json(after), &id, why);
    if (result == OK)
        result = put_decision(a, before, 1, &no, VERDICT_REJECT, &arena, why);
    if (result == OK)
        result = put_decision(a, &changed, 1, &yes, VERDICT_ACCEPT, &arena, why);
    if (result == OK)
        result = archive_commit(a, STR("edit"), at, why);
    else
        archive_abandon(a);
    arena_release(&arena);
    return result;
}

/* ---- fields by name ---- */

static enum outcome set_count(int64_t *place, struct str value, struct fault *why)
{
    if (!value.len) {
        *place = COUNT_NONE;
        return OK;
    }
    if (!str_to_int(value, place) || *place < 0)
        return refuse(why, REFUSED, "\"%.*s\" is not a count", STR_ARG(value));
    return OK;
}

struct named_place {
    const char *name;
    struct str *place;
};

static bool set_text(const struct named_place *places, size_t count, struct str name,
                     struct str value)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(name, str_of(places[i].name))) {
            *places[i].place = value;
            return true;
        }
    return false;
}

enum outcome statement_set(struct statement *s, struct str assignment, struct arena *arena,
                           struct fault *why)
{
    size_t equals = str_find(assignment, STR("="), 0);
    if (equals == SIZE_MAX)
        return refuse(why, REFUSED, "\"%.*s\" is not FIELD=VALUE", STR_ARG(assignment));
    struct str name = str_trim(str_slice(assignment, 0, equals));
    struct str value = str_trim(str_slice(assignment, equals + 1, assignment.len));
    struct figure *f = &s->figure;
    struct life_event *e = &s->life_event;
    struct fact *x = &s->fact;
    const struct named_place figure[] = {
        {"event", &f->event}, {"what", &f->what},   {"since", &f->since},  {"until", &f->until},
        {"as_of", &f->as_of}, {"place", &f->place}, {"source", &f->source}};
    const struct named_place event[] = {{"person", &e->person},
                                        {"event", &e->event},
                                        {"date", &e->date},
                                        {"place", &e->place},
                                        {"body", &e->body}};
    const struct named_place fact[] = {{"subject", &x->subject}, {"property", &x->property},
                                       {"value", &x->value},     {"since", &x->since},
                                       {"until", &x->until},     {"kind", &x->subject_kind}};
    static const char *const details[] = {"charge", "sentence", "court", "branch",
                                          "judge",  "prison",   "note"};
    switch (s->form) {
    case FORM_FIGURE:
        if (str_equal(name, STR("low")))
            return set_count(&f->low, value, why);
        if (str_equal(name, STR("high")))
            return set_count(&f->high, value, why);
        if (str_equal(name, STR("bound")) && figure_bound_read(value, &f->bound))
            return OK;
        if (set_text(figure, COUNT_OF(figure), name, value))
            return OK;
        break;
    case FORM_LIFE_EVENT:
        if (set_text(event, COUNT_OF(event), name, value))
            return OK;
        for (size_t i = 0; i < COUNT_OF(details); i++)
            if (str_equal(name, str_of(details[i])))
                return life_event_set_detail(e, arena, name, value)
                           ? OK
                           : refuse(why, REFUSED, "more than %d details", DETAILS_LIMIT);
        break;
    case FORM_FACT:
        if (set_text(fact, COUNT_OF(fact), name, value))
            return OK;
        break;
    }
    return refuse(why, REFUSED, "a %s has no field \"%.*s\" of that value",
                  statement_form_name(s->form), STR_ARG(name));
}

#include "command/others.h"

#include "command/list.h"
#include "case/decided.h"

static const char *const relations[OTHER_RELATIONS] = {
    [OTHER_SAME] = "says the same",      [OTHER_REPEATS] = "repeats it",
    [OTHER_PASSES_ON] = "passes it on",  [OTHER_ORIGIN] = "it passes on",
    [OTHER_CONTRADICTS] = "contradicts",
};

static struct str reason_of(struct arena *arena, const struct other *o)
{
    return o->why ? conflict_words(arena, o->why) : lead_words(o->lead);
}

static void print_other(const struct other *o, struct arena *arena)
{
    struct buf line;
    struct str id = list_id(arena, &o->statement, LIST_ID_DIGITS), reason = reason_of(arena, o);
    struct str document = list_document(o->document_title, o->document_name);
    buf_init(&line, 64 * 1024);
    buf_print(&line, "%s ", state_sign(o->state, o->undecided));
    list_text(&line, o->says);
    buf_add_text(&line, "  ");
    list_text(&line, o->source);
    if (o->published.len)
        buf_print(&line, " (%.*s)", STR_ARG(o->published));
    buf_add_text(&line, "  ");
    list_text(&line, document);
    buf_print(&line, "  %.*s", STR_ARG(id));
    if (reason.len)
        buf_print(&line, ": %.*s", STR_ARG(reason));
    printf("  %s%-14s%s%.*s\n", paint(PAINT_DIM), relations[o->relation], paint(PAINT_NONE),
           STR_ARG(buf_str(&line)));
    buf_release(&line);
}

void others_print(const struct corroborated *c, struct arena *arena)
{
    struct str words = corroboration_words(arena, c);
    printf("  %s%-14s%s%.*s\n", paint(PAINT_DIM), "standing", paint(PAINT_NONE), STR_ARG(words));
    for (size_t i = 0; i < c->count; i++)
        print_other(&c->others[i], arena);
}

json_t *others_json(const struct corroborated *c)
{
    json_t *out = json_object(), *others = json_array();
    json_put(out, "status", str_of(corroboration_name(c->status)));
    list_json_text(out, "decided", weighing_name(c->weighed));
    list_json_count(out, "said_by", c->said_by ? (int64_t)c->said_by : COUNT_NONE);
    for (size_t i = 0; i < c->count; i++) {
        const struct other *o = &c->others[i];
        json_t *one = json_object();
        json_put(one, "relation", str_of(other_relation_name(o->relation)));
        list_json_id(one, "id", &o->statement);
        list_json_id(one, "document", &o->document);
        list_json_text(one, "source", o->source);
        list_json_text(one, "says", o->says);
        list_json_text(one, "published", o->published);
        list_json_text(one, "why", str_of(lead_why_name(o->lead)));
        list_json_text(one, "state", str_of(view_state_name(o->state)));
        json_append(others, one);
    }
    json_put_new(out, "others", others);
    return out;
}

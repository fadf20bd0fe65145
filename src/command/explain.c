#include "command/explain.h"

#include "command/command.h"

enum { NAME_WIDTH = 14 };

static struct str quote_of(struct str text, const struct proposal *p)
{
    return str_slice(text, p->statement.quote.from, p->statement.quote.to);
}

/* the name of the statement's field number `i`, details included; NULL behind the last */
static const char *field_at(const struct statement *s, size_t i, struct arena *arena)
{
    const char *const *fields = explained_fields(s->form);
    size_t count = 0;
    while (fields[count])
        count++;
    if (i < count)
        return fields[i];
    if (s->form != FORM_LIFE_EVENT || i - count >= s->life_event.details_count)
        return NULL;
    return arena_copy(arena, s->life_event.details[i - count].name).at;
}

/* ---- for people ---- */

static void print_step(struct str text, const struct explained *e)
{
    struct buf line;
    buf_init(&line, 1024 * 1024);
    if (e->words.to) {
        buf_add_text(&line, "\u201c");
        show(&line, str_slice(text, e->words.from, e->words.to));
        buf_add_text(&line, "\u201d  ");
    }
    buf_add_text(&line, e->rule);
    if (e->table)
        buf_print(&line, "  (data/%s, line %zu)", e->table, e->line);
    printf("  %*s%s%.*s%s\n", NAME_WIDTH, "", paint(PAINT_DIM), STR_ARG(buf_str(&line)),
           paint(PAINT_NONE));
    buf_release(&line);
}

static void print_field(struct str text, const struct proposal *p, const char *field,
                        struct str value)
{
    struct buf shown;
    buf_init(&shown, 1024 * 1024);
    show(&shown, value);
    printf("  %-*s%.*s\n", NAME_WIDTH, field, STR_ARG(buf_str(&shown)));
    buf_release(&shown);
    for (const struct explained *e = p->explained; e; e = e->next)
        if (strcmp(e->field, field) == 0)
            print_step(text, e);
}

static void print_proposal(struct str text, const struct proposal *p)
{
    struct arena arena;
    struct buf quote;
    arena_init(&arena);
    buf_init(&quote, 1024 * 1024);
    show(&quote, quote_of(text, p));
    printf("%s\u201c%.*s\u201d%s\n", paint(PAINT_BOLD), STR_ARG(buf_str(&quote)),
           paint(PAINT_NONE));
    buf_release(&quote);
    printf("  %s, sure to %d of 1000\n", statement_form_name(p->statement.form), p->confidence);
    const char *field;
    for (size_t i = 0; (field = field_at(&p->statement, i, &arena)); i++) {
        struct str value = explained_value(&arena, text, &p->statement, field);
        if (value.len)
            print_field(text, p, field, value);
    }
    putchar('\n');
    arena_release(&arena);
}

/* ---- for programs ---- */

static json_t *step_json(struct str text, const struct explained *e)
{
    json_t *step = json_object();
    json_put(step, "field", str_of(e->field));
    json_put(step, "rule", str_of(e->rule));
    if (e->words.to) {
        json_put_int(step, "from", (int64_t)e->words.from);
        json_put_int(step, "to", (int64_t)e->words.to);
        json_put(step, "words", str_slice(text, e->words.from, e->words.to));
    }
    if (e->table) {
        json_put(step, "table", str_of(e->table));
        json_put_int(step, "line", (int64_t)e->line);
    }
    return step;
}

static void print_json_line(struct str doc, struct str text, const struct proposal *p)
{
    struct arena arena;
    json_t *line = statement_to_json(&p->statement), *steps = json_array();
    arena_init(&arena);
    json_object_del(line, "kind");
    json_object_del(line, "text");
    json_put(line, "document", doc);
    json_put(line, "quote", quote_of(text, p));
    json_put_int(line, "confidence", p->confidence);
    json_put(line, "why", p->why);
    for (const struct explained *e = p->explained; e; e = e->next)
        if (explained_value(&arena, text, &p->statement, e->field).len)
            json_array_append_new(steps, step_json(text, e));
    json_object_set_new(line, "explained", steps);
    print_json(line);
    arena_release(&arena);
}

size_t explain_print(struct str doc, struct str text, const struct reading *r, struct str words,
                     bool json)
{
    size_t count = 0;
    for (size_t i = 0; i < r->proposals_count; i++) {
        const struct proposal *p = &r->proposals[i];
        if (words.len && str_find(quote_of(text, p), words, 0) == SIZE_MAX)
            continue;
        count++;
        if (json)
            print_json_line(doc, text, p);
        else
            print_proposal(text, p);
    }
    return count;
}

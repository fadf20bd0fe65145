#include "case/decided.h"
#include "account/describe.h"
#include "account/incidents.h"
#include "command/list.h"
#include "command/doubtful.h"
#include "command/others.h"
#include "store/trace.h"

const char cmd_trace_usage[] =
    "usage: govah trace ID...\n"
    "\n"
    "Follows a figure, an event or a fact back: to its sentence, the text it stands in, the document\n"
    "that holds the text, who took it in, and who decided about it. Hashes are computed and\n"
    "signatures checked anew. It says too who else says the same, who passes it on and what\n"
    "contradicts it. IDs are those that figures, people and search show.\n"
    "\n"
    "  govah trace 4806e08a\n";

static const char *holds(bool yes)
{
    return yes ? "holds" : "DOES NOT HOLD";
}

static void line(const char *label, struct str text)
{
    struct buf out;
    if (!text.len)
        return;
    buf_init(&out, 64 * 1024);
    list_text(&out, text);
    printf("  %s%-14s%s%.*s\n", paint(PAINT_DIM), label, paint(PAINT_NONE), STR_ARG(buf_str(&out)));
    buf_release(&out);
}

static struct str who(struct arena *arena, const struct holder *h)
{
    char key[PUBLIC_KEY_DIGITS + 1];
    public_key_write(&h->author, key);
    return h->author_name.len ? arena_print(arena, "%.*s (key %.16s)", STR_ARG(h->author_name), key)
                              : arena_print(arena, "key %.16s", key);
}

static struct str commit_words(struct arena *arena, const struct holder *h)
{
    char id[HASH_DIGITS + 1];
    hash_write(&h->id, id);
    return arena_print(arena, "commit %s, signature %s", id, holds(h->signature_holds));
}

static void print_decisions(const struct trace *t, struct arena *arena)
{
    for (size_t i = 0; i < t->decisions_count; i++) {
        const struct decision_view *d = &t->decisions[i];
        line(verdict_name(d->verdict),
             arena_print(arena, "%.*s by %.*s%s%s%.*s%s", STR_ARG(t->decided[i].at),
                         STR_ARG(who(arena, &t->decided[i])), d->bulk ? ", in bulk" : "",
                         d->why.len ? ": " : "", STR_ARG(d->why),
                         d->active ? "" : " (no longer rules)"));
        line("", commit_words(arena, &t->decided[i]));
    }
    if (!t->decisions_count)
        line("decided", STR("by nobody yet: a proposal, and no part of the record"));
}

/* where in the document the quote stands, as far as the extractor tells */
static struct str place_words(struct arena *arena, const struct trace *t)
{
    const struct text_place *p = &t->place;
    switch (text_parts_of(t->extractor)) {
    case PARTS_PAGES:
        return arena_print(arena, "page %zu", p->part);
    case PARTS_ROWS:
        return arena_print(arena, "row %zu", p->line + 1);
    case PARTS_SHEETS:
        return arena_print(arena, "sheet %.*s, row %zu", STR_ARG(p->name), p->line);
    case PARTS_NONE:
        break;
    }
    return STR_NONE;
}

static void print_trace(const struct statement_view *s, const struct trace *t,
                        const struct corroborated *others, const struct doubtful *doubtful,
                        struct arena *arena)
{
    char id[HASH_DIGITS + 1], text[HASH_DIGITS + 1], bytes[HASH_DIGITS + 1];
    struct buf words, shown;
    buf_init(&words, 64 * 1024);
    buf_init(&shown, 64 * 1024);
    statement_describe(&words, &s->statement);
    list_text(&shown, buf_str(&words));
    hash_write(&s->id, id);
    hash_write(&t->sha256, text);
    hash_write(&t->bytes, bytes);
    printf("%s %s%.*s%s\n\n", state_sign(s->state, statement_is_hatched(s)), paint(PAINT_BOLD),
           STR_ARG(buf_str(&shown)), paint(PAINT_NONE));
    list_paragraph(t->context, 2, &t->quote, 1);
    putchar('\n');
    const struct capture *c = &t->capture;
    line("quote", s->quote);
    line("statement", str_of(id));
    line("text",
         arena_print(arena, "bytes %zu to %zu of %s, by %.*s, hash %s", s->statement.quote.from,
                     s->statement.quote.to, text, STR_ARG(t->extractor), holds(t->text_holds)));
    line("place", place_words(arena, t));
    line("document", c->facts.title.len ? c->facts.title : c->name);
    line("publisher", c->facts.publisher);
    line("published", c->facts.published);
    line("url", c->facts.url);
    line("bytes", arena_print(arena, "SHA-256 %s, hash %s", bytes, holds(t->bytes_hold)));
    line("taken in", arena_print(arena, "%.*s by %.*s, from %.*s", STR_ARG(c->at),
                                 STR_ARG(who(arena, &t->captured)), STR_ARG(c->name)));
    line("", commit_words(arena, &t->captured));
    if (s->proposed)
        line("reader",
             arena_print(arena, "confidence %d of 1000; %.*s", s->confidence, STR_ARG(s->why)));
    line("incident", s->incident.why);
    print_decisions(t, arena);
    others_print(others, arena);
    for (size_t i = 0; i < doubtful->count; i++)
        line("doubt", doubtful_words(arena, &doubtful->at[i]));
    putchar('\n');
    buf_release(&words);
    buf_release(&shown);
}

static json_t *holder_json(const struct holder *h)
{
    json_t *out = json_object();
    list_json_id(out, "commit", &h->id);
    json_put_public_key(out, "author", &h->author);
    list_json_text(out, "author_name", h->author_name);
    list_json_text(out, "at", h->at);
    json_put_new(out, "signature_holds", json_boolean(h->signature_holds));
    return out;
}

static json_t *trace_json(const struct statement_view *s, const struct trace *t,
                          const struct corroborated *others, const struct doubtful *doubtful,
                          struct arena *arena)
{
    json_t *out = json_object(), *decisions = json_array();
    list_json_id(out, "id", &s->id);
    json_put_new(out, "statement", statement_to_json(&s->statement));
    list_json_text(out, "state", str_of(view_state_name(s->state)));
    list_json_text(out, "quote", s->quote);
    list_json_text(out, "context", t->context);
    list_json_id(out, "text_sha256", &t->sha256);
    json_put_new(out, "text_holds", json_boolean(t->text_holds));
    list_json_text(out, "extractor", t->extractor);
    list_json_text(out, "place", place_words(arena, t));
    list_json_id(out, "document", &t->bytes);
    json_put_new(out, "document_holds", json_boolean(t->bytes_hold));
    json_put_new(out, "capture", capture_to_json(&t->capture));
    json_put_new(out, "captured", holder_json(&t->captured));
    for (size_t i = 0; i < t->decisions_count; i++) {
        json_t *one = holder_json(&t->decided[i]);
        list_json_id(one, "id", &t->decisions[i].id);
        list_json_text(one, "verdict", str_of(verdict_name(t->decisions[i].verdict)));
        list_json_text(one, "why", t->decisions[i].why);
        json_put_new(one, "active", json_boolean(t->decisions[i].active));
        json_append(decisions, one);
    }
    json_put_new(out, "decisions", decisions);
    json_put_new(out, "corroboration", others_json(others));
    json_put_new(out, "findings", doubtful_json(doubtful));
    return out;
}

static struct corroborated others_of(struct session *s, const struct statement_view *view,
                                     struct arena *arena)
{
    struct corroborated others;
    struct fault why;
    size_t count;
    const struct incident_facts *incidents =
        incidents_known(reader_of_store()->context, STR("en"), arena, &count);
    if (corroboration_read(s->archive, view, incidents, count, arena, &others, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    return others;
}

static bool all_hold(const struct trace *t)
{
    bool good = t->text_holds && t->bytes_hold && t->captured.signature_holds;
    for (size_t i = 0; i < t->decisions_count; i++)
        good = good && t->decided[i].signature_holds;
    return good;
}

int cmd_trace(struct session *s, int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    struct arena arena;
    int status = EXIT_DONE;
    if (option_next(&o, "", ""))
        return EXIT_USAGE;
    const char *id = operand_next(&o);
    if (!id)
        die(EXIT_USAGE, "trace what? govah trace ID...");
    arena_init(&arena);
    for (; id; id = operand_next(&o)) {
        struct statement_view view;
        struct trace trace;
        struct fault why;
        enum outcome result = archive_statement(s->archive, str_of(id), &arena, &view, &why);
        if (result == OK)
            result = archive_trace(s->archive, &view, &arena, &trace, &why);
        if (result != OK)
            die(status_of(result), "%s", why.text);
        struct corroborated others = others_of(s, &view, &arena);
        struct doubtful doubtful = doubtful_read(s, &view.id, 1, &arena);
        if (s->json)
            print_json(trace_json(&view, &trace, &others, &doubtful, &arena));
        else
            print_trace(&view, &trace, &others, &doubtful, &arena);
        if (!all_hold(&trace))
            status = EXIT_PROBLEM;
    }
    arena_release(&arena);
    return status;
}

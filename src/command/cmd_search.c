#include "account/value.h"
#include "case/decided.h"
#include "command/list.h"
#include "command/probable.h"

const char cmd_search_usage[] =
    "usage: govah search WORDS... [--limit N] [--json]\n"
    "\n"
    "  --limit N   at most so many documents (20)\n"
    "\n"
    "Finds the documents that hold all the words, in every script, case and letter variant: first\n"
    "as written, then by spelling, so that a Latin name finds the Persian one. A '*' behind a word\n"
    "asks for its beginning. Where more than 1,000 documents match, or than N if that is more, the\n"
    "best of those taken in last are shown, and a line says so. Below each passage stand the\n"
    "statements that the words are part of, and who is probably the same as whom they name, hollow, as\n"
    "long as nobody decided it. Exits with 1 when nothing is found.\n"
    "\n"
    "  govah search Raoof\n";

enum { LIMIT_DEFAULT = 20, LIMIT_MAX = 10000 };

static bool overlaps_marks(const struct search_hit *hit, struct span quote)
{
    for (size_t i = 0; i < hit->marks_count; i++)
        if (hit->marks[i].from < quote.to && quote.from < hit->marks[i].to)
            return true;
    return false;
}

/* The statements of the hit's text whose quote holds a mark. */
static size_t marked_statements(struct session *s, const struct search_hit *hit,
                                struct arena *arena, struct statement_view **out)
{
    struct statement_filter filter = {.text = &hit->document.text, .rejected = true};
    struct fault why;
    size_t count, kept = 0;
    if (archive_statements(s->archive, &filter, arena, out, &count, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    for (size_t i = 0; i < count; i++)
        if (!statement_is_rejected(&(*out)[i]) && overlaps_marks(hit, (*out)[i].statement.quote))
            (*out)[kept++] = (*out)[i];
    return kept;
}

static struct str statement_words(struct arena *arena, const struct statement *s)
{
    if (s->form == FORM_FIGURE) {
        struct str value = figure_value(arena, &s->figure);
        struct str what = label_words(arena, s->figure.what);
        struct str event = label_words(arena, s->figure.event);
        const char *says = s->figure.source.len ? ": " : "";
        return arena_print(arena, "%.*s%s%.*s %.*s %.*s", STR_ARG(s->figure.source), says,
                           STR_ARG(value), STR_ARG(what), STR_ARG(event));
    }
    if (s->form == FORM_LIFE_EVENT) {
        struct str event = label_words(arena, s->life_event.event);
        const char *blank = s->life_event.date.len ? " " : "";
        return arena_print(arena, "%.*s: %.*s%s%.*s", STR_ARG(s->life_event.person), STR_ARG(event),
                           blank, STR_ARG(s->life_event.date));
    }
    struct str value = label_words(arena, s->fact.value);
    return arena_print(arena, "%.*s: %.*s %.*s", STR_ARG(s->fact.subject),
                       STR_ARG(s->fact.property), STR_ARG(value));
}

enum { PASSAGE_WHOLE = 160 };

/* The store cuts a passage by bytes: shown is what is left without the piece of a word at its end,
 * with an ellipsis where text may be left out. `marks` come out relative to it. */
static struct str passage_of(const struct search_hit *hit, struct arena *arena, struct span *marks)
{
    const char *before = hit->around.from ? "… " : "";
    size_t end = hit->passage.len, shift = strlen(before);
    bool cut = end > PASSAGE_WHOLE;
    while (cut && end > PASSAGE_WHOLE && hit->passage.at[end - 1] != ' ')
        end--;
    for (size_t i = 0; i < hit->marks_count; i++)
        if (hit->marks[i].from >= hit->around.from && hit->marks[i].to <= hit->around.to)
            marks[i] = (struct span){hit->marks[i].from - hit->around.from + shift,
                                     hit->marks[i].to - hit->around.from + shift};
    return arena_print(arena, "%s%.*s%s", before, (int)end, hit->passage.at, cut ? "…" : "");
}

/* What is shown of a hit beside its passage. */
struct found {
    const struct search_hit *hit;
    struct statement_view *views; /* statements that hold a mark */
    size_t count;
    const struct likely *likely; /* who is probably one with whom they name */
};

/* the other names of whom the statement is about; empty for figures and organisations */
static struct str probable_of(const struct found *f, const struct statement_view *view,
                              struct arena *arena)
{
    struct mention mention;
    struct str name;
    const struct bearer *b =
        mention_of_view(view, &mention, &name) ? likely_bearer(f->likely, &mention) : NULL;
    return b ? probable_words(f->likely, &b, 1, &name, 1, arena) : STR_NONE;
}

static bool is_said(const struct list *list, struct str below)
{
    for (size_t i = 0; i < list->count; i++)
        if (str_equal(list->rows[i].below, below))
            return true;
    return false;
}

static void show_statements(const struct found *f, struct arena *arena)
{
    struct list list = {.arena = arena, .indent = 4, .flexible = 1u << 1};
    for (size_t i = 0; i < f->count; i++) {
        const struct statement_view *view = &f->views[i];
        struct list_row *row = list_add(&list);
        row->cells[0] = str_of(state_sign(view->state, statement_is_hatched(view)));
        row->cells[1] = statement_words(arena, &view->statement);
        row->cells[2] = list_id(arena, &view->id, LIST_ID_DIGITS);
        struct str probable = probable_of(f, view, arena);
        row->below = is_said(&list, probable) ? STR_NONE : probable;
    }
    list_print(&list);
}

static void show_hit(const struct found *f, struct arena *arena)
{
    const struct search_hit *hit = f->hit;
    const struct document_view *d = &hit->document;
    struct span *marks = arena_alloc(arena, (hit->marks_count + 1) * sizeof *marks);
    struct buf head;
    buf_init(&head, 1 << 20);
    buf_add(&head, list_id(arena, &d->id, LIST_DOCUMENT_DIGITS));
    buf_print(&head, "  %s", paint(PAINT_BOLD));
    list_text(&head, list_document(d->facts.title, d->name));
    buf_print(&head, "%s", paint(PAINT_NONE));
    if (d->facts.publisher.len) {
        buf_add_text(&head, "  ");
        list_text(&head, d->facts.publisher);
    }
    if (d->facts.published.len)
        buf_print(&head, "  %.*s", STR_ARG(d->facts.published));
    buf_add_text(&head, hit->exact ? "" : "  (by spelling)");
    printf("%.*s\n", STR_ARG(buf_str(&head)));
    buf_release(&head);
    struct str passage = passage_of(hit, arena, marks);
    list_paragraph(passage, 2, marks, hit->marks_count);
    show_statements(f, arena);
    putchar('\n');
}

static json_t *span_json(struct span span)
{
    json_t *out = json_object();
    json_put_int(out, "from", (int64_t)span.from);
    json_put_int(out, "to", (int64_t)span.to);
    return out;
}

static json_t *statement_json(const struct found *f, const struct statement_view *view,
                              struct arena *arena)
{
    struct mention mention;
    struct str name;
    json_t *one = json_object();
    const struct bearer *b =
        mention_of_view(view, &mention, &name) ? likely_bearer(f->likely, &mention) : NULL;
    list_json_id(one, "id", &view->id);
    json_put(one, "form", str_of(statement_form_name(view->statement.form)));
    list_json_text(one, "quote", view->quote);
    json_put(one, "state", str_of(view_state_name(view->state)));
    json_put_new(one, "undecided", json_boolean(view->undecided));
    if (b)
        json_put_new(one, "probably", probable_json(f->likely, &b, 1, arena));
    return one;
}

static void print_hit(const struct found *f, struct arena *arena)
{
    const struct search_hit *hit = f->hit;
    const struct document_view *d = &hit->document;
    json_t *out = json_object(), *marks = json_array(), *statements = json_array();
    for (size_t i = 0; i < hit->marks_count; i++)
        json_append(marks, span_json(hit->marks[i]));
    for (size_t i = 0; i < f->count; i++)
        json_append(statements, statement_json(f, &f->views[i], arena));
    list_json_id(out, "document", &d->id);
    list_json_id(out, "text", &d->text);
    list_json_text(out, "title", d->facts.title);
    list_json_text(out, "name", d->name);
    list_json_text(out, "publisher", d->facts.publisher);
    list_json_text(out, "published", d->facts.published);
    json_put_new(out, "exact", json_boolean(hit->exact));
    list_json_text(out, "passage", hit->passage);
    json_put_new(out, "around", span_json(hit->around));
    json_put_new(out, "marks", marks);
    json_put_new(out, "statements", statements);
    print_json(out);
}

/* the hits with their statements, and who is probably one with the people these name */
static struct found *found_of(struct session *s, const struct search_hit *hits, size_t count,
                              struct likely *likely, struct arena *arena)
{
    struct found *out = arena_alloc(arena, (count + 1) * sizeof *out);
    struct str *names = NULL;
    size_t names_count = 0, room = 0;
    for (size_t i = 0; i < count; i++) {
        out[i] = (struct found){.hit = &hits[i], .likely = likely};
        out[i].count = marked_statements(s, &hits[i], arena, &out[i].views);
        for (size_t k = 0; k < out[i].count; k++) {
            struct mention mention;
            struct str name;
            if (!mention_of_view(&out[i].views[k], &mention, &name))
                continue;
            names = arena_grow(arena, names, names_count, &room, sizeof *names);
            names[names_count++] = name;
        }
    }
    probable_take(s, names, names_count, arena, likely);
    return out;
}

static size_t limit_of(const char *text)
{
    int64_t limit;
    if (!str_to_int(str_of(text), &limit) || limit < 1 || limit > LIMIT_MAX)
        die(EXIT_USAGE, "--limit needs a number from 1 to %d", LIMIT_MAX);
    return (size_t)limit;
}

int cmd_search(struct session *s, int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    struct search_hit *hits;
    struct buf words;
    struct arena arena;
    struct fault why;
    size_t limit = LIMIT_DEFAULT, count;
    bool more;
    const char *operand;
    buf_init(&words, 16 * 1024);
    do {
        while (option_next(&o, "limit", ""))
            limit = limit_of(o.value);
        operand = operand_next(&o);
        if (operand)
            buf_print(&words, "%s%s", words.len ? " " : "", operand);
    } while (operand);
    if (!words.len)
        die(EXIT_USAGE, "search for what? govah search WORDS...");
    arena_init(&arena);
    if (archive_search(s->archive, buf_str(&words), limit, &arena, &hits, &count, &more, &why) !=
        OK)
        die(status_of(why.code), "%s", why.text);
    struct likely likely;
    struct found *found = found_of(s, hits, count, &likely, &arena);
    for (size_t i = 0; i < count; i++)
        if (s->json)
            print_hit(&found[i], &arena);
        else
            show_hit(&found[i], &arena);
    if (!s->json && count == limit)
        printf("These are the first %zu; more with --limit.\n", limit);
    if (more)
        complain("search", "more documents hold these words than were ranked: shown are the best of"
                           " those taken in last; other words, or a higher --limit, find the rest");
    if (!s->json && !count) {
        struct buf shown;
        buf_init(&shown, 32 * 1024);
        list_text(&shown, buf_str(&words));
        printf("Nothing holds %.*s.\n", STR_ARG(buf_str(&shown)));
        buf_release(&shown);
    }
    buf_release(&words);
    arena_release(&arena);
    return count ? EXIT_DONE : EXIT_PROBLEM;
}

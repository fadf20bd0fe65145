#include "command/body_print.h"

#include <inttypes.h>

#include "account/describe.h"
#include "case/decided.h"
#include "command/person_print.h"

struct str body_words(const struct body_book *book, const struct body_view *view,
                      struct arena *arena)
{
    struct str branch, name = body_view_name(book, view, false, &branch);
    if (!branch.len)
        return name;
    return name.len ? arena_print(arena, "%.*s, branch %.*s", STR_ARG(name), STR_ARG(branch))
                    : arena_print(arena, "branch %.*s of a court not named", STR_ARG(branch));
}

static struct str kind_of(const struct body_book *book, const struct body_view *view)
{
    const struct body_row *row = view->official ? NULL : body_row_of(book, view->key);
    if (row)
        return row->kind;
    for (size_t i = 0; i < view->spellings_count; i++)
        if (view->spellings[i].kind.len)
            return view->spellings[i].kind;
    return STR("official");
}

static struct str cases_words(const struct body_cases *c, struct arena *arena)
{
    const char *s = c->accepted == 1 ? "" : "s";
    return c->proposed ? arena_print(arena, "%" PRId64 " case%s, %" PRId64 " more proposed",
                                     c->accepted, s, c->proposed)
                       : arena_print(arena, "%" PRId64 " case%s", c->accepted, s);
}

void bodies_print(const struct body_book *book, const struct body_view *views, size_t count,
                  bool json, struct arena *arena)
{
    struct list list = {.arena = arena, .flexible = 1u << 1};
    for (size_t i = 0; i < count; i++) {
        const struct body_view *v = &views[i];
        if (json) {
            json_t *out = json_object();
            json_put(out, "id", list_id(arena, &v->id, BODY_DIGITS));
            json_put(out, "name", body_words(book, v, arena));
            json_put(out, "kind", kind_of(book, v));
            json_put_int(out, "cases", v->cases.accepted);
            json_put_int(out, "cases_proposed", v->cases.proposed);
            print_json(out);
            continue;
        }
        struct list_row *row = list_add(&list);
        row->cells[0] = list_id(arena, &v->id, LIST_ID_DIGITS);
        row->cells[1] = body_words(book, v, arena);
        row->cells[2] = label_words(arena, kind_of(book, v));
        row->cells[3] = cases_words(&v->cases, arena);
    }
    list_print(&list);
}

/* ---- one ---- */

static void heading(const char *words)
{
    printf("\n%s%s%s\n", paint(PAINT_BOLD), words, paint(PAINT_NONE));
}

static struct str source_words(const struct statement_view *view, struct arena *arena)
{
    struct str title = list_document(view->document_title, view->document_name);
    struct str id = list_id(arena, &view->id, LIST_ID_DIGITS);
    return arena_print(arena, "%.*s%s%.*s  %.*s", STR_ARG(view->document_publisher),
                       view->document_publisher.len ? ": " : "", STR_ARG(title), STR_ARG(id));
}

static struct str tenure_words(const struct body_post *p, struct arena *arena)
{
    if (p->since.len && str_equal(p->since, p->until))
        return arena_print(arena, "in %.*s", STR_ARG(p->since));
    if (p->since.len && p->until.len)
        return arena_print(arena, "%.*s to %.*s", STR_ARG(p->since), STR_ARG(p->until));
    if (p->since.len)
        return arena_print(arena, "since %.*s", STR_ARG(p->since));
    return p->until.len ? arena_print(arena, "until %.*s", STR_ARG(p->until)) : STR("no dates");
}

static struct str post_words(const struct body_post *p, struct arena *arena)
{
    struct str tenure = tenure_words(p, arena);
    return arena_print(arena, "%.*s%s%.*s · %.*s", STR_ARG(p->name), p->post.len ? ": " : "",
                       STR_ARG(p->post), STR_ARG(tenure));
}

static void print_post(const struct body_post *p, struct arena *arena)
{
    const char *sign = p->view ? state_sign(p->view->state, p->view->undecided) : "–";
    struct str words = post_words(p, arena);
    list_paragraph(arena_print(arena, "%s %.*s", sign, STR_ARG(words)), 2, NULL, 0);
    if (p->view) {
        struct str source = source_words(p->view, arena);
        list_paragraph(arena_print(arena, "\"%.*s\"", STR_ARG(p->view->quote)), 4, NULL, 0);
        list_paragraph(source, 4, NULL, 0);
        return;
    }
    list_paragraph(arena_print(arena, "a claim of a table, and not on record; said by: %.*s%s",
                               STR_ARG(p->claim->said_by),
                               p->claim->checked ? "; dates not checked" : "; not checked"),
                   4, NULL, 0);
}

static void print_posts(const struct body_account *a, struct arena *arena)
{
    if (a->posts_count)
        heading("posts, as somebody says");
    for (size_t i = 0; i < a->posts_count; i++)
        print_post(&a->posts[i], arena);
    if (a->conflicts_count)
        heading("what contradicts");
    for (size_t i = 0; i < a->conflicts_count; i++) {
        const struct body_conflict *c = &a->conflicts[i];
        struct str left = post_words(c->a, arena);
        struct str right = c->b ? post_words(c->b, arena) : STR_NONE;
        list_paragraph(c->b ? arena_print(arena, "%.*s ≠ %.*s", STR_ARG(left), STR_ARG(right))
                            : arena_print(arena, "%.*s: ends before it begins", STR_ARG(left)),
                       2, NULL, 0);
    }
}

static struct str event_words(const struct statement_view *view, struct arena *arena)
{
    const struct life_event *e = &view->statement.life_event;
    struct str label = label_words(arena, e->event);
    return arena_print(arena, "%.*s%s%.*s", STR_ARG(label), e->date.len ? " " : ", no date",
                       STR_ARG(e->date));
}

static void print_case(const struct body_case *c, struct arena *arena)
{
    struct str id = list_id(arena, &c->person->address, LIST_ID_DIGITS);
    struct str event = event_words(c->view, arena), source = source_words(c->view, arena);
    const char *sign = state_sign(c->view->state, c->view->undecided);
    list_paragraph(arena_print(arena, "%s %.*s  %.*s  %.*s", sign, STR_ARG(c->person->name),
                               STR_ARG(id), STR_ARG(event)),
                   2, NULL, 0);
    list_paragraph(source, 6, NULL, 0);
    for (size_t i = 0; i < c->outcomes_count; i++) {
        const struct case_occurrence *o = c->outcomes[i];
        struct str label = label_words(arena, o->event);
        struct str one = list_id(arena, &o->views[0]->id, LIST_ID_DIGITS);
        list_paragraph(arena_print(arena, "%.*s%s%.*s%s%.*s  %.*s", STR_ARG(label),
                                   o->sentence.len ? " " : "", STR_ARG(o->sentence),
                                   o->date.len ? ", " : "", STR_ARG(o->date), STR_ARG(one)),
                       6, NULL, 0);
    }
}

static void print_years(const struct body_account *a, struct arena *arena)
{
    if (a->years_count < 2)
        return;
    heading("cases by year");
    for (size_t i = 0; i < a->years_count; i++) {
        const struct body_year *y = &a->years[i];
        struct str cases = cases_words(&y->cases, arena);
        if (y->year == INT64_MIN)
            printf("  no date  %.*s\n", STR_ARG(cases));
        else
            printf("  %7" PRId64 "  %.*s\n", y->year, STR_ARG(cases));
    }
}

static void print_cases(const struct body_account *a, struct arena *arena)
{
    heading(a->view.official ? "cases through their hands" : "cases");
    for (size_t i = 0; i < a->shown_count; i++)
        print_case(&a->shown[i], arena);
    if (a->shown_count < a->total)
        printf("  %zu of %s%zu; --limit shows more\n", a->shown_count, a->more ? "at least " : "",
               a->total);
    else if (!a->total)
        puts("  none on record");
}

static void print_statement(const struct statement_view *view, struct arena *arena)
{
    struct buf line;
    struct str source = source_words(view, arena);
    buf_init(&line, 64 * 1024);
    statement_describe(&line, &view->statement);
    list_paragraph(arena_print(arena, "%s %.*s", state_sign(view->state, view->undecided),
                               STR_ARG(buf_str(&line))),
                   2, NULL, 0);
    list_paragraph(arena_print(arena, "\"%.*s\"", STR_ARG(view->quote)), 4, NULL, 0);
    list_paragraph(source, 4, NULL, 0);
    buf_release(&line);
}

static void print_said(const struct body_account *a, struct arena *arena)
{
    if (a->said_count)
        heading("figures that they are said to give");
    for (size_t i = 0; i < a->said_count; i++)
        print_statement(&a->said[i], arena);
    if (a->about_count)
        heading("what is said of them");
    for (size_t i = 0; i < a->about_count; i++)
        print_statement(a->about[i], arena);
}

static void print_head(const struct body_book *book, const struct body_account *a,
                       struct arena *arena)
{
    struct str name = body_words(book, &a->view, arena);
    struct str id = list_id(arena, &a->view.id, LIST_ID_DIGITS);
    struct str kind = label_words(arena, kind_of(book, &a->view));
    struct str cases = cases_words(&a->cases, arena);
    printf("%s%.*s%s  %.*s\n", paint(PAINT_BOLD), STR_ARG(name), paint(PAINT_NONE), STR_ARG(id));
    printf("  %.*s · %.*s\n", STR_ARG(kind), STR_ARG(cases));
    if (a->row && a->row->part_of)
        printf("  part of %.*s\n", STR_ARG(a->row->part_of->name));
    if (a->row && a->row->under)
        printf("  under %.*s\n", STR_ARG(a->row->under->name));
    if (a->row && !a->row->checked)
        puts("  what the tables say of it was not checked");
    for (size_t i = 0; i < a->view.spellings_count; i++) {
        const struct body_spelling *s = &a->view.spellings[i];
        struct str written = body_spelling_words(s, arena);
        if (!s->written)
            continue;
        printf("  written \"%.*s\", in %" PRId64 " statement%s\n", STR_ARG(written), s->passages,
               s->passages == 1 ? "" : "s");
    }
    for (size_t i = 0; i < a->also_count; i++)
        printf("  decided to be the same: %.*s\n", STR_ARG(a->also[i]));
    if (a->several)
        puts("  decisions make several people of this name; the cases are those of all of them");
    for (size_t i = 0; i < a->parts_count; i++) {
        struct str part = body_words(book, &a->parts[i], arena);
        struct str number = cases_words(&a->parts[i].cases, arena);
        struct str part_id = list_id(arena, &a->parts[i].id, LIST_ID_DIGITS);
        printf("  of it: %.*s  %.*s  %.*s\n", STR_ARG(part), STR_ARG(part_id), STR_ARG(number));
    }
}

void body_print(const struct body_book *book, const struct body_account *a, struct arena *arena)
{
    print_head(book, a, arena);
    print_posts(a, arena);
    print_years(a, arena);
    print_cases(a, arena);
    print_said(a, arena);
    puts("\n● accepted  ○ proposed   all of it is what somebody says, and nobody is found guilty");
}

/* ---- JSON ---- */

static json_t *line_of(const char *what, const struct statement_view *view)
{
    json_t *out = json_object();
    json_put(out, "is", str_of(what));
    list_json_text(out, "quote", view ? view->quote : STR_NONE);
    list_json_text(out, "state", view ? str_of(view_state_name(view->state)) : STR_NONE);
    list_json_text(out, "publisher", view ? view->document_publisher : STR_NONE);
    json_put_new(out, "statement", json_null());
    if (view)
        list_json_id(out, "statement", &view->id);
    return out;
}

static void print_case_json(const struct body_case *c)
{
    json_t *out = line_of("case", c->view), *outcomes = json_array();
    const struct life_event *e = &c->view->statement.life_event;
    list_json_id(out, "person", &c->person->address);
    json_put(out, "name", c->person->name);
    json_put(out, "event", e->event);
    list_json_text(out, "date", e->date);
    json_put_new(out, "part", json_boolean(c->part));
    for (size_t i = 0; i < c->outcomes_count; i++) {
        const struct case_occurrence *o = c->outcomes[i];
        json_t *one = json_object();
        json_put(one, "event", o->event);
        list_json_text(one, "sentence", o->sentence);
        list_json_text(one, "date", o->date);
        list_json_id(one, "statement", &o->views[0]->id);
        json_append(outcomes, one);
    }
    json_put_new(out, "outcomes", outcomes);
    print_json(out);
}

static json_t *post_json(const struct body_post *p, struct arena *arena)
{
    json_t *out = line_of("post", p->view);
    json_put(out, "official", list_id(arena, &p->official, BODY_DIGITS));
    json_put(out, "name", p->name);
    list_json_text(out, "post", p->post);
    list_json_text(out, "since", p->since);
    list_json_text(out, "until", p->until);
    list_json_text(out, "said_by", p->claim ? p->claim->said_by : STR_NONE);
    json_put_new(out, "checked", p->claim ? json_boolean(p->claim->checked) : json_null());
    return out;
}

void body_print_json(const struct body_account *a, struct arena *arena)
{
    json_t *out = json_object(), *years = json_array();
    for (size_t i = 0; i < a->posts_count; i++)
        print_json(post_json(&a->posts[i], arena));
    for (size_t i = 0; i < a->shown_count; i++)
        print_case_json(&a->shown[i]);
    for (size_t i = 0; i < a->said_count; i++)
        print_json(line_of("said", &a->said[i]));
    for (size_t i = 0; i < a->about_count; i++)
        print_json(line_of("about", a->about[i]));
    for (size_t i = 0; i < a->years_count; i++) {
        json_t *year = json_object();
        json_put_new(year, "year",
                     a->years[i].year == INT64_MIN ? json_null() : json_integer(a->years[i].year));
        json_put_int(year, "cases", a->years[i].cases.accepted);
        json_put_int(year, "cases_proposed", a->years[i].cases.proposed);
        json_append(years, year);
    }
    json_put(out, "id", list_id(arena, &a->view.id, BODY_DIGITS));
    list_json_text(out, "name", a->name);
    json_put_int(out, "cases", a->cases.accepted);
    json_put_int(out, "cases_proposed", a->cases.proposed);
    json_put_int(out, "shown", (int64_t)a->shown_count);
    json_put_int(out, "total", (int64_t)a->total);
    json_put_int(out, "conflicts", (int64_t)a->conflicts_count);
    json_put_new(out, "years", years);
    print_json(out);
}

#include "account/passages.h"

#include "account/case_rules.h"
#include "account/value.h"
#include "text/edtf.h"

/* The details of a life event that name an official. */
static const char *const hands[] = {"judge", "prosecutor"};

static struct archive_passage *add_passage(struct passage_list *l, const struct case_person *p,
                                           const struct statement_view *view)
{
    const struct statement *s = &view->statement;
    struct str date = s->form == FORM_LIFE_EVENT ? s->life_event.date
                      : s->fact.since.len        ? s->fact.since
                                                 : s->fact.until;
    l->at = arena_grow(l->arena, l->at, l->count, &l->room, sizeof *l->at);
    struct archive_passage *out = &l->at[l->count++];
    *out = (struct archive_passage){.person = p->address,
                                    .text = p->mentions[0].text,
                                    .statement = view->id,
                                    .first = INT64_MIN,
                                    .last = INT64_MAX,
                                    .decided = statement_is_accepted(view)};
    if (date.len && edtf_range(date, &out->first, &out->last, NULL) != OK) {
        out->first = INT64_MIN;
        out->last = INT64_MAX;
    }
    return out;
}

static void add_body(struct passage_list *l, const struct case_person *p,
                     const struct statement_view *view, const struct body_named *body,
                     enum passage_role role)
{
    struct archive_passage *out = add_passage(l, p, view);
    out->key = body->key;
    out->kind = body->kind;
    out->name = role == PASSAGE_POST && body->row ? body->row->name : body->name;
    out->branch = body->branch;
    out->part = body->part;
    out->unwritten = body->row && (body->part || role == PASSAGE_POST);
    out->role = role;
}

static void add_official(struct passage_list *l, const struct body_book *book,
                         const struct case_person *p, const struct statement_view *view,
                         struct str name, struct str kind, enum passage_role role)
{
    struct archive_passage *out = add_passage(l, p, view);
    out->key = official_key(book, name, l->arena);
    out->official = true;
    out->kind = kind;
    out->name = name;
    out->role = role;
}

/* "A; B" is two */
static void add_hands(struct passage_list *l, const struct body_book *book,
                      const struct case_person *p, const struct statement_view *view)
{
    for (size_t i = 0; i < COUNT_OF(hands); i++) {
        struct str rest = case_detail(&view->statement.life_event, str_of(hands[i])), name;
        while (rest.len && str_cut(&rest, ';', &name))
            if (str_trim(name).len)
                add_official(l, book, p, view, str_trim(name), str_of(hands[i]), PASSAGE_CASE);
    }
}

static void add_case(struct passage_list *l, const struct body_book *book,
                     const struct case_person *p, const struct statement_view *view)
{
    struct body_named bodies[BODIES_MOST];
    size_t count = bodies_of_event(book, &view->statement.life_event, l->arena, bodies);
    for (size_t i = 0; i < count; i++)
        add_body(l, p, view, &bodies[i], PASSAGE_CASE);
    add_hands(l, book, p, view);
}

static struct str name_in(const struct statement *s)
{
    return s->form == FORM_LIFE_EVENT ? s->life_event.person : s->fact.subject;
}

static void add_office(struct passage_list *l, const struct body_book *book,
                       const struct case_person *p, const struct statement_view *view,
                       struct str words, const struct body_row *body)
{
    struct body_named bodies[BODIES_MOST];
    size_t count = words.len ? bodies_of_post(book, words, l->arena, bodies) : 0;
    for (size_t i = 0; i < count; i++)
        add_body(l, p, view, &bodies[i], PASSAGE_POST);
    if (body) {
        const struct body_named one = {.key = body->id, .kind = body->kind, .row = body};
        add_body(l, p, view, &one, PASSAGE_POST);
    }
    add_official(l, book, p, view, name_in(&view->statement), STR(""), PASSAGE_ABOUT);
}

void passages_of_person(const struct body_book *book, const struct case_person *p,
                        struct passage_list *l)
{
    for (size_t i = 0; i < p->views_count; i++) {
        const struct statement_view *view = p->views[i];
        const struct body_row *body;
        struct str words;
        enum office office = office_of(book, &view->statement, &words, &body);
        if (office == OFFICE_POST || (office == OFFICE_NAMED && statement_is_accepted(view)))
            add_office(l, book, p, view, words, body);
        else if (office == OFFICE_NONE && view->statement.form == FORM_LIFE_EVENT)
            add_case(l, book, p, view);
    }
}

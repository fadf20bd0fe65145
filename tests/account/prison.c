#include "prison.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "views.h"

struct prison *prison_new(void)
{
    struct prison *p = mem_alloc(sizeof *p);
    arena_init(&p->arena);
    for (size_t i = 0; i < PEOPLE; i++)
        p->people[i] =
            (struct case_person){.address = hash_number(i + 1),
                                 .name = arena_print(&p->arena, "Person %03zu", i),
                                 .views = arena_alloc(&p->arena, PERSON_VIEWS * sizeof(void *))};
    return p;
}

void prison_free(struct prison *p)
{
    arena_release(&p->arena);
    mem_free(p);
}

static struct statement *statement_add(struct prison *p, size_t person, enum statement_form form)
{
    struct case_person *who = &p->people[person];
    struct statement_view *view = &p->views[person][who->views_count];
    assert_true(who->views_count < PERSON_VIEWS);
    *view = (struct statement_view){.id = hash_number(person * PERSON_VIEWS + who->views_count + 1),
                                    .document = hash_number(person + 1),
                                    .state = VIEW_ACCEPTED,
                                    .statement.form = form};
    who->views[who->views_count++] = view;
    return &view->statement;
}

struct life_event *event_add(struct prison *p, size_t person, const char *event, const char *date)
{
    struct life_event *e = &statement_add(p, person, FORM_LIFE_EVENT)->life_event;
    e->event = str_of(event);
    e->date = str_of(date);
    return e;
}

void fact_add(struct prison *p, size_t person, const char *property, const char *value)
{
    struct fact *f = &statement_add(p, person, FORM_FACT)->fact;
    f->property = str_of(property);
    f->value = str_of(value);
}

void detail_set(struct prison *p, struct life_event *e, const char *name, const char *value)
{
    assert_true(life_event_set_detail(e, &p->arena, str_of(name), str_of(value)));
}

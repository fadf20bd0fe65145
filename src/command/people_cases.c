#include "command/people_cases.h"

#include "case/census.h"
#include "case/decided.h"
#include "command/list.h"
#include "command/person_print.h"
#include "store/lists.h"

/* ---- who ---- */

static void list_cases(const struct case_rules *rules, const struct case_row *rows, size_t count,
                       const struct census *census, struct arena *arena)
{
    struct list list = {.arena = arena, .flexible = 1u << 2 | 1u << 3};
    for (size_t i = 0; i < count; i++) {
        const struct case_row *r = &rows[i];
        const struct case_occurrence *by = r->standing.count ? r->standing.at[0].by : NULL;
        struct list_row *row = list_add(&list);
        row->cells[0] = str_of(state_sign(r->proposed ? VIEW_PROPOSED : VIEW_ACCEPTED, false));
        row->cells[1] = list_id(arena, &r->person->address, LIST_ID_DIGITS);
        row->cells[2] = r->person->name;
        row->cells[3] = standing_words(arena, rules, &r->standing);
        row->cells[4] = by ? occurrence_date(by) : STR_NONE;
        row->cells[5] =
            arena_print(arena, "%zu document%s", r->documents, r->documents == 1 ? "" : "s");
        row->cells[6] = r->doubtful ? STR("contradicted") : STR_NONE;
    }
    list_print(&list);
    if (count < census->fit)
        printf("\nThe first %zu by name; --limit shows more", count);
    printf("\n%zu of %zu %s   ○ if what nobody decided holds  ● by what was accepted\n"
           "govah person ID shows the case\n",
           census->fit, census->everybody, census->everybody == 1 ? "person" : "people");
}

static void print_case(const struct case_rules *rules, const struct case_row *row)
{
    json_t *out = json_object(), *states = json_array();
    for (size_t i = 0; i < row->standing.count; i++)
        json_append_text(states, rules->states[row->standing.at[i].state].name);
    list_json_id(out, "person", &row->person->address);
    json_put(out, "name", row->person->name);
    json_put_new(out, "states", states);
    json_put_new(out, "proposed", json_boolean(row->proposed));
    json_put_new(out, "contradicted", json_boolean(row->doubtful));
    json_put_int(out, "documents", (int64_t)row->documents);
    print_json(out);
}

/* ---- how many are what ---- */

static void list_facet(const struct census *c, enum facet facet, struct arena *arena)
{
    const struct census_facet *f = &c->facets[facet];
    struct list list = {.arena = arena, .flexible = 1u << 2};
    if (!f->count)
        return;
    printf("%s%s%s, of %zu\n", paint(PAINT_BOLD), facet_name(facet), paint(PAINT_NONE), f->of);
    for (size_t i = 0; i < f->count; i++) {
        const struct census_value *v = &f->values[i];
        struct list_row *row = list_add(&list);
        row->cells[0] = v->asked ? STR("  ●") : STR("   ");
        row->cells[1] = arena_print(arena, "%6zu", v->people);
        row->cells[2] = facet == FACET_GROUP ? label_words(arena, v->value) : v->value;
    }
    list_print(&list);
    if (f->more)
        printf("   and %zu more\n", f->more);
    putchar('\n');
}

static void print_facets(const struct census *c)
{
    for (enum facet f = 0; f < FACETS; f++)
        for (size_t i = 0; i < c->facets[f].count; i++) {
            const struct census_value *v = &c->facets[f].values[i];
            json_t *out = json_object();
            json_put(out, "facet", str_of(facet_name(f)));
            json_put(out, "value", v->value);
            json_put_int(out, "people", (int64_t)v->people);
            json_put_int(out, "of", (int64_t)c->facets[f].of);
            json_put_new(out, "asked", json_boolean(v->asked));
            print_json(out);
        }
}

static void show_facets(struct session *s, const struct census *c, struct arena *arena)
{
    if (s->json) {
        print_facets(c);
        return;
    }
    for (enum facet f = 0; f < FACETS; f++)
        list_facet(c, f, arena);
    printf("%zu of %zu %s\n", c->fit, c->everybody, c->everybody == 1 ? "person" : "people");
    if (c->everybody)
        list_paragraph(STR("Each number is of those who fit everything else that was asked. "
                           "Somebody may be counted under several values."),
                       0, NULL, 0);
}

/* ---- questions that are kept ---- */

static struct str *field_of(struct people_asked *a, struct str name)
{
    enum facet facet = facet_find(name);
    return facet != FACETS                 ? &a->question.of[facet]
           : str_equal(name, STR("as-of")) ? &a->as_of
           : str_equal(name, STR("name"))  ? &a->question.name
                                           : NULL;
}

static struct kept_list list_of(struct people_asked *a, struct arena *arena)
{
    struct kept_list list = {a->save, arena_alloc(arena, (FACETS + 2) * sizeof *list.fields), 0};
    for (enum facet f = 0; f < FACETS; f++)
        if (a->question.of[f].len)
            list.fields[list.count++] =
                (struct list_field){str_of(facet_name(f)), a->question.of[f]};
    if (a->question.name.len)
        list.fields[list.count++] = (struct list_field){STR("name"), a->question.name};
    if (a->as_of.len)
        list.fields[list.count++] = (struct list_field){STR("as-of"), a->as_of};
    return list;
}

/* What is asked beside a list stands before what the list asks. */
static void take_list(struct session *s, struct people_asked *a, struct arena *arena)
{
    struct kept_list list;
    struct fault why;
    if (archive_list(s->archive, a->list, arena, &list, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    for (size_t i = 0; i < list.count; i++) {
        struct str *field = field_of(a, list.fields[i].name);
        if (!field)
            die(EXIT_PROBLEM, "the list asks for \"%.*s\", which this govah does not know",
                STR_ARG(list.fields[i].name));
        if (!field->len)
            *field = list.fields[i].value;
    }
}

static struct str list_words(const struct kept_list *list, struct arena *arena)
{
    struct str out = STR("");
    for (size_t i = 0; i < list->count; i++)
        out = arena_print(arena, "%.*s%s--%.*s %.*s", STR_ARG(out), i ? " " : "",
                          STR_ARG(list->fields[i].name), STR_ARG(list->fields[i].value));
    return out;
}

static void print_list(const struct kept_list *list)
{
    json_t *out = json_object(), *asks = json_object();
    for (size_t i = 0; i < list->count; i++) {
        char name[64] = "";
        memcpy(name, list->fields[i].name.at,
               list->fields[i].name.len < sizeof name ? list->fields[i].name.len : 0);
        json_put(asks, name, list->fields[i].value);
    }
    json_put(out, "name", list->name);
    json_put_new(out, "asks", asks);
    print_json(out);
}

static void show_lists(struct session *s, struct arena *arena)
{
    struct kept_list *all;
    struct fault why;
    size_t count;
    struct list list = {.arena = arena, .flexible = 1u << 0 | 1u << 1};
    if (archive_lists(s->archive, arena, &all, &count, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    for (size_t i = 0; i < count; i++) {
        if (s->json) {
            print_list(&all[i]);
            continue;
        }
        struct list_row *row = list_add(&list);
        row->cells[0] = all[i].name;
        row->cells[1] = list_words(&all[i], arena);
    }
    if (!s->json && count)
        list_print(&list);
    else if (!s->json)
        puts("No list is kept. Keep one: govah people --state detained --save \"Who is held\"");
}

/* ---- the command ---- */

static void save_list(struct session *s, struct people_asked *a, struct arena *arena)
{
    struct kept_list list = list_of(a, arena);
    struct fault why;
    if (archive_list_keep(s->archive, &list, &why) != OK)
        die(why.code == REFUSED ? EXIT_USAGE : status_of(why.code), "%s", why.text);
    if (!s->json)
        printf("Kept: %.*s\n\n", STR_ARG(a->save));
}

static void count_cases(struct session *s, struct people_asked *a, const struct case_rules *rules,
                        struct arena *arena)
{
    struct crowd crowd;
    struct census census;
    struct fault why;
    enum outcome result = crowd_read(s->archive, rules, arena, &crowd, &why);
    if (result == OK)
        result = census_take(&crowd, rules, &a->question, 0, 0, arena, &census, &why);
    if (result != OK)
        die(result == REFUSED ? EXIT_USAGE : status_of(result), "%s", why.text);
    if (a->save.len)
        save_list(s, a, arena);
    show_facets(s, &census, arena);
}

static void show_cases(struct session *s, struct people_asked *a, const struct case_rules *rules,
                       struct arena *arena)
{
    struct case_record record;
    struct case_row *rows;
    struct census census;
    struct fault why;
    size_t count = 0, limit = a->limit ? a->limit : SIZE_MAX;
    enum outcome result =
        census_list(s->archive, rules, &a->question, 0, limit, arena, &census, &why);
    if (result != OK)
        die(result == REFUSED ? EXIT_USAGE : status_of(result), "%s", why.text);
    if (a->save.len)
        save_list(s, a, arena);
    if (census_cases(s->archive, rules, &a->question, &census, arena, &record, &rows, &count,
                     &why) != OK)
        die(status_of(why.code), "%s", why.text);
    for (size_t i = 0; s->json && i < count; i++)
        print_case(rules, &rows[i]);
    if (!s->json && count)
        list_cases(rules, rows, count, &census, arena);
    else if (!s->json)
        puts("Nobody on record fits.");
}

void people_cases(struct session *s, struct people_asked *a, struct arena *arena)
{
    const struct case_rules *rules;
    struct fault why;
    if (a->list.len)
        take_list(s, a, arena);
    if (a->forget.len && archive_list_forget(s->archive, a->forget, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    if (a->forget.len && !s->json)
        puts("Forgotten.");
    if (a->lists)
        show_lists(s, arena);
    if (a->lists || a->forget.len)
        return;
    if (case_rules_known(&rules, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    a->question.day = day_asked(a->as_of);
    if (a->facets)
        count_cases(s, a, rules, arena);
    else
        show_cases(s, a, rules, arena);
}

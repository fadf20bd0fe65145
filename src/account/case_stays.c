#include "account/case_stays.h"

#include "account/case.h"
#include "account/case_traits_int.h"
#include "account/passages.h"

struct stays {
    struct arena *arena;
    const struct case_person *person;
    struct archive_stay *at;
    size_t count, room;
    struct trait_list traits; /* of the person */
};

static void add_stay(struct stays *s, struct str state, int64_t since, int64_t until, bool decided)
{
    s->at = arena_grow(s->arena, s->at, s->count, &s->room, sizeof *s->at);
    s->at[s->count++] = (struct archive_stay){
        s->person->address, s->person->views[0]->id, s->person->name, state, since, until, decided};
}

static void add_states(struct stays *s, const struct case_rules *rules, const struct case_course *c)
{
    int64_t since[CASE_STATES] = {0};
    uint32_t before = 0;
    for (size_t i = 0; i <= c->count; i++) {
        uint32_t now = i < c->count ? c->states[i] : 0;
        int64_t until = i < c->count ? c->days[i] - (i > 0) : INT64_MAX;
        for (size_t k = 0; k < rules->states_count; k++) {
            uint32_t bit = UINT32_C(1) << k;
            if (now & bit & ~before)
                since[k] = c->days[i];
            else if (before & bit & ~now)
                trait_add(
                    &s->traits, s->arena,
                    (struct archive_trait){STR("state"), rules->states[k].name, since[k], until});
        }
        before = now;
    }
}

static void add_alerts(struct stays *s, const struct case_telling *telling,
                       const struct case_history *h, const struct case_course *course)
{
    size_t count;
    const struct alert_span *spans = alert_spans(&telling->alerts, h, course, s->arena, &count);
    for (size_t i = 0; i < count; i++) {
        const struct alert_span *span = &spans[i];
        struct str name = arena_print(s->arena, ALERT_STAY "%.*s", STR_ARG(span->rule->alert));
        bool decided = span->since->state == VIEW_ACCEPTED && !span->since->undecided;
        add_stay(s, name, span->from, span->until, decided);
    }
}

static void add_terms(struct stays *s, const struct case_history *h)
{
    bool any = false;
    size_t count = 0;
    for (size_t i = 0; i < h->count; i++)
        any |= h->at[i].sentence.len > 0;
    const struct case_term *terms = any ? case_terms(h, s->arena, &count) : NULL;
    for (size_t i = 0; i < count; i++)
        add_stay(s, TERM_STAY, terms[i].first, terms[i].last,
                 terms[i].sentence->state == VIEW_ACCEPTED && !terms[i].sentence->undecided);
}

static void tell(const void *context, const struct case_statements *about, struct arena *arena,
                 struct archive_told *out)
{
    const struct case_telling *telling = context;
    const struct case_rules *rules = telling->rules;
    struct decided_pair *decided = arena_alloc(arena, (about->pairs_count + 1) * sizeof *decided);
    struct stays stays = {.arena = arena};
    struct passage_list passages = {.arena = arena};
    struct case_person *people;
    size_t people_count;
    for (size_t i = 0; i < about->pairs_count; i++)
        decided[i] = about->pairs[i].decided;
    struct persons persons = persons_of(decided, about->pairs_count, arena);
    case_people_make(about->views, about->count, &persons, arena, &people, &people_count);
    struct archive_profile *profiles = arena_alloc(arena, (people_count + 1) * sizeof *profiles);
    for (size_t i = 0; i < people_count; i++) {
        struct case_history h;
        struct case_course course;
        stays.person = &people[i];
        stays.traits = (struct trait_list){NULL, 0, 0};
        case_history_make(rules, people[i].views, people[i].views_count, CASE_PROPOSED, arena, &h);
        case_course_make(&h, arena, &course);
        add_states(&stays, rules, &course);
        add_alerts(&stays, telling, &h, &course);
        add_terms(&stays, &h);
        case_history_make(rules, people[i].views, people[i].views_count, CASE_DECIDED, arena, &h);
        case_traits(rules, &people[i], arena, &stays.traits);
        passages_of_person(body_book(), &people[i], &passages);
        if (h.count) {
            case_course_make(&h, arena, &course);
            add_states(&stays, rules, &course);
        }
        profiles[i] = case_profile(&people[i], &stays.traits, arena);
    }
    *out = (struct archive_told){stays.at,     stays.count, profiles,
                                 people_count, passages.at, passages.count};
}

enum outcome case_telling_new(struct arena *arena, struct case_telling **out, struct fault *why)
{
    struct case_telling *telling = arena_alloc(arena, sizeof *telling);
    enum outcome result = case_rules_new(arena, &telling->rules, why);
    *out = telling;
    return result == OK ? alert_rules_new(telling->rules, arena, &telling->alerts, why) : result;
}

struct archive_histories case_histories(const struct case_telling *telling)
{
    return (struct archive_histories){telling, tell};
}

#include "account/corroboration.h"
#include "account/value.h"
#include "command/list.h"
#include "command/person_print.h"
#include "text/edtf.h"

static void put_day(json_t *out, const char *key, int64_t day)
{
    char text[16];
    if (day == INT64_MIN || day == INT64_MAX) {
        json_put_new(out, key, json_null());
        return;
    }
    edtf_write_day(day, text);
    json_put(out, key, str_of(text));
}

static void put_days(json_t *out, const char *key, int64_t days)
{
    json_put_new(out, key, days == DAYS_NONE ? json_null() : json_integer(days));
}

static json_t *ids_of(const struct statement_view *const *views, size_t count)
{
    json_t *ids = json_array();
    for (size_t i = 0; i < count; i++) {
        char digits[HASH_DIGITS + 1];
        hash_write(&views[i]->id, digits);
        json_append_text(ids, str_of(digits));
    }
    return ids;
}

static json_t *ids_of_occurrences(const struct case_occurrence *a, const struct case_occurrence *b)
{
    json_t *ids = ids_of(a->views, a->views_count);
    if (b && b != a) {
        json_t *more = ids_of(b->views, b->views_count);
        json_array_extend(ids, more);
        json_decref(more);
    }
    return ids;
}

static void put_state(json_t *out, const struct statement_view *view)
{
    json_put(out, "state", str_of(view_state_name(view->state)));
    json_put_new(out, "undecided", json_boolean(view->undecided));
    if (view->weighed != WEIGHED_NOT)
        json_put(out, "weighed", weighing_name(view->weighed));
}

static json_t *possible_json(const struct case_rules *rules, const struct case_possible *p)
{
    json_t *out = json_object();
    json_put(out, "state", rules->states[p->state].name);
    const struct case_occurrence *first = p->by ? p->by : p->turned;
    json_put_new(out, "statements", first ? ids_of_occurrences(first, p->turned) : json_array());
    return out;
}

static json_t *standing_json(const struct case_rules *rules, const struct case_standing *s)
{
    json_t *out = json_object(), *states = json_array();
    for (size_t i = 0; i < s->count; i++)
        json_append(states, possible_json(rules, &s->at[i]));
    json_put_new(out, "states", states);
    json_put_new(out, "confirmed", json_null());
    json_put_new(out, "confirmed_by", json_null());
    if (s->confirmed) {
        put_day(out, "confirmed", s->confirmed_on);
        json_put_new(out, "confirmed_by",
                     ids_of(s->confirmed_by->views, s->confirmed_by->views_count));
    }
    return out;
}

static json_t *occurrence_json(const struct case_occurrence *o)
{
    static const char *const datings[] = {[DATED_STATED] = "stated",
                                          [DATED_PUBLISHED] = "published",
                                          [DATED_NOT] = "none",
                                          [DATED_WRONG] = "wrong"};
    const struct life_event *e = &o->views[0]->statement.life_event;
    json_t *out = json_object(), *details = json_object();
    for (size_t i = 0; i < e->details_count; i++) {
        char name[64];
        if (e->details[i].name.len < sizeof name) {
            memcpy(name, e->details[i].name.at, e->details[i].name.len);
            name[e->details[i].name.len] = 0;
            json_put(details, name, e->details[i].value);
        }
    }
    json_put(out, "event", o->event);
    list_json_text(out, "date", o->date);
    json_put(out, "dated", str_of(datings[o->dated]));
    put_day(out, "first", o->first);
    put_day(out, "last", o->last);
    list_json_text(out, "place", e->place);
    list_json_text(out, "body", e->body);
    json_put_new(out, "details", details);
    json_put_int(out, "documents", (int64_t)o->documents);
    put_state(out, o->views[0]);
    json_put_new(out, "statements", ids_of(o->views, o->views_count));
    return out;
}

static json_t *history_json(const struct case_history *h)
{
    json_t *out = json_array();
    for (size_t i = 0; i < h->count; i++)
        json_append(out, occurrence_json(&h->at[i]));
    return out;
}

static json_t *doubts_json(const struct case_account *c)
{
    static const char *const kinds[] = {[DOUBT_TWICE] = "twice",
                                        [DOUBT_DIFFER] = "sentences_differ",
                                        [DOUBT_AFTER_END] = "after_the_end",
                                        [DOUBT_BEFORE] = "before_its_cause",
                                        [DOUBT_STILL] = "still",
                                        [DOUBT_STEP] = "missing_step",
                                        [DOUBT_UNTOLD] = "untold",
                                        [DOUBT_DATE] = "no_such_date",
                                        [DOUBT_UNBORN] = "before_birth"};
    json_t *out = json_array();
    for (size_t i = 0; i < c->doubts_count; i++) {
        const struct case_doubt *d = &c->doubts[i];
        json_t *one = json_object();
        json_put(one, "kind", str_of(kinds[d->kind]));
        json_put_new(one, "contradiction", json_boolean(case_doubt_contradicts(d->kind)));
        json_put_new(one, "first", ids_of(d->a->views, d->a->views_count));
        if (d->born)
            json_put_new(one, "born", ids_of(&d->born, 1));
        json_put_new(one, "second", d->b ? ids_of(d->b->views, d->b->views_count) : json_null());
        json_append(out, one);
    }
    return out;
}

static json_t *spells_json(const struct case_account *c)
{
    json_t *out = json_array();
    for (size_t i = 0; i < c->spells_count; i++) {
        const struct case_spell *s = &c->spells[i];
        json_t *one = json_object();
        put_days(one, "days_low", s->low);
        put_days(one, "days_high", s->high);
        json_put_new(one, "ended", json_boolean(s->end != NULL));
        json_put_new(one, "statements", ids_of_occurrences(s->begin, s->end));
        json_append(out, one);
    }
    return out;
}

static json_t *terms_json(const struct case_account *c)
{
    json_t *out = json_array();
    for (size_t i = 0; i < c->terms_count; i++) {
        const struct case_term *t = &c->terms[i];
        json_t *one = json_object();
        json_put(one, "sentence", t->sentence->sentence);
        json_put(one, "from", t->from->event);
        put_day(one, "first", t->first);
        put_day(one, "last", t->last);
        json_put_new(one, "statements", ids_of_occurrences(t->sentence, t->from));
        json_append(out, one);
    }
    return out;
}

static json_t *running_json(const struct case_account *c)
{
    json_t *out = json_array();
    for (size_t i = 0; i < c->running_count; i++) {
        const struct case_running *r = &c->running[i];
        json_t *one = json_object();
        json_put(one, "event", r->since->event);
        put_days(one, "day_low", r->low);
        put_days(one, "day_high", r->high);
        json_put_new(one, "statements", ids_of_occurrences(r->since, NULL));
        json_append(out, one);
    }
    return out;
}

static json_t *charges_json(const struct case_account *c)
{
    json_t *out = json_array();
    for (size_t i = 0; i < c->charges_count; i++) {
        const struct case_charge *charge = &c->charges[i];
        json_t *one = json_object(), *laws = json_array();
        for (size_t k = 0; k < charge->laws_count; k++) {
            json_t *law = json_object();
            json_put(law, "charge", charge->laws[k]->id);
            json_put(law, "country", charge->laws[k]->country);
            json_put(law, "law", charge->laws[k]->law);
            json_put(law, "penalty", charge->laws[k]->penalty);
            json_put_new(law, "checked", json_boolean(charge->laws[k]->checked));
            json_append(laws, law);
        }
        json_put(one, "charge", charge->text);
        json_put_new(one, "laws", laws);
        put_state(one, charge->view);
        json_put_new(one, "statements", ids_of(&charge->view, 1));
        json_append(out, one);
    }
    return out;
}

static json_t *facts_json(const struct case_account *c)
{
    json_t *out = json_array();
    for (size_t i = 0; i < c->facts_count; i++) {
        json_t *one = json_object();
        json_put(one, "property", c->facts[i].property);
        json_put(one, "value", c->facts[i].value);
        put_state(one, c->facts[i].views[0]);
        json_put_new(one, "statements", ids_of(c->facts[i].views, c->facts[i].views_count));
        json_append(out, one);
    }
    return out;
}

static json_t *companions_json(const struct case_account *c)
{
    json_t *out = json_array();
    for (size_t i = 0; i < c->companions_count; i++) {
        const struct case_companion *other = &c->companions[i];
        const struct statement_view *both[] = {other->own, other->view};
        json_t *one = json_object();
        json_put(one, "name", other->person->name);
        list_json_id(one, "person", &other->person->address);
        json_put(one, "event", case_label(other->view->statement.life_event.event));
        json_put_new(one, "statements", ids_of(both, COUNT_OF(both)));
        json_append(out, one);
    }
    return out;
}

static json_t *spellings_json(const struct case_account *c)
{
    json_t *out = json_array();
    for (size_t i = 0; i < c->spellings_count; i++) {
        json_t *one = json_object();
        json_put(one, "name", c->spellings[i].name);
        list_json_id(one, "statement", &c->spellings[i].view->id);
        list_json_id(one, "document", &c->spellings[i].view->document);
        json_put_int(one, "documents", (int64_t)c->spellings[i].documents);
        json_append(out, one);
    }
    return out;
}

static json_t *joins_json(const struct case_account *c)
{
    json_t *out = json_array();
    for (size_t i = 0; i < c->joins_count; i++) {
        const struct pair_view *pair = c->joins[i];
        const struct hash left = mention_id(&pair->decided.pair.left);
        const struct hash right = mention_id(&pair->decided.pair.right);
        json_t *one = json_object();
        json_put(one, "verdict", pair->decided.same ? STR("same") : STR("different"));
        json_put_new(one, "undecided", json_boolean(pair->undecided));
        list_json_text(one, "why", pair->why);
        list_json_id(one, "left", &left);
        list_json_id(one, "right", &right);
        json_append(out, one);
    }
    return out;
}

json_t *person_json(const struct case_rules *rules, const struct case_account *c)
{
    json_t *out = json_object(), *missing = json_array(), *coming = json_array();
    for (size_t i = 0; i < c->missing_count; i++)
        json_append_text(missing, c->missing[i]->item);
    for (size_t i = 0; i < c->coming_count; i++)
        json_append(coming, occurrence_json(c->coming[i]));
    list_json_id(out, "person", &c->person->address);
    json_put(out, "name", c->person->name);
    json_put_new(out, "decided", json_boolean(c->person->decided));
    json_put_new(out, "parted", json_boolean(c->person->parted));
    put_day(out, "as_of", c->day);
    json_put_new(out, "standing", standing_json(rules, &c->standing));
    json_put_new(out, "with_proposals", standing_json(rules, &c->proposed));
    json_put_new(out, "events", history_json(&c->all));
    json_put_new(out, "doubts", doubts_json(c));
    json_put_new(out, "held", spells_json(c));
    json_put_new(out, "sentence_ends", terms_json(c));
    json_put_new(out, "running", running_json(c));
    json_put_new(out, "coming", coming);
    json_put_new(out, "charges", charges_json(c));
    json_put_new(out, "facts", facts_json(c));
    json_put_new(out, "named_with", companions_json(c));
    json_put_new(out, "spellings", spellings_json(c));
    json_put_new(out, "decisions", joins_json(c));
    json_put_new(out, "missing", missing);
    return out;
}

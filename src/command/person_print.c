#include <inttypes.h>

#include "command/person_print.h"

#include "account/corroboration.h"
#include "account/value.h"
#include "case/decided.h"
#include "command/list.h"
#include "text/edtf.h"

struct sheet {
    const struct case_rules *rules;
    const struct case_account *account;
    struct arena *arena;
};

/* ---- words ---- */

int64_t day_asked(struct str date)
{
    int64_t first, last;
    struct fault why;
    struct now now = now_utc();
    struct str asked = date.len ? date : str_slice(str_of(now.text), 0, 10);
    if (edtf_range(asked, &first, &last, &why) != OK || last == INT64_MAX)
        die(EXIT_USAGE, "--as-of takes a date such as 2021-11-05, not \"%.*s\"", STR_ARG(date));
    return last;
}

struct str standing_words(struct arena *arena, const struct case_rules *rules,
                          const struct case_standing *s)
{
    struct str out = STR("");
    for (size_t i = 0; i < s->count; i++) {
        struct str state = label_words(arena, rules->states[s->at[i].state].name);
        out = arena_print(arena, "%.*s%s%.*s", STR_ARG(out), i ? " or " : "", STR_ARG(state));
    }
    return out;
}

struct str occurrence_date(const struct case_occurrence *o)
{
    return o->date.len ? o->date : STR("no date");
}

struct str sentence_words(struct arena *arena, struct str sentence)
{
    static const char *const units[] = {"year", "month", "week", "day"};
    static const char letters[] = "YMWD";
    struct str out = STR("");
    int64_t day;
    if (!case_duration_add(sentence, 0, &day))
        return sentence;
    for (size_t i = 1, digits = 0; i < sentence.len; i++) {
        if (sentence.at[i] >= '0' && sentence.at[i] <= '9') {
            digits++;
            continue;
        }
        struct str number = str_slice(sentence, i - digits, i);
        const char *letter = strchr(letters, sentence.at[i]);
        out =
            arena_print(arena, "%.*s%s%.*s %s%s", STR_ARG(out), out.len ? " " : "", STR_ARG(number),
                        units[letter - letters], str_equal(number, STR("1")) ? "" : "s");
        digits = 0;
    }
    return out;
}

static struct str occurrence_words(struct arena *arena, const struct case_occurrence *o)
{
    struct str event = label_words(arena, o->event), date = occurrence_date(o);
    return arena_print(arena, "%.*s (%.*s)", STR_ARG(event), STR_ARG(date));
}

struct str doubt_words(struct arena *arena, const struct case_doubt *d)
{
    struct str a = occurrence_words(arena, d->a);
    struct str b = d->b ? occurrence_words(arena, d->b) : STR_NONE;
    switch (d->kind) {
    case DOUBT_TWICE:
        return arena_print(arena, "%.*s, and again %.*s, with nothing on record between them",
                           STR_ARG(a), STR_ARG(b));
    case DOUBT_DIFFER:
        return arena_print(arena, "%.*s: %.*s, or %.*s: %.*s", STR_ARG(a),
                           STR_ARG(sentence_words(arena, d->a->sentence)), STR_ARG(b),
                           STR_ARG(sentence_words(arena, d->b->sentence)));
    case DOUBT_AFTER_END:
        return arena_print(arena, "%.*s, and yet %.*s", STR_ARG(a), STR_ARG(b));
    case DOUBT_BEFORE:
        return arena_print(arena, "%.*s comes before %.*s", STR_ARG(a), STR_ARG(b));
    case DOUBT_STILL:
        return arena_print(arena, "%.*s, and yet %.*s", STR_ARG(a), STR_ARG(b));
    case DOUBT_STEP:
        return arena_print(arena, "between %.*s and %.*s a step is not on record", STR_ARG(a),
                           STR_ARG(b));
    case DOUBT_UNTOLD:
        return arena_print(arena, "nothing on record says how it came to %.*s", STR_ARG(a));
    case DOUBT_UNBORN:
        return arena_print(arena, "%.*s lies before the birth, %.*s", STR_ARG(a),
                           STR_ARG(d->born->statement.fact.value));
    case DOUBT_DATE:
        return arena_print(arena, "%.*s: no such date", STR_ARG(a));
    }
    bug("a doubt of no kind");
}

static struct str day_words(struct arena *arena, int64_t day)
{
    char text[16];
    edtf_write_day(day, text);
    return arena_copy(arena, str_of(text));
}

static struct str days_words(struct arena *arena, int64_t low, int64_t high)
{
    if (low == high)
        return arena_print(arena, "%.*s day%s", STR_ARG(count_write(arena, low)),
                           low == 1 ? "" : "s");
    if (high == DAYS_NONE && !low)
        return STR("for a time that nothing on record tells");
    if (high == DAYS_NONE)
        return arena_print(arena, "at least %.*s days", STR_ARG(count_write(arena, low)));
    if (!low)
        return arena_print(arena, "up to %.*s days", STR_ARG(count_write(arena, high)));
    return arena_print(arena, "%.*s to %.*s days", STR_ARG(count_write(arena, low)),
                       STR_ARG(count_write(arena, high)));
}

static struct str span_words(struct arena *arena, int64_t first, int64_t last)
{
    if (last == INT64_MAX)
        return arena_print(arena, "not before %.*s", STR_ARG(day_words(arena, first)));
    if (first == last)
        return day_words(arena, first);
    return arena_print(arena, "%.*s to %.*s", STR_ARG(day_words(arena, first)),
                       STR_ARG(day_words(arena, last)));
}

static struct str documents_words(struct arena *arena, size_t documents)
{
    return arena_print(arena, "%zu document%s", documents, documents == 1 ? "" : "s");
}

static struct str view_sign(const struct statement_view *view)
{
    return str_of(state_sign(view->state, statement_is_hatched(view)));
}

static struct str view_id(const struct sheet *s, const struct statement_view *view)
{
    return list_id(s->arena, &view->id, LIST_ID_DIGITS);
}

static void heading(const char *words)
{
    printf("\n%s%s%s\n", paint(PAINT_BOLD), words, paint(PAINT_NONE));
}

/* ---- head ---- */

static void print_name(const struct sheet *s)
{
    const struct case_person *p = s->account->person;
    struct buf name;
    buf_init(&name, 1 << 20);
    list_text(&name, p->name);
    struct str id = list_id(s->arena, &p->address, LIST_ID_DIGITS);
    printf("%s%.*s%s  %.*s\n", paint(PAINT_BOLD), STR_ARG(buf_str(&name)), paint(PAINT_NONE),
           STR_ARG(id));
    buf_release(&name);
}

static struct str led_words(const struct sheet *s, const struct case_possible *p)
{
    struct str out = STR("");
    const struct case_occurrence *led[] = {p->by, p->turned};
    for (size_t i = 0; i < COUNT_OF(led); i++)
        if (led[i])
            out = arena_print(s->arena, "%.*s%s%.*s [%.*s]", STR_ARG(out), out.len ? ", " : "",
                              STR_ARG(occurrence_words(s->arena, led[i])),
                              STR_ARG(view_id(s, led[i]->views[0])));
    return out;
}

static void print_led(const struct sheet *s, const struct case_standing *standing)
{
    for (size_t i = 0; i < standing->count; i++) {
        struct str led = led_words(s, &standing->at[i]);
        struct str state = label_words(s->arena, s->rules->states[standing->at[i].state].name);
        if (led.len && standing->count > 1)
            list_paragraph(arena_print(s->arena, "%.*s by %.*s", STR_ARG(state), STR_ARG(led)), 4,
                           NULL, 0);
        else if (led.len)
            list_paragraph(arena_print(s->arena, "by %.*s", STR_ARG(led)), 4, NULL, 0);
    }
    if (standing->confirmed)
        list_paragraph(arena_print(s->arena, "last confirmed %.*s, by %.*s [%.*s]%s",
                                   STR_ARG(day_words(s->arena, standing->confirmed_on)),
                                   STR_ARG(label_words(s->arena, standing->confirmed_by->event)),
                                   STR_ARG(view_id(s, standing->confirmed_by->views[0])),
                                   standing->confirmed_by->dated == DATED_PUBLISHED
                                       ? ", when its document was published"
                                       : ""),
                       4, NULL, 0);
}

static void print_standing(const struct sheet *s)
{
    const struct case_account *c = s->account;
    struct str day = day_words(s->arena, c->day);
    struct str decided = standing_words(s->arena, s->rules, &c->standing);
    struct str all = standing_words(s->arena, s->rules, &c->proposed);
    if (c->stands && (c->decided.count || !c->proposals_differ)) {
        printf("  ● %.*s as of %.*s\n", STR_ARG(decided), STR_ARG(day));
        print_led(s, &c->standing);
    }
    if (c->stands && c->proposals_differ) {
        printf("  ○ %.*s as of %.*s, if what nobody decided holds\n", STR_ARG(all), STR_ARG(day));
        print_led(s, &c->proposed);
    }
    if (c->person->parted)
        list_paragraph(STR("Decisions make several people of this name in this document; what "
                           "stands here is what none of them reaches."),
                       2, NULL, 0);
}

/* ---- what happened ---- */

static struct str details_words(const struct sheet *s, const struct case_occurrence *o)
{
    const struct life_event *e = &o->views[0]->statement.life_event;
    struct str out = STR("");
    for (size_t i = 0; i < e->details_count; i++)
        out = arena_print(s->arena, "%.*s%s%.*s %.*s", STR_ARG(out), out.len ? ", " : "",
                          STR_ARG(label_words(s->arena, e->details[i].name)),
                          STR_ARG(sentence_words(s->arena, e->details[i].value)));
    const struct str more[] = {e->place, e->body};
    for (size_t i = 0; i < COUNT_OF(more); i++)
        if (more[i].len)
            out = arena_print(s->arena, "%.*s%s%.*s", STR_ARG(out), out.len ? ", " : "",
                              STR_ARG(more[i]));
    return out;
}

static void print_history(const struct sheet *s)
{
    struct list list = {.arena = s->arena, .indent = 2};
    const struct case_history *h = &s->account->all;
    if (!h->count)
        return;
    heading("What happened");
    for (size_t i = 0; i < h->count; i++) {
        const struct case_occurrence *o = &h->at[i];
        struct list_row *row = list_add(&list);
        row->cells[0] = str_of(state_sign(o->state, o->undecided));
        row->cells[1] = occurrence_date(o);
        row->cells[2] = label_words(s->arena, o->event);
        row->cells[3] = documents_words(s->arena, o->documents);
        row->cells[4] = view_id(s, o->views[0]);
        row->cells[5] = weighing_words(o->views[0]->weighed);
        row->below = details_words(s, o);
    }
    list_print(&list);
}

static void print_doubts(const struct sheet *s, bool contradictions)
{
    bool headed = false;
    for (size_t i = 0; i < s->account->doubts_count; i++) {
        const struct case_doubt *d = &s->account->doubts[i];
        if (case_doubt_contradicts(d->kind) != contradictions)
            continue;
        if (!headed)
            heading(contradictions ? "What contradicts" : "What is missing between");
        headed = true;
        struct str words = doubt_words(s->arena, d);
        struct str ids = view_id(s, d->a->views[0]);
        if (d->b)
            ids = arena_print(s->arena, "%.*s, %.*s", STR_ARG(ids),
                              STR_ARG(view_id(s, d->b->views[0])));
        list_paragraph(arena_print(s->arena, "%.*s [%.*s]", STR_ARG(words), STR_ARG(ids)), 2, NULL,
                       0);
    }
}

/* ---- what follows ---- */

static void say(const struct sheet *s, struct str words, const struct case_occurrence *from,
                const struct case_occurrence *to)
{
    struct str ids = view_id(s, from->views[0]);
    if (to && to != from)
        ids = arena_print(s->arena, "%.*s, %.*s", STR_ARG(ids), STR_ARG(view_id(s, to->views[0])));
    list_paragraph(arena_print(s->arena, "%.*s [%.*s]", STR_ARG(words), STR_ARG(ids)), 2, NULL, 0);
}

static void print_spells(const struct sheet *s)
{
    for (size_t i = 0; i < s->account->spells_count; i++) {
        const struct case_spell *p = &s->account->spells[i];
        struct str days = days_words(s->arena, p->low, p->high);
        struct str from = occurrence_words(s->arena, p->begin);
        struct str to = p->end ? occurrence_words(s->arena, p->end)
                               : arena_print(s->arena, "no end on record by %.*s",
                                             STR_ARG(day_words(s->arena, s->account->day)));
        say(s,
            arena_print(s->arena, "held %.*s: from %.*s, %s%.*s", STR_ARG(days), STR_ARG(from),
                        p->end ? "to " : "", STR_ARG(to)),
            p->begin, p->end);
    }
}

static void print_terms(const struct sheet *s)
{
    for (size_t i = 0; i < s->account->terms_count; i++) {
        const struct case_term *t = &s->account->terms[i];
        say(s,
            arena_print(s->arena, "%.*s end %.*s, if they run from %.*s",
                        STR_ARG(sentence_words(s->arena, t->sentence->sentence)),
                        STR_ARG(span_words(s->arena, t->first, t->last)),
                        STR_ARG(occurrence_words(s->arena, t->from))),
            t->sentence, t->from);
    }
}

static void print_running(const struct sheet *s)
{
    for (size_t i = 0; i < s->account->running_count; i++) {
        const struct case_running *r = &s->account->running[i];
        struct str event = label_words(s->arena, r->since->event);
        struct str days =
            r->low == r->high ? arena_print(s->arena, "day %" PRId64, r->low)
            : r->high == DAYS_NONE
                ? STR("since when is not on record")
                : arena_print(s->arena, "day %" PRId64 " to %" PRId64, r->low, r->high);
        say(s,
            arena_print(s->arena, "%.*s: %.*s; nothing on record ends it", STR_ARG(event),
                        STR_ARG(days)),
            r->since, NULL);
    }
}

static void print_coming(const struct sheet *s)
{
    for (size_t i = 0; i < s->account->coming_count; i++)
        say(s,
            arena_print(s->arena, "later than the day asked about: %.*s",
                        STR_ARG(occurrence_words(s->arena, s->account->coming[i]))),
            s->account->coming[i], NULL);
}

static void print_derived(const struct sheet *s)
{
    const struct case_account *c = s->account;
    if (c->spells_count || c->terms_count || c->running_count || c->coming_count)
        heading("What follows");
    print_spells(s);
    print_terms(s);
    print_running(s);
    print_coming(s);
}

static void print_charge(const struct sheet *s, const struct case_charge *charge)
{
    struct list list = {.arena = s->arena, .indent = 2, .flexible = 1u << 1};
    struct list_row *row = list_add(&list);
    row->cells[0] = view_sign(charge->view);
    row->cells[1] = charge->text;
    row->cells[2] = view_id(s, charge->view);
    list_print(&list);
    for (size_t i = 0; i < charge->laws_count; i++) {
        const struct charge_law *law = charge->laws[i];
        list_paragraph(arena_print(s->arena, "%.*s: %.*s; %.*s%s", STR_ARG(law->english),
                                   STR_ARG(law->law), STR_ARG(law->penalty),
                                   law->checked ? "" : " (not checked)"),
                       6, NULL, 0);
    }
}

static void print_charges(const struct sheet *s)
{
    if (s->account->charges_count)
        heading("Charges");
    for (size_t i = 0; i < s->account->charges_count; i++)
        print_charge(s, &s->account->charges[i]);
}

/* ---- who ---- */

static void print_facts(const struct sheet *s)
{
    struct list list = {.arena = s->arena, .indent = 2, .flexible = 1u << 2};
    if (s->account->facts_count)
        heading("What is said of them");
    for (size_t i = 0; i < s->account->facts_count; i++) {
        const struct case_fact *f = &s->account->facts[i];
        struct list_row *row = list_add(&list);
        row->cells[0] = view_sign(f->views[0]);
        row->cells[1] = label_words(s->arena, f->property);
        row->cells[2] = label_words(s->arena, f->value);
        row->cells[3] = documents_words(s->arena, f->documents);
        row->cells[4] = view_id(s, f->views[0]);
    }
    list_print(&list);
}

static void print_companions(const struct sheet *s)
{
    struct list list = {.arena = s->arena, .indent = 2, .flexible = 1u << 1};
    if (s->account->companions_count)
        heading("Named with them");
    for (size_t i = 0; i < s->account->companions_count; i++) {
        const struct case_companion *c = &s->account->companions[i];
        const struct life_event *e = &c->view->statement.life_event;
        struct list_row *row = list_add(&list);
        row->cells[0] = view_sign(c->view);
        row->cells[1] = c->person->name;
        row->cells[2] = list_id(s->arena, &c->person->address, LIST_ID_DIGITS);
        row->cells[3] = label_words(s->arena, e->event);
        row->cells[4] = e->date;
        row->cells[5] = view_id(s, c->view);
    }
    list_print(&list);
}

static void print_spellings(const struct sheet *s)
{
    struct list list = {.arena = s->arena, .indent = 2, .flexible = 1u << 1 | 1u << 3};
    heading("How the name is written");
    for (size_t i = 0; i < s->account->spellings_count; i++) {
        const struct case_spelling *p = &s->account->spellings[i];
        struct list_row *row = list_add(&list);
        row->cells[0] = view_sign(p->view);
        row->cells[1] = p->name;
        row->cells[2] = documents_words(s->arena, p->documents);
        row->cells[3] = list_document(p->view->document_title, p->view->document_name);
        row->cells[4] = view_id(s, p->view);
    }
    list_print(&list);
    for (size_t i = 0; i < s->account->joins_count; i++) {
        const struct pair_view *pair = s->account->joins[i];
        list_paragraph(arena_print(s->arena, "decided to be %s%s: %.*s",
                                   pair->decided.same ? "the same" : "different",
                                   pair->undecided ? ", against another decision" : "",
                                   STR_ARG(pair->why)),
                       2, NULL, 0);
    }
}

static void print_missing(const struct sheet *s)
{
    struct str out = STR("");
    for (size_t i = 0; i < s->account->missing_count; i++)
        out = arena_print(s->arena, "%.*s%s%.*s", STR_ARG(out), i ? ", " : "",
                          STR_ARG(label_words(s->arena, s->account->missing[i]->item)));
    if (!out.len)
        return;
    heading("What a submission would be asked for, and nothing on record says");
    list_paragraph(out, 2, NULL, 0);
}

static void print_doubtful(const struct sheet *s, const struct doubtful *doubtful)
{
    if (doubtful->count)
        heading("What cannot be as it is written");
    for (size_t i = 0; i < doubtful->count; i++) {
        const struct near_finding *near = &doubtful->at[i];
        list_paragraph(arena_print(s->arena, "%.*s [%.*s]", STR_ARG(doubtful_words(s->arena, near)),
                                   STR_ARG(list_id(s->arena, &doubtful->statements[near->at],
                                                   LIST_ID_DIGITS))),
                       2, NULL, 0);
    }
}

void person_print(const struct case_rules *rules, const struct case_account *account,
                  const struct doubtful *doubtful, struct arena *arena)
{
    const struct sheet s = {rules, account, arena};
    print_name(&s);
    print_standing(&s);
    print_history(&s);
    print_doubts(&s, true);
    print_doubts(&s, false);
    print_doubtful(&s, doubtful);
    print_derived(&s);
    print_charges(&s);
    print_facts(&s);
    print_companions(&s);
    print_spellings(&s);
    print_missing(&s);
    puts("\n○ proposed  ● accepted  ◐ disputed   govah trace ID leads to the sentence");
}

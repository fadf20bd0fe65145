#include "publish/as_of_part_int.h"
#include "publish/body_words_int.h"
#include "publish/page_int.h"
#include "publish/part_int.h"
#include "publish/person_around_int.h"
#include "publish/person_words_int.h"

struct sheet {
    struct page *page;
    const struct case_rules *rules;
    struct case_account account;
    struct as_of as_of; /* by which the state is told, if it is known */
};

static void write_heading(const struct sheet *s, struct str words)
{
    OUT(s->page->out, "<h2>{}</h2>\n", words);
}

static void write_item(struct page *page, struct markup markup)
{
    out_raw(page->out, "<li>");
    markup_write(page, markup);
    out_raw(page->out, "</li>\n");
}

static void write_view_state(struct page *page, const struct statement_view *view)
{
    out_raw(page->out, " ");
    part_state(page, view->state, statement_is_hatched(view));
    if (view->weighed != WEIGHED_NOT)
        OUT(page->out, " <span class=\"weighed\">{}</span>",
            weighing_said(&page->voice, view->weighed));
}

/* ---- where they are ---- */

static void write_led(const struct sheet *s, const struct case_standing *standing)
{
    struct page *page = s->page;
    const struct voice *v = &page->voice;
    out_raw(page->out, "<ul class=\"said\">\n");
    for (size_t i = 0; i < standing->count; i++) {
        const struct case_possible *p = &standing->at[i];
        struct markup state = MARKUP(page, "{}", state_said(page, &s->rules->states[p->state]));
        if (p->by && p->turned)
            write_item(page,
                       SENTENCE(page, SAY(v, "{1}: by {2} and {3}"), state,
                                occurrence_said(page, p->by), occurrence_said(page, p->turned)));
        else if (p->by || p->turned)
            write_item(page, SENTENCE(page, SAY(v, "{1}: by {2}"), state,
                                      occurrence_said(page, p->by ? p->by : p->turned)));
        else
            write_item(page, SENTENCE(page, SAY(v, "{}: nothing on record says otherwise"), state));
    }
    if (standing->confirmed)
        write_item(page, SENTENCE(page, SAY(v, "last confirmed {1}: {2}"),
                                  day_said(page, standing->confirmed_on),
                                  occurrence_said(page, standing->confirmed_by)));
    out_raw(page->out, "</ul>\n");
}

static void write_standing(const struct sheet *s, const struct case_standing *standing,
                           enum view_state state)
{
    struct page *page = s->page;
    const struct voice *v = &page->voice;
    struct markup states = standing_said(page, s->rules, standing);
    out_raw(page->out, "<p class=\"standfirst\">");
    part_state(page, state, false);
    out_raw(page->out, " ");
    markup_write(page, s->as_of.known ? SENTENCE(page, SAY(v, "{1}, as of {2}"), states,
                                                 day_said(page, s->account.day))
                                      : states);
    out_raw(page->out, "</p>\n");
    write_led(s, standing);
}

static void write_head(const struct sheet *s)
{
    struct page *page = s->page;
    const struct voice *v = &page->voice;
    const struct case_account *c = &s->account;
    OUT(page->out, "<p class=\"back\"><a href=\"/people\">{}</a></p>\n<h1><bdi>{}</bdi></h1>\n",
        SAY(v, "People"), c->person->name);
    if (c->stands && (c->decided.count || !c->proposals_differ))
        write_standing(s, &c->standing, VIEW_ACCEPTED);
    if (c->stands && c->proposals_differ)
        write_standing(s, &c->proposed, VIEW_PROPOSED);
    if (c->person->parted)
        OUT(page->out, "<p class=\"soft\">{}</p>\n",
            SAY(v, "Decisions make several people of this name in this document. What stands here "
                   "is what none of them reaches."));
    if (c->stands)
        as_of_write(page, &s->as_of, "", STR_NONE);
}

/* ---- what happened ---- */

/* a court, a prison, a judge leads to whose other cases went there */
static void write_detail(struct page *page, const struct life_event *e, const struct detail *d)
{
    static const char *const leading[] = {
        "court", "branch",     "prison",     "ward",
        "judge", "prosecutor", "commission", "prosecutors_office"};
    const struct voice *v = &page->voice;
    struct str value = voice_detail(v, page->arena, d->value);
    bool leads = false;
    for (size_t i = 0; i < COUNT_OF(leading); i++)
        leads |= str_equal(d->name, str_of(leading[i]));
    OUT(page->out, "<span>{} ", voice_label(v, page->arena, d->name));
    markup_write(page,
                 leads ? body_detail_said(page, e, d->name, value) : markup_text(page, value));
    out_raw(page->out, "</span>");
}

static void write_details(struct page *page, const struct case_occurrence *o)
{
    const struct voice *v = &page->voice;
    const struct life_event *e = &o->views[0]->statement.life_event;
    if (!e->details_count && !e->place.len && !e->body.len && o->documents == 1)
        return;
    out_raw(page->out, "<p class=\"meta parts\">");
    for (size_t i = 0; i < e->details_count; i++)
        write_detail(page, e, &e->details[i]);
    if (e->place.len)
        OUT(page->out, "<span><bdi>{}</bdi></span>", e->place);
    if (e->body.len) {
        out_raw(page->out, "<span>");
        markup_write(page, body_detail_said(page, e, STR("body"), e->body));
        out_raw(page->out, "</span>");
    }
    if (o->documents > 1) {
        out_raw(page->out, "<span>");
        OUT_SENTENCE(page->out,
                     SAY_COUNT(v, "in {} document", "in {} documents", (int64_t)o->documents),
                     voice_number(v, page->arena, (int64_t)o->documents));
        out_raw(page->out, "</span>");
    }
    out_raw(page->out, "</p>");
}

static void write_occurrence(struct page *page, const struct case_occurrence *o)
{
    const struct voice *v = &page->voice;
    const struct statement_view *view = o->views[0];
    OUT(page->out, "<li class=\"{}\"><a class=\"title\" href=\"{}\">{}</a>",
        part_state_class(o->state, o->undecided), part_place(page, &view->document, &view->id),
        voice_label(v, page->arena, o->event));
    write_details(page, o);
    out_raw(page->out, "<p class=\"tally\">");
    if (o->date.len)
        part_date(page, o->date);
    else
        OUT(page->out, "<span class=\"soft\">{}</span>", SAY(v, "no date"));
    write_view_state(page, view);
    out_raw(page->out, "</p></li>\n");
}

static void write_history(const struct sheet *s)
{
    const struct case_history *h = &s->account.all;
    if (!h->count)
        return;
    write_heading(s, SAY(&s->page->voice, "What happened"));
    out_raw(s->page->out, "<ol class=\"entries\">\n");
    for (size_t i = 0; i < h->count; i++)
        write_occurrence(s->page, &h->at[i]);
    out_raw(s->page->out, "</ol>\n");
}

static void write_doubts(const struct sheet *s, bool contradictions, struct str heading)
{
    bool begun = false;
    for (size_t i = 0; i < s->account.doubts_count; i++) {
        const struct case_doubt *d = &s->account.doubts[i];
        if (case_doubt_contradicts(d->kind) != contradictions)
            continue;
        if (!begun) {
            write_heading(s, heading);
            out_raw(s->page->out,
                    contradictions ? "<ul class=\"conflicts\">\n" : "<ul class=\"said\">\n");
        }
        begun = true;
        write_item(s->page, doubt_said(s->page, d));
    }
    if (begun)
        out_raw(s->page->out, "</ul>\n");
}

/* ---- what follows ---- */

static void write_derived(const struct sheet *s)
{
    struct page *page = s->page;
    const struct voice *v = &page->voice;
    const struct case_account *c = &s->account;
    if (!c->spells_count && !c->terms_count && !c->running_count && !c->coming_count)
        return;
    write_heading(s, SAY(v, "What follows"));
    out_raw(page->out, "<ul class=\"said\">\n");
    for (size_t i = 0; i < c->spells_count; i++)
        write_item(page, spell_said(page, &c->spells[i]));
    for (size_t i = 0; i < c->terms_count; i++)
        write_item(page, term_said(page, &c->terms[i]));
    for (size_t i = 0; i < c->running_count; i++)
        write_item(page, running_said(page, &c->running[i]));
    for (size_t i = 0; i < c->coming_count; i++)
        write_item(page, SENTENCE(page, SAY(v, "Later than that day: {}"),
                                  occurrence_said(page, c->coming[i])));
    out_raw(page->out, "</ul>\n");
}

static void write_law(struct page *page, const struct charge_law *law)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<p class=\"meta\"><bdi>{}</bdi>: <bdi lang=\"en\" dir=\"ltr\">{}; {}</bdi>",
        voice_told(v, law->english, law->persian), law->law, law->penalty);
    if (!law->checked)
        OUT(page->out, " <span class=\"soft\">{}</span>", SAY(v, "not checked"));
    out_raw(page->out, "</p>");
}

static void write_charges(const struct sheet *s)
{
    struct page *page = s->page;
    const struct case_account *c = &s->account;
    if (!c->charges_count)
        return;
    write_heading(s, SAY(&page->voice, "Charges"));
    out_raw(page->out, "<ul class=\"entries\">\n");
    for (size_t i = 0; i < c->charges_count; i++) {
        const struct case_charge *charge = &c->charges[i];
        OUT(page->out, "<li><a class=\"title\" href=\"{}\"><bdi>{}</bdi></a>",
            part_place(page, &charge->view->document, &charge->view->id), charge->text);
        for (size_t k = 0; k < charge->laws_count; k++)
            write_law(page, charge->laws[k]);
        out_raw(page->out, "<p class=\"tally\">");
        write_view_state(page, charge->view);
        out_raw(page->out, "</p></li>\n");
    }
    out_raw(page->out, "</ul>\n");
}

/* ---- who ---- */

static void write_facts(const struct sheet *s)
{
    struct page *page = s->page;
    const struct voice *v = &page->voice;
    const struct case_account *c = &s->account;
    if (!c->facts_count)
        return;
    write_heading(s, SAY(v, "What is said of them"));
    out_raw(page->out, "<dl class=\"facts\">\n");
    for (size_t i = 0; i < c->facts_count; i++) {
        const struct case_fact *f = &c->facts[i];
        OUT(page->out, "<dt>{}</dt><dd><a href=\"{}\"><bdi>{}</bdi></a>",
            voice_label(v, page->arena, f->property),
            part_place(page, &f->views[0]->document, &f->views[0]->id),
            voice_detail(v, page->arena, f->value));
        write_view_state(page, f->views[0]);
        out_raw(page->out, "</dd>\n");
    }
    out_raw(page->out, "</dl>\n");
}

static void write_companions(const struct sheet *s)
{
    struct page *page = s->page;
    const struct voice *v = &page->voice;
    const struct case_account *c = &s->account;
    if (!c->companions_count)
        return;
    write_heading(s, SAY(v, "Named with them"));
    out_raw(page->out, "<ul class=\"said\">\n");
    for (size_t i = 0; i < c->companions_count; i++) {
        const struct case_companion *other = &c->companions[i];
        const struct life_event *e = &other->view->statement.life_event;
        struct markup name =
            MARKUP(page, "<a href=\"{}\"><bdi>{}</bdi></a>",
                   page_link(page, "/person/", &other->view->id), other->person->name);
        struct markup event = MARKUP(page, "<a href=\"{}\">{}</a>",
                                     part_place(page, &other->view->document, &other->view->id),
                                     voice_label(v, page->arena, e->event));
        write_item(page, SENTENCE(page, SAY(v, "{1}: {2}"), name, event));
    }
    out_raw(page->out, "</ul>\n");
}

static void write_spelling(struct page *page, const struct case_spelling *spelling)
{
    const struct voice *v = &page->voice;
    const struct statement_view *view = spelling->view;
    struct markup name = MARKUP(page, "<a href=\"{}\"><bdi>{}</bdi></a>",
                                part_place(page, &view->document, &view->id), spelling->name);
    struct markup title =
        markup_text(page, part_document_name(page, view->document_title, view->document_name));
    int64_t more = (int64_t)spelling->documents - 1;
    if (more > 0)
        write_item(page,
                   SENTENCE(page,
                            SAY_COUNT(v, "{1}, in {2} and {3} document more",
                                      "{1}, in {2} and {3} documents more", more),
                            name, title, MARKUP(page, "{}", voice_number(v, page->arena, more))));
    else
        write_item(page, SENTENCE(page, SAY(v, "{1}, in {2}"), name, title));
}

static void write_names(const struct sheet *s)
{
    struct page *page = s->page;
    const struct voice *v = &page->voice;
    const struct case_account *c = &s->account;
    write_heading(s, SAY(v, "How the name is written"));
    out_raw(page->out, "<ul class=\"said\">\n");
    for (size_t i = 0; i < c->spellings_count; i++)
        write_spelling(page, &c->spellings[i]);
    for (size_t i = 0; i < c->joins_count; i++) {
        const struct pair_view *pair = c->joins[i];
        struct markup why = markup_text(page, pair->why);
        write_item(page, pair->decided.same
                             ? SENTENCE(page, SAY(v, "Decided to be the same: {}"), why)
                             : SENTENCE(page, SAY(v, "Decided to be different: {}"), why));
    }
    out_raw(page->out, "</ul>\n");
}

/* ---- the page ---- */

static int64_t day_asked(struct sheet *s, const struct case_person *person)
{
    int64_t last = case_last_day(person, s->rules, s->page->arena);
    as_of_asked(s->page, &s->as_of);
    if (last != INT64_MIN)
        as_of_else(s->page, &s->as_of, last);
    return s->as_of.known ? s->as_of.day : 0;
}

enum outcome page_person(struct page *page, struct fault *why)
{
    struct sheet s = {.page = page};
    struct case_record record;
    struct statement_view view;
    size_t place;
    enum outcome result = case_rules_known(&s.rules, why);
    if (result == OK)
        result = archive_statement(page->archive, page->id, page->arena, &view, why);
    const struct hash_list statements = {&view.id, 1};
    if (result == OK)
        result =
            case_record_of(page->archive, s.rules, &statements, page->arena, &record, &place, why);
    if (result != OK)
        return result;
    const struct case_person *person = &record.people[place];
    const struct case_around around = {record.views,       record.views_count, record.pairs,
                                       record.pairs_count, record.people,      record.people_count};
    case_account_make(s.rules, person, &around, day_asked(&s, person), page->arena, &s.account);
    page->title = SAY(&page->voice, "A person");
    out_raw(page->out,
            "<link rel=\"stylesheet\" href=\"/assets/figures.css\">\n<article class=\"case\">\n");
    write_head(&s);
    write_history(&s);
    write_doubts(&s, true, SAY(&page->voice, "What contradicts"));
    write_doubts(&s, false, SAY(&page->voice, "What is missing between"));
    result = person_doubtful_write(page, person, why);
    write_derived(&s);
    write_charges(&s);
    write_facts(&s);
    write_companions(&s);
    write_names(&s);
    if (result == OK)
        result = person_probable_write(page, person, why);
    person_missing_write(page, &s.account);
    out_raw(page->out, "</article>\n");
    return result;
}

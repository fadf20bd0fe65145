#include "read/patient_int.h"
#include "read/telling_int.h"
#include "read/trace.h"

enum {
    CONVICTED_BACK = 6,
    PEOPLE_REACH = 8,
    PAPER_REACH = 6,
    EVENT_WORDS = 4,
    TOLD_WORDS = 4,
    ITEM_MARKS = 3
};

struct lives {
    struct page *page;
    struct proposals *out;
    struct tellings told;
    struct earlier before;
    bool *touched;
    size_t nominal;            /* proposals before those of the last noun */
    bool is_resolved;          /* the passage has told what became of a sentence */
    const struct entry *owned; /* the passage has told what was done to something of a person's */
    struct occurrence people;  /* what was told last of people whom its sentence does not name */
    struct occurrence listed;  /* what befell those named on the lines below */
};

/* what was noted before is of the term */
static void explain_life(const struct page *page, const struct occurrence *o, size_t name,
                         struct proposal *p)
{
    const struct name *n = &page->names[name];
    const struct life_event *e = &p->statement.life_event;
    const char *rule = page->trace->rule;
    bool same = n->passage == o->passage;
    trace_field(page, p, "sentence");
    trace_made(page, p, "person", n->first, n->end,
               !same  ? RULE("whom a pronoun or a word for a person means")
               : rule ? rule
                      : RULE("the name in the same clause"),
               NULL);
    trace_words(page, o->first, o->end, RULE("the words of the event"), o->event);
    if (!str_equal(e->event, o->event->value))
        trace_words(page, o->first, o->end, RULE("understood from the words around it"), NULL);
    trace_field(page, p, "event");
    trace_value(page, p, "date", e->date, RULE("the date of the clause"));
    trace_value(page, p, "place", e->place, RULE("where the clause says it happened"));
    for (size_t i = 0; i < e->details_count; i++)
        if (!str_equal(e->details[i].name, STR("sentence")))
            trace_value(page, p, e->details[i].name.at, e->details[i].value,
                        RULE("in the same sentence"));
}

static void propose_life(struct lives *l, const struct occurrence *o, size_t name,
                         const struct life_event *event)
{
    struct page *page = l->page;
    const struct name *n = &page->names[name];
    bool same = n->passage == o->passage;
    size_t first = same && n->first < o->first ? n->first : o->first;
    size_t end = same && n->end > o->end ? n->end : o->end;
    struct proposal *out = proposal_add(page, l->out);
    out->statement.form = FORM_LIFE_EVENT;
    out->statement.quote = tokens_span(&page->tokens, first, end);
    out->statement.life_event = *event;
    out->statement.life_event.person = page->parties[n->party].form;
    out->statement.life_event.person_at = tokens_span(&page->tokens, n->first, n->end);
    if (page->trace)
        explain_life(page, o, name, out);
    out->why = arena_print(page->arena, "\"%.*s\" beside the name \"%.*s\"",
                           STR_ARG(page_words(page, o->first, o->end)),
                           STR_ARG(page_words(page, n->first, n->end)));
    tellings_add(&l->told);
}

/* the same was just said in this passage, and no other day is given; a day and details that were
 * missing are filled in */
static bool repeats(struct lives *l, const struct life_event *event, size_t name, size_t since)
{
    struct page *page = l->page;
    struct str person = page->parties[page->names[name].party].form;
    struct life_event *e = tellings_find(&l->told, person, event, since);
    if (!e)
        return false;
    size_t at = (size_t)((const char *)e - (const char *)l->out->at) / sizeof *l->out->at;
    struct proposal *p = &l->out->at[at];
    for (size_t i = 0; i < event->details_count; i++) {
        struct str detail = event->details[i].name;
        size_t count = e->details_count;
        detail_add(page, e, detail, event->details[i].value);
        if (e->details_count == count)
            continue;
        if (str_equal(detail, STR("sentence")))
            trace_field(page, p, "sentence");
        else
            trace_value(page, p, detail.at, event->details[i].value, RULE("told again with it"));
    }
    if (!e->date.len) {
        e->date = event->date;
        trace_value(page, p, "date", e->date, RULE("told again with its date"));
    }
    trace_clear(page);
    return true;
}

/* what was noted before is of the term */
static void explain_completion(const struct page *page, const struct life_event *event,
                               struct proposal *p)
{
    const char *rule = RULE("the conviction before is completed");
    trace_field(page, p, "sentence");
    trace_value(page, p, "event", event->event, rule);
    trace_value(page, p, "date", event->date, rule);
    for (size_t i = 0; i < event->details_count; i++)
        if (!str_equal(event->details[i].name, STR("sentence")))
            trace_value(page, p, event->details[i].name.at, event->details[i].value, rule);
    trace_clear(page);
}

/* who was found guilty and then sentenced was sentenced: one happening, told in two sentences */
static bool completes_conviction(struct lives *l, const struct life_event *event, size_t name)
{
    struct str person = l->page->parties[l->page->names[name].party].form;
    size_t recent = l->out->count > CONVICTED_BACK ? l->out->count - CONVICTED_BACK : 0;
    for (size_t i = recent; i < l->out->count && str_equal(event->event, STR("sentenced")); i++) {
        struct life_event *e = &l->out->at[i].statement.life_event;
        bool other_day = e->date.len && event->date.len && !str_equal(e->date, event->date);
        if (l->out->at[i].statement.form != FORM_LIFE_EVENT || other_day ||
            !str_equal(e->event, STR("other:convicted")) || !str_equal(e->person, person))
            continue;
        e->event = event->event;
        e->date = e->date.len ? e->date : event->date;
        for (size_t k = 0; k < event->details_count; k++)
            detail_add(l->page, e, event->details[k].name, event->details[k].value);
        explain_completion(l->page, event, &l->out->at[i]);
        return true;
    }
    return false;
}

/* a judge sentences, tries and charges others */
static bool judges(const struct page *page, size_t name, struct str event)
{
    return str_equal(page->parties[page->names[name].party].role, STR("judge")) &&
           (str_equal(event, STR("sentenced")) || str_equal(event, STR("tried")) ||
            str_equal(event, STR("charged")));
}

static void remember(struct lives *l, const struct occurrence *o, struct patients who,
                     struct str event)
{
    const struct passage *p = &l->page->passages[o->passage];
    l->before.who = who;
    l->before.event = event;
    l->before.passage = o->passage;
    l->before.first = o->first;
    l->before.end = o->end;
    l->before.opening = clause_verb_final(l->page, p, o->first);
    l->before.noun = is_nominal(l->page, o);
    if (who.to > who.from + 1)
        l->before.several = who;
    bool befell = !str_equal(event, STR("statement")); /* else it is what they did */
    for (size_t i = who.from; i < who.to && befell; i++)
        l->touched[l->page->names[i].party] = true;
}

/* the noun told before, of the same person, is that of the thing */
static bool is_its_noun(const struct lives *l, const struct occurrence *o, struct patients who)
{
    const struct page *page = l->page;
    const struct earlier *before = &l->before;
    bool same = before->noun && before->passage == o->passage && before->end <= o->first &&
                page->names[before->who.from].party == page->names[who.from].party;
    return same && (o->event->kind == KIND_OUTCOME ||
                    thing_end(page, before->first, o->event) > before->first);
}

/* "his sentence was upheld" tells of no second sentence, "halted his execution" of none */
static bool is_resolved_noun(struct lives *l, const struct occurrence *o, struct patients who)
{
    enum word_kind kind = o->event->kind;
    if (is_nominal(l->page, o)) {
        bool owned = l->owned && thing_end(l->page, o->first, l->owned) > o->first;
        return (l->is_resolved || owned) && l->before.passage == o->passage;
    }
    if (kind != KIND_OUTCOME && kind != KIND_OWNED)
        return false;
    if (is_its_noun(l, o, who))
        tellings_cut(&l->told, l->nominal);
    if (kind == KIND_OUTCOME)
        l->is_resolved = true;
    else
        l->owned = o->event;
    return false;
}

/* the date right behind a name, its first token, where verbs end the clause; else SIZE_MAX */
static size_t date_behind(const struct page *page, size_t name)
{
    enum { REACH = 3 };
    const struct name *n = &page->names[name];
    size_t next = name + 1 < page->names_count ? page->names[name + 1].first : page->tokens.count;
    for (size_t i = n->end; page->passages[n->passage].verb_final && i < n->end + REACH && i < next;
         i++) {
        if (page->date_of[i])
            return str_equal(page->dates[page->date_of[i] - 1].iso, STR("unresolved")) ? SIZE_MAX
                                                                                       : i;
        if (page->tokens.at[i].shape == SHAPE_MARK || page_particle(page, i, "and"))
            break;
    }
    return SIZE_MAX;
}

/* "X on 8 May and Y on 12 May were executed": each has a date of their own */
static bool have_own_dates(const struct page *page, struct patients who)
{
    size_t dated = 0;
    for (size_t i = who.from; i < who.to; i++)
        dated += date_behind(page, i) != SIZE_MAX;
    return dated > 1 && dated == who.to - who.from;
}

static struct str own_date(const struct page *page, size_t name)
{
    size_t i = date_behind(page, name);
    trace_words(page, i, i + 1, RULE("the date right behind the name"), NULL);
    return page->dates[page->date_of[i] - 1].iso;
}

/* in the text of an entry, somebody who is not named there */
static bool is_of_other_entry(const struct page *page, const struct occurrence *o, size_t name)
{
    size_t scope = page->scopes_count ? scope_at(page, o->first) : 0;
    return scope && scope_at(page, page->names[name].first) != scope;
}

static void tell_each(struct lives *l, const struct occurrence *o, struct patients who,
                      const struct life_event *event, size_t since)
{
    struct page *page = l->page;
    bool final = page->passages[o->passage].verb_final || who.to == who.from;
    size_t gap = final ? SIZE_MAX : name_gapped(page, o, who.to - 1);
    bool dated = have_own_dates(page, who);
    for (size_t i = who.from; i < who.to; i++) {
        struct life_event own = *event;
        if (page->parties[page->names[i].party].organisation || is_of_other_entry(page, o, i))
            continue;
        if (dated)
            own.date = own_date(page, i);
        if (is_respective(page, o, who))
            detail_add(page, &own, STR("sentence"), sentence_respective(page, o, who, i));
        else if (gap == SIZE_MAX)
            sentence_of(page, o->passage, page->names[i].end, o->end, &own);
        else
            detail_add(page, &own, STR("sentence"),
                       sentence_within(page, o->end, page->names[gap].first));
        if (!repeats(l, &own, i, since) && !completes_conviction(l, &own, i))
            propose_life(l, o, i, &own);
    }
}

/* "X was sentenced to five years and Y to three" */
static void tell_gapped(struct lives *l, const struct occurrence *o, struct patients who,
                        const struct life_event *event, size_t since)
{
    struct page *page = l->page;
    bool final = page->passages[o->passage].verb_final;
    size_t name = name_gapped(page, o, final ? who.from : who.to - 1);
    for (; name != SIZE_MAX; name = name_gapped(page, o, final ? who.from : name)) {
        who = final ? patients_listed(page, name) : (struct patients){name, name + 1};
        for (size_t i = who.from; i < who.to; i++) {
            struct life_event own = *event;
            detail_add(page, &own, STR("sentence"), sentence_gapped(page, name));
            if (!page->parties[page->names[i].party].organisation && !repeats(l, &own, i, since))
                propose_life(l, o, i, &own);
        }
    }
}

static void tell(struct lives *l, const struct occurrence *o, struct patients who, size_t since)
{
    struct page *page = l->page;
    struct life_event event = {.event = life_event_meant(page, o)};
    if (judges(page, who.from, event.event))
        return;
    if (life_is_state(o, event.event))
        event.date = life_since(page, o);
    else if (!str_equal(event.event, STR("sentenced")) || served_before(page, o) == SIZE_MAX)
        event.date = life_date(page, o, &who, &l->before);
    if (o->event->kind == KIND_DATED && !event.date.len) {
        remember(l, o, who, event.event);
        return;
    }
    event.place = life_place(page, o, &who);
    life_details(page, o, &event);
    tell_each(l, o, who, &event, since);
    tell_each(l, o, patients_along(page, o), &event, since);
    tell_gapped(l, o, who, &event, since);
    remember(l, o, who, event.event);
}

/* "fifty women were arrested", "arrested fifty women": nobody is named, but people are */
static bool is_of_people(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    enum word_kind kind = o->event->kind;
    if (p->verb_final || (kind != KIND_PARTICIPLE && kind != KIND_INTRANSITIVE))
        return false;
    size_t verb = verb_group(page, p, o->first);
    bool subject = kind == KIND_INTRANSITIVE || is_passive(page, p, o->first), people = false;
    for (size_t k = 1; k <= PEOPLE_REACH && !people; k++) {
        size_t i = subject ? verb - k : o->end + k - 1;
        if (subject ? verb < p->first + k : i >= p->end)
            break;
        if (page->name_of[i])
            break;
        people = has_class(page, i, WORD_POPULATION) || has_class(page, i, WORD_VAGUE);
    }
    return people && !is_unreal(page, p->first, o->first);
}

/* "Those arrested:", "The following were killed:": what befell all of a list below */
static bool heads_list(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    if (!token_is_mark(&page->tokens, p->end - 1, ':'))
        return false;
    if (p->verb_final)
        return has_class(page, o->end - 1, WORD_POPULATION);
    bool participle = o->event->kind == KIND_PARTICIPLE || o->event->kind == KIND_HELD;
    return participle && (o->first == p->first || page_particle(page, o->first - 1, "those") ||
                          has_class(page, o->first - 1, WORD_POPULATION) || is_of_people(page, o));
}

/* whether a list that says what each entry tells has one there */
static bool is_entry(const struct page *page, size_t token)
{
    size_t low = 0, high = page->entries_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (page->entries[middle].first < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low < page->entries_count && page->entries[low].first == token;
}

/* a line of such a list: "- X, a teacher" */
static void tell_listed(struct lives *l, size_t passage, size_t since)
{
    struct page *page = l->page;
    const struct passage *p = &page->passages[passage];
    if (!l->listed.event)
        return;
    size_t i = p->first;
    while (i < p->end && i < p->first + ITEM_MARKS && person_over(page, i) == SIZE_MAX &&
           (page->tokens.at[i].shape == SHAPE_MARK || page->tokens.at[i].shape == SHAPE_NUMBER))
        i++;
    size_t name = i < p->end ? person_over(page, i) : SIZE_MAX;
    if (name == SIZE_MAX) {
        l->listed.event = NULL;
        return;
    }
    if (is_entry(page, i))
        return;
    trace_clear(page);
    trace_rule(page, RULE("named in the list below it"));
    tell(l, &l->listed, patients_listed(page, name), since);
}

/* "They included X and Y", "Among them was X": to whom that happened, too */
static void tell_members(struct lives *l, size_t passage, size_t since)
{
    struct page *page = l->page;
    const struct passage *p = &page->passages[passage];
    const struct occurrence *o = &l->people;
    size_t end = 0;
    if (!o->event || passage - o->passage > 1 || passage == o->passage ||
        !page_particle_phrase(page, p->first, "members", &end))
        return;
    trace_clear(page);
    trace_rule(page, RULE("one of those told of in the sentence before"));
    struct patients who = patients_governed(page, passage, end, NULL);
    if (who.to > who.from)
        tell(l, o, who, since);
}

/* the first meaning of the words that befell somebody: "seized X", "seized X's passport" */
static struct patients read_meanings(struct lives *l, struct occurrence *o)
{
    struct patients who = {0};
    bool light = o->event->class == WORD_LIGHT;
    for (const struct entry *e = o->event; e && who.to == who.from; e = light ? NULL : e->next) {
        if (e != o->event && e->class != WORD_LIFE)
            continue;
        o->event = e;
        trace_clear(l->page);
        who = patients_of(l->page, o, &l->before);
    }
    return who;
}

/* what was told in another entry of a list goes on in none */
static void forget_other_entries(struct lives *l, const struct occurrence *o)
{
    if (l->before.passage != SIZE_MAX && l->before.first < scope_reach(l->page, o->first))
        l->before = (struct earlier){.passage = SIZE_MAX, .touched = l->before.touched};
}

static void read_occurrence(struct lives *l, struct occurrence *o, size_t since)
{
    forget_other_entries(l, o);
    struct patients who = read_meanings(l, o);
    if (who.to == who.from && is_of_people(l->page, o))
        l->people = *o;
    if (who.to == who.from && heads_list(l->page, o))
        l->listed = *o;
    if (who.to == who.from || is_resolved_noun(l, o, who))
        return;
    l->nominal = l->out->count;
    tell(l, o, who, since);
}

static void read_speech(struct lives *l, const struct occurrence *o, size_t since)
{
    struct page *page = l->page;
    trace_clear(page);
    trace_rule(page, RULE("who speaks"));
    struct patients who = speaker_of(page, o, &l->before);
    if (who.to == who.from)
        return;
    for (size_t name = who.from; name < who.to; name++) {
        struct life_event event = {.event = STR("statement"), .date = speech_date(page, o, name)};
        bool person = !page->parties[page->names[name].party].organisation;
        if (person && !repeats(l, &event, name, since))
            propose_life(l, o, name, &event);
    }
}

/* "X: we go on": a whole sentence, where verbs end it, that tells of nothing done to X */
static bool is_said(const struct page *page, const struct passage *p, size_t first)
{
    bool verb = false;
    if (!p->verb_final || page->tokens.at[first].shape != SHAPE_ARABIC || page->date_of[first])
        return false;
    for (size_t i = first; i < p->end; i++) {
        bool told = i < first + TOLD_WORDS &&
                    (is_happening(page, i) || page->name_of[i] || has_class(page, i, WORD_UNIT));
        if (told)
            return false;
        verb = verb || is_clause_verb(page, i);
    }
    return verb;
}

/* "X: "We go on."" */
static void read_heading(struct lives *l, size_t passage, size_t since)
{
    static const struct entry statement = {.class = WORD_LIFE, .value = {"statement", 9}};
    const struct page *page = l->page;
    const struct passage *p = &page->passages[passage];
    size_t name = person_over(page, p->first);
    if (name == SIZE_MAX)
        return;
    size_t colon = page->names[name].end;
    const struct token *quote = colon + 1 < p->end ? &page->tokens.at[colon + 1] : NULL;
    struct occurrence o = {&statement, colon, colon + 1, passage};
    struct life_event event = {.event = STR("statement")};
    bool quoted = quote && quote->shape == SHAPE_MARK && !strchr("([.,-", quote->word.at[0]);
    bool said = quoted || (quote && is_said(page, p, colon + 1));
    if (said && token_is_mark(&page->tokens, colon, ':') && !repeats(l, &event, name, since))
        propose_life(l, &o, name, &event);
}

/* "found a lawyer", "found X guilty", "published a book", not "published a statement" */
static bool is_making(const struct page *page, size_t i)
{
    bool someone = person_over(page, i + 1) != SIZE_MAX || is_object_pronoun(page, i + 1);
    if (page_particle(page, i, "made") && someone)
        return true;
    bool object = page_particle(page, i, "made") && has_class(page, i + 1, WORD_DETERMINER);
    for (size_t k = i + 2; k < i + PAPER_REACH && object; k++)
        object = !page_particle(page, k, "paper");
    return object;
}

/* "said in his confession", where the phrase is a happening */
static bool is_within_event(const struct page *page, const struct passage *p, size_t i)
{
    size_t end = 0;
    for (size_t k = i; k > p->first && i - k < EVENT_WORDS; k--)
        if (token_is(&page->tokens, k - 1, WORD_LIFE, NULL, &end) && end > i)
            return true;
    return false;
}

/* "denied him medicine", "condemned X to death": the word says nothing */
static bool is_deed(const struct page *page, size_t passage, size_t i)
{
    const struct passage *p = &page->passages[passage];
    struct occurrence light = {.first = i, .passage = passage};
    const struct entry *event = NULL;
    size_t end = 0;
    bool phrase = (token_is(&page->tokens, i, WORD_LIFE, NULL, &end) && end > i + 1) ||
                  (token_is(&page->tokens, i, WORD_LIGHT, NULL, &end) && end > i + 1);
    if (!p->verb_final && phrase)
        return true;
    if (light_occurrence(page, &light) || is_making(page, i) || is_within_event(page, p, i))
        return true;
    return p->verb_final && token_is(&page->tokens, i, WORD_LIFE, &event, NULL) &&
           str_equal(event->value, STR("sentenced")) &&
           sentence_within(page, clause_verb_final(page, p, i), i).len > 0;
}

static void read_statements(struct lives *l, size_t passage, size_t since)
{
    static const struct entry statement = {.class = WORD_LIFE, .value = {"statement", 9}};
    const struct page *page = l->page;
    static const uint64_t sayings =
        CLASS_BIT(WORD_ACCORDING) | CLASS_BIT(WORD_SAY) | CLASS_BIT(WORD_UTTER);
    const struct passage *p = &page->passages[passage];
    for (size_t i = p->classes & sayings ? p->first : p->end; i < p->end; i++) {
        if (!token_has_any(&page->tokens, i, sayings))
            continue;
        struct occurrence o = {&statement, i, i, passage};
        bool says = token_is(&page->tokens, i, WORD_ACCORDING, NULL, &o.end) ||
                    token_is(&page->tokens, i, WORD_SAY, NULL, &o.end) ||
                    token_is(&page->tokens, i, WORD_UTTER, NULL, &o.end);
        if (says && o.end <= p->end && !is_deed(page, passage, i))
            read_speech(l, &o, since);
    }
}

static bool occurrence_at(const struct page *page, const struct passage *p, struct occurrence *o)
{
    struct occurrence light = *o;
    bool told =
        token_is(&page->tokens, o->first, WORD_LIFE, &o->event, &o->end) && o->end <= p->end;
    bool completed = light_occurrence(page, &light);
    if (completed && (!told || light.end >= o->end))
        *o = light;
    return told || completed;
}

void life_events_find(struct page *page, struct proposals *out)
{
    static const uint64_t happenings = CLASS_BIT(WORD_LIFE) | CLASS_BIT(WORD_LIGHT);
    struct lives l = {.page = page, .out = out, .before = {.passage = SIZE_MAX}};
    size_t beginning = out->count;
    l.touched = arena_alloc(page->arena, (page->parties_count + 1) * sizeof *l.touched);
    l.before.touched = l.touched;
    tellings_init(&l.told, page->arena, out, page->names_count);
    for (size_t s = 0; s < page->passages_count; s++) {
        const struct passage *p = &page->passages[s];
        size_t since = out->count;
        l.is_resolved = false;
        l.owned = NULL;
        tell_members(&l, s, since);
        tell_listed(&l, s, since);
        for (size_t i = p->classes & happenings ? p->first : p->end; i < p->end;) {
            struct occurrence o = {.first = i, .passage = s};
            if (!token_has_any(&page->tokens, i, happenings) || !occurrence_at(page, p, &o)) {
                i++;
                continue;
            }
            read_occurrence(&l, &o, since);
            i = o.end;
        }
        read_heading(&l, s, beginning);
        read_statements(&l, s, beginning);
    }
    tellings_settle(&l.told);
}

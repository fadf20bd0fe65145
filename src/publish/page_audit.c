#include "account/shelf.h"
#include "publish/audit_part_int.h"
#include "publish/figure_words_int.h"
#include "publish/page_int.h"
#include "publish/part_int.h"
#include "publish/person_words_int.h"

/* An amnesty's name in an address. */
static struct hash amnesty_hash(const struct amnesty *a)
{
    return hash_of(a->id);
}

static struct str amnesty_name(const struct page *page, const struct amnesty *a)
{
    return voice_told(&page->voice, a->name_en, a->name_fa);
}

static struct str kind_said(const struct voice *v, enum amnesty_kind kind)
{
    static const char *const names[] = {SAID("pardon"), SAID("reduction of sentences"),
                                        SAID("furlough")};
    return voice_say(v, names[kind]);
}

static bool has_number(const struct amnesty *a)
{
    return a->number.low != COUNT_NONE || a->number.high != COUNT_NONE;
}

static struct markup number(struct page *page, size_t count)
{
    return MARKUP(page, "{}", voice_number(&page->voice, page->arena, (int64_t)count));
}

static void paragraph(struct page *page, struct markup words)
{
    out_raw(page->out, "<p>");
    markup_write(page, words);
    out_raw(page->out, "</p>\n");
}

/* ---- the list ---- */

static void write_row(struct page *page, const struct amnesty *a)
{
    const struct voice *v = &page->voice;
    struct hash id = amnesty_hash(a);
    OUT(page->out, "<li><a class=\"title\" href=\"{}\"><bdi>{}</bdi></a><p class=\"meta parts\">",
        page_link(page, "/audits/", &id), amnesty_name(page, a));
    OUT(page->out, "<span>{}</span><span>", kind_said(v, a->kind));
    part_date(page, a->date);
    out_raw(page->out, "</span>");
    if (has_number(a))
        OUT(page->out, "<span>{}</span>", voice_value(v, page->arena, &a->number));
    out_raw(page->out, "</p></li>\n");
}

enum outcome page_audits(struct page *page, struct fault *why)
{
    const struct voice *v = &page->voice;
    const struct case_rules *rules;
    struct amnesty *known;
    size_t count;
    enum outcome result = case_rules_known(&rules, why);
    if (result == OK)
        result = amnesties_known(rules, page->arena, &known, &count, why);
    if (result != OK)
        return result;
    page->title = SAY(v, "Amnesties");
    OUT(page->out, "<h1>{}</h1>\n<p class=\"standfirst\">{}</p>\n<ol class=\"entries\">\n",
        page->title,
        SAY(v, "What was announced, set against everybody who is on record in prison on its eve."));
    for (size_t i = 0; i < count; i++)
        write_row(page, &known[i]);
    out_raw(page->out, "</ol>\n");
    return OK;
}

/* ---- one of them ---- */

static struct str verdict_said(const struct voice *v, enum audit_verdict verdict)
{
    static const char *const names[] = {SAID("Qualifies"), SAID("Left out"),
                                        SAID("Cannot be told")};
    return voice_say(v, names[verdict]);
}

static void write_view(struct page *page, const struct statement_view *view)
{
    if (!view)
        return;
    OUT(page->out, " <a href=\"{}\">{}</a>", part_place(page, &view->document, &view->id),
        SAY(&page->voice, "sentence"));
    out_raw(page->out, " ");
    part_state(page, view->state, statement_is_hatched(view));
}

static struct str rule_said(const struct page *page, const struct audit_reason *r)
{
    if (!r->rule)
        return SAY(&page->voice, "The record does not say whether they were in prison.");
    return voice_told(&page->voice, r->rule->words, r->rule->words_fa);
}

static struct str reason_said(const struct voice *v, const struct audit_reason *r)
{
    if (!r->decides)
        return SAY(v, "Speaks for them: {1}");
    return r->rule->excludes ? SAY(v, "Left out: {1}") : SAY(v, "Lacks what is needed: {1}");
}

static void write_reason(struct page *page, const struct audit_reason *r)
{
    out_raw(page->out, "<li>");
    markup_write(
        page, SENTENCE(page, reason_said(&page->voice, r), markup_text(page, rule_said(page, r))));
    write_view(page, r->view);
    out_raw(page->out, "</li>\n");
}

/* What the record does not say, "charge, sentence", in the page's language. */
static struct str missing_said(const struct page *page, struct str missing)
{
    struct str rest = missing, one, all[4];
    size_t count = 0;
    while (count < COUNT_OF(all) && str_cut(&rest, ',', &one))
        all[count++] = voice_label(&page->voice, page->arena, str_trim(one));
    return voice_list(&page->voice, page->arena, all, count);
}

static bool same_want(const struct audit_reason *a, const struct audit_reason *b)
{
    return b->met == TRUTH_UNTOLD && a->decides == b->decides &&
           (!a->decides || str_equal(a->missing, b->missing));
}

/* What is not told, once for all rules that want the same. */
static void write_untold(struct page *page, const struct audit_person *p, size_t first)
{
    const struct audit_reason *r = &p->reasons[first];
    const struct voice *v = &page->voice;
    struct str *rules = arena_alloc(page->arena, p->reasons_count * sizeof *rules);
    size_t count = 0;
    for (size_t i = 0; i < p->reasons_count; i++) {
        if (!same_want(r, &p->reasons[i]))
            continue;
        if (i < first)
            return;
        rules[count++] = rule_said(page, &p->reasons[i]);
    }
    struct markup all = markup_text(page, voice_list(v, page->arena, rules, count));
    struct str words = r->decides ? SAY(v, "The record does not say: {2} ({1})")
                                  : SAY(v, "The record is silent, and nothing is made of it: {1}");
    out_raw(page->out, "<li>");
    markup_write(page, SENTENCE(page, r->rule ? words : STR("{1}"), all,
                                markup_text(page, missing_said(page, r->missing))));
    out_raw(page->out, "</li>\n");
}

static void write_occurrence(struct page *page, struct str words, const struct case_occurrence *o)
{
    out_raw(page->out, "<li>");
    markup_write(page, SENTENCE(page, words, occurrence_said(page, o)));
    out_raw(page->out, "</li>\n");
}

static void write_person(struct page *page, const struct audit_person *p)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<li><a class=\"title\" href=\"{}\"><bdi>{}</bdi></a>\n<ul class=\"said\">\n",
        page_link(page, "/person/", &p->person->views[0]->id), p->person->name);
    if (p->held_by)
        write_occurrence(page, SAY(v, "In prison by: {1}"), p->held_by);
    for (size_t i = 0; i < p->reasons_count; i++)
        if (p->reasons[i].met == TRUTH_UNTOLD)
            write_untold(page, p, i);
        else
            write_reason(page, &p->reasons[i]);
    if (p->out)
        write_occurrence(page, SAY(v, "Left prison since: {1}"), p->out);
    for (size_t i = 0; i < p->terms_count; i++)
        if (p->terms[i] != p->out)
            write_occurrence(page, SAY(v, "On terms: {1}"), p->terms[i]);
    if (p->again)
        write_occurrence(page, SAY(v, "Taken again: {1}"), p->again);
    out_raw(page->out, "</ul></li>\n");
}

static void write_announced(struct page *page, const struct amnesty *a)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<p class=\"standfirst parts\"><span>{}</span><span>", kind_said(v, a->kind));
    part_date(page, a->date);
    out_raw(page->out, "</span></p>\n");
    if (has_number(a))
        paragraph(page, SENTENCE(page, SAY(v, "Announced: {1}, by {2}."),
                                 MARKUP(page, "<span class=\"value\">{}</span>",
                                        voice_value(v, page->arena, &a->number)),
                                 markup_told(page, a->by.len ? a->by : a->source,
                                             a->by.len ? a->by_fa : a->source_fa)));
    paragraph(page,
              SENTENCE(page, SAY(v, "Source: {1}"), markup_told(page, a->source, a->source_fa)));
}

static void write_sums(struct page *page, const struct audit *a)
{
    const struct voice *v = &page->voice;
    size_t most = a->verdicts[AUDIT_QUALIFIES] + a->verdicts[AUDIT_UNTOLD];
    paragraph(page,
              SENTENCE(page,
                       SAY(v, "On record in prison on its eve, {1}: {2}. Of them {3} qualify, "
                              "{4} are left out, and of {5} it cannot be told."),
                       day_said(page, a->eve), number(page, a->count),
                       number(page, a->verdicts[AUDIT_QUALIFIES]),
                       number(page, a->verdicts[AUDIT_EXCLUDED]),
                       number(page, a->verdicts[AUDIT_UNTOLD])));
    paragraph(page,
              SENTENCE(page,
                       SAY(v, "It could reach at most {1} of these {2}. By {3} {4} of the {2} had "
                              "left prison, and {5} were taken again."),
                       number(page, most), number(page, a->count), day_said(page, a->as_of),
                       number(page, a->out[0] + a->out[1] + a->out[2]), number(page, a->again)));
    if (a->unplaced)
        paragraph(page, SENTENCE(page,
                                 SAY_COUNT(v,
                                           "Of {1} other person nothing on record says where they "
                                           "were then.",
                                           "Of {1} other people nothing on record says where they "
                                           "were then.",
                                           (int64_t)a->unplaced),
                                 number(page, a->unplaced)));
}

static enum outcome write_people(struct page *page, const struct audit_roll *roll,
                                 const struct audit_asked *asked, enum audit_verdict verdict,
                                 struct fault *why)
{
    bool alone = asked->verdict == verdict;
    size_t count, from = alone ? asked->from : 0, total = roll->sums.verdicts[verdict];
    struct audit_person *people;
    if (!total || (!alone && asked->verdict != AUDIT_VERDICTS))
        return OK;
    enum outcome result =
        audit_roll_people(page->archive, roll, verdict, from, alone ? AUDIT_PAGE : AUDIT_FIRST,
                          page->arena, &people, &count, why);
    if (result != OK)
        return result;
    OUT(page->out, "<h2>{}</h2>\n<ol class=\"entries\" start=\"{}\">\n",
        verdict_said(&page->voice, verdict), arena_print(page->arena, "%zu", from + 1));
    for (size_t i = 0; i < count; i++)
        write_person(page, &people[i]);
    out_raw(page->out, "</ol>\n");
    audit_turn_write(page, asked, verdict, count, total);
    return OK;
}

static const struct audit_roll *asked_for(const struct page *page, const struct audits *audits)
{
    for (size_t i = 0; i < audits->count; i++) {
        char digits[HASH_DIGITS + 1];
        struct hash id = amnesty_hash(&audits->amnesties[i]);
        hash_write(&id, digits);
        if (page->id.len && str_starts(str_of(digits), page->id))
            return &audits->all[i];
    }
    return NULL;
}

static enum outcome write_audit(struct page *page, const struct audits *audits,
                                const struct audit_asked *asked, struct fault *why)
{
    const struct audit_roll *roll = asked_for(page, audits);
    enum outcome result = OK;
    if (!roll)
        return refuse(why, NOT_FOUND, "%s", SAID("no amnesty is at this address"));
    page->title = amnesty_name(page, roll->sums.amnesty);
    out_raw(page->out, "<link rel=\"stylesheet\" href=\"/assets/figures.css\">\n");
    OUT(page->out, "<p class=\"back\"><a href=\"/audits\">{}</a></p>\n<h1><bdi>{}</bdi></h1>\n",
        SAY(&page->voice, "All amnesties"), page->title);
    write_announced(page, roll->sums.amnesty);
    audit_day_write(page, asked, roll->sums.as_of);
    write_sums(page, &roll->sums);
    audit_chart_write(page, &roll->sums);
    for (enum audit_verdict verdict = AUDIT_QUALIFIES; verdict <= AUDIT_UNTOLD && result == OK;
         verdict++)
        result = write_people(page, roll, asked, verdict, why);
    return result;
}

enum outcome page_audit(struct page *page, struct fault *why)
{
    struct account_hold held = {0};
    struct account_shelf *shelf = page->site->accounts;
    struct audits own;
    struct audit_asked asked;
    audit_read_asked(page, &asked);
    const int64_t as_of = asked.as_of.known ? asked.as_of.day : INT64_MIN;
    const struct account_wish wish = {
        .kind = asked.as_of.known ? ACCOUNT_AUDITS_AS_OF : ACCOUNT_AUDITS, .as_of = as_of};
    enum outcome result = shelf ? account_hold(shelf, page->archive, &wish, &held, why)
                                : audits_read(page->archive, as_of, page->arena, &own, why);
    if (result == OK)
        result = write_audit(page, held.audits ? held.audits : &own, &asked, why);
    if (held.audits)
        account_release(shelf, &held);
    return result;
}

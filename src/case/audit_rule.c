#include "case/audit_int.h"

#include "text/fold.h"

enum { CHARGES_LIMIT = 16 };

/* What a term comes to, and the statement that says so. */
struct finding_of {
    enum audit_truth truth;
    const struct statement_view *view;
};

static enum audit_truth turned(enum audit_truth truth)
{
    return truth == TRUTH_UNTOLD ? truth : truth == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
}

static bool is_value(const struct amnesty_term *term, struct str text)
{
    for (size_t i = 0; i < term->values_count; i++)
        if (str_equal(term->values[i], text))
            return true;
    return false;
}

/* ---- charges ---- */

/* Sets *known when a charge of the tables is named. */
static bool charge_meets(const struct audit_subject *s, const struct amnesty_term *term,
                         struct str text, bool *known)
{
    const struct charge_law *laws[CHARGES_LIMIT];
    size_t count = case_charges(s->rules, s->arena, text, laws, CHARGES_LIMIT);
    *known = count > 0;
    for (size_t i = 0; i < count; i++)
        if (is_value(term, laws[i]->id))
            return true;
    return false;
}

static void see_charge(const struct audit_subject *s, const struct amnesty_term *term,
                       struct str text, const struct statement_view *view, struct finding_of *found,
                       bool *unknown)
{
    bool known;
    if (!text.len || found->truth == TRUTH_YES)
        return;
    if (charge_meets(s, term, text, &known)) {
        *found = (struct finding_of){TRUTH_YES, view};
        return;
    }
    *unknown |= !known;
    if (found->truth == TRUTH_UNTOLD && !found->view)
        *found = (struct finding_of){TRUTH_NO, view};
}

static struct finding_of charges_meet(const struct audit_subject *s,
                                      const struct amnesty_term *term)
{
    struct finding_of found = {TRUTH_UNTOLD, NULL};
    bool unknown = false;
    for (size_t i = 0; i < s->history->count; i++) {
        const struct case_occurrence *o = &s->history->at[i];
        if (o->first > s->eve)
            continue;
        for (size_t k = 0; k < o->views_count; k++)
            see_charge(s, term, case_detail(&o->views[k]->statement.life_event, STR("charge")),
                       o->views[k], &found, &unknown);
    }
    if (found.truth == TRUTH_NO && unknown)
        found = (struct finding_of){TRUTH_UNTOLD, NULL};
    if (term->relation == TERM_IS_NOT)
        found.truth = turned(found.truth);
    return found;
}

/* ---- sentences ---- */

/* Its length in days; false for lashes and fines. */
static bool sentence_days(struct str sentence, int64_t *out)
{
    *out = INT64_MAX;
    return str_equal(sentence, STR("death")) || str_equal(sentence, STR("life")) ||
           case_duration_add(sentence, 0, out);
}

static bool sentence_meets(const struct amnesty_term *term, struct str sentence, int64_t days)
{
    int64_t limit = 0;
    bool same = is_value(term, sentence);
    for (size_t i = 0; i < term->values_count; i++)
        same |= sentence_days(term->values[i], &limit) && limit == days && days != INT64_MAX;
    switch (term->relation) {
    case TERM_IS:
        return same;
    case TERM_IS_NOT:
        return !same;
    case TERM_MORE:
        return days > limit;
    case TERM_AT_LEAST:
        return days >= limit;
    case TERM_LESS:
        return days < limit;
    case TERM_AT_MOST:
        return days <= limit;
    }
    bug("a relation of no kind");
}

/* The last sentence that changed another one; else NULL. */
static const struct case_occurrence *last_change(const struct audit_subject *s)
{
    const struct case_occurrence *last = NULL;
    int64_t days;
    for (size_t i = 0; i < s->history->count; i++) {
        const struct case_occurrence *o = &s->history->at[i];
        bool changes = str_starts(o->event, STR("sentence_"));
        if (changes && o->first <= s->eve && sentence_days(o->sentence, &days))
            last = o;
    }
    return last;
}

static struct finding_of sentences_meet(const struct audit_subject *s,
                                        const struct amnesty_term *term)
{
    struct finding_of found = {TRUTH_UNTOLD, NULL};
    const struct case_occurrence *change = last_change(s);
    for (size_t i = 0; i < s->history->count; i++) {
        const struct case_occurrence *o = &s->history->at[i];
        int64_t days;
        if (o->first > s->eve || (change && o != change) || !sentence_days(o->sentence, &days))
            continue;
        enum audit_truth truth = sentence_meets(term, o->sentence, days) ? TRUTH_YES : TRUTH_NO;
        if (found.view && truth != found.truth)
            return (struct finding_of){TRUTH_UNTOLD, NULL};
        if (!found.view)
            found = (struct finding_of){truth, o->views[0]};
    }
    return found;
}

/* ---- events and facts ---- */

static struct finding_of events_meet(const struct audit_subject *s, const struct amnesty_term *term)
{
    struct finding_of found = {TRUTH_UNTOLD, NULL};
    for (size_t i = 0; i < s->history->count && !found.view; i++) {
        const struct case_occurrence *o = &s->history->at[i];
        if (o->first <= s->as_of && is_value(term, o->event))
            found = (struct finding_of){TRUTH_YES, o->views[0]};
    }
    if (term->relation == TERM_IS_NOT)
        found.truth = turned(found.truth);
    return found;
}

static bool fact_meets(const struct audit_subject *s, const struct amnesty_term *term,
                       struct str value)
{
    struct str folded = fold_text(s->arena, value);
    for (size_t i = 0; i < term->values_count; i++) {
        struct str wanted = fold_text(s->arena, term->values[i]);
        if (term->relation == TERM_IS ? str_find(folded, wanted, 0) != SIZE_MAX
                                      : str_equal(folded, wanted))
            return term->relation == TERM_IS;
    }
    return term->relation == TERM_IS_NOT;
}

static struct finding_of facts_meet(const struct audit_subject *s, const struct amnesty_term *term)
{
    struct finding_of found = {TRUTH_UNTOLD, NULL};
    for (size_t i = 0; i < s->person->views_count; i++) {
        const struct statement_view *view = s->person->views[i];
        if (view->statement.form != FORM_FACT ||
            !str_equal(view->statement.fact.property, term->property))
            continue;
        if (fact_meets(s, term, view->statement.fact.value))
            return (struct finding_of){TRUTH_YES, view};
        if (!found.view)
            found = (struct finding_of){TRUTH_NO, view};
    }
    return found;
}

/* ---- rules ---- */

static struct finding_of term_meets(const struct audit_subject *s, const struct amnesty_term *term)
{
    switch (term->over) {
    case TERM_CHARGE:
        return charges_meet(s, term);
    case TERM_SENTENCE:
        return sentences_meet(s, term);
    case TERM_EVENT:
        return events_meet(s, term);
    case TERM_FACT:
        return facts_meet(s, term);
    }
    bug("a term of no kind");
}

static struct str missing_of(const struct amnesty_term *term)
{
    switch (term->over) {
    case TERM_CHARGE:
        return STR("charge");
    case TERM_SENTENCE:
        return STR("sentence");
    case TERM_EVENT:
        return term->values[0];
    case TERM_FACT:
        return term->property;
    }
    bug("a term of no kind");
}

struct audit_reason audit_rule_apply(const struct audit_subject *s, const struct amnesty_rule *rule)
{
    struct audit_reason reason = {.rule = rule, .met = TRUTH_YES};
    for (size_t i = 0; i < rule->terms_count; i++) {
        struct finding_of found = term_meets(s, &rule->terms[i]);
        if (found.truth == TRUTH_NO) {
            reason.met = TRUTH_NO;
            reason.view = found.view;
            reason.missing = STR_NONE;
            break;
        }
        if (found.truth == TRUTH_UNTOLD) {
            struct str missing = missing_of(&rule->terms[i]);
            reason.met = TRUTH_UNTOLD;
            reason.missing =
                reason.missing.len
                    ? arena_print(s->arena, "%.*s, %.*s", STR_ARG(reason.missing), STR_ARG(missing))
                    : missing;
        } else if (reason.met == TRUTH_YES || !reason.view)
            reason.view = found.view;
    }
    bool against = reason.met == (rule->excludes ? TRUTH_YES : TRUTH_NO);
    reason.decides = against || (reason.met == TRUTH_UNTOLD && !rule->passes);
    return reason;
}

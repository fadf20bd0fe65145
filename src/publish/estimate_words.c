#include "publish/estimate_words.h"

#include <math.h>

/* A sentence with {1} and so on filled, each isolated where the language is read from the right. */
static struct str fill(const struct voice *v, struct arena *arena, struct str sentence,
                       const struct str *texts)
{
    const char *open = language_right_to_left(v->language) ? "\u2068" : "";
    const char *close = *open ? "\u2069" : "";
    struct str out = STR(""), rest = sentence;
    for (size_t at; (at = str_find(rest, STR("{"), 0)) != SIZE_MAX;) {
        struct str text = texts[rest.at[at + 1] - '1'];
        out = arena_print(arena, "%.*s%.*s%s%.*s%s", STR_ARG(out), (int)at, rest.at, open,
                          STR_ARG(text), close);
        rest = str_slice(rest, at + 3, rest.len);
    }
    return arena_print(arena, "%.*s%.*s", STR_ARG(out), STR_ARG(rest));
}
#define FILLED(v, arena, sentence, ...) fill(v, arena, sentence, (const struct str[]){__VA_ARGS__})

struct str ruling_words(const struct voice *v, enum ruling ruling)
{
    static const char *const words[] = {
        [RULING_REPORT] = SAID("May be reported, with what follows"),
        [RULING_DO_NOT_CITE] = SAID("Do not cite"),
        [RULING_REFUSE] = SAID("No estimate: refused"),
    };
    return voice_say(v, words[ruling]);
}

struct str method_words(const struct voice *v, enum method method)
{
    static const char *const words[METHODS] = {
        [METHOD_LOGLINEAR] = SAID("log-linear, best by BIC"),
        [METHOD_STEPWISE] = SAID("log-linear, stepwise"),
        [METHOD_LATENT] = SAID("latent classes"),
        [METHOD_GRAPHS] = SAID("decomposable graphs"),
    };
    return voice_say(v, words[method]);
}

struct str assumption_words(const struct voice *v, size_t at)
{
    static const char *const words[ASSUMPTIONS] = {
        SAID("The population is closed: nobody enters or leaves it while the lists are made."),
        SAID("Records are matched correctly: a person is the same person on all lists. What missed "
             "and false matches would do is shown."),
        SAID("Lists depend on each other, and every method assumes something about how. That "
             "assumption identifies the number, and no data of this kind can test it "
             "(Aleshin-Guendel et al.)."),
        SAID("An estimate is an interval beside the documented count, with its sources and strata. "
             "It never stands for named victims."),
    };
    return voice_say(v, words[at]);
}

struct str people_words(const struct voice *v, struct arena *arena, double people)
{
    if (isnan(people))
        return STR("–");
    return people < 9e15 ? voice_number(v, arena, llround(people)) : STR("∞");
}

struct str interval_words(const struct voice *v, struct arena *arena, const struct estimate *e)
{
    if (isnan(e->low))
        return STR("–");
    struct str low = people_words(v, arena, e->low), high = people_words(v, arena, e->high);
    return FILLED(v, arena, SAY(v, "{1} to {2}"), low, high);
}

static struct str percent(const struct voice *v, struct arena *arena, double share)
{
    return voice_number(v, arena, llround(100 * share));
}

/* with a decimal below ten */
static struct str percent_fine(const struct voice *v, struct arena *arena, double share)
{
    if (share >= 0.0995)
        return percent(v, arena, share);
    return arena_print(arena, "%.1f", 100 * share);
}

struct str change_words(const struct voice *v, struct arena *arena, const struct overlap *o,
                        const struct scenario *s)
{
    switch (s->change) {
    case CHANGE_LIST:
        return FILLED(v, arena, SAY(v, "without {1}"), o->names[s->list]);
    case CHANGE_CLASSES:
        return FILLED(v, arena, SAY(v, "{1} classes"), people_words(v, arena, s->amount));
    case CHANGE_PRIOR:
        return FILLED(v, arena, SAY(v, "the prior of α: Gamma({1}, {1})"),
                      people_words(v, arena, s->amount));
    case CHANGE_DELTA:
        return s->amount > 0 ? FILLED(v, arena, SAY(v, "graphs, δ × {1}"),
                                      arena_print(arena, "%g", s->amount))
                             : SAY(v, "graphs, δ = 1");
    case CHANGE_MISSED:
        return FILLED(v, arena, SAY(v, "matches that were missed: {1}%"),
                      percent(v, arena, s->amount));
    case CHANGE_MATCHER:
        return FILLED(v, arena, SAY(v, "matches by the matcher's scores: missed {1}%, false {2}%"),
                      percent_fine(v, arena, s->amount), percent_fine(v, arena, s->wrong));
    default:
        return FILLED(v, arena, SAY(v, "matches that are false: {1}%"),
                      percent(v, arena, s->amount));
    }
}

/* ---- reasons ---- */

static const char *const sentences[] = {
    [REASON_TWO_LISTS] =
        SAID("There are {1} lists. With fewer than three, nothing tells chance from dependence: "
             "there is a range over assumptions, and no estimate."),
    [REASON_NO_OVERLAP] =
        SAID("Nobody is on two lists. Without overlap the lists say nothing of those on none."),
    [REASON_NO_MAXIMUM] =
        SAID("No log-linear model has an estimate for this table: the overlaps are too few."),
    [REASON_NOT_SETTLED] = SAID(
        "The chains have not settled: R̂ is {1}, with {2} effective draws in the middle and {3} "
        "in the tails; 1.01 at the most and 400 at the least are asked for."),
    [REASON_AT_BOUND] =
        SAID("The posterior has no end: its share at the bound of {2} unseen is {1}%."),
    [REASON_MODELS] =
        SAID("{3} models describe the table almost equally well, within a ΔBIC of 2, and say from "
             "{1} to {2}."),
    [REASON_METHODS] = SAID("The methods disagree by more than half: from {1} to {2}."),
    [REASON_INTERVALS] = SAID(
        "The intervals of the methods do not all meet: one ends at {1}, another begins at {2}."),
    [REASON_TWO_MODES] = SAID(
        "The posterior of the {3} has two tops, at {1} and at {2}: the table tells two stories."),
    [REASON_ONE_CASE] = SAID("One case fewer moves the stepwise estimate from {1} to {2}."),
    [REASON_ONE_LIST] = SAID("Without the list {3} the estimate moves from {1} to {2}."),
    [REASON_DELTA] = SAID(
        "The estimate of the graphs hangs on their prior: with δ × {3} it moves from {1} to {2}."),
    [REASON_UNBOUNDED] =
        SAID("{1} of the resamples have no estimate, and the interval has no upper end."),
    [REASON_INSIDE] =
        SAID("Everybody on the list {1} is also on {2}: it is no witness of its own."),
    [REASON_APART] = SAID("The list {1} shares nobody with any other."),
};

struct str reason_words(const struct voice *v, struct arena *arena, const struct overlap *o,
                        const struct reason *r)
{
    struct str texts[3];
    for (size_t i = 0; i < 3; i++)
        texts[i] = people_words(v, arena, r->numbers[i]);
    switch (r->kind) {
    case REASON_NOT_SETTLED:
        texts[0] = arena_print(arena, "%.3f", r->numbers[0]);
        break;
    case REASON_AT_BOUND:
        texts[0] = arena_print(arena, "%.1f", 100 * r->numbers[0]);
        break;
    case REASON_TWO_MODES:
        texts[2] = method_words(v, r->method);
        break;
    case REASON_ONE_LIST:
        texts[2] = o->names[r->list];
        break;
    case REASON_DELTA:
        texts[2] = arena_print(arena, "%g", r->numbers[2]);
        break;
    case REASON_INSIDE:
    case REASON_APART:
        texts[0] = o->names[r->list];
        texts[1] = o->names[r->other];
        break;
    default:
        break;
    }
    return fill(v, arena, voice_say(v, sentences[r->kind]), texts);
}

#include "publish/match_part_int.h"
#include "publish/page_int.h"
#include "publish/part_int.h"
#include "publish/sheet_int.h"
#include "store/pairs.h"

/* ---- what was done just now ---- */

static void write_undo(struct page *page, const struct match *done, bool shortcut)
{
    const struct voice *v = &page->voice;
    out_raw(page->out, "<form class=\"undo\" method=\"post\" action=\"/matches/decide\">");
    match_form_fields(page, done);
    OUT(page->out,
        "<button type=\"submit\" name=\"verdict\" value=\"retract\"{}>{} <kbd>u</kbd></button>"
        "</form>",
        shortcut ? STR(" aria-keyshortcuts=\"u\"") : STR_NONE, SAY(v, "Undo"));
}

static bool is_taken_back(const struct page *page)
{
    return str_equal(page_field(page, "verdict"), str_of(verdict_name(VERDICT_RETRACT)));
}

/* what still decides about the two, though something was taken back */
static enum outcome write_rulings(struct page *page, const struct mention_pairs *pairs,
                                  struct fault *why)
{
    struct decision_view *all;
    size_t count;
    enum outcome result = OK;
    for (size_t i = 0; i < pairs->count && result == OK; i++) {
        struct hash subject = mention_pair_id(&pairs->at[i]);
        result = archive_rulings(page->archive, &subject, false, page->arena, &all, &count, why);
        if (result == OK)
            rulings_write(page, all, count);
    }
    return result;
}

static struct str done_said(const struct voice *v, const struct match *done, bool back)
{
    if (back && done->decided == LIKELY_SAME)
        return SAY(v, "Taken back, but an earlier decision rules again: {1} and {2} are one "
                      "person.");
    if (back && done->decided == LIKELY_DIFFERENT)
        return SAY(v, "Taken back, but an earlier decision rules again: {1} and {2} are not one "
                      "person.");
    if (done->pair)
        return SAY(v, "Taken back: {1} and {2} wait again.");
    if (done->decided == LIKELY_SAME)
        return SAY(v, "Decided: {1} and {2} are one person.");
    if (done->decided == LIKELY_DIFFERENT)
        return SAY(v, "Decided: {1} and {2} are not one person.");
    return SAY(v, "Decided, but other decisions contradict it: {1} and {2}.");
}

enum outcome match_done_write(struct page *page, const struct matches *m, const struct match *done,
                              bool shortcut, struct fault *why)
{
    struct mention_pairs decided = match_decided(m, done, page->arena);
    enum outcome result = OK;
    out_raw(page->out, "<div class=\"done\" role=\"status\"><p>");
    markup_write(page, SENTENCE(page, done_said(&page->voice, done, is_taken_back(page)),
                                MARKUP(page, "<a href=\"{}\"><bdi>{}</bdi></a>",
                                       match_place(page, done), done->left->named.name),
                                markup_text(page, done->right->named.name)));
    out_raw(page->out, "</p>");
    if (is_taken_back(page))
        result = write_rulings(page, &decided, why);
    if (decided.count)
        write_undo(page, done, shortcut);
    out_raw(page->out, "</div>\n");
    return result;
}

/* ---- head ---- */

static void write_key(struct page *page, const char *keys, struct str does)
{
    OUT(page->out, "<div><dt><kbd>{}</kbd></dt><dd>{}</dd></div>", str_of(keys), does);
}

static void write_keys(struct page *page)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<details class=\"keys\" id=\"keys\"><summary>{} <kbd>?</kbd></summary><dl>",
        SAY(v, "Keys"));
    write_key(page, "s", SAY(v, "the same: one person"));
    write_key(page, "d", SAY(v, "different: not one person"));
    write_key(page, "Enter", SAY(v, "in the reason, after s or d: keep the decision"));
    write_key(page, "l", SAY(v, "later: on to the next pair"));
    write_key(page, "u", SAY(v, "undo what was decided last"));
    write_key(page, "Esc", SAY(v, "leave the reason"));
    write_key(page, "?", SAY(v, "show these keys"));
    out_raw(page->out, "</dl></details>\n");
}

static void write_head(struct page *page, const struct matches *m, const struct match *one)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<p class=\"back\"><a href=\"/matches\">{}</a></p>\n<h1>{}</h1>\n",
        SAY(v, "Who is whom"), one->pair ? SAY(v, "One person, or two?") : SAY(v, "Who these are"));
    out_raw(page->out, "<p class=\"standfirst parts\"><span>");
    match_state_write(page, one);
    out_raw(page->out, "</span>");
    if (one->pair) {
        out_raw(page->out, "<span>");
        OUT_SENTENCE(page->out, SAY(v, "{1} of {2} that wait"),
                     voice_number(v, page->arena, (int64_t)(one - m->all) + 1),
                     voice_number(v, page->arena, (int64_t)m->waiting));
        out_raw(page->out, "</span>");
    }
    out_raw(page->out, "</p>\n");
}

/* ---- deciding ---- */

static void write_later(struct page *page, const struct match *next)
{
    const struct voice *v = &page->voice;
    OUT(page->out,
        "<a class=\"button\" id=\"later\" aria-keyshortcuts=\"l\" href=\"{}\">{} "
        "<kbd>l</kbd></a>",
        next ? match_place(page, next) : STR("/matches"), SAY(v, "Later"));
}

static void write_button(struct page *page, const char *verdict, const char *key, struct str words,
                         struct str asks)
{
    OUT(page->out,
        "<button type=\"submit\" name=\"verdict\" value=\"{}\" aria-keyshortcuts=\"{}\" "
        "data-asks=\"{}\">{} <kbd>{2}</kbd></button> ",
        str_of(verdict), str_of(key), asks, words);
}

static void write_decision(struct page *page, const struct matches *m, const struct match *one)
{
    const struct voice *v = &page->voice;
    bool missing = str_equal(page_field(page, "reason"), STR("missing"));
    out_raw(page->out, "<form class=\"settle\" id=\"settle\" method=\"post\" "
                       "action=\"/matches/decide\" autocomplete=\"off\">");
    match_form_fields(page, one);
    if (missing)
        OUT(page->out, "<p class=\"refused\" role=\"alert\">{}</p>",
            SAY(v, "A decision about who is whom needs a reason."));
    OUT(page->out,
        "<p><label for=\"why\">{}</label><textarea id=\"why\" name=\"why\" rows=\"2\" required "
        "maxlength=\"2000\" dir=\"auto\" autocomplete=\"off\"></textarea></p>"
        "<p id=\"asked\" class=\"soft\" role=\"status\"></p><p class=\"settling\">",
        SAY(v, "Why? Others read this beside the decision."));
    write_button(page, "same", "s", SAY(v, "The same"),
                 SAY(v, "Why are they one person? Enter keeps it."));
    write_button(page, "different", "d", SAY(v, "Different"),
                 SAY(v, "Why are they not one person? Enter keeps it."));
    write_later(page, matches_next(m, one));
    out_raw(page->out, "</p></form>\n");
}

static void write_decided(struct page *page, const struct matches *m, const struct match *one,
                          bool shortcut)
{
    const struct voice *v = &page->voice;
    out_raw(page->out, "<div class=\"settle\">");
    if (one->why.len)
        OUT(page->out, "<p><q class=\"reason\"><bdi>{}</bdi></q></p>", one->why);
    if (match_decided(m, one, page->arena).count)
        write_undo(page, one, shortcut);
    else
        OUT(page->out, "<p class=\"soft\">{}</p>",
            SAY(v, "Decisions about others say so, not one about these two."));
    out_raw(page->out, "<p class=\"settling\">");
    write_later(page, matches_next(m, one));
    out_raw(page->out, "</p></div>\n");
}

/* ---- the page ---- */

static enum outcome write_pair(struct page *page, const struct matches *m, const struct match *one,
                               const struct match *done, struct fault *why)
{
    out_raw(page->out, "<link rel=\"stylesheet\" href=\"/assets/matches.css\">\n");
    enum outcome result = done ? match_done_write(page, m, done, true, why) : OK;
    write_head(page, m, one);
    out_raw(page->out, "<div class=\"asides\">");
    write_keys(page);
    out_raw(page->out, "</div>\n<div class=\"pair\">\n");
    if (result == OK)
        result = match_side_write(page, m, one->left, why);
    if (result == OK)
        result = match_side_write(page, m, one->right, why);
    if (result != OK)
        return result;
    out_raw(page->out, "</div>\n");
    match_reasons_write(page, one);
    if (one->pair)
        write_decision(page, m, one);
    else
        write_decided(page, m, one, !done);
    match_joined_write(page, m, one);
    out_raw(page->out, "<script src=\"/assets/matches.js\" defer></script>\n");
    return OK;
}

static enum outcome show_pair(struct page *page, const struct matches *m, struct fault *why)
{
    const struct match *one = matches_find(m, page->id), *done = NULL;
    struct str address = page_field(page, "done");
    if (!one)
        return refuse(why, NOT_FOUND, "%s", SAID("no pair of people has this address"));
    enum outcome result = address.len ? match_at(page, m, address, &done, why) : OK;
    if (result != OK)
        return result;
    if (done && done != one && !one->pair && m->waiting) {
        page->status = 303;
        page->location =
            arena_print(page->arena, "%.*s?done=%.*s%s", STR_ARG(match_place(page, &m->all[0])),
                        STR_ARG(address), is_taken_back(page) ? "&verdict=retract" : "");
        return OK;
    }
    page->title = SAY(&page->voice, "One person, or two?");
    return write_pair(page, m, one, done, why);
}

enum outcome page_match(struct page *page, struct fault *why)
{
    struct matches_held held;
    const struct matches *m;
    enum outcome result = matches_hold(page, &held, &m, why);
    if (result == OK)
        result = show_pair(page, m, why);
    matches_release(page, &held);
    return result;
}

/* ---- a decision ---- */

static enum outcome read_verdict(const struct page *page, enum verdict *out, struct fault *why)
{
    static const enum verdict verdicts[] = {VERDICT_SAME, VERDICT_DIFFERENT, VERDICT_RETRACT};
    for (size_t i = 0; i < COUNT_OF(verdicts); i++)
        if (str_equal(page_field(page, "verdict"), str_of(verdict_name(verdicts[i])))) {
            *out = verdicts[i];
            return OK;
        }
    return refuse(why, REFUSED, "a verdict is same, different or retract");
}

/* in one line */
static struct str read_reason(const struct page *page)
{
    struct str typed = page_field(page, "why");
    char *out = arena_alloc(page->arena, typed.len + 1);
    for (size_t i = 0; i < typed.len; i++)
        out[i] = (unsigned char)typed.at[i] < ' ' ? ' ' : typed.at[i];
    return str_trim((struct str){out, typed.len});
}

static enum outcome settle(struct page *page, const struct matches *m, const struct match *one,
                           enum verdict verdict, struct str reason, struct fault *why)
{
    struct mention_pairs pairs = verdict == VERDICT_RETRACT ? match_decided(m, one, page->arena)
                                                            : match_mentions(m, one, page->arena);
    if (!pairs.count)
        return refuse(why, REFUSED, "%s", SAID("nothing was decided about these two"));
    if (mentions_overlap(&pairs.at[0].left, &pairs.at[0].right))
        return refuse(why, REFUSED, "%s", SAID("both are one mention"));
    return decide_pairs(page->archive, &pairs, verdict, reason, false, page->moment, why);
}

static enum outcome decide_one(struct page *page, const struct matches *m, struct fault *why)
{
    const struct match *one;
    enum verdict verdict = VERDICT_SAME;
    struct str reason = read_reason(page), here;
    enum outcome result = match_at(page, m, page_field(page, "pair"), &one, why);
    if (result == OK)
        result = read_verdict(page, &verdict, why);
    if (result != OK)
        return result;
    here = match_place(page, one);
    if (verdict != VERDICT_RETRACT && !reason.len) {
        page->status = 303;
        page->location = arena_print(page->arena, "%.*s?reason=missing#settle", STR_ARG(here));
        return OK;
    }
    const struct match *next = verdict == VERDICT_RETRACT ? one : matches_next(m, one);
    result = settle(page, m, one, verdict, reason, why);
    if (result != OK)
        return result;
    page->status = 303;
    page->location = arena_print(page->arena, "%.*s?done=%.*s%s",
                                 STR_ARG(next ? match_place(page, next) : STR("/matches")),
                                 STR_ARG(page_link(page, "", &one->id)),
                                 verdict == VERDICT_RETRACT ? "&verdict=retract" : "");
    return OK;
}

enum outcome page_match_decide(struct page *page, struct fault *why)
{
    struct matches_held held;
    const struct matches *m;
    enum outcome result = matches_hold(page, &held, &m, why);
    if (result == OK)
        result = decide_one(page, m, why);
    matches_release(page, &held);
    return result;
}

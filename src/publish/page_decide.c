#include "publish/page_int.h"
#include "publish/sheet_int.h"
#include "store/decide.h"

enum { AT_ONCE = 1000 };

/* ---- what the fields say ---- */

static enum outcome read_statement(struct page *page, struct str address,
                                   struct statement_view *out, struct fault *why)
{
    char digits[ADDRESS_DIGITS + 1];
    if (!address_show(&page->site->addresses, address, digits))
        return refuse(why, NOT_FOUND, "%s", SAID("no statement has this address"));
    return archive_statement(page->archive, str_of(digits), page->arena, out, why);
}

static enum outcome read_statements(struct page *page, struct statement_view **out, size_t *count,
                                    struct fault *why)
{
    size_t room = 0;
    enum outcome result = OK;
    *out = NULL;
    *count = 0;
    for (size_t i = 0; i < page->fields_count && result == OK; i++) {
        if (!str_equal(page->fields[i].name, STR("about")))
            continue;
        if (*count == AT_ONCE)
            return refuse(why, REFUSED, "more than %d statements at once", AT_ONCE);
        *out = arena_grow(page->arena, *out, *count, &room, sizeof **out);
        result = read_statement(page, page->fields[i].value, &(*out)[(*count)++], why);
    }
    if (result == OK && !*count)
        return refuse(why, REFUSED, "%s", SAID("no statement is named"));
    return result;
}

static enum outcome read_verdict(const struct page *page, enum verdict *out, struct fault *why)
{
    static const enum verdict verdicts[] = {VERDICT_ACCEPT, VERDICT_REJECT, VERDICT_RETRACT};
    for (size_t i = 0; i < COUNT_OF(verdicts); i++)
        if (str_equal(page_field(page, "verdict"), str_of(verdict_name(verdicts[i])))) {
            *out = verdicts[i];
            return OK;
        }
    return refuse(why, REFUSED, "a verdict is accept, reject, retract, corroborated or disputed");
}

/* ---- taking back ---- */

/* An edit is taken back as a whole: what it was made from waits again, and what was made is
 * rejected, for a statement that nobody proposes would else wait beside it. */
struct undoing {
    struct statement_view *back, *gone;
    size_t back_count, back_room, gone_count, gone_room;
};

static enum outcome push(struct page *page, const struct hash *id, struct statement_view **all,
                         size_t *count, size_t *room, struct fault *why)
{
    char digits[HASH_DIGITS + 1];
    for (size_t i = 0; i < *count; i++)
        if (hash_equal(&(*all)[i].id, id))
            return OK;
    hash_write(id, digits);
    *all = arena_grow(page->arena, *all, *count, room, sizeof **all);
    return archive_statement(page->archive, str_of(digits), page->arena, &(*all)[(*count)++], why);
}

static bool is_rejected(const struct judgement_view *all, size_t count,
                        const struct hash *statement)
{
    for (size_t i = 0; i < count; i++)
        if (all[i].active && all[i].verdict == VERDICT_REJECT &&
            hash_equal(&all[i].statement, statement))
            return true;
    return false;
}

/* the acceptance of an edit that stands and has the statement on either side, or NULL */
static const struct judgement_view *edit_of(const struct judgement_view *all, size_t count,
                                            const struct hash *statement)
{
    for (size_t i = 0; i < count; i++)
        if (all[i].active && !hash_is_none(&all[i].instead_of) &&
            (hash_equal(&all[i].statement, statement) ||
             hash_equal(&all[i].instead_of, statement)) &&
            is_rejected(all, count, &all[i].instead_of))
            return &all[i];
    return NULL;
}

static enum outcome sort_out(struct page *page, const struct statement_view *about,
                             struct undoing *u, struct fault *why)
{
    struct judgement_view *all;
    size_t count;
    enum outcome result = archive_document_judgements(page->archive, &about->document, page->arena,
                                                      &all, &count, why);
    const struct judgement_view *edit = result == OK ? edit_of(all, count, &about->id) : NULL;
    if (result == OK)
        result = push(page, edit ? &edit->instead_of : &about->id, &u->back, &u->back_count,
                      &u->back_room, why);
    if (result == OK && edit)
        result = push(page, &edit->statement, &u->gone, &u->gone_count, &u->gone_room, why);
    return result;
}

static enum outcome take_back(struct page *page, struct statement_view **about, size_t *count,
                              struct str reason, struct fault *why)
{
    struct undoing u = {0};
    enum outcome result = OK;
    for (size_t i = 0; i < *count && result == OK; i++)
        result = sort_out(page, &(*about)[i], &u, why);
    if (result == OK)
        result = decide(page->archive, u.back, u.back_count, VERDICT_RETRACT, reason, false,
                        page->moment, why);
    if (result == OK && u.gone_count)
        result = decide(page->archive, u.gone, u.gone_count, VERDICT_REJECT, reason, false,
                        page->moment, why);
    *about = u.back;
    *count = u.back_count;
    return result;
}

/* ---- the answer ---- */

static struct str done_said(const struct voice *v, enum verdict verdict, enum view_state now)
{
    if (verdict == VERDICT_RETRACT && now == VIEW_ACCEPTED)
        return SAY(v, "Taken back. An earlier decision rules again: accepted.");
    if (verdict == VERDICT_RETRACT && now == VIEW_REJECTED)
        return SAY(v, "Taken back. An earlier decision rules again: rejected.");
    if (verdict == VERDICT_ACCEPT)
        return SAY(v, "Accepted.");
    return verdict == VERDICT_REJECT ? SAY(v, "Rejected.") : SAY(v, "Taken back.");
}

static enum outcome read_sheet(struct page *page, const struct hash *document, struct sheet *s,
                               struct fault *why)
{
    char digits[HASH_DIGITS + 1];
    hash_write(document, digits);
    return sheet_read(page, str_of(digits), s, why);
}

/* back to the sentence of the first that still stands in it: its part for a script, the way to it
 * for everybody else */
static enum outcome answer(struct page *page, const struct statement_view *about, size_t count,
                           struct str said, struct fault *why)
{
    struct sheet sheet;
    const struct statement_view *there = NULL;
    enum outcome result = read_sheet(page, &about->document, &sheet, why);
    for (size_t i = 0; result == OK && i < count && !there; i++)
        there = sheet_find(&sheet, &about[i].id);
    if (result == OK && !there)
        return refuse(why, NOT_FOUND, "%s",
                      SAID("the statement stands in another text of this document"));
    if (result == OK && page->partial) {
        passage_write(page, &sheet, passage_of(&sheet, there), &(struct editing){0},
                      &(struct answered){said, &there->id});
    } else if (result == OK) {
        page->status = 303;
        page->location = part_place(page, &about->document, &there->id);
    }
    return result;
}

/* ---- how one is weighed ---- */

static bool is_weighing(const struct page *page, enum verdict *verdict, bool *back)
{
    struct str asked = page_field(page, "verdict");
    *back = str_equal(asked, STR("unweighed"));
    *verdict = str_equal(asked, STR("corroborated")) ? VERDICT_CORROBORATED : VERDICT_DISPUTED;
    return *back || str_equal(asked, str_of(verdict_name(*verdict)));
}

static enum outcome weigh(struct page *page, enum verdict verdict, bool back, struct fault *why)
{
    struct statement_view *about;
    size_t count;
    struct str reason = str_trim(page_field(page, "why"));
    enum outcome result = read_statements(page, &about, &count, why);
    if (result == OK && count > 1)
        return refuse(why, REFUSED, "%s", SAID("statements are weighed one by one"));
    if (result == OK && !back && !reason.len)
        return refuse(why, REFUSED, "%s",
                      SAID("to call a statement verified or disputed needs a reason: go back and "
                           "write it beside the button"));
    if (result == OK)
        result = back ? decide_weighing_back(page->archive, about, 1, reason, page->moment, why)
                      : decide(page->archive, about, 1, verdict, reason, false, page->moment, why);
    if (result != OK)
        return result;
    page->status = 303;
    page->location = page_link(page, "/statements/", &about->id);
    return OK;
}

static enum outcome reread(struct page *page, const struct hash *id, struct statement_view *out,
                           struct fault *why)
{
    char digits[HASH_DIGITS + 1];
    hash_write(id, digits);
    return archive_statement(page->archive, str_of(digits), page->arena, out, why);
}

enum outcome page_decide(struct page *page, struct fault *why)
{
    struct statement_view *about;
    size_t count;
    enum verdict verdict = VERDICT_ACCEPT;
    bool back;
    if (is_weighing(page, &verdict, &back))
        return weigh(page, verdict, back, why);
    struct str reason = str_trim(page_field(page, "why"));
    enum outcome result = read_statements(page, &about, &count, why);
    if (result == OK)
        result = read_verdict(page, &verdict, why);
    if (result == OK && verdict == VERDICT_RETRACT)
        result = take_back(page, &about, &count, reason, why);
    else if (result == OK)
        result = decide(page->archive, about, count, verdict, reason, false, page->moment, why);
    struct statement_view now;
    if (result == OK)
        result = reread(page, &about[0].id, &now, why);
    return result == OK
               ? answer(page, about, count, done_said(&page->voice, verdict, now.state), why)
               : result;
}

/* ---- edits ---- */

/* the form again, with what was typed and what was wrong with it */
static enum outcome refuse_edit(struct page *page, const struct statement_view *about,
                                struct str refused, struct fault *why)
{
    struct sheet sheet;
    struct editing editing = {&about->id, refused};
    enum outcome result = read_sheet(page, &about->document, &sheet, why);
    const struct statement_view *there = result == OK ? sheet_find(&sheet, &about->id) : NULL;
    if (result == OK && !there)
        return refuse(why, NOT_FOUND, "%s",
                      SAID("the statement stands in another text of this document"));
    if (result != OK)
        return result;
    page->status = 422;
    if (!page->partial)
        return document_write(page, &sheet, &editing, why);
    passage_write(page, &sheet, passage_of(&sheet, there), &editing, &(struct answered){0});
    return OK;
}

enum outcome page_edit(struct page *page, struct fault *why)
{
    struct statement_view about;
    enum outcome result = read_statement(page, page_field(page, "about"), &about, why);
    if (result != OK)
        return result;
    struct statement after = about.statement;
    result = edit_form_read(page, &after, why);
    if (result == OK)
        result = decide_edit(page->archive, &about, &after, str_trim(page_field(page, "why")),
                             page->moment, why);
    if (result == REFUSED)
        return refuse_edit(page, &about, arena_copy(page->arena, str_of(why->text)), why);
    if (result != OK)
        return result;
    return answer(page, &about, 1, SAY(&page->voice, "The edit is kept."), why);
}

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
        return refuse(why, NOT_FOUND, "no statement has this address");
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
        return refuse(why, REFUSED, "no statement is named");
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
    return refuse(why, REFUSED, "a verdict is accept, reject or retract");
}

/* ---- the answer ---- */

static struct str done_said(const struct voice *v, enum verdict verdict)
{
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

/* back to the sentence: its part for a script, the way to it for everybody else */
static enum outcome answer(struct page *page, const struct statement_view *about, struct str said,
                           struct fault *why)
{
    struct sheet sheet;
    if (!page->partial) {
        page->status = 303;
        page->location = part_place(page, &about->document, &about->id);
        return OK;
    }
    enum outcome result = read_sheet(page, &about->document, &sheet, why);
    const struct statement_view *there = result == OK ? sheet_find(&sheet, &about->id) : NULL;
    if (result == OK && !there)
        return refuse(why, NOT_FOUND, "the statement stands in another text of this document");
    if (result == OK)
        passage_write(page, &sheet, passage_of(&sheet, there), &(struct editing){0},
                      &(struct answered){said, &there->id});
    return result;
}

/* What an edit rejected is taken back along with the edit: adds the statement that the first one
 * was edited from, which then is the one to come back to. */
static enum outcome add_edited(struct page *page, struct statement_view **about, size_t *count,
                               struct fault *why)
{
    struct decision_view *decisions;
    size_t decisions_count, room = *count;
    char digits[HASH_DIGITS + 1];
    enum outcome result = archive_decisions(page->archive, &(*about)[0].id, page->arena, &decisions,
                                            &decisions_count, why);
    for (size_t i = 0; i < decisions_count && result == OK; i++) {
        struct statement_view before;
        if (!decisions[i].active || hash_is_none(&decisions[i].decision.instead_of))
            continue;
        hash_write(&decisions[i].decision.instead_of, digits);
        result = archive_statement(page->archive, str_of(digits), page->arena, &before, why);
        if (result != OK || before.state != VIEW_REJECTED)
            continue;
        *about = arena_grow(page->arena, *about, *count, &room, sizeof **about);
        (*about)[(*count)++] = (*about)[0];
        (*about)[0] = before;
        return OK;
    }
    return result;
}

enum outcome page_decide(struct page *page, struct fault *why)
{
    struct statement_view *about;
    size_t count;
    enum verdict verdict = VERDICT_ACCEPT;
    enum outcome result = read_statements(page, &about, &count, why);
    if (result == OK)
        result = read_verdict(page, &verdict, why);
    if (result == OK && verdict == VERDICT_RETRACT)
        result = add_edited(page, &about, &count, why);
    if (result == OK)
        result = decide(page->archive, about, count, verdict, str_trim(page_field(page, "why")),
                        false, page->moment, why);
    return result == OK ? answer(page, &about[0], done_said(&page->voice, verdict), why) : result;
}

/* ---- edits ---- */

/* The form again, with what was typed and what was wrong with it. Not a 4xx: browsers report those
 * as faults of the page. */
static enum outcome refuse_edit(struct page *page, const struct statement_view *about,
                                struct str refused, struct fault *why)
{
    struct sheet sheet;
    struct editing editing = {&about->id, refused};
    enum outcome result = read_sheet(page, &about->document, &sheet, why);
    const struct statement_view *there = result == OK ? sheet_find(&sheet, &about->id) : NULL;
    if (result == OK && !there)
        return refuse(why, NOT_FOUND, "the statement stands in another text of this document");
    if (result != OK)
        return result;
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
    about.id = statement_id(&after);
    return answer(page, &about, SAY(&page->voice, "The edit is kept."), why);
}

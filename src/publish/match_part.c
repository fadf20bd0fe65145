#include "publish/match_part_int.h"

#include "publish/part_int.h"
#include "text/edtf.h"
#include "text/fold.h"

/* ---- the pairs ---- */

static enum outcome make_own(struct page *page, struct matches_held *held,
                             const struct matches **out, struct fault *why)
{
    *out = &held->own;
    return matches_read(page->archive, page->site->reader, NULL, page->arena, &held->own, why);
}

static enum outcome hold_unless(struct page *page, bool unless_long, struct matches_held *held,
                                const struct matches **out, struct fault *why)
{
    const struct account_wish wish = {
        .kind = ACCOUNT_MATCHES, .reader = page->site->reader, .unless_long = unless_long};
    *held = (struct matches_held){0};
    if (!page->site->accounts)
        return make_own(page, held, out, why);
    enum outcome result =
        account_hold(page->site->accounts, page->archive, &wish, &held->hold, why);
    *out = held->hold.matches;
    return result;
}

enum outcome matches_hold(struct page *page, struct matches_held *held, const struct matches **out,
                          struct fault *why)
{
    return hold_unless(page, false, held, out, why);
}

enum outcome matches_try(struct page *page, struct matches_held *held, const struct matches **out,
                         struct fault *why)
{
    enum outcome result = hold_unless(page, true, held, out, why);
    page->passing = page->passing || !*out;
    return result;
}

void matches_release(struct page *page, struct matches_held *held)
{
    if (held->hold.shelved)
        account_release(page->site->accounts, &held->hold);
}

enum outcome match_at(struct page *page, const struct matches *m, struct str address,
                      const struct match **out, struct fault *why)
{
    char digits[ADDRESS_DIGITS + 1];
    *out = NULL;
    if (address_show(&page->site->addresses, address, digits))
        *out = matches_find(m, str_of(digits));
    return *out ? OK : refuse(why, NOT_FOUND, "%s", SAID("no pair of people has this address"));
}

struct str match_place(const struct page *page, const struct match *one)
{
    return page_link(page, "/matches/", &one->id);
}

void match_form_fields(struct page *page, const struct match *one)
{
    page_form_token(page);
    OUT(page->out, "<input type=\"hidden\" name=\"pair\" value=\"{}\">",
        page_link(page, "", &one->id));
}

/* ---- in words ---- */

void match_state_write(struct page *page, const struct match *one)
{
    const struct voice *v = &page->voice;
    const char *kind = "proposed", *sign = "○";
    struct str word;
    if (one->pair) {
        word = one->pair->probable ? SAY(v, "probably the same") : SAY(v, "perhaps the same");
    } else if (one->decided == LIKELY_SAME) {
        kind = "accepted", sign = "●";
        word = SAY(v, "one person");
    } else if (one->decided == LIKELY_DIFFERENT) {
        kind = "rejected", sign = "×";
        word = SAY(v, "not one person");
    } else {
        kind = "disputed", sign = "◐";
        word = SAY(v, "decisions contradict each other");
    }
    OUT(page->out,
        "<span class=\"state {}\"><span class=\"sign\" aria-hidden=\"true\">{}</span> {}</span>",
        str_of(kind), str_of(sign), word);
}

struct str trait_said(const struct page *page, const struct likely_reason *r)
{
    struct str trait = str_of(r->trait);
    char *label = arena_alloc(page->arena, trait.len + 1);
    for (size_t i = 0; i < trait.len; i++)
        label[i] = trait.at[i] == ' ' ? '_' : trait.at[i];
    return voice_label(&page->voice, page->arena, (struct str){label, trait.len});
}

/* the words of the name that are folded to these, or empty */
static struct str words_folded_to(struct str name, struct str folded, struct arena *arena)
{
    for (size_t from = 0; from < name.len; from++) {
        if (from && name.at[from - 1] != ' ')
            continue;
        for (size_t to = name.len; to > from; to--)
            if ((to == name.len || name.at[to] == ' ') &&
                str_equal(fold_text(arena, str_slice(name, from, to)), folded))
                return str_slice(name, from, to);
    }
    return STR_NONE;
}

static bool is_date(struct str text)
{
    int64_t first, last;
    return text.len >= 4 && text.at[0] >= '0' && text.at[0] <= '9' &&
           edtf_range(text, &first, &last, NULL) == OK;
}

struct markup trait_value_said(struct page *page, const struct likely_reason *r, struct str value,
                               const struct bearer *b)
{
    struct str written;
    if (str_equal(str_of(r->trait), STR("role")))
        return MARKUP(page, "{}", voice_label(&page->voice, page->arena, value));
    if (is_date(value))
        return markup_date(page, value);
    written = words_folded_to(b->named.name, fold_text(page->arena, value), page->arena);
    return markup_text(page,
                       written.len ? written : voice_detail(&page->voice, page->arena, value));
}

struct str weight_said(const struct page *page, int tenths)
{
    const struct voice *v = &page->voice;
    int size = tenths < 0 ? -tenths : tenths;
    struct buf out;
    buf_init(&out, 256);
    buf_add_text(&out, tenths < 0 ? "−" : "+");
    out_sentence(&out, SAY(v, "{1}.{2}"),
                 (struct str[]){voice_number(v, page->arena, size / 10),
                                voice_number(v, page->arena, size % 10)},
                 2);
    struct str said = arena_copy(page->arena, buf_str(&out));
    buf_release(&out);
    return said;
}

#include "read/page_int.h"

/* what a person is whose role nothing in the document tells */
#define ROLE_UNKNOWN STR("other")

/* the first role word within a few tokens around the name */
static struct str role_beside(const struct page *page, const struct name *n)
{
    const struct tokens *t = &page->tokens;
    const struct passage *p = &page->passages[n->passage];
    const struct entry *entry = NULL;
    for (size_t i = n->end; i < p->end && i < n->end + 7; i++) {
        if (page->name_of[i] || token_is(t, i, WORD_SAY, NULL, NULL))
            break;
        if (token_is(t, i, WORD_ROLE, &entry, NULL))
            return entry->value;
    }
    for (size_t i = n->first; i > p->first && n->first - i < 4; i--) {
        if (page->name_of[i - 1])
            break;
        if (token_is_before(t, i, WORD_ROLE, &entry, NULL))
            return entry->value;
    }
    return STR_NONE;
}

static void complete_roles(struct page *page)
{
    for (size_t i = 0; i < page->names_count; i++) {
        struct party *p = &page->parties[page->names[i].party];
        bool vague = !p->role.len || str_equal(p->role, ROLE_UNKNOWN);
        struct str role = vague && !p->organisation ? role_beside(page, &page->names[i]) : STR_NONE;
        if (role.len)
            p->role = role;
    }
}

void roles_find(struct page *page, struct proposals *out)
{
    complete_roles(page);
    for (size_t i = 0; i < page->parties_count; i++) {
        const struct party *party = &page->parties[i];
        struct proposal *p = proposal_add(page, out);
        p->statement.form = FORM_FACT;
        p->statement.quote = party->at;
        p->statement.fact = (struct fact){
            .subject = party->form,
            .subject_at = party->at,
            .subject_kind = party->organisation ? STR("organisation") : STR("person"),
            .property = STR("role"),
            .value = party->role.len ? party->role : ROLE_UNKNOWN,
        };
        p->confidence = party->role.len ? 700 : 500;
        p->why = arena_print(page->arena, "%s: \"%.*s\"",
                             party->organisation ? "an organisation's name" : "a person's name",
                             STR_ARG(party->form));
    }
}

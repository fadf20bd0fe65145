#include "read/patient_int.h"

enum { DETAIL_REACH = 40, COURT_WORDS = 6 };

void detail_add(struct life_event *e, struct str name, struct str value)
{
    size_t at = e->details_count;
    if (at == DETAILS_LIMIT || !value.len)
        return;
    for (size_t i = 0; i < e->details_count; i++)
        if (str_equal(e->details[i].name, name))
            return;
    while (at > 0 && str_compare(e->details[at - 1].name, name) > 0) {
        e->details[at] = e->details[at - 1];
        at--;
    }
    e->details[at] = (struct detail){name, value};
    e->details_count++;
}

static bool is_any(struct str event, const char *const events[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(event, str_of(events[i])))
            return true;
    return false;
}

void life_details(const struct page *page, const struct occurrence *o, struct life_event *e)
{
    static const char *const charged[] = {"charged", "sentenced"};
    const struct passage *p = &page->passages[o->passage];
    for (size_t i = p->first; is_any(e->event, charged, COUNT_OF(charged)) && i < p->end; i++) {
        size_t end = i;
        if (token_is(&page->tokens, i, WORD_CHARGE, NULL, &end) && end <= p->end) {
            detail_add(e, STR("charge"), page_words(page, i, end));
            break;
        }
    }
}

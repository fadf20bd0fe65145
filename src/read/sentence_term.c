#include "read/page_int.h"

enum { TERM_REACH = 14 };

static int64_t value_at(const struct tokens *t, size_t i)
{
    const struct entry *entry = NULL;
    int64_t value = 0;
    if (t->at[i].shape == SHAPE_NUMBER && str_to_int(t->at[i].word, &value))
        return value;
    return token_is(t, i, WORD_NUMBER, &entry, NULL) ? entry->number : 0;
}

static void detail_put(struct life_event *e, struct str value)
{
    size_t at = e->details_count;
    if (at == DETAILS_LIMIT)
        return;
    while (at > 0 && str_compare(e->details[at - 1].name, STR("sentence")) > 0) {
        e->details[at] = e->details[at - 1];
        at--;
    }
    e->details[at] = (struct detail){STR("sentence"), value};
    e->details_count++;
}

void sentence_of(const struct page *page, size_t passage, size_t name_end, size_t from,
                 struct life_event *e)
{
    const struct tokens *t = &page->tokens;
    const struct passage *p = &page->passages[passage];
    int64_t years = 0, months = 0;
    if (!str_equal(e->event, STR("sentenced")))
        return;
    bool named = name_end > p->first && name_end <= from;
    size_t first = !p->verb_final ? from : named ? name_end : p->first;
    size_t end = p->verb_final ? from : p->end;
    for (size_t i = first; i < end && (p->verb_final || i < from + TERM_REACH); i++) {
        int64_t value = value_at(t, i);
        bool year =
            value > 0 && value < 100 && token_is_kind(t, i + 1, WORD_UNIT, KIND_YEARS, NULL, NULL);
        bool month =
            value > 0 && value < 100 && token_is_kind(t, i + 1, WORD_UNIT, KIND_MONTHS, NULL, NULL);
        if (year && !years)
            years = value;
        else if (month && !months)
            months = value;
    }
    if (years && months)
        detail_put(e, arena_print(page->arena, "P%jdY%jdM", (intmax_t)years, (intmax_t)months));
    else if (years)
        detail_put(e, arena_print(page->arena, "P%jdY", (intmax_t)years));
    else if (months)
        detail_put(e, arena_print(page->arena, "P%jdM", (intmax_t)months));
}

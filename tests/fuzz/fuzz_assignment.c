/* FIELD=VALUE, from a command line or a form, set on a statement of each form. */
#include "fuzz.h"
#include "store/decide.h"

static const struct statement examples[] = {
    {.text = {{1}},
     .quote = {0, 9},
     .form = FORM_FIGURE,
     .figure = {.event = {"killed", 6},
                .what = {"people", 6},
                .low = 527,
                .high = COUNT_NONE,
                .bound = BOUND_AT_LEAST}},
    {.text = {{1}},
     .quote = {0, 9},
     .form = FORM_LIFE_EVENT,
     .life_event = {.person = {"A. B.", 5}, .person_at = {0, 5}, .event = {"arrested", 8}}},
    {.text = {{1}},
     .quote = {0, 9},
     .form = FORM_FACT,
     .fact = {.subject = {"A. B.", 5},
              .subject_at = {0, 5},
              .subject_kind = {"person", 6},
              .property = {"role", 4},
              .value = {"lawyer", 6}}},
};

static void must_come_back(const struct statement *s, struct arena *arena)
{
    struct statement again;
    struct fault why;
    json_t *object = statement_to_json(s), *other;
    MUST(statement_of_json(object, arena, &again, &why) == OK);
    other = statement_to_json(&again);
    MUST(json_equal(object, other));
    json_decref(object);
    json_decref(other);
}

/* a line, an assignment */
void fuzz_one(struct str bytes, struct arena *arena)
{
    struct fault why;
    for (size_t i = 0; i < COUNT_OF(examples); i++) {
        struct statement s = examples[i];
        struct str rest = bytes, line;
        while (str_cut(&rest, '\n', &line)) {
            enum outcome result = statement_set(&s, line, arena, &why);
            must_be_said(result, &why);
            MUST(s.form == examples[i].form && s.quote.to == examples[i].quote.to);
            if (s.form == FORM_LIFE_EVENT)
                MUST(s.life_event.details_count <= DETAILS_LIMIT);
        }
        enum outcome result = statement_check(&s, &why);
        must_be_said(result, &why);
        if (result == OK)
            must_come_back(&s, arena);
    }
}
